/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Whole random numbers from a seed, the same everywhere: SplitMix64 (Steele, Lea, Flood 2014).
 */
#ifndef SP_BENCHMARKS_SOLVE_RANDOM_H
#define SP_BENCHMARKS_SOLVE_RANDOM_H

#include <stdbool.h>
#include <stdint.h>

struct random {
    uint64_t state;
};

static inline uint64_t random_bits(struct random *random)
{
    uint64_t z = random->state += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

/** A whole number of @p low .. @p high. The modulo favours none by more than 2^-32. */
static inline int32_t random_pick(struct random *random, int32_t low, int32_t high)
{
    return low + (int32_t)(random_bits(random) % ((uint64_t)(high - low) + 1));
}

static inline bool random_chance(struct random *random, int32_t percent)
{
    return random_pick(random, 0, 99) < percent;
}

#endif
