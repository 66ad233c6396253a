/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Sentences of real notices with the facts that a person found in them (labels.tsv), and how many
 * of these the finders find.
 *
 * A fact is right when its kind and all its values are those of the label; its words are not
 * compared, nor what the rulebook makes of a criterion. Sentences are read in their document, for
 * headings speak for the lines under them; a fact counts for the sentence that it begins in.
 */
#ifndef SP_BENCHMARKS_EXTRACTION_LABELS_H
#define SP_BENCHMARKS_EXTRACTION_LABELS_H

#include <stdio.h>

#include "matcher/extraction/extraction.h"

enum { SP_LABEL_HALVES = 2, SP_LABEL_KINDS = 32 };

/** Of one kind of fact in one half. */
struct sp_label_tally {
    unsigned labelled;
    unsigned found;
    unsigned right;
};

struct sp_label_figures {
    unsigned sentences[SP_LABEL_HALVES];
    unsigned lost; /* sentences that their document no longer has */
    struct sp_label_tally of[SP_LABEL_HALVES][SP_LABEL_KINDS]; /* by sp_label_kind_name() */
};

/** Name of row @p kind: "quantity", "condition 3" (of that ConditionKind); NULL: no such row. */
const char *sp_label_kind_name(size_t kind);

/**
 * Read the label file at @p path and count.
 *
 * @param notices   folder of the notices: SPOINA_SHARED/data/notices
 * @param show_half half whose mistakes are printed to @p out; SP_LABEL_HALVES: of none
 * @param out       may be NULL if none are printed
 * @return SP_OK; SP_NOT_FOUND (no such file); SP_CORRUPT (a line of the labels); what reading gives
 */
SP_MUST_CHECK enum sp_status sp_labels_measure(const struct sp_extraction_tools *tools,
                                               const char *path, const char *notices,
                                               size_t show_half, FILE *out,
                                               struct sp_label_figures *figures,
                                               struct sp_error *err);

#endif
