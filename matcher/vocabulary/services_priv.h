/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Body of the services, shared by their loader and the search for phrases.
 */
#ifndef SP_VOCABULARY_SERVICES_PRIV_H
#define SP_VOCABULARY_SERVICES_PRIV_H

#include "base/arena.h"
#include "matcher/vocabulary/keys.h"
#include "matcher/vocabulary/services.h"

/** A content word of a phrase: any of its lemmas will do. */
struct phrase_word {
    const struct sp_view *lemmas;
    size_t lemma_count;
};

/** What the search needs of a phrase beside what is public. */
struct phrase_entry {
    uint32_t service;
    struct sp_phrase phrase;
    struct phrase_word words[SP_PHRASE_WORDS_MAX];
    size_t anchor; /* the word with the fewest phrases: the one that is looked up */
};

struct sp_services {
    struct sp_arena *arena;
    struct sp_service *items;
    size_t count;
    struct phrase_entry *entries; /* by service, in the order of the table */
    size_t entry_count;
    struct sp_keys ids;        /* service id -> number */
    struct sp_keys form_words; /* lemma */
    struct sp_keys anchors;    /* lemma of an anchor -> number of the entry */
};

/** Tell whether token @p at carries meaning: stop words and form words do not, and of a compound
 * the parts count. */
bool sp_services_is_content(const struct sp_services *services, const struct sp_token_list *tokens,
                            size_t at);

#endif
