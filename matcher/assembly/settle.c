/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * What the problem's integers cannot say, mended on one team; see sp_assembly_settle().
 *
 * The team is copied into a problem of its own, where capacities can be cut and work can be set
 * aside for a holder; each step is followed by the best allocation of what is left.
 */
#include <string.h>

#include "matcher/assembly/assembly.h"
#include "matcher/assembly/standing.h"

/** One team as a problem. */
struct workshop {
    const struct sp_assembly *assembly;
    int32_t count;
    int32_t members[SP_MAX_MEMBERS];   /* 0, 1, 2, ...: rows of the copies below */
    uint32_t entities[SP_MAX_MEMBERS]; /* of the pool */
    struct sp_problem problem;
    struct sp_contender candidates[SP_MAX_MEMBERS];
    struct sp_cell cells[SP_MAX_MEMBERS][SP_MAX_REQUIREMENTS];
    int32_t set_aside[SP_MAX_MEMBERS][SP_MAX_REQUIREMENTS]; /* effort given outside the problem */
};

static void open_workshop(const struct sp_assembly *assembly, const struct sp_solved_team *team,
                          struct workshop *shop)
{
    memset(shop, 0, sizeof *shop);
    shop->assembly = assembly;
    shop->count = team->count;
    shop->problem = assembly->problem;
    for (int32_t i = 0; i < team->count; i++) {
        const struct sp_contender *from = &assembly->problem.candidates[team->members[i]];
        shop->members[i] = i;
        shop->entities[i] = assembly->candidates[team->members[i]];
        shop->candidates[i] = *from;
        memcpy(shop->cells[i], from->cells, (size_t)from->cell_count * sizeof *from->cells);
        shop->candidates[i].cells = shop->cells[i];
    }
    shop->problem.candidates = shop->candidates;
    shop->problem.candidate_count = team->count;
    shop->problem.conflict_count = 0;
    shop->problem.cooperation_count = 0;
}

/** Copy a workshop; the copy's pointers lead to the copy. */
static void copy_workshop(const struct workshop *from, struct workshop *to)
{
    *to = *from;
    for (int32_t i = 0; i < to->count; i++) {
        to->candidates[i].cells = to->cells[i];
    }
    to->problem.candidates = to->candidates;
}

static struct sp_cell *find_cell(struct workshop *shop, int32_t i, size_t j)
{
    for (int32_t n = 0; n < shop->candidates[i].cell_count; n++) {
        if (shop->cells[i][n].requirement == (int32_t)j) {
            return &shop->cells[i][n];
        }
    }
    return NULL;
}

/** The best allocation with what is set aside; false if a member gets less than its least load. */
static bool allocate(struct workshop *shop, struct sp_allocation *out)
{
    int32_t least_load = shop->problem.least_load;
    bool done = sp_allocation_best(&shop->problem, shop->members, shop->count, out);
    if (!done) { /* a member may have its least load set aside already */
        shop->problem.least_load = 0;
        done = sp_allocation_best(&shop->problem, shop->members, shop->count, out);
        shop->problem.least_load = least_load;
    }
    for (int32_t i = 0; done && i < shop->count; i++) {
        int32_t load = 0;
        for (int32_t j = 0; j < shop->problem.requirements; j++) {
            struct sp_cell *cell = find_cell(shop, i, (size_t)j);
            out->effort[i][j] += shop->set_aside[i][j];
            out->value += cell == NULL ? 0 : (int64_t)cell->value * shop->set_aside[i][j];
            load += out->effort[i][j];
        }
        done = load >= least_load;
    }
    return done;
}

/** Find a member and a requirement whose offer the allocation overdraws; false: none. */
static bool find_overdrawn(const struct workshop *shop, const struct sp_allocation *allocation,
                           int32_t *member, size_t *requirement)
{
    const double slack = 1e-9;
    const struct sp_pool *pool = shop->assembly->pool;
    for (int32_t i = 0; i < shop->count; i++) {
        const struct sp_pool_entity *entity = &pool->entities[shop->entities[i]];
        for (size_t j = 0; j < pool->requirement_count; j++) {
            double taken = 0;
            for (size_t k = 0; k < pool->requirement_count; k++) {
                if (allocation->effort[i][k] > 0 && sp_shares_capacity(pool, entity, j, k)) {
                    taken += sp_capacity_taken(pool, entity, k) * allocation->effort[i][k] /
                             shop->assembly->problem.demand[k];
                }
            }
            if (taken > 1 + slack) {
                *member = i;
                *requirement = j;
                return true;
            }
        }
    }
    return false;
}

/** Cut the cells that share the capacity of (@p i, @p j) so that together they cannot overdraw it:
 *  those with most work keep it, the others get what is left. */
static void cut_cells(struct workshop *shop, const struct sp_allocation *allocation, int32_t i,
                      size_t j)
{
    const struct sp_pool *pool = shop->assembly->pool;
    const struct sp_pool_entity *entity = &pool->entities[shop->entities[i]];
    uint32_t done = 0;
    double left = 1 + 1e-9;
    for (;;) {
        size_t most = SIZE_MAX;
        for (size_t k = 0; k < pool->requirement_count; k++) {
            if ((done >> k & 1u) == 0 && sp_shares_capacity(pool, entity, j, k) &&
                (most == SIZE_MAX || allocation->effort[i][k] > allocation->effort[i][most])) {
                most = k;
            }
        }
        if (most == SIZE_MAX) {
            return;
        }
        done |= 1u << most;
        double unit = sp_capacity_taken(pool, entity, most) / shop->assembly->problem.demand[most];
        double room = left / unit;
        int32_t most_effort = allocation->effort[i][most];
        int32_t effort = room < most_effort ? (int32_t)room : most_effort;
        struct sp_cell *cell = find_cell(shop, i, most);
        if (cell != NULL) {
            int32_t aside = shop->set_aside[i][most];
            effort = effort > aside ? effort - aside : 0;
            cell->capacity = effort < cell->capacity ? effort : cell->capacity;
            left -= (cell->capacity + aside) * unit;
        }
    }
}

/** Cut cells until no offer is overdrawn; false if a member is left without its load. */
static bool draw_within(struct workshop *shop, struct sp_allocation *allocation)
{
    int32_t member = 0;
    size_t requirement = 0;
    /* a group of cells that was cut stays within its capacity: each is cut once */
    for (int32_t round = 0; round <= SP_MAX_MEMBERS * SP_MAX_REQUIREMENTS; round++) {
        if (!find_overdrawn(shop, allocation, &member, &requirement)) {
            return true;
        }
        cut_cells(shop, allocation, member, requirement);
        if (!allocate(shop, allocation)) {
            return false;
        }
    }
    return false;
}

static bool holds(const struct workshop *shop, int32_t i, int32_t bit)
{
    return (shop->candidates[i].conditions >> bit & 1u) != 0;
}

/** True if a holder of ANY bit @p bit performs one of @p requirements (0: any), or nobody holds it
 *  at all. */
static bool holder_performs(const struct workshop *shop, const struct sp_allocation *allocation,
                            int32_t bit, uint32_t requirements)
{
    bool held = false;
    for (int32_t i = 0; i < shop->count; i++) {
        held = held || holds(shop, i, bit);
        for (int32_t j = 0; holds(shop, i, bit) && j < shop->problem.requirements; j++) {
            if (allocation->effort[i][j] > 0 &&
                (requirements == 0 || (requirements >> j & 1u) != 0)) {
                return true;
            }
        }
    }
    return !held;
}

/** Set work on requirement @p j aside for member @p i; false if it has no room for any. */
static bool set_aside(struct workshop *shop, int32_t i, size_t j)
{
    struct sp_cell *cell = find_cell(shop, i, j);
    struct sp_contender *candidate = &shop->candidates[i];
    const struct sp_problem *problem = &shop->problem;
    int32_t amount = problem->least_load > 0 ? problem->least_load : 1;
    bool licensed =
        problem->licence[j] < 0 || (candidate->licences >> problem->licence[j] & 1u) != 0;
    if (cell == NULL || !licensed) {
        return false;
    }
    int32_t load = candidate->load < problem->most_load ? candidate->load : problem->most_load;
    amount = amount < cell->capacity ? amount : cell->capacity;
    amount = amount < problem->demand[j] ? amount : problem->demand[j];
    amount = amount < load ? amount : load;
    cell->capacity -= amount;
    candidate->load = load - amount;
    shop->problem.demand[j] -= amount;
    shop->set_aside[i][j] += amount;
    return amount > 0;
}

/** Give a holder of @p bit a part in the cheapest way; false if there is none. */
static bool employ_holder(struct workshop *shop, struct sp_allocation *allocation, int32_t bit,
                          uint32_t requirements)
{
    struct workshop best;
    struct sp_allocation best_allocation = *allocation;
    bool found = false;
    for (int32_t i = 0; i < shop->count; i++) {
        for (size_t j = 0; j < (size_t)shop->problem.requirements; j++) {
            bool asked = requirements == 0 || (requirements >> j & 1u) != 0;
            struct workshop trial;
            struct sp_allocation tried;
            copy_workshop(shop, &trial);
            if (!asked || !holds(shop, i, bit) || !set_aside(&trial, i, j) ||
                !allocate(&trial, &tried) || !draw_within(&trial, &tried) ||
                tried.uncovered > allocation->uncovered) {
                continue;
            }
            if (!found || tried.value > best_allocation.value) {
                copy_workshop(&trial, &best);
                best_allocation = tried;
                found = true;
            }
        }
    }
    if (found) {
        copy_workshop(&best, shop);
        *allocation = best_allocation;
    }
    return found;
}

bool sp_assembly_settle(const struct sp_assembly *assembly, struct sp_solved_team *team)
{
    struct workshop shop;
    struct sp_allocation allocation = team->allocation;
    open_workshop(assembly, team, &shop);
    bool kept = draw_within(&shop, &allocation);
    for (int32_t b = 0; kept && b < assembly->problem.condition_count; b++) {
        int32_t t = assembly->any_terms[b];
        const struct sp_lot_term *term = t == SP_LEADER_BIT ? NULL : &assembly->terms.items[t];
        if (term != NULL && term->performs &&
            !holder_performs(&shop, &allocation, b, term->requirements)) {
            kept = employ_holder(&shop, &allocation, b, term->requirements);
        }
    }
    if (!kept || allocation.uncovered > team->allocation.uncovered) {
        return false;
    }
    team->score -= team->allocation.value - allocation.value;
    team->allocation = allocation;
    return true;
}
