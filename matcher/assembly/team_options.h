/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * How teams are looked for: spoina.v1.TeamOptions with the published defaults filled in. Here and
 * nowhere else are these defaults written.
 */
#ifndef SP_ASSEMBLY_TEAM_OPTIONS_H
#define SP_ASSEMBLY_TEAM_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/status.h"
#include "spoina/v1/match.pb-c.h"

enum {
    SP_TEAMS_DEFAULT = 10,
    SP_TEAMS_MAX = 50,
    SP_MEMBERS_DEFAULT = 5,
    SP_MEMBERS_LEAST = 2,
    SP_MEMBERS_MOST = 8,           /* K32: consortia are kept small */
    SP_LEAST_SHARE_DEFAULT = 50,   /* permille of the lot: none decorative (K32) */
    SP_PARTNER_COST_DEFAULT = 20,  /* points of 1000 for each member after the first */
    SP_DISTANCE_COST_DEFAULT = 10, /* points for a pair 100 km apart */
    SP_OWES_COST_DEFAULT = 2,      /* points for a pair advised by different OWES */
    SP_STRANGER_COST_DEFAULT = 3,  /* points for a pair without past cooperation */
    SP_COST_MAX = 1000,            /* of each of these */
    SP_SEARCH_LIMIT_MS_DEFAULT = 2000,
    SP_SEARCH_LIMIT_MS_MAX = 10000,

    SP_UNKNOWN_COST = 5,        /* points of a value for each ruling to be completed, ... */
    SP_UNKNOWN_COST_MOST = 50,  /* ... and for all of them together at most */
    SP_COOPERATION_DIVISOR = 4, /* of the friction of a pair that worked together */
    SP_SEAT_UNKNOWN_KM = 50     /* of a pair where a seat is not known */
};

struct sp_team_options {
    uint32_t teams;
    uint32_t members_max;
    bool supersets_too;
    int32_t shared_members_max; /* with any earlier team; -1: any number */
    bool by_size;
    uint32_t least_share_permille;
    uint32_t most_share_permille;
    uint32_t partner_cost; /* points */
    uint32_t distance_cost;
    uint32_t owes_cost;
    uint32_t stranger_cost;
    uint32_t search_limit_ms;
};

/**
 * Take the options of a request.
 *
 * @param given  NULL: the published defaults
 * @return SP_OK; SP_INVALID (a number out of its range; the place names the field)
 */
SP_MUST_CHECK enum sp_status sp_team_options_read(const Spoina__V1__TeamOptions *given,
                                                  struct sp_team_options *out,
                                                  struct sp_error *err);

/** The options as a message, defaults filled in. */
void sp_team_options_write(const struct sp_team_options *options, Spoina__V1__TeamOptions *out);

#endif
