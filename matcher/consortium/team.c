/* SPDX-License-Identifier: EUPL-1.2 */
#include "matcher/consortium/team.h"

#include <string.h>

static uint32_t missing_conditions(const struct sp_problem *p, const int32_t *members,
                                   int32_t count)
{
    uint32_t missing = ((uint32_t)1 << p->condition_count) - 1;
    for (int32_t n = 0; n < count; n++) {
        missing &= ~p->candidates[members[n]].conditions;
    }
    return missing;
}

static int64_t shortfall(const struct sp_problem *p, const int32_t *members, int32_t count,
                         int32_t k)
{
    int64_t sum = 0;
    for (int32_t n = 0; n < count; n++) {
        sum += sp_problem_attribute(p, members[n], k);
    }
    return sum < p->sums[k].least ? p->sums[k].least - sum : 0;
}

static int64_t missing_cost(const struct sp_problem *p, const int32_t *members, int32_t count)
{
    int64_t units = 0;
    for (uint32_t left = missing_conditions(p, members, count); left != 0; left &= left - 1) {
        units += SP_MISSING_CONDITION_UNITS;
    }
    int64_t cost = units * SP_UNCOVERED_COST;
    for (int32_t k = 0; k < p->sum_count; k++) {
        cost += shortfall(p, members, count, k) * sp_problem_shortfall_cost(p, k);
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
    out->missing =
        missing_cost(p, members, count) + (int64_t)out->allocation.uncovered * SP_UNCOVERED_COST;
    out->complete = out->missing == 0;
    out->score = out->allocation.value - out->missing - p->kappa * (count - 1);
    for (int32_t n = 0; n < count; n++) {
        for (int32_t other = n + 1; other < count; other++) {
            out->score -= sp_problem_friction(p, members[n], members[other]);
        }
    }
    out->count = count;
    memcpy(out->members, members, (size_t)count * sizeof *members);
    return true;
}

void sp_team_lacking(const struct sp_problem *p, const int32_t *members, int32_t count,
                     struct sp_lacking *out)
{
    struct sp_allocation allocation;
    (void)sp_allocation_best(p, members, count, &allocation);
    memset(out, 0, sizeof *out);
    for (int32_t j = 0; j < p->requirements; j++) {
        out->effort[j] = p->demand[j];
        for (int32_t n = 0; n < count; n++) {
            out->effort[j] -= allocation.effort[n][j];
        }
    }
    out->conditions = missing_conditions(p, members, count);
    for (int32_t k = 0; k < p->sum_count; k++) {
        out->sums[k] = shortfall(p, members, count, k);
    }
}

int sp_team_compare(const struct sp_solved_team *a, const struct sp_solved_team *b)
{
    if (a->score != b->score) {
        return a->score > b->score ? -1 : 1;
    }
    if (a->count != b->count) {
        return a->count < b->count ? -1 : 1;
    }
    for (int32_t n = 0; n < a->count; n++) {
        if (a->members[n] != b->members[n]) {
            return a->members[n] < b->members[n] ? -1 : 1;
        }
    }
    return 0;
}
