/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Small questions about protobuf-c's field descriptors, shared by the readers and writers of this
 * folder and by nobody else.
 */
#ifndef SP_PROTO_CODEC_FIELD_H
#define SP_PROTO_CODEC_FIELD_H

#include <stdio.h>

#include "proto/codec/message.h"
#include "proto/limits.h"

/** Fields of one message that were seen, by their index in the descriptor. */
struct sp_field_set {
    uint64_t bits[SP_MESSAGE_MAX_FIELDS / 64];
};

/** Add @p field; returns whether it was there already. */
static inline bool sp_field_set_add(struct sp_field_set *set,
                                    const ProtobufCMessageDescriptor *type,
                                    const ProtobufCFieldDescriptor *field)
{
    size_t index = (size_t)(field - type->fields);
    SP_ASSERT(index < SP_MESSAGE_MAX_FIELDS);
    uint64_t bit = (uint64_t)1 << index % 64;
    bool was_there = (set->bits[index / 64] & bit) != 0;
    set->bits[index / 64] |= bit;
    return was_there;
}

static inline bool sp_field_is_repeated(const ProtobufCFieldDescriptor *field)
{
    return field->label == PROTOBUF_C_LABEL_REPEATED;
}

static inline bool sp_field_is_in_oneof(const ProtobufCFieldDescriptor *field)
{
    return (field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF) != 0;
}

/** Where the value of @p field lies in @p message; for repeated fields, the pointer to the array.
 */
static inline void *sp_field_of(const ProtobufCMessage *message,
                                const ProtobufCFieldDescriptor *field)
{
    return (char *)message + field->offset;
}

/** Where the count of a repeated field lies. */
static inline size_t *sp_field_count(const ProtobufCMessage *message,
                                     const ProtobufCFieldDescriptor *field)
{
    return (size_t *)(void *)((char *)message + field->quantifier_offset);
}

/** Where the number of the member set in a oneof lies; 0 means none. */
static inline uint32_t *sp_field_case(const ProtobufCMessage *message,
                                      const ProtobufCFieldDescriptor *field)
{
    return (uint32_t *)(void *)((char *)message + field->quantifier_offset);
}

/** Bytes of one element of a repeated @p field in memory. */
static inline size_t sp_field_element_bytes(const ProtobufCFieldDescriptor *field)
{
    switch (field->type) {
    case PROTOBUF_C_TYPE_BOOL:
        return sizeof(protobuf_c_boolean);
    case PROTOBUF_C_TYPE_INT64:
    case PROTOBUF_C_TYPE_SINT64:
    case PROTOBUF_C_TYPE_SFIXED64:
    case PROTOBUF_C_TYPE_UINT64:
    case PROTOBUF_C_TYPE_FIXED64:
    case PROTOBUF_C_TYPE_DOUBLE:
        return 8;
    case PROTOBUF_C_TYPE_STRING:
    case PROTOBUF_C_TYPE_MESSAGE:
        return sizeof(void *);
    case PROTOBUF_C_TYPE_BYTES:
        return sizeof(ProtobufCBinaryData);
    default:
        return 4;
    }
}

/** Write @p name, or for an element of a repeated field "name[index]", for an error's place. */
static inline void sp_field_place(const char *name, bool repeated, size_t index, char out[96])
{
    if (repeated) {
        (void)snprintf(out, 96, "%.60s[%zu]", name, index);
    } else {
        (void)snprintf(out, 96, "%.60s", name);
    }
}

/** Fill in the defaults of proto/limits.h. */
static inline struct sp_message_limits
sp_message_limits_or_default(const struct sp_message_limits *limits)
{
    struct sp_message_limits own = limits != NULL ? *limits : (struct sp_message_limits){0};
    own.depth = own.depth != 0 ? own.depth : SP_MESSAGE_MAX_DEPTH;
    own.elements = own.elements != 0 ? own.elements : SP_MESSAGE_MAX_ELEMENTS;
    own.total_elements =
        own.total_elements != 0 ? own.total_elements : SP_MESSAGE_MAX_TOTAL_ELEMENTS;
    return own;
}

/** Tell why the arena gave nothing. */
enum sp_status sp_message_fail_memory(const struct sp_arena *arena, size_t wanted_bytes,
                                      struct sp_error *err);

#endif
