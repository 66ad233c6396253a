/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * The body of struct sp_analyser, for this folder only.
 */
#ifndef SP_LANGUAGE_ANALYSER_PRIV_H
#define SP_LANGUAGE_ANALYSER_PRIV_H

#include "matcher/language/segment.h"
#include "matcher/language/word_cache.h"

/** All of it is used by one thread at a time. */
struct sp_analyser {
    const struct sp_language *language; /* borrowed, shared */
    struct sp_segmenter *segmenter;     /* owned */
    struct sp_word_cache cache;
    struct sp_word_scratch scratch;
    struct sp_word word;
    struct sp_word compound;
};

/** Find @p form in the cache, or read it; @p out stays valid until the next call. */
SP_MUST_CHECK enum sp_status sp_analyser_word(struct sp_analyser *analyser, struct sp_view form,
                                              unsigned flags, const struct sp_word_entry **out);

#endif
