/* SPDX-License-Identifier: EUPL-1.2 */
/** @file Ranked entities as the proposals of a response. Only this folder includes it. */
#ifndef SP_SCORING_PROPOSALS_H
#define SP_SCORING_PROPOSALS_H

#include "matcher/scoring/pool.h"
#include "spoina/v1/match.pb-c.h"

/**
 * Write the @p count first entities of @p ranked as proposals into @p match, with reasons.
 *
 * @param scratch  emptied after each proposal
 * @return SP_OK; SP_NOMEM
 */
SP_MUST_CHECK enum sp_status sp_proposals_write(const struct sp_match_context *context,
                                                const struct sp_pool *pool, const uint32_t *ranked,
                                                size_t count, struct sp_arena *scratch,
                                                Spoina__V1__LotMatch *match, struct sp_error *err);

#endif
