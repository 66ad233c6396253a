/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * From the prose of a tender to facts with the words they came from.
 *
 *     text -> tokens and sentences (reading.h) -> cues (cues.h) -> finders, one for each kind of
 * fact
 *
 * Cues are phrases that say what a sentence is about ("polisa OC", "na podstawie umowy o pracę",
 * "nie określa warunku"); they lie in data/extraction/cues.tsv, where a person can review them. A
 * finder reads values only where the cues of the sentence allow it: "3 lat" is a term in one
 * sentence and the age of a reference in another.
 */
#ifndef SP_EXTRACTION_EXTRACTION_H
#define SP_EXTRACTION_EXTRACTION_H

#include "base/arena.h"
#include "base/status.h"
#include "matcher/extraction/facts.h"
#include "matcher/language/language.h"
#include "matcher/rules/rulebook.h"

struct sp_cue_table;

/** What extraction works with; all borrowed. */
struct sp_extraction_tools {
    struct sp_analyser *analyser; /* of this thread */
    const struct sp_vocabulary *vocabulary;
    const struct sp_cue_table *cues;
    const struct sp_rulebook
        *rulebook;         /* classifies award criteria; NULL: they stay unclassified */
    struct sp_view prefer; /* TERYT prefix of the likelier region; may be empty */
};

/**
 * Find the facts of @p text.
 *
 * @param text   borrowed UTF-8, as it is shown to the user; spans are byte offsets in it
 * @param arena  holds the answer and what was read on the way, some 300 bytes a word
 * @return SP_OK, also when nothing is found; SP_INVALID (not UTF-8); SP_LIMIT; SP_NOMEM
 */
SP_MUST_CHECK enum sp_status sp_extract(const struct sp_extraction_tools *tools,
                                        struct sp_view text, struct sp_arena *arena,
                                        struct sp_fact_list *out, struct sp_error *err);

#endif
