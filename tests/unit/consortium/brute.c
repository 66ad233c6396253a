/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/unit/consortium/brute.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

/* SplitMix64 (Steele, Lea, Flood 2014). */
static uint64_t random_state;

int32_t sp_small_pick(int32_t low, int32_t high)
{
    uint64_t z = random_state += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    z ^= z >> 31;
    return low + (int32_t)(z % (uint64_t)(high - low + 1));
}

void sp_small_seed(uint64_t seed)
{
    random_state = seed;
}

static int32_t make_pairs(struct sp_pair *pairs, int32_t most)
{
    int32_t count = 0;
    for (int32_t a = 0; a < SP_SMALL_CANDIDATES && count < most; a++) {
        for (int32_t b = a + 1; b < SP_SMALL_CANDIDATES && count < most; b++) {
            if (sp_small_pick(0, 9) == 0) {
                pairs[count++] = (struct sp_pair){a, b};
            }
        }
    }
    return count;
}

static void make_contender(struct sp_small *s, int32_t i, bool ties)
{
    struct sp_problem *p = &s->problem;
    struct sp_contender *c = &s->contenders[i];
    *c = (struct sp_contender){.place = sp_small_pick(0, 2),
                               .owes = sp_small_pick(0, 1),
                               .load = ties ? 8 : sp_small_pick(2, 14),
                               .status = sp_small_pick(0, 3) != 0,
                               .licences = (uint32_t)sp_small_pick(0, 3),
                               .conditions =
                                   (uint32_t)sp_small_pick(0, (1 << p->condition_count) - 1),
                               .cells = s->cells[i],
                               .attributes = s->attributes[i]};
    for (int32_t j = 0; j < p->requirements; j++) {
        if (sp_small_pick(0, 2) > 0) {
            s->cells[i][c->cell_count++] = (struct sp_cell){j, ties ? 4 : sp_small_pick(0, 9),
                                                            ties ? 500 : sp_small_pick(0, 1000)};
        }
    }
    for (int32_t k = 0; k < p->sum_count; k++) {
        s->attributes[i][k] = p->sums[k].is_signed ? sp_small_pick(-30, 30) : sp_small_pick(0, 40);
    }
}

void sp_small_make(struct sp_small *s, unsigned flags)
{
    memset(s, 0, sizeof *s);
    struct sp_problem *p = &s->problem;
    const bool ties = (flags & SP_SMALL_TIES) != 0;
    p->requirements = sp_small_pick(1, 3);
    p->most_members = sp_small_pick(1, 4);
    p->least_load = sp_small_pick(0, 2);
    p->most_load = sp_small_pick(5, 20);
    p->every = sp_small_pick(0, 3) == 0;
    p->kappa = sp_small_pick(0, 1) * 300;
    for (int32_t j = 0; j < p->requirements; j++) {
        p->demand[j] = sp_small_pick(1, 6);
        p->total += p->demand[j];
        p->licence[j] = sp_small_pick(-2, 1) < 0 ? -1 : sp_small_pick(0, 1);
    }
    p->sum_count = sp_small_pick(0, 2);
    for (int32_t k = 0; k < p->sum_count; k++) {
        bool is_signed = sp_small_pick(0, 2) == 0;
        p->sums[k] =
            (struct sp_sum){is_signed ? 0 : sp_small_pick(0, 60), sp_small_pick(1, 80), is_signed};
    }
    p->condition_count = sp_small_pick(0, 2);
    p->place_count = 3;
    p->owes_penalty = sp_small_pick(0, 200);
    p->no_cooperation_penalty = sp_small_pick(0, 200);
    p->cooperation_divisor = sp_small_pick(1, 3);
    for (int32_t a = 0; a < 3; a++) {
        for (int32_t b = 0; b <= a; b++) {
            s->distance[a * 3 + b] = s->distance[b * 3 + a] = a == b ? 0 : sp_small_pick(0, 900);
        }
    }
    p->distance = s->distance;
    p->candidate_count = sp_small_pick(1, SP_SMALL_CANDIDATES + 4);
    p->candidate_count =
        p->candidate_count > SP_SMALL_CANDIDATES ? SP_SMALL_CANDIDATES : p->candidate_count;
    for (int32_t i = 0; i < p->candidate_count; i++) {
        make_contender(s, i, ties);
        if ((flags & SP_SMALL_EQUALS) != 0 && i >= 3) {
            s->contenders[i] = s->contenders[i % 3];
        }
    }
    if ((flags & SP_SMALL_INFEASIBLE) != 0) {
        p->condition_count++; /* nobody holds the new one */
    }
    p->candidates = s->contenders;
    if (p->candidate_count == SP_SMALL_CANDIDATES && (flags & SP_SMALL_EQUALS) == 0) {
        p->cooperation_count = make_pairs(s->cooperations, 4);
        p->conflict_count = make_pairs(s->conflicts, 3);
    }
    p->cooperations = s->cooperations;
    p->conflicts = s->conflicts;
}

/* ---- brute force ---- */

struct plan {
    const struct sp_problem *problem;
    int32_t members[SP_MAX_MEMBERS];
    int32_t count;
    int32_t load[SP_MAX_MEMBERS];
    int64_t best; /* INT64_MIN: no allocation gives everyone the least load */
    int32_t least_uncovered;
};

static int32_t capacity(const struct sp_problem *p, int32_t i, int32_t j, int32_t *value)
{
    const struct sp_contender *c = &p->candidates[i];
    for (int32_t n = 0; n < c->cell_count; n++) {
        if (c->cells[n].requirement == j &&
            (p->licence[j] < 0 || (c->licences >> p->licence[j] & 1u) != 0)) {
            *value = c->cells[n].value;
            return c->cells[n].capacity;
        }
    }
    return 0;
}

/* Try every effort of member n for requirement j, then go on. */
static void allocate(struct plan *plan, int32_t j, int32_t n, int32_t left, int64_t value,
                     int32_t uncovered)
{
    const struct sp_problem *p = plan->problem;
    if (j == p->requirements) {
        for (int32_t i = 0; i < plan->count; i++) {
            if (plan->load[i] < p->least_load) {
                return;
            }
        }
        if (plan->best == INT64_MIN || uncovered < plan->least_uncovered ||
            (uncovered == plan->least_uncovered && value > plan->best)) {
            plan->best = value;
            plan->least_uncovered = uncovered;
        }
        return;
    }
    if (n == plan->count) {
        int32_t next = j + 1 < p->requirements ? p->demand[j + 1] : 0;
        allocate(plan, j + 1, 0, next, value, uncovered + left);
        return;
    }
    int32_t worth = 0;
    int32_t most = capacity(p, plan->members[n], j, &worth);
    const struct sp_contender *c = &p->candidates[plan->members[n]];
    int32_t limit = c->load < p->most_load ? c->load : p->most_load;
    for (int32_t x = 0; x <= most && x <= left && plan->load[n] + x <= limit; x++) {
        plan->load[n] += x;
        allocate(plan, j, n + 1, left - x, value + (int64_t)x * worth, uncovered);
        plan->load[n] -= x;
    }
}

static int64_t paid_for_conditions(const struct plan *plan)
{
    const struct sp_problem *p = plan->problem;
    int64_t cost = 0;
    for (int32_t b = 0; b < p->condition_count; b++) {
        bool held = false;
        for (int32_t n = 0; n < plan->count; n++) {
            held = held || (p->candidates[plan->members[n]].conditions >> b & 1u) != 0;
        }
        cost += held ? 0 : 200000000;
    }
    for (int32_t k = 0; k < p->sum_count; k++) {
        int64_t sum = 0;
        for (int32_t n = 0; n < plan->count; n++) {
            int64_t a = p->candidates[plan->members[n]].attributes[k];
            sum += !p->sums[k].is_signed && a > p->sums[k].least ? p->sums[k].least : a;
        }
        int64_t unit = 200000000 / p->sums[k].scale;
        cost += sum < p->sums[k].least ? (p->sums[k].least - sum) * (unit < 1 ? 1 : unit) : 0;
    }
    return cost;
}

static bool listed(const struct sp_pair *pairs, int32_t count, int32_t a, int32_t b)
{
    for (int32_t n = 0; n < count; n++) {
        if ((pairs[n].a == a && pairs[n].b == b) || (pairs[n].a == b && pairs[n].b == a)) {
            return true;
        }
    }
    return false;
}

/* Value the team in @p plan. */
static void brute_value(struct plan *plan, struct sp_brute_team *team)
{
    const struct sp_problem *p = plan->problem;
    int64_t friction = 0;
    for (int32_t n = 0; n < plan->count; n++) {
        const struct sp_contender *x = &p->candidates[plan->members[n]];
        if (p->every && !x->status) {
            return;
        }
        for (int32_t m = 0; m < n; m++) {
            const struct sp_contender *y = &p->candidates[plan->members[m]];
            if (listed(p->conflicts, p->conflict_count, plan->members[m], plan->members[n])) {
                return;
            }
            int64_t pair = p->distance[x->place * p->place_count + y->place] +
                           (x->owes != y->owes ? p->owes_penalty : 0) + p->no_cooperation_penalty;
            bool worked =
                listed(p->cooperations, p->cooperation_count, plan->members[m], plan->members[n]);
            friction += worked ? pair / p->cooperation_divisor : pair;
        }
    }
    plan->best = INT64_MIN;
    memset(plan->load, 0, sizeof plan->load);
    allocate(plan, 0, 0, p->demand[0], 0, 0);
    if (plan->best == INT64_MIN) {
        return;
    }
    team->allowed = true;
    team->missing = paid_for_conditions(plan) + (int64_t)plan->least_uncovered * 2000000;
    team->score = plan->best - team->missing - friction - p->kappa * (plan->count - 1);
}

static int members_of(uint32_t set, int32_t *members)
{
    int count = 0;
    for (int32_t i = 0; i < 32; i++) {
        if ((set >> i & 1u) != 0) {
            members[count++] = i;
        }
    }
    return count;
}

int sp_brute_size(uint32_t set)
{
    int32_t members[32];
    return members_of(set, members);
}

uint32_t sp_brute_set(const struct sp_solved_team *team)
{
    uint32_t set = 0;
    for (int32_t n = 0; n < team->count; n++) {
        set |= 1u << team->members[n];
    }
    return set;
}

void sp_brute_value_all(const struct sp_problem *p, struct sp_brute_team *teams)
{
    memset(teams, 0, SP_SMALL_SETS * sizeof *teams);
    for (uint32_t set = 1; set < 1u << p->candidate_count; set++) {
        struct plan plan = {.problem = p};
        teams[set].set = set;
        if (sp_brute_size(set) <= p->most_members) {
            plan.count = members_of(set, plan.members);
            brute_value(&plan, &teams[set]);
        }
    }
}

static bool ranks_before(const struct sp_brute_team *a, const struct sp_brute_team *b)
{
    int32_t x[32];
    int32_t y[32];
    int n = members_of(a->set, x);
    int m = members_of(b->set, y);
    if (a->score != b->score || n != m) {
        return a->score != b->score ? a->score > b->score : n < m;
    }
    for (int i = 0; i < n; i++) {
        if (x[i] != y[i]) {
            return x[i] < y[i];
        }
    }
    return false;
}

static bool is_minimal(const struct sp_brute_team *teams, uint32_t set, uint32_t anchors)
{
    for (uint32_t subset = 1; subset < set; subset++) {
        if ((subset & ~set) == 0 && (subset & anchors) == anchors && teams[subset].allowed &&
            teams[subset].missing <= teams[set].missing) {
            return false;
        }
    }
    return true;
}

static bool is_eligible(const struct sp_brute_team *teams, const struct sp_solve_options *o,
                        uint32_t set)
{
    uint32_t anchors = 0;
    for (int32_t n = 0; n < o->anchor_count; n++) {
        anchors |= 1u << o->anchors[n];
    }
    for (int32_t a = 0; a < o->apart_count; a++) {
        uint32_t shared = set & sp_brute_set(&o->apart[a]) & ~anchors;
        if (sp_brute_size(shared) > o->most_shared) {
            return false;
        }
    }
    return teams[set].allowed && (o->elastic || teams[set].missing == 0) &&
           (set & anchors) == anchors && sp_brute_size(set) >= o->least_members &&
           (!o->minimal || is_minimal(teams, set, anchors));
}

int sp_brute_rank(const struct sp_problem *p, const struct sp_brute_team *teams,
                  const struct sp_solve_options *o, int wanted, struct sp_brute_team *best)
{
    int count = 0;
    for (uint32_t set = 1; set < 1u << p->candidate_count; set++) {
        if (!is_eligible(teams, o, set)) {
            continue;
        }
        int at = count < wanted ? count++ : wanted;
        while (at > 0 && ranks_before(&teams[set], &best[at - 1])) {
            if (at < wanted) {
                best[at] = best[at - 1];
            }
            at--;
        }
        if (at < wanted) {
            best[at] = teams[set];
        }
    }
    return count;
}

void sp_brute_expect(const struct sp_problem *p, const struct sp_solved_team *team,
                     const struct sp_brute_team *expected)
{
    int64_t value = 0;
    int32_t uncovered = p->total;
    assert_int_equal(team->score, expected->score);
    assert_int_equal(team->missing, expected->missing);
    assert_int_equal(team->complete, expected->missing == 0);
    assert_int_equal(sp_brute_set(team), expected->set);
    for (int32_t n = 0; n < team->count; n++) {
        const struct sp_contender *c = &p->candidates[team->members[n]];
        int32_t load = 0;
        for (int32_t j = 0; j < p->requirements; j++) {
            const int32_t effort = team->allocation.effort[n][j];
            int32_t worth = 0;
            assert_in_range(effort, 0, capacity(p, team->members[n], j, &worth));
            load += effort;
            value += (int64_t)effort * worth;
        }
        assert_in_range(load, p->least_load, c->load < p->most_load ? c->load : p->most_load);
        uncovered -= load;
    }
    assert_int_equal(value, team->allocation.value);
    assert_int_equal(uncovered, team->allocation.uncovered);
}
