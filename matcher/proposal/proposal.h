/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * A team of a lot as a proposal: members with roles and reasons, who does how much, verdicts, what
 * each member is needed for, what is missing and what would mend it, and the id to replay it by.
 *
 * The same team of the same lot, catalogue version, rulebook, day, settings and language gives the
 * same bytes.
 */
#ifndef SP_PROPOSAL_PROPOSAL_H
#define SP_PROPOSAL_PROPOSAL_H

#include "matcher/proposal/lot_matching.h"

enum sp_proposal_flags {
    SP_PROPOSAL_BRIEF = 1 << 0 /* members, score and allocation only: no reasons, verdicts, gaps */
};

/**
 * Write @p team (1..SP_MEMBERS_MOST members, the leader first) as a proposal.
 *
 * @param flags  of enum sp_proposal_flags
 * @param arena  holds the proposal, which shares nothing with the lot
 * @return SP_OK; SP_NOMEM; what the rules return
 */
SP_MUST_CHECK enum sp_status sp_proposal_write(const struct sp_lot_matching *lot,
                                               const struct sp_assembled_team *team, unsigned flags,
                                               struct sp_arena *arena, Spoina__V1__Proposal **out,
                                               struct sp_error *err);

/** A rule as it is cited. NULL when out of memory. */
Spoina__V1__RuleCitation *sp_rule_citation(const struct sp_rule *rule, struct sp_arena *arena);

/** Verdicts as messages, in their order. @return SP_OK; SP_NOMEM */
SP_MUST_CHECK enum sp_status sp_verdicts_write(const struct sp_lot_matching *lot,
                                               const struct sp_assembled_team *team,
                                               const struct sp_verdicts *verdicts,
                                               struct sp_arena *arena, Spoina__V1__Verdict ***out,
                                               size_t *count, struct sp_error *err);

#endif
