/* SPDX-License-Identifier: EUPL-1.2 */
/** @file All that extraction works with, opened for the programs of this folder. */
#ifndef SP_BENCHMARKS_EXTRACTION_OPENED_H
#define SP_BENCHMARKS_EXTRACTION_OPENED_H

#include "matcher/extraction/cues.h"
#include "matcher/extraction/extraction.h"

/** Zeroed storage may be released. */
struct sp_extraction_opened {
    struct sp_language *language;
    struct sp_analyser *analyser;
    struct sp_vocabulary *vocabulary;
    struct sp_rulebook *rulebook;
    struct sp_cue_table *cues;
};

SP_MUST_CHECK enum sp_status sp_extraction_open(const char *share, struct sp_extraction_opened *out,
                                                struct sp_error *err);
void sp_extraction_close(struct sp_extraction_opened *opened);

/** Borrowed from @p opened; no region is likelier than another. */
struct sp_extraction_tools sp_extraction_tools_of(const struct sp_extraction_opened *opened);

#endif
