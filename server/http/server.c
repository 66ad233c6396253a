/* SPDX-License-Identifier: EUPL-1.2 */
#include "server/http/server.h"

#include <errno.h>
#include <event2/listener.h>
#include <netdb.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/memory.h"
#include "server/http/conn_priv.h"
#include "server/operations/log.h"

enum { BACKLOG = 512, LISTEN_PAUSE_MS = 100, MAX_HOST_BYTES = 256 };

struct conn_list *conn_bucket(struct sp_http_server *server, const unsigned char address[16])
{
    unsigned hash = 2166136261u; /* FNV-1a; the addresses are bounded, so it need not be keyed */
    for (size_t i = 0; i < 16; i++) {
        hash = (hash ^ address[i]) * 16777619u;
    }
    return &server->buckets[hash % ADDRESS_BUCKETS];
}

static unsigned count_of_address(struct sp_http_server *server, const unsigned char address[16])
{
    unsigned count = 0;
    struct sp_http_conn *conn;
    LIST_FOREACH(conn, conn_bucket(server, address), bucket_link)
    {
        count += memcmp(conn->address, address, sizeof conn->address) == 0;
    }
    return count;
}

static void map_address(const struct sockaddr *from, unsigned char address[16])
{
    memset(address, 0, 16);
    if (from->sa_family == AF_INET6) {
        memcpy(address, &((const struct sockaddr_in6 *)(const void *)from)->sin6_addr, 16);
    } else if (from->sa_family == AF_INET) {
        address[10] = address[11] = 0xff;
        memcpy(address + 12, &((const struct sockaddr_in *)(const void *)from)->sin_addr, 4);
    }
}

static void turn_away(struct sp_http_server *server, int fd)
{
    static const char busy[] = "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n"
                               "Retry-After: 1\r\nConnection: close\r\n\r\n";
    server->counters.refused_connections++;
    ssize_t sent = send(fd, busy, sizeof busy - 1, MSG_NOSIGNAL | MSG_DONTWAIT);
    (void)sent; /* best effort: a client above the limits gets no more of our time */
    (void)close(fd);
}

static void on_accept(struct evconnlistener *listener, evutil_socket_t fd, struct sockaddr *from,
                      int length, void *context)
{
    struct sp_http_server *server = context;
    unsigned char address[16];
    (void)listener;
    (void)length;
    map_address(from, address);
    if (server->counters.open >= server->limits.connections ||
        count_of_address(server, address) >= server->limits.connections_per_address) {
        turn_away(server, fd);
        return;
    }
    server->counters.accepted++;
    conn_open(server, fd, address);
}

static void resume_listening(void *context)
{
    struct sp_http_server *server = context;
    if (server->listener != NULL) {
        (void)evconnlistener_enable(server->listener);
    }
}

/* Out of descriptors or memory: libevent would try again at once, for ever (libevent #71). */
static void on_accept_error(struct evconnlistener *listener, void *context)
{
    struct sp_http_server *server = context;
    SP_LOG(SP_LOG_WARN, "http", "event=accept_failed errno=%d pause_ms=%d", errno, LISTEN_PAUSE_MS);
    (void)evconnlistener_disable(listener);
    if (sp_loop_after(server->loop, LISTEN_PAUSE_MS, resume_listening, server, NULL) != SP_OK) {
        (void)evconnlistener_enable(listener);
    }
}

/* Free what was closed; tell when the last connection of a stopping server is gone. */
static void on_reap(evutil_socket_t fd, short what, void *context)
{
    struct sp_http_server *server = context;
    (void)fd;
    (void)what;
    while (!LIST_EMPTY(&server->closed)) {
        struct sp_http_conn *conn = LIST_FIRST(&server->closed);
        LIST_REMOVE(conn, link);
        conn_free(conn);
    }
    if (server->stopping && server->counters.open == 0) {
        server->handlers.stopped(server->handlers.context);
    }
}

static enum sp_status fail_address(const char *address, struct sp_error *err)
{
    return SP_FAIL(err, SP_INVALID, "--listen", "Adres „%s” nie ma postaci HOST:PORT.",
                   "The address \"%s\" is not of the form HOST:PORT.", address);
}

static enum sp_status resolve(const char *address, struct addrinfo **out, struct sp_error *err)
{
    char host[MAX_HOST_BYTES];
    const char *colon = strrchr(address, ':');
    if (colon == NULL || colon == address || (size_t)(colon - address) >= sizeof host) {
        return fail_address(address, err);
    }
    bool brackets = address[0] == '[' && colon[-1] == ']';
    (void)snprintf(host, sizeof host, "%.*s", (int)(colon - address) - 2 * brackets,
                   address + brackets);
    struct addrinfo hints = {.ai_family = AF_UNSPEC,
                             .ai_socktype = SOCK_STREAM,
                             .ai_flags = AI_PASSIVE | AI_NUMERICSERV};
    return getaddrinfo(host, colon + 1, &hints, out) == 0 ? SP_OK : fail_address(address, err);
}

static void note_address(struct sp_http_server *server)
{
    struct sockaddr_storage bound;
    socklen_t length = sizeof bound;
    char host[ADDRESS_TEXT_BYTES / 2] = "";
    char port[8] = "";
    evutil_socket_t fd = evconnlistener_get_fd(server->listener);
    if (getsockname(fd, (struct sockaddr *)&bound, &length) == 0) {
        (void)getnameinfo((struct sockaddr *)&bound, length, host, sizeof host, port, sizeof port,
                          NI_NUMERICHOST | NI_NUMERICSERV);
    }
    (void)snprintf(server->address, sizeof server->address,
                   bound.ss_family == AF_INET6 ? "[%s]:%s" : "%s:%s", host, port);
}

static enum sp_status start_listening(struct sp_http_server *server, const char *address,
                                      struct sp_error *err)
{
    struct addrinfo *found = NULL;
    enum sp_status status = resolve(address, &found, err);
    if (status != SP_OK) {
        return status;
    }
    server->listener =
        evconnlistener_new_bind(sp_loop_base(server->loop), on_accept, server,
                                LEV_OPT_CLOSE_ON_FREE | LEV_OPT_CLOSE_ON_EXEC | LEV_OPT_REUSEABLE,
                                BACKLOG, found->ai_addr, (int)found->ai_addrlen);
    int listen_errno = errno;
    freeaddrinfo(found);
    if (server->listener == NULL) {
        return SP_FAIL(err, SP_IO, "--listen", "Nie można nasłuchiwać na %s: %s.",
                       "Cannot listen on %s: %s.", address, strerror(listen_errno));
    }
    /* Accepted sockets inherit it on Linux: without it a head and a body sent apart wait 40 ms. */
    int on = 1;
    (void)setsockopt(evconnlistener_get_fd(server->listener), IPPROTO_TCP, TCP_NODELAY, &on,
                     sizeof on);
    evconnlistener_set_error_cb(server->listener, on_accept_error);
    note_address(server);
    return SP_OK;
}

enum sp_status sp_http_server_new(struct sp_loop *loop, const char *address,
                                  const struct sp_http_limits *limits,
                                  const struct sp_http_handlers *handlers,
                                  struct sp_http_server **out, struct sp_error *err)
{
    struct sp_http_server *server = sp_calloc(1, sizeof *server);
    if (server == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    server->loop = loop;
    server->limits = *limits;
    server->handlers = *handlers;
    sp_buffer_init(&server->head, SP_HTTP_MAX_HEAD_BYTES);
    server->reaper = event_new(sp_loop_base(loop), -1, EV_TIMEOUT, on_reap, server);
    enum sp_status status =
        server->reaper == NULL ? SP_FAIL_NOMEM(err) : start_listening(server, address, err);
    if (status != SP_OK) {
        sp_http_server_free(server);
        return status;
    }
    *out = server;
    return SP_OK;
}

static void close_all(struct sp_http_server *server, bool only_idle)
{
    struct sp_http_conn *conn = LIST_FIRST(&server->open);
    while (conn != NULL) {
        struct sp_http_conn *next = LIST_NEXT(conn, link);
        if (!only_idle || conn->state == CONN_IDLE) {
            conn_close(conn);
        }
        conn = next;
    }
}

void sp_http_server_stop(struct sp_http_server *server)
{
    sp_loop_assert_here(server->loop);
    server->stopping = true;
    if (server->listener != NULL) {
        evconnlistener_free(server->listener);
        server->listener = NULL;
    }
    close_all(server, true);
    event_active(server->reaper, EV_TIMEOUT, 0);
}

static void ignore_gone(void *context, uint64_t tag)
{
    (void)context;
    (void)tag;
}

void sp_http_server_free(struct sp_http_server *server)
{
    if (server == NULL) {
        return;
    }
    server->handlers.gone = ignore_gone;
    close_all(server, false);
    while (!LIST_EMPTY(&server->closed)) {
        struct sp_http_conn *conn = LIST_FIRST(&server->closed);
        LIST_REMOVE(conn, link);
        conn_free(conn);
    }
    if (server->listener != NULL) {
        evconnlistener_free(server->listener);
    }
    if (server->reaper != NULL) {
        event_free(server->reaper);
    }
    sp_buffer_release(&server->head);
    sp_free(server);
}

const char *sp_http_server_address(const struct sp_http_server *server)
{
    return server->address;
}

struct sp_http_counters sp_http_server_counters(const struct sp_http_server *server)
{
    return server->counters;
}
