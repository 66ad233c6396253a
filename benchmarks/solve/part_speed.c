/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Time to our ten best with proof, by size of pool and number of requirements; on the first problem
 * of each the peers look for the best one alone, in the same run, and get more time for more
 * requirements.
 */
#include <stdio.h>

#include "benchmarks/solve/consortia.h"

enum { TEAMS = 10, MAX_PROBLEMS = 100 };

/* A problem that takes longer is ended, and counted as not proved. */
#define GIVE_UP_MS 60000.0

struct size {
    int32_t entities;
    int32_t problems;   /* for each number of requirements */
    int32_t peers_most; /* requirements: the peers get one problem of each number up to it */
};

static const struct size whole_sizes[] = {
    {200, 100, 12}, {2000, 100, 12}, {20000, 12, 3}, {100000, 6, 3}};
static const struct size quick_sizes[] = {{24, 2, 12}};
static const int32_t requirement_counts[] = {3, 6, 12};

struct row {
    double cpu_ms[MAX_PROBLEMS];
    int32_t count, with_team, proven;
};

/* One line of the second table. The ratio is that of the fastest peer; of peers that were ended it
 * is a lower bound. */
static void ask_peers(struct bench *bench, const struct generator_options *options, double ours_s,
                      FILE *table)
{
    const struct sp_solution *ours = bench->solution;
    double fastest_s = 0;
    bool finished = false;
    (void)fprintf(table, "| %d | %d | %llu | %.3f |", options->entities, options->requirements,
                  (unsigned long long)options->seed, ours_s);
    for (int peer = 0; peer < PEER_COUNT; peer++) {
        struct peer_answer answer = {.outcome = PEER_FAILED};
        if (bench->peer_is_there[peer]) {
            (void)peer_solve((enum peer)peer, &bench->problem, bench->folder,
                             bench->peer_limit_s * (unsigned)options->requirements / 3, &answer);
        }
        if (answer.outcome == PEER_FAILED) {
            (void)fprintf(table, " %s |", bench->peer_is_there[peer] ? "failed" : "-");
            continue;
        }
        const bool ended = answer.outcome != PEER_UNFINISHED;
        (void)fprintf(table, " %s%.2f |", ended ? "" : "> ", answer.cpu_s);
        if ((answer.outcome == PEER_OPTIMAL &&
             (ours->count == 0 || answer.score != ours->teams[0].score)) ||
            (answer.outcome == PEER_INFEASIBLE && ours->count > 0)) {
            bench_fault(bench, options, "another answer than a peer's");
        }
        if (fastest_s == 0 || answer.cpu_s < fastest_s) {
            fastest_s = answer.cpu_s;
            finished = ended;
        }
    }
    (void)fprintf(table, " %s%.0f |\n", finished ? "" : "> ", fastest_s / ours_s);
}

static bool run_row(struct bench *bench, const struct size *size, int32_t requirements,
                    struct row *row, FILE *peers)
{
    bool asked = false;
    *row = (struct row){0};
    for (int32_t n = 0; n < size->problems; n++) {
        struct generator_options options = {.family = FAMILY_REALISTIC,
                                            .entities = size->entities,
                                            .requirements = requirements,
                                            .seed = bench->seed + (uint64_t)n};
        struct solve_time time;
        if (!bench_generate(bench, &options) || !bench_solve(bench, TEAMS, GIVE_UP_MS, &time)) {
            return false;
        }
        row->cpu_ms[row->count++] = time.cpu_ms;
        row->with_team += bench->solution->count > 0 ? 1 : 0;
        row->proven += bench->solution->proven ? 1 : 0;
        if (bench->solution->count > 0 && !asked && requirements <= size->peers_most) {
            asked = true;
            ask_peers(bench, &options, time.cpu_ms / 1e3, peers);
        }
        (void)fprintf(stderr, "speed: %d entities, %d requirements: %d of %d   \r", size->entities,
                      requirements, n + 1, size->problems);
    }
    return true;
}

static void copy_table(FILE *from)
{
    char line[512];
    rewind(from);
    while (fgets(line, sizeof line, from) != NULL) {
        (void)fputs(line, stdout);
    }
}

bool part_speed(struct bench *bench)
{
    const struct size *sizes = bench->quick ? quick_sizes : whole_sizes;
    const size_t size_count = bench->quick ? SP_COUNT(quick_sizes) : SP_COUNT(whole_sizes);
    FILE *peers = tmpfile();
    bool good = peers != NULL;
    (void)printf("\n## Speed: ten best with proof, realistic problems, seeds %llu ff.\n\n"
                 "| entities | requirements | problems | with a team | proven | median, ms | "
                 "p90, ms | p99, ms | most, ms |\n|---|---|---|---|---|---|---|---|---|\n",
                 (unsigned long long)bench->seed);
    for (size_t s = 0; good && s < size_count; s++) {
        for (size_t r = 0; good && r < SP_COUNT(requirement_counts); r++) {
            struct row row;
            good = run_row(bench, &sizes[s], requirement_counts[r], &row, peers);
            const size_t n = (size_t)row.count;
            (void)printf("| %d | %d | %d | %d | %d | %.1f | %.1f | %.1f | %.1f |\n",
                         sizes[s].entities, requirement_counts[r], row.count, row.with_team,
                         row.proven, bench_percentile(row.cpu_ms, n, 50),
                         bench_percentile(row.cpu_ms, n, 90), bench_percentile(row.cpu_ms, n, 99),
                         bench_percentile(row.cpu_ms, n, 100));
            (void)fflush(stdout);
        }
    }
    if (good) {
        (void)printf("\n## Beside MILP solvers: seconds; ours for the ten best with proof, theirs "
                     "for the best one alone, ended after %u s for each 3 requirements\n\n"
                     "| entities | requirements | seed | ours | CBC | GLPK | HiGHS | fastest of "
                     "them / ours |\n|---|---|---|---|---|---|---|---|\n",
                     bench->peer_limit_s);
        copy_table(peers);
    }
    if (peers != NULL) {
        (void)fclose(peers);
    }
    return good;
}
