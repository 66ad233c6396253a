/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Percolation answers as asking every question one by one does, over random questions and needs;
 * and it asks few of them. With an argument: so many questions, and how long both ways take.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <cmocka.h>

#include "matcher/needs/percolator.h"
#include "tests/unit/needs/support.h"

enum { QUESTIONS = 1500, NEEDS = 60, SEED = 20261122 };

static size_t questions = QUESTIONS;

static const char *const WORDS[] = {"sprzątanie", "catering", "koszenie trawy", "opieka",
                                    "transport",  "remont",   "pranie",         "szkolenie",
                                    "ochrona",    "",         "dowóz posiłków", "odśnieżanie"};
static const char *const CODES[] = {"90910000", "55523100", "77310000", "85311100",
                                    "60130000", "45400000", "98310000", "80500000",
                                    "79710000", "",         "90919200", "55520000"};
static const char *const PLACES[] = {"0262", "Legnica", "0264",    "02",      "0201",
                                     "1465", "",        "Wrocław", "0209011", "Bolesławiec"};
static const char *const DAYS[] = {"", "2026-11-30", "2026-12-24", "2027-03-01"};

/** xorshift; the same numbers everywhere. */
static uint64_t next_random(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

#define PICK(list, state) (list)[next_random(state) % SP_COUNT(list)]

struct answers {
    int64_t *ids;
    size_t count;
};

static enum sp_status note(void *context, int64_t id, struct sp_error *err)
{
    struct answers *answers = context;
    (void)err;
    answers->ids[answers->count++] = id;
    return SP_OK;
}

static double now_us(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

static struct sp_need_query *make_questions(const struct test_needs *test, uint64_t *state)
{
    struct sp_need_query *queries = calloc(questions, sizeof *queries);
    assert_non_null(queries);
    for (size_t i = 0; i < questions; i++) {
        char code[9];
        (void)snprintf(code, sizeof code, "%s", PICK(CODES, state));
        size_t cut = 2 + next_random(state) % 7;
        if (cut < sizeof code && code[0] != '\0') {
            code[cut] = '\0';
        }
        queries[i] =
            test_query(test, PICK(WORDS, state), PICK(PLACES, state), code, PICK(DAYS, state));
    }
    return queries;
}

static void it_answers_as_one_by_one(void **state)
{
    (void)state;
    struct test_needs test;
    struct sp_percolator *percolator = NULL;
    uint64_t random = SEED;
    double percolating = 0;
    double asking = 0;
    size_t asked_in_all = 0;
    size_t found_in_all = 0;
    test_needs_open(&test);
    struct sp_need_query *queries = make_questions(&test, &random);
    struct answers answers = {calloc(questions, sizeof(int64_t)), 0};
    assert_int_equal(sp_percolator_new(&percolator, NULL), SP_OK);
    for (size_t i = 0; i < questions; i++) {
        assert_int_equal(sp_percolator_add(percolator, (int64_t)i, &queries[i], NULL), SP_OK);
    }
    assert_int_equal(sp_percolator_finish(percolator, NULL), SP_OK);
    for (size_t n = 0; n < NEEDS; n++) {
        char title[128];
        size_t asked = 0;
        (void)snprintf(title, sizeof title, "Usługa: %s i %s", PICK(WORDS, &random),
                       PICK(WORDS, &random));
        const Spoina__V1__Need *need = test_need(&test, "x", title, PICK(CODES, &random),
                                                 PICK(PLACES, &random), PICK(DAYS, &random));
        struct sp_need_keys keys = test_keys(&test, need);
        sp_day until = sp_need_open_until(need->draft);
        answers.count = 0;
        double begun = now_us();
        assert_int_equal(
            sp_percolator_ask(percolator, &keys, until, test.arena, note, &answers, &asked, NULL),
            SP_OK);
        percolating += now_us() - begun;
        asked_in_all += asked;
        found_in_all += answers.count;
        size_t at = 0;
        begun = now_us();
        for (size_t i = 0; i < questions; i++) {
            if (sp_need_query_holds(&queries[i], &keys, until)) {
                assert_true(at < answers.count && answers.ids[at] == (int64_t)i);
                at++;
            }
        }
        asking += now_us() - begun;
        assert_int_equal(at, answers.count);
    }
    assert_true(found_in_all > NEEDS);
    assert_true(asked_in_all < NEEDS * questions / 2);
    print_message("%zu questions, %d needs: %zu answered, %zu asked in full; %.0f us a need "
                  "percolating, %.0f us one by one (x %.1f)\n",
                  questions, NEEDS, found_in_all, asked_in_all, percolating / NEEDS, asking / NEEDS,
                  asking / percolating);
    sp_percolator_free(percolator);
    free(answers.ids);
    free(queries);
    test_needs_close(&test);
}

static void a_question_survives_being_written(void **state)
{
    (void)state;
    struct test_needs test;
    struct sp_need_query read;
    struct sp_buffer written, again;
    test_needs_open(&test);
    struct sp_need_query query =
        test_query(&test, "sprzątania biur", "powiat legnicki", "9091", "2026-12-01");
    sp_buffer_init(&written, SP_QUERY_MAX_BYTES);
    sp_buffer_init(&again, SP_QUERY_MAX_BYTES);
    sp_need_query_write(&query, &written);
    assert_int_equal(sp_need_query_parse(sp_buffer_view(&written), test.arena, &read, NULL), SP_OK);
    sp_need_query_write(&read, &again);
    assert_true(sp_view_equal(sp_buffer_view(&written), sp_buffer_view(&again)));
    assert_non_null(strstr(written.data, "p0209*"));
    assert_non_null(strstr(written.data, "c9091*"));
    assert_int_equal(sp_need_query_parse(sp_view_of("nonsense"), test.arena, &read, NULL),
                     SP_CORRUPT);
    sp_buffer_release(&written);
    sp_buffer_release(&again);
    test_needs_close(&test);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_answers_as_one_by_one),
        cmocka_unit_test(a_question_survives_being_written),
    };
    questions = argc > 1 ? strtoul(argv[1], NULL, 10) : QUESTIONS;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
