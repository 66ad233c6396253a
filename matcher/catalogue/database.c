/* SPDX-License-Identifier: EUPL-1.2 */
#include "matcher/catalogue/database.h"

#include <stddef.h>
#include <string.h>

#include "base/file.h"

enum {
    BUSY_TIMEOUT_MS = 5000, /* a safety net only: nothing here should ever wait for a lock */
    SYNCHRONOUS_FULL = 2    /* as PRAGMA synchronous tells it */
};

static enum sp_status status_of(int code)
{
    if (code == SQLITE_IOERR_NOMEM) {
        return SP_NOMEM;
    }
    switch (code & 0xff) {
    case SQLITE_NOMEM:
        return SP_NOMEM;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return SP_CORRUPT;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return SP_BUSY;
    case SQLITE_INTERRUPT:
        return SP_CANCELLED;
    case SQLITE_TOOBIG:
        return SP_LIMIT;
    case SQLITE_FULL:
        return SP_FULL;
    case SQLITE_READONLY:
        return SP_READ_ONLY;
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_PROTOCOL:
        return SP_IO;
    default:
        return SP_INTERNAL;
    }
}

/** Name of the file behind @p db, without its directory. */
static const char *file_of(sqlite3 *db)
{
    const char *path = db == NULL ? NULL : sqlite3_db_filename(db, "main");
    const char *slash = path == NULL ? NULL : strrchr(path, '/');
    return slash == NULL ? SP_CATALOGUE_FILE : slash + 1;
}

enum sp_status sp_db_fail(sqlite3 *db, int code, struct sp_error *err)
{
    int extended = db == NULL ? code : sqlite3_extended_errcode(db);
    if ((extended & 0xff) != (code & 0xff)) {
        extended = code; /* the connection remembers another failure */
    }
    enum sp_status status = status_of(extended);
    if (status == SP_NOMEM) {
        return SP_FAIL_NOMEM(err);
    }
    if (status == SP_FULL) {
        return SP_FAIL(err, status, SP_CATALOGUE_FILE,
                       "Na dysku nie ma miejsca: zmiany nie zapisano. Odczyt działa dalej.",
                       "The disk is full: the change was not stored. Reading goes on.");
    }
    if (status == SP_READ_ONLY) {
        return SP_FAIL(err, status, SP_CATALOGUE_FILE,
                       "Dysk nie przyjmuje zapisu: zmiany nie zapisano. Odczyt działa dalej.",
                       "The disk takes no writes: the change was not stored. Reading goes on.");
    }
    const char *text = db == NULL ? sqlite3_errstr(extended) : sqlite3_errmsg(db);
    return SP_FAIL(err, status, file_of(db), "Dane na dysku: SQLite %d: %s.",
                   "Data on disk: SQLite %d: %s.", extended, text);
}

static enum sp_status open_with(const char *path, int flags, const char *settings, sqlite3 **out,
                                struct sp_error *err)
{
    sqlite3 *db = NULL;
    int code =
        sqlite3_open_v2(path, &db, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);
    enum sp_status status = code == SQLITE_OK ? SP_OK : sp_db_fail(db, code, err);
    if (status == SP_OK) {
        (void)sqlite3_busy_timeout(db, BUSY_TIMEOUT_MS);
        (void)sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
        (void)sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
        status = sp_db_run(db, settings, err);
    }
    if (status != SP_OK) {
        (void)sqlite3_close(db);
        return status;
    }
    *out = db;
    return SP_OK;
}

/** SQLite keeps silent when it cannot set a mode (a file system without shared memory, say). */
static enum sp_status check_durable(sqlite3 *db, struct sp_error *err)
{
    int64_t level = 0;
    bool row = false;
    sqlite3_stmt *mode = NULL;
    enum sp_status status = sp_db_prepare(db, "PRAGMA journal_mode", &mode, err);
    if (status == SP_OK) {
        status = sp_db_step(mode, &row, err);
    }
    bool is_wal = row && sp_view_is(sp_db_view(mode, 0), "wal");
    (void)sqlite3_finalize(mode);
    if (status == SP_OK) {
        status = sp_db_number(db, "PRAGMA synchronous", &level, err);
    }
    if (status == SP_OK && (!is_wal || level != SYNCHRONOUS_FULL)) {
        status = SP_FAIL(err, SP_UNSUPPORTED, SP_CATALOGUE_FILE,
                         "Ten system plików nie pozwala na dziennik WAL z pełnym utrwalaniem.",
                         "This file system does not allow a WAL with full synchronisation.");
    }
    return status;
}

enum sp_status sp_db_open_writer(const char *path, sqlite3 **out, struct sp_error *err)
{
    sqlite3 *db = NULL;
    enum sp_status status =
        open_with(path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
                  "PRAGMA journal_mode = WAL;"
                  "PRAGMA synchronous = FULL;"
                  "PRAGMA journal_size_limit = 67108864;" /* a WAL grown by an import shrinks */
                  "PRAGMA mmap_size = 0;"
                  "PRAGMA cell_size_check = ON;"
                  "PRAGMA foreign_keys = ON;"
                  "PRAGMA cache_size = -65536;" /* KiB: bulk imports touch much of the index */
                  "PRAGMA temp_store = MEMORY;",
                  &db, err);
    if (status == SP_OK) {
        status = check_durable(db, err);
    }
    if (status != SP_OK) {
        (void)sqlite3_close(db);
        return status;
    }
    *out = db;
    return SP_OK;
}

enum sp_status sp_db_open_reader(const char *path, sqlite3 **out, struct sp_error *err)
{
    return open_with(path, SQLITE_OPEN_READONLY,
                     "PRAGMA wal_autocheckpoint = 0;"
                     "PRAGMA cell_size_check = ON;"
                     "PRAGMA temp_store = MEMORY;"
                     "PRAGMA query_only = ON;",
                     out, err);
}

enum sp_status sp_db_run(sqlite3 *db, const char *sql, struct sp_error *err)
{
    int code = sqlite3_exec(db, sql, NULL, NULL, NULL);
    return code == SQLITE_OK ? SP_OK : sp_db_fail(db, code, err);
}

enum sp_status sp_db_prepare(sqlite3 *db, const char *sql, sqlite3_stmt **out, struct sp_error *err)
{
    int code = sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, out, NULL);
    return code == SQLITE_OK ? SP_OK : sp_db_fail(db, code, err);
}

enum sp_status sp_db_step(sqlite3_stmt *statement, bool *row, struct sp_error *err)
{
    int code = sqlite3_step(statement);
    *row = code == SQLITE_ROW;
    if (*row) {
        return SP_OK;
    }
    enum sp_status status =
        code == SQLITE_DONE ? SP_OK : sp_db_fail(sqlite3_db_handle(statement), code, err);
    (void)sqlite3_reset(statement);
    return status;
}

enum sp_status sp_db_finish(sqlite3_stmt *statement, struct sp_error *err)
{
    bool row = false;
    enum sp_status status = sp_db_step(statement, &row, err);
    (void)sqlite3_reset(statement);
    (void)sqlite3_clear_bindings(statement);
    return status;
}

enum sp_status sp_db_number(sqlite3 *db, const char *sql, int64_t *out, struct sp_error *err)
{
    sqlite3_stmt *statement = NULL;
    bool row = false;
    enum sp_status status = sp_db_prepare(db, sql, &statement, err);
    if (status == SP_OK) {
        status = sp_db_step(statement, &row, err);
    }
    if (status == SP_OK && !row) {
        status = SP_FAIL(err, SP_NOT_FOUND, SP_CATALOGUE_FILE, "Brak wiersza.", "No such row.");
    }
    if (status == SP_OK) {
        *out = sqlite3_column_int64(statement, 0);
    }
    (void)sqlite3_finalize(statement);
    return status;
}

void sp_db_bind_text(sqlite3_stmt *statement, int index, struct sp_view text)
{
    (void)sqlite3_bind_text64(statement, index, text.length == 0 ? "" : text.data, text.length,
                              SQLITE_STATIC, SQLITE_UTF8);
}

void sp_db_bind_blob(sqlite3_stmt *statement, int index, struct sp_view bytes)
{
    (void)sqlite3_bind_blob64(statement, index, bytes.length == 0 ? "" : bytes.data, bytes.length,
                              SQLITE_STATIC);
}

void sp_db_bind_known(sqlite3_stmt *statement, int index, const char *text)
{
    if (text == NULL || text[0] == '\0') {
        (void)sqlite3_bind_null(statement, index);
    } else {
        sp_db_bind_text(statement, index, sp_view_of(text));
    }
}

struct sp_view sp_db_view(sqlite3_stmt *statement, int column)
{
    const void *data = sqlite3_column_blob(statement, column); /* for text: its UTF-8 bytes */
    return sp_view_from(data, data == NULL ? 0 : (size_t)sqlite3_column_bytes(statement, column));
}

enum sp_status sp_db_copy(sqlite3 *from, const char *path, struct sp_error *err)
{
    sqlite3 *to = NULL;
    int code = sqlite3_open_v2(path, &to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL);
    sqlite3_backup *copy = code == SQLITE_OK ? sqlite3_backup_init(to, "main", from, "main") : NULL;
    if (copy == NULL) {
        enum sp_status failed =
            sp_db_fail(to, to == NULL ? SQLITE_NOMEM : sqlite3_errcode(to), err);
        (void)sqlite3_close(to);
        return failed;
    }
    /* In one step: the whole copy is of one version, and no change of the writer restarts it. */
    code = sqlite3_backup_step(copy, -1);
    (void)sqlite3_backup_finish(copy);
    enum sp_status status = code == SQLITE_DONE ? SP_OK : sp_db_fail(to, code, err);
    if (status == SP_OK) { /* one file, which opens anywhere */
        status = sp_db_run(to, "PRAGMA journal_mode = DELETE", err);
    }
    (void)sqlite3_close(to);
    return status == SP_OK ? sp_file_sync(path, err) : status;
}
