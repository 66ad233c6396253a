/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * The search. At a node the prices of its parent (at the root: those of tree_descent.c) are
 * improved for a few steps; candidates whose best team cannot enter the list are dropped; the rest
 * are branched on by falling reduced profit, so that the first bound that fails ends the loop.
 */
#include <string.h>

#include "matcher/consortium/tree_priv.h"

enum {
    QUESTION_WORK = 20000, /* between two questions: some 100 microseconds */
    TELL_EVERY = 1024,     /* questions between two words of progress while the list stays */
    ROOT_SCANS = 150,      /* for the prices of a root */
    FIRST_STEPS = 24,      /* at teams of one */
    DEEP_STEPS = 20,
    HOPE = 300000,       /* score units to aim below a bound while no threshold is known */
    NEWEST_PERCENT = 40, /* weight of the newest scan in the direction of a step */
    PATIENCE = 3,        /* steps without a better bound before the step is halved */
    WORSE_TIMES = 2,     /* a worse bound is answered by so many times the step of the best */
    SHORT_RUN = 16,      /* joiners sorted by insertion */
    RUN_LENGTH = 4096,   /* joiners merged between two reports of work */
};

#define FIRST_THETA 0.7 /* size of a first step */

bool sp_tree_work(struct sp_tree *t, int64_t work)
{
    const struct sp_solve_options *o = t->options;
    t->work += work;
    if (t->ended || t->work < QUESTION_WORK) {
        return !t->ended;
    }
    t->work = 0;
    t->ended = o->stop != NULL && o->stop(o->stop_context);
    if (!t->ended && o->progress != NULL && (t->changed || ++t->questions >= TELL_EVERY)) {
        sp_tree_state_proof(t);
        t->changed = false;
        t->questions = 0;
        t->ended = !o->progress(o->progress_context, t->solution);
    }
    return !t->ended;
}

static int64_t lower(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

/* ---- prices of a node ---- */

/* How the improvement of the prices of one node goes on. */
struct descent {
    struct sp_prices now;
    struct sp_mean_usage mean;
    int64_t lowest; /* bound so far, fixed point */
    double theta;   /* size of a step */
    double hope;
    int32_t idle; /* steps without a better bound */
};

/* Prices start well here, from those of the parent: wandering finds more. */
static void note_bound(struct sp_tree *t, const struct sp_node *node, struct descent *d,
                       int64_t bound, struct sp_prices *best)
{
    if (bound < d->lowest) {
        d->hope *= (double)sp_tree_floor(d->lowest - bound) > d->hope / 2 ? 2 : 1;
        d->lowest = bound;
        d->idle = 0;
        *best = d->now;
        t->open[node->count] = lower(t->open[node->count], sp_tree_floor(bound));
    } else if (++d->idle >= PATIENCE) {
        d->theta *= sp_tree_list_is_full(t) ? 0.5 : 1;
        d->hope *= 0.5;
        d->idle = 0;
    }
}

/* One step of the prices; false if there is none that helps. */
static bool step_down(struct sp_tree *t, const struct sp_node *node, struct descent *d,
                      const struct sp_scan *scan, bool is_first)
{
    const bool full = sp_tree_list_is_full(t);
    struct sp_usage usage;
    sp_tree_usage(t, node, &d->now, scan, &usage);
    sp_usage_blend(t->problem, &node->lack, &d->mean, &usage,
                   is_first || full ? 1.0 : NEWEST_PERCENT / 100.0);
    const double lowest = (double)sp_tree_floor(d->lowest);
    const double target = full ? (double)sp_tree_threshold(t) : lowest - d->hope;
    double gap = (double)sp_tree_floor(scan->bound) - target;
    gap = gap > WORSE_TIMES * (lowest - target) ? WORSE_TIMES * (lowest - target) : gap;
    return sp_prices_step(t->problem, &d->now, &d->mean, &node->lack, t->options->elastic,
                          gap > 1 ? gap : 1, d->theta);
}

/* Improve @p prices for @p node and drop the joiners that the bounds met on the way close; the best
 * prices are left in @p prices, and @p best is a scan at them. False if the node is closed, or the
 * search ended. */
static bool improve(struct sp_tree *t, struct sp_node *node, struct sp_prices *prices,
                    int32_t steps, struct sp_scan *best)
{
    struct descent d = {
        .now = *prices, .lowest = INT64_MAX >> 1, .theta = FIRST_THETA, .hope = HOPE};
    for (int32_t step = 0; step < steps; step++) {
        struct sp_scan scan;
        if (!sp_tree_scan(t, node, &d.now, &scan) || !sp_tree_is_open(t, node, scan.bound)) {
            return false;
        }
        note_bound(t, node, &d, scan.bound, prices);
        bool goes_on = step_down(t, node, &d, &scan, step == 0);
        sp_tree_drop_hopeless(t, node, &scan);
        if (node->joiner_count == 0 || !goes_on) {
            break;
        }
    }
    return sp_tree_scan(t, node, prices, best) && sp_tree_is_open(t, node, best->bound);
}

/* ---- order of joiners ---- */

static bool goes_before(const struct sp_joiner *a, const struct sp_joiner *b)
{
    return a->profit != b->profit ? a->profit > b->profit : a->row < b->row;
}

static void sort_run(struct sp_joiner *run, int32_t count)
{
    for (int32_t n = 1; n < count; n++) {
        struct sp_joiner joiner = run[n];
        int32_t at = n;
        while (at > 0 && goes_before(&joiner, &run[at - 1])) {
            run[at] = run[at - 1];
            at--;
        }
        run[at] = joiner;
    }
}

/* Merge the first @p middle joiners with the rest; false: ended. */
static bool merge_runs(struct sp_tree *t, const struct sp_joiner *from, int32_t middle,
                       int32_t count, struct sp_joiner *to)
{
    int32_t a = 0;
    int32_t b = middle;
    for (int32_t n = 0; n < count; n++) {
        bool take_b = a == middle || (b < count && goes_before(&from[b], &from[a]));
        to[n] = take_b ? from[b++] : from[a++];
        if (n % RUN_LENGTH == RUN_LENGTH - 1 && !sp_tree_work(t, 2 * RUN_LENGTH)) {
            return false;
        }
    }
    return sp_tree_work(t, count % RUN_LENGTH);
}

static int32_t smaller(int32_t a, int32_t b)
{
    return a < b ? a : b;
}

/* Sort the joiners by falling profit. qsort() would allocate, and could not be interrupted. */
static bool sort_joiners(struct sp_tree *t, struct sp_node *node)
{
    const int32_t count = node->joiner_count;
    struct sp_joiner *from = node->joiners;
    struct sp_joiner *to = t->levels[node->count + 1];
    for (int32_t n = 0; n < count; n += SHORT_RUN) {
        sort_run(from + n, smaller(SHORT_RUN, count - n));
        if (!sp_tree_work(t, 2 * SHORT_RUN)) {
            return false;
        }
    }
    for (int32_t width = SHORT_RUN; width < count; width *= 2) {
        for (int32_t n = 0; n < count; n += 2 * width) {
            int32_t length = smaller(2 * width, count - n);
            if (!merge_runs(t, from + n, smaller(width, length), length, to + n)) {
                return false;
            }
        }
        struct sp_joiner *other = from;
        from = to;
        to = other;
    }
    if (from != node->joiners) {
        memcpy(node->joiners, from, (size_t)count * sizeof *from);
    }
    return true;
}

/* ---- the tree ---- */

static int32_t steps_at(const struct sp_tree *t, const struct sp_node *node)
{
    if (node->count == t->options->anchor_count) {
        return 0; /* sp_tree_descend() has improved them */
    }
    return node->count == 1 ? FIRST_STEPS : sp_node_room(t, node) == 1 ? 0 : DEEP_STEPS;
}

/* At good prices profits are nearly equal, and their order says little. Near the root the joiners
 * are priced again with coverage cheaper, so that the large ones go first: without them what is
 * left is soon too small to cover anything. The bounds of the branches are weaker then, and still
 * bounds; children start from the good prices. False: ended. */
static bool order_by_size(struct sp_tree *t, struct sp_node *node, const struct sp_prices *prices,
                          struct sp_scan *scan)
{
    if (node->count > t->options->anchor_count + 1) {
        return true;
    }
    struct sp_prices cheaper = *prices;
    for (int32_t j = 0; j < t->problem->requirements; j++) {
        cheaper.coverage[j] = cheaper.coverage[j] / 10 * 9;
    }
    return sp_tree_scan(t, node, &cheaper, scan);
}

/* Look at the teams that hold the n-th joiner and none before it; false: ended. */
static bool take_branch(struct sp_tree *t, struct sp_node *node, const struct sp_prices *prices,
                        const struct sp_scan *scan, int32_t n)
{
    struct sp_trial trial = {0};
    if (!sp_tree_work(t, 8 * (node->count + 1))) {
        return false;
    }
    if (sp_tree_is_open(t, node, scan->base + node->joiners[n].profit)) {
        int32_t rows[SP_MAX_MEMBERS];
        memcpy(rows, node->rows, (size_t)node->count * sizeof *rows);
        rows[node->count] = node->joiners[n].row;
        if (t->options->elastic || sp_tree_may_be_complete(t, rows, node->count + 1)) {
            trial = sp_tree_try(t, rows, node->count + 1);
        }
    }
    /* With a complete team within it no larger one is minimal. */
    if (sp_node_room(t, node) > 1 && !(t->options->minimal && trial.complete)) {
        struct sp_node child;
        t->open[node->count + 1] = t->open[node->count];
        t->open[node->count] =
            n + 1 < node->joiner_count
                ? lower(t->open[node->count],
                        sp_tree_floor(sp_tree_branch_bound(t, node, scan, n + 1)))
                : INT64_MIN;
        sp_tree_add_member(t, node, n, sp_tree_cutoff(t, node, scan, n), &child);
        sp_tree_explore(t, &child, prices);
        if (!t->ended) {
            t->open[child.count] = INT64_MIN;
        }
    }
    return !t->ended;
}

void sp_tree_explore(struct sp_tree *t, struct sp_node *node, const struct sp_prices *parent_prices)
{
    struct sp_prices prices = *parent_prices;
    struct sp_scan scan;
    t->solution->nodes++;
    if (node->joiner_count == 0 || sp_node_room(t, node) == 0 || !sp_tree_work(t, 64)) {
        return;
    }
    const bool is_root = node->count == t->options->anchor_count;
    if (!sp_tree_count_lacking(t, node) ||
        (is_root && !sp_tree_descend(t, node, &prices, ROOT_SCANS)) ||
        !improve(t, node, &prices, steps_at(t, node), &scan)) {
        return;
    }
    sp_tree_drop_hopeless(t, node, &scan);
    if (node->joiner_count == 0 || !order_by_size(t, node, &prices, &scan) ||
        !sort_joiners(t, node)) {
        return;
    }
    const int64_t of_node = t->open[node->count];
    for (int32_t n = 0; n < node->joiner_count; n++) {
        const int64_t bound = sp_tree_branch_bound(t, node, &scan, n);
        t->open[node->count] = lower(of_node, sp_tree_floor(bound));
        if (!sp_tree_is_open(t, node, bound) || !take_branch(t, node, &prices, &scan, n)) {
            return;
        }
    }
}
