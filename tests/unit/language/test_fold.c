/* SPDX-License-Identifier: EUPL-1.2 */
/** @file Folding: Polish letters stay letters, the table equals ICU, folding twice changes nothing.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/utf8.h"
#include "matcher/language/fold.h"
#include "matcher/language/language.h"

static void assert_folds(const char *text, const char *expected)
{
    char out[256];
    size_t length = 0;
    assert_int_equal(sp_fold_text(sp_view_of(text), out, sizeof out, &length), SP_OK);
    assert_int_equal(length, strlen(expected));
    assert_memory_equal(out, expected, length);
}

static void polish_letters_survive(void **state)
{
    (void)state;
    assert_folds("ŁÓDŹ", "łódź");
    assert_folds("\xC5\x81O\xCC\x81"
                 "DZ\xCC\x81",
                 "łódź");
    assert_folds("ZAŻÓŁĆ GĘŚLĄ JAŹŃ", "zażółć gęślą jaźń");
    assert_folds("Straße", "strasse");
    assert_folds("ČÉ", "čé");
}

static void the_table_equals_icu(void **state)
{
    (void)state;
    for (uint32_t c = 1; c < 0x180; c++) {
        char text[4];
        char by_table[40];
        char by_icu[40];
        size_t table_length = 0;
        size_t icu_length = 0;
        struct sp_view view = sp_view_from(text, sp_utf8_put(c, text));
        if (!sp_fold_is_plain(view)) {
            continue;
        }
        assert_int_equal(sp_fold_text(view, by_table, sizeof by_table, &table_length), SP_OK);
        assert_int_equal(sp_fold_by_icu(view, by_icu, sizeof by_icu, &icu_length), SP_OK);
        assert_int_equal(table_length, icu_length);
        assert_memory_equal(by_table, by_icu, icu_length);
    }
    /* All nine letters in both cases, and all of ASCII, are plain. */
    assert_true(sp_fold_is_plain(sp_view_of("ąćęłńóśźżĄĆĘŁŃÓŚŹŻ az AZ 09 ~")));
    assert_false(sp_fold_is_plain(sp_view_of("č")));
}

static void folding_twice_changes_nothing(void **state)
{
    (void)state;
    for (uint32_t c = 1; c < 0x30000; c++) {
        char text[4];
        char once[64];
        char twice[576];
        size_t once_length = 0;
        size_t twice_length = 0;
        if (c >= 0xD800 && c <= 0xDFFF) {
            continue;
        }
        struct sp_view view = sp_view_from(text, sp_utf8_put(c, text));
        assert_int_equal(sp_fold_text(view, once, sizeof once, &once_length), SP_OK);
        assert_int_equal(
            sp_fold_text(sp_view_from(once, once_length), twice, sizeof twice, &twice_length),
            SP_OK);
        assert_int_equal(once_length, twice_length);
        assert_memory_equal(once, twice, once_length);
    }
}

static void too_little_room_is_an_error(void **state)
{
    (void)state;
    char out[4];
    size_t length = 0;
    assert_int_equal(sp_fold_text(sp_view_of("łódź"), out, sizeof out, &length), SP_LIMIT);
    assert_int_equal(sp_fold_text(sp_view_of("čšžř"), out, sizeof out, &length), SP_LIMIT);
}

static void diacritics_can_be_stripped(void **state)
{
    (void)state;
    char out[64];
    struct sp_view text = sp_view_of("zażółć gęślą jaźń č");
    size_t length = sp_strip_diacritics(text, out);
    assert_true(sp_view_is(sp_view_from(out, length), "zazolc gesla jazn č"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(polish_letters_survive),
        cmocka_unit_test(the_table_equals_icu),
        cmocka_unit_test(folding_twice_changes_nothing),
        cmocka_unit_test(too_little_room_is_an_error),
        cmocka_unit_test(diacritics_can_be_stripped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
