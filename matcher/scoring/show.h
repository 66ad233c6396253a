/* SPDX-License-Identifier: EUPL-1.2 */
/** @file An entity of a pool and its fits as messages, with reasons. */
#ifndef SP_SCORING_SHOW_H
#define SP_SCORING_SHOW_H

#include "matcher/scoring/pool.h"
#include "spoina/v1/proposal.pb-c.h"

/** What a list shows of an entity; shares its texts. NULL: out of memory. */
Spoina__V1__EntitySummary *sp_show_entity(const Spoina__V1__Entity *entity, struct sp_arena *arena);

/**
 * Write how @p entity meets requirement @p requirement: score, band, and a reason for each part.
 * share_permille is what its declared capacity reaches alone, 1000 where that is not known.
 *
 * @param context  analyser, vocabulary, locale; arena holds the message
 * @param scratch  for the analysed offer; may be emptied afterwards
 * @return SP_OK; SP_NOMEM; SP_INVALID (not UTF-8)
 */
SP_MUST_CHECK enum sp_status sp_show_fit(const struct sp_match_context *context,
                                         const struct sp_pool *pool,
                                         const struct sp_pool_entity *entity, size_t requirement,
                                         struct sp_arena *scratch, Spoina__V1__RequirementFit *out,
                                         struct sp_error *err);

#endif
