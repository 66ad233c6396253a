/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/buffer.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"

enum { FIRST_CAPACITY_BYTES = 256 };

void sp_buffer_init(struct sp_buffer *buffer, size_t max_bytes)
{
    *buffer = (struct sp_buffer){.max_bytes = max_bytes};
}

void sp_buffer_release(struct sp_buffer *buffer)
{
    sp_free(buffer->data);
    *buffer = (struct sp_buffer){0};
}

void sp_buffer_clear(struct sp_buffer *buffer)
{
    buffer->length = 0;
    buffer->status = SP_OK;
}

char *sp_buffer_reserve(struct sp_buffer *buffer, size_t length)
{
    if (buffer->status != SP_OK) {
        return NULL;
    }
    if (length > buffer->max_bytes - buffer->length) {
        buffer->status = SP_LIMIT;
        return NULL;
    }
    size_t need = buffer->length + length + 1;
    if (need > buffer->capacity) {
        size_t capacity = buffer->capacity == 0 ? FIRST_CAPACITY_BYTES : buffer->capacity;
        while (capacity < need) {
            capacity *= 2;
        }
        char *data = sp_realloc(buffer->data, capacity, 1);
        if (data == NULL) {
            buffer->status = SP_NOMEM;
            return NULL;
        }
        buffer->data = data;
        buffer->capacity = capacity;
    }
    return buffer->data + buffer->length;
}

void sp_buffer_add(struct sp_buffer *buffer, const void *data, size_t length)
{
    char *room = sp_buffer_reserve(buffer, length);
    if (room != NULL) {
        if (length > 0) {
            memcpy(room, data, length);
        }
        buffer->length += length;
        buffer->data[buffer->length] = '\0';
    }
}

void sp_buffer_add_view(struct sp_buffer *buffer, struct sp_view text)
{
    sp_buffer_add(buffer, text.data, text.length);
}

void sp_buffer_add_text(struct sp_buffer *buffer, const char *text)
{
    sp_buffer_add(buffer, text, strlen(text));
}

void sp_buffer_add_char(struct sp_buffer *buffer, char c)
{
    sp_buffer_add(buffer, &c, 1);
}

void sp_buffer_printf(struct sp_buffer *buffer, const char *format, ...)
{
    va_list args;
    va_list again;
    va_start(args, format);
    va_copy(again, args);
    int length = vsnprintf(NULL, 0, format, args);
    char *room = length < 0 ? NULL : sp_buffer_reserve(buffer, (size_t)length);
    if (room != NULL) {
        (void)vsnprintf(room, (size_t)length + 1, format, again);
        buffer->length += (size_t)length;
    }
    va_end(again);
    va_end(args);
}
