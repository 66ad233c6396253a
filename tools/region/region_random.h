/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * The region's random numbers: SplitMix64 (Steele, Lea, Flood, "Fast splittable pseudorandom number
 * generators", OOPSLA 2014). Integers only, so the same on every machine.
 *
 * Each entity has a stream of its own, and each part of it another, so that a change of one part
 * (say, one draw more for statuses) leaves all other parts as they were.
 */
#ifndef SP_REGION_RANDOM_H
#define SP_REGION_RANDOM_H

#include <stdbool.h>
#include <stdint.h>

struct sp_random {
    uint64_t state;
};

static inline uint64_t sp_random_mix(uint64_t z)
{
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

static inline uint64_t sp_random_next(struct sp_random *random)
{
    random->state += UINT64_C(0x9E3779B97F4A7C15);
    return sp_random_mix(random->state);
}

/** Begin the stream of part @p part of entity @p number under @p seed. */
static inline struct sp_random sp_random_of(uint64_t seed, uint64_t number, uint64_t part)
{
    struct sp_random random = {sp_random_mix(seed + 1)};
    random.state = sp_random_next(&random) ^ number;
    random.state = sp_random_next(&random) ^ part;
    return random;
}

/** 0..@p bound - 1; 0 when @p bound is 0. The bias, below bound / 2^32, does not matter here. */
static inline uint32_t sp_random_below(struct sp_random *random, uint32_t bound)
{
    return (uint32_t)(((sp_random_next(random) >> 32) * bound) >> 32);
}

/** @p least..@p most, both possible; their distance is below 2^32 - 1. */
static inline int64_t sp_random_between(struct sp_random *random, int64_t least, int64_t most)
{
    return least + sp_random_below(random, (uint32_t)(most - least + 1));
}

static inline bool sp_random_chance(struct sp_random *random, unsigned permille)
{
    return sp_random_below(random, 1000) < permille;
}

#endif
