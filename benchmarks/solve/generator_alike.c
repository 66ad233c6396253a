/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Pools of small entities that differ by a hair or not at all. Nobody reaches alone what is asked
 * for, and almost every team of the same size is almost as good: bounds tell little apart.
 */
#include "benchmarks/solve/generator_priv.h"

enum { PLACES = 4, CLASSES = 6, MOST_MEMBERS = 6 };

/* What one of them, or one class of them, is like. */
static void make_entity(struct draft *draft, int32_t i)
{
    const struct sp_problem *p = draft->problem;
    struct random *r = &draft->random;
    struct sp_contender *entity = &draft->entities[i];
    struct sp_cell *cells = draft_cells(draft, i);
    entity->place = random_pick(r, 0, PLACES - 1);
    entity->owes = 0;
    entity->status = true;
    entity->conditions = random_chance(r, 50) ? 1 : 0;
    draft_attributes(draft, i)[0] = random_pick(r, 4, 6);
    for (int32_t j = 0; j < p->requirements; j++) {
        /* Half of the requirements each, about a third of their demand. */
        if (random_chance(r, 50) || (j == p->requirements - 1 && entity->cell_count == 0)) {
            int32_t capacity = p->demand[j] * random_pick(r, 35, 45) / 100;
            cells[entity->cell_count++] =
                (struct sp_cell){j, capacity < 1 ? 1 : capacity, random_pick(r, 796, 804)};
        }
    }
    entity->load = random_pick(r, 240, 260);
}

static void copy_entity(struct draft *draft, int32_t from, int32_t to)
{
    struct sp_contender *entity = &draft->entities[to];
    *entity = draft->entities[from];
    for (int32_t n = 0; n < entity->cell_count; n++) {
        draft_cells(draft, to)[n] = draft_cells(draft, from)[n];
    }
    draft_attributes(draft, to)[0] = draft_attributes(draft, from)[0];
    entity->cells = draft_cells(draft, to);
    entity->attributes = draft_attributes(draft, to);
}

enum sp_status draft_alike(struct draft *draft, bool identical)
{
    struct sp_problem *p = draft->problem;
    p->most_members = MOST_MEMBERS;
    p->least_load = 20;
    p->most_load = TOTAL_EFFORT;
    p->kappa = 2000;
    p->sum_count = 1;
    p->sums[0] = (struct sp_sum){20, 20, false};
    p->condition_count = 1;
    p->no_cooperation_penalty = 100;
    draft_split_demand(draft);
    enum sp_status status = draft_lay_out(draft, PLACES, 20, 20);
    for (int32_t i = 0; status == SP_OK && i < p->candidate_count; i++) {
        if (identical && i >= CLASSES) {
            copy_entity(draft, random_pick(&draft->random, 0, CLASSES - 1), i);
        } else {
            make_entity(draft, i);
        }
    }
    return status;
}
