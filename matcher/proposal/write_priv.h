/* SPDX-License-Identifier: EUPL-1.2 */
/** @file The parts of a proposal, one file each. Only this folder includes it. */
#ifndef SP_PROPOSAL_WRITE_PRIV_H
#define SP_PROPOSAL_WRITE_PRIV_H

#include "matcher/proposal/names.h"
#include "matcher/proposal/proposal.h"

/** A proposal being written. */
struct sp_writing {
    const struct sp_lot_matching *lot;
    const struct sp_assembled_team *team;
    struct sp_verdicts verdicts;
    struct sp_speaker speaker; /* its arena holds the proposal */
    bool is_brief;
    Spoina__V1__Proposal *proposal;
};

/** The entity of member @p member of the team. */
const Spoina__V1__Entity *sp_writing_entity(const struct sp_writing *writing, size_t member);

/** Effort units of requirement @p requirement that nobody in the team performs. */
int32_t sp_writing_missing(const struct sp_writing *writing, size_t requirement);

/* Each fills its part of the proposal. SP_OK; SP_NOMEM; what it asks returns. */
SP_MUST_CHECK enum sp_status sp_write_members(const struct sp_writing *writing,
                                              struct sp_error *err);
SP_MUST_CHECK enum sp_status sp_write_allocation(const struct sp_writing *writing,
                                                 struct sp_error *err);
SP_MUST_CHECK enum sp_status sp_write_necessity(const struct sp_writing *writing,
                                                struct sp_error *err);
SP_MUST_CHECK enum sp_status sp_write_gaps(const struct sp_writing *writing, struct sp_error *err);
SP_MUST_CHECK enum sp_status sp_write_replay_id(const struct sp_writing *writing,
                                                struct sp_error *err);

#endif
