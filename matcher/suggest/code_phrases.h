/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Phrases of the trade that name CPV codes: data/cpv_words.tsv, and the names and phrases of the
 * services of data/services.tsv with their codes.
 *
 * A phrase is a set of words, each by its lemmas; form words and stop words are left out. It fires
 * where all its words stand in the title, or within SP_PHRASE_WINDOW content words of the
 * description. It is worth what its words are worth: rare words of the table more than frequent
 * ones, and more words more than fewer.
 */
#ifndef SP_SUGGEST_CODE_PHRASES_H
#define SP_SUGGEST_CODE_PHRASES_H

#include "matcher/suggest/suggest_text.h"
#include "matcher/vocabulary/vocabulary.h"

enum { SP_PHRASE_WINDOW = 24 };

struct sp_code_phrases; /* shared by all threads, read-only */

struct sp_phrase_code {
    uint32_t code;     /* place among sp_cpv_all() */
    uint32_t permille; /* how firmly the phrase means it: 1000 for data/cpv_words.tsv */
};

struct sp_phrase_hit {
    uint32_t phrase;
    uint32_t worth; /* thousandths of BM25, as a word of that rarity would give */
};

/** Read the tables of @p directory. @p analyser is used during the call only.
 *  @return SP_OK; SP_NOT_FOUND; SP_IO; SP_CORRUPT (names file and line); SP_NOMEM */
SP_MUST_CHECK enum sp_status sp_code_phrases_open(const char *directory,
                                                  const struct sp_vocabulary *vocabulary,
                                                  struct sp_analyser *analyser,
                                                  struct sp_code_phrases **out,
                                                  struct sp_error *err);
void sp_code_phrases_free(struct sp_code_phrases *phrases);

size_t sp_code_phrases_count(const struct sp_code_phrases *phrases);

/**
 * Find the phrases of @p text.
 *
 * @param hits   in @p arena; each phrase once, with its best worth; by number of phrase
 * @return SP_OK, also without hits; SP_NOMEM
 */
SP_MUST_CHECK enum sp_status sp_code_phrases_scan(const struct sp_code_phrases *phrases,
                                                  const struct sp_suggest_text *text,
                                                  struct sp_arena *arena,
                                                  struct sp_phrase_hit **hits, size_t *count,
                                                  struct sp_error *err);

/** The codes that @p phrase means. */
const struct sp_phrase_code *sp_code_phrases_codes(const struct sp_code_phrases *phrases,
                                                   uint32_t phrase, size_t *count);

/** Tell whether @p word may stand for one of the words of @p phrase. */
bool sp_code_phrases_has(const struct sp_code_phrases *phrases, uint32_t phrase,
                         const struct sp_suggest_word *word);

#endif
