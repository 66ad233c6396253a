/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/lib/http_client.h"

#include <netinet/in.h>
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/status.h"

enum { MAX_ANSWER_BYTES = 256 << 20 };

int client_connect(const char *address)
{
    const char *colon = strrchr(address, ':');
    struct sockaddr_in to = {.sin_family = AF_INET,
                             .sin_port = htons((uint16_t)strtoul(colon + 1, NULL, 10)),
                             .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_true(fd >= 0);
    assert_int_equal(connect(fd, (struct sockaddr *)&to, sizeof to), 0);
    return fd;
}

bool client_send(int fd, struct sp_view bytes)
{
    while (bytes.length > 0) {
        ssize_t sent = send(fd, bytes.data, bytes.length, MSG_NOSIGNAL);
        if (sent <= 0) {
            return false;
        }
        bytes = sp_view_from(bytes.data + sent, bytes.length - (size_t)sent);
    }
    return true;
}

bool client_send_text(int fd, const char *text)
{
    return client_send(fd, sp_view_of(text));
}

/* One byte; false at the end of the connection. */
static bool read_byte(int fd, char *byte)
{
    struct pollfd waiting = {.fd = fd, .events = POLLIN};
    if (poll(&waiting, 1, CLIENT_WAIT_MS) != 1) {
        fail_msg("no answer in %d ms", CLIENT_WAIT_MS);
    }
    return recv(fd, byte, 1, 0) == 1;
}

static void read_exactly(int fd, size_t length, struct sp_buffer *out)
{
    while (length > 0) {
        char piece[16384];
        struct pollfd waiting = {.fd = fd, .events = POLLIN};
        if (poll(&waiting, 1, CLIENT_WAIT_MS) != 1) {
            fail_msg("the answer stops");
        }
        ssize_t got = recv(fd, piece, length < sizeof piece ? length : sizeof piece, 0);
        if (got <= 0) {
            fail_msg("the answer is cut off");
        }
        sp_buffer_add(out, piece, (size_t)got);
        length -= (size_t)got;
    }
}

/* Up to and including CRLF; false at the end of the connection. */
static bool read_line(int fd, struct sp_buffer *out)
{
    char byte = '\0';
    while (byte != '\n') {
        if (!read_byte(fd, &byte)) {
            return false;
        }
        sp_buffer_add_char(out, byte);
    }
    return true;
}

static void read_chunks(int fd, struct sp_buffer *out)
{
    for (;;) {
        struct sp_buffer line;
        sp_buffer_init(&line, 1024);
        if (!read_line(fd, &line)) {
            fail_msg("the answer is cut off");
        }
        size_t size = strtoul(line.data, NULL, 16);
        sp_buffer_release(&line);
        read_exactly(fd, size, out);
        struct sp_buffer end;
        sp_buffer_init(&end, 8);
        read_exactly(fd, 2, &end);
        assert_string_equal(end.data, "\r\n");
        sp_buffer_release(&end);
        if (size == 0) {
            return;
        }
    }
}

void client_read(int fd, bool is_head, struct client_answer *answer)
{
    *answer = (struct client_answer){0};
    sp_buffer_init(&answer->head, 64 * 1024);
    sp_buffer_init(&answer->body, MAX_ANSWER_BYTES);
    size_t line_start = 0;
    do {
        line_start = answer->head.length;
        if (!read_line(fd, &answer->head)) {
            return;
        }
    } while (answer->head.length - line_start > 2);
    assert_int_equal(strncmp(answer->head.data, "HTTP/1.1 ", 9), 0);
    answer->status = (unsigned)strtoul(answer->head.data + 9, NULL, 10);
    const char *coding = client_field(answer, "Transfer-Encoding");
    answer->was_chunked = coding != NULL;
    if (is_head || answer->status == 204 || answer->status == 100) {
        return;
    }
    if (answer->was_chunked) {
        read_chunks(fd, &answer->body);
    } else {
        const char *length = client_field(answer, "Content-Length");
        assert_non_null(length);
        read_exactly(fd, strtoul(length, NULL, 10), &answer->body);
    }
}

void client_release(struct client_answer *answer)
{
    sp_buffer_release(&answer->head);
    sp_buffer_release(&answer->body);
}

const char *client_field(const struct client_answer *answer, const char *name)
{
    static char value[1024];
    size_t length = strlen(name);
    const char *line = answer->head.data;
    while (line != NULL && *line != '\0') {
        if (strncasecmp(line, name, length) == 0 && line[length] == ':') {
            (void)snprintf(value, sizeof value, "%.*s", (int)strcspn(line + length + 2, "\r"),
                           line + length + 2);
            return value;
        }
        line = strchr(line, '\n');
        line = line == NULL ? NULL : line + 1;
    }
    return NULL;
}

static int64_t now_ms(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int client_wait_close(int fd)
{
    int64_t start = now_ms();
    for (;;) {
        char piece[4096];
        struct pollfd waiting = {.fd = fd, .events = POLLIN};
        int left = (int)(start + CLIENT_WAIT_MS - now_ms());
        if (left <= 0 || poll(&waiting, 1, left) != 1) {
            return -1;
        }
        if (recv(fd, piece, sizeof piece, 0) <= 0) {
            return (int)(now_ms() - start);
        }
    }
}

void client_post(int fd, const char *path, const char *type, const char *fields,
                 struct sp_view body, struct client_answer *answer)
{
    struct sp_buffer request;
    sp_buffer_init(&request, MAX_ANSWER_BYTES);
    sp_buffer_printf(&request,
                     "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: %s\r\n%s"
                     "Content-Length: %zu\r\n\r\n",
                     path, type, fields, body.length);
    sp_buffer_add_view(&request, body);
    assert_true(client_send(fd, sp_buffer_view(&request)));
    sp_buffer_release(&request);
    client_read(fd, false, answer);
}

void client_get(int fd, const char *target, const char *fields, struct client_answer *answer)
{
    struct sp_buffer request;
    sp_buffer_init(&request, 64 * 1024);
    sp_buffer_printf(&request, "GET %s HTTP/1.1\r\nHost: localhost\r\n%s\r\n", target, fields);
    assert_true(client_send(fd, sp_buffer_view(&request)));
    sp_buffer_release(&request);
    client_read(fd, false, answer);
}
