/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Calls between loop and workers: hang-ups, deadlines, full queues, the writer's batches, slow
 * readers of streams.
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

#include "server/connect/envelope.h"
#include "tests/lib/http_client.h"
#include "tests/lib/test_service.h"

#define JSON "application/json"

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

/* Send a call without reading its answer. */
static int send_call(const struct test_service *test, const char *path, const char *type,
                     struct sp_view body)
{
    struct sp_buffer request;
    int fd = client_connect(test_service_address(test));
    sp_buffer_init(&request, 1 << 20);
    sp_buffer_printf(&request,
                     "POST %s HTTP/1.1\r\nHost: a\r\nContent-Type: %s\r\n"
                     "Connect-Protocol-Version: 1\r\nContent-Length: %zu\r\n\r\n",
                     path, type, body.length);
    sp_buffer_add_view(&request, body);
    assert_true(client_send(fd, sp_buffer_view(&request)));
    sp_buffer_release(&request);
    return fd;
}

static int send_json(const struct test_service *test, const char *path, const char *json)
{
    return send_call(test, path, JSON, sp_view_of(json));
}

static void expect_answer(int fd, unsigned status, const char *within)
{
    struct client_answer answer;
    client_read(fd, false, &answer);
    assert_int_equal(answer.status, status);
    assert_non_null(strstr(answer.body.data, within));
    client_release(&answer);
}

static void cancels_when_the_client_hangs_up(void **state)
{
    struct test_service *test = start();
    int fd = send_json(test, TEST_WAIT, "{\"text\":\"60000\"}");
    (void)state;
    assert_true(test_wait_for(&test->running, 1));
    (void)close(fd);
    assert_true(test_wait_for(&test->cancelled, 1));
    assert_true(test_wait_for(&test->running, 0));
    test_service_end(test);
}

static void notices_a_hang_up_behind_pipelined_bytes(void **state)
{
    static char flood[60 * 1024];
    struct test_service *test = start();
    int fd = send_json(test, TEST_WAIT, "{\"text\":\"60000\"}");
    (void)state;
    memset(flood, 'x', sizeof flood);
    assert_true(client_send(fd, sp_view_from(flood, sizeof flood)));
    assert_true(test_wait_for(&test->running, 1));
    (void)client_send(fd, sp_view_from(flood, 8 * 1024)); /* past the watermark */
    sleep_ms(50);
    (void)close(fd);
    assert_true(test_wait_for(&test->cancelled, 1));
    test_service_end(test);
}

static void answers_at_the_deadline_by_itself(void **state)
{
    struct test_service *test = start();
    struct client_answer answer;
    int fd = client_connect(test_service_address(test));
    (void)state;
    client_post(fd, TEST_WAIT, JSON, "Connect-Timeout-Ms: 100\r\n",
                sp_view_of("{\"text\":\"60000\"}"), &answer);
    assert_int_equal(answer.status, 504);
    assert_non_null(strstr(answer.body.data, "\"code\":\"deadline_exceeded\""));
    client_release(&answer);
    assert_true(test_wait_for(&test->cancelled, 1));
    /* The connection lives on. */
    client_post(fd, TEST_ECHO, JSON, "", sp_view_of("{\"text\":\"a\"}"), &answer);
    assert_int_equal(answer.status, 200);
    client_release(&answer);
    (void)close(fd);
    test_service_end(test);
}

static void bounds_calls_that_ask_for_no_deadline(void **state)
{
    struct sp_service_options options = test_service_options();
    options.call_max_ms = 100;
    struct test_service *test = test_service_start(&options);
    struct client_answer answer;
    int fd = client_connect(test_service_address(test));
    (void)state;
    client_post(fd, TEST_WAIT, JSON, "Connect-Timeout-Ms: 9999999999\r\n",
                sp_view_of("{\"text\":\"60000\"}"), &answer);
    assert_int_equal(answer.status, 504);
    client_release(&answer);
    (void)close(fd);
    test_service_end(test);
}

static void refuses_at_once_when_the_queue_is_full(void **state)
{
    struct test_service *test = start(); /* 2 workers, 4 places */
    int waiting[6];
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        waiting[i] = send_json(test, TEST_WAIT, "{\"text\":\"1000\"}");
    }
    assert_true(test_wait_for(&test->running, 2));
    for (size_t i = 2; i < SP_COUNT(waiting); i++) {
        waiting[i] = send_json(test, TEST_ECHO, "{\"text\":\"later\"}");
    }
    for (int i = 0; i < 400 && sp_service_work_load(test->service).reads_waiting < 4; i++) {
        sleep_ms(5);
    }
    struct client_answer answer;
    int refused = send_json(test, TEST_ECHO, "{\"text\":\"no\"}");
    client_read(refused, false, &answer);
    assert_int_equal(answer.status, 503);
    assert_non_null(strstr(answer.body.data, "\"code\":\"unavailable\""));
    assert_string_equal(client_field(&answer, "Retry-After"), "1");
    client_release(&answer);
    (void)close(refused);
    for (size_t i = 0; i < SP_COUNT(waiting); i++) {
        expect_answer(waiting[i], 200, i < 2 ? "1000" : "later");
        (void)close(waiting[i]);
    }
    test_service_end(test);
}

static void does_not_run_what_was_cancelled_in_the_queue(void **state)
{
    struct test_service *test = start();
    (void)state;
    int slow = send_json(test, TEST_WRITE, "{\"text\":\"slow\"}");
    assert_true(test_wait_for(&test->writes_run, 1));
    int gone = send_json(test, TEST_WRITE, "{\"text\":\"gone\"}");
    for (int i = 0; i < 100 && sp_service_work_load(test->service).writes_waiting < 1; i++) {
        sleep_ms(1);
    }
    (void)close(gone);
    expect_answer(slow, 200, "slow");
    sleep_ms(100);
    int last = send_json(test, TEST_WRITE, "{\"text\":\"last\"}");
    expect_answer(last, 200, "last");
    assert_int_equal(atomic_load(&test->writes_run), 2);
    (void)close(slow);
    (void)close(last);
    test_service_end(test);
}

static void commits_what_gathered_as_one_batch(void **state)
{
    struct test_service *test = start();
    int fds[5];
    (void)state;
    fds[0] = send_json(test, TEST_WRITE, "{\"text\":\"slow\"}");
    assert_true(test_wait_for(&test->writes_run, 1));
    for (size_t i = 1; i < SP_COUNT(fds); i++) {
        fds[i] = send_json(test, TEST_WRITE, i == 2 ? "{\"text\":\"fail\"}" : "{\"text\":\"x\"}");
    }
    for (size_t i = 0; i < SP_COUNT(fds); i++) {
        expect_answer(fds[i], i == 2 ? 409 : 200, i == 2 ? "already_exists" : "tokens");
        (void)close(fds[i]);
    }
    assert_int_equal(atomic_load(&test->writes_run), 5);
    assert_int_equal(atomic_load(&test->commits), 2);
    test_service_end(test);
}

static void acknowledges_nothing_of_a_failed_batch(void **state)
{
    struct test_service *test = start();
    int fds[4];
    (void)state;
    fds[0] = send_json(test, TEST_WRITE, "{\"text\":\"slow\"}");
    assert_true(test_wait_for(&test->writes_run, 1));
    fds[1] = send_json(test, TEST_WRITE, "{\"text\":\"one\"}");
    fds[2] = send_json(test, TEST_WRITE, "{\"text\":\"no-commit\"}");
    fds[3] = send_json(test, TEST_WRITE, "{\"text\":\"three\"}");
    expect_answer(fds[0], 200, "slow"); /* the batch before */
    for (size_t i = 1; i < SP_COUNT(fds); i++) {
        expect_answer(fds[i], 500, "Dysk jest pełny.");
    }
    for (size_t i = 0; i < SP_COUNT(fds); i++) {
        (void)close(fds[i]);
    }
    test_service_end(test);
}

static int send_stream(const struct test_service *test, const char *text)
{
    char json[64];
    struct sp_buffer body;
    sp_buffer_init(&body, 1024);
    int length = snprintf(json, sizeof json, "{\"text\":\"%s\"}", text);
    sp_envelope_add(&body, 0, sp_view_from(json, (size_t)length));
    int fd = send_call(test, TEST_STREAM, "application/connect+json", sp_buffer_view(&body));
    sp_buffer_release(&body);
    return fd;
}

static void holds_a_stream_back_for_a_slow_reader(void **state)
{
    struct sp_service_options options = test_service_options();
    options.limits.write_ms = 20000;
    options.call_max_ms = 20000;
    struct test_service *test = test_service_start(&options);
    int fd = send_stream(test, "400 60000"); /* 32 MB in base64, far above any socket buffer */
    struct client_answer answer;
    (void)state;
    sleep_ms(500);
    int sent = atomic_load(&test->stream_sent);
    assert_in_range(sent, 1, 200);
    sleep_ms(200);
    assert_int_equal(atomic_load(&test->stream_sent), sent); /* it waits */
    client_read(fd, false, &answer);
    assert_int_equal(answer.status, 200);
    assert_int_equal(atomic_load(&test->stream_sent), 400);
    assert_in_range(answer.body.length, 400 * 80000, 400 * 80100);
    client_release(&answer);
    (void)close(fd);
    test_service_end(test);
}

static void gives_up_on_a_reader_that_stopped(void **state)
{
    struct test_service *test = start(); /* write_ms is 1000 */
    int fd = send_stream(test, "400 60000");
    (void)state;
    assert_true(test_wait_for(&test->cancelled, 1));
    (void)close(fd);
    test_service_end(test);
}

static void ends_with_calls_still_at_work(void **state)
{
    struct test_service *test = start();
    int waiting = send_json(test, TEST_WAIT, "{\"text\":\"60000\"}");
    int streaming = send_stream(test, "400 60000");
    (void)state;
    assert_true(test_wait_for(&test->running, 1));
    test_service_end(test); /* must neither hang nor leak */
    (void)close(waiting);
    (void)close(streaming);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cancels_when_the_client_hangs_up),
        cmocka_unit_test(notices_a_hang_up_behind_pipelined_bytes),
        cmocka_unit_test(answers_at_the_deadline_by_itself),
        cmocka_unit_test(bounds_calls_that_ask_for_no_deadline),
        cmocka_unit_test(refuses_at_once_when_the_queue_is_full),
        cmocka_unit_test(does_not_run_what_was_cancelled_in_the_queue),
        cmocka_unit_test(commits_what_gathered_as_one_batch),
        cmocka_unit_test(acknowledges_nothing_of_a_failed_batch),
        cmocka_unit_test(holds_a_stream_back_for_a_slow_reader),
        cmocka_unit_test(gives_up_on_a_reader_that_stopped),
        cmocka_unit_test(ends_with_calls_still_at_work),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
