/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * The index against the exhaustive scorer: same documents, same scores, same order, on random
 * collections; after updates as in a fresh build; and what happens without memory or when
 * cancelled.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "matcher/search/bm25.h"
#include "matcher/search/top.h"
#include "tests/lib/fault.h"
#include "tests/unit/search/population.h"

enum { QUERIES = 150, ARENA_BYTES = 4 << 20, VERSION = 77, GROUPS = 8, MEMBERS = 4 };

struct prepared {
    struct sp_index_member members[GROUPS][MEMBERS];
    struct sp_index_group groups[GROUPS];
    struct sp_index_query query;
};

/** Look up the terms of @p from; members that no document holds are left out. */
static void prepare(const struct sp_index *index, const struct population_query *from,
                    struct prepared *out)
{
    memset(out, 0, sizeof(*out));
    for (size_t i = 0; i < from->group_count; i++) {
        for (size_t j = 0; j < from->groups[i].count; j++) {
            char text[32];
            population_term(from->groups[i].members[j].term, text);
            struct sp_index_member *member = &out->members[i][out->groups[i].count];
            if (sp_index_find(index, sp_view_of(text), &member->term)) {
                member->permille = from->groups[i].members[j].permille;
                out->groups[i].count++;
            }
        }
        out->groups[i].members = out->members[i];
    }
    out->query = (struct sp_index_query){.groups = out->groups,
                                         .group_count = from->group_count,
                                         .all = from->all,
                                         .powiat = from->powiat,
                                         .factor = from->with_factor ? population_factor : NULL,
                                         .k = from->k};
}

static void check_parts(const struct sp_index *index, const struct sp_index_query *query,
                        const struct sp_index_hit *hit)
{
    struct sp_index_part parts[GROUPS];
    sp_index_explain(index, query, hit->document, parts);
    uint64_t sum = 0;
    for (size_t i = 0; i < query->group_count; i++) {
        sum += parts[i].contribution;
    }
    if (query->factor != NULL) {
        sum = sum * query->factor(NULL, sp_index_document(index, hit->document)) / SP_FACTOR_ONE;
    }
    assert_int_equal(sum, hit->score);
}

static void check_query(const struct sp_index *index, const struct population *population,
                        const struct population_query *asked, struct sp_arena *arena)
{
    struct prepared prepared;
    prepare(index, asked, &prepared);
    struct population_hit *expected = calloc(population->count + 1, sizeof(*expected));
    struct sp_index_hit *hits = calloc(asked->k, sizeof(*hits));
    size_t all = population_exhaustive(population, asked, sp_index_version(index), expected);
    size_t count = 0;
    assert_int_equal(sp_index_top(index, &prepared.query, arena, hits, &count, NULL), SP_OK);
    assert_int_equal(count, all < asked->k ? all : asked->k);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(hits[i].score, expected[i].score);
        assert_int_equal(sp_index_document(index, hits[i].document)->id, expected[i].id);
        check_parts(index, &prepared.query, &hits[i]);
    }
    struct sp_document_set set;
    assert_int_equal(sp_index_matches(index, &prepared.query, arena, &set, NULL), SP_OK);
    assert_int_equal(set.count, all);
    free(hits);
    free(expected);
    sp_arena_reset(arena);
}

static struct sp_index *build(const struct population *population, uint64_t version)
{
    struct sp_index_builder *builder = NULL;
    struct sp_index *index = NULL;
    assert_int_equal(sp_index_builder_new(&builder, NULL), SP_OK);
    assert_int_equal(population_feed(population, 0, builder), SP_OK);
    assert_int_equal(sp_index_builder_finish(builder, version, &index, NULL), SP_OK);
    sp_index_builder_free(builder);
    assert_int_equal(sp_index_document_count(index), population->live_count);
    return index;
}

static void check_queries(const struct sp_index *index, struct population *population)
{
    struct sp_arena *arena = sp_arena_new(ARENA_BYTES);
    for (int i = 0; i < QUERIES; i++) {
        struct population_query query;
        population_query(population, &query);
        check_query(index, population, &query, arena);
    }
    sp_arena_free(arena);
}

static void equals_exhaustive_scorer(void **state)
{
    (void)state;
    static const uint32_t sizes[] = {0, 1, 2, 40, 511, 512, 513, 5000};
    for (size_t i = 0; i < SP_COUNT(sizes); i++) {
        printf("%u documents, seed %zu\n", sizes[i], i);
        struct population population;
        population_init(&population, i, sizes[i]);
        struct sp_index *index = build(&population, VERSION);
        check_queries(index, &population);
        sp_index_unref(index);
        population_release(&population);
    }
}

/** Take away @p count documents that are still there. */
static size_t remove_some(struct population *population, uint32_t count, uint64_t *removed)
{
    size_t done = 0;
    while (done < count && population->live_count > 0) {
        uint32_t number = population_random(&population->seed, population->count);
        if (population->documents[number].live) {
            population->documents[number].live = false;
            population->live_count--;
            removed[done++] = population->documents[number].attributes.id;
        }
    }
    return done;
}

static void update_equals_fresh_build(void **state)
{
    (void)state;
    enum { FIRST = 3000, ROUNDS = 6, ADDED = 60, REMOVED = 40 };
    struct population population;
    population_init(&population, 5, FIRST);
    struct sp_index *index = build(&population, 1);
    uint64_t removed[ROUNDS * REMOVED];
    size_t removed_count = 0;
    for (uint64_t round = 0; round < ROUNDS; round++) {
        population_add(&population, ADDED);
        removed_count += remove_some(&population, REMOVED, removed + removed_count);
        struct sp_index_builder *builder = NULL;
        struct sp_index *next = NULL;
        assert_int_equal(sp_index_builder_new(&builder, NULL), SP_OK);
        assert_int_equal(population_feed(&population, FIRST, builder), SP_OK);
        assert_int_equal(
            sp_index_builder_update(builder, index, removed, removed_count, 2 + round, &next, NULL),
            SP_OK);
        sp_index_builder_free(builder);
        sp_index_unref(index);
        index = next;
        assert_int_equal(sp_index_document_count(index), population.live_count);
        assert_int_equal(sp_index_version(index), 2 + round);
        assert_int_equal(sp_index_base_version(index), 1);
        check_queries(index, &population);
    }
    sp_index_unref(index);
    population_release(&population);
}

static void large_update_asks_for_fresh_build(void **state)
{
    (void)state;
    struct population population;
    population_init(&population, 6, 2000);
    struct sp_index *index = build(&population, 1);
    population_add(&population, 1500);
    struct sp_index_builder *builder = NULL;
    struct sp_index *next = NULL;
    assert_int_equal(sp_index_builder_new(&builder, NULL), SP_OK);
    assert_int_equal(population_feed(&population, 2000, builder), SP_OK);
    assert_int_equal(sp_index_builder_update(builder, index, NULL, 0, 2, &next, NULL),
                     SP_PRECONDITION);
    sp_index_builder_free(builder);
    sp_index_unref(index);
    population_release(&population);
}

static void equal_scores_are_shuffled_by_version(void **state)
{
    (void)state;
    enum { DOCUMENTS = 50 };
    uint64_t first[2] = {0, 0};
    struct sp_arena *arena = sp_arena_new(ARENA_BYTES);
    for (uint64_t version = 1; version <= 2; version++) {
        struct sp_index_builder *builder = NULL;
        struct sp_index *index = NULL;
        assert_int_equal(sp_index_builder_new(&builder, NULL), SP_OK);
        for (uint64_t i = 0; i < DOCUMENTS; i++) {
            char name[16];
            snprintf(name, sizeof(name), "%02d", (int)i);
            struct sp_index_document document = {
                .id = i, .key = sp_index_key(sp_view_of(name), sp_view_of("o1"))};
            uint32_t handle = 0;
            assert_int_equal(sp_index_builder_add_document(builder, &document, &handle, NULL),
                             SP_OK);
            assert_int_equal(
                sp_index_builder_add_term(builder, handle, sp_view_of("pranie"), 1, NULL), SP_OK);
        }
        assert_int_equal(sp_index_builder_finish(builder, version, &index, NULL), SP_OK);
        struct sp_index_hit hits[DOCUMENTS];
        size_t count = 0;
        struct sp_index_query browse = {.k = DOCUMENTS};
        assert_int_equal(sp_index_top(index, &browse, arena, hits, &count, NULL), SP_OK);
        assert_int_equal(count, DOCUMENTS);
        size_t in_order = 0;
        for (size_t i = 1; i < count; i++) {
            in_order += hits[i - 1].document < hits[i].document ? 1 : 0;
        }
        assert_in_range(in_order, 10, 40); /* neither by id nor against it */
        first[version - 1] = hits[0].document;
        sp_index_builder_free(builder);
        sp_index_unref(index);
    }
    assert_int_not_equal(first[0], first[1]);
    sp_arena_free(arena);
}

static bool count_term(void *context, const struct sp_term *term)
{
    assert_true(term->frequency > 0);
    (*(size_t *)context)++;
    return true;
}

static void prefixes_find_most_frequent_terms(void **state)
{
    (void)state;
    struct population population;
    population_init(&population, 9, 2000);
    struct sp_index *index = build(&population, 1);
    struct sp_term terms[20];
    size_t count = sp_index_find_prefix(index, sp_view_of("słowo1"), terms, SP_COUNT(terms));
    assert_int_equal(count, SP_COUNT(terms));
    uint32_t least = UINT32_MAX;
    for (size_t i = 0; i < count; i++) {
        assert_true(sp_view_starts_with(terms[i].text, sp_view_of("słowo1")));
        assert_true(terms[i].frequency <= least);
        least = terms[i].frequency;
    }
    size_t all = 0;
    sp_index_each_term(index, sp_view_of("słowo29"), count_term, &all);
    assert_in_range(all, 1, 11);
    assert_int_equal(sp_index_find_prefix(index, sp_view_of("brak"), terms, SP_COUNT(terms)), 0);
    struct sp_term term;
    assert_false(sp_index_find(index, sp_view_of("słowo"), &term));
    assert_true(sp_index_find(index, sp_view_of("słowo0"), &term));
    sp_index_unref(index);
    population_release(&population);
}

static void cancelled_search_stops(void **state)
{
    (void)state;
    struct population population;
    population_init(&population, 3, 500);
    struct sp_index *index = build(&population, 1);
    struct sp_arena *arena = sp_arena_new(ARENA_BYTES);
    struct population_query asked = {.group_count = 1, .k = 5};
    asked.groups[0].count = 1;
    asked.groups[0].members[0] = (struct population_member){0, 1000};
    struct prepared prepared;
    prepare(index, &asked, &prepared);
    atomic_bool cancel = true;
    prepared.query.cancel = &cancel;
    struct sp_index_hit hits[5];
    size_t count = 0;
    struct sp_error err;
    assert_int_equal(sp_index_top(index, &prepared.query, arena, hits, &count, &err), SP_CANCELLED);
    struct sp_document_set set;
    assert_int_equal(sp_index_matches(index, &prepared.query, arena, &set, &err), SP_CANCELLED);
    prepared.query.cancel = NULL;
    prepared.query.k = SP_TOP_MAX + 1;
    assert_int_equal(sp_index_top(index, &prepared.query, arena, hits, &count, &err), SP_LIMIT);
    assert_string_equal(err.place, "limit");
    prepared.query.k = 1;
    prepared.query.group_count = SP_GROUPS_MAX + 1;
    assert_int_equal(sp_index_top(index, &prepared.query, arena, hits, &count, &err), SP_LIMIT);
    sp_arena_free(arena);
    sp_index_unref(index);
    population_release(&population);
}

/** Build, update and search; all or nothing. */
static enum sp_status whole_life(void *context)
{
    struct population *population = context;
    struct sp_index_builder *builder = NULL;
    struct sp_index *index = NULL;
    struct sp_index *next = NULL;
    struct sp_arena *arena = sp_arena_new(ARENA_BYTES);
    enum sp_status status = arena == NULL ? SP_NOMEM : sp_index_builder_new(&builder, NULL);
    if (status == SP_OK) {
        status = population_feed(population, 0, builder);
    }
    if (status == SP_OK) {
        status = sp_index_builder_finish(builder, 1, &index, NULL);
    }
    if (status == SP_OK) {
        status = population_feed(population, population->count - 3, builder);
    }
    if (status == SP_OK) {
        uint64_t removed = population->documents[0].attributes.id;
        status = sp_index_builder_update(builder, index, &removed, 1, 2, &next, NULL);
    }
    if (status == SP_OK) {
        struct sp_index_query browse = {.k = 10};
        struct sp_index_hit hits[10];
        size_t count = 0;
        status = sp_index_top(next, &browse, arena, hits, &count, NULL);
        assert_true(status != SP_OK || count == 10);
    }
    sp_index_unref(index);
    sp_index_unref(next);
    sp_index_builder_free(builder);
    sp_arena_free(arena);
    return status;
}

static void survives_lack_of_memory(void **state)
{
    (void)state;
    struct population population;
    population_init(&population, 4, 400);
    enum sp_status seen = SP_INTERNAL;
    int rounds = sp_fault_sweep(whole_life, &population, 10000, &seen);
    assert_true(rounds > 40);
    assert_int_equal(seen, SP_OK);
    population_release(&population);
}

static void refuses_bad_terms(void **state)
{
    (void)state;
    struct sp_index_builder *builder = NULL;
    assert_int_equal(sp_index_builder_new(&builder, NULL), SP_OK);
    struct sp_index_document document = {.id = 1};
    uint32_t handle = 0;
    assert_int_equal(sp_index_builder_add_document(builder, &document, &handle, NULL), SP_OK);
    struct sp_error err;
    assert_int_equal(sp_index_builder_add_term(builder, handle, sp_view_of(""), 1, &err),
                     SP_INVALID);
    assert_int_equal(sp_index_builder_add_term(builder, 1, sp_view_of("a"), 1, &err), SP_INVALID);
    assert_int_equal(sp_index_builder_add_term(builder, handle, sp_view_of("a"), 0, &err),
                     SP_INVALID);
    sp_index_builder_free(builder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equals_exhaustive_scorer),
        cmocka_unit_test(update_equals_fresh_build),
        cmocka_unit_test(large_update_asks_for_fresh_build),
        cmocka_unit_test(equal_scores_are_shuffled_by_version),
        cmocka_unit_test(prefixes_find_most_frequent_terms),
        cmocka_unit_test(cancelled_search_stops),
        cmocka_unit_test(survives_lack_of_memory),
        cmocka_unit_test(refuses_bad_terms),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
