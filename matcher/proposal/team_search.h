/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * The teams of a lot by the options of the request: complete ones, and only if there are none,
 * those that leave least missing.
 *
 * What the solver finds is settled (sp_assembly_settle()) and put in order again; the bound then
 * also covers the teams that lost their place by it. A few more are asked for than are shown, so
 * that the list stays full.
 */
#ifndef SP_PROPOSAL_TEAM_SEARCH_H
#define SP_PROPOSAL_TEAM_SEARCH_H

#include "matcher/proposal/lot_matching.h"

/** Told of each change worth telling: the best team so far (NULL: none yet) and the bound in
 * points. Anything but SP_OK ends the search and becomes its result. */
typedef enum sp_status sp_team_progress_fn(void *context, const struct sp_assembled_team *best,
                                           uint32_t bound, struct sp_error *err);

struct sp_team_search {
    const struct sp_lot_matching *lot;
    const uint32_t *anchors; /* pool entities that every team must hold */
    size_t anchor_count;
    size_t members_least;          /* 2 for consortia */
    size_t most;                   /* teams wanted, 1..SP_TEAMS_MAX */
    bool complete_only;            /* look for no incomplete ones */
    struct sp_search_turn turn;    /* as the caller's stop is asked; is_last is set here */
    sp_team_progress_fn *progress; /* may be NULL */
    void *progress_context;
};

struct sp_found_teams {
    struct sp_assembled_team *teams; /* in the lot's arena, best first */
    size_t count;
    bool proven;     /* no better team was overlooked */
    uint32_t bound;  /* points: no team that is not shown scores more */
    bool incomplete; /* none covers everything: these leave least missing */
};

/**
 * Search.
 *
 * @return SP_OK (also when there is no team: count 0); SP_CANCELLED; SP_NOMEM; SP_INVALID (more
 *         anchors than members); what progress returns
 */
SP_MUST_CHECK enum sp_status sp_team_search(const struct sp_team_search *search,
                                            struct sp_found_teams *out, struct sp_error *err);

/** Points of 1000 of a score in score units, 0 below it. */
uint32_t sp_points_of_score(int64_t score);

#endif
