/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Invented consortium problems: the same for the same options, whole in the exchange format, and
 * with planted teams that are worth what is said of them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "benchmarks/solve/exchange_write.h"
#include "benchmarks/solve/generator.h"
#include "matcher/consortium/exchange.h"
#include "matcher/consortium/solve.h"

static struct sp_arena *new_arena(void)
{
    struct sp_arena *arena = sp_arena_new((size_t)64 << 20);
    assert_non_null(arena);
    return arena;
}

/* The problem in the exchange format; the caller frees it. */
static char *text_of(const struct sp_problem *problem, size_t *length)
{
    char *text = NULL;
    FILE *out = open_memstream(&text, length);
    assert_non_null(out);
    exchange_write(problem, out);
    assert_int_equal(fclose(out), 0);
    return text;
}

static char *generated_text(enum family family, uint64_t seed, size_t *length)
{
    struct generator_options options = {
        .family = family, .entities = 60, .requirements = 4, .seed = seed};
    struct sp_arena *arena = new_arena();
    struct sp_problem problem;
    struct planted planted;
    assert_int_equal(generate(&options, arena, &problem, &planted, NULL), SP_OK);
    char *text = text_of(&problem, length);
    sp_arena_free(arena);
    return text;
}

static void a_seed_tells_the_problem(void **state)
{
    (void)state;
    for (int family = 0; family < FAMILY_COUNT; family++) {
        size_t lengths[3];
        char *first = generated_text((enum family)family, 7, &lengths[0]);
        char *again = generated_text((enum family)family, 7, &lengths[1]);
        char *other = generated_text((enum family)family, 8, &lengths[2]);
        assert_string_equal(first, again);
        assert_string_not_equal(first, other);
        free(first);
        free(again);
        free(other);
    }
}

static void the_exchange_format_keeps_everything(void **state)
{
    (void)state;
    for (int family = 0; family < FAMILY_COUNT; family++) {
        struct sp_arena *arena = new_arena();
        struct sp_problem problem;
        struct sp_error err = {0};
        size_t length = 0;
        size_t length_again = 0;
        char *text = generated_text((enum family)family, 3, &length);
        assert_int_equal(sp_exchange_read(sp_view_from(text, length), arena, &problem, &err),
                         SP_OK);
        char *again = text_of(&problem, &length_again);
        assert_string_equal(text, again);
        free(text);
        free(again);
        sp_arena_free(arena);
    }
}

static void a_planted_team_is_worth_what_is_said(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < 200; seed++) {
        struct generator_options options = {.family = FAMILY_PLANTED,
                                            .entities = 30,
                                            .requirements = 1 + (int32_t)(seed % 12),
                                            .seed = seed};
        struct sp_arena *arena = new_arena();
        struct sp_problem problem;
        struct planted planted;
        struct sp_solved_team team;
        assert_int_equal(generate(&options, arena, &problem, &planted, NULL), SP_OK);
        assert_in_range(planted.count, 2, 4);
        assert_true(sp_team_value(&problem, planted.members, planted.count, &team));
        assert_true(team.complete);
        assert_true(team.score >= planted.score);
        sp_arena_free(arena);
    }
}

static void options_out_of_range_are_refused(void **state)
{
    (void)state;
    struct sp_arena *arena = new_arena();
    struct sp_problem problem;
    struct planted planted;
    struct sp_error err = {0};
    struct generator_options few = {.family = FAMILY_EQUAL, .entities = 7, .requirements = 3};
    struct generator_options many = {.family = FAMILY_EQUAL, .entities = 20, .requirements = 17};
    assert_int_equal(generate(&few, arena, &problem, &planted, &err), SP_INVALID);
    assert_int_equal(generate(&many, arena, &problem, &planted, &err), SP_INVALID);
    assert_int_equal(family_named("unheard-of"), FAMILY_COUNT);
    sp_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_seed_tells_the_problem),
                                       cmocka_unit_test(the_exchange_format_keeps_everything),
                                       cmocka_unit_test(a_planted_team_is_worth_what_is_said),
                                       cmocka_unit_test(options_out_of_range_are_refused)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
