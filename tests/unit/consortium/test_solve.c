/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * The solver against brute force on random small problems of every kind: all teams are listed, and
 * each is valued by an allocation search of its own (exhaustive over whole efforts), so that
 * nothing is shared with the code under test.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/memory.h"
#include "matcher/consortium/solve.h"

enum { CONTENDERS = 9, ROUNDS = 2000, SEED = 20261122 };

/* SplitMix64 (Steele, Lea, Flood 2014). */
static uint64_t random_state;

static int32_t pick(int32_t low, int32_t high)
{
    uint64_t z = random_state += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    z ^= z >> 31;
    return low + (int32_t)(z % (uint64_t)(high - low + 1));
}

struct sample {
    struct sp_problem problem;
    struct sp_contender contenders[CONTENDERS];
    struct sp_cell cells[CONTENDERS][SP_MAX_REQUIREMENTS];
    int64_t attributes[CONTENDERS][SP_MAX_SUMS];
    int32_t distance[9];
    struct sp_pair cooperations[4], conflicts[3];
};

static int32_t make_pairs(struct sp_pair *pairs, int32_t most)
{
    int32_t count = 0;
    for (int32_t a = 0; a < CONTENDERS && count < most; a++) {
        for (int32_t b = a + 1; b < CONTENDERS && count < most; b++) {
            if (pick(0, 9) == 0) {
                pairs[count++] = (struct sp_pair){a, b};
            }
        }
    }
    return count;
}

static void make_contender(struct sample *s, int32_t i, bool ties)
{
    struct sp_problem *p = &s->problem;
    struct sp_contender *c = &s->contenders[i];
    *c = (struct sp_contender){.place = pick(0, 2),
                               .owes = pick(0, 1),
                               .load = ties ? 8 : pick(2, 14),
                               .status = pick(0, 3) != 0,
                               .licences = (uint32_t)pick(0, 3),
                               .conditions = (uint32_t)pick(0, (1 << p->condition_count) - 1),
                               .cells = s->cells[i],
                               .attributes = s->attributes[i]};
    for (int32_t j = 0; j < p->requirements; j++) {
        if (pick(0, 2) > 0) {
            s->cells[i][c->cell_count++] =
                (struct sp_cell){j, ties ? 4 : pick(0, 9), ties ? 500 : pick(0, 1000)};
        }
    }
    for (int32_t k = 0; k < p->sum_count; k++) {
        s->attributes[i][k] = p->sums[k].is_signed ? pick(-30, 30) : pick(0, 40);
    }
}

static void make_sample(struct sample *s)
{
    memset(s, 0, sizeof *s);
    struct sp_problem *p = &s->problem;
    const bool ties = pick(0, 3) == 0;
    p->requirements = pick(1, 3);
    p->most_members = pick(1, 4);
    p->least_load = pick(0, 2);
    p->most_load = pick(5, 20);
    p->every = pick(0, 3) == 0;
    p->kappa = pick(0, 1) * 300;
    for (int32_t j = 0; j < p->requirements; j++) {
        p->demand[j] = pick(1, 6);
        p->total += p->demand[j];
        p->licence[j] = pick(-2, 1) < 0 ? -1 : pick(0, 1);
    }
    p->sum_count = pick(0, 2);
    for (int32_t k = 0; k < p->sum_count; k++) {
        bool is_signed = pick(0, 2) == 0;
        p->sums[k] = (struct sp_sum){is_signed ? 0 : pick(0, 60), pick(1, 80), is_signed};
    }
    p->condition_count = pick(0, 2);
    p->place_count = 3;
    p->owes_penalty = pick(0, 200);
    p->no_cooperation_penalty = pick(0, 200);
    p->cooperation_divisor = pick(1, 3);
    for (int32_t a = 0; a < 3; a++) {
        for (int32_t b = 0; b <= a; b++) {
            s->distance[a * 3 + b] = s->distance[b * 3 + a] = a == b ? 0 : pick(0, 900);
        }
    }
    p->distance = s->distance;
    p->candidate_count = pick(1, CONTENDERS);
    for (int32_t i = 0; i < p->candidate_count; i++) {
        make_contender(s, i, ties);
    }
    p->candidates = s->contenders;
    if (p->candidate_count == CONTENDERS) {
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

/* The score of the team in @p plan; false if it may not be. */
static bool brute_value(struct plan *plan, bool elastic, int64_t *score)
{
    const struct sp_problem *p = plan->problem;
    int64_t friction = 0;
    for (int32_t n = 0; n < plan->count; n++) {
        const struct sp_contender *x = &p->candidates[plan->members[n]];
        if (p->every && !x->status) {
            return false;
        }
        for (int32_t m = 0; m < n; m++) {
            const struct sp_contender *y = &p->candidates[plan->members[m]];
            if (listed(p->conflicts, p->conflict_count, plan->members[m], plan->members[n])) {
                return false;
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
    int64_t paid = paid_for_conditions(plan) + (int64_t)plan->least_uncovered * 2000000;
    if (plan->best == INT64_MIN || (!elastic && paid > 0)) {
        return false;
    }
    *score = plan->best - paid - friction - p->kappa * (plan->count - 1);
    return true;
}

struct ranked {
    int64_t score;
    uint32_t set;
};

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

static bool ranks_before(const struct ranked *a, const struct ranked *b)
{
    if (a->score != b->score) {
        return a->score > b->score;
    }
    int32_t x[32];
    int32_t y[32];
    int n = members_of(a->set, x);
    int m = members_of(b->set, y);
    if (n != m) {
        return n < m;
    }
    for (int i = 0; i < n; i++) {
        if (x[i] != y[i]) {
            return x[i] < y[i];
        }
    }
    return false;
}

static int brute_force(const struct sp_problem *p, const struct sp_solve_options *o, int wanted,
                       struct ranked *best)
{
    int count = 0;
    for (uint32_t set = 1; set < 1u << p->candidate_count; set++) {
        int32_t members[32];
        int size = members_of(set, members);
        bool anchored = true;
        for (int32_t n = 0; n < o->anchor_count; n++) {
            anchored = anchored && (set >> o->anchors[n] & 1u) != 0;
        }
        if (size > p->most_members || !anchored) {
            continue;
        }
        struct plan plan = {.problem = p, .count = size};
        struct ranked team = {.set = set};
        memcpy(plan.members, members, (size_t)size * sizeof *members);
        if (!brute_value(&plan, o->elastic, &team.score)) {
            continue;
        }
        int at = count < wanted ? count++ : wanted;
        while (at > 0 && ranks_before(&team, &best[at - 1])) {
            if (at < wanted) {
                best[at] = best[at - 1];
            }
            at--;
        }
        if (at < wanted) {
            best[at] = team;
        }
    }
    return count;
}

static void check_allocation(const struct sp_problem *p, const struct sp_solved_team *team)
{
    int64_t value = 0;
    for (int32_t j = 0; j < p->requirements; j++) {
        int32_t sum = 0;
        for (int32_t n = 0; n < team->count; n++) {
            int32_t worth = 0;
            assert_in_range(team->allocation.effort[n][j], 0,
                            capacity(p, team->members[n], j, &worth));
            sum += team->allocation.effort[n][j];
            value += (int64_t)team->allocation.effort[n][j] * worth;
        }
        assert_in_range(sum, 0, p->demand[j]);
    }
    assert_int_equal(value, team->allocation.value);
}

static void check_round(struct sample *s, struct sp_solution *solution)
{
    int32_t anchors[2];
    struct sp_solve_options o = {.teams = pick(1, 10), .elastic = pick(0, 2) == 0};
    if (pick(0, 2) == 0 && s->problem.most_members >= 1) {
        anchors[0] = pick(0, s->problem.candidate_count - 1);
        o.anchors = anchors;
        o.anchor_count = 1;
        int32_t other = pick(0, s->problem.candidate_count - 1);
        if (s->problem.most_members >= 2 && other != anchors[0] && pick(0, 1) == 0) {
            anchors[1] = other;
            o.anchor_count = 2;
        }
    }
    struct ranked expected[11];
    struct sp_error err = {0};
    assert_int_equal(sp_problem_check(&s->problem, &err), SP_OK);
    int count = brute_force(&s->problem, &o, o.teams, expected);
    assert_int_equal(sp_solve(&s->problem, &o, solution, &err), SP_OK);
    assert_true(solution->proven);
    assert_int_equal(solution->count, count);
    for (int n = 0; n < count; n++) {
        uint32_t set = 0;
        for (int32_t k = 0; k < solution->teams[n].count; k++) {
            set |= 1u << solution->teams[n].members[k];
        }
        assert_int_equal(solution->teams[n].score, expected[n].score);
        assert_int_equal(set, expected[n].set);
        check_allocation(&s->problem, &solution->teams[n]);
    }
}

static void agrees_with_brute_force(void **state)
{
    (void)state;
    struct sample *s = sp_malloc(sizeof *s);
    struct sp_solution *solution = sp_malloc(sizeof *solution);
    assert_non_null(s);
    assert_non_null(solution);
    random_state = SEED;
    print_message("seed %d, %d problems\n", SEED, ROUNDS);
    int found = 0;
    for (int round = 0; round < ROUNDS; round++) {
        make_sample(s);
        check_round(s, solution);
        found += solution->count > 0 ? 1 : 0;
    }
    print_message("%d with a team, %d without\n", found, ROUNDS - found);
    assert_true(found > ROUNDS / 4 && found < ROUNDS);
    sp_free(s);
    sp_free(solution);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(agrees_with_brute_force)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
