/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Ready wording: every instrument has one, what is known is filled in with the right Polish forms,
 * what is not stays a visible blank, and a mistake in the file is told with its line.
 */
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

#include "matcher/advice/wording.h"
#include "tests/lib/fault.h"

enum { PATH_BYTES = 256, ARENA_BYTES = 1 << 20, ALLOCATIONS_MOST = 2000 };

static struct sp_rulebook *book;

static int open_book(void **state)
{
    (void)state;
    return sp_rulebook_open(getenv("SPOINA_SHARE"), &book, NULL) == SP_OK ? 0 : -1;
}

static int close_book(void **state)
{
    (void)state;
    sp_rulebook_free(book);
    return 0;
}

static struct sp_wordings *open_wordings(void)
{
    struct sp_wordings *wordings = NULL;
    struct sp_error err = {0};
    if (sp_wordings_open(getenv("SPOINA_SHARE"), book, &wordings, &err) != SP_OK) {
        fail_msg("%s", err.english);
    }
    return wordings;
}

/** Open a share directory whose only file is a wording.txt of @p text. */
static enum sp_status open_text(const char *text, struct sp_error *err)
{
    char root[] = "/tmp/spoina-wording-XXXXXX";
    char folder[PATH_BYTES];
    char path[PATH_BYTES + 16];
    assert_non_null(mkdtemp(root));
    (void)snprintf(folder, sizeof folder, "%s/rules", root);
    (void)snprintf(path, sizeof path, "%s/wording.txt", folder);
    assert_int_equal(mkdir(folder, 0700), 0);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
    struct sp_wordings *wordings = NULL;
    enum sp_status status = sp_wordings_open(root, book, &wordings, err);
    sp_wordings_free(wordings);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(rmdir(folder), 0);
    assert_int_equal(rmdir(root), 0);
    return status;
}

static void every_instrument_has_wording_and_places(void **state)
{
    (void)state;
    static const struct {
        const char *rule;
        bool below; /* used below the national threshold: no notice, no SWZ */
    } instruments[] = {{"PZP94", false},  {"PZP361", false}, {"ES26", true},
                       {"SS15A", true},   {"PZP95", false},  {"PZP96", false},
                       {"PZP100", false}, {"PZP242", false}, {"PZP60-121", false}};
    struct sp_wordings *wordings = open_wordings();
    sp_day day = sp_day_from_civil(2026, 11, 22);
    for (size_t i = 0; i < SP_COUNT(instruments); i++) {
        const struct sp_ready_wording *wording =
            sp_wording_find(wordings, instruments[i].rule, day);
        if (wording == NULL) {
            fail_msg("no wording of %s", instruments[i].rule);
        }
        assert_int_equal(wording->bzp[0] == '\0', instruments[i].below);
        assert_int_equal(wording->eforms[0] == '\0', instruments[i].below);
        assert_int_equal(wording->swz[0] == '\0', instruments[i].below);
        assert_int_equal(wording->swz_eu[0] == '\0', instruments[i].below);
        assert_true(wording->certainty == SP_CERTAINTY_LAW || wording->note[0] != '\0');
    }
    assert_null(sp_wording_find(wordings, "ES26", sp_day_from_civil(2022, 10, 29)));
    assert_null(sp_wording_find(wordings, "K05", day));
    assert_true(strlen(sp_wordings_version(wordings)) > 0);
    sp_wordings_free(wordings);
}

static void assert_filled(const char *rule, const struct sp_wording_values *values,
                          const char *const expected[])
{
    struct sp_wordings *wordings = open_wordings();
    struct sp_arena *arena = sp_arena_new(ARENA_BYTES);
    const struct sp_ready_wording *wording =
        sp_wording_find(wordings, rule, sp_day_from_civil(2026, 11, 22));
    char *text = sp_wording_fill(wording, values, arena);
    assert_non_null(text);
    assert_null(strpbrk(text, "{}"));
    for (size_t i = 0; expected[i] != NULL; i++) {
        if (strstr(text, expected[i]) == NULL) {
            fail_msg("\"%s\" is not in: %s", expected[i], text);
        }
    }
    sp_arena_free(arena);
    sp_wordings_free(wordings);
}

static void what_is_known_is_filled_in(void **state)
{
    (void)state;
    assert_filled("PZP94", &(struct sp_wording_values){.share_percent = 40},
                  (const char *const[]){"co najmniej 40 % osób", "\n2. Osoby", NULL});
    assert_filled(
        "PZP96",
        &(struct sp_wording_values){
            .persons = 2, .months = 12, .groups = "osoby z niepełnosprawnościami, bezrobotni"},
        (const char *const[]){"co najmniej 2 osoby z następujących grup: osoby z "
                              "niepełnosprawnościami, bezrobotni.",
                              "co najmniej 12 miesięcy", NULL});
    assert_filled("PZP96", &(struct sp_wording_values){.persons = 1, .months = 1},
                  (const char *const[]){"co najmniej 1 osobę", "co najmniej 1 miesiąc", NULL});
    assert_filled("PZP96", &(struct sp_wording_values){.persons = 5, .months = 3},
                  (const char *const[]){"co najmniej 5 osób", "co najmniej 3 miesiące", NULL});
    assert_filled("PZP95", &(struct sp_wording_values){.activities = "sprzątanie; mycie okien"},
                  (const char *const[]){"Kodeksu pracy: sprzątanie; mycie okien.", NULL});
}

static void what_is_not_known_stays_a_blank(void **state)
{
    (void)state;
    static const struct sp_wording_values nothing = {.persons = 0};
    assert_filled("PZP96", &nothing,
                  (const char *const[]){"[podaj liczbę] osób", "[podaj liczbę] miesięcy",
                                        "[wymień grupy", NULL});
    assert_filled("PZP60-121", &nothing, (const char *const[]){"[wymień zadania]", NULL});
    assert_filled("PZP242", &nothing, (const char *const[]){"waga [podaj] %", NULL});
}

#define VERSION "version: 1\n\n"
#define BLOCK(rule, valid, text)                                                                   \
    "rule: " rule "\nvalid: " valid "\ncertainty: law\ntext: " text "\n\n"

static void a_mistake_is_told_with_its_line(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *told; /* NULL: opens */
    } cases[] = {
        {VERSION BLOCK("PZP94", "2021-01-01 ..", "a {share} b"), NULL},
        {BLOCK("PZP94", "2021-01-01 ..", "a"), "a key is missing: \"version\""},
        {VERSION "rule: PZP94\n", "line 3: a key is missing: \"valid\""},
        {VERSION BLOCK("PZP94", "2021-01-01 ..", "a {shares} b"),
         "line 6: unknown placeholder: \"shares\""},
        {VERSION BLOCK("PZP94", "2021-01-01 ..", "a {share b"), "line 6: unknown placeholder"},
        {VERSION BLOCK("PZP94", "2020-12-31 ..", "a"), "line 3: no such rule on that day"},
        {VERSION BLOCK("PZP999", "2021-01-01 ..", "a"), "line 3: no such rule on that day"},
        {VERSION BLOCK("PZP94", "2021-13-01 ..", "a"), "line 4: bad period"},
        {VERSION BLOCK("PZP94", "2021-02-01 .. 2021-01-01", "a"), "line 4: bad period"},
        {VERSION "rule: PZP94\nvalid: 2021-01-01 ..\ncertainty: sure\ntext: a\n",
         "line 5: bad certainty"},
        {VERSION BLOCK("PZP94", "2021-01-01 ..", "a") BLOCK("PZP94", "2022-01-01 ..", "b"),
         "line 8: two wordings of a rule"},
        {VERSION BLOCK("PZP94", "2021-01-01 .. 2021-12-31", "a")
             BLOCK("PZP94", "2022-01-01 ..", "b"),
         NULL},
    };
    for (size_t i = 0; i < SP_COUNT(cases); i++) {
        struct sp_error err = {0};
        enum sp_status status = open_text(cases[i].text, &err);
        assert_int_equal(status, cases[i].told == NULL ? SP_OK : SP_CORRUPT);
        if (cases[i].told != NULL && strstr(err.english, cases[i].told) == NULL) {
            fail_msg("case %zu: expected \"%s\", told \"%s\"", i, cases[i].told, err.english);
        }
    }
}

static enum sp_status open_and_fill(void *context)
{
    (void)context;
    struct sp_wordings *wordings = NULL;
    enum sp_status status = sp_wordings_open(getenv("SPOINA_SHARE"), book, &wordings, NULL);
    struct sp_arena *arena = status == SP_OK ? sp_arena_new(ARENA_BYTES) : NULL;
    if (status == SP_OK) {
        size_t count = 0;
        const struct sp_ready_wording *all = sp_wordings_all(wordings, &count);
        static const struct sp_wording_values nothing = {.persons = 0};
        bool filled = arena != NULL && sp_wording_fill(&all[0], &nothing, arena) != NULL;
        status = filled ? SP_OK : SP_NOMEM;
    }
    sp_arena_free(arena);
    sp_wordings_free(wordings);
    return status;
}

static void out_of_memory_is_an_error(void **state)
{
    (void)state;
    enum sp_status seen = SP_INTERNAL;
    assert_true(sp_fault_sweep(open_and_fill, NULL, ALLOCATIONS_MOST, &seen) > 0);
    assert_int_equal(seen, SP_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_instrument_has_wording_and_places),
        cmocka_unit_test(what_is_known_is_filled_in),
        cmocka_unit_test(what_is_not_known_stays_a_blank),
        cmocka_unit_test(a_mistake_is_told_with_its_line),
        cmocka_unit_test(out_of_memory_is_an_error),
    };
    return cmocka_run_group_tests(tests, open_book, close_book);
}
