/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * The consortium solver on invented problems (generator.h), beside three MILP solvers:
 *
 *     consortia [--quick] [--part agree|speed|hard|planted]... [--seed N] [--peer-limit-s S]
 *
 * A table for each part on standard output. Where a figure rests on correctness (same scores, true
 * gaps, planted teams found) a wrong answer is named with the command that repeats it, and the
 * program exits 1. Without a peer it says what to install and measures the rest.
 *
 * Times are processor time of one thread, which other load on the machine disturbs less than the
 * wall clock; only deadlines are measured on the wall. What it does not show: pools of real
 * entities, the time to make a problem out of a tender and a catalogue, native HiGHS.
 */
#include "benchmarks/solve/consortia.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/memory.h"
#include "benchmarks/lib/report.h"

#define ARENA_BYTES ((size_t)4 << 30)

enum { PARTS = 4, PEER_LIMIT_S = 30, QUICK_PEER_LIMIT_S = 3 };

typedef bool part_fn(struct bench *bench);

struct part {
    const char *name;
    part_fn *run;
};

static const struct part parts[PARTS] = {
    {"agree", part_agree}, {"speed", part_speed}, {"hard", part_hard}, {"planted", part_planted}};

bool bench_generate(struct bench *bench, const struct generator_options *options)
{
    struct sp_error err = {0};
    sp_arena_reset(bench->arena);
    if (generate(options, bench->arena, &bench->problem, &bench->planted, &err) != SP_OK) {
        (void)fprintf(stderr, "consortia: %s: %s\n", err.place, err.english);
        return false;
    }
    return true;
}

/* What the solver asks: the wall clock against the deadline, remembering when it last went on. */
struct deadline {
    uint64_t at_ns; /* UINT64_MAX: never */
    double last_cpu_ms;
};

static double cpu_ms(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static bool deadline_passed(void *context)
{
    struct deadline *deadline = context;
    if (timing_now_ns() >= deadline->at_ns) {
        return true;
    }
    deadline->last_cpu_ms = cpu_ms();
    return false;
}

bool bench_solve(struct bench *bench, int32_t teams, double deadline_ms, struct solve_time *time)
{
    struct sp_error err = {0};
    const uint64_t began = timing_now_ns();
    const double began_cpu_ms = cpu_ms();
    struct deadline deadline = {.at_ns = UINT64_MAX, .last_cpu_ms = began_cpu_ms};
    struct sp_solve_options options = {.teams = teams};
    if (deadline_ms >= 0) {
        deadline.at_ns = began + (uint64_t)(deadline_ms * 1e6);
        options.stop = deadline_passed;
        options.stop_context = &deadline;
    }
    if (sp_solve(&bench->problem, &options, bench->solution, &err) != SP_OK) {
        (void)fprintf(stderr, "consortia: %s: %s\n", err.place, err.english);
        return false;
    }
    const uint64_t ended = timing_now_ns();
    const double ended_cpu_ms = cpu_ms();
    *time = (struct solve_time){.cpu_ms = ended_cpu_ms - began_cpu_ms,
                                .wall_ms = (double)(ended - began) / 1e6};
    if (ended > deadline.at_ns) {
        time->late_ms = (double)(ended - deadline.at_ns) / 1e6;
        time->late_cpu_ms = ended_cpu_ms - deadline.last_cpu_ms;
    }
    return true;
}

void bench_fault(struct bench *bench, const struct generator_options *options, const char *what)
{
    bench->faults++;
    (void)printf("WRONG: %s: instance --family %s --entities %d --requirements %d --seed %llu\n",
                 what, family_name(options->family), options->entities, options->requirements,
                 (unsigned long long)options->seed);
}

static int by_value(const void *a, const void *b)
{
    double left = *(const double *)a;
    double right = *(const double *)b;
    return (left > right) - (left < right);
}

double bench_percentile(double *values, size_t count, unsigned percent)
{
    if (count == 0) {
        return 0;
    }
    qsort(values, count, sizeof *values, by_value);
    size_t rank = (count * percent + 99) / 100;
    return values[rank == 0 ? 0 : rank - 1];
}

static bool take_part(bool *chosen, const char *name)
{
    for (int i = 0; i < PARTS; i++) {
        if (strcmp(parts[i].name, name) == 0) {
            chosen[i] = true;
            return true;
        }
    }
    return false;
}

static bool take_number(const char *text, uint64_t least, uint64_t most, uint64_t *out)
{
    char *end = NULL;
    unsigned long long value = strtoull(text, &end, 10);
    *out = value;
    return text[0] >= '0' && text[0] <= '9' && *end == '\0' && value >= least && value <= most;
}

static bool read_arguments(struct bench *bench, bool *chosen, int argc, char **argv)
{
    bool any = false;
    for (int at = 1; at < argc; at++) {
        uint64_t number = 0;
        const char *value = at + 1 < argc ? argv[at + 1] : "";
        if (strcmp(argv[at], "--quick") == 0) {
            bench->quick = true;
            bench->peer_limit_s = QUICK_PEER_LIMIT_S;
            continue;
        }
        if (strcmp(argv[at], "--part") == 0 && take_part(chosen, value)) {
            any = true;
        } else if (strcmp(argv[at], "--seed") == 0 && take_number(value, 0, UINT64_MAX, &number)) {
            bench->seed = number;
        } else if (strcmp(argv[at], "--peer-limit-s") == 0 &&
                   take_number(value, 1, 86400, &number)) {
            bench->peer_limit_s = (unsigned)number;
        } else {
            return false;
        }
        at++;
    }
    for (int i = 0; i < PARTS && !any; i++) {
        chosen[i] = true;
    }
    return true;
}

static void describe(struct bench *bench)
{
    (void)printf("machine: {");
    report_machine(stdout);
    (void)printf("}\nseed %llu; times are processor time of one thread\n",
                 (unsigned long long)bench->seed);
    for (int peer = 0; peer < PEER_COUNT; peer++) {
        bench->peer_is_there[peer] = peer_is_there((enum peer)peer);
        if (!bench->peer_is_there[peer]) {
            (void)printf("%s is not here and is left out; to have it: %s\n",
                         peer_name((enum peer)peer), peer_package((enum peer)peer));
        }
    }
}

int main(int argc, char **argv)
{
    bool chosen[PARTS] = {false};
    struct bench bench = {
        .seed = 2026, .peer_limit_s = PEER_LIMIT_S, .folder = "/tmp/spoina-consortia-XXXXXX"};
    if (!read_arguments(&bench, chosen, argc, argv)) {
        (void)fprintf(stderr, "usage: consortia [--quick] [--part agree|speed|hard|planted]... "
                              "[--seed N] [--peer-limit-s S]\n");
        return 2;
    }
    bench.arena = sp_arena_new(ARENA_BYTES);
    bench.solution = sp_calloc(1, sizeof *bench.solution);
    bench.reference = sp_calloc(1, sizeof *bench.reference);
    bool good = bench.arena != NULL && bench.solution != NULL && bench.reference != NULL &&
                mkdtemp(bench.folder) != NULL;
    if (good) {
        describe(&bench);
        for (int i = 0; good && i < PARTS; i++) {
            good = !chosen[i] || parts[i].run(&bench);
        }
        (void)rmdir(bench.folder);
        (void)printf("\n%llu wrong answers\n", (unsigned long long)bench.faults);
    } else {
        (void)fprintf(stderr, "consortia: out of memory, or no folder in /tmp\n");
    }
    sp_arena_free(bench.arena);
    sp_free(bench.solution);
    sp_free(bench.reference);
    return good && bench.faults == 0 ? 0 : 1;
}
