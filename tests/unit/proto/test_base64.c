/* SPDX-License-Identifier: EUPL-1.2 */
/** @file Base64: the vectors of RFC 4648, both alphabets, and what is not base64. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "proto/codec/base64.h"

static void check_encode(const char *bytes, size_t length, unsigned flags, const char *expected)
{
    struct sp_buffer buffer;
    sp_buffer_init(&buffer, 1000);
    sp_base64_encode(sp_view_from(bytes, length), flags, &buffer);
    sp_buffer_add_char(&buffer, '|'); /* the length must be right for what is added next */
    assert_int_equal(buffer.status, SP_OK);
    assert_memory_equal(buffer.data, expected, strlen(expected));
    assert_string_equal(buffer.data + strlen(expected), "|");
    sp_buffer_release(&buffer);
}

static void check_decode(const char *text, const char *expected, size_t expected_length)
{
    unsigned char out[64];
    size_t length = 0;
    assert_true(sp_base64_decode(sp_view_of(text), out, &length));
    assert_true(length <= sp_base64_decoded_max(strlen(text)));
    assert_int_equal(length, expected_length);
    assert_memory_equal(out, expected, expected_length);
}

static void vectors_of_the_standard(void **state)
{
    (void)state;
    static const char *const cases[][2] = {{"", ""},
                                           {"f", "Zg=="},
                                           {"fo", "Zm8="},
                                           {"foo", "Zm9v"},
                                           {"foob", "Zm9vYg=="},
                                           {"fooba", "Zm9vYmE="},
                                           {"foobar", "Zm9vYmFy"}};
    for (size_t i = 0; i < SP_COUNT(cases); i++) {
        check_encode(cases[i][0], strlen(cases[i][0]), SP_BASE64_PADDED, cases[i][1]);
        check_decode(cases[i][1], cases[i][0], strlen(cases[i][0]));
    }
    check_encode("f", 1, 0, "Zg");
    check_encode("fo", 2, 0, "Zm8");
}

static void both_alphabets(void **state)
{
    (void)state;
    check_encode("\xfb\xff\xfe", 3, 0, "+//+");
    check_encode("\xfb\xff\xfe", 3, SP_BASE64_URL, "-__-");
    check_decode("+//+", "\xfb\xff\xfe", 3);
    check_decode("-__-", "\xfb\xff\xfe", 3);
    check_decode("Zg", "f", 1);
    check_decode("Zm8", "fo", 2);
}

static void refuses_what_is_not_base64(void **state)
{
    (void)state;
    /* A lone letter, padding too much, too early, alone; white space; bits that would be lost. */
    static const char *const cases[] = {
        "Z",     "Zm9vY",    "Zg=",   "Zg===",  "Z===", "====", "=",
        "Zg==Z", "Zg==Zg==", "Zm 9v", "Zm9v\n", "Zh",   "Zm9",  "Zm9="};
    for (size_t i = 0; i < SP_COUNT(cases); i++) {
        unsigned char out[64];
        size_t length = 0;
        assert_false(sp_base64_decode(sp_view_of(cases[i]), out, &length));
    }
}

static void every_length_survives(void **state)
{
    (void)state;
    char bytes[200];
    for (size_t i = 0; i < sizeof bytes; i++) {
        bytes[i] = (char)(i * 89 + 7);
    }
    for (size_t length = 0; length <= sizeof bytes; length++) {
        for (unsigned flags = 0; flags < 4; flags++) {
            struct sp_buffer buffer;
            unsigned char back[sizeof bytes + 8];
            size_t back_length = 0;
            sp_buffer_init(&buffer, 1000);
            sp_base64_encode(sp_view_from(bytes, length), flags, &buffer);
            assert_true(sp_base64_decode(sp_buffer_view(&buffer), back, &back_length));
            assert_int_equal(back_length, length);
            assert_memory_equal(back, bytes, length);
            sp_buffer_release(&buffer);
        }
    }
}

static void a_full_buffer_stays_as_it_was(void **state)
{
    (void)state;
    struct sp_buffer buffer;
    sp_buffer_init(&buffer, 7);
    sp_base64_encode(sp_view_of("foobar"), 0, &buffer);
    assert_int_equal(buffer.status, SP_LIMIT);
    assert_int_equal(buffer.length, 0);
    sp_buffer_release(&buffer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(vectors_of_the_standard),       cmocka_unit_test(both_alphabets),
        cmocka_unit_test(refuses_what_is_not_base64),    cmocka_unit_test(every_length_survives),
        cmocka_unit_test(a_full_buffer_stays_as_it_was),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
