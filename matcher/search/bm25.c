/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * BM25 in integers. k1 = 1.2 and b = 0.75 give K = 0.3 + 0.9 x length / average.
 */
#include "matcher/search/bm25.h"

#include "base/status.h"

enum { LOG_BITS = 24, FACTOR_BITS = 16 };

/* ln 2 x (k1 + 1) x 1024 in 1/2^16: from a logarithm of base 2 to a weight in 1/1024. */
static const uint64_t WEIGHT_OF_LOG2 = 102335904;

/** Logarithm of base 2 of @p x >= 1 in 1/2^24, rounded down: bit by bit, by squaring. */
static uint64_t log2_fixed(uint64_t x)
{
    int exponent = 63 - __builtin_clzll(x);
    uint64_t mantissa = exponent >= 31 ? x >> (exponent - 31) : x << (31 - exponent);
    uint64_t fraction = 0;
    for (int i = 0; i < LOG_BITS; i++) {
        mantissa = (mantissa * mantissa) >> 31;
        fraction <<= 1;
        if (mantissa >> 32 != 0) {
            mantissa >>= 1;
            fraction |= 1;
        }
    }
    return ((uint64_t)exponent << LOG_BITS) | fraction;
}

uint16_t sp_bm25_impact(uint32_t tf, uint32_t length, uint32_t average)
{
    SP_ASSERT(tf > 0 && average > 0);
    uint64_t t = tf < SP_BM25_LENGTH_MAX ? tf : SP_BM25_LENGTH_MAX;
    uint64_t l = length < SP_BM25_LENGTH_MAX ? length : SP_BM25_LENGTH_MAX;
    uint64_t a = average < SP_BM25_LENGTH_MAX ? average : SP_BM25_LENGTH_MAX;
    uint64_t numerator = 10 * t * a;
    uint64_t denominator = numerator + 3 * a + 9 * l;
    /* below 10 x 2^40, so that the product with 2^16 fits */
    uint64_t impact = (numerator * UINT16_MAX + denominator / 2) / denominator;
    return (uint16_t)(impact > 0 ? impact : 1);
}

uint32_t sp_bm25_weight(uint32_t documents, uint32_t frequency, uint32_t permille)
{
    SP_ASSERT(frequency > 0 && frequency <= documents && permille <= SP_WEIGHT_FULL);
    uint64_t log =
        log2_fixed(2 * (uint64_t)documents + 2) - log2_fixed(2 * (uint64_t)frequency + 1);
    uint64_t weight = log * WEIGHT_OF_LOG2 >> LOG_BITS;
    uint64_t scale = (uint64_t)SP_WEIGHT_FULL << FACTOR_BITS;
    return (uint32_t)((weight * permille + scale / 2) / scale);
}

uint32_t sp_bm25_average(uint64_t length_sum, uint32_t documents)
{
    if (documents == 0) {
        return 1;
    }
    uint64_t average = (length_sum + documents / 2) / documents;
    return average == 0 ? 1 : average > SP_BM25_LENGTH_MAX ? SP_BM25_LENGTH_MAX : (uint32_t)average;
}
