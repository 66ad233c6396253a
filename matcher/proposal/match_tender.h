/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * From a need to ranked, explained proposals: single entities and consortia for each lot.
 *
 * Legal form and statuses never enter a score: the order is a discovery order, not an award
 * criterion (art. 241(3) Pzp). Equal scores are put in an order that depends on the catalogue
 * version and the need only, never on names or ids; past exposure is not recorded, so it plays no
 * part.
 *
 * Same request, same catalogue version, same rulebook, same day: same bytes, unless `stop` ended a
 * search; then the lot says so (consortia_proven) and how much better an overlooked team could be.
 */
#ifndef SP_PROPOSAL_MATCH_TENDER_H
#define SP_PROPOSAL_MATCH_TENDER_H

#include "matcher/proposal/matching.h"

/** Takes a message of a match under way; borrowed for the call. Anything but SP_OK ends the match
 *  and becomes its result. */
typedef enum sp_status sp_match_progress_fn(void *context,
                                            const Spoina__V1__MatchProgress *progress,
                                            struct sp_error *err);

/**
 * Answer a request.
 *
 * @param progress  told of better teams as they are found, and of the bound when it falls by ten
 *                  points; never of the result; may be NULL
 * @param out       in the arena of matching->scoring
 * @return SP_OK (also when nothing was found: each lot's note says what to relax); SP_INVALID (the
 *         draft, the notice, weights, options or the date is wrong; the place names the field);
 *         SP_LIMIT; SP_CANCELLED; SP_NOMEM; SP_CORRUPT or SP_IO (the catalogue)
 */
SP_MUST_CHECK enum sp_status sp_match_tender(const struct sp_matching *matching,
                                             const Spoina__V1__MatchTenderRequest *request,
                                             sp_match_progress_fn *progress, void *progress_context,
                                             Spoina__V1__MatchTenderResponse **out,
                                             struct sp_error *err);

#endif
