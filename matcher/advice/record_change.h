/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Changes of a record that would bring an entity closer to a lot: which ones there are, and the
 * record after them. A change is a spoina.v1.Change, so that what is told is what was tried.
 *
 * Only what an entity can do is among them: nobody is told to change the legal form, last year's
 * revenue or an exclusion.
 */
#ifndef SP_ADVICE_RECORD_CHANGE_H
#define SP_ADVICE_RECORD_CHANGE_H

#include "matcher/advice/scene.h"

enum {
    SP_CHANGES_MAX = 24
}; /* of one entity and lot; further ones of 16 requirements are left out */

/** What would mend the record of a pool entity. */
struct sp_record_changes {
    Spoina__V1__Change *items[SP_CHANGES_MAX]; /* in the answer's arena */
    bool needed[SP_CHANGES_MAX]; /* nothing helps without it: a condition that each member meets */
    bool adds_offer[SP_CHANGES_MAX];
    size_t count;
    bool hopeless; /* a condition that each member meets is not met, and no change mends it */
};

/** List the changes. @return SP_OK; SP_NOMEM; what the rules return */
SP_MUST_CHECK enum sp_status sp_record_changes_list(struct sp_scene *scene,
                                                    const struct sp_lot_matching *lot,
                                                    size_t entity, struct sp_record_changes *out,
                                                    struct sp_error *err);

/** Copy the record of pool entity @p entity whole, so that it may be changed. In @p arena.
 *  @return SP_OK; SP_NOMEM; SP_LIMIT */
SP_MUST_CHECK enum sp_status sp_record_copy(const Spoina__V1__Entity *entity,
                                            struct sp_arena *arena, Spoina__V1__Entity **out,
                                            struct sp_error *err);

/**
 * Apply one change to @p copy, a copy of the record of pool entity @p entity.
 *
 * @param lot  the lot for which the change was listed
 * @return SP_OK; SP_UNSUPPORTED (no change of a record); SP_NOMEM
 */
SP_MUST_CHECK enum sp_status sp_record_change_apply(const struct sp_lot_matching *lot,
                                                    size_t entity, const Spoina__V1__Change *change,
                                                    Spoina__V1__Entity *copy,
                                                    struct sp_arena *arena, struct sp_error *err);

#endif
