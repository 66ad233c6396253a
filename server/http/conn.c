/* SPDX-License-Identifier: EUPL-1.2 */
#include <event2/buffer.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/memory.h"
#include "server/http/conn_priv.h"
#include "server/operations/log.h"

static const struct {
    const char *name;
    unsigned next; /* bit set of the states that may follow */
    bool reads;    /* input goes to the parser */
    bool is_call;  /* the application owes an answer */
} STATES[CONN_STATES] = {
#define TO(state) (1u << CONN_##state)
    [CONN_IDLE] = {"idle", TO(HEAD) | TO(BODY) | TO(CALL) | TO(FLUSH) | TO(CLOSED), true, false},
    [CONN_HEAD] = {"head", TO(BODY) | TO(CALL) | TO(FLUSH) | TO(CLOSED), true, false},
    [CONN_BODY] = {"body", TO(CALL) | TO(FLUSH) | TO(CLOSED), true, false},
    [CONN_CALL] = {"call", TO(STREAM) | TO(FLUSH) | TO(CLOSED), false, true},
    [CONN_STREAM] = {"stream", TO(FLUSH) | TO(CLOSED), false, true},
    [CONN_FLUSH] = {"flush", TO(IDLE) | TO(LINGER) | TO(CLOSED), false, false},
    [CONN_LINGER] = {"linger", TO(CLOSED), false, false},
    [CONN_CLOSED] = {"closed", 0, false, false},
#undef TO
};

void conn_move(struct sp_http_conn *conn, enum conn_state next)
{
    SP_ASSERT((STATES[conn->state].next & (1u << next)) != 0);
    SP_LOG(SP_LOG_DEBUG, "http", "conn=%p from=%s to=%s", (void *)conn, STATES[conn->state].name,
           STATES[next].name);
    conn->state = next;
}

static void arm(struct sp_http_conn *conn, int64_t at_ms)
{
    int64_t delay_ms = at_ms - sp_now_ms();
    delay_ms = delay_ms < 1 ? 1 : delay_ms;
    struct timeval delay = {.tv_sec = delay_ms / 1000, .tv_usec = delay_ms % 1000 * 1000};
    (void)event_add(conn->timer, &delay);
    conn->armed_ms = at_ms;
}

void conn_set_deadline(struct sp_http_conn *conn, int64_t at_ms)
{
    conn->deadline_ms = at_ms;
    if (at_ms != 0 && (conn->armed_ms == 0 || at_ms < conn->armed_ms)) {
        arm(conn, at_ms);
    }
}

static void expire(struct sp_http_conn *conn, int64_t now_ms)
{
    struct sp_http_handlers *handlers = &conn->server->handlers;
    bool call_expired =
        STATES[conn->state].is_call && conn->call_ms != 0 && now_ms >= conn->call_ms;
    conn->server->counters.timed_out++;
    if (call_expired) {
        conn->call_ms = 0;
        conn_set_deadline(conn, conn->write_ms);
        handlers->expired(handlers->context, conn, conn->tag);
    } else if (conn->state == CONN_HEAD || conn->state == CONN_BODY) {
        conn_refuse(conn, 408, "the request took too long");
    } else {
        conn_close(conn);
    }
}

static void on_timer(evutil_socket_t fd, short what, void *context)
{
    struct sp_http_conn *conn = context;
    int64_t now_ms = sp_now_ms();
    (void)fd;
    (void)what;
    conn->armed_ms = 0;
    if (conn->state == CONN_CLOSED || conn->deadline_ms == 0) {
        return;
    }
    if (now_ms < conn->deadline_ms) {
        arm(conn, conn->deadline_ms);
    } else {
        expire(conn, now_ms);
    }
}

static void on_hang_up(evutil_socket_t fd, short what, void *context)
{
    struct sp_http_conn *conn = context;
    (void)fd;
    (void)what;
    if (STATES[conn->state].is_call) {
        conn_close(conn);
    }
}

static void linger_on(struct sp_http_conn *conn)
{
    struct evbuffer *input = bufferevent_get_input(conn->bufferevent);
    conn->lingered_bytes += evbuffer_get_length(input);
    (void)evbuffer_drain(input, evbuffer_get_length(input));
    if (conn->lingered_bytes > LINGER_MAX_BYTES) {
        conn_close(conn);
    }
}

static void on_readable(struct bufferevent *bufferevent, void *context)
{
    struct sp_http_conn *conn = context;
    if (conn->state == CONN_LINGER) {
        linger_on(conn);
    } else if (STATES[conn->state].reads) {
        conn_process_input(conn);
    } else if (evbuffer_get_length(bufferevent_get_input(bufferevent)) >= PIPELINED_MAX_BYTES) {
        /* The watermark has stopped reading, so that the end of input is no longer seen. */
        (void)event_add(conn->hang_up, NULL);
    }
}

static void on_written(struct bufferevent *bufferevent, void *context)
{
    (void)bufferevent;
    conn_flushed(context);
}

static void on_failure(struct bufferevent *bufferevent, short what, void *context)
{
    struct sp_http_conn *conn = context;
    (void)bufferevent;
    if ((what & BEV_EVENT_EOF) != 0 && conn->state == CONN_FLUSH) {
        conn->keep_alive = false; /* it still reads: let it have the rest of the answer */
        conn->lingers = false;
        return;
    }
    conn_close(conn);
}

static bool prepare(struct sp_http_conn *conn, int fd)
{
    struct event_base *base = sp_loop_base(conn->server->loop);
    conn->timer = event_new(base, -1, EV_TIMEOUT, on_timer, conn);
    conn->hang_up = event_new(base, fd, EV_CLOSED, on_hang_up, conn);
    if (conn->timer == NULL || conn->hang_up == NULL) {
        return false;
    }
    conn->bufferevent = bufferevent_socket_new(base, fd, BEV_OPT_CLOSE_ON_FREE);
    if (conn->bufferevent == NULL) {
        return false;
    }
    bufferevent_setcb(conn->bufferevent, on_readable, on_written, on_failure, conn);
    bufferevent_setwatermark(conn->bufferevent, EV_READ, 0, PIPELINED_MAX_BYTES);
    return bufferevent_enable(conn->bufferevent, EV_READ) == 0;
}

void conn_open(struct sp_http_server *server, int fd, const unsigned char address[16])
{
    struct sp_http_conn *conn = sp_calloc(1, sizeof *conn);
    if (conn == NULL) {
        (void)close(fd);
        return;
    }
    conn->server = server;
    conn->keep_alive = true;
    memcpy(conn->address, address, sizeof conn->address);
    sp_http_parser_init(&conn->parser);
    if (!prepare(conn, fd)) {
        if (conn->bufferevent == NULL) {
            (void)close(fd);
        }
        conn_free(conn);
        return;
    }
    LIST_INSERT_HEAD(&server->open, conn, link);
    LIST_INSERT_HEAD(conn_bucket(server, address), conn, bucket_link);
    server->counters.open++;
    conn_set_deadline(conn, sp_now_ms() + server->limits.idle_ms);
}

void conn_close(struct sp_http_conn *conn)
{
    struct sp_http_server *server = conn->server;
    if (conn->state == CONN_CLOSED) {
        return;
    }
    bool was_call = STATES[conn->state].is_call;
    conn_move(conn, CONN_CLOSED);
    LIST_REMOVE(conn, link);
    LIST_REMOVE(conn, bucket_link);
    LIST_INSERT_HEAD(&server->closed, conn, link);
    server->counters.open--;
    (void)event_del(conn->timer);
    (void)event_del(conn->hang_up);
    (void)bufferevent_disable(conn->bufferevent, EV_READ | EV_WRITE);
    bufferevent_setcb(conn->bufferevent, NULL, NULL, NULL, NULL);
    /* The descriptor goes with the memory; the client need not wait for that. */
    (void)shutdown(bufferevent_getfd(conn->bufferevent), SHUT_RDWR);
    event_active(server->reaper, EV_TIMEOUT, 0);
    if (was_call) {
        server->handlers.gone(server->handlers.context, conn->tag);
    }
}

void conn_free(struct sp_http_conn *conn)
{
    if (conn->timer != NULL) {
        event_free(conn->timer);
    }
    if (conn->hang_up != NULL) {
        event_free(conn->hang_up);
    }
    if (conn->bufferevent != NULL) {
        bufferevent_free(conn->bufferevent);
    }
    sp_http_parser_release(&conn->parser);
    sp_free(conn);
}

/* The head is read: let the application bound the body, and the client send it. */
static void take_head(struct sp_http_conn *conn)
{
    static const char go_on[] = "HTTP/1.1 100 Continue\r\n\r\n";
    struct sp_http_handlers *handlers = &conn->server->handlers;
    struct sp_http_request *request = &conn->parser.request;
    struct evbuffer *input = bufferevent_get_input(conn->bufferevent);
    size_t limit = handlers->body_limit(handlers->context, request);
    sp_http_parser_allow_body(&conn->parser, limit);
    conn->answers_head = request->verb == SP_HTTP_HEAD;
    conn->keep_alive = conn->keep_alive && request->keep_alive;
    if (request->framing != SP_HTTP_NO_BODY) {
        conn_move(conn, CONN_BODY);
        conn_set_deadline(conn, sp_now_ms() + conn->server->limits.body_ms);
        if (request->expects_continue && request->length_bytes <= limit &&
            evbuffer_get_length(input) == 0) {
            (void)bufferevent_write(conn->bufferevent, go_on, sizeof go_on - 1);
        }
    }
}

static void begin_call(struct sp_http_conn *conn)
{
    conn_move(conn, CONN_CALL);
    conn->tag = 0;
    conn->call_ms = 0;
    conn->write_ms = 0;
    conn_set_deadline(conn, 0);
}

static void take_event(struct sp_http_conn *conn, enum sp_http_event event)
{
    struct sp_http_handlers *handlers = &conn->server->handlers;
    switch (event) {
    case SP_HTTP_MORE:
        if (conn->state == CONN_IDLE && sp_http_parser_is_within(&conn->parser)) {
            conn_move(conn, CONN_HEAD);
            conn_set_deadline(conn, sp_now_ms() + conn->server->limits.head_ms);
        }
        break;
    case SP_HTTP_READ_HEAD:
        take_head(conn);
        break;
    case SP_HTTP_COMPLETE:
        conn->server->counters.requests++;
        begin_call(conn);
        handlers->request(handlers->context, conn, &conn->parser.request);
        break;
    case SP_HTTP_TOO_LARGE:
        conn->keep_alive = false;
        conn->lingers = true;
        begin_call(conn);
        handlers->too_large(handlers->context, conn, &conn->parser.request);
        break;
    case SP_HTTP_REFUSED:
        conn->server->counters.refused_requests++;
        conn_refuse(conn, conn->parser.refusal.status, conn->parser.refusal.reason);
        break;
    case SP_HTTP_NO_MEMORY:
        conn_close(conn);
        break;
    }
}

void conn_process_input(struct sp_http_conn *conn)
{
    struct evbuffer *input = bufferevent_get_input(conn->bufferevent);
    if (conn->within_input) {
        return; /* answered within the handler: the loop below goes on */
    }
    conn->within_input = true;
    while (STATES[conn->state].reads) {
        struct evbuffer_iovec first = {0};
        size_t used = 0;
        (void)evbuffer_peek(input, -1, NULL, &first, 1);
        if (first.iov_len == 0 && conn->parser.position != SP_HTTP_AT_BODY) {
            break;
        }
        enum sp_http_event event =
            sp_http_parser_feed(&conn->parser, sp_view_from(first.iov_base, first.iov_len), &used);
        (void)evbuffer_drain(input, used);
        take_event(conn, event);
    }
    conn->within_input = false;
}
