/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * What the four parts of the program `consortia` share.
 */
#ifndef SP_BENCHMARKS_SOLVE_CONSORTIA_H
#define SP_BENCHMARKS_SOLVE_CONSORTIA_H

#include "benchmarks/solve/generator.h"
#include "benchmarks/solve/peer.h"
#include "matcher/consortium/solve.h"

struct bench {
    bool quick; /* sizes of a smoke test */
    uint64_t seed;
    unsigned peer_limit_s; /* of processor time, each peer and problem */
    bool peer_is_there[PEER_COUNT];
    char folder[64]; /* of models and answers */
    struct sp_arena *arena;
    struct sp_problem problem; /* the one at hand */
    struct planted planted;
    struct sp_solution *solution;  /* of the last bench_solve() */
    struct sp_solution *reference; /* room for another one */
    uint64_t faults;               /* wrong answers so far */
};

/** How one solve went. */
struct solve_time {
    double cpu_ms;
    double wall_ms;
    double late_ms;     /* after the deadline, on the wall clock; 0: it was kept */
    double late_cpu_ms; /* processor time since the last time it asked whether to go on */
};

/** Make the problem of @p options; the one before is forgotten. False: said why, no memory. */
bool bench_generate(struct bench *bench, const struct generator_options *options);

/** Solve the problem at hand into bench->solution. A deadline below 0 means none. */
bool bench_solve(struct bench *bench, int32_t teams, double deadline_ms, struct solve_time *time);

/** Say what is wrong with the problem of @p options, and count it. */
void bench_fault(struct bench *bench, const struct generator_options *options, const char *what);

/** Median, and the value that @p percent do not exceed (nearest rank); sorts @p values. */
double bench_percentile(double *values, size_t count, unsigned percent);

/** Our best team against every peer's on 60 middle problems. */
bool part_agree(struct bench *bench);

/** Time to the ten best with proof, by pool and requirements, beside each peer's for the best one.
 */
bool part_speed(struct bench *bench);

/** Hard families: is the deadline kept, is the gap true. */
bool part_hard(struct bench *bench);

/** Planted teams: found first, or beaten by a better score. */
bool part_planted(struct bench *bench);

#endif
