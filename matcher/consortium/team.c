/* SPDX-License-Identifier: EUPL-1.2 */
/** @file The exact score of one whole team. */
#include "matcher/consortium/solve.h"

#include <string.h>

static int64_t missing_conditions_cost(const struct sp_problem *p, const int32_t *members,
                                       int32_t count)
{
    uint32_t held = 0;
    for (int32_t n = 0; n < count; n++) {
        held |= p->candidates[members[n]].conditions;
    }
    int64_t missing = 0;
    for (int32_t b = 0; b < p->condition_count; b++) {
        missing += (held >> b & 1u) == 0 ? 1 : 0;
    }
    return missing * SP_MISSING_CONDITION_UNITS * SP_UNCOVERED_COST;
}

static int64_t shortfall_cost(const struct sp_problem *p, const int32_t *members, int32_t count)
{
    int64_t cost = 0;
    for (int32_t k = 0; k < p->sum_count; k++) {
        int64_t sum = 0;
        for (int32_t n = 0; n < count; n++) {
            sum += sp_problem_attribute(p, members[n], k);
        }
        if (sum < p->sums[k].least) {
            cost += (p->sums[k].least - sum) * sp_problem_shortfall_cost(p, k);
        }
    }
    return cost;
}

static bool is_allowed(const struct sp_problem *p, const int32_t *members, int32_t count)
{
    for (int32_t n = 0; n < count; n++) {
        if (p->every && !p->candidates[members[n]].status) {
            return false;
        }
        for (int32_t other = n + 1; other < count; other++) {
            if (sp_problem_conflict(p, members[n], members[other])) {
                return false;
            }
        }
    }
    return true;
}

bool sp_team_value(const struct sp_problem *p, const int32_t *members, int32_t count,
                   struct sp_solved_team *out)
{
    if (!is_allowed(p, members, count) ||
        !sp_allocation_best(p, members, count, &out->allocation)) {
        return false;
    }
    int64_t missing = missing_conditions_cost(p, members, count) +
                      shortfall_cost(p, members, count) +
                      (int64_t)out->allocation.uncovered * SP_UNCOVERED_COST;
    out->complete = missing == 0;
    out->score = out->allocation.value - missing - p->kappa * (count - 1);
    for (int32_t n = 0; n < count; n++) {
        for (int32_t other = n + 1; other < count; other++) {
            out->score -= sp_problem_friction(p, members[n], members[other]);
        }
    }
    out->count = count;
    memcpy(out->members, members, (size_t)count * sizeof *members);
    return true;
}
