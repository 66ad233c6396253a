/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Clock, percentiles, and what machine it was.
 */
#include "benchmarks/lib/report.h"

#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

uint64_t timing_now_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000U + (uint64_t)now.tv_nsec;
}

static int compare_ns(const void *left, const void *right)
{
    uint64_t a = *(const uint64_t *)left;
    uint64_t b = *(const uint64_t *)right;
    return a < b ? -1 : a > b ? 1 : 0;
}

/** Smallest value that at least @p percent of all do not exceed. */
static double percentile_us(const struct timings *timings, size_t percent)
{
    size_t rank = (timings->count * percent + 99) / 100;
    return (double)timings->ns[rank == 0 ? 0 : rank - 1] / 1000;
}

struct timing_figures timing_figures(struct timings *timings)
{
    struct timing_figures figures = {0, 0, 0};
    if (timings->count == 0) {
        return figures;
    }
    qsort(timings->ns, timings->count, sizeof(*timings->ns), compare_ns);
    for (size_t i = 0; i < timings->count; i++) {
        figures.mean_us += (double)timings->ns[i] / 1000 / (double)timings->count;
    }
    figures.p50_us = percentile_us(timings, 50);
    figures.p95_us = percentile_us(timings, 95);
    return figures;
}

/** Copy the processor's name; quotes and backslashes do not occur in it but are left out. */
static void read_processor(char *out, size_t size)
{
    snprintf(out, size, "unknown");
    FILE *file = fopen("/proc/cpuinfo", "r");
    char line[256];
    while (file != NULL && fgets(line, sizeof(line), file) != NULL) {
        const char *colon = strchr(line, ':');
        if (strncmp(line, "model name", 10) == 0 && colon != NULL) {
            size_t length = 0;
            for (const char *c = colon + 2; *c != '\0' && *c != '\n' && length + 1 < size; c++) {
                if (*c != '"' && *c != '\\') {
                    out[length++] = *c;
                }
            }
            out[length] = '\0';
            break;
        }
    }
    if (file != NULL) {
        fclose(file);
    }
}

void report_machine(FILE *out)
{
    struct utsname name;
    memset(&name, 0, sizeof(name));
    uname(&name);
    char processor[128];
    read_processor(processor, sizeof(processor));
    fprintf(out, "\"processor\":\"%s\",\"processors\":%ld,\"kernel\":\"%s %s\",\"compiler\":\"%s\"",
            processor, sysconf(_SC_NPROCESSORS_ONLN), name.sysname, name.release, __VERSION__);
}
