/* SPDX-License-Identifier: EUPL-1.2 */
#include "server/connect/envelope.h"

#include <stdint.h>

enum sp_status sp_envelope_take(struct sp_view *input, size_t max_bytes, struct sp_envelope *out)
{
    const unsigned char *head = (const unsigned char *)input->data;
    if (input->length < SP_ENVELOPE_HEAD_BYTES) {
        return SP_INVALID;
    }
    if ((head[0] & ~(unsigned)(SP_ENVELOPE_COMPRESSED | SP_ENVELOPE_END)) != 0) {
        return SP_INVALID;
    }
    size_t length = (size_t)head[1] << 24 | (size_t)head[2] << 16 | (size_t)head[3] << 8 | head[4];
    if (length > max_bytes) {
        return SP_LIMIT;
    }
    if (length > input->length - SP_ENVELOPE_HEAD_BYTES) {
        return SP_INVALID;
    }
    out->flags = head[0];
    out->message = sp_view_from(input->data + SP_ENVELOPE_HEAD_BYTES, length);
    input->data += SP_ENVELOPE_HEAD_BYTES + length;
    input->length -= SP_ENVELOPE_HEAD_BYTES + length;
    return SP_OK;
}

void sp_envelope_add(struct sp_buffer *buffer, unsigned flags, struct sp_view message)
{
    SP_ASSERT(message.length <= UINT32_MAX);
    const unsigned char head[SP_ENVELOPE_HEAD_BYTES] = {
        (unsigned char)flags, (unsigned char)(message.length >> 24),
        (unsigned char)(message.length >> 16), (unsigned char)(message.length >> 8),
        (unsigned char)message.length};
    sp_buffer_add(buffer, head, sizeof head);
    sp_buffer_add_view(buffer, message);
}
