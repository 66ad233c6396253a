/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/unit/consortium/middle.h"

#include <string.h>

#include "tests/unit/consortium/brute.h"

static void make_contender(struct sp_middle *m, int32_t i, bool near_equal)
{
    struct sp_problem *p = &m->problem;
    struct sp_contender *c = &m->contenders[i];
    *c =
        (struct sp_contender){.place = sp_small_pick(0, SP_MIDDLE_PLACES - 1),
                              .owes = sp_small_pick(0, 2),
                              .load = near_equal ? sp_small_pick(340, 360) : sp_small_pick(80, 700),
                              .status = true,
                              .conditions = near_equal ? 1 : (uint32_t)sp_small_pick(0, 1),
                              .cells = m->cells[i],
                              .attributes = &m->attributes[i]};
    m->attributes[i] = near_equal ? 50 : sp_small_pick(0, 100);
    for (int32_t j = 0; j < p->requirements; j++) {
        if (sp_small_pick(0, 1) == 0) {
            m->cells[i][c->cell_count++] =
                near_equal ? (struct sp_cell){j, p->demand[j] / 2, sp_small_pick(695, 705)}
                           : (struct sp_cell){j, sp_small_pick(20, p->demand[j]),
                                              sp_small_pick(100, 1000)};
        }
    }
}

static int32_t make_pairs(struct sp_pair *pairs)
{
    int32_t count = 0;
    for (int32_t a = 0; a + 1 < SP_MIDDLE_CANDIDATES; a += sp_small_pick(2, 8)) {
        pairs[count++] = (struct sp_pair){a, sp_small_pick(a + 1, SP_MIDDLE_CANDIDATES - 1)};
    }
    return count;
}

void sp_middle_make(struct sp_middle *m, bool near_equal)
{
    memset(m, 0, sizeof *m);
    m->problem = (struct sp_problem){.requirements = 3,
                                     .total = 1000,
                                     .most_members = 4,
                                     .least_load = 20,
                                     .most_load = 1000,
                                     .kappa = 2000,
                                     .demand = {400, 350, 250},
                                     .licence = {-1, -1, -1},
                                     .sum_count = 1,
                                     .sums = {{.least = 90, .scale = 90}},
                                     .condition_count = 1,
                                     .place_count = SP_MIDDLE_PLACES,
                                     .owes_penalty = 3000,
                                     .no_cooperation_penalty = 1000,
                                     .cooperation_divisor = 2,
                                     .distance = m->distance,
                                     .candidate_count = SP_MIDDLE_CANDIDATES,
                                     .candidates = m->contenders,
                                     .cooperations = m->cooperations,
                                     .conflicts = m->conflicts};
    for (int32_t a = 0; a < SP_MIDDLE_PLACES; a++) {
        for (int32_t b = 0; b < a; b++) {
            m->distance[a * SP_MIDDLE_PLACES + b] = m->distance[b * SP_MIDDLE_PLACES + a] =
                near_equal ? sp_small_pick(90, 110) : sp_small_pick(500, 12000);
        }
    }
    for (int32_t i = 0; i < SP_MIDDLE_CANDIDATES; i++) {
        make_contender(m, i, near_equal);
    }
    m->problem.cooperation_count = make_pairs(m->cooperations);
    m->problem.conflict_count = make_pairs(m->conflicts);
}
