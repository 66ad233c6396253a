/* SPDX-License-Identifier: EUPL-1.2 */
#include "matcher/proposal/message_copy.h"

#include "base/buffer.h"
#include "proto/codec/message.h"

/* Our own message: what bounds it is its size. */
static const struct sp_message_limits LIMITS = {
    .elements = (size_t)1 << 20,
    .total_elements = (size_t)1 << 24,
};

enum sp_status sp_message_copy(const ProtobufCMessage *message, struct sp_arena *arena,
                               ProtobufCMessage **out, struct sp_error *err)
{
    struct sp_buffer wire;
    sp_buffer_init(&wire, SP_MESSAGE_COPY_MAX_BYTES);
    enum sp_status status = sp_message_to_wire(message, &wire, err);
    if (status == SP_OK) {
        status = sp_message_from_wire(message->descriptor, sp_buffer_view(&wire), &LIMITS, arena,
                                      out, err);
    }
    sp_buffer_release(&wire);
    return status;
}
