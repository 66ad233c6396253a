/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * The event loop: one thread that owns all sockets, timers and signals, and never waits for
 * anything else. A thin dress over libevent, so that only this folder needs to know it.
 *
 * All calls come from the thread that runs the loop (or before it runs).
 */
#ifndef SP_HTTP_LOOP_H
#define SP_HTTP_LOOP_H

#include <stdint.h>

#include "base/status.h"

struct event_base;
struct sp_loop;

typedef void sp_loop_fn(void *context);

/** Create a loop. @return SP_OK; SP_NOMEM; SP_IO (no event mechanism) */
SP_MUST_CHECK enum sp_status sp_loop_new(struct sp_loop **out, struct sp_error *err);

/** Free the loop with its watches; NULL is accepted. All that was built on it must be gone. */
void sp_loop_free(struct sp_loop *loop);

/** Run until sp_loop_stop(). */
void sp_loop_run(struct sp_loop *loop);

/** Leave sp_loop_run() after the callback at hand. */
void sp_loop_stop(struct sp_loop *loop);

/** Call @p fn whenever @p fd is readable, until the loop is freed. @return SP_OK; SP_NOMEM */
SP_MUST_CHECK enum sp_status sp_loop_watch_fd(struct sp_loop *loop, int fd, sp_loop_fn *fn,
                                              void *context, struct sp_error *err);

/** Call @p fn on the loop whenever signal @p number arrives. @return SP_OK; SP_NOMEM */
SP_MUST_CHECK enum sp_status sp_loop_watch_signal(struct sp_loop *loop, int number, sp_loop_fn *fn,
                                                  void *context, struct sp_error *err);

/** Call @p fn once after @p delay_ms, unless the loop is freed before. @return SP_OK; SP_NOMEM */
SP_MUST_CHECK enum sp_status sp_loop_after(struct sp_loop *loop, int64_t delay_ms, sp_loop_fn *fn,
                                           void *context, struct sp_error *err);

/** Milliseconds of the monotonic clock. Any thread. */
int64_t sp_now_ms(void);

/** For this folder only. */
struct event_base *sp_loop_base(struct sp_loop *loop);

/** Assert that the caller is on the loop's thread. */
void sp_loop_assert_here(const struct sp_loop *loop);

#endif
