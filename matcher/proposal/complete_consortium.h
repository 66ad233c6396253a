/* SPDX-License-Identifier: EUPL-1.2 */
/** @file What given members lack in a lot, and who completes them. */
#ifndef SP_PROPOSAL_COMPLETE_CONSORTIUM_H
#define SP_PROPOSAL_COMPLETE_CONSORTIUM_H

#include "matcher/proposal/matching.h"

/**
 * Answer a request.
 *
 * @return as sp_match_tender(); SP_NOT_FOUND (a member that the catalogue does not know, or a lot
 *         that the draft does not have: named); SP_INVALID (nobody given, one twice, more than a
 *         team may have)
 */
SP_MUST_CHECK enum sp_status
sp_complete_consortium(const struct sp_matching *matching,
                       const Spoina__V1__CompleteConsortiumRequest *request,
                       Spoina__V1__CompleteConsortiumResponse **out, struct sp_error *err);

#endif
