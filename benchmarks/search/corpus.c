/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Documents and queries; the Zipf source.
 */
#include "benchmarks/search/corpus.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

enum {
    COMMON_TERMS = 30000,
    TOPICS = 80,
    TOPIC_TERMS = 400,
    TOPIC_SHARE = 60, /* of 100 words, those of the document's topic */
    SHORTEST = 12,    /* words of a document: SHORTEST .. SHORTEST + SPREAD - 1 */
    SPREAD = 40,
    POWIATS = 30
};

uint32_t corpus_random(uint64_t *seed, uint32_t limit)
{
    uint64_t mixed = (*seed += 0x9e3779b97f4a7c15ULL);
    mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9ULL;
    mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111ebULL;
    return (uint32_t)((mixed ^ (mixed >> 31)) % limit);
}

void corpus_token(uint32_t term, char out[TOKEN_BYTES])
{
    snprintf(out, TOKEN_BYTES, "x%u", term);
}

enum sp_status corpus_add_document(struct corpus *corpus, uint32_t powiat, uint32_t cpv)
{
    if (corpus->document_count == corpus->document_capacity) {
        uint32_t capacity = corpus->document_capacity * 2 + 1024;
        void *moved = realloc(corpus->documents, capacity * sizeof(*corpus->documents));
        if (moved == NULL) {
            return SP_NOMEM;
        }
        corpus->documents = moved;
        corpus->document_capacity = capacity;
    }
    uint32_t number = corpus->document_count++;
    corpus->documents[number] =
        (struct corpus_document){powiat, cpv, number, corpus->word_count, 0};
    return SP_OK;
}

enum sp_status corpus_add_word(struct corpus *corpus, uint32_t term)
{
    if (corpus->word_count == corpus->word_capacity) {
        uint32_t capacity = corpus->word_capacity * 2 + 65536;
        void *moved = realloc(corpus->words, capacity * sizeof(*corpus->words));
        if (moved == NULL) {
            return SP_NOMEM;
        }
        corpus->words = moved;
        corpus->word_capacity = capacity;
    }
    corpus->words[corpus->word_count++] = term;
    corpus->documents[corpus->document_count - 1].word_count++;
    if (term >= corpus->term_count) {
        corpus->term_count = term + 1;
    }
    return SP_OK;
}

static int compare_documents(const void *left, const void *right)
{
    const struct corpus_document *a = left;
    const struct corpus_document *b = right;
    if (a->powiat != b->powiat) {
        return a->powiat < b->powiat ? -1 : 1;
    }
    if (a->cpv != b->cpv) {
        return a->cpv < b->cpv ? -1 : 1;
    }
    return a->number < b->number ? -1 : 1;
}

void corpus_finish(struct corpus *corpus)
{
    qsort(corpus->documents, corpus->document_count, sizeof(*corpus->documents), compare_documents);
}

void corpus_release(struct corpus *corpus)
{
    free(corpus->documents);
    free(corpus->words);
    *corpus = (struct corpus){0};
}

/** Fill @p sums with the running sums of 1/rank, so that a draw is a binary search. */
static void zipf_sums(double *sums, uint32_t count)
{
    double sum = 0;
    for (uint32_t i = 0; i < count; i++) {
        sum += 1.0 / (i + 2);
        sums[i] = sum;
    }
}

static uint32_t zipf_draw(const double *sums, uint32_t count, uint64_t *seed)
{
    double at = sums[count - 1] * corpus_random(seed, 1U << 30) / (double)(1U << 30);
    uint32_t low = 0;
    uint32_t high = count - 1;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (sums[middle] <= at) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

enum sp_status corpus_from_zipf(struct corpus *corpus, uint32_t count, uint64_t seed,
                                struct sp_error *err)
{
    double *common = malloc(COMMON_TERMS * sizeof(*common));
    double *topical = malloc(TOPIC_TERMS * sizeof(*topical));
    enum sp_status status = common == NULL || topical == NULL ? SP_NOMEM : SP_OK;
    if (status == SP_OK) {
        zipf_sums(common, COMMON_TERMS);
        zipf_sums(topical, TOPIC_TERMS);
    }
    for (uint32_t i = 0; i < count && status == SP_OK; i++) {
        uint32_t topic = corpus_random(&seed, TOPICS);
        status = corpus_add_document(corpus, 201 + corpus_random(&seed, POWIATS), topic);
        uint32_t length = SHORTEST + corpus_random(&seed, SPREAD);
        for (uint32_t j = 0; j < length && status == SP_OK; j++) {
            bool of_topic = corpus_random(&seed, 100) < TOPIC_SHARE;
            uint32_t term = of_topic ? COMMON_TERMS + topic * TOPIC_TERMS +
                                           zipf_draw(topical, TOPIC_TERMS, &seed)
                                     : zipf_draw(common, COMMON_TERMS, &seed);
            status = corpus_add_word(corpus, term);
        }
    }
    free(common);
    free(topical);
    return status == SP_OK ? SP_OK : SP_FAIL_NOMEM(err);
}

static bool holds(const struct corpus_query *query, uint32_t term)
{
    for (uint32_t i = 0; i < query->count; i++) {
        if (query->terms[i] == term) {
            return true;
        }
    }
    return false;
}

void corpus_query(const struct corpus *corpus, uint64_t *seed, struct corpus_query *out)
{
    enum { TRIES = 60 };
    do {
        const struct corpus_document *document =
            &corpus->documents[corpus_random(seed, corpus->document_count)];
        uint32_t wanted =
            QUERY_TERMS_MIN + corpus_random(seed, QUERY_TERMS_MAX - QUERY_TERMS_MIN + 1);
        *out = (struct corpus_query){.powiat = document->powiat};
        for (int i = 0; i < TRIES && out->count < wanted && document->word_count > 0; i++) {
            uint32_t at = document->first_word + corpus_random(seed, document->word_count);
            if (!holds(out, corpus->words[at])) {
                out->terms[out->count++] = corpus->words[at];
            }
        }
    } while (out->count < QUERY_TERMS_MIN);
}
