/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * The envelope around each message of a Connect stream: one byte of flags, four bytes of length
 * (big endian), the message. Pure.
 */
#ifndef SP_CONNECT_ENVELOPE_H
#define SP_CONNECT_ENVELOPE_H

#include "base/buffer.h"
#include "base/status.h"
#include "base/view.h"

enum sp_envelope_flags {
    SP_ENVELOPE_COMPRESSED = 1 << 0,
    SP_ENVELOPE_END = 1 << 1 /* the last of a response: EndStreamResponse */
};

enum { SP_ENVELOPE_HEAD_BYTES = 5 };

struct sp_envelope {
    unsigned flags; /* enum sp_envelope_flags */
    struct sp_view message;
};

/**
 * Take the first envelope of @p input.
 *
 * @param input      moved behind the envelope on success, else unchanged
 * @param max_bytes  of a message
 * @return SP_OK; SP_INVALID (cut off, or a reserved flag is set); SP_LIMIT (longer than
 *         @p max_bytes, whether or not all of it is there)
 */
SP_MUST_CHECK enum sp_status sp_envelope_take(struct sp_view *input, size_t max_bytes,
                                              struct sp_envelope *out);

/** Append an envelope; failures stick in the buffer. @p message is shorter than 4 GiB. */
void sp_envelope_add(struct sp_buffer *buffer, unsigned flags, struct sp_view message);

#endif
