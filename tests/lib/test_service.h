/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * A whole server in the test's process: a loop thread, workers, and methods made for testing, on a
 * port of its own. All methods take spoina.v1.AnalyseTextRequest.
 *
 *     Echo    answers one token whose form is the text; GET allowed
 *     Fail    fails with the status that the text names ("NOT_FOUND")
 *     Wait    waits until it is cancelled, or so many milliseconds as the text says; then echoes
 *     Write   a WRITE method; echoes. "fail": fails by itself. "no-commit": its batch fails
 *     Stream  "COUNT SIZE": sends so many ExportEntitiesResponse of so many bytes each; with a
 * third word fails with the status it names afterwards
 */
#ifndef SP_TESTS_LIB_TEST_SERVICE_H
#define SP_TESTS_LIB_TEST_SERVICE_H

#include <pthread.h>
#include <stdatomic.h>

#include "server/connect/service.h"

#define TEST_ECHO "/test.v1.Test/Echo"
#define TEST_FAIL "/test.v1.Test/Fail"
#define TEST_WAIT "/test.v1.Test/Wait"
#define TEST_WRITE "/test.v1.Test/Write"
#define TEST_STREAM "/test.v1.Test/Stream"

enum { TEST_BODY_MAX_BYTES = 4096 };

struct test_service {
    struct sp_loop *loop;
    struct sp_service *service;
    pthread_t thread;
    int control_fd;
    atomic_int command;     /* what the loop is asked to do next */
    atomic_int running;     /* handlers at work */
    atomic_int cancelled;   /* handlers that saw their cancellation */
    atomic_int stream_sent; /* messages that Stream has handed over */
    atomic_int writes_run;  /* runs of Write */
    atomic_int commits;
    bool batch_must_fail; /* writer thread only */
};

/** Options with short deadlines (ms): idle 1500, head 500, body 500, write 1000, call 3000; 2
 *  workers, a queue of 4, 20 connections, 15 of one address. */
struct sp_service_options test_service_options(void);

/** Start with @p options (methods, pages and hooks are filled in). Fails the test on failure. */
struct test_service *test_service_start(const struct sp_service_options *options);

/** Ask for a graceful stop; the loop thread ends once it is done. */
void test_service_stop_gracefully(struct test_service *test);

/** Wait for the loop thread if it is stopping, else stop at once; free all. */
void test_service_end(struct test_service *test);

const char *test_service_address(const struct test_service *test);

/** Wait (at most 10 s) until @p value is @p expected; false if it never is. */
bool test_wait_for(const atomic_int *value, int expected);

#endif
