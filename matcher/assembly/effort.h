/* SPDX-License-Identifier: EUPL-1.2 */
/** @file Demands of different units made comparable: the effort of a lot, split by requirement. */
#ifndef SP_ASSEMBLY_EFFORT_H
#define SP_ASSEMBLY_EFFORT_H

#include <stdint.h>

#include "spoina/v1/match.pb-c.h"

/**
 * Split SP_LOT_EFFORT units among the requirements of @p lot: by value if every one has one, else
 * by weight if any has one (a requirement without counts as the mean of those given, rounded down),
 * else evenly. Each gets at least one unit; what is left over goes to the largest remainders, the
 * earlier first.
 *
 * @param demand  as many as the lot has requirements, 1..16; they add up to SP_LOT_EFFORT
 */
Spoina__V1__EffortBasis sp_effort_split(const Spoina__V1__Lot *lot, int32_t *demand);

#endif
