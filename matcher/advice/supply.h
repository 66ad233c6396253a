/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * How many offers a lot can expect: single entities, minimal consortia, and offers that do not
 * compete for the same contractor (art. 218(1) Pzp).
 *
 * Whoever can offer alone is one independent offer; putting him into a consortium instead never
 * gives more. The others are packed into disjoint minimal consortia, smallest first; once the list
 * is used up, a further one at a time is looked for among those who are left. A lower bound of what
 * is possible.
 *
 * To count is not to choose: the consortia counted are the first found, not the best.
 */
#ifndef SP_ADVICE_SUPPLY_H
#define SP_ADVICE_SUPPLY_H

#include "matcher/advice/scene.h"

enum {
    SP_SUPPLY_CONSORTIA_MAX = 50, /* counted up to */
    SP_SUPPLY_EXAMPLES = 3
};

struct sp_supply {
    uint32_t singles;
    uint32_t singles_unknown; /* of these, with data to be completed */
    uint32_t consortia;
    bool consortia_at_least;
    uint32_t independent;         /* at least */
    uint32_t independent_certain; /* of these, without anything to be completed; at least */
    const uint8_t *alone;         /* enum sp_alone, by pool entity */
    const bool *takes_part; /* by pool entity: offers alone, or stands in a consortium found */
};

/** Count. @param out  in lot->arena */
SP_MUST_CHECK enum sp_status sp_supply_count(struct sp_scene *scene,
                                             const struct sp_lot_matching *lot,
                                             struct sp_supply *out, struct sp_error *err);

/** The best consortium of those who cannot offer alone; count 0: none was found. */
SP_MUST_CHECK enum sp_status sp_supply_best(struct sp_scene *scene,
                                            const struct sp_lot_matching *lot,
                                            const struct sp_supply *supply,
                                            struct sp_assembled_team *out, struct sp_error *err);

/** As a message with examples, in the answer's arena. NULL when out of memory. */
Spoina__V1__Supply *sp_supply_write(struct sp_scene *scene, const struct sp_lot_matching *lot,
                                    const struct sp_supply *supply);

#endif
