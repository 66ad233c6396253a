/* SPDX-License-Identifier: EUPL-1.2 */
/** @file Numbers of JSON: integers are exact, reals come back from their shortest text. */
#include <float.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/status.h"
#include "proto/codec/json_number.h"

static void integers_are_exact(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool negative;
        uint64_t magnitude;
    } cases[] = {
        {"0", false, 0},
        {"-0", true, 0},
        {"7", false, 7},
        {"-12", true, 12},
        {"1e3", false, 1000},
        {"1E+3", false, 1000},
        {"120.0", false, 120},
        {"1.25e2", false, 125},
        {"1200e-2", false, 12},
        {"0.01e2", false, 1},
        {"0e999999999999", false, 0},
        {"0.000", false, 0},
        {"1000000000000000000000e-21", false, 1},
        {"9007199254740993.0", false, 9007199254740993}, /* 2^53 + 1: a double would round it */
        {"18446744073709551615", false, UINT64_MAX},
        {"18446744073709551615.00", false, UINT64_MAX},
    };
    for (size_t i = 0; i < SP_COUNT(cases); i++) {
        bool negative = !cases[i].negative;
        uint64_t magnitude = 99;
        print_message("%s\n", cases[i].text);
        assert_true(sp_json_integer(sp_view_of(cases[i].text), &negative, &magnitude));
        assert_int_equal(negative, cases[i].negative);
        assert_true(magnitude == cases[i].magnitude);
    }
}

static void fractions_and_giants_are_no_integers(void **state)
{
    (void)state;
    static const char *const cases[] = {
        "0.5",  "1.5",           "12e-1",          "1e-1", "18446744073709551616",
        "1e20", "1e99999999999", "1e-99999999999",
    };
    for (size_t i = 0; i < SP_COUNT(cases); i++) {
        bool negative = false;
        uint64_t magnitude = 0;
        print_message("%s\n", cases[i]);
        assert_false(sp_json_integer(sp_view_of(cases[i]), &negative, &magnitude));
    }
}

static void reals_are_bounded(void **state)
{
    (void)state;
    double real = 0;
    assert_true(sp_json_real(sp_view_of("0.1"), false, &real));
    assert_true(real == 0.1);
    assert_true(sp_json_real(sp_view_of("0.1"), true, &real));
    assert_true(real == (double)0.1F);
    assert_false(sp_json_real(sp_view_of("1e999"), false, &real));
    assert_false(sp_json_real(sp_view_of("1e39"), true, &real));
    assert_true(sp_json_real(sp_view_of("3.4028235e38"), true, &real));
    assert_true(real == (double)FLT_MAX);
    char digits[600];
    memset(digits, '1', sizeof digits);
    assert_false(sp_json_real(sp_view_from(digits, sizeof digits), false, &real));
}

static void check_back(double real, bool single)
{
    char text[SP_JSON_REAL_BYTES];
    double back = 0;
    sp_json_format_real(real, single, text);
    assert_true(sp_json_real(sp_view_of(text), single, &back));
    assert_true(back == real);
    assert_true(!signbit(back) == !signbit(real));
}

static void reals_come_back(void **state)
{
    (void)state;
    static const double edges[] = {
        0.0,     -0.0,    0.1,         -2.5,        1.0 / 3,          1e22, 1e-7,
        DBL_MAX, DBL_MIN, DBL_EPSILON, 4.9406e-324, 9007199254740992, 5};
    for (size_t i = 0; i < SP_COUNT(edges); i++) {
        check_back(edges[i], false);
    }
    check_back((double)FLT_MAX, true);
    check_back((double)FLT_MIN, true);
    uint64_t seed = 20261122; /* splitmix64 over all bit patterns */
    for (int i = 0; i < 20000; i++) {
        seed += 0x9E3779B97F4A7C15U;
        uint64_t bits = (seed ^ seed >> 30) * 0xBF58476D1CE4E5B9U;
        bits = (bits ^ bits >> 27) * 0x94D049BB133111EBU;
        double real = 0;
        float single = 0;
        memcpy(&real, &bits, sizeof real);
        memcpy(&single, &bits, sizeof single);
        if (isfinite(real)) {
            check_back(real, false);
        }
        if (isfinite(single)) {
            check_back((double)single, true);
        }
    }
}

static void reals_are_short(void **state)
{
    (void)state;
    char text[SP_JSON_REAL_BYTES];
    sp_json_format_real(0.1, false, text);
    assert_string_equal(text, "0.1");
    sp_json_format_real((double)0.1F, true, text);
    assert_string_equal(text, "0.1");
    sp_json_format_real(51.2070, false, text);
    assert_string_equal(text, "51.207");
    sp_json_format_real(120, false, text);
    assert_string_equal(text, "120");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(integers_are_exact),
        cmocka_unit_test(fractions_and_giants_are_no_integers),
        cmocka_unit_test(reals_are_bounded),
        cmocka_unit_test(reals_come_back),
        cmocka_unit_test(reals_are_short),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
