/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * BM25 in integers: the one definition of a text score.
 *
 *     BM25 = sum over the words of  ln((N + 1) / (df + 1/2)) x (k1 + 1) x tf / (tf + K)
 *     K    = k1 x (1 - b + b x length / average),   k1 = 1.2, b = 0.75
 *
 * after Robertson and Zaragoza (2009), with the never negative inverse document frequency that
 * Lucene uses. It is computed in three integers, so that the same catalogue gives the same scores
 * on every machine and in any order of summation:
 *
 *     impact        tf / (tf + K) in 1/65535, rounded; the average in whole tokens
 *     weight        ln(...) x (k1 + 1) x weight of the query word, in 1/1024, rounded
 *     contribution  weight x impact / 256, rounded down, plus 1, so that a word that every document
 *                   holds still counts: BM25 in 1/2^18
 */
#ifndef SP_SEARCH_BM25_H
#define SP_SEARCH_BM25_H

#include <stdint.h>

enum {
    SP_SCORE_ONE = 1 << 18,       /* BM25 = 1.0 */
    SP_WEIGHT_FULL = 1000,        /* a query word that counts in full */
    SP_BM25_LENGTH_MAX = 1 << 20, /* longer documents count as this long */
    SP_BM25_WEIGHT_MAX = UINT16_MAX
};

/**
 * Return how much a document of @p length tokens speaks about a term it holds @p tf times.
 *
 * @param tf       >= 1
 * @param length   tokens
 * @param average  of all documents, >= 1
 * @return 1..65535
 */
uint16_t sp_bm25_impact(uint32_t tf, uint32_t length, uint32_t average);

/**
 * Return what a term is worth.
 *
 * @param documents  in the index
 * @param frequency  documents that hold the term, 1..documents
 * @param permille   weight of the query word, 0..SP_WEIGHT_FULL
 * @return 0..SP_BM25_WEIGHT_MAX
 */
uint32_t sp_bm25_weight(uint32_t documents, uint32_t frequency, uint32_t permille);

/** Round the mean length to whole tokens, at least 1. */
uint32_t sp_bm25_average(uint64_t length_sum, uint32_t documents);

/** From 1 to 2^24 - 1, so that 127 contributions add up below 2^31. */
static inline uint32_t sp_bm25_contribution(uint32_t weight, uint16_t impact)
{
    return (weight * impact >> 8) + 1;
}

/** A score in thousandths of BM25. */
static inline uint32_t sp_bm25_milli(uint32_t score)
{
    return (uint32_t)(((uint64_t)score * 1000) >> 18);
}

#endif
