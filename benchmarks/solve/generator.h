/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Invented consortium problems of four families, the same for the same options.
 *
 * - realistic: places on a plane, advisers (OWES) by region, each entity able to do some related
 *   requirements with capacities that few reach alone, licences, EVERY in every second problem,
 *   SUM conditions (revenue, staff, a share of 30 %), ANY conditions, cooperation, conflicts;
 * - near-equal: small entities that differ by a hair, and that only together reach the demand;
 * - equal: a few classes of identical entities;
 * - planted: a realistic pool in which one team was made good on purpose.
 */
#ifndef SP_BENCHMARKS_SOLVE_GENERATOR_H
#define SP_BENCHMARKS_SOLVE_GENERATOR_H

#include "base/arena.h"
#include "matcher/consortium/problem.h"

enum family { FAMILY_REALISTIC, FAMILY_NEAR_EQUAL, FAMILY_EQUAL, FAMILY_PLANTED, FAMILY_COUNT };

struct generator_options {
    enum family family;
    int32_t entities;     /* 8..1,000,000 */
    int32_t requirements; /* 1..SP_MAX_REQUIREMENTS */
    uint64_t seed;
};

/** The team that was planted: one allocation of it scores @p score, so its best does too or more.
 */
struct planted {
    int32_t count; /* 0: none */
    int32_t members[SP_MAX_MEMBERS];
    int64_t score;
};

/** Name of a family as the command line has it. */
const char *family_name(enum family family);

/** The family of that name; FAMILY_COUNT if there is none. */
enum family family_named(const char *name);

/**
 * Make a problem.
 *
 * @param arena  holds what @p out points to
 * @return SP_OK; SP_INVALID (options); SP_NOMEM
 */
enum sp_status generate(const struct generator_options *options, struct sp_arena *arena,
                        struct sp_problem *out, struct planted *planted, struct sp_error *err);

#endif
