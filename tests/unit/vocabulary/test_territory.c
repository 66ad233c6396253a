/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/unit/vocabulary/tables.h"

#include <string.h>

#include "matcher/vocabulary/territory.h"

static struct sp_territory *territory;

static int open_territory(void **state)
{
    char directory[4096];
    struct sp_error err = {0};
    (void)state;
    assert_ok(sp_territory_open(tables_directory(directory), &territory, &err), err);
    return 0;
}

static int free_territory(void **state)
{
    (void)state;
    sp_territory_free(territory);
    return 0;
}

static const struct sp_place *unit(const char *teryt)
{
    const struct sp_place *place = sp_territory_by_teryt(territory, sp_view_of(teryt));
    assert_non_null(place);
    return place;
}

static size_t count_units(enum sp_place_level level, const char *prefix)
{
    size_t count;
    size_t found = 0;
    const struct sp_place *all = sp_territory_all(territory, &count);
    for (size_t i = 0; i < count; i++) {
        found += all[i].level == level && strncmp(all[i].teryt, prefix, strlen(prefix)) == 0;
    }
    return found;
}

static void poland_is_counted(void **state)
{
    (void)state;
    assert_int_equal(count_units(SP_PLACE_VOIVODESHIP, ""), 16);
    assert_int_equal(count_units(SP_PLACE_POWIAT, ""), 380);
    assert_int_equal(count_units(SP_PLACE_POWIAT, "02"), 30);
    assert_int_equal(count_units(SP_PLACE_GMINA, "02"), 169);
    print_message("gminas known: %zu of 2479; localities beside them: %zu\n",
                  count_units(SP_PLACE_GMINA, ""), count_units(SP_PLACE_LOCALITY, ""));
    assert_true(count_units(SP_PLACE_GMINA, "") >= 2100);
}

static void every_place_has_a_position_in_poland(void **state)
{
    (void)state;
    size_t count;
    const struct sp_place *all = sp_territory_all(territory, &count);
    for (size_t i = 1; i < count; i++) {
        assert_in_range(all[i].latitude_e5, 4900000, 5490000);
        assert_in_range(all[i].longitude_e5, 1410000, 2420000);
        assert_true(all[i].name[0] != '\0' && all[i].label[0] != '\0');
        assert_memory_equal(all[i].nuts, "PL", 2);
        assert_non_null(all[i].level == SP_PLACE_VOIVODESHIP
                            ? &all[i]
                            : sp_territory_parent(territory, &all[i]));
    }
}

static void units_are_found_by_teryt(void **state)
{
    (void)state;
    assert_string_equal(unit("02")->label, "województwo dolnośląskie");
    assert_string_equal(unit("0209")->label, "powiat legnicki");
    assert_string_equal(unit("0206")->label, "powiat karkonoski");
    assert_string_equal(unit("0262")->label, "Legnica");
    assert_string_equal(unit("0201011")->label, "Bolesławiec (miasto)");
    assert_string_equal(unit("020102")->label, "gmina Bolesławiec (wiejska)");
    assert_string_equal(unit("0216043")->label, "Polkowice");
    assert_ptr_equal(unit("0216044"), unit("0216043")); /* its town */
    assert_ptr_equal(unit("0216045"), unit("0216043")); /* its rural part */
    assert_string_equal(unit("1465011")->name, "Warszawa");
    assert_int_equal(unit("0201022")->kind, SP_GMINA_RURAL);
    static const char *const none[] = {"0299", "0216041", "021604x", "9", "", "02010110", "99"};
    for (size_t i = 0; i < SP_COUNT(none); i++) {
        assert_null(sp_territory_by_teryt(territory, sp_view_of(none[i])));
    }
}

static void parents_lead_up_to_the_voivodeship(void **state)
{
    (void)state;
    const struct sp_place *powiat = sp_territory_parent(territory, unit("0201022"));
    assert_string_equal(powiat->teryt, "0201");
    const struct sp_place *voivodeship = sp_territory_parent(territory, powiat);
    assert_string_equal(voivodeship->teryt, "02");
    assert_null(sp_territory_parent(territory, voivodeship));
}

static void nuts_codes_give_units(void **state)
{
    (void)state;
    const struct sp_place *units[32];
    static const struct {
        const char *nuts;
        size_t count;
        const char *first;
    } cases[] = {{"PL", 1, ""},        {"PL51", 1, "02"},    {"pl516", 6, "0203"},
                 {"PL514", 1, "0264"}, {"PL515", 9, "0201"}, {"PL517", 6, "0202"},
                 {"PL518", 8, "0213"}, {"PL5", 2, "02"},     {"PL213", 1, "1261"},
                 {"PL911", 1, "1465"}, {"PL92", 1, "14"},    {"PL613", 1, "04"},
                 {"PL127", 1, "14"},   {"PL11", 1, "10"},    {"PL51Z", 1, "02"}};
    for (size_t i = 0; i < SP_COUNT(cases); i++) {
        size_t count = sp_territory_by_nuts(territory, sp_view_of(cases[i].nuts), units, 32);
        assert_int_equal(count, cases[i].count);
        assert_string_equal(units[0]->teryt, cases[i].first);
    }
    assert_int_equal(sp_territory_by_nuts(territory, sp_view_of("DE21"), units, 32), 0);
    assert_int_equal(sp_territory_by_nuts(territory, sp_view_of("PL99"), units, 32), 0);
    assert_int_equal(sp_territory_by_nuts(territory, sp_view_of("PL516"), units, 2), 6);
}

static void every_powiat_of_lower_silesia_has_one_nuts_region_and_owes(void **state)
{
    (void)state;
    size_t count;
    size_t powiats = 0;
    const struct sp_place *all = sp_territory_all(territory, &count);
    for (size_t i = 0; i < count; i++) {
        if (all[i].level == SP_PLACE_POWIAT && memcmp(all[i].teryt, "02", 2) == 0) {
            const struct sp_place *units[32];
            size_t held = sp_territory_by_nuts(territory, sp_view_of(all[i].nuts), units, 32);
            size_t found = 0;
            for (size_t k = 0; k < held; k++) {
                found += units[k] == &all[i];
            }
            assert_int_equal(found, 1);
            assert_non_null(sp_territory_owes(territory, sp_view_of(all[i].teryt)));
            powiats++;
        }
    }
    assert_int_equal(powiats, 30);
    assert_string_equal(unit("0201022")->nuts, "PL515");
    assert_string_equal(unit("1261")->nuts, "PL213");
}

static void owes_areas_have_dates_and_certainty(void **state)
{
    (void)state;
    const struct sp_owes *owes = sp_territory_owes(territory, sp_view_of("0209032"));
    assert_string_equal(owes->id, "legnica");
    assert_string_equal(owes->certainty, "verified");
    assert_int_equal(owes->valid_from, sp_day_from_civil(2023, 9, 1));
    assert_int_equal(owes->valid_to, sp_day_from_civil(2026, 8, 31));
    assert_string_equal(sp_territory_owes(territory, sp_view_of("0221"))->certainty, "unconfirmed");
    assert_null(sp_territory_owes(territory, sp_view_of("1465")));
    assert_null(sp_territory_owes(territory, sp_view_of("02")));
}

static void areas_hold_what_lies_in_them(void **state)
{
    (void)state;
    static const struct {
        const char *area;
        const char *teryt;
        bool holds;
    } cases[] = {{"02", "0209", true},
                 {"0209", "0209032", true},
                 {"0209", "02", false},
                 {"0201011", "0201022", false},
                 {"0216043", "0216044", true},
                 {"020102", "0201022", true},
                 {"", "02", true},
                 {"0201022", "0201", false}};
    for (size_t i = 0; i < SP_COUNT(cases); i++) {
        assert_int_equal(sp_teryt_holds(sp_view_of(cases[i].area), sp_view_of(cases[i].teryt)),
                         cases[i].holds);
    }
}

static void distances_are_great_circles(void **state)
{
    (void)state;
    /* Legnica to Wrocław, about 61 km; one degree of latitude is 111,195 m on the sphere. */
    assert_in_range(sp_place_distance_m(unit("0262011"), unit("0264011")), 58000, 66000);
    assert_int_equal(sp_distance_m(5100000, 1600000, 5200000, 1600000), 111195);
    assert_int_equal(sp_distance_m(5100000, 1600000, 5100000, 1600000), 0);
    assert_int_equal(sp_distance_m(0, 0, 0, 18000000), 20015112);
    assert_int_equal(sp_distance_m(5100000, 1600000, 5000000, 1700000),
                     sp_distance_m(5000000, 1700000, 5100000, 1600000));
}

/* Read "WOJ;POW;GMI;RODZ;NAZWA;..." into a code and a name; false for lines of another kind. */
static bool read_terc(char *line, char code[8], const char **name)
{
    char *fields[5];
    char *rest = line;
    for (size_t i = 0; i < 5; i++) {
        fields[i] = rest;
        rest = strchr(rest, ';');
        if (rest == NULL) {
            return false;
        }
        *rest++ = '\0';
    }
    (void)snprintf(code, 8, "%.2s%.2s%.2s%.1s", fields[0], fields[1], fields[2], fields[3]);
    *name = fields[4];
    return strlen(code) == 4 || (strlen(code) == 7 && strchr("123", code[6]) != NULL);
}

static void the_register_of_units_agrees(void **state)
{
    (void)state;
    FILE *file = open_shared("places/TERC_Urzedowy_2026-07-22.csv");
    char line[512];
    size_t silesian = 0;
    size_t gminas = 0;
    size_t known = 0;
    size_t same_name = 0;
    while (fgets(line, sizeof line, file) != NULL) {
        char code[8];
        const char *name;
        if (!read_terc(line, code, &name)) {
            continue;
        }
        const struct sp_place *place = sp_territory_by_teryt(territory, sp_view_of(code));
        if (strlen(code) == 4) {
            assert_non_null(place);
            assert_string_equal(place->name, name);
        } else if (memcmp(code, "02", 2) == 0) {
            silesian++;
            assert_non_null(place);
            assert_string_equal(place->teryt, code);
            assert_string_equal(place->name, name);
        }
        gminas += strlen(code) == 7;
        known += strlen(code) == 7 && place != NULL;
        same_name += strlen(code) == 7 && place != NULL && strcmp(place->name, name) == 0;
    }
    (void)fclose(file);
    print_message("gminas: %zu in the register, %zu known, %zu with their name\n", gminas, known,
                  same_name);
    assert_int_equal(silesian, 169);
    assert_true(known * 100 >= gminas * 85);
    assert_true(same_name * 100 >= known * 93);
}

static void centroids_lie_near(void **state)
{
    (void)state;
    FILE *file = open_shared("places/gmina_centroids.csv");
    char line[512];
    size_t compared = 0;
    uint32_t farthest_m = 0;
    while (fgets(line, sizeof line, file) != NULL) {
        double latitude;
        double longitude;
        char *last = strrchr(line, ',');
        if (memcmp(line, "02", 2) != 0 || last == NULL) {
            continue;
        }
        latitude = atof(last + 1);
        *last = '\0';
        longitude = atof(strrchr(line, ',') + 1);
        const struct sp_place *place = sp_territory_by_teryt(territory, sp_view_from(line, 6));
        assert_non_null(place);
        uint32_t distance_m = sp_distance_m(place->latitude_e5, place->longitude_e5,
                                            (int32_t)(latitude * 1e5), (int32_t)(longitude * 1e5));
        farthest_m = distance_m > farthest_m ? distance_m : farthest_m;
        compared++;
    }
    (void)fclose(file);
    print_message("%zu seats, the farthest from its gmina's centre by %u m\n", compared,
                  farthest_m);
    assert_true(compared >= 165);
    assert_true(farthest_m < 12000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(poland_is_counted),
        cmocka_unit_test(every_place_has_a_position_in_poland),
        cmocka_unit_test(units_are_found_by_teryt),
        cmocka_unit_test(parents_lead_up_to_the_voivodeship),
        cmocka_unit_test(nuts_codes_give_units),
        cmocka_unit_test(every_powiat_of_lower_silesia_has_one_nuts_region_and_owes),
        cmocka_unit_test(owes_areas_have_dates_and_certainty),
        cmocka_unit_test(areas_hold_what_lies_in_them),
        cmocka_unit_test(distances_are_great_circles),
        cmocka_unit_test(the_register_of_units_agrees),
        cmocka_unit_test(centroids_lie_near),
    };
    return cmocka_run_group_tests(tests, open_territory, free_territory);
}
