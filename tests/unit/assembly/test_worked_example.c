/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * The worked example of the domain reference, from the catalogue to the verdicts: 170 lunch sets
 * reserved under art. 94, a foundation with a ZAZ (30 of 38 disabled, kitchen, no van) and a social
 * cooperative with a van (2 of 6 marginalised persons; then 1 of 4).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/unit/assembly/lot.h"

#define LEGNICA "'seat':{'teryt':'0262011','name':'Legnica','latitude':51.2101,'longitude':16.1619}"
#define NOT_EXCLUDED                                                                               \
    "'declarations':[{'kind':'DECLARATION_KIND_NOT_EXCLUDED','value':true,'date':'2026-09-01'}]"
#define KITCHEN                                                                                    \
    "{'id':'kuchnia','name':'Fundacja z ZAZ','legalForm':'LEGAL_FORM_FOUNDATION'," LEGNICA         \
    "," NOT_EXCLUDED ",'units':[{'id':'zaz','kind':'UNIT_KIND_ZAZ','name':'ZAZ Kuchnia'}],"        \
    "'employment':[{'asOf':'2026-10-31','unitId':'zaz','total':38,'groups':[{'group':"             \
    "'SOCIAL_GROUP_DISABLED','persons':30}]}],'licences':[{'kind':'PPIS','number':'12/2024'}],"    \
    "'references':[{'service':'obiady dla szkoły','cpv':'55520000','valueGrosz':15000000,"        \
    "'from':'2025-01-01','to':'2025-12-31','role':'sole'}],'offers':[{'id':'obiady','unitId':"     \
    "'zaz','title':'Catering: obiady','description':'Gotujemy obiady szkolne.','cpv':["            \
    "'55520000'],'area':{'teryt':['02']},'capacity':[{'declared':{'amount':250,'unit':'meal',"     \
    "'period':'day'},'committed':{'amount':50,'unit':'meal','period':'day'}}]}]}"
#define VAN(marginalised, total)                                                                   \
    "{'id':'dowoz','name':'Spółdzielnia Socjalna Dowóz','legalForm':"                           \
    "'LEGAL_FORM_SOCIAL_COOPERATIVE'," LEGNICA "," NOT_EXCLUDED                                    \
    ",'employment':[{'asOf':'2026-10-31','total':" total                                           \
    ",'groups':[{'group':'SOCIAL_GROUP_ANY_ART_94','persons':" marginalised                        \
    "}]}],'licences':[{'kind':'transport żywności','number':'7/2025'}],'offers':[{'id':'dowoz'," \
    "'title':'Przewóz towarów','description':'Przewozimy towary vanem.','cpv':['60181000'],"     \
    "'area':{'teryt':['02']}}]}"

#define DRAFT                                                                                      \
    "{'title':'Obiady dla szkoły','places':['0262'],'deadline':'2026-12-10','buyer':{"            \
    "'nationalId':'691-00-00-000'},'lots':[{'title':'Obiady z dowozem','requirements':["           \
    "{'id':'gotowanie','text':'obiady, catering','cpv':['55520000'],'licences':['PPIS'],"          \
    "'demand':{'amount':170,'unit':'meal','period':'day'},'valueGrosz':'30000000'},"               \
    "{'id':'dowóz','text':'przewóz towarów','cpv':['60181000'],'licences':["                    \
    "'transport żywności'],'valueGrosz':'10000000'}],"                                           \
    "'clauses':[{'id':'k1','kind':'CLAUSE_KIND_ART_94'}],"                                         \
    "'conditions':[{'id':'c1','kind':'CONDITION_KIND_REFERENCES','count':1,'grosz':'10000000',"    \
    "'cpv':'55','requirementIds':['gotowanie']}]}]}"

static const char *const TOGETHER[] = {"dowoz", "kuchnia", NULL};

static void the_consortium_of_the_reference_is_found_and_ruled_upon(void **state)
{
    (void)state;
    const char *const entities[] = {KITCHEN, VAN("2", "6"), NULL};
    struct test_law law;
    struct test_lot lot;
    test_law_open(&law, entities);
    test_lot_open(&lot, &law, DRAFT, NULL);
    assert_true(lot.assembly.terms.deadline_known);
    assert_int_equal(lot.assembly.effort_basis, SPOINA__V1__EFFORT_BASIS__EFFORT_BASIS_VALUE);
    assert_int_equal(lot.assembly.problem.demand[0], 750);
    assert_int_equal(lot.assembly.problem.demand[1], 250);

    struct sp_assembled_team teams[4];
    assert_int_equal(test_solve(&lot, teams, 4), 1);
    assert_int_equal(teams[0].count, 2);
    assert_int_equal(teams[0].uncovered, 0);
    /* the kitchen leads: it performs most */
    assert_int_equal(teams[0].entities[0], test_entity(&lot, "kuchnia"));
    assert_int_equal(teams[0].effort[0][0], 750);
    assert_int_equal(teams[0].effort[1][1], 250);
    assert_true(teams[0].score == teams[0].quality - teams[0].partners - teams[0].friction);
    assert_int_equal(teams[0].partners, 20 * 1000);
    assert_int_equal(teams[0].friction, 3 * 1000); /* next door, but strangers */

    struct sp_verdicts verdicts;
    assert_int_equal(sp_assembly_verdicts(&lot.assembly, &teams[0], lot.arena, &verdicts, NULL),
                     SP_OK);
    const struct sp_ruling *reserved = test_ruling(&verdicts, SP_TERM_ART_94, "k1");
    assert_int_equal(reserved->decision, SP_DECISION_MET);
    assert_int_equal(reserved->certainty, SP_CERTAINTY_INTERPRETATION);
    const struct sp_ruling *references = test_ruling(&verdicts, SP_TERM_CONDITION, "c1");
    assert_int_equal(references->decision, SP_DECISION_MET);
    assert_int_equal(references->count, 1); /* only who cooks is asked */
    assert_int_equal(references->verdicts[0].member, 0);
    assert_int_equal(test_ruling(&verdicts, SP_TERM_LICENCE, "gotowanie")->decision,
                     SP_DECISION_MET);
    const struct sp_ruling *transport = test_ruling(&verdicts, SP_TERM_LICENCE, "dowóz");
    assert_int_equal(transport->decision, SP_DECISION_MET);
    assert_int_equal(transport->verdicts[0].member, 1); /* shown separately, of the van */
    assert_int_equal(test_ruling(&verdicts, SP_TERM_EXCLUSION, "")->decision, SP_DECISION_MET);
    assert_int_equal(test_ruling(&verdicts, SP_TERM_EACH_PERFORMS, "")->decision, SP_DECISION_MET);
    assert_int_equal(verdicts.decision, SP_DECISION_MET);
    assert_true(verdicts.complete);
    assert_true(verdicts.capacity_unknown); /* nobody said how much the van can carry */
    assert_int_equal(sp_assembly_alone(&lot.assembly, test_entity(&lot, "kuchnia")), SP_ALONE_NO);
    assert_int_equal(sp_assembly_alone(&lot.assembly, test_entity(&lot, "dowoz")), SP_ALONE_NO);
    test_lot_close(&lot);
    test_law_close(&law);
}

static void one_of_four_fails_though_the_pooled_share_is_high(void **state)
{
    (void)state;
    const char *const entities[] = {KITCHEN, VAN("1", "4"), NULL};
    struct test_law law;
    struct test_lot lot;
    test_law_open(&law, entities);
    test_lot_open(&lot, &law, DRAFT, NULL);
    struct sp_assembled_team teams[4];
    assert_int_equal(test_solve(&lot, teams, 4), 0);
    assert_int_equal(test_decision(&lot, "dowoz", SP_TERM_ART_94, "k1"), SP_DECISION_NOT_MET);
    assert_int_equal(test_decision(&lot, "kuchnia", SP_TERM_ART_94, "k1"), SP_DECISION_MET);
    assert_false(lot.assembly.standings[test_entity(&lot, "dowoz")].status);
    /* it stays known: the team can be ruled upon, and the ruling names who fails */
    struct sp_assembled_team team;
    struct sp_verdicts verdicts = test_rule(&lot, TOGETHER, &team);
    assert_int_equal(team.uncovered, 0);
    assert_false(verdicts.complete);
    assert_int_equal(verdicts.decision, SP_DECISION_NOT_MET);
    const struct sp_ruling *reserved = test_ruling(&verdicts, SP_TERM_ART_94, "k1");
    bool named = false;
    for (size_t i = 0; i < reserved->count; i++) {
        const struct sp_verdict *verdict = &reserved->verdicts[i];
        bool of_van = team.entities[verdict->member] == test_entity(&lot, "dowoz");
        named = named || (of_van && verdict->decision == SP_DECISION_NOT_MET &&
                          verdict->part == 1 && verdict->whole == 4);
        assert_true(of_van || verdict->decision == SP_DECISION_MET);
    }
    assert_true(named);
    test_lot_close(&lot);
    test_law_close(&law);
}

static void the_leader_may_be_the_only_one_asked(void **state)
{
    (void)state;
    const char *const entities[] = {KITCHEN, VAN("1", "4"), NULL};
    char draft[4096];
    const char *plain = strstr(DRAFT, "'CLAUSE_KIND_ART_94'");
    struct test_law law;
    struct test_lot lot;
    (void)snprintf(draft, sizeof draft, "%.*s,'scope':'CLAUSE_SCOPE_LEADER'%s",
                   (int)(plain - DRAFT + (int)strlen("'CLAUSE_KIND_ART_94'")), DRAFT,
                   plain + strlen("'CLAUSE_KIND_ART_94'"));
    test_law_open(&law, entities);
    test_lot_open(&lot, &law, draft, NULL);
    struct sp_assembled_team teams[4];
    assert_int_equal(test_solve(&lot, teams, 4), 1);
    assert_int_equal(teams[0].entities[0], test_entity(&lot, "kuchnia"));
    struct sp_verdicts verdicts;
    assert_int_equal(sp_assembly_verdicts(&lot.assembly, &teams[0], lot.arena, &verdicts, NULL),
                     SP_OK);
    assert_true(verdicts.complete);
    assert_int_equal(test_ruling(&verdicts, SP_TERM_ART_94, "k1")->decision, SP_DECISION_MET);
    test_lot_close(&lot);
    test_law_close(&law);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_consortium_of_the_reference_is_found_and_ruled_upon),
        cmocka_unit_test(one_of_four_fails_though_the_pooled_share_is_high),
        cmocka_unit_test(the_leader_may_be_the_only_one_asked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
