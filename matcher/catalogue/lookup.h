/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Finding entities by their keys, the same for the writer and for readers. Only matcher/catalogue
 * includes this.
 */
#ifndef SP_CATALOGUE_LOOKUP_H
#define SP_CATALOGUE_LOOKUP_H

#include <sqlite3.h>

#include "base/arena.h"
#include "base/status.h"
#include "base/view.h"
#include "matcher/catalogue/entity_id.h"
#include "spoina/v1/catalogue.pb-c.h"

struct sp_lookup {
    sqlite3_stmt *by_key;
    sqlite3_stmt *by_id;
    sqlite3_stmt *owner;
};

SP_MUST_CHECK enum sp_status sp_lookup_open(sqlite3 *db, struct sp_lookup *lookup,
                                            struct sp_error *err);
/** Zeroed storage is accepted. */
void sp_lookup_close(struct sp_lookup *lookup);

/** Find by id, NIP, KRS or REGON, in that order; dashes and spaces in numbers do not matter.
 *  @return SP_OK; SP_NOT_FOUND; SP_CORRUPT; SP_IO; SP_NOMEM */
SP_MUST_CHECK enum sp_status sp_lookup_find(struct sp_lookup *lookup, const char *key,
                                            struct sp_arena *arena, Spoina__V1__Entity **out,
                                            struct sp_error *err);

/** Copy the packed entity @p id into @p arena; data is NULL when there is none. */
SP_MUST_CHECK enum sp_status sp_lookup_payload(struct sp_lookup *lookup, const char *id,
                                               struct sp_arena *arena, struct sp_view *payload,
                                               struct sp_error *err);

/**
 * Find the stored entity that has the NIP, KRS or REGON of @p entity.
 *
 * @param id  the one owner's id, or "" when nobody has them
 * @return SP_OK; SP_EXISTS (they belong to an entity other than @p entity->id, or to several)
 */
SP_MUST_CHECK enum sp_status sp_lookup_owner(struct sp_lookup *lookup,
                                             const Spoina__V1__Entity *entity,
                                             char id[SP_ENTITY_ID_MAX_BYTES + 1],
                                             struct sp_error *err);

/** Unpack a stored entity. @return SP_OK; SP_CORRUPT; SP_LIMIT (arena); SP_NOMEM */
SP_MUST_CHECK enum sp_status sp_stored_entity(struct sp_view payload, struct sp_arena *arena,
                                              Spoina__V1__Entity **out, struct sp_error *err);

#endif
