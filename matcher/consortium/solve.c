/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Branch and bound over members (see solve.h).
 *
 * A node is a partial team and the candidates that may still join it, each team being reached by
 * one order only: a child takes the next candidate and keeps those after it. At a node the prices
 * of its parent are improved for a few steps; candidates whose best team cannot enter the list are
 * dropped; the rest are branched on by falling reduced profit, so that the first bound that fails
 * ends the loop.
 */
#include "matcher/consortium/solve.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "matcher/consortium/prices.h"

enum {
    ROOT_STEPS = 160,
    FIRST_STEPS = 24, /* at teams of one */
    DEEP_STEPS = 20,
    HOPE = 30000,
    NEWEST_PERCENT = 40,  /* weight of the newest scan in the direction of a step */
    PATIENCE = 3,         /* steps without a better bound before the step is halved */
    DIVE_EVERY = 40,      /* root steps between two dives for good first teams */
    EXCHANGE_WIDTH = 200, /* candidates tried in each place of the best team */
    EXCHANGE_ROUNDS = 5,
    DIVE_STARTS = 8,   /* candidates a dive begins with */
    DIVE_WIDTH = 16,   /* candidates tried at each level of a dive */
    TELL_EVERY = 1024, /* questions between two words of progress while the list stays */
};

/* A candidate that may still join, at one level of the tree. */
struct joiner {
    int64_t profit;   /* reduced, with kappa and friction to the team: fixed point */
    int64_t friction; /* to the members of the team */
    int32_t row;
};

struct search {
    const struct sp_problem *problem;
    const struct sp_solve_options *options;
    struct sp_solution *solution;
    struct sp_offer_row *rows;
    struct sp_cell *cells;
    int32_t row_count;
    struct joiner *levels[SP_MAX_MEMBERS + 1];
    int32_t *pair_start; /* row_count + 1; partners in conflict, then partners in cooperation */
    int32_t *pair_row;
    int8_t *mark;           /* by row: 1 conflict, 2 cooperation with the row at hand */
    int64_t least_friction; /* of any two candidates */
    int64_t lowest;         /* no team that is allowed scores less */
    int32_t teams_wanted;
    int32_t seed[SP_MAX_MEMBERS]; /* rows of the best team met, what is missing paid for */
    int32_t seed_count;
    int64_t seed_score;
    int64_t open[SP_MAX_MEMBERS + 1]; /* bound of what is left at each level, score units */
    int32_t questions;                /* asked since progress was told */
    bool changed;                     /* the list, since progress was told */
    bool ended;
};

struct node {
    int32_t count; /* members so far */
    int32_t rows[SP_MAX_MEMBERS];
    int64_t friction; /* among them */
    struct sp_lack lack;
    struct joiner *joiners;
    int32_t joiner_count;
};

/* What a scan of a node at some prices found. */
struct scan {
    int64_t bound;               /* fixed point */
    int64_t base;                /* the part without joiners */
    int32_t top[SP_MAX_MEMBERS]; /* positions of the most profitable joiners, best first */
    int32_t top_count;
    int32_t chosen; /* how many of top the bound takes */
};

/* ---- the list of the best ---- */

static int compare_teams(const struct sp_solved_team *a, const struct sp_solved_team *b)
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

static bool list_is_full(const struct search *s)
{
    return s->solution->count == s->teams_wanted;
}

static int64_t threshold(const struct search *s)
{
    return list_is_full(s) ? s->solution->teams[s->teams_wanted - 1].score : INT64_MIN;
}

static void list_insert(struct search *s, const struct sp_solved_team *team)
{
    struct sp_solution *list = s->solution;
    int32_t at = list->count;
    while (at > 0) {
        int order = compare_teams(team, &list->teams[at - 1]);
        if (order == 0) {
            return;
        }
        if (order > 0) {
            break;
        }
        at--;
    }
    if (at == s->teams_wanted) {
        return;
    }
    int32_t last = list_is_full(s) ? list->count - 1 : list->count++;
    memmove(&list->teams[at + 1], &list->teams[at], (size_t)(last - at) * sizeof list->teams[0]);
    list->teams[at] = *team;
    s->changed = true;
}

/* Say in the solution what is proved if the search ends here. */
static void state_proof(struct search *s)
{
    struct sp_solution *out = s->solution;
    int64_t open = INT64_MIN;
    for (int32_t level = 0; level <= SP_MAX_MEMBERS; level++) {
        open = s->open[level] > open ? s->open[level] : open;
    }
    out->proven = open <= threshold(s);
    out->bound = list_is_full(s) ? threshold(s) : INT64_MIN;
    out->bound = open > out->bound ? open : out->bound;
}

static int compare_members(const void *a, const void *b)
{
    int32_t x = *(const int32_t *)a;
    int32_t y = *(const int32_t *)b;
    return x < y ? -1 : x > y ? 1 : 0;
}

/* Value the team of @p rows and keep it if it is among the best. Returns its score with what is
 * missing paid for, or INT64_MIN if it is not allowed at all. */
static int64_t try_team(struct search *s, const int32_t *rows, int32_t count)
{
    int32_t members[SP_MAX_MEMBERS];
    struct sp_solved_team team;
    for (int32_t n = 0; n < count; n++) {
        members[n] = s->rows[rows[n]].candidate;
    }
    qsort(members, (size_t)count, sizeof *members, compare_members);
    if (!sp_team_value(s->problem, members, count, &team)) {
        return INT64_MIN;
    }
    if (team.complete || s->options->elastic) {
        list_insert(s, &team);
    }
    if (team.score > s->seed_score) {
        s->seed_score = team.score;
        s->seed_count = count;
        memcpy(s->seed, rows, (size_t)count * sizeof *rows);
    }
    return team.score;
}

static bool must_end(struct search *s)
{
    const struct sp_solve_options *o = s->options;
    if (!s->ended && o->stop != NULL) {
        s->ended = o->stop(o->stop_context);
    }
    if (!s->ended && o->progress != NULL && (s->changed || ++s->questions >= TELL_EVERY)) {
        state_proof(s);
        s->changed = false;
        s->questions = 0;
        s->ended = !o->progress(o->progress_context, s->solution);
    }
    return s->ended;
}

/* ---- bounds ---- */

static int64_t floor_score(int64_t fixed)
{
    return fixed >> SP_PRICE_SHIFT; /* arithmetic: rounds down, and scores are whole */
}

/* May a team under @p node whose bound is @p fixed still enter the list? Among equals fewer members
 * win. */
static bool is_open(const struct search *s, const struct node *node, int64_t fixed)
{
    int64_t bound = floor_score(fixed);
    if (!list_is_full(s)) {
        return bound >= s->lowest;
    }
    const struct sp_solved_team *worst = &s->solution->teams[s->teams_wanted - 1];
    return bound > worst->score || (bound == worst->score && node->count + 1 <= worst->count);
}

static int32_t room(const struct search *s, const struct node *node)
{
    return s->problem->most_members - node->count;
}

/* The best sum of @p count profits by falling order, each new member also paying the least friction
 * to those taken before it; @p taken tells how many it takes, at least @p at_least. */
static int64_t best_sum(const struct search *s, const int64_t *profits, int32_t count,
                        int32_t before, int32_t at_least, int32_t *taken)
{
    int64_t sum = 0;
    int32_t n = 0;
    while (n < count) {
        int64_t gain = profits[n] - s->least_friction * (n + before) * SP_PRICE_ONE;
        if (gain <= 0 && n >= at_least) {
            break;
        }
        sum += gain;
        n++;
    }
    *taken = n;
    return sum;
}

static void scan_node(struct search *s, const struct node *node, const struct sp_prices *prices,
                      struct scan *scan)
{
    const struct sp_problem *p = s->problem;
    const int64_t kappa = p->kappa * SP_PRICE_ONE;
    const int32_t want = room(s, node);
    scan->base = sp_prices_constant(p, prices, &node->lack) - node->friction * SP_PRICE_ONE -
                 kappa * (node->count - 1);
    for (int32_t n = 0; n < node->count; n++) {
        scan->base += sp_prices_profit(p, prices, &s->rows[node->rows[n]], s->cells, &node->lack,
                                       false, NULL);
    }
    int64_t profits[SP_MAX_MEMBERS] = {0};
    SP_ASSERT(want > 0 && want <= SP_MAX_MEMBERS);
    scan->top_count = 0;
    for (int32_t n = 0; n < node->joiner_count; n++) {
        struct joiner *joiner = &node->joiners[n];
        int64_t profit =
            sp_prices_profit(p, prices, &s->rows[joiner->row], s->cells, &node->lack, true, NULL) -
            joiner->friction * SP_PRICE_ONE - kappa;
        joiner->profit = profit;
        if (scan->top_count == want && profit <= profits[want - 1]) {
            continue;
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
    scan->bound = scan->base +
                  best_sum(s, profits, scan->top_count, 0, node->count == 0 ? 1 : 0, &scan->chosen);
}

/* Upper bound on the teams under @p node that hold joiner @p n, after a scan; without that joiner's
 * own profit if @p n is -1, which stands for any that is not among the top. */
static int64_t bound_with(const struct search *s, const struct node *node, const struct scan *scan,
                          int32_t n)
{
    int64_t others[SP_MAX_MEMBERS];
    int32_t count = 0;
    int32_t taken = 0;
    int32_t most = room(s, node) - 1;
    for (int32_t t = 0; t < scan->top_count && count < most; t++) {
        if (scan->top[t] != n) {
            others[count++] = node->joiners[scan->top[t]].profit;
        }
    }
    return scan->base + (n < 0 ? 0 : node->joiners[n].profit) +
           best_sum(s, others, count, 1, 0, &taken);
}

static void usage_of(struct search *s, const struct node *node, const struct sp_prices *prices,
                     const struct scan *scan, struct sp_usage *usage)
{
    memset(usage, 0, sizeof *usage);
    for (int32_t n = 0; n < node->count; n++) {
        (void)sp_prices_profit(s->problem, prices, &s->rows[node->rows[n]], s->cells, &node->lack,
                               false, usage);
    }
    for (int32_t t = 0; t < scan->chosen; t++) {
        const struct joiner *joiner = &node->joiners[scan->top[t]];
        (void)sp_prices_profit(s->problem, prices, &s->rows[joiner->row], s->cells, &node->lack,
                               true, usage);
    }
}

/* Drop the joiners whose best team cannot enter the list; true if any went. Positions in @p scan
 * are void afterwards. */
static bool drop_hopeless(const struct search *s, struct node *node, const struct scan *scan)
{
    /* All but the top ones would join the same others: one comparison with what they must bring. */
    const int64_t with_others = bound_with(s, node, scan, -1);
    bool keep_top[SP_MAX_MEMBERS];
    for (int32_t t = 0; t < scan->top_count; t++) {
        keep_top[t] = is_open(s, node, bound_with(s, node, scan, scan->top[t]));
    }
    int32_t kept = 0;
    for (int32_t n = 0; n < node->joiner_count; n++) {
        bool keep = is_open(s, node, with_others + node->joiners[n].profit);
        for (int32_t t = 0; t < scan->top_count; t++) {
            keep = scan->top[t] == n ? keep_top[t] : keep;
        }
        if (keep) {
            node->joiners[kept++] = node->joiners[n];
        }
    }
    bool dropped = kept < node->joiner_count;
    node->joiner_count = kept;
    return dropped;
}

/* ---- nodes ---- */

/* Which rows are in conflict with, or worked together with, @p row. */
static void set_marks(struct search *s, int32_t row, bool on)
{
    for (int32_t n = s->pair_start[row]; n < s->pair_start[row + 1]; n++) {
        int32_t partner = s->pair_row[n];
        int32_t other = partner < 0 ? -1 - partner : partner;
        s->mark[other] = on ? (int8_t)(s->mark[other] | (partner < 0 ? 1 : 2)) : 0;
    }
}

static int64_t friction_of(const struct search *s, int32_t row, int32_t other)
{
    const struct sp_problem *p = s->problem;
    const struct sp_contender *x = &p->candidates[s->rows[row].candidate];
    const struct sp_contender *y = &p->candidates[s->rows[other].candidate];
    int64_t friction = p->distance[(size_t)x->place * (size_t)p->place_count + (size_t)y->place];
    friction += (x->owes != y->owes ? p->owes_penalty : 0) + p->no_cooperation_penalty;
    return (s->mark[other] & 2) != 0 ? friction / p->cooperation_divisor : friction;
}

/* The child of @p node that takes joiner @p n and keeps those after it whose profit less friction
 * to it is at least @p cutoff. With a cutoff the joiners must be in falling order of profit. */
static void add_member(struct search *s, const struct node *node, int32_t n, int64_t cutoff,
                       struct node *child)
{
    int32_t row = node->joiners[n].row;
    child->count = node->count + 1;
    memcpy(child->rows, node->rows, (size_t)node->count * sizeof *node->rows);
    child->rows[node->count] = row;
    child->friction = node->friction + node->joiners[n].friction;
    child->lack = node->lack;
    child->lack.held |= s->problem->candidates[s->rows[row].candidate].conditions;
    child->joiners = s->levels[child->count];
    child->joiner_count = 0;
    if (child->count == s->problem->most_members) {
        return;
    }
    set_marks(s, row, true);
    for (int32_t later = n + 1; later < node->joiner_count; later++) {
        const struct joiner *joiner = &node->joiners[later];
        if (joiner->profit < cutoff) {
            break;
        }
        int64_t friction = friction_of(s, row, joiner->row);
        if ((s->mark[joiner->row] & 1) == 0 && joiner->profit - friction * SP_PRICE_ONE >= cutoff) {
            child->joiners[child->joiner_count++] =
                (struct joiner){0, joiner->friction + friction, joiner->row};
        }
    }
    set_marks(s, row, false);
}

/* ---- first teams ---- */

/* The positions of the @p width most profitable joiners, best first. */
static int32_t best_joiners(const struct node *node, int32_t width, int32_t *best)
{
    int32_t count = 0;
    for (int32_t n = 0; n < node->joiner_count; n++) {
        int64_t profit = node->joiners[n].profit;
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

/* Walk down from @p node once, at each level trying the most profitable joiners and taking the one
 * whose team is best when what is missing is paid. */
static void walk_down(struct search *s, const struct node *node, const struct sp_prices *prices)
{
    struct node at = *node;
    while (room(s, &at) > 0 && at.joiner_count > 0 && !must_end(s)) {
        int32_t pool[DIVE_WIDTH];
        int32_t best = -1;
        int64_t best_score = INT64_MIN;
        struct scan scan;
        struct node child;
        scan_node(s, &at, prices, &scan);
        int32_t count = best_joiners(&at, DIVE_WIDTH, pool);
        for (int32_t t = 0; t < count; t++) {
            int64_t score = 0;
            at.rows[at.count] = at.joiners[pool[t]].row;
            score = try_team(s, at.rows, at.count + 1);
            if (score > best_score) {
                best_score = score;
                best = pool[t];
            }
        }
        if (best < 0) {
            return;
        }
        /* Every other joiner stays: put the chosen one first. */
        struct joiner chosen = at.joiners[best];
        at.joiners[best] = at.joiners[0];
        at.joiners[0] = chosen;
        add_member(s, &at, 0, INT64_MIN, &child);
        at = child;
    }
}

/* First teams: one walk from each of the most profitable joiners. */
static void dive(struct search *s, struct node *node, const struct sp_prices *prices)
{
    int32_t starts[DIVE_STARTS];
    int32_t rows[DIVE_STARTS];
    int32_t count = room(s, node) > 0 ? best_joiners(node, DIVE_STARTS, starts) : 0;
    for (int32_t n = 0; n < count; n++) {
        rows[n] = node->joiners[starts[n]].row;
    }
    for (int32_t n = 0; n < count; n++) {
        struct node child;
        int32_t at = 0;
        while (node->joiners[at].row != rows[n]) {
            at++;
        }
        struct joiner chosen = node->joiners[at];
        node->joiners[at] = node->joiners[0];
        node->joiners[0] = chosen;
        add_member(s, node, 0, INT64_MIN, &child);
        walk_down(s, &child, prices);
    }
}

/* Exchange members of the best team so far one by one, and add one, while that makes it better.
 * Fills the list with its neighbours, so that the tree starts with a threshold. */
static void exchange_members(struct search *s, const struct node *node)
{
    int32_t pool[EXCHANGE_WIDTH];
    int32_t count = best_joiners(node, EXCHANGE_WIDTH, pool);
    for (int32_t round = 0; round < EXCHANGE_ROUNDS && s->seed_count > 0; round++) {
        int32_t rows[SP_MAX_MEMBERS + 1];
        int32_t size = s->seed_count;
        int64_t before = s->seed_score;
        memcpy(rows, s->seed, (size_t)size * sizeof *rows);
        for (int32_t at = node->count; at <= size && at < s->problem->most_members; at++) {
            int32_t kept = rows[at];
            for (int32_t t = 0; t < count && !must_end(s); t++) {
                rows[at] = node->joiners[pool[t]].row;
                bool twice = false;
                for (int32_t n = 0; n < size; n++) {
                    twice = twice || (n != at && rows[n] == rows[at]);
                }
                if (!twice) {
                    (void)try_team(s, rows, at == size ? size + 1 : size);
                }
            }
            rows[at] = kept;
        }
        if (s->seed_score == before) {
            return;
        }
    }
}

/* ---- the tree ---- */

/* How many more members it takes to cover each requirement even if the most able ones join: a bound
 * that fractions of members cannot evade. False if there is no room for them. */
static bool count_lacking(struct search *s, struct node *node)
{
    const struct sp_problem *p = s->problem;
    int32_t able[SP_MAX_REQUIREMENTS][SP_MAX_MEMBERS]; /* greatest capacities, falling */
    int32_t count[SP_MAX_REQUIREMENTS] = {0};
    int32_t left[SP_MAX_REQUIREMENTS];
    const int32_t most = room(s, node);
    if (s->options->elastic) {
        return true;
    }
    memcpy(left, p->demand, sizeof left);
    for (int32_t n = 0; n < node->count; n++) {
        const struct sp_offer_row *row = &s->rows[node->rows[n]];
        for (int32_t c = 0; c < row->cell_count; c++) {
            left[s->cells[row->first_cell + c].requirement] -=
                s->cells[row->first_cell + c].capacity;
        }
    }
    for (int32_t n = 0; n < node->joiner_count; n++) {
        const struct sp_offer_row *row = &s->rows[node->joiners[n].row];
        for (int32_t c = 0; c < row->cell_count; c++) {
            const struct sp_cell *cell = &s->cells[row->first_cell + c];
            int32_t j = cell->requirement;
            if (count[j] == most && cell->capacity <= able[j][most - 1]) {
                continue;
            }
            int32_t at = count[j] < most ? count[j]++ : most - 1;
            while (at > 0 && able[j][at - 1] < cell->capacity) {
                able[j][at] = able[j][at - 1];
                at--;
            }
            able[j][at] = cell->capacity;
        }
    }
    for (int32_t j = 0; j < p->requirements; j++) {
        int32_t lacking = 0;
        while (left[j] > 0) {
            if (lacking == count[j]) {
                return false;
            }
            left[j] -= able[j][lacking++];
        }
        node->lack.performers[j] = lacking;
    }
    return true;
}

/* Improve @p prices for @p node and drop the joiners that the bounds met on the way close; the best
 * prices are left in @p prices, and @p best is a scan at them. False if the node is closed. */
static bool improve(struct search *s, struct node *node, struct sp_prices *prices, int32_t steps,
                    struct scan *best)
{
    struct sp_prices now = *prices;
    struct sp_mean_usage mean = {0};
    const bool is_root = node->count == s->options->anchor_count;
    double theta = is_root ? 1.0 : 0.7;
    int32_t idle = 0;
    int64_t lowest_bound = INT64_MAX >> 1;
    /* How far below the best bound to aim while no threshold is known. */
    double hope = is_root ? HOPE : 10 * HOPE;
    for (int32_t step = 0; step < steps; step++) {
        struct scan scan;
        struct sp_usage usage;
        scan_node(s, node, &now, &scan);
        if (!is_open(s, node, scan.bound)) {
            return false;
        }
        if (scan.bound < lowest_bound) {
            hope *= (double)floor_score(lowest_bound - scan.bound) > hope / 2 ? 2 : 1;
            lowest_bound = scan.bound;
            if (floor_score(lowest_bound) < s->open[node->count]) {
                s->open[node->count] = floor_score(lowest_bound);
            }
            *prices = now;
            idle = 0;
        } else if (++idle >= PATIENCE) {
            theta *= list_is_full(s) ? 0.5 : 1;
            hope *= 0.5;
            idle = 0;
        }
        usage_of(s, node, &now, &scan, &usage);
        sp_usage_blend(s->problem, &mean, &usage,
                       step == 0 || list_is_full(s) ? 1.0 : NEWEST_PERCENT / 100.0);
        if (is_root && step % DIVE_EVERY == DIVE_EVERY - 1) {
            dive(s, node, &now);
            scan_node(s, node, &now, &scan);
            exchange_members(s, node);
            scan_node(s, node, &now, &scan);
        }
        (void)drop_hopeless(s, node, &scan);
        if (node->joiner_count == 0 || must_end(s)) {
            break;
        }
        double target =
            list_is_full(s) ? (double)threshold(s) : (double)floor_score(lowest_bound) - hope;
        double gap = (double)floor_score(scan.bound) - target;
        if (!sp_prices_step(s->problem, &now, &mean, &node->lack, s->options->elastic,
                            gap > 1 ? gap : 1, theta)) {
            break;
        }
    }
    scan_node(s, node, prices, best);
    return is_open(s, node, best->bound);
}

static int compare_joiners(const void *a, const void *b)
{
    const struct joiner *x = a;
    const struct joiner *y = b;
    if (x->profit != y->profit) {
        return x->profit > y->profit ? -1 : 1;
    }
    return x->row < y->row ? -1 : x->row > y->row ? 1 : 0;
}

/* Upper bound on the teams under @p node that hold its n-th joiner and none before it. Joiners are
 * in falling order of profit, so it falls too. */
static int64_t branch_bound(const struct search *s, const struct node *node,
                            const struct scan *scan, int32_t n)
{
    int64_t next[SP_MAX_MEMBERS];
    int32_t taken = 0;
    int32_t count = 0;
    for (; count < room(s, node) - 1 && n + 1 + count < node->joiner_count; count++) {
        next[count] = node->joiners[n + 1 + count].profit;
    }
    return scan->base + node->joiners[n].profit + best_sum(s, next, count, 1, 0, &taken);
}

/* The least that a joiner must bring, friction to joiner @p n paid, to a team with both of them. */
static int64_t cutoff_after(const struct search *s, const struct node *node,
                            const struct scan *scan, int32_t n)
{
    int64_t next[SP_MAX_MEMBERS];
    int32_t count = 0;
    int32_t taken = 0;
    for (; count < room(s, node) - 2 && n + 1 + count < node->joiner_count; count++) {
        next[count] = node->joiners[n + 1 + count].profit;
    }
    int64_t needed = list_is_full(s) ? threshold(s) : s->lowest;
    if (needed == INT64_MIN) {
        return INT64_MIN;
    }
    return needed * SP_PRICE_ONE - scan->base - node->joiners[n].profit -
           best_sum(s, next, count, 2, 0, &taken);
}

/* Look at every team under @p node that may enter the list. Its bound stands in open[node->count],
 * and what stays there when the search is ended bounds what was left. */
static void explore(struct search *s, struct node *node, const struct sp_prices *parent_prices)
{
    struct sp_prices prices = *parent_prices;
    struct scan scan;
    s->solution->nodes++;
    if (node->joiner_count == 0 || room(s, node) == 0) {
        return;
    }
    int32_t steps = node->count == s->options->anchor_count ? ROOT_STEPS
                    : node->count == 1                      ? FIRST_STEPS
                    : room(s, node) == 1                    ? 0
                                                            : DEEP_STEPS;
    if (!count_lacking(s, node) || !improve(s, node, &prices, steps, &scan)) {
        return;
    }
    (void)drop_hopeless(s, node, &scan);
    qsort(node->joiners, (size_t)node->joiner_count, sizeof *node->joiners, compare_joiners);
    for (int32_t n = 0; n < node->joiner_count; n++) {
        const int64_t bound = branch_bound(s, node, &scan, n);
        s->open[node->count] = floor_score(bound);
        if (!is_open(s, node, bound)) {
            return;
        }
        if (must_end(s)) {
            return;
        }
        if (is_open(s, node, scan.base + node->joiners[n].profit)) {
            int32_t rows[SP_MAX_MEMBERS];
            memcpy(rows, node->rows, (size_t)node->count * sizeof *rows);
            rows[node->count] = node->joiners[n].row;
            (void)try_team(s, rows, node->count + 1);
        }
        if (room(s, node) > 1) {
            struct node child;
            add_member(s, node, n, cutoff_after(s, node, &scan, n), &child);
            s->open[child.count] = floor_score(bound);
            s->open[node->count] = n + 1 < node->joiner_count
                                       ? floor_score(branch_bound(s, node, &scan, n + 1))
                                       : INT64_MIN;
            explore(s, &child, &prices);
            if (s->ended) {
                return;
            }
            s->open[child.count] = INT64_MIN;
        }
    }
}

/* ---- set-up ---- */

static bool is_anchor(const struct sp_solve_options *options, int32_t candidate)
{
    for (int32_t n = 0; n < options->anchor_count; n++) {
        if (options->anchors[n] == candidate) {
            return true;
        }
    }
    return false;
}

/* Rows of the candidates that can be members at all, anchors first. */
static void make_rows(struct search *s)
{
    const struct sp_problem *p = s->problem;
    int32_t cell_count = 0;
    for (int32_t pass = 0; pass < 2; pass++) {
        for (int32_t i = 0; i < p->candidate_count; i++) {
            const struct sp_contender *c = &p->candidates[i];
            if (is_anchor(s->options, i) != (pass == 0)) {
                continue;
            }
            struct sp_offer_row row = {.candidate = i, .first_cell = cell_count};
            row.limit = c->load < p->most_load ? c->load : p->most_load;
            int32_t can = 0;
            for (int32_t n = 0; n < c->cell_count; n++) {
                struct sp_cell cell = c->cells[n];
                int32_t licence = p->licence[cell.requirement];
                if (licence >= 0 && (c->licences >> licence & 1u) == 0) {
                    continue;
                }
                if (cell.capacity > p->demand[cell.requirement]) {
                    cell.capacity = p->demand[cell.requirement];
                }
                if (cell.capacity > row.limit) {
                    cell.capacity = row.limit;
                }
                if (cell.capacity > 0) {
                    s->cells[cell_count + row.cell_count++] = cell;
                    can += cell.capacity;
                    row.performs |= 1u << cell.requirement;
                }
            }
            bool useless =
                row.limit < p->least_load || can < p->least_load || (p->every && !c->status);
            if (pass == 1 && useless) {
                continue;
            }
            cell_count += row.cell_count;
            s->rows[s->row_count++] = row;
        }
    }
}

static void add_pairs(struct search *s, const int32_t *row_of, const struct sp_pair *pairs,
                      int32_t count, bool conflict, int32_t *fill)
{
    for (int32_t n = 0; n < count; n++) {
        int32_t a = row_of[pairs[n].a];
        int32_t b = row_of[pairs[n].b];
        if (a < 0 || b < 0) {
            continue;
        }
        if (fill == NULL) {
            s->pair_start[a + 1]++;
            s->pair_start[b + 1]++;
        } else {
            s->pair_row[fill[a]++] = conflict ? -1 - b : b;
            s->pair_row[fill[b]++] = conflict ? -1 - a : a;
        }
    }
}

static enum sp_status make_pairs(struct search *s)
{
    const struct sp_problem *p = s->problem;
    int32_t *row_of = sp_malloc(((size_t)p->candidate_count + 1) * sizeof *row_of);
    int32_t *fill = sp_malloc(((size_t)s->row_count + 1) * sizeof *fill);
    s->pair_start = sp_calloc((size_t)s->row_count + 2, sizeof *s->pair_start);
    s->pair_row = sp_malloc(2 * ((size_t)p->cooperation_count + (size_t)p->conflict_count + 1) *
                            sizeof *s->pair_row);
    enum sp_status status = SP_NOMEM;
    if (row_of != NULL && fill != NULL && s->pair_start != NULL && s->pair_row != NULL) {
        for (int32_t i = 0; i < p->candidate_count; i++) {
            row_of[i] = -1;
        }
        for (int32_t r = 0; r < s->row_count; r++) {
            row_of[s->rows[r].candidate] = r;
        }
        add_pairs(s, row_of, p->conflicts, p->conflict_count, true, NULL);
        add_pairs(s, row_of, p->cooperations, p->cooperation_count, false, NULL);
        for (int32_t r = 0; r < s->row_count; r++) {
            s->pair_start[r + 1] += s->pair_start[r];
        }
        memcpy(fill, s->pair_start, (size_t)s->row_count * sizeof *fill);
        add_pairs(s, row_of, p->conflicts, p->conflict_count, true, fill);
        add_pairs(s, row_of, p->cooperations, p->cooperation_count, false, fill);
        status = SP_OK;
    }
    sp_free(row_of);
    sp_free(fill);
    return status;
}

/* No two candidates cost less than this to bring together. */
static int64_t find_least_friction(const struct search *s)
{
    const struct sp_problem *p = s->problem;
    int64_t least = INT64_MAX;
    for (int32_t n = 0; n < p->place_count * p->place_count; n++) {
        int64_t friction = (int64_t)p->distance[n] + p->no_cooperation_penalty;
        least = friction < least ? friction : least;
    }
    for (int32_t n = 0; n < p->cooperation_count; n++) {
        int64_t friction = sp_problem_friction(p, p->cooperations[n].a, p->cooperations[n].b);
        least = friction < least ? friction : least;
    }
    return least == INT64_MAX ? 0 : least;
}

/* What the dearest team would pay: below it a bound proves that nothing is left. */
static int64_t lowest_score(const struct sp_problem *p)
{
    int64_t most = 0;
    int64_t others = p->most_members - 1;
    for (int32_t n = 0; n < p->place_count * p->place_count; n++) {
        most = p->distance[n] > most ? p->distance[n] : most;
    }
    most += p->owes_penalty + p->no_cooperation_penalty;
    return -(p->kappa * others) - most * others * p->most_members / 2;
}

/* No team scores more: everything is performed by the dearest, and nothing is paid. */
static int64_t highest_score(const struct sp_problem *p)
{
    int64_t best[SP_MAX_REQUIREMENTS] = {0};
    int64_t score = 0;
    for (int32_t i = 0; i < p->candidate_count; i++) {
        for (int32_t n = 0; n < p->candidates[i].cell_count; n++) {
            const struct sp_cell *cell = &p->candidates[i].cells[n];
            best[cell->requirement] =
                cell->value > best[cell->requirement] ? cell->value : best[cell->requirement];
        }
    }
    for (int32_t j = 0; j < p->requirements; j++) {
        score += best[j] * p->demand[j];
    }
    return score;
}

static enum sp_status set_up(struct search *s)
{
    const struct sp_problem *p = s->problem;
    size_t cell_count = 1;
    for (int32_t i = 0; i < p->candidate_count; i++) {
        cell_count += (size_t)p->candidates[i].cell_count;
    }
    s->rows = sp_malloc(((size_t)p->candidate_count + 1) * sizeof *s->rows);
    s->cells = sp_malloc(cell_count * sizeof *s->cells);
    if (s->rows == NULL || s->cells == NULL) {
        return SP_NOMEM;
    }
    make_rows(s);
    s->mark = sp_calloc((size_t)s->row_count + 1, 1);
    for (int32_t level = 0; level <= p->most_members; level++) {
        s->levels[level] = sp_malloc(((size_t)s->row_count + 1) * sizeof *s->levels[level]);
        if (s->levels[level] == NULL) {
            return SP_NOMEM;
        }
    }
    s->least_friction = find_least_friction(s);
    s->lowest = s->options->elastic ? INT64_MIN : lowest_score(p);
    return s->mark == NULL ? SP_NOMEM : make_pairs(s);
}

static void tear_down(struct search *s)
{
    sp_free(s->rows);
    sp_free(s->cells);
    sp_free(s->mark);
    sp_free(s->pair_start);
    sp_free(s->pair_row);
    for (int32_t level = 0; level <= SP_MAX_MEMBERS; level++) {
        sp_free(s->levels[level]);
    }
}

/* The node that holds the anchors; false if they may not be together. */
static bool make_root(struct search *s, struct node *root)
{
    const int32_t anchors = s->options->anchor_count;
    *root = (struct node){.joiners = s->levels[0]};
    for (int32_t r = 0; r < s->row_count; r++) {
        root->joiners[root->joiner_count++] = (struct joiner){.row = r};
    }
    for (int32_t n = 0; n < anchors; n++) {
        const struct sp_contender *c = &s->problem->candidates[s->rows[n].candidate];
        struct node child;
        /* Anchors are the first rows, so the next one stands first, unless a conflict removed it.
         */
        if (root->joiner_count == 0 || root->joiners[0].row != n ||
            (s->problem->every && !c->status)) {
            return false;
        }
        add_member(s, root, 0, INT64_MIN, &child);
        *root = child;
    }
    if (anchors > 0) {
        (void)try_team(s, root->rows, anchors);
    }
    return true;
}

static enum sp_status check_options(const struct sp_problem *p, const struct sp_solve_options *o,
                                    struct sp_error *err)
{
    if (o->teams < 0 || o->teams > SP_MAX_TEAMS) {
        return SP_FAIL(err, SP_INVALID, "teams", "Liczba zespołów musi być od 1 do %d (jest %d).",
                       "The number of teams must be 1 to %d (it is %d).", SP_MAX_TEAMS, o->teams);
    }
    if (o->anchor_count < 0 || o->anchor_count > p->most_members) {
        return SP_FAIL(err, SP_INVALID, "anchors",
                       "Wymaganych członków jest %d, a zespół może mieć najwyżej %d.",
                       "%d members are asked for, and a team has at most %d.", o->anchor_count,
                       p->most_members);
    }
    for (int32_t n = 0; n < o->anchor_count; n++) {
        bool twice = false;
        for (int32_t m = 0; m < n; m++) {
            twice = twice || o->anchors[m] == o->anchors[n];
        }
        if (twice || o->anchors[n] < 0 || o->anchors[n] >= p->candidate_count) {
            return SP_FAIL(err, SP_INVALID, "anchors",
                           "Nie ma kandydata %d albo podano go dwa razy.",
                           "There is no candidate %d, or it is given twice.", o->anchors[n]);
        }
    }
    return SP_OK;
}

enum sp_status sp_solve(const struct sp_problem *problem, const struct sp_solve_options *options,
                        struct sp_solution *out, struct sp_error *err)
{
    enum sp_status status = check_options(problem, options, err);
    if (status != SP_OK) {
        return status;
    }
    struct search s = {.problem = problem,
                       .options = options,
                       .solution = out,
                       .teams_wanted = options->teams == 0 ? 10 : options->teams,
                       .seed_score = INT64_MIN};
    for (int32_t level = 0; level <= SP_MAX_MEMBERS; level++) {
        s.open[level] = INT64_MIN;
    }
    out->count = 0;
    out->nodes = 0;
    status = set_up(&s);
    if (status == SP_OK) {
        struct node root;
        struct sp_prices prices;
        sp_prices_init(problem, &prices);
        if (make_root(&s, &root)) {
            s.open[root.count] = highest_score(problem);
            explore(&s, &root, &prices);
        }
        if (!s.ended) {
            s.open[root.count] = INT64_MIN;
        }
        state_proof(&s);
    }
    tear_down(&s);
    return status == SP_OK ? SP_OK : SP_FAIL_NOMEM(err);
}
