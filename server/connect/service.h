/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * A Connect server: HTTP connections on one side, workers on the other, a method table between.
 *
 *     loop:    request -> profile -> rpc ------submit----+        +--> answer
 *     worker:                                            +-> run -+
 *                                     unpack, decode, handler, encode, pack
 *
 * The loop reads heads and writes answers; all that grows with the size of a message happens on a
 * worker. Each call has a deadline: at its end the loop answers by itself and the work is
 * cancelled; so it is when the client hangs up.
 */
#ifndef SP_CONNECT_SERVICE_H
#define SP_CONNECT_SERVICE_H

#include "server/connect/call.h"
#include "server/http/server.h"
#include "server/work/work.h"

struct sp_service;

/** A fixed page. */
struct sp_page {
    const char *path;
    const char *content_type;
    const char *body;
};

struct sp_service_options {
    const char *listen; /* as sp_http_server_new() */
    struct sp_http_limits limits;
    const struct sp_method *methods; /* borrowed, as the pages, for the life of the service */
    size_t method_count;
    const struct sp_page *pages;
    size_t page_count;
    unsigned call_max_ms; /* deadline of calls that ask for none or for a later one */
    struct sp_work_options work;
};

/**
 * Start workers and listen.
 *
 * @return SP_OK; what sp_work_new() and sp_http_server_new() return
 */
SP_MUST_CHECK enum sp_status sp_service_new(struct sp_loop *loop,
                                            const struct sp_service_options *options,
                                            struct sp_service **out, struct sp_error *err);

/** Take no more calls, finish those at hand, then call @p stopped once. */
void sp_service_stop(struct sp_service *service, sp_loop_fn *stopped, void *context);

/** Drop what is left and free; cancels calls at hand and waits for them. NULL is accepted. */
void sp_service_free(struct sp_service *service);

/** "127.0.0.1:8080" as bound. */
const char *sp_service_address(const struct sp_service *service);

struct sp_http_counters sp_service_http_counters(const struct sp_service *service);
struct sp_work_load sp_service_work_load(struct sp_service *service);

#endif
