/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Reading notices: three fictional ones field by field, and everything that is no notice.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "matcher/tender/notice.h"
#include "tests/lib/fault.h"

enum { ARENA_BYTES = 8 << 20, FIXTURE_MAX_BYTES = 1 << 20 };

struct reading {
    struct sp_arena *arena;
    struct sp_draft_warnings warnings;
    Spoina__V1__Draft *draft;
    struct sp_error error;
    enum sp_status status;
};

static struct reading read_bytes(struct sp_view content, enum sp_locale locale)
{
    struct reading reading = {.arena = sp_arena_new(ARENA_BYTES)};
    assert_non_null(reading.arena);
    reading.warnings.arena = reading.arena;
    reading.warnings.locale = locale;
    reading.status =
        sp_notice_read(content, reading.arena, &reading.warnings, &reading.draft, &reading.error);
    return reading;
}

static void load_fixture(const char *name, char **data, size_t *length)
{
    const char *source = getenv("SPOINA_SOURCE");
    char path[1024];
    assert_non_null(source);
    (void)snprintf(path, sizeof path, "%s/tests/unit/tender/fixtures/%s", source, name);
    assert_int_equal(sp_file_read(path, FIXTURE_MAX_BYTES, data, length, NULL), SP_OK);
}

static struct reading read_fixture(const char *name)
{
    char *data = NULL;
    size_t length = 0;
    load_fixture(name, &data, &length);
    struct reading reading = read_bytes(sp_view_from(data, length), SP_PL);
    sp_free(data);
    assert_int_equal(reading.status, SP_OK);
    return reading;
}

static void assert_texts(char **items, size_t count, const char *const *expected)
{
    size_t i = 0;
    for (; expected[i] != NULL; i++) {
        assert_true(i < count);
        assert_string_equal(items[i], expected[i]);
    }
    assert_int_equal(count, i);
}

#define ASSERT_TEXTS(message, member, ...)                                                         \
    assert_texts((message)->member, (message)->n_##member, (const char *const[]){__VA_ARGS__, NULL})

static void assert_warned(const struct reading *reading, const char *place, const char *part)
{
    for (size_t i = 0; i < reading->warnings.count; i++) {
        const Spoina__V1__Warning *warning = reading->warnings.items[i];
        if (strcmp(warning->place, place) == 0 && strstr(warning->text, part) != NULL) {
            return;
        }
    }
    fail_msg("no warning about %s with '%s'", place, part);
}

static void a_ted_notice_is_read_in_polish(void **state)
{
    (void)state;
    struct reading reading = read_fixture("ted_laundry.xml");
    const Spoina__V1__Draft *draft = reading.draft;
    assert_string_equal(draft->title, "Pranie bielizny szpitalnej i transport");
    assert_string_equal(draft->description, "Pierwszy akapit & znak.\nPowierzchnia 120 m2.");
    assert_string_equal(draft->buyer->name, "Szpital Wymyślony w Legnicy");
    assert_string_equal(draft->buyer->town, "Legnica");
    assert_string_equal(draft->buyer->nuts, "PL516");
    assert_string_equal(draft->buyer->national_id, "000000000");
    assert_string_equal(draft->published_on, "2026-01-10");
    assert_string_equal(draft->deadline, "2026-02-11"); /* of the form, not the coded one */
    assert_string_equal(draft->reference, "2026/S 007-000001");
    assert_string_equal(draft->currency, "PLN");
    assert_int_equal(draft->value_grosz, 125000050);
    ASSERT_TEXTS(draft, cpv, "98310000");
    ASSERT_TEXTS(draft, places, "PL516");
    assert_int_equal(draft->n_lots, 2);
    sp_arena_free(reading.arena);
}

static void lots_of_a_ted_notice_are_read(void **state)
{
    (void)state;
    struct reading reading = read_fixture("ted_laundry.xml");
    const Spoina__V1__Lot *first = reading.draft->lots[0];
    assert_string_equal(first->id, "1");
    assert_string_equal(first->title, "Pranie");
    assert_string_equal(first->description, "Pranie 12 000 kg bielizny miesięcznie.");
    ASSERT_TEXTS(first, cpv, "98310000", "98311000");
    ASSERT_TEXTS(first, places, "PL516", "Legnica, ul. Zmyślona 5");
    assert_string_equal(first->from, "2026-03-01");
    assert_string_equal(first->to, "2027-02-28");
    assert_null(first->duration);
    assert_int_equal(first->value_grosz, 100000000);
    const Spoina__V1__Lot *second = reading.draft->lots[1];
    assert_string_equal(second->from, "");
    assert_true(second->duration->amount == 12);
    assert_string_equal(second->duration->unit, "month");
    assert_int_equal(second->_value_grosz_case, SPOINA__V1__LOT___VALUE_GROSZ__NOT_SET);
    assert_warned(&reading, "lots[1].cpv", "nonsense");
    assert_warned(&reading, "lots[1].value_grosz", "1000.00 EUR");
    assert_int_equal(reading.warnings.count, 2);
    sp_arena_free(reading.arena);
}

static void a_form_of_the_older_generation_is_read(void **state)
{
    (void)state;
    struct reading reading = read_fixture("ted_old_form.xml");
    const Spoina__V1__Draft *draft = reading.draft;
    assert_string_equal(draft->title, "Utrzymanie zieleni");
    assert_string_equal(draft->description, "Koszenie trawników i grabienie liści.");
    assert_string_equal(draft->buyer->name, "Gmina Wymyślona");
    assert_string_equal(draft->buyer->town, "Wymyślona");
    assert_string_equal(draft->deadline, "2016-02-29");
    assert_int_equal(draft->value_grosz, 9990000);
    ASSERT_TEXTS(draft, cpv, "77310000", "77314100");
    ASSERT_TEXTS(draft, places, "PL515", "Gmina Wymyślona");
    assert_int_equal(draft->n_lots, 1);
    assert_string_equal(draft->lots[0]->title, "Parki");
    assert_string_equal(draft->lots[0]->description, "Koszenie w parkach.");
    ASSERT_TEXTS(draft->lots[0], cpv, "77311000");
    sp_arena_free(reading.arena);
}

static void an_eforms_notice_is_read_in_polish(void **state)
{
    (void)state;
    struct reading reading = read_fixture("eforms_catering.xml");
    const Spoina__V1__Draft *draft = reading.draft;
    assert_string_equal(draft->title, "Posiłki dla dziennego domu pobytu");
    assert_string_equal(draft->description, "Two-course meals."); /* there is no Polish one */
    assert_string_equal(draft->buyer->name, "Zmyślony Ośrodek Pomocy");
    assert_string_equal(draft->buyer->town, "Polkowice");
    assert_string_equal(draft->buyer->nuts, "PL516");
    assert_string_equal(draft->buyer->national_id, "0000000000");
    assert_string_equal(draft->reference, "00000003-2026");
    assert_string_equal(draft->published_on, "2026-01-15");
    assert_int_equal(draft->value_grosz, 36000050);
    ASSERT_TEXTS(draft, cpv, "55520000", "55521200");
    ASSERT_TEXTS(draft, places, "PL516", "Polkowice");
    assert_int_equal(draft->n_lots, 2); /* a group of lots is no lot */
    const Spoina__V1__Lot *lot = draft->lots[0];
    assert_string_equal(lot->id, "LOT-0001");
    assert_string_equal(lot->title, "Obiady");
    assert_string_equal(lot->description, "40 obiadów dziennie.");
    ASSERT_TEXTS(lot, cpv, "55523000");
    assert_string_equal(lot->from, "2026-04-01");
    assert_true(lot->duration->amount == 9);
    assert_string_equal(draft->deadline, "2026-02-18");
    assert_warned(&reading, "deadline", "różne terminy");
    assert_warned(&reading, "lots[1].from", "2026-13-01");
    sp_arena_free(reading.arena);
}

/** What is refused, and the words that the error must hold. */
struct refusal {
    const char *content;
    enum sp_status status;
    const char *place;
    const char *polish;
    const char *english;
};

static const struct refusal REFUSALS[] = {
    {"", SP_INVALID, "line 1", "nie jest plikiem XML", "not XML"},
    {"co to jest", SP_INVALID, "line 1", "nie jest plikiem XML", "not XML"},
    {"{\"title\":\"JSON\"}", SP_INVALID, "line 1", "nie jest plikiem XML", "not XML"},
    {"<TED_EXPORT>\n<a>\n</b>\n</TED_EXPORT>", SP_INVALID, "line 3", "wierszu 3", "line 3"},
    {"<TED_EXPORT>\n\n<FORM_SECTION>", SP_INVALID, "line 3", "wierszu 3", "line 3"},
    {"<TED_EXPORT/><TED_EXPORT/>", SP_INVALID, "line 1", "po jego końcu", "follows its end"},
    {"<TED_EXPORT>&nieznana;</TED_EXPORT>", SP_INVALID, "line 1", "encji", "entity"},
    {"<TED_EXPORT>\x01</TED_EXPORT>", SP_INVALID, "line 1", "nie dopuszcza", "forbids"},
    {"<TED_EXPORT>\xB3\xF3</TED_EXPORT>", SP_INVALID, "line 1", "kodowani", "encoding"},
    {"<?xml version='1.0' encoding='klingon'?><TED_EXPORT/>", SP_INVALID, "line 1", "kodowanie",
     "encoding"},
    {"<TED_EXPORT a='1' a='2'/>", SP_INVALID, "line 1", "dwa razy", "twice"},
    {"<html><body/></html>", SP_INVALID, "notice.content", "„html”", "‘html’"},
    {"<rss:Faktura xmlns:rss='x'/>", SP_INVALID, "notice.content", "„Faktura”", "‘Faktura’"},
    {"<TED_EXPORT/>", SP_INVALID, "notice.content", "FORM_SECTION", "FORM_SECTION"},
    {"<TED_EXPORT><FORM_SECTION/></TED_EXPORT>", SP_INVALID, "notice.content", "formularza",
     "no form"},
    {"<ContractNotice/>", SP_INVALID, "notice.content", "nie ma tytułu", "no title"},
    /* A billion laughs; a file read through an entity; a DTD on the network; default attributes. */
    {"<!DOCTYPE TED_EXPORT [<!ENTITY a 'ha'><!ENTITY b '&a;&a;'>]>\n<TED_EXPORT>&b;</TED_EXPORT>",
     SP_INVALID, "line 1", "encje", "entities"},
    {"<!DOCTYPE T [\n<!ENTITY x SYSTEM 'file:///etc/passwd'>]><TED_EXPORT>&x;</TED_EXPORT>",
     SP_INVALID, "line 2", "encje", "entities"},
    {"<!DOCTYPE T [<!ENTITY % x SYSTEM 'http://127.0.0.1:1/x'> %x;]><TED_EXPORT/>", SP_INVALID,
     "line 1", "encje", "entities"},
    {"<!DOCTYPE T [<!ATTLIST P x CDATA 'long'>]><TED_EXPORT/>", SP_INVALID, "line 1", "DOCTYPE",
     "DOCTYPE"},
    {"<!DOCTYPE T [<!ELEMENT P (#PCDATA)>]><TED_EXPORT/>", SP_INVALID, "line 1", "DOCTYPE",
     "DOCTYPE"},
    {"<!DOCTYPE T [<!NOTATION n SYSTEM 'x'>]><TED_EXPORT/>", SP_INVALID, "line 1", "DOCTYPE",
     "DOCTYPE"},
};

static void what_is_no_notice_is_refused_with_a_place(void **state)
{
    (void)state;
    for (size_t i = 0; i < SP_COUNT(REFUSALS); i++) {
        const struct refusal *refusal = &REFUSALS[i];
        struct reading reading = read_bytes(sp_view_of(refusal->content), SP_PL);
        if (reading.status != refusal->status || strcmp(reading.error.place, refusal->place) != 0 ||
            strstr(reading.error.polish, refusal->polish) == NULL ||
            strstr(reading.error.english, refusal->english) == NULL) {
            fail_msg("'%s' gave %s at %s: %s / %s", refusal->content,
                     sp_status_name(reading.status), reading.error.place, reading.error.polish,
                     reading.error.english);
        }
        sp_arena_free(reading.arena);
    }
}

static const char MINIMAL[] =
    "<TED_EXPORT><FORM_SECTION><F02_2014 LG='PL'><OBJECT_CONTRACT><TITLE>%s</TITLE>"
    "</OBJECT_CONTRACT></F02_2014></FORM_SECTION></TED_EXPORT>";

static void a_plain_doctype_is_read_without_its_dtd(void **state)
{
    (void)state;
    char content[512];
    int length = snprintf(content, sizeof content,
                          "<!DOCTYPE TED_EXPORT SYSTEM 'http://127.0.0.1:1/ted.dtd'>");
    (void)snprintf(content + length, sizeof content - (size_t)length, MINIMAL, "Pranie");
    struct reading reading = read_bytes(sp_view_of(content), SP_PL);
    assert_int_equal(reading.status, SP_OK);
    assert_string_equal(reading.draft->title, "Pranie");
    sp_arena_free(reading.arena);
}

static void other_encodings_become_utf8(void **state)
{
    (void)state;
    static const struct {
        const char *declaration;
        const char *title; /* "Żółć" in that encoding */
    } CASES[] = {
        {"<?xml version='1.0' encoding='ISO-8859-2'?>", "\xAF\xF3\xB3\xE6"},
        {"<?xml version='1.0' encoding='windows-1250'?>", "\xAF\xF3\xB3\xE6"},
        {"\xEF\xBB\xBF<?xml version='1.0'?>", "Żółć"},
        {"<?xml version='1.0' encoding='UTF-8'?>", "&#379;&#xF3;łć"},
    };
    for (size_t i = 0; i < SP_COUNT(CASES); i++) {
        char content[512];
        int length = snprintf(content, sizeof content, "%s", CASES[i].declaration);
        (void)snprintf(content + length, sizeof content - (size_t)length, MINIMAL, CASES[i].title);
        struct reading reading = read_bytes(sp_view_of(content), SP_PL);
        assert_int_equal(reading.status, SP_OK);
        assert_string_equal(reading.draft->title, "Żółć");
        sp_arena_free(reading.arena);
    }
}

static void utf16_is_read(void **state)
{
    (void)state;
    char content[512];
    char wide[1100] = "\xFF\xFE"; /* byte order mark, little end first */
    (void)snprintf(content, sizeof content, MINIMAL, "Pranie");
    size_t length = strlen(content);
    for (size_t i = 0; i < length; i++) {
        wide[2 + 2 * i] = content[i];
    }
    struct reading reading = read_bytes(sp_view_from(wide, 2 + 2 * length), SP_PL);
    assert_int_equal(reading.status, SP_OK);
    assert_string_equal(reading.draft->title, "Pranie");
    sp_arena_free(reading.arena);
}

/** A heap text: @p head, @p count times @p piece, @p tail. */
static char *repeat(const char *head, const char *piece, size_t count, const char *tail)
{
    size_t size = strlen(head) + strlen(piece) * count + strlen(tail) + 1;
    char *text = malloc(size);
    assert_non_null(text);
    char *at = text + sprintf(text, "%s", head);
    for (size_t i = 0; i < count; i++) {
        memcpy(at, piece, strlen(piece));
        at += strlen(piece);
    }
    memcpy(at, tail, strlen(tail) + 1);
    return text;
}

static void limits_are_kept(void **state)
{
    (void)state;
    static const struct {
        const char *head;
        const char *piece;
        size_t count;
        const char *tail;
        const char *english;
    } CASES[] = {
        {"<TED_EXPORT>", "<a>", 1000, "", "nested"},
        {"<TED_EXPORT>", "<a/>", SP_NOTICE_MAX_ELEMENTS, "</TED_EXPORT>", "elements"},
        {"<TED_EXPORT>", "<a b='' c=''/>", SP_NOTICE_MAX_ELEMENTS / 3 + 1, "</TED_EXPORT>",
         "elements"},
        {"<TED_EXPORT>", "1234567890", SP_NOTICE_MAX_BYTES / 10, "</TED_EXPORT>", "bytes"},
    };
    for (size_t i = 0; i < SP_COUNT(CASES); i++) {
        char *text = repeat(CASES[i].head, CASES[i].piece, CASES[i].count, CASES[i].tail);
        struct reading reading = read_bytes(sp_view_of(text), SP_PL);
        free(text);
        assert_int_equal(reading.status, SP_LIMIT);
        assert_non_null(strstr(reading.error.english, CASES[i].english));
        sp_arena_free(reading.arena);
    }
}

static void a_long_title_is_cut_between_characters(void **state)
{
    (void)state;
    /* "ż" has two bytes: with "a" in front, the limit falls into the middle of one. */
    char *text = repeat("<TED_EXPORT><FORM_SECTION><F02_2014 LG='PL'><OBJECT_CONTRACT><TITLE>a",
                        "ż", SP_NOTICE_TEXT_MAX_BYTES,
                        "</TITLE></OBJECT_CONTRACT></F02_2014></FORM_SECTION></TED_EXPORT>");
    struct reading reading = read_bytes(sp_view_of(text), SP_EN);
    free(text);
    assert_int_equal(reading.status, SP_OK);
    struct sp_view title = sp_view_of(reading.draft->title);
    assert_in_range(title.length, SP_NOTICE_TEXT_MAX_BYTES - 2, SP_NOTICE_TEXT_MAX_BYTES);
    assert_int_equal(sp_utf8_check(title), title.length);
    assert_warned(&reading, "title", "longer than");
    sp_arena_free(reading.arena);
}

static void too_many_lots_are_cut_with_a_warning(void **state)
{
    (void)state;
    char *text = repeat("<TED_EXPORT><FORM_SECTION><F02_2014 LG='PL'><OBJECT_CONTRACT>",
                        "<OBJECT_DESCR><TITLE>x</TITLE></OBJECT_DESCR>", SP_NOTICE_MAX_LOTS + 500,
                        "</OBJECT_CONTRACT></F02_2014></FORM_SECTION></TED_EXPORT>");
    struct reading reading = read_bytes(sp_view_of(text), SP_EN);
    free(text);
    assert_int_equal(reading.status, SP_OK);
    assert_int_equal(reading.draft->n_lots, SP_NOTICE_MAX_LOTS);
    assert_warned(&reading, "lots", "over 1000 lots");
    assert_int_equal(reading.warnings.count, SP_DRAFT_WARNINGS_MAX);
    assert_true(reading.warnings.dropped > 0);
    sp_arena_free(reading.arena);
}

static enum sp_status read_under_faults(void *context)
{
    const struct sp_view *content = context;
    struct sp_arena *arena = sp_arena_new(ARENA_BYTES);
    if (arena == NULL) {
        return SP_NOMEM;
    }
    struct sp_draft_warnings warnings = {.arena = arena};
    Spoina__V1__Draft *draft = NULL;
    enum sp_status status = sp_notice_read(*content, arena, &warnings, &draft, NULL);
    sp_arena_free(arena);
    return status;
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    static const char *const NAMES[] = {"ted_laundry.xml", "ted_old_form.xml",
                                        "eforms_catering.xml"};
    for (size_t i = 0; i < SP_COUNT(NAMES); i++) {
        char *data = NULL;
        size_t length = 0;
        load_fixture(NAMES[i], &data, &length);
        struct sp_view content = sp_view_from(data, length);
        enum sp_status seen = SP_INTERNAL;
        int allocations = sp_fault_sweep(read_under_faults, &content, 5000, &seen);
        assert_int_equal(seen, SP_OK);
        assert_true(allocations > 100); /* libxml2's are among them */
        sp_free(data);
    }
}

static void a_small_arena_is_a_limit_not_a_crash(void **state)
{
    (void)state;
    char *data = NULL;
    size_t length = 0;
    load_fixture("eforms_catering.xml", &data, &length);
    for (size_t cap = 16; cap < 4096; cap += 64) {
        struct sp_arena *arena = sp_arena_new(cap);
        assert_non_null(arena);
        struct sp_draft_warnings warnings = {.arena = arena};
        Spoina__V1__Draft *draft = NULL;
        enum sp_status status =
            sp_notice_read(sp_view_from(data, length), arena, &warnings, &draft, NULL);
        assert_true(status == SP_OK || status == SP_NOMEM);
        sp_arena_free(arena);
    }
    sp_free(data);
}

int main(void)
{
    sp_notice_setup();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_ted_notice_is_read_in_polish),
        cmocka_unit_test(lots_of_a_ted_notice_are_read),
        cmocka_unit_test(a_form_of_the_older_generation_is_read),
        cmocka_unit_test(an_eforms_notice_is_read_in_polish),
        cmocka_unit_test(what_is_no_notice_is_refused_with_a_place),
        cmocka_unit_test(a_plain_doctype_is_read_without_its_dtd),
        cmocka_unit_test(other_encodings_become_utf8),
        cmocka_unit_test(utf16_is_read),
        cmocka_unit_test(limits_are_kept),
        cmocka_unit_test(a_long_title_is_cut_between_characters),
        cmocka_unit_test(too_many_lots_are_cut_with_a_warning),
        cmocka_unit_test(every_allocation_may_fail),
        cmocka_unit_test(a_small_arena_is_a_limit_not_a_crash),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
