/* SPDX-License-Identifier: EUPL-1.2 */
/** @file Text for a terminal: marked words, columns and lines, whatever the bytes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "clients/cli/render.h"

enum { MOST_BYTES = 8192 };

static struct sp_cli_out open_out(enum sp_locale language, bool bold)
{
    struct sp_cli_out out = {.file = tmpfile(), .language = language, .bold = bold, .columns = 100};
    assert_non_null(out.file);
    return out;
}

/* Close out and compare what was printed. */
static void expect(struct sp_cli_out out, const char *expected)
{
    char text[MOST_BYTES];
    rewind(out.file);
    text[fread(text, 1, sizeof text - 1, out.file)] = '\0';
    assert_int_equal(fclose(out.file), 0);
    assert_string_equal(text, expected);
}

static void marks_words_as_written(void **state)
{
    (void)state;
    Spoina__V1__Span first = SPOINA__V1__SPAN__INIT;
    Spoina__V1__Span second = SPOINA__V1__SPAN__INIT;
    first.start = 0;
    first.end = 10; /* "posiłków": 8 letters, 10 bytes */
    second.start = 15;
    second.end = 19; /* "osó" */
    Spoina__V1__Span *spans[] = {&first, &second};
    struct sp_cli_out out = open_out(SP_PL, true);
    sp_cli_marked(&out, "posiłków dla osób", spans, 2, 80);
    expect(out, "\033[1mposiłków\033[0m dla \033[1mosó\033[0mb\n");
    out = open_out(SP_PL, false);
    sp_cli_marked(&out, "posiłków dla osób", spans, 2, 80);
    expect(out, "posiłków dla osób\n");
}

static void long_text_shows_the_part_that_matters(void **state)
{
    (void)state;
    char text[301];
    memset(text, 'x', 300);
    text[300] = '\0';
    Spoina__V1__Span span = SPOINA__V1__SPAN__INIT;
    span.start = 200;
    span.end = 204;
    Spoina__V1__Span *spans[] = {&span};
    struct sp_cli_out out = open_out(SP_PL, true);
    sp_cli_marked(&out, text, spans, 1, 40);
    expect(out, "…xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\033[1mxxxx\033[0mxxxxxx…\n");
}

static void wrong_spans_are_ignored(void **state)
{
    (void)state;
    Spoina__V1__Span wrong[] = {SPOINA__V1__SPAN__INIT, SPOINA__V1__SPAN__INIT,
                                SPOINA__V1__SPAN__INIT};
    wrong[0].start = 4000000000U;
    wrong[0].end = 1;
    wrong[1].start = 2;
    wrong[1].end = 4000000000U;
    wrong[2].start = 3;
    wrong[2].end = 2;
    Spoina__V1__Span *spans[] = {&wrong[0], &wrong[1], &wrong[2]};
    struct sp_cli_out out = open_out(SP_PL, true);
    sp_cli_marked(&out, "abcdef", spans, 3, 3);
    expect(out, "abc…\n");
}

static void columns_count_characters(void **state)
{
    (void)state;
    struct sp_cli_out out = open_out(SP_PL, false);
    sp_cli_column(&out, "żółw", 6);
    sp_cli_column(&out, "longer", 3);
    sp_cli_bold(&out, "ć", 2);
    (void)fputc('|', out.file);
    expect(out, "żółw  longerć |");
}

static void control_characters_do_not_reach_the_terminal(void **state)
{
    (void)state;
    struct sp_cli_out out = open_out(SP_PL, false);
    sp_cli_column(&out, "a\033[2Jb\nc\177", 0);
    expect(out, "a [2Jb c ");
}

static void paragraphs_wrap_at_words(void **state)
{
    (void)state;
    char text[400] = "";
    for (int i = 0; i < 30; i++) {
        (void)strncat(text, "dziewięć ", sizeof text - strlen(text) - 1);
    }
    struct sp_cli_out out = open_out(SP_PL, false);
    sp_cli_paragraph(&out, text, 4);
    rewind(out.file);
    char line[400];
    int lines = 0;
    while (fgets(line, sizeof line, out.file) != NULL) {
        assert_memory_equal(line, "    d", 5);
        assert_true(sp_cli_width(sp_view_of(line)) <= 101);
        lines++;
    }
    assert_int_equal(lines, 3);
    assert_int_equal(fclose(out.file), 0);
    out = open_out(SP_PL, false);
    sp_cli_paragraph(&out, " \n ", 4);
    expect(out, "");
    out = open_out(SP_PL, false);
    (void)fputs("ab: ", out.file);
    sp_cli_hanging(&out, "c  d\ne", 4);
    expect(out, "ab: c d e\n");
}

static void numbers_follow_the_language(void **state)
{
    (void)state;
    struct sp_cli_out out = open_out(SP_PL, false);
    sp_cli_kilometres(&out, 3.25);
    expect(out, "3,2 km");
    out = open_out(SP_EN, false);
    sp_cli_kilometres(&out, 3.25);
    expect(out, "3.2 km");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(marks_words_as_written),
        cmocka_unit_test(long_text_shows_the_part_that_matters),
        cmocka_unit_test(wrong_spans_are_ignored),
        cmocka_unit_test(columns_count_characters),
        cmocka_unit_test(control_characters_do_not_reach_the_terminal),
        cmocka_unit_test(paragraphs_wrap_at_words),
        cmocka_unit_test(numbers_follow_the_language),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
