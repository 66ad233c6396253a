/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * The baseline: BM25 over the official labels, each word cut to its first five letters.
 */
#ifndef SP_BENCHMARKS_QUALITY_BASELINE_H
#define SP_BENCHMARKS_QUALITY_BASELINE_H

#include "base/arena.h"
#include "matcher/language/language.h"
#include "matcher/vocabulary/cpv.h"

struct baseline;

enum sp_status baseline_new(const struct sp_cpv_tree *tree, struct sp_analyser *analyser,
                            struct baseline **out, struct sp_error *err);
void baseline_free(struct baseline *baseline);

/** The best codes for @p text; @p max at most. Ties in the order of the codes. */
enum sp_status baseline_find(struct baseline *baseline, struct sp_analyser *analyser,
                             struct sp_view text, const struct sp_cpv **codes, size_t max,
                             size_t *count, struct sp_error *err);

#endif
