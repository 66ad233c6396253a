/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * The solver: the best distinct teams of a problem, in order, with proof.
 *
 * Branch and bound over members. The bound of a partial team is a Lagrangian relaxation: coverage,
 * SUM and ANY conditions get prices, after which every candidate has a reduced profit of its own
 * and the best completion is "the most profitable ones that still fit": one scan. Prices are
 * improved by subgradient steps at every node (Held, Wolfe, Crowder 1974), in fixed-point integers,
 * so that a bound is exact whatever the prices are. A whole team is valued by sp_allocation_best().
 *
 * Finished searches depend on the problem alone. One that a deadline or the caller ends returns the
 * best so far and a true upper bound on every team that is not shown.
 */
#ifndef SP_CONSORTIUM_SOLVE_H
#define SP_CONSORTIUM_SOLVE_H

#include "matcher/consortium/allocation.h"
#include "matcher/consortium/problem.h"

enum { SP_MAX_TEAMS = 200 };

struct sp_solution;

/** Asked at least once a millisecond: return true to end the search. */
typedef bool sp_solve_stop_fn(void *context);

/**
 * Told, on the solving thread, the best list so far: whenever it changed, and now and then.
 *
 * @param so_far  teams, bound, proven and nodes as they would be if the search ended now; borrowed
 *                for the call
 * @return true to go on, false to end the search
 */
typedef bool sp_solve_progress_fn(void *context, const struct sp_solution *so_far);

struct sp_solve_options {
    int32_t teams;          /* how many best teams, 1..SP_MAX_TEAMS; 0: 10 */
    bool elastic;           /* pay for what is missing instead of refusing the team */
    const int32_t *anchors; /* candidates every team must hold, distinct */
    int32_t anchor_count;   /* 0..most_members */
    sp_solve_stop_fn *stop; /* may be NULL: never */
    void *stop_context;
    sp_solve_progress_fn *progress; /* may be NULL */
    void *progress_context;
};

struct sp_solved_team {
    int64_t score; /* what is missing is paid for */
    bool complete; /* nothing is missing: every requirement and condition is met */
    int32_t count;
    int32_t members[SP_MAX_MEMBERS]; /* ascending */
    struct sp_allocation allocation; /* rows in the order of members */
};

struct sp_solution {
    int32_t count;
    struct sp_solved_team
        teams[SP_MAX_TEAMS]; /* best first; equal scores: fewer members, smaller indices */
    bool proven;             /* nothing better was overlooked */
    int64_t bound;           /* no team that is not shown scores more; INT64_MIN if there is none */
    int64_t nodes;           /* partial teams looked at */
};

/**
 * Solve @p problem.
 *
 * @param problem  checked by sp_problem_check()
 * @param out      written on SP_OK; about 250 kB, so keep it off small stacks
 * @return SP_OK (also when no team exists: count 0, proven); SP_INVALID (options); SP_NOMEM
 *
 * Memory: about 100 bytes a candidate and member, allocated once at the start.
 */
enum sp_status sp_solve(const struct sp_problem *problem, const struct sp_solve_options *options,
                        struct sp_solution *out, struct sp_error *err);

/**
 * Value one team exactly, as the solver does: what is missing is paid for, and said.
 *
 * @param members  @p count distinct candidates in ascending order
 * @return false if the team is not allowed whatever is paid: a conflict, a member without the
 * status that EVERY demands, or one that cannot be given its least load
 */
bool sp_team_value(const struct sp_problem *problem, const int32_t *members, int32_t count,
                   struct sp_solved_team *out);

#endif
