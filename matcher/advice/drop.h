/* SPDX-License-Identifier: EUPL-1.2 */
/** @file Why an entity that could offer cannot any more, and words that all advice uses. */
#ifndef SP_ADVICE_DROP_H
#define SP_ADVICE_DROP_H

#include "matcher/advice/supply.h"

/** One reason: the first that decides. */
struct sp_drop {
    const char *text; /* in the answer's arena */
    const char *rule; /* id of the rule that decided; "" : no rule but place, capacity, ... */
};

/** Tell whether somebody who took part no longer does, or no longer alone. Where not all consortia
 *  were counted, not standing in a counted one tells nothing: then something must have become worse
 *  for the entity itself. */
bool sp_drops_out(const struct sp_lot_matching *before, const struct sp_supply *supply_before,
                  size_t entity_before, const struct sp_lot_matching *after,
                  const struct sp_supply *supply_after);

/**
 * Say why entity @p id, who took part under @p before, no longer does under @p after.
 *
 * @return SP_OK; SP_NOMEM; what the rules return
 */
SP_MUST_CHECK enum sp_status sp_drop_explain(struct sp_scene *scene,
                                             const struct sp_lot_matching *before,
                                             const struct sp_lot_matching *after,
                                             const struct sp_supply *supply_after, const char *id,
                                             struct sp_drop *out, struct sp_error *err);

/** Words of requirement @p j of the lot as they stand, cut to a line; for sentences that put it in
 *  quotation marks see sp_name_requirement(). NULL when out of memory. */
char *sp_requirement_words(struct sp_scene *scene, const struct sp_lot_matching *lot, size_t j);

#endif
