/* SPDX-License-Identifier: EUPL-1.2 */
/** @file Ranked entities as the proposals of a response. Only this folder includes it. */
#ifndef SP_SCORING_PROPOSALS_H
#define SP_SCORING_PROPOSALS_H

#include "matcher/scoring/match.h"
#include "matcher/scoring/need.h"
#include "matcher/scoring/parts.h"
#include "matcher/scoring/rank.h"

/** What the proposals of one lot are made of; all borrowed. */
struct sp_proposal_maker {
    const struct sp_match_context *context;
    const struct sp_weights *weights;
    sp_day day;
    const Spoina__V1__Lot *lot;
    const struct sp_need *needs; /* one for each requirement */
    struct sp_arena *scratch;    /* emptied after each proposal */
};

/**
 * Write the @p count first entities of @p ranked as proposals into @p match, with reasons.
 *
 * @return SP_OK; SP_NOMEM; SP_CORRUPT, SP_IO (the catalogue)
 */
SP_MUST_CHECK enum sp_status sp_proposals_write(const struct sp_proposal_maker *maker,
                                                const struct sp_ranked *ranked, size_t count,
                                                Spoina__V1__LotMatch *match, struct sp_error *err);

#endif
