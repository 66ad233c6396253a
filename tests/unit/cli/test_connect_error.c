/* SPDX-License-Identifier: EUPL-1.2 */
/** @file What the server says when it refuses, in the words of the Connect protocol. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "clients/cli/client.h"
#include "clients/cli/connect_error.h"
#include "proto/codec/base64.h"
#include "proto/codec/message.h"
#include "spoina/v1/error.pb-c.h"

/* An error body with an ErrorDetail of the given texts. */
static void body_with_detail(struct sp_buffer *body, const char *code)
{
    char place[] = "limit";
    char polish[] = "Za dużo.";
    char english[] = "Too many.";
    Spoina__V1__ErrorDetail detail = SPOINA__V1__ERROR_DETAIL__INIT;
    struct sp_buffer wire;
    detail.place = place;
    detail.polish = polish;
    detail.english = english;
    sp_buffer_init(&wire, 1000);
    assert_int_equal(sp_message_to_wire(&detail.base, &wire, NULL), SP_OK);
    sp_buffer_printf(body,
                     "{\"code\":\"%s\",\"message\":\"no\",\"details\":[{\"type\":\"other.Type\","
                     "\"value\":\"AA\"},{\"type\":\"spoina.v1.ErrorDetail\",\"value\":\"",
                     code);
    sp_base64_encode(sp_buffer_view(&wire), 0, body);
    sp_buffer_add_text(body, "\",\"debug\":{\"place\":\"limit\"}}],\"later\":[1]}");
    sp_buffer_release(&wire);
}

static void the_detail_speaks_both_languages(void **state)
{
    (void)state;
    struct sp_buffer body;
    struct sp_error err = {0};
    sp_buffer_init(&body, 10000);
    body_with_detail(&body, "invalid_argument");
    assert_int_equal(sp_cli_connect_error(sp_buffer_view(&body), 400, &err), SP_INVALID);
    assert_string_equal(err.place, "limit");
    assert_string_equal(err.polish, "Za dużo.");
    assert_string_equal(err.english, "Too many.");
    sp_buffer_release(&body);
}

static void without_a_detail_the_message_is_told(void **state)
{
    (void)state;
    struct sp_error err = {0};
    struct sp_view body = sp_view_of("{\"code\":\"not_found\",\"message\":\"brak \\\"x\\\"\"}");
    assert_int_equal(sp_cli_connect_error(body, 404, &err), SP_NOT_FOUND);
    assert_string_equal(err.english, "The server refused (not_found): brak \"x\"");
    body = sp_view_of("{\"code\":\"invalid_argument\",\"details\":[{\"type\":"
                      "\"spoina.v1.ErrorDetail\",\"value\":\"!\"}]}");
    assert_int_equal(sp_cli_connect_error(body, 400, &err), SP_INVALID);
    assert_string_equal(err.english, "The server refused (invalid_argument): ");
}

static void a_foreign_page_is_not_spoinad(void **state)
{
    (void)state;
    static const char *const bodies[] = {
        "", "<html>Bad gateway</html>", "{}", "[]", "{\"code\":7}", "{\"code\":\"x\"", "\"code\""};
    for (size_t i = 0; i < SP_COUNT(bodies); i++) {
        struct sp_error err = {0};
        assert_int_equal(sp_cli_connect_error(sp_view_of(bodies[i]), 502, &err), SP_INTERNAL);
        assert_non_null(strstr(err.english, "HTTP 502"));
    }
}

static void a_stream_ends_well_or_with_an_error(void **state)
{
    (void)state;
    struct sp_buffer body;
    struct sp_error err = {0};
    assert_int_equal(sp_cli_connect_end(sp_view_of("{}"), &err), SP_OK);
    assert_int_equal(sp_cli_connect_end(sp_view_of("{\"metadata\":{\"a\":[\"b\"]}}"), &err), SP_OK);
    assert_int_equal(sp_cli_connect_end(sp_view_of("{"), &err), SP_INVALID);
    sp_buffer_init(&body, 10000);
    sp_buffer_add_text(&body, "{\"metadata\":{},\"error\":");
    body_with_detail(&body, "unavailable");
    sp_buffer_add_text(&body, "}");
    assert_int_equal(sp_cli_connect_end(sp_buffer_view(&body), &err), SP_BUSY);
    assert_string_equal(err.english, "Too many.");
    sp_buffer_release(&body);
}

static void exit_codes_tell_whose_fault_it_is(void **state)
{
    (void)state;
    assert_int_equal(sp_cli_exit_of(SP_OK), SP_CLI_OK);
    assert_int_equal(sp_cli_exit_of(SP_INVALID), SP_CLI_INPUT);
    assert_int_equal(sp_cli_exit_of(SP_NOT_FOUND), SP_CLI_INPUT);
    assert_int_equal(sp_cli_exit_of(SP_IO), SP_CLI_SERVER);
    assert_int_equal(sp_cli_exit_of(SP_BUSY), SP_CLI_SERVER);
    assert_int_equal(sp_cli_exit_of(SP_INTERNAL), SP_CLI_SERVER);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_detail_speaks_both_languages),
        cmocka_unit_test(without_a_detail_the_message_is_told),
        cmocka_unit_test(a_foreign_page_is_not_spoinad),
        cmocka_unit_test(a_stream_ends_well_or_with_an_error),
        cmocka_unit_test(exit_codes_tell_whose_fault_it_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
