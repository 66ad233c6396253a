/* SPDX-License-Identifier: EUPL-1.2 */
#define _GNU_SOURCE /* memmem */
/**
 * @file
 * The rules of the Connect protocol for a server of unary and server-streaming methods, over
 * loopback: the situations of its conformance suite, and those that only a strict reading shows.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "proto/codec/base64.h"
#include "proto/codec/message.h"
#include "server/connect/code.h"
#include "server/connect/envelope.h"
#include "server/connect/gzip.h"
#include "spoina/v1/catalogue.pb-c.h"
#include "spoina/v1/error.pb-c.h"
#include "spoina/v1/language.pb-c.h"
#include "tests/lib/http_client.h"
#include "tests/lib/test_service.h"

#define JSON "application/json"
#define PROTO "application/proto"
#define STREAM_JSON "application/connect+json"
#define STREAM_PROTO "application/connect+proto"

struct fixture {
    struct test_service *test;
    int fd;
};

static int set_up(void **state)
{
    static struct fixture fixture;
    struct sp_service_options options = test_service_options();
    fixture.test = test_service_start(&options);
    fixture.fd = client_connect(test_service_address(fixture.test));
    *state = &fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    (void)close(fixture->fd);
    test_service_end(fixture->test);
    return 0;
}

/* POST and compare status and (if not NULL) body. */
static void expect(void **state, const char *path, const char *type, const char *fields,
                   struct sp_view body, unsigned status, const char *expected)
{
    struct fixture *fixture = *state;
    struct client_answer answer;
    client_post(fixture->fd, path, type, fields, body, &answer);
    assert_int_equal(answer.status, status);
    if (expected != NULL) {
        assert_string_equal(answer.body.data, expected);
    }
    client_release(&answer);
}

/* POST and expect a unary error. */
static void expect_error(void **state, const char *path, const char *type, const char *fields,
                         struct sp_view body, enum sp_code code)
{
    struct fixture *fixture = *state;
    struct client_answer answer;
    char start[64];
    (void)snprintf(start, sizeof start, "{\"code\":\"%s\"", sp_code_name(code));
    client_post(fixture->fd, path, type, fields, body, &answer);
    assert_int_equal(answer.status, sp_code_http_status(code));
    assert_string_equal(client_field(&answer, "Content-Type"), JSON);
    assert_int_equal(strncmp(answer.body.data, start, strlen(start)), 0);
    client_release(&answer);
}

/* The request message as protobuf. */
static void pack_text(const char *text, struct sp_buffer *out)
{
    Spoina__V1__AnalyseTextRequest request = SPOINA__V1__ANALYSE_TEXT_REQUEST__INIT;
    request.text = (char *)text;
    sp_buffer_init(out, 1 << 20);
    assert_int_equal(sp_message_to_wire(&request.base, out, NULL), SP_OK);
}

static void unary_in_json_and_proto(void **state)
{
    struct fixture *fixture = *state;
    struct client_answer answer;
    struct sp_buffer wire;
    expect(state, TEST_ECHO, JSON, "", sp_view_of("{\"text\":\"ąę\"}"), 200,
           "{\"tokens\":[{\"form\":\"ąę\"}]}");
    expect(state, TEST_ECHO, "Application/JSON ; charset=utf-8", "Connect-Protocol-Version: 1\r\n",
           sp_view_of("{\"text\":\"a\",\"unknown\":{}}"), 200, "{\"tokens\":[{\"form\":\"a\"}]}");
    pack_text("ąę", &wire);
    client_post(fixture->fd, TEST_ECHO, PROTO, "", sp_buffer_view(&wire), &answer);
    sp_buffer_release(&wire);
    assert_int_equal(answer.status, 200);
    assert_string_equal(client_field(&answer, "Content-Type"), PROTO);
    struct sp_arena *arena = sp_arena_new(1 << 16);
    ProtobufCMessage *message = NULL;
    assert_int_equal(sp_message_from_wire(&spoina__v1__analyse_text_response__descriptor,
                                          sp_buffer_view(&answer.body), NULL, arena, &message,
                                          NULL),
                     SP_OK);
    const Spoina__V1__AnalyseTextResponse *got = (const void *)message;
    assert_int_equal(got->n_tokens, 1);
    assert_string_equal(got->tokens[0]->form, "ąę");
    sp_arena_free(arena);
    client_release(&answer);
}

static void an_empty_message_is_a_message(void **state)
{
    expect(state, TEST_ECHO, PROTO, "", sp_view_of(""), 200, NULL);
    expect(state, TEST_ECHO, JSON, "", sp_view_of("{}"), 200, NULL);
    /* Empty and "compressed": never inflated. */
    expect(state, TEST_ECHO, PROTO, "Content-Encoding: gzip\r\n", sp_view_of(""), 200, NULL);
    expect_error(state, TEST_ECHO, JSON, "", sp_view_of(""), SP_CODE_INVALID_ARGUMENT);
}

static void bad_messages_are_invalid_arguments(void **state)
{
    static const char *const bad[] = {"{",
                                      "[]",
                                      "{\"text\":1}",
                                      "{\"text\":\"a\"}x",
                                      "{\"text\":\"\xff\"}",
                                      "{\"text\":\"a\",\"text\":\"b\"}"};
    for (size_t i = 0; i < SP_COUNT(bad); i++) {
        expect_error(state, TEST_ECHO, JSON, "", sp_view_of(bad[i]), SP_CODE_INVALID_ARGUMENT);
    }
    expect_error(state, TEST_ECHO, PROTO, "",
                 sp_view_of("\x0a\x05"
                            "ab"),
                 SP_CODE_INVALID_ARGUMENT);
    expect_error(state, TEST_ECHO, PROTO, "", sp_view_of("\x0a\x02\xff\xfe"),
                 SP_CODE_INVALID_ARGUMENT);
}

static void every_status_has_its_code(void **state)
{
    static const struct {
        const char *status;
        enum sp_code code;
    } cases[] = {
        {"INVALID", SP_CODE_INVALID_ARGUMENT},  {"NOT_FOUND", SP_CODE_NOT_FOUND},
        {"EXISTS", SP_CODE_ALREADY_EXISTS},     {"LIMIT", SP_CODE_RESOURCE_EXHAUSTED},
        {"NOMEM", SP_CODE_RESOURCE_EXHAUSTED},  {"IO", SP_CODE_INTERNAL},
        {"CORRUPT", SP_CODE_DATA_LOSS},         {"BUSY", SP_CODE_UNAVAILABLE},
        {"CANCELLED", SP_CODE_CANCELED},        {"DEADLINE", SP_CODE_DEADLINE_EXCEEDED},
        {"UNSUPPORTED", SP_CODE_UNIMPLEMENTED}, {"PRECONDITION", SP_CODE_FAILED_PRECONDITION},
        {"INTERNAL", SP_CODE_INTERNAL}};
    for (size_t i = 0; i < SP_COUNT(cases); i++) {
        char json[64];
        (void)snprintf(json, sizeof json, "{\"text\":\"%s\"}", cases[i].status);
        expect_error(state, TEST_FAIL, JSON, "", sp_view_of(json), cases[i].code);
    }
}

static void errors_come_in_json_with_both_languages(void **state)
{
    static const struct {
        const char *field;
        const char *message;
    } cases[] = {{"", "\"message\":\"Błąd „NOT_FOUND”.\""},
                 {"Accept-Language: en-GB,en;q=0.9,pl;q=0.5\r\n",
                  "\"message\":\"Failure \\\"NOT_FOUND\\\".\""},
                 {"Accept-Language: de, pl;q=0.4, en;q=0.3\r\n", "\"message\":\"Błąd"},
                 {"Accept-Language: de\r\n", "\"message\":\"Błąd"},
                 {"Accept-Language: pl;q=0,en;q=0.1\r\n", "\"message\":\"Failure"},
                 {"Accept-Language: eng,;;q=,pl;q=x\r\n", "\"message\":\"Błąd"}};
    struct fixture *fixture = *state;
    struct sp_buffer wire;
    pack_text("NOT_FOUND", &wire);
    for (size_t i = 0; i < SP_COUNT(cases); i++) {
        struct client_answer answer;
        client_post(fixture->fd, TEST_FAIL, PROTO, cases[i].field, sp_buffer_view(&wire), &answer);
        assert_int_equal(answer.status, 404);
        assert_non_null(strstr(answer.body.data, cases[i].message));
        client_release(&answer);
    }
    sp_buffer_release(&wire);
}

static void the_detail_decodes(void **state)
{
    struct fixture *fixture = *state;
    struct client_answer answer;
    unsigned char wire[1024];
    size_t length = 0;
    client_post(fixture->fd, TEST_FAIL, JSON, "", sp_view_of("{\"text\":\"EXISTS\"}"), &answer);
    const char *value = strstr(answer.body.data, "\"type\":\"spoina.v1.ErrorDetail\",\"value\":\"");
    assert_non_null(value);
    value += strlen("\"type\":\"spoina.v1.ErrorDetail\",\"value\":\"");
    struct sp_view base64 = sp_view_from(value, strcspn(value, "\""));
    assert_null(memchr(base64.data, '=', base64.length)); /* unpadded */
    assert_true(base64.length < sizeof wire);
    assert_true(sp_base64_decode(base64, wire, &length));
    Spoina__V1__ErrorDetail *detail = spoina__v1__error_detail__unpack(NULL, length, wire);
    assert_non_null(detail);
    assert_string_equal(detail->place, "text");
    assert_string_equal(detail->polish, "Błąd „EXISTS”.");
    assert_string_equal(detail->english, "Failure \"EXISTS\".");
    assert_string_equal(detail->status, "EXISTS");
    spoina__v1__error_detail__free_unpacked(detail, NULL);
    client_release(&answer);
}

static void paths_verbs_and_types(void **state)
{
    struct fixture *fixture = *state;
    struct client_answer answer;
    expect(state, "/test.v1.Test/Nothing", PROTO, "", sp_view_of("x"), 404, NULL);
    expect(state, "/test.v1.test/echo", PROTO, "", sp_view_of(""), 404, NULL);
    expect(state, TEST_ECHO "/", PROTO, "", sp_view_of(""), 404, NULL);

    assert_true(client_send_text(fixture->fd,
                                 "DELETE " TEST_ECHO " HTTP/1.1\r\nHost: a\r\nContent-Type: " PROTO
                                 "\r\nContent-Length: 2\r\n\r\n\x0a\x01"));
    client_read(fixture->fd, false, &answer);
    assert_int_equal(answer.status, 405);
    assert_string_equal(client_field(&answer, "Allow"), "GET, POST, OPTIONS");
    client_release(&answer);

    client_get(fixture->fd, TEST_FAIL "?encoding=json&message=%7B%7D", "", &answer);
    assert_int_equal(answer.status, 405); /* GET only where it is flagged */
    assert_string_equal(client_field(&answer, "Allow"), "POST, OPTIONS");
    client_release(&answer);

    assert_true(client_send_text(fixture->fd, "OPTIONS " TEST_ECHO " HTTP/1.1\r\nHost: a\r\n"
                                              "Origin: http://b\r\n\r\n"));
    client_read(fixture->fd, false, &answer);
    assert_int_equal(answer.status, 204);
    assert_null(client_field(&answer, "Access-Control-Allow-Origin")); /* no other origins */
    client_release(&answer);

    client_post(fixture->fd, TEST_ECHO, "image/jpeg", "", sp_view_of("12345678"), &answer);
    assert_int_equal(answer.status, 415);
    assert_string_equal(client_field(&answer, "Accept-Post"), JSON ", " PROTO);
    client_release(&answer);
    client_post(fixture->fd, TEST_STREAM, JSON, "", sp_view_of("{}"), &answer);
    assert_int_equal(answer.status, 415);
    assert_string_equal(client_field(&answer, "Accept-Post"), STREAM_JSON ", " STREAM_PROTO);
    client_release(&answer);
    expect(state, TEST_ECHO, STREAM_PROTO, "", sp_view_of(""), 415, NULL);
    expect(state, TEST_ECHO, "application/x-www-form-urlencoded", "", sp_view_of("a=b"), 415, NULL);
    expect(state, TEST_ECHO, "text/plain", "", sp_view_of("{}"), 415, NULL);
}

static void the_version_is_checked(void **state)
{
    struct sp_view body = sp_view_of("{\"text\":\"a\"}");
    expect_error(state, TEST_ECHO, JSON, "Connect-Protocol-Version: 2\r\n", body,
                 SP_CODE_INVALID_ARGUMENT);
    expect_error(state, TEST_ECHO, JSON,
                 "Connect-Protocol-Version: 1\r\nConnect-Protocol-Version: 1\r\n", body,
                 SP_CODE_INVALID_ARGUMENT);
    expect_error(state, TEST_WRITE, JSON, "", body, SP_CODE_INVALID_ARGUMENT);
    expect(state, TEST_WRITE, JSON, "Connect-Protocol-Version: 1\r\n", body, 200, NULL);
}

static void timeouts_are_numbers(void **state)
{
    static const char *const bad[] = {"-1", "", "1.5", "10000000000", "1s", "0x1", "1, 1"};
    struct sp_view body = sp_view_of("{\"text\":\"a\"}");
    for (size_t i = 0; i < SP_COUNT(bad); i++) {
        char field[64];
        (void)snprintf(field, sizeof field, "Connect-Timeout-Ms: %s\r\n", bad[i]);
        expect_error(state, TEST_ECHO, JSON, field, body, SP_CODE_INVALID_ARGUMENT);
    }
    expect(state, TEST_ECHO, JSON, "Connect-Timeout-Ms: 2000\r\n", body, 200, NULL);
    expect_error(state, TEST_WAIT, JSON, "Connect-Timeout-Ms: 0\r\n",
                 sp_view_of("{\"text\":\"5000\"}"), SP_CODE_DEADLINE_EXCEEDED);
}

static void sizes_are_limited_before_and_after_inflation(void **state)
{
    struct fixture *fixture = *state;
    struct sp_buffer text;
    struct sp_buffer wire;
    struct sp_buffer packed;
    sp_buffer_init(&text, 1 << 20);
    for (size_t i = 0; i < TEST_BODY_MAX_BYTES - 3; i++) {
        sp_buffer_add_char(&text, 'x');
    }
    pack_text(text.data, &wire); /* with tag and length exactly the limit */
    assert_int_equal(wire.length, TEST_BODY_MAX_BYTES);
    expect(state, TEST_ECHO, PROTO, "", sp_buffer_view(&wire), 200, NULL);
    sp_buffer_init(&packed, 1 << 20);
    assert_int_equal(sp_gzip_pack(sp_buffer_view(&wire), &packed, NULL), SP_OK);
    expect(state, TEST_ECHO, PROTO, "Content-Encoding: gzip\r\n", sp_buffer_view(&packed), 200,
           NULL);
    sp_buffer_release(&wire);

    sp_buffer_add_text(&text, "1234567890");
    pack_text(text.data, &wire);
    sp_buffer_clear(&packed);
    assert_int_equal(sp_gzip_pack(sp_buffer_view(&wire), &packed, NULL), SP_OK);
    expect_error(state, TEST_ECHO, PROTO, "Content-Encoding: gzip\r\n", sp_buffer_view(&packed),
                 SP_CODE_RESOURCE_EXHAUSTED);
    expect_error(state, TEST_ECHO, PROTO, "", sp_buffer_view(&wire), SP_CODE_RESOURCE_EXHAUSTED);
    assert_in_range(client_wait_close(fixture->fd), 0, 3000);
    sp_buffer_release(&text);
    sp_buffer_release(&wire);
    sp_buffer_release(&packed);
}

static void compression_is_negotiated(void **state)
{
    struct fixture *fixture = *state;
    struct sp_buffer body;
    struct client_answer answer;
    sp_buffer_init(&body, 1 << 20);
    sp_buffer_add_text(&body, "{\"text\":\"");
    for (int i = 0; i < 3000; i++) {
        sp_buffer_add_char(&body, 'x');
    }
    sp_buffer_add_text(&body, "\"}");
    client_post(fixture->fd, TEST_ECHO, JSON, "Accept-Encoding: br, gzip\r\n",
                sp_buffer_view(&body), &answer);
    assert_int_equal(answer.status, 200);
    assert_string_equal(client_field(&answer, "Content-Encoding"), "gzip");
    struct sp_buffer plain;
    sp_buffer_init(&plain, 1 << 20);
    assert_int_equal(sp_gzip_unpack(sp_buffer_view(&answer.body), 1 << 20, &plain, NULL), SP_OK);
    assert_int_equal(strncmp(plain.data, "{\"tokens\":[{\"form\":\"xxx", 22), 0);
    sp_buffer_release(&plain);
    client_release(&answer);

    static const char *const plain_fields[] = {"", "Accept-Encoding: br\r\n",
                                               "Accept-Encoding: identity, gzip;q=0\r\n"};
    for (size_t i = 0; i < SP_COUNT(plain_fields); i++) {
        client_post(fixture->fd, TEST_ECHO, JSON, plain_fields[i], sp_buffer_view(&body), &answer);
        assert_int_equal(answer.status, 200);
        assert_null(client_field(&answer, "Content-Encoding"));
        client_release(&answer);
    }
    struct sp_buffer packed;
    sp_buffer_init(&packed, 1 << 20);
    assert_int_equal(sp_gzip_pack(sp_buffer_view(&body), &packed, NULL), SP_OK);
    client_post(fixture->fd, TEST_ECHO, JSON, "Content-Encoding: gzip\r\n", sp_buffer_view(&packed),
                &answer);
    assert_int_equal(answer.status, 200); /* the answer in the coding of the request */
    assert_string_equal(client_field(&answer, "Content-Encoding"), "gzip");
    client_release(&answer);
    client_post(fixture->fd, TEST_ECHO, JSON, "Content-Encoding: zstd\r\n", sp_buffer_view(&packed),
                &answer);
    assert_int_equal(answer.status, 501);
    assert_non_null(strstr(answer.body.data, "gzip, identity"));
    client_release(&answer);
    packed.data[packed.length / 2] = (char)~packed.data[packed.length / 2];
    expect_error(state, TEST_ECHO, JSON, "Content-Encoding: gzip\r\n", sp_buffer_view(&packed),
                 SP_CODE_INVALID_ARGUMENT);
    expect_error(state, TEST_ECHO, JSON, "Content-Encoding: gzip\r\n", sp_view_of("{}"),
                 SP_CODE_INVALID_ARGUMENT);
    sp_buffer_release(&packed);
    sp_buffer_release(&body);
}

static void get_carries_public_queries(void **state)
{
    static const struct {
        const char *query;
        unsigned status;
    } cases[] = {
        {"?connect=v1&encoding=json&message=%7B%22text%22%3A%22a%2B%22%7D", 200},
        {"?message=%7B%22text%22:%22a%2b%22%7D&x=y&encoding=json", 200},
        {"?encoding=json&base64=1&message=eyJ0ZXh0IjoiYSsifQ", 200},
        {"?encoding=json&base64=1&message=eyJ0ZXh0IjoiYSsifQ%3D%3D", 200},
        {"?encoding=proto&base64=1&message=CgJhKw", 200},
        {"?encoding=proto&message=%0a%02a%2b", 200},
        {"?encoding=xml&message=a", 415},
        {"?message=%7B%7D", 415},
        {"?encoding=json", 400},
        {"?connect=v2&encoding=json&message=%7B%7D", 400},
        {"?encoding=json&message=%7", 400},
        {"?encoding=json&message=%zz", 400},
        {"?encoding=json&base64=1&message=!!", 400},
        {"?encoding=json&compression=br&message=%7B%7D", 501},
        {"?encoding=json&compression=gzip&message=%7B%7D", 400},
    };
    struct fixture *fixture = *state;
    for (size_t i = 0; i < SP_COUNT(cases); i++) {
        struct client_answer answer;
        char target[256];
        (void)snprintf(target, sizeof target, "%s%s", TEST_ECHO, cases[i].query);
        client_get(fixture->fd, target, "", &answer);
        if (answer.status != cases[i].status) {
            fail_msg("%s: %u", cases[i].query, answer.status);
        }
        if (answer.status == 200) {
            assert_non_null(memmem(answer.body.data, answer.body.length, "a+", 2));
        }
        client_release(&answer);
    }
}

static void get_may_be_compressed(void **state)
{
    struct fixture *fixture = *state;
    struct client_answer answer;
    struct sp_buffer packed;
    struct sp_buffer target;
    sp_buffer_init(&packed, 1 << 16);
    sp_buffer_init(&target, 1 << 16);
    assert_int_equal(sp_gzip_pack(sp_view_of("{\"text\":\"zip\"}"), &packed, NULL), SP_OK);
    sp_buffer_add_text(&target, TEST_ECHO "?compression=gzip&encoding=json&base64=1&message=");
    sp_base64_encode(sp_buffer_view(&packed), SP_BASE64_URL, &target);
    client_get(fixture->fd, target.data, "", &answer);
    assert_int_equal(answer.status, 200);
    assert_string_equal(answer.body.data, "{\"tokens\":[{\"form\":\"zip\"}]}");
    client_release(&answer);
    sp_buffer_release(&packed);
    sp_buffer_release(&target);
}

/* Streams. */

struct stream_answer {
    struct client_answer http;
    int messages;
    struct sp_view last_message;
    char end[2048]; /* EndStreamResponse */
};

/* POST @p body to Stream and take the answer apart. Exactly one end, and it is last. */
static void read_stream(void **state, const char *type, const char *fields, struct sp_view body,
                        struct stream_answer *answer)
{
    struct fixture *fixture = *state;
    bool ended = false;
    *answer = (struct stream_answer){.messages = 0};
    client_post(fixture->fd, TEST_STREAM, type, fields, body, &answer->http);
    assert_int_equal(answer->http.status, 200);
    assert_string_equal(client_field(&answer->http, "Content-Type"), type);
    struct sp_view rest = sp_buffer_view(&answer->http.body);
    while (rest.length > 0) {
        struct sp_envelope envelope;
        assert_false(ended);
        assert_int_equal(sp_envelope_take(&rest, 1 << 26, &envelope), SP_OK);
        if ((envelope.flags & SP_ENVELOPE_END) != 0) {
            ended = true;
            (void)snprintf(answer->end, sizeof answer->end, "%.*s", SP_VIEW_ARGS(envelope.message));
        } else {
            answer->messages++;
            answer->last_message = envelope.message;
        }
    }
    assert_true(ended);
}

static void stream_text(void **state, const char *text, struct stream_answer *answer)
{
    char json[64];
    struct sp_buffer body;
    int length = snprintf(json, sizeof json, "{\"text\":\"%s\"}", text);
    sp_buffer_init(&body, 1024);
    sp_envelope_add(&body, 0, sp_view_from(json, (size_t)length));
    read_stream(state, STREAM_JSON, "", sp_buffer_view(&body), answer);
    sp_buffer_release(&body);
}

static void streams_end_well_or_with_an_error(void **state)
{
    struct stream_answer answer;
    stream_text(state, "3 3", &answer);
    assert_int_equal(answer.messages, 3);
    assert_true(sp_view_is(answer.last_message, "{\"content\":\"Y2Nj\"}"));
    assert_string_equal(answer.end, "{}");
    client_release(&answer.http);
    stream_text(state, "0 0", &answer);
    assert_int_equal(answer.messages, 0);
    assert_string_equal(answer.end, "{}");
    client_release(&answer.http);
    stream_text(state, "2 1 CORRUPT", &answer);
    assert_int_equal(answer.messages, 2);
    assert_int_equal(strncmp(answer.end, "{\"error\":{\"code\":\"data_loss\",", 29), 0);
    client_release(&answer.http);
}

static void a_stream_takes_exactly_one_request(void **state)
{
    static const struct {
        const char *what;
        struct sp_view body;
        const char *fields;
        const char *code;
    } cases[] = {
        {"no request", {"", 0}, "", "unimplemented"},
        {"two requests", {"\0\0\0\0\0\0\0\0\0\0", 10}, "", "unimplemented"},
        {"cut off", {"\0\0\0\0\5ab", 7}, "", "invalid_argument"},
        {"half a head", {"\0\0\0", 3}, "", "invalid_argument"},
        {"reserved flag", {"\4\0\0\0\0", 5}, "", "invalid_argument"},
        {"end flag", {"\2\0\0\0\0", 5}, "", "invalid_argument"},
        {"compressed without a coding",
         {"\1\0\0\0\2ab", 7},
         "Connect-Content-Encoding: identity\r\n",
         "internal"},
        {"damaged gzip",
         {"\1\0\0\0\2ab", 7},
         "Connect-Content-Encoding: gzip\r\n",
         "invalid_argument"},
        {"unknown coding", {"\0\0\0\0\0", 5}, "Connect-Content-Encoding: foo\r\n", "unimplemented"},
        {"too long", {"\0\0\0\x10\1", 5}, "", "resource_exhausted"},
        {"wrong version", {"\0\0\0\0\0", 5}, "Connect-Protocol-Version: 3\r\n", "invalid_argument"},
        {"bad timeout", {"\0\0\0\0\0", 5}, "Connect-Timeout-Ms: x\r\n", "invalid_argument"},
    };
    for (size_t i = 0; i < SP_COUNT(cases); i++) {
        struct stream_answer answer;
        char start[64];
        read_stream(state, STREAM_PROTO, cases[i].fields, cases[i].body, &answer);
        (void)snprintf(start, sizeof start, "{\"error\":{\"code\":\"%s\"", cases[i].code);
        if (strncmp(answer.end, start, strlen(start)) != 0 || answer.messages != 0) {
            fail_msg("%s: %s", cases[i].what, answer.end);
        }
        client_release(&answer.http);
    }
}

static void an_empty_stream_message_is_a_message(void **state)
{
    struct stream_answer answer;
    read_stream(state, STREAM_PROTO, "", sp_view_from("\0\0\0\0\0", 5), &answer);
    assert_string_equal(answer.end, "{}");
    client_release(&answer.http);
    /* Marked as compressed and empty: still empty. */
    read_stream(state, STREAM_PROTO, "Connect-Content-Encoding: gzip\r\n",
                sp_view_from("\1\0\0\0\0", 5), &answer);
    assert_string_equal(answer.end, "{}");
    client_release(&answer.http);
}

static void stream_messages_are_compressed_one_by_one(void **state)
{
    struct stream_answer answer;
    struct sp_buffer body;
    struct sp_buffer packed;
    sp_buffer_init(&packed, 1 << 16);
    sp_buffer_init(&body, 1 << 16);
    assert_int_equal(sp_gzip_pack(sp_view_of("{\"text\":\"2 5000\"}"), &packed, NULL), SP_OK);
    sp_envelope_add(&body, SP_ENVELOPE_COMPRESSED, sp_buffer_view(&packed));
    read_stream(state, STREAM_JSON,
                "Connect-Content-Encoding: gzip\r\nConnect-Accept-Encoding: gzip\r\n",
                sp_buffer_view(&body), &answer);
    assert_string_equal(client_field(&answer.http, "Connect-Content-Encoding"), "gzip");
    assert_null(client_field(&answer.http, "Content-Encoding"));
    assert_int_equal(answer.messages, 2);
    assert_string_equal(answer.end, "{}");
    struct sp_buffer plain;
    sp_buffer_init(&plain, 1 << 16);
    assert_int_equal(sp_gzip_unpack(answer.last_message, 1 << 16, &plain, NULL), SP_OK);
    assert_int_equal(strncmp(plain.data, "{\"content\":\"YmJi", 16), 0);
    sp_buffer_release(&plain);
    sp_buffer_release(&packed);
    sp_buffer_release(&body);
    client_release(&answer.http);
}

static void a_stream_too_long_for_http_says_so_in_its_end(void **state)
{
    struct stream_answer answer;
    struct sp_buffer body;
    sp_buffer_init(&body, 1 << 20);
    sp_buffer_add(&body, "\0\0\2\0\0", 5);
    for (int i = 0; i < 0x20000; i++) {
        sp_buffer_add_char(&body, 'x');
    }
    read_stream(state, STREAM_PROTO, "", sp_buffer_view(&body), &answer);
    assert_int_equal(strncmp(answer.end, "{\"error\":{\"code\":\"resource_exhausted\"", 37), 0);
    sp_buffer_release(&body);
    client_release(&answer.http);
}

static void a_stream_deadline_comes_as_its_end(void **state)
{
    struct stream_answer answer;
    struct fixture *fixture = *state;
    struct sp_buffer body;
    struct sp_buffer request;
    /* 32 MB that nobody reads until the deadline is over. */
    sp_buffer_init(&body, 1024);
    sp_envelope_add(&body, 0, sp_view_of("{\"text\":\"400 60000\"}"));
    sp_buffer_init(&request, 1024);
    sp_buffer_printf(
        &request,
        "POST %s HTTP/1.1\r\nHost: a\r\nContent-Type: %s\r\nConnect-Timeout-Ms: 300\r\n"
        "Content-Length: %zu\r\n\r\n",
        TEST_STREAM, STREAM_JSON, body.length);
    sp_buffer_add_view(&request, sp_buffer_view(&body));
    assert_true(client_send(fixture->fd, sp_buffer_view(&request)));
    assert_true(test_wait_for(&fixture->test->cancelled, 1));
    client_read(fixture->fd, false, &answer.http);
    assert_int_equal(answer.http.status, 200);
    const char *tail = answer.http.body.data + answer.http.body.length - 600;
    assert_non_null(memmem(tail, 600, "\"code\":\"deadline_exceeded\"", 26));
    sp_buffer_release(&body);
    sp_buffer_release(&request);
    client_release(&answer.http);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(unary_in_json_and_proto),
        CASE(an_empty_message_is_a_message),
        CASE(bad_messages_are_invalid_arguments),
        CASE(every_status_has_its_code),
        CASE(errors_come_in_json_with_both_languages),
        CASE(the_detail_decodes),
        CASE(paths_verbs_and_types),
        CASE(the_version_is_checked),
        CASE(timeouts_are_numbers),
        CASE(sizes_are_limited_before_and_after_inflation),
        CASE(compression_is_negotiated),
        CASE(get_carries_public_queries),
        CASE(get_may_be_compressed),
        CASE(streams_end_well_or_with_an_error),
        CASE(a_stream_takes_exactly_one_request),
        CASE(an_empty_stream_message_is_a_message),
        CASE(stream_messages_are_compressed_one_by_one),
        CASE(a_stream_too_long_for_http_says_so_in_its_end),
        CASE(a_stream_deadline_comes_as_its_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
