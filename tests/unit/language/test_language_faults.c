/* SPDX-License-Identifier: EUPL-1.2 */
/** @file Out of memory at any allocation of opening, analysing and expanding is an error and no
 * more. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "matcher/language/language.h"
#include "tests/lib/fault.h"

enum { ROUNDS_MAX = 500, ARENA_BYTES = 4 << 20 };

static enum sp_status analyse_and_expand(struct sp_analyser *analyser, struct sp_arena *arena)
{
    struct sp_token_list tokens;
    struct sp_candidate_list candidates;
    struct sp_error err;
    enum sp_status status = sp_analyse(
        analyser, sp_view_of("Usługi ogrodniczo-porządkowe przy ul. Café 170m2 w XYZqwerty"), 0,
        arena, &tokens, &err);
    if (status == SP_OK) {
        status = sp_expand(analyser, sp_view_of("sprzataine"),
                           SP_EXPAND_DIACRITICS | SP_EXPAND_TYPO, arena, &candidates, &err);
    }
    return status;
}

static enum sp_status work(void *context)
{
    struct sp_language *language = NULL;
    struct sp_analyser *analyser = NULL;
    struct sp_error err;
    struct sp_arena *arena = sp_arena_new(ARENA_BYTES);
    enum sp_status status = arena == NULL ? SP_NOMEM : SP_OK;
    if (status == SP_OK) {
        status = sp_language_open(context, &language, &err);
    }
    if (status == SP_OK) {
        status = sp_analyser_new(language, &analyser, &err);
    }
    if (status == SP_OK) {
        status = analyse_and_expand(analyser, arena);
    }
    sp_analyser_free(analyser);
    sp_language_free(language);
    sp_arena_free(arena);
    return status;
}

static void every_failed_allocation_is_an_error(void **state)
{
    (void)state;
    enum sp_status seen = SP_INTERNAL;
    int count = sp_fault_sweep(work, getenv("SPOINA_SHARE"), ROUNDS_MAX, &seen);
    assert_true(count > 10);
    assert_int_equal(seen, SP_OK);
}

static void a_full_arena_is_an_error(void **state)
{
    (void)state;
    struct sp_language *language = NULL;
    struct sp_analyser *analyser = NULL;
    struct sp_token_list tokens;
    assert_int_equal(sp_language_open(getenv("SPOINA_SHARE"), &language, NULL), SP_OK);
    assert_int_equal(sp_analyser_new(language, &analyser, NULL), SP_OK);
    struct sp_arena *arena = sp_arena_new(64);
    assert_non_null(arena);
    assert_int_equal(sp_analyse(analyser, sp_view_of("raz dwa trzy"), 0, arena, &tokens, NULL),
                     SP_NOMEM);
    sp_arena_free(arena);
    sp_analyser_free(analyser);
    sp_language_free(language);
}

static void missing_tables_are_named(void **state)
{
    (void)state;
    struct sp_language *language = NULL;
    struct sp_error err;
    assert_int_equal(sp_language_open("/nonexistent", &language, &err), SP_NOT_FOUND);
    assert_non_null(strstr(err.polish, "/nonexistent"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_failed_allocation_is_an_error),
        cmocka_unit_test(a_full_arena_is_an_error),
        cmocka_unit_test(missing_tables_are_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
