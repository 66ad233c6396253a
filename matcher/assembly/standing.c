/* SPDX-License-Identifier: EUPL-1.2 */
/** @file Standings; see standing.h. */
#include "matcher/assembly/standing.h"

#include <math.h>
#include <string.h>

#include "matcher/assembly/asking.h"

enum { M_PER_KM = 1000 };

bool sp_counts_as_met(const struct sp_assembly *assembly, enum sp_decision decision)
{
    return decision == SP_DECISION_MET ||
           (decision == SP_DECISION_UNKNOWN && !assembly->options.certain_only);
}

bool sp_can_perform(const struct sp_standing *standing, size_t j)
{
    return standing->stations[j].effort > 0 && standing->stations[j].licensed;
}

bool sp_can_perform_any(const struct sp_assembly *assembly, const struct sp_standing *standing,
                        uint32_t requirements)
{
    for (size_t j = 0; j < assembly->pool->requirement_count; j++) {
        if ((requirements == 0 || (requirements >> j & 1u) != 0) && sp_can_perform(standing, j)) {
            return true;
        }
    }
    return false;
}

const char *sp_fit_unit(const struct sp_pool_entity *entity, size_t j)
{
    int32_t index = entity->fits[j].offer_index;
    return index < 0 ? "" : entity->entity->offers[index]->unit_id;
}

bool sp_shares_capacity(const struct sp_pool *pool, const struct sp_pool_entity *entity, size_t j,
                        size_t k)
{
    const struct sp_pool_fit *a = &entity->fits[j];
    const struct sp_pool_fit *b = &entity->fits[k];
    if (a->capacity != SP_CAPACITY_COMPARED || b->capacity != SP_CAPACITY_COMPARED ||
        a->offer_index != b->offer_index) {
        return false;
    }
    return strcmp(pool->needs[j].measure.unit->base, pool->needs[k].measure.unit->base) == 0;
}

double sp_capacity_taken(const struct sp_pool *pool, const struct sp_pool_entity *entity, size_t j)
{
    return pool->needs[j].demand->amount / entity->fits[j].free;
}

struct sp_bidder sp_standing_bidder(const struct sp_assembly *assembly, size_t entity,
                                    const char *unit_id, uint32_t performs,
                                    struct sp_statement *stated)
{
    const Spoina__V1__Entity *record = assembly->pool->entities[entity].entity;
    *stated = sp_terms_statement(record, assembly->terms.day);
    return (struct sp_bidder){
        .entity = record, .unit_id = unit_id, .performs = performs, .stated = stated};
}

/** Effort units that the free capacity of a fit reaches. */
static int32_t effort_of(const struct sp_assembly *assembly, const struct sp_pool_fit *fit,
                         size_t j, bool *unknown)
{
    int32_t demand = assembly->problem.demand[j];
    *unknown = false;
    switch (fit->capacity) {
    case SP_CAPACITY_NO_DEMAND: /* nothing that anybody could fall short of */
        *unknown = true;
        return demand;
    case SP_CAPACITY_NOT_DECLARED:
    case SP_CAPACITY_NOT_COMPARABLE:
        *unknown = true;
        return assembly->options.certain_only ? 0 : demand;
    case SP_CAPACITY_NOT_YET:
    case SP_CAPACITY_BELOW_MINIMUM:
        return 0;
    case SP_CAPACITY_COMPARED:
        break;
    }
    double asked = assembly->pool->needs[j].demand->amount;
    if (fit->free >= asked) {
        return demand;
    }
    return (int32_t)floor(demand * fit->free / asked);
}

static bool may_perform(const struct sp_assembly *assembly, const struct sp_pool_fit *fit)
{
    uint64_t radius_m = (uint64_t)assembly->options.radius_km * M_PER_KM;
    bool too_far = radius_m > 0 && fit->has_distance && fit->distance_m > radius_m;
    return fit->relevant && fit->reach != SP_REACH_NOT_SERVED && !too_far;
}

static void make_stations(const struct sp_assembly *assembly, const struct sp_pool_entity *entity,
                          const struct sp_standing *standing, struct sp_station *stations)
{
    const struct sp_lot_terms *terms = &assembly->terms;
    uint32_t cost = standing->unknown * SP_UNKNOWN_COST;
    cost = cost > SP_UNKNOWN_COST_MOST ? SP_UNKNOWN_COST_MOST : cost;
    for (size_t j = 0; j < assembly->pool->requirement_count; j++) {
        const struct sp_pool_fit *fit = &entity->fits[j];
        struct sp_station *station = &stations[j];
        station->value = fit->total > cost ? (int32_t)(fit->total - cost) : 0;
        station->may_perform = may_perform(assembly, fit);
        station->effort = effort_of(assembly, fit, j, &station->capacity_unknown);
        station->effort = station->may_perform ? station->effort : 0;
        station->licensed = true;
        for (size_t t = 0; t < terms->count; t++) {
            const struct sp_lot_term *term = &terms->items[t];
            bool asked = term->requirements == 0 || (term->requirements >> j & 1u) != 0;
            if (term->type == SP_TERM_PERFORMER && asked &&
                !sp_counts_as_met(assembly, (enum sp_decision)standing->decisions[t])) {
                station->licensed = false;
            }
        }
    }
}

/** The unit behind the fit that weighs most: effort of the requirement times total. */
static const char *choose_unit(const struct sp_assembly *assembly,
                               const struct sp_pool_entity *entity)
{
    const char *unit = "";
    int64_t best = 0;
    for (size_t j = 0; j < assembly->pool->requirement_count; j++) {
        const struct sp_pool_fit *fit = &entity->fits[j];
        int64_t weight = (int64_t)assembly->problem.demand[j] * fit->total;
        if (fit->relevant && weight > best) {
            best = weight;
            unit = sp_fit_unit(entity, j);
        }
    }
    return unit;
}

/** Ask every term that can be asked of one bidder. */
static enum sp_status rule(const struct sp_assembly *assembly, const struct sp_team *team,
                           struct sp_arena *scratch, uint8_t *decisions, int64_t *parts,
                           struct sp_standing *out, struct sp_error *err)
{
    const struct sp_lot_terms *terms = &assembly->terms;
    for (size_t t = 0; t < terms->count; t++) {
        const struct sp_lot_term *term = &terms->items[t];
        struct sp_ruling ruling;
        decisions[t] = SP_DECISION_MET;
        if (term->type == SP_TERM_TEAM) {
            continue;
        }
        enum sp_status status = sp_ask(assembly->book, terms, term, team, scratch, &ruling, err);
        if (status != SP_OK) {
            return status;
        }
        decisions[t] = (uint8_t)ruling.decision;
        bool known = ruling.count > 0 && ruling.verdicts[0].part != SP_PART_UNKNOWN;
        parts[t] = known ? ruling.verdicts[0].part : 0;
        out->unknown += ruling.decision == SP_DECISION_UNKNOWN;
        bool met = sp_counts_as_met(assembly, ruling.decision);
        out->status = out->status && (term->type != SP_TERM_EVERY || met);
        out->can_lead = out->can_lead && (term->type != SP_TERM_LEADER || met);
    }
    return SP_OK;
}

enum sp_status sp_standing_make(const struct sp_assembly *assembly, size_t index,
                                struct sp_arena *scratch, struct sp_arena *arena,
                                struct sp_standing *out, struct sp_error *err)
{
    const struct sp_pool_entity *entity = &assembly->pool->entities[index];
    size_t terms = assembly->terms.count;
    struct sp_station *stations =
        sp_arena_calloc(arena, assembly->pool->requirement_count, sizeof *stations);
    uint8_t *decisions = sp_arena_calloc(arena, terms, sizeof *decisions);
    int64_t *parts = sp_arena_calloc(arena, terms, sizeof *parts);
    if (stations == NULL || decisions == NULL || parts == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    *out = (struct sp_standing){
        .candidate = SP_NO_CANDIDATE,
        .status = true,
        .can_lead = true,
        .unit_id = choose_unit(assembly, entity),
        .stations = stations,
        .decisions = decisions,
        .parts = parts,
    };
    struct sp_statement stated;
    struct sp_bidder bidder = sp_standing_bidder(assembly, index, out->unit_id, 0, &stated);
    struct sp_team team = {
        .members = &bidder, .count = 1, .deadline = assembly->terms.day, .silent = true};
    sp_arena_reset(scratch);
    enum sp_status status = rule(assembly, &team, scratch, decisions, parts, out, err);
    if (status == SP_OK) {
        make_stations(assembly, entity, out, stations);
    }
    return status;
}
