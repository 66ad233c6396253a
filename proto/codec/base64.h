/* SPDX-License-Identifier: EUPL-1.2 */
/** @file Base64 (RFC 4648), both alphabets. */
#ifndef SP_PROTO_CODEC_BASE64_H
#define SP_PROTO_CODEC_BASE64_H

#include "base/buffer.h"
#include "base/view.h"

enum sp_base64_flags {
    SP_BASE64_PADDED = 1 << 0, /* fill up with '=' */
    SP_BASE64_URL = 1 << 1,    /* '-' and '_' instead of '+' and '/' */
};

/** Append @p bytes in base64; failures stick in the buffer. */
void sp_base64_encode(struct sp_view bytes, unsigned flags, struct sp_buffer *buffer);

/** Bytes that a text of @p length characters decodes to at most. */
static inline size_t sp_base64_decoded_max(size_t length)
{
    return length / 4 * 3 + 2;
}

/**
 * Decode @p text, either alphabet, padded or not; the unused bits at the end must be zero.
 *
 * @param out     room for sp_base64_decoded_max(text.length) bytes
 * @param length  bytes written
 * @return false if @p text is not base64; @p out then holds rubbish
 */
bool sp_base64_decode(struct sp_view text, unsigned char *out, size_t *length);

#endif
