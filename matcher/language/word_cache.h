/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Words that were read lately, by the form as written. Texts repeat their words, and reading one in
 * the automaton costs some ten times more than finding it here. Bounded: when it is full it is
 * emptied.
 */
#ifndef SP_LANGUAGE_WORD_CACHE_H
#define SP_LANGUAGE_WORD_CACHE_H

#include "matcher/language/word.h"

enum {
    SP_CACHE_SLOTS = 1 << 15,    /* a power of two; half may be used */
    SP_CACHE_BYTES = 3 * 1 << 20 /* of entries: some 20,000 words */
};

/** What a token needs of a word. Lies in the cache until the next sp_word_cache_add(). */
struct sp_word_entry {
    uint32_t hash;
    uint16_t form_bytes;
    uint16_t key_flags; /* enum sp_analyse_flags the word was read with */
    uint32_t flags;     /* enum sp_token_flags */
    uint32_t lemma_count;
    struct sp_view folded;
    const char *form;
    struct sp_view lemmas[];
};

struct sp_word_cache {
    struct sp_word_entry **slots; /* owned, SP_CACHE_SLOTS */
    char *storage;                /* owned, SP_CACHE_BYTES */
    size_t used_bytes;
    size_t count;
};

/** Allocate the empty cache; SP_NOMEM leaves @p out releasable. */
SP_MUST_CHECK enum sp_status sp_word_cache_init(struct sp_word_cache *out);
void sp_word_cache_release(struct sp_word_cache *cache);

/** Find @p form as read with @p key_flags; NULL if it is not there. */
const struct sp_word_entry *sp_word_cache_find(const struct sp_word_cache *cache,
                                               struct sp_view form, unsigned key_flags);

/** Copy @p word in under @p form, which is not there yet. */
const struct sp_word_entry *sp_word_cache_add(struct sp_word_cache *cache, struct sp_view form,
                                              unsigned key_flags, const struct sp_word *word);

#endif
