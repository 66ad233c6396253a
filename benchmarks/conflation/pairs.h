/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Pairwise precision and recall of a normaliser. Two forms meet if they share a term. Gold: they
 * share a lemma. Precision is the part of the meeting pairs that should meet, recall the part of
 * those that should which do, F1 their harmonic mean.
 */
#ifndef SP_BENCHMARKS_CONFLATION_PAIRS_H
#define SP_BENCHMARKS_CONFLATION_PAIRS_H

#include <stdint.h>

#include "base/status.h"
#include "base/view.h"

/** Which forms have which terms. */
struct grouping {
    struct grouping_entry {
        struct sp_view term; /* borrowed */
        uint32_t form;
    } * entries;
    size_t count;
    size_t capacity;
};

struct pair_score {
    size_t gold_pairs;
    size_t found_pairs;
    size_t right_pairs;
    double precision; /* 0..1 */
    double recall;
    double f1;
};

/** Say that @p form has @p term, which must outlive the grouping; SP_NOMEM. */
SP_MUST_CHECK enum sp_status grouping_add(struct grouping *grouping, uint32_t form,
                                          struct sp_view term);
void grouping_release(struct grouping *grouping);

/** Compare; sorts both. SP_NOMEM. */
SP_MUST_CHECK enum sp_status pairs_compare(struct grouping *gold, struct grouping *found,
                                           struct pair_score *out);

#endif
