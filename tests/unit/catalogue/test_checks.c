/* SPDX-License-Identifier: EUPL-1.2 */
/** @file Checks of an entity: a table of entities and the field that is wrong, or the warning. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/utf8.h"
#include "matcher/catalogue/checks.h"
#include "matcher/vocabulary/vocabulary.h"
#include "tests/unit/catalogue/support.h"

static struct sp_language *language;
static struct sp_vocabulary *vocabulary;
static struct sp_arena *arena;

static int open_all(void **state)
{
    (void)state;
    struct sp_analyser *analyser = NULL;
    language = test_language_open();
    arena = sp_arena_new(64 << 20);
    assert_int_equal(sp_analyser_new(language, &analyser, NULL), SP_OK);
    assert_int_equal(sp_vocabulary_open(getenv("SPOINA_SHARE"), analyser, &vocabulary, NULL),
                     SP_OK);
    sp_analyser_free(analyser);
    return 0;
}

static int close_all(void **state)
{
    (void)state;
    sp_vocabulary_free(vocabulary);
    sp_language_free(language);
    sp_arena_free(arena);
    return 0;
}

static enum sp_status check(const char *json, struct sp_warnings *warnings, struct sp_error *err)
{
    Spoina__V1__Entity *entity = test_entity(arena, json);
    enum sp_status status = sp_entity_normalise(entity, arena, err);
    return status != SP_OK ? status : sp_entity_check(entity, vocabulary, warnings, err);
}

static void what_is_wrong_is_named_by_its_path(void **state)
{
    (void)state;
    static const struct {
        const char *rest; /* of the entity, after its name */
        const char *place;
    } cases[] = {
        {"'id':'a b'", "id"},
        {"'id':'123-456'", "id"},
        {"'nip':'5213017229'", "nip"},
        {"'regon':'123456784'", "regon"},
        {"'krs':'123'", "krs"},
        {"'legalForm':77", "legal_form"},
        {"'seat':{'teryt':'9999'}", "seat.teryt"},
        {"'seat':{'teryt':'02'},'units':[{'id':'u','kind':1,'place':{'teryt':'1'}}]",
         "units[0].place.teryt"},
        {"'seat':{'teryt':'0262999'}", "seat.teryt"}, /* Lower Silesia's table is whole */
        {"'seat':{'latitude':51}", "seat.longitude"},
        {"'seat':{'latitude':91,'longitude':16}", "seat.latitude"},
        {"'units':[{'id':'u','name':'x'}]", "units[0].kind"},
        {"'units':[{'kind':1}]", "units[0].id"},
        {"'units':[{'id':'u','kind':1},{'id':'u','kind':2}]", "units[1].id"},
        {"'statuses':[{'validFrom':'2026-01-01'}]", "statuses[0].kind"},
        {"'statuses':[{'kind':1,'validFrom':'1.01.2026'}]", "statuses[0].valid_from"},
        {"'statuses':[{'kind':1,'validFrom':'2026-02-30'}]", "statuses[0].valid_from"},
        {"'statuses':[{'kind':1,'validFrom':'2026-01-02','validTo':'2026-01-01'}]",
         "statuses[0].valid_to"},
        {"'statuses':[{'kind':1,'unitId':'u'}]", "statuses[0].unit_id"},
        {"'legalForm':'LEGAL_FORM_LOCAL_GOVERNMENT','statuses':[{'kind':'STATUS_KIND_PS'}]",
         "statuses[0].kind"},
        {"'legalForm':'LEGAL_FORM_BUSINESS','statuses':[{'kind':3},{'kind':'STATUS_KIND_PS'}]",
         "statuses[1].kind"},
        {"'employment':[{'total':5,'employmentContract':6}]", "employment[0].employment_contract"},
        {"'employment':[{'total':5,'groups':[{'group':1,'persons':4},{'group':2,'persons':6}]}]",
         "employment[0].groups[1].persons"},
        {"'employment':[{'groups':[{'persons':6}]}]", "employment[0].groups[0].group"},
        {"'offers':[{'id':'o'}]", "offers[0].title"},
        {"'offers':[{'title':'a','id':'o'},{'title':'b','id':'o'}]", "offers[1].id"},
        {"'offers':[{'title':'a'},{'title':'a'}]", "offers[1].id"},
        {"'offers':[{'title':'a','cpv':['77310000','7731']}]", "offers[0].cpv[1]"},
        {"'offers':[{'title':'a','cpv':['77310000-7']}]", "offers[0].cpv[0]"},
        {"'offers':[{'title':'a','cpv':['77310001']}]", "offers[0].cpv[0]"},
        {"'offers':[{'title':'a','service':['NIE MA']}]", "offers[0].service[0]"},
        {"'offers':[{'title':'a','unitId':'u'}]", "offers[0].unit_id"},
        {"'offers':[{'title':'a','capacity':[{'declared':{'amount':-1,'unit':'h'}}]}]",
         "offers[0].capacity[0].declared.amount"},
        {"'offers':[{'title':'a','capacity':[{'declared':{'amount':'NaN','unit':'h'}}]}]",
         "offers[0].capacity[0].declared.amount"},
        {"'offers':[{'title':'a','capacity':[{'declared':{'amount':1}}]}]",
         "offers[0].capacity[0].declared.unit"},
        {"'offers':[{'title':'a','capacity':[{'declared':{'amount':1,'unit':'wiadro'}}]}]",
         "offers[0].capacity[0].declared.unit"},
        {"'offers':[{'title':'a','capacity':[{'declared':{'amount':1,'unit':'h','period':'x'}}]}]",
         "offers[0].capacity[0].declared.period"},
        {"'offers':[{'title':'a','capacity':[{'declared':{'amount':1,'unit':'h'},"
         "'committed':{'amount':1,'unit':'h','period':'day'}}]}]",
         "offers[0].capacity[0].committed"},
        {"'offers':[{'title':'a','capacity':[{'committed':{'amount':1,'unit':'h'}}]}]",
         "offers[0].capacity[0].declared"},
        {"'offers':[{'title':'a','minimumOrder':{'amount':2,'unit':'h'},"
         "'maximumOrder':{'amount':1,'unit':'h'}}]",
         "offers[0].maximum_order"},
        {"'offers':[{'title':'a','priceGrosz':'-1'}]", "offers[0].price_grosz"},
        {"'offers':[{'title':'a','priceUnit':'wiadro'}]", "offers[0].price_unit"},
        {"'offers':[{'title':'a','area':{'teryt':['0262','x']}}]", "offers[0].area.teryt[1]"},
        {"'licences':[{'number':'1'}]", "licences[0].kind"},
        {"'references':[{'role':'boss'}]", "references[0].role"},
        {"'references':[{'valueGrosz':'-5'}]", "references[0].value_grosz"},
        {"'references':[{'from':'2026-01-02','to':'2026-01-01'}]", "references[0].to"},
        {"'insurance':[{'validTo':'kiedyś'}]", "insurance[0].valid_to"},
        {"'revenue':[{'year':26}]", "revenue[0].year"},
        {"'declarations':[{'value':true}]", "declarations[0].kind"},
        {"'declarations':[{'kind':77}]", "declarations[0].kind"},
        {"'declarations':[{'kind':1,'date':'kiedyś'}]", "declarations[0].date"},
        {"'declarations':[{'kind':1,'date':'2026-01-01'},"
         "{'kind':1,'date':'2026-01-01','value':true}]",
         "declarations[1].value"},
        {"'cooperations':[{'kind':'umowa'}]", "cooperations[0].entity_id"},
        {"'cooperations':[{'entityId':'ja i ty'}]", "cooperations[0].entity_id"},
        {"'id':'ja','cooperations':[{'entityId':'ty'},{'entityId':'ja'}]",
         "cooperations[1].entity_id"},
        {"'nip':'5213017228','cooperations':[{'entityId':'nip-5213017228'}]",
         "cooperations[0].entity_id"},
        {"'nip':'5213017228','cooperations':[{'entityId':'5213017228'}]",
         "cooperations[0].entity_id"},
        {"'cooperations':[{'entityId':'ty','from':'2026-01-02','to':'2026-01-01'}]",
         "cooperations[0].to"},
        {"'contact':{'email':'nie ma'}", "contact.email"},
        {"'provenance':{'confirmedOn':'wczoraj'}", "provenance.confirmed_on"},
        {"'offers':[{'title':'a\\u001b[2J'}]", "offers[0].title"},
    };
    for (size_t i = 0; i < SP_COUNT(cases); i++) {
        char json[512];
        struct sp_error err = {0};
        (void)snprintf(json, sizeof json, "{'name':'A',%s}", cases[i].rest);
        if (check(json, NULL, &err) != SP_INVALID || strcmp(err.place, cases[i].place) != 0) {
            fail_msg("%s: %s at '%s' (%s)", json, sp_status_name(err.status), err.place,
                     err.english);
        }
        assert_true(err.polish[0] != '\0' && strcmp(err.polish, err.english) != 0);
    }
    struct sp_error err = {0};
    assert_int_equal(check("{'nip':'5213017228'}", NULL, &err), SP_INVALID);
    assert_string_equal(err.place, "name");
}

static void what_is_odd_is_told_and_let_in(void **state)
{
    (void)state;
    static const struct {
        const char *rest;
        const char *place; /* "": no warning */
    } cases[] = {
        {"'legalForm':'LEGAL_FORM_SOCIAL_COOPERATIVE','statuses':[{'kind':'STATUS_KIND_PS'}]", ""},
        {"'legalForm':'LEGAL_FORM_FOUNDATION','statuses':[{'kind':'STATUS_KIND_OPP'}]", ""},
        {"'legalForm':'LEGAL_FORM_SOCIAL_COOPERATIVE','statuses':[{'kind':'STATUS_KIND_OPP'}]",
         "statuses[0]"},
        {"'legalForm':'LEGAL_FORM_LGU_ASSOCIATION','statuses':[{'kind':'STATUS_KIND_PS'}]",
         "statuses[0]"},
        {"'units':[{'id':'u','kind':2}],'statuses':[{'kind':'STATUS_KIND_PS','unitId':'u'}]",
         "statuses[0]"},
        {"'legalForm':'LEGAL_FORM_SHELTERED_EMPLOYER'", "statuses"},
        {"'seat':{'latitude':16.16,'longitude':51.2}", "seat"},
        {"'seat':{'teryt':'1465999'}", "teryt"},
        {"'declarations':[{'kind':1,'value':true}]", "declarations[0]"},
        {"'declarations':[{'kind':1,'value':true,'date':'2026-01-01'},"
         "{'kind':1,'date':'2025-01-01'}],'cooperations':[{'entityId':'nieznany'}]",
         ""},
    };
    for (size_t i = 0; i < SP_COUNT(cases); i++) {
        char json[512];
        struct sp_error err = {0};
        static struct sp_warnings warnings;
        (void)snprintf(json, sizeof json, "{'name':'A',%s}", cases[i].rest);
        assert_int_equal(check(json, &warnings, &err), SP_OK);
        assert_int_equal(warnings.count, cases[i].place[0] == '\0' ? 0 : 1);
        if (warnings.count > 0) {
            assert_string_equal(warnings.items[0].place, cases[i].place);
        }
    }
}

static void texts_get_their_one_form(void **state)
{
    (void)state;
    struct sp_error err = {0};
    Spoina__V1__Entity *entity = test_entity(
        arena, "{'name':'  Spo\\u0301\\u0142dzielnia \\u2013 x ','nip':'PL 521-301-72-28',"
               "'krs':'KRS 0000123456','offers':[{'title':'a','cpv':['77310000-6']}]}");
    assert_int_equal(sp_entity_normalise(entity, arena, &err), SP_OK);
    assert_string_equal(entity->name, "Spółdzielnia – x");
    assert_string_equal(entity->nip, "5213017228");
    assert_string_equal(entity->krs, "0000123456");
    assert_string_equal(entity->offers[0]->cpv[0], "77310000");
    assert_true(entity->offers[0]->id[0] != '\0');
    assert_int_equal(sp_entity_check(entity, vocabulary, NULL, &err), SP_OK);
}

static void sizes_are_limited(void **state)
{
    (void)state;
    struct sp_error err = {0};
    Spoina__V1__Entity *entity = test_entity(arena, "{'name':'A','offers':[{'title':'a'}]}");
    entity->description = sp_arena_calloc(arena, SP_TEXT_FIELD_MAX_BYTES + 2, 1);
    memset(entity->description, 'x', SP_TEXT_FIELD_MAX_BYTES + 1);
    assert_int_equal(sp_entity_normalise(entity, arena, &err), SP_OK);
    assert_int_equal(sp_entity_check(entity, vocabulary, NULL, &err), SP_LIMIT);
    assert_string_equal(err.place, "description");
    entity->description[SP_TEXT_FIELD_MAX_BYTES] = '\0';
    assert_int_equal(sp_entity_check(entity, vocabulary, NULL, &err), SP_OK);

    Spoina__V1__Offer **many = sp_arena_calloc(arena, SP_ENTITY_MAX_ITEMS + 1, sizeof *many);
    for (size_t i = 0; i <= SP_ENTITY_MAX_ITEMS; i++) {
        many[i] = entity->offers[0];
    }
    entity->offers = many;
    entity->n_offers = SP_ENTITY_MAX_ITEMS + 1;
    assert_int_equal(sp_entity_check(entity, vocabulary, NULL, &err), SP_LIMIT);
    assert_string_equal(err.place, "offers");
}

static void more_warnings_than_room_are_dropped(void **state)
{
    (void)state;
    static struct sp_warnings warnings;
    struct sp_error err = {0};
    Spoina__V1__Entity *entity = test_entity(
        arena, "{'name':'A','legalForm':'LEGAL_FORM_BUSINESS','statuses':[{'kind':3}]}");
    Spoina__V1__Status *many[SP_WARNINGS_MAX + 5];
    for (size_t i = 0; i < SP_COUNT(many); i++) {
        many[i] = entity->statuses[0];
    }
    entity->statuses = many;
    entity->n_statuses = SP_COUNT(many);
    assert_int_equal(sp_entity_check(entity, vocabulary, &warnings, &err), SP_OK);
    assert_int_equal(warnings.count, SP_WARNINGS_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_wrong_is_named_by_its_path),
        cmocka_unit_test(what_is_odd_is_told_and_let_in),
        cmocka_unit_test(texts_get_their_one_form),
        cmocka_unit_test(sizes_are_limited),
        cmocka_unit_test(more_warnings_than_room_are_dropped),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
