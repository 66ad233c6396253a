/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * One form, outside any text: its folded spelling, its index terms, what kind of word it is.
 */
#ifndef SP_LANGUAGE_WORD_H
#define SP_LANGUAGE_WORD_H

#include "matcher/language/fold.h"
#include "matcher/language/language_priv.h"

enum {
    SP_FOLDED_MAX_BYTES = SP_FOLD_GROWTH * SP_FORM_MAX_BYTES,
    SP_WORD_MAX_BYTES = 8192 /* folded form and lemmas; further lemmas are dropped */
};

/** What is known about a form. Views point into `bytes`. */
struct sp_word {
    struct sp_view folded;
    struct sp_view lemmas[SP_LEMMAS_MAX]; /* the likeliest first, unique */
    size_t lemma_count;
    unsigned flags; /* enum sp_token_flags */
    size_t used_bytes;
    char bytes[SP_WORD_MAX_BYTES];
};

/** Scratch for reading words: large, so it lives in the analyser and not on the stack. */
struct sp_word_scratch {
    struct sp_dictionary_reader reader;
    struct sp_readings readings;
};

/**
 * Read @p form: dictionary, tables, guesses.
 *
 * @param form   well-formed UTF-8, 1..SP_FORM_MAX_BYTES bytes
 * @param flags  enum sp_analyse_flags
 * @return SP_OK, with at least one lemma in @p out; SP_INTERNAL (ICU failed)
 */
SP_MUST_CHECK enum sp_status sp_word_read(const struct sp_language *language,
                                          struct sp_word_scratch *scratch, struct sp_view form,
                                          unsigned flags, struct sp_word *out);

/** Start @p word with the folded spelling of @p form and no lemmas. */
SP_MUST_CHECK enum sp_status sp_word_begin(struct sp_word *word, struct sp_view form);

/** Add the lemma of reading @p i; a form with "nie-" keeps it. */
void sp_word_add_reading(struct sp_word *word, const struct sp_readings *readings, size_t i);

/** Fold @p lemma and add it at the end, unless it is there; what does not fit is dropped. */
void sp_word_add_lemma(struct sp_word *word, struct sp_view lemma);

#endif
