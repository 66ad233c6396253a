/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Is every member of a team needed? A consortium is there because nobody in it could offer alone
 * (rule K32): the strict subsets of the team that are complete themselves, and what each member
 * cannot do alone.
 */
#ifndef SP_CONSORTIUM_NECESSITY_H
#define SP_CONSORTIUM_NECESSITY_H

#include "matcher/consortium/team.h"

/** One member, by itself. */
struct sp_member_alone {
    bool suffices;     /* it is a complete team alone */
    bool is_needed;    /* no complete strict subset does without it */
    bool may_be_alone; /* as a team of one it is allowed, be it complete or not */
    /** Of each requirement, the effort units beyond it even if it did nothing else. */
    int32_t beyond[SP_MAX_REQUIREMENTS];
    struct sp_lacking lacking; /* when it does all it can at once */
};

struct sp_necessity {
    bool minimal;           /* no strict subset is complete */
    int32_t complete_count; /* strict subsets that are complete */
    uint32_t smallest; /* one of them with the fewest members, bit n: team->members[n]; 0: none */
    struct sp_member_alone alone[SP_MAX_MEMBERS]; /* in the order of the members */
};

/**
 * Say what each member of @p team is needed for.
 *
 * @param team  as sp_solve() or sp_team_value() gave it
 *
 * Cost: 2^members allocations, about 0.1 ms for 5 members, 0.5 s for 16. No heap.
 */
void sp_team_necessity(const struct sp_problem *problem, const struct sp_solved_team *team,
                       struct sp_necessity *out);

/**
 * List the strict subsets of @p team that are complete, fewest members first, then by falling bits.
 *
 * @param subsets  filled with the first @p room of them, bit n stands for team->members[n]
 * @return how many there are
 */
int32_t sp_team_complete_subsets(const struct sp_problem *problem,
                                 const struct sp_solved_team *team, uint32_t *subsets,
                                 int32_t room);

/** Value the members of @p team in @p subset, a set of bits, not empty. As sp_team_value(). */
bool sp_team_subset_value(const struct sp_problem *problem, const struct sp_solved_team *team,
                          uint32_t subset, struct sp_solved_team *out);

#endif
