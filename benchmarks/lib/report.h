/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Timings of one engine in one mode, and the JSON report.
 */
#ifndef SP_BENCHMARKS_LIB_REPORT_H
#define SP_BENCHMARKS_LIB_REPORT_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/** Times of single queries in nanoseconds. */
struct timings {
    uint64_t *ns; /* sorted by timings_sort() */
    size_t count;
};

struct timing_figures {
    double p50_us;
    double p95_us;
    double mean_us;
};

/** Sort @p timings and take its figures (nearest rank). All 0 when empty. */
struct timing_figures timing_figures(struct timings *timings);

/** Monotonic clock in nanoseconds. */
uint64_t timing_now_ns(void);

/** Write the machine, kernel and compiler as members of a JSON object, without braces. */
void report_machine(FILE *out);

#endif
