/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Care of the store: making the tables anew from the log, and the index from the tables.
 */
#include <stdio.h>

#include "matcher/catalogue/database.h"
#include "matcher/catalogue/schema.h"
#include "matcher/catalogue/store_priv.h"
#include "matcher/language/language.h"
#include "proto/codec/message.h"

static enum sp_status replay_entry(struct sp_store *store, sqlite3_stmt *entry,
                                   struct sp_error *err)
{
    Spoina__V1__Entity *entity = NULL;
    uint64_t seq = (uint64_t)sqlite3_column_int64(entry, 0);
    int kind = sqlite3_column_int(entry, 1);
    struct sp_view payload = sp_db_view(entry, 2);
    sp_arena_reset(store->scratch);
    enum sp_status status = sp_message_from_wire(&spoina__v1__entity__descriptor, payload, NULL,
                                                 store->scratch, (ProtobufCMessage **)&entity, err);
    if (status != SP_OK) {
        return status == SP_INVALID ? SP_CORRUPT : status;
    }
    if (kind == SP_LOG_PUT) {
        return sp_tables_put(&store->tables, seq, entity, payload, err);
    }
    if (kind == SP_LOG_DELETE) {
        return sp_tables_delete(&store->tables, seq, entity->id, err);
    }
    return SP_FAIL(err, SP_CORRUPT, SP_CATALOGUE_FILE, "Dziennik: nieznany rodzaj zmiany %d.",
                   "Change log: unknown kind of change %d.", kind);
}

static enum sp_status replay(struct sp_store *store, struct sp_error *err)
{
    sqlite3_stmt *entry = NULL;
    bool row = true;
    enum sp_status status = sp_schema_clear(store->db, err);
    store->tables.numbers = (struct sp_numbers){0};
    store->forgotten = 0; /* the log makes the whole list again */
    if (status == SP_OK) {
        status = sp_db_prepare(store->db, "SELECT seq, kind, payload FROM change_log ORDER BY seq",
                               &entry, err);
    }
    while (status == SP_OK) {
        status = sp_db_step(entry, &row, err);
        if (status != SP_OK || !row) {
            break;
        }
        status = replay_entry(store, entry, err);
    }
    (void)sqlite3_finalize(entry);
    return status;
}

enum sp_status sp_store_rebuild(struct sp_store *store, struct sp_error *err)
{
    enum sp_status status = sp_store_begin(store, err);
    if (status != SP_OK) {
        return status;
    }
    status = replay(store, err);
    if (status != SP_OK) {
        sp_store_rollback(store);
        return status;
    }
    return sp_store_commit(store, err);
}

enum sp_status sp_store_refresh_index(struct sp_store *store, struct sp_error *err)
{
    char save[96];
    int64_t stored = 0;
    int64_t current = (int64_t)sp_language_fingerprint(store->language);
    enum sp_status status =
        sp_db_number(store->db, "SELECT value FROM counter WHERE name = 'analyser'", &stored, err);
    if (status != SP_OK || stored == current) {
        return status;
    }
    store->opening.index_remade = stored != 0;
    (void)snprintf(save, sizeof save, "UPDATE counter SET value = %lld WHERE name = 'analyser'",
                   (long long)current);
    status = sp_store_begin(store, err);
    if (status != SP_OK) {
        return status;
    }
    status =
        sp_db_run(store->db, "INSERT INTO document_text (document_text) VALUES ('rebuild')", err);
    if (status == SP_OK) {
        status = sp_db_run(store->db, save, err);
    }
    if (status != SP_OK) {
        sp_store_rollback(store);
        return status;
    }
    return sp_store_commit(store, err);
}
