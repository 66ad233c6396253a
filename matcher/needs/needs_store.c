/* SPDX-License-Identifier: EUPL-1.2 */
#include "matcher/needs/needs_store.h"

#include <stdio.h>

#include "base/file.h"
#include "base/memory.h"
#include "matcher/catalogue/lock_file.h"
#include "matcher/language/language.h"
#include "matcher/needs/needs_store_priv.h"
#include "proto/codec/message.h"

enum { PATH_MAX_BYTES = 4096, SCRATCH_MAX_BYTES = 16 * SP_NEED_MAX_BYTES };

static const char *const SQL[SP_NEEDS_STATEMENTS] = {
    [SP_NEEDS_FIND] = "SELECT number, record, read, text, kind FROM need WHERE id = ?1",
    [SP_NEEDS_INSERT] =
        "INSERT INTO need (id, kind, open_until, record, text) VALUES (?1, ?2, ?3, ?4, ?5)",
    [SP_NEEDS_UPDATE] =
        "UPDATE need SET kind = ?2, open_until = ?3, record = ?4, text = ?5, read = ?6,"
        " potential = NULL, independent = NULL, assessed_version = NULL WHERE number = ?1",
    [SP_NEEDS_READ_ANEW] = "UPDATE need SET read = ?2 WHERE number = ?1", /* read anew */
    [SP_NEEDS_ASSESS] = "UPDATE need SET potential = ?2, independent = ?3, assessed_version = ?4"
                        " WHERE id = ?1",
    [SP_NEEDS_DELETE] = "DELETE FROM need WHERE id = ?1",
    [SP_NEEDS_ADD_KEY] = "INSERT INTO need_key VALUES (?1, ?2)",
    [SP_NEEDS_CLEAR_KEYS] = "DELETE FROM need_key WHERE number = ?1",
    [SP_NEEDS_KEEP_CORRECTION] = "INSERT INTO correction (need, day, draft) VALUES (?1, ?2, ?3)",
    [SP_NEEDS_TRIM_CORRECTIONS] = "DELETE FROM correction WHERE need = ?1 AND number NOT IN"
                                  " (SELECT number FROM correction WHERE need = ?1"
                                  "  ORDER BY number DESC LIMIT ?2)",
    [SP_NEEDS_SAVE_SEARCH] = "INSERT INTO standing (id, record, query) VALUES (?1, ?2, ?3)"
                             " ON CONFLICT (id) DO UPDATE SET record = ?2, query = ?3",
    [SP_NEEDS_DELETE_SEARCH] = "DELETE FROM standing WHERE id = ?1",
    [SP_NEEDS_SEARCHES] = "SELECT number, query FROM standing ORDER BY number",
    [SP_NEEDS_ARRIVE] = "INSERT OR IGNORE INTO arrival (standing, need, day) VALUES (?1, ?2, ?3)",
    [SP_NEEDS_NEXT] = "UPDATE meta SET value = value + 1 WHERE name = 'number'",
    [SP_NEEDS_RECORDS] = "SELECT number, kind, record FROM need ORDER BY number",
};

static enum sp_status open_database(struct sp_needs *store, const char *directory,
                                    struct sp_error *err)
{
    char path[PATH_MAX_BYTES];
    enum sp_status status = sp_file_join(directory, SP_NEEDS_LOCK, path, sizeof path);
    if (status == SP_OK) {
        status = sp_lock_take(path, &store->lock, err);
    }
    if (status == SP_OK) {
        status = sp_file_join(directory, SP_NEEDS_FILE, path, sizeof path);
    }
    if (status == SP_OK) {
        status = sp_db_open_writer(path, &store->db, err);
    }
    if (status == SP_OK) { /* what is deleted is overwritten */
        status = sp_db_run(store->db, "PRAGMA secure_delete = ON", err);
    }
    return status == SP_OK ? sp_needs_schema_make(store->db, err) : status;
}

static enum sp_status load_searches(struct sp_needs *store, struct sp_error *err)
{
    struct sp_percolator *percolator = NULL;
    sqlite3_stmt *rows = store->statements[SP_NEEDS_SEARCHES];
    bool row = true;
    enum sp_status status = sp_percolator_new(&percolator, err);
    while (status == SP_OK && row) {
        struct sp_need_query query;
        status = sp_db_step(rows, &row, err);
        if (status != SP_OK || !row) {
            break;
        }
        sp_arena_reset(store->scratch);
        status = sp_need_query_parse(sp_db_view(rows, 1), store->scratch, &query, err);
        if (status == SP_OK) {
            status = sp_percolator_add(percolator, sqlite3_column_int64(rows, 0), &query, err);
        }
    }
    (void)sqlite3_reset(rows);
    if (status == SP_OK) {
        status = sp_percolator_finish(percolator, err);
    }
    if (status != SP_OK) {
        sp_percolator_free(percolator);
        return status;
    }
    sp_percolator_free(store->percolator);
    store->percolator = percolator;
    return SP_OK;
}

enum sp_status sp_needs_write_keys(struct sp_needs *store, int64_t number,
                                   const struct sp_need_keys *keys, struct sp_error *err)
{
    sqlite3_stmt *clear = store->statements[SP_NEEDS_CLEAR_KEYS];
    sqlite3_stmt *add = store->statements[SP_NEEDS_ADD_KEY];
    (void)sqlite3_bind_int64(clear, 1, number);
    enum sp_status status = sp_db_finish(clear, err);
    for (size_t i = 0; status == SP_OK && i < keys->count; i++) {
        sp_db_bind_text(add, 1, keys->items[i]);
        (void)sqlite3_bind_int64(add, 2, number);
        status = sp_db_finish(add, err);
    }
    return status;
}

enum sp_status sp_needs_unpack(const ProtobufCMessageDescriptor *type, struct sp_view packed,
                               struct sp_arena *arena, ProtobufCMessage **out, struct sp_error *err)
{
    enum sp_status status = sp_message_from_wire(type, packed, NULL, arena, out, err);
    return status == SP_INVALID || status == SP_LIMIT
               ? SP_FAIL(err, SP_CORRUPT, SP_NEEDS_FILE, "Zapis potrzeby jest uszkodzony.",
                         "A stored need is damaged.")
               : status;
}

/** Make the keys of every need anew, since another analyser made them. */
static enum sp_status remake_keys(struct sp_needs *store, const struct sp_key_tools *tools,
                                  struct sp_error *err)
{
    sqlite3_stmt *rows = store->statements[SP_NEEDS_RECORDS];
    bool row = true;
    enum sp_status status = SP_OK;
    while (status == SP_OK && row) {
        ProtobufCMessage *need = NULL;
        struct sp_need_keys keys;
        status = sp_db_step(rows, &row, err);
        if (status != SP_OK || !row) {
            break;
        }
        sp_arena_reset(store->scratch);
        status = sp_needs_unpack(&spoina__v1__need__descriptor, sp_db_view(rows, 2), store->scratch,
                                 &need, err);
        if (status == SP_OK) {
            status = sp_need_keys(tools, ((Spoina__V1__Need *)need)->draft,
                                  (Spoina__V1__NeedKind)sqlite3_column_int(rows, 1), store->scratch,
                                  &keys, err);
        }
        if (status == SP_OK) {
            status = sp_needs_write_keys(store, sqlite3_column_int64(rows, 0), &keys, err);
        }
    }
    (void)sqlite3_reset(rows);
    return status;
}

static enum sp_status refresh_keys(struct sp_needs *store, const struct sp_needs_options *options,
                                   struct sp_error *err)
{
    char save[96];
    int64_t stored = 0;
    int64_t current = (int64_t)sp_language_fingerprint(options->language);
    enum sp_status status =
        sp_db_number(store->db, "SELECT value FROM meta WHERE name = 'analyser'", &stored, err);
    if (status != SP_OK || stored == current) {
        return status;
    }
    (void)snprintf(save, sizeof save, "UPDATE meta SET value = %lld WHERE name = 'analyser'",
                   (long long)current);
    status = sp_needs_begin(store, err);
    if (status != SP_OK) {
        return status;
    }
    status = remake_keys(store, &options->tools, err);
    if (status == SP_OK) {
        status = sp_db_run(store->db, save, err);
    }
    if (status != SP_OK) {
        sp_needs_rollback(store);
        return status;
    }
    return sp_needs_commit(store, err);
}

enum sp_status sp_needs_open(const struct sp_needs_options *options, struct sp_needs **out,
                             struct sp_error *err)
{
    struct sp_needs *store = sp_calloc(1, sizeof *store);
    if (store == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    store->lock = -1;
    sp_buffer_init(&store->record, SP_NEED_MAX_BYTES);
    sp_buffer_init(&store->draft, SP_NEED_MAX_BYTES);
    store->scratch = sp_arena_new(SCRATCH_MAX_BYTES);
    enum sp_status status = store->scratch == NULL ? SP_FAIL_NOMEM(err) : SP_OK;
    if (status == SP_OK) {
        status = open_database(store, options->directory, err);
    }
    for (size_t i = 0; status == SP_OK && i < SP_NEEDS_STATEMENTS; i++) {
        status =
            SQL[i] == NULL ? SP_OK : sp_db_prepare(store->db, SQL[i], &store->statements[i], err);
    }
    if (status == SP_OK) {
        status = refresh_keys(store, options, err);
    }
    if (status == SP_OK) {
        status = load_searches(store, err);
    }
    if (status != SP_OK) {
        sp_needs_close(store);
        return status;
    }
    *out = store;
    return SP_OK;
}

void sp_needs_close(struct sp_needs *store)
{
    if (store == NULL) {
        return;
    }
    sp_needs_rollback(store);
    for (size_t i = 0; i < SP_NEEDS_STATEMENTS; i++) {
        (void)sqlite3_finalize(store->statements[i]);
    }
    (void)sqlite3_close(store->db);
    sp_percolator_free(store->percolator);
    sp_arena_free(store->scratch);
    sp_buffer_release(&store->record);
    sp_buffer_release(&store->draft);
    sp_lock_release(store->lock); /* last: nobody may open what is not yet closed */
    sp_free(store);
}

enum sp_status sp_needs_begin(struct sp_needs *store, struct sp_error *err)
{
    if (store->in_group) {
        return SP_FAIL(err, SP_PRECONDITION, "", "Grupa zmian jest już otwarta.",
                       "A group of changes is already open.");
    }
    enum sp_status status = sp_db_run(store->db, "BEGIN IMMEDIATE", err);
    store->in_group = status == SP_OK;
    store->spoiled = SP_OK;
    return status;
}

void sp_needs_rollback(struct sp_needs *store)
{
    if (store->in_group && sqlite3_get_autocommit(store->db) == 0) {
        (void)sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
    }
    store->in_group = false;
}

enum sp_status sp_needs_check_group(const struct sp_needs *store, struct sp_error *err)
{
    if (!store->in_group) {
        return SP_FAIL(err, SP_PRECONDITION, "", "Nie ma otwartej grupy zmian.",
                       "No group of changes is open.");
    }
    return store->spoiled == SP_OK ? SP_OK
                                   : SP_FAIL(err, store->spoiled, SP_NEEDS_FILE,
                                             "Zapis wcześniejszej zmiany z tej grupy się nie udał.",
                                             "Writing an earlier change of this group failed.");
}

enum sp_status sp_needs_commit(struct sp_needs *store, struct sp_error *err)
{
    enum sp_status status = sp_needs_check_group(store, err);
    if (status == SP_OK) {
        status = sp_db_run(store->db, "COMMIT", err);
    }
    if (status != SP_OK) {
        sp_needs_rollback(store);
    }
    store->in_group = false;
    return status;
}

enum sp_status sp_needs_pack(const ProtobufCMessage *message, struct sp_buffer *buffer,
                             struct sp_error *err)
{
    sp_buffer_clear(buffer);
    return sp_message_to_wire(message, buffer, err);
}

enum sp_status sp_needs_check_changed(struct sp_needs *store, const char *id, struct sp_error *err)
{
    return sqlite3_changes(store->db) > 0
               ? SP_OK
               : SP_FAIL(err, SP_NOT_FOUND, "id", "Nie zapisano niczego jako „%.100s”.",
                         "Nothing is kept as \"%.100s\".", id);
}

enum sp_status sp_needs_save_search(struct sp_needs *store,
                                    const Spoina__V1__StandingSearch *search,
                                    const struct sp_need_query *query, struct sp_error *err)
{
    sqlite3_stmt *save = store->statements[SP_NEEDS_SAVE_SEARCH];
    struct sp_buffer written;
    if (sp_percolator_count(store->percolator) >= SP_NEEDS_SEARCHES_MAX) {
        return SP_FAIL(err, SP_LIMIT, "search", "Zapisano już %d wyszukiwań.",
                       "%d searches are kept already.", SP_NEEDS_SEARCHES_MAX);
    }
    sp_buffer_init(&written, SP_QUERY_MAX_BYTES);
    sp_need_query_write(query, &written);
    enum sp_status status = written.status == SP_OK
                                ? sp_needs_pack(&search->base, &store->record, err)
                                : SP_FAIL(err, written.status, "search",
                                          "Wyszukiwanie jest za duże.", "The search is too large.");
    if (status == SP_OK) {
        sp_db_bind_text(save, 1, sp_view_of(search->id));
        sp_db_bind_blob(save, 2, sp_buffer_view(&store->record));
        sp_db_bind_blob(save, 3, sp_buffer_view(&written));
        status = sp_db_finish(save, err);
    }
    sp_buffer_release(&written);
    return status == SP_OK ? load_searches(store, err) : status;
}

enum sp_status sp_needs_delete_search(struct sp_needs *store, const char *id, struct sp_error *err)
{
    sqlite3_stmt *remove = store->statements[SP_NEEDS_DELETE_SEARCH];
    sp_db_bind_text(remove, 1, sp_view_of(id));
    enum sp_status status = sp_db_finish(remove, err);
    if (status == SP_OK) {
        status = sp_needs_check_changed(store, id, err);
    }
    return status == SP_OK ? load_searches(store, err) : status;
}

enum sp_status sp_needs_next_number(struct sp_needs *store, int64_t *out, struct sp_error *err)
{
    enum sp_status status = sp_db_finish(store->statements[SP_NEEDS_NEXT], err);
    return status == SP_OK
               ? sp_db_number(store->db, "SELECT value FROM meta WHERE name = 'number'", out, err)
               : status;
}
