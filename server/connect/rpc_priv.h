/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * One call on its way through loop and worker; for this folder only.
 *
 * Owner of an rpc: the loop until it is submitted, the running thread until done(), the loop again.
 * What both may touch while it runs is the cancel flag and the members under stream_mutex.
 */
#ifndef SP_CONNECT_RPC_PRIV_H
#define SP_CONNECT_RPC_PRIV_H

#include <pthread.h>
#include <sys/queue.h>

#include "base/buffer.h"
#include "server/connect/profile.h"
#include "server/connect/service.h"
#include "server/work/sessions.h"

enum {
    ARENA_BASE_BYTES = 16 * 1024 * 1024,  /* what small requests may grow to when unpacked */
    ANSWER_MAX_BYTES = 256 * 1024 * 1024, /* of an answer, or of one message of a stream */
    PACK_MIN_BYTES = 1024,                /* below, packing costs more than it saves */
    STREAM_WINDOW_BYTES = 256 * 1024,     /* sent ahead of a slow client */
    PLAIN_BODY_MAX_BYTES = 64 * 1024      /* of a request that is not a call */
};

/** Context of a worker thread: the application's, and the arena of the call at hand. */
struct lane {
    void *worker;
    struct sp_arena *arena;
};

struct rpc {
    struct sp_job job;
    struct sp_call call;
    struct sp_profile profile;
    struct sp_service *service;
    struct sp_buffer input;  /* body, or the message parameter of a GET, still encoded */
    struct sp_buffer output; /* the answer of a unary call */
    bool output_is_packed;
    bool handled;          /* the request was good and the handler ran */
    struct sp_error error; /* status SP_OK: none */
    /* Loop only: */
    uint64_t session;          /* finds this rpc while its client waits */
    struct sp_http_conn *conn; /* valid while the session is */
    bool begun;                /* the head of a streamed answer is sent */
    LIST_ENTRY(rpc) link;
    /* Streams: */
    pthread_mutex_t stream_mutex;
    pthread_cond_t stream_moved; /* something was sent, or the call was cancelled */
    struct sp_buffer pending;    /* envelopes on their way to the loop; guard: stream_mutex */
    size_t in_socket_bytes;      /* handed to the connection; guard: stream_mutex */
};

struct sp_service {
    struct sp_loop *loop;
    struct sp_service_options options;
    struct sp_http_server *http;
    struct sp_work *work;
    struct sp_sessions sessions; /* of struct rpc */
    LIST_HEAD(, rpc) rpcs;       /* submitted and not yet done */
    size_t arena_max_bytes;
    sp_loop_fn *stopped;
    void *stopped_context;
};

/** Make a call of the request; NULL when out of memory. */
struct rpc *rpc_new(struct sp_service *service, const struct sp_profile *profile);
void rpc_free(struct rpc *rpc);

/** Job functions. */
void rpc_run(struct sp_job *job, void *lane);
void rpc_fail(struct sp_job *job, const struct sp_error *error);

/** Cancel, and wake the handler if it waits for a slow client. Thread: loop. */
void rpc_cancel(struct rpc *rpc);

/** Move the envelopes sent so far into @p out (initialised here). Thread: loop. */
void rpc_take_pending(struct rpc *rpc, struct sp_buffer *out);

/** The connection has sent what it was given. Thread: loop. */
void rpc_drained(struct rpc *rpc);

#endif
