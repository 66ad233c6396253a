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
     SP_INVALID, "lots[0].requirements[0].demand.amount", "nieujemną", "below zero"},
    {"{'title':'a','lots':[{'title':'b','requirements':[{'text':'c','demand':"
     "{'amount':'NaN','unit':'h'}}]}]}",
     SP_INVALID, "lots[0].requirements[0].demand.amount", "nieujemną", "below zero"},
    {"{'title':'a','lots':[{'title':'b','requirements':[{'text':'c','demand':"
     "{'amount':'Infinity','unit':'h'}}]}]}",
     SP_INVALID, "lots[0].requirements[0].demand.amount", "nieujemną", "below zero"},
    {"{'title':'a','lots':[{'title':'b','requirements':[{'text':'c','demand':"
     "{'amount':1,'unit':'łokieć'}}]}]}",
     SP_INVALID, "lots[0].requirements[0].demand.unit", "łokieć", "łokieć"},
    {"{'title':'a','lots':[{'title':'b','requirements':[{'text':'c','demand':"
     "{'amount':1,'unit':'h','period':'wiek'}}]}]}",
     SP_INVALID, "lots[0].requirements[0].demand.period", "wiek", "wiek"},
    {"{'title':'a','lots':[{'id':'x','title':'b'},{'id':'x','title':'c'}]}", SP_INVALID,
     "lots[1].id", "już jest", "already"},
};

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

static void zero_is_an_amount(void **state)
{
    struct checked checked = check(*state,
                                   "{'lots':[{'title':'b','requirements':[{'demand':"
                                   "{'amount':0,'unit':'h'}}]}]}",
                                   SP_DRAFT_WRITTEN);
    assert_int_equal(checked.status, SP_OK);
    assert_true(checked.draft->lots[0]->requirements[0]->demand->amount == 0);
    sp_arena_free(checked.arena);
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
        {"{'title':'a','places':[", "'Legnica'", SP_DRAFT_MAX_PLACES + 1, "]}", "places"},
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
    struct sweep sweep = {*state, draft_of(arena, FAULTS[10].json)};
    enum sp_status seen = SP_INTERNAL;
    assert_true(sp_fault_sweep(check_under_faults, &sweep, 100, &seen) > 0);
    assert_int_equal(seen, SP_OK);
    for (size_t cap = 16; cap < 4096; cap += 16) { /* the arena full at every point */
        struct sp_arena *small = sp_arena_new(cap);
        struct sp_draft_warnings warnings = {.arena = small};
        Spoina__V1__Draft *out = NULL;
        struct sp_error error = {0};
        enum sp_status status = sp_draft_check(sweep.draft, sweep.tables->vocabulary,
                                               SP_DRAFT_PUBLISHED, small, &warnings, &out, &error);
        assert_true(status == SP_OK || status == SP_NOMEM);
        sp_arena_free(small);
    }
    sp_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_draft_without_lots_is_one_lot_and_one_requirement),
        cmocka_unit_test(what_is_said_of_the_whole_holds_for_the_parts),
        cmocka_unit_test(what_is_wrong_is_named),
        cmocka_unit_test(what_is_wrong_in_a_notice_is_left_out_with_a_warning),
        cmocka_unit_test(zero_is_an_amount),
        cmocka_unit_test(too_much_is_refused_or_cut),
        cmocka_unit_test(memory_may_run_out_anywhere),
    };
    return cmocka_run_group_tests(tests, open_tables, close_tables);
}
