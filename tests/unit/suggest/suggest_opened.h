/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * The suggester opened for the tests of this folder, and short ways to ask it.
 */
#ifndef SP_TESTS_UNIT_SUGGEST_SUGGEST_OPENED_H
#define SP_TESTS_UNIT_SUGGEST_SUGGEST_OPENED_H

#include "tests/unit/vocabulary/opened.h"

#include <string.h>

#include "matcher/suggest/suggest.h"

enum { ANSWER_BYTES = 8 << 20, CODES_MOST = 8 };

struct suggest_opened {
    struct opened tables;
    struct sp_suggester *suggester;
    struct sp_arena *arena; /* reset before each answer */
};

static inline void open_suggester(struct suggest_opened *all)
{
    struct sp_error err = {0};
    open_all(&all->tables);
    assert_ok(sp_suggester_open(getenv("SPOINA_SHARE"), all->tables.vocabulary,
                                all->tables.analyser, &all->suggester, &err),
              err);
    all->arena = sp_arena_new(ANSWER_BYTES);
    assert_non_null(all->arena);
}

static inline void close_suggester(struct suggest_opened *all)
{
    sp_arena_free(all->arena);
    sp_suggester_free(all->suggester);
    close_all(&all->tables);
}

static inline const struct sp_cpv *code_of(const struct suggest_opened *all, const char *digits)
{
    const struct sp_cpv *code = sp_cpv_find(all->tables.vocabulary->cpv, sp_view_of(digits));
    assert_non_null(code);
    return code;
}

static inline struct sp_suggest_answer ask(struct suggest_opened *all,
                                           const struct sp_lessons *lessons, const char *text)
{
    struct sp_suggest_request request = {.text = sp_view_of(text)};
    struct sp_suggest_answer answer;
    struct sp_error err = {0};
    sp_arena_reset(all->arena);
    assert_ok(sp_suggest_codes(all->suggester, lessons, all->tables.analyser, &request, all->arena,
                               &answer, &err),
              err);
    return answer;
}

/** Rank of a code, 1 for the first; 0 when it is not there. */
static inline size_t rank_of(struct sp_suggest_answer answer, const char *digits)
{
    for (size_t i = 0; i < answer.count; i++) {
        if (strcmp(answer.items[i].cpv->code, digits) == 0) {
            return i + 1;
        }
    }
    return 0;
}

#endif
