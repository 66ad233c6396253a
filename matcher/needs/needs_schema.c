/* SPDX-License-Identifier: EUPL-1.2 */
#include "matcher/needs/needs_schema.h"

enum { VERSION = 1 };

static const char *const TABLES =
    "BEGIN IMMEDIATE;"
    "CREATE TABLE need ("
    "    number INTEGER PRIMARY KEY,"
    "    id TEXT NOT NULL UNIQUE,"
    "    kind INTEGER NOT NULL,"
    "    open_until INTEGER," /* NULL: not known */
    "    independent INTEGER,"
    "    assessed_version INTEGER,"
    "    potential BLOB,"
    "    record BLOB NOT NULL,"
    "    read BLOB,"
    "    text TEXT NOT NULL) STRICT;"
    "CREATE INDEX need_by_day ON need (kind, open_until, independent, assessed_version);"
    "CREATE TABLE need_key ("
    "    key TEXT NOT NULL,"
    "    number INTEGER NOT NULL REFERENCES need ON DELETE CASCADE,"
    "    PRIMARY KEY (key, number)) STRICT, WITHOUT ROWID;"
    "CREATE INDEX need_key_by_need ON need_key (number);"
    "CREATE TABLE correction ("
    "    number INTEGER PRIMARY KEY,"
    "    need INTEGER NOT NULL REFERENCES need ON DELETE CASCADE,"
    "    day INTEGER NOT NULL,"
    "    draft BLOB NOT NULL) STRICT;"
    "CREATE INDEX correction_by_need ON correction (need);"
    "CREATE TABLE standing ("
    "    number INTEGER PRIMARY KEY,"
    "    id TEXT NOT NULL UNIQUE,"
    "    record BLOB NOT NULL,"
    "    query BLOB NOT NULL) STRICT;"
    "CREATE TABLE arrival ("
    "    number INTEGER PRIMARY KEY,"
    "    standing INTEGER NOT NULL REFERENCES standing ON DELETE CASCADE,"
    "    need INTEGER NOT NULL REFERENCES need ON DELETE CASCADE,"
    "    day INTEGER NOT NULL,"
    "    UNIQUE (standing, need)) STRICT;"
    "CREATE INDEX arrival_by_need ON arrival (need);"
    "CREATE TABLE meta (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;"
    "INSERT INTO meta VALUES ('number', 0), ('analyser', 0);"
    "PRAGMA user_version = 1;"
    "COMMIT;";

static enum sp_status read_version(sqlite3 *db, int64_t *version, struct sp_error *err)
{
    enum sp_status status = sp_db_number(db, "PRAGMA user_version", version, err);
    if (status == SP_OK && (*version < 0 || *version > VERSION)) {
        status = SP_FAIL(err, SP_UNSUPPORTED, SP_NEEDS_FILE,
                         "Plik zapisała nowsza wersja programu (schemat %d, ta zna %d).",
                         "A newer version of the program wrote the file (schema %d, this one knows "
                         "%d).",
                         (int)*version, VERSION);
    }
    return status;
}

enum sp_status sp_needs_schema_make(sqlite3 *db, struct sp_error *err)
{
    int64_t version = 0;
    enum sp_status status = read_version(db, &version, err);
    if (status != SP_OK || version == VERSION) {
        return status;
    }
    status = sp_db_run(db, TABLES, err);
    if (status != SP_OK && sqlite3_get_autocommit(db) == 0) {
        (void)sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL);
    }
    return status;
}

enum sp_status sp_needs_schema_check(sqlite3 *db, struct sp_error *err)
{
    int64_t version = 0;
    enum sp_status status = read_version(db, &version, err);
    return status == SP_OK && version != VERSION
               ? SP_FAIL(err, SP_UNSUPPORTED, SP_NEEDS_FILE, "Plik nie ma tabel potrzeb.",
                         "The file has no tables of needs.")
               : status;
}
