/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Random problems too large for brute force: a hundred candidates or so, of two families.
 */
#ifndef SP_TESTS_CONSORTIUM_MIDDLE_H
#define SP_TESTS_CONSORTIUM_MIDDLE_H

#include "matcher/consortium/problem.h"

enum { SP_MIDDLE_CANDIDATES = 120, SP_MIDDLE_PLACES = 12 };

struct sp_middle {
    struct sp_problem problem;
    struct sp_contender contenders[SP_MIDDLE_CANDIDATES];
    struct sp_cell cells[SP_MIDDLE_CANDIDATES][SP_MAX_REQUIREMENTS];
    int64_t attributes[SP_MIDDLE_CANDIDATES];
    int32_t distance[SP_MIDDLE_PLACES * SP_MIDDLE_PLACES];
    struct sp_pair cooperations[SP_MIDDLE_CANDIDATES], conflicts[SP_MIDDLE_CANDIDATES];
};

/** Fill @p middle from the numbers of sp_small_seed(); @p near_equal: everyone is nearly the same,
 *  the family that is hard to prove anything about. */
void sp_middle_make(struct sp_middle *middle, bool near_equal);

#endif
