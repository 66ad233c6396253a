/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Notices that are no XML, and documents without fields, into drafts: fictional ones field by
 * field, and the three real notices of the bulletin where they are at hand (SPOINA_SHARED).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include <dirent.h>

#include "base/file.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "matcher/document/xml_parse.h"
#include "matcher/tender/tender_read.h"
#include "tests/lib/fault.h"
#include "tests/lib/office_file.h"

enum { ARENA_BYTES = 64 << 20, FILE_MAX_BYTES = 8 << 20 };

struct reading {
    struct sp_arena *arena;
    struct sp_draft_warnings warnings;
    struct sp_tender_reading read;
    const Spoina__V1__Draft *draft;
    struct sp_error error;
    enum sp_status status;
};

static struct reading read_bytes(struct sp_view content)
{
    struct reading reading = {.arena = sp_arena_new(ARENA_BYTES)};
    assert_non_null(reading.arena);
    reading.warnings.arena = reading.arena;
    reading.status = sp_tender_read(content, NULL, NULL, reading.arena, &reading.warnings,
                                    &reading.read, &reading.error);
    reading.draft = reading.read.draft;
    return reading;
}

static char *load(const char *variable, const char *folder, const char *name, size_t *length)
{
    const char *root = getenv(variable);
    char path[1024];
    char *data = NULL;
    (void)snprintf(path, sizeof path, "%s/%s/%s", root == NULL ? "" : root, folder, name);
    enum sp_status status = sp_file_read(path, FILE_MAX_BYTES, &data, length, NULL);
    return status == SP_OK ? data : NULL;
}

static char *load_fixture(const char *name, size_t *length)
{
    char *data = load("SPOINA_SOURCE", "tests/unit/tender/fixtures", name, length);
    assert_non_null(data);
    return data;
}

static struct reading read_fixture(const char *name)
{
    size_t length = 0;
    char *data = load_fixture(name, &length);
    struct reading reading = read_bytes(sp_view_from(data, length));
    sp_free(data);
    if (reading.status != SP_OK) {
        fail_msg("%s: %s: %s", name, reading.error.place, reading.error.english);
    }
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

/** Require that the words behind @p source are @p expected. */
static void assert_words(const struct reading *reading, const Spoina__V1__Source *source,
                         const char *expected)
{
    struct sp_view text = reading->read.document.text;
    assert_string_equal(source->field, "text");
    assert_int_equal(source->confidence_permille, 1000);
    assert_true(source->span->start < source->span->end && source->span->end <= text.length);
    char words[1000];
    (void)snprintf(words, sizeof words, "%.*s", (int)(source->span->end - source->span->start),
                   text.data + source->span->start);
    assert_string_equal(words, expected);
}

static void assert_criterion(const Spoina__V1__AwardCriterion *criterion, const char *name,
                             int percent, Spoina__V1__CriterionKind kind)
{
    bool weighed = criterion->_weight_percent_case ==
                   SPOINA__V1__AWARD_CRITERION___WEIGHT_PERCENT_WEIGHT_PERCENT;
    assert_string_equal(criterion->name, name);
    assert_int_equal(weighed ? (int)criterion->weight_percent : -1, percent);
    assert_int_equal(criterion->kind, kind);
}

#define PRICE SPOINA__V1__CRITERION_KIND__CRITERION_KIND_PRICE
#define UNSPECIFIED SPOINA__V1__CRITERION_KIND__CRITERION_KIND_UNSPECIFIED

static void a_notice_of_the_bulletin_is_read(void **state)
{
    (void)state;
    struct reading reading = read_fixture("bzp_laundry.html");
    const Spoina__V1__Draft *draft = reading.draft;
    assert_int_equal(reading.read.source, SP_SOURCE_BZP);
    assert_string_equal(draft->title, "Pranie i sprzątanie");
    assert_words(&reading, draft->sources[0], "Pranie i sprzątanie");
    assert_string_equal(draft->buyer->name, "Gmina Wymyślona: Urząd");
    assert_string_equal(draft->buyer->town, "Wymyślona");
    assert_string_equal(draft->buyer->nuts, "PL516");
    assert_string_equal(draft->buyer->national_id, "000000000");
    assert_int_equal(draft->buyer->class_, SPOINA__V1__BUYER_CLASS__BUYER_CLASS_LOCAL);
    assert_true(draft->buyer->public_finance_sector);
    assert_string_equal(draft->reference, "2026/BZP 00000001");
    assert_string_equal(draft->published_on, "2026-01-10");
    assert_string_equal(draft->deadline, "2026-02-11");
    assert_int_equal(draft->kind, SPOINA__V1__PURCHASE_KIND__PURCHASE_KIND_SERVICES);
    assert_int_equal(draft->value_grosz, 12500050);
    ASSERT_TEXTS(draft, cpv, "98310000", "90911200");
    assert_string_equal(draft->description, ""); /* each lot has its own */
    assert_int_equal(draft->n_lots, 2);
    assert_warned(&reading, "lots", "3");
    assert_warned(&reading, "lots[0].cpv", "zły");
    assert_int_equal(reading.warnings.count, 2);
    sp_arena_free(reading.arena);
}

static void lots_of_the_bulletin_are_read(void **state)
{
    (void)state;
    struct reading reading = read_fixture("bzp_laundry.html");
    const Spoina__V1__Lot *first = reading.draft->lots[0];
    assert_string_equal(first->id, "1");
    assert_string_equal(first->description,
                        "Pranie 12 000 kg bielizny.\n1.1) to nie jest numer pola");
    assert_words(&reading, first->sources[0], first->description);
    ASSERT_TEXTS(first, cpv, "98310000", "98311000");
    assert_string_equal(first->from, "2026-03-01");
    assert_string_equal(first->to, "2027-02-28");
    assert_null(first->duration);
    assert_int_equal(first->value_grosz, 10000000);
    assert_int_equal(first->n_criteria, 2);
    assert_criterion(first->criteria[0], "Cena brutto", 60, PRICE);
    assert_criterion(first->criteria[1], "Czas odbioru", 40, UNSPECIFIED);
    const Spoina__V1__Lot *second = reading.draft->lots[1];
    assert_string_equal(second->id, "2");
    ASSERT_TEXTS(second, cpv, "90911200");
    assert_true(second->duration->amount == 12);
    assert_string_equal(second->duration->unit, "month");
    assert_int_equal(second->n_criteria, 1);
    assert_criterion(second->criteria[0], "Cena", -1, PRICE);
    sp_arena_free(reading.arena);
}

static void questions_of_the_bulletin_are_read_by_their_answer(void **state)
{
    (void)state;
    struct reading reading = read_fixture("bzp_laundry.html");
    const Spoina__V1__Draft *draft = reading.draft;
    assert_int_equal(draft->n_clauses, 2);
    assert_int_equal(draft->clauses[0]->kind, SPOINA__V1__CLAUSE_KIND__CLAUSE_KIND_ART_94);
    assert_int_equal(draft->clauses[0]->share_percent, 50);
    assert_words(&reading, draft->clauses[0]->sources[0],
                 "O udzielenie zamówienia mogą ubiegać się wyłącznie wykonawcy, o których mowa w "
                 "art. 94 ustawy: Tak");
    assert_int_equal(draft->clauses[1]->kind, SPOINA__V1__CLAUSE_KIND__CLAUSE_KIND_ART_95);
    sp_arena_free(reading.arena);
    /* The same words with the other answer reserve nothing. */
    size_t length = 0;
    char *data = load_fixture("bzp_laundry.html", &length);
    char *yes = strstr(data, "art. 94 ustawy: <span>Tak");
    assert_non_null(yes);
    memcpy(yes, "art. 94 ustawy: <span>Nie", 25);
    reading = read_bytes(sp_view_from(data, length));
    assert_int_equal(reading.status, SP_OK);
    assert_int_equal(reading.draft->n_clauses, 1);
    assert_int_equal(reading.draft->clauses[0]->kind, SPOINA__V1__CLAUSE_KIND__CLAUSE_KIND_ART_95);
    sp_free(data);
    sp_arena_free(reading.arena);
}

static void a_notice_saved_as_text_is_read_as_well(void **state)
{
    (void)state;
    struct reading html = read_fixture("bzp_laundry.html");
    struct reading text = read_bytes(html.read.document.text);
    assert_int_equal(text.status, SP_OK);
    assert_int_equal(text.read.source, SP_SOURCE_BZP);
    assert_string_equal(text.draft->title, html.draft->title);
    assert_string_equal(text.draft->deadline, html.draft->deadline);
    assert_int_equal(text.draft->n_lots, html.draft->n_lots);
    assert_int_equal(text.draft->n_clauses, html.draft->n_clauses);
    assert_int_equal(text.draft->lots[0]->n_cpv, html.draft->lots[0]->n_cpv);
    assert_int_equal(text.draft->lots[0]->n_criteria, 2);
    sp_arena_free(text.arena);
    sp_arena_free(html.arena);
}

static void an_ocds_release_is_read(void **state)
{
    (void)state;
    struct reading reading = read_fixture("ocds_release.json");
    const Spoina__V1__Draft *draft = reading.draft;
    assert_int_equal(reading.read.source, SP_SOURCE_OCDS);
    assert_string_equal(draft->title, "Żywienie uczniów");
    assert_words(&reading, draft->sources[0], "Żywienie uczniów");
    assert_string_equal(draft->description, "Obiady w dwóch szkołach.");
    assert_string_equal(draft->buyer->name, "Gmina Wymyślona");
    assert_string_equal(draft->buyer->town, "Wymyślona");
    assert_string_equal(draft->buyer->nuts, "PL516");
    assert_string_equal(draft->buyer->national_id, "000000000");
    assert_string_equal(draft->reference, "ocds-000000-1");
    assert_string_equal(draft->published_on, "2026-01-10");
    assert_string_equal(draft->deadline, "2026-02-11");
    assert_int_equal(draft->value_grosz, 25000050);
    assert_int_equal(draft->kind, SPOINA__V1__PURCHASE_KIND__PURCHASE_KIND_SERVICES);
    ASSERT_TEXTS(draft, cpv, "55523100");
    assert_int_equal(draft->n_clauses, 1);
    assert_int_equal(draft->clauses[0]->kind, SPOINA__V1__CLAUSE_KIND__CLAUSE_KIND_ART_94);
    assert_int_equal(draft->n_lots, 2);
    const Spoina__V1__Lot *first = draft->lots[0];
    ASSERT_TEXTS(first, cpv, "55524000");
    assert_string_equal(first->from, "2026-03-01");
    assert_string_equal(first->to, "2026-06-30");
    assert_int_equal(first->n_criteria, 2);
    assert_criterion(first->criteria[0], "Cena", 60, PRICE);
    assert_criterion(first->criteria[1], "Dieta", -1, UNSPECIFIED); /* points are no percent */
    const Spoina__V1__Lot *second = draft->lots[1];
    ASSERT_TEXTS(second, cpv, "55523100", "55524000");
    ASSERT_TEXTS(second, places, "PL516", "Wymyślona");
    assert_true(second->duration->amount == 100);
    assert_int_equal(second->n_requirements, 1);
    assert_string_equal(second->requirements[0]->text, "Obiad dwudaniowy");
    assert_true(second->requirements[0]->demand->amount == 507);
    assert_string_equal(second->requirements[0]->demand->unit, "porcja");
    assert_non_null(strstr(reading.read.document.text.data, "Decyzja PPIS."));
    assert_warned(&reading, "lots[0].value_grosz", "EUR");
    assert_int_equal(reading.warnings.count, 1);
    sp_arena_free(reading.arena);
}

static void json_that_is_no_release_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *content;
        const char *english;
    } CASES[] = {
        {"{\"title\": \"draft\"}", "no OCDS release"}, {"{\"releases\": []}", "no OCDS release"},
        {"{\"tender\": 5}", "no OCDS release"},        {"{\"tender\": {}}", "no title"},
        {"{\"tender\": {\"title\": \"a\"}", "Line 1"},
    };
    for (size_t i = 0; i < SP_COUNT(CASES); i++) {
        struct reading reading = read_bytes(sp_view_of(CASES[i].content));
        if (strstr(reading.error.english, CASES[i].english) == NULL) {
            fail_msg("%s: %s", CASES[i].content, reading.error.english);
        }
        assert_int_equal(reading.status, SP_INVALID);
        assert_true(reading.error.place[0] != '\0');
        sp_arena_free(reading.arena);
    }
}

static void a_document_gives_title_text_and_printed_codes(void **state)
{
    (void)state;
    size_t length = 0;
    char *bytes = sp_office_docx(
        "<w:p><w:r><w:t>Załącznik nr 1</w:t></w:r></w:p>"
        "<w:p><w:pPr><w:pStyle w:val='Nagwek1'/></w:pPr><w:r><w:t>Opis zamówienia</w:t></w:r></w:p>"
        "<w:p><w:r><w:t>Kod CPV 85311100-3, tel. 85311100-4, NIP 1185311100-3, "
        "55523100-3.</w:t></w:r></w:p>",
        &length);
    struct reading reading = read_bytes(sp_view_from(bytes, length));
    free(bytes);
    assert_int_equal(reading.status, SP_OK);
    assert_int_equal(reading.read.source, SP_SOURCE_DOCUMENT);
    assert_string_equal(reading.draft->title, "Opis zamówienia");
    assert_string_equal(reading.draft->description, reading.read.document.text.data);
    ASSERT_TEXTS(reading.draft, cpv, "85311100", "55523100"); /* the others have wrong digits */
    assert_int_equal(reading.draft->n_lots, 0);
    sp_arena_free(reading.arena);
    reading = read_bytes(sp_view_of("Pierwsza linia\ndalej"));
    assert_string_equal(reading.draft->title, "Pierwsza linia");
    sp_arena_free(reading.arena);
}

/** What the three real notices say; the facts are retold, not copied. */
static const struct {
    const char *file;
    const char *title_start;
    const char *buyer_part;
    const char *town;
    const char *nuts;
    const char *regon;
    const char *reference;
    const char *published;
    const char *deadline;
    const char *main_code;
    const char *to;
    size_t codes;
    size_t criteria;
    int first_weight;
    double months;
    Spoina__V1__PurchaseKind kind;
} REAL[] = {
    {"2026_BZP_00035012.html", "Termomodernizacja", "Gowarczów", "Gowarczów", "PL721", "670223681",
     "2026/BZP 00035012", "2026-01-14", "2026-02-14", "45320000", "", 5, 2, 60, 6,
     SPOINA__V1__PURCHASE_KIND__PURCHASE_KIND_WORKS},
    {"2026_BZP_00054454.html", "Roboty ogólnobudowlane", "MIESZKANIOWEJ", "Słupsk", "", "771285155",
     "2026/BZP 00054454", "2026-01-21", "2026-02-06", "45432100", "2026-12-31", 11, 1, 100, 0,
     SPOINA__V1__PURCHASE_KIND__PURCHASE_KIND_WORKS},
    {"x4.html", "Zakup dostępu", "SKARBOWEJ", "Bydgoszcz", "PL613", "001021145",
     "2024/BZP 00097743", "2024-02-08", "", "72500000", "", 2, 0, 0, 0,
     SPOINA__V1__PURCHASE_KIND__PURCHASE_KIND_SERVICES},
};

static void real_notices_of_the_bulletin_are_read(void **state)
{
    (void)state;
    for (size_t i = 0; i < SP_COUNT(REAL); i++) {
        size_t length = 0;
        char *data = load("SPOINA_SHARED", "data/notices/bzp", REAL[i].file, &length);
        if (data == NULL) {
            (void)printf("SKIPPED: no $SPOINA_SHARED/data/notices/bzp/%s\n", REAL[i].file);
            skip();
        }
        struct reading reading = read_bytes(sp_view_from(data, length));
        sp_free(data);
        assert_int_equal(reading.status, SP_OK);
        const Spoina__V1__Draft *draft = reading.draft;
        assert_ptr_equal(strstr(draft->title, REAL[i].title_start), draft->title);
        assert_non_null(strstr(draft->buyer->name, REAL[i].buyer_part));
        assert_string_equal(draft->buyer->town, REAL[i].town);
        assert_string_equal(draft->buyer->nuts, REAL[i].nuts);
        assert_string_equal(draft->buyer->national_id, REAL[i].regon);
        assert_string_equal(draft->reference, REAL[i].reference);
        assert_string_equal(draft->published_on, REAL[i].published);
        assert_string_equal(draft->deadline, REAL[i].deadline);
        assert_int_equal(draft->kind, REAL[i].kind);
        ASSERT_TEXTS(draft, cpv, REAL[i].main_code);
        assert_int_equal(draft->n_lots, 1);
        assert_int_equal(draft->n_clauses, 0); /* none is reserved */
        const Spoina__V1__Lot *lot = draft->lots[0];
        assert_int_equal(lot->n_cpv, REAL[i].codes);
        assert_string_equal(lot->cpv[0], REAL[i].main_code);
        assert_true(lot->description[0] != '\0');
        assert_string_equal(lot->to, REAL[i].to);
        assert_true((lot->duration == NULL ? 0 : lot->duration->amount) == REAL[i].months);
        assert_int_equal(lot->n_criteria, REAL[i].criteria);
        if (lot->n_criteria > 0) {
            assert_criterion(lot->criteria[0], "Cena", REAL[i].first_weight, PRICE);
        }
        sp_arena_free(reading.arena);
    }
}

/** Read it; whatever comes out must be a draft or a told error. */
static void read_any(struct sp_view content, size_t *accepted)
{
    struct reading reading = read_bytes(content);
    if (reading.status == SP_OK) {
        *accepted += 1;
        struct sp_view text = reading.read.document.text;
        assert_int_equal(sp_utf8_check(text), text.length);
    } else {
        assert_true(reading.error.polish[0] != '\0' && reading.error.english[0] != '\0');
    }
    sp_arena_free(reading.arena);
}

/** The same bytes as UTF-16, little end first, with a mark; only of ASCII and what UTF-8 makes of
 *  two bytes, which is all of these files but a few quotation marks (left out). */
static char *to_utf16(const char *data, size_t length, size_t *out_length)
{
    char *wide = malloc(2 * length + 2);
    assert_non_null(wide);
    struct sp_view text = sp_view_from(data, sp_utf8_check(sp_view_from(data, length)));
    size_t to = 0;
    wide[to++] = '\xFF';
    wide[to++] = '\xFE';
    for (size_t at = 0; at < text.length;) {
        uint32_t c = sp_utf8_next(text, &at);
        if (c < 0xD800) {
            wide[to++] = (char)(c & 0xFF);
            wide[to++] = (char)(c >> 8);
        }
    }
    *out_length = to;
    return wide;
}

/** Cut, change and re-encode one real file. */
static void mistreat(char *data, size_t length, size_t *accepted)
{
    size_t wide_length = 0;
    char *wide = to_utf16(data, length, &wide_length);
    read_any(sp_view_from(wide, wide_length), accepted);
    free(wide);
    read_any(sp_view_from(data, length / 3), accepted);
    read_any(sp_view_from(data, length - 9), accepted);
    data[length / 2] = (char)(data[length / 2] ^ 0x41);
    read_any(sp_view_from(data, length), accepted);
}

static void real_files_cut_changed_and_re_encoded_are_no_danger(void **state)
{
    (void)state;
    static const char *const FOLDERS[] = {"ted", "eforms-examples", "bzp"};
    const char *shared = getenv("SPOINA_SHARED");
    size_t files = 0;
    size_t accepted = 0;
    for (size_t i = 0; i < SP_COUNT(FOLDERS); i++) {
        char folder[1024];
        (void)snprintf(folder, sizeof folder, "%s/data/notices/%s", shared == NULL ? "" : shared,
                       FOLDERS[i]);
        DIR *directory = opendir(folder);
        for (struct dirent *entry = directory == NULL ? NULL : readdir(directory); entry != NULL;
             entry = readdir(directory)) {
            size_t length = 0;
            char *data =
                entry->d_name[0] == '.'
                    ? NULL
                    : load("SPOINA_SHARED", folder + strlen(shared) + 1, entry->d_name, &length);
            if (data != NULL) {
                files++;
                mistreat(data, length, &accepted);
                sp_free(data);
            }
        }
        if (directory != NULL) {
            (void)closedir(directory);
        }
    }
    if (files == 0) {
        (void)printf("SKIPPED: no notices at $SPOINA_SHARED/data/notices\n");
        skip();
    }
    (void)printf("%zu files mistreated in four ways, %zu readings accepted\n", files, accepted);
    assert_true(accepted >= files); /* at least re-encoded they are whole */
}

static enum sp_status read_once(void *context)
{
    const struct sp_view *content = context;
    struct sp_arena *arena = sp_arena_new(ARENA_BYTES);
    if (arena == NULL) {
        return SP_NOMEM;
    }
    struct sp_draft_warnings warnings = {.arena = arena};
    struct sp_tender_reading reading;
    enum sp_status status = sp_tender_read(*content, "x", NULL, arena, &warnings, &reading, NULL);
    sp_arena_free(arena);
    return status;
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    size_t length = 0;
    char *ocds = load_fixture("ocds_release.json", &length);
    struct reading bulletin = read_fixture("bzp_laundry.html");
    size_t ted_length = 0;
    char *ted = load_fixture("ted_laundry.xml", &ted_length);
    struct sp_view contents[] = {sp_view_from(ocds, length), bulletin.read.document.text,
                                 sp_view_from(ted, ted_length)};
    for (size_t i = 0; i < SP_COUNT(contents); i++) {
        enum sp_status seen = SP_NOMEM;
        int rounds = sp_fault_sweep(read_once, &contents[i], 5000, &seen);
        if (rounds < 5) {
            fail_msg("case %zu: %d rounds, %s", i, rounds, sp_status_name(seen));
        }
        assert_int_equal(seen, SP_OK);
    }
    sp_free(ocds);
    sp_free(ted);
    sp_arena_free(bulletin.arena);
}

int main(void)
{
    sp_xml_setup();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_notice_of_the_bulletin_is_read),
        cmocka_unit_test(lots_of_the_bulletin_are_read),
        cmocka_unit_test(questions_of_the_bulletin_are_read_by_their_answer),
        cmocka_unit_test(a_notice_saved_as_text_is_read_as_well),
        cmocka_unit_test(an_ocds_release_is_read),
        cmocka_unit_test(json_that_is_no_release_is_refused),
        cmocka_unit_test(a_document_gives_title_text_and_printed_codes),
        cmocka_unit_test(real_notices_of_the_bulletin_are_read),
        cmocka_unit_test(real_files_cut_changed_and_re_encoded_are_no_danger),
        cmocka_unit_test(every_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
