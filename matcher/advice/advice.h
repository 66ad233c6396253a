/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * What to change: the clause the market can carry, the lots that open a tender, why an entity is
 * not proposed and what would bring it in, what happens when one number varies, and which parts
 * social entities can take over.
 *
 * Every answer runs the matching itself over a changed draft or a changed record: nothing is
 * estimated. A lot is searched once a call; its variations look at the same entities again
 * (sp_pool_revise()).
 *
 * Counts of offers are lower bounds where they say "at least". What is to be completed counts as
 * met, as everywhere in matching; what would remain if it did not is told beside it.
 *
 * Same request, same catalogue version, same rulebook, same day: same bytes. Searches for teams end
 * by a budget of steps, not by a clock.
 */
#ifndef SP_ADVICE_ADVICE_H
#define SP_ADVICE_ADVICE_H

#include "matcher/advice/wording.h"
#include "matcher/proposal/matching.h"
#include "spoina/v1/advice.pb-c.h"

enum {
    SP_ADVICE_OFFERS_DEFAULT = 2, /* independent offers to keep: the "rule of two" */
    SP_ADVICE_OFFERS_MAX = 20,
    SP_ADVICE_VALUES_MAX = 50 /* of a what-if */
};

/** All borrowed for the call; the answers lie in the arena of matching.scoring. */
struct sp_advising {
    struct sp_matching matching; /* stop is not used */
    const struct sp_wordings *wordings;
};

/**
 * Each instrument in each lot: allowed here and now or why not, how many could offer under it, the
 * strongest that keeps enough independent offers, levels of a clause of art. 96, ready wording.
 *
 * @return SP_OK; SP_INVALID, SP_LIMIT (the place names the field); SP_CANCELLED; SP_NOMEM;
 *         SP_CORRUPT, SP_IO (the catalogue). All calls here return these.
 */
SP_MUST_CHECK enum sp_status sp_advise_clauses(const struct sp_advising *advising,
                                               const Spoina__V1__AdviseClausesRequest *request,
                                               Spoina__V1__AdviseClausesResponse **out,
                                               struct sp_error *err);

/** Divisions of each lot by service, place and size, and how many offers each opens. */
SP_MUST_CHECK enum sp_status sp_advise_lots(const struct sp_advising *advising,
                                            const Spoina__V1__AdviseLotsRequest *request,
                                            Spoina__V1__AdviseLotsResponse **out,
                                            struct sp_error *err);

/** Why an entity is not proposed, and the smallest changes after which it is; each was applied and
 *  matched again. SP_NOT_FOUND: no such entity or lot. */
SP_MUST_CHECK enum sp_status sp_explain_absence(const struct sp_advising *advising,
                                                const Spoina__V1__ExplainAbsenceRequest *request,
                                                Spoina__V1__ExplainAbsenceResponse **out,
                                                struct sp_error *err);

/** One parameter over a list of values: who drops out at each step and why, who joins. */
SP_MUST_CHECK enum sp_status sp_what_if(const struct sp_advising *advising,
                                        const Spoina__V1__WhatIfRequest *request,
                                        Spoina__V1__WhatIfResponse **out, struct sp_error *err);

/** Which parts of a scope social entities can take, and the share of the whole within reach. */
SP_MUST_CHECK enum sp_status
sp_find_subcontractors(const struct sp_advising *advising,
                       const Spoina__V1__FindSubcontractorsRequest *request,
                       Spoina__V1__FindSubcontractorsResponse **out, struct sp_error *err);

#endif
