/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * From a draft to ranked, explained proposals.
 *
 * For every requirement of every lot the offers closest in text and CPV code are scored, part by
 * part, in integers; an entity answers with its best offer for each requirement, and the entities
 * are ranked. Legal form and statuses never enter a score: the order is a discovery order, not an
 * award criterion (art. 241(3) Pzp). Equal scores are put in an order that depends on the catalogue
 * version and the need only, never on names or ids.
 *
 * Same request, same catalogue version, same day: same bytes.
 */
#ifndef SP_SCORING_MATCH_H
#define SP_SCORING_MATCH_H

#include "base/status.h"
#include "matcher/scoring/context.h"
#include "spoina/v1/match.pb-c.h"

enum {
    SP_MATCH_LIMIT_DEFAULT = 10, /* proposals a lot */
    SP_MATCH_LIMIT_MAX = 100
};

/**
 * Answer a request.
 *
 * @param out  in context->arena
 * @return SP_OK (also when nothing was found: each lot's note says what to relax); SP_INVALID (the
 * draft, the notice, the weights or the date is wrong; the place names the field); SP_LIMIT;
 * SP_CANCELLED; SP_NOMEM; SP_CORRUPT or SP_IO (the catalogue)
 */
SP_MUST_CHECK enum sp_status sp_match_tender(const struct sp_match_context *context,
                                             const Spoina__V1__MatchTenderRequest *request,
                                             Spoina__V1__MatchTenderResponse **out,
                                             struct sp_error *err);

#endif
