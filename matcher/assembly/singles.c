/* SPDX-License-Identifier: EUPL-1.2 */
#include "matcher/assembly/singles.h"

#include <stdlib.h>

#include "matcher/assembly/standing.h"

/** An entity with what orders it. */
struct place {
    struct sp_single single;
    const struct sp_pool_entity *entity;
};

static bool bars_offers(enum sp_term_kind kind)
{
    switch (kind) {
    case SP_TERM_EXCLUSION:
    case SP_TERM_OWN_UNIT:
    case SP_TERM_ART_94:
    case SP_TERM_ART_361:
    case SP_TERM_ES_26:
    case SP_TERM_SS_15A:
        return true;
    case SP_TERM_ART_95:
    case SP_TERM_ART_96:
    case SP_TERM_KEY_TASKS:
    case SP_TERM_CONDITION:
    case SP_TERM_LICENCE:
    case SP_TERM_ONE_OFFER:
    case SP_TERM_EACH_PERFORMS:
        break;
    }
    return false;
}

const struct sp_lot_term *sp_single_obstacle(const struct sp_assembly *assembly, size_t entity)
{
    const uint8_t *decisions = assembly->standings[entity].decisions;
    for (size_t t = 0; t < assembly->terms.count; t++) {
        const struct sp_lot_term *term = &assembly->terms.items[t];
        if (decisions[t] == SP_DECISION_NOT_MET && bars_offers(term->kind)) {
            return term;
        }
    }
    return NULL;
}

static enum sp_single_class classify(const struct sp_assembly *assembly,
                                     const struct sp_assembled_team *alone)
{
    const uint8_t *decisions = assembly->standings[alone->entities[0]].decisions;
    bool complete = alone->uncovered == 0;
    if (sp_single_obstacle(assembly, alone->entities[0]) != NULL) {
        return SP_SINGLE_BARRED;
    }
    for (size_t t = 0; t < assembly->terms.count; t++) {
        complete = complete && decisions[t] != SP_DECISION_NOT_MET;
    }
    return complete ? SP_SINGLE_COMPLETE : SP_SINGLE_PARTIAL;
}

static int compare_places(const void *left, const void *right)
{
    const struct place *a = left;
    const struct place *b = right;
    if (a->single.class != b->single.class) {
        return a->single.class < b->single.class ? -1 : 1;
    }
    if (a->single.score != b->single.score) {
        return a->single.score > b->single.score ? -1 : 1;
    }
    if (a->entity->score != b->entity->score) {
        return a->entity->score > b->entity->score ? -1 : 1;
    }
    int covered = __builtin_popcount(b->entity->covered) - __builtin_popcount(a->entity->covered);
    if (covered != 0) {
        return covered;
    }
    if (a->entity->tie != b->entity->tie) {
        return a->entity->tie < b->entity->tie ? -1 : 1;
    }
    return (a->single.entity > b->single.entity) - (a->single.entity < b->single.entity);
}

uint32_t sp_single_score(const struct sp_assembly *assembly, const struct sp_assembled_team *alone)
{
    const struct sp_pool_fit *fits = assembly->pool->entities[alone->entities[0]].fits;
    uint32_t sum = 0;
    for (size_t j = 0; j < assembly->pool->requirement_count; j++) {
        sum += fits[j].total * (uint32_t)alone->effort[0][j];
    }
    return sum / SP_LOT_EFFORT;
}

static enum sp_status make_place(const struct sp_assembly *assembly, uint32_t entity,
                                 struct place *out, struct sp_error *err)
{
    struct sp_assembled_team alone;
    enum sp_status status = sp_assembly_value_team(assembly, &entity, 1, true, &alone, err);
    if (status == SP_OK) {
        out->entity = &assembly->pool->entities[entity];
        out->single = (struct sp_single){entity, classify(assembly, &alone),
                                         sp_single_score(assembly, &alone)};
    }
    return status;
}

enum sp_status sp_singles_rank(const struct sp_assembly *assembly, struct sp_arena *arena,
                               const struct sp_single **out, size_t *count, struct sp_error *err)
{
    const struct sp_pool *pool = assembly->pool;
    struct sp_single *ranked = sp_arena_calloc(arena, pool->count, sizeof *ranked);
    struct place *places = sp_arena_calloc(arena, pool->count, sizeof *places);
    enum sp_status status = ranked == NULL || places == NULL ? SP_FAIL_NOMEM(err) : SP_OK;
    *count = 0;
    *out = ranked;
    for (size_t i = 0; status == SP_OK && i < pool->count; i++) {
        if (pool->entities[i].covered != 0) {
            status = make_place(assembly, (uint32_t)i, &places[(*count)++], err);
        }
    }
    if (status != SP_OK) {
        return status;
    }
    if (*count > 0) {
        qsort(places, *count, sizeof *places, compare_places);
    }
    for (size_t i = 0; i < *count; i++) {
        ranked[i] = places[i].single;
    }
    return SP_OK;
}

enum sp_idle sp_single_idle(const struct sp_assembly *assembly,
                            const struct sp_assembled_team *single, size_t requirement)
{
    const struct sp_pool_fit *fit =
        &assembly->pool->entities[single->entities[0]].fits[requirement];
    const struct sp_station *station =
        &assembly->standings[single->entities[0]].stations[requirement];
    if (single->effort[0][requirement] > 0 || !fit->relevant) {
        return SP_IDLE_NOT;
    }
    if (!station->may_perform) {
        return fit->reach == SP_REACH_NOT_SERVED ? SP_IDLE_OUT_OF_AREA : SP_IDLE_TOO_FAR;
    }
    if (fit->capacity == SP_CAPACITY_NOT_YET) {
        return SP_IDLE_NOT_YET;
    }
    if (fit->capacity == SP_CAPACITY_BELOW_MINIMUM) {
        return SP_IDLE_TOO_SMALL;
    }
    if (station->effort == 0) {
        return SP_IDLE_NO_CAPACITY;
    }
    return station->licensed ? SP_IDLE_CAPACITY_USED : SP_IDLE_UNLICENSED;
}
