/* SPDX-License-Identifier: EUPL-1.2 */
/** @file The options of spoinad, and the escaping of its log. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "server/operations/log.h"
#include "server/operations/options.h"

enum { MAX_ARGUMENTS = 8 };

/* Parse "a b c" as the arguments after the program's name. */
static enum sp_status parse(const char *line, struct sp_options *options, struct sp_error *err)
{
    static char copy[512];
    char *arguments[MAX_ARGUMENTS + 1] = {(char *)"spoinad"};
    int count = 1;
    char *rest = NULL;
    (void)snprintf(copy, sizeof copy, "%s", line);
    for (char *word = strtok_r(copy, " ", &rest); word != NULL; word = strtok_r(NULL, " ", &rest)) {
        assert_true(count < MAX_ARGUMENTS);
        arguments[count++] = word;
    }
    return sp_options_parse(count, arguments, options, err);
}

static void reads_values_in_both_forms(void **state)
{
    struct sp_options options;
    (void)state;
    assert_int_equal(parse("--data d --workers=3 --listen [::1]:0", &options, NULL), SP_OK);
    assert_int_equal(options.action, SP_OPTIONS_RUN);
    assert_string_equal(options.data, "d");
    assert_string_equal(options.listen, "[::1]:0");
    assert_int_equal(options.workers, 3);
    assert_int_equal(options.queue, 256); /* a default */
    assert_null(options.share);
    assert_int_equal(parse("--help", &options, NULL), SP_OK);
    assert_int_equal(options.action, SP_OPTIONS_HELP);
    assert_int_equal(parse("--version", &options, NULL), SP_OK);
    assert_int_equal(options.action, SP_OPTIONS_VERSION);
}

static void refuses_and_names_what_is_wrong(void **state)
{
    static const struct {
        const char *line;
        const char *place;
    } cases[] = {{"", "data"},
                 {"--data", "data"},
                 {"--data d --workers 0", "workers"},
                 {"--data d --workers 65", "workers"},
                 {"--data d --workers 2x", "workers"},
                 {"--data d --workers=", "workers"},
                 {"--data d --queue 99999999999999999999", "queue"},
                 {"--data d --wrokers 2", "--wrokers"},
                 {"--data d extra", "extra"},
                 {"--data d -h", "-h"}};
    (void)state;
    for (size_t i = 0; i < SP_COUNT(cases); i++) {
        struct sp_options options;
        struct sp_error error = {.place = ""};
        assert_int_equal(parse(cases[i].line, &options, &error), SP_INVALID);
        assert_string_equal(error.place, cases[i].place);
        assert_true(error.polish[0] != '\0' && error.english[0] != '\0');
    }
}

static void help_names_every_option_in_both_languages(void **state)
{
    static const char *const names[] = {
        "--data DIR",        "--listen HOST:PORT", "--workers",         "--queue",
        "--max-connections", "--head-seconds s",   "--drain-seconds s", "--version"};
    (void)state;
    for (int locale = SP_PL; locale <= SP_EN; locale++) {
        char *text = NULL;
        size_t size = 0;
        FILE *out = open_memstream(&text, &size);
        assert_non_null(out);
        sp_options_help(out, (enum sp_locale)locale);
        assert_int_equal(fclose(out), 0);
        for (size_t i = 0; i < SP_COUNT(names); i++) {
            assert_non_null(strstr(text, names[i]));
        }
        assert_non_null(strstr(text, locale == SP_PL ? "katalog danych" : "data directory"));
        free(text);
    }
}

static void the_language_of_the_environment(void **state)
{
    (void)state;
    (void)setenv("LC_ALL", "", 1);
    (void)setenv("LC_MESSAGES", "", 1);
    (void)setenv("LANG", "en_GB.UTF-8", 1);
    assert_int_equal(sp_options_locale(), SP_EN);
    (void)setenv("LC_MESSAGES", "pl_PL.UTF-8", 1);
    assert_int_equal(sp_options_locale(), SP_PL);
    (void)setenv("LC_ALL", "C", 1);
    assert_int_equal(sp_options_locale(), SP_PL);
}

static void the_log_cannot_be_forged(void **state)
{
    char out[64];
    char tiny[6];
    (void)state;
    (void)sp_log_escape("a\nb\x1b[0m\\c\x7fł", out, sizeof out);
    assert_string_equal(out, "a\\x0ab\\x1b[0m\\x5cc\\x7fł");
    assert_int_equal(sp_log_escape("ab\ncd", tiny, sizeof tiny), 2); /* never half an escape */
    assert_string_equal(tiny, "ab");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_values_in_both_forms),
        cmocka_unit_test(refuses_and_names_what_is_wrong),
        cmocka_unit_test(help_names_every_option_in_both_languages),
        cmocka_unit_test(the_language_of_the_environment),
        cmocka_unit_test(the_log_cannot_be_forged),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
