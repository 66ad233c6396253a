/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Good first teams, found by the profits of a priced node: greedy walks down, then exchanges of
 * single members. They prove nothing; they give the bounds something to beat.
 */
#include <string.h>

#include "matcher/consortium/tree_priv.h"

enum {
    EXCHANGE_WIDTH = 100, /* candidates tried in each place of the best team */
    EXCHANGE_ROUNDS = 5,
    DIVE_STARTS = 8,   /* candidates a walk begins with */
    DIVE_WIDTH = 16,   /* candidates tried at each level of a walk */
    RUN_LENGTH = 4096, /* joiners between two reports of work */
};

/* The positions of the @p width most profitable joiners, best first; none if ended. */
static int32_t best_joiners(struct sp_tree *t, const struct sp_node *node, int32_t width,
                            int32_t *best)
{
    int32_t count = 0;
    for (int32_t n = 0; n < node->joiner_count; n++) {
        int64_t profit = node->joiners[n].profit;
        if (n % RUN_LENGTH == 0 && !sp_tree_work(t, RUN_LENGTH)) {
            return 0;
        }
        if (count == width && profit <= node->joiners[best[width - 1]].profit) {
            continue;
        }
        int32_t at = count < width ? count++ : width - 1;
        while (at > 0 && node->joiners[best[at - 1]].profit < profit) {
            best[at] = best[at - 1];
            at--;
        }
        best[at] = n;
    }
    return count;
}

/* The child that takes joiner @p n; every other joiner stays. */
static void take(struct sp_tree *t, struct sp_node *node, int32_t n, struct sp_node *child)
{
    struct sp_joiner chosen = node->joiners[n];
    node->joiners[n] = node->joiners[0];
    node->joiners[0] = chosen;
    sp_tree_add_member(t, node, 0, INT64_MIN, child);
}

/* Walk down from @p node once, at each level trying the most profitable joiners and taking the one
 * whose team is best when what is missing is paid. */
static void walk_down(struct sp_tree *t, const struct sp_node *node, const struct sp_prices *prices)
{
    struct sp_node at = *node;
    while (sp_node_room(t, &at) > 0 && at.joiner_count > 0) {
        int32_t pool[DIVE_WIDTH];
        int32_t best = -1;
        int64_t best_score = INT64_MIN;
        struct sp_scan scan;
        struct sp_node child;
        if (!sp_tree_scan(t, &at, prices, &scan)) {
            return;
        }
        int32_t count = best_joiners(t, &at, DIVE_WIDTH, pool);
        for (int32_t n = 0; n < count; n++) {
            at.rows[at.count] = at.joiners[pool[n]].row;
            int64_t score = sp_tree_try(t, at.rows, at.count + 1).score;
            if (score > best_score) {
                best_score = score;
                best = pool[n];
            }
        }
        if (best < 0 || t->ended) {
            return;
        }
        take(t, &at, best, &child);
        at = child;
    }
}

/* One walk from each of the most profitable joiners. */
static void dive(struct sp_tree *t, struct sp_node *node, const struct sp_prices *prices)
{
    int32_t starts[DIVE_STARTS];
    int32_t rows[DIVE_STARTS];
    int32_t count = best_joiners(t, node, DIVE_STARTS, starts);
    for (int32_t n = 0; n < count; n++) {
        rows[n] = node->joiners[starts[n]].row;
    }
    for (int32_t n = 0; n < count && !t->ended; n++) {
        struct sp_node child;
        int32_t at = 0;
        while (node->joiners[at].row != rows[n]) {
            at++;
        }
        take(t, node, at, &child);
        walk_down(t, &child, prices);
    }
}

static bool holds(const int32_t *rows, int32_t count, int32_t row)
{
    for (int32_t n = 0; n < count; n++) {
        if (rows[n] == row) {
            return true;
        }
    }
    return false;
}

/* Try the team with each joiner of @p pool in place @p at of @p rows, @p size of them so far. */
static void exchange_one(struct sp_tree *t, const struct sp_node *node, const int32_t *pool,
                         int32_t count, int32_t *rows, int32_t size, int32_t at)
{
    const int32_t kept = at < size ? rows[at] : -1;
    const int32_t length = at < size ? size : size + 1;
    const bool only_complete = !t->options->elastic && t->solution->count > 0;
    for (int32_t n = 0; n < count && !t->ended; n++) {
        const int32_t row = node->joiners[pool[n]].row;
        if (holds(rows, size, row)) {
            continue;
        }
        rows[at] = row;
        if (!only_complete || sp_tree_may_be_complete(t, rows, length)) {
            (void)sp_tree_try(t, rows, length);
        }
        rows[at] = kept;
    }
}

/* Exchange members of the best team so far one by one, and add one, while that makes it better.
 * Fills the list with its neighbours. */
static void exchange_members(struct sp_tree *t, const struct sp_node *node)
{
    int32_t pool[EXCHANGE_WIDTH];
    int32_t count = best_joiners(t, node, EXCHANGE_WIDTH, pool);
    for (int32_t round = 0; round < EXCHANGE_ROUNDS && t->seed_count > 0; round++) {
        int32_t rows[SP_MAX_MEMBERS];
        const int32_t size = t->seed_count;
        const int64_t before = t->seed_score;
        memcpy(rows, t->seed, (size_t)size * sizeof *rows);
        for (int32_t at = node->count; at <= size && at < t->problem->most_members; at++) {
            exchange_one(t, node, pool, count, rows, size, at);
        }
        if (t->seed_score == before) {
            return;
        }
    }
}

void sp_tree_find_starts(struct sp_tree *t, struct sp_node *node, const struct sp_prices *prices)
{
    struct sp_scan scan;
    dive(t, node, prices);
    /* The walks changed the order of the joiners, and the profits of some are of deeper nodes. */
    if (!t->ended && sp_tree_scan(t, node, prices, &scan)) {
        exchange_members(t, node);
    }
}
