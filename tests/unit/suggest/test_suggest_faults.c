/* SPDX-License-Identifier: EUPL-1.2 */
/** @file Out of memory at every allocation of opening, learning and suggesting. */
#include "tests/unit/suggest/suggest_opened.h"

#include "base/memory.h"
#include "matcher/suggest/code_phrases.h"
#include "matcher/suggest/label_terms.h"
#include "tests/lib/fault.h"

enum { ALLOCATIONS_MOST = 2000 };

static struct suggest_opened all;

static int open_once(void **state)
{
    (void)state;
    open_suggester(&all);
    return 0;
}

static int close_once(void **state)
{
    (void)state;
    close_suggester(&all);
    return 0;
}

static const char text[] = "Sprzatanie biur i pielęgnacja zieleni w Legnicy\n"
                           "Utrzymanie czystości, koszenie trawników, bez mycia okien.";

static enum sp_status learn_and_ask(void *context)
{
    (void)context;
    const struct sp_cpv *code = code_of(&all, "90910000");
    struct sp_lessons_builder *builder = NULL;
    struct sp_lessons *lessons = NULL;
    struct sp_suggest_request request = {
        .text = sp_view_of(text), .given = &code, .given_count = 1};
    struct sp_suggest_answer answer = {0};
    struct sp_arena *arena = sp_arena_new(ANSWER_BYTES);
    enum sp_status status =
        arena == NULL ? SP_NOMEM : sp_lessons_builder_new(all.tables.vocabulary, &builder, NULL);
    for (int i = 0; i < 3 && status == SP_OK; i++) {
        status = sp_suggest_learn(builder, all.tables.analyser, sp_view_of(text), &code, 1, NULL);
    }
    if (status == SP_OK) {
        status = sp_lessons_builder_finish(builder, &lessons, NULL);
    }
    if (status == SP_OK) {
        status = sp_suggest_codes(all.suggester, lessons, all.tables.analyser, &request, arena,
                                  &answer, NULL);
    }
    if (status == SP_OK) {
        assert_int_equal(answer.agreement, SP_AGREEMENT_AGREES);
        assert_int_equal(answer.count, SP_SUGGEST_LIMIT_DEFAULT);
    }
    sp_lessons_unref(lessons);
    sp_lessons_builder_free(builder);
    sp_arena_free(arena);
    return status;
}

static void learning_and_suggesting_survive_the_loss_of_any_allocation(void **state)
{
    (void)state;
    enum sp_status seen;
    int rounds = sp_fault_sweep(learn_and_ask, NULL, ALLOCATIONS_MOST, &seen);
    print_message("%d allocations\n", rounds);
    assert_int_equal(seen, SP_OK);
    assert_true(rounds > 5);
}

static enum sp_status open_all_tables(void *context)
{
    (void)context;
    struct sp_suggester *suggester = NULL;
    enum sp_status status = sp_suggester_open(getenv("SPOINA_SHARE"), all.tables.vocabulary,
                                              all.tables.analyser, &suggester, NULL);
    sp_suggester_free(suggester);
    return status;
}

static void opening_survives_the_loss_of_any_allocation(void **state)
{
    (void)state;
    enum sp_status seen;
    int rounds = sp_fault_sweep(open_all_tables, NULL, ALLOCATIONS_MOST, &seen);
    print_message("%d allocations\n", rounds);
    assert_int_equal(seen, SP_OK);
    assert_true(rounds > 5);
}

static void a_small_arena_is_a_limit_or_too_little_memory(void **state)
{
    (void)state;
    for (size_t bytes = 1024; bytes < 4 << 20; bytes *= 2) {
        struct sp_suggest_request request = {.text = sp_view_of(text)};
        struct sp_suggest_answer answer;
        struct sp_error err = {0};
        struct sp_arena *arena = sp_arena_new(bytes);
        assert_non_null(arena);
        enum sp_status status = sp_suggest_codes(all.suggester, NULL, all.tables.analyser, &request,
                                                 arena, &answer, &err);
        assert_true(status == SP_OK || status == SP_NOMEM || status == SP_LIMIT);
        assert_true((status == SP_OK) == (answer.count > 0));
        sp_arena_free(arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(learning_and_suggesting_survive_the_loss_of_any_allocation),
        cmocka_unit_test(opening_survives_the_loss_of_any_allocation),
        cmocka_unit_test(a_small_arena_is_a_limit_or_too_little_memory),
    };
    return cmocka_run_group_tests(tests, open_once, close_once);
}
