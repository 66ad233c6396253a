/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Bytes that grow up to a maximum given at init. Sticky: after a failure every further call does
 * nothing, so that a builder checks once, at the end.
 */
#ifndef SP_BASE_BUFFER_H
#define SP_BASE_BUFFER_H

#include <stddef.h>

#include "base/status.h"
#include "base/view.h"

struct sp_buffer {
    char *data; /* owned; NUL after the last byte once anything was added */
    size_t length;
    size_t capacity;
    size_t max_bytes;
    enum sp_status status; /* SP_OK, SP_NOMEM, or SP_LIMIT (max_bytes reached) */
};

/** Prepare an empty buffer of at most @p max_bytes. Allocates nothing. */
void sp_buffer_init(struct sp_buffer *buffer, size_t max_bytes);

/** Free the contents; the buffer may be used again after init. Zeroed storage is accepted. */
void sp_buffer_release(struct sp_buffer *buffer);

/** Empty it and forget a failure; keeps the memory. */
void sp_buffer_clear(struct sp_buffer *buffer);

void sp_buffer_add(struct sp_buffer *buffer, const void *data, size_t length);
void sp_buffer_add_view(struct sp_buffer *buffer, struct sp_view text);
void sp_buffer_add_text(struct sp_buffer *buffer, const char *text);
void sp_buffer_add_char(struct sp_buffer *buffer, char c);
void sp_buffer_printf(struct sp_buffer *buffer, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/** Make room for @p length more bytes; returns where to write them, or NULL after a failure.
 *  The caller adds to buffer->length what it wrote. */
char *sp_buffer_reserve(struct sp_buffer *buffer, size_t length);

static inline struct sp_view sp_buffer_view(const struct sp_buffer *buffer)
{
    return sp_view_from(buffer->data, buffer->length);
}

#endif
