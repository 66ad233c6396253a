/* SPDX-License-Identifier: EUPL-1.2 */
#include "matcher/catalogue/store.h"

#include <stdio.h>

#include "base/buffer.h"
#include "matcher/catalogue/checks.h"
#include "matcher/catalogue/database.h"
#include "matcher/catalogue/entity_id.h"
#include "matcher/catalogue/lookup.h"
#include "matcher/catalogue/schema.h"
#include "matcher/catalogue/store_priv.h"
#include "matcher/catalogue/tables.h"
#include "proto/codec/message.h"

uint64_t sp_store_version(const struct sp_store *store)
{
    return store->version;
}

enum sp_status sp_store_begin(struct sp_store *store, struct sp_error *err)
{
    if (store->in_group) {
        return SP_FAIL(err, SP_PRECONDITION, "", "Grupa zmian jest już otwarta.",
                       "A group of changes is already open.");
    }
    enum sp_status status = sp_db_run(store->db, "BEGIN IMMEDIATE", err);
    if (status == SP_OK) {
        store->in_group = true;
        store->spoiled = SP_OK;
        store->before.version = store->version;
        store->before.forgotten = store->forgotten;
        store->before.numbers = store->tables.numbers;
    }
    return status;
}

void sp_store_rollback(struct sp_store *store)
{
    if (!store->in_group) {
        return;
    }
    if (sqlite3_get_autocommit(store->db) == 0) {
        (void)sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
    }
    store->in_group = false;
    store->version = store->before.version;
    store->forgotten = store->before.forgotten;
    store->tables.numbers = store->before.numbers;
}

void sp_store_forget_removed(struct sp_store *store, uint64_t version)
{
    store->forget = version > store->forget ? version : store->forget;
}

/** Drop what nobody needs from the list of removed documents, in the open group. */
static enum sp_status drop_forgotten(struct sp_store *store, struct sp_error *err)
{
    static const char DROP[] = "DELETE FROM document_removed WHERE seq <= %lld;"
                               "UPDATE counter SET value = %lld WHERE name = 'forgotten'";
    char sql[sizeof DROP + 40];
    if (store->forget <= store->forgotten) {
        return SP_OK;
    }
    (void)snprintf(sql, sizeof sql, DROP, (long long)store->forget, (long long)store->forget);
    enum sp_status status = sp_db_run(store->db, sql, err);
    if (status == SP_OK) {
        store->forgotten = store->forget;
    }
    return status;
}

enum sp_status sp_store_commit(struct sp_store *store, struct sp_error *err)
{
    if (!store->in_group) {
        return SP_FAIL(err, SP_PRECONDITION, "", "Nie ma otwartej grupy zmian.",
                       "No group of changes is open.");
    }
    enum sp_status status = store->spoiled;
    if (status != SP_OK) {
        (void)SP_FAIL(err, status, SP_CATALOGUE_FILE,
                      "Zapis wcześniejszej zmiany z tej grupy się nie udał (%s).",
                      "Writing an earlier change of this group failed (%s).",
                      sp_status_text(status));
    }
    if (status == SP_OK) {
        status = sp_tables_save_numbers(&store->tables, err);
    }
    if (status == SP_OK) {
        status = drop_forgotten(store, err);
    }
    if (status == SP_OK) {
        status = sp_db_run(store->db, "COMMIT", err);
    }
    if (status != SP_OK) {
        sp_store_rollback(store);
        return status;
    }
    store->in_group = false;
    return SP_OK;
}

static enum sp_status append_to_log(struct sp_store *store, enum sp_log_kind kind, const char *id,
                                    struct sp_view payload, const struct sp_author *author,
                                    struct sp_error *err)
{
    sqlite3_stmt *append = store->append;
    (void)sqlite3_bind_int64(append, 1, (sqlite3_int64)store->version + 1);
    (void)sqlite3_bind_int(append, 2, (int)kind);
    sp_db_bind_text(append, 3, sp_view_of(id));
    sp_db_bind_blob(append, 4, payload);
    sp_db_bind_text(append, 5, sp_view_of(author->who));
    (void)sqlite3_bind_int64(append, 6, author->at_unix_ms);
    return sp_db_finish(append, err);
}

/**
 * Write one change: the log first, then the tables.
 *
 * @param entity  NULL: delete
 *
 * What can be wrong with the change itself was found before; a failure here is one of the disk or
 * of memory and spoils the group, since a savepoint for each change would make FTS5 write out a
 * segment each time.
 */
static enum sp_status write_change(struct sp_store *store, const char *id,
                                   const Spoina__V1__Entity *entity, struct sp_view payload,
                                   const struct sp_author *author, struct sp_error *err)
{
    uint64_t seq = store->version + 1;
    enum sp_status status =
        append_to_log(store, entity == NULL ? SP_LOG_DELETE : SP_LOG_PUT, id, payload, author, err);
    if (status == SP_OK) {
        status = entity == NULL ? sp_tables_delete(&store->tables, seq, id, err)
                                : sp_tables_put(&store->tables, seq, entity, payload, err);
    }
    if (status == SP_OK) {
        store->version = seq;
    } else {
        store->spoiled = status;
    }
    return status;
}

/** write_change() in the open group, or in one of its own. */
static enum sp_status write_grouped(struct sp_store *store, const char *id,
                                    const Spoina__V1__Entity *entity, struct sp_view payload,
                                    const struct sp_author *author, struct sp_error *err)
{
    if (store->in_group) {
        return store->spoiled != SP_OK
                   ? SP_FAIL(err, store->spoiled, SP_CATALOGUE_FILE,
                             "Zapis wcześniejszej zmiany z tej grupy się nie udał.",
                             "Writing an earlier change of this group failed.")
                   : write_change(store, id, entity, payload, author, err);
    }
    enum sp_status status = sp_store_begin(store, err);
    if (status != SP_OK) {
        return status;
    }
    status = write_change(store, id, entity, payload, author, err);
    if (status != SP_OK) {
        sp_store_rollback(store);
        return status;
    }
    return sp_store_commit(store, err);
}

/** Deep copy into the scratch arena. */
static enum sp_status copy_entity(struct sp_store *store, const Spoina__V1__Entity *entity,
                                  Spoina__V1__Entity **copy, struct sp_error *err)
{
    sp_arena_reset(store->scratch);
    sp_buffer_clear(&store->payload);
    enum sp_status status = sp_message_to_wire(&entity->base, &store->payload, err);
    if (status != SP_OK) {
        return status;
    }
    return sp_message_from_wire(&spoina__v1__entity__descriptor, sp_buffer_view(&store->payload),
                                NULL, store->scratch, (ProtobufCMessage **)copy, err);
}

/** Give @p entity the id it has, or will have, in the catalogue. */
static enum sp_status settle_id(struct sp_store *store, Spoina__V1__Entity *entity,
                                struct sp_error *err)
{
    char id[SP_ENTITY_ID_MAX_BYTES + 1] = "";
    enum sp_status status = sp_lookup_owner(&store->lookup, entity, id, err);
    if (status != SP_OK || entity->id[0] != '\0') {
        return status;
    }
    if (id[0] == '\0') {
        sp_entity_make_id(entity, id);
    }
    entity->id = sp_arena_strdup(store->scratch, id);
    return entity->id == NULL ? SP_FAIL_NOMEM(err) : SP_OK;
}

enum sp_status sp_store_put(struct sp_store *store, const Spoina__V1__Entity *entity,
                            const struct sp_author *author, enum sp_put_outcome *outcome,
                            const char **id, struct sp_error *err)
{
    Spoina__V1__Entity *copy = NULL;
    struct sp_view stored = {0};
    enum sp_status status = copy_entity(store, entity, &copy, err);
    if (status == SP_OK) {
        status = sp_entity_normalise(copy, store->scratch, err);
    }
    if (status == SP_OK) {
        status = sp_entity_check(copy, store->vocabulary, NULL, err);
    }
    if (status == SP_OK) {
        status = settle_id(store, copy, err);
    }
    if (status == SP_OK) {
        sp_buffer_clear(&store->payload);
        status = sp_message_to_wire(&copy->base, &store->payload, err);
    }
    if (status == SP_OK) {
        status = sp_lookup_payload(&store->lookup, copy->id, store->scratch, &stored, err);
    }
    if (status != SP_OK) {
        return status;
    }
    struct sp_view payload = sp_buffer_view(&store->payload);
    enum sp_put_outcome result = stored.data == NULL              ? SP_PUT_ADDED
                                 : sp_view_equal(stored, payload) ? SP_PUT_UNCHANGED
                                                                  : SP_PUT_CHANGED;
    if (result != SP_PUT_UNCHANGED) {
        status = write_grouped(store, copy->id, copy, payload, author, err);
    }
    if (status == SP_OK && outcome != NULL) {
        *outcome = result;
    }
    if (status == SP_OK && id != NULL) {
        *id = copy->id;
    }
    return status;
}

enum sp_status sp_store_delete(struct sp_store *store, const char *id,
                               const struct sp_author *author, struct sp_error *err)
{
    struct sp_view stored = {0};
    Spoina__V1__Entity tombstone = SPOINA__V1__ENTITY__INIT;
    tombstone.id = (char *)id; /* only packed */
    sp_arena_reset(store->scratch);
    enum sp_status status = sp_lookup_payload(&store->lookup, id, store->scratch, &stored, err);
    if (status == SP_OK && stored.data == NULL) {
        status =
            SP_FAIL(err, SP_NOT_FOUND, "id", "Nie ma podmiotu %s.", "There is no entity %s.", id);
    }
    if (status == SP_OK) {
        sp_buffer_clear(&store->payload);
        status = sp_message_to_wire(&tombstone.base, &store->payload, err);
    }
    if (status == SP_OK) {
        status = write_grouped(store, id, NULL, sp_buffer_view(&store->payload), author, err);
    }
    return status;
}

enum sp_status sp_store_find(struct sp_store *store, const char *key, struct sp_arena *arena,
                             Spoina__V1__Entity **out, struct sp_error *err)
{
    return sp_lookup_find(&store->lookup, key, arena, out, err);
}
