/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * SQLite FTS5 as its manual shows it: `MATCH ... ORDER BY rank LIMIT 20`, the powiat in a column
 * that is not indexed. One statement prepared once, the whole file in the page cache of SQLite.
 */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "benchmarks/search/engine.h"

enum { MATCH_BYTES = 256, TEXT_BYTES = 1 << 20 };

struct fts5_state {
    const struct corpus_query *queries;
    sqlite3 *db;
    sqlite3_stmt *everywhere;
    sqlite3_stmt *in_powiat;
};

static enum sp_status fail(sqlite3 *db, struct sp_error *err)
{
    return SP_FAIL(err, SP_IO, "fts5", "SQLite: %s.", "SQLite: %s.", sqlite3_errmsg(db));
}

/** Write the tokens of a document, separated by spaces. */
static void write_text(const struct corpus *corpus, const struct corpus_document *document,
                       char *text)
{
    size_t length = 0;
    for (uint32_t i = 0; i < document->word_count && length + TOKEN_BYTES < TEXT_BYTES; i++) {
        char token[TOKEN_BYTES];
        corpus_token(corpus->words[document->first_word + i], token);
        length += (size_t)sprintf(text + length, "%s ", token);
    }
    text[length] = '\0';
}

static enum sp_status insert_all(struct fts5_state *state, const struct corpus *corpus,
                                 struct sp_error *err)
{
    sqlite3_stmt *insert = NULL;
    char *text = malloc(TEXT_BYTES);
    bool done = text != NULL && sqlite3_exec(state->db, "BEGIN", NULL, NULL, NULL) == SQLITE_OK &&
                sqlite3_prepare_v2(state->db, "INSERT INTO t(rowid, text, powiat) VALUES(?, ?, ?)",
                                   -1, &insert, NULL) == SQLITE_OK;
    for (uint32_t i = 0; i < corpus->document_count && done; i++) {
        write_text(corpus, &corpus->documents[i], text);
        sqlite3_bind_int64(insert, 1, i + 1);
        sqlite3_bind_text(insert, 2, text, -1, SQLITE_STATIC);
        sqlite3_bind_int64(insert, 3, corpus->documents[i].powiat);
        done = sqlite3_step(insert) == SQLITE_DONE && sqlite3_reset(insert) == SQLITE_OK;
    }
    sqlite3_finalize(insert);
    free(text);
    done = done && sqlite3_exec(state->db, "COMMIT; INSERT INTO t(t) VALUES('optimize')", NULL,
                                NULL, NULL) == SQLITE_OK;
    return done ? SP_OK : fail(state->db, err);
}

static enum sp_status open_fts5(struct engine *engine, const struct corpus *corpus,
                                const struct corpus_query *queries, size_t query_count,
                                const char *directory, struct sp_error *err)
{
    (void)query_count;
    struct fts5_state *state = calloc(1, sizeof(*state));
    engine->state = state;
    engine->version = sqlite3_libversion();
    if (state == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    state->queries = queries;
    char path[512];
    snprintf(path, sizeof(path), "%s/fts5.sqlite", directory);
    if (sqlite3_open(path, &state->db) != SQLITE_OK ||
        sqlite3_exec(state->db,
                     "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
                     "PRAGMA cache_size = -2000000;"
                     "CREATE VIRTUAL TABLE t USING fts5(text, powiat UNINDEXED)",
                     NULL, NULL, NULL) != SQLITE_OK) {
        return fail(state->db, err);
    }
    enum sp_status status = insert_all(state, corpus, err);
    if (status != SP_OK) {
        return status;
    }
    const char *everywhere = "SELECT rowid FROM t WHERE t MATCH ? ORDER BY rank LIMIT 20";
    const char *in_powiat =
        "SELECT rowid FROM t WHERE t MATCH ? AND powiat = ? ORDER BY rank LIMIT 20";
    bool prepared =
        sqlite3_prepare_v2(state->db, everywhere, -1, &state->everywhere, NULL) == SQLITE_OK &&
        sqlite3_prepare_v2(state->db, in_powiat, -1, &state->in_powiat, NULL) == SQLITE_OK;
    return prepared ? SP_OK : fail(state->db, err);
}

static enum sp_status search_fts5(struct engine *engine, size_t number, unsigned mode,
                                  struct answer *out, struct sp_error *err)
{
    struct fts5_state *state = engine->state;
    const struct corpus_query *query = &state->queries[number];
    bool powiat = (mode & MODE_POWIAT) != 0;
    sqlite3_stmt *select = powiat ? state->in_powiat : state->everywhere;
    char match[MATCH_BYTES] = "";
    size_t length = 0;
    for (uint32_t i = 0; i < query->count; i++) {
        char token[TOKEN_BYTES];
        corpus_token(query->terms[i], token);
        const char *between = i == 0 ? "" : (mode & MODE_ALL) != 0 ? " AND " : " OR ";
        length += (size_t)snprintf(match + length, sizeof(match) - length, "%s%s", between, token);
    }
    sqlite3_bind_text(select, 1, match, (int)length, SQLITE_STATIC);
    if (powiat) {
        sqlite3_bind_int64(select, 2, query->powiat);
    }
    out->count = 0;
    int step = sqlite3_step(select);
    for (; step == SQLITE_ROW && out->count < TOP_K; step = sqlite3_step(select)) {
        out->documents[out->count++] = (uint32_t)sqlite3_column_int64(select, 0) - 1;
    }
    sqlite3_reset(select);
    return step == SQLITE_DONE ? SP_OK : fail(state->db, err);
}

static void close_fts5(struct engine *engine)
{
    struct fts5_state *state = engine->state;
    if (state != NULL) {
        sqlite3_finalize(state->everywhere);
        sqlite3_finalize(state->in_powiat);
        sqlite3_close(state->db);
        free(state);
    }
}

struct engine engine_fts5(void)
{
    return (struct engine){
        .name = "fts5", .open = open_fts5, .search = search_fts5, .close = close_fts5};
}
