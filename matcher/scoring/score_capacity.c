/* SPDX-License-Identifier: EUPL-1.2 */
/** @file Free capacity against demand; see score_capacity.h. */
#include "matcher/scoring/score_capacity.h"

#include <math.h>

static const double DAYS_PER_YEAR = 365;

/** Convert @p quantity into the measure of the demand. False when that cannot be done. */
static bool convert(const struct sp_units *units, const struct sp_need *need,
                    const Spoina__V1__Quantity *quantity, double *out)
{
    struct sp_measure from = {.unit = sp_unit_find(units, sp_view_of(quantity->unit)),
                              .period = sp_period_find(units, sp_view_of(quantity->period))};
    bool unknown_period = *quantity->period != '\0' && from.period == NULL;
    if (from.unit == NULL || unknown_period || !isfinite(quantity->amount)) {
        return false;
    }
    if ((from.period == NULL) == (need->measure.period == NULL)) {
        return sp_measure_convert(&from, &need->measure, quantity->amount, out, NULL) == SP_OK;
    }
    if (from.period == NULL || need->term_days == 0) {
        return false; /* a total says nothing about a rate */
    }
    /* A rate against a total: bring it to a year, then to the days of the performance. */
    struct sp_measure yearly = {.unit = need->measure.unit,
                                .period = sp_period_find(units, sp_view_of("year"))};
    if (sp_measure_convert(&from, &yearly, quantity->amount, out, NULL) != SP_OK) {
        return false;
    }
    *out = *out * need->term_days / DAYS_PER_YEAR;
    return true;
}

/** True if the capacity is free only after the performance has ended. */
static bool comes_too_late(const struct sp_need *need, const Spoina__V1__Capacity *capacity)
{
    sp_day free_from = SP_DAY_UNKNOWN;
    return need->to != SP_DAY_UNKNOWN &&
           sp_day_parse(sp_view_of(capacity->free_from), &free_from) && free_from > need->to;
}

static struct sp_capacity_score compare_one(const struct sp_units *units,
                                            const struct sp_need *need,
                                            const Spoina__V1__Capacity *capacity)
{
    struct sp_capacity_score score = {
        .part = {SP_NEUTRAL_PERMILLE, true},
        .state = SP_CAPACITY_NOT_DECLARED,
    };
    double declared = 0;
    double committed = 0;
    if (capacity->declared == NULL) {
        return score;
    }
    if (!convert(units, need, capacity->declared, &declared) ||
        (capacity->committed != NULL && !convert(units, need, capacity->committed, &committed))) {
        score.state = SP_CAPACITY_NOT_COMPARABLE;
        return score;
    }
    if (comes_too_late(need, capacity)) {
        return (struct sp_capacity_score){.state = SP_CAPACITY_NOT_YET};
    }
    score.state = SP_CAPACITY_COMPARED;
    score.free = declared > committed ? declared - committed : 0;
    return score;
}

/** Permille of @p demand that @p free covers. */
static uint32_t share(double free, double demand)
{
    return free >= demand ? SP_PERMILLE : (uint32_t)(free * SP_PERMILLE / demand);
}

/** Apply the offer's smallest and largest order. */
static void apply_orders(const struct sp_units *units, const struct sp_need *need,
                         const Spoina__V1__Offer *offer, struct sp_capacity_score *score)
{
    double amount = 0;
    double demand = need->demand->amount;
    if (offer->maximum_order != NULL && convert(units, need, offer->maximum_order, &amount) &&
        amount < score->free) {
        score->free = amount;
    }
    score->part = (struct sp_part_score){share(score->free, demand), false};
    if (offer->minimum_order != NULL && convert(units, need, offer->minimum_order, &amount) &&
        demand < amount) {
        score->state = SP_CAPACITY_BELOW_MINIMUM;
        score->part.permille = 0;
    }
}

struct sp_capacity_score sp_score_capacity(const struct sp_units *units, const struct sp_need *need,
                                           const Spoina__V1__Offer *offer)
{
    struct sp_capacity_score best = {
        .part = {SP_NEUTRAL_PERMILLE, true},
        .state = need->demand == NULL ? SP_CAPACITY_NO_DEMAND : SP_CAPACITY_NOT_DECLARED,
    };
    size_t count = need->demand == NULL || offer == NULL ? 0 : offer->n_capacity;
    for (size_t i = 0; i < count; i++) {
        struct sp_capacity_score score = compare_one(units, need, offer->capacity[i]);
        bool more = score.state > best.state || score.free > best.free;
        if (more && score.state >= best.state) {
            best = score;
        }
    }
    if (best.state == SP_CAPACITY_COMPARED) {
        apply_orders(units, need, offer, &best);
    }
    return best;
}
