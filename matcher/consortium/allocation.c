/* SPDX-License-Identifier: EUPL-1.2 */
#include "matcher/consortium/allocation.h"

#include <string.h>

/* The first least_load units of a member are worth this much more than any reallocation can cost:
 * members x requirements x the greatest value x total effort stays below it. */
#define LOAD_BONUS ((int64_t)1 << 34)

#define UNREACHED INT64_MIN

struct flow {
    int32_t members, requirements, least_load;
    int32_t load_left[SP_MAX_MEMBERS];
    int32_t load_used[SP_MAX_MEMBERS];
    int32_t demand_left[SP_MAX_REQUIREMENTS];
    int32_t room[SP_MAX_MEMBERS][SP_MAX_REQUIREMENTS]; /* capacity not yet used */
    int32_t value[SP_MAX_MEMBERS][SP_MAX_REQUIREMENTS];
    int64_t member_profit[SP_MAX_MEMBERS]; /* best path from the source */
    int64_t requirement_profit[SP_MAX_REQUIREMENTS];
    int32_t member_from[SP_MAX_MEMBERS]; /* requirement it is reached through; -1: the source */
    int32_t requirement_from[SP_MAX_REQUIREMENTS];
};

static void set_up(const struct sp_problem *p, const int32_t *members, int32_t count,
                   struct flow *f)
{
    memset(f, 0, sizeof *f);
    f->members = count;
    f->requirements = p->requirements;
    f->least_load = p->least_load;
    memcpy(f->demand_left, p->demand, sizeof f->demand_left);
    for (int32_t i = 0; i < count; i++) {
        const struct sp_contender *c = &p->candidates[members[i]];
        f->load_left[i] = c->load < p->most_load ? c->load : p->most_load;
        for (int32_t n = 0; n < c->cell_count; n++) {
            const struct sp_cell *cell = &c->cells[n];
            int32_t licence = p->licence[cell->requirement];
            if (licence < 0 || (c->licences >> licence & 1u) != 0) {
                f->room[i][cell->requirement] = cell->capacity;
                f->value[i][cell->requirement] = cell->value;
            }
        }
    }
}

/* Longest paths from the source to every node of the residual graph (Bellman and Ford). */
static void find_paths(struct flow *f, const struct sp_allocation *out)
{
    for (int32_t i = 0; i < f->members; i++) {
        f->member_from[i] = -1;
        f->member_profit[i] = f->load_left[i] == 0              ? UNREACHED
                              : f->load_used[i] < f->least_load ? LOAD_BONUS
                                                                : 0;
    }
    for (int32_t j = 0; j < f->requirements; j++) {
        f->requirement_profit[j] = UNREACHED;
    }
    for (bool changed = true; changed;) {
        changed = false;
        for (int32_t i = 0; i < f->members; i++) {
            if (f->member_profit[i] == UNREACHED) {
                continue;
            }
            for (int32_t j = 0; j < f->requirements; j++) {
                int64_t profit = f->member_profit[i] + f->value[i][j];
                if (f->room[i][j] > 0 && profit > f->requirement_profit[j]) {
                    f->requirement_profit[j] = profit;
                    f->requirement_from[j] = i;
                    changed = true;
                }
            }
        }
        for (int32_t i = 0; i < f->members; i++) {
            for (int32_t j = 0; j < f->requirements; j++) {
                if (out->effort[i][j] == 0 || f->requirement_profit[j] == UNREACHED) {
                    continue;
                }
                int64_t profit = f->requirement_profit[j] - f->value[i][j];
                if (profit > f->member_profit[i]) {
                    f->member_profit[i] = profit;
                    f->member_from[i] = j;
                    changed = true;
                }
            }
        }
    }
}

static int32_t best_end(const struct flow *f)
{
    int32_t best = -1;
    for (int32_t j = 0; j < f->requirements; j++) {
        if (f->demand_left[j] > 0 && f->requirement_profit[j] != UNREACHED &&
            (best < 0 || f->requirement_profit[j] > f->requirement_profit[best])) {
            best = j;
        }
    }
    return best;
}

static int32_t least(int32_t a, int32_t b)
{
    return a < b ? a : b;
}

/* How much the path that ends in requirement @p end can carry. */
static int32_t path_room(const struct flow *f, const struct sp_allocation *out, int32_t end)
{
    int32_t amount = f->demand_left[end];
    for (int32_t j = end;;) {
        int32_t i = f->requirement_from[j];
        amount = least(amount, f->room[i][j]);
        if (f->member_from[i] < 0) {
            int32_t tier =
                f->load_used[i] < f->least_load ? f->least_load - f->load_used[i] : f->load_left[i];
            return least(amount, least(tier, f->load_left[i]));
        }
        j = f->member_from[i];
        amount = least(amount, out->effort[i][j]);
    }
}

static void send(struct flow *f, struct sp_allocation *out, int32_t end, int32_t amount)
{
    f->demand_left[end] -= amount;
    for (int32_t j = end;;) {
        int32_t i = f->requirement_from[j];
        f->room[i][j] -= amount;
        out->effort[i][j] += amount;
        out->value += (int64_t)amount * f->value[i][j];
        if (f->member_from[i] < 0) {
            f->load_left[i] -= amount;
            f->load_used[i] += amount;
            return;
        }
        j = f->member_from[i];
        f->room[i][j] += amount;
        out->effort[i][j] -= amount;
        out->value -= (int64_t)amount * f->value[i][j];
    }
}

bool sp_allocation_best(const struct sp_problem *p, const int32_t *members, int32_t count,
                        struct sp_allocation *out)
{
    struct flow f;
    set_up(p, members, count, &f);
    memset(out, 0, sizeof *out);
    for (;;) {
        find_paths(&f, out);
        int32_t end = best_end(&f);
        if (end < 0) {
            break;
        }
        send(&f, out, end, path_room(&f, out, end));
    }
    for (int32_t j = 0; j < f.requirements; j++) {
        out->uncovered += f.demand_left[j];
    }
    for (int32_t i = 0; i < count; i++) {
        if (f.load_used[i] < f.least_load) {
            return false;
        }
    }
    return true;
}
