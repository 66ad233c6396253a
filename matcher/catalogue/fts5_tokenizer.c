/* SPDX-License-Identifier: EUPL-1.2 */
#include "matcher/catalogue/fts5_tokenizer.h"

#include <stddef.h>

#include "matcher/catalogue/database.h"
#include "matcher/catalogue/index_terms.h"
#include "matcher/language/language.h"

typedef int fts5_token_fn(void *context, int flags, const char *token, int length, int start,
                          int end);

struct emit {
    fts5_token_fn *token;
    void *context;
    int code; /* SQLite's, when it refused a token */
};

static enum sp_status emit_term(void *context, const struct sp_index_term *term)
{
    struct emit *emit = context;
    emit->code =
        emit->token(emit->context, term->colocated ? FTS5_TOKEN_COLOCATED : 0, term->term.data,
                    (int)term->term.length, (int)term->start, (int)term->end);
    return emit->code == SQLITE_OK ? SP_OK : SP_CANCELLED;
}

static int tokenize(Fts5Tokenizer *tokenizer, void *context, int flags, const char *text,
                    int length, fts5_token_fn *token)
{
    (void)flags; /* a text and a query give the same terms */
    struct emit emit = {.token = token, .context = context, .code = SQLITE_OK};
    struct sp_analyser *analyser = (struct sp_analyser *)tokenizer;
    enum sp_status status =
        sp_index_terms(analyser, sp_view_from(text, (size_t)length), emit_term, &emit, NULL);
    if (emit.code != SQLITE_OK) {
        return emit.code;
    }
    return status == SP_OK ? SQLITE_OK : status == SP_NOMEM ? SQLITE_NOMEM : SQLITE_ERROR;
}

/* All tables of a connection share its analyser: a connection is used by one thread at a time. */
static int create(void *context, const char **arguments, int count, Fts5Tokenizer **out)
{
    (void)arguments;
    if (count != 0) {
        return SQLITE_ERROR; /* the tokenizer has no options */
    }
    *out = context;
    return SQLITE_OK;
}

static void delete_nothing(Fts5Tokenizer *tokenizer)
{
    (void)tokenizer; /* the analyser goes with the connection */
}

static void free_analyser(void *context)
{
    sp_analyser_free(context);
}

static enum sp_status find_fts5(sqlite3 *db, fts5_api **out, struct sp_error *err)
{
    sqlite3_stmt *statement = NULL;
    bool row = false;
    enum sp_status status = sp_db_prepare(db, "SELECT fts5(?1)", &statement, err);
    if (status == SP_OK) {
        (void)sqlite3_bind_pointer(statement, 1, out, "fts5_api_ptr", NULL);
        status = sp_db_step(statement, &row, err);
    }
    (void)sqlite3_finalize(statement);
    if (status == SP_OK && *out == NULL) {
        status = SP_FAIL(err, SP_UNSUPPORTED, SP_CATALOGUE_FILE, "SQLite nie ma FTS5.",
                         "SQLite has no FTS5.");
    }
    return status;
}

enum sp_status sp_fts5_tokenizer_register(sqlite3 *db, const struct sp_language *language,
                                          struct sp_error *err)
{
    fts5_tokenizer methods = {create, delete_nothing, tokenize};
    fts5_api *fts5 = NULL;
    struct sp_analyser *analyser = NULL;
    enum sp_status status = find_fts5(db, &fts5, err);
    if (status == SP_OK) {
        status = sp_analyser_new(language, &analyser, err);
    }
    if (status != SP_OK) {
        return status;
    }
    int code = fts5->xCreateTokenizer(fts5, "spoina", analyser, &methods, free_analyser);
    if (code != SQLITE_OK) {
        sp_analyser_free(analyser); /* FTS5 took it only if it succeeded */
        return sp_db_fail(db, code, err);
    }
    return SP_OK;
}
