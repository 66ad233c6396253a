/* SPDX-License-Identifier: EUPL-1.2 */
/** @file Weights, totals, bands and the ranking of entities: integers only. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "matcher/scoring/parts.h"
#include "matcher/scoring/pool.h"
#include "matcher/scoring/tie.h"

static Spoina__V1__Weights weights_of(uint32_t text, uint32_t cpv, uint32_t place,
                                      uint32_t capacity, uint32_t evidence)
{
    Spoina__V1__Weights weights = SPOINA__V1__WEIGHTS__INIT;
    weights.text = text;
    weights.cpv = cpv;
    weights.place = place;
    weights.capacity = capacity;
    weights.evidence = evidence;
    return weights;
}

static void default_weights_make_a_thousand(void **state)
{
    (void)state;
    struct sp_weights weights;
    assert_int_equal(sp_weights_read(NULL, &weights, NULL), SP_OK);
    struct sp_parts full;
    for (size_t i = 0; i < SP_PART_COUNT; i++) {
        full.part[i] = (struct sp_part_score){SP_PERMILLE, false};
    }
    assert_int_equal(sp_total(&weights, &full), 1000);
}

static void other_weights_must_make_a_thousand(void **state)
{
    (void)state;
    struct sp_weights weights;
    struct sp_error error = {0};
    Spoina__V1__Weights good = weights_of(0, 0, 1000, 0, 0);
    assert_int_equal(sp_weights_read(&good, &weights, &error), SP_OK);
    Spoina__V1__Weights short_of = weights_of(400, 250, 200, 100, 49);
    assert_int_equal(sp_weights_read(&short_of, &weights, &error), SP_INVALID);
    assert_string_equal(error.place, "weights");
    assert_non_null(strstr(error.polish, "999"));
    Spoina__V1__Weights none = weights_of(0, 0, 0, 0, 0);
    assert_int_equal(sp_weights_read(&none, &weights, &error), SP_INVALID);
    /* A sum that wraps around 32 bits is no thousand. */
    Spoina__V1__Weights huge = weights_of(UINT32_MAX, 1001, 0, 0, 0);
    assert_int_equal(sp_weights_read(&huge, &weights, &error), SP_INVALID);
}

static void points_are_rounded_down_part_by_part(void **state)
{
    (void)state;
    struct sp_weights weights = {{333, 333, 334, 0, 0}};
    struct sp_parts parts = {{{500, false}, {999, false}, {1, false}, {1000, false}, {0, false}}};
    assert_int_equal(sp_points(&weights, &parts, SP_PART_TEXT), 166);
    assert_int_equal(sp_points(&weights, &parts, SP_PART_CPV), 332);
    assert_int_equal(sp_points(&weights, &parts, SP_PART_PLACE), 0);
    assert_int_equal(sp_points(&weights, &parts, SP_PART_CAPACITY), 0);
    assert_int_equal(sp_total(&weights, &parts), 498);
}

static void only_words_or_codes_make_an_offer_relevant(void **state)
{
    (void)state;
    struct sp_parts parts = {{{0, false}, {0, false}, {1000, false}, {1000, false}, {1000, false}}};
    assert_false(sp_is_relevant(&parts));
    parts.part[SP_PART_TEXT].permille = SP_TEXT_MIN_PERMILLE;
    assert_true(sp_is_relevant(&parts));
    parts.part[SP_PART_TEXT].permille = SP_TEXT_MIN_PERMILLE - 1;
    assert_false(sp_is_relevant(&parts));
    parts.part[SP_PART_CPV] = (struct sp_part_score){SP_CPV_MIN_PERMILLE, false};
    assert_true(sp_is_relevant(&parts));
    parts.part[SP_PART_CPV].unknown = true;
    assert_false(sp_is_relevant(&parts));
}

static void bands_divide_the_range(void **state)
{
    (void)state;
    assert_int_equal(sp_band(0), SPOINA__V1__BAND__BAND_WEAK);
    assert_int_equal(sp_band(399), SPOINA__V1__BAND__BAND_WEAK);
    assert_int_equal(sp_band(400), SPOINA__V1__BAND__BAND_PARTIAL);
    assert_int_equal(sp_band(600), SPOINA__V1__BAND__BAND_GOOD);
    assert_int_equal(sp_band(800), SPOINA__V1__BAND__BAND_EXCELLENT);
    assert_int_equal(sp_band(1000), SPOINA__V1__BAND__BAND_EXCELLENT);
}

/** A pool of two requirements with @p count entities of the given totals; 0: not relevant. */
static struct sp_pool pool_of(struct sp_pool_entity *entities, size_t count)
{
    return (struct sp_pool){.requirement_count = 2, .entities = entities, .count = count};
}

static void entities_are_ranked_by_their_scores(void **state)
{
    (void)state;
    struct sp_arena *arena = sp_arena_new(1 << 16);
    struct sp_pool_entity entities[] = {
        {.score = 450, .covered = 1, .tie = 2},
        {.score = 500, .covered = 3, .tie = 3},
        {.score = 0, .covered = 0, .tie = 1}, /* invited, and nothing speaks for it */
        {.score = 449, .covered = 2, .tie = 5},
    };
    struct sp_pool pool = pool_of(entities, SP_COUNT(entities));
    const uint32_t *ranked = NULL;
    size_t count = 0;
    assert_int_equal(sp_pool_rank(&pool, arena, &ranked, &count, NULL), SP_OK);
    assert_int_equal(count, 3);
    assert_int_equal(ranked[0], 1);
    assert_int_equal(ranked[1], 0);
    assert_int_equal(ranked[2], 3);
    sp_arena_free(arena);
}

static void ties_favour_coverage_then_nobody(void **state)
{
    (void)state;
    struct sp_arena *arena = sp_arena_new(1 << 16);
    struct sp_pool_entity entities[] = {
        {.score = 400, .covered = 1, .tie = 50},
        {.score = 400, .covered = 2, .tie = 40},
        {.score = 400, .covered = 3, .tie = 90},
    };
    struct sp_pool pool = pool_of(entities, SP_COUNT(entities));
    const uint32_t *ranked = NULL;
    size_t count = 0;
    assert_int_equal(sp_pool_rank(&pool, arena, &ranked, &count, NULL), SP_OK);
    assert_int_equal(ranked[0], 2);
    assert_int_equal(ranked[1], 1); /* by the key, not by the order of arrival */
    assert_int_equal(ranked[2], 0);
    sp_arena_free(arena);
}

static void the_tie_key_depends_on_all_three(void **state)
{
    (void)state;
    uint64_t key = sp_tie_key(1, 2, 3);
    assert_true(key == sp_tie_key(1, 2, 3));
    assert_true(key != sp_tie_key(2, 2, 3));
    assert_true(key != sp_tie_key(1, 3, 3));
    assert_true(key != sp_tie_key(1, 2, 4));
    /* Over many needs each of two offers comes first about as often. */
    int first = 0;
    for (uint64_t need = 0; need < 1000; need++) {
        first += sp_tie_key(need, 1, 100) < sp_tie_key(need, 1, 200);
    }
    assert_in_range(first, 430, 570); /* 500 +- 4.4 standard deviations */
}

static void nobody_ranked_is_no_failure(void **state)
{
    (void)state;
    struct sp_arena *arena = sp_arena_new(1 << 12);
    struct sp_pool pool = pool_of(NULL, 0);
    const uint32_t *ranked = NULL;
    size_t count = 1;
    assert_int_equal(sp_pool_rank(&pool, arena, &ranked, &count, NULL), SP_OK);
    assert_int_equal(count, 0);
    sp_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(default_weights_make_a_thousand),
        cmocka_unit_test(other_weights_must_make_a_thousand),
        cmocka_unit_test(points_are_rounded_down_part_by_part),
        cmocka_unit_test(only_words_or_codes_make_an_offer_relevant),
        cmocka_unit_test(bands_divide_the_range),
        cmocka_unit_test(entities_are_ranked_by_their_scores),
        cmocka_unit_test(ties_favour_coverage_then_nobody),
        cmocka_unit_test(the_tie_key_depends_on_all_three),
        cmocka_unit_test(nobody_ranked_is_no_failure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
