/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * One team and its exact score: the value of its best allocation, less what it costs to work
 * together, less what is missing at the prices of an elastic solution.
 */
#ifndef SP_CONSORTIUM_TEAM_H
#define SP_CONSORTIUM_TEAM_H

#include "matcher/consortium/allocation.h"
#include "matcher/consortium/problem.h"

struct sp_solved_team {
    int64_t score;   /* what is missing is paid for */
    int64_t missing; /* what was paid for it, score units */
    bool complete;   /* nothing is missing: every requirement and condition is met */
    int32_t count;
    int32_t members[SP_MAX_MEMBERS]; /* ascending */
    struct sp_allocation allocation; /* rows in the order of members */
};

/**
 * Value one team exactly, as the solver does: what is missing is paid for, and said.
 *
 * @param members  @p count distinct candidates in ascending order, 1..SP_MAX_MEMBERS
 * @return false if the team is not allowed whatever is paid: a conflict, a member without the
 * status that EVERY demands, or one that cannot be given its least load
 */
bool sp_team_value(const struct sp_problem *problem, const int32_t *members, int32_t count,
                   struct sp_solved_team *out);

/** What a team lacks, each in its own unit. */
struct sp_lacking {
    int32_t effort[SP_MAX_REQUIREMENTS]; /* effort units nobody performs, in the best allocation */
    uint32_t conditions;                 /* bit set of ANY conditions nobody holds */
    int64_t sums[SP_MAX_SUMS];           /* how much the members' sum falls short; 0: met */
};

/** Tell what the team of @p members lacks, be it allowed or not. Parameters as sp_team_value(). */
void sp_team_lacking(const struct sp_problem *problem, const int32_t *members, int32_t count,
                     struct sp_lacking *out);

/** Order of teams: higher score, then fewer members, then smaller indices. <0: @p a goes first. */
int sp_team_compare(const struct sp_solved_team *a, const struct sp_solved_team *b);

#endif
