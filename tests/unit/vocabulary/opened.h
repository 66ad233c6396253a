/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Language and vocabulary opened for the tests of this folder.
 */
#ifndef SP_TESTS_UNIT_VOCABULARY_OPENED_H
#define SP_TESTS_UNIT_VOCABULARY_OPENED_H

#include "tests/unit/vocabulary/tables.h"

#include "base/arena.h"
#include "matcher/vocabulary/vocabulary.h"

struct opened {
    struct sp_language *language;
    struct sp_analyser *analyser;
    struct sp_vocabulary *vocabulary;
    struct sp_arena *arena; /* reset before each analysis */
};

static inline void open_all(struct opened *opened)
{
    struct sp_error err = {0};
    const char *share = getenv("SPOINA_SHARE");
    assert_non_null(share);
    assert_ok(sp_language_open(share, &opened->language, &err), err);
    assert_ok(sp_analyser_new(opened->language, &opened->analyser, &err), err);
    assert_ok(sp_vocabulary_open(share, opened->analyser, &opened->vocabulary, &err), err);
    opened->arena = sp_arena_new(16 << 20);
    assert_non_null(opened->arena);
}

static inline void close_all(struct opened *opened)
{
    sp_arena_free(opened->arena);
    sp_vocabulary_free(opened->vocabulary);
    sp_analyser_free(opened->analyser);
    sp_language_free(opened->language);
}

static inline struct sp_token_list analyse(struct opened *opened, const char *text)
{
    struct sp_token_list tokens;
    struct sp_error err = {0};
    sp_arena_reset(opened->arena);
    assert_ok(sp_analyse(opened->analyser, sp_view_of(text), 0, opened->arena, &tokens, &err), err);
    return tokens;
}

#endif
