/* SPDX-License-Identifier: EUPL-1.2 */
#include "matcher/catalogue/schema.h"

#include <stdint.h>
#include <stdio.h>

#include "matcher/catalogue/database.h"

/* Append only: a migration that was released is never changed. */
static const char *const MIGRATIONS[] = {
    /* 1: log, entities, documents, index */
    "CREATE TABLE change_log ("
    "    seq INTEGER PRIMARY KEY,"
    "    kind INTEGER NOT NULL,"
    "    entity_id TEXT NOT NULL,"
    "    payload BLOB NOT NULL,"
    "    who TEXT NOT NULL,"
    "    at_unix_ms INTEGER NOT NULL) STRICT;"
    "CREATE TABLE entity ("
    "    number INTEGER PRIMARY KEY,"
    "    id TEXT NOT NULL UNIQUE,"
    "    nip TEXT UNIQUE,"
    "    krs TEXT UNIQUE,"
    "    regon TEXT UNIQUE,"
    "    seq INTEGER NOT NULL,"
    "    payload BLOB NOT NULL) STRICT;"
    "CREATE TABLE document ("
    "    id INTEGER PRIMARY KEY,"
    "    entity_number INTEGER NOT NULL,"
    "    offer_index INTEGER NOT NULL,"
    "    seq INTEGER NOT NULL,"
    "    title TEXT NOT NULL,"
    "    body TEXT NOT NULL) STRICT;"
    "CREATE INDEX document_by_entity ON document (entity_number);"
    "CREATE INDEX document_by_seq ON document (seq);"
    "CREATE TABLE document_removed ("
    "    seq INTEGER NOT NULL,"
    "    id INTEGER NOT NULL,"
    "    PRIMARY KEY (seq, id)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;"
    "INSERT INTO counter VALUES ('entity', 0), ('document', 0), ('analyser', 0);"
    "CREATE VIRTUAL TABLE document_text USING fts5("
    "    title, body, content = 'document', content_rowid = 'id', tokenize = 'spoina');"
    "CREATE VIRTUAL TABLE document_term USING fts5vocab('document_text', 'row');"
    "CREATE VIRTUAL TABLE document_instance USING fts5vocab('document_text', 'instance');",
    /* 2: how far document_removed is forgotten */
    "INSERT INTO counter VALUES ('forgotten', 0);",
};

int sp_schema_version(void)
{
    return (int)SP_COUNT(MIGRATIONS);
}

static enum sp_status apply_migration(sqlite3 *db, int version, struct sp_error *err)
{
    char done[48];
    (void)snprintf(done, sizeof done, "PRAGMA user_version = %d; COMMIT", version + 1);
    enum sp_status status = sp_db_run(db, "BEGIN IMMEDIATE", err);
    if (status != SP_OK) {
        return status;
    }
    status = sp_db_run(db, MIGRATIONS[version], err);
    if (status == SP_OK) {
        status = sp_db_run(db, done, err);
    }
    if (status != SP_OK && sqlite3_get_autocommit(db) == 0) {
        (void)sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL);
    }
    return status;
}

enum sp_status sp_schema_read(sqlite3 *db, int *out, struct sp_error *err)
{
    int64_t version = 0;
    enum sp_status status = sp_db_number(db, "PRAGMA user_version", &version, err);
    if (status == SP_OK && (version < 0 || version > sp_schema_version())) {
        return SP_FAIL(err, SP_UNSUPPORTED, SP_CATALOGUE_FILE,
                       "Katalog zapisała nowsza wersja programu (schemat %d, ta zna %d).",
                       "A newer version of the program wrote the catalogue (schema %d, this one "
                       "knows %d).",
                       (int)version, sp_schema_version());
    }
    *out = (int)version;
    return status;
}

enum sp_status sp_schema_migrate(sqlite3 *db, struct sp_error *err)
{
    int version = 0;
    enum sp_status status = sp_schema_read(db, &version, err);
    for (int at = version; status == SP_OK && at < sp_schema_version(); at++) {
        status = apply_migration(db, at, err);
    }
    return status;
}

enum sp_status sp_schema_clear(sqlite3 *db, struct sp_error *err)
{
    return sp_db_run(
        db,
        "INSERT INTO document_text (document_text) VALUES ('delete-all');"
        "DELETE FROM document;"
        "DELETE FROM document_removed;"
        "DELETE FROM entity;"
        "UPDATE counter SET value = 0 WHERE name IN ('entity', 'document', 'forgotten');",
        err);
}
