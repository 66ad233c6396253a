/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * The words of a query and the index terms that each may stand for, with the reason why.
 *
 *     origin      when                                                     weight, permille
 *     word        a lemma of the word, in the index                        1000
 *     diacritics  other spelling of its letters; 600 beside an exact word  900
 *     prefix      the last word, if no space follows: terms that begin so  700
 *     typo        only when nothing of the above is in the index           800
 *     synonym     rarest word of another phrase (of one or two words) of   400
 *                 the service named, if it names at most two services; OR only
 *
 * Words that say how, not what ("usługa", "firma": data/form_words.tsv) count 30 % of that, unless
 * there is nothing else.
 * A word counts with its best member only (top.h), so that more variants never add up. Stop words
 * are left out unless there is nothing else; a repeated word counts once.
 */
#ifndef SP_SEARCH_SEARCH_WORDS_H
#define SP_SEARCH_SEARCH_WORDS_H

#include "matcher/search/search.h"
#include "matcher/search/top.h"

struct sp_search_word {
    size_t start; /* bytes in the query */
    size_t end;
    const struct sp_token *token;
    bool says_how;                   /* a form word: counts less beside others */
    struct sp_index_member *members; /* SP_GROUP_MEMBERS_MAX of them */
    Spoina__V1__TermOrigin *origins; /* of each member */
    size_t count;
};

/** A service that the query names, and the words by which it was also looked for. */
struct sp_search_synonym {
    size_t start; /* bytes in the query */
    size_t end;
    const struct sp_service *service;
    struct sp_view *lemmas;
    size_t lemma_count;
};

struct sp_search_words {
    struct sp_view text;
    struct sp_search_word *words;
    struct sp_index_group *groups; /* of each word */
    size_t count;
    struct sp_search_synonym *synonyms;
    size_t synonym_count;
};

/**
 * Understand the words of a query.
 *
 * @param text  lives as long as the result
 * @param with_synonyms  false where every word is demanded: a part of a service ("pranie pościeli")
 *                       must not stand for another part ("pranie dywanów")
 * @param out   in the context's arena
 * @return SP_OK, also without words; SP_INVALID (not UTF-8); SP_LIMIT (too many words); SP_NOMEM
 */
SP_MUST_CHECK enum sp_status sp_search_words_find(const struct sp_search_context *context,
                                                  struct sp_view text, bool with_synonyms,
                                                  struct sp_search_words *out,
                                                  struct sp_error *err);

#endif
