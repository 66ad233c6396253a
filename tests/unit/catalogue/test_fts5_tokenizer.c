/* SPDX-License-Identifier: EUPL-1.2 */
/** @file The FTS5 tokenizer: inflected forms meet, highlight() marks the word as written. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "matcher/catalogue/fts5_tokenizer.h"
#include "matcher/catalogue/index_terms.h"
#include "tests/unit/catalogue/support.h"

static struct sp_language *language;
static sqlite3 *db;

static int open_all(void **state)
{
    (void)state;
    struct sp_error err = {0};
    language = test_language_open();
    assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
    assert_int_equal(sp_fts5_tokenizer_register(db, language, &err), SP_OK);
    assert_int_equal(sqlite3_exec(db,
                                  "CREATE VIRTUAL TABLE t USING fts5(x, tokenize = 'spoina');"
                                  "CREATE VIRTUAL TABLE terms USING fts5vocab('t', 'instance');"
                                  "INSERT INTO t VALUES ('Usługi sprzątania biur w Łodzi.'),"
                                  "  ('Łódź: pranie „bielizny” szpitalnej'), ('Odzież robocza');",
                                  NULL, NULL, NULL),
                     SQLITE_OK);
    return 0;
}

static int close_all(void **state)
{
    (void)state;
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    sp_language_free(language);
    return 0;
}

/** First column of the first row of @p sql with ?1 = @p argument; "" when there is none. */
static const char *answer(const char *sql, const char *argument)
{
    static char text[512];
    sqlite3_stmt *statement = NULL;
    text[0] = '\0';
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &statement, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_bind_text(statement, 1, argument, -1, SQLITE_STATIC), SQLITE_OK);
    int code = sqlite3_step(statement);
    if (code == SQLITE_ROW) {
        const char *column = (const char *)sqlite3_column_text(statement, 0);
        assert_true(strlen(column) < sizeof text);
        (void)strcpy(text, column);
    } else {
        assert_int_equal(code, SQLITE_DONE);
    }
    assert_int_equal(sqlite3_finalize(statement), SQLITE_OK);
    return text;
}

static void highlight_marks_the_word_as_written(void **state)
{
    (void)state;
    static const char *const sql =
        "SELECT highlight(t, 0, '[', ']') FROM t WHERE t MATCH ?1 ORDER BY rowid";
    assert_string_equal(answer(sql, "usługa"), "[Usługi] sprzątania biur w Łodzi.");
    assert_string_equal(answer(sql, "biurem"), "Usługi sprzątania [biur] w Łodzi.");
    assert_string_equal(answer(sql, "łodzią"), "Usługi sprzątania biur w [Łodzi].");
    assert_string_equal(answer(sql, "bielizna"), "Łódź: pranie „[bielizny]” szpitalnej");
}

static void lodz_is_not_odziez(void **state)
{
    (void)state;
    static const char *const sql = "SELECT group_concat(rowid) FROM t WHERE t MATCH ?1";
    assert_string_equal(answer(sql, "Łódź"), "1,2");
    assert_string_equal(answer(sql, "odzieżą"), "3");
}

static void stop_words_are_not_indexed_and_leave_no_gap(void **state)
{
    (void)state;
    static const char *const offset =
        "SELECT offset FROM terms WHERE term = ?1 AND doc = 1 ORDER BY offset";
    static const char *const count = "SELECT count(*) FROM terms WHERE term = ?1";
    assert_string_equal(answer(count, "w"), "0");
    assert_string_equal(answer(offset, "usługa"), "0");
    assert_string_equal(answer(offset, "biuro"), "2");
    assert_string_equal(answer(offset, "łódź"), "3");
}

static void lemmas_of_one_form_share_its_position(void **state)
{
    (void)state;
    /* Phrases count positions: two lemmas of one word must not push the next word away. */
    static const char *const sql = "SELECT count(*) FROM t WHERE t MATCH ?1";
    assert_string_equal(answer(sql, "\"usługa sprzątanie biuro\""), "1");
    assert_string_equal(answer(sql, "\"biuro usługa\""), "0");
}

static void the_tokenizer_takes_no_options(void **state)
{
    (void)state;
    assert_int_equal(sqlite3_exec(db, "CREATE VIRTUAL TABLE u USING fts5(x, tokenize = 'spoina x')",
                                  NULL, NULL, NULL),
                     SQLITE_ERROR);
}

static void the_index_passes_its_own_check(void **state)
{
    (void)state;
    assert_int_equal(
        sqlite3_exec(db, "INSERT INTO t(t, rank) VALUES ('integrity-check', 1)", NULL, NULL, NULL),
        SQLITE_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(highlight_marks_the_word_as_written),
        cmocka_unit_test(lodz_is_not_odziez),
        cmocka_unit_test(stop_words_are_not_indexed_and_leave_no_gap),
        cmocka_unit_test(lemmas_of_one_form_share_its_position),
        cmocka_unit_test(the_tokenizer_takes_no_options),
        cmocka_unit_test(the_index_passes_its_own_check),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
