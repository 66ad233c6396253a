/* SPDX-License-Identifier: EUPL-1.2 */
/** @file CSV: records, lines and cells; what is broken is one line and no more. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "matcher/catalogue/csv.h"

/** All records of @p text as "line:[cell][cell]" or "line!problem:raw", one a line. */
static const char *read_all(const char *text, char delimiter)
{
    static struct sp_csv_record record;
    static char out[4096];
    struct sp_csv csv;
    struct sp_buffer shown;
    bool more = true;
    sp_buffer_init(&shown, sizeof out - 1);
    sp_csv_init(&csv, sp_view_of(text), delimiter);
    while (more) {
        assert_int_equal(sp_csv_next(&csv, &record, &more, NULL), SP_OK);
        if (!more) {
            break;
        }
        if (record.problem != SP_CSV_FINE) {
            sp_buffer_printf(&shown, "%d!%d:%.*s\n", (int)record.line, (int)record.problem,
                             SP_VIEW_ARGS(record.raw));
            continue;
        }
        sp_buffer_printf(&shown, "%d:", (int)record.line);
        for (size_t i = 0; i < record.field_count; i++) {
            sp_buffer_printf(&shown, "[%.*s]", SP_VIEW_ARGS(record.fields[i]));
        }
        sp_buffer_add_char(&shown, '\n');
    }
    assert_int_equal(shown.status, SP_OK);
    (void)strcpy(out, shown.data == NULL ? "" : shown.data);
    sp_buffer_release(&shown);
    sp_csv_release(&csv);
    return out;
}

static void records_and_cells(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        char delimiter;
        const char *records;
    } cases[] = {
        {"", ';', ""},
        {"\n\r\n;;\n  \n", ';', ""},
        {"a;b;c", ';', "1:[a][b][c]\n"},
        {"a;b\r\nc;d\r\n", ';', "1:[a][b]\n2:[c][d]\n"},
        {"a,b\rc,d\r", ',', "1:[a][b]\n2:[c][d]\n"},
        {"a\t\tb\n", '\t', "1:[a][][b]\n"},
        {"a;\n;b\n", ';', "1:[a][]\n2:[][b]\n"},
        {"\"a;b\";c\n", ';', "1:[a;b][c]\n"},
        {"\"a \"\"b\"\" c\";\"\"\n", ';', "1:[a \"b\" c][]\n"},
        {"\"a\nb\r\nc\";d\ne\n", ';', "1:[a\nb\r\nc][d]\n4:[e]\n"},
        {"a\"b;c\"d\n", ';', "1:[a\"b][c\"d]\n"},
        {"\n\na\n\nb\n", ';', "3:[a]\n5:[b]\n"},
        {"\"\"\"\"\n", ';', "1:[\"]\n"},
    };
    for (size_t i = 0; i < SP_COUNT(cases); i++) {
        assert_string_equal(read_all(cases[i].text, cases[i].delimiter), cases[i].records);
    }
}

static void a_broken_record_is_its_first_line_only(void **state)
{
    (void)state;
    assert_string_equal(read_all("a;b\n\"c;d\ne;f\n", ';'), "1:[a][b]\n2!1:\"c;d\n3:[e][f]\n");
    assert_string_equal(read_all("\"a\"b;c\nd\n", ';'), "1!2:\"a\"b;c\n2:[d]\n");
    /* A quote opened in line 1 meets the one that opens a cell of line 3. */
    assert_string_equal(read_all("\"a;b\nc\n\"d\";e\n", ';'), "1!2:\"a;b\n2:[c]\n3:[d][e]\n");
    assert_string_equal(read_all("\"", ';'), "1!1:\"\n");
}

static void too_long_and_too_wide_records_are_refused(void **state)
{
    (void)state;
    static struct sp_csv_record record;
    struct sp_buffer text;
    struct sp_csv csv;
    bool more = false;
    sp_buffer_init(&text, 8u << 20);
    for (int i = 0; i <= SP_CSV_RECORD_MAX_BYTES; i++) {
        sp_buffer_add_char(&text, 'x');
    }
    sp_buffer_add_char(&text, '\n');
    for (int i = 0; i < SP_CSV_MAX_FIELDS; i++) {
        sp_buffer_add_text(&text, "y;");
    }
    sp_buffer_add_text(&text, "\nz\n");
    sp_csv_init(&csv, sp_buffer_view(&text), ';');
    assert_int_equal(sp_csv_next(&csv, &record, &more, NULL), SP_OK);
    assert_int_equal(record.problem, SP_CSV_TOO_LONG);
    assert_int_equal(record.raw.length, SP_CSV_RECORD_MAX_BYTES + 1);
    assert_int_equal(sp_csv_next(&csv, &record, &more, NULL), SP_OK);
    assert_int_equal(record.problem, SP_CSV_TOO_MANY_FIELDS);
    assert_int_equal(record.line, 2);
    assert_int_equal(sp_csv_next(&csv, &record, &more, NULL), SP_OK);
    assert_int_equal(record.line, 3);
    assert_int_equal(record.field_count, 1);
    sp_csv_release(&csv);
    sp_buffer_release(&text);
}

static void cells_written_read_back(void **state)
{
    (void)state;
    static const char *const cells[] = {"",     "a",      "a;b",   "a\"b", "a\nb",   "\"",
                                        "=1+1", "'=1+1",  "'x",    "-",    "+48 71", "@x",
                                        "''",   "a\r\nb", "'-\";", "\t a"};
    static struct sp_csv_record record;
    struct sp_buffer text;
    struct sp_csv csv;
    bool more = false;
    sp_buffer_init(&text, 4096);
    for (size_t i = 0; i < SP_COUNT(cells); i++) {
        sp_buffer_add_text(&text, i == 0 ? "first" : "");
        sp_buffer_add_char(&text, ';');
        sp_csv_add_cell(&text, sp_view_of(cells[i]), ';');
    }
    sp_csv_init(&csv, sp_buffer_view(&text), ';');
    assert_int_equal(sp_csv_next(&csv, &record, &more, NULL), SP_OK);
    assert_int_equal(record.field_count, SP_COUNT(cells) + 1);
    for (size_t i = 0; i < SP_COUNT(cells); i++) {
        struct sp_view raw = record.fields[i + 1];
        assert_true(sp_view_is(sp_csv_plain(raw), cells[i]));
        /* No spreadsheet takes it for a formula. */
        assert_true(raw.length == 0 || strchr("=+-@", raw.data[0]) == NULL);
    }
    sp_csv_release(&csv);
    sp_buffer_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(records_and_cells),
        cmocka_unit_test(a_broken_record_is_its_first_line_only),
        cmocka_unit_test(too_long_and_too_wide_records_are_refused),
        cmocka_unit_test(cells_written_read_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
