/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/unit/needs/support.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "matcher/tender/draft.h"

enum { ARENA_BYTES = 512 << 20 };

void test_needs_open(struct test_needs *test)
{
    test->language = test_language_open();
    assert_int_equal(sp_analyser_new(test->language, &test->tools.analyser, NULL), SP_OK);
    assert_int_equal(
        sp_vocabulary_open(getenv("SPOINA_SHARE"), test->tools.analyser, &test->vocabulary, NULL),
        SP_OK);
    test->tools.vocabulary = test->vocabulary;
    test->arena = sp_arena_new(ARENA_BYTES);
    assert_non_null(test->arena);
}

void test_needs_close(struct test_needs *test)
{
    sp_arena_free(test->arena);
    sp_vocabulary_free(test->vocabulary);
    sp_analyser_free(test->tools.analyser);
    sp_language_free(test->language);
}

struct sp_needs *test_needs_store(const struct test_needs *test, const char *directory)
{
    struct sp_needs *store = NULL;
    struct sp_error err = {.status = SP_OK};
    struct sp_needs_options options = {
        .directory = directory, .language = test->language, .tools = test->tools};
    if (sp_needs_open(&options, &store, &err) != SP_OK) {
        fail_msg("%s: %s", err.place, err.english);
    }
    return store;
}

Spoina__V1__Need *test_need(const struct test_needs *test, const char *id, const char *title,
                            const char *cpv, const char *place, const char *deadline)
{
    struct sp_draft_warnings warnings = {.arena = test->arena};
    Spoina__V1__Draft *draft = sp_arena_alloc(test->arena, sizeof *draft);
    Spoina__V1__Need *need = sp_arena_alloc(test->arena, sizeof *need);
    char **lists = sp_arena_calloc(test->arena, 2, sizeof *lists);
    struct sp_error err = {.status = SP_OK};
    spoina__v1__draft__init(draft);
    spoina__v1__need__init(need);
    lists[0] = sp_arena_strdup(test->arena, cpv);
    lists[1] = sp_arena_strdup(test->arena, place);
    draft->title = sp_arena_strdup(test->arena, title);
    draft->cpv = &lists[0];
    draft->n_cpv = cpv[0] == '\0' ? 0 : 1;
    draft->places = &lists[1];
    draft->n_places = place[0] == '\0' ? 0 : 1;
    draft->deadline = sp_arena_strdup(test->arena, deadline);
    if (sp_draft_check(draft, test->vocabulary, SP_DRAFT_WRITTEN, test->arena, &warnings,
                       &need->draft, &err) != SP_OK) {
        fail_msg("%s: %s", err.place, err.english);
    }
    need->id = sp_arena_strdup(test->arena, id);
    need->kind = SPOINA__V1__NEED_KIND__NEED_KIND_NOTICE;
    need->imported_on = sp_arena_strdup(test->arena, "2026-11-22");
    return need;
}

struct sp_need_keys test_keys(const struct test_needs *test, const Spoina__V1__Need *need)
{
    struct sp_need_keys keys;
    assert_int_equal(sp_need_keys(&test->tools, need->draft, need->kind, test->arena, &keys, NULL),
                     SP_OK);
    return keys;
}

enum sp_need_outcome test_put_need(const struct test_needs *test, struct sp_needs *store,
                                   const Spoina__V1__Need *need)
{
    struct sp_need_keys keys = test_keys(test, need);
    enum sp_need_outcome outcome = SP_NEED_UNCHANGED;
    assert_int_equal(sp_needs_begin(store, NULL), SP_OK);
    assert_int_equal(sp_needs_put(store, need, &keys, &outcome, NULL), SP_OK);
    assert_int_equal(sp_needs_commit(store, NULL), SP_OK);
    return outcome;
}

struct sp_need_query test_query(const struct test_needs *test, const char *text, const char *place,
                                const char *cpv, const char *open_on)
{
    Spoina__V1__NeedFilter filter = SPOINA__V1__NEED_FILTER__INIT;
    struct sp_need_query query;
    struct sp_error err = {.status = SP_OK};
    filter.text = (char *)text;
    filter.place = (char *)place;
    filter.cpv = (char *)cpv;
    filter.open_on = (char *)open_on;
    if (sp_need_query_read(&test->tools, &filter, test->arena, NULL, &query, &err) != SP_OK) {
        fail_msg("%s: %s", err.place, err.english);
    }
    return query;
}
