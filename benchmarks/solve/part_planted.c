/* SPDX-License-Identifier: EUPL-1.2 */
/** @file Planted teams: the solver must find them first, or something better. */
#include <stdio.h>

#include "benchmarks/solve/consortia.h"

enum { TENDERS = 1000, QUICK_TENDERS = 20, TEAMS = 10 };

static bool is_planted(const struct sp_solved_team *team, const struct planted *planted)
{
    bool same = team->count == planted->count;
    for (int32_t n = 0; same && n < team->count; n++) {
        same = team->members[n] == planted->members[n];
    }
    return same;
}

bool part_planted(struct bench *bench)
{
    const int32_t tenders = bench->quick ? QUICK_TENDERS : TENDERS;
    int32_t first = 0;
    int32_t beaten = 0;
    double times[TENDERS];
    for (int32_t n = 0; n < tenders; n++) {
        struct generator_options options = {.family = FAMILY_PLANTED,
                                            .entities = 100 + n % 5 * 50,
                                            .requirements = 2 + n % 7,
                                            .seed = bench->seed + (uint64_t)n};
        struct solve_time time;
        if (!bench_generate(bench, &options) || !bench_solve(bench, TEAMS, -1, &time)) {
            return false;
        }
        times[n] = time.cpu_ms;
        const struct sp_solution *found = bench->solution;
        if (!found->proven || found->count == 0 || found->teams[0].score < bench->planted.score) {
            bench_fault(bench, &options, "a planted team is overlooked");
        } else if (is_planted(&found->teams[0], &bench->planted)) {
            first++;
        } else if (found->teams[0].score > bench->planted.score) {
            beaten++;
        } else {
            bench_fault(bench, &options, "a planted team is not first, and not beaten");
        }
        (void)fprintf(stderr, "planted: %d of %d\r", n + 1, tenders);
    }
    (void)printf("\n## Planted teams: %d tenders, 100 to 300 entities, 2 to 8 requirements, seeds "
                 "%llu ff.\n\n%d found first, %d beaten by a better score, %d overlooked; ten best "
                 "with proof in %.0f ms (median), %.0f ms (p99).\n",
                 tenders, (unsigned long long)bench->seed, first, beaten, tenders - first - beaten,
                 bench_percentile(times, (size_t)tenders, 50),
                 bench_percentile(times, (size_t)tenders, 99));
    return true;
}
