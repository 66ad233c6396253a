/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * What all engines of the search benchmark are given: documents as lists of term numbers, and
 * queries. A term is the token "x" with its number, so that every tokenizer sees the same tokens.
 *
 * Two sources: the offers of the fictional region, analysed into lemmas; or words drawn from Zipf
 * distributions, one common and one for each of 80 topics, which needs no tables.
 *
 * A query of 2-6 different terms is drawn from one random document, so that frequent words are
 * asked for frequently and AND always finds something; its powiat is the document's.
 */
#ifndef SP_BENCHMARKS_SEARCH_CORPUS_H
#define SP_BENCHMARKS_SEARCH_CORPUS_H

#include <stdint.h>

#include "base/status.h"

enum { QUERY_TERMS_MIN = 2, QUERY_TERMS_MAX = 6, TOKEN_BYTES = 16 };

struct corpus_document {
    uint32_t powiat;
    uint32_t cpv;
    uint32_t number;     /* order of generation */
    uint32_t first_word; /* in corpus.words */
    uint32_t word_count;
};

struct corpus {
    struct corpus_document *documents; /* ordered by powiat, CPV code, number */
    uint32_t document_count;
    uint32_t document_capacity;
    uint32_t *words; /* terms of all documents */
    uint32_t word_count;
    uint32_t word_capacity;
    uint32_t term_count;
};

struct corpus_query {
    uint32_t terms[QUERY_TERMS_MAX];
    uint32_t count;
    uint32_t powiat;
};

/** Next pseudo-random number below @p limit (SplitMix64 on *seed). */
uint32_t corpus_random(uint64_t *seed, uint32_t limit);

/** The token of a term. */
void corpus_token(uint32_t term, char out[TOKEN_BYTES]);

/** Start a document; its words follow. @return SP_OK; SP_NOMEM */
enum sp_status corpus_add_document(struct corpus *corpus, uint32_t powiat, uint32_t cpv);
enum sp_status corpus_add_word(struct corpus *corpus, uint32_t term);

/** Put the documents in their final order. */
void corpus_finish(struct corpus *corpus);
void corpus_release(struct corpus *corpus);

/** Draw @p count documents from Zipf distributions. */
enum sp_status corpus_from_zipf(struct corpus *corpus, uint32_t count, uint64_t seed,
                                struct sp_error *err);

/** Analyse @p count offers of the fictional region. @return as sp_region_generate() */
enum sp_status corpus_from_region(struct corpus *corpus, uint32_t count, uint64_t seed,
                                  const char *share_dir, struct sp_error *err);

/** Draw a query; some document must have two different terms. */
void corpus_query(const struct corpus *corpus, uint64_t *seed, struct corpus_query *out);

#endif
