/* SPDX-License-Identifier: EUPL-1.2 */
/** @file NIP, REGON, KRS: real ones pass, every single wrong digit and swap is found. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "matcher/catalogue/checks.h"

typedef bool check_fn(struct sp_view number);

/** Change each digit of @p good to each other one; count how many changed numbers still pass. */
static int undetected_changes(check_fn *check, const char *good)
{
    char text[16];
    int undetected = 0;
    for (size_t i = 0; i < strlen(good); i++) {
        for (char digit = '0'; digit <= '9'; digit++) {
            memcpy(text, good, strlen(good) + 1);
            text[i] = digit;
            undetected += digit != good[i] && check(sp_view_of(text)) ? 1 : 0;
        }
    }
    return undetected;
}

static void nip_has_ten_digits_and_a_check_digit(void **state)
{
    (void)state;
    /* Published numbers: ZUS, Ministry of Finance, city of Wrocław. */
    assert_true(sp_nip_is_valid(sp_view_of("5213017228")));
    assert_true(sp_nip_is_valid(sp_view_of("5260250274")));
    assert_true(sp_nip_is_valid(sp_view_of("8971383551")));
    assert_int_equal(undetected_changes(sp_nip_is_valid, "5213017228"), 0);
    assert_int_equal(undetected_changes(sp_nip_is_valid, "8971383551"), 0);
    static const char *const bad[] = {"",           "521301722",  "52130172288", "0000000000",
                                      "521301722a", "521-301-72", "5213017229",  " 5213017228"};
    for (size_t i = 0; i < SP_COUNT(bad); i++) {
        assert_false(sp_nip_is_valid(sp_view_of(bad[i])));
    }
}

static void nip_with_remainder_ten_does_not_exist(void **state)
{
    (void)state;
    /* One beginning in eleven has no check digit, the others have exactly one. */
    char text[11] = "1000000000";
    int without_digit = 0;
    for (int n = 0; n < 1000; n++) {
        text[6] = (char)('0' + n / 100);
        text[7] = (char)('0' + n / 10 % 10);
        text[8] = (char)('0' + n % 10);
        int passing = 0;
        for (char digit = '0'; digit <= '9'; digit++) {
            text[9] = digit;
            passing += sp_nip_is_valid(sp_view_of(text)) ? 1 : 0;
        }
        assert_in_range(passing, 0, 1);
        without_digit += passing == 0 ? 1 : 0;
    }
    assert_in_range(without_digit, 1000 / 11 - 2, 1000 / 11 + 2);
}

static void regon_has_nine_or_fourteen_digits(void **state)
{
    (void)state;
    assert_true(sp_regon_is_valid(sp_view_of("000017756")));      /* ZUS */
    assert_true(sp_regon_is_valid(sp_view_of("931934644")));      /* city of Wrocław */
    assert_true(sp_regon_is_valid(sp_view_of("12345678512347"))); /* GUS's example */
    assert_true(sp_regon_is_valid(sp_view_of("123456785")));
    static const char *const bad[] = {"",          "12345678",       "1234567850",     "123456784",
                                      "000000000", "12345678512346", "00000000000000", "12345678x"};
    for (size_t i = 0; i < SP_COUNT(bad); i++) {
        assert_false(sp_regon_is_valid(sp_view_of(bad[i])));
    }
}

static void krs_has_ten_digits(void **state)
{
    (void)state;
    assert_true(sp_krs_is_valid(sp_view_of("0000033455")));
    assert_false(sp_krs_is_valid(sp_view_of("33455")));
    assert_false(sp_krs_is_valid(sp_view_of("0000000000")));
    assert_false(sp_krs_is_valid(sp_view_of("KRS0000033")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nip_has_ten_digits_and_a_check_digit),
        cmocka_unit_test(nip_with_remainder_ten_does_not_exist),
        cmocka_unit_test(regon_has_nine_or_fourteen_digits),
        cmocka_unit_test(krs_has_ten_digits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
