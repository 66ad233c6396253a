/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * The rulebook as a file: what is wrong in it is told with file and line; what is right is found by
 * day; and the numbers that sentences print.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"
#include "matcher/rules/clauses.h"
#include "matcher/rules/conditions.h"
#include "matcher/rules/regime.h"
#include "matcher/rules/reservations.h"
#include "matcher/rules/say.h"
#include "tests/lib/fault.h"

enum { PATH_BYTES = 4096, FILE_BYTES = 1 << 20 };

static const char *const files[] = {"rulebook.txt", "thresholds.tsv", "cpv_lists.tsv", "groups.tsv",
                                    "criteria.tsv"};

static struct sp_rulebook *book;

static int open_book(void **state)
{
    struct sp_error err = {0};
    (void)state;
    if (sp_rulebook_open(getenv("SPOINA_SHARE"), &book, &err) != SP_OK) {
        fail_msg("%s", err.english);
    }
    return 0;
}

static int close_book(void **state)
{
    (void)state;
    sp_rulebook_free(book);
    return 0;
}

static sp_day day(const char *text)
{
    sp_day parsed = SP_DAY_UNKNOWN;
    assert_true(sp_day_parse(sp_view_of(text), &parsed));
    return parsed;
}

static void write_file(const char *path, const char *text, size_t length)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, length, file), length);
    assert_int_equal(fclose(file), 0);
}

/* Open a copy of the rulebook in which @p name has @p text at its end, or instead of all of it. */
static enum sp_status open_changed(const char *name, const char *text, bool append,
                                   struct sp_error *err)
{
    char root[] = "/tmp/spoina-rules-XXXXXX";
    char folder[PATH_BYTES];
    char path[PATH_BYTES + 64];
    assert_non_null(mkdtemp(root));
    (void)snprintf(folder, sizeof folder, "%s/rules", root);
    assert_int_equal(mkdir(folder, 0700), 0);
    for (size_t i = 0; i < SP_COUNT(files); i++) {
        char *content = NULL;
        size_t length = 0;
        (void)snprintf(path, sizeof path, "%s/rules/%s", getenv("SPOINA_SHARE"), files[i]);
        assert_int_equal(sp_file_read(path, FILE_BYTES, &content, &length, err), SP_OK);
        (void)snprintf(path, sizeof path, "%s/%s", folder, files[i]);
        bool changed = strcmp(files[i], name) == 0;
        if (!changed || append) {
            write_file(path, content, length);
        }
        if (changed) {
            FILE *file = fopen(path, "a");
            assert_non_null(file);
            assert_true(fputs(text, file) >= 0);
            assert_int_equal(fclose(file), 0);
        }
        sp_free(content);
    }
    struct sp_rulebook *changed = NULL;
    enum sp_status status = sp_rulebook_open(root, &changed, err);
    sp_rulebook_free(changed);
    for (size_t i = 0; i < SP_COUNT(files); i++) {
        (void)snprintf(path, sizeof path, "%s/%s", folder, files[i]);
        (void)unlink(path);
    }
    assert_int_equal(rmdir(folder), 0);
    assert_int_equal(rmdir(root), 0);
    return status;
}

#define GOOD                                                                                       \
    "version: 1\n\nrule: A\narticle: art. 1\nact: X\nvalid: 2021-01-01 .. 2021-12-31\n"            \
    "certainty: law\ntype: EVERY\npl: a\nen: a\n"

static void what_is_wrong_in_the_rulebook_is_told_with_its_line(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *told; /* in the English sentence; NULL: opens */
    } cases[] = {
        {GOOD, NULL},
        {"\n", "a key is missing: \"version\""},
        {"version: 1\n\nrule: A\n", "rulebook.txt, line 3: a key is missing: \"article\""},
        {"version: 1\n\nrule A\n", "line 3: no colon"},
        {"version: 1\n\ncolour: red\n", "line 3: unknown key: \"colour\""},
        {"version: 1\n\nrule:\n", "line 3: empty value"},
        {"version: 1\nversion: 2\n", "line 2: key given twice: \"version\""},
        {"version: 1\n\nversion: 2\n", "line 3: a second version: \"2\""},
        {GOOD "en: b\n", "line 11: key given twice: \"en\""},
        {GOOD "number: many\n", "line 11: bad number: \"many\""},
        {GOOD "number: -3\n", "line 11: bad number"},
        {GOOD "regimes: R1 R9\n", "line 11: unknown word: \"R9\""},
        {GOOD "kinds: gifts\n", "line 11: unknown word: \"gifts\""},
        {GOOD "\nrule: A\narticle: b\nact: X\nvalid: 2021-12-31 ..\ncertainty: law\ntype: ANY\n"
              "pl: a\nen: a\n",
         "line 12: two versions of a rule in one period: \"A\""},
        {GOOD "\nrule: A\narticle: b\nact: X\nvalid: 2022-01-01 ..\ncertainty: doubtful 90 %\n"
              "type: ANY\npl: a\n  b\nen: a\n",
         NULL},
        {GOOD "\nrule: B\narticle: b\nact: X\nvalid: 2022-02-30 ..\ncertainty: law\ntype: ANY\n"
              "pl: a\nen: a\n",
         "line 15: bad period of validity"},
        {GOOD "\nrule: B\narticle: b\nact: X\nvalid: 2022-02-03 .. 2022-02-02\ncertainty: law\n"
              "type: ANY\npl: a\nen: a\n",
         "line 15: bad period of validity"},
        {GOOD "\nrule: B\narticle: b\nact: X\nvalid: 2022-02-03 ..\ncertainty: sure\ntype: ANY\n"
              "pl: a\nen: a\n",
         "line 16: bad certainty: \"sure\""},
        {GOOD "\nrule: B\narticle: b\nact: X\nvalid: 2022-02-03 ..\ncertainty: doubtful 101 %\n"
              "type: ANY\npl: a\nen: a\n",
         "line 16: bad certainty"},
        {GOOD "\nrule: B\narticle: b\nact: X\nvalid: 2022-02-03 ..\ncertainty: law\ntype: MOST\n"
              "pl: a\nen: a\n",
         "line 17: unknown type: \"MOST\""},
        {"version: \xff\n", "not UTF-8"},
    };
    for (size_t i = 0; i < SP_COUNT(cases); i++) {
        struct sp_error err = {0};
        enum sp_status status = open_changed("rulebook.txt", cases[i].text, false, &err);
        assert_int_equal(status, cases[i].told == NULL ? SP_OK : SP_CORRUPT);
        if (cases[i].told != NULL && strstr(err.english, cases[i].told) == NULL) {
            fail_msg("case %zu: expected \"%s\", told \"%s\"", i, cases[i].told, err.english);
        }
    }
}

static void what_is_wrong_in_a_table_is_told_with_its_line(void **state)
{
    (void)state;
    static const struct {
        const char *file;
        const char *row;
        const char *told;
    } cases[] = {
        {"thresholds.tsv", "national\tany\t2026-05-01\t-\t-\t1\tlaw\tx\n", "two amounts"},
        {"thresholds.tsv", "national\tany\t2010-01-01\t2010-13-01\t-\t1\tlaw\tx\n", "bad period"},
        {"thresholds.tsv", "regional\tany\t2010-01-01\t-\t-\t1\tlaw\tx\n", "unknown word"},
        {"thresholds.tsv", "national\tany\t2010-01-01\t2011-01-01\t-\t0\tlaw\tx\n", "bad number"},
        {"thresholds.tsv", "national\tany\n", "too few fields"},
        {"cpv_lists.tsv", "art361\t8500000\t85000000\tlaw\n", "8 digits"},
        {"cpv_lists.tsv", "art361\t85100000\t85000000\tlaw\n", "backwards"},
        {"cpv_lists.tsv", "art999\t85100000\t85100000\tlaw\n", "unknown word"},
        {"groups.tsv", "POETS\tyes\tyes\tyes\tpoeci\tpoets\n", "unknown group"},
        {"groups.tsv", "DISABLED\tyes\tyes\tyes\tx\ty\n", "given twice"},
        {"groups.tsv", "ANY_ART_94\tyes\tperhaps\tyes\tx\ty\n", "unknown word"},
        {"criteria.tsv", "luck\tszczęście\n", "unknown word"},
        {"criteria.tsv", "price\t\n", "empty field"},
    };
    for (size_t i = 0; i < SP_COUNT(cases); i++) {
        struct sp_error err = {0};
        assert_int_equal(open_changed(cases[i].file, cases[i].row, true, &err), SP_CORRUPT);
        if (strstr(err.english, cases[i].told) == NULL ||
            strstr(err.english, cases[i].file) == NULL || strstr(err.english, "line ") == NULL) {
            fail_msg("case %zu: expected \"%s\", told \"%s\"", i, cases[i].told, err.english);
        }
    }
}

static void a_missing_folder_is_told(void **state)
{
    (void)state;
    struct sp_rulebook *none = NULL;
    struct sp_error err = {0};
    assert_int_equal(sp_rulebook_open("/nowhere", &none, &err), SP_NOT_FOUND);
    assert_null(none);
}

static void rules_are_found_by_day(void **state)
{
    (void)state;
    assert_null(sp_rule_find(book, "PZP94", day("2020-12-31")));
    assert_non_null(sp_rule_find(book, "PZP94", day("2021-01-01")));
    assert_null(sp_rule_find(book, "CERT2026", day("2026-07-11")));
    assert_non_null(sp_rule_find(book, "CERT2026", day("2026-07-12")));
    char id[8];
    for (int i = 1; i <= 32; i++) {
        (void)snprintf(id, sizeof id, "K%02d", i);
        assert_non_null(sp_rule_find(book, id, day("2026-11-22")));
    }
    assert_int_equal(sp_rule_find(book, "K01", day("2026-11-22"))->certainty,
                     SP_CERTAINTY_INTERPRETATION);
    assert_int_equal(sp_rule_find(book, "K01", day("2026-11-22"))->confidence_percent, 78);
    assert_true(strlen(sp_rulebook_version(book)) > 0);
}

static void thresholds_change_at_the_turn_of_the_year(void **state)
{
    (void)state;
    static const struct {
        enum sp_threshold_kind kind;
        enum sp_buyer_class buyer;
        const char *day;
        int64_t zloty;
        int64_t euro;
    } cases[] = {
        {SP_THRESHOLD_NATIONAL, SP_BUYER_LOCAL, "2025-12-31", 130000, -1},
        {SP_THRESHOLD_NATIONAL, SP_BUYER_LOCAL, "2026-01-01", 170000, -1},
        {SP_THRESHOLD_EU, SP_BUYER_LOCAL, "2023-12-31", 957524, 215000},
        {SP_THRESHOLD_EU, SP_BUYER_LOCAL, "2025-12-31", 1024799, 221000},
        {SP_THRESHOLD_EU, SP_BUYER_LOCAL, "2026-01-01", 930960, 216000},
        {SP_THRESHOLD_EU, SP_BUYER_CENTRAL, "2026-01-01", 603400, 140000},
        {SP_THRESHOLD_EU_WORKS, SP_BUYER_LOCAL, "2026-01-01", 23291240, 5404000},
        {SP_THRESHOLD_EU_SOCIAL, SP_BUYER_LOCAL, "2026-01-01", 3232500, 750000},
        {SP_THRESHOLD_EU_SOCIAL, SP_BUYER_SECTORAL, "2026-01-01", 4310000, 1000000},
    };
    for (size_t i = 0; i < SP_COUNT(cases); i++) {
        const struct sp_threshold *found =
            sp_threshold_find(book, cases[i].kind, cases[i].buyer, day(cases[i].day));
        assert_non_null(found);
        assert_int_equal(found->grosz, cases[i].zloty * 100);
        assert_int_equal(found->euro, cases[i].euro);
    }
    assert_null(sp_threshold_find(book, SP_THRESHOLD_EU, SP_BUYER_LOCAL, day("2028-01-01")));
    assert_null(sp_threshold_find(book, SP_THRESHOLD_NATIONAL, SP_BUYER_LOCAL, day("2020-12-31")));
}

static void the_three_group_lists_stay_apart(void **state)
{
    (void)state;
    const Spoina__V1__SocialGroup homeless = SPOINA__V1__SOCIAL_GROUP__SOCIAL_GROUP_HOMELESS;
    const Spoina__V1__SocialGroup senior = SPOINA__V1__SOCIAL_GROUP__SOCIAL_GROUP_SENIOR;
    const Spoina__V1__SocialGroup juvenile = SPOINA__V1__SOCIAL_GROUP__SOCIAL_GROUP_JUVENILE_WORKER;
    assert_int_equal(sp_group_listed(book, SP_GROUPS_ART_94, homeless), SP_LISTED_YES);
    assert_int_equal(sp_group_listed(book, SP_GROUPS_ES_ACT, homeless), SP_LISTED_NO);
    assert_int_equal(sp_group_listed(book, SP_GROUPS_ART_94, senior), SP_LISTED_NO);
    assert_int_equal(sp_group_listed(book, SP_GROUPS_ES_ACT, senior), SP_LISTED_YES);
    assert_int_equal(sp_group_listed(book, SP_GROUPS_ART_96, juvenile), SP_LISTED_YES);
    assert_int_equal(sp_group_listed(book, SP_GROUPS_ART_94, juvenile), SP_LISTED_NO);
    for (int group = 1; group <= SPOINA__V1__SOCIAL_GROUP__SOCIAL_GROUP_ADDICTED; group++) {
        assert_non_null(sp_group_polish(book, (Spoina__V1__SocialGroup)group));
        assert_non_null(sp_group_english(book, (Spoina__V1__SocialGroup)group));
    }
}

static void cpv_lists_hold_codes_and_ranges(void **state)
{
    (void)state;
    enum sp_certainty certainty = SP_CERTAINTY_LAW;
    assert_true(sp_cpv_listed(book, SP_CPV_ART_361, "85312310-5", &certainty));
    assert_int_equal(certainty, SP_CERTAINTY_LAW);
    assert_true(sp_cpv_listed(book, SP_CPV_ART_361, "85000000", NULL));
    assert_true(sp_cpv_listed(book, SP_CPV_ART_361, "85323000", NULL));
    assert_false(sp_cpv_listed(book, SP_CPV_ART_361, "55520000", NULL));
    assert_true(sp_cpv_listed(book, SP_CPV_ANNEX_XIV, "55520000", &certainty));
    assert_int_equal(certainty, SP_CERTAINTY_DOUBTFUL);
    assert_false(sp_cpv_listed(book, SP_CPV_ANNEX_XIV, "98310000", NULL));
    assert_false(sp_cpv_listed(book, SP_CPV_ANNEX_XIV, "8531", NULL));
}

static void numbers_are_printed_as_each_language_does(void **state)
{
    (void)state;
    assert_string_equal(sp_say_money_polish(123456789).text, "1\u00a0234\u00a0567,89\u00a0zł");
    assert_string_equal(sp_say_money_polish(5).text, "0,05\u00a0zł");
    assert_string_equal(sp_say_money_english(17000000).text, "PLN\u00a0170,000.00");
    assert_string_equal(sp_say_percent_polish(6, 18).text, "33,3\u00a0%");
    assert_string_equal(sp_say_percent_english(2999, 10000).text, "29.9\u00a0%");
    assert_string_equal(sp_say_day_polish(day("2025-12-31")).text, "31.12.2025");
    assert_string_equal(sp_say_day_english(day("2026-01-01")).text, "1 January 2026");
    static const struct {
        uint64_t count;
        const char *form;
    } plurals[] = {{0, "many"},  {1, "one"},  {2, "few"},    {5, "many"},
                   {12, "many"}, {22, "few"}, {112, "many"}, {101, "many"}};
    for (size_t i = 0; i < SP_COUNT(plurals); i++) {
        assert_string_equal(sp_say_plural(plurals[i].count, "one", "few", "many"), plurals[i].form);
    }
}

/* A cooperative with 6 of 18, as in the sentence of the reference. */
struct sample {
    Spoina__V1__Entity entity;
    Spoina__V1__Employment employment;
    Spoina__V1__GroupCount group;
    Spoina__V1__Employment *employments[1];
    Spoina__V1__GroupCount *groups[1];
    struct sp_bidder bidder;
    struct sp_team team;
};

static void make_sample(struct sample *sample)
{
    static char name[] = "Razem";
    static char as_of[] = "2026-06-30";
    spoina__v1__entity__init(&sample->entity);
    spoina__v1__employment__init(&sample->employment);
    spoina__v1__group_count__init(&sample->group);
    sample->group.group = SPOINA__V1__SOCIAL_GROUP__SOCIAL_GROUP_ANY_ART_94;
    sample->group.persons = 6;
    sample->groups[0] = &sample->group;
    sample->employment.as_of = as_of;
    sample->employment._total_case = SPOINA__V1__EMPLOYMENT___TOTAL_TOTAL;
    sample->employment.total = 18;
    sample->employment.groups = sample->groups;
    sample->employment.n_groups = 1;
    sample->employments[0] = &sample->employment;
    sample->entity.name = name;
    sample->entity.legal_form = SPOINA__V1__LEGAL_FORM__LEGAL_FORM_SOCIAL_COOPERATIVE;
    sample->entity.employment = sample->employments;
    sample->entity.n_employment = 1;
    sample->bidder = (struct sp_bidder){.entity = &sample->entity};
    sample->team =
        (struct sp_team){.members = &sample->bidder, .count = 1, .deadline = day("2026-10-01")};
}

static void a_verdict_says_whose_and_how_much(void **state)
{
    (void)state;
    struct sample sample;
    struct sp_ruling ruling;
    struct sp_error err = {0};
    struct sp_arena *arena = sp_arena_new(1 << 20);
    struct sp_reservation options = {0};
    make_sample(&sample);
    assert_int_equal(sp_rule_art_94(book, &sample.team, &options, arena, &ruling, &err), SP_OK);
    assert_int_equal(ruling.count, 2);
    const struct sp_verdict *share = &ruling.verdicts[1];
    assert_int_equal(share->decision, SP_DECISION_MET);
    assert_int_equal(share->member, 0);
    assert_int_equal(share->value, SP_VALUE_SHARE);
    assert_int_equal(share->part, 6);
    assert_int_equal(share->whole, 18);
    assert_string_equal(share->polish,
                        "Razem: 6 z 18 zatrudnionych = 33,3\u00a0%, wymagane 30\u00a0% (stan na "
                        "30.06.2026).");
    assert_string_equal(share->english,
                        "Razem: 6 of 18 employed = 33.3\u00a0%, required 30\u00a0% (as of 30 June "
                        "2026).");
    assert_string_equal(ruling.polish, "PZP94: spełnione (art. 94 ust. 1-2, Pzp (Dz.U. 2024 poz. "
                                       "1320); prawo).");
    sp_arena_free(arena);
}

static void questions_that_make_no_sense_are_refused(void **state)
{
    (void)state;
    struct sample sample;
    struct sp_ruling ruling;
    struct sp_error err = {0};
    struct sp_arena *arena = sp_arena_new(1 << 20);
    make_sample(&sample);
    struct sp_reservation lower = {.share_percent = 29};
    assert_int_equal(sp_rule_art_94(book, &sample.team, &lower, arena, &ruling, &err), SP_INVALID);
    assert_string_equal(err.place, "share_percent");
    struct sp_condition nothing = {.kind = SP_CONDITION_REVENUE, .year = 2025};
    assert_int_equal(sp_rule_condition(book, &sample.team, &nothing, arena, &ruling, &err),
                     SP_INVALID);
    struct sp_condition nameless = {.kind = SP_CONDITION_LICENCE};
    assert_int_equal(sp_rule_condition(book, &sample.team, &nameless, arena, &ruling, &err),
                     SP_INVALID);
    assert_string_equal(err.place, "name");
    struct sp_employment_clause clause = {.persons = 1};
    assert_int_equal(sp_rule_art_96(book, &sample.team, &clause, arena, &ruling, &err), SP_INVALID);
    struct sp_team nobody = {.deadline = sample.team.deadline};
    assert_int_equal(sp_rule_exclusion(book, &nobody, arena, &ruling, &err), SP_INVALID);
    struct sp_team dayless = sample.team;
    dayless.deadline = SP_DAY_UNKNOWN;
    assert_int_equal(sp_rule_exclusion(book, &dayless, arena, &ruling, &err), SP_INVALID);
    struct sp_team early = sample.team;
    early.deadline = day("2020-12-31");
    assert_int_equal(sp_rule_exclusion(book, &early, arena, &ruling, &err), SP_NOT_FOUND);
    struct sp_regime_ruling regime;
    struct sp_purchase negative = {.value_grosz = -2, .initiated = SP_DAY_UNKNOWN};
    assert_int_equal(sp_rule_regime(book, &negative, arena, &regime, &err), SP_INVALID);
    const char *cpv[] = {"8531"};
    struct sp_purchase short_code = {.initiated = SP_DAY_UNKNOWN, .cpv = cpv, .cpv_count = 1};
    assert_int_equal(sp_rule_regime(book, &short_code, arena, &regime, &err), SP_INVALID);
    assert_string_equal(err.place, "cpv");
    sp_arena_free(arena);
}

/* Open the rulebook and evaluate a reservation and a condition. */
static enum sp_status work(void *context)
{
    struct sample *sample = context;
    struct sp_rulebook *opened = NULL;
    struct sp_ruling ruling;
    struct sp_reservation options = {0};
    struct sp_condition persons = {.kind = SP_CONDITION_PERSONS, .count = 3};
    struct sp_arena *arena = NULL;
    enum sp_status status = sp_rulebook_open(getenv("SPOINA_SHARE"), &opened, NULL);
    if (status == SP_OK) {
        arena = sp_arena_new(1 << 20);
        status = arena == NULL ? SP_NOMEM : SP_OK;
    }
    if (status == SP_OK) {
        status = sp_rule_art_94(opened, &sample->team, &options, arena, &ruling, NULL);
    }
    if (status == SP_OK) {
        status = sp_rule_condition(opened, &sample->team, &persons, arena, &ruling, NULL);
    }
    sp_arena_free(arena);
    sp_rulebook_free(opened);
    return status;
}

static void running_out_of_memory_is_an_error(void **state)
{
    (void)state;
    struct sample sample;
    enum sp_status seen = SP_OK;
    make_sample(&sample);
    int allocations = sp_fault_sweep(work, &sample, 2000, &seen);
    assert_true(allocations > 10);
    assert_int_equal(seen, SP_OK);
}

/* A small arena fails at every place in turn, and never gives a ruling with a hole in it. */
static void a_full_arena_is_an_error(void **state)
{
    (void)state;
    struct sample sample;
    struct sp_reservation options = {0};
    bool done = false;
    make_sample(&sample);
    for (size_t cap = 16; !done && cap < 8192; cap += 16) {
        struct sp_ruling ruling;
        struct sp_arena *arena = sp_arena_new(cap);
        assert_non_null(arena);
        enum sp_status status = sp_rule_art_94(book, &sample.team, &options, arena, &ruling, NULL);
        assert_true(status == SP_OK || status == SP_NOMEM);
        done = status == SP_OK;
        if (done) {
            assert_non_null(ruling.polish);
            assert_non_null(ruling.verdicts[1].english);
        }
        assert_true(cap > 16 || !done);
        sp_arena_free(arena);
    }
    assert_true(done);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_wrong_in_the_rulebook_is_told_with_its_line),
        cmocka_unit_test(what_is_wrong_in_a_table_is_told_with_its_line),
        cmocka_unit_test(a_missing_folder_is_told),
        cmocka_unit_test(rules_are_found_by_day),
        cmocka_unit_test(thresholds_change_at_the_turn_of_the_year),
        cmocka_unit_test(the_three_group_lists_stay_apart),
        cmocka_unit_test(cpv_lists_hold_codes_and_ranges),
        cmocka_unit_test(numbers_are_printed_as_each_language_does),
        cmocka_unit_test(a_verdict_says_whose_and_how_much),
        cmocka_unit_test(questions_that_make_no_sense_are_refused),
        cmocka_unit_test(running_out_of_memory_is_an_error),
        cmocka_unit_test(a_full_arena_is_an_error),
    };
    return cmocka_run_group_tests(tests, open_book, close_book);
}
