/* SPDX-License-Identifier: EUPL-1.2 */
/** @file Purchasing plans as buyers save them: CSV in old encodings, XLSX, headings in many words.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "matcher/needs/import_plan.h"
#include "tests/lib/office_file.h"
#include "tests/unit/needs/support.h"

static struct test_needs test;
static char *directory;
static struct sp_needs *store;

static int open_all(void **state)
{
    (void)state;
    test_needs_open(&test);
    return 0;
}

static int close_all(void **state)
{
    (void)state;
    test_needs_close(&test);
    return 0;
}

static int open_store(void **state)
{
    (void)state;
    directory = test_directory_new();
    store = test_needs_store(&test, directory);
    return 0;
}

static int close_store(void **state)
{
    (void)state;
    sp_needs_close(store);
    test_directory_remove(directory);
    return 0;
}

static enum sp_status import(const char *content, size_t length, bool dry_run,
                             Spoina__V1__ImportPlanResponse *out, struct sp_error *err)
{
    Spoina__V1__ImportPlanRequest request = SPOINA__V1__IMPORT_PLAN_REQUEST__INIT;
    struct sp_plan_import job = {
        .tools = test.tools, .store = store, .today = 20779, .locale = SP_EN, .arena = test.arena};
    request.content.data = (uint8_t *)content;
    request.content.len = length;
    request.buyer = (char *)"Gmina Próbna";
    request.file_name = (char *)"plan.csv";
    request.dry_run = dry_run;
    spoina__v1__import_plan_response__init(out);
    return sp_import_plan(&job, &request, out, err);
}

static Spoina__V1__NeedSummary **list(size_t *count)
{
    struct sp_needs_reader *reader = NULL;
    struct sp_need_query query = test_query(&test, "", "", "", "");
    struct sp_needs_page page = {.query = &query, .limit = 50};
    Spoina__V1__NeedSummary **needs = NULL;
    uint32_t total = 0;
    assert_int_equal(sp_needs_reader_open(directory, &reader, NULL), SP_OK);
    assert_int_equal(sp_needs_reader_list(reader, &page, test.arena, &needs, count, &total, NULL),
                     SP_OK);
    sp_needs_reader_close(reader);
    return needs;
}

static const char PLAN[] =
    "Plan postępowań na rok 2027;;;;;;\n"
    "Lp.;Przedmiot zamówienia;Rodzaj zamówienia;Kod CPV;Orientacyjna wartość netto;"
    "Przewidywany termin wszczęcia;Miejsce\n"
    "1;2;3;4;5;6;7\n"
    "1;Dowóz posiłków do szkół;usługi;55523100-3;120 000,00 zł;I kwartał 2027;Legnica\n"
    "II. Roboty;;;;;;\n"
    "2;Budowa drogi;roboty budowlane;45233120-0;1;;\n"
    "3;;dostawy;;5000;;\n"
    "4;Zieleń;usługi;brak;5000;;\n"
    "5;Utrzymanie zieleni;usługi;;osiemset;;\n"
    "1;Dowóz posiłków do szkół;usługi;;1;;\n"
    "6;Meble;dostawy;39130000-2;8000;II kwartał;\n";

static void rows_are_taken_or_rejected_with_reasons(void **state)
{
    (void)state;
    static const uint64_t LINES[] = {6, 7, 8, 9, 10};
    Spoina__V1__ImportPlanResponse out;
    size_t count = 0;
    assert_int_equal(import(PLAN, sizeof PLAN - 1, true, &out, NULL), SP_OK);
    assert_int_equal(out.added, 2);
    (void)list(&count);
    assert_int_equal(count, 0); /* a dry run */
    assert_int_equal(import(PLAN, sizeof PLAN - 1, false, &out, NULL), SP_OK);
    assert_int_equal(out.read, 7);
    assert_int_equal(out.added, 2);
    assert_int_equal(out.n_rejected, SP_COUNT(LINES));
    for (size_t i = 0; i < SP_COUNT(LINES); i++) {
        assert_int_equal(out.rejected[i]->line, LINES[i]);
        assert_true(out.rejected[i]->reason[0] != '\0' && out.rejected[i]->place[0] != '\0');
    }
    assert_int_equal(import(PLAN, sizeof PLAN - 1, false, &out, NULL), SP_OK);
    assert_int_equal(out.unchanged, 2);
    Spoina__V1__NeedSummary **needs = list(&count);
    assert_int_equal(count, 2);
    assert_string_equal(needs[1]->title, "Dowóz posiłków do szkół");
    assert_string_equal(needs[1]->cpv[0], "55523100");
    assert_string_equal(needs[1]->term, "I kwartał 2027");
    assert_string_equal(needs[1]->buyer, "Gmina Próbna");
    assert_int_equal(needs[1]->value_grosz, 12000000);
    assert_int_equal(needs[1]->kind, SPOINA__V1__NEED_KIND__NEED_KIND_PLAN_ITEM);
}

#define VIEW(text)                                                                                 \
    {                                                                                              \
        text, sizeof(text) - 1                                                                     \
    }

static char *make_workbook(size_t *length, const char *sheet)
{
    const struct sp_office_part parts[] = {
        {"xl/workbook.xml", VIEW("<workbook xmlns:r='urn:r'><sheets><sheet name='A' "
                                 "r:id='rId7'/></sheets></workbook>")},
        {"xl/_rels/workbook.xml.rels", VIEW("<Relationships><Relationship Id='rId7' "
                                            "Target='worksheets/plan.xml'/></Relationships>")},
        {"xl/sharedStrings.xml",
         VIEW("<sst><si><t>Nazwa zamówienia</t></si><si><r><t>Wartość </t></r><r><t>zł</t></r></si>"
              "<si><t>Sprzątanie urzędu</t></si><si><t>Termin</t></si></sst>")},
        {"xl/worksheets/plan.xml", sp_view_of(sheet)},
    };
    return sp_office_pack(parts, SP_COUNT(parts), length);
}

static void a_spreadsheet_gives_cached_values_and_days(void **state)
{
    (void)state;
    Spoina__V1__ImportPlanResponse out;
    size_t length = 0;
    size_t count = 0;
    char *book = make_workbook(
        &length,
        "<worksheet><sheetData>"
        "<row r='3'><c r='B3' t='s'><v>0</v></c><c r='C3' t='s'><v>1</v></c>"
        "<c r='E3' t='s'><v>3</v></c></row>"
        "<row r='5'><c r='B5' t='s'><v>2</v></c><c r='C5'><f>100*2</f><v>61500.300000000003</v></c>"
        "<c r='E5'><v>46419</v></c></row>"
        "<row r='6'><c r='B6' t='inlineStr'><is><t>Pranie firan</t></is></c><c "
        "r='C6'><v>900</v></c>"
        "</row></sheetData></worksheet>");
    assert_non_null(book);
    assert_int_equal(import(book, length, false, &out, NULL), SP_OK);
    assert_int_equal(out.added, 2);
    Spoina__V1__NeedSummary **needs = list(&count);
    assert_int_equal(count, 2);
    assert_string_equal(needs[1]->title, "Sprzątanie urzędu");
    assert_int_equal(needs[1]->value_grosz, 6150030);
    assert_string_equal(needs[1]->term, "2027-02-01");
    for (size_t cut = 0; cut < length; cut += 7) { /* damaged: told, never a crash */
        enum sp_status status = import(book, cut, true, &out, NULL);
        assert_true(status == SP_INVALID || status == SP_UNSUPPORTED || status == SP_LIMIT);
    }
    free(book);
}

static void bad_spreadsheets_are_refused(void **state)
{
    (void)state;
    static const char *const SHEETS[] = {
        "<worksheet><sheetData><row><c t='s'><v>999</v></c></row></sheetData></worksheet>",
        "<worksheet><sheetData><row><c r='ZZZ1'><v>1</v></c></row></sheetData></worksheet>",
        "<worksheet><sheetData><row>",
        "<worksheet/>",
    };
    Spoina__V1__ImportPlanResponse out;
    for (size_t i = 0; i < SP_COUNT(SHEETS); i++) {
        size_t length = 0;
        char *book = make_workbook(&length, SHEETS[i]);
        struct sp_error err = {.status = SP_OK};
        assert_int_not_equal(import(book, length, false, &out, &err), SP_OK);
        assert_true(err.polish[0] != '\0');
        free(book);
    }
    assert_int_equal(import("", 0, false, &out, NULL), SP_INVALID);
    assert_int_equal(import("a;b\n1;2\n", 8, false, &out, NULL), SP_INVALID);
    assert_int_equal(import("\x89PNG\r\n\0\0\0", 9, false, &out, NULL), SP_UNSUPPORTED);
}

static void old_encodings_are_read(void **state)
{
    (void)state;
    static const char TEXT[] =
        "Przedmiot zam\xF3wienia,Warto\x9C\xE6\nUs\xB3ugi sprz\xB9tania,100\n";
    Spoina__V1__ImportPlanResponse out;
    size_t count = 0;
    assert_int_equal(import(TEXT, sizeof TEXT - 1, false, &out, NULL), SP_OK);
    assert_string_equal(list(&count)[0]->title, "Usługi sprzątania");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, open_store, close_store)
    const struct CMUnitTest tests[] = {
        TEST(rows_are_taken_or_rejected_with_reasons),
        TEST(a_spreadsheet_gives_cached_values_and_days),
        TEST(bad_spreadsheets_are_refused),
        TEST(old_encodings_are_read),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
