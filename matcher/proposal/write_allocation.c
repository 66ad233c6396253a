/* SPDX-License-Identifier: EUPL-1.2 */
/** @file The allocation matrix: who does how much, in the unit of the demand. */
#include <math.h>

#include "matcher/proposal/write_priv.h"

enum { PERMILLE = 1000, HUNDREDTHS = 100 };

/** Shares of one requirement, handed out member by member so that they add up to the demand:
 *  whole pieces where the demand is whole, else hundredths. */
struct shares {
    int32_t demand_effort;
    int32_t effort;    /* handed out so far */
    uint32_t permille; /* handed out so far */
    double scale;      /* 1 or 100 */
    double demand;     /* in the unit of the demand; < 0: not known */
    double amount;     /* handed out so far */
};

static struct shares shares_of(const struct sp_writing *writing, size_t requirement)
{
    const Spoina__V1__Quantity *demand = writing->lot->pool.needs[requirement].demand;
    bool is_whole = demand != NULL && floor(demand->amount) == demand->amount;
    return (struct shares){
        .demand_effort = writing->lot->assembly.problem.demand[requirement],
        .scale = is_whole ? 1 : HUNDREDTHS,
        .demand = demand == NULL ? -1 : demand->amount,
    };
}

/** Hand out @p effort more units. */
static void hand_out(struct shares *shares, int32_t effort, uint32_t *permille, double *amount)
{
    shares->effort += effort;
    bool is_all = shares->effort == shares->demand_effort;
    double part = (double)shares->effort / shares->demand_effort;
    uint32_t permille_now = (uint32_t)((int64_t)shares->effort * PERMILLE / shares->demand_effort);
    double amount_now =
        is_all ? shares->demand : round(shares->demand * part * shares->scale) / shares->scale;
    *permille = permille_now - shares->permille;
    *amount = amount_now - shares->amount;
    shares->permille = permille_now;
    shares->amount = amount_now;
}

static enum sp_status write_cell(const struct sp_writing *writing, size_t member,
                                 size_t requirement, struct shares *shares)
{
    const struct sp_lot_matching *lot = writing->lot;
    struct sp_arena *arena = writing->speaker.arena;
    Spoina__V1__Proposal *proposal = writing->proposal;
    uint32_t entity = writing->team->entities[member];
    int32_t effort = writing->team->effort[member][requirement];
    const struct sp_pool_fit *fit = &lot->pool.entities[entity].fits[requirement];
    Spoina__V1__Allocation *cell = sp_arena_alloc(arena, sizeof *cell);
    double amount = 0;
    if (cell == NULL) {
        return SP_NOMEM;
    }
    spoina__v1__allocation__init(cell);
    cell->requirement_id = lot->lot->requirements[requirement]->id;
    cell->entity_id = lot->pool.entities[entity].entity->id;
    if (fit->offer_index >= 0) {
        cell->offer_id = lot->pool.entities[entity].entity->offers[fit->offer_index]->id;
    }
    cell->effort = (uint32_t)effort;
    cell->capacity_unknown = lot->assembly.standings[entity].stations[requirement].capacity_unknown;
    hand_out(shares, effort, &cell->requirement_permille, &amount);
    if (shares->demand >= 0) {
        cell->quantity = sp_quantity_of(lot, requirement, amount, arena);
        if (cell->quantity == NULL) {
            return SP_NOMEM;
        }
    }
    proposal->allocation[proposal->n_allocation++] = cell;
    return SP_OK;
}

enum sp_status sp_write_allocation(const struct sp_writing *writing, struct sp_error *err)
{
    const struct sp_assembled_team *team = writing->team;
    size_t requirements = writing->lot->pool.requirement_count;
    writing->proposal->allocation = sp_arena_calloc(
        writing->speaker.arena, team->count * requirements, sizeof *writing->proposal->allocation);
    if (writing->proposal->allocation == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    for (size_t j = 0; j < requirements; j++) {
        struct shares shares = shares_of(writing, j);
        for (size_t m = 0; m < team->count; m++) {
            if (team->effort[m][j] > 0 && write_cell(writing, m, j, &shares) != SP_OK) {
                return SP_FAIL_NOMEM(err);
            }
        }
    }
    return SP_OK;
}
