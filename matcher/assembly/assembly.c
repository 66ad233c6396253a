/* SPDX-License-Identifier: EUPL-1.2 */
/** @file The problem of a lot; see assembly.h. */
#include "matcher/assembly/assembly.h"

#include <stdlib.h>

#include "matcher/assembly/effort.h"
#include "matcher/assembly/pairs.h"
#include "matcher/assembly/standing.h"

enum { SCRATCH_ARENA_BYTES = 8 << 20 }; /* the rulings on one entity */

/** Give each ANY and SUM term its bit or row, each requirement with PERFORMER terms its bit. */
static enum sp_status number_terms(struct sp_assembly *assembly, struct sp_arena *arena,
                                   struct sp_error *err)
{
    const struct sp_lot_terms *terms = &assembly->terms;
    struct sp_problem *problem = &assembly->problem;
    int32_t *any = sp_arena_calloc(arena, SP_MAX_CONDITIONS, sizeof *any);
    int32_t *sums = sp_arena_calloc(arena, SP_MAX_SUMS, sizeof *sums);
    bool leader = false;
    if (any == NULL || sums == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    for (size_t t = 0; t < terms->count; t++) {
        const struct sp_lot_term *term = &terms->items[t];
        bool is_any = term->type == SP_TERM_ANY || (term->type == SP_TERM_LEADER && !leader);
        bool is_sum = term->type == SP_TERM_SUM;
        if ((is_any && problem->condition_count == SP_MAX_CONDITIONS) ||
            (is_sum && problem->sum_count == SP_MAX_SUMS)) {
            return SP_FAIL(err, SP_LIMIT, term->subject,
                           "Za dużo warunków jednej części: najwyżej %d sumowanych i %d do "
                           "spełnienia przez jednego członka.",
                           "Too many conditions of one lot: at most %d to be summed and %d to be "
                           "held by one member.",
                           SP_MAX_SUMS, SP_MAX_CONDITIONS);
        }
        if (is_any) {
            leader = leader || term->type == SP_TERM_LEADER;
            any[problem->condition_count++] =
                term->type == SP_TERM_LEADER ? SP_LEADER_BIT : (int32_t)t;
        } else if (is_sum) {
            problem->sums[problem->sum_count] =
                (struct sp_sum){.least = term->asked, .scale = term->asked < 1 ? 1 : term->asked};
            sums[problem->sum_count++] = (int32_t)t;
        } else if (term->type == SP_TERM_PERFORMER) {
            for (int32_t j = 0; j < problem->requirements; j++) {
                bool asked = term->requirements == 0 || (term->requirements >> j & 1u) != 0;
                problem->licence[j] = asked ? j : problem->licence[j];
            }
        }
    }
    assembly->any_terms = any;
    assembly->sum_terms = sums;
    return SP_OK;
}

static void start_problem(struct sp_assembly *assembly)
{
    const struct sp_team_options *options = &assembly->options.team;
    struct sp_problem *problem = &assembly->problem;
    *problem = (struct sp_problem){
        .requirements = (int32_t)assembly->pool->requirement_count,
        .total = SP_LOT_EFFORT,
        .most_members = (int32_t)options->members_max,
        /* each member performs a part (K32), so that "performs" needs no condition of its own */
        .least_load =
            options->least_share_permille == 0 ? 1 : (int32_t)options->least_share_permille,
        .most_load = (int32_t)options->most_share_permille,
        .every = true,
        .kappa = (int64_t)options->partner_cost * SP_POINT_SCORE,
    };
    assembly->effort_basis = sp_effort_split(assembly->pool->lot, problem->demand);
    for (int32_t j = 0; j < problem->requirements; j++) {
        problem->licence[j] = -1;
    }
}

static enum sp_status make_standings(struct sp_assembly *assembly, struct sp_arena *arena,
                                     struct sp_standing **out, struct sp_error *err)
{
    size_t count = assembly->pool->count;
    struct sp_standing *standings = sp_arena_calloc(arena, count, sizeof *standings);
    struct sp_arena *scratch = sp_arena_new(SCRATCH_ARENA_BYTES);
    enum sp_status status = standings == NULL || scratch == NULL ? SP_FAIL_NOMEM(err) : SP_OK;
    for (size_t i = 0; status == SP_OK && i < count; i++) {
        status = sp_standing_make(assembly, i, scratch, arena, &standings[i], err);
    }
    sp_arena_free(scratch);
    *out = standings;
    assembly->standings = standings;
    return status;
}

/** A candidate with its fair key. */
struct keyed {
    uint64_t tie;
    uint32_t entity;
};

static int compare_keyed(const void *left, const void *right)
{
    const struct keyed *a = left;
    const struct keyed *b = right;
    if (a->tie != b->tie) {
        return a->tie < b->tie ? -1 : 1;
    }
    return (a->entity > b->entity) - (a->entity < b->entity);
}

static bool has_cell(const struct sp_assembly *assembly, const struct sp_standing *standing)
{
    for (size_t j = 0; j < assembly->pool->requirement_count; j++) {
        if (standing->stations[j].effort > 0) {
            return true;
        }
    }
    return false;
}

/** Choose the candidates and put them into their fair order. */
static enum sp_status choose_candidates(struct sp_assembly *assembly, struct sp_standing *standings,
                                        struct sp_arena *arena, struct sp_error *err)
{
    const struct sp_pool *pool = assembly->pool;
    struct keyed *keys = sp_arena_calloc(arena, pool->count, sizeof *keys);
    uint32_t *candidates = sp_arena_calloc(arena, pool->count, sizeof *candidates);
    if (keys == NULL || candidates == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    size_t count = 0;
    for (size_t i = 0; i < pool->count; i++) {
        if (pool->entities[i].invited || has_cell(assembly, &standings[i])) {
            keys[count++] = (struct keyed){pool->entities[i].tie, (uint32_t)i};
        }
    }
    if (count > 0) {
        qsort(keys, count, sizeof *keys, compare_keyed);
    }
    for (size_t i = 0; i < count; i++) {
        candidates[i] = keys[i].entity;
        standings[keys[i].entity].candidate = (int32_t)i;
    }
    assembly->candidates = candidates;
    assembly->problem.candidate_count = (int32_t)count;
    return SP_OK;
}

/** Effort that the cells drawing on one capacity can give in all, @p first being the first of them:
 *  the largest sum that no way of splitting it overdraws. The cells that take most of the capacity
 *  for a unit of effort are filled first. */
static int32_t shared_load(const struct sp_assembly *assembly, size_t entity, size_t first,
                           uint32_t *seen)
{
    const double slack = 1e-9; /* of rounding */
    const struct sp_pool_entity *pooled = &assembly->pool->entities[entity];
    const struct sp_station *stations = assembly->standings[entity].stations;
    uint32_t group = 0;
    for (size_t j = first; j < assembly->pool->requirement_count; j++) {
        if (stations[j].effort > 0 &&
            (j == first || sp_shares_capacity(assembly->pool, pooled, first, j))) {
            group |= 1u << j;
        }
    }
    *seen |= group;
    double left = 1 + slack;
    int32_t load = 0;
    while (group != 0) {
        size_t most = SIZE_MAX;
        double most_taken = 0;
        for (size_t j = first; j < assembly->pool->requirement_count; j++) {
            double taken = (group >> j & 1u) == 0 ? 0
                                                  : sp_capacity_taken(assembly->pool, pooled, j) /
                                                        assembly->problem.demand[j];
            if ((group >> j & 1u) != 0 && (most == SIZE_MAX || taken > most_taken)) {
                most = j;
                most_taken = taken;
            }
        }
        double room = left / most_taken;
        int32_t effort = room < stations[most].effort ? (int32_t)room : stations[most].effort;
        load += effort;
        left -= effort * most_taken;
        group &= ~(1u << most);
        if (effort < stations[most].effort) {
            break; /* used up: a unit less of the dearest is a unit more of no other */
        }
    }
    return load;
}

/** Effort that an entity can give in all. */
static int32_t find_load(const struct sp_assembly *assembly, size_t entity)
{
    const struct sp_pool_entity *pooled = &assembly->pool->entities[entity];
    const struct sp_station *stations = assembly->standings[entity].stations;
    uint32_t seen = 0;
    int32_t load = 0;
    for (size_t j = 0; j < assembly->pool->requirement_count; j++) {
        if (stations[j].effort == 0 || (seen >> j & 1u) != 0) {
            continue;
        }
        load += pooled->fits[j].capacity == SP_CAPACITY_COMPARED
                    ? shared_load(assembly, entity, j, &seen)
                    : stations[j].effort;
    }
    return load;
}

static uint32_t find_conditions(const struct sp_assembly *assembly,
                                const struct sp_standing *standing)
{
    uint32_t held = 0;
    for (int32_t b = 0; b < assembly->problem.condition_count; b++) {
        int32_t t = assembly->any_terms[b];
        const struct sp_lot_term *term = t == SP_LEADER_BIT ? NULL : &assembly->terms.items[t];
        bool holds = term == NULL
                         ? standing->can_lead
                         : sp_counts_as_met(assembly, (enum sp_decision)standing->decisions[t]) &&
                               (!term->performs ||
                                sp_can_perform_any(assembly, standing, term->requirements));
        held |= holds ? (uint32_t)1 << b : 0;
    }
    return held;
}

/** What a candidate brings to a SUM row: all that is asked for where it is not known. */
static int64_t find_attribute(const struct sp_assembly *assembly,
                              const struct sp_standing *standing, int32_t t)
{
    const struct sp_lot_term *term = &assembly->terms.items[t];
    if (term->performs && !sp_can_perform_any(assembly, standing, term->requirements)) {
        return 0;
    }
    bool open = standing->decisions[t] == SP_DECISION_UNKNOWN && !assembly->options.certain_only;
    int64_t part = standing->parts[t] < 0 ? 0 : standing->parts[t];
    return open || part > term->asked ? term->asked : part;
}

static enum sp_status fill_candidate(const struct sp_assembly *assembly, size_t entity,
                                     struct sp_contender *out, struct sp_arena *arena,
                                     struct sp_error *err)
{
    const struct sp_standing *standing = &assembly->standings[entity];
    const struct sp_problem *problem = &assembly->problem;
    struct sp_cell *cells =
        sp_arena_calloc(arena, assembly->pool->requirement_count, sizeof *cells);
    int64_t *attributes = sp_arena_calloc(arena, (size_t)problem->sum_count, sizeof *attributes);
    if (cells == NULL || attributes == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    for (int32_t j = 0; j < problem->requirements; j++) {
        const struct sp_station *station = &standing->stations[j];
        if (station->effort > 0) {
            cells[out->cell_count++] = (struct sp_cell){j, station->effort, station->value};
        }
        out->licences |= station->licensed ? (uint32_t)1 << j : 0;
    }
    for (int32_t k = 0; k < problem->sum_count; k++) {
        attributes[k] = find_attribute(assembly, standing, assembly->sum_terms[k]);
    }
    out->load = find_load(assembly, entity);
    out->status = standing->status;
    out->conditions = find_conditions(assembly, standing);
    out->cells = cells;
    out->attributes = attributes;
    return SP_OK;
}

static enum sp_status fill_candidates(struct sp_assembly *assembly, struct sp_arena *arena,
                                      struct sp_error *err)
{
    size_t count = (size_t)assembly->problem.candidate_count;
    struct sp_contender *contenders = sp_arena_calloc(arena, count, sizeof *contenders);
    enum sp_status status = contenders == NULL ? SP_FAIL_NOMEM(err) : SP_OK;
    for (size_t i = 0; status == SP_OK && i < count; i++) {
        status = fill_candidate(assembly, assembly->candidates[i], &contenders[i], arena, err);
    }
    assembly->problem.candidates = contenders;
    return status == SP_OK ? sp_pairs_fill(assembly, contenders, arena, err) : status;
}

enum sp_status sp_assembly_make(const struct sp_pool *pool, const struct sp_rulebook *book,
                                sp_day today, const struct sp_assembly_options *options,
                                struct sp_arena *arena, struct sp_assembly *out,
                                struct sp_error *err)
{
    struct sp_standing *standings = NULL;
    *out = (struct sp_assembly){.pool = pool, .book = book, .options = *options};
    start_problem(out);
    enum sp_status status =
        sp_terms_read(pool->draft, pool->lot_index, today, arena, &out->terms, err);
    if (status == SP_OK) {
        status = number_terms(out, arena, err);
    }
    if (status == SP_OK) {
        status = make_standings(out, arena, &standings, err);
    }
    if (status == SP_OK) {
        status = choose_candidates(out, standings, arena, err);
    }
    if (status == SP_OK) {
        status = fill_candidates(out, arena, err);
    }
    return status == SP_OK ? sp_problem_check(&out->problem, err) : status;
}

/** True if doing all of the lot draws more than it has on one of the entity's offers. */
static bool whole_is_too_much(const struct sp_assembly *assembly, size_t entity)
{
    const struct sp_pool_entity *pooled = &assembly->pool->entities[entity];
    for (size_t j = 0; j < assembly->pool->requirement_count; j++) {
        double taken = 0;
        for (size_t k = 0; k < assembly->pool->requirement_count; k++) {
            taken += sp_shares_capacity(assembly->pool, pooled, j, k)
                         ? sp_capacity_taken(assembly->pool, pooled, k)
                         : 0;
        }
        if (taken > 1 + 1e-9) {
            return true;
        }
    }
    return false;
}

enum sp_alone sp_assembly_alone(const struct sp_assembly *assembly, size_t entity)
{
    const struct sp_standing *standing = &assembly->standings[entity];
    const struct sp_problem *problem = &assembly->problem;
    if (standing->candidate == SP_NO_CANDIDATE || !standing->status) {
        return SP_ALONE_NO;
    }
    const struct sp_contender *candidate = &problem->candidates[standing->candidate];
    uint32_t all = (uint32_t)((UINT64_C(1) << problem->condition_count) - 1);
    bool can = candidate->conditions == all && !whole_is_too_much(assembly, entity);
    bool unknown = standing->unknown > 0;
    for (int32_t j = 0; j < problem->requirements; j++) {
        const struct sp_station *station = &standing->stations[j];
        bool asked = assembly->pool->needs[j].demand != NULL;
        can = can && station->licensed && station->effort == problem->demand[j];
        unknown = unknown || (station->capacity_unknown && asked);
    }
    for (int32_t k = 0; k < problem->sum_count; k++) {
        can = can && candidate->attributes[k] >= problem->sums[k].least;
    }
    return !can ? SP_ALONE_NO : unknown ? SP_ALONE_UNKNOWN : SP_ALONE_YES;
}
