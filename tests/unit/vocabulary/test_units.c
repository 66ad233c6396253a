/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/unit/vocabulary/tables.h"

#include <string.h>

#include "matcher/vocabulary/units.h"

static struct sp_units *units;

static int open_units(void **state)
{
    char directory[4096];
    struct sp_error err = {0};
    (void)state;
    assert_ok(sp_units_open(tables_directory(directory), &units, &err), err);
    return 0;
}

static int free_units(void **state)
{
    (void)state;
    sp_units_free(units);
    return 0;
}

static struct sp_measure measure(const char *text)
{
    struct sp_measure out;
    struct sp_error err = {0};
    assert_ok(sp_measure_parse(units, sp_view_of(text), "unit", &out, &err), err);
    return out;
}

static void measures_are_read_as_written(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *unit;
        const char *period;
        bool price;
    } cases[] = {
        {"zł/h", "h", NULL, true},
        {"m2", "m2", NULL, false},
        {"m²", "m2", NULL, false},
        {"mkw", "m2", NULL, false},
        {"m.kw.", "m2", NULL, false},
        {"ar", "ar", NULL, false},
        {"ha", "ha", NULL, false},
        {"kg/mies.", "kg", "month", false},
        {"kg / m-c", "kg", "month", false},
        {"Mg", "Mg", NULL, false},
        {"t/rok", "Mg", "year", false},
        {"osobodzień", "person_day", NULL, false},
        {"osobodoba", "person_24h", NULL, false},
        {"godz.", "h", NULL, false},
        {"RBH", "h", NULL, false},
        {"roboczogodzin", "h", NULL, false},
        {"godz. dydaktyczna", "teaching_h", NULL, false},
        {"godzin lekcyjnych tygodniowo", "teaching_h", "week", false},
        {"porcja/dzień", "meal", "day", false},
        {"porcji dziennie", "meal", "day", false},
        {"posiłek × osoba × dzień", "meal", "day", false},
        {"zestaw/posiłek", "meal", NULL, false},
        {"obiad na dzień nauki", "meal", "school_day", false},
        {"szt.", "pc", NULL, false},
        {"kpl.", "set", NULL, false},
        {"mb", "m", NULL, false},
        {"mb akt", "shelf_m", NULL, false},
        {"km", "km", NULL, false},
        {"kurs", "trip", NULL, false},
        {"etat", "fte", NULL, false},
        {"ryczałt miesięcznie", "lump_sum", "month", false},
        {"miejsce × miesiąc", "place", "month", false},
        {"zł za m² na miesiąc", "m2", "month", true},
        {"zł/mies.", NULL, "month", true},
        {"m² × krotność", "m2", "time", false},
        {"GODZIN/MIESIĄC", "h", "month", false},
    };
    for (size_t i = 0; i < SP_COUNT(cases); i++) {
        struct sp_measure got = measure(cases[i].text);
        const char *unit = got.unit == NULL ? "(none)" : got.unit->id;
        const char *period = got.period == NULL ? "(none)" : got.period->id;
        assert_string_equal(unit, cases[i].unit == NULL ? "(none)" : cases[i].unit);
        assert_string_equal(period, cases[i].period == NULL ? "(none)" : cases[i].period);
        assert_int_equal(got.price, cases[i].price);
    }
}

static void what_is_not_known_is_named(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *names;
    } cases[] = {{"furlong", "furlong"}, {"kg/wiek", "wiek"}, {"kg/h/m2", "h"},    {"", "no unit"},
                 {"zł", "no unit"},      {"/", "no unit"},    {"mies.", "no unit"}};
    for (size_t i = 0; i < SP_COUNT(cases); i++) {
        struct sp_measure out;
        struct sp_error err = {0};
        assert_int_equal(
            sp_measure_parse(units, sp_view_of(cases[i].text), "offers[0].unit", &out, &err),
            SP_INVALID);
        assert_non_null(strstr(err.english, cases[i].names));
        assert_string_equal(err.place, "offers[0].unit");
    }
}

static void a_very_long_text_is_refused(void **state)
{
    (void)state;
    char text[5000];
    memset(text, 'x', sizeof text);
    struct sp_measure out;
    struct sp_error err = {0};
    assert_int_equal(sp_measure_parse(units, sp_view_from(text, sizeof text), "unit", &out, &err),
                     SP_INVALID);
    assert_null(sp_unit_named(units, sp_view_from(text, sizeof text)));
}

static void amounts_are_converted_within_one_base(void **state)
{
    (void)state;
    static const struct {
        const char *from;
        const char *to;
        double amount;
        double expected;
    } cases[] = {
        {"ha", "m2", 1.5, 15000},
        {"ar", "m2", 3, 300},
        {"m2", "ha", 4700, 0.47},
        {"Mg", "kg", 2, 2000},
        {"godz. dydaktyczna", "h", 4, 3},
        {"min", "h", 90, 1.5},
        {"km", "mb", 2, 2000},
        {"kg/rok", "kg/mies.", 1200, 100},
        {"h/tydz.", "h/rok", 7, 365},
        {"porcja/dzień nauki", "porcja/rok", 100, 18500},
        {"kg/mies.", "kg/mies.", 25000, 25000},
        {"zł/Mg", "zł/kg", 500, 0.5},
        {"zł/h", "zł/godz. dydaktyczna", 60, 45},
        {"kg/dzień", "Mg/rok", 10, 3.65},
    };
    for (size_t i = 0; i < SP_COUNT(cases); i++) {
        struct sp_measure from = measure(cases[i].from);
        struct sp_measure to = measure(cases[i].to);
        double got = 0;
        struct sp_error err = {0};
        assert_ok(sp_measure_convert(&from, &to, cases[i].amount, &got, &err), err);
        assert_float_equal(got, cases[i].expected, 1e-9);
    }
}

static void different_bases_are_not_converted(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {{"kg", "m2"},           {"h", "osobodzień"},
                                           {"h", "h/mies."},       {"zł/h", "h"},
                                           {"m2/sezon", "m2/rok"}, {"posiłek", "osobodoba"}};
    for (size_t i = 0; i < SP_COUNT(pairs); i++) {
        struct sp_measure from = measure(pairs[i][0]);
        struct sp_measure to = measure(pairs[i][1]);
        double got = -1;
        struct sp_error err = {0};
        assert_int_equal(sp_measure_convert(&from, &to, 1, &got, &err), SP_UNSUPPORTED);
        assert_float_equal(got, -1, 0);
    }
}

static void bases_exist_and_are_bases(void **state)
{
    (void)state;
    size_t count;
    const struct sp_unit *all = sp_units_all(units, &count);
    assert_true(count >= 40);
    for (size_t i = 0; i < count; i++) {
        const struct sp_unit *base = sp_unit_find(units, sp_view_of(all[i].base));
        assert_non_null(base);
        assert_string_equal(base->base, base->id);
        assert_ptr_equal(sp_unit_named(units, sp_view_of(all[i].symbol)), &all[i]);
    }
    (void)sp_periods_all(units, &count);
    assert_true(count >= 10);
    assert_null(sp_period_find(units, sp_view_of("fortnight")));
}

static void amounts_are_said_with_the_right_plural(void **state)
{
    (void)state;
    const struct sp_unit *meal = sp_unit_find(units, sp_view_of("meal"));
    const struct sp_unit *hour = sp_unit_find(units, sp_view_of("h"));
    static const struct {
        double amount;
        const char *polish, *english;
    } cases[] = {
        {1, "posiłek", "meal"},   {2, "posiłki", "meals"},   {4, "posiłki", "meals"},
        {5, "posiłków", "meals"}, {12, "posiłków", "meals"}, {14, "posiłków", "meals"},
        {22, "posiłki", "meals"}, {21, "posiłków", "meals"}, {112, "posiłków", "meals"},
        {0, "posiłków", "meals"}, {2.5, "posiłku", "meals"}, {1000, "posiłków", "meals"},
    };
    for (size_t i = 0; i < SP_COUNT(cases); i++) {
        assert_string_equal(sp_unit_counted(meal, cases[i].amount, SP_PL), cases[i].polish);
        assert_string_equal(sp_unit_counted(meal, cases[i].amount, SP_EN), cases[i].english);
        assert_string_equal(sp_unit_counted(hour, cases[i].amount, SP_PL), "godz.");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(measures_are_read_as_written),
        cmocka_unit_test(what_is_not_known_is_named),
        cmocka_unit_test(a_very_long_text_is_refused),
        cmocka_unit_test(amounts_are_converted_within_one_base),
        cmocka_unit_test(different_bases_are_not_converted),
        cmocka_unit_test(bases_exist_and_are_bases),
        cmocka_unit_test(amounts_are_said_with_the_right_plural),
    };
    return cmocka_run_group_tests(tests, open_units, free_units);
}
