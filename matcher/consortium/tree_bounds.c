/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * What a node can still reach. With prices every joiner has a profit of its own, and the best
 * completion of a team is "the most profitable ones that still fit", each paying the least friction
 * there is to those before it.
 */
#include <string.h>

#include "matcher/consortium/tree_priv.h"

enum {
    RUN_WORK = 4096,   /* between two reports of it, where each row is looked at whole */
    RUN_LENGTH = 2048, /* joiners between two reports, where little is done to each */
};

/* Lower scores than this are no use as a cut, and would overflow in fixed point. */
static const int64_t least_cut = -((int64_t)1 << 41);

static int32_t larger(int32_t a, int32_t b)
{
    return a > b ? a : b;
}

int64_t sp_tree_floor(int64_t fixed)
{
    return fixed >> SP_PRICE_SHIFT; /* arithmetic: rounds down, and scores are whole */
}

/* Among equals fewer members win. */
bool sp_tree_is_open(const struct sp_tree *t, const struct sp_node *node, int64_t fixed)
{
    const int64_t bound = sp_tree_floor(fixed);
    if (!sp_tree_list_is_full(t)) {
        return bound >= t->lowest;
    }
    const struct sp_solved_team *worst = &t->solution->teams[t->teams_wanted - 1];
    return bound > worst->score ||
           (bound == worst->score &&
            larger(node->count + 1, t->options->least_members) <= worst->count);
}

/* The best sum of @p count profits by falling order, each new member also paying the least friction
 * to those taken before it, @p before of them to begin with; @p taken tells how many it takes, at
 * least @p at_least. */
static int64_t best_sum(const struct sp_tree *t, const int64_t *profits, int32_t count,
                        int32_t before, int32_t at_least, int32_t *taken)
{
    int64_t sum = 0;
    int32_t n = 0;
    while (n < count) {
        int64_t gain = profits[n] - t->least_friction * (n + before) * SP_PRICE_ONE;
        if (gain <= 0 && n >= at_least) {
            break;
        }
        sum += gain;
        n++;
    }
    *taken = n;
    return sum;
}

/* How many joiners a team under @p node needs at least. */
static int32_t joiners_needed(const struct sp_tree *t, const struct sp_node *node)
{
    return larger(t->options->least_members, 1) - node->count;
}

/* Keep the most profitable joiners in front. */
static void rank_top(struct sp_scan *scan, int64_t *profits, int32_t want, int32_t n,
                     int64_t profit)
{
    if (scan->top_count == want && profit <= profits[want - 1]) {
        return;
    }
    int32_t at = scan->top_count < want ? scan->top_count++ : want - 1;
    while (at > 0 && profits[at - 1] < profit) {
        profits[at] = profits[at - 1];
        scan->top[at] = scan->top[at - 1];
        at--;
    }
    profits[at] = profit;
    scan->top[at] = n;
}

bool sp_tree_scan(struct sp_tree *t, struct sp_node *node, const struct sp_prices *prices,
                  struct sp_scan *scan)
{
    const struct sp_problem *p = t->problem;
    const int64_t kappa = p->kappa * SP_PRICE_ONE;
    const int32_t want = sp_node_room(t, node);
    int64_t profits[SP_MAX_MEMBERS] = {0};
    int32_t work = 0;
    SP_ASSERT(want > 0 && want <= SP_MAX_MEMBERS);
    scan->top_count = 0;
    scan->base = sp_prices_constant(p, prices, &node->lack) - node->friction * SP_PRICE_ONE -
                 kappa * (node->count - 1);
    for (int32_t n = 0; n < node->count; n++) {
        scan->base += sp_prices_profit(p, prices, &t->rows[node->rows[n]], t->cells, &node->lack,
                                       false, NULL);
    }
    for (int32_t n = 0; n < node->joiner_count; n++) {
        struct sp_joiner *joiner = &node->joiners[n];
        const struct sp_offer_row *row = &t->rows[joiner->row];
        joiner->profit = sp_prices_profit(p, prices, row, t->cells, &node->lack, true, NULL) -
                         joiner->friction * SP_PRICE_ONE - kappa;
        rank_top(scan, profits, want, n, joiner->profit);
        work += 4 + row->cell_count;
        if (work > RUN_WORK) {
            if (!sp_tree_work(t, work)) {
                return false;
            }
            work = 0;
        }
    }
    scan->bound = scan->base +
                  best_sum(t, profits, scan->top_count, 0, joiners_needed(t, node), &scan->chosen);
    return sp_tree_work(t, work);
}

void sp_tree_usage(struct sp_tree *t, const struct sp_node *node, const struct sp_prices *prices,
                   const struct sp_scan *scan, struct sp_usage *usage)
{
    memset(usage, 0, sizeof *usage);
    for (int32_t n = 0; n < node->count; n++) {
        (void)sp_prices_profit(t->problem, prices, &t->rows[node->rows[n]], t->cells, &node->lack,
                               false, usage);
    }
    for (int32_t n = 0; n < scan->chosen; n++) {
        const struct sp_joiner *joiner = &node->joiners[scan->top[n]];
        (void)sp_prices_profit(t->problem, prices, &t->rows[joiner->row], t->cells, &node->lack,
                               true, usage);
    }
}

/* Upper bound on the teams under @p node that hold joiner @p n, after a scan; without that joiner's
 * own profit if @p n is -1, which stands for any that is not among the top. */
static int64_t bound_with(const struct sp_tree *t, const struct sp_node *node,
                          const struct sp_scan *scan, int32_t n)
{
    int64_t others[SP_MAX_MEMBERS];
    int32_t count = 0;
    int32_t taken = 0;
    const int32_t most = sp_node_room(t, node) - 1;
    for (int32_t top = 0; top < scan->top_count && count < most; top++) {
        if (scan->top[top] != n) {
            others[count++] = node->joiners[scan->top[top]].profit;
        }
    }
    return scan->base + (n < 0 ? 0 : node->joiners[n].profit) +
           best_sum(t, others, count, 1, joiners_needed(t, node) - 1, &taken);
}

void sp_tree_drop_hopeless(struct sp_tree *t, struct sp_node *node, const struct sp_scan *scan)
{
    /* All but the top ones would join the same others: one comparison with what they must bring. */
    const int64_t with_others = bound_with(t, node, scan, -1);
    bool keep_top[SP_MAX_MEMBERS];
    for (int32_t top = 0; top < scan->top_count; top++) {
        keep_top[top] = sp_tree_is_open(t, node, bound_with(t, node, scan, scan->top[top]));
    }
    int32_t kept = 0;
    for (int32_t n = 0; n < node->joiner_count; n++) {
        bool keep = sp_tree_is_open(t, node, with_others + node->joiners[n].profit);
        if (n % RUN_LENGTH == 0 && !sp_tree_work(t, RUN_LENGTH)) {
            return;
        }
        for (int32_t top = 0; top < scan->top_count; top++) {
            keep = scan->top[top] == n ? keep_top[top] : keep;
        }
        if (keep) {
            node->joiners[kept++] = node->joiners[n];
        }
    }
    node->joiner_count = kept;
}

/* For each requirement the greatest capacities of the joiners, falling. */
struct ability {
    int32_t greatest[SP_MAX_REQUIREMENTS][SP_MAX_MEMBERS];
    int32_t count[SP_MAX_REQUIREMENTS];
};

static void add_ability(const struct sp_tree *t, const struct sp_offer_row *row, int32_t most,
                        struct ability *able)
{
    for (int32_t c = 0; c < row->cell_count; c++) {
        const struct sp_cell *cell = &t->cells[row->first_cell + c];
        int32_t *greatest = able->greatest[cell->requirement];
        int32_t *count = &able->count[cell->requirement];
        if (*count == most && cell->capacity <= greatest[most - 1]) {
            continue;
        }
        int32_t at = *count < most ? (*count)++ : most - 1;
        while (at > 0 && greatest[at - 1] < cell->capacity) {
            greatest[at] = greatest[at - 1];
            at--;
        }
        greatest[at] = cell->capacity;
    }
}

bool sp_tree_count_lacking(struct sp_tree *t, struct sp_node *node)
{
    const struct sp_problem *p = t->problem;
    struct ability able = {.count = {0}};
    int32_t left[SP_MAX_REQUIREMENTS];
    int32_t work = 0;
    if (t->options->elastic) {
        return true;
    }
    memcpy(left, p->demand, sizeof left);
    for (int32_t n = 0; n < node->count; n++) {
        const struct sp_offer_row *row = &t->rows[node->rows[n]];
        for (int32_t c = 0; c < row->cell_count; c++) {
            left[t->cells[row->first_cell + c].requirement] -=
                t->cells[row->first_cell + c].capacity;
        }
    }
    for (int32_t n = 0; n < node->joiner_count; n++) {
        const struct sp_offer_row *row = &t->rows[node->joiners[n].row];
        add_ability(t, row, sp_node_room(t, node), &able);
        work += 2 + row->cell_count;
        if (work > RUN_WORK) {
            if (!sp_tree_work(t, work)) {
                return false;
            }
            work = 0;
        }
    }
    for (int32_t j = 0; j < p->requirements; j++) {
        int32_t lacking = 0;
        while (left[j] > 0) {
            if (lacking == able.count[j]) {
                return false;
            }
            left[j] -= able.greatest[j][lacking++];
        }
        node->lack.performers[j] = lacking;
    }
    return sp_tree_work(t, work);
}

/* The best sum of up to @p most joiners after the n-th, to a team that @p before join first. */
static int64_t best_after(const struct sp_tree *t, const struct sp_node *node, int32_t n,
                          int32_t most, int32_t before)
{
    int64_t next[SP_MAX_MEMBERS];
    int32_t count = 0;
    int32_t taken = 0;
    for (; count < most && n + 1 + count < node->joiner_count; count++) {
        next[count] = node->joiners[n + 1 + count].profit;
    }
    return best_sum(t, next, count, before, joiners_needed(t, node) - before, &taken);
}

int64_t sp_tree_branch_bound(const struct sp_tree *t, const struct sp_node *node,
                             const struct sp_scan *scan, int32_t n)
{
    return scan->base + node->joiners[n].profit +
           best_after(t, node, n, sp_node_room(t, node) - 1, 1);
}

int64_t sp_tree_cutoff(const struct sp_tree *t, const struct sp_node *node,
                       const struct sp_scan *scan, int32_t n)
{
    int64_t needed = sp_tree_list_is_full(t) ? sp_tree_threshold(t) : t->lowest;
    if (needed < least_cut) {
        return INT64_MIN;
    }
    return needed * SP_PRICE_ONE - scan->base - node->joiners[n].profit -
           best_after(t, node, n, sp_node_room(t, node) - 2, 2);
}
