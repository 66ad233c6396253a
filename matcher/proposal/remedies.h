/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * What a member would have to change to meet a term, and trying it out.
 *
 * A remedy is a change as it is told and the record as it would be. A trial puts changed records
 * into the team, makes the problem of these few entities anew and rules on the team again; only
 * what a trial has shown is called verified.
 */
#ifndef SP_PROPOSAL_REMEDIES_H
#define SP_PROPOSAL_REMEDIES_H

#include "matcher/proposal/record_edit.h"
#include "matcher/proposal/write_priv.h"

enum { SP_REMEDY_WAYS = 7 };

struct sp_remedy {
    Spoina__V1__Change *change;
    size_t member;              /* of the team; the team's count: `joins` */
    struct sp_record_edit edit; /* the record of that member afterwards */
    uint32_t joins;             /* pool entity that joins, with member == count */
};

/**
 * What member @p member would have to do about @p term.
 *
 * @param unknown  the record only has to say it (STATE_DATA)
 * @param part     what counts for it now, or for the team where the term is a sum
 * @param whole    of a share: those employed; else not used
 * @return false if there is nothing that the member itself could do, or out of memory (out->change
 * is NULL and *failed is set)
 */
bool sp_remedy_of_term(const struct sp_writing *writing, const struct sp_lot_term *term,
                       size_t member, bool unknown, int64_t part, int64_t whole,
                       struct sp_remedy *out, bool *failed);

/** What could cover @p missing units of @p requirement: way @p nth of SP_REMEDY_WAYS, the smallest
 * change first: a member whose capacity nearly suffices, a wider area, one of the three best
 * partners, a member with more capacity, a new offer.
 *  @return false if there is no such way here, or out of memory (*failed is set) */
bool sp_remedy_of_requirement(const struct sp_writing *writing, size_t requirement, int32_t missing,
                              size_t nth, struct sp_remedy *out, bool *failed);

/** The team after some remedies. */
struct sp_trial {
    struct sp_assembled_team team;
    struct sp_verdicts verdicts;
    const int32_t *demand; /* effort by requirement */
};

/** Try @p remedies out; the result lives in the lot's scratch arena until the next trial. */
SP_MUST_CHECK enum sp_status sp_trial_run(const struct sp_writing *writing,
                                          const struct sp_remedy *remedies, size_t count,
                                          struct sp_trial *out, struct sp_error *err);

#endif
