/* SPDX-License-Identifier: EUPL-1.2 */
/** @file The text tables: good ones are found by key, bad ones are refused with their line. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "matcher/language/table.h"

/* Write `text` as DIRECTORY/language/t.tsv and open it. */
static enum sp_status open_text(const char *text, struct sp_table *out, struct sp_error *err)
{
    char directory[] = "/tmp/spoina_table_XXXXXX";
    char path[128];
    assert_non_null(mkdtemp(directory));
    (void)snprintf(path, sizeof path, "%s/language", directory);
    assert_int_equal(mkdir(path, 0700), 0);
    (void)snprintf(path, sizeof path, "%s/language/t.tsv", directory);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
    enum sp_status status = sp_table_open(directory, "t.tsv", out, err);
    assert_int_equal(unlink(path), 0);
    (void)snprintf(path, sizeof path, "%s/language", directory);
    assert_int_equal(rmdir(path), 0);
    assert_int_equal(rmdir(directory), 0);
    return status;
}

static void rows_are_found_by_key(void **state)
{
    (void)state;
    struct sp_table table;
    assert_int_equal(open_text("# comment\n\nul.\t\tulica\tulica\r\nłan\tx\n", &table, NULL),
                     SP_OK);
    assert_int_equal(table.row_count, 2);
    const struct sp_table_row *row = sp_table_find(&table, sp_view_of("ul."));
    assert_non_null(row);
    assert_int_equal(row->fields[1].length, 0);
    assert_true(sp_view_is(row->fields[3], "ulica"));
    assert_true(sp_view_is(sp_table_find(&table, sp_view_of("łan"))->fields[1], "x"));
    assert_null(sp_table_find(&table, sp_view_of("ul")));
    sp_table_release(&table);
}

static void bad_tables_are_refused_with_their_line(void **state)
{
    (void)state;
    static const char *const texts[] = {"a\nb\na\n", "a\n\n\tb\n", "a\n#\na\tb\tc\td\te\n"};
    for (size_t i = 0; i < SP_COUNT(texts); i++) {
        struct sp_table table;
        struct sp_error err;
        assert_int_equal(open_text(texts[i], &table, &err), SP_CORRUPT);
        assert_non_null(strstr(err.english, "line 3"));
        assert_null(table.text);
    }
    struct sp_table table;
    struct sp_error err;
    assert_int_equal(open_text("a\xFF\n", &table, &err), SP_CORRUPT);
    assert_non_null(strstr(err.english, "byte 1"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_found_by_key),
        cmocka_unit_test(bad_tables_are_refused_with_their_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
