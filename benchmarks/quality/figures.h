/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Figures of ranked codes against the right one: over queries, over those kept apart, over notices.
 */
#ifndef SP_BENCHMARKS_QUALITY_FIGURES_H
#define SP_BENCHMARKS_QUALITY_FIGURES_H

#include <stdio.h>

#include "benchmarks/quality/notices.h"

enum { FIGURE_EXACT, FIGURE_DIVISION, FIGURE_GROUP, FIGURE_RECIPROCAL, FIGURE_COUNT };

struct figure_row {
    uint64_t group; /* notice */
    bool is_kept_apart;
    double values[FIGURE_COUNT];
};

struct figures {
    struct figure_row *rows; /* heap */
    size_t count;
    size_t capacity;
};

void figures_init(struct figures *figures);
void figures_release(struct figures *figures);

/** Add one query with the codes suggested, best first. @return SP_OK; SP_NOMEM */
SP_MUST_CHECK enum sp_status figures_add(struct figures *figures, const struct notice *notice,
                                         const struct sp_cpv *const *codes, size_t code_count);

/** Print three JSON lines: all queries, kept apart, mean over notices. Sorts the rows. */
void figures_print(struct figures *figures, FILE *file, const char *imports, bool with_description);

#endif
