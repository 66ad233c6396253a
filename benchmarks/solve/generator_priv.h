/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * A problem while it is made: the arrays that struct sp_problem shows as constant.
 */
#ifndef SP_BENCHMARKS_SOLVE_GENERATOR_PRIV_H
#define SP_BENCHMARKS_SOLVE_GENERATOR_PRIV_H

#include "benchmarks/solve/generator.h"
#include "benchmarks/solve/random.h"

enum { TOTAL_EFFORT = 1000, PAIRS_PER_ENTITY = 2 };

struct draft {
    struct sp_problem *problem;
    struct random random;
    struct sp_arena *arena;
    struct sp_contender *entities;
    struct sp_cell *cells;                    /* SP_MAX_REQUIREMENTS for each entity */
    int64_t *attributes;                      /* SP_MAX_SUMS for each entity */
    int32_t *distance;                        /* place_count x place_count */
    struct sp_pair *cooperations, *conflicts; /* room for PAIRS_PER_ENTITY x entities each */
};

static inline struct sp_cell *draft_cells(const struct draft *draft, int32_t entity)
{
    return &draft->cells[(size_t)entity * SP_MAX_REQUIREMENTS];
}

static inline int64_t *draft_attributes(const struct draft *draft, int32_t entity)
{
    return &draft->attributes[(size_t)entity * SP_MAX_SUMS];
}

/** Split the whole effort over the requirements by random weights, each at least 2 %. */
void draft_split_demand(struct draft *draft);

/** Lay @p places places out on a plane with @p side_km a side and price their distances. */
enum sp_status draft_lay_out(struct draft *draft, int32_t places, int32_t side_km,
                             int32_t price_per_km);

/** Sort pairs and drop repeated ones; returns how many are left. */
int32_t draft_sort_pairs(struct sp_pair *pairs, int32_t count);

/** Fill a draft whose arrays are there, all zero. */
enum sp_status draft_realistic(struct draft *draft);
enum sp_status draft_alike(struct draft *draft, bool identical);

/** Turn some entities of a realistic draft into a good team. */
void draft_plant(struct draft *draft, struct planted *planted);

#endif
