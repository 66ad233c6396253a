/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * instance --family realistic|near-equal|equal|planted [--entities N] [--requirements R] [--seed S]
 *
 * Writes an invented consortium problem in the exchange format (matcher/consortium/exchange.h) to
 * standard output, the same for the same options. A planted team and its score go to standard
 * error.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "benchmarks/solve/exchange_write.h"
#include "benchmarks/solve/generator.h"

#define ARENA_BYTES ((size_t)4 << 30)

static bool take_option(struct generator_options *options, const char *name, const char *value)
{
    char *end = NULL;
    if (strcmp(name, "--family") == 0) {
        options->family = family_named(value);
        return options->family != FAMILY_COUNT;
    }
    unsigned long long number = strtoull(value, &end, 10);
    if (value[0] < '0' || value[0] > '9' || *end != '\0') {
        return false;
    }
    if (strcmp(name, "--seed") == 0) {
        options->seed = number;
        return true;
    }
    if (number > INT32_MAX) {
        return false;
    }
    if (strcmp(name, "--entities") == 0) {
        options->entities = (int32_t)number;
    } else if (strcmp(name, "--requirements") == 0) {
        options->requirements = (int32_t)number;
    } else {
        return false;
    }
    return true;
}

static int run(const struct generator_options *options, struct sp_arena *arena)
{
    struct sp_problem problem;
    struct planted planted;
    struct sp_error err = {0};
    if (generate(options, arena, &problem, &planted, &err) != SP_OK) {
        (void)fprintf(stderr, "instance: %s: %s\n", err.place, err.english);
        return 1;
    }
    exchange_write(&problem, stdout);
    if (planted.count > 0) {
        (void)fprintf(stderr, "planted:");
        for (int32_t n = 0; n < planted.count; n++) {
            (void)fprintf(stderr, " %d", planted.members[n]);
        }
        (void)fprintf(stderr, "; score at least %lld\n", (long long)planted.score);
    }
    if (fflush(stdout) != 0 || ferror(stdout)) {
        (void)fprintf(stderr, "instance: cannot write\n");
        return 1;
    }
    return 0;
}

int main(int argc, char **argv)
{
    struct generator_options options = {
        .family = FAMILY_COUNT, .entities = 200, .requirements = 3, .seed = 1};
    bool good = argc % 2 == 1;
    for (int at = 1; good && at < argc; at += 2) {
        good = take_option(&options, argv[at], argv[at + 1]);
    }
    if (!good || options.family == FAMILY_COUNT) {
        (void)fprintf(stderr, "usage: instance --family realistic|near-equal|equal|planted "
                              "[--entities N] [--requirements R] [--seed S]\n");
        return 2;
    }
    struct sp_arena *arena = sp_arena_new(ARENA_BYTES);
    if (arena == NULL) {
        (void)fprintf(stderr, "instance: out of memory\n");
        return 1;
    }
    int code = run(&options, arena);
    sp_arena_free(arena);
    return code;
}
