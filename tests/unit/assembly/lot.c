/* SPDX-License-Identifier: EUPL-1.2 */
/** @file One lot laid open; see lot.h. */
#include "tests/unit/assembly/lot.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "matcher/tender/draft.h"

enum { ARENA_BYTES = 512 << 20 };

void test_law_open(struct test_law *law, const char *const *entities)
{
    test_world_open(&law->world, entities);
    assert_int_equal(sp_rulebook_open(getenv("SPOINA_SHARE"), &law->book, NULL), SP_OK);
}

void test_law_close(struct test_law *law)
{
    sp_rulebook_free(law->book);
    test_world_close(&law->world);
}

struct sp_assembly_options test_options(void)
{
    struct sp_assembly_options options = {.certain_only = false};
    assert_int_equal(sp_team_options_read(NULL, &options.team, NULL), SP_OK);
    return options;
}

Spoina__V1__Draft *test_draft(const struct test_law *law, struct sp_arena *arena, const char *json)
{
    const ProtobufCMessage *given = test_message(arena, &spoina__v1__draft__descriptor, json);
    struct sp_draft_warnings warnings = {.arena = arena};
    struct sp_error error = {0};
    Spoina__V1__Draft *draft = NULL;
    if (sp_draft_check((const Spoina__V1__Draft *)given, law->world.vocabulary, SP_DRAFT_WRITTEN,
                       arena, &warnings, &draft, &error) != SP_OK) {
        fail_msg("%s: %s: %s", json, error.place, error.english);
    }
    return draft;
}

void test_lot_open(struct test_lot *lot, const struct test_law *law, const char *json,
                   const struct sp_assembly_options *options)
{
    struct sp_assembly_options usual = test_options();
    struct sp_error error = {0};
    *lot = (struct test_lot){.arena = sp_arena_new(ARENA_BYTES)};
    lot->draft = test_draft(law, lot->arena, json);
    lot->context = (struct sp_match_context){
        .index = law->world.index,
        .reader = law->world.reader,
        .analyser = law->world.analyser,
        .vocabulary = law->world.vocabulary,
        .arena = lot->arena,
        .today = TEST_TODAY,
    };
    struct sp_pool_request request = {.draft = lot->draft, .day = TEST_TODAY};
    assert_int_equal(sp_weights_read(NULL, &request.weights, NULL), SP_OK);
    if (sp_pool_build(&lot->context, &request, lot->arena, &lot->pool, &error) != SP_OK ||
        sp_assembly_make(&lot->pool, law->book, TEST_TODAY, options == NULL ? &usual : options,
                         lot->arena, &lot->assembly, &error) != SP_OK) {
        fail_msg("%s: %s", error.place, error.english);
    }
}

void test_lot_close(struct test_lot *lot)
{
    sp_arena_free(lot->arena);
}

uint32_t test_entity(const struct test_lot *lot, const char *id)
{
    size_t index = sp_pool_find(&lot->pool, id);
    if (index == SIZE_MAX) {
        fail_msg("%s is not in the pool", id);
    }
    return (uint32_t)index;
}

size_t test_term(const struct test_lot *lot, enum sp_term_kind kind, const char *subject)
{
    for (size_t t = 0; t < lot->assembly.terms.count; t++) {
        const struct sp_lot_term *term = &lot->assembly.terms.items[t];
        if (term->kind == kind && strcmp(term->subject, subject) == 0) {
            return t;
        }
    }
    fail_msg("no term of kind %d about '%s'", (int)kind, subject);
    return 0;
}

enum sp_decision test_decision(const struct test_lot *lot, const char *id, enum sp_term_kind kind,
                               const char *subject)
{
    return (enum sp_decision)lot->assembly.standings[test_entity(lot, id)]
        .decisions[test_term(lot, kind, subject)];
}

int32_t test_solve(const struct test_lot *lot, struct sp_assembled_team *teams, int32_t most)
{
    struct sp_solution *solution = calloc(1, sizeof *solution);
    struct sp_solve_options options = {.teams = most, .minimal = true};
    assert_non_null(solution);
    assert_int_equal(sp_solve(&lot->assembly.problem, &options, solution, NULL), SP_OK);
    assert_true(solution->proven);
    int32_t count = 0;
    for (int32_t i = 0; i < solution->count && count < most; i++) {
        if (sp_assembly_settle(&lot->assembly, &solution->teams[i])) {
            sp_assembly_read_team(&lot->assembly, &solution->teams[i], &teams[count++]);
        }
    }
    free(solution);
    return count;
}

struct sp_verdicts test_rule(struct test_lot *lot, const char *const *ids,
                             struct sp_assembled_team *team)
{
    uint32_t entities[SP_MAX_MEMBERS];
    size_t count = 0;
    struct sp_error error = {0};
    struct sp_verdicts verdicts;
    for (; ids[count] != NULL; count++) {
        entities[count] = test_entity(lot, ids[count]);
    }
    if (sp_assembly_value_team(&lot->assembly, entities, count, false, team, &error) != SP_OK ||
        sp_assembly_verdicts(&lot->assembly, team, lot->arena, &verdicts, &error) != SP_OK) {
        fail_msg("%s: %s", error.place, error.english);
    }
    return verdicts;
}

const struct sp_ruling *test_ruling(const struct sp_verdicts *verdicts, enum sp_term_kind kind,
                                    const char *subject)
{
    for (size_t i = 0; i < verdicts->count; i++) {
        const struct sp_lot_term *term = verdicts->findings[i].term;
        if (term->kind == kind && strcmp(term->subject, subject) == 0) {
            return &verdicts->findings[i].ruling;
        }
    }
    fail_msg("no ruling of kind %d about '%s'", (int)kind, subject);
    return NULL;
}
