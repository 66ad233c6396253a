/* SPDX-License-Identifier: EUPL-1.2 */
/** @file Options with their defaults; see team_options.h. */
#include "matcher/assembly/team_options.h"

#include <stddef.h>

enum { PERMILLE = 1000 };

/** A number of the message: 0 or absent is the default. */
struct number {
    const char *name;
    uint32_t *value;
    uint32_t least;
    uint32_t most;
};

static enum sp_status check(const struct number *number, struct sp_error *err)
{
    if (*number->value >= number->least && *number->value <= number->most) {
        return SP_OK;
    }
    return SP_FAIL(err, SP_INVALID, number->name, "Dozwolone od %u do %u, a podano %u.",
                   "%u to %u are allowed; %u was given.", number->least, number->most,
                   *number->value);
}

static uint32_t or_default(uint32_t given, uint32_t usual)
{
    return given == 0 ? usual : given;
}

static void read_costs(const Spoina__V1__TeamOptions *given, struct sp_team_options *out)
{
    if (given->_partner_cost_case != SPOINA__V1__TEAM_OPTIONS___PARTNER_COST__NOT_SET) {
        out->partner_cost = given->partner_cost;
    }
    if (given->_distance_cost_case != SPOINA__V1__TEAM_OPTIONS___DISTANCE_COST__NOT_SET) {
        out->distance_cost = given->distance_cost;
    }
    if (given->_owes_cost_case != SPOINA__V1__TEAM_OPTIONS___OWES_COST__NOT_SET) {
        out->owes_cost = given->owes_cost;
    }
    if (given->_stranger_cost_case != SPOINA__V1__TEAM_OPTIONS___STRANGER_COST__NOT_SET) {
        out->stranger_cost = given->stranger_cost;
    }
}

static enum sp_status read_given(const Spoina__V1__TeamOptions *given, struct sp_team_options *out,
                                 struct sp_error *err)
{
    out->teams = or_default(given->teams, SP_TEAMS_DEFAULT);
    out->members_max = or_default(given->members_max, SP_MEMBERS_DEFAULT);
    out->supersets_too = given->supersets_too != 0;
    out->by_size = given->by_size != 0;
    out->search_limit_ms = or_default(given->search_limit_ms, SP_SEARCH_LIMIT_MS_DEFAULT);
    if (given->_least_share_permille_case !=
        SPOINA__V1__TEAM_OPTIONS___LEAST_SHARE_PERMILLE__NOT_SET) {
        out->least_share_permille = given->least_share_permille;
    }
    if (given->_most_share_permille_case !=
        SPOINA__V1__TEAM_OPTIONS___MOST_SHARE_PERMILLE__NOT_SET) {
        out->most_share_permille = given->most_share_permille;
    }
    read_costs(given, out);
    uint32_t shared = 0;
    if (given->_shared_members_max_case != SPOINA__V1__TEAM_OPTIONS___SHARED_MEMBERS_MAX__NOT_SET) {
        shared = given->shared_members_max;
        out->shared_members_max = shared <= SP_MEMBERS_MOST ? (int32_t)shared : -1;
    }
    const struct number numbers[] = {
        {"teams", &out->teams, 1, SP_TEAMS_MAX},
        {"members_max", &out->members_max, SP_MEMBERS_LEAST, SP_MEMBERS_MOST},
        {"shared_members_max", &shared, 0, SP_MEMBERS_MOST},
        {"least_share_permille", &out->least_share_permille, 0, PERMILLE},
        {"most_share_permille", &out->most_share_permille, 1, PERMILLE},
        {"most_share_permille", &out->most_share_permille, out->least_share_permille, PERMILLE},
        {"partner_cost", &out->partner_cost, 0, SP_COST_MAX},
        {"distance_cost", &out->distance_cost, 0, SP_COST_MAX},
        {"owes_cost", &out->owes_cost, 0, SP_COST_MAX},
        {"stranger_cost", &out->stranger_cost, 0, SP_COST_MAX},
        {"search_limit_ms", &out->search_limit_ms, 1, SP_SEARCH_LIMIT_MS_MAX},
    };
    enum sp_status status = SP_OK;
    for (size_t i = 0; status == SP_OK && i < SP_COUNT(numbers); i++) {
        status = check(&numbers[i], err);
    }
    return status;
}

enum sp_status sp_team_options_read(const Spoina__V1__TeamOptions *given,
                                    struct sp_team_options *out, struct sp_error *err)
{
    *out = (struct sp_team_options){
        .teams = SP_TEAMS_DEFAULT,
        .members_max = SP_MEMBERS_DEFAULT,
        .shared_members_max = -1,
        .least_share_permille = SP_LEAST_SHARE_DEFAULT,
        .most_share_permille = PERMILLE,
        .partner_cost = SP_PARTNER_COST_DEFAULT,
        .distance_cost = SP_DISTANCE_COST_DEFAULT,
        .owes_cost = SP_OWES_COST_DEFAULT,
        .stranger_cost = SP_STRANGER_COST_DEFAULT,
        .search_limit_ms = SP_SEARCH_LIMIT_MS_DEFAULT,
    };
    enum sp_status status = given == NULL ? SP_OK : read_given(given, out, err);
    if (status != SP_OK) {
        sp_error_prefix(err, "teams");
    }
    return status;
}

void sp_team_options_write(const struct sp_team_options *options, Spoina__V1__TeamOptions *out)
{
    spoina__v1__team_options__init(out);
    out->teams = options->teams;
    out->members_max = options->members_max;
    out->supersets_too = options->supersets_too;
    out->by_size = options->by_size;
    out->search_limit_ms = options->search_limit_ms;
    if (options->shared_members_max >= 0) {
        out->_shared_members_max_case =
            SPOINA__V1__TEAM_OPTIONS___SHARED_MEMBERS_MAX_SHARED_MEMBERS_MAX;
        out->shared_members_max = (uint32_t)options->shared_members_max;
    }
    out->_least_share_permille_case =
        SPOINA__V1__TEAM_OPTIONS___LEAST_SHARE_PERMILLE_LEAST_SHARE_PERMILLE;
    out->least_share_permille = options->least_share_permille;
    out->_most_share_permille_case =
        SPOINA__V1__TEAM_OPTIONS___MOST_SHARE_PERMILLE_MOST_SHARE_PERMILLE;
    out->most_share_permille = options->most_share_permille;
    out->_partner_cost_case = SPOINA__V1__TEAM_OPTIONS___PARTNER_COST_PARTNER_COST;
    out->partner_cost = options->partner_cost;
    out->_distance_cost_case = SPOINA__V1__TEAM_OPTIONS___DISTANCE_COST_DISTANCE_COST;
    out->distance_cost = options->distance_cost;
    out->_owes_cost_case = SPOINA__V1__TEAM_OPTIONS___OWES_COST_OWES_COST;
    out->owes_cost = options->owes_cost;
    out->_stranger_cost_case = SPOINA__V1__TEAM_OPTIONS___STRANGER_COST_STRANGER_COST;
    out->stranger_cost = options->stranger_cost;
}
