/* SPDX-License-Identifier: EUPL-1.2 */
#define _GNU_SOURCE /* memmem */
#include "benchmarks/wire/load.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/memory.h"

enum {
    ANSWER_BYTES = 4 << 20,
    MAX_EVENTS = 64,
    SLOTS_US = 2000000 /* latencies above two seconds share the last slot */
};

struct link {
    int fd;
    int64_t sent_ns;
    struct sp_buffer answer;
};

static int64_t now_ns(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static int connect_to(uint16_t port)
{
    struct sockaddr_in to = {
        .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int on = 1;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd >= 0 && connect(fd, (struct sockaddr *)&to, sizeof to) != 0) {
        (void)close(fd);
        return -1;
    }
    (void)setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return fd;
}

/* Where the body begins once the whole answer is there, else 0. */
static size_t whole_answer(const struct sp_buffer *answer)
{
    const char *end =
        answer->length == 0 ? NULL : memmem(answer->data, answer->length, "\r\n\r\n", 4);
    const char *field = end == NULL ? NULL : strstr(answer->data, "Content-Length: ");
    if (field == NULL || field > end) {
        return 0;
    }
    size_t head = (size_t)(end - answer->data) + 4;
    return answer->length >= head + strtoul(field + 16, NULL, 10) ? head : 0;
}

/* Read what is there. @return 1 the answer is whole, 0 more to come, -1 closed or broken */
static int read_some(struct link *link)
{
    char *room = sp_buffer_reserve(&link->answer, 65536);
    ssize_t got = room == NULL ? -1 : recv(link->fd, room, 65536, 0);
    if (got <= 0) {
        return -1;
    }
    link->answer.length += (size_t)got;
    link->answer.data[link->answer.length] = '\0';
    return whole_answer(&link->answer) > 0 ? 1 : 0;
}

static bool send_request(struct link *link, struct sp_view request)
{
    sp_buffer_clear(&link->answer);
    link->sent_ns = now_ns();
    return send(link->fd, request.data, request.length, MSG_NOSIGNAL) == (ssize_t)request.length;
}

static bool answer_is_good(const struct link *link)
{
    return strncmp(link->answer.data, "HTTP/1.1 200", 12) == 0;
}

static unsigned percentile_us(const uint32_t *slots, uint64_t count, double share)
{
    uint64_t seen = 0;
    for (unsigned us = 0; us < SLOTS_US; us++) {
        seen += slots[us];
        if ((double)seen >= share * (double)count && seen > 0) {
            return us;
        }
    }
    return SLOTS_US;
}

/* Serve one event: take the answer, send the next request. False: the link is dead. */
static bool turn(struct link *link, struct sp_view request, uint32_t *slots,
                 struct load_result *result)
{
    int outcome = read_some(link);
    if (outcome == 0) {
        return true;
    }
    if (outcome < 0 || !answer_is_good(link)) {
        result->failures++;
        return false;
    }
    int64_t took_us = (now_ns() - link->sent_ns) / 1000;
    slots[took_us < SLOTS_US ? took_us : SLOTS_US - 1]++;
    result->requests++;
    return send_request(link, request);
}

static void run_until(int epoll_fd, int64_t end_ns, struct sp_view request, uint32_t *slots,
                      struct load_result *result)
{
    struct epoll_event events[MAX_EVENTS];
    while (now_ns() < end_ns && result->failures == 0) {
        int count = epoll_wait(epoll_fd, events, MAX_EVENTS, 100);
        for (int i = 0; i < count; i++) {
            struct link *link = events[i].data.ptr;
            if (!turn(link, request, slots, result)) {
                (void)epoll_ctl(epoll_fd, EPOLL_CTL_DEL, link->fd, NULL);
            }
        }
    }
}

static enum sp_status open_links(struct link *links, unsigned count, int epoll_fd, uint16_t port,
                                 struct sp_view request)
{
    for (unsigned i = 0; i < count; i++) {
        struct epoll_event wanted = {.events = EPOLLIN, .data.ptr = &links[i]};
        links[i].fd = connect_to(port);
        sp_buffer_init(&links[i].answer, ANSWER_BYTES);
        if (links[i].fd < 0 || epoll_ctl(epoll_fd, EPOLL_CTL_ADD, links[i].fd, &wanted) != 0 ||
            !send_request(&links[i], request)) {
            return SP_IO;
        }
    }
    return SP_OK;
}

enum sp_status load_run(uint16_t port, struct sp_view request, unsigned connections, double seconds,
                        struct load_result *result)
{
    struct link *links = sp_calloc(connections, sizeof *links);
    uint32_t *slots = sp_calloc(SLOTS_US, sizeof *slots);
    int epoll_fd = epoll_create1(EPOLL_CLOEXEC);
    enum sp_status status = links == NULL || slots == NULL || epoll_fd < 0 ? SP_NOMEM : SP_OK;
    *result = (struct load_result){0};
    for (unsigned i = 0; status == SP_OK && i < connections; i++) {
        links[i].fd = -1;
    }
    if (status == SP_OK) {
        status = open_links(links, connections, epoll_fd, port, request);
    }
    if (status == SP_OK) {
        int64_t start_ns = now_ns();
        run_until(epoll_fd, start_ns + (int64_t)(seconds * 1e9), request, slots, result);
        result->seconds = (double)(now_ns() - start_ns) / 1e9;
        result->p50_us = percentile_us(slots, result->requests, 0.50);
        result->p99_us = percentile_us(slots, result->requests, 0.99);
    }
    for (unsigned i = 0; links != NULL && i < connections; i++) {
        if (links[i].fd >= 0) {
            (void)close(links[i].fd);
        }
        sp_buffer_release(&links[i].answer);
    }
    if (epoll_fd >= 0) {
        (void)close(epoll_fd);
    }
    sp_free(slots);
    sp_free(links);
    return status;
}

enum sp_status load_once(uint16_t port, struct sp_view request, struct sp_buffer *body)
{
    struct link link = {.fd = connect_to(port)};
    enum sp_status status = SP_IO;
    sp_buffer_init(&link.answer, ANSWER_BYTES);
    if (link.fd >= 0 && send_request(&link, request)) {
        int outcome = 0;
        while (outcome == 0) {
            outcome = read_some(&link);
        }
        status = outcome < 0 ? SP_IO : answer_is_good(&link) ? SP_OK : SP_INVALID;
    }
    if (status != SP_IO) {
        size_t head = whole_answer(&link.answer);
        sp_buffer_add(body, link.answer.data + head, link.answer.length - head);
    }
    if (link.fd >= 0) {
        (void)close(link.fd);
    }
    sp_buffer_release(&link.answer);
    return status;
}
