/* SPDX-License-Identifier: EUPL-1.2 */
/** @file What integers cannot say: one offer drawn on twice, and holders of references who perform.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/assembly/lot.h"

#define COOK "'title':'Catering: obiady','cpv':['55520000'],'area':{'teryt':['02']}"
#define MOW "'title':'Koszenie trawników','cpv':['77314100'],'area':{'teryt':['02']}"
#define MEALS(amount) "'capacity':[{'declared':{'amount':" amount ",'unit':'meal','period':'day'}}]"

/** One kitchen with 120 meals a day; another, poorer in words, that says nothing of its capacity.
 */
static const char *const KITCHENS[] = {
    "{'id':'k','name':'Kuchnia','offers':[{'id':'o'," COOK "," MEALS("120") "}]}",
    "{'id':'l','name':'Bar','offers':[{'id':'o','title':'Obiady','cpv':['55520000'],'area':{"
    "'teryt':['02']}}]}",
    NULL};

#define SCHOOL(id, amount)                                                                         \
    "{'id':'" id "','text':'catering, obiady','cpv':['55520000'],'demand':{'amount':" amount       \
    ",'unit':'meal','period':'day'}}"

static void one_offer_is_not_given_out_twice(void **state)
{
    (void)state;
    struct test_law law;
    struct test_lot lot;
    test_law_open(&law, KITCHENS);
    /* either school alone is within 120 meals a day, both are not */
    test_lot_open(&lot, &law,
                  "{'title':'Obiady','places':['0262'],'lots':[{'title':'Obiady','requirements':["
                  "" SCHOOL("a", "100") "," SCHOOL("b", "70") "]}]}",
                  NULL);
    const struct sp_assembly *assembly = &lot.assembly;
    uint32_t kitchen = test_entity(&lot, "k");
    const struct sp_contender *contender =
        &assembly->problem.candidates[assembly->standings[kitchen].candidate];
    assert_int_equal(assembly->standings[kitchen].stations[0].effort, 500);
    assert_int_equal(assembly->standings[kitchen].stations[1].effort, 500);
    /* 100 meals for 500 units and 20 of 70 for 142 more, whatever the split */
    assert_int_equal(contender->load, 642);
    assert_int_equal(sp_assembly_alone(assembly, kitchen), SP_ALONE_NO);
    struct sp_assembled_team teams[8];
    int32_t count = test_solve(&lot, teams, 8);
    assert_true(count >= 1);
    for (int32_t n = 0; n < count; n++) {
        for (size_t i = 0; i < teams[n].count; i++) {
            int32_t meals = teams[n].effort[i][0] * 100 + teams[n].effort[i][1] * 70;
            assert_true(teams[n].entities[i] != kitchen || meals <= 120 * 500);
        }
    }
    test_lot_close(&lot);
    test_law_close(&law);
}

static void an_overdrawn_offer_is_mended_beside_other_work(void **state)
{
    (void)state;
    /* both mow as well, so that the load cannot tell meals from grass; "l" mows better */
    static const char *const ENTITIES[] = {
        "{'id':'k','name':'Kuchnia','offers':[{'id':'o'," COOK "," MEALS(
            "120") "},{'id':'g','title':'Trawniki','cpv':['77314100'],'area':{'teryt':['02']}}]}",
        "{'id':'l','name':'Bar','offers':[{'id':'o'," COOK "},{'id':'g'," MOW "}]}", NULL};
    struct test_law law;
    struct test_lot lot;
    test_law_open(&law, ENTITIES);
    test_lot_open(&lot, &law,
                  "{'title':'Obsługa','places':['0262'],'lots':[{'title':'Obsługa','requirements':["
                  "" SCHOOL("a", "100") "," SCHOOL(
                      "b", "70") ",{'id':'c','text':'koszenie trawników','cpv':['77314100']}]}]}",
                  NULL);
    const struct sp_assembly *assembly = &lot.assembly;
    uint32_t pair[] = {test_entity(&lot, "k"), test_entity(&lot, "l")};
    struct sp_solved_team team = {0};
    int32_t members[] = {0, 1};
    assert_true(sp_team_value(&assembly->problem, members, 2, &team));
    struct sp_assembled_team settled;
    sp_assembly_read_team(assembly, &team, &settled);
    size_t row = settled.entities[0] == pair[0] ? 0 : 1;
    double wanted = settled.effort[row][0] * 100.0 / assembly->problem.demand[0] +
                    settled.effort[row][1] * 70.0 / assembly->problem.demand[1];
    assert_true(wanted > 120); /* the best allocation draws more than there is */
    assert_true(sp_assembly_settle(assembly, &team));
    assert_int_equal(team.allocation.uncovered, 0);
    sp_assembly_read_team(assembly, &team, &settled);
    for (size_t i = 0; i < settled.count; i++) {
        double meals = settled.effort[i][0] * 100.0 / assembly->problem.demand[0] +
                       settled.effort[i][1] * 70.0 / assembly->problem.demand[1];
        assert_true(settled.entities[i] != pair[0] || meals <= 120.0 + 1e-6);
    }
    int64_t value = 0; /* the value is that of the allocation */
    for (int32_t i = 0; i < team.count; i++) {
        const struct sp_standing *standing =
            &assembly->standings[assembly->candidates[team.members[i]]];
        for (size_t j = 0; j < 3; j++) {
            value += (int64_t)standing->stations[j].value * team.allocation.effort[i][j];
        }
    }
    assert_true(value == team.allocation.value);
    assert_true(team.score == value - settled.partners - settled.friction);
    test_lot_close(&lot);
    test_law_close(&law);
}

#define REFERENCE                                                                                  \
    "'references':[{'service':'obiady','cpv':'55520000','valueGrosz':9000000,'from':'2025-01-01'," \
    "'to':'2025-12-31','role':'sole'}]"
#define OTHER                                                                                      \
    "'references':[{'service':'koszenie','cpv':'77314100','valueGrosz':1,'from':'2025-01-01',"     \
    "'to':'2025-12-31','role':'sole'}]"
#define REFERENCED                                                                                 \
    "{'title':'Obsługa','places':['0262'],'deadline':'2026-12-10','lots':[{'title':'Obsługa',"   \
    "'requirements':[{'id':'a','text':'catering, obiady','cpv':['55520000']},{'id':'c','text':"    \
    "'koszenie trawników','cpv':['77314100']}],'conditions':[{'id':'w','kind':"                   \
    "'CONDITION_KIND_REFERENCES','count':1,'grosz':'5000000','cpv':'55','requirementIds':['a']}]}" \
    "]}"

static void a_holder_of_the_reference_performs_the_part(void **state)
{
    (void)state;
    /* "k" has the reference; it cooks less well than it mows, "l" the other way round */
    static const char *const ENTITIES[] = {
        "{'id':'k','name':'Kuchnia'," REFERENCE ",'offers':[{'id':'o','title':'Obiady','cpv':["
        "'55000000'],'area':{'teryt':['02']}},{'id':'g'," MOW "}]}",
        "{'id':'l','name':'Bar'," OTHER ",'offers':[{'id':'o'," COOK "}]}", NULL};
    struct test_law law;
    struct test_lot lot;
    test_law_open(&law, ENTITIES);
    test_lot_open(&lot, &law, REFERENCED, NULL);
    const struct sp_assembly *assembly = &lot.assembly;
    uint32_t holder = test_entity(&lot, "k");
    assert_int_equal(test_decision(&lot, "k", SP_TERM_CONDITION, "w"), SP_DECISION_MET);
    assert_int_equal(test_decision(&lot, "l", SP_TERM_CONDITION, "w"), SP_DECISION_NOT_MET);
    struct sp_solved_team team = {0};
    int32_t members[] = {0, 1};
    assert_true(sp_team_value(&assembly->problem, members, 2, &team));
    struct sp_assembled_team before;
    sp_assembly_read_team(assembly, &team, &before);
    size_t row = before.entities[0] == holder ? 0 : 1;
    assert_int_equal(before.effort[row][0], 0); /* the best allocation leaves cooking to "l" */
    int64_t score = team.score;
    assert_true(sp_assembly_settle(assembly, &team));
    struct sp_assembled_team after;
    sp_assembly_read_team(assembly, &team, &after);
    row = after.entities[0] == holder ? 0 : 1;
    assert_int_equal(after.effort[row][0], 50); /* the least load of a member */
    assert_int_equal(after.uncovered, 0);
    int64_t lost = (int64_t)50 * (assembly->standings[test_entity(&lot, "l")].stations[0].value -
                                  assembly->standings[holder].stations[0].value);
    assert_true(lost > 0);
    assert_true(team.score == score - lost);
    struct sp_verdicts verdicts;
    assert_int_equal(sp_assembly_verdicts(assembly, &after, lot.arena, &verdicts, NULL), SP_OK);
    assert_int_equal(test_ruling(&verdicts, SP_TERM_CONDITION, "w")->decision, SP_DECISION_MET);
    assert_int_equal(sp_assembly_verdicts(assembly, &before, lot.arena, &verdicts, NULL), SP_OK);
    assert_int_equal(test_ruling(&verdicts, SP_TERM_CONDITION, "w")->decision, SP_DECISION_NOT_MET);
    test_lot_close(&lot);
    test_law_close(&law);
}

static void a_reference_without_the_trade_does_not_count(void **state)
{
    (void)state;
    /* "k" has the reference and no longer cooks: it may not lend it to "l" */
    static const char *const ENTITIES[] = {
        "{'id':'k','name':'Kosiarze'," REFERENCE ",'offers':[{'id':'g'," MOW "}]}",
        "{'id':'l','name':'Bar'," OTHER ",'offers':[{'id':'o'," COOK "}]}", NULL};
    struct test_law law;
    struct test_lot lot;
    struct sp_assembled_team teams[4];
    test_law_open(&law, ENTITIES);
    test_lot_open(&lot, &law, REFERENCED, NULL);
    assert_int_equal(test_decision(&lot, "k", SP_TERM_CONDITION, "w"), SP_DECISION_MET);
    assert_int_equal(test_solve(&lot, teams, 4), 0);
    test_lot_close(&lot);
    test_law_close(&law);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_offer_is_not_given_out_twice),
        cmocka_unit_test(an_overdrawn_offer_is_mended_beside_other_work),
        cmocka_unit_test(a_holder_of_the_reference_performs_the_part),
        cmocka_unit_test(a_reference_without_the_trade_does_not_count),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
