/* SPDX-License-Identifier: EUPL-1.2 */
#include "matcher/consortium/prices.h"

#include <string.h>

void sp_prices_init(const struct sp_problem *p, struct sp_prices *prices)
{
    (void)p;
    memset(prices, 0, sizeof *prices);
}

int64_t sp_prices_constant(const struct sp_problem *p, const struct sp_prices *prices,
                           const struct sp_lack *lack)
{
    int64_t constant = 0;
    for (int32_t j = 0; j < p->requirements; j++) {
        constant += prices->coverage[j] * p->demand[j];
        constant -= prices->performer[j] * lack->performers[j];
    }
    for (int32_t k = 0; k < p->sum_count; k++) {
        constant -= prices->sum[k] * p->sums[k].least;
    }
    for (int32_t b = 0; b < p->condition_count; b++) {
        constant -= (lack->held >> b & 1u) != 0 ? 0 : prices->condition[b];
    }
    return constant;
}

struct priced_cell {
    int64_t value;
    int32_t capacity, requirement;
};

/* The cells of a row by falling reduced value. At most 16: insertion sort. */
static int32_t price_cells(const struct sp_prices *prices, const struct sp_offer_row *row,
                           const struct sp_cell *cells, struct priced_cell *sorted)
{
    for (int32_t n = 0; n < row->cell_count; n++) {
        const struct sp_cell *cell = &cells[row->first_cell + n];
        int64_t value = cell->value * SP_PRICE_ONE - prices->coverage[cell->requirement];
        int32_t at = n;
        while (at > 0 && sorted[at - 1].value < value) {
            sorted[at] = sorted[at - 1];
            at--;
        }
        sorted[at] = (struct priced_cell){value, cell->capacity, cell->requirement};
    }
    return row->cell_count;
}

static int64_t condition_profit(const struct sp_problem *p, const struct sp_prices *prices,
                                int32_t candidate, uint32_t held, struct sp_usage *usage)
{
    int64_t profit = 0;
    for (int32_t k = 0; k < p->sum_count; k++) {
        int64_t attribute = sp_problem_attribute(p, candidate, k);
        profit += prices->sum[k] * attribute;
        if (usage != NULL) {
            usage->sum[k] += attribute;
        }
    }
    uint32_t open = p->candidates[candidate].conditions & ~held;
    for (int32_t b = 0; b < p->condition_count; b++) {
        if ((open >> b & 1u) != 0) {
            profit += prices->condition[b];
            if (usage != NULL) {
                usage->condition[b]++;
            }
        }
    }
    return profit;
}

static int64_t performer_profit(const struct sp_problem *p, const struct sp_prices *prices,
                                const struct sp_offer_row *row, struct sp_usage *usage)
{
    int64_t profit = 0;
    for (int32_t j = 0; j < p->requirements; j++) {
        if ((row->performs >> j & 1u) != 0) {
            profit += prices->performer[j];
            if (usage != NULL) {
                usage->performers[j]++;
            }
        }
    }
    return profit;
}

int64_t sp_prices_profit(const struct sp_problem *p, const struct sp_prices *prices,
                         const struct sp_offer_row *row, const struct sp_cell *cells,
                         const struct sp_lack *lack, bool joins, struct sp_usage *usage)
{
    struct priced_cell sorted[SP_MAX_REQUIREMENTS];
    int32_t count = price_cells(prices, row, cells, sorted);
    int64_t profit = 0;
    int32_t used = 0;
    for (int32_t n = 0; n < count && used < row->limit; n++) {
        int32_t amount = sorted[n].capacity;
        if (amount > row->limit - used) {
            amount = row->limit - used;
        }
        if (sorted[n].value <= 0) {
            /* Only because a member must perform its least load. */
            if (used >= p->least_load) {
                break;
            }
            if (amount > p->least_load - used) {
                amount = p->least_load - used;
            }
        }
        profit += sorted[n].value * amount;
        used += amount;
        if (usage != NULL) {
            usage->effort[sorted[n].requirement] += amount;
        }
    }
    if (p->sum_count > 0 || p->condition_count > 0) {
        profit += condition_profit(p, prices, row->candidate, lack->held, usage);
    }
    if (joins) {
        profit += performer_profit(p, prices, row, usage);
    }
    return profit;
}

static void blend(double *mean, double value, double share)
{
    *mean += share * (value - *mean);
}

void sp_usage_blend(const struct sp_problem *p, struct sp_mean_usage *mean,
                    const struct sp_usage *usage, double share)
{
    for (int32_t j = 0; j < p->requirements; j++) {
        blend(&mean->effort[j], usage->effort[j], share);
        blend(&mean->performers[j], usage->performers[j], share);
    }
    for (int32_t k = 0; k < p->sum_count; k++) {
        blend(&mean->sum[k], (double)usage->sum[k], share);
    }
    for (int32_t b = 0; b < p->condition_count; b++) {
        blend(&mean->condition[b], usage->condition[b], share);
    }
}

/* The price after a step down by @p by, kept within limits; a step may be larger than any integer.
 */
static int64_t moved(int64_t price, double by, int64_t low, int64_t high)
{
    double next = (double)price - by;
    return next <= (double)low ? low : next >= (double)high ? high : (int64_t)next;
}

static double sum_scale(const struct sp_problem *p, int32_t k)
{
    double least = (double)(p->sums[k].least < 0 ? -p->sums[k].least : p->sums[k].least);
    double scale = (double)p->sums[k].scale;
    return least > 1 ? least : scale > 1 ? scale : 1;
}

/* Violations are measured as shares of what is asked for, so that effort units, persons and grosz
 * weigh alike; the price of a whole requirement is what moves. */
bool sp_prices_step(const struct sp_problem *p, struct sp_prices *prices,
                    const struct sp_mean_usage *usage, const struct sp_lack *lack, bool elastic,
                    double gap, double theta)
{
    double coverage[SP_MAX_REQUIREMENTS];
    double sum[SP_MAX_SUMS];
    double condition[SP_MAX_CONDITIONS];
    double performer[SP_MAX_REQUIREMENTS];
    double norm = 0;
    for (int32_t j = 0; j < p->requirements; j++) {
        coverage[j] = p->demand[j] == 0
                          ? 0
                          : ((double)p->demand[j] - usage->effort[j]) / (double)p->demand[j];
        norm += coverage[j] * coverage[j];
    }
    for (int32_t k = 0; k < p->sum_count; k++) {
        sum[k] = (usage->sum[k] - (double)p->sums[k].least) / sum_scale(p, k);
        if (sum[k] > 0 && prices->sum[k] == 0) {
            sum[k] = 0;
        }
        norm += sum[k] * sum[k];
    }
    for (int32_t b = 0; b < p->condition_count; b++) {
        condition[b] = (lack->held >> b & 1u) != 0 ? 0 : usage->condition[b] - 1;
        if (condition[b] > 0 && prices->condition[b] == 0) {
            condition[b] = 0;
        }
        norm += condition[b] * condition[b];
    }
    for (int32_t j = 0; j < p->requirements; j++) {
        int32_t lacking = lack->performers[j];
        performer[j] = lacking == 0 ? 0 : (usage->performers[j] - lacking) / lacking;
        if (performer[j] > 0 && prices->performer[j] == 0) {
            performer[j] = 0;
        }
        norm += performer[j] * performer[j];
    }
    if (norm == 0) {
        return false;
    }
    const double step = theta * gap * (double)SP_PRICE_ONE / norm;
    const int64_t dearest = SP_UNCOVERED_COST * SP_PRICE_ONE;
    const int64_t cheapest = elastic ? -dearest : -4 * dearest;
    for (int32_t j = 0; j < p->requirements; j++) {
        if (p->demand[j] > 0) {
            prices->coverage[j] =
                moved(prices->coverage[j], step * coverage[j] / p->demand[j], cheapest, dearest);
        }
        if (lack->performers[j] > 0) {
            prices->performer[j] =
                moved(prices->performer[j], step * performer[j] / lack->performers[j], 0,
                      SP_MISSING_CONDITION_UNITS * dearest);
        }
    }
    for (int32_t k = 0; k < p->sum_count; k++) {
        prices->sum[k] = moved(prices->sum[k], step * sum[k] / sum_scale(p, k), 0,
                               sp_problem_shortfall_cost(p, k) * SP_PRICE_ONE);
    }
    for (int32_t b = 0; b < p->condition_count; b++) {
        prices->condition[b] = moved(prices->condition[b], step * condition[b], 0,
                                     SP_MISSING_CONDITION_UNITS * dearest);
    }
    return true;
}
