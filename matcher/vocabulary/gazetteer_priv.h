/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Body of the gazetteer, shared by its builder and its look-ups.
 */
#ifndef SP_VOCABULARY_GAZETTEER_PRIV_H
#define SP_VOCABULARY_GAZETTEER_PRIV_H

#include <stdbool.h>

#include "matcher/vocabulary/gazetteer.h"
#include "matcher/vocabulary/keys.h"

enum { NAME_WORDS_MAX = 6 };

/** A name as numbers of its words. */
struct name {
    uint32_t words[NAME_WORDS_MAX];
    uint32_t word_count;
    uint32_t first_word_bytes;
    uint32_t place; /* in the territory's list */
    bool adjective; /* "legnicki", "dolnośląskie": needs its unit word in running text */
    bool common;    /* is also a common word */
};

struct sp_gazetteer {
    const struct sp_territory *territory; /* borrowed */
    struct sp_arena *arena;               /* holds words and forms */
    struct name *names;                   /* by first word */
    size_t name_count;
    struct sp_keys words;       /* nominative -> number of the word */
    struct sp_keys forms;       /* any form -> word */
    struct sp_keys plain_forms; /* any form without diacritics -> word */
    struct sp_keys common_words;
};

/** Names that begin with word @p word: the first of @p count neighbours. */
const struct name *sp_gazetteer_names_from(const struct sp_gazetteer *gazetteer, uint32_t word,
                                           size_t *count);

/** As sp_gazetteer_scan(); @p query: a person typed a place, so capitals and unit words do not
 *  matter, and letters may lack their diacritics. */
SP_MUST_CHECK enum sp_status
sp_gazetteer_scan_tokens(const struct sp_gazetteer *gazetteer, const struct sp_token_list *tokens,
                         struct sp_view prefer, bool query, struct sp_arena *arena,
                         struct sp_place_mention_list *out, struct sp_error *err);

#endif
