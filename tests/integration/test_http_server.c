/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * HTTP over loopback: deadlines, limits, framing, keep-alive, the end.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/lib/http_client.h"
#include "tests/lib/test_service.h"

#define HOST "Host: localhost\r\n"
#define ECHO_POST "POST " TEST_ECHO " HTTP/1.1\r\n" HOST "Content-Type: application/json\r\n"

static void sleep_ms(int ms)
{
    struct timespec pause = {.tv_sec = ms / 1000, .tv_nsec = (long)(ms % 1000) * 1000000};
    (void)nanosleep(&pause, NULL);
}

static struct test_service *start(void)
{
    struct sp_service_options options = test_service_options();
    return test_service_start(&options);
}

/* The server still answers somebody else. */
static void assert_serves(const struct test_service *test)
{
    struct client_answer answer;
    int fd = client_connect(test_service_address(test));
    client_get(fd, "/", "", &answer);
    assert_int_equal(answer.status, 200);
    client_release(&answer);
    (void)close(fd);
}

static void serves_pages(void **state)
{
    struct test_service *test = start();
    struct client_answer answer;
    int fd = client_connect(test_service_address(test));
    (void)state;
    client_get(fd, "/?x", "", &answer);
    assert_int_equal(answer.status, 200);
    assert_string_equal(answer.body.data, "<p>hello</p>");
    assert_string_equal(client_field(&answer, "X-Content-Type-Options"), "nosniff");
    assert_non_null(client_field(&answer, "Date"));
    client_release(&answer);

    assert_true(client_send_text(fd, "HEAD / HTTP/1.1\r\n" HOST "\r\n"));
    client_read(fd, true, &answer);
    assert_int_equal(answer.status, 200);
    assert_string_equal(client_field(&answer, "Content-Length"), "12");
    client_release(&answer);

    assert_true(client_send_text(fd, "OPTIONS * HTTP/1.1\r\n" HOST "\r\n"));
    client_read(fd, false, &answer);
    assert_int_equal(answer.status, 204);
    assert_non_null(client_field(&answer, "Allow"));
    assert_null(client_field(&answer, "Content-Length"));
    client_release(&answer);

    client_get(fd, "/nowhere", "Accept-Language: en\r\n", &answer);
    assert_int_equal(answer.status, 404);
    assert_string_equal(answer.body.data, "There is no such page or service.\n");
    client_release(&answer);
    (void)close(fd);
    test_service_end(test);
}

static void refuses_malformed_requests_and_closes(void **state)
{
    static const struct {
        const char *bytes;
        unsigned status;
    } cases[] = {
        {"GET / HTTP/1.1\r\n\r\n", 400},
        {"GET / HTTP/1.0\r\n" HOST "\r\n", 505},
        {"GET / HTTP/1.1\nHost: a\n\n", 400},
        {ECHO_POST "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}", 400},
        {ECHO_POST "Transfer-Encoding: gzip, chunked\r\n\r\n", 501},
        {ECHO_POST "Transfer-Encoding: chunked\r\n\r\n+2\r\n{}\r\n0\r\n\r\n", 400},
        {ECHO_POST "Expect: wonders\r\nContent-Length: 2\r\n\r\n{}", 417},
    };
    struct test_service *test = start();
    (void)state;
    for (size_t i = 0; i < SP_COUNT(cases); i++) {
        struct client_answer answer;
        int fd = client_connect(test_service_address(test));
        /* What follows a malformed request must never be taken for one. */
        assert_true(client_send_text(fd, cases[i].bytes));
        (void)client_send_text(fd, "GET / HTTP/1.1\r\n" HOST "\r\n");
        client_read(fd, false, &answer);
        assert_int_equal(answer.status, cases[i].status);
        assert_string_equal(client_field(&answer, "Connection"), "close");
        client_release(&answer);
        client_read(fd, false, &answer);
        assert_int_equal(answer.status, 0);
        client_release(&answer);
        (void)close(fd);
    }
    assert_serves(test);
    test_service_end(test);
}

/* Send a byte every 50 ms until the server has had enough; the time it took. */
static int trickle(int fd, const char *start)
{
    int took_ms = 0;
    char piece[64];
    assert_true(client_send_text(fd, start));
    while (took_ms < CLIENT_WAIT_MS) {
        if (recv(fd, piece, sizeof piece, MSG_DONTWAIT) >= 0) {
            return took_ms;
        }
        (void)client_send_text(fd, "a");
        sleep_ms(50);
        took_ms += 50;
    }
    return took_ms;
}

static void cuts_a_slow_head(void **state)
{
    struct test_service *test = start();
    int fd = client_connect(test_service_address(test));
    (void)state;
    int took_ms = trickle(fd, "GET / HTTP/1.1\r\nX: ");
    assert_in_range(took_ms, 300, 2500); /* head_ms is 500 */
    (void)close(fd);
    assert_serves(test);
    test_service_end(test);
}

static void cuts_a_slow_body(void **state)
{
    struct test_service *test = start();
    int fd = client_connect(test_service_address(test));
    (void)state;
    int took_ms = trickle(fd, ECHO_POST "Content-Length: 4000\r\n\r\n");
    assert_in_range(took_ms, 300, 2500); /* body_ms is 500 */
    (void)close(fd);
    test_service_end(test);
}

static void tells_a_slow_client_why(void **state)
{
    struct test_service *test = start();
    struct client_answer answer;
    int fd = client_connect(test_service_address(test));
    (void)state;
    assert_true(client_send_text(fd, "GET / HTTP/1.1\r\n"));
    client_read(fd, false, &answer);
    assert_int_equal(answer.status, 408);
    client_release(&answer);
    (void)close(fd);
    test_service_end(test);
}

static void closes_idle_connections(void **state)
{
    struct test_service *test = start();
    struct client_answer answer;
    int silent = client_connect(test_service_address(test));
    int used = client_connect(test_service_address(test));
    (void)state;
    client_get(used, "/", "", &answer);
    client_release(&answer);
    assert_in_range(client_wait_close(silent), 800, 4000); /* idle_ms is 1500 */
    assert_in_range(client_wait_close(used), 0, 4000);
    (void)close(silent);
    (void)close(used);
    test_service_end(test);
}

static void answers_pipelined_requests_in_order(void **state)
{
    struct test_service *test = start();
    int fd = client_connect(test_service_address(test));
    (void)state;
    struct sp_buffer many;
    sp_buffer_init(&many, 1 << 20);
    for (int i = 0; i < 200; i++) {
        char body[32];
        int length = snprintf(body, sizeof body, "{\"text\":\"%d\"}", i);
        sp_buffer_printf(&many, ECHO_POST "Content-Length: %d\r\n\r\n%s", length, body);
        sp_buffer_add_text(&many, "GET / HTTP/1.1\r\n" HOST "\r\n");
    }
    assert_true(client_send(fd, sp_buffer_view(&many)));
    sp_buffer_release(&many);
    for (int i = 0; i < 200; i++) {
        struct client_answer answer;
        char expected[64];
        (void)snprintf(expected, sizeof expected, "{\"tokens\":[{\"form\":\"%d\"}]}", i);
        client_read(fd, false, &answer);
        assert_int_equal(answer.status, 200);
        assert_string_equal(answer.body.data, expected);
        client_release(&answer);
        client_read(fd, false, &answer);
        assert_string_equal(answer.body.data, "<p>hello</p>");
        client_release(&answer);
    }
    (void)close(fd);
    test_service_end(test);
}

static void reads_chunked_bodies(void **state)
{
    struct test_service *test = start();
    struct client_answer answer;
    int fd = client_connect(test_service_address(test));
    (void)state;
    assert_true(client_send_text(fd, ECHO_POST
                                 "Transfer-Encoding: chunked\r\n\r\n"
                                 "5;x=y\r\n{\"tex\r\n8\r\nt\":\"ab\"}\r\n0\r\nA: b\r\n\r\n"));
    client_read(fd, false, &answer);
    assert_int_equal(answer.status, 200);
    assert_string_equal(answer.body.data, "{\"tokens\":[{\"form\":\"ab\"}]}");
    client_release(&answer);
    (void)close(fd);
    test_service_end(test);
}

static void lets_the_client_go_on_with_its_body(void **state)
{
    struct test_service *test = start();
    struct client_answer answer;
    int fd = client_connect(test_service_address(test));
    (void)state;
    assert_true(
        client_send_text(fd, ECHO_POST "Expect: 100-continue\r\nContent-Length: 2\r\n\r\n"));
    client_read(fd, false, &answer);
    assert_int_equal(answer.status, 100);
    client_release(&answer);
    assert_true(client_send_text(fd, "{}"));
    client_read(fd, false, &answer);
    assert_int_equal(answer.status, 200);
    client_release(&answer);
    /* Too large: the answer comes instead of the 100. */
    assert_true(
        client_send_text(fd, ECHO_POST "Expect: 100-continue\r\nContent-Length: 4097\r\n\r\n"));
    client_read(fd, false, &answer);
    assert_int_equal(answer.status, 429);
    client_release(&answer);
    (void)close(fd);
    test_service_end(test);
}

static void keeps_the_answer_of_an_oversized_request_readable(void **state)
{
    struct test_service *test = start();
    struct client_answer answer;
    int fd = client_connect(test_service_address(test));
    struct sp_buffer body;
    (void)state;
    sp_buffer_init(&body, 4 << 20);
    sp_buffer_add_text(&body, ECHO_POST "Content-Length: 2000000\r\n\r\n");
    for (int i = 0; i < 2000000; i++) {
        sp_buffer_add_char(&body, 'x');
    }
    assert_true(client_send(fd, sp_buffer_view(&body))); /* all of it: no reset on the way */
    sp_buffer_release(&body);
    client_read(fd, false, &answer);
    assert_int_equal(answer.status, 429);
    assert_non_null(strstr(answer.body.data, "resource_exhausted"));
    assert_string_equal(client_field(&answer, "Connection"), "close");
    client_release(&answer);
    (void)close(fd);
    assert_serves(test);
    test_service_end(test);
}

static void bounds_connections_per_address(void **state)
{
    struct test_service *test = start();
    int fds[15];
    (void)state;
    for (size_t i = 0; i < SP_COUNT(fds); i++) {
        struct client_answer answer;
        fds[i] = client_connect(test_service_address(test));
        client_get(fds[i], "/", "", &answer);
        assert_int_equal(answer.status, 200);
        client_release(&answer);
    }
    struct client_answer refusal;
    int one_more = client_connect(test_service_address(test));
    client_read(one_more, false, &refusal);
    assert_int_equal(refusal.status, 503);
    assert_string_equal(client_field(&refusal, "Retry-After"), "1");
    client_release(&refusal);
    (void)close(one_more);
    for (size_t i = 0; i < SP_COUNT(fds); i++) {
        (void)close(fds[i]);
    }
    sleep_ms(100); /* let the loop see them gone */
    assert_serves(test);
    test_service_end(test);
}

static void closes_when_the_client_asks(void **state)
{
    struct test_service *test = start();
    struct client_answer answer;
    int fd = client_connect(test_service_address(test));
    (void)state;
    client_get(fd, "/", "Connection: close\r\n", &answer);
    assert_int_equal(answer.status, 200);
    assert_string_equal(client_field(&answer, "Connection"), "close");
    client_release(&answer);
    assert_in_range(client_wait_close(fd), 0, 500);
    (void)close(fd);
    test_service_end(test);
}

static void finishes_calls_when_stopping(void **state)
{
    struct test_service *test = start();
    struct client_answer answer;
    int idle = client_connect(test_service_address(test));
    int busy = client_connect(test_service_address(test));
    (void)state;
    client_get(idle, "/", "", &answer);
    client_release(&answer);
    assert_true(client_send_text(busy, "POST " TEST_WAIT " HTTP/1.1\r\n" HOST
                                       "Content-Type: application/json\r\n"
                                       "Content-Length: 14\r\n\r\n{\"text\":\"400\"}"));
    assert_true(test_wait_for(&test->running, 1));
    char address[64];
    (void)snprintf(address, sizeof address, "%s", test_service_address(test));
    test_service_stop_gracefully(test);
    assert_in_range(client_wait_close(idle), 0, 300); /* long before idle_ms */
    client_read(busy, false, &answer);
    assert_int_equal(answer.status, 200);
    assert_string_equal(client_field(&answer, "Connection"), "close");
    client_release(&answer);
    assert_in_range(client_wait_close(busy), 0, 500);
    (void)close(idle);
    (void)close(busy);
    test_service_end(test);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(serves_pages),
        cmocka_unit_test(refuses_malformed_requests_and_closes),
        cmocka_unit_test(cuts_a_slow_head),
        cmocka_unit_test(cuts_a_slow_body),
        cmocka_unit_test(tells_a_slow_client_why),
        cmocka_unit_test(closes_idle_connections),
        cmocka_unit_test(answers_pipelined_requests_in_order),
        cmocka_unit_test(reads_chunked_bodies),
        cmocka_unit_test(lets_the_client_go_on_with_its_body),
        cmocka_unit_test(keeps_the_answer_of_an_oversized_request_readable),
        cmocka_unit_test(bounds_connections_per_address),
        cmocka_unit_test(closes_when_the_client_asks),
        cmocka_unit_test(finishes_calls_when_stopping),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
