/* SPDX-License-Identifier: EUPL-1.2 */
/** @file The solver against brute force on random small problems of every kind. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/memory.h"
#include "tests/unit/consortium/brute.h"

enum { ROUNDS = 1000 };

/* A kind of problem and of question. */
struct kind {
    const char *name;
    unsigned flags; /* enum sp_small_flags */
    bool elastic, anchored, minimal, sized, apart;
};

static const struct kind kinds[] = {
    {.name = "plain"},
    {.name = "ties", .flags = SP_SMALL_TIES},
    {.name = "equals", .flags = SP_SMALL_EQUALS},
    {.name = "infeasible", .flags = SP_SMALL_INFEASIBLE},
    {.name = "elastic", .elastic = true},
    {.name = "elastic infeasible ties",
     .flags = SP_SMALL_INFEASIBLE | SP_SMALL_TIES,
     .elastic = true},
    {.name = "anchored", .anchored = true},
    {.name = "minimal", .minimal = true},
    {.name = "least members", .sized = true},
    {.name = "apart", .apart = true},
    {.name = "all at once, ties",
     .flags = SP_SMALL_TIES,
     .anchored = true,
     .minimal = true,
     .apart = true},
    {.name = "all at once, elastic, equals",
     .flags = SP_SMALL_EQUALS,
     .elastic = true,
     .anchored = true,
     .minimal = true,
     .sized = true,
     .apart = true},
};

struct question {
    struct sp_small small;
    struct sp_brute_team all[SP_SMALL_SETS];
    struct sp_solve_options options;
    int32_t anchors[2];
    struct sp_solved_team apart[3];
    struct sp_solution solution;
};

static void choose_anchors(struct question *q)
{
    const struct sp_problem *p = &q->small.problem;
    q->options.anchors = q->anchors;
    q->options.anchor_count = 1;
    q->anchors[0] = sp_small_pick(0, p->candidate_count - 1);
    q->anchors[1] = sp_small_pick(0, p->candidate_count - 1);
    if (p->most_members >= 2 && q->anchors[1] != q->anchors[0] && sp_small_pick(0, 2) == 0) {
        q->options.anchor_count = 2;
    }
}

static void choose_apart(struct question *q)
{
    const struct sp_problem *p = &q->small.problem;
    q->options.apart = q->apart;
    q->options.apart_count = sp_small_pick(1, 3);
    q->options.most_shared = sp_small_pick(0, 2);
    for (int32_t a = 0; a < q->options.apart_count; a++) {
        q->apart[a].count = 0;
        for (int32_t i = 0; i < p->candidate_count; i++) {
            if (q->apart[a].count < SP_MAX_MEMBERS && sp_small_pick(0, 2) == 0) {
                q->apart[a].members[q->apart[a].count++] = i;
            }
        }
    }
}

static void make_question(struct question *q, const struct kind *kind)
{
    sp_small_make(&q->small, kind->flags);
    q->options = (struct sp_solve_options){
        .teams = sp_small_pick(1, 10), .elastic = kind->elastic, .minimal = kind->minimal};
    if (kind->anchored) {
        choose_anchors(q);
    }
    if (kind->sized) {
        q->options.least_members = sp_small_pick(0, q->small.problem.most_members);
    }
    if (kind->apart) {
        choose_apart(q);
    }
}

static void check_question(struct question *q)
{
    struct sp_brute_team expected[11];
    struct sp_error err = {0};
    assert_int_equal(sp_problem_check(&q->small.problem, &err), SP_OK);
    sp_brute_value_all(&q->small.problem, q->all);
    int count = sp_brute_rank(&q->small.problem, q->all, &q->options, q->options.teams, expected);
    assert_int_equal(sp_solve(&q->small.problem, &q->options, &q->solution, &err), SP_OK);
    assert_true(q->solution.proven);
    assert_int_equal(q->solution.count, count);
    for (int n = 0; n < count; n++) {
        sp_brute_expect(&q->small.problem, &q->solution.teams[n], &expected[n]);
    }
    /* The bound is the last score of a full list, or says that there is no other team. */
    assert_true(q->solution.bound ==
                (count == q->options.teams ? expected[count - 1].score : INT64_MIN));
}

static void agrees_with_brute_force(void **state)
{
    (void)state;
    struct question *q = sp_malloc(sizeof *q);
    assert_non_null(q);
    sp_small_seed(SP_BRUTE_SEED);
    for (size_t k = 0; k < sizeof kinds / sizeof kinds[0]; k++) {
        int found = 0;
        for (int round = 0; round < ROUNDS; round++) {
            make_question(q, &kinds[k]);
            check_question(q);
            found += q->solution.count > 0 ? 1 : 0;
        }
        print_message("%s: seed %d, %d problems, %d with a team\n", kinds[k].name, SP_BRUTE_SEED,
                      ROUNDS, found);
        if ((kinds[k].flags & SP_SMALL_INFEASIBLE) != 0 && !kinds[k].elastic) {
            assert_int_equal(found, 0);
        } else {
            assert_in_range(found, ROUNDS / 20, ROUNDS - 1);
        }
    }
    sp_free(q);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(agrees_with_brute_force)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
