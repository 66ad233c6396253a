/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/unit/vocabulary/opened.h"

#include <jansson.h>
#include <string.h>

static struct opened all;

static int open_once(void **state)
{
    (void)state;
    open_all(&all);
    return 0;
}

static int close_once(void **state)
{
    (void)state;
    close_all(&all);
    return 0;
}

static enum sp_status resolve(const char *text, struct sp_place_mention *mention)
{
    struct sp_error err = {0};
    sp_arena_reset(all.arena);
    return sp_gazetteer_resolve(all.vocabulary->gazetteer, all.analyser, sp_view_of(text),
                                sp_view_of("02"), all.arena, mention, &err);
}

static void a_typed_place_is_understood(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *teryt;
    } cases[] = {
        {"w Legnicy", "0262011"},
        {"Legnica", "0262011"},
        {"LEGNICA", "0262011"},
        {"powiat legnicki", "0209"},
        {"powiatu legnickiego", "0209"},
        {"legnicki", "0209"},
        {"gminy Polkowice", "0216043"},
        {"w Wałbrzychu", "0265011"},
        {"m. Wrocław", "0264011"},
        {"na terenie Gminy Oleśnica", "0214062"},
        {"miasto Oleśnica", "0214011"},
        {"gmina miejska Oleśnica", "0214011"},
        {"Jelenia Góra", "0261011"},
        {"w Jeleniej Górze", "0261011"},
        {"jelenia gora", "0261011"},
        {"województwo dolnośląskie", "02"},
        {"woj. dolnośląskiego", "02"},
        {"dolnośląskie", "02"},
        {"Dolny Śląsk", "02"},
        {"na Dolnym Śląsku", "02"},
        {"Bolesławiec", "0201011"},
        {"gmina Bolesławiec", "0201022"},
        {"gmina wiejska Bolesławiec", "0201022"},
        {"Bolesławiec, woj. łódzkie", "101801"},
        {"gm. Kunice", "0209042"},
        {"Góra", "0204013"},
        {"jawor", "0205011"},
        {"w Środzie Śląskiej", "0218043"},
        {"Środa Śl.", "0218043"},
        {"Dusznikach-Zdroju", "0208011"},
        {"Jelczu-Laskowicach", "0215033"},
        {"powiat średzki, woj. wielkopolskie", "3025"},
        {"powiat średzki", "0218"},
        {"Kraków", "1261011"},
        {"w Zielonej Górze", "0862011"},
        {"0209", "0209"},
        {"0201022", "0201022"},
        {"PL51", "02"},
        {"Polska", ""},
    };
    for (size_t i = 0; i < SP_COUNT(cases); i++) {
        struct sp_place_mention mention;
        if (resolve(cases[i].text, &mention) != SP_OK ||
            strcmp(mention.candidates[0]->teryt, cases[i].teryt) != 0) {
            fail_msg("\"%s\" is not %s", cases[i].text, cases[i].teryt);
        }
    }
}

static void a_nuts_code_gives_all_its_units(void **state)
{
    (void)state;
    struct sp_place_mention mention;
    assert_int_equal(resolve("PL516", &mention), SP_OK);
    assert_int_equal(mention.candidate_count, 6);
}

static void what_is_no_place_is_told(void **state)
{
    (void)state;
    static const char *const texts[] = {"", "   ", "xyzzy", "123456789", "sprzątanie biur", "-"};
    for (size_t i = 0; i < SP_COUNT(texts); i++) {
        struct sp_place_mention mention;
        assert_int_equal(resolve(texts[i], &mention), SP_NOT_FOUND);
    }
    struct sp_place_mention mention;
    assert_int_equal(resolve("\xC5", &mention), SP_INVALID);
}

/* Find the places of a text and write their codes, separated by spaces. */
static const char *scan(const char *text, char out[512])
{
    struct sp_token_list tokens = analyse(&all, text);
    struct sp_place_mention_list list;
    struct sp_error err = {0};
    assert_ok(sp_gazetteer_scan(all.vocabulary->gazetteer, &tokens, sp_view_of("02"), all.arena,
                                &list, &err),
              err);
    out[0] = '\0';
    size_t end = 0;
    for (size_t i = 0; i < list.count; i++) {
        const struct sp_place_mention *mention = &list.items[i];
        assert_true(mention->start >= end && mention->end <= strlen(text));
        assert_true(mention->start < mention->end);
        end = mention->end;
        size_t length = strlen(out);
        (void)snprintf(out + length, 512 - length, "%s%s", length == 0 ? "" : " ",
                       mention->candidates[0]->teryt);
    }
    return out;
}

static void places_are_found_in_running_text(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *teryt;
    } cases[] = {
        {"Sprzątanie budynku urzędu w Legnicy przy ul. Wrocławskiej 5", "0262011"},
        {"w powiatach legnickim, lubińskim i głogowskim", "0209 0211 0203"},
        {"na terenie gmin: Polkowice, Chocianów oraz Przemków", "0216043 0216013 0216053"},
        {"Gmina Miejska Bolesławiec", "0201011"},
        {"Gmina Bolesławiec z siedzibą w Bolesławcu", "0201022 0201011"},
        {"Usługi opiekuńcze dla mieszkańców Gminy Miasto Głogów", "0203011"},
        {"prace na górze i w lesie", ""},
        {"Góra piasku do wywiezienia", ""},
        {"Ośrodek w Górze", "0204013"},
        {"W środę dowóz obiadów", ""},
        {"ul. Kopernika 3, os. Piastowskie", ""},
        {"Jaworzyna Śląska, nie Jawor", "0219043"},
        {"DOWÓZ UCZNIÓW W GMINIE OŁAWA", "0215042"},
        {"Centrum Integracji Społecznej w Jeleniej Górze-Cieplicach", "0261011"},
        {"legnicki rynek", ""},
        {"województwa dolnośląskiego i opolskiego", "02 16"},
        {"trasa Miłkowice–Legnica", "0209062 0262011"},
        {"", ""},
    };
    for (size_t i = 0; i < SP_COUNT(cases); i++) {
        char got[512];
        if (strcmp(scan(cases[i].text, got), cases[i].teryt) != 0) {
            fail_msg("\"%s\" gives \"%s\", not \"%s\"", cases[i].text, got, cases[i].teryt);
        }
    }
}

static void a_mention_holds_its_unit_word(void **state)
{
    (void)state;
    const char *text = "na terenie powiatu legnickiego";
    struct sp_token_list tokens = analyse(&all, text);
    struct sp_place_mention_list list;
    struct sp_error err = {0};
    assert_ok(sp_gazetteer_scan(all.vocabulary->gazetteer, &tokens, sp_view_of(""), all.arena,
                                &list, &err),
              err);
    assert_int_equal(list.count, 1);
    assert_string_equal(text + list.items[0].start, "powiatu legnickiego");
    assert_int_equal(list.items[0].token_count, 2);
}

static bool has_name(const char *name)
{
    size_t count;
    const struct sp_place *places = sp_territory_all(all.vocabulary->territory, &count);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(places[i].name, name) == 0) {
            return true;
        }
    }
    return false;
}

static void towns_are_found_in_their_locative(void **state)
{
    (void)state;
    (void)fclose(open_shared("places/town_locatives.json"));
    char path[4096];
    (void)snprintf(path, sizeof path, "%s/data/places/town_locatives.json",
                   getenv("SPOINA_SHARED"));
    json_t *root = json_load_file(path, 0, NULL);
    assert_non_null(root);
    size_t known = 0;
    size_t found = 0;
    size_t first = 0;
    for (size_t i = 0; i < json_array_size(root); i++) {
        const json_t *entry = json_array_get(root, i);
        const char *name = json_string_value(json_object_get(entry, "name"));
        char text[256];
        (void)snprintf(text, sizeof text, "w %s",
                       json_string_value(json_object_get(entry, "name_locative")));
        text[strcspn(text, "\n0123456789")] = '\0'; /* some give two forms, numbered */
        if (!has_name(name)) {
            continue;
        }
        known++;
        struct sp_place_mention mention;
        if (resolve(text, &mention) != SP_OK) {
            continue;
        }
        bool there = false;
        for (size_t k = 0; k < mention.candidate_count; k++) {
            there = there || strcmp(mention.candidates[k]->name, name) == 0;
        }
        found += there;
        first += strcmp(mention.candidates[0]->name, name) == 0;
    }
    print_message("locatives: %zu towns, %zu in the table, %zu found, %zu as first candidate\n",
                  json_array_size(root), known, found, first);
    assert_true(known * 100 >= json_array_size(root) * 95);
    assert_true(found * 1000 >= known * 990);
    json_decref(root);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_typed_place_is_understood),
        cmocka_unit_test(a_nuts_code_gives_all_its_units),
        cmocka_unit_test(what_is_no_place_is_told),
        cmocka_unit_test(places_are_found_in_running_text),
        cmocka_unit_test(a_mention_holds_its_unit_word),
        cmocka_unit_test(towns_are_found_in_their_locative),
    };
    return cmocka_run_group_tests(tests, open_once, close_once);
}
