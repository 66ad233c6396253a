/* SPDX-License-Identifier: EUPL-1.2 */
/** @file Diverse lists against the same choice by brute force. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/memory.h"
#include "matcher/consortium/diverse.h"
#include "tests/lib/fault.h"
#include "tests/unit/consortium/brute.h"

enum { ROUNDS = 1000, MOST_WANTED = 8 };

struct question {
    struct sp_small small;
    struct sp_brute_team all[SP_SMALL_SETS];
    struct sp_brute_team ranked[SP_SMALL_SETS];
    struct sp_solve_options options;
    int32_t anchor, most_shared, proven_count;
    int total; /* ranked */
    struct sp_solution solution;
};

static void make_question(struct question *q)
{
    sp_small_make(&q->small, (unsigned)sp_small_pick(0, 7) & ~SP_SMALL_INFEASIBLE);
    q->options = (struct sp_solve_options){.teams = sp_small_pick(1, MOST_WANTED),
                                           .elastic = sp_small_pick(0, 1) == 0,
                                           .minimal = sp_small_pick(0, 4) == 0};
    q->most_shared = sp_small_pick(0, 2);
    if (sp_small_pick(0, 3) == 0) {
        q->anchor = sp_small_pick(0, q->small.problem.candidate_count - 1);
        q->options.anchors = &q->anchor;
        q->options.anchor_count = 1;
    }
}

static bool differ(const struct question *q, uint32_t a, uint32_t b)
{
    const uint32_t anchors = q->options.anchor_count > 0 ? 1u << q->anchor : 0;
    return a != b && sp_brute_size(a & b & ~anchors) <= q->most_shared;
}

/* From the whole ranking take what differs enough from all taken before. */
static int choose(struct question *q, struct sp_brute_team *chosen)
{
    q->total = sp_brute_rank(&q->small.problem, q->all, &q->options, SP_SMALL_SETS, q->ranked);
    int count = 0;
    for (int n = 0; n < q->total && count < q->options.teams; n++) {
        bool differs = true;
        for (int m = 0; m < count; m++) {
            differs = differs && differ(q, q->ranked[n].set, chosen[m].set);
        }
        if (differs) {
            chosen[count++] = q->ranked[n];
        }
    }
    return count;
}

static void agrees_with_brute_force(void **state)
{
    (void)state;
    struct question *q = sp_malloc(sizeof *q);
    int teams = 0;
    assert_non_null(q);
    sp_small_seed(SP_BRUTE_SEED);
    for (int round = 0; round < ROUNDS; round++) {
        struct sp_brute_team chosen[MOST_WANTED];
        make_question(q);
        sp_brute_value_all(&q->small.problem, q->all);
        int count = choose(q, chosen);
        assert_int_equal(sp_solve_diverse(&q->small.problem, &q->options, q->most_shared,
                                          &q->solution, &q->proven_count, NULL),
                         SP_OK);
        assert_true(q->solution.proven);
        assert_int_equal(q->solution.count, count);
        assert_int_equal(q->proven_count, count);
        for (int n = 0; n < count; n++) {
            sp_brute_expect(&q->small.problem, &q->solution.teams[n], &chosen[n]);
        }
        assert_true(count == q->options.teams || q->solution.bound == INT64_MIN);
        teams += count;
    }
    print_message("seed %d, %d problems, %d teams chosen\n", SP_BRUTE_SEED, ROUNDS, teams);
    assert_true(teams > ROUNDS);
    sp_free(q);
}

/* Sixty candidates of which any two make a team: the first 50 ranked teams share members, so that
 * the list has to be searched for again. */
static void goes_on_when_the_ranking_is_used_up(void **state)
{
    (void)state;
    enum { CANDIDATES = 60, TEAMS = 30 };
    struct sp_cell cells[CANDIDATES];
    struct sp_contender contenders[CANDIDATES];
    const int32_t distance = 0;
    struct sp_problem problem = {.requirements = 1,
                                 .total = 10,
                                 .most_members = 2,
                                 .most_load = 10,
                                 .demand = {10},
                                 .licence = {-1},
                                 .place_count = 1,
                                 .cooperation_divisor = 1,
                                 .distance = &distance,
                                 .candidate_count = CANDIDATES,
                                 .candidates = contenders};
    for (int32_t i = 0; i < CANDIDATES; i++) {
        cells[i] = (struct sp_cell){0, 5, 1000 - i};
        contenders[i] = (struct sp_contender){.load = 10, .cells = &cells[i], .cell_count = 1};
    }
    struct sp_solution *out = sp_malloc(sizeof *out);
    assert_non_null(out);
    const struct sp_solve_options options = {.teams = TEAMS + 5};
    assert_int_equal(sp_solve_diverse(&problem, &options, 0, out, NULL, NULL), SP_OK);
    assert_true(out->proven);
    assert_true(out->bound == INT64_MIN);
    assert_int_equal(out->count, TEAMS);
    for (int32_t n = 0; n < TEAMS; n++) {
        assert_int_equal(out->teams[n].members[0], 2 * n);
        assert_int_equal(out->teams[n].members[1], 2 * n + 1);
    }
    sp_free(out);
}

/* With one shared member allowed, single members share all they have with themselves: nobody is
 * proposed twice when the ranking is searched for again. */
static void nobody_is_proposed_twice(void **state)
{
    (void)state;
    enum { CANDIDATES = 60 };
    struct sp_cell cells[CANDIDATES];
    struct sp_contender contenders[CANDIDATES];
    const int32_t distance = 0;
    const struct sp_problem problem = {.requirements = 1,
                                       .total = 10,
                                       .most_members = 2,
                                       .most_load = 10,
                                       .demand = {10},
                                       .licence = {-1},
                                       .place_count = 1,
                                       .cooperation_divisor = 1,
                                       .distance = &distance,
                                       .candidate_count = CANDIDATES,
                                       .candidates = contenders};
    for (int32_t i = 0; i < CANDIDATES; i++) {
        cells[i] = (struct sp_cell){0, i == 0 ? 10 : 3, i == 0 ? 1000 : 900 - i};
        contenders[i] = (struct sp_contender){.load = 10, .cells = &cells[i], .cell_count = 1};
    }
    struct sp_solution *out = sp_malloc(sizeof *out);
    assert_non_null(out);
    const struct sp_solve_options options = {.teams = SP_MAX_APART};
    assert_int_equal(sp_solve_diverse(&problem, &options, 1, out, NULL, NULL), SP_OK);
    assert_true(out->proven);
    assert_int_equal(out->count, CANDIDATES); /* the able one alone, and with each other one */
    for (int32_t n = 0; n < out->count; n++) {
        for (int32_t m = 0; m < n; m++) {
            assert_int_not_equal(sp_team_compare(&out->teams[n], &out->teams[m]), 0);
        }
    }
    sp_free(out);
}

static bool stop_at_once(void *context)
{
    (void)context;
    return true;
}

static void says_what_is_not_proven(void **state)
{
    (void)state;
    struct question *q = sp_malloc(sizeof *q);
    int interrupted = 0;
    assert_non_null(q);
    sp_small_seed(SP_BRUTE_SEED);
    for (int round = 0; round < 300; round++) {
        struct sp_brute_team chosen[MOST_WANTED];
        make_question(q);
        sp_brute_value_all(&q->small.problem, q->all);
        int count = choose(q, chosen);
        q->options.stop = stop_at_once;
        assert_int_equal(sp_solve_diverse(&q->small.problem, &q->options, q->most_shared,
                                          &q->solution, &q->proven_count, NULL),
                         SP_OK);
        assert_in_range(q->proven_count, 0, count);
        for (int n = 0; n < q->proven_count; n++) {
            sp_brute_expect(&q->small.problem, &q->solution.teams[n], &chosen[n]);
        }
        /* The best of the rest, after what is shown. */
        for (int n = 0; n < q->total; n++) {
            bool differs = true;
            for (int32_t m = 0; m < q->solution.count; m++) {
                differs =
                    differs && differ(q, q->ranked[n].set, sp_brute_set(&q->solution.teams[m]));
            }
            assert_true(!differs || q->ranked[n].score <= q->solution.bound);
        }
        interrupted += q->solution.proven ? 0 : 1;
    }
    print_message("%d of 300 interrupted\n", interrupted);
    assert_true(interrupted > 20);
    sp_free(q);
}

static enum sp_status work(void *context)
{
    struct question *q = context;
    return sp_solve_diverse(&q->small.problem, &q->options, q->most_shared, &q->solution, NULL,
                            NULL);
}

static void survives_lack_of_memory(void **state)
{
    (void)state;
    struct question *q = sp_malloc(sizeof *q);
    enum sp_status seen = SP_OK;
    assert_non_null(q);
    sp_small_seed(1);
    make_question(q);
    assert_in_range(sp_fault_sweep(work, q, 20, &seen), 2, 19);
    sp_free(q);
}

static void refuses_bad_options(void **state)
{
    (void)state;
    struct question *q = sp_malloc(sizeof *q);
    struct sp_error err = {0};
    assert_non_null(q);
    sp_small_seed(1);
    make_question(q);
    q->options = (struct sp_solve_options){.teams = SP_MAX_APART + 1};
    assert_int_equal(sp_solve_diverse(&q->small.problem, &q->options, 1, &q->solution, NULL, &err),
                     SP_INVALID);
    assert_string_equal(err.place, "teams");
    q->options.teams = 3;
    assert_int_equal(sp_solve_diverse(&q->small.problem, &q->options, -1, &q->solution, NULL, &err),
                     SP_INVALID);
    sp_free(q);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_brute_force),
        cmocka_unit_test(goes_on_when_the_ranking_is_used_up),
        cmocka_unit_test(nobody_is_proposed_twice),
        cmocka_unit_test(says_what_is_not_proven),
        cmocka_unit_test(survives_lack_of_memory),
        cmocka_unit_test(refuses_bad_options),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
