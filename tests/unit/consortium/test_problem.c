/* SPDX-License-Identifier: EUPL-1.2 */
/** @file Odd problems: nothing in them, numbers at the borders, memory that is short. */
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/memory.h"
#include "matcher/consortium/solve.h"
#include "tests/lib/fault.h"
#include "tests/unit/consortium/brute.h"
#include "tests/unit/consortium/middle.h"

struct case_of {
    struct sp_problem problem;
    struct sp_contender contenders[6];
    struct sp_cell cells[6][2];
    int64_t attributes[6];
    int32_t distance[4];
    struct sp_solution solution;
};

/* Three candidates who together, not in pairs, cover the whole. */
static struct case_of *make_case(void)
{
    struct case_of *c = sp_calloc(1, sizeof *c);
    assert_non_null(c);
    c->problem = (struct sp_problem){.requirements = 2,
                                     .total = 10,
                                     .most_members = 3,
                                     .most_load = 10,
                                     .demand = {6, 4},
                                     .licence = {-1, -1},
                                     .sum_count = 1,
                                     .sums = {{.least = 3, .scale = 1}},
                                     .place_count = 2,
                                     .cooperation_divisor = 1,
                                     .distance = c->distance,
                                     .candidate_count = 3,
                                     .candidates = c->contenders};
    for (int i = 0; i < 6; i++) {
        c->cells[i][0] = (struct sp_cell){0, 2, 100 + i};
        c->cells[i][1] = (struct sp_cell){1, 2, 200 + i};
        c->attributes[i] = 1;
        c->contenders[i] = (struct sp_contender){.place = i % 2,
                                                 .load = 10,
                                                 .cells = c->cells[i],
                                                 .cell_count = 2,
                                                 .attributes = &c->attributes[i]};
    }
    return c;
}

static void solve(struct case_of *c, struct sp_solve_options options)
{
    struct sp_error err = {0};
    assert_int_equal(sp_problem_check(&c->problem, &err), SP_OK);
    assert_int_equal(sp_solve(&c->problem, &options, &c->solution, &err), SP_OK);
    assert_true(c->solution.proven);
}

static void nobody_is_no_team(void **state)
{
    (void)state;
    struct case_of *c = make_case();
    c->problem.candidate_count = 0;
    solve(c, (struct sp_solve_options){0});
    assert_int_equal(c->solution.count, 0);
    assert_true(c->solution.bound == INT64_MIN);
    solve(c, (struct sp_solve_options){.elastic = true, .minimal = true});
    assert_int_equal(c->solution.count, 0);
    c->problem.place_count = 0;
    solve(c, (struct sp_solve_options){0});
    assert_int_equal(c->solution.count, 0);
    sp_free(c);
}

static void one_member_only(void **state)
{
    (void)state;
    struct case_of *c = make_case();
    c->problem.most_members = 1;
    solve(c, (struct sp_solve_options){0});
    assert_int_equal(c->solution.count, 0);
    solve(c, (struct sp_solve_options){.elastic = true});
    assert_int_equal(c->solution.count, 3);
    assert_int_equal(c->solution.teams[0].members[0], 2); /* lacks as much, and is worth most */
    assert_int_equal(c->solution.teams[0].allocation.uncovered, 6);
    assert_int_equal(c->solution.teams[0].missing, 6 * SP_UNCOVERED_COST + 2 * 200000000LL);
    sp_free(c);
}

static void a_requirement_of_nothing_is_covered(void **state)
{
    (void)state;
    struct case_of *c = make_case();
    c->problem.demand[0] = 0;
    c->problem.total = 4;
    solve(c, (struct sp_solve_options){.teams = 1});
    assert_int_equal(c->solution.count, 1);
    assert_int_equal(c->solution.teams[0].count, 3); /* the sum asks for three */
    assert_int_equal(c->solution.teams[0].score, 2 * 202 + 2 * 201);
    sp_free(c);
}

/* The least load of an anchor with nothing to offer cannot be met. */
static void an_idle_anchor_closes_all(void **state)
{
    (void)state;
    struct case_of *c = make_case();
    const int32_t anchor = 1;
    c->contenders[1].cell_count = 0;
    c->problem.least_load = 1;
    solve(c, (struct sp_solve_options){.elastic = true, .anchors = &anchor, .anchor_count = 1});
    assert_int_equal(c->solution.count, 0);
    sp_free(c);
}

/* All subsets by sp_team_value(), which works in plain score units. */
static int64_t best_of_all(const struct case_of *c, bool elastic)
{
    int64_t best = INT64_MIN;
    for (uint32_t set = 1; set < 1u << c->problem.candidate_count; set++) {
        int32_t members[6];
        int32_t count = 0;
        struct sp_solved_team team;
        for (int32_t i = 0; i < 6; i++) {
            if ((set >> i & 1u) != 0) {
                members[count++] = i;
            }
        }
        if (count <= c->problem.most_members && sp_team_value(&c->problem, members, count, &team) &&
            (team.complete || elastic) && team.score > best) {
            best = team.score;
        }
    }
    return best;
}

/* Everything as large as the check lets it be: the sanitizers see every overflow. */
static void numbers_at_the_borders_do_not_overflow(void **state)
{
    (void)state;
    struct case_of *c = make_case();
    struct sp_problem *p = &c->problem;
    p->total = SP_MAX_TOTAL;
    p->demand[0] = p->demand[1] = SP_MAX_TOTAL / 2;
    p->most_load = INT32_MAX;
    p->kappa = SP_MAX_KAPPA;
    p->owes_penalty = p->no_cooperation_penalty = INT32_MAX;
    p->candidate_count = 6;
    p->most_members = 6;
    for (int i = 0; i < 4; i++) {
        c->distance[i] = INT32_MAX;
    }
    for (int i = 0; i < 6; i++) {
        c->cells[i][0] = (struct sp_cell){0, i == 5 ? INT32_MAX : SP_MAX_TOTAL / 6, SP_MAX_VALUE};
        c->cells[i][1] = (struct sp_cell){1, SP_MAX_TOTAL / 6, SP_MAX_VALUE - i};
        c->contenders[i].load = INT32_MAX;
        c->contenders[i].owes = i % 2 == 0 ? INT32_MIN : INT32_MAX;
    }
    for (int round = 0; round < 8; round++) {
        const int64_t cost = round % 2 == 0 ? 200000000 : 1;
        const int64_t most = ((int64_t)1 << 53) / cost;
        p->sums[0] = (struct sp_sum){.least = round < 4 ? most : -most,
                                     .scale = round % 2 == 0 ? 1 : INT64_MAX,
                                     .is_signed = round % 4 >= 2};
        for (int i = 0; i < 6; i++) {
            c->attributes[i] = i == 3 ? most : p->sums[0].is_signed ? -most : 0;
        }
        for (int elastic = 0; elastic < 2; elastic++) {
            int64_t best = best_of_all(c, elastic != 0);
            solve(c, (struct sp_solve_options){.teams = 1, .elastic = elastic != 0});
            assert_int_equal(c->solution.count, best == INT64_MIN ? 0 : 1);
            assert_true(best == INT64_MIN || c->solution.teams[0].score == best);
        }
    }
    sp_free(c);
}

static void expect_refusal(struct case_of *c, const char *place)
{
    struct sp_error err = {0};
    assert_int_equal(sp_problem_check(&c->problem, &err), SP_INVALID);
    assert_string_equal(err.place, place);
    assert_true(err.polish[0] != '\0' && err.english[0] != '\0');
    sp_free(c);
}

#define REFUSED(place, ...)                                                                        \
    do {                                                                                           \
        struct case_of *c = make_case();                                                           \
        struct sp_problem *p = &c->problem;                                                        \
        (void)p;                                                                                   \
        __VA_ARGS__;                                                                               \
        expect_refusal(c, place);                                                                  \
    } while (0)

static void bad_numbers_are_refused_by_place(void **state)
{
    (void)state;
    const struct sp_pair backwards = {1, 0};
    const struct sp_pair unsorted[] = {{1, 2}, {0, 1}};
    const struct sp_pair beyond = {0, 3};
    REFUSED("requirements", p->requirements = 0);
    REFUSED("requirements", p->requirements = SP_MAX_REQUIREMENTS + 1);
    REFUSED("most_members", p->most_members = 0);
    REFUSED("most_members", p->most_members = SP_MAX_MEMBERS + 1);
    REFUSED("conditions", p->sum_count = -1);
    REFUSED("conditions", p->condition_count = SP_MAX_CONDITIONS + 1);
    REFUSED("candidates", p->candidate_count = -1);
    REFUSED("candidates", p->place_count = SP_MAX_PLACES + 1);
    REFUSED("demand", p->demand[0] = -1);
    REFUSED("demand", p->licence[1] = 32);
    REFUSED("total", p->total = 11);
    REFUSED("total", p->total = p->demand[0] = SP_MAX_TOTAL + 1; p->demand[1] = 0);
    REFUSED("load", p->most_load = -1);
    REFUSED("load", p->least_load = 11);
    REFUSED("kappa", p->kappa = -1);
    REFUSED("kappa", p->kappa = (int64_t)SP_MAX_KAPPA + 1);
    REFUSED("friction", p->cooperation_divisor = 0);
    REFUSED("friction", p->owes_penalty = -1);
    REFUSED("distance", c->distance[3] = -1);
    REFUSED("sums", p->sums[0].scale = 0);
    REFUSED("sums", p->sums[0].least = INT64_MIN);
    REFUSED("sums", p->sums[0].least = INT64_MAX);
    REFUSED("candidates[2]", p->sums[0].is_signed = true; c->attributes[2] = INT64_MIN);
    REFUSED("candidates[1]", c->attributes[1] = INT64_MIN);
    REFUSED("candidates[0]", c->contenders[0].place = 2);
    REFUSED("candidates[0]", c->contenders[0].load = -1);
    REFUSED("candidates[1]", c->cells[1][1].requirement = 2);
    REFUSED("candidates[1]", c->cells[1][1].requirement = 0);
    REFUSED("candidates[1]", c->cells[1][1].capacity = -1);
    REFUSED("candidates[2]", c->cells[2][0].value = SP_MAX_VALUE + 1);
    REFUSED("conflicts", p->conflicts = &backwards; p->conflict_count = 1);
    REFUSED("conflicts", p->conflicts = unsorted; p->conflict_count = 2);
    REFUSED("cooperations", p->cooperations = &beyond; p->cooperation_count = 1);
}

static void expect_bad_options(struct sp_solve_options options, const char *place)
{
    struct case_of *c = make_case();
    struct sp_error err = {0};
    assert_int_equal(sp_solve(&c->problem, &options, &c->solution, &err), SP_INVALID);
    assert_string_equal(err.place, place);
    sp_free(c);
}

static void bad_options_are_refused(void **state)
{
    (void)state;
    const int32_t anchors[] = {0, 0, 3, -1};
    expect_bad_options((struct sp_solve_options){.teams = -1}, "teams");
    expect_bad_options((struct sp_solve_options){.teams = SP_MAX_TEAMS + 1}, "teams");
    expect_bad_options((struct sp_solve_options){.least_members = 4}, "least_members");
    expect_bad_options((struct sp_solve_options){.apart_count = SP_MAX_APART + 1}, "apart");
    expect_bad_options((struct sp_solve_options){.most_shared = -1}, "apart");
    expect_bad_options((struct sp_solve_options){.anchors = anchors, .anchor_count = 4}, "anchors");
    expect_bad_options((struct sp_solve_options){.anchors = anchors, .anchor_count = 2}, "anchors");
    expect_bad_options((struct sp_solve_options){.anchors = anchors + 2, .anchor_count = 1},
                       "anchors");
    expect_bad_options((struct sp_solve_options){.anchors = anchors + 3, .anchor_count = 1},
                       "anchors");
}

/* ---- memory ---- */

struct memory_work {
    struct sp_middle middle;
    struct sp_solution solution;
    struct sp_solve_options options;
};

static enum sp_status work(void *context)
{
    struct memory_work *w = context;
    return sp_solve(&w->middle.problem, &w->options, &w->solution, NULL);
}

static void memory_is_taken_once(void **state)
{
    (void)state;
    struct memory_work *w = sp_calloc(1, sizeof *w);
    enum sp_status seen = SP_OK;
    assert_non_null(w);
    sp_small_seed(SP_BRUTE_SEED);
    sp_middle_make(&w->middle, false);
    assert_int_equal(sp_fault_sweep(work, w, 5, &seen), 1);
    w->options.elastic = w->options.minimal = true;
    assert_int_equal(sp_fault_sweep(work, w, 5, &seen), 1);
    sp_free(w);
}

/* What solve.h states, with room for the hash table's power of two and alignment. */
static void memory_is_as_stated(void **state)
{
    (void)state;
    struct sp_middle *middle = sp_malloc(sizeof *middle);
    assert_non_null(middle);
    sp_small_seed(SP_BRUTE_SEED);
    sp_middle_make(middle, false);
    const struct sp_problem *p = &middle->problem;
    size_t cells = 0;
    for (int32_t i = 0; i < p->candidate_count; i++) {
        cells += (size_t)p->candidates[i].cell_count;
    }
    const size_t n = (size_t)p->candidate_count;
    const size_t pairs = (size_t)(p->cooperation_count + p->conflict_count);
    const size_t most = 24 * n * (size_t)(p->most_members + 1) + 100 * n + 12 * cells +
                        8 * n * (size_t)p->sum_count + 8 * pairs + 512;
    assert_in_range(sp_solve_memory_bytes(p), most / 2, most);
    print_message("%zu bytes for %zu candidates, at most %zu\n", sp_solve_memory_bytes(p), n, most);
    sp_free(middle);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nobody_is_no_team),
        cmocka_unit_test(one_member_only),
        cmocka_unit_test(a_requirement_of_nothing_is_covered),
        cmocka_unit_test(an_idle_anchor_closes_all),
        cmocka_unit_test(numbers_at_the_borders_do_not_overflow),
        cmocka_unit_test(bad_numbers_are_refused_by_place),
        cmocka_unit_test(bad_options_are_refused),
        cmocka_unit_test(memory_is_taken_once),
        cmocka_unit_test(memory_is_as_stated),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
