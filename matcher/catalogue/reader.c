/* SPDX-License-Identifier: EUPL-1.2 */
#include "matcher/catalogue/reader.h"

#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"
#include "matcher/catalogue/checks.h"
#include "matcher/catalogue/database.h"
#include "matcher/catalogue/document.h"
#include "matcher/catalogue/fts5_tokenizer.h"
#include "matcher/catalogue/lookup.h"
#include "matcher/catalogue/schema.h"

enum { PATH_MAX_BYTES = 4096, SCRATCH_MAX_BYTES = 64 * SP_ENTITY_MAX_BYTES };

enum statement {
    VERSION,
    BY_NUMBER,
    TEXTS,
    DOCUMENTS,
    DOCUMENTS_SINCE,
    REMOVED_SINCE,
    FORGOTTEN,
    POSTINGS,
    ENTITIES,
    STATEMENTS
};

static const char *const SQL[STATEMENTS] = {
    [VERSION] = "SELECT ifnull(max(seq), 0) FROM change_log",
    [BY_NUMBER] = "SELECT payload FROM entity WHERE number = ?1",
    [TEXTS] = "SELECT title, body FROM document WHERE id = ?1",
    [DOCUMENTS] = "SELECT d.id, d.seq, d.entity_number, d.offer_index, d.title, d.body, e.payload"
                  " FROM document d CROSS JOIN entity e ON e.number = d.entity_number"
                  " ORDER BY d.id",
    [DOCUMENTS_SINCE] =
        "SELECT d.id, d.seq, d.entity_number, d.offer_index, d.title, d.body, e.payload"
        " FROM document d CROSS JOIN entity e ON e.number = d.entity_number"
        " WHERE d.seq > ?1 ORDER BY d.id",
    [REMOVED_SINCE] = "SELECT id FROM document_removed WHERE seq > ?1 ORDER BY seq, id",
    [FORGOTTEN] = "SELECT value FROM counter WHERE name = 'forgotten'",
    [POSTINGS] = "SELECT term, doc, col = 'body', offset FROM document_instance",
    [ENTITIES] = "SELECT number, payload FROM entity WHERE number > ?1 ORDER BY number LIMIT ?2",
};

struct sp_reader {
    sqlite3 *db;
    sqlite3_stmt *statements[STATEMENTS];
    struct sp_lookup lookup;
    struct sp_arena *scratch; /* the entity that a callback is shown */
    bool holding;
};

static enum sp_status check_schema(sqlite3 *db, struct sp_error *err)
{
    int64_t version = 0;
    enum sp_status status = sp_db_number(db, "PRAGMA user_version", &version, err);
    if (status == SP_OK && version != sp_schema_version()) {
        status = SP_FAIL(err, SP_UNSUPPORTED, SP_CATALOGUE_FILE,
                         "Schemat katalogu ma wersję %d, program czyta wersję %d.",
                         "The catalogue's schema is version %d, the program reads version %d.",
                         (int)version, sp_schema_version());
    }
    return status;
}

static enum sp_status prepare_all(struct sp_reader *reader, struct sp_error *err)
{
    enum sp_status status = SP_OK;
    for (size_t i = 0; status == SP_OK && i < STATEMENTS; i++) {
        status = sp_db_prepare(reader->db, SQL[i], &reader->statements[i], err);
    }
    if (status == SP_OK) {
        status = sp_lookup_open(reader->db, &reader->lookup, err);
    }
    return status;
}

enum sp_status sp_reader_open(const char *directory, const struct sp_language *language,
                              struct sp_reader **out, struct sp_error *err)
{
    char path[PATH_MAX_BYTES];
    struct sp_reader *reader = sp_calloc(1, sizeof *reader);
    if (reader == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    reader->scratch = sp_arena_new(SCRATCH_MAX_BYTES);
    enum sp_status status = reader->scratch == NULL ? SP_FAIL_NOMEM(err) : SP_OK;
    if (status == SP_OK) {
        status = sp_file_join(directory, SP_CATALOGUE_FILE, path, sizeof path);
    }
    if (status == SP_OK && access(path, F_OK) != 0) {
        status = SP_FAIL(err, SP_NOT_FOUND, path, "W tym katalogu nie ma katalogu podmiotów.",
                         "There is no catalogue in this directory.");
    }
    if (status == SP_OK) {
        status = sp_db_open_reader(path, &reader->db, err);
    }
    if (status == SP_OK) {
        status = sp_fts5_tokenizer_register(reader->db, language, err);
    }
    if (status == SP_OK) {
        status = check_schema(reader->db, err);
    }
    if (status == SP_OK) {
        status = prepare_all(reader, err);
    }
    if (status != SP_OK) {
        sp_reader_close(reader);
        return status;
    }
    *out = reader;
    return SP_OK;
}

void sp_reader_close(struct sp_reader *reader)
{
    if (reader == NULL) {
        return;
    }
    sp_reader_end(reader);
    for (size_t i = 0; i < STATEMENTS; i++) {
        (void)sqlite3_finalize(reader->statements[i]);
    }
    sp_lookup_close(&reader->lookup);
    (void)sqlite3_close(reader->db);
    sp_arena_free(reader->scratch);
    sp_free(reader);
}

enum sp_status sp_reader_version(struct sp_reader *reader, uint64_t *version, struct sp_error *err)
{
    sqlite3_stmt *statement = reader->statements[VERSION];
    bool row = false;
    enum sp_status status = sp_db_step(statement, &row, err);
    if (status == SP_OK) {
        *version = (uint64_t)sqlite3_column_int64(statement, 0);
    }
    (void)sqlite3_reset(statement);
    return status;
}

enum sp_status sp_reader_begin(struct sp_reader *reader, uint64_t *version, struct sp_error *err)
{
    if (reader->holding) {
        return SP_FAIL(err, SP_PRECONDITION, "", "Odczyt jest już otwarty.",
                       "A read is already open.");
    }
    enum sp_status status = sp_db_run(reader->db, "BEGIN", err);
    if (status != SP_OK) {
        return status;
    }
    /* BEGIN alone holds nothing: the first read fixes the version. */
    uint64_t held = 0;
    reader->holding = true;
    status = sp_reader_version(reader, &held, err);
    if (status != SP_OK) {
        sp_reader_end(reader);
    } else if (version != NULL) {
        *version = held;
    }
    return status;
}

void sp_reader_end(struct sp_reader *reader)
{
    if (reader->holding) {
        (void)sqlite3_exec(reader->db, "COMMIT", NULL, NULL, NULL);
        reader->holding = false;
    }
}

enum sp_status sp_reader_find(struct sp_reader *reader, const char *key, struct sp_arena *arena,
                              Spoina__V1__Entity **out, struct sp_error *err)
{
    return sp_lookup_find(&reader->lookup, key, arena, out, err);
}

enum sp_status sp_reader_entity(struct sp_reader *reader, uint32_t number, struct sp_arena *arena,
                                Spoina__V1__Entity **out, struct sp_error *err)
{
    sqlite3_stmt *statement = reader->statements[BY_NUMBER];
    bool row = false;
    (void)sqlite3_bind_int64(statement, 1, number);
    enum sp_status status = sp_db_step(statement, &row, err);
    if (status == SP_OK && !row) {
        status = SP_FAIL(err, SP_NOT_FOUND, "", "Nie ma podmiotu o numerze %u.",
                         "There is no entity number %u.", (unsigned)number);
    }
    if (status == SP_OK) {
        status = sp_stored_entity(sp_db_view(statement, 0), arena, out, err);
    }
    (void)sqlite3_reset(statement);
    return status;
}

static enum sp_status copy_column(sqlite3_stmt *statement, int column, struct sp_arena *arena,
                                  struct sp_view *out, struct sp_error *err)
{
    struct sp_view stored = sp_db_view(statement, column);
    *out = sp_view_from(sp_arena_copy(arena, stored), stored.length);
    return out->data == NULL ? SP_FAIL_NOMEM(err) : SP_OK;
}

enum sp_status sp_reader_texts(struct sp_reader *reader, uint64_t document, struct sp_arena *arena,
                               struct sp_view *title, struct sp_view *body, struct sp_error *err)
{
    sqlite3_stmt *statement = reader->statements[TEXTS];
    bool row = false;
    (void)sqlite3_bind_int64(statement, 1, (sqlite3_int64)document);
    enum sp_status status = sp_db_step(statement, &row, err);
    if (status == SP_OK && !row) {
        status = SP_FAIL(err, SP_NOT_FOUND, "", "Nie ma takiego dokumentu.",
                         "There is no such document.");
    }
    if (status == SP_OK) {
        status = copy_column(statement, 0, arena, title, err);
    }
    if (status == SP_OK) {
        status = copy_column(statement, 1, arena, body, err);
    }
    (void)sqlite3_reset(statement);
    return status;
}

/** The entity of a row of DOCUMENTS, unpacked once for documents that follow one another. */
struct current {
    int64_t number;
    Spoina__V1__Entity *entity;
};

static enum sp_status visit_document(struct sp_reader *reader, sqlite3_stmt *row,
                                     struct current *current, sp_document_fn *visit, void *context,
                                     struct sp_error *err)
{
    int64_t number = sqlite3_column_int64(row, 2);
    if (current->entity == NULL || current->number != number) {
        sp_arena_reset(reader->scratch);
        enum sp_status status =
            sp_stored_entity(sp_db_view(row, 6), reader->scratch, &current->entity, err);
        if (status != SP_OK) {
            return status;
        }
        current->number = number;
    }
    int32_t offer_index = sqlite3_column_int(row, 3);
    if (offer_index < SP_OFFER_PROFILE || offer_index >= (int32_t)current->entity->n_offers) {
        return SP_FAIL(err, SP_CORRUPT, SP_CATALOGUE_FILE, "Dokument bez oferty.",
                       "A document without its offer.");
    }
    struct sp_document document = {
        .id = (uint64_t)sqlite3_column_int64(row, 0),
        .seq = (uint64_t)sqlite3_column_int64(row, 1),
        .entity_number = (uint32_t)number,
        .title = sp_db_view(row, 4),
        .body = sp_db_view(row, 5),
    };
    sp_document_describe(current->entity, offer_index, &document);
    return visit(context, &document);
}

enum sp_status sp_reader_each_document(struct sp_reader *reader, uint64_t after_seq,
                                       sp_document_fn *visit, void *context, struct sp_error *err)
{
    sqlite3_stmt *statement = reader->statements[after_seq == 0 ? DOCUMENTS : DOCUMENTS_SINCE];
    struct current current = {0};
    enum sp_status status = SP_OK;
    if (after_seq != 0) {
        (void)sqlite3_bind_int64(statement, 1, (sqlite3_int64)after_seq);
    }
    for (bool row = true; status == SP_OK && row;) {
        status = sp_db_step(statement, &row, err);
        if (status == SP_OK && row) {
            status = visit_document(reader, statement, &current, visit, context, err);
        }
    }
    (void)sqlite3_reset(statement);
    return status;
}

/** Does the list of removed documents still go back to @p after_seq? */
static enum sp_status check_remembered(struct sp_reader *reader, uint64_t after_seq,
                                       struct sp_error *err)
{
    sqlite3_stmt *statement = reader->statements[FORGOTTEN];
    bool row = false;
    enum sp_status status = sp_db_step(statement, &row, err);
    bool forgotten = row && (uint64_t)sqlite3_column_int64(statement, 0) > after_seq;
    (void)sqlite3_reset(statement);
    return forgotten ? SP_FAIL(err, SP_PRECONDITION, SP_CATALOGUE_FILE,
                               "Lista usuniętych dokumentów nie sięga tak daleko wstecz.",
                               "The list of removed documents does not go back so far.")
                     : status;
}

enum sp_status sp_reader_each_removed(struct sp_reader *reader, uint64_t after_seq,
                                      sp_removed_fn *visit, void *context, struct sp_error *err)
{
    sqlite3_stmt *statement = reader->statements[REMOVED_SINCE];
    enum sp_status status = check_remembered(reader, after_seq, err);
    (void)sqlite3_bind_int64(statement, 1, (sqlite3_int64)after_seq);
    for (bool row = true; status == SP_OK && row;) {
        status = sp_db_step(statement, &row, err);
        if (status == SP_OK && row) {
            status = visit(context, (uint64_t)sqlite3_column_int64(statement, 0));
        }
    }
    (void)sqlite3_reset(statement);
    return status;
}

enum sp_status sp_reader_each_posting(struct sp_reader *reader, sp_posting_fn *visit, void *context,
                                      struct sp_error *err)
{
    sqlite3_stmt *statement = reader->statements[POSTINGS];
    enum sp_status status = SP_OK;
    for (bool row = true; status == SP_OK && row;) {
        status = sp_db_step(statement, &row, err);
        if (status != SP_OK || !row) {
            break;
        }
        struct sp_posting posting = {
            .term = sp_db_view(statement, 0),
            .document = (uint64_t)sqlite3_column_int64(statement, 1),
            .column = (uint32_t)sqlite3_column_int(statement, 2),
            .offset = (uint32_t)sqlite3_column_int(statement, 3),
        };
        status = visit(context, &posting);
    }
    (void)sqlite3_reset(statement);
    return status;
}

enum sp_status sp_reader_each_entity(struct sp_reader *reader, uint32_t after_number,
                                     uint32_t limit, sp_entity_fn *visit, void *context,
                                     uint32_t *last_number, struct sp_error *err)
{
    sqlite3_stmt *statement = reader->statements[ENTITIES];
    enum sp_status status = SP_OK;
    *last_number = after_number;
    (void)sqlite3_bind_int64(statement, 1, after_number);
    (void)sqlite3_bind_int64(statement, 2, limit);
    for (bool row = true; status == SP_OK && row;) {
        status = sp_db_step(statement, &row, err);
        if (status != SP_OK || !row) {
            break;
        }
        Spoina__V1__Entity *entity = NULL;
        sp_arena_reset(reader->scratch);
        status = sp_stored_entity(sp_db_view(statement, 1), reader->scratch, &entity, err);
        if (status == SP_OK) {
            *last_number = (uint32_t)sqlite3_column_int64(statement, 0);
            status = visit(context, entity);
        }
    }
    (void)sqlite3_reset(statement);
    return status;
}

void sp_reader_interrupt(struct sp_reader *reader)
{
    sqlite3_interrupt(reader->db);
}
