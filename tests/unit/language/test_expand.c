/* SPDX-License-Identifier: EUPL-1.2 */
/** @file Query words without diacritics and with one typing error reach their lemmas. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/memory.h"
#include "matcher/language/language.h"

struct fixture {
    struct sp_language *language;
    struct sp_analyser *analyser;
    struct sp_arena *arena;
};

static int open_fixture(void **state)
{
    struct fixture *fixture = sp_calloc(1, sizeof *fixture);
    assert_non_null(fixture);
    assert_int_equal(sp_language_open(getenv("SPOINA_SHARE"), &fixture->language, NULL), SP_OK);
    assert_int_equal(sp_analyser_new(fixture->language, &fixture->analyser, NULL), SP_OK);
    fixture->arena = sp_arena_new(16 * 1024 * 1024);
    assert_non_null(fixture->arena);
    *state = fixture;
    return 0;
}

static int close_fixture(void **state)
{
    struct fixture *fixture = *state;
    sp_arena_free(fixture->arena);
    sp_analyser_free(fixture->analyser);
    sp_language_free(fixture->language);
    sp_free(fixture);
    return 0;
}

static struct sp_candidate_list expand(struct fixture *fixture, const char *word, unsigned flags)
{
    struct sp_candidate_list list = {.count = 0};
    sp_arena_reset(fixture->arena);
    assert_int_equal(
        sp_expand(fixture->analyser, sp_view_of(word), flags, fixture->arena, &list, NULL), SP_OK);
    return list;
}

/* The origin by which `lemma` is reached, or -1. */
static int origin_of(struct fixture *fixture, const char *word, unsigned flags, const char *lemma)
{
    struct sp_candidate_list list = expand(fixture, word, flags);
    for (size_t i = 0; i < list.count; i++) {
        if (sp_view_is(list.items[i].lemma, lemma)) {
            return (int)list.items[i].origin;
        }
    }
    return -1;
}

static const unsigned both = SP_EXPAND_DIACRITICS | SP_EXPAND_TYPO;

static void words_without_diacritics_reach_theirs(void **state)
{
    assert_int_equal(origin_of(*state, "uslugi", both, "usługa"), SP_ORIGIN_DIACRITICS);
    assert_int_equal(origin_of(*state, "sprzatania", both, "sprzątanie"), SP_ORIGIN_DIACRITICS);
    assert_int_equal(origin_of(*state, "lodz", both, "łódź"), SP_ORIGIN_DIACRITICS);
    assert_int_equal(origin_of(*state, "zolty", both, "żółty"), SP_ORIGIN_DIACRITICS);
    assert_int_equal(origin_of(*state, "ŁODZ", both, "łódź"), SP_ORIGIN_DIACRITICS);
    assert_int_equal(origin_of(*state, "uslugi", 0, "usługa"), -1);
}

static void a_known_word_keeps_the_first_place(void **state)
{
    struct sp_candidate_list list = expand(*state, "sad", both);
    assert_true(list.count >= 2);
    assert_true(sp_view_is(list.items[0].lemma, "sad"));
    assert_int_equal(list.items[0].origin, SP_ORIGIN_EXACT);
    assert_int_equal(origin_of(*state, "sad", both, "sąd"), SP_ORIGIN_DIACRITICS);
    assert_int_equal(origin_of(*state, "sąd", both, "sad"), -1);
}

static void each_kind_of_error_is_forgiven(void **state)
{
    static const char *const words[] = {
        "sprzątaine",  /* swap */
        "spzątanie",   /* a letter too few */
        "sprzzątanie", /* a letter too many */
        "sprzątamie",  /* another letter */
        "xprzątanie",  /* the first letter */
        "przątanie",   /* the first letter missing */
        "psrzątanie",  /* the first two swapped */
        "sprzataine",  /* without diacritics as well */
    };
    for (size_t i = 0; i < SP_COUNT(words); i++) {
        assert_int_equal(origin_of(*state, words[i], both, "sprzątanie"), SP_ORIGIN_TYPO);
        assert_int_equal(origin_of(*state, words[i], SP_EXPAND_DIACRITICS, "sprzątanie"), -1);
    }
    assert_int_equal(origin_of(*state, "wrocalw", both, "wrocław"), SP_ORIGIN_TYPO);
}

static void errors_are_sought_in_known_words_only_on_demand(void **state)
{
    assert_int_equal(origin_of(*state, "kostka", both, "kosztka"), -1);
    assert_int_equal(origin_of(*state, "pranie", both, "branie"), -1);
    assert_int_equal(origin_of(*state, "pranie", both | SP_EXPAND_TYPO_EVEN_IF_KNOWN, "branie"),
                     SP_ORIGIN_TYPO);
}

static void unknown_words_are_guessed_last(void **state)
{
    struct sp_candidate_list list = expand(*state, "trumpa", both);
    assert_true(list.count > 1);
    assert_int_equal(list.items[list.count - 1].origin, SP_ORIGIN_GUESS);
    assert_int_equal(origin_of(*state, "trumpa", both, "trump"), SP_ORIGIN_GUESS);
}

static void bad_words_are_refused(void **state)
{
    struct fixture *fixture = *state;
    struct sp_candidate_list list;
    struct sp_error err;
    char longer[SP_FORM_MAX_BYTES + 1];
    memset(longer, 'a', sizeof longer);
    assert_int_equal(
        sp_expand(fixture->analyser, sp_view_from("a\xFF", 2), both, fixture->arena, &list, &err),
        SP_INVALID);
    assert_int_equal(sp_expand(fixture->analyser, sp_view_from(longer, sizeof longer), both,
                               fixture->arena, &list, &err),
                     SP_LIMIT);
    assert_int_equal(expand(fixture, "", both).count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_without_diacritics_reach_theirs),
        cmocka_unit_test(a_known_word_keeps_the_first_place),
        cmocka_unit_test(each_kind_of_error_is_forgiven),
        cmocka_unit_test(errors_are_sought_in_known_words_only_on_demand),
        cmocka_unit_test(unknown_words_are_guessed_last),
        cmocka_unit_test(bad_words_are_refused),
    };
    return cmocka_run_group_tests(tests, open_fixture, close_fixture);
}
