/* SPDX-License-Identifier: EUPL-1.2 */
#include "server/http/loop.h"

#include <event2/event.h>
#include <pthread.h>
#include <sys/queue.h>
#include <time.h>

#include "base/memory.h"

struct watch {
    struct event *event;
    sp_loop_fn *fn;
    void *context;
    LIST_ENTRY(watch) link;
};

struct sp_loop {
    struct event_base *base;
    pthread_t thread;
    LIST_HEAD(, watch) watches;
};

enum sp_status sp_loop_new(struct sp_loop **out, struct sp_error *err)
{
    struct sp_loop *loop = sp_calloc(1, sizeof *loop);
    struct event_config *config = event_config_new();
    if (loop != NULL && config != NULL) {
        /* One thread owns the base; others wake it through an eventfd, never through libevent. */
        (void)event_config_set_flag(config, EVENT_BASE_FLAG_NOLOCK);
        loop->base = event_base_new_with_config(config);
        loop->thread = pthread_self();
    }
    if (config != NULL) {
        event_config_free(config);
    }
    if (loop == NULL || loop->base == NULL) {
        sp_free(loop);
        return SP_FAIL(err, SP_IO, "", "Nie można utworzyć pętli zdarzeń.",
                       "Cannot create the event loop.");
    }
    *out = loop;
    return SP_OK;
}

static void free_watch(struct watch *watch)
{
    LIST_REMOVE(watch, link);
    event_free(watch->event);
    sp_free(watch);
}

void sp_loop_free(struct sp_loop *loop)
{
    if (loop == NULL) {
        return;
    }
    while (!LIST_EMPTY(&loop->watches)) {
        free_watch(LIST_FIRST(&loop->watches));
    }
    /* A freed bufferevent lives on until its deferred callback has run; event_base_free() forgets it. */
    (void)event_base_loop(loop->base, EVLOOP_NONBLOCK);
    event_base_free(loop->base);
    sp_free(loop);
}

void sp_loop_run(struct sp_loop *loop)
{
    loop->thread = pthread_self();
    (void)event_base_loop(loop->base, EVLOOP_NO_EXIT_ON_EMPTY);
}

void sp_loop_stop(struct sp_loop *loop)
{
    (void)event_base_loopbreak(loop->base);
}

static void on_event(evutil_socket_t fd, short what, void *context)
{
    struct watch *watch = context;
    (void)fd;
    (void)what;
    watch->fn(watch->context);
}

static void on_timer(evutil_socket_t fd, short what, void *context)
{
    struct watch *watch = context;
    sp_loop_fn *fn = watch->fn;
    void *fn_context = watch->context;
    (void)fd;
    (void)what;
    free_watch(watch);
    fn(fn_context);
}

static enum sp_status add_watch(struct sp_loop *loop, int fd, short what, int64_t delay_ms,
                                sp_loop_fn *fn, void *context, struct sp_error *err)
{
    struct watch *watch = sp_calloc(1, sizeof *watch);
    if (watch == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    *watch = (struct watch){.fn = fn, .context = context};
    watch->event = event_new(loop->base, fd, what, what == EV_TIMEOUT ? on_timer : on_event, watch);
    struct timeval delay = {.tv_sec = delay_ms / 1000, .tv_usec = delay_ms % 1000 * 1000};
    if (watch->event == NULL || event_add(watch->event, what == EV_TIMEOUT ? &delay : NULL) != 0) {
        if (watch->event != NULL) {
            event_free(watch->event);
        }
        sp_free(watch);
        return SP_FAIL_NOMEM(err);
    }
    LIST_INSERT_HEAD(&loop->watches, watch, link);
    return SP_OK;
}

enum sp_status sp_loop_watch_fd(struct sp_loop *loop, int fd, sp_loop_fn *fn, void *context,
                                struct sp_error *err)
{
    return add_watch(loop, fd, EV_READ | EV_PERSIST, 0, fn, context, err);
}

enum sp_status sp_loop_watch_signal(struct sp_loop *loop, int number, sp_loop_fn *fn, void *context,
                                    struct sp_error *err)
{
    return add_watch(loop, number, EV_SIGNAL | EV_PERSIST, 0, fn, context, err);
}

enum sp_status sp_loop_after(struct sp_loop *loop, int64_t delay_ms, sp_loop_fn *fn, void *context,
                             struct sp_error *err)
{
    return add_watch(loop, -1, EV_TIMEOUT, delay_ms, fn, context, err);
}

int64_t sp_now_ms(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

struct event_base *sp_loop_base(struct sp_loop *loop)
{
    return loop->base;
}

void sp_loop_assert_here(const struct sp_loop *loop)
{
    SP_ASSERT(pthread_equal(loop->thread, pthread_self()));
}
