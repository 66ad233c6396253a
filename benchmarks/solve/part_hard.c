/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Families in which bounds tell little apart: the search is ended by deadlines, and what it then
 * says is held against a run that was given much longer.
 */
#include <stdio.h>
#include <string.h>

#include "benchmarks/solve/consortia.h"

enum { TEAMS = 10, MAX_PROBLEMS = 32, MAX_DEADLINES = 4 };

struct plan {
    int32_t sizes[4], size_count;
    int32_t requirements[2], requirement_count;
    double deadlines_ms[MAX_DEADLINES];
    int32_t deadline_count;
    double long_ms;
};

static const struct plan whole_plan = {.sizes = {40, 200, 2000, 20000},
                                       .size_count = 4,
                                       .requirements = {3, 6},
                                       .requirement_count = 2,
                                       .deadlines_ms = {20, 100, 500, 2000},
                                       .deadline_count = 4,
                                       .long_ms = 10000};
static const struct plan quick_plan = {.sizes = {40, 200},
                                       .size_count = 2,
                                       .requirements = {3},
                                       .requirement_count = 1,
                                       .deadlines_ms = {20, 100},
                                       .deadline_count = 2,
                                       .long_ms = 1000};

struct figures {
    double late_ms[MAX_PROBLEMS];
    double late_cpu_ms[MAX_PROBLEMS];
    double gap[MAX_PROBLEMS];         /* said: bound above our best, in shares of it */
    double distance[MAX_PROBLEMS];    /* true: the long run's best above our best */
    int32_t count, proven, with_team; /* gap and distance are of those with a team */
};

static bool holds_team(const struct sp_solution *solution, const struct sp_solved_team *team)
{
    for (int32_t n = 0; n < solution->count; n++) {
        const struct sp_solved_team *other = &solution->teams[n];
        if (other->count == team->count &&
            memcmp(other->members, team->members, (size_t)team->count * sizeof *team->members) ==
                0) {
            return true;
        }
    }
    return false;
}

/* The bound speaks of every team that is not shown; the long run knows some of them. */
static void check_gap(struct bench *bench, const struct generator_options *options)
{
    const struct sp_solution *said = bench->solution;
    for (int32_t n = 0; n < bench->reference->count; n++) {
        const struct sp_solved_team *team = &bench->reference->teams[n];
        if (team->score > said->bound && !holds_team(said, team)) {
            bench_fault(bench, options, "a team above the bound was not shown");
            return;
        }
    }
    if (said->proven && said->count != bench->reference->count) {
        bench_fault(bench, options, "a proof and a long run differ");
    }
}

static void note(const struct bench *bench, const struct solve_time *time, struct figures *f)
{
    const struct sp_solution *said = bench->solution;
    const int32_t at = f->count++;
    f->late_ms[at] = time->late_ms;
    f->late_cpu_ms[at] = time->late_cpu_ms;
    f->proven += said->proven ? 1 : 0;
    if (said->count > 0) {
        const double best = (double)said->teams[0].score;
        const bool open = !said->proven && (double)said->bound > best;
        f->gap[f->with_team] = open ? (double)said->bound / best - 1 : 0;
        f->distance[f->with_team++] = (double)bench->reference->teams[0].score / best - 1;
    }
}

static bool run_problem(struct bench *bench, const struct plan *plan,
                        const struct generator_options *options, struct figures *figures)
{
    struct solve_time time;
    if (!bench_generate(bench, options) || !bench_solve(bench, TEAMS, plan->long_ms, &time)) {
        return false;
    }
    struct sp_solution *reference = bench->solution;
    bench->solution = bench->reference;
    bench->reference = reference;
    (void)printf("| %s | %d | %d | %llu | %d | %s | %.0f |", family_name(options->family),
                 options->entities, options->requirements, (unsigned long long)options->seed,
                 reference->count, reference->proven ? "yes" : "no", time.wall_ms);
    if (reference->count > 0) {
        const double best = (double)reference->teams[0].score;
        (void)printf(" %.3f %% |\n",
                     reference->proven ? 0 : 100 * ((double)reference->bound / best - 1));
    } else {
        (void)printf(" - |\n");
    }
    for (int32_t d = 0; d < plan->deadline_count; d++) {
        if (!bench_solve(bench, TEAMS, plan->deadlines_ms[d], &time)) {
            return false;
        }
        check_gap(bench, options);
        note(bench, &time, &figures[d]);
    }
    (void)fflush(stdout);
    return true;
}

static void report(const struct plan *plan, struct figures *figures)
{
    (void)printf("\n| deadline, ms | late, ms: most (of it our work) | proven | with a team | "
                 "gap said: median, most | true distance: median, most |\n"
                 "|---|---|---|---|---|---|\n");
    for (int32_t d = 0; d < plan->deadline_count; d++) {
        struct figures *f = &figures[d];
        const size_t n = (size_t)f->count;
        const size_t found = (size_t)f->with_team;
        (void)printf("| %.0f | %.1f (%.1f) | %d of %d | %d | %.2f, %.2f %% | %.3f, %.3f %% |\n",
                     plan->deadlines_ms[d], bench_percentile(f->late_ms, n, 100),
                     bench_percentile(f->late_cpu_ms, n, 100), f->proven, f->count, f->with_team,
                     100 * bench_percentile(f->gap, found, 50),
                     100 * bench_percentile(f->gap, found, 100),
                     100 * bench_percentile(f->distance, found, 50),
                     100 * bench_percentile(f->distance, found, 100));
    }
}

bool part_hard(struct bench *bench)
{
    static const enum family families[] = {FAMILY_NEAR_EQUAL, FAMILY_EQUAL};
    const struct plan *plan = bench->quick ? &quick_plan : &whole_plan;
    struct figures figures[MAX_DEADLINES] = {0};
    (void)printf("\n## Hard families: a long run (%.0f s), and the same problems with deadlines\n\n"
                 "| family | entities | requirements | seed | teams | proven | ms | gap said |\n"
                 "|---|---|---|---|---|---|---|---|\n",
                 plan->long_ms / 1e3);
    for (size_t f = 0; f < SP_COUNT(families); f++) {
        for (int32_t s = 0; s < plan->size_count; s++) {
            for (int32_t r = 0; r < plan->requirement_count; r++) {
                struct generator_options options = {.family = families[f],
                                                    .entities = plan->sizes[s],
                                                    .requirements = plan->requirements[r],
                                                    .seed = bench->seed};
                if (!run_problem(bench, plan, &options, figures)) {
                    return false;
                }
            }
        }
    }
    report(plan, figures);
    return true;
}
