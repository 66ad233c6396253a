/* SPDX-License-Identifier: EUPL-1.2 */
/** @file Our best team against the peers' on problems of a size that all of them finish. */
#include <stdio.h>

#include "benchmarks/solve/consortia.h"

enum { PROBLEMS = 60, QUICK_PROBLEMS = 2 };

struct tally {
    int32_t same_set;
    int32_t same_score; /* another set of the same score */
    int32_t both_none;
    int32_t unfinished; /* or no answer */
    double cpu_s;
};

/* Sizes and families in turn: 20 to 60 entities, 3 to 6 requirements. */
static struct generator_options problem_number(const struct bench *bench, int32_t n)
{
    static const enum family families[] = {FAMILY_REALISTIC, FAMILY_REALISTIC, FAMILY_PLANTED,
                                           FAMILY_REALISTIC, FAMILY_NEAR_EQUAL};
    struct generator_options options = {.family = families[n % 5],
                                        .entities = 20 + n % 9 * 5,
                                        .requirements = 3 + n % 4,
                                        .seed = bench->seed + (uint64_t)n};
    if (options.family == FAMILY_NEAR_EQUAL) {
        options.entities = 20; /* all solvers take long over these */
        options.requirements = 3;
    }
    return options;
}

static bool same_members(const struct peer_answer *answer, const int32_t *members, int32_t count)
{
    bool same = answer->count == count;
    for (int32_t n = 0; same && n < count; n++) {
        same = answer->members[n] == members[n];
    }
    return same;
}

static void compare(struct bench *bench, const struct generator_options *options, enum peer peer,
                    const struct peer_answer *answer, struct tally *tally)
{
    const struct sp_solution *ours = bench->solution;
    tally->cpu_s += answer->cpu_s;
    if (answer->outcome == PEER_UNFINISHED) {
        tally->unfinished++;
    } else if (answer->outcome == PEER_FAILED) {
        bench_fault(bench, options, peer_name(peer));
    } else if (answer->outcome == PEER_INFEASIBLE) {
        tally->both_none++;
        if (ours->count > 0) {
            bench_fault(bench, options, "we have a team, a peer proves there is none");
        }
    } else if (ours->count == 0 || ours->teams[0].score != answer->score) {
        bench_fault(bench, options, "another score than a peer's");
    } else if (same_members(answer, ours->teams[0].members, ours->teams[0].count)) {
        tally->same_set++;
    } else {
        struct sp_solved_team theirs;
        tally->same_score++;
        if (!sp_team_value(&bench->problem, answer->members, answer->count, &theirs) ||
            theirs.score != answer->score) {
            bench_fault(bench, options, "a peer's other set is not worth what it says");
        }
    }
}

bool part_agree(struct bench *bench)
{
    const int32_t problems = bench->quick ? QUICK_PROBLEMS : PROBLEMS;
    struct tally tally[PEER_COUNT] = {0};
    double ours_cpu_s = 0;
    int32_t with_team = 0;
    for (int32_t n = 0; n < problems; n++) {
        struct generator_options options = problem_number(bench, n);
        struct solve_time time;
        if (!bench_generate(bench, &options) || !bench_solve(bench, 1, -1, &time)) {
            return false;
        }
        ours_cpu_s += time.cpu_ms / 1e3;
        with_team += bench->solution->count > 0 ? 1 : 0;
        for (int peer = 0; peer < PEER_COUNT; peer++) {
            struct peer_answer answer;
            if (!bench->peer_is_there[peer]) {
                continue;
            }
            if (peer_solve((enum peer)peer, &bench->problem, bench->folder, bench->peer_limit_s,
                           &answer) != SP_OK) {
                (void)fprintf(stderr, "consortia: %s: no model\n", peer_name((enum peer)peer));
                return false;
            }
            compare(bench, &options, (enum peer)peer, &answer, &tally[peer]);
        }
        (void)fprintf(stderr, "agree: %d of %d\r", n + 1, problems);
    }
    (void)printf("\n## Agreement: the best team, %d problems of 20 to 60 entities, seeds %llu ff., "
                 "%d with a team\n\n",
                 problems, (unsigned long long)bench->seed, with_team);
    (void)printf(
        "| peer | same set | another set, same score | both: none | not finished in %u s | "
        "its time | ours |\n|---|---|---|---|---|---|---|\n",
        bench->peer_limit_s);
    for (int peer = 0; peer < PEER_COUNT; peer++) {
        if (bench->peer_is_there[peer]) {
            (void)printf("| %s | %d | %d | %d | %d | %.1f s | %.2f s |\n",
                         peer_name((enum peer)peer), tally[peer].same_set, tally[peer].same_score,
                         tally[peer].both_none, tally[peer].unfinished, tally[peer].cpu_s,
                         ours_cpu_s);
        }
    }
    return true;
}
