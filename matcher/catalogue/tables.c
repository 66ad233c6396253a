/* SPDX-License-Identifier: EUPL-1.2 */
#include "matcher/catalogue/tables.h"

#include "matcher/catalogue/checks.h"
#include "matcher/catalogue/database.h"
#include "matcher/catalogue/document.h"

static const char *const SQL[SP_TABLES_STATEMENTS] = {
    [SP_TABLES_NUMBER_OF] = "SELECT number FROM entity WHERE id = ?1",
    [SP_TABLES_PUT_ENTITY] = "INSERT INTO entity (number, id, nip, krs, regon, seq, payload)"
                             " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"
                             " ON CONFLICT (number) DO UPDATE SET nip = excluded.nip,"
                             " krs = excluded.krs, regon = excluded.regon, seq = excluded.seq,"
                             " payload = excluded.payload",
    [SP_TABLES_DELETE_ENTITY] = "DELETE FROM entity WHERE number = ?1",
    [SP_TABLES_DOCUMENTS_OF] =
        "SELECT id, title, body FROM document WHERE entity_number = ?1 ORDER BY id",
    [SP_TABLES_UNINDEX] = "INSERT INTO document_text (document_text, rowid, title, body)"
                          " VALUES ('delete', ?1, ?2, ?3)",
    [SP_TABLES_REMEMBER_REMOVED] = "INSERT INTO document_removed (seq, id) VALUES (?1, ?2)",
    [SP_TABLES_DELETE_DOCUMENTS] = "DELETE FROM document WHERE entity_number = ?1",
    [SP_TABLES_PUT_DOCUMENT] =
        "INSERT INTO document (id, entity_number, offer_index, seq, title, body)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    [SP_TABLES_INDEX] = "INSERT INTO document_text (rowid, title, body) VALUES (?1, ?2, ?3)",
    [SP_TABLES_SAVE_NUMBER] = "UPDATE counter SET value = ?2 WHERE name = ?1",
};

enum sp_status sp_tables_open(sqlite3 *db, struct sp_tables *tables, struct sp_error *err)
{
    tables->db = db;
    sp_buffer_init(&tables->body, SP_ENTITY_MAX_BYTES);
    enum sp_status status = sp_db_number(db, "SELECT value FROM counter WHERE name = 'entity'",
                                         &tables->numbers.entity, err);
    if (status == SP_OK) {
        status = sp_db_number(db, "SELECT value FROM counter WHERE name = 'document'",
                              &tables->numbers.document, err);
    }
    for (size_t i = 0; status == SP_OK && i < SP_TABLES_STATEMENTS; i++) {
        status = sp_db_prepare(db, SQL[i], &tables->statements[i], err);
    }
    return status;
}

void sp_tables_close(struct sp_tables *tables)
{
    for (size_t i = 0; i < SP_TABLES_STATEMENTS; i++) {
        (void)sqlite3_finalize(tables->statements[i]);
    }
    sp_buffer_release(&tables->body);
}

/** Number of the entity @p id; 0 when it is not there. */
static enum sp_status number_of(struct sp_tables *tables, const char *id, int64_t *number,
                                struct sp_error *err)
{
    sqlite3_stmt *statement = tables->statements[SP_TABLES_NUMBER_OF];
    bool row = false;
    sp_db_bind_text(statement, 1, sp_view_of(id));
    enum sp_status status = sp_db_step(statement, &row, err);
    *number = row ? sqlite3_column_int64(statement, 0) : 0;
    (void)sqlite3_reset(statement);
    return status;
}

/** Take one document out of the index. FTS5 needs the texts it was indexed with. */
static enum sp_status unindex(struct sp_tables *tables, uint64_t seq, sqlite3_stmt *document,
                              struct sp_error *err)
{
    sqlite3_int64 id = sqlite3_column_int64(document, 0);
    sqlite3_stmt *statement = tables->statements[SP_TABLES_UNINDEX];
    (void)sqlite3_bind_int64(statement, 1, id);
    sp_db_bind_text(statement, 2, sp_db_view(document, 1));
    sp_db_bind_text(statement, 3, sp_db_view(document, 2));
    enum sp_status status = sp_db_finish(statement, err);
    if (status == SP_OK) {
        statement = tables->statements[SP_TABLES_REMEMBER_REMOVED];
        (void)sqlite3_bind_int64(statement, 1, (sqlite3_int64)seq);
        (void)sqlite3_bind_int64(statement, 2, id);
        status = sp_db_finish(statement, err);
    }
    return status;
}

static enum sp_status remove_documents(struct sp_tables *tables, uint64_t seq, int64_t number,
                                       struct sp_error *err)
{
    sqlite3_stmt *documents = tables->statements[SP_TABLES_DOCUMENTS_OF];
    (void)sqlite3_bind_int64(documents, 1, number);
    enum sp_status status = SP_OK;
    for (bool row = true; status == SP_OK && row;) {
        status = sp_db_step(documents, &row, err);
        if (status == SP_OK && row) {
            status = unindex(tables, seq, documents, err);
        }
    }
    (void)sqlite3_reset(documents);
    if (status == SP_OK) {
        sqlite3_stmt *statement = tables->statements[SP_TABLES_DELETE_DOCUMENTS];
        (void)sqlite3_bind_int64(statement, 1, number);
        status = sp_db_finish(statement, err);
    }
    return status;
}

static enum sp_status put_document(struct sp_tables *tables, uint64_t seq, int64_t number,
                                   const Spoina__V1__Entity *entity, int32_t offer_index,
                                   struct sp_error *err)
{
    struct sp_document document = {0};
    sp_document_describe(entity, offer_index, &document);
    sp_buffer_clear(&tables->body);
    sp_document_add_body(entity, offer_index, &tables->body);
    if (tables->body.status != SP_OK) {
        return SP_FAIL(err, tables->body.status, "", "Brak pamięci na tekst dokumentu.",
                       "No memory for the text of a document.");
    }
    struct sp_view title = sp_document_title(entity, offer_index);
    struct sp_view body = sp_buffer_view(&tables->body);
    sqlite3_int64 id =
        ((sqlite3_int64)sp_place_powiat(document.place) << 32) | ++tables->numbers.document;

    sqlite3_stmt *statement = tables->statements[SP_TABLES_PUT_DOCUMENT];
    (void)sqlite3_bind_int64(statement, 1, id);
    (void)sqlite3_bind_int64(statement, 2, number);
    (void)sqlite3_bind_int(statement, 3, offer_index);
    (void)sqlite3_bind_int64(statement, 4, (sqlite3_int64)seq);
    sp_db_bind_text(statement, 5, title);
    sp_db_bind_text(statement, 6, body);
    enum sp_status status = sp_db_finish(statement, err);
    if (status == SP_OK) {
        statement = tables->statements[SP_TABLES_INDEX];
        (void)sqlite3_bind_int64(statement, 1, id);
        sp_db_bind_text(statement, 2, title);
        sp_db_bind_text(statement, 3, body);
        status = sp_db_finish(statement, err);
    }
    return status;
}

static enum sp_status put_entity_row(struct sp_tables *tables, uint64_t seq, int64_t number,
                                     const Spoina__V1__Entity *entity, struct sp_view payload,
                                     struct sp_error *err)
{
    sqlite3_stmt *statement = tables->statements[SP_TABLES_PUT_ENTITY];
    (void)sqlite3_bind_int64(statement, 1, number);
    sp_db_bind_text(statement, 2, sp_view_of(entity->id));
    sp_db_bind_known(statement, 3, entity->nip);
    sp_db_bind_known(statement, 4, entity->krs);
    sp_db_bind_known(statement, 5, entity->regon);
    (void)sqlite3_bind_int64(statement, 6, (sqlite3_int64)seq);
    sp_db_bind_blob(statement, 7, payload);
    return sp_db_finish(statement, err);
}

enum sp_status sp_tables_put(struct sp_tables *tables, uint64_t seq,
                             const Spoina__V1__Entity *entity, struct sp_view payload,
                             struct sp_error *err)
{
    int64_t number = 0;
    enum sp_status status = number_of(tables, entity->id, &number, err);
    if (status != SP_OK) {
        return status;
    }
    if (tables->numbers.entity >= UINT32_MAX ||
        tables->numbers.document + (int64_t)entity->n_offers >= UINT32_MAX) {
        return SP_FAIL(err, SP_LIMIT, "", "Katalog nie ma już wolnych numerów.",
                       "The catalogue has no free numbers left.");
    }
    if (number != 0) {
        status = remove_documents(tables, seq, number, err);
    } else {
        number = ++tables->numbers.entity;
    }
    if (status == SP_OK) {
        status = put_entity_row(tables, seq, number, entity, payload, err);
    }
    for (int32_t i = SP_OFFER_PROFILE; status == SP_OK && i < (int32_t)entity->n_offers; i++) {
        status = put_document(tables, seq, number, entity, i, err);
    }
    return status;
}

enum sp_status sp_tables_delete(struct sp_tables *tables, uint64_t seq, const char *id,
                                struct sp_error *err)
{
    int64_t number = 0;
    enum sp_status status = number_of(tables, id, &number, err);
    if (status == SP_OK && number == 0) {
        status = SP_FAIL(err, SP_CORRUPT, "id", "Usuwany podmiot %s nie istnieje.",
                         "The entity %s to be removed does not exist.", id);
    }
    if (status == SP_OK) {
        status = remove_documents(tables, seq, number, err);
    }
    if (status == SP_OK) {
        sqlite3_stmt *statement = tables->statements[SP_TABLES_DELETE_ENTITY];
        (void)sqlite3_bind_int64(statement, 1, number);
        status = sp_db_finish(statement, err);
    }
    return status;
}

static enum sp_status save_number(struct sp_tables *tables, const char *name, int64_t value,
                                  struct sp_error *err)
{
    sqlite3_stmt *statement = tables->statements[SP_TABLES_SAVE_NUMBER];
    sp_db_bind_text(statement, 1, sp_view_of(name));
    (void)sqlite3_bind_int64(statement, 2, value);
    return sp_db_finish(statement, err);
}

enum sp_status sp_tables_save_numbers(struct sp_tables *tables, struct sp_error *err)
{
    enum sp_status status = save_number(tables, "entity", tables->numbers.entity, err);
    if (status == SP_OK) {
        status = save_number(tables, "document", tables->numbers.document, err);
    }
    return status;
}
