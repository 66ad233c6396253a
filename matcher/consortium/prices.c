/* SPDX-License-Identifier: EUPL-1.2 */
#include "matcher/consortium/prices.h"

#include <string.h>

/* The most a SUM may weigh in one row, fixed point (see SP_PRICE_SHIFT). */
static const int64_t sum_weight_most = (int64_t)1 << 51;

void sp_prices_limit_sum(const struct sp_problem *p, struct sp_prices *prices, int32_t k,
                         int64_t largest)
{
    int64_t safe = sum_weight_most / (largest > 1 ? largest : 1);
    int64_t cost = sp_problem_shortfall_cost(p, k) * SP_PRICE_ONE;
    prices->sum_most[k] = cost < safe ? cost : safe;
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
    for (int32_t a = 0; a < lack->apart_count; a++) {
        constant += prices->apart[a] * lack->may_share[a];
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
                                const struct sp_offer_row *row, uint32_t held,
                                struct sp_usage *usage)
{
    int64_t profit = 0;
    for (int32_t k = 0; k < p->sum_count; k++) {
        profit += prices->sum[k] * row->attributes[k];
        if (usage != NULL) {
            usage->sum[k] += row->attributes[k];
        }
    }
    uint32_t open = row->conditions & ~held;
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

static int64_t performer_profit(const struct sp_prices *prices, const struct sp_offer_row *row,
                                const struct sp_cell *cells, struct sp_usage *usage)
{
    int64_t profit = 0;
    for (int32_t n = 0; n < row->cell_count; n++) {
        const int32_t j = cells[row->first_cell + n].requirement;
        profit += prices->performer[j];
        if (usage != NULL) {
            usage->performers[j]++;
        }
    }
    return profit;
}

static int64_t shared_cost(const struct sp_prices *prices, uint64_t apart, struct sp_usage *usage)
{
    int64_t cost = 0;
    for (int32_t a = 0; apart != 0; a++, apart >>= 1) {
        if ((apart & 1u) != 0) {
            cost += prices->apart[a];
            if (usage != NULL) {
                usage->apart[a]++;
            }
        }
    }
    return cost;
}

/* What the row performs is worth, where only cells of a positive reduced value are performed: the
 * usual case, without sorting unless its limit is reached. False: least_load asks for more. */
static bool quick_effort(const struct sp_problem *p, const struct sp_prices *prices,
                         const struct sp_offer_row *row, const struct sp_cell *cells,
                         int64_t *profit)
{
    struct priced_cell worth[SP_MAX_REQUIREMENTS];
    int32_t count = 0;
    int32_t sum = 0;
    *profit = 0;
    for (int32_t n = 0; n < row->cell_count; n++) {
        const struct sp_cell *cell = &cells[row->first_cell + n];
        const int64_t value = cell->value * SP_PRICE_ONE - prices->coverage[cell->requirement];
        if (value > 0) {
            worth[count++] = (struct priced_cell){value, cell->capacity, cell->requirement};
            sum += cell->capacity;
            *profit += value * cell->capacity;
        }
    }
    if (sum < p->least_load) {
        return false;
    }
    /* Give up what is beyond the limit, the cheapest first. */
    for (int32_t excess = sum - row->limit; excess > 0;) {
        int32_t cheapest = 0;
        for (int32_t n = 1; n < count; n++) {
            cheapest = worth[n].value < worth[cheapest].value ? n : cheapest;
        }
        const int32_t amount =
            worth[cheapest].capacity < excess ? worth[cheapest].capacity : excess;
        *profit -= worth[cheapest].value * amount;
        excess -= amount;
        worth[cheapest] = worth[--count];
    }
    return true;
}

/* The same in full: by falling value, with what is performed only for the least load. */
static int64_t full_effort(const struct sp_problem *p, const struct sp_prices *prices,
                           const struct sp_offer_row *row, const struct sp_cell *cells,
                           struct sp_usage *usage)
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
    return profit;
}

int64_t sp_prices_profit(const struct sp_problem *p, const struct sp_prices *prices,
                         const struct sp_offer_row *row, const struct sp_cell *cells,
                         const struct sp_lack *lack, bool joins, struct sp_usage *usage)
{
    int64_t profit = 0;
    if (usage != NULL || !quick_effort(p, prices, row, cells, &profit)) {
        profit = full_effort(p, prices, row, cells, usage);
    }
    if (p->sum_count > 0 || p->condition_count > 0) {
        profit += condition_profit(p, prices, row, lack->held, usage);
    }
    if (joins) {
        profit += performer_profit(prices, row, cells, usage);
        profit -= shared_cost(prices, row->apart, usage);
    }
    return profit;
}

static void blend(double *mean, double value, double share)
{
    *mean += share * (value - *mean);
}

void sp_usage_blend(const struct sp_problem *p, const struct sp_lack *lack,
                    struct sp_mean_usage *mean, const struct sp_usage *usage, double share)
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
    for (int32_t a = 0; a < lack->apart_count; a++) {
        blend(&mean->apart[a], usage->apart[a], share);
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

/* How much each priced condition is overfulfilled, as a share of what is asked for, so that effort
 * units, persons and grosz weigh alike; the price of a whole requirement is what moves. */
struct surplus {
    double coverage[SP_MAX_REQUIREMENTS];
    double sum[SP_MAX_SUMS];
    double condition[SP_MAX_CONDITIONS];
    double performer[SP_MAX_REQUIREMENTS];
    double apart[SP_MAX_APART];
};

/* A condition that is overfulfilled at no price pulls nowhere. */
static double pull(double surplus, int64_t price, double *norm)
{
    double pulls = surplus > 0 && price == 0 ? 0 : surplus;
    *norm += pulls * pulls;
    return pulls;
}

/* Returns the sum of squares. */
static double measure(const struct sp_problem *p, const struct sp_prices *prices,
                      const struct sp_mean_usage *usage, const struct sp_lack *lack,
                      struct surplus *s)
{
    double norm = 0;
    for (int32_t j = 0; j < p->requirements; j++) {
        const double demand = p->demand[j];
        const double lacking = lack->performers[j];
        s->coverage[j] = demand == 0 ? 0 : (demand - usage->effort[j]) / demand;
        norm += s->coverage[j] * s->coverage[j];
        s->performer[j] = lacking == 0 ? 0
                                       : pull((usage->performers[j] - lacking) / lacking,
                                              prices->performer[j], &norm);
    }
    for (int32_t k = 0; k < p->sum_count; k++) {
        s->sum[k] = pull((usage->sum[k] - (double)p->sums[k].least) / sum_scale(p, k),
                         prices->sum[k], &norm);
    }
    for (int32_t b = 0; b < p->condition_count; b++) {
        s->condition[b] = (lack->held >> b & 1u) != 0
                              ? 0
                              : pull(usage->condition[b] - 1, prices->condition[b], &norm);
    }
    for (int32_t a = 0; a < lack->apart_count; a++) {
        s->apart[a] = pull(lack->may_share[a] - usage->apart[a], prices->apart[a], &norm);
    }
    return norm;
}

bool sp_prices_step(const struct sp_problem *p, struct sp_prices *prices,
                    const struct sp_mean_usage *usage, const struct sp_lack *lack, bool elastic,
                    double gap, double theta)
{
    struct surplus s;
    const double norm = measure(p, prices, usage, lack, &s);
    if (norm == 0) {
        return false;
    }
    const double step = theta * gap * (double)SP_PRICE_ONE / norm;
    const int64_t dearest = SP_UNCOVERED_COST * SP_PRICE_ONE;
    const int64_t cheapest = elastic ? -dearest : -4 * dearest;
    const int64_t condition = SP_MISSING_CONDITION_UNITS * dearest;
    for (int32_t j = 0; j < p->requirements; j++) {
        if (p->demand[j] > 0) {
            prices->coverage[j] =
                moved(prices->coverage[j], step * s.coverage[j] / p->demand[j], cheapest, dearest);
        }
        if (lack->performers[j] > 0) {
            prices->performer[j] = moved(prices->performer[j],
                                         step * s.performer[j] / lack->performers[j], 0, condition);
        }
    }
    for (int32_t k = 0; k < p->sum_count; k++) {
        prices->sum[k] =
            moved(prices->sum[k], step * s.sum[k] / sum_scale(p, k), 0, prices->sum_most[k]);
    }
    for (int32_t b = 0; b < p->condition_count; b++) {
        prices->condition[b] = moved(prices->condition[b], step * s.condition[b], 0, condition);
    }
    for (int32_t a = 0; a < lack->apart_count; a++) {
        prices->apart[a] = moved(prices->apart[a], step * s.apart[a], 0, condition);
    }
    return true;
}

int32_t sp_prices_count(const struct sp_problem *p, const struct sp_lack *lack)
{
    return 2 * p->requirements + p->sum_count + p->condition_count + lack->apart_count;
}

void sp_prices_slope(const struct sp_problem *p, const struct sp_prices *prices,
                     const struct sp_usage *usage, const struct sp_lack *lack, double *slope)
{
    struct sp_mean_usage exact = {0};
    struct surplus s;
    int32_t at = 0;
    sp_usage_blend(p, lack, &exact, usage, 1);
    (void)measure(p, prices, &exact, lack, &s);
    for (int32_t j = 0; j < p->requirements; j++) {
        slope[at++] = s.coverage[j];
        slope[at++] = s.performer[j];
    }
    for (int32_t k = 0; k < p->sum_count; k++) {
        slope[at++] = s.sum[k];
    }
    for (int32_t b = 0; b < p->condition_count; b++) {
        slope[at++] = s.condition[b];
    }
    for (int32_t a = 0; a < lack->apart_count; a++) {
        slope[at++] = s.apart[a];
    }
}

/* A price that moves by @p shift score units for all that is asked for, @p whole units. */
static int64_t shifted(int64_t price, double shift, double whole, int64_t low, int64_t high)
{
    return moved(price, -shift * (double)SP_PRICE_ONE / (whole > 0 ? whole : 1), low, high);
}

void sp_prices_shift(const struct sp_problem *p, struct sp_prices *prices,
                     const struct sp_lack *lack, bool elastic, const double *shift)
{
    const int64_t dearest = SP_UNCOVERED_COST * SP_PRICE_ONE;
    const int64_t cheapest = elastic ? -dearest : -4 * dearest;
    const int64_t condition = SP_MISSING_CONDITION_UNITS * dearest;
    int32_t at = 0;
    for (int32_t j = 0; j < p->requirements; j++) {
        prices->coverage[j] =
            shifted(prices->coverage[j], shift[at++], p->demand[j], cheapest, dearest);
        prices->performer[j] =
            shifted(prices->performer[j], shift[at++], lack->performers[j], 0, condition);
    }
    for (int32_t k = 0; k < p->sum_count; k++) {
        prices->sum[k] =
            shifted(prices->sum[k], shift[at++], sum_scale(p, k), 0, prices->sum_most[k]);
    }
    for (int32_t b = 0; b < p->condition_count; b++) {
        prices->condition[b] = shifted(prices->condition[b], shift[at++], 1, 0, condition);
    }
    for (int32_t a = 0; a < lack->apart_count; a++) {
        prices->apart[a] = shifted(prices->apart[a], shift[at++], 1, 0, condition);
    }
}
