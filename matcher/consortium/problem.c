/* SPDX-License-Identifier: EUPL-1.2 */
#include "matcher/consortium/problem.h"

#include <stdio.h>

static bool pair_listed(const struct sp_pair *pairs, int32_t count, int32_t a, int32_t b)
{
    int32_t first = a < b ? a : b;
    int32_t second = a < b ? b : a;
    int32_t low = 0;
    int32_t high = count;
    while (low < high) {
        int32_t middle = low + (high - low) / 2;
        const struct sp_pair *pair = &pairs[middle];
        if (pair->a < first || (pair->a == first && pair->b < second)) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < count && pairs[low].a == first && pairs[low].b == second;
}

int64_t sp_problem_base_friction(const struct sp_problem *p, int32_t a, int32_t b)
{
    const struct sp_contender *x = &p->candidates[a];
    const struct sp_contender *y = &p->candidates[b];
    int64_t friction = p->distance[(size_t)x->place * (size_t)p->place_count + (size_t)y->place];
    friction += x->owes != y->owes ? p->owes_penalty : 0;
    return friction + p->no_cooperation_penalty;
}

int64_t sp_problem_friction(const struct sp_problem *p, int32_t a, int32_t b)
{
    const int64_t friction = sp_problem_base_friction(p, a, b);
    return pair_listed(p->cooperations, p->cooperation_count, a, b)
               ? friction / p->cooperation_divisor
               : friction;
}

bool sp_problem_conflict(const struct sp_problem *p, int32_t a, int32_t b)
{
    return pair_listed(p->conflicts, p->conflict_count, a, b);
}

int64_t sp_problem_shortfall_cost(const struct sp_problem *p, int32_t k)
{
    int64_t cost = (int64_t)SP_MISSING_CONDITION_UNITS * SP_UNCOVERED_COST / p->sums[k].scale;
    return cost > 1 ? cost : 1;
}

int64_t sp_problem_attribute(const struct sp_problem *p, int32_t i, int32_t k)
{
    int64_t value = p->candidates[i].attributes[k];
    const struct sp_sum *sum = &p->sums[k];
    return !sum->is_signed && value > sum->least ? sum->least : value;
}

/* What one attribute may cost: with it 17 x 16 of them stay far within 63 bits. */
#define MOST_PAID ((int64_t)1 << 53)

#define WRONG(place, polish, english, ...)                                                         \
    SP_FAIL(err, SP_INVALID, (place), polish, english, __VA_ARGS__)

static enum sp_status check_counts(const struct sp_problem *p, struct sp_error *err)
{
    if (p->requirements < 1 || p->requirements > SP_MAX_REQUIREMENTS) {
        return WRONG("requirements", "Liczba wymagań musi być od 1 do %d (jest %d).",
                     "There must be 1 to %d requirements (there are %d).", SP_MAX_REQUIREMENTS,
                     p->requirements);
    }
    if (p->most_members < 1 || p->most_members > SP_MAX_MEMBERS) {
        return WRONG("most_members", "Największa liczba członków musi być od 1 do %d (jest %d).",
                     "The most members must be 1 to %d (it is %d).", SP_MAX_MEMBERS,
                     p->most_members);
    }
    if (p->sum_count < 0 || p->sum_count > SP_MAX_SUMS || p->condition_count < 0 ||
        p->condition_count > SP_MAX_CONDITIONS) {
        return WRONG("conditions", "Zła liczba warunków: %d sumowanych, %d pojedynczych.",
                     "Bad number of conditions: %d to be summed, %d to be held by one.",
                     p->sum_count, p->condition_count);
    }
    if (p->place_count < 0 || p->place_count > SP_MAX_PLACES || p->candidate_count < 0 ||
        p->cooperation_count < 0 || p->conflict_count < 0) {
        return WRONG("candidates", "Zła liczba miejsc (%d), kandydatów (%d) lub ich par.",
                     "Bad number of places (%d), candidates (%d) or pairs of them.", p->place_count,
                     p->candidate_count);
    }
    return SP_OK;
}

static enum sp_status check_demand(const struct sp_problem *p, struct sp_error *err)
{
    int64_t total = 0;
    for (int32_t j = 0; j < p->requirements; j++) {
        if (p->demand[j] < 0 || p->demand[j] > p->total || p->licence[j] > 31) {
            return WRONG("demand", "Wymaganie %d ma zapotrzebowanie %d poza zakresem 0..%d.",
                         "Requirement %d has demand %d outside 0..%d.", j, p->demand[j], p->total);
        }
        total += p->demand[j];
    }
    if (total != p->total || p->total < 1 || p->total > SP_MAX_TOTAL) {
        return WRONG("total", "Zapotrzebowania sumują się do %lld zamiast do %d (od 1 do %d).",
                     "The demands add up to %lld, not to %d (1 to %d).", (long long)total, p->total,
                     SP_MAX_TOTAL);
    }
    if (p->least_load < 0 || p->most_load < p->least_load || p->least_load > SP_MAX_TOTAL) {
        return WRONG("load", "Sprzeczne granice udziału: od %d do %d.",
                     "Contradictory limits of a share: %d to %d.", p->least_load, p->most_load);
    }
    return SP_OK;
}

static enum sp_status check_costs(const struct sp_problem *p, struct sp_error *err)
{
    if (p->kappa < 0 || p->kappa > SP_MAX_KAPPA) {
        return WRONG("kappa", "Koszt członka %lld poza zakresem 0..%d.",
                     "The cost of a member %lld is outside 0..%d.", (long long)p->kappa,
                     SP_MAX_KAPPA);
    }
    if (p->owes_penalty < 0 || p->no_cooperation_penalty < 0 || p->cooperation_divisor < 1) {
        return WRONG("friction",
                     "Kary za odległość nie mogą być ujemne, dzielnik %d musi być >= 1.",
                     "Friction must not be negative and its divisor %d must be >= 1.",
                     p->cooperation_divisor);
    }
    for (int64_t n = 0; n < (int64_t)p->place_count * p->place_count; n++) {
        if (p->distance[n] < 0) {
            return WRONG("distance", "Odległość miejsc %d i %d jest ujemna.",
                         "The distance of places %d and %d is negative.", (int)(n / p->place_count),
                         (int)(n % p->place_count));
        }
    }
    return SP_OK;
}

/* Can @p value of SUM k be short in every member at once, and still be paid for in 64 bits? */
static bool can_be_paid(const struct sp_problem *p, int32_t k, int64_t value)
{
    const int64_t most = MOST_PAID / sp_problem_shortfall_cost(p, k);
    return value <= most && value >= -most;
}

static enum sp_status check_sums(const struct sp_problem *p, struct sp_error *err)
{
    for (int32_t k = 0; k < p->sum_count; k++) {
        if (p->sums[k].scale < 1) {
            return WRONG("sums", "Warunek sumowany %d ma skalę mniejszą od 1.",
                         "SUM condition %d has a scale below 1.", k);
        }
        if (!can_be_paid(p, k, p->sums[k].least)) {
            return WRONG("sums", "Warunek sumowany %d wymaga %lld: za dużo przy skali %lld.",
                         "SUM condition %d asks for %lld: too much for the scale %lld.", k,
                         (long long)p->sums[k].least, (long long)p->sums[k].scale);
        }
    }
    return SP_OK;
}

static enum sp_status check_candidate(const struct sp_problem *p, int32_t i, struct sp_error *err)
{
    const struct sp_contender *c = &p->candidates[i];
    char place[40];
    (void)snprintf(place, sizeof place, "candidates[%d]", i);
    if (c->place < 0 || c->place >= p->place_count || c->load < 0 || c->cell_count < 0) {
        return WRONG(place, "Miejsce %d lub obciążenie %d poza zakresem.",
                     "Place %d or load %d out of range.", c->place, c->load);
    }
    uint32_t seen = 0;
    for (int32_t n = 0; n < c->cell_count; n++) {
        const struct sp_cell *cell = &c->cells[n];
        if (cell->requirement < 0 || cell->requirement >= p->requirements || cell->capacity < 0 ||
            cell->value < 0 || cell->value > SP_MAX_VALUE ||
            (seen >> cell->requirement & 1u) != 0) {
            return WRONG(place, "Zła lub powtórzona pozycja wymagania %d.",
                         "Bad or repeated cell for requirement %d.", cell->requirement);
        }
        seen |= 1u << cell->requirement;
    }
    for (int32_t k = 0; k < p->sum_count; k++) {
        if (!can_be_paid(p, k, sp_problem_attribute(p, i, k))) {
            return WRONG(place, "Wartość %lld warunku sumowanego %d jest za duża dla jego skali.",
                         "The value %lld of SUM condition %d is too large for its scale.",
                         (long long)c->attributes[k], k);
        }
    }
    return SP_OK;
}

static enum sp_status check_pairs(const struct sp_problem *p, const struct sp_pair *pairs,
                                  int32_t count, const char *place, struct sp_error *err)
{
    for (int32_t n = 0; n < count; n++) {
        const struct sp_pair *pair = &pairs[n];
        const bool in_order = n == 0 || pairs[n - 1].a < pair->a ||
                              (pairs[n - 1].a == pair->a && pairs[n - 1].b <= pair->b);
        if (pair->a < 0 || pair->a >= pair->b || pair->b >= p->candidate_count || !in_order) {
            return WRONG(place, "Para %d (%d, %d) jest zła lub nie po kolei.",
                         "Pair %d (%d, %d) is bad or out of order.", n, pair->a, pair->b);
        }
    }
    return SP_OK;
}

enum sp_status sp_problem_check(const struct sp_problem *p, struct sp_error *err)
{
    enum sp_status status = check_counts(p, err);
    status = status == SP_OK ? check_demand(p, err) : status;
    status = status == SP_OK ? check_costs(p, err) : status;
    status = status == SP_OK ? check_sums(p, err) : status;
    for (int32_t i = 0; status == SP_OK && i < p->candidate_count; i++) {
        status = check_candidate(p, i, err);
    }
    status = status == SP_OK
                 ? check_pairs(p, p->cooperations, p->cooperation_count, "cooperations", err)
                 : status;
    return status == SP_OK ? check_pairs(p, p->conflicts, p->conflict_count, "conflicts", err)
                           : status;
}
