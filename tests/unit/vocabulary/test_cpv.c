/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/unit/vocabulary/tables.h"

#include <string.h>

#include "matcher/vocabulary/cpv.h"

static struct sp_cpv_tree *tree;

static int open_tree(void **state)
{
    char directory[4096];
    struct sp_error err = {0};
    (void)state;
    assert_ok(sp_cpv_open(tables_directory(directory), &tree, &err), err);
    return 0;
}

static int free_tree(void **state)
{
    (void)state;
    sp_cpv_free(tree);
    return 0;
}

static const struct sp_cpv *code(const char *digits)
{
    const struct sp_cpv *found = sp_cpv_find(tree, sp_view_of(digits));
    assert_non_null(found);
    return found;
}

static void every_code_has_both_labels_and_plain_spaces(void **state)
{
    (void)state;
    size_t count;
    const struct sp_cpv *all = sp_cpv_all(tree, &count);
    assert_int_equal(count, 9454);
    size_t divisions = 0;
    for (size_t i = 0; i < count; i++) {
        assert_true(all[i].polish[0] != '\0' && all[i].english[0] != '\0');
        assert_null(strstr(all[i].polish, "\xC2\xA0"));
        assert_null(strstr(all[i].polish, "  "));
        divisions += all[i].parent == NULL;
        assert_true(all[i].parent != NULL || strcmp(all[i].code + 2, "000000") == 0);
    }
    assert_int_equal(divisions, 45);
}

static void check_digits_are_those_printed_in_notices(void **state)
{
    (void)state;
    static const char *const printed[] = {"85311100-3", "55321000-6", "77310000-6", "98310000-9",
                                          "60130000-8", "45453000-7", "03121000-5", "98392000-7",
                                          "79952100-3", "90511300-5", "85312110-3", "75121000-0"};
    for (size_t i = 0; i < SP_COUNT(printed); i++) {
        assert_int_equal(sp_cpv_check_digit(printed[i]), printed[i][9] - '0');
        const struct sp_cpv *found = sp_cpv_find(tree, sp_view_from(printed[i], 8));
        assert_non_null(found);
        assert_string_equal(found->printed, printed[i]);
    }
}

static void parents_follow_the_digits(void **state)
{
    (void)state;
    static const struct {
        const char *child;
        const char *parent;
    } cases[] = {{"85311100", "85311000"}, {"85311000", "85310000"}, {"85310000", "85300000"},
                 {"85300000", "85000000"}, {"98371111", "98371110"}, {"03121210", "03121200"}};
    for (size_t i = 0; i < SP_COUNT(cases); i++) {
        assert_string_equal(code(cases[i].child)->parent->code, cases[i].parent);
    }
    assert_null(code("85000000")->parent);
    assert_null(code("30000000")->parent);
}

static void codes_are_read_as_people_write_them(void **state)
{
    (void)state;
    static const char *const good[] = {"85311100-3", "85311100", " 85311100 ", "85311100 - 3"};
    for (size_t i = 0; i < SP_COUNT(good); i++) {
        const struct sp_cpv *found = NULL;
        struct sp_error err = {0};
        assert_ok(sp_cpv_parse(tree, sp_view_of(good[i]), "cpv", &found, &err), err);
        assert_string_equal(found->code, "85311100");
    }
}

static void bad_codes_are_told_why(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        enum sp_status status;
        const char *english;
    } cases[] = {{"85311100-4", SP_INVALID, "it should be 3"},
                 {"85311199", SP_NOT_FOUND, "no CPV code 85311199"},
                 {"8531110", SP_INVALID, "eight digits"},
                 {"853111OO", SP_INVALID, "eight digits"},
                 {"85311100-", SP_INVALID, "eight digits"},
                 {"85311100-33", SP_INVALID, "eight digits"},
                 {"85311100x3", SP_INVALID, "eight digits"},
                 {"", SP_INVALID, "eight digits"}};
    for (size_t i = 0; i < SP_COUNT(cases); i++) {
        const struct sp_cpv *found = NULL;
        struct sp_error err = {0};
        assert_int_equal(
            sp_cpv_parse(tree, sp_view_of(cases[i].text), "offers[2].cpv", &found, &err),
            cases[i].status);
        assert_null(found);
        assert_string_equal(err.place, "offers[2].cpv");
        assert_non_null(strstr(err.english, cases[i].english));
        assert_true(err.polish[0] != '\0');
    }
}

static void a_prefix_gives_all_codes_below_it(void **state)
{
    (void)state;
    size_t count;
    const struct sp_cpv *first = sp_cpv_below(tree, sp_view_of("853"), &count);
    assert_string_equal(first->code, "85300000");
    assert_int_equal(count, 22);
    assert_ptr_equal(sp_cpv_below(tree, sp_view_of("85300000"), &count), first);
    assert_int_equal(count, 22);
    (void)sp_cpv_below(tree, sp_view_of("85311100"), &count);
    assert_int_equal(count, 1);
    assert_null(sp_cpv_below(tree, sp_view_of("999"), &count));
    assert_null(sp_cpv_below(tree, sp_view_of(""), &count));
    assert_null(sp_cpv_below(tree, sp_view_of("85x"), &count));
    assert_null(sp_cpv_below(tree, sp_view_of("853111003"), &count));
}

static int close_to(const char *a, const char *b)
{
    int one = sp_cpv_closeness(tree, code(a), code(b));
    assert_int_equal(one, sp_cpv_closeness(tree, code(b), code(a)));
    return one;
}

static void closeness_follows_the_table(void **state)
{
    (void)state;
    assert_int_equal(close_to("85311100", "85311100"), 1000);
    assert_int_equal(close_to("85311100", "85311200"), 700); /* five shared, side by side */
    assert_int_equal(close_to("85311000", "85311100"), 850); /* five, one above the other */
    assert_int_equal(close_to("85300000", "85311100"), 550);
    assert_int_equal(close_to("85000000", "85311100"), 300);
    assert_int_equal(close_to("85311100", "85312400"), 550);
    assert_int_equal(close_to("85311100", "45453000"), 0);
}

static void declared_neighbours_join_divisions(void **state)
{
    (void)state;
    assert_int_equal(close_to("98311000", "98393000"), 450); /* laundry and sewing */
    assert_true(close_to("55321000", "55521200") >= 700);    /* cooking and delivering */
    assert_true(close_to("90910000", "77310000") >= 300);    /* cleaning and greenery */
    assert_true(close_to("85311100", "85142100") >= 500);    /* care and nursing */
    assert_int_equal(close_to("98311000", "90910000"), 0);
}

static void misleading_labels_have_a_gloss(void **state)
{
    (void)state;
    assert_non_null(strstr(code("85312310")->gloss, "poradnictwo"));
    assert_non_null(strstr(code("98392000")->gloss, "przeprowadzki"));
    assert_null(code("85311300")->gloss);
}

static void a_missing_table_is_an_error(void **state)
{
    (void)state;
    struct sp_cpv_tree *none = NULL;
    struct sp_error err = {0};
    assert_int_equal(sp_cpv_open("/nowhere", &none, &err), SP_NOT_FOUND);
    assert_null(none);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_code_has_both_labels_and_plain_spaces),
        cmocka_unit_test(check_digits_are_those_printed_in_notices),
        cmocka_unit_test(parents_follow_the_digits),
        cmocka_unit_test(codes_are_read_as_people_write_them),
        cmocka_unit_test(bad_codes_are_told_why),
        cmocka_unit_test(a_prefix_gives_all_codes_below_it),
        cmocka_unit_test(closeness_follows_the_table),
        cmocka_unit_test(declared_neighbours_join_divisions),
        cmocka_unit_test(misleading_labels_have_a_gloss),
        cmocka_unit_test(a_missing_table_is_an_error),
    };
    return cmocka_run_group_tests(tests, open_tree, free_tree);
}
