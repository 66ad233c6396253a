/* SPDX-License-Identifier: EUPL-1.2 */
/** @file The same proposal again, byte for byte, or what has changed since. */
#ifndef SP_PROPOSAL_REPLAY_PROPOSAL_H
#define SP_PROPOSAL_REPLAY_PROPOSAL_H

#include "matcher/proposal/matching.h"

/**
 * Answer a request.
 *
 * @return as sp_match_tender(); SP_NOT_FOUND (lot or member); SP_INVALID (the replay id has not the
 *         form of one); SP_PRECONDITION (something changed: the place names it:
 * "catalogue_version", "rulebook_version", "members[i]", "match.draft", "match")
 */
SP_MUST_CHECK enum sp_status sp_replay_proposal(const struct sp_matching *matching,
                                                const Spoina__V1__ReplayProposalRequest *request,
                                                Spoina__V1__ReplayProposalResponse **out,
                                                struct sp_error *err);

#endif
