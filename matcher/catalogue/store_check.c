/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * The whole store checked: the file, the index, and that log, tables and documents say the same.
 * Each check tells its first finding.
 */
#include "matcher/catalogue/checks.h"
#include "matcher/catalogue/database.h"
#include "matcher/catalogue/document.h"
#include "matcher/catalogue/schema.h"
#include "matcher/catalogue/store_priv.h"

enum sp_status sp_database_check(sqlite3 *db, const char *pragma, struct sp_error *err)
{
    sqlite3_stmt *statement = NULL;
    bool row = false;
    enum sp_status status = sp_db_prepare(db, pragma, &statement, err);
    if (status == SP_OK) {
        status = sp_db_step(statement, &row, err);
    }
    if (status == SP_OK && row && !sp_view_is(sp_db_view(statement, 0), "ok")) {
        struct sp_view finding = sp_db_view(statement, 0);
        status = SP_FAIL(err, SP_CORRUPT, SP_CATALOGUE_FILE, "Plik jest uszkodzony: %.*s.",
                         "The file is damaged: %.*s.", SP_VIEW_ARGS(finding));
    }
    (void)sqlite3_finalize(statement);
    return status;
}

/* Plain literals, so that the compiler checks the formats where they are used. */
#define CHECK_ZERO(db, sql, polish, english, err)                                                  \
    do {                                                                                           \
        int64_t found = 0;                                                                         \
        enum sp_status counted = sp_db_number((db), (sql), &found, (err));                         \
        if (counted != SP_OK) {                                                                    \
            return counted;                                                                        \
        }                                                                                          \
        if (found != 0) {                                                                          \
            return SP_FAIL((err), SP_CORRUPT, SP_CATALOGUE_FILE, polish, english, (int)found);     \
        }                                                                                          \
    } while (0)

/** The newest entry about an entity is what the tables hold, and nothing else is there. */
static enum sp_status check_log(sqlite3 *db, struct sp_error *err)
{
    CHECK_ZERO(db,
               "SELECT ifnull(max(seq), 0) - count(*) + (ifnull(min(seq), 1) <> 1)"
               " FROM change_log",
               "W dzienniku zmian brakuje %d wpisów.", "The change log lacks %d entries.", err);
    CHECK_ZERO(db,
               "SELECT count(*) FROM (SELECT max(seq) AS seq FROM change_log GROUP BY entity_id) n"
               " CROSS JOIN change_log l ON l.seq = n.seq"
               " LEFT JOIN entity e ON e.id = l.entity_id"
               " WHERE CASE l.kind WHEN 1 THEN e.seq IS NOT l.seq OR e.payload IS NOT l.payload"
               "                   WHEN 2 THEN e.id IS NOT NULL ELSE 1 END",
               "Tabela podmiotów nie zgadza się z dziennikiem zmian (%d podmiotów).",
               "The table of entities does not agree with the change log (%d entities).", err);
    CHECK_ZERO(db,
               "SELECT count(*) FROM entity"
               " WHERE id NOT IN (SELECT entity_id FROM change_log WHERE kind = 1)",
               "%d podmiotów nie ma w dzienniku zmian.", "%d entities are not in the change log.",
               err);
    return SP_OK;
}

/** Numbers were given by the counters, which never go back; versions are not ahead of the log. */
static enum sp_status check_numbers(sqlite3 *db, struct sp_error *err)
{
    CHECK_ZERO(db,
               "SELECT (SELECT count(*) FROM entity WHERE number >"
               "        (SELECT value FROM counter WHERE name = 'entity'))"
               "     + (SELECT count(*) FROM document WHERE (id & 0xffffffff) >"
               "        (SELECT value FROM counter WHERE name = 'document'))",
               "%d wierszy ma numer ponad licznikiem.", "%d rows have a number above the counter.",
               err);
    CHECK_ZERO(db,
               "SELECT (SELECT count(*) FROM document d LEFT JOIN entity e"
               "        ON e.number = d.entity_number WHERE e.seq IS NOT d.seq)"
               "     + (SELECT count(*) FROM document_removed WHERE id IN"
               "        (SELECT id FROM document))"
               "     + (SELECT count(*) FROM document_removed WHERE seq >"
               "        (SELECT ifnull(max(seq), 0) FROM change_log))"
               "     + (SELECT value > (SELECT ifnull(max(seq), 0) FROM change_log)"
               "        FROM counter WHERE name = 'forgotten')",
               "Wersje dokumentów nie zgadzają się z podmiotami (%d).",
               "Versions of documents do not agree with their entities (%d).", err);
    return SP_OK;
}

/** Is the document at hand the one that the entity gives? */
static enum sp_status check_document(struct sp_store *store, sqlite3_stmt *row,
                                     const Spoina__V1__Entity *entity, int32_t offer_index,
                                     struct sp_error *err)
{
    struct sp_document document = {0};
    struct sp_buffer *body = &store->tables.body;
    sp_document_describe(entity, offer_index, &document);
    sp_buffer_clear(body);
    sp_document_add_body(entity, offer_index, body);
    if (body->status != SP_OK) {
        return SP_FAIL_NOMEM(err);
    }
    bool same = sqlite3_column_int(row, 0) == offer_index &&
                sqlite3_column_int64(row, 1) >> 32 == (int64_t)sp_place_powiat(document.place) &&
                sp_view_equal(sp_db_view(row, 2), sp_document_title(entity, offer_index)) &&
                sp_view_equal(sp_db_view(row, 3), sp_buffer_view(body));
    return same ? SP_OK
                : SP_FAIL(err, SP_CORRUPT, entity->id, "Dokument %d podmiotu %s jest inny niż on.",
                          "Document %d of the entity %s differs from it.", (int)offer_index,
                          entity->id);
}

/** An entity has one document for itself and one for each offer, in that order. */
static enum sp_status check_entity(struct sp_store *store, sqlite3_stmt *documents, int64_t number,
                                   struct sp_view payload, struct sp_error *err)
{
    Spoina__V1__Entity *entity = NULL;
    bool row = true;
    sp_arena_reset(store->scratch);
    (void)sqlite3_bind_int64(documents, 1, number);
    enum sp_status status = sp_stored_entity(payload, store->scratch, &entity, err);
    int32_t at = SP_OFFER_PROFILE;
    for (; status == SP_OK; at++) {
        status = sp_db_step(documents, &row, err);
        if (status != SP_OK || !row) {
            break;
        }
        status = at < (int32_t)entity->n_offers
                     ? check_document(store, documents, entity, at, err)
                     : SP_FAIL(err, SP_CORRUPT, entity->id, "Podmiot %s ma za dużo dokumentów.",
                               "The entity %s has too many documents.", entity->id);
    }
    (void)sqlite3_reset(documents);
    if (status == SP_OK && at != (int32_t)entity->n_offers) {
        status = SP_FAIL(err, SP_CORRUPT, entity->id, "Podmiotowi %s brakuje dokumentów.",
                         "The entity %s lacks documents.", entity->id);
    }
    return status;
}

static enum sp_status check_documents(struct sp_store *store, struct sp_error *err)
{
    sqlite3_stmt *entities = NULL;
    sqlite3_stmt *documents = NULL;
    bool row = true;
    enum sp_status status =
        sp_db_prepare(store->db, "SELECT number, payload FROM entity", &entities, err);
    if (status == SP_OK) {
        status = sp_db_prepare(store->db,
                               "SELECT offer_index, id, title, body FROM document"
                               " WHERE entity_number = ?1 ORDER BY offer_index",
                               &documents, err);
    }
    while (status == SP_OK && row) {
        status = sp_db_step(entities, &row, err);
        if (status == SP_OK && row) {
            status = check_entity(store, documents, sqlite3_column_int64(entities, 0),
                                  sp_db_view(entities, 1), err);
        }
    }
    (void)sqlite3_finalize(entities);
    (void)sqlite3_finalize(documents);
    return status;
}

/** FTS5's own check; rank 1: against the texts of the document table too. */
static enum sp_status check_index(sqlite3 *db, struct sp_error *err)
{
    enum sp_status status = sp_db_run(
        db, "INSERT INTO document_text (document_text, rank) VALUES ('integrity-check', 1)", NULL);
    return status == SP_CORRUPT ? SP_FAIL(err, SP_CORRUPT, "document_text",
                                          "Indeks pełnotekstowy nie zgadza się z dokumentami.",
                                          "The full-text index does not agree with the documents.")
           : status == SP_OK    ? SP_OK
                                : SP_FAIL(err, status, "document_text",
                                          "Indeksu pełnotekstowego nie da się "
                                             "sprawdzić.",
                                          "The full-text index cannot be checked.");
}

enum sp_status sp_store_verify(struct sp_store *store, struct sp_error *err)
{
    enum sp_status status = sp_database_check(store->db, "PRAGMA integrity_check(1)", err);
    if (status == SP_OK) {
        status = sp_database_check(store->db, "PRAGMA foreign_key_check", err);
    }
    if (status == SP_OK) {
        status = check_log(store->db, err);
    }
    if (status == SP_OK) {
        status = check_numbers(store->db, err);
    }
    if (status == SP_OK) {
        status = check_documents(store, err);
    }
    return status == SP_OK ? check_index(store->db, err) : status;
}
