/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * The solver: the best distinct teams of a problem, in order, with proof.
 *
 * Branch and bound over members. The bound of a partial team is a Lagrangian relaxation: coverage,
 * SUM and ANY conditions get prices, after which every candidate has a reduced profit of its own
 * and the best completion is "the most profitable ones that still fit": one scan. Prices are
 * improved by subgradient steps at every node (Held, Wolfe, Crowder 1974), in fixed-point integers,
 * so that a bound is exact whatever the prices are. A whole team is valued by sp_team_value().
 *
 * Finished searches depend on the problem and the options alone. One that a deadline or the caller
 * ends returns the best so far and a true upper bound on every team that is not shown. A search
 * runs on the calling thread and shares nothing: any number may run at once (decision 0201).
 *
 * The other questions asked of a problem stand on this one: diverse.h (proposals that differ),
 * sizes.h (fewer partners against better score), necessity.h (what each member is needed for).
 */
#ifndef SP_CONSORTIUM_SOLVE_H
#define SP_CONSORTIUM_SOLVE_H

#include <stddef.h>

#include "matcher/consortium/problem.h"
#include "matcher/consortium/team.h"

enum {
    SP_MAX_TEAMS = 200,
    SP_MAX_APART = 64, /* teams to differ from, bits of a uint64_t */
};

struct sp_solution;

/** Asked many times a millisecond: return true to end the search. */
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
    bool minimal;           /* only teams of which no strict subset that holds the anchors misses
                               as little (for a complete team: is complete too) */
    int32_t least_members;  /* of every team, 0..most_members */
    const int32_t *anchors; /* candidates every team must hold, distinct */
    int32_t anchor_count;   /* 0..most_members */
    const struct sp_solved_team *apart; /* teams to differ from: only their members are read */
    int32_t apart_count;                /* 0..SP_MAX_APART */
    int32_t most_shared;                /* members shared with any of them, anchors not counted */
    sp_solve_stop_fn *stop;             /* may be NULL: never */
    void *stop_context;
    sp_solve_progress_fn *progress; /* may be NULL */
    void *progress_context;
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
 * Memory: sp_solve_memory_bytes(), allocated once at the start.
 */
SP_MUST_CHECK enum sp_status sp_solve(const struct sp_problem *problem,
                                      const struct sp_solve_options *options,
                                      struct sp_solution *out, struct sp_error *err);

/**
 * The heap bytes that sp_solve() takes for @p problem, all at once and whatever the options: for
 * each candidate 24 x (most_members + 1) + about 100, 12 a cell, 8 a SUM attribute, 8 a pair.
 */
size_t sp_solve_memory_bytes(const struct sp_problem *problem);

#endif
