/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * A text as finders see it: words, the sentence each stands in, and what its numbers are worth.
 */
#ifndef SP_EXTRACTION_READING_H
#define SP_EXTRACTION_READING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/status.h"
#include "matcher/language/language.h"

/** One word. Compounds ("10-15", "3-krotne", "2027-01-04") are one word each. */
struct sp_word {
    const struct sp_token *token;
    uint32_t sentence;
    bool has_number; /* digits or a numeral */
    bool in_words;   /* "dwie", "trzech" */
    bool used;       /* a finder has taken it: a date is no quantity */
    double number;   /* lower end of a range */
    double number_max;
};

enum { SP_SENTENCE_WORDS_MAX = 400 }; /* a longer one is cut, so that finders stay linear */

struct sp_reading {
    struct sp_view text;
    struct sp_token_list tokens; /* with the parts of compounds, for the vocabulary's scanners */
    struct sp_word *words;
    size_t count;
    uint32_t sentence_count;
};

/** Read @p text. @return SP_OK; SP_INVALID (not UTF-8); SP_LIMIT; SP_NOMEM */
SP_MUST_CHECK enum sp_status sp_reading_make(struct sp_analyser *analyser, struct sp_view text,
                                             struct sp_arena *arena, struct sp_reading *out,
                                             struct sp_error *err);

/** True if @p word has @p lemma among its lemmas. */
bool sp_word_is(const struct sp_word *word, const char *lemma);

/** True if the folded form of @p word is @p form. */
bool sp_word_form_is(const struct sp_word *word, const char *form);

/** The bytes between word @p index and the next one; empty after the last. */
struct sp_view sp_reading_gap(const struct sp_reading *reading, size_t index);

/** The bytes from word @p first to word @p last. */
struct sp_view sp_reading_slice(const struct sp_reading *reading, size_t first, size_t last);

/** True if @p gap holds @p sign (UTF-8, e.g. "×"). */
bool sp_gap_has(struct sp_view gap, const char *sign);

/** One past the last word of the sentence that holds word @p index. */
size_t sp_reading_sentence_end(const struct sp_reading *reading, size_t index);

#endif
