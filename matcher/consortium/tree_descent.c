/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Good prices for a root: Shor's r-algorithm (Shor 1985, Kappel and Kuntsevich 2000). The bound is
 * convex in the prices and has kinks everywhere; steps against its slope alone crawl along them.
 * Here space is stretched by each difference of two slopes, so that later steps run along the kink
 * between them. About a hundred scans bring the bound within a few score units of the lowest.
 *
 * All of it is in floating point of a fixed order, and only proposes prices: the bound at them is
 * exact in integers.
 */
#include <math.h>
#include <string.h>

#include "matcher/consortium/tree_priv.h"

#define FIRST_STEP 100000.0 /* score units, of a whole requirement */
#define LEAST_STEP 20.0     /* shorter ones win nothing that matters */
#define STRETCH 0.5         /* what is left of a direction once it is stretched away */
#define LONGER 1.2          /* every third step in one direction */
#define SHORTER 0.9         /* after one step that was enough */

enum {
    SPURT = 3,
    MOST_TRIES = 30,
    LAST_SCANS = 100, /* before them, the prices are good enough to find first teams */
};

struct descent {
    struct sp_prices now;
    struct sp_usage usage;
    double slope[SP_MAX_PRICES];
    double metric[SP_MAX_PRICES * SP_MAX_PRICES]; /* size x size: how space is stretched */
    int32_t size;
    int64_t lowest; /* fixed point */
    double step;
};

/* out = transposed metric x in; returns its length. */
static double into_space(const struct descent *d, const double *in, double *out)
{
    double square = 0;
    for (int32_t i = 0; i < d->size; i++) {
        out[i] = 0;
        for (int32_t j = 0; j < d->size; j++) {
            out[i] += d->metric[j * d->size + i] * in[j];
        }
        square += out[i] * out[i];
    }
    return sqrt(square);
}

/* out = metric x in / length. */
static void out_of_space(const struct descent *d, const double *in, double length, double *out)
{
    for (int32_t i = 0; i < d->size; i++) {
        out[i] = 0;
        for (int32_t j = 0; j < d->size; j++) {
            out[i] += d->metric[i * d->size + j] * in[j] / length;
        }
    }
}

/* Stretch space along the difference of two slopes. */
static void stretch(struct descent *d, const double *before)
{
    double difference[SP_MAX_PRICES];
    double along[SP_MAX_PRICES];
    double image[SP_MAX_PRICES];
    for (int32_t i = 0; i < d->size; i++) {
        difference[i] = d->slope[i] - before[i];
    }
    const double length = into_space(d, difference, along);
    if (length < 1e-10) {
        return;
    }
    out_of_space(d, along, length, image);
    for (int32_t i = 0; i < d->size; i++) {
        for (int32_t j = 0; j < d->size; j++) {
            d->metric[i * d->size + j] += (STRETCH - 1) * image[i] * along[j] / length;
        }
    }
}

/* Bound the node at the prices reached; false: closed or ended. */
static bool look(struct sp_tree *t, struct sp_node *node, struct descent *d, struct sp_prices *best)
{
    struct sp_scan scan;
    if (!sp_tree_scan(t, node, &d->now, &scan) || !sp_tree_is_open(t, node, scan.bound)) {
        return false;
    }
    if (scan.bound < d->lowest) {
        d->lowest = scan.bound;
        *best = d->now;
        if (sp_tree_floor(scan.bound) < t->open[node->count]) {
            t->open[node->count] = sp_tree_floor(scan.bound);
        }
    }
    sp_tree_usage(t, node, &d->now, &scan, &d->usage);
    sp_prices_slope(t->problem, &d->now, &d->usage, &node->lack, d->slope);
    if (scan.bound == d->lowest && sp_tree_list_is_full(t)) {
        sp_tree_drop_hopeless(t, node, &scan);
    }
    return !t->ended;
}

/* Go against the slope until the bound rises again; false: closed or ended. */
static bool go_down(struct sp_tree *t, struct sp_node *node, struct descent *d, int32_t *scans,
                    struct sp_prices *best)
{
    double along[SP_MAX_PRICES];
    double direction[SP_MAX_PRICES];
    double shift[SP_MAX_PRICES];
    double rise = 1;
    int32_t tries = 0;
    const double length = into_space(d, d->slope, along);
    if (length < 1e-10) {
        *scans = 0; /* flat: these are the best prices there are */
        return true;
    }
    out_of_space(d, along, length, direction);
    while (rise > 0 && *scans > 0 && tries < MOST_TRIES) {
        for (int32_t i = 0; i < d->size; i++) {
            shift[i] = -d->step * direction[i];
        }
        sp_prices_shift(t->problem, &d->now, &node->lack, t->options->elastic, shift);
        if (!look(t, node, d, best)) {
            return false;
        }
        rise = 0;
        for (int32_t i = 0; i < d->size; i++) {
            rise += d->slope[i] * direction[i];
        }
        --*scans;
        d->step *= ++tries % SPURT == 0 ? LONGER : 1;
    }
    d->step *= tries == 1 ? SHORTER : 1;
    return true;
}

bool sp_tree_descend(struct sp_tree *t, struct sp_node *node, struct sp_prices *prices,
                     int32_t scans)
{
    struct descent d = {.now = *prices,
                        .size = sp_prices_count(t->problem, &node->lack),
                        .lowest = INT64_MAX,
                        .step = FIRST_STEP};
    double before[SP_MAX_PRICES];
    for (int32_t i = 0; i < d.size; i++) {
        for (int32_t j = 0; j < d.size; j++) {
            d.metric[i * d.size + j] = i == j ? 1 : 0;
        }
    }
    if (!look(t, node, &d, prices)) {
        return false;
    }
    bool started = false;
    while (scans > 0 && d.step > LEAST_STEP) {
        memcpy(before, d.slope, sizeof before);
        if (!go_down(t, node, &d, &scans, prices)) {
            return false;
        }
        stretch(&d, before);
        if (!started && scans < LAST_SCANS) {
            started = true;
            sp_tree_find_starts(t, node, prices);
        }
    }
    if (!started) {
        sp_tree_find_starts(t, node, prices);
    }
    return !t->ended;
}
