/* SPDX-License-Identifier: EUPL-1.2 */
#include "benchmarks/solve/generator.h"

#include <stdlib.h>
#include <string.h>

#include "benchmarks/solve/generator_priv.h"

static const char *const family_names[FAMILY_COUNT] = {"realistic", "near-equal", "equal",
                                                       "planted"};

const char *family_name(enum family family)
{
    return family_names[family];
}

enum family family_named(const char *name)
{
    int family = 0;
    while (family < FAMILY_COUNT && strcmp(family_names[family], name) != 0) {
        family++;
    }
    return (enum family)family;
}

void draft_split_demand(struct draft *draft)
{
    struct sp_problem *p = draft->problem;
    const int32_t least = TOTAL_EFFORT / 50;
    int32_t weights[SP_MAX_REQUIREMENTS];
    int32_t sum = 0;
    for (int32_t j = 0; j < p->requirements; j++) {
        weights[j] = random_pick(&draft->random, 1, 5);
        sum += weights[j];
    }
    int32_t left = TOTAL_EFFORT;
    for (int32_t j = 0; j < p->requirements; j++) {
        int32_t shared = TOTAL_EFFORT - least * p->requirements;
        p->demand[j] = least + shared * weights[j] / sum;
        left -= p->demand[j];
        p->licence[j] = -1;
    }
    p->demand[0] += left; /* what rounding left over */
    p->total = TOTAL_EFFORT;
}

/* The whole square root, rounded down. */
static int32_t root(int32_t square)
{
    int32_t value = 0;
    while ((value + 1) * (value + 1) <= square) {
        value++;
    }
    return value;
}

enum sp_status draft_lay_out(struct draft *draft, int32_t places, int32_t side_km,
                             int32_t price_per_km)
{
    struct sp_problem *p = draft->problem;
    int32_t *x = sp_arena_calloc(draft->arena, 2 * (size_t)places, sizeof *x);
    draft->distance =
        sp_arena_calloc(draft->arena, (size_t)places * (size_t)places, sizeof *draft->distance);
    if (x == NULL || draft->distance == NULL) {
        return SP_NOMEM;
    }
    int32_t *y = x + places;
    for (int32_t a = 0; a < places; a++) {
        x[a] = random_pick(&draft->random, 0, side_km);
        y[a] = random_pick(&draft->random, 0, side_km);
        for (int32_t b = 0; b < a; b++) {
            int32_t km = root((x[a] - x[b]) * (x[a] - x[b]) + (y[a] - y[b]) * (y[a] - y[b]));
            draft->distance[a * places + b] = draft->distance[b * places + a] = km * price_per_km;
        }
    }
    p->place_count = places;
    p->distance = draft->distance;
    return SP_OK;
}

static int compare_pairs(const void *a, const void *b)
{
    const struct sp_pair *x = a;
    const struct sp_pair *y = b;
    if (x->a != y->a) {
        return x->a < y->a ? -1 : 1;
    }
    return x->b < y->b ? -1 : x->b > y->b ? 1 : 0;
}

int32_t draft_sort_pairs(struct sp_pair *pairs, int32_t count)
{
    int32_t kept = 0;
    qsort(pairs, (size_t)count, sizeof *pairs, compare_pairs);
    for (int32_t n = 0; n < count; n++) {
        if (kept == 0 || compare_pairs(&pairs[n], &pairs[kept - 1]) != 0) {
            pairs[kept++] = pairs[n];
        }
    }
    return kept;
}

static enum sp_status make_room(struct draft *draft, int32_t entities)
{
    const size_t n = (size_t)entities;
    draft->entities = sp_arena_calloc(draft->arena, n, sizeof *draft->entities);
    draft->cells = sp_arena_calloc(draft->arena, n * SP_MAX_REQUIREMENTS, sizeof *draft->cells);
    draft->attributes = sp_arena_calloc(draft->arena, n * SP_MAX_SUMS, sizeof *draft->attributes);
    draft->cooperations =
        sp_arena_calloc(draft->arena, n * PAIRS_PER_ENTITY, sizeof *draft->cooperations);
    draft->conflicts =
        sp_arena_calloc(draft->arena, n * PAIRS_PER_ENTITY, sizeof *draft->conflicts);
    if (draft->entities == NULL || draft->cells == NULL || draft->attributes == NULL ||
        draft->cooperations == NULL || draft->conflicts == NULL) {
        return SP_NOMEM;
    }
    for (int32_t i = 0; i < entities; i++) {
        draft->entities[i].cells = draft_cells(draft, i);
        draft->entities[i].attributes = draft_attributes(draft, i);
    }
    return SP_OK;
}

enum sp_status generate(const struct generator_options *options, struct sp_arena *arena,
                        struct sp_problem *out, struct planted *planted, struct sp_error *err)
{
    if (options->entities < 8 || options->entities > 1000000 || options->requirements < 1 ||
        options->requirements > SP_MAX_REQUIREMENTS) {
        return SP_FAIL(
            err, SP_INVALID, "options",
            "Podmiotów może być od 8 do 1000000 (jest %d), wymagań od 1 do %d (jest %d).",
            "There may be 8 to 1000000 entities (there are %d) and 1 to %d requirements "
            "(there are %d).",
            options->entities, SP_MAX_REQUIREMENTS, options->requirements);
    }
    *out = (struct sp_problem){.requirements = options->requirements,
                               .candidate_count = options->entities,
                               .cooperation_divisor = 1};
    *planted = (struct planted){0};
    /* The seed is stirred, so that neighbouring seeds share nothing. */
    struct draft draft = {.problem = out, .arena = arena, .random = {options->seed}};
    draft.random.state =
        random_bits(&draft.random) + (uint64_t)options->family * 0x632BE59BD9B4E019u +
        (uint64_t)options->entities * 0x9E6C63D0876A9A47u + (uint64_t)options->requirements;
    enum sp_status status = make_room(&draft, options->entities);
    if (status == SP_OK) {
        bool alike = options->family == FAMILY_NEAR_EQUAL || options->family == FAMILY_EQUAL;
        status =
            alike ? draft_alike(&draft, options->family == FAMILY_EQUAL) : draft_realistic(&draft);
    }
    if (status != SP_OK) {
        return SP_FAIL_NOMEM(err);
    }
    if (options->family == FAMILY_PLANTED) {
        draft_plant(&draft, planted);
    }
    out->candidates = draft.entities;
    out->cooperations = draft.cooperations;
    out->conflicts = draft.conflicts;
    return sp_problem_check(out, err);
}
