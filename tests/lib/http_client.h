/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * A blocking client on a raw socket for tests: sends any bytes, reads one answer at a time.
 * Failures of the test's own doing (no connection, no answer in time) fail the test.
 */
#ifndef SP_TESTS_LIB_HTTP_CLIENT_H
#define SP_TESTS_LIB_HTTP_CLIENT_H

#include "base/buffer.h"

enum { CLIENT_WAIT_MS = 10000 };

struct client_answer {
    unsigned status; /* 0: the server closed without an answer */
    bool was_chunked;
    struct sp_buffer head; /* status line and fields, with NUL */
    struct sp_buffer body; /* chunks joined */
};

/** Connect to "HOST:PORT". */
int client_connect(const char *address);

/** Send all of @p bytes; false if the server has closed. */
bool client_send(int fd, struct sp_view bytes);
bool client_send_text(int fd, const char *text);

/** Read one answer; release it. */
void client_read(int fd, bool is_head, struct client_answer *answer);
void client_release(struct client_answer *answer);

/** Value of a field of the answer (name as "Content-Type"), or NULL; valid until the next call. */
const char *client_field(const struct client_answer *answer, const char *name);

/** Wait until the server closes; milliseconds it took, or -1 after CLIENT_WAIT_MS. */
int client_wait_close(int fd);

/** POST @p body with Content-Type and further fields ("A: b\r\n..."), read the answer. */
void client_post(int fd, const char *path, const char *type, const char *fields,
                 struct sp_view body, struct client_answer *answer);

/** GET and read the answer. */
void client_get(int fd, const char *target, const char *fields, struct client_answer *answer);

#endif
