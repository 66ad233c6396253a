/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Fewer partners against better score: the best team of each size, and which of them are worth
 * considering (the Pareto front).
 */
#ifndef SP_CONSORTIUM_SIZES_H
#define SP_CONSORTIUM_SIZES_H

#include "matcher/consortium/solve.h"

/** The best team of one size. */
struct sp_best_of_size {
    bool found;
    bool proven;   /* it is the best of its size, or there is none */
    bool on_front; /* found, and every smaller team that was found scores less */
    int64_t bound; /* no other team of this size scores more; INT64_MIN if there is none */
    struct sp_solved_team team;
};

struct sp_sizes {
    struct sp_best_of_size best[SP_MAX_MEMBERS]; /* [n]: of n + 1 members; up to most_members */
    bool proven;                                 /* all of them */
    int64_t nodes;
};

/**
 * Find the best team of each size.
 *
 * @param options  of every search; teams, least_members and progress are not used
 * @return SP_OK; SP_INVALID (options); SP_NOMEM
 */
SP_MUST_CHECK enum sp_status sp_solve_sizes(const struct sp_problem *problem,
                                            const struct sp_solve_options *options,
                                            struct sp_sizes *out, struct sp_error *err);

#endif
