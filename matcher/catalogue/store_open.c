/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Opening and closing the store. In this order: the lock; what a crash left in the WAL is taken in;
 * the file is checked; one of an older schema is copied, then migrated; an index of another
 * analyser is made anew. What happened is told by sp_store_opening().
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/memory.h"
#include "matcher/catalogue/checks.h"
#include "matcher/catalogue/database.h"
#include "matcher/catalogue/fts5_tokenizer.h"
#include "matcher/catalogue/lock_file.h"
#include "matcher/catalogue/schema.h"
#include "matcher/catalogue/store_priv.h"

enum { DIRECTORY_MODE = 0750, PATH_MAX_BYTES = 4096 };

/* Unpacked an entity takes several times its packed size; small strings weigh most. */
enum { SCRATCH_MAX_BYTES = 64 * SP_ENTITY_MAX_BYTES };

/** Make the directory; its name must outlive a crash as well as what is stored in it. */
static enum sp_status make_directory(const char *path, struct sp_error *err)
{
    char parent[PATH_MAX_BYTES];
    if (mkdir(path, DIRECTORY_MODE) != 0) {
        return errno == EEXIST ? SP_OK
                               : SP_FAIL(err, SP_IO, path, "Nie można utworzyć katalogu: %s.",
                                         "Cannot make the directory: %s.", strerror(errno));
    }
    enum sp_status status = sp_file_join(path, "..", parent, sizeof parent);
    return status == SP_OK ? sp_file_sync(parent, err) : status;
}

/** Size of the WAL of @p path; 0 when it was closed in order. */
static int64_t wal_bytes(const char *path)
{
    char wal[PATH_MAX_BYTES];
    struct stat info;
    int length = snprintf(wal, sizeof wal, "%s-wal", path);
    return length < (int)sizeof wal && stat(wal, &info) == 0 ? (int64_t)info.st_size : 0;
}

/** Put the committed pages of a WAL left by a crash into the file. SQLite drops what was not
 *  committed. */
static enum sp_status recover(struct sp_store *store, struct sp_error *err)
{
    sqlite3_stmt *checkpoint = NULL;
    bool row = false;
    enum sp_status status =
        sp_db_prepare(store->db, "PRAGMA wal_checkpoint(PASSIVE)", &checkpoint, err);
    if (status == SP_OK) {
        status = sp_db_step(checkpoint, &row, err);
    }
    if (status == SP_OK && row) {
        store->opening.recovered_pages = sqlite3_column_int64(checkpoint, 1);
    }
    (void)sqlite3_finalize(checkpoint);
    return status;
}

/** Keep a file of an older schema as it was, beside it. */
static enum sp_status keep_old_schema(struct sp_store *store, const char *path,
                                      struct sp_error *err)
{
    char part[PATH_MAX_BYTES];
    char kept[PATH_MAX_BYTES];
    char directory[PATH_MAX_BYTES];
    if (snprintf(kept, sizeof kept, "%s.schema-%d", path, store->opening.schema_before) >=
            (int)sizeof kept ||
        snprintf(part, sizeof part, "%s.part", kept) >= (int)sizeof part) {
        return SP_FAIL(err, SP_LIMIT, path, "Zbyt długa ścieżka.", "The path is too long.");
    }
    enum sp_status status = sp_db_copy(store->db, part, err);
    if (status == SP_OK && rename(part, kept) != 0) {
        status = SP_FAIL(err, SP_IO, kept, "Nie można zapisać kopii: %s.",
                         "Cannot write the copy: %s.", strerror(errno));
    }
    if (status == SP_OK) {
        (void)snprintf(directory, sizeof directory, "%s", path);
        *strrchr(directory, '/') = '\0';
        status = sp_file_sync(directory, err);
    }
    if (status != SP_OK) {
        (void)remove(part);
    }
    return status;
}

static enum sp_status bring_up_to_date(struct sp_store *store, const char *path,
                                       struct sp_error *err)
{
    int version = 0;
    enum sp_status status = sp_schema_read(store->db, &version, err);
    store->opening.schema_before = version;
    if (status == SP_OK) {
        status = sp_database_check(store->db, "PRAGMA quick_check(1)", err);
    }
    if (status == SP_OK && version > 0 && version < sp_schema_version()) {
        status = keep_old_schema(store, path, err);
    }
    return status == SP_OK ? sp_schema_migrate(store->db, err) : status;
}

static enum sp_status open_database(struct sp_store *store, const struct sp_store_options *options,
                                    struct sp_error *err)
{
    char path[PATH_MAX_BYTES];
    enum sp_status status = make_directory(options->directory, err);
    if (status == SP_OK) {
        status = sp_file_join(options->directory, SP_CATALOGUE_LOCK, path, sizeof path);
    }
    if (status == SP_OK) {
        status = sp_lock_take(path, &store->lock, err);
    }
    if (status == SP_OK) {
        status = sp_file_join(options->directory, SP_CATALOGUE_FILE, path, sizeof path);
    }
    bool crashed = status == SP_OK && wal_bytes(path) > 0;
    if (status == SP_OK) {
        status = sp_db_open_writer(path, &store->db, err);
    }
    if (crashed && status == SP_OK) {
        store->opening.after_crash = true;
        status = recover(store, err);
    }
    if (status == SP_OK) {
        status = sp_fts5_tokenizer_register(store->db, options->language, err);
    }
    return status == SP_OK ? bring_up_to_date(store, path, err) : status;
}

static enum sp_status load_state(struct sp_store *store, struct sp_error *err)
{
    int64_t version = 0;
    int64_t forgotten = 0;
    enum sp_status status =
        sp_db_number(store->db, "SELECT ifnull(max(seq), 0) FROM change_log", &version, err);
    store->version = (uint64_t)version;
    if (status == SP_OK) {
        status = sp_db_number(store->db, "SELECT value FROM counter WHERE name = 'forgotten'",
                              &forgotten, err);
    }
    store->forgotten = (uint64_t)forgotten;
    store->forget = store->version; /* a snapshot lives no longer than the process that made it */
    if (status == SP_OK) {
        status = sp_tables_open(store->db, &store->tables, err);
    }
    if (status == SP_OK) {
        status = sp_lookup_open(store->db, &store->lookup, err);
    }
    if (status == SP_OK) {
        status = sp_db_prepare(store->db, "INSERT INTO change_log VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                               &store->append, err);
    }
    return status;
}

enum sp_status sp_store_open(const struct sp_store_options *options, struct sp_store **out,
                             struct sp_error *err)
{
    struct sp_store *store = sp_calloc(1, sizeof *store);
    if (store == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    store->lock = -1;
    store->language = options->language;
    store->vocabulary = options->vocabulary;
    sp_buffer_init(&store->payload, SP_ENTITY_MAX_BYTES);
    store->scratch = sp_arena_new(SCRATCH_MAX_BYTES);
    enum sp_status status = store->scratch == NULL ? SP_FAIL_NOMEM(err) : SP_OK;
    if (status == SP_OK) {
        status = open_database(store, options, err);
    }
    if (status == SP_OK) {
        status = load_state(store, err);
    }
    if (status == SP_OK) {
        status = sp_store_refresh_index(store, err);
    }
    if (status != SP_OK) {
        sp_store_close(store);
        return status;
    }
    *out = store;
    return SP_OK;
}

const struct sp_store_opening *sp_store_opening(const struct sp_store *store)
{
    return &store->opening;
}

void sp_store_close(struct sp_store *store)
{
    if (store == NULL) {
        return;
    }
    if (store->in_group) {
        sp_store_rollback(store);
    }
    (void)sqlite3_finalize(store->append);
    sp_lookup_close(&store->lookup);
    sp_tables_close(&store->tables);
    (void)sqlite3_close(store->db);
    sp_arena_free(store->scratch);
    sp_buffer_release(&store->payload);
    sp_lock_release(store->lock); /* last: nobody may open what is not yet closed */
    sp_free(store);
}
