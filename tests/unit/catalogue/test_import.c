/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Import and export: every row is taken or rejected once, a second import changes nothing, an
 * export makes an equal catalogue, and a real file of contractors comes in.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "base/file.h"
#include "base/memory.h"
#include "matcher/catalogue/export.h"
#include "matcher/catalogue/import.h"
#include "matcher/vocabulary/vocabulary.h"
#include "tests/lib/fault.h"
#include "tests/unit/catalogue/support.h"

static struct sp_language *language;
static struct sp_vocabulary *vocabulary;
static char *directory;
static struct sp_store *store;
static struct sp_arena *arena;

static int open_all(void **state)
{
    (void)state;
    struct sp_analyser *analyser = NULL;
    struct sp_error err = {0};
    language = test_language_open();
    assert_int_equal(sp_analyser_new(language, &analyser, &err), SP_OK);
    if (sp_vocabulary_open(getenv("SPOINA_SHARE"), analyser, &vocabulary, &err) != SP_OK) {
        fail_msg("%s: %s", err.place, err.english);
    }
    sp_analyser_free(analyser);
    return 0;
}

static int close_all(void **state)
{
    (void)state;
    sp_vocabulary_free(vocabulary);
    sp_language_free(language);
    return 0;
}

static struct sp_store *open_store(const char *where)
{
    struct sp_store *opened = NULL;
    struct sp_error err = {0};
    struct sp_store_options options = {
        .directory = where, .language = language, .vocabulary = vocabulary};
    if (sp_store_open(&options, &opened, &err) != SP_OK) {
        fail_msg("%s", err.english);
    }
    return opened;
}

static int open_empty(void **state)
{
    (void)state;
    directory = test_directory_new();
    store = open_store(directory);
    arena = sp_arena_new(256 << 20);
    return arena == NULL ? -1 : 0;
}

static int close_store(void **state)
{
    (void)state;
    sp_store_close(store);
    test_directory_remove(directory);
    sp_arena_free(arena);
    return 0;
}

/** Import into @p into; the counts must add up. */
static Spoina__V1__ImportEntitiesResponse *import_into(struct sp_store *into,
                                                       struct sp_view content, bool dry_run)
{
    Spoina__V1__ImportEntitiesResponse *out = sp_arena_alloc(arena, sizeof *out);
    struct sp_error err = {0};
    struct sp_import_options options = {
        .content = content, .dry_run = dry_run, .source = "test", .author = TEST_AUTHOR};
    if (sp_import_run(&options, into, vocabulary, arena, out, &err) != SP_OK) {
        fail_msg("%s: %s", err.place, err.english);
    }
    assert_int_equal(out->read, out->added + out->changed + out->unchanged + out->n_rejected);
    return out;
}

static Spoina__V1__ImportEntitiesResponse *import(const char *text)
{
    return import_into(store, sp_view_of(text), false);
}

static Spoina__V1__Entity *find(const char *key)
{
    Spoina__V1__Entity *entity = NULL;
    struct sp_error err = {0};
    if (sp_store_find(store, key, arena, &entity, &err) != SP_OK) {
        fail_msg("%s", err.english);
    }
    return entity;
}

static void rows_become_entities_with_offers(void **state)
{
    (void)state;
    const Spoina__V1__ImportEntitiesResponse *out = import(
        "Nazwa;Forma prawna;NIP;Miejscowość;Statusy;Jednostki;Oferta;CPV;Moc;Cena;Cena za;Obszar;"
        "Wyposażenie;Jednostka\n"
        "Spółdzielnia Socjalna Ogród;spółdzielnia socjalna;521-301-72-28;Legnica;"
        "PS 2023-05-01..2028-05-01 (decyzja 12/2023) | Zakup Prospołeczny;zaz1:ZAZ:ZAZ Ogród;"
        "Koszenie trawników;77310000-6, 77314000-4;5000 m2/day;1 234,5 zł;m2;0262 | 0209;"
        "kosiarka | pilarka;zaz1\n"
        "Spółdzielnia Socjalna Ogród;;5213017228;;;;Pranie;98310000;;;;;;\n");
    if (out->n_rejected != 0) {
        fail_msg("%s: %s", out->rejected[0]->place, out->rejected[0]->reason);
    }
    assert_int_equal(out->added, 2);
    assert_int_equal(out->catalogue_version, 1); /* two rows, one entity, one entry of the log */
    const Spoina__V1__Entity *entity = find("5213017228");
    assert_string_equal(entity->id, "nip-5213017228");
    assert_int_equal(entity->legal_form, SPOINA__V1__LEGAL_FORM__LEGAL_FORM_SOCIAL_COOPERATIVE);
    assert_memory_equal(entity->seat->teryt, "0262", 4);
    assert_string_equal(entity->provenance->source, "test");
    assert_int_equal(entity->n_statuses, 2);
    assert_string_equal(entity->statuses[0]->valid_to, "2028-05-01");
    assert_string_equal(entity->statuses[0]->evidence, "decyzja 12/2023");
    assert_int_equal(entity->statuses[1]->kind,
                     SPOINA__V1__STATUS_KIND__STATUS_KIND_BUY_SOCIAL_MARK);
    assert_int_equal(entity->n_offers, 2);
    const Spoina__V1__Offer *offer = entity->offers[0];
    assert_string_equal(offer->cpv[0], "77310000");
    assert_int_equal(offer->n_cpv, 2);
    assert_int_equal(offer->price_grosz, 123450);
    assert_true(offer->capacity[0]->declared->amount == 5000);
    assert_string_equal(offer->capacity[0]->declared->unit, "m2");
    assert_string_equal(offer->capacity[0]->declared->period, "day");
    assert_int_equal(offer->area->n_teryt, 2);
    assert_int_equal(offer->n_equipment, 2);
    assert_string_equal(offer->unit_id, "zaz1");
}

static void a_wrong_row_is_rejected_alone_with_its_place(void **state)
{
    (void)state;
    static const struct {
        const char *row;
        const char *place;
        const char *reason;
    } cases[] = {
        {"A;fundacja;5213017229;;;;;", "nip", "NIP 5213017229"},
        {"A;fundacja;0000022722;;;;;", "nip", "KRS"},
        {"A;bank;5213017228;;;;;", "forma", "bank"},
        {";fundacja;5213017228;;;;;", "name", "nazwy"},
        {"A;fundacja;5213017228;9999;;;;", "seat.teryt", "9999"},
        {"A;fundacja;5213017228;;X;77310000-7;;", "offers[0].cpv[0]", "powinna być 6"},
        {"A;fundacja;5213017228;;X;77310001;;", "offers[0].cpv[0]", "77310001"},
        {"A;fundacja;5213017228;;X;;dużo;", "moc", "dużo"},
        {"A;fundacja;5213017228;;X;;5 wiader;", "moc", "wiader"},
        {"A;fundacja;5213017228;;X;;;-1", "cena", "-1"},
        {"A;fundacja;5213017228;;;;;5,00", "oferta", "bez nazwy"},
        {"A;fundacja;5213017228;;X;;;1;9", "", "brakuje cudzysłowów"},
        {"\"A;fundacja;5213017228;;;;;", "", "nie jest zamknięty"},
        {"A;gmina;5213017228;;;;;;PS", "", "brakuje cudzysłowów"},
        {"\x07;fundacja;5213017228;;;;;", "name", "U+0007"},
    };
    for (size_t i = 0; i < SP_COUNT(cases); i++) {
        char text[512];
        (void)snprintf(text, sizeof text,
                       "nazwa;forma;nip;teryt;oferta;cpv;moc;cena\n"
                       "Dobra;fundacja;5260250274;;;;;\n%s\n"
                       "Druga;fundacja;8971383551;;;;;\n",
                       cases[i].row);
        const Spoina__V1__ImportEntitiesResponse *out = import_into(store, sp_view_of(text), true);
        assert_int_equal(out->added, 2);
        assert_int_equal(out->n_rejected, 1);
        const Spoina__V1__RejectedRow *rejected = out->rejected[0];
        assert_int_equal(rejected->line, 3);
        assert_string_equal(rejected->row, cases[i].row);
        assert_string_equal(rejected->place, cases[i].place);
        if (strstr(rejected->reason, cases[i].reason) == NULL) {
            fail_msg("row %s: %s", cases[i].row, rejected->reason);
        }
    }
    assert_int_equal(sp_store_version(store), 0); /* dry runs */
}

static void bytes_that_are_no_text_reject_their_row(void **state)
{
    (void)state;
    const Spoina__V1__ImportEntitiesResponse *out =
        import("nazwa;nip\nZażółć gęślą jaźń;5260250274\nZ\xB3y;5213017228\n");
    assert_int_equal(out->added, 1);
    assert_int_equal(out->n_rejected, 1);
    assert_string_equal(out->rejected[0]->row, "Z\xEF\xBF\xBDy;5213017228");
}

static void rows_of_one_entity_must_agree(void **state)
{
    (void)state;
    const Spoina__V1__ImportEntitiesResponse *out = import("nip,name,offer\n"
                                                           "5213017228,A,one\n"
                                                           "5213017228,B,two\n"
                                                           "5213017228,,three\n");
    assert_int_equal(out->added, 2);
    assert_int_equal(out->n_rejected, 1);
    assert_int_equal(out->rejected[0]->line, 3);
    assert_string_equal(out->rejected[0]->place, "name");
    assert_int_equal(find("5213017228")->n_offers, 2);
}

static void numbers_written_in_two_ways_agree(void **state)
{
    (void)state;
    const Spoina__V1__ImportEntitiesResponse *out =
        import("nip,krs,name,offer\n521-301-72-28,7,A,one\nPL5213017228,0000000007,A,two\n"
               "5213017228,8,A,three\n");
    assert_int_equal(out->n_rejected, 1);
    assert_string_equal(out->rejected[0]->place, "krs");
    assert_int_equal(find("5213017228")->n_offers, 2);
}

static void a_second_import_changes_nothing(void **state)
{
    (void)state;
    static const char text[] = "nazwa;nip;miejscowość;oferta;cena\n"
                               "A;5213017228;Legnica;Pranie;5,00\n"
                               "A;5213017228;Legnica;Koszenie;\n"
                               "Bez numeru;;Jawor;Catering;\n"
                               "zła;1;;;\n";
    (void)import(text);
    uint64_t version = sp_store_version(store);
    const Spoina__V1__ImportEntitiesResponse *out = import(text);
    assert_int_equal(out->unchanged, 3);
    assert_int_equal(out->n_rejected, 1);
    assert_int_equal(sp_store_version(store), version);
}

static void an_empty_cell_and_a_missing_column_clear_nothing(void **state)
{
    (void)state;
    (void)import("{\"name\":\"A\",\"nip\":\"5213017228\",\"description\":\"Opis\","
                 "\"revenue\":[{\"year\":2025,\"grosz\":\"100\"}],"
                 "\"offers\":[{\"id\":\"p\",\"title\":\"Pranie\",\"priceUnit\":\"kg\"}]}\n");
    const Spoina__V1__ImportEntitiesResponse *out =
        import("nip;opis;id_oferty;cena\n5213017228;;p;7,5\n");
    assert_int_equal(out->changed, 1);
    const Spoina__V1__Entity *entity = find("5213017228");
    assert_string_equal(entity->description, "Opis");
    assert_int_equal(entity->n_revenue, 1);
    assert_int_equal(entity->offers[0]->price_grosz, 750);
    assert_string_equal(entity->offers[0]->title, "Pranie");
    assert_string_equal(entity->offers[0]->price_unit, "kg");
}

static void a_dry_run_counts_and_changes_nothing(void **state)
{
    (void)state;
    const Spoina__V1__ImportEntitiesResponse *out =
        import_into(store, sp_view_of("nazwa;nip\nA;5213017228\nB;5260250274\n"), true);
    assert_int_equal(out->added, 2);
    assert_int_equal(out->catalogue_version, 0);
    assert_int_equal(sp_store_verify(store, NULL), SP_OK);
}

static void a_unit_is_no_legal_form(void **state)
{
    (void)state;
    const Spoina__V1__ImportEntitiesResponse *out =
        import("nip;nazwa;forma\n5213017228;ZAZ w Legnickim Polu;zaz\n");
    assert_int_equal(out->added, 1);
    assert_non_null(strstr(out->notes[0], "osobowości prawnej"));
    const Spoina__V1__Entity *entity = find("5213017228");
    assert_int_equal(entity->legal_form, SPOINA__V1__LEGAL_FORM__LEGAL_FORM_UNSPECIFIED);
    assert_int_equal(entity->n_units, 1);
    assert_int_equal(entity->units[0]->kind, SPOINA__V1__UNIT_KIND__UNIT_KIND_ZAZ);
}

static void json_lines_name_the_field(void **state)
{
    (void)state;
    const Spoina__V1__ImportEntitiesResponse *out =
        import("{\"name\":\"A\",\"nip\":\"5213017228\"}\n"
               "\n"
               "{\"name\":\"B\",\"nazwa\":\"C\"}\n"
               "{\"name\":\"B\",\n"
               "{\"name\":\"B\",\"offers\":[{\"title\":\"x\",\"cpv\":[\"1\"]}]}\r\n"
               "{\"name\":\"JST\",\"id\":\"j\",\"legalForm\":\"LEGAL_FORM_LOCAL_GOVERNMENT\","
               "\"statuses\":[{\"kind\":\"STATUS_KIND_PS\"}]}\n");
    assert_int_equal(out->read, 5);
    assert_int_equal(out->added, 1);
    assert_int_equal(out->n_rejected, 4);
    assert_int_equal(out->rejected[0]->line, 3);
    assert_string_equal(out->rejected[0]->place, "nazwa");
    assert_int_equal(out->rejected[2]->line, 5);
    assert_string_equal(out->rejected[2]->place, "offers[0].cpv[0]");
    assert_string_equal(out->rejected[3]->place, "statuses[0].kind");
}

static void a_file_without_a_known_column_is_refused(void **state)
{
    (void)state;
    static const char *const files[] = {"", "\n\n", "foo;bar\n1;2\n", "nip;NIP\n1;2\n",
                                        "\x89PNG\r\n\x1a\n"};
    for (size_t i = 0; i < SP_COUNT(files); i++) {
        Spoina__V1__ImportEntitiesResponse out;
        struct sp_error err = {0};
        struct sp_import_options options = {
            .content = sp_view_of(files[i]), .source = "t", .author = TEST_AUTHOR};
        assert_int_equal(sp_import_run(&options, store, vocabulary, arena, &out, &err), SP_INVALID);
        assert_true(err.polish[0] != '\0');
    }
    assert_int_equal(sp_store_begin(store, NULL), SP_OK); /* no group was left open */
    sp_store_rollback(store);
}

static void excel_files_come_in(void **state)
{
    (void)state;
    const Spoina__V1__ImportEntitiesResponse *out =
        import("sep=,\r\nnazwa,krs,teryt\r\nA,123456,262\r\n,,\r\nB,x,\r\n");
    assert_int_equal(out->added, 1);
    assert_string_equal(find("0000123456")->seat->teryt, "0262");
    assert_int_equal(out->rejected[0]->line, 5);
}

/** Export all of @p from. */
static struct sp_view export_all(const char *from, Spoina__V1__FileFormat format)
{
    struct sp_reader *reader = NULL;
    struct sp_export *job = NULL;
    struct sp_buffer file;
    bool more = true;
    sp_buffer_init(&file, 64 << 20);
    assert_int_equal(sp_reader_open(from, language, &reader, NULL), SP_OK);
    assert_int_equal(sp_export_new(reader, format, &job, NULL), SP_OK);
    while (more) {
        assert_int_equal(sp_export_next(job, &file, &more, NULL), SP_OK);
    }
    sp_export_free(job);
    sp_reader_close(reader);
    struct sp_view copy = sp_view_from(sp_arena_copy(arena, sp_buffer_view(&file)), file.length);
    assert_non_null(copy.data);
    sp_buffer_release(&file);
    return copy;
}

static const char CATALOGUE[] =
    "{\"name\":\"Spółdzielnia \\\"Ogród\\\"; s.c.\",\"nip\":\"5213017228\",\"krs\":\"0000123456\","
    "\"legalForm\":\"LEGAL_FORM_SOCIAL_COOPERATIVE\",\"description\":\"=1+1\\nDwa\","
    "\"shortName\":\"Ogród\",\"owes\":\"legnica\","
    "\"seat\":{\"teryt\":\"0262011\",\"name\":\"Legnica\",\"latitude\":51.207,"
    "\"longitude\":16.155312500000001},"
    "\"units\":[{\"id\":\"zaz\",\"kind\":\"UNIT_KIND_ZAZ\",\"name\":\"ZAZ Ogród\"}],"
    "\"statuses\":[{\"kind\":\"STATUS_KIND_PS\",\"validFrom\":\"2023-05-01\","
    "\"evidence\":\"decyzja 1/23\"},{\"kind\":\"STATUS_KIND_ZPCH\"}],"
    "\"declarations\":[{\"kind\":\"DECLARATION_KIND_INTEGRATION_AIM\",\"value\":true,"
    "\"date\":\"2026-01-31\",\"evidence\":\"statut, § 4\"},"
    "{\"kind\":\"DECLARATION_KIND_CERTIFICATE_27\",\"date\":\"2026-02-01\"},"
    "{\"kind\":\"DECLARATION_KIND_NON_PROFIT\",\"value\":true}],"
    "\"cooperations\":[{\"entityId\":\"f\",\"kind\":\"wspólna oferta\","
    "\"from\":\"2024-01-01\",\"to\":\"2024-12-31\"},"
    "{\"entityId\":\"f\",\"from\":\"2026-01-01\"},{\"entityId\":\"nip-5260250274\"}],"
    "\"contact\":{\"email\":\"a@b.pl\",\"phone\":\"+48 71\",\"website\":\"b.pl\","
    "\"streetAddress\":\"Polna 1\",\"postalCode\":\"59-220\"},"
    "\"provenance\":{\"source\":\"s\",\"sourceId\":\"7\",\"confirmedOn\":\"2026-01-02\","
    "\"fictional\":true},"
    "\"offers\":[{\"id\":\"a\",\"title\":\"Koszenie\",\"description\":\"Trawa, \\\"zieleń\\\"\","
    "\"cpv\":[\"77310000\",\"77314000\"],\"service\":[\"MOW\"],\"unitId\":\"zaz\","
    "\"capacity\":[{\"declared\":{\"amount\":0.1,\"unit\":\"ha\",\"period\":\"day\"},"
    "\"committed\":{\"amount\":0.05,\"unit\":\"ha\",\"period\":\"day\"},"
    "\"freeFrom\":\"2026-05-01\"}],"
    "\"minimumOrder\":{\"amount\":100,\"unit\":\"m2\"},"
    "\"maximumOrder\":{\"amount\":1e6,\"unit\":\"m2\"},"
    "\"priceGrosz\":\"105\",\"priceUnit\":\"m2\","
    "\"area\":{\"teryt\":[\"0262\",\"0209\"],\"kilometres\":40},"
    "\"equipment\":[\"kosiarka\",\"pilarka spalinowa\"],\"leadTimeDays\":0},"
    "{\"id\":\"b\",\"title\":\"Pranie\"}]}\n"
    "{\"name\":\"Fundacja bez ofert\",\"id\":\"f\",\"provenance\":{\"source\":\"s\"}}\n";

static void an_export_makes_an_equal_catalogue(void **state)
{
    (void)state;
    static const Spoina__V1__FileFormat formats[] = {
        SPOINA__V1__FILE_FORMAT__FILE_FORMAT_JSON_LINES, SPOINA__V1__FILE_FORMAT__FILE_FORMAT_CSV};
    static const char sql[] = "SELECT number, id, hex(payload) FROM entity ORDER BY number";
    const Spoina__V1__ImportEntitiesResponse *out = import(CATALOGUE);
    if (out->n_rejected != 0) {
        fail_msg("%s: %s", out->rejected[0]->place, out->rejected[0]->reason);
    }
    char *expected = test_dump(directory, sql, arena);
    for (size_t i = 0; i < SP_COUNT(formats); i++) {
        char *other = test_directory_new();
        struct sp_store *copy = open_store(other);
        out = import_into(copy, export_all(directory, formats[i]), false);
        assert_int_equal(out->n_rejected, 0);
        assert_string_equal(test_dump(other, sql, arena), expected);
        sp_store_close(copy);
        test_directory_remove(other);
    }
}

static void declarations_and_partners_stand_in_cells(void **state)
{
    (void)state;
    const Spoina__V1__ImportEntitiesResponse *out =
        import("nazwa;nip;oświadczenia;współpraca\n"
               "A;5213017228;Cel integracyjny 2026-05-01 (statut, § 4) | niewykluczony: nie "
               "2026-06-01 | zaświadczenie z art. 27;nip-5260250274 konsorcjum "
               "2024-01-01..2024-12-31 | demo-000007\n"
               "B;5260250274;;\n"
               "C;;kocha wszystkich;\n"
               "D;;;ź\n"
               "E;8133477478;;nip-8133477478\n");
    assert_int_equal(out->added, 2);
    assert_int_equal(out->n_rejected, 3);
    assert_string_equal(out->rejected[0]->place, "oświadczenia");
    assert_string_equal(out->rejected[1]->place, "cooperations[0].entity_id");
    assert_non_null(strstr(out->rejected[2]->reason, "sam ze sobą"));
    const Spoina__V1__Entity *entity = find("5213017228");
    assert_int_equal(entity->n_declarations, 3);
    assert_int_equal(entity->declarations[0]->kind,
                     SPOINA__V1__DECLARATION_KIND__DECLARATION_KIND_INTEGRATION_AIM);
    assert_true(entity->declarations[0]->value);
    assert_string_equal(entity->declarations[0]->evidence, "statut, § 4");
    assert_false(entity->declarations[1]->value);
    assert_string_equal(entity->declarations[1]->date, "2026-06-01");
    assert_string_equal(entity->declarations[2]->date, "");
    assert_int_equal(entity->n_cooperations, 2);
    assert_string_equal(entity->cooperations[0]->kind, "konsorcjum");
    assert_string_equal(entity->cooperations[0]->to, "2024-12-31");
    /* B came in a later row and is known; demo-000007 is told, and kept. */
    size_t told = 0;
    for (size_t i = 0; i < out->n_notes; i++) {
        told += strstr(out->notes[i], "demo-000007") != NULL;
        assert_null(strstr(out->notes[i], "nip-5260250274"));
    }
    assert_int_equal(told, 1);
}

static void encodings_of_spreadsheets_come_in(void **state)
{
    (void)state;
    /* Windows-1250: "Świdnica", "Łódź"; the note names the encoding. */
    const Spoina__V1__ImportEntitiesResponse *out = import("nazwa;krs\n\x8Cwidnica;1\n\xA3\xF3"
                                                           "d\x9F;2\n");
    assert_int_equal(out->added, 2);
    assert_string_equal(find("0000000002")->name, "Łódź");
    assert_non_null(strstr(out->notes[0], "Windows-1250"));
}

/* The figures of this test are those of the real file, which the project does not contain. */
static void the_real_file_of_contractors_comes_in(void **state)
{
    (void)state;
    char path[512];
    char *data = NULL;
    size_t size = 0;
    const char *shared = getenv("SPOINA_SHARED");
    if (shared == NULL ||
        sp_file_join(shared, "data/entities/pes_from_atlas_contractors.csv", path, sizeof path) !=
            SP_OK ||
        sp_file_read(path, 16 << 20, &data, &size, NULL) != SP_OK) {
        print_message("SPOINA_SHARED has no data/entities: skipped\n");
        skip();
    }
    const Spoina__V1__ImportEntitiesResponse *out =
        import_into(store, sp_view_from(data, size), false);
    print_message("read %d, added %d, rejected %d\n", (int)out->read, (int)out->added,
                  (int)out->n_rejected);
    assert_int_equal(out->read, 1391);
    /* 62 rows have a wrong NIP, nearly all a KRS number in the column of the NIP. */
    assert_int_equal(out->n_rejected, 62);
    for (size_t i = 0; i < out->n_rejected; i++) {
        assert_string_equal(out->rejected[i]->place, "nip");
        assert_true(i == 0 || out->rejected[i - 1]->line < out->rejected[i]->line);
    }
    uint64_t version = sp_store_version(store);
    out = import_into(store, sp_view_from(data, size), false);
    assert_int_equal(out->unchanged, 1391 - 62);
    assert_int_equal(sp_store_version(store), version);
    assert_int_equal(sp_store_verify(store, NULL), SP_OK);
    sp_free(data);
}

static enum sp_status import_once(void *context)
{
    Spoina__V1__ImportEntitiesResponse out;
    struct sp_error err = {0};
    struct sp_arena *work = context;
    struct sp_import_options options = {
        .content = sp_view_of("nazwa;nip;miejscowość;oferta;oświadczenia;współpraca\n"
                              "\"A\";5213017228;Legnica;Pranie;niewykluczony 2026-01-01;x y\n"
                              "A;5213017228;;Koszenie;;\nB;1;;;;\n\xA3;;;;;\n"),
        .dry_run = true,
        .source = "t",
        .author = TEST_AUTHOR};
    sp_arena_reset(work);
    return sp_import_run(&options, store, vocabulary, work, &out, &err);
}

static void every_failed_allocation_of_an_import_is_told(void **state)
{
    (void)state;
    enum sp_status seen = SP_OK;
    struct sp_arena *work = sp_arena_new(1 << 20);
    int allocations = sp_fault_sweep(import_once, work, 5000, &seen);
    print_message("%d allocations\n", allocations);
    assert_true(allocations > 5);
    assert_int_equal(sp_store_version(store), 0);
    assert_int_equal(sp_store_verify(store, NULL), SP_OK);
    sp_arena_free(work);
}

#define IN_STORE(test) cmocka_unit_test_setup_teardown(test, open_empty, close_store)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_STORE(rows_become_entities_with_offers),
        IN_STORE(a_wrong_row_is_rejected_alone_with_its_place),
        IN_STORE(bytes_that_are_no_text_reject_their_row),
        IN_STORE(rows_of_one_entity_must_agree),
        IN_STORE(numbers_written_in_two_ways_agree),
        IN_STORE(a_second_import_changes_nothing),
        IN_STORE(an_empty_cell_and_a_missing_column_clear_nothing),
        IN_STORE(a_dry_run_counts_and_changes_nothing),
        IN_STORE(a_unit_is_no_legal_form),
        IN_STORE(json_lines_name_the_field),
        IN_STORE(a_file_without_a_known_column_is_refused),
        IN_STORE(excel_files_come_in),
        IN_STORE(an_export_makes_an_equal_catalogue),
        IN_STORE(declarations_and_partners_stand_in_cells),
        IN_STORE(encodings_of_spreadsheets_come_in),
        IN_STORE(the_real_file_of_contractors_comes_in),
        IN_STORE(every_failed_allocation_of_an_import_is_told),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
