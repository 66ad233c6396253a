/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * solve INSTANCE [--top K] [--members M] [--deadline-ms D] [--elastic] [--anchor ID...]
 *
 * Reads a consortium problem in the exchange format (matcher/consortium/exchange.h) and prints one
 * JSON object: proposals (best first: score, members, allocation by member and requirement in
 * effort units, effort nobody performs), whether they are proven the best, the bound on everything
 * not shown, the time, and how many partial teams were looked at.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/file.h"
#include "base/memory.h"
#include "matcher/consortium/exchange.h"
#include "matcher/consortium/solve.h"

enum { MAX_FILE_BYTES = 1 << 30 };
#define ARENA_BYTES ((size_t)4 << 30)

struct arguments {
    const char *file;
    int32_t top, members;
    long deadline_ms;
    bool elastic;
    int32_t anchors[SP_MAX_MEMBERS];
    int32_t anchor_count;
};

static double now_ms(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static bool deadline_passed(void *context)
{
    return now_ms() >= *(const double *)context;
}

static bool read_number(const char *text, long low, long high, long *out)
{
    char *end = NULL;
    errno = 0;
    long value = text == NULL ? 0 : strtol(text, &end, 10);
    if (text == NULL || end == text || *end != '\0' || errno != 0 || value < low || value > high) {
        return false;
    }
    *out = value;
    return true;
}

static bool take_option(struct arguments *a, int argc, char **argv, int *at)
{
    const char *name = argv[*at];
    const char *value = *at + 1 < argc ? argv[*at + 1] : NULL;
    long number = 0;
    if (strcmp(name, "--elastic") == 0) {
        a->elastic = true;
        return true;
    }
    if (strcmp(name, "--anchor") == 0) {
        while (*at + 1 < argc && read_number(argv[*at + 1], 0, INT32_MAX, &number)) {
            if (a->anchor_count == SP_MAX_MEMBERS) {
                return false;
            }
            a->anchors[a->anchor_count++] = (int32_t)number;
            ++*at;
        }
        return a->anchor_count > 0;
    }
    if (!read_number(value, 0, INT32_MAX, &number)) {
        return false;
    }
    ++*at;
    if (strcmp(name, "--top") == 0) {
        a->top = (int32_t)number;
    } else if (strcmp(name, "--members") == 0) {
        a->members = (int32_t)number;
    } else if (strcmp(name, "--deadline-ms") == 0) {
        a->deadline_ms = number;
    } else {
        return false;
    }
    return true;
}

static bool parse(int argc, char **argv, struct arguments *a)
{
    *a = (struct arguments){.deadline_ms = -1};
    for (int at = 1; at < argc; at++) {
        if (strncmp(argv[at], "--", 2) != 0 && a->file == NULL) {
            a->file = argv[at];
        } else if (!take_option(a, argc, argv, &at)) {
            return false;
        }
    }
    return a->file != NULL;
}

static void print_team(const struct sp_problem *problem, const struct sp_solved_team *team)
{
    printf("{\"score\":%lld,\"members\":[", (long long)team->score);
    for (int32_t n = 0; n < team->count; n++) {
        printf("%s%d", n == 0 ? "" : ",", team->members[n]);
    }
    printf("],\"allocation\":[");
    for (int32_t n = 0; n < team->count; n++) {
        for (int32_t j = 0; j < problem->requirements; j++) {
            printf("%s%d", j == 0 ? (n == 0 ? "[" : ",[") : ",", team->allocation.effort[n][j]);
        }
        printf("]");
    }
    printf("],\"uncovered\":%d}", team->allocation.uncovered);
}

static void print_solution(const struct sp_problem *problem, const struct sp_solution *solution,
                           double milliseconds)
{
    printf("{\"proposals\":[");
    for (int32_t n = 0; n < solution->count; n++) {
        printf("%s", n == 0 ? "" : ",");
        print_team(problem, &solution->teams[n]);
    }
    printf("],\"proven\":%s,\"bound\":", solution->proven ? "true" : "false");
    if (solution->bound == INT64_MIN) {
        printf("null"); /* there is no other team */
    } else {
        printf("%lld", (long long)solution->bound);
    }
    printf(",\"milliseconds\":%.3f,\"nodes\":%lld}\n", milliseconds, (long long)solution->nodes);
}

static int run(const struct arguments *a, struct sp_arena *arena, struct sp_solution *solution)
{
    char *text = NULL;
    size_t length = 0;
    struct sp_error err = {0};
    struct sp_problem problem;
    enum sp_status status = sp_file_read(a->file, MAX_FILE_BYTES, &text, &length, &err);
    if (status == SP_OK) {
        status = sp_exchange_read(sp_view_from(text, length), arena, &problem, &err);
    }
    sp_free(text);
    if (status == SP_OK) {
        double began = now_ms();
        double deadline = began + (double)a->deadline_ms;
        struct sp_solve_options options = {.teams = a->top,
                                           .elastic = a->elastic,
                                           .anchors = a->anchors,
                                           .anchor_count = a->anchor_count};
        if (a->members > 0) {
            problem.most_members = a->members;
            status = sp_problem_check(&problem, &err);
        }
        if (a->deadline_ms >= 0) {
            options.stop = deadline_passed;
            options.stop_context = &deadline;
        }
        if (status == SP_OK) {
            status = sp_solve(&problem, &options, solution, &err);
        }
        if (status == SP_OK) {
            print_solution(&problem, solution, now_ms() - began);
            return 0;
        }
    }
    (void)fprintf(stderr, "solve: %s: %s\n", err.place, err.english);
    return 1;
}

int main(int argc, char **argv)
{
    struct arguments arguments;
    if (!parse(argc, argv, &arguments)) {
        (void)fprintf(stderr, "usage: solve INSTANCE [--top K] [--members M] [--deadline-ms D] "
                              "[--elastic] [--anchor ID...]\n");
        return 1;
    }
    struct sp_arena *arena = sp_arena_new(ARENA_BYTES);
    struct sp_solution *solution = sp_calloc(1, sizeof *solution);
    int code = 1;
    if (arena == NULL || solution == NULL) {
        (void)fprintf(stderr, "solve: out of memory\n");
    } else {
        code = run(&arguments, arena, solution);
    }
    sp_arena_free(arena);
    sp_free(solution);
    return code;
}
