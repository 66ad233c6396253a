/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Searches that are ended at any question: what they return is true. The whole run tells what the
 * best teams are; whatever is not shown must score no more than the bound.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/memory.h"
#include "matcher/consortium/solve.h"
#include "tests/unit/consortium/brute.h"
#include "tests/unit/consortium/middle.h"

enum { PROBLEMS = 8, STOPS = 24, TEAMS = 10 };

struct run {
    struct sp_middle middle;
    struct sp_solution whole, part;
    int64_t questions, end_at; /* end_at < 0: never */
    int64_t last_bound;
    int64_t last_nodes;
    int32_t told;
};

static bool stop(void *context)
{
    struct run *run = context;
    return run->questions++ == run->end_at;
}

static int32_t find(const struct sp_solution *list, const struct sp_solved_team *team)
{
    for (int32_t n = 0; n < list->count; n++) {
        if (sp_team_compare(&list->teams[n], team) == 0) {
            return n;
        }
    }
    return -1;
}

static void check_teams(const struct sp_problem *problem, const struct sp_solution *solution)
{
    for (int32_t n = 0; n < solution->count; n++) {
        const struct sp_solved_team *team = &solution->teams[n];
        struct sp_solved_team again;
        assert_true(sp_team_value(problem, team->members, team->count, &again));
        assert_int_equal(again.score, team->score);
        assert_true(n == 0 || sp_team_compare(&solution->teams[n - 1], team) < 0);
    }
}

/* The best team that the whole run knows and @p part does not show must be within its bound. */
static void check_bound(const struct sp_solution *whole, const struct sp_solution *part)
{
    for (int32_t n = 0; n < whole->count; n++) {
        if (find(part, &whole->teams[n]) < 0) {
            assert_true(part->bound >= whole->teams[n].score);
            return;
        }
    }
}

static void solve_whole(struct run *run, struct sp_solve_options options)
{
    options.teams = SP_MAX_TEAMS;
    assert_int_equal(sp_problem_check(&run->middle.problem, NULL), SP_OK);
    assert_int_equal(sp_solve(&run->middle.problem, &options, &run->whole, NULL), SP_OK);
    assert_true(run->whole.proven);
}

static void check_stops(struct run *run, struct sp_solve_options options)
{
    int64_t questions = 0;
    int stopped = 0;
    solve_whole(run, options);
    options.teams = TEAMS;
    options.stop = stop;
    options.stop_context = run;
    run->questions = 0;
    run->end_at = -1;
    assert_int_equal(sp_solve(&run->middle.problem, &options, &run->part, NULL), SP_OK);
    assert_true(run->part.proven);
    questions = run->questions;
    assert_true(questions > 2);
    for (int n = 0; n <= STOPS; n++) {
        /* Closely at first, then over the whole run. */
        run->end_at = n < STOPS / 2 ? n : questions * (n - STOPS / 2) / (STOPS - STOPS / 2);
        run->questions = 0;
        assert_int_equal(sp_solve(&run->middle.problem, &options, &run->part, NULL), SP_OK);
        check_teams(&run->middle.problem, &run->part);
        check_bound(&run->whole, &run->part);
        stopped += run->part.proven ? 0 : 1;
        if (run->part.proven) {
            for (int32_t k = 0; k < run->part.count; k++) {
                assert_int_equal(find(&run->whole, &run->part.teams[k]), k);
            }
        }
    }
    print_message("%lld questions, %d of %d stops before the proof\n", (long long)questions,
                  stopped, STOPS);
    assert_true(stopped > 0);
}

static void bounds_hold_at_every_interruption(void **state)
{
    (void)state;
    struct run *run = sp_malloc(sizeof *run);
    assert_non_null(run);
    sp_small_seed(SP_BRUTE_SEED);
    for (int problem = 0; problem < PROBLEMS; problem++) {
        const int32_t anchor = sp_small_pick(0, SP_MIDDLE_CANDIDATES - 1);
        sp_middle_make(&run->middle, problem % 4 == 3);
        if (problem % 4 == 3) {
            run->middle.problem.most_members = 3; /* with more the whole run takes too long */
        }
        check_stops(run, (struct sp_solve_options){.elastic = problem % 4 == 1,
                                                   .minimal = problem % 4 == 2,
                                                   .anchors = &anchor,
                                                   .anchor_count = problem % 8 == 4 ? 1 : 0});
    }
    sp_free(run);
}

static bool hear(void *context, const struct sp_solution *so_far)
{
    struct run *run = context;
    check_bound(&run->whole, so_far);
    assert_true(so_far->nodes >= run->last_nodes);
    assert_true(run->told == 0 || so_far->bound <= run->last_bound);
    run->last_nodes = so_far->nodes;
    run->last_bound = so_far->bound;
    return run->told++ != run->end_at;
}

static void progress_is_true_and_can_end_it(void **state)
{
    (void)state;
    struct run *run = sp_malloc(sizeof *run);
    struct sp_solve_options options = {.teams = TEAMS};
    assert_non_null(run);
    memset(run, 0, sizeof *run);
    sp_small_seed(SP_BRUTE_SEED);
    sp_middle_make(&run->middle, false);
    solve_whole(run, options);
    options.progress = hear;
    options.progress_context = run;
    run->end_at = -1;
    assert_int_equal(sp_solve(&run->middle.problem, &options, &run->part, NULL), SP_OK);
    assert_true(run->part.proven);
    assert_true(run->told >= 2);
    print_message("progress was told %d times\n", run->told);
    run->end_at = run->told = 0;
    run->last_nodes = 0;
    assert_int_equal(sp_solve(&run->middle.problem, &options, &run->part, NULL), SP_OK);
    assert_int_equal(run->told, 1);
    assert_false(run->part.proven);
    check_bound(&run->whole, &run->part);
    sp_free(run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bounds_hold_at_every_interruption),
        cmocka_unit_test(progress_is_true_and_can_end_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
