/* SPDX-License-Identifier: EUPL-1.2 */
/** @file Encodings: a Polish sentence in each of them is found out and decoded. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <iconv.h>

#include "base/text_decode.h"
#include "base/utf8.h"

static const char SENTENCE[] = "nazwa;miasto\nZażółć gęślą jaźń;Świdnica\n";

/** Encode the sentence by iconv, the reference. @return bytes */
static size_t encode(const char *encoding, char *out, size_t size)
{
    char text[sizeof SENTENCE];
    memcpy(text, SENTENCE, sizeof SENTENCE);
    char *from = text;
    char *to = out;
    size_t from_left = strlen(SENTENCE);
    size_t to_left = size;
    iconv_t converter = iconv_open(encoding, "UTF-8");
    assert_true(converter != (iconv_t)-1);
    assert_int_equal(iconv(converter, &from, &from_left, &to, &to_left), 0);
    assert_int_equal(iconv_close(converter), 0);
    return size - to_left;
}

static void assert_decodes(struct sp_view bytes, enum sp_encoding expected, const char *text)
{
    struct sp_buffer buffer;
    struct sp_view out = {0};
    enum sp_encoding encoding = SP_ENCODING_UTF_8;
    sp_buffer_init(&buffer, 1 << 16);
    assert_int_equal(sp_text_decode(bytes, &buffer, &out, &encoding, NULL), SP_OK);
    assert_string_equal(sp_encoding_name(encoding), sp_encoding_name(expected));
    assert_int_equal(out.length, strlen(text));
    assert_memory_equal(out.data, text, out.length);
    sp_buffer_release(&buffer);
}

static void every_encoding_is_found_out(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        const char *mark;
        enum sp_encoding encoding;
    } cases[] = {
        {"UTF-8", "", SP_ENCODING_UTF_8},
        {"UTF-8", "\xEF\xBB\xBF", SP_ENCODING_UTF_8},
        {"UTF-16LE", "\xFF\xFE", SP_ENCODING_UTF_16_LE},
        {"UTF-16BE", "\xFE\xFF", SP_ENCODING_UTF_16_BE},
        {"UTF-16LE", "", SP_ENCODING_UTF_16_LE},
        {"UTF-16BE", "", SP_ENCODING_UTF_16_BE},
        {"CP1250", "", SP_ENCODING_WINDOWS_1250},
        {"ISO-8859-2", "", SP_ENCODING_ISO_8859_2},
    };
    for (size_t i = 0; i < SP_COUNT(cases); i++) {
        char bytes[4 * sizeof SENTENCE];
        size_t mark = strlen(cases[i].mark);
        memcpy(bytes, cases[i].mark, mark);
        size_t length = encode(cases[i].name, bytes + mark, sizeof bytes - mark);
        assert_decodes(sp_view_from(bytes, mark + length), cases[i].encoding, SENTENCE);
    }
}

static void what_cannot_be_decoded_is_marked_not_dropped(void **state)
{
    (void)state;
    /* Half a surrogate pair, then half a unit. */
    assert_decodes(sp_view_from("\xFF\xFE"
                                "a\0\x00\xD8"
                                "b\0c",
                                9),
                   SP_ENCODING_UTF_16_LE,
                   "a\xFF"
                   "b\xFF");
    /* Windows-1250 has no character 0x81. */
    assert_decodes(sp_view_of("ma\xB3y \x81 \x9Clad"), SP_ENCODING_WINDOWS_1250, "mały \xFF ślad");
    /* One broken byte in a UTF-8 file does not make it Windows-1250. */
    static const char damaged[] = "Zażółć gęślą \xB3 jaźń";
    assert_decodes(sp_view_of(damaged), SP_ENCODING_UTF_8, damaged);
}

static void plain_ascii_and_nothing_are_utf_8(void **state)
{
    (void)state;
    assert_decodes(sp_view_of(""), SP_ENCODING_UTF_8, "");
    assert_decodes(sp_view_of("a"), SP_ENCODING_UTF_8, "a");
    assert_decodes(sp_view_of("nip,name\n"), SP_ENCODING_UTF_8, "nip,name\n");
}

static void the_limit_of_the_buffer_holds(void **state)
{
    (void)state;
    struct sp_buffer buffer;
    struct sp_view out = {0};
    enum sp_encoding encoding = SP_ENCODING_UTF_8;
    sp_buffer_init(&buffer, 3);
    assert_int_equal(sp_text_decode(sp_view_of("\xB3\xB3"), &buffer, &out, &encoding, NULL),
                     SP_LIMIT);
    sp_buffer_release(&buffer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_encoding_is_found_out),
        cmocka_unit_test(what_cannot_be_decoded_is_marked_not_dropped),
        cmocka_unit_test(plain_ascii_and_nothing_are_utf_8),
        cmocka_unit_test(the_limit_of_the_buffer_holds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
