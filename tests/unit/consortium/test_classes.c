/* SPDX-License-Identifier: EUPL-1.2 */
/** @file Many equal candidates cost no more than a few, and the order among equals is kept. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/memory.h"
#include "matcher/consortium/solve.h"

enum { EQUALS = 2000, TEAMS = 10, MOST_NODES = 20000 };

struct sample {
    struct sp_problem problem;
    struct sp_contender contenders[EQUALS];
    struct sp_cell cells[2];
    int32_t distance;
    struct sp_solution solution;
};

/* Everyone can do half of each requirement, so any two are a team. */
static struct sample *make_equals(void)
{
    struct sample *s = sp_calloc(1, sizeof *s);
    assert_non_null(s);
    s->cells[0] = (struct sp_cell){0, 300, 700};
    s->cells[1] = (struct sp_cell){1, 200, 700};
    s->problem = (struct sp_problem){.requirements = 2,
                                     .total = 1000,
                                     .most_members = 5,
                                     .least_load = 20,
                                     .most_load = 1000,
                                     .kappa = 2000,
                                     .demand = {600, 400},
                                     .licence = {-1, -1},
                                     .place_count = 1,
                                     .no_cooperation_penalty = 500,
                                     .cooperation_divisor = 2,
                                     .distance = &s->distance,
                                     .candidate_count = EQUALS,
                                     .candidates = s->contenders};
    for (int32_t i = 0; i < EQUALS; i++) {
        s->contenders[i] = (struct sp_contender){.load = 500, .cells = s->cells, .cell_count = 2};
    }
    return s;
}

static void expect_team(const struct sp_solved_team *team, int32_t a, int32_t b, int64_t score)
{
    assert_int_equal(team->count, 2);
    assert_int_equal(team->members[0], a);
    assert_int_equal(team->members[1], b);
    assert_int_equal(team->score, score);
}

static void two_thousand_equals_are_proved(void **state)
{
    (void)state;
    struct sample *s = make_equals();
    const struct sp_solve_options options = {.teams = TEAMS};
    assert_int_equal(sp_solve(&s->problem, &options, &s->solution, NULL), SP_OK);
    assert_true(s->solution.proven);
    assert_int_equal(s->solution.count, TEAMS);
    for (int32_t n = 0; n < TEAMS; n++) {
        expect_team(&s->solution.teams[n], 0, n + 1, 700000 - 2000 - 500);
    }
    print_message("%lld partial teams\n", (long long)s->solution.nodes);
    assert_true(s->solution.nodes < MOST_NODES);
    sp_free(s);
}

/* One pair among the equals worked together: it is no equal any more, and the best. */
static void one_that_differs_is_not_lost(void **state)
{
    (void)state;
    struct sample *s = make_equals();
    const struct sp_pair pair = {1500, 1700};
    const struct sp_solve_options options = {.teams = 3};
    s->problem.cooperation_count = 1;
    s->problem.cooperations = &pair;
    assert_int_equal(sp_solve(&s->problem, &options, &s->solution, NULL), SP_OK);
    assert_true(s->solution.proven);
    expect_team(&s->solution.teams[0], 1500, 1700, 700000 - 2000 - 250);
    expect_team(&s->solution.teams[1], 0, 1, 700000 - 2000 - 500);
    sp_free(s);
}

static void anchors_and_teams_apart_are_no_equals(void **state)
{
    (void)state;
    struct sample *s = make_equals();
    const int32_t anchor = 1999;
    struct sp_solved_team apart = {.count = 2, .members = {0, 1}};
    const struct sp_solve_options options = {.teams = 2,
                                             .anchors = &anchor,
                                             .anchor_count = 1,
                                             .apart = &apart,
                                             .apart_count = 1,
                                             .most_shared = 0};
    assert_int_equal(sp_solve(&s->problem, &options, &s->solution, NULL), SP_OK);
    assert_true(s->solution.proven);
    expect_team(&s->solution.teams[0], 2, 1999, 700000 - 2000 - 500);
    expect_team(&s->solution.teams[1], 3, 1999, 700000 - 2000 - 500);
    sp_free(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_thousand_equals_are_proved),
        cmocka_unit_test(one_that_differs_is_not_lost),
        cmocka_unit_test(anchors_and_teams_apart_are_no_equals),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
