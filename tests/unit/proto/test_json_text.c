/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * JSON as text: the whole of JSONTestSuite if it is at hand, small cases of our own, and the same
 * strings as jansson.
 */
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "base/file.h"
#include "base/memory.h"
#include "proto/codec/json_text.h"

enum { MAX_DEPTH = 500, MAX_CASE_BYTES = 1024 * 1024 };

/* Walk through the whole text. */
static enum sp_status walk(struct sp_view text, struct sp_error *err)
{
    struct sp_json_reader reader;
    enum sp_status status = sp_json_begin(&reader, text, MAX_DEPTH, err);
    if (status == SP_OK) {
        status = sp_json_skip(&reader);
    }
    return status == SP_OK ? sp_json_end(&reader) : status;
}

static int check_suite_file(const char *directory, const char *name)
{
    char path[1024];
    char *data = NULL;
    size_t length = 0;
    struct sp_error err = {0};
    assert_int_equal(sp_file_join(directory, name, path, sizeof path), SP_OK);
    assert_int_equal(sp_file_read(path, MAX_CASE_BYTES, &data, &length, NULL), SP_OK);
    /* A copy of the exact size, so that ASan sees a read past the end. */
    char *exact = malloc(length == 0 ? 1 : length);
    assert_non_null(exact);
    memcpy(exact, data, length);
    enum sp_status status = walk(sp_view_from(exact, length), &err);
    free(exact);
    sp_free(data);
    /* y_ must be taken, n_ refused; i_ is left to the reader, which must only survive. */
    int wrong = (name[0] == 'y' && status != SP_OK) || (name[0] == 'n' && status == SP_OK);
    if (wrong) {
        print_message("%s: %s\n", name, status == SP_OK ? "accepted" : err.english);
    }
    return wrong;
}

static void json_test_suite(void **state)
{
    (void)state;
    char directory[1024];
    const char *shared = getenv("SPOINA_SHARED");
    assert_int_equal(sp_file_join(shared != NULL ? shared : "../shared",
                                  "data/suites/json-test-suite/test_parsing", directory,
                                  sizeof directory),
                     SP_OK);
    DIR *folder = opendir(directory);
    if (folder == NULL) {
        print_message("skipped: no %s\n", directory);
        skip();
    }
    int count = 0;
    int wrong = 0;
    for (struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder)) {
        if (strstr(entry->d_name, ".json") != NULL) {
            wrong += check_suite_file(directory, entry->d_name);
            count++;
        }
    }
    (void)closedir(folder);
    print_message("%d cases, %d wrong\n", count, wrong);
    assert_true(count >= 318);
    assert_int_equal(wrong, 0);
}

static void accepts_json(void **state)
{
    (void)state;
    static const char *const cases[] = {
        "0",
        "-0.5e-3",
        "\"\"",
        "\"\\u017C\\uD83D\\uDE00\\/\"",
        "[]",
        "{}",
        "[1]",
        "true",
        " null\n",
        "[[],{\"a\":[{\"a\":false}]}]",
        "\t[ 1 , 2 ]\r\n",
    };
    for (size_t i = 0; i < SP_COUNT(cases); i++) {
        print_message("%s\n", cases[i]);
        assert_int_equal(walk(sp_view_of(cases[i]), NULL), SP_OK);
    }
}

static void refuses_with_line_and_column(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *english;
    } cases[] = {
        {"", "Line 1, column 1: a JSON value was expected."},
        {"[1,]", "Line 1, column 4: a JSON value was expected."},
        {"{\"a\":1,}", "Line 1, column 8: a member name in quotes was expected."},
        {"{\"a\" 1}", "Line 1, column 6: \":\" was expected."},
        {"[1 2]", "Line 1, column 4: \",\" or \"]\" was expected."},
        {"{\"a\":1]", "Line 1, column 7: \",\" or \"}\" was expected."},
        {"{\n  \"ż\": tru\n}", "Line 2, column 8: true, false or null was expected."},
        {"01", "Line 1, column 2: something follows the JSON value."},
        {"1.", "Line 1, column 3: this is not a JSON number."},
        {"-", "Line 1, column 2: this is not a JSON number."},
        {"\"a\tb\"", "Line 1, column 3: a control character in a string (use an escape \\u...)."},
        {"\"\\ud800\"", "Line 1, column 2: a bad escape after \"\\\"."},
        {"\"\\u12g4\"", "Line 1, column 2: a bad escape after \"\\\"."},
        {"\"abc", "Line 1, column 5: the closing quote is missing."},
        {"\"\xff\"", "Line 1, column 2: bytes are not valid UTF-8."},
        {"'a'", "Line 1, column 1: a JSON value was expected."},
    };
    for (size_t i = 0; i < SP_COUNT(cases); i++) {
        struct sp_error err = {0};
        assert_int_equal(walk(sp_view_of(cases[i].text), &err), SP_INVALID);
        assert_string_equal(err.english, cases[i].english);
        assert_non_null(strstr(err.polish, "Wiersz "));
    }
}

static void nesting_stops_at_the_limit(void **state)
{
    (void)state;
    char text[2 * MAX_DEPTH + 2];
    memset(text, '[', MAX_DEPTH + 1);
    memset(text + MAX_DEPTH + 1, ']', MAX_DEPTH + 1);
    assert_int_equal(walk(sp_view_from(text, sizeof text), NULL), SP_LIMIT);
    assert_int_equal(walk(sp_view_from(text + 1, sizeof text - 2), NULL), SP_OK);
}

static void strings_are_those_of_jansson(void **state)
{
    (void)state;
    static const char *const cases[] = {
        "\"zażółć gęślą jaźń\"",
        "\"\\u0105\\\\\\\"\\/\\b\\f\\n\\r\\t\"",
        "\"\\uD83D\\uDE00 \xF0\x9F\x98\x80\"",
        "\"a\\u0000b\"",
        "\"\"",
    };
    for (size_t i = 0; i < SP_COUNT(cases); i++) {
        char own[100];
        struct sp_json_reader reader;
        struct sp_view raw;
        assert_int_equal(sp_json_begin(&reader, sp_view_of(cases[i]), 1, NULL), SP_OK);
        assert_int_equal(sp_json_take_string(&reader, &raw), SP_OK);
        size_t length = sp_json_unescape(raw, own);
        json_t *other = json_loads(cases[i], JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
        assert_non_null(other);
        assert_int_equal(length, json_string_length(other));
        assert_memory_equal(own, json_string_value(other), length);
        json_decref(other);
    }
}

static void what_is_written_reads_back(void **state)
{
    (void)state;
    char all[128 + 8];
    for (size_t i = 0; i < 128; i++) {
        all[i] = (char)i;
    }
    memcpy(all + 128, "łódź", 7);
    struct sp_view text = sp_view_from(all, 128 + 7);
    struct sp_buffer buffer;
    sp_buffer_init(&buffer, 4096);
    sp_json_add_string(&buffer, text);
    assert_int_equal(buffer.status, SP_OK);
    struct sp_json_reader reader;
    struct sp_view raw;
    char back[1024];
    assert_int_equal(sp_json_begin(&reader, sp_buffer_view(&buffer), 1, NULL), SP_OK);
    assert_int_equal(sp_json_take_string(&reader, &raw), SP_OK);
    assert_int_equal(sp_json_end(&reader), SP_OK);
    assert_true(raw.length <= sizeof back);
    assert_true(sp_view_equal(text, sp_view_from(back, sp_json_unescape(raw, back))));
    sp_buffer_release(&buffer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(json_test_suite),
        cmocka_unit_test(accepts_json),
        cmocka_unit_test(refuses_with_line_and_column),
        cmocka_unit_test(nesting_stops_at_the_limit),
        cmocka_unit_test(strings_are_those_of_jansson),
        cmocka_unit_test(what_is_written_reads_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
