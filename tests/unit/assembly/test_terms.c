/* SPDX-License-Identifier: EUPL-1.2 */
/** @file Messages of a draft as questions to the rules, and as a purchase. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tests/unit/assembly/lot.h"

static const char *const NOBODY[] = {
    "{'id':'one','name':'Kto\xc5\x9b','offers':[{'id':'o','title':'Catering'}]}", NULL};

static int open_law(void **state)
{
    static struct test_law law;
    test_law_open(&law, NOBODY);
    *state = &law;
    return 0;
}

static int close_law(void **state)
{
    test_law_close(*state);
    return 0;
}

#define LOT                                                                                        \
    "'lots':[{'title':'Catering','requirements':[{'id':'a','text':'catering'},{'id':'b',"          \
    "'text':'sprzątanie','licences':['X','Y']}]"

static const struct sp_lot_term *term(const struct test_lot *lot, enum sp_term_kind kind,
                                      const char *subject)
{
    return &lot->assembly.terms.items[test_term(lot, kind, subject)];
}

static void every_offer_is_asked_for_the_same_things(void **state)
{
    struct test_lot lot;
    test_lot_open(&lot, *state, "{" LOT "}]}", NULL);
    const struct sp_lot_terms *terms = &lot.assembly.terms;
    assert_false(terms->deadline_known);
    assert_int_equal(terms->day, TEST_TODAY);
    assert_string_equal(terms->buyer_nip, "");
    assert_int_equal(terms->count, 6);
    static const enum sp_term_kind KINDS[] = {SP_TERM_EXCLUSION, SP_TERM_OWN_UNIT,
                                              SP_TERM_LICENCE,   SP_TERM_LICENCE,
                                              SP_TERM_ONE_OFFER, SP_TERM_EACH_PERFORMS};
    for (size_t t = 0; t < terms->count; t++) {
        assert_int_equal(terms->items[t].kind, KINDS[t]);
    }
    /* two licences of one requirement are two questions and one bit of the problem */
    assert_string_equal(terms->items[2].question.name, "X");
    assert_string_equal(terms->items[3].question.name, "Y");
    assert_int_equal(terms->items[3].requirements, 2);
    assert_int_equal(lot.assembly.problem.licence[0], -1);
    assert_int_equal(lot.assembly.problem.licence[1], 1);
    test_lot_close(&lot);
}

static void clauses_become_questions(void **state)
{
    struct test_lot lot;
    test_lot_open(
        &lot, *state,
        "{'deadline':'2026-12-10','buyer':{'nationalId':'NIP 691-00-00-000'}," LOT
        ",'clauses':[{'id':'r','kind':'CLAUSE_KIND_ART_94','sharePercent':40,'scope':"
        "'CLAUSE_SCOPE_PERFORMERS'},{'id':'w','kind':'CLAUSE_KIND_ART_95'},{'id':'e','kind':"
        "'CLAUSE_KIND_ART_96','groups':['SOCIAL_GROUP_DISABLED'],'persons':2,"
        "'countsPresentStaff':true},{'id':'u','kind':'CLAUSE_KIND_ART_100'},{'id':'k','kind':"
        "'CLAUSE_KIND_KEY_TASKS','requirementIds':['b']}]}]}",
        NULL);
    assert_true(lot.assembly.terms.deadline_known);
    assert_int_equal(lot.assembly.terms.day, sp_day_from_civil(2026, 12, 10));
    assert_string_equal(lot.assembly.terms.buyer_nip, "6910000000");
    const struct sp_lot_term *reserved = term(&lot, SP_TERM_ART_94, "r");
    assert_int_equal(reserved->type, SP_TERM_EVERY);
    assert_int_equal(reserved->reservation.share_percent, 40);
    assert_int_equal(reserved->reservation.scope, SP_SCOPE_PERFORMERS);
    const struct sp_lot_term *employ = term(&lot, SP_TERM_ART_96, "e");
    assert_int_equal(employ->type, SP_TERM_SUM);
    assert_int_equal(employ->asked, 2);
    assert_int_equal(employ->employment.wording, SP_EMPLOYS);
    assert_int_equal(term(&lot, SP_TERM_ART_95, "w")->type, SP_TERM_EVERY);
    const struct sp_lot_term *key = term(&lot, SP_TERM_KEY_TASKS, "k");
    assert_int_equal(key->type, SP_TERM_TEAM);
    assert_int_equal(key->requirements, 2);
    for (size_t t = 0; t < lot.assembly.terms.count; t++) { /* art. 100 asks nobody anything */
        assert_string_not_equal(lot.assembly.terms.items[t].subject, "u");
    }
    assert_int_equal(lot.assembly.problem.sum_count, 1);
    assert_int_equal(lot.assembly.sum_terms[0], test_term(&lot, SP_TERM_ART_96, "e"));
    test_lot_close(&lot);
}

static void conditions_take_the_type_of_their_kind_and_wording(void **state)
{
    static const struct {
        const char *condition;
        enum sp_term_type type;
        int64_t asked;
        bool performs;
    } CASES[] = {
        {"'kind':'CONDITION_KIND_REGISTER'", SP_TERM_EVERY, 1, false},
        {"'kind':'CONDITION_KIND_LICENCE','name':'L'", SP_TERM_PERFORMER, 1, true},
        {"'kind':'CONDITION_KIND_REFERENCES','count':2,'grosz':'5'", SP_TERM_ANY, 2, true},
        {"'kind':'CONDITION_KIND_REFERENCES'", SP_TERM_ANY, 1, true},
        {"'kind':'CONDITION_KIND_EXPERIENCE','grosz':'500'", SP_TERM_SUM, 500, true},
        {"'kind':'CONDITION_KIND_PERSONS','count':4", SP_TERM_SUM, 4, false},
        {"'kind':'CONDITION_KIND_PERSONS','count':4,'wording':'CONDITION_WORDING_EVERY'",
         SP_TERM_EVERY, 4, false},
        {"'kind':'CONDITION_KIND_EQUIPMENT','name':'van'", SP_TERM_ANY, 1, false},
        {"'kind':'CONDITION_KIND_CERTIFICATE','name':'ISO'", SP_TERM_PERFORMER, 1, true},
        {"'kind':'CONDITION_KIND_REVENUE','grosz':'700','year':2025", SP_TERM_SUM, 700, false},
        {"'kind':'CONDITION_KIND_REVENUE','grosz':'700','year':2025,'wording':"
         "'CONDITION_WORDING_ANY'",
         SP_TERM_ANY, 700, false},
        {"'kind':'CONDITION_KIND_INSURANCE','grosz':'900'", SP_TERM_ANY, 900, false},
        {"'kind':'CONDITION_KIND_INSURANCE','grosz':'900','wording':'CONDITION_WORDING_SUM'",
         SP_TERM_SUM, 900, false},
    };
    for (size_t i = 0; i < SP_COUNT(CASES); i++) {
        struct sp_arena *arena = sp_arena_new(1 << 20);
        struct test_lot lot;
        test_lot_open(
            &lot, *state,
            sp_arena_printf(arena, "{" LOT ",'conditions':[{'id':'c',%s}]}]}", CASES[i].condition),
            NULL);
        const struct sp_lot_term *got = term(&lot, SP_TERM_CONDITION, "c");
        if (got->type != CASES[i].type || got->asked != CASES[i].asked ||
            got->performs != CASES[i].performs) {
            fail_msg("%s: type %d, asked %lld", CASES[i].condition, (int)got->type,
                     (long long)got->asked);
        }
        test_lot_close(&lot);
        sp_arena_free(arena);
    }
}

static void the_latest_declaration_by_the_day_counts(void **state)
{
    (void)state;
    struct sp_arena *arena = sp_arena_new(1 << 20);
    const Spoina__V1__Entity *entity = (const Spoina__V1__Entity *)test_message(
        arena, &spoina__v1__entity__descriptor,
        "{'declarations':[{'kind':'DECLARATION_KIND_NOT_EXCLUDED','value':true,'date':"
        "'2026-09-01'},{'kind':'DECLARATION_KIND_NOT_EXCLUDED','value':false,'date':'2025-09-01'},"
        "{'kind':'DECLARATION_KIND_NOT_EXCLUDED','value':false,'date':'2026-12-24'},"
        "{'kind':'DECLARATION_KIND_NON_PROFIT','value':false},"
        "{'kind':'DECLARATION_KIND_INTEGRATION_AIM','value':true,'date':'2026-11-22'}]}");
    struct sp_statement said = sp_terms_statement(entity, TEST_TODAY);
    assert_int_equal(said.excluded, SP_ANSWER_NO);
    assert_int_equal(said.non_profit, SP_ANSWER_NO);
    assert_int_equal(said.integration_aim, SP_ANSWER_YES);
    assert_int_equal(said.participation, SP_ANSWER_UNKNOWN);
    assert_int_equal(sp_terms_statement(entity, TEST_TODAY + 60).excluded, SP_ANSWER_YES);
    sp_arena_free(arena);
}

static void a_draft_is_a_purchase(void **state)
{
    struct sp_arena *arena = sp_arena_new(8 << 20);
    const Spoina__V1__Draft *draft = test_draft(
        *state, arena,
        "{'title':'Catering','kind':'PURCHASE_KIND_SERVICES','publishedOn':'2026-10-01','cpv':["
        "'55520000'],'buyer':{'class':'BUYER_CLASS_LOCAL','publicFinanceSector':true},'lots':["
        "{'title':'Obiady','valueGrosz':'1000','from':'2026-01-15','to':'2026-03-14'},"
        "{'title':'Kolacje','valueGrosz':'2000','duration':{'amount':1,'unit':'year'}}]}");
    struct sp_purchase purchase;
    assert_int_equal(sp_terms_purchase(draft, 0, arena, &purchase, NULL), SP_OK);
    assert_int_equal(purchase.value_grosz, 3000); /* thresholds look at all lots together */
    assert_int_equal(purchase.initiated, sp_day_from_civil(2026, 10, 1));
    assert_int_equal(purchase.kind, SP_PURCHASE_SERVICES);
    assert_int_equal(purchase.buyer, SP_BUYER_LOCAL);
    assert_int_equal(purchase.public_sector, SP_ANSWER_YES);
    assert_int_equal(purchase.cpv_count, 1);
    assert_string_equal(purchase.cpv[0], "55520000");
    assert_int_equal(purchase.months, 2); /* 15 January to 14 March: two months to the day */
    assert_int_equal(sp_terms_purchase(draft, 1, arena, &purchase, NULL), SP_OK);
    assert_int_equal(purchase.months, 12);
    draft = test_draft(*state, arena,
                       "{'title':'Catering','lots':[{'title':'a','valueGrosz':'5'},"
                       "{'title':'b'}]}");
    assert_int_equal(sp_terms_purchase(draft, 0, arena, &purchase, NULL), SP_OK);
    assert_int_equal(purchase.value_grosz, SP_VALUE_UNKNOWN); /* not guessed */
    assert_int_equal(purchase.initiated, SP_DAY_UNKNOWN);
    assert_int_equal(purchase.months, 0);
    assert_int_equal(purchase.public_sector, SP_ANSWER_UNKNOWN);
    sp_arena_free(arena);
}

static void what_is_no_question_is_refused(void **state)
{
    (void)state;
    struct sp_arena *arena = sp_arena_new(1 << 20);
    struct sp_lot_terms terms;
    struct sp_error error = {0};
    /* drafts that no check let through */
    Spoina__V1__Draft *draft = (Spoina__V1__Draft *)test_message(
        arena, &spoina__v1__draft__descriptor,
        "{'lots':[{'requirements':[{'id':'a'}],'conditions':[{'id':'c','kind':"
        "'CONDITION_KIND_REGISTER','requirementIds':['z']}]}]}");
    assert_int_equal(sp_terms_read(draft, 0, TEST_TODAY, arena, &terms, &error), SP_INVALID);
    assert_string_equal(error.place, "c");
    draft = (Spoina__V1__Draft *)test_message(
        arena, &spoina__v1__draft__descriptor,
        "{'lots':[{'requirements':[{'id':'a'}],'clauses':[{'id':'k'}]}]}");
    assert_int_equal(sp_terms_read(draft, 0, TEST_TODAY, arena, &terms, &error), SP_INVALID);
    assert_string_equal(error.place, "k");
    sp_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_offer_is_asked_for_the_same_things),
        cmocka_unit_test(clauses_become_questions),
        cmocka_unit_test(conditions_take_the_type_of_their_kind_and_wording),
        cmocka_unit_test(the_latest_declaration_by_the_day_counts),
        cmocka_unit_test(a_draft_is_a_purchase),
        cmocka_unit_test(what_is_no_question_is_refused),
    };
    return cmocka_run_group_tests(tests, open_law, close_law);
}
