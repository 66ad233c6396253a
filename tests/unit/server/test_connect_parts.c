/* SPDX-License-Identifier: EUPL-1.2 */
/** @file The pure parts of the Connect layer: gzip, query, codes, errors, and each out of memory.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "server/connect/answer.h"
#include "server/connect/code.h"
#include "server/connect/envelope.h"
#include "server/connect/gzip.h"
#include "server/connect/query.h"
#include "server/http/parser.h"
#include "tests/lib/fault.h"

static void gzip_round_trip(void **state)
{
    static char plain[100000];
    struct sp_buffer packed;
    struct sp_buffer again;
    (void)state;
    for (size_t i = 0; i < sizeof plain; i++) {
        plain[i] = (char)(i * i % 251);
    }
    for (size_t length = 0; length <= sizeof plain; length = length * 3 + 1) {
        sp_buffer_init(&packed, 1 << 20);
        sp_buffer_init(&again, 1 << 20);
        struct sp_view view = sp_view_from(plain, length);
        assert_int_equal(sp_gzip_pack(view, &packed, NULL), SP_OK);
        assert_int_equal(sp_gzip_unpack(sp_buffer_view(&packed), length, &again, NULL), SP_OK);
        assert_true(sp_view_equal(view, sp_buffer_view(&again)));
        sp_buffer_release(&packed);
        sp_buffer_release(&again);
    }
}

static void gzip_stops_a_bomb_and_damage(void **state)
{
    static char zeros[10 << 20];
    struct sp_buffer packed;
    struct sp_buffer out;
    (void)state;
    sp_buffer_init(&packed, 16 << 20); /* room for the worst case */
    sp_buffer_init(&out, 64 << 20);
    assert_int_equal(sp_gzip_pack(sp_view_from(zeros, sizeof zeros), &packed, NULL), SP_OK);
    assert_true(packed.length < 100000);
    assert_int_equal(sp_gzip_unpack(sp_buffer_view(&packed), 100000, &out, NULL), SP_LIMIT);
    assert_true(out.length < 200000); /* it stopped there */
    sp_buffer_clear(&out);
    struct sp_view cut = sp_view_from(packed.data, packed.length - 1);
    assert_int_equal(sp_gzip_unpack(cut, sizeof zeros, &out, NULL), SP_INVALID);
    sp_buffer_clear(&out);
    sp_buffer_add_char(&packed, 'x');
    assert_int_equal(sp_gzip_unpack(sp_buffer_view(&packed), sizeof zeros, &out, NULL), SP_INVALID);
    sp_buffer_clear(&out);
    assert_int_equal(sp_gzip_unpack(sp_view_of("plain text"), 100, &out, NULL), SP_INVALID);
    sp_buffer_release(&packed);
    sp_buffer_release(&out);
}

static void query_parameters(void **state)
{
    struct sp_view query = sp_view_of("ab=1&a=2&a=3&b&c=");
    struct sp_view value;
    struct sp_buffer out;
    (void)state;
    assert_true(sp_query_find(query, "a", &value));
    assert_true(sp_view_is(value, "2"));
    assert_true(sp_query_find(query, "c", &value));
    assert_int_equal(value.length, 0);
    assert_false(sp_query_find(query, "b", &value));
    assert_false(sp_query_find(sp_view_of(""), "a", &value));
    sp_buffer_init(&out, 100);
    assert_true(sp_query_decode(sp_view_of("a%20b+c%C5%82%2B"), &out));
    assert_string_equal(out.data, "a b cł+");
    assert_false(sp_query_decode(sp_view_of("%"), &out));
    assert_false(sp_query_decode(sp_view_of("%2"), &out));
    assert_false(sp_query_decode(sp_view_of("%g0"), &out));
    sp_buffer_release(&out);
}

static void codes_of_the_protocol(void **state)
{
    (void)state;
    assert_string_equal(sp_code_name(SP_CODE_CANCELED), "canceled");
    assert_int_equal(sp_code_http_status(SP_CODE_CANCELED), 499);
    assert_int_equal(sp_code_http_status(SP_CODE_UNAUTHENTICATED), 401);
    assert_int_equal(sp_code_of_status(SP_OK), SP_CODE_OK);
    assert_int_equal(sp_code_of_status((enum sp_status)9999), SP_CODE_INTERNAL);
}

static void error_texts_are_escaped(void **state)
{
    struct sp_error error;
    struct sp_buffer out;
    (void)state;
    (void)SP_FAIL(&error, SP_INVALID, "a\"b", "„\n\\”", "\"\t\"");
    sp_buffer_init(&out, 10000);
    sp_answer_error(&error, SP_EN, &out);
    assert_int_equal(
        strncmp(out.data, "{\"code\":\"invalid_argument\",\"message\":\"\\\"\\u0009\\\"\"", 49), 0);
    assert_non_null(strstr(out.data, "\"debug\":{\"place\":\"a\\\"b\""));
    sp_buffer_release(&out);
}

static enum sp_status work_of_a_call(void *context)
{
    struct sp_error error;
    struct sp_buffer end;
    struct sp_buffer packed;
    struct sp_buffer plain;
    (void)context;
    (void)SP_FAIL(&error, SP_NOT_FOUND, "id", "Nie ma.", "None.");
    sp_buffer_init(&end, 10000);
    sp_buffer_init(&packed, 10000);
    sp_buffer_init(&plain, 100000);
    sp_answer_end_stream(&error, SP_PL, &end);
    enum sp_status status = end.status;
    if (status == SP_OK) {
        status = sp_gzip_pack(sp_buffer_view(&end), &packed, NULL);
    }
    if (status == SP_OK) {
        status = sp_gzip_unpack(sp_buffer_view(&packed), 10000, &plain, NULL);
    }
    sp_buffer_release(&end);
    sp_buffer_release(&packed);
    sp_buffer_release(&plain);
    return status;
}

static enum sp_status work_of_a_request(void *context)
{
    static const char text[] = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                               "3\r\nabc\r\n0\r\nA: b\r\n\r\n";
    struct sp_http_parser parser;
    struct sp_view rest = sp_view_of(text);
    enum sp_http_event event = SP_HTTP_MORE;
    (void)context;
    sp_http_parser_init(&parser);
    while (event == SP_HTTP_MORE || event == SP_HTTP_READ_HEAD) {
        size_t used = 0;
        event = sp_http_parser_feed(&parser, rest, &used);
        rest = sp_view_from(rest.data + used, rest.length - used);
        sp_http_parser_allow_body(&parser, 100);
    }
    sp_http_parser_release(&parser);
    return event == SP_HTTP_COMPLETE ? SP_OK : event == SP_HTTP_NO_MEMORY ? SP_NOMEM : SP_INTERNAL;
}

static void out_of_memory_is_an_error(void **state)
{
    enum sp_status seen = SP_OK;
    (void)state;
    assert_true(sp_fault_sweep(work_of_a_call, NULL, 100, &seen) > 3);
    assert_true(sp_fault_sweep(work_of_a_request, NULL, 100, &seen) >= 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gzip_round_trip),         cmocka_unit_test(gzip_stops_a_bomb_and_damage),
        cmocka_unit_test(query_parameters),        cmocka_unit_test(codes_of_the_protocol),
        cmocka_unit_test(error_texts_are_escaped), cmocka_unit_test(out_of_memory_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
