/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * A random collection of documents, kept as plain lists, and the exhaustive scorer that the index
 * is compared with: every document, every word, no shortcut, straight from the definition in
 * bm25.h.
 */
#ifndef SP_TESTS_UNIT_SEARCH_POPULATION_H
#define SP_TESTS_UNIT_SEARCH_POPULATION_H

#include <stdbool.h>
#include <stdint.h>

#include "matcher/search/top.h"

enum { POPULATION_WORDS_MAX = 24, POPULATION_TERMS = 300, POPULATION_POWIATS = 7 };

struct population_document {
    struct sp_index_document attributes;
    uint32_t cpv[2];
    uint32_t word_count;                  /* occurrences */
    uint32_t words[POPULATION_WORDS_MAX]; /* terms, with repetitions */
    bool live;
};

struct population {
    struct population_document *documents;
    uint32_t count;
    uint32_t live_count;
    uint64_t next_id;
    uint64_t seed;
};

struct population_member {
    uint32_t term;
    uint32_t permille;
};

struct population_query {
    size_t group_count;
    struct {
        size_t count;
        struct population_member members[4];
    } groups[8];
    bool all;
    uint32_t powiat;
    bool with_factor;
    size_t k;
};

struct population_hit {
    uint64_t id;
    uint32_t score;
    uint64_t tie;
};

/** Next pseudo-random number below @p limit (SplitMix64 on *seed). */
uint32_t population_random(uint64_t *seed, uint32_t limit);

/** A term's text: "słowo17". */
void population_term(uint32_t term, char out[32]);

void population_init(struct population *population, uint64_t seed, uint32_t count);
void population_release(struct population *population);

/** Add @p count live documents. */
void population_add(struct population *population, uint32_t count);

/** Feed live documents with numbers first .. count - 1 to @p builder. */
enum sp_status population_feed(const struct population *population, uint32_t first,
                               struct sp_index_builder *builder);

void population_query(struct population *population, struct population_query *out);

/** The factor used by queries with_factor. */
uint32_t population_factor(void *context, const struct sp_index_document *document);

/** All matches of the query, best first. @return how many */
size_t population_exhaustive(const struct population *population,
                             const struct population_query *query, uint64_t version,
                             struct population_hit *hits);

#endif
