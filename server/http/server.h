/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * HTTP/1.1 on sockets: connections, their deadlines and limits, replies.
 *
 *     listener -> connection -> parser -> handlers.request -> sp_http_reply() -> next request
 *
 * Guarantees: no client holds a connection past its deadlines by trickling (they bound the whole
 * head, the whole body, the whole answer); connections are bounded, in all and for each address;
 * one request of a connection is worked on at a time, and while it is, a hang-up is noticed (a
 * client that closes its sending side counts as gone); a client that sent something malformed is
 * told so, then cut off.
 *
 * Left out on purpose: HTTP/1.0, HTTP/2, upgrades, files, ranges, keep-alive headers.
 *
 * Thread: everything here belongs to the loop's thread.
 */
#ifndef SP_HTTP_SERVER_H
#define SP_HTTP_SERVER_H

#include "base/buffer.h"
#include "server/http/loop.h"
#include "server/http/message.h"

struct sp_http_conn;
struct sp_http_server;

/** What the application does. A connection handed to it is valid until the request is answered in
 *  full, or until gone() for it. */
struct sp_http_handlers {
    /** Say how many bytes of body @p request may bring. */
    size_t (*body_limit)(void *context, const struct sp_http_request *request);
    /** Answer @p request, now or later. @p request is valid until the answer is complete. */
    void (*request)(void *context, struct sp_http_conn *conn,
                    const struct sp_http_request *request);
    /** The body is above its limit: answer now; the connection closes afterwards. */
    void (*too_large)(void *context, struct sp_http_conn *conn,
                      const struct sp_http_request *request);
    /** The client of an unanswered request is gone. @p tag as set by sp_http_set_tag(). Never
     * called within one of the calls below. */
    void (*gone)(void *context, uint64_t tag);
    /** The deadline set by sp_http_set_deadline() has passed: answer now. */
    void (*expired)(void *context, struct sp_http_conn *conn, uint64_t tag);
    /** All that was sent of a streamed answer has reached the socket. */
    void (*drained)(void *context, struct sp_http_conn *conn, uint64_t tag);
    /** After sp_http_server_stop(): the last connection is closed. */
    void (*stopped)(void *context);
    void *context;
};

/** Bounds; all must be set. */
struct sp_http_limits {
    unsigned connections;             /* in all */
    unsigned connections_per_address; /* of one client address */
    unsigned idle_ms;                 /* between requests */
    unsigned head_ms;                 /* from the first byte of a request to the end of its head */
    unsigned body_ms;                 /* from the end of the head to the end of the body */
    unsigned write_ms;                /* from an answer to its last byte in the socket */
};

struct sp_http_counters {
    uint64_t accepted;
    uint64_t requests;
    uint64_t refused_connections; /* above a limit */
    uint64_t refused_requests;    /* malformed */
    uint64_t timed_out;           /* cut off at a deadline */
    unsigned open;                /* now */
};

struct sp_http_header {
    const char *name;
    const char *value; /* without CR, LF, NUL */
};

enum { SP_HTTP_MAX_REPLY_HEADERS = 16 };

struct sp_http_reply {
    unsigned status;
    struct sp_http_header headers[SP_HTTP_MAX_REPLY_HEADERS]; /* up to the first NULL name; the
                                                                 framing ones are added */
    struct sp_view body;                                      /* borrowed for the call */
};

/**
 * Listen.
 *
 * @param address   "HOST:PORT" or "[V6]:PORT"; port 0 lets the system choose
 * @param handlers  copied; all functions set
 * @param out       owned by the caller, sp_http_server_free()
 * @return SP_OK; SP_INVALID (address); SP_IO (cannot listen); SP_NOMEM
 */
SP_MUST_CHECK enum sp_status sp_http_server_new(struct sp_loop *loop, const char *address,
                                                const struct sp_http_limits *limits,
                                                const struct sp_http_handlers *handlers,
                                                struct sp_http_server **out, struct sp_error *err);

/** Close all and free; calls no handler. NULL is accepted. */
void sp_http_server_free(struct sp_http_server *server);

/** Close the listener and idle connections; the others close once they are answered. */
void sp_http_server_stop(struct sp_http_server *server);

/** "127.0.0.1:8080" as really bound; lives as long as the server. */
const char *sp_http_server_address(const struct sp_http_server *server);

struct sp_http_counters sp_http_server_counters(const struct sp_http_server *server);

/** Move the body of the request at hand into @p out, which becomes the caller's to release: so that
 *  it outlives a client that hangs up. */
void sp_http_take_body(struct sp_http_conn *conn, struct sp_buffer *out);

/** Remember @p tag with the request at hand; handed to the later handlers. 0 at first. */
void sp_http_set_tag(struct sp_http_conn *conn, uint64_t tag);

/** Have handlers.expired called at @p at_ms (sp_now_ms()) unless answered; 0: never. */
void sp_http_set_deadline(struct sp_http_conn *conn, int64_t at_ms);

/** Answer in one go. */
void sp_http_reply(struct sp_http_conn *conn, const struct sp_http_reply *reply);

/** Begin a streamed answer; reply->body is not used. Follow with sp_http_send() and sp_http_end().
 */
void sp_http_begin(struct sp_http_conn *conn, const struct sp_http_reply *reply);
void sp_http_send(struct sp_http_conn *conn, struct sp_view piece);
void sp_http_end(struct sp_http_conn *conn);

/** Close the connection after the answer at hand. */
void sp_http_close_after(struct sp_http_conn *conn);

#endif
