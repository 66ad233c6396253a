/* SPDX-License-Identifier: EUPL-1.2 */
#include "matcher/catalogue/lookup.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "matcher/catalogue/database.h"
#include "proto/codec/message.h"

/* Branches run one after the other, and LIMIT 1 stops at the first that finds something. */
static const char *const BY_KEY = "SELECT payload FROM entity WHERE id = ?1"
                                  " UNION ALL SELECT payload FROM entity WHERE nip = ?2"
                                  " UNION ALL SELECT payload FROM entity WHERE krs = ?2"
                                  " UNION ALL SELECT payload FROM entity WHERE regon = ?2"
                                  " LIMIT 1";

static const char *const OWNER = "SELECT id, 'NIP', nip FROM entity WHERE nip = ?1"
                                 " UNION ALL SELECT id, 'KRS', krs FROM entity WHERE krs = ?2"
                                 " UNION ALL SELECT id, 'REGON', regon FROM entity"
                                 " WHERE regon = ?3";

enum sp_status sp_lookup_open(sqlite3 *db, struct sp_lookup *lookup, struct sp_error *err)
{
    enum sp_status status = sp_db_prepare(db, BY_KEY, &lookup->by_key, err);
    if (status == SP_OK) {
        status = sp_db_prepare(db, "SELECT payload FROM entity WHERE id = ?1", &lookup->by_id, err);
    }
    if (status == SP_OK) {
        status = sp_db_prepare(db, OWNER, &lookup->owner, err);
    }
    return status;
}

void sp_lookup_close(struct sp_lookup *lookup)
{
    (void)sqlite3_finalize(lookup->by_key);
    (void)sqlite3_finalize(lookup->by_id);
    (void)sqlite3_finalize(lookup->owner);
}

enum sp_status sp_stored_entity(struct sp_view payload, struct sp_arena *arena,
                                Spoina__V1__Entity **out, struct sp_error *err)
{
    enum sp_status status = sp_message_from_wire(&spoina__v1__entity__descriptor, payload, NULL,
                                                 arena, (ProtobufCMessage **)out, err);
    return status == SP_INVALID ? SP_CORRUPT : status;
}

/** Digits of a number written with dashes or spaces; "" if anything else is in it. */
static void digits_of(const char *key, char digits[SP_ENTITY_ID_MAX_BYTES + 1])
{
    size_t length = 0;
    for (const char *at = key; *at != '\0'; at++) {
        if (*at == '-' || *at == ' ') {
            continue;
        }
        if (*at < '0' || *at > '9' || length == SP_ENTITY_ID_MAX_BYTES) {
            length = 0;
            break;
        }
        digits[length++] = *at;
    }
    digits[length] = '\0';
}

enum sp_status sp_lookup_find(struct sp_lookup *lookup, const char *key, struct sp_arena *arena,
                              Spoina__V1__Entity **out, struct sp_error *err)
{
    char digits[SP_ENTITY_ID_MAX_BYTES + 1];
    bool row = false;
    digits_of(key, digits);
    sp_db_bind_text(lookup->by_key, 1, sp_view_of(key));
    sp_db_bind_known(lookup->by_key, 2, digits);
    enum sp_status status = sp_db_step(lookup->by_key, &row, err);
    if (status == SP_OK && !row) {
        status =
            SP_FAIL(err, SP_NOT_FOUND, "id", "Nie ma podmiotu %s.", "There is no entity %s.", key);
    }
    if (status == SP_OK) {
        status = sp_stored_entity(sp_db_view(lookup->by_key, 0), arena, out, err);
    }
    (void)sqlite3_reset(lookup->by_key);
    return status;
}

enum sp_status sp_lookup_payload(struct sp_lookup *lookup, const char *id, struct sp_arena *arena,
                                 struct sp_view *payload, struct sp_error *err)
{
    bool row = false;
    sp_db_bind_text(lookup->by_id, 1, sp_view_of(id));
    enum sp_status status = sp_db_step(lookup->by_id, &row, err);
    *payload = sp_view_from(NULL, 0);
    if (status == SP_OK && row) {
        struct sp_view stored = sp_db_view(lookup->by_id, 0);
        *payload = sp_view_from(sp_arena_copy(arena, stored), stored.length);
        status = payload->data == NULL ? SP_FAIL_NOMEM(err) : SP_OK;
    }
    (void)sqlite3_reset(lookup->by_id);
    return status;
}

enum sp_status sp_lookup_owner(struct sp_lookup *lookup, const Spoina__V1__Entity *entity,
                               char id[SP_ENTITY_ID_MAX_BYTES + 1], struct sp_error *err)
{
    (void)snprintf(id, SP_ENTITY_ID_MAX_BYTES + 1, "%s", entity->id);
    sp_db_bind_known(lookup->owner, 1, entity->nip);
    sp_db_bind_known(lookup->owner, 2, entity->krs);
    sp_db_bind_known(lookup->owner, 3, entity->regon);
    enum sp_status status = SP_OK;
    bool found = false;
    for (bool row = true; status == SP_OK && row;) {
        status = sp_db_step(lookup->owner, &row, err);
        if (status != SP_OK || !row) {
            break;
        }
        found = true;
        struct sp_view owner = sp_db_view(lookup->owner, 0);
        if (id[0] == '\0') {
            (void)snprintf(id, SP_ENTITY_ID_MAX_BYTES + 1, "%.*s", SP_VIEW_ARGS(owner));
        } else if (!sp_view_is(owner, id)) {
            struct sp_view kind = sp_db_view(lookup->owner, 1);
            struct sp_view number = sp_db_view(lookup->owner, 2);
            status = SP_FAIL(err, SP_EXISTS,
                             kind.data[0] == 'N'   ? "nip"
                             : kind.data[0] == 'K' ? "krs"
                                                   : "regon",
                             "%.*s %.*s należy już do podmiotu %.*s.",
                             "%.*s %.*s already belongs to entity %.*s.", SP_VIEW_ARGS(kind),
                             SP_VIEW_ARGS(number), SP_VIEW_ARGS(owner));
        }
    }
    if (!found) {
        id[0] = '\0';
    }
    (void)sqlite3_reset(lookup->owner);
    return status;
}
