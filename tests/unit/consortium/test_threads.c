/* SPDX-License-Identifier: EUPL-1.2 */
/** @file Searches on several threads at once find the same, to the byte, as one alone. */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/memory.h"
#include "matcher/consortium/diverse.h"
#include "tests/unit/consortium/brute.h"
#include "tests/unit/consortium/middle.h"

enum { THREADS = 4, PROBLEMS = 6 };

struct job {
    const struct sp_middle *middle; /* PROBLEMS of them, shared and only read */
    struct sp_solution *found;      /* 2 x PROBLEMS */
    enum sp_status status;
};

static void *solve_all(void *context)
{
    struct job *job = context;
    job->status = SP_OK;
    for (int n = 0; n < PROBLEMS && job->status == SP_OK; n++) {
        const struct sp_problem *problem = &job->middle[n].problem;
        const struct sp_solve_options options = {.teams = 10, .elastic = n % 2 == 0};
        const struct sp_solve_options few = {.teams = 3, .elastic = n % 2 == 0};
        job->status = sp_solve(problem, &options, &job->found[2 * n], NULL);
        if (job->status == SP_OK) {
            job->status = sp_solve_diverse(problem, &few, 1, &job->found[2 * n + 1], NULL, NULL);
        }
    }
    return NULL;
}

static void expect_same(const struct sp_solution *a, const struct sp_solution *b)
{
    assert_int_equal(a->count, b->count);
    assert_int_equal(a->proven, b->proven);
    assert_int_equal(a->bound, b->bound);
    assert_int_equal(a->nodes, b->nodes);
    for (int32_t n = 0; n < a->count; n++) {
        const struct sp_solved_team *x = &a->teams[n];
        const struct sp_solved_team *y = &b->teams[n];
        assert_int_equal(sp_team_compare(x, y), 0);
        assert_int_equal(x->missing, y->missing);
        assert_memory_equal(&x->allocation, &y->allocation, sizeof x->allocation);
    }
}

static void threads_find_the_same(void **state)
{
    (void)state;
    struct sp_middle *middle = sp_malloc(PROBLEMS * sizeof *middle);
    struct job jobs[THREADS + 1];
    pthread_t threads[THREADS];
    assert_non_null(middle);
    sp_small_seed(SP_BRUTE_SEED);
    for (int n = 0; n < PROBLEMS; n++) {
        sp_middle_make(&middle[n], false);
    }
    for (int n = 0; n <= THREADS; n++) {
        jobs[n] = (struct job){middle, sp_calloc(2 * PROBLEMS, sizeof *jobs[n].found), SP_OK};
        assert_non_null(jobs[n].found);
    }
    for (int n = 0; n < THREADS; n++) {
        assert_int_equal(pthread_create(&threads[n], NULL, solve_all, &jobs[n]), 0);
    }
    for (int n = 0; n < THREADS; n++) {
        assert_int_equal(pthread_join(threads[n], NULL), 0);
    }
    solve_all(&jobs[THREADS]);
    assert_int_equal(jobs[THREADS].status, SP_OK);
    for (int n = 0; n < THREADS; n++) {
        assert_int_equal(jobs[n].status, SP_OK);
        for (int k = 0; k < 2 * PROBLEMS; k++) {
            assert_true(jobs[n].found[k].count > 0);
            expect_same(&jobs[n].found[k], &jobs[THREADS].found[k]);
        }
        sp_free(jobs[n].found);
    }
    sp_free(jobs[THREADS].found);
    sp_free(middle);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(threads_find_the_same)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
