/* SPDX-License-Identifier: EUPL-1.2 */
/** @file The best team of each size, and the front of size against score, against brute force. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/memory.h"
#include "matcher/consortium/sizes.h"
#include "tests/lib/fault.h"
#include "tests/unit/consortium/brute.h"

enum { ROUNDS = 1000 };

struct question {
    struct sp_small small;
    struct sp_brute_team all[SP_SMALL_SETS];
    struct sp_brute_team ranked[SP_SMALL_SETS];
    struct sp_solve_options options;
    int32_t anchor;
    struct sp_sizes sizes;
};

static void make_question(struct question *q)
{
    sp_small_make(&q->small, (unsigned)sp_small_pick(0, 7) & ~SP_SMALL_INFEASIBLE);
    q->options = (struct sp_solve_options){.elastic = sp_small_pick(0, 1) == 0,
                                           .minimal = sp_small_pick(0, 4) == 0};
    if (sp_small_pick(0, 3) == 0) {
        q->anchor = sp_small_pick(0, q->small.problem.candidate_count - 1);
        q->options.anchors = &q->anchor;
        q->options.anchor_count = 1;
    }
}

static void check_sizes(struct question *q, int *on_front)
{
    int64_t best_score = INT64_MIN;
    int total = sp_brute_rank(&q->small.problem, q->all, &q->options, SP_SMALL_SETS, q->ranked);
    for (int size = 1; size <= q->small.problem.most_members; size++) {
        const struct sp_best_of_size *best = &q->sizes.best[size - 1];
        int at = 0;
        while (at < total && sp_brute_size(q->ranked[at].set) != size) {
            at++;
        }
        assert_true(best->proven);
        assert_int_equal(best->found, at < total);
        if (best->found) {
            sp_brute_expect(&q->small.problem, &best->team, &q->ranked[at]);
            assert_int_equal(best->on_front, best->team.score > best_score);
            best_score = best->on_front ? best->team.score : best_score;
            *on_front += best->on_front ? 1 : 0;
        }
    }
}

static void agrees_with_brute_force(void **state)
{
    (void)state;
    struct question *q = sp_malloc(sizeof *q);
    int on_front = 0;
    assert_non_null(q);
    sp_small_seed(SP_BRUTE_SEED);
    for (int round = 0; round < ROUNDS; round++) {
        make_question(q);
        sp_brute_value_all(&q->small.problem, q->all);
        assert_int_equal(sp_solve_sizes(&q->small.problem, &q->options, &q->sizes, NULL), SP_OK);
        assert_true(q->sizes.proven);
        check_sizes(q, &on_front);
    }
    print_message("seed %d, %d problems, %d teams on the fronts\n", SP_BRUTE_SEED, ROUNDS,
                  on_front);
    assert_true(on_front > ROUNDS / 2);
    sp_free(q);
}

static enum sp_status work(void *context)
{
    struct question *q = context;
    return sp_solve_sizes(&q->small.problem, &q->options, &q->sizes, NULL);
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

static void refuses_bad_anchors(void **state)
{
    (void)state;
    struct question *q = sp_malloc(sizeof *q);
    struct sp_error err = {0};
    assert_non_null(q);
    sp_small_seed(1);
    make_question(q);
    const int32_t anchors[SP_MAX_MEMBERS + 1] = {0};
    q->options.anchors = anchors;
    q->options.anchor_count = SP_MAX_MEMBERS + 1;
    assert_int_equal(sp_solve_sizes(&q->small.problem, &q->options, &q->sizes, &err), SP_INVALID);
    assert_string_equal(err.place, "anchors");
    sp_free(q);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_brute_force),
        cmocka_unit_test(survives_lack_of_memory),
        cmocka_unit_test(refuses_bad_anchors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
