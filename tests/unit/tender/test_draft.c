/* SPDX-License-Identifier: EUPL-1.2 */
/** @file The check of drafts: what is wrong is named; what is missing is filled in. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "matcher/tender/draft.h"
#include "matcher/vocabulary/vocabulary.h"
#include "proto/codec/message.h"
#include "tests/lib/fault.h"

enum { ARENA_BYTES = 32 << 20 };

struct tables {
    struct sp_language *language;
    struct sp_analyser *analyser;
    struct sp_vocabulary *vocabulary;
};

static int open_tables(void **state)
{
    static struct tables tables;
    const char *share = getenv("SPOINA_SHARE");
    assert_non_null(share);
    assert_int_equal(sp_language_open(share, &tables.language, NULL), SP_OK);
    assert_int_equal(sp_analyser_new(tables.language, &tables.analyser, NULL), SP_OK);
    assert_int_equal(sp_vocabulary_open(share, tables.analyser, &tables.vocabulary, NULL), SP_OK);
    *state = &tables;
    return 0;
}

static int close_tables(void **state)
{
    struct tables *tables = *state;
    sp_vocabulary_free(tables->vocabulary);
    sp_analyser_free(tables->analyser);
    sp_language_free(tables->language);
    return 0;
}

/** JSON with ' for ". */
static Spoina__V1__Draft *draft_of(struct sp_arena *arena, const char *json)
{
    char *text = sp_arena_strdup(arena, json);
    assert_non_null(text);
    for (char *at = text; *at != '\0'; at++) {
        *at = *at == '\'' ? '"' : *at;
    }
    ProtobufCMessage *message = NULL;
    assert_int_equal(sp_message_from_json(&spoina__v1__draft__descriptor, sp_view_of(text), NULL, 0,
                                          arena, &message, NULL),
                     SP_OK);
    return (Spoina__V1__Draft *)message;
}

struct checked {
    struct sp_arena *arena;
    struct sp_draft_warnings warnings;
    Spoina__V1__Draft *draft;
    struct sp_error error;
    enum sp_status status;
};

static struct checked check(const struct tables *tables, const char *json,
                            enum sp_draft_origin origin)
{
    struct checked checked = {.arena = sp_arena_new(ARENA_BYTES)};
    checked.warnings.arena = checked.arena;
    const Spoina__V1__Draft *draft = draft_of(checked.arena, json);
    checked.status = sp_draft_check(draft, tables->vocabulary, origin, checked.arena,
                                    &checked.warnings, &checked.draft, &checked.error);
    return checked;
}

static void a_draft_without_lots_is_one_lot_and_one_requirement(void **state)
{
    struct checked checked = check(*state,
                                   "{'title':'Pranie','cpv':['98310000-9'],'places':['Legnica'],"
                                   "'valueGrosz':'500'}",
                                   SP_DRAFT_WRITTEN);
    assert_int_equal(checked.status, SP_OK);
    assert_int_equal(checked.draft->n_lots, 1);
    const Spoina__V1__Lot *lot = checked.draft->lots[0];
    assert_string_equal(lot->id, "1");
    assert_string_equal(lot->title, "Pranie");
    assert_string_equal(lot->cpv[0], "98310000");
    assert_int_equal(lot->value_grosz, 500);
    assert_int_equal(lot->n_requirements, 1);
    assert_string_equal(lot->requirements[0]->id, "r1");
    assert_string_equal(lot->requirements[0]->text, "");
    assert_string_equal(lot->requirements[0]->cpv[0], "98310000");
    assert_string_equal(lot->requirements[0]->places[0], "Legnica");
    sp_arena_free(checked.arena);
}

static void what_is_said_of_the_whole_holds_for_the_parts(void **state)
{
    struct checked checked =
        check(*state,
              "{'title':'T','cpv':['98310000'],'places':['0262'],'lots':[{'title':'A'},"
              "{'title':'B','cpv':['55321000'],'places':['0211'],'from':'2027-01-01',"
              "'requirements':[{'text':'x'},{'id':'own','cpv':['55520000'],'places':['0203'],"
              "'demand':{'amount':3,'unit':'posiłków','period':'dziennie'}}]}]}",
              SP_DRAFT_WRITTEN);
    assert_int_equal(checked.status, SP_OK);
    assert_string_equal(checked.draft->lots[0]->cpv[0], "98310000");
    assert_string_equal(checked.draft->lots[0]->places[0], "0262");
    const Spoina__V1__Lot *lot = checked.draft->lots[1];
    assert_string_equal(lot->id, "2");
    /* A requirement in words of its own is not given the codes of the lot, which are of others. */
    assert_int_equal(lot->requirements[0]->n_cpv, 0);
    assert_string_equal(lot->requirements[0]->places[0], "0211");
    assert_string_equal(lot->requirements[0]->from, "2027-01-01");
    assert_string_equal(lot->requirements[1]->id, "own");
    assert_string_equal(lot->requirements[1]->cpv[0], "55520000");
    assert_string_equal(lot->requirements[1]->places[0], "0203");
    assert_string_equal(lot->requirements[1]->demand->unit, "meal");
    assert_string_equal(lot->requirements[1]->demand->period, "day");
    sp_arena_free(checked.arena);
}

/** What is wrong in a draft, where, and words of the two messages. */
struct fault {
    const char *json;
    enum sp_status status;
    const char *place;
    const char *polish;
    const char *english;
};

static const struct fault FAULTS[] = {
    {"{}", SP_INVALID, "lots[0].requirements[0]", "Nie ma czego szukać", "nothing to look for"},
    {"{'title':'a','lots':[{'cpv':['98310000-1']}]}", SP_INVALID, "lots[0].cpv[0]",
     "cyfrę kontrolną", "check digit"},
    {"{'title':'a','cpv':['55321000','12345678']}", SP_INVALID, "cpv[1]", "12345678", "12345678"},
    {"{'title':'a','cpv':['pranie']}", SP_INVALID, "cpv[0]", "pranie", "pranie"},
    {"{'title':'a','deadline':'2026-02-30'}", SP_INVALID, "deadline", "datą", "date"},
    {"{'title':'a','publishedOn':'wczoraj'}", SP_INVALID, "published_on", "wczoraj", "wczoraj"},
    {"{'title':'a','lots':[{'title':'b','from':'2027-02-01','to':'2027-01-01'}]}", SP_INVALID,
     "lots[0].to", "przed początkiem", "before the beginning"},
    {"{'title':'a','valueGrosz':'-1'}", SP_INVALID, "value_grosz", "ujemna", "negative"},
    {"{'title':'a','lots':[{'title':'b','requirements':[{'text':'c','demand':"
     "{'amount':-1,'unit':'h'}}]}]}",
     SP_INVALID, "lots[0].requirements[0].demand.amount", "większą od zera", "above zero"},
    {"{'title':'a','lots':[{'title':'b','requirements':[{'text':'c','demand':"
     "{'amount':0,'unit':'h'}}]}]}",
     SP_INVALID, "lots[0].requirements[0].demand.amount", "większą od zera", "above zero"},
    {"{'title':'a','lots':[{'title':'b','requirements':[{'text':'c','demand':"
     "{'amount':'NaN','unit':'h'}}]}]}",
     SP_INVALID, "lots[0].requirements[0].demand.amount", "większą od zera", "above zero"},
    {"{'title':'a','lots':[{'title':'b','requirements':[{'text':'c','demand':"
     "{'amount':'Infinity','unit':'h'}}]}]}",
     SP_INVALID, "lots[0].requirements[0].demand.amount", "większą od zera", "above zero"},
    {"{'title':'a','lots':[{'title':'b','requirements':[{'text':'c','demand':"
     "{'amount':1,'unit':'łokieć'}}]}]}",
     SP_INVALID, "lots[0].requirements[0].demand.unit", "łokieć", "łokieć"},
    {"{'title':'a','lots':[{'title':'b','requirements':[{'text':'c','demand':"
     "{'amount':1,'unit':'h','period':'wiek'}}]}]}",
     SP_INVALID, "lots[0].requirements[0].demand.period", "wiek", "wiek"},
    {"{'title':'a','lots':[{'id':'x','title':'b'},{'id':'x','title':'c'}]}", SP_INVALID,
     "lots[1].id", "już jest", "already"},
    {"{'title':'a','lots':[{'title':'b','requirements':[{'id':'x','text':'c'},"
     "{'id':'x','text':'d'}]}]}",
     SP_INVALID, "lots[0].requirements[1].id", "już jest", "already"},
    {"{'title':'a','lots':[{'title':'b','from':'2027-03-01','requirements':[{'text':'c',"
     "'to':'2027-02-01'}]}]}",
     SP_INVALID, "lots[0].requirements[0].to", "przed początkiem", "before the beginning"},
    {"{'title':'a','lots':[{'title':'b','requirements':[{'text':'c','valueGrosz':'0'}]}]}",
     SP_INVALID, "lots[0].requirements[0].value_grosz", "większa od zera", "above zero"},
    {"{'title':'a','lots':[{'title':'b','requirements':[{'text':'c','weight':1001}]}]}", SP_INVALID,
     "lots[0].requirements[0].weight", "od 1 do 1000", "1 to 1000"},
    {"{'title':'a','valueGrosz':'9223372036854775807'}", SP_INVALID, "value_grosz", "przekracza",
     "above"},
    {"{'title':'a','deadline':'2026-12-01','publishedOn':'2026-12-02'}", SP_INVALID, "published_on",
     "po terminie", "after the deadline"},
    {"{'title':'a','deadline':'2026-12-01','initiatedOn':'2026-12-02'}", SP_INVALID, "initiated_on",
     "po terminie", "after the deadline"},
    {"{'title':'a','lots':[{'title':'b','duration':{'amount':0,'unit':'month'}}]}", SP_INVALID,
     "lots[0].duration", "większa od zera", "above zero"},
    {"{'title':'a','lots':[{'title':'b','duration':{'amount':2,'unit':'epoch'}}]}", SP_INVALID,
     "lots[0].duration", "day", "day"},
    {"{'title':'a','kind':77}", SP_INVALID, "kind", "77", "77"},
    {"{'title':'a','buyer':{'class':77}}", SP_INVALID, "buyer.class", "77", "77"},

    /* Conditions */
    {"{'title':'a','conditions':[{'text':'doświadczenie'}]}", SP_INVALID, "conditions[0].kind",
     "Brak", "missing"},
    {"{'title':'a','conditions':[{'kind':77}]}", SP_INVALID, "conditions[0].kind", "77", "77"},
    {"{'title':'a','conditions':[{'kind':1,'wording':77}]}", SP_INVALID, "conditions[0].wording",
     "77", "77"},
    {"{'title':'a','conditions':[{'kind':'CONDITION_KIND_LICENCE','name':' '}]}", SP_INVALID,
     "conditions[0].name", "uprawnienie", "licence"},
    {"{'title':'a','conditions':[{'kind':'CONDITION_KIND_INSURANCE'}]}", SP_INVALID,
     "conditions[0].grosz", "kwoty", "no sum"},
    {"{'title':'a','conditions':[{'kind':'CONDITION_KIND_INSURANCE','grosz':'0'}]}", SP_INVALID,
     "conditions[0].grosz", "większa od zera", "above zero"},
    {"{'title':'a','conditions':[{'kind':'CONDITION_KIND_REFERENCES','grosz':'-5'}]}", SP_INVALID,
     "conditions[0].grosz", "ujemna", "negative"},
    {"{'title':'a','conditions':[{'kind':'CONDITION_KIND_REFERENCES','count':0}]}", SP_INVALID,
     "conditions[0].count", "co najmniej 1", "at least 1"},
    {"{'title':'a','conditions':[{'kind':'CONDITION_KIND_PERSONS'}]}", SP_INVALID,
     "conditions[0].count", "co najmniej 1", "at least 1"},
    {"{'title':'a','conditions':[{'kind':'CONDITION_KIND_REVENUE','grosz':'100'}]}", SP_INVALID,
     "conditions[0].year", "1990", "1990"},
    {"{'title':'a','conditions':[{'kind':'CONDITION_KIND_REVENUE','grosz':'100','year':25}]}",
     SP_INVALID, "conditions[0].year", "1990", "1990"},
    {"{'title':'a','conditions':[{'kind':'CONDITION_KIND_REFERENCES','since':'kiedyś'}]}",
     SP_INVALID, "conditions[0].since", "kiedyś", "kiedyś"},
    {"{'title':'a','conditions':[{'kind':'CONDITION_KIND_REFERENCES','cpv':'999'}]}", SP_INVALID,
     "conditions[0].cpv", "999", "999"},
    {"{'title':'a','conditions':[{'kind':'CONDITION_KIND_REFERENCES','cpv':'98310000-1'}]}",
     SP_INVALID, "conditions[0].cpv", "cyfrę kontrolną", "check digit"},
    {"{'title':'a','conditions':[{'id':'c','kind':1},{'id':'c','kind':1}]}", SP_INVALID,
     "conditions[1].id", "już jest", "already"},
    {"{'title':'a','conditions':[{'id':'c','kind':1}],'lots':[{'title':'b','conditions':[{'id':'c',"
     "'kind':1}]}]}",
     SP_INVALID, "lots[0].conditions[0].id", "już jest", "already"},
    {"{'title':'a','conditions':[{'kind':1,'requirementIds':['r7']}]}", SP_INVALID,
     "conditions[0].requirement_ids[0]", "r7", "r7"},
    {"{'title':'a','lots':[{'title':'b','conditions':[{'kind':1,'requirementIds':['x']}]},"
     "{'title':'c','requirements':[{'id':'x','text':'d'}]}]}",
     SP_INVALID, "lots[0].conditions[0].requirement_ids[0]", "„x”", "‘x’"},

    /* Clauses */
    {"{'title':'a','clauses':[{'text':'społecznie'}]}", SP_INVALID, "clauses[0].kind", "Brak",
     "missing"},
    {"{'title':'a','clauses':[{'kind':1,'scope':77}]}", SP_INVALID, "clauses[0].scope", "77", "77"},
    {"{'title':'a','clauses':[{'kind':'CLAUSE_KIND_ART_94','sharePercent':29}]}", SP_INVALID,
     "clauses[0].share_percent", "od 30 do 100", "30 to 100"},
    {"{'title':'a','clauses':[{'kind':'CLAUSE_KIND_ART_94','sharePercent':101}]}", SP_INVALID,
     "clauses[0].share_percent", "od 30 do 100", "30 to 100"},
    {"{'title':'a','clauses':[{'kind':'CLAUSE_KIND_ES_26','sharePercent':50}]}", SP_INVALID,
     "clauses[0].share_percent", "nie dotyczy", "does not go"},
    {"{'title':'a','clauses':[{'kind':'CLAUSE_KIND_ART_95','persons':2}]}", SP_INVALID,
     "clauses[0].persons", "nie dotyczy", "does not go"},
    {"{'title':'a','clauses':[{'kind':'CLAUSE_KIND_ART_96','persons':2}]}", SP_INVALID,
     "clauses[0].groups", "żadnej grupy", "no group"},
    {"{'title':'a','clauses':[{'kind':'CLAUSE_KIND_ART_96','groups':[1]}]}", SP_INVALID,
     "clauses[0].persons", "co najmniej jedną", "at least one"},
    {"{'title':'a','clauses':[{'kind':'CLAUSE_KIND_ART_96','groups':[1,18],'persons':2}]}",
     SP_INVALID, "clauses[0].groups[1]", "po kolei", "one by one"},
    {"{'title':'a','clauses':[{'kind':'CLAUSE_KIND_ART_96','groups':[1,77],'persons':2}]}",
     SP_INVALID, "clauses[0].groups[1]", "77", "77"},
    {"{'title':'a','clauses':[{'kind':'CLAUSE_KIND_ART_96','groups':[1],'persons':2,'months':0}]}",
     SP_INVALID, "clauses[0].months", "od 1 do 120", "1 to 120"},
    {"{'title':'a','clauses':[{'kind':'CLAUSE_KIND_ART_94'},{'kind':'CLAUSE_KIND_ES_26'}]}",
     SP_INVALID, "clauses[1].kind", "już zastrzeżona", "reserved already"},
    {"{'title':'a','clauses':[{'kind':'CLAUSE_KIND_ART_94'}],'lots':[{'title':'b','clauses':"
     "[{'kind':'CLAUSE_KIND_SS_15A'}]}]}",
     SP_INVALID, "lots[0].clauses[0].kind", "już zastrzeżona", "reserved already"},
    {"{'title':'a','clauses':[{'kind':'CLAUSE_KIND_KEY_TASKS','requirementIds':['r2']}]}",
     SP_INVALID, "clauses[0].requirement_ids[0]", "r2", "r2"},
    {"{'title':'a','clauses':[{'kind':'CLAUSE_KIND_ART_94','requirementIds':['r1']}]}", SP_INVALID,
     "clauses[0].requirement_ids", "nie dotyczy", "does not go"},
    {"{'title':'a','lots':[{'title':'b','requirements':[{'text':'c'},{'text':'d'}],'clauses':"
     "[{'kind':'CLAUSE_KIND_KEY_TASKS'}]}]}",
     SP_INVALID, "lots[0].clauses[0].requirement_ids", "kluczow", "key"},

    /* Criteria */
    {"{'title':'a','criteria':[{'name':'cena','weightPercent':101}]}", SP_INVALID,
     "criteria[0].weight_percent", "100", "100"},
    {"{'title':'a','criteria':[{'name':'cena','kind':77}]}", SP_INVALID, "criteria[0].kind", "77",
     "77"},
};

static void conditions_and_clauses_of_the_draft_hold_for_every_lot(void **state)
{
    struct checked checked = check(
        *state,
        "{'title':'T','conditions':[{'kind':'CONDITION_KIND_INSURANCE','grosz':'100'},"
        "{'kind':'CONDITION_KIND_LICENCE','name':'koncesja','requirementIds':['x','y','x']}],"
        "'clauses':[{'kind':'CLAUSE_KIND_ART_95'},{'kind':'CLAUSE_KIND_KEY_TASKS',"
        "'requirementIds':['y']}],'criteria':[{'name':'cena','weightPercent':100}],"
        "'lots':[{'title':'A','conditions':[{'kind':'CONDITION_KIND_REFERENCES','cpv':'5532'}],"
        "'clauses':[{'kind':'CLAUSE_KIND_ART_94'},{'id':'k1x','kind':'CLAUSE_KIND_KEY_TASKS'}]},"
        "{'title':'B','requirements':[{'id':'x','text':'a'},{'id':'y','text':'b'}],"
        "'criteria':[{'name':'jakość'}]},"
        "{'title':'C','requirements':[{'id':'x','text':'a'}]}]}",
        SP_DRAFT_WRITTEN);
    assert_int_equal(checked.status, SP_OK);
    assert_int_equal(checked.warnings.count, 0);
    assert_int_equal(checked.draft->n_conditions, 0);
    assert_int_equal(checked.draft->n_clauses, 0);

    const Spoina__V1__Lot *lot = checked.draft->lots[0];
    assert_int_equal(lot->n_conditions, 2); /* the licence is of requirements of other lots */
    assert_string_equal(lot->conditions[0]->id, "c1");
    assert_int_equal(lot->conditions[0]->grosz, 100);
    assert_string_equal(lot->conditions[1]->id, "c2");
    assert_string_equal(lot->conditions[1]->cpv, "5532");
    assert_int_equal(lot->conditions[1]->count, 1); /* a reference: one */
    assert_int_equal(lot->n_clauses, 3);
    assert_string_equal(lot->clauses[0]->id, "k1");
    assert_int_equal(lot->clauses[1]->kind, SPOINA__V1__CLAUSE_KIND__CLAUSE_KIND_ART_94);
    assert_string_equal(lot->clauses[1]->id, "k2");
    assert_string_equal(lot->clauses[2]->requirement_ids[0], "r1"); /* the only task is the key */
    assert_string_equal(lot->criteria[0]->name, "cena");

    lot = checked.draft->lots[1];
    assert_int_equal(lot->n_conditions, 2);
    assert_string_equal(lot->conditions[1]->id, "c2");
    assert_int_equal(lot->conditions[1]->n_requirement_ids, 2);
    assert_int_equal(lot->n_clauses, 2);
    assert_int_equal(lot->n_criteria, 1);
    assert_string_equal(lot->criteria[0]->name, "jakość");

    lot = checked.draft->lots[2];
    assert_int_equal(lot->n_conditions, 2);
    assert_int_equal(lot->conditions[1]->n_requirement_ids, 1);
    assert_string_equal(lot->conditions[1]->requirement_ids[0], "x");
    assert_int_equal(lot->n_clauses, 1); /* the key task is not in this lot */
    sp_arena_free(checked.arena);
}

static void a_checked_draft_stays_as_it_is(void **state)
{
    const struct tables *tables = *state;
    struct checked once = check(
        tables,
        "{'title':'T','cpv':['98310000-9'],'places':['Legnica'],'conditions':"
        "[{'kind':'CONDITION_KIND_REVENUE','grosz':'5','year':2025}],'clauses':"
        "[{'kind':'CLAUSE_KIND_ART_96','groups':[1,2,1],'persons':2,'months':6}],'criteria':"
        "[{'name':'cena','weightPercent':100}],'lots':[{'title':'A'},{'title':'B','conditions':"
        "[{'kind':'CONDITION_KIND_EQUIPMENT','name':'bus'}],'requirements':[{'text':'x','demand':"
        "{'amount':2.5,'unit':'godz.'}}]}]}",
        SP_DRAFT_WRITTEN);
    assert_int_equal(once.status, SP_OK);
    assert_int_equal(once.draft->lots[0]->clauses[0]->n_groups, 2);
    Spoina__V1__Draft *twice = NULL;
    assert_int_equal(sp_draft_check(once.draft, tables->vocabulary, SP_DRAFT_WRITTEN, once.arena,
                                    &once.warnings, &twice, NULL),
                     SP_OK);
    size_t size = spoina__v1__draft__get_packed_size(once.draft);
    assert_int_equal(spoina__v1__draft__get_packed_size(twice), size);
    uint8_t *first = sp_arena_alloc(once.arena, size);
    uint8_t *second = sp_arena_alloc(once.arena, size);
    (void)spoina__v1__draft__pack(once.draft, first);
    (void)spoina__v1__draft__pack(twice, second);
    assert_memory_equal(first, second, size);
    sp_arena_free(once.arena);
}

static void sums_that_do_not_add_up_are_told(void **state)
{
    static const struct {
        const char *json;
        const char *place;
        const char *text;
    } CASES[] = {
        {"{'lots':[{'title':'a','valueGrosz':'99','requirements':[{'text':'b','valueGrosz':'50'},"
         "{'text':'c','valueGrosz':'50'}]}]}",
         "lots[0].value_grosz", "100 gr"},
        {"{'title':'t','valueGrosz':'9','lots':[{'title':'a','valueGrosz':'8'},{'title':'b',"
         "'valueGrosz':'2'}]}",
         "value_grosz", "10 gr"},
        {"{'title':'t','criteria':[{'name':'cena','weightPercent':60},{'name':'czas',"
         "'weightPercent':30}]}",
         "criteria", "90 %"},
    };
    for (size_t i = 0; i < SP_COUNT(CASES); i++) {
        struct checked checked = check(*state, CASES[i].json, SP_DRAFT_WRITTEN);
        assert_int_equal(checked.status, SP_OK);
        assert_int_equal(checked.warnings.count, 1);
        assert_string_equal(checked.warnings.items[0]->place, CASES[i].place);
        assert_non_null(strstr(checked.warnings.items[0]->text, CASES[i].text));
        sp_arena_free(checked.arena);
    }
}

static void what_is_wrong_is_named(void **state)
{
    for (size_t i = 0; i < SP_COUNT(FAULTS); i++) {
        const struct fault *fault = &FAULTS[i];
        struct checked checked = check(*state, fault->json, SP_DRAFT_WRITTEN);
        if (checked.status != fault->status || strcmp(checked.error.place, fault->place) != 0 ||
            strstr(checked.error.polish, fault->polish) == NULL ||
            strstr(checked.error.english, fault->english) == NULL) {
            fail_msg("%s gave %s at %s: %s / %s", fault->json, sp_status_name(checked.status),
                     checked.error.place, checked.error.polish, checked.error.english);
        }
        sp_arena_free(checked.arena);
    }
}

static void what_is_wrong_in_a_notice_is_left_out_with_a_warning(void **state)
{
    for (size_t i = 1; i < SP_COUNT(FAULTS); i++) { /* all but the one with nothing to look for */
        struct checked checked = check(*state, FAULTS[i].json, SP_DRAFT_PUBLISHED);
        assert_int_equal(checked.status, SP_OK);
        assert_int_equal(checked.warnings.count, 1);
        assert_string_equal(checked.warnings.items[0]->place, FAULTS[i].place);
        assert_non_null(strstr(checked.warnings.items[0]->text, FAULTS[i].polish));
        sp_arena_free(checked.arena);
    }
}

/** A draft with @p count times @p item in a list. */
static char *many(const char *head, const char *item, size_t count, const char *tail)
{
    struct sp_buffer json;
    sp_buffer_init(&json, 8 << 20);
    sp_buffer_add_text(&json, head);
    for (size_t i = 0; i < count; i++) {
        sp_buffer_add_text(&json, i == 0 ? "" : ",");
        sp_buffer_add_text(&json, item);
    }
    sp_buffer_add_text(&json, tail);
    assert_int_equal(json.status, SP_OK);
    char *copy = malloc(json.length + 1);
    assert_non_null(copy);
    memcpy(copy, json.data, json.length + 1);
    sp_buffer_release(&json);
    return copy;
}

static void too_much_is_refused_or_cut(void **state)
{
    static const struct {
        const char *head;
        const char *item;
        size_t count;
        const char *tail;
        const char *place;
    } CASES[] = {
        {"{'lots':[", "{'title':'a'}", SP_DRAFT_MAX_LOTS + 1, "]}", "lots"},
        {"{'lots':[{'title':'a','requirements':[", "{'text':'b'}", 1000, "]}]}",
         "lots[0].requirements"},
        {"{'title':'a','cpv':[", "'55321000'", SP_DRAFT_MAX_CODES + 1, "]}", "cpv"},
        {"{'title':'a','conditions':[", "{'kind':1}", SP_DRAFT_MAX_CONDITIONS + 1, "]}",
         "conditions"},
        {"{'conditions':[{'kind':1}],'lots':[{'title':'a','conditions':[", "{'kind':1}",
         SP_DRAFT_MAX_CONDITIONS, "]}]}", "lots[0].conditions"},
        {"{'title':'a','clauses':[", "{'kind':5}", SP_DRAFT_MAX_CLAUSES + 1, "]}", "clauses"},
        {"{'title':'a','places':[", "'Legnica'", SP_DRAFT_MAX_NAMES + 1, "]}", "places"},
        {"{'cpv':['55321000'],'title':'", "ż", SP_DRAFT_TITLE_MAX_BYTES, "'}", "title"},
        {"{'title':'a','description':'", "ż", SP_DRAFT_TEXT_MAX_BYTES, "'}", "description"},
    };
    for (size_t i = 0; i < SP_COUNT(CASES); i++) {
        char *json = many(CASES[i].head, CASES[i].item, CASES[i].count, CASES[i].tail);
        struct checked written = check(*state, json, SP_DRAFT_WRITTEN);
        struct checked published = check(*state, json, SP_DRAFT_PUBLISHED);
        free(json);
        assert_int_equal(written.status, SP_LIMIT);
        assert_string_equal(written.error.place, CASES[i].place);
        assert_int_equal(published.status, SP_OK);
        assert_true(published.warnings.count > 0);
        assert_true(published.draft->n_lots <= SP_DRAFT_MAX_LOTS);
        assert_true(published.draft->lots[0]->n_requirements <= SP_DRAFT_MAX_REQUIREMENTS);
        sp_arena_free(written.arena);
        sp_arena_free(published.arena);
    }
}

struct sweep {
    const struct tables *tables;
    const Spoina__V1__Draft *draft;
};

static enum sp_status check_under_faults(void *context)
{
    const struct sweep *sweep = context;
    struct sp_arena *arena = sp_arena_new(ARENA_BYTES);
    if (arena == NULL) {
        return SP_NOMEM;
    }
    struct sp_draft_warnings warnings = {.arena = arena};
    Spoina__V1__Draft *out = NULL;
    enum sp_status status = sp_draft_check(sweep->draft, sweep->tables->vocabulary,
                                           SP_DRAFT_PUBLISHED, arena, &warnings, &out, NULL);
    sp_arena_free(arena);
    return status;
}

static void memory_may_run_out_anywhere(void **state)
{
    struct sp_arena *arena = sp_arena_new(ARENA_BYTES);
    struct sweep sweep = {
        *state,
        draft_of(arena, "{'title':'T','cpv':['98310000-9','1'],'places':['Legnica'],"
                        "'conditions':[{'kind':'CONDITION_KIND_LICENCE','name':'koncesja',"
                        "'requirementIds':['r1','r9']},{'kind':77}],'clauses':[{'kind':"
                        "'CLAUSE_KIND_ART_96','groups':[1,2],'persons':2},{'kind':"
                        "'CLAUSE_KIND_KEY_TASKS'}],'criteria':[{'name':'cena'}],'buyer':"
                        "{'name':'x'},'lots':[{'title':'A'},{'conditions':[{'kind':1}],"
                        "'clauses':[{'kind':5}],'criteria':[{'name':'czas'}],"
                        "'requirements':[{'text':'x','demand':{'amount':2,'unit':'h'}}]}]}")};
    enum sp_status seen = SP_INTERNAL;
    assert_true(sp_fault_sweep(check_under_faults, &sweep, 100, &seen) > 0);
    assert_int_equal(seen, SP_OK);
    bool room_enough = false;
    for (size_t cap = 16; cap < 16384; cap += 16) { /* the arena full at every point */
        struct sp_arena *small = sp_arena_new(cap);
        struct sp_draft_warnings warnings = {.arena = small};
        Spoina__V1__Draft *out = NULL;
        struct sp_error error = {0};
        enum sp_status status = sp_draft_check(sweep.draft, sweep.tables->vocabulary,
                                               SP_DRAFT_PUBLISHED, small, &warnings, &out, &error);
        assert_true(status == SP_OK || status == SP_NOMEM);
        room_enough = room_enough || status == SP_OK;
        assert_true(!room_enough || status == SP_OK);
        sp_arena_free(small);
    }
    assert_true(room_enough);
    sp_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_draft_without_lots_is_one_lot_and_one_requirement),
        cmocka_unit_test(what_is_said_of_the_whole_holds_for_the_parts),
        cmocka_unit_test(conditions_and_clauses_of_the_draft_hold_for_every_lot),
        cmocka_unit_test(a_checked_draft_stays_as_it_is),
        cmocka_unit_test(sums_that_do_not_add_up_are_told),
        cmocka_unit_test(what_is_wrong_is_named),
        cmocka_unit_test(what_is_wrong_in_a_notice_is_left_out_with_a_warning),
        cmocka_unit_test(too_much_is_refused_or_cut),
        cmocka_unit_test(memory_may_run_out_anywhere),
    };
    return cmocka_run_group_tests(tests, open_tables, close_tables);
}
