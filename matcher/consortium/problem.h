/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * One consortium problem as plain integers: which entities together cover a lot best.
 *
 * A lot is `total` effort units (1000), requirement j is `demand[j]` of them. An entity offers
 * cells (requirement, capacity in effort units, value 0..1000 per unit). A team of 1..most_members
 * entities with a whole-number allocation scores
 *
 *     sum value x effort  -  kappa (members - 1)  -  sum of friction over pairs
 *
 * in units of 10^-6 of a full score. Every requirement must be covered, every member performs
 * between least_load and min(most_load, its own load) units, and the conditions hold over the team:
 * EVERY (status), PERFORMER (licence for a requirement), SUM (attributes add up), ANY (one member
 * holds it), CONFLICT (never together).
 */
#ifndef SP_CONSORTIUM_PROBLEM_H
#define SP_CONSORTIUM_PROBLEM_H

#include <stdbool.h>
#include <stdint.h>

#include "base/status.h"

enum {
    SP_MAX_REQUIREMENTS = 16,
    SP_MAX_MEMBERS = 16,    /* far above what rule K32 advises: consortia are kept small */
    SP_MAX_SUMS = 16,       /* SUM and SHARE conditions of one lot */
    SP_MAX_CONDITIONS = 30, /* ANY conditions, bits of a uint32_t */
    SP_MAX_PLACES = 4096,
    SP_MAX_TOTAL = 10000,   /* effort units; a lot is 1,000 of them */
    SP_MAX_VALUE = 1000000, /* of an effort unit; 1,000 is the best there is */
    SP_MAX_KAPPA = 1000000000,
};

/** What an elastic solution pays, in score units. */
enum {
    SP_UNCOVERED_COST = 2000000,      /* one effort unit without a performer */
    SP_MISSING_CONDITION_UNITS = 100, /* an ANY condition nobody holds, in effort units */
};

struct sp_cell {
    int32_t requirement; /* 0..requirements-1 */
    int32_t capacity;    /* effort units, >= 0 */
    int32_t value;       /* per effort unit, 0..1000 */
};

struct sp_contender {
    int32_t place;       /* index into the friction table */
    int32_t owes;        /* adviser; differing ones add friction */
    int32_t load;        /* most effort units it can take in all */
    bool status;         /* fulfils the EVERY conditions */
    uint32_t licences;   /* bit set */
    uint32_t conditions; /* bit set of ANY conditions it holds */
    const struct sp_cell *cells;
    int32_t cell_count;
    const int64_t *attributes; /* sum_count values */
};

/** sum of attribute k over the members >= least. */
struct sp_sum {
    int64_t least;
    int64_t scale;  /* elastic: a shortfall costs max(1, 200,000,000 / scale) a unit; >= 1 */
    bool is_signed; /* attributes may be negative (SHARE); otherwise one above least counts as least
                     */
};

struct sp_pair {
    int32_t a, b;
};

struct sp_problem {
    int32_t requirements, total, most_members, least_load, most_load;
    bool every; /* only candidates with status may be members */
    int64_t kappa;
    int32_t demand[SP_MAX_REQUIREMENTS];
    int32_t licence[SP_MAX_REQUIREMENTS]; /* bit number its performer must hold; -1: none */
    int32_t sum_count;
    struct sp_sum sums[SP_MAX_SUMS];
    int32_t condition_count;
    int32_t place_count, owes_penalty, no_cooperation_penalty, cooperation_divisor;
    const int32_t *distance; /* place_count x place_count */
    int32_t candidate_count;
    const struct sp_contender *candidates;
    int32_t cooperation_count, conflict_count;
    const struct sp_pair *cooperations, *conflicts; /* a < b, sorted by (a, b) */
};

/** Friction of two candidates that never worked together: distance and different advisers. >= 0. */
int64_t sp_problem_base_friction(const struct sp_problem *problem, int32_t a, int32_t b);

/** Friction of two candidates. >= 0. */
int64_t sp_problem_friction(const struct sp_problem *problem, int32_t a, int32_t b);

/** True if @p a and @p b may not be members of one team. */
bool sp_problem_conflict(const struct sp_problem *problem, int32_t a, int32_t b);

/** The cost of one missing unit of SUM condition @p k in an elastic solution. */
int64_t sp_problem_shortfall_cost(const struct sp_problem *problem, int32_t k);

/** What candidate @p i adds to SUM condition @p k. */
int64_t sp_problem_attribute(const struct sp_problem *problem, int32_t i, int32_t k);

/** Refuse a problem whose numbers are out of range; names the place. */
enum sp_status sp_problem_check(const struct sp_problem *problem, struct sp_error *err);

#endif
