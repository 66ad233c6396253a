/* SPDX-License-Identifier: EUPL-1.2 */
/** @file The command line: what is understood, what is refused, and in which language. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "clients/cli/options.h"

static enum sp_cli_exit never(const struct sp_cli_options *options, struct sp_error *err)
{
    (void)options;
    (void)err;
    fail();
    return SP_CLI_OK;
}

const struct sp_cli_command SP_CLI_COMMANDS[] = {
    {"search", SP_CLI_SEARCH, "TEKST", "TEXT", true, "szuka", "searches", never},
    {"export", SP_CLI_EXPORT, NULL, NULL, false, "zapisuje", "writes", never},
    {.name = NULL},
};

enum { MOST_WORDS = 40 };

/* Parse a command line written as one text with spaces. */
static enum sp_status parse(const char *line, struct sp_cli_options *options, struct sp_error *err)
{
    static char copy[1024]; /* the options borrow from it */
    char *words[MOST_WORDS] = {copy};
    int count = 0;
    assert_true(strlen(line) < sizeof copy);
    memcpy(copy, line, strlen(line) + 1);
    for (char *word = strtok(copy, " "); word != NULL; word = strtok(NULL, " ")) {
        assert_true(count < MOST_WORDS);
        words[count++] = word;
    }
    *err = (struct sp_error){0};
    return sp_cli_options_parse(count, words, options, err);
}

static int without_environment(void **state)
{
    (void)state;
    return unsetenv("LC_ALL") + unsetenv("LC_MESSAGES") + unsetenv("LANG") +
           unsetenv("SPOINA_SERVER");
}

static void options_stand_anywhere(void **state)
{
    (void)state;
    struct sp_cli_options options;
    struct sp_error err;
    assert_int_equal(parse("spoina --lang=en search --place Legnica catering --kind zaz --kind=cis "
                           "--all --within 30 --json --server http://x:1",
                           &options, &err),
                     SP_OK);
    assert_string_equal(options.command->name, "search");
    assert_string_equal(options.argument, "catering");
    assert_string_equal(options.place, "Legnica");
    assert_int_equal(options.kinds.count, 2);
    assert_string_equal(options.kinds.items[1], "cis");
    assert_string_equal(options.within, "30");
    assert_string_equal(options.server, "http://x:1");
    assert_true(options.all && options.json && !options.facets && !options.help);
    assert_int_equal(options.language, SP_EN);
}

static void two_dashes_end_the_options(void **state)
{
    (void)state;
    struct sp_cli_options options;
    struct sp_error err;
    assert_int_equal(parse("spoina search -- --all", &options, &err), SP_OK);
    assert_string_equal(options.argument, "--all");
    assert_false(options.all);
    assert_int_equal(parse("spoina search -", &options, &err), SP_OK);
    assert_string_equal(options.argument, "-");
}

static void refuses_and_names_it(void **state)
{
    (void)state;
    static const struct {
        const char *line;
        const char *place;
        const char *words;
    } cases[] = {
        {"spoina", "", "Name a command"},
        {"spoina fetch", "fetch", "Unknown command"},
        {"spoina search", "", "argument is missing"},
        {"spoina search a b", "b", "One argument too many"},
        {"spoina export a", "a", "One argument too many"},
        {"spoina search a --colour", "--colour", "Unknown option"},
        {"spoina search a -x", "-x", "Unknown option"},
        {"spoina search a --limit", "--limit", "value is missing"},
        {"spoina search a --all=yes", "--all=yes", "takes no value"},
        {"spoina search a --dry-run", "--dry-run", "no such option"},
        {"spoina export --place x", "--place", "no such option"},
        {"spoina search a --lang de", "--lang", "pl or en"},
        {"spoina search a --kind a --kind a --kind a --kind a --kind a --kind a --kind a --kind a "
         "--kind a --kind a --kind a --kind a --kind a --kind a --kind a --kind a --kind a",
         "--kind", "more than 16"},
    };
    for (size_t i = 0; i < SP_COUNT(cases); i++) {
        struct sp_cli_options options;
        struct sp_error err;
        assert_int_equal(parse(cases[i].line, &options, &err), SP_INVALID);
        assert_string_equal(err.place, cases[i].place);
        if (strstr(err.english, cases[i].words) == NULL) {
            fail_msg("%s: %s", cases[i].line, err.english);
        }
    }
}

static void help_needs_nothing_else(void **state)
{
    (void)state;
    struct sp_cli_options options;
    struct sp_error err;
    assert_int_equal(parse("spoina --help", &options, &err), SP_OK);
    assert_true(options.help && options.command == NULL);
    assert_int_equal(parse("spoina search --help", &options, &err), SP_OK);
    assert_true(options.help);
}

static void help_tells_options_and_exits(void **state)
{
    (void)state;
    struct sp_cli_options options;
    struct sp_error err;
    char text[4096] = "";
    assert_int_equal(parse("spoina export --help --lang en", &options, &err), SP_OK);
    FILE *file = tmpfile();
    assert_non_null(file);
    sp_cli_options_help(&options, file);
    rewind(file);
    assert_true(fread(text, 1, sizeof text - 1, file) > 0);
    assert_int_equal(fclose(file), 0);
    assert_non_null(strstr(text, "spoina export [options]"));
    assert_non_null(strstr(text, "--format csv|jsonl"));
    assert_non_null(strstr(text, "  3  import: some rows were rejected"));
    assert_null(strstr(text, "--place"));
}

static void language_comes_from_the_environment(void **state)
{
    (void)state;
    static const struct {
        const char *all;
        const char *lang;
        enum sp_locale expected;
    } cases[] = {
        {NULL, NULL, SP_PL},
        {NULL, "C", SP_PL},
        {NULL, "pl_PL.UTF-8", SP_PL},
        {NULL, "en_GB.UTF-8", SP_EN},
        {"pl_PL.UTF-8", "en_GB.UTF-8", SP_PL},
        {"", "en_GB.UTF-8", SP_EN},
    };
    for (size_t i = 0; i < SP_COUNT(cases); i++) {
        struct sp_cli_options options;
        struct sp_error err;
        assert_int_equal(without_environment(NULL), 0);
        if (cases[i].all != NULL) {
            assert_int_equal(setenv("LC_ALL", cases[i].all, 1), 0);
        }
        if (cases[i].lang != NULL) {
            assert_int_equal(setenv("LANG", cases[i].lang, 1), 0);
        }
        (void)parse("spoina", &options, &err); /* also when the rest is wrong */
        assert_int_equal(options.language, cases[i].expected);
    }
    assert_int_equal(without_environment(NULL), 0);
}

static void server_comes_from_the_environment(void **state)
{
    (void)state;
    struct sp_cli_options options;
    struct sp_error err;
    assert_int_equal(parse("spoina export", &options, &err), SP_OK);
    assert_string_equal(options.server, "http://127.0.0.1:8080");
    assert_int_equal(setenv("SPOINA_SERVER", "http://y:2", 1), 0);
    assert_int_equal(parse("spoina export", &options, &err), SP_OK);
    assert_string_equal(options.server, "http://y:2");
    assert_int_equal(parse("spoina export --server http://z:3", &options, &err), SP_OK);
    assert_string_equal(options.server, "http://z:3");
    assert_int_equal(without_environment(NULL), 0);
}

static void numbers_are_whole(void **state)
{
    (void)state;
    static const char *const bad[] = {"", "x", "1x", "-1", "+1", " 1", "1.0", "1234567890"};
    uint32_t number = 0;
    assert_int_equal(sp_cli_number("--limit", NULL, 20, &number, NULL), SP_OK);
    assert_int_equal(number, 20);
    assert_int_equal(sp_cli_number("--limit", "0", 20, &number, NULL), SP_OK);
    assert_int_equal(number, 0);
    assert_int_equal(sp_cli_number("--limit", "999999999", 20, &number, NULL), SP_OK);
    assert_int_equal(number, 999999999);
    for (size_t i = 0; i < SP_COUNT(bad); i++) {
        assert_int_equal(sp_cli_number("--limit", bad[i], 20, &number, NULL), SP_INVALID);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(options_stand_anywhere),
        cmocka_unit_test(two_dashes_end_the_options),
        cmocka_unit_test(refuses_and_names_it),
        cmocka_unit_test(help_needs_nothing_else),
        cmocka_unit_test(help_tells_options_and_exits),
        cmocka_unit_test(language_comes_from_the_environment),
        cmocka_unit_test(server_comes_from_the_environment),
        cmocka_unit_test(numbers_are_whole),
    };
    return cmocka_run_group_tests(tests, without_environment, NULL);
}
