/* SPDX-License-Identifier: EUPL-1.2 */
/** @file What each member is needed for, against all subsets valued by brute force. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/memory.h"
#include "matcher/consortium/necessity.h"
#include "tests/unit/consortium/brute.h"

enum { ROUNDS = 1000 };

struct question {
    struct sp_small small;
    struct sp_brute_team all[SP_SMALL_SETS];
    struct sp_solution solution;
    struct sp_necessity necessity;
};

/* The set of candidates that the bits of @p subset stand for. */
static uint32_t set_of(const struct sp_solved_team *team, uint32_t subset)
{
    uint32_t set = 0;
    for (int32_t n = 0; n < team->count; n++) {
        set |= (subset >> n & 1u) != 0 ? 1u << team->members[n] : 0;
    }
    return set;
}

static bool is_complete(const struct question *q, uint32_t set)
{
    return q->all[set].allowed && q->all[set].missing == 0;
}

static void check_alone(const struct question *q, int32_t member,
                        const struct sp_member_alone *alone)
{
    const struct sp_problem *p = &q->small.problem;
    const struct sp_contender *c = &p->candidates[member];
    int64_t missing = 0;
    assert_int_equal(alone->may_be_alone, q->all[1u << member].allowed);
    assert_int_equal(alone->suffices, is_complete(q, 1u << member));
    for (int32_t j = 0; j < p->requirements; j++) {
        assert_in_range(alone->beyond[j], 0, alone->lacking.effort[j]);
        missing += (int64_t)alone->lacking.effort[j] * SP_UNCOVERED_COST;
    }
    for (int32_t b = 0; b < p->condition_count; b++) {
        assert_int_equal(alone->lacking.conditions >> b & 1u, (c->conditions >> b & 1u) == 0);
        missing += (alone->lacking.conditions >> b & 1u) != 0 ? 200000000 : 0;
    }
    for (int32_t k = 0; k < p->sum_count; k++) {
        missing += alone->lacking.sums[k] * sp_problem_shortfall_cost(p, k);
    }
    if (alone->may_be_alone) {
        assert_int_equal(missing, q->all[1u << member].missing);
    }
}

static void check_necessity(const struct question *q, const struct sp_solved_team *team)
{
    const uint32_t all = (1u << team->count) - 1;
    const struct sp_necessity *necessity = &q->necessity;
    uint32_t subsets[16];
    int32_t complete = 0;
    uint32_t dispensable = 0;
    int smallest = SP_MAX_MEMBERS;
    for (uint32_t subset = 1; subset < all; subset++) {
        if (is_complete(q, set_of(team, subset))) {
            complete++;
            dispensable |= all & ~subset;
            smallest = sp_brute_size(subset) < smallest ? sp_brute_size(subset) : smallest;
        }
    }
    assert_int_equal(necessity->complete_count, complete);
    assert_int_equal(necessity->minimal, complete == 0);
    if (complete > 0) {
        assert_true(is_complete(q, set_of(team, necessity->smallest)));
        assert_int_equal(sp_brute_size(necessity->smallest), smallest);
    }
    assert_int_equal(sp_team_complete_subsets(&q->small.problem, team, subsets, 16), complete);
    for (int32_t n = 0; n < complete; n++) {
        assert_true(is_complete(q, set_of(team, subsets[n])));
        assert_true(n == 0 || sp_brute_size(subsets[n - 1]) < sp_brute_size(subsets[n]) ||
                    (sp_brute_size(subsets[n - 1]) == sp_brute_size(subsets[n]) &&
                     subsets[n - 1] > subsets[n]));
    }
    for (int32_t n = 0; n < team->count; n++) {
        assert_int_equal(necessity->alone[n].is_needed, (dispensable >> n & 1u) == 0);
        check_alone(q, team->members[n], &necessity->alone[n]);
    }
}

static void agrees_with_brute_force(void **state)
{
    (void)state;
    struct question *q = sp_malloc(sizeof *q);
    int minimal = 0;
    int not_minimal = 0;
    assert_non_null(q);
    sp_small_seed(SP_BRUTE_SEED);
    for (int round = 0; round < ROUNDS; round++) {
        const struct sp_solve_options options = {.teams = 5, .elastic = round % 4 == 0};
        sp_small_make(&q->small, round % 3 == 0 ? SP_SMALL_TIES : 0);
        sp_brute_value_all(&q->small.problem, q->all);
        assert_int_equal(sp_solve(&q->small.problem, &options, &q->solution, NULL), SP_OK);
        for (int32_t n = 0; n < q->solution.count; n++) {
            sp_team_necessity(&q->small.problem, &q->solution.teams[n], &q->necessity);
            check_necessity(q, &q->solution.teams[n]);
            minimal += q->necessity.minimal ? 1 : 0;
            not_minimal += q->necessity.minimal ? 0 : 1;
        }
    }
    print_message("seed %d: %d teams minimal, %d not\n", SP_BRUTE_SEED, minimal, not_minimal);
    assert_true(minimal > 100 && not_minimal > 100);
    sp_free(q);
}

/* Two kitchens of one, a laundry: what is said of each in words a test can hold. */
static void says_what_one_cannot_do_alone(void **state)
{
    (void)state;
    const struct sp_cell kitchen[] = {{0, 600, 800}};
    const struct sp_cell laundry[] = {{0, 300, 500}, {1, 400, 700}};
    const int64_t staff[] = {4, 7};
    const struct sp_contender contenders[] = {
        {.load = 1000, .conditions = 1, .cells = kitchen, .cell_count = 1, .attributes = &staff[0]},
        {.load = 350, .cells = laundry, .cell_count = 2, .attributes = &staff[1]}};
    const int32_t distance = 0;
    const struct sp_problem problem = {.requirements = 2,
                                       .total = 1000,
                                       .most_members = 2,
                                       .most_load = 1000,
                                       .demand = {700, 300},
                                       .licence = {-1, -1},
                                       .sum_count = 1,
                                       .sums = {{.least = 10, .scale = 10}},
                                       .condition_count = 1,
                                       .place_count = 1,
                                       .cooperation_divisor = 1,
                                       .distance = &distance,
                                       .candidate_count = 2,
                                       .candidates = contenders};
    const int32_t both[] = {0, 1};
    struct sp_solved_team team;
    struct sp_necessity necessity;
    struct sp_lacking lacking;
    assert_int_equal(sp_problem_check(&problem, NULL), SP_OK);
    assert_true(sp_team_value(&problem, both, 2, &team));
    assert_false(team.complete); /* 600 + 50 of 700 meals */
    sp_team_lacking(&problem, both, 2, &lacking);
    assert_int_equal(lacking.effort[0], 50);
    assert_int_equal(lacking.effort[1], 0);
    assert_int_equal(lacking.conditions, 0);
    assert_int_equal(lacking.sums[0], 0);
    sp_team_necessity(&problem, &team, &necessity);
    assert_true(necessity.minimal);
    assert_int_equal(necessity.alone[0].beyond[0], 100);
    assert_int_equal(necessity.alone[0].beyond[1], 300);
    assert_int_equal(necessity.alone[0].lacking.sums[0], 6);
    assert_int_equal(necessity.alone[0].lacking.conditions, 0);
    assert_int_equal(necessity.alone[1].beyond[0], 400);
    assert_int_equal(necessity.alone[1].beyond[1], 0);
    assert_int_equal(necessity.alone[1].lacking.effort[0], 650);
    assert_int_equal(necessity.alone[1].lacking.conditions, 1);
    assert_int_equal(necessity.alone[1].lacking.sums[0], 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_brute_force),
        cmocka_unit_test(says_what_one_cannot_do_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
