/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/lib/test_service.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/memory.h"
#include "spoina/v1/catalogue.pb-c.h"
#include "spoina/v1/language.pb-c.h"

enum command { COMMAND_NONE, COMMAND_STOP_NOW, COMMAND_STOP_GRACEFULLY };

static void sleep_ms(int ms)
{
    struct timespec pause = {.tv_sec = ms / 1000, .tv_nsec = (long)(ms % 1000) * 1000000};
    (void)nanosleep(&pause, NULL);
}

static const char *text_of(const ProtobufCMessage *request)
{
    return ((const Spoina__V1__AnalyseTextRequest *)(const void *)request)->text;
}

static enum sp_status echo(struct sp_call *call, const ProtobufCMessage *request,
                           ProtobufCMessage **response, struct sp_error *err)
{
    Spoina__V1__AnalyseTextResponse *answer = sp_arena_calloc(call->arena, 1, sizeof *answer);
    Spoina__V1__Token *token = sp_arena_calloc(call->arena, 1, sizeof *token);
    Spoina__V1__Token **tokens = sp_arena_calloc(call->arena, 1, sizeof(Spoina__V1__Token *));
    if (answer == NULL || token == NULL || tokens == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    spoina__v1__analyse_text_response__init(answer);
    spoina__v1__token__init(token);
    token->form = (char *)text_of(request);
    tokens[0] = token;
    answer->tokens = tokens;
    answer->n_tokens = 1;
    *response = &answer->base;
    return SP_OK;
}

static enum sp_status status_named(const char *name)
{
    static const struct {
        const char *name;
        enum sp_status status;
    } all[] = {
#define X(name, number, sentence) {#name, SP_##name},
        SP_STATUS_LIST(X)
#undef X
    };
    for (size_t i = 0; i < SP_COUNT(all); i++) {
        if (strcmp(name, all[i].name) == 0) {
            return all[i].status;
        }
    }
    return SP_OK;
}

static enum sp_status fail_named(struct sp_call *call, const ProtobufCMessage *request,
                                 ProtobufCMessage **response, struct sp_error *err)
{
    enum sp_status status = status_named(text_of(request));
    if (status == SP_OK) {
        return echo(call, request, response, err);
    }
    return SP_FAIL(err, status, "text", "Błąd „%s”.", "Failure \"%s\".", text_of(request));
}

static enum sp_status wait_long(struct sp_call *call, const ProtobufCMessage *request,
                                ProtobufCMessage **response, struct sp_error *err)
{
    struct test_service *test = call->worker;
    int left_ms = (int)strtol(text_of(request), NULL, 10);
    atomic_fetch_add(&test->running, 1);
    while (left_ms > 0 && !sp_call_cancelled(call)) {
        sleep_ms(5);
        left_ms -= 5;
    }
    atomic_fetch_sub(&test->running, 1);
    if (sp_call_cancelled(call)) {
        atomic_fetch_add(&test->cancelled, 1);
        return SP_FAIL(err, SP_CANCELLED, "", "Przerwano.", "Cancelled.");
    }
    return echo(call, request, response, err);
}

static enum sp_status write_something(struct sp_call *call, const ProtobufCMessage *request,
                                      ProtobufCMessage **response, struct sp_error *err)
{
    struct test_service *test = call->worker;
    atomic_fetch_add(&test->writes_run, 1);
    if (strcmp(text_of(request), "fail") == 0) {
        return SP_FAIL(err, SP_EXISTS, "text", "Już jest.", "Already there.");
    }
    if (strcmp(text_of(request), "no-commit") == 0) {
        test->batch_must_fail = true;
    }
    if (strncmp(text_of(request), "slow", 4) == 0) {
        sleep_ms(100); /* so that others gather behind it */
    }
    return echo(call, request, response, err);
}

static enum sp_status stream(struct sp_call *call, const ProtobufCMessage *request,
                             ProtobufCMessage **response, struct sp_error *err)
{
    struct test_service *test = call->worker;
    (void)response;
    char *rest = NULL;
    unsigned long count = strtoul(text_of(request), &rest, 10);
    unsigned long size = strtoul(rest, &rest, 10);
    const char *then = rest + strspn(rest, " ");
    Spoina__V1__ExportEntitiesResponse piece = SPOINA__V1__EXPORT_ENTITIES_RESPONSE__INIT;
    piece.content.data = sp_arena_calloc(call->arena, size, 1);
    piece.content.len = size;
    if (piece.content.data == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    for (unsigned long i = 0; i < count; i++) {
        memset(piece.content.data, 'a' + (int)(i % 26), size);
        enum sp_status status = sp_call_send(call, &piece.base, err);
        if (status != SP_OK) {
            atomic_fetch_add(&test->cancelled, status == SP_CANCELLED);
            return status;
        }
        atomic_fetch_add(&test->stream_sent, 1);
    }
    if (then[0] != '\0') {
        return SP_FAIL(err, status_named(then), "text", "Błąd.", "Failure.");
    }
    return SP_OK;
}

#define ASKS &spoina__v1__analyse_text_request__descriptor
#define TELLS &spoina__v1__analyse_text_response__descriptor

static const struct sp_method METHODS[] = {
    {TEST_ECHO, ASKS, TELLS, SP_METHOD_GET, TEST_BODY_MAX_BYTES, echo},
    {TEST_FAIL, ASKS, TELLS, 0, TEST_BODY_MAX_BYTES, fail_named},
    {TEST_WAIT, ASKS, TELLS, 0, TEST_BODY_MAX_BYTES, wait_long},
    {TEST_WRITE, ASKS, TELLS, SP_METHOD_WRITE, TEST_BODY_MAX_BYTES, write_something},
    {TEST_STREAM, ASKS, &spoina__v1__export_entities_response__descriptor, SP_METHOD_STREAM,
     TEST_BODY_MAX_BYTES, stream},
};

static const struct sp_page PAGES[] = {{"/", "text/html; charset=utf-8", "<p>hello</p>"}};

static enum sp_status open_worker(void *context, bool is_writer, void **worker,
                                  struct sp_error *err)
{
    (void)is_writer;
    (void)err;
    *worker = context;
    return SP_OK;
}

static void close_worker(void *context, bool is_writer, void *worker)
{
    (void)context;
    (void)is_writer;
    (void)worker;
}

static enum sp_status begin_batch(void *context, void *worker, struct sp_error *err)
{
    struct test_service *test = worker;
    (void)context;
    (void)err;
    test->batch_must_fail = false;
    return SP_OK;
}

static enum sp_status commit_batch(void *context, void *worker, struct sp_error *err)
{
    struct test_service *test = worker;
    (void)context;
    atomic_fetch_add(&test->commits, 1);
    return test->batch_must_fail ? SP_FAIL(err, SP_IO, "", "Dysk jest pełny.", "The disk is full.")
                                 : SP_OK;
}

struct sp_service_options test_service_options(void)
{
    return (struct sp_service_options){.listen = "127.0.0.1:0",
                                       .limits = {.connections = 20,
                                                  .connections_per_address = 15,
                                                  .idle_ms = 1500,
                                                  .head_ms = 500,
                                                  .body_ms = 500,
                                                  .write_ms = 1000},
                                       .call_max_ms = 3000,
                                       .work = {.workers = 2, .queue_max = 4, .batch_max = 64}};
}

static void on_stopped(void *context)
{
    struct test_service *test = context;
    sp_loop_stop(test->loop);
}

static void on_control(void *context)
{
    struct test_service *test = context;
    uint64_t count = 0;
    ssize_t got = read(test->control_fd, &count, sizeof count);
    (void)got;
    int command = atomic_exchange(&test->command, COMMAND_NONE);
    if (command == COMMAND_STOP_NOW) {
        sp_loop_stop(test->loop);
    } else if (command == COMMAND_STOP_GRACEFULLY) {
        sp_service_stop(test->service, on_stopped, test);
    }
}

static void *loop_main(void *context)
{
    struct test_service *test = context;
    sp_loop_run(test->loop);
    sp_service_free(test->service);
    return NULL;
}

struct test_service *test_service_start(const struct sp_service_options *options)
{
    struct test_service *test = calloc(1, sizeof *test);
    struct sp_service_options all = *options;
    struct sp_error error = {.english = "?"};
    assert_non_null(test);
    all.methods = METHODS;
    all.method_count = SP_COUNT(METHODS);
    all.pages = PAGES;
    all.page_count = SP_COUNT(PAGES);
    all.work.hooks = (struct sp_work_hooks){.open = open_worker,
                                            .close = close_worker,
                                            .begin = begin_batch,
                                            .commit = commit_batch,
                                            .context = test};
    test->control_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    assert_int_equal(sp_loop_new(&test->loop, &error), SP_OK);
    assert_int_equal(sp_loop_watch_fd(test->loop, test->control_fd, on_control, test, &error),
                     SP_OK);
    if (sp_service_new(test->loop, &all, &test->service, &error) != SP_OK) {
        fail_msg("%s", error.english);
    }
    assert_int_equal(pthread_create(&test->thread, NULL, loop_main, test), 0);
    return test;
}

static void command(struct test_service *test, enum command what)
{
    uint64_t one = 1;
    atomic_store(&test->command, (int)what);
    assert_int_equal(write(test->control_fd, &one, sizeof one), sizeof one);
}

void test_service_stop_gracefully(struct test_service *test)
{
    command(test, COMMAND_STOP_GRACEFULLY);
}

void test_service_end(struct test_service *test)
{
    command(test, COMMAND_STOP_NOW);
    assert_int_equal(pthread_join(test->thread, NULL), 0);
    sp_loop_free(test->loop);
    (void)close(test->control_fd);
    free(test);
}

const char *test_service_address(const struct test_service *test)
{
    return sp_service_address(test->service);
}

bool test_wait_for(const atomic_int *value, int expected)
{
    for (int i = 0; i < 2000 && atomic_load(value) != expected; i++) {
        sleep_ms(5);
    }
    return atomic_load(value) == expected;
}
