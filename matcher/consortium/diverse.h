/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Diverse proposals: the best team, then again and again the best one that shares at most so many
 * members with each earlier one.
 *
 * Teams are taken out of an exact ranking as long as it lasts: the first one that differs enough is
 * provably the next. When it is used up, the search runs again for teams that differ from all that
 * were taken, which is a condition with prices of its own in the same branch and bound.
 */
#ifndef SP_CONSORTIUM_DIVERSE_H
#define SP_CONSORTIUM_DIVERSE_H

#include "matcher/consortium/solve.h"

/**
 * Find options->teams (0: 10; at most SP_MAX_APART) teams that differ.
 *
 * @param options      of every search; options->apart must be empty; anchors do not count as
 *                     shared; progress is told after each search, with the teams taken so far
 * @param most_shared  members that a team may share with any earlier one, >= 0; no team comes twice
 * @param out          teams in the order they were taken, best first; proven: each is the best one
 *                     that differs enough from those before it; bound: no further team that differs
 *                     enough from all of them scores more; nodes of all searches
 * @param proven_count how many of the first are proven each; may be NULL
 * @return SP_OK; SP_INVALID (options); SP_NOMEM
 */
SP_MUST_CHECK enum sp_status sp_solve_diverse(const struct sp_problem *problem,
                                              const struct sp_solve_options *options,
                                              int32_t most_shared, struct sp_solution *out,
                                              int32_t *proven_count, struct sp_error *err);

#endif
