/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * MILP solvers as separate processes, one thread each, limited in processor time: CBC and GLPK of
 * Debian, and HiGHS of npm (WebAssembly under Node, by highs.ts).
 *
 * The limit is RLIMIT_CPU, since wall time on a shared machine says little. Times of CBC and GLPK
 * are those of the process and include reading the model; HiGHS's are taken inside Node around the
 * solve alone.
 */
#ifndef SP_BENCHMARKS_SOLVE_PEER_H
#define SP_BENCHMARKS_SOLVE_PEER_H

#include "matcher/consortium/problem.h"

enum peer { PEER_CBC, PEER_GLPK, PEER_HIGHS, PEER_COUNT };

enum peer_outcome {
    PEER_OPTIMAL,    /* score and members are set */
    PEER_INFEASIBLE, /* proven: there is no complete team */
    PEER_UNFINISHED, /* the limit ended it */
    PEER_FAILED,     /* gave no answer we can read */
};

struct peer_answer {
    enum peer_outcome outcome;
    double cpu_s;
    double wall_s;
    int64_t score;
    int32_t count;
    int32_t members[SP_MAX_MEMBERS]; /* ascending */
};

const char *peer_name(enum peer peer);

/** What to install to have @p peer. */
const char *peer_package(enum peer peer);

bool peer_is_there(enum peer peer);

/**
 * Have @p peer find the best complete team.
 *
 * @param folder  where the model, the answer and a log are written, named by the peer; they are
 *                removed before it returns
 */
enum sp_status peer_solve(enum peer peer, const struct sp_problem *problem, const char *folder,
                          unsigned limit_s, struct peer_answer *answer);

#endif
