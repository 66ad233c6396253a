/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Does a counterfactual come true? The change is made for good: in the stored record, in the index,
 * in the draft; then the tender is matched as anybody would.
 */
#ifndef SP_BENCHMARKS_ABSENCE_VERIFY_H
#define SP_BENCHMARKS_ABSENCE_VERIFY_H

#include <stdbool.h>

#include "benchmarks/absence/world.h"

/**
 * Apply @p gap to entity @p id and ask again.
 *
 * @param draft  as read, with one lot of it in question: @p lot_index
 * @param held   the entity is among the complete proposals of the lot; for partners: these
 *               members together are a complete consortium
 */
enum sp_status verify(struct world *world, Spoina__V1__Draft *draft, size_t lot_index,
                      const char *id, const Spoina__V1__Gap *gap, bool *held, struct sp_error *err);

#endif
