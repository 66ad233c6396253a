/* SPDX-License-Identifier: EUPL-1.2 */
/** @file Each part of a score by itself, on hand-made needs and offers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "matcher/scoring/evaluate.h"
#include "tests/unit/scoring/support.h"

enum { ARENA_BYTES = 8 << 20 };

static int open_world(void **state)
{
    static struct test_world world;
    static const char *const NOTHING[] = {NULL};
    test_world_open(&world, NOTHING);
    *state = &world;
    return 0;
}

static int close_world(void **state)
{
    test_world_close(*state);
    return 0;
}

static const struct sp_cpv *cpv(const struct test_world *world, const char *code)
{
    const struct sp_cpv *found = sp_cpv_find(world->vocabulary->cpv, sp_view_of(code));
    assert_non_null(found);
    return found;
}

static const struct sp_place *place(const struct test_world *world, const char *teryt)
{
    const struct sp_place *found =
        sp_territory_by_teryt(world->vocabulary->territory, sp_view_of(teryt));
    assert_non_null(found);
    return found;
}

static const Spoina__V1__Offer *offer_of(struct sp_arena *arena, const char *json)
{
    return (const Spoina__V1__Offer *)test_message(arena, &spoina__v1__offer__descriptor, json);
}

/* Codes. */

static uint32_t cpv_permille(const struct test_world *world, const char *main_code,
                             const char *additional, const char *offer)
{
    struct sp_arena *arena = sp_arena_new(ARENA_BYTES);
    struct sp_need need = {.codes = {cpv(world, main_code), cpv(world, additional)},
                           .code_count = 2};
    struct sp_cpv_score score = sp_score_cpv(world->vocabulary->cpv, &need, offer_of(arena, offer));
    sp_arena_free(arena);
    return score.part.permille;
}

static void the_same_code_counts_in_full(void **state)
{
    const struct test_world *world = *state;
    assert_int_equal(cpv_permille(world, "55321000", "98310000", "{'cpv':['55321000']}"), 1000);
    assert_int_equal(cpv_permille(world, "55321000", "98310000", "{'cpv':['98310000']}"),
                     SP_CPV_ADDITIONAL_PERMILLE);
    /* The closest pair wins, wherever it stands. */
    assert_int_equal(cpv_permille(world, "55321000", "98310000", "{'cpv':['45000000','55321000']}"),
                     1000);
    assert_int_equal(cpv_permille(world, "55321000", "55321000", "{'cpv':['45000000']}"), 0);
}

static void a_missing_code_is_unknown_not_zero(void **state)
{
    const struct test_world *world = *state;
    struct sp_arena *arena = sp_arena_new(ARENA_BYTES);
    struct sp_need need = {.codes = {cpv(world, "55321000")}, .code_count = 1};
    struct sp_need without = {.code_count = 0};
    const struct sp_cpv_tree *tree = world->vocabulary->cpv;
    struct sp_cpv_score no_offer_code = sp_score_cpv(tree, &need, offer_of(arena, "{}"));
    assert_true(no_offer_code.part.unknown);
    assert_int_equal(no_offer_code.part.permille, SP_NEUTRAL_PERMILLE);
    struct sp_cpv_score no_need_code =
        sp_score_cpv(tree, &without, offer_of(arena, "{'cpv':['55321000']}"));
    assert_true(no_need_code.part.unknown);
    struct sp_cpv_score profile = sp_score_cpv(tree, &need, NULL);
    assert_true(profile.part.unknown);
    assert_null(profile.needed);
    sp_arena_free(arena);
}

/* Places. Legnica (0262) and Lubin (powiat 0211) are about 21 km apart, Wrocław (0264) about 65. */

static const char LUBIN_SEAT[] = "{'teryt':'0211011','name':'Lubin','latitude':51.4009,"
                                 "'longitude':16.2016}";

static struct sp_place_score place_score(const struct test_world *world, const char *needed,
                                         const char *offer, const char *seat)
{
    struct sp_arena *arena = sp_arena_new(ARENA_BYTES);
    struct sp_need need = {.place_count = 0};
    if (*needed != '\0') {
        need.places[need.place_count++] = place(world, needed);
    }
    const Spoina__V1__Place *from =
        seat == NULL
            ? NULL
            : (const Spoina__V1__Place *)test_message(arena, &spoina__v1__place__descriptor, seat);
    struct sp_place_score score = sp_score_place(&need, offer_of(arena, offer), from);
    sp_arena_free(arena);
    return score;
}

static void an_area_served_counts_by_nearness(void **state)
{
    const struct test_world *world = *state;
    struct sp_place_score by_unit =
        place_score(world, "0262", "{'area':{'teryt':['0262']}}", LUBIN_SEAT);
    assert_int_equal(by_unit.reach, SP_REACH_SERVED);
    assert_in_range(by_unit.distance_m, 18000, 24000);
    assert_in_range(by_unit.part.permille, 950, 980); /* 300 + 700 x about 0.945 */
    struct sp_place_score by_circle =
        place_score(world, "0262", "{'area':{'kilometres':30}}", LUBIN_SEAT);
    assert_int_equal(by_circle.reach, SP_REACH_SERVED);
    assert_int_equal(by_circle.part.permille, by_unit.part.permille);
    struct sp_place_score at_home =
        place_score(world, "0211", "{'area':{'teryt':['02']}}", LUBIN_SEAT);
    assert_int_equal(at_home.distance_m, 0);
    assert_int_equal(at_home.part.permille, 1000);
    struct sp_place_score far = place_score(world, "0264", "{'area':{'teryt':['02']}}", LUBIN_SEAT);
    assert_true(far.part.permille < by_unit.part.permille);
    assert_true(far.part.permille > SP_PLACE_FAR_PERMILLE);
}

static void outside_the_area_is_zero(void **state)
{
    const struct test_world *world = *state;
    struct sp_place_score other =
        place_score(world, "0262", "{'area':{'teryt':['0264']}}", LUBIN_SEAT);
    assert_int_equal(other.reach, SP_REACH_NOT_SERVED);
    assert_int_equal(other.part.permille, 0);
    assert_false(other.part.unknown);
    struct sp_place_score circle =
        place_score(world, "0264", "{'area':{'kilometres':30}}", LUBIN_SEAT);
    assert_int_equal(circle.reach, SP_REACH_NOT_SERVED);
}

static void a_part_of_the_region_counts_half(void **state)
{
    const struct test_world *world = *state;
    struct sp_place_score whole = place_score(world, "02", "{'area':{'teryt':['02']}}", LUBIN_SEAT);
    struct sp_place_score part =
        place_score(world, "02", "{'area':{'teryt':['0211']}}", LUBIN_SEAT);
    assert_int_equal(part.reach, SP_REACH_PARTLY);
    assert_int_equal(part.part.permille, whole.part.permille / 2);
}

static void an_unknown_area_or_place_is_shown_as_unknown(void **state)
{
    const struct test_world *world = *state;
    struct sp_place_score no_area = place_score(world, "0262", "{}", LUBIN_SEAT);
    assert_int_equal(no_area.reach, SP_REACH_AREA_UNKNOWN);
    assert_true(no_area.part.unknown);
    assert_in_range(no_area.part.permille, 1, SP_NEUTRAL_PERMILLE);
    struct sp_place_score nowhere = place_score(world, "0262", "{}", NULL);
    assert_false(nowhere.has_distance);
    assert_int_equal(nowhere.part.permille, SP_NEUTRAL_PERMILLE / 2);
    struct sp_place_score no_place =
        place_score(world, "", "{'area':{'teryt':['0262']}}", LUBIN_SEAT);
    assert_int_equal(no_place.reach, SP_REACH_PLACE_UNKNOWN);
    assert_int_equal(no_place.part.permille, SP_NEUTRAL_PERMILLE);
    /* A circle around a seat that nobody knows is no known area. */
    struct sp_place_score circle = place_score(world, "0262", "{'area':{'kilometres':30}}", NULL);
    assert_int_equal(circle.reach, SP_REACH_AREA_UNKNOWN);
}

/* Capacity. */

static struct sp_capacity_score capacity_score(const struct test_world *world, const char *demand,
                                               int32_t term_days, const char *offer)
{
    struct sp_arena *arena = sp_arena_new(ARENA_BYTES);
    const struct sp_units *units = world->vocabulary->units;
    struct sp_need need = {.to = SP_DAY_UNKNOWN, .term_days = term_days};
    if (*demand != '\0') {
        need.demand = (const Spoina__V1__Quantity *)test_message(
            arena, &spoina__v1__quantity__descriptor, demand);
        need.measure.unit = sp_unit_find(units, sp_view_of(need.demand->unit));
        need.measure.period = sp_period_find(units, sp_view_of(need.demand->period));
        assert_non_null(need.measure.unit);
    }
    assert_true(sp_day_parse(sp_view_of("2027-12-31"), &need.to));
    struct sp_capacity_score score = sp_score_capacity(units, &need, offer_of(arena, offer));
    sp_arena_free(arena);
    return score;
}

static void free_is_declared_less_committed(void **state)
{
    const struct test_world *world = *state;
    struct sp_capacity_score half =
        capacity_score(world, "{'amount':100,'unit':'meal','period':'day'}", 0,
                       "{'capacity':[{'declared':{'amount':120,'unit':'meal','period':'day'},"
                       "'committed':{'amount':70,'unit':'meal','period':'day'}}]}");
    assert_int_equal(half.state, SP_CAPACITY_COMPARED);
    assert_true(half.free == 50);
    assert_int_equal(half.part.permille, 500);
    assert_false(half.part.unknown);
    struct sp_capacity_score over =
        capacity_score(world, "{'amount':100,'unit':'meal','period':'day'}", 0,
                       "{'capacity':[{'declared':{'amount':20,'unit':'meal','period':'day'},"
                       "'committed':{'amount':70,'unit':'meal','period':'day'}}]}");
    assert_true(over.free == 0);
    assert_int_equal(over.part.permille, 0);
    assert_false(over.part.unknown); /* declared and used up is zero, not unknown */
}

static void units_and_periods_are_converted(void **state)
{
    const struct test_world *world = *state;
    struct sp_capacity_score tonnes =
        capacity_score(world, "{'amount':2000,'unit':'kg','period':'month'}", 0,
                       "{'capacity':[{'declared':{'amount':1,'unit':'Mg','period':'month'}}]}");
    assert_int_equal(tonnes.state, SP_CAPACITY_COMPARED);
    assert_true(tonnes.free == 1000);
    assert_int_equal(tonnes.part.permille, 500);
    struct sp_capacity_score yearly =
        capacity_score(world, "{'amount':1200,'unit':'h','period':'year'}", 0,
                       "{'capacity':[{'declared':{'amount':100,'unit':'h','period':'month'}}]}");
    assert_int_equal(yearly.part.permille, 1000);
    struct sp_capacity_score apart =
        capacity_score(world, "{'amount':10,'unit':'h'}", 0,
                       "{'capacity':[{'declared':{'amount':10,'unit':'kg'}}]}");
    assert_int_equal(apart.state, SP_CAPACITY_NOT_COMPARABLE);
    assert_int_equal(apart.part.permille, SP_NEUTRAL_PERMILLE);
    assert_true(apart.part.unknown);
}

static void a_total_meets_a_rate_over_the_term(void **state)
{
    const struct test_world *world = *state;
    static const char OFFER[] =
        "{'capacity':[{'declared':{'amount':100,'unit':'h','period':'month'}}]}";
    struct sp_capacity_score whole_year =
        capacity_score(world, "{'amount':1200,'unit':'h'}", 365, OFFER);
    assert_int_equal(whole_year.state, SP_CAPACITY_COMPARED);
    assert_int_equal(whole_year.part.permille, 1000);
    struct sp_capacity_score unknown_term =
        capacity_score(world, "{'amount':1200,'unit':'h'}", 0, OFFER);
    assert_int_equal(unknown_term.state, SP_CAPACITY_NOT_COMPARABLE);
    struct sp_capacity_score other_way =
        capacity_score(world, "{'amount':10,'unit':'h','period':'day'}", 365,
                       "{'capacity':[{'declared':{'amount':100,'unit':'h'}}]}");
    assert_int_equal(other_way.state, SP_CAPACITY_NOT_COMPARABLE);
}

static void unknown_ranks_between_enough_and_too_little(void **state)
{
    const struct test_world *world = *state;
    static const char DEMAND[] = "{'amount':100,'unit':'h','period':'month'}";
    struct sp_capacity_score unknown = capacity_score(world, DEMAND, 0, "{}");
    assert_int_equal(unknown.state, SP_CAPACITY_NOT_DECLARED);
    assert_true(unknown.part.unknown);
    struct sp_capacity_score enough = capacity_score(
        world, DEMAND, 0, "{'capacity':[{'declared':{'amount':100,'unit':'h','period':'month'}}]}");
    struct sp_capacity_score little = capacity_score(
        world, DEMAND, 0, "{'capacity':[{'declared':{'amount':10,'unit':'h','period':'month'}}]}");
    assert_true(enough.part.permille > unknown.part.permille);
    assert_true(unknown.part.permille > little.part.permille);
    struct sp_capacity_score no_demand = capacity_score(
        world, "", 0, "{'capacity':[{'declared':{'amount':1,'unit':'h','period':'month'}}]}");
    assert_int_equal(no_demand.state, SP_CAPACITY_NO_DEMAND);
    assert_true(no_demand.part.unknown);
    struct sp_capacity_score zero_demand =
        capacity_score(world, "{'amount':0,'unit':'h','period':'month'}", 0,
                       "{'capacity':[{'declared':{'amount':0,'unit':'h','period':'month'}}]}");
    assert_int_equal(zero_demand.part.permille, 1000);
}

static void orders_and_dates_bound_what_is_free(void **state)
{
    const struct test_world *world = *state;
    static const char DEMAND[] = "{'amount':100,'unit':'h'}";
    struct sp_capacity_score maximum = capacity_score(
        world, DEMAND, 0,
        "{'capacity':[{'declared':{'amount':500,'unit':'h'}}],'maximumOrder':{'amount':40,"
        "'unit':'h'}}");
    assert_int_equal(maximum.part.permille, 400);
    struct sp_capacity_score minimum = capacity_score(
        world, DEMAND, 0,
        "{'capacity':[{'declared':{'amount':500,'unit':'h'}}],'minimumOrder':{'amount':200,"
        "'unit':'h'}}");
    assert_int_equal(minimum.state, SP_CAPACITY_BELOW_MINIMUM);
    assert_int_equal(minimum.part.permille, 0);
    struct sp_capacity_score late = capacity_score(
        world, DEMAND, 0,
        "{'capacity':[{'declared':{'amount':500,'unit':'h'},'freeFrom':'2028-01-01'}]}");
    assert_int_equal(late.state, SP_CAPACITY_NOT_YET);
    assert_int_equal(late.part.permille, 0);
    /* Of several capacities the one that can be compared, and gives most, counts. */
    struct sp_capacity_score best = capacity_score(
        world, DEMAND, 0,
        "{'capacity':[{'declared':{'amount':500,'unit':'kg'}},{'declared':{'amount':20,'unit':"
        "'h'}},{'declared':{'amount':70,'unit':'h'}},{}]}");
    assert_int_equal(best.part.permille, 700);
}

/* Evidence. */

static uint32_t evidence_permille(const struct test_world *world, const char *entity, bool *unknown)
{
    struct sp_arena *arena = sp_arena_new(ARENA_BYTES);
    struct sp_need need = {.codes = {cpv(world, "55321000")}, .code_count = 1};
    sp_day day = SP_DAY_UNKNOWN;
    assert_true(sp_day_parse(sp_view_of("2026-11-22"), &day));
    const ProtobufCMessage *message = test_message(arena, &spoina__v1__entity__descriptor, entity);
    struct sp_evidence_score score =
        sp_score_evidence(world->vocabulary, &need, (const Spoina__V1__Entity *)message, day);
    *unknown = score.part.unknown;
    uint32_t permille = score.part.permille;
    sp_arena_free(arena);
    return permille;
}

static void evidence_fades_over_two_years(void **state)
{
    const struct test_world *world = *state;
    bool unknown = false;
    assert_int_equal(evidence_permille(world, "{}", &unknown), 0);
    assert_true(unknown);
    assert_int_equal(
        evidence_permille(world, "{'provenance':{'confirmedOn':'2026-11-22'}}", &unknown), 300);
    assert_false(unknown);
    assert_int_equal(
        evidence_permille(world, "{'provenance':{'confirmedOn':'2025-11-22'}}", &unknown), 150);
    assert_int_equal(
        evidence_permille(world, "{'provenance':{'confirmedOn':'2024-11-22'}}", &unknown), 0);
    assert_int_equal(
        evidence_permille(world, "{'provenance':{'confirmedOn':'2030-01-01'}}", &unknown), 300);
    assert_int_equal(
        evidence_permille(world, "{'references':[{'cpv':'55321000','to':'2026-11-22'}]}", &unknown),
        700);
    assert_int_equal(
        evidence_permille(world, "{'references':[{'cpv':'45000000','to':'2026-11-22'}]}", &unknown),
        0);
    assert_int_equal(evidence_permille(world,
                                       "{'references':[{'cpv':'55321000','to':'2025-11-22'},"
                                       "{'cpv':'55321000','to':'2020-01-01'}],"
                                       "'provenance':{'confirmedOn':'2026-11-22'}}",
                                       &unknown),
                     650);
}

/* Words. */

static uint32_t text_permille(const struct test_world *world, const char *draft_json,
                              const char *entity_json, struct sp_text_score *score)
{
    static struct sp_need need; /* outlives the call with the score */
    static struct sp_offer offer;
    struct sp_arena *arena = sp_arena_new(ARENA_BYTES);
    const Spoina__V1__Draft *draft =
        (const Spoina__V1__Draft *)test_message(arena, &spoina__v1__draft__descriptor, draft_json);
    const Spoina__V1__Entity *entity = (const Spoina__V1__Entity *)test_message(
        arena, &spoina__v1__entity__descriptor, entity_json);
    struct sp_need_tools tools = {world->analyser, world->vocabulary, world->index, arena};
    assert_int_equal(sp_need_read(&tools, draft, 0, 0, &need, NULL), SP_OK);
    assert_int_equal(
        sp_offer_read(world->analyser, world->vocabulary->services, entity, 0, arena, &offer, NULL),
        SP_OK);
    sp_score_text(&need, &offer, score);
    sp_arena_free(arena);
    return score->permille;
}

static void words_meet_in_any_form(void **state)
{
    struct sp_text_score score;
    uint32_t same =
        text_permille(*state, "{'lots':[{'title':'Wycena drzewostanu','requirements':[{}]}]}",
                      "{'offers':[{'title':'Drzewostany wyceniamy i robimy wyceny'}]}", &score);
    assert_int_equal(same, 1000);
    uint32_t described = text_permille(
        *state, "{'lots':[{'title':'Wycena drzewostanu','requirements':[{}]}]}",
        "{'offers':[{'title':'Różne','description':'Wyceny drzewostanów.'}]}", &score);
    assert_int_equal(described, SP_TEXT_DESCRIPTION_PERMILLE);
    uint32_t none =
        text_permille(*state, "{'lots':[{'title':'Wycena drzewostanu','requirements':[{}]}]}",
                      "{'offers':[{'title':'Ceramika'}]}", &score);
    assert_int_equal(none, 0);
}

static void formulas_and_place_names_do_not_count(void **state)
{
    struct sp_text_score score;
    assert_int_equal(
        text_permille(*state,
                      "{'lots':[{'title':'Świadczenie usługi: wycena drzewostanu w Legnicy zgodnie "
                      "z opisem przedmiotu zamówienia','requirements':[{}]}]}",
                      "{'offers':[{'title':'Zamówienia, opisy i usługi w Legnicy'}]}", &score),
        0);
}

static void a_service_joins_what_words_do_not(void **state)
{
    struct sp_text_score score;
    uint32_t joined = text_permille(
        *state,
        "{'lots':[{'title':'Usługi opiekuńcze w miejscu zamieszkania','requirements':[{}]}]}",
        "{'offers':[{'title':'Opieka domowa nad osobami starszymi'}]}", &score);
    assert_true(joined >= SP_TEXT_SERVICE_PERMILLE);
    assert_non_null(score.service.need);
    assert_non_null(score.service.offered);
    uint32_t declared =
        text_permille(*state, "{'lots':[{'title':'Koszenie trawników','requirements':[{}]}]}",
                      "{'offers':[{'title':'Zespół pracy','service':['MOW']}]}", &score);
    assert_true(declared >= SP_TEXT_SERVICE_PERMILLE);
    assert_null(score.service.offered);
}

static void another_service_with_the_same_words_stays_below(void **state)
{
    struct sp_text_score score;
    uint32_t other = text_permille(
        *state, "{'lots':[{'title':'Przewóz osób z niepełnosprawnościami','requirements':[{}]}]}",
        "{'offers':[{'title':'Wsparcie osób z niepełnosprawnościami'}]}", &score);
    assert_null(score.service.need);
    assert_int_equal(other, SP_TEXT_OTHER_SERVICE_PERMILLE); /* half of the words would be 500 */
}

static void a_lot_without_words_takes_the_title_of_the_draft(void **state)
{
    struct sp_text_score score;
    assert_int_equal(text_permille(*state,
                                   "{'title':'Wycena drzewostanu','lots':[{'title':'Zadanie B',"
                                   "'requirements':[{}]}]}",
                                   "{'offers':[{'title':'Wycena drzewostanów'}]}", &score),
                     1000);
    /* A lot with words of its own does not: the title may be of the other lots. */
    assert_int_equal(text_permille(*state,
                                   "{'title':'Wycena drzewostanu','lots':[{'title':'Ceramika',"
                                   "'requirements':[{}]}]}",
                                   "{'offers':[{'title':'Wycena drzewostanów'}]}", &score),
                     0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_code_counts_in_full),
        cmocka_unit_test(a_missing_code_is_unknown_not_zero),
        cmocka_unit_test(an_area_served_counts_by_nearness),
        cmocka_unit_test(outside_the_area_is_zero),
        cmocka_unit_test(a_part_of_the_region_counts_half),
        cmocka_unit_test(an_unknown_area_or_place_is_shown_as_unknown),
        cmocka_unit_test(free_is_declared_less_committed),
        cmocka_unit_test(units_and_periods_are_converted),
        cmocka_unit_test(a_total_meets_a_rate_over_the_term),
        cmocka_unit_test(unknown_ranks_between_enough_and_too_little),
        cmocka_unit_test(orders_and_dates_bound_what_is_free),
        cmocka_unit_test(evidence_fades_over_two_years),
        cmocka_unit_test(words_meet_in_any_form),
        cmocka_unit_test(formulas_and_place_names_do_not_count),
        cmocka_unit_test(a_service_joins_what_words_do_not),
        cmocka_unit_test(another_service_with_the_same_words_stays_below),
        cmocka_unit_test(a_lot_without_words_takes_the_title_of_the_draft),
    };
    return cmocka_run_group_tests(tests, open_world, close_world);
}
