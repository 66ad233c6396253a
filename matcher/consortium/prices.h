/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Lagrangian prices of coverage, SUM and ANY conditions, in fixed point.
 *
 * With prices, what a candidate can add to a team no longer depends on the others: its reduced
 * profit is a fractional knapsack over at most 16 cells. All sums are exact integers, so the bound
 * is an upper bound for any prices; the steps that improve them may be as rough as they like.
 */
#ifndef SP_CONSORTIUM_PRICES_H
#define SP_CONSORTIUM_PRICES_H

#include "matcher/consortium/problem.h"
#include "matcher/consortium/solve.h"

/** Fixed point of prices and bounds: 2^20 to one score unit. Totals stay below 2^62: the greatest
 *  are coverage, 17 x 10^4 effort units of at most 8x10^6 score units (2^60.4), and SUM conditions,
 *  17 x 16 attributes that sp_prices_limit_sum() keeps below 2^51 each. */
enum { SP_PRICE_SHIFT = 20 };
#define SP_PRICE_ONE ((int64_t)1 << SP_PRICE_SHIFT)

enum { SP_MAX_PRICES = 2 * SP_MAX_REQUIREMENTS + SP_MAX_SUMS + SP_MAX_CONDITIONS + SP_MAX_APART };

struct sp_prices {
    int64_t
        coverage[SP_MAX_REQUIREMENTS]; /* of one effort unit; negative: being covered is worth it */
    int64_t sum[SP_MAX_SUMS];          /* >= 0, of one unit of attribute */
    int64_t condition[SP_MAX_CONDITIONS];   /* >= 0, of being held */
    int64_t performer[SP_MAX_REQUIREMENTS]; /* >= 0, of one more performer of a requirement */
    int64_t apart[SP_MAX_APART];   /* >= 0, of a member shared with a team to differ from */
    int64_t sum_most[SP_MAX_SUMS]; /* what a price of a SUM may rise to without any overflow */
};

/** What a partial team still lacks: the right-hand sides of the priced conditions. */
struct sp_lack {
    uint32_t held;                           /* ANY conditions its members hold already */
    int32_t performers[SP_MAX_REQUIREMENTS]; /* further members needed, however able, to cover it */
    int32_t apart_count;
    int32_t may_share[SP_MAX_APART]; /* further members it may share with a team to differ from */
};

/** A candidate as the bound sees it: cells it may perform, clipped to what can be used, and all
 * else a scan reads, side by side in memory. */
struct sp_offer_row {
    int32_t candidate, place, owes;
    int32_t limit; /* most effort units in all */
    int32_t first_cell, cell_count;
    uint32_t performs;   /* bit set of requirements */
    uint32_t conditions; /* bit set of ANY conditions it holds */
    uint64_t apart;      /* bit set of the teams to differ from that it is in; 0 for an anchor */
    const int64_t *attributes; /* as they count, sp_problem_attribute() */
};

/** What the chosen ones would use and bring at given prices. */
struct sp_usage {
    int32_t effort[SP_MAX_REQUIREMENTS];
    int64_t sum[SP_MAX_SUMS];
    int32_t condition[SP_MAX_CONDITIONS];
    int32_t performers[SP_MAX_REQUIREMENTS];
    int32_t apart[SP_MAX_APART];
};

/** Usage averaged over the last scans. One scan jumps between extremes; their mean points steadily.
 */
struct sp_mean_usage {
    double effort[SP_MAX_REQUIREMENTS];
    double sum[SP_MAX_SUMS];
    double condition[SP_MAX_CONDITIONS];
    double performers[SP_MAX_REQUIREMENTS];
    double apart[SP_MAX_APART];
};

/** Move @p mean towards @p usage by @p share, 0..1. */
void sp_usage_blend(const struct sp_problem *problem, const struct sp_lack *lack,
                    struct sp_mean_usage *mean, const struct sp_usage *usage, double share);

/**
 * Limit the price of SUM @p k, so that no total overflows.
 *
 * @param largest  the greatest magnitude of its least or of an attribute
 */
void sp_prices_limit_sum(const struct sp_problem *problem, struct sp_prices *prices, int32_t k,
                         int64_t largest);

/** The part of the bound that no candidate changes. */
int64_t sp_prices_constant(const struct sp_problem *problem, const struct sp_prices *prices,
                           const struct sp_lack *lack);

/**
 * Reduced profit of @p row, without kappa and friction.
 *
 * @param joins  it is not a member yet, so it counts as one of the performers lacking
 * @param usage  may be NULL; what it uses and brings is added
 */
int64_t sp_prices_profit(const struct sp_problem *problem, const struct sp_prices *prices,
                         const struct sp_offer_row *row, const struct sp_cell *cells,
                         const struct sp_lack *lack, bool joins, struct sp_usage *usage);

/**
 * Move @p prices against the violation that @p usage shows, towards a bound @p gap lower.
 *
 * @param gap    score units to win, > 0
 * @param theta  step, 0..2
 * @return false if nothing is violated (the prices are the best there are)
 */
bool sp_prices_step(const struct sp_problem *problem, struct sp_prices *prices,
                    const struct sp_mean_usage *usage, const struct sp_lack *lack, bool elastic,
                    double gap, double theta);

/** How many prices there are, 1..SP_MAX_PRICES, in the order of the next two. */
int32_t sp_prices_count(const struct sp_problem *problem, const struct sp_lack *lack);

/**
 * How the bound changes with each price, per score unit of price for all that is asked for.
 *
 * @param usage  of the choice behind the bound at @p prices
 */
void sp_prices_slope(const struct sp_problem *problem, const struct sp_prices *prices,
                     const struct sp_usage *usage, const struct sp_lack *lack, double *slope);

/** Move each price by @p shift score units for all that is asked for, within its limits. */
void sp_prices_shift(const struct sp_problem *problem, struct sp_prices *prices,
                     const struct sp_lack *lack, bool elastic, const double *shift);

#endif
