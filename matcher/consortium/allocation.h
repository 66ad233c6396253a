/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * The exact value of one team: its best whole-number allocation.
 */
#ifndef SP_CONSORTIUM_ALLOCATION_H
#define SP_CONSORTIUM_ALLOCATION_H

#include "matcher/consortium/problem.h"

struct sp_allocation {
    int32_t effort[SP_MAX_MEMBERS][SP_MAX_REQUIREMENTS]; /* effort units, by member, requirement */
    int64_t value;                                       /* sum of value x effort */
    int32_t uncovered;                                   /* effort units nobody performs */
};

/**
 * Find the allocation that covers most and, among these, has the greatest value.
 *
 * A small transportation problem, solved by successive longest paths (Ford and Fulkerson 1962; the
 * profit of k paths is concave, so each step is optimal for the amount sent so far).
 *
 * @param members  @p count candidate indices, 1..SP_MAX_MEMBERS
 * @return false if some member cannot be given its least load, whatever the allocation
 */
bool sp_allocation_best(const struct sp_problem *problem, const int32_t *members, int32_t count,
                        struct sp_allocation *out);

#endif
