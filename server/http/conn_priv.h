/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Inside of a connection and of its server; for this folder only.
 *
 * States of a connection:
 *
 *     IDLE --> HEAD --> BODY --> CALL --> FLUSH --> IDLE (keep-alive)
 *       |        |        |       | |       |
 *       |        |        |       | +-> STREAM -> FLUSH
 *       |        +--------+--------- malformed, too large: FLUSH --> LINGER
 *       +-----------------------------------------------------------> CLOSED (from every state)
 *
 * CALL and STREAM are the application's; the others are ours. LINGER drops what a client that was
 * refused still sends, for a short while: closing at once would reset the connection and could
 * destroy the answer before the client reads it.
 *
 * Each connection has one deadline, that of its state, and one timer. The timer is armed lazily: a
 * deadline that moves away leaves it alone, and when it fires too early it is armed again.
 */
#ifndef SP_HTTP_CONN_PRIV_H
#define SP_HTTP_CONN_PRIV_H

#include <event2/bufferevent.h>
#include <event2/event.h>
#include <netinet/in.h>
#include <sys/queue.h>

#include "server/http/parser.h"
#include "server/http/server.h"

enum {
    ADDRESS_BUCKETS = 256,
    ADDRESS_TEXT_BYTES = 64,
    DATE_BYTES = 32,
    PIPELINED_MAX_BYTES = 64 * 1024, /* kept unread while a call runs */
    LINGER_MS = 2000,
    LINGER_MAX_BYTES = 8 * 1024 * 1024
};

enum conn_state {
    CONN_IDLE,
    CONN_HEAD,
    CONN_BODY,
    CONN_CALL,
    CONN_STREAM,
    CONN_FLUSH,
    CONN_LINGER,
    CONN_CLOSED,
    CONN_STATES
};

struct sp_http_conn {
    enum conn_state state;
    bool keep_alive;     /* so far nothing speaks against another request */
    bool lingers;        /* refused: read on for a while after the answer */
    bool within_input;   /* conn_process_input() is on the stack */
    bool answers_head;   /* HEAD: no body in the answer */
    bool broken;         /* STREAM: the socket failed; closes by the timer */
    uint64_t tag;        /* the application's */
    int64_t deadline_ms; /* of the state; 0: none */
    int64_t armed_ms;    /* when the timer will fire; 0: not armed */
    int64_t call_ms;     /* CALL, STREAM: the application's deadline */
    int64_t write_ms;    /* STREAM: when what is sent must have left; 0: all has */
    size_t lingered_bytes;
    unsigned char address[16]; /* of the client, IPv4 mapped into IPv6 */
    struct sp_http_server *server;
    struct bufferevent *bufferevent;
    struct event *timer;
    struct event *hang_up; /* watches for the client's FIN while its input is full */
    struct sp_http_parser parser;
    LIST_ENTRY(sp_http_conn) link;        /* open connections, or those to be freed */
    LIST_ENTRY(sp_http_conn) bucket_link; /* connections of similar addresses */
};

LIST_HEAD(conn_list, sp_http_conn);

struct sp_http_server {
    struct sp_loop *loop;
    struct sp_http_limits limits;
    struct sp_http_handlers handlers;
    struct sp_http_counters counters;
    struct evconnlistener *listener; /* NULL once stopping */
    struct conn_list open;
    struct conn_list closed; /* freed by the reaper after the callback at hand */
    struct conn_list buckets[ADDRESS_BUCKETS];
    struct event *reaper;
    struct sp_buffer head; /* scratch: the head of an answer */
    int64_t date_unix_s;
    char date[DATE_BYTES]; /* for the Date field, of date_unix_s */
    bool stopping;
    char address[ADDRESS_TEXT_BYTES];
};

/** The list that holds the connections of @p address, among others. */
struct conn_list *conn_bucket(struct sp_http_server *server, const unsigned char address[16]);

/** Take over @p fd; closes it on failure. */
void conn_open(struct sp_http_server *server, int fd, const unsigned char address[16]);

/** Close now; the memory goes after the callback at hand. */
void conn_close(struct sp_http_conn *conn);

/** Free the memory of a closed connection. */
void conn_free(struct sp_http_conn *conn);

/** Go on with what has been received. */
void conn_process_input(struct sp_http_conn *conn);

/** Change the state: the only place where that happens. */
void conn_move(struct sp_http_conn *conn, enum conn_state next);

/** Set the deadline of the state; 0: none. */
void conn_set_deadline(struct sp_http_conn *conn, int64_t at_ms);

/** All output of the connection has reached the socket. */
void conn_flushed(struct sp_http_conn *conn);

/** Refuse the request at hand in plain text and close. */
void conn_refuse(struct sp_http_conn *conn, unsigned status, const char *reason);

#endif
