/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Random small problems, and their solution by brute force: every team is listed, and each is
 * valued by an allocation search of its own (exhaustive over whole efforts), so that nothing is
 * shared with the code under test.
 */
#ifndef SP_TESTS_CONSORTIUM_BRUTE_H
#define SP_TESTS_CONSORTIUM_BRUTE_H

#include "matcher/consortium/solve.h"

enum {
    SP_SMALL_CANDIDATES = 9,
    SP_SMALL_SETS = 1 << SP_SMALL_CANDIDATES,
    SP_BRUTE_SEED = 20261122
};

/** What is special about a random problem. */
enum sp_small_flags {
    SP_SMALL_TIES = 1,       /* capacities, values and loads are the same */
    SP_SMALL_INFEASIBLE = 2, /* a condition that nobody holds */
    SP_SMALL_EQUALS = 4,     /* candidates are copies of at most three */
};

struct sp_small {
    struct sp_problem problem;
    struct sp_contender contenders[SP_SMALL_CANDIDATES];
    struct sp_cell cells[SP_SMALL_CANDIDATES][SP_MAX_REQUIREMENTS];
    int64_t attributes[SP_SMALL_CANDIDATES][SP_MAX_SUMS];
    int32_t distance[9];
    struct sp_pair cooperations[4], conflicts[3];
};

/** Start the random numbers again (SplitMix64; one stream a test program). */
void sp_small_seed(uint64_t seed);

/** A number between @p low and @p high, both possible. */
int32_t sp_small_pick(int32_t low, int32_t high);

void sp_small_make(struct sp_small *small, unsigned flags);

/** One team as brute force values it. */
struct sp_brute_team {
    uint32_t set;
    bool allowed;
    int64_t score, missing;
};

/** Value every set of candidates, SP_SMALL_SETS of them. */
void sp_brute_value_all(const struct sp_problem *problem, struct sp_brute_team *teams);

/** The best @p wanted teams under @p options in order; returns how many there are. */
int sp_brute_rank(const struct sp_problem *problem, const struct sp_brute_team *teams,
                  const struct sp_solve_options *options, int wanted, struct sp_brute_team *best);

/** The members of @p team as a set. */
uint32_t sp_brute_set(const struct sp_solved_team *team);

/** How many there are in @p set. */
int sp_brute_size(uint32_t set);

/** Stop the test unless @p team is as @p expected says, with an allocation that adds up. */
void sp_brute_expect(const struct sp_problem *problem, const struct sp_solved_team *team,
                     const struct sp_brute_team *expected);

#endif
