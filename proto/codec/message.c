/* SPDX-License-Identifier: EUPL-1.2 */
#include "proto/codec/message.h"

#include "proto/codec/field.h"

enum sp_status sp_message_fail_memory(const struct sp_arena *arena, size_t wanted_bytes,
                                      struct sp_error *err)
{
    if (wanted_bytes > sp_arena_left_bytes(arena)) {
        return SP_FAIL(err, SP_LIMIT, "", "Wiadomość po rozpakowaniu jest za duża.",
                       "The message is too large once unpacked.");
    }
    return SP_FAIL_NOMEM(err);
}

/* What protobuf-c's allocator carries: the arena, and how much it last refused. */
struct unpacking {
    struct sp_arena *arena;
    size_t refused_bytes; /* 0: nothing was refused, so that a failure means bad bytes */
};

static void *allocate(void *data, size_t size)
{
    struct unpacking *unpacking = data;
    void *memory = sp_arena_alloc(unpacking->arena, size);
    if (memory == NULL) {
        unpacking->refused_bytes = size == 0 ? 1 : size;
    }
    return memory;
}

static void keep(void *data, void *memory)
{
    /* The arena frees everything at once. */
    (void)data;
    (void)memory;
}

enum sp_status sp_message_from_wire(const ProtobufCMessageDescriptor *type, struct sp_view wire,
                                    const struct sp_message_limits *limits, struct sp_arena *arena,
                                    ProtobufCMessage **out, struct sp_error *err)
{
    enum sp_status status = sp_wire_check(type, wire, limits, err);
    if (status != SP_OK) {
        return status;
    }
    struct unpacking unpacking = {.arena = arena};
    ProtobufCAllocator allocator = {.alloc = allocate, .free = keep, .allocator_data = &unpacking};
    ProtobufCMessage *message = protobuf_c_message_unpack(
        type, &allocator, wire.length, (const uint8_t *)(wire.length == 0 ? "" : wire.data));
    if (message == NULL && unpacking.refused_bytes > 0) {
        return sp_message_fail_memory(arena, unpacking.refused_bytes, err);
    }
    if (message == NULL) {
        return SP_FAIL(err, SP_INTERNAL, "", "Sprawdzonej wiadomości nie udało się rozpakować.",
                       "A message that passed the check could not be unpacked.");
    }
    *out = message;
    return SP_OK;
}

enum sp_status sp_message_to_wire(const ProtobufCMessage *message, struct sp_buffer *buffer,
                                  struct sp_error *err)
{
    size_t length = protobuf_c_message_get_packed_size(message);
    char *room = sp_buffer_reserve(buffer, length);
    if (room == NULL) {
        return buffer->status == SP_NOMEM
                   ? SP_FAIL_NOMEM(err)
                   : SP_FAIL(err, buffer->status, "", "Wiadomość jest za duża (ponad %zu bajtów).",
                             "The message is too large (more than %zu bytes).", buffer->max_bytes);
    }
    buffer->length += protobuf_c_message_pack(message, (uint8_t *)room);
    buffer->data[buffer->length] = '\0';
    return SP_OK;
}
