/* SPDX-License-Identifier: EUPL-1.2 */
/** @file The cheap look at a need for an entity: by keys only. */
#ifndef SP_NEEDS_NEED_SCREEN_H
#define SP_NEEDS_NEED_SCREEN_H

#include "matcher/needs/need_query.h"

enum {
    SP_SCREEN_FULL = 1000,
    SP_SCREEN_CODES_LEAST = 350,  /* closeness of codes of one class (three digits); below it
                                     divisions as wide as "health and social work" would meet */
    SP_SCREEN_PLACE_UNKNOWN = 600 /* permille, of a need that does not say where */
};

/** What of an entity is compared; borrows from it. */
struct sp_need_screen {
    const struct sp_cpv_tree *tree;
    struct sp_need_query query; /* sp_need_query_for() */
    const struct sp_cpv **codes;
    size_t code_count;
};

/** @return what sp_need_query_for() returns */
SP_MUST_CHECK enum sp_status sp_need_screen_init(const struct sp_key_tools *tools,
                                                 const Spoina__V1__Entity *entity,
                                                 struct sp_arena *arena, struct sp_need_screen *out,
                                                 struct sp_error *err);

/** Look at a need. @param keys  its codes, services and places at least; settled
 *  @return 0: nothing in common, or a place that nobody of the entity serves; else 1..1000 */
uint32_t sp_need_screen_score(const struct sp_need_screen *screen, const struct sp_need_keys *keys);

/** How close the codes are to those of the entity, 0..1000. */
uint32_t sp_need_screen_closeness(const struct sp_need_screen *screen, char *const *codes,
                                  size_t count);

#endif
