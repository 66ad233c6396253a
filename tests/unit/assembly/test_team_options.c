/* SPDX-License-Identifier: EUPL-1.2 */
/** @file Options of teams: the published defaults, what a caller may set, what is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "matcher/assembly/team_options.h"

static void nothing_set_is_the_published_defaults(void **state)
{
    (void)state;
    Spoina__V1__TeamOptions empty = SPOINA__V1__TEAM_OPTIONS__INIT;
    struct sp_team_options absent;
    struct sp_team_options unset;
    assert_int_equal(sp_team_options_read(NULL, &absent, NULL), SP_OK);
    assert_int_equal(sp_team_options_read(&empty, &unset, NULL), SP_OK);
    assert_memory_equal(&absent, &unset, sizeof absent);
    assert_int_equal(absent.teams, 10); /* the numbers of match.proto */
    assert_int_equal(absent.members_max, 5);
    assert_int_equal(absent.shared_members_max, -1);
    assert_int_equal(absent.least_share_permille, 50);
    assert_int_equal(absent.most_share_permille, 1000);
    assert_int_equal(absent.partner_cost, 20);
    assert_int_equal(absent.distance_cost, 10);
    assert_int_equal(absent.owes_cost, 2);
    assert_int_equal(absent.stranger_cost, 3);
    assert_int_equal(absent.search_limit_ms, 2000);
}

static void an_explicit_zero_is_no_default(void **state)
{
    (void)state;
    Spoina__V1__TeamOptions given = SPOINA__V1__TEAM_OPTIONS__INIT;
    given._partner_cost_case = SPOINA__V1__TEAM_OPTIONS___PARTNER_COST_PARTNER_COST;
    given._shared_members_max_case =
        SPOINA__V1__TEAM_OPTIONS___SHARED_MEMBERS_MAX_SHARED_MEMBERS_MAX;
    given._least_share_permille_case =
        SPOINA__V1__TEAM_OPTIONS___LEAST_SHARE_PERMILLE_LEAST_SHARE_PERMILLE;
    struct sp_team_options options;
    assert_int_equal(sp_team_options_read(&given, &options, NULL), SP_OK);
    assert_int_equal(options.partner_cost, 0);
    assert_int_equal(options.shared_members_max, 0);
    assert_int_equal(options.least_share_permille, 0);
    assert_int_equal(options.owes_cost, 2);
}

static void what_is_written_is_read_back(void **state)
{
    (void)state;
    struct sp_team_options options = {
        .teams = 3,
        .members_max = 4,
        .supersets_too = true,
        .shared_members_max = 2,
        .by_size = true,
        .least_share_permille = 0,
        .most_share_permille = 600,
        .partner_cost = 1,
        .distance_cost = 2,
        .owes_cost = 0,
        .stranger_cost = 4,
        .search_limit_ms = 50,
    };
    struct sp_team_options back;
    Spoina__V1__TeamOptions message;
    sp_team_options_write(&options, &message);
    memset(&back, 0, sizeof back);
    assert_int_equal(sp_team_options_read(&message, &back, NULL), SP_OK);
    assert_int_equal(back.teams, 3);
    assert_int_equal(back.members_max, 4);
    assert_true(back.supersets_too);
    assert_int_equal(back.shared_members_max, 2);
    assert_true(back.by_size);
    assert_int_equal(back.least_share_permille, 0);
    assert_int_equal(back.most_share_permille, 600);
    assert_int_equal(back.partner_cost, 1);
    assert_int_equal(back.distance_cost, 2);
    assert_int_equal(back.owes_cost, 0);
    assert_int_equal(back.stranger_cost, 4);
    assert_int_equal(back.search_limit_ms, 50);
}

static void refuse(const Spoina__V1__TeamOptions *given, const char *place)
{
    struct sp_team_options options;
    struct sp_error error = {0};
    assert_int_equal(sp_team_options_read(given, &options, &error), SP_INVALID);
    assert_string_equal(error.place, place);
    assert_true(error.polish[0] != '\0' && error.english[0] != '\0');
}

static void numbers_out_of_range_name_their_field(void **state)
{
    (void)state;
    Spoina__V1__TeamOptions given = SPOINA__V1__TEAM_OPTIONS__INIT;
    given.teams = 51;
    refuse(&given, "teams.teams");
    given.teams = 50;
    given.members_max = 1;
    refuse(&given, "teams.members_max");
    given.members_max = 9;
    refuse(&given, "teams.members_max");
    given.members_max = 8;
    given.search_limit_ms = 10001;
    refuse(&given, "teams.search_limit_ms");
    given.search_limit_ms = 0;
    given._shared_members_max_case =
        SPOINA__V1__TEAM_OPTIONS___SHARED_MEMBERS_MAX_SHARED_MEMBERS_MAX;
    given.shared_members_max = UINT32_MAX;
    refuse(&given, "teams.shared_members_max");
    given.shared_members_max = 8;
    given._least_share_permille_case =
        SPOINA__V1__TEAM_OPTIONS___LEAST_SHARE_PERMILLE_LEAST_SHARE_PERMILLE;
    given._most_share_permille_case =
        SPOINA__V1__TEAM_OPTIONS___MOST_SHARE_PERMILLE_MOST_SHARE_PERMILLE;
    given.least_share_permille = 500;
    given.most_share_permille = 400; /* contradictory */
    refuse(&given, "teams.most_share_permille");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_set_is_the_published_defaults),
        cmocka_unit_test(an_explicit_zero_is_no_default),
        cmocka_unit_test(what_is_written_is_read_back),
        cmocka_unit_test(numbers_out_of_range_name_their_field),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
