/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Answers of a connection. What the socket takes at once goes there directly, past the output
 * buffer: most answers cost one system call and no registration for writing.
 */
#include <errno.h>
#include <event2/buffer.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <time.h>

#include "server/http/conn_priv.h"

static const char *date_now(struct sp_http_server *server)
{
    static const char *const days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    time_t now = time(NULL);
    if (now != (time_t)server->date_unix_s) {
        struct tm utc;
        server->date_unix_s = (int64_t)now;
        (void)gmtime_r(&now, &utc);
        /* Not by strftime: its names of days follow the locale. */
        (void)snprintf(server->date, sizeof server->date, "%s, %02u %s %04u %02u:%02u:%02u GMT",
                       days[utc.tm_wday], (unsigned)utc.tm_mday % 100u, months[utc.tm_mon],
                       (unsigned)(utc.tm_year + 1900) % 10000u, (unsigned)utc.tm_hour % 100u,
                       (unsigned)utc.tm_min % 100u, (unsigned)utc.tm_sec % 100u);
    }
    return server->date;
}

/* Write the head of an answer into the server's scratch buffer, up to the framing fields. */
static struct sp_buffer *begin_head(struct sp_http_conn *conn, const struct sp_http_reply *reply)
{
    struct sp_buffer *head = &conn->server->head;
    sp_buffer_clear(head);
    sp_buffer_printf(head, "HTTP/1.1 %u %s\r\nDate: %s\r\n", reply->status,
                     sp_http_phrase(reply->status), date_now(conn->server));
    for (size_t i = 0; i < SP_HTTP_MAX_REPLY_HEADERS && reply->headers[i].name != NULL; i++) {
        sp_buffer_add_text(head, reply->headers[i].name);
        sp_buffer_add_text(head, ": ");
        sp_buffer_add_text(head, reply->headers[i].value);
        sp_buffer_add_text(head, "\r\n");
    }
    conn->keep_alive = conn->keep_alive && !conn->server->stopping;
    if (!conn->keep_alive) {
        sp_buffer_add_text(head, "Connection: close\r\n");
    }
    return head;
}

/* The socket failed, or half an answer cannot be kept: close. A call that is still on hears of it
 * later, through the timer, never within its own sending. */
static void give_up(struct sp_http_conn *conn)
{
    if (conn->state != CONN_STREAM) {
        conn_close(conn);
        return;
    }
    conn->broken = true;
    conn->call_ms = 0;
    conn_set_deadline(conn, sp_now_ms());
}

/* Send both views, directly as far as the socket takes them. False: the connection is lost. */
static bool send_views(struct sp_http_conn *conn, struct sp_view first, struct sp_view second)
{
    struct evbuffer *output = bufferevent_get_output(conn->bufferevent);
    size_t sent = 0;
    if (evbuffer_get_length(output) == 0) {
        struct iovec pieces[2] = {{(void *)first.data, first.length},
                                  {(void *)second.data, second.length}};
        struct msghdr message = {.msg_iov = pieces, .msg_iovlen = 2};
        ssize_t result =
            sendmsg(bufferevent_getfd(conn->bufferevent), &message, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (result < 0 && errno != EAGAIN && errno != EINTR) {
            give_up(conn);
            return false;
        }
        sent = result < 0 ? 0 : (size_t)result;
    }
    size_t of_first = sent < first.length ? sent : first.length;
    size_t of_second = sent - of_first;
    if (bufferevent_write(conn->bufferevent, first.data + of_first, first.length - of_first) != 0 ||
        bufferevent_write(conn->bufferevent, second.data + of_second, second.length - of_second) !=
            0) {
        give_up(conn);
        return false;
    }
    return true;
}

/* The earlier of two deadlines, of which 0 means none. */
static int64_t earlier(int64_t a_ms, int64_t b_ms)
{
    return a_ms == 0 || (b_ms != 0 && b_ms < a_ms) ? b_ms : a_ms;
}

static bool output_is_empty(const struct sp_http_conn *conn)
{
    return evbuffer_get_length(bufferevent_get_output(conn->bufferevent)) == 0;
}

/* Send the last of an answer; it is over once the socket has taken all of it. */
static void finish(struct sp_http_conn *conn, struct sp_view first, struct sp_view second)
{
    conn_move(conn, CONN_FLUSH);
    conn_set_deadline(conn, sp_now_ms() + conn->server->limits.write_ms);
    if (send_views(conn, first, second) && output_is_empty(conn)) {
        conn_flushed(conn);
    }
}

/* As finish(), with the head in the scratch buffer, if it could be built. */
static void finish_head(struct sp_http_conn *conn, struct sp_view body)
{
    const struct sp_buffer *head = &conn->server->head;
    if (head->status == SP_OK) {
        finish(conn, sp_buffer_view(head), body);
    } else {
        conn_move(conn, CONN_FLUSH);
        conn_close(conn);
    }
}

static void end_exchange(struct sp_http_conn *conn)
{
    if (conn->lingers) {
        conn_move(conn, CONN_LINGER);
        conn_set_deadline(conn, sp_now_ms() + LINGER_MS);
        (void)shutdown(bufferevent_getfd(conn->bufferevent), SHUT_WR);
        struct evbuffer *input = bufferevent_get_input(conn->bufferevent);
        (void)evbuffer_drain(input, evbuffer_get_length(input));
        return;
    }
    if (!conn->keep_alive || conn->server->stopping) {
        conn_close(conn);
        return;
    }
    (void)event_del(conn->hang_up);
    sp_http_parser_next(&conn->parser);
    conn_move(conn, CONN_IDLE);
    conn_set_deadline(conn, sp_now_ms() + conn->server->limits.idle_ms);
    conn_process_input(conn);
}

void conn_flushed(struct sp_http_conn *conn)
{
    struct sp_http_handlers *handlers = &conn->server->handlers;
    if (conn->state == CONN_FLUSH) {
        end_exchange(conn);
    } else if (conn->state == CONN_STREAM) {
        conn->write_ms = 0;
        conn_set_deadline(conn, conn->call_ms);
        handlers->drained(handlers->context, conn, conn->tag);
    }
}

void conn_refuse(struct sp_http_conn *conn, unsigned status, const char *reason)
{
    struct sp_http_reply reply = {.status = status,
                                  .headers = {{"Content-Type", "text/plain; charset=utf-8"}},
                                  .body = sp_view_of(reason)};
    conn->keep_alive = false;
    conn->lingers = true;
    struct sp_buffer *head = begin_head(conn, &reply);
    sp_buffer_printf(head, "Content-Length: %zu\r\n\r\n", reply.body.length + 1);
    sp_buffer_add_view(head, reply.body);
    sp_buffer_add_text(head, "\n");
    finish_head(conn, sp_view_from(NULL, 0));
}

void sp_http_reply(struct sp_http_conn *conn, const struct sp_http_reply *reply)
{
    sp_loop_assert_here(conn->server->loop);
    SP_ASSERT(conn->state == CONN_CALL);
    struct sp_buffer *head = begin_head(conn, reply);
    if (reply->status != 204) { /* RFC 9110, 8.6: no length with 204 */
        sp_buffer_printf(head, "Content-Length: %zu\r\n", reply->body.length);
    }
    sp_buffer_add_text(head, "\r\n");
    finish_head(conn, conn->answers_head ? sp_view_from(NULL, 0) : reply->body);
}

void sp_http_begin(struct sp_http_conn *conn, const struct sp_http_reply *reply)
{
    sp_loop_assert_here(conn->server->loop);
    SP_ASSERT(conn->state == CONN_CALL);
    struct sp_buffer *head = begin_head(conn, reply);
    sp_buffer_add_text(head, "Transfer-Encoding: chunked\r\n\r\n");
    conn_move(conn, CONN_STREAM);
    if (head->status == SP_OK) {
        (void)send_views(conn, sp_buffer_view(head), sp_view_from(NULL, 0));
    } else {
        give_up(conn);
    }
}

void sp_http_send(struct sp_http_conn *conn, struct sp_view piece)
{
    static const struct sp_view line_end = {"\r\n", 2};
    char size[20];
    SP_ASSERT(conn->state == CONN_STREAM);
    if (conn->broken || piece.length == 0) {
        return; /* an empty chunk would end the answer */
    }
    int digits = snprintf(size, sizeof size, "%zx\r\n", piece.length);
    if (!send_views(conn, sp_view_from(size, (size_t)digits), piece) ||
        !send_views(conn, line_end, sp_view_from(NULL, 0))) {
        return;
    }
    if (output_is_empty(conn)) {
        /* Always asynchronous: the write callback of the output buffer tells that it is drained. */
        bufferevent_trigger(conn->bufferevent, EV_WRITE, BEV_TRIG_DEFER_CALLBACKS);
    } else if (conn->write_ms == 0) {
        conn->write_ms = sp_now_ms() + conn->server->limits.write_ms;
        conn_set_deadline(conn, earlier(conn->write_ms, conn->call_ms));
    }
}

void sp_http_end(struct sp_http_conn *conn)
{
    static const struct sp_view last = {"0\r\n\r\n", 5};
    SP_ASSERT(conn->state == CONN_STREAM);
    if (!conn->broken) {
        finish(conn, last, sp_view_from(NULL, 0));
    }
}

void sp_http_close_after(struct sp_http_conn *conn)
{
    conn->keep_alive = false;
}

void sp_http_take_body(struct sp_http_conn *conn, struct sp_buffer *out)
{
    sp_http_parser_take_body(&conn->parser, out);
}

void sp_http_set_tag(struct sp_http_conn *conn, uint64_t tag)
{
    conn->tag = tag;
}

void sp_http_set_deadline(struct sp_http_conn *conn, int64_t at_ms)
{
    if (!conn->broken) {
        conn->call_ms = at_ms;
        conn_set_deadline(conn, earlier(conn->write_ms, conn->call_ms));
    }
}
