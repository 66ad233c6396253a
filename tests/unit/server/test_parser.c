/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * The HTTP framing as tables: what must be read, and what must be refused, each fed whole and byte
 * by byte.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/memory.h"
#include "base/status.h"
#include "server/http/parser.h"

enum { BODY_MAX_BYTES = 64 };

/* Feed @p text in pieces of @p piece bytes until something final happens. Exact copies of each
 * piece let ASan see a read past its end. */
static enum sp_http_event feed_all(struct sp_http_parser *parser, struct sp_view text, size_t piece)
{
    size_t at = 0;
    enum sp_http_event event = SP_HTTP_MORE;
    while (event == SP_HTTP_MORE || event == SP_HTTP_READ_HEAD) {
        if (event == SP_HTTP_READ_HEAD) {
            sp_http_parser_allow_body(parser, BODY_MAX_BYTES);
        } else if (at == text.length) {
            break;
        }
        size_t take = text.length - at < piece ? text.length - at : piece;
        size_t used = 0;
        char *copy = sp_strndup(text.data + at, take);
        assert_non_null(copy);
        event = sp_http_parser_feed(parser, sp_view_from(copy, take), &used);
        sp_free(copy);
        at += used;
    }
    return event;
}

#define HOST "Host: localhost:8080\r\n"
#define POST "POST / HTTP/1.1\r\n" HOST
#define CHUNKED POST "Transfer-Encoding: chunked\r\n\r\n"

struct refused {
    const char *what;
    unsigned status;
    struct sp_view bytes;
};

#define BYTES(text)                                                                                \
    {                                                                                              \
        (text), sizeof(text) - 1                                                                   \
    }

static const struct refused REFUSED[] = {
    /* The 18 framings that evhttp of Debian 12 accepts. */
    {"two differing lengths", 400,
     BYTES(POST "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd")},
    {"length with a sign", 400, BYTES(POST "Content-Length: +3\r\n\r\nabc")},
    {"two codings", 501, BYTES(POST "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n")},
    {"unknown coding", 501, BYTES(POST "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n")},
    {"coding on HTTP/1.0", 505,
     BYTES("POST / HTTP/1.0\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n")},
    {"chunk size 0x3", 400, BYTES(CHUNKED "0x3\r\nabc\r\n0\r\n\r\n")},
    {"chunk size +3", 400, BYTES(CHUNKED "+3\r\nabc\r\n0\r\n\r\n")},
    {"blank before chunk size", 400, BYTES(CHUNKED " 3\r\nabc\r\n0\r\n\r\n")},
    {"junk after chunk size", 400, BYTES(CHUNKED "3 junk\r\nabc\r\n0\r\n\r\n")},
    {"no CRLF after chunk data", 400, BYTES(CHUNKED "3\r\nabc0\r\n\r\n")},
    {"folded line", 400, BYTES(POST "X: a\r\n b\r\nContent-Length: 0\r\n\r\n")},
    {"blank before colon", 400, BYTES(POST "Content-Length : 3\r\n\r\nabc")},
    {"empty field name", 400, BYTES(POST ": x\r\n\r\n")},
    {"NUL in a value", 400, BYTES(POST "X: a\0b\r\n\r\n")},
    {"no Host", 400, BYTES("GET / HTTP/1.1\r\n\r\n")},
    {"two Hosts", 400, BYTES("GET / HTTP/1.1\r\n" HOST HOST "\r\n")},
    {"version overflow", 400, BYTES("GET / HTTP/4294967297.1\r\n" HOST "\r\n")},
    {"space in the target", 400, BYTES("GET /a b HTTP/1.1\r\n" HOST "\r\n")},
    /* RFC 9112 and its relatives. */
    {"bare LF everywhere", 400, BYTES("GET / HTTP/1.1\nHost: a\n\n")},
    {"bare LF in a field", 400, BYTES("GET / HTTP/1.1\r\nHost: a\n\r\n")},
    {"bare CR in a value", 400, BYTES("GET / HTTP/1.1\r\nHost: a\rb\r\n\r\n")},
    {"CR CR LF", 400, BYTES("GET / HTTP/1.1\r\r\nHost: a\r\n\r\n")},
    {"length and coding", 400,
     BYTES(POST "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")},
    {"coding twice", 501,
     BYTES(POST "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")},
    {"coding identity", 501, BYTES(POST "Transfer-Encoding: identity\r\n\r\n")},
    {"two equal lengths", 400, BYTES(POST "Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc")},
    {"list of lengths", 400, BYTES(POST "Content-Length: 3, 3\r\n\r\nabc")},
    {"negative length", 400, BYTES(POST "Content-Length: -1\r\n\r\n")},
    {"hexadecimal length", 400, BYTES(POST "Content-Length: 0x3\r\n\r\nabc")},
    {"empty length", 400, BYTES(POST "Content-Length:\r\n\r\n")},
    {"length above 64 bits", 400, BYTES(POST "Content-Length: 18446744073709551619\r\n\r\n")},
    {"empty Host", 400, BYTES("GET / HTTP/1.1\r\nHost:\r\n\r\n")},
    {"user in Host", 400, BYTES("GET / HTTP/1.1\r\nHost: a@b\r\n\r\n")},
    {"HTTP/2 preface", 505, BYTES("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")},
    {"TLS hello", 400, BYTES("\x16\x03\x01\x02\x00\x01\x00\x01")},
    {"no version", 400, BYTES("GET /\r\n" HOST "\r\n")},
    {"lower-case version", 400, BYTES("GET / http/1.1\r\n" HOST "\r\n")},
    {"two spaces", 400, BYTES("GET  / HTTP/1.1\r\n" HOST "\r\n")},
    {"space after version", 400, BYTES("GET / HTTP/1.1 \r\n" HOST "\r\n")},
    {"tab as separator", 400, BYTES("GET\t/ HTTP/1.1\r\n" HOST "\r\n")},
    {"method no token", 400, BYTES("G(T / HTTP/1.1\r\n" HOST "\r\n")},
    {"target without slash", 400, BYTES("GET a HTTP/1.1\r\n" HOST "\r\n")},
    {"star for GET", 400, BYTES("GET * HTTP/1.1\r\n" HOST "\r\n")},
    {"authority for CONNECT", 400, BYTES("CONNECT a:1 HTTP/1.1\r\n" HOST "\r\n")},
    {"absolute form without authority", 400, BYTES("GET http:///x HTTP/1.1\r\n" HOST "\r\n")},
    {"fragment", 400, BYTES("GET /#a HTTP/1.1\r\n" HOST "\r\n")},
    {"high byte in target", 400, BYTES("GET /\xc5\x82 HTTP/1.1\r\n" HOST "\r\n")},
    {"folded first field", 400, BYTES("GET / HTTP/1.1\r\n Host: a\r\n\r\n")},
    {"field without colon", 400, BYTES("GET / HTTP/1.1\r\n" HOST "abc\r\n\r\n")},
    {"blank in a field name", 400, BYTES("GET / HTTP/1.1\r\n" HOST "a b: c\r\n\r\n")},
    {"high byte in a field name", 400, BYTES("GET / HTTP/1.1\r\n" HOST "\xff: c\r\n\r\n")},
    {"two content types", 400, BYTES(POST "Content-Type: a/b\r\nContent-Type: c/d\r\n\r\n")},
    {"unknown expectation", 417, BYTES(POST "Expect: wonders\r\n\r\n")},
    {"two empty lines first", 400, BYTES("\r\n\r\nGET / HTTP/1.1\r\n" HOST "\r\n")},
    {"empty chunk size", 400, BYTES(CHUNKED "\r\n\r\n")},
    {"chunk size of nine digits", 400, BYTES(CHUNKED "000000003\r\nabc\r\n0\r\n\r\n")},
    {"bare LF after chunk size", 400, BYTES(CHUNKED "3\nabc\r\n0\r\n\r\n")},
    {"bare LF after chunk", 400, BYTES(CHUNKED "3\r\nabc\n0\r\n\r\n")},
    {"CR within an extension", 400, BYTES(CHUNKED "3;a\rb\r\nabc\r\n0\r\n\r\n")},
    {"NUL in an extension", 400, BYTES(CHUNKED "3;a\0b\r\nabc\r\n0\r\n\r\n")},
    {"blank after chunk size", 400, BYTES(CHUNKED "3 \r\nabc\r\n0\r\n\r\n")},
    {"trailer without colon", 400, BYTES(CHUNKED "0\r\nabc\r\n\r\n")},
    {"folded trailer", 400, BYTES(CHUNKED "0\r\nA: b\r\n c\r\n\r\n")},
    {"bare LF in a trailer", 400, BYTES(CHUNKED "0\r\nA: b\n\r\n")},
};

static void refuses_malformed_framing(void **state)
{
    (void)state;
    for (size_t i = 0; i < SP_COUNT(REFUSED); i++) {
        for (size_t piece = 1; piece <= REFUSED[i].bytes.length; piece = piece * 2 + 1) {
            struct sp_http_parser parser;
            sp_http_parser_init(&parser);
            enum sp_http_event event = feed_all(&parser, REFUSED[i].bytes, piece);
            if (event != SP_HTTP_REFUSED || parser.refusal.status != REFUSED[i].status) {
                fail_msg("%s (pieces of %zu): event %d, status %u", REFUSED[i].what, piece,
                         (int)event, parser.refusal.status);
            }
            sp_http_parser_release(&parser);
        }
    }
}

struct accepted {
    const char *what;
    struct sp_view bytes;
    const char *path;
    const char *query;
    const char *body;
    bool keep_alive;
};

static const struct accepted ACCEPTED[] = {
    {"plain GET", BYTES("GET / HTTP/1.1\r\n" HOST "\r\n"), "/", "", "", true},
    {"one empty line first", BYTES("\r\nGET /a HTTP/1.1\r\n" HOST "\r\n"), "/a", "", "", true},
    {"query", BYTES("GET /a/b?c=d&e=%20?f HTTP/1.1\r\n" HOST "\r\n"), "/a/b", "c=d&e=%20?f", "",
     true},
    {"absolute form", BYTES("GET http://x:1/a?b HTTP/1.1\r\n" HOST "\r\n"), "/a", "b", "", true},
    {"options star", BYTES("OPTIONS * HTTP/1.1\r\n" HOST "\r\n"), "*", "", "", true},
    {"length", BYTES(POST "Content-Length: 3\r\n\r\nabc"), "/", "", "abc", true},
    {"length zero", BYTES(POST "Content-Length: 0\r\n\r\n"), "/", "", "", true},
    {"length at the limit",
     BYTES(POST "content-length:\t64 \r\n\r\n"
                "0123456789012345678901234567890123456789012345678901234567890123"),
     "/", "", "0123456789012345678901234567890123456789012345678901234567890123", true},
    {"close", BYTES("GET / HTTP/1.1\r\n" HOST "Connection: TE, Close\r\n\r\n"), "/", "", "", false},
    {"chunks", BYTES(CHUNKED "3\r\nabc\r\n002\r\nde\r\n0\r\n\r\n"), "/", "", "abcde", true},
    {"chunk extensions", BYTES(CHUNKED "3;a=b\r\nabc\r\n2 ; c=\"d\"\r\nde\r\n0;x\r\n\r\n"), "/", "",
     "abcde", true},
    {"trailers", BYTES(CHUNKED "3\r\nabc\r\n00\r\nA: b\r\nC: d\r\n\r\n"), "/", "", "abc", true},
    {"case of chunked",
     BYTES(POST "Transfer-Encoding: Chunked\r\n\r\nA\r\n0123456789\r\n0\r\n\r\n"), "/", "",
     "0123456789", true},
    {"empty value, high bytes in a value", BYTES(POST "A:\r\nB: \xc5\x82\r\n\r\n"), "/", "", "",
     true},
    {"address as host", BYTES("GET / HTTP/1.1\r\nHost: [::1]:80\r\n\r\n"), "/", "", "", true},
};

static void reads_what_is_well_formed(void **state)
{
    (void)state;
    for (size_t i = 0; i < SP_COUNT(ACCEPTED); i++) {
        for (size_t piece = 1; piece <= ACCEPTED[i].bytes.length; piece = piece * 2 + 1) {
            struct sp_http_parser parser;
            sp_http_parser_init(&parser);
            enum sp_http_event event = feed_all(&parser, ACCEPTED[i].bytes, piece);
            if (event != SP_HTTP_COMPLETE) {
                fail_msg("%s (pieces of %zu): event %d, %s", ACCEPTED[i].what, piece, (int)event,
                         parser.refusal.reason);
            }
            assert_true(sp_view_is(parser.request.path, ACCEPTED[i].path));
            assert_true(sp_view_is(parser.request.query, ACCEPTED[i].query));
            assert_true(sp_view_is(parser.request.body, ACCEPTED[i].body));
            assert_int_equal(parser.request.keep_alive, ACCEPTED[i].keep_alive);
            sp_http_parser_release(&parser);
        }
    }
}

static void stops_at_the_body_limit(void **state)
{
    static const struct sp_view large[] = {
        BYTES(POST "Content-Length: 65\r\n\r\n"),
        BYTES(CHUNKED "41\r\n"),
        BYTES(CHUNKED "40\r\n0123456789012345678901234567890123456789012345678901234567890123\r\n"
                      "1\r\n"),
        BYTES(CHUNKED "ffffffff\r\n"),
    };
    (void)state;
    for (size_t i = 0; i < SP_COUNT(large); i++) {
        struct sp_http_parser parser;
        sp_http_parser_init(&parser);
        assert_int_equal(feed_all(&parser, large[i], 7), SP_HTTP_TOO_LARGE);
        assert_true(sp_view_is(parser.request.path, "/"));
        sp_http_parser_release(&parser);
    }
}

/* A head of exactly @p length bytes, heap. */
static char *head_of(size_t length)
{
    static const char start[] = "GET / HTTP/1.1\r\n" HOST "X: ";
    char *text = sp_malloc(length);
    assert_non_null(text);
    memset(text, 'a', length);
    memcpy(text, start, sizeof start - 1);
    memcpy(text + length - 4, "\r\n\r\n", 4);
    return text;
}

static void bounds_the_head(void **state)
{
    (void)state;
    for (size_t over = 0; over <= 1; over++) {
        size_t length = SP_HTTP_MAX_HEAD_BYTES + over;
        char *text = head_of(length);
        struct sp_http_parser parser;
        sp_http_parser_init(&parser);
        enum sp_http_event event = feed_all(&parser, sp_view_from(text, length), 1000);
        assert_int_equal(event, over == 0 ? SP_HTTP_COMPLETE : SP_HTTP_REFUSED);
        assert_int_equal(parser.refusal.status, over == 0 ? 0 : 431);
        sp_http_parser_release(&parser);
        sp_free(text);
    }
}

static void bounds_the_number_of_fields(void **state)
{
    (void)state;
    for (size_t over = 0; over <= 1; over++) {
        struct sp_buffer text;
        sp_buffer_init(&text, SP_HTTP_MAX_HEAD_BYTES);
        sp_buffer_add_text(&text, "GET / HTTP/1.1\r\n" HOST);
        for (size_t i = 1; i < SP_HTTP_MAX_FIELDS + over; i++) {
            sp_buffer_printf(&text, "x%zu: y\r\n", i);
        }
        sp_buffer_add_text(&text, "\r\n");
        struct sp_http_parser parser;
        sp_http_parser_init(&parser);
        enum sp_http_event event = feed_all(&parser, sp_buffer_view(&text), 64);
        assert_int_equal(event, over == 0 ? SP_HTTP_COMPLETE : SP_HTTP_REFUSED);
        assert_int_equal(parser.refusal.status, over == 0 ? 0 : 431);
        sp_http_parser_release(&parser);
        sp_buffer_release(&text);
    }
}

static void bounds_extensions_and_trailers(void **state)
{
    static const char *const starts[] = {CHUNKED "1;", CHUNKED "0\r\nA:"};
    (void)state;
    for (size_t i = 0; i < SP_COUNT(starts); i++) {
        struct sp_buffer text;
        sp_buffer_init(&text, 64 * 1024);
        sp_buffer_add_text(&text, starts[i]);
        for (size_t n = 0; n < 5000; n++) {
            sp_buffer_add_char(&text, 'x');
        }
        struct sp_http_parser parser;
        sp_http_parser_init(&parser);
        assert_int_equal(feed_all(&parser, sp_buffer_view(&text), 333), SP_HTTP_REFUSED);
        sp_http_parser_release(&parser);
        sp_buffer_release(&text);
    }
}

static void leaves_the_next_request_alone(void **state)
{
    static const char two[] = POST "Content-Length: 3\r\n\r\nabcGET /next HTTP/1.1\r\n" HOST "\r\n";
    (void)state;
    struct sp_http_parser parser;
    struct sp_view rest = sp_view_of(two);
    size_t used = 0;
    sp_http_parser_init(&parser);
    assert_false(sp_http_parser_is_within(&parser));
    assert_int_equal(sp_http_parser_feed(&parser, rest, &used), SP_HTTP_READ_HEAD);
    assert_true(sp_http_parser_is_within(&parser));
    sp_http_parser_allow_body(&parser, BODY_MAX_BYTES);
    rest = sp_view_from(rest.data + used, rest.length - used);
    assert_int_equal(sp_http_parser_feed(&parser, rest, &used), SP_HTTP_COMPLETE);
    assert_int_equal(used, 3);
    rest = sp_view_from(rest.data + used, rest.length - used);
    sp_http_parser_next(&parser);
    assert_int_equal(feed_all(&parser, rest, rest.length), SP_HTTP_COMPLETE);
    assert_true(sp_view_is(parser.request.path, "/next"));
    sp_http_parser_release(&parser);
}

static void reads_lists(void **state)
{
    struct sp_view list = sp_view_of(" gzip ,, br,\t");
    struct sp_view element;
    (void)state;
    assert_true(sp_http_next_element(&list, &element));
    assert_true(sp_view_is(element, "gzip"));
    assert_true(sp_http_next_element(&list, &element));
    assert_true(sp_view_is(element, "br"));
    assert_false(sp_http_next_element(&list, &element));
    assert_true(sp_http_same(sp_view_of("GZip"), "gzip"));
    assert_false(sp_http_same(sp_view_of("gzi"), "gzip"));
    assert_false(sp_http_same(sp_view_of("gzipx"), "gzip"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(refuses_malformed_framing),
        cmocka_unit_test(reads_what_is_well_formed),
        cmocka_unit_test(stops_at_the_body_limit),
        cmocka_unit_test(bounds_the_head),
        cmocka_unit_test(bounds_the_number_of_fields),
        cmocka_unit_test(bounds_extensions_and_trailers),
        cmocka_unit_test(leaves_the_next_request_alone),
        cmocka_unit_test(reads_lists),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
