/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * What words, services and codes of every offer say to the needs of a lot, from the index alone.
 *
 * The index keeps of each offer which words stand in its title and which in its description, which
 * services these name or the offer declares, and its codes: all that its text and CPV parts are
 * made of (score_text.h, score_cpv.h). So the parts of all offers are worked out exactly, word by
 * word, without reading one: whoever is relevant (sp_is_relevant()) is found, and nobody else.
 */
#ifndef SP_SCORING_CANDIDATES_H
#define SP_SCORING_CANDIDATES_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/status.h"
#include "matcher/scoring/candidate_codes.h"
#include "matcher/scoring/context.h"
#include "matcher/scoring/need.h"
#include "matcher/search/index.h"

struct sp_pool_words;

struct sp_candidates {
    const struct sp_index *index;
    size_t need_count;
    uint32_t document_count; /* slots of the index, dead ones too */
    uint16_t *text;          /* rows of document_count: permille, one row a need */
    uint64_t *relevant;      /* bit d: document d is relevant to a need */
    struct sp_candidate_codes codes;
    uint32_t entities_in_common; /* with a word, a service or a close code in common */
};

/**
 * Look at every offer and profile of the index.
 *
 * @param context  index, vocabulary and cancel are used
 * @param needs    @p count of them; those of one lot
 * @param arena    holds the answer: 2 bytes x needs x documents; while it works 16 bytes a document
 * @return SP_OK; SP_CANCELLED; SP_NOMEM
 *
 * Cost: a few ns for each occurrence of the needs' words, and for each document and need.
 */
SP_MUST_CHECK enum sp_status sp_candidates_find(const struct sp_match_context *context,
                                                const struct sp_need *needs, size_t count,
                                                struct sp_arena *arena, struct sp_candidates *out,
                                                struct sp_error *err);

static inline bool sp_candidates_is_relevant(const struct sp_candidates *candidates,
                                             uint32_t document)
{
    return (candidates->relevant[document / 64] >> (document % 64) & 1) != 0;
}

/** Text and CPV part of @p document for each need: what an analysis of its texts would give. */
void sp_candidates_words(struct sp_candidates *candidates, uint32_t document,
                         struct sp_pool_words *out);

/** Count the offers whose main code lies in the CPV division of the need's main code. */
SP_MUST_CHECK enum sp_status sp_candidates_in_division(const struct sp_index *index,
                                                       const struct sp_need *need,
                                                       const atomic_bool *cancel,
                                                       struct sp_arena *arena, uint32_t *count,
                                                       struct sp_error *err);

#endif
