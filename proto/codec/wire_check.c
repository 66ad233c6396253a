/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * One pass over the wire bytes before protobuf-c sees them.
 *
 * The path of a bad field is built only when there is one: each level puts its own name before the
 * place that came from below, and an index is found by counting again.
 */
#include "proto/codec/message.h"

#include <string.h>

#include "base/utf8.h"
#include "proto/codec/field.h"

enum wire_type { VARINT = 0, FIXED64 = 1, LENGTH = 2, GROUP_START = 3, GROUP_END = 4, FIXED32 = 5 };

enum {
    VARINT_MAX_BYTES = 10, /* 64 bits in groups of seven */
    SHORT_MAX_BYTES = 5,   /* tags and lengths: protobuf-c reads 32 bits in at most five bytes */
};

/** One field as it stands in the bytes. */
struct wire_field {
    uint32_t number;
    enum wire_type wire_type;
    struct sp_view payload; /* the varint's bytes, the fixed bytes, or what the length covers */
};

struct check {
    struct sp_message_limits limits;
    size_t total; /* elements so far, in all messages */
    struct sp_error *err;
};

/* Bytes of the varint at the start of text, 0 if it does not end within most bytes. */
static size_t varint_length(struct sp_view text, size_t most)
{
    for (size_t i = 0; i < text.length && i < most; i++) {
        if (((unsigned char)text.data[i] & 0x80) == 0) {
            return i + 1;
        }
    }
    return 0;
}

/* Read a varint of at most five bytes and step over it. */
static bool take_short(struct sp_view *left, uint64_t *value)
{
    size_t length = varint_length(*left, SHORT_MAX_BYTES);
    *value = 0;
    for (size_t i = 0; i < length; i++) {
        *value |= (uint64_t)((unsigned char)left->data[i] & 0x7F) << (7 * i);
    }
    left->data += length;
    left->length -= length;
    return length > 0;
}

static enum sp_status fail_cut(struct sp_error *err)
{
    return SP_FAIL(err, SP_INVALID, "", "Wiadomość kończy się w środku pola.",
                   "The message ends in the middle of a field.");
}

/* How many bytes the payload takes after its tag (and length, which is stepped over). */
static enum sp_status measure_payload(struct sp_view *left, enum wire_type wire_type,
                                      size_t *length, struct sp_error *err)
{
    uint64_t announced = 0;
    switch (wire_type) {
    case VARINT:
        *length = varint_length(*left, VARINT_MAX_BYTES);
        if (*length == 0 && left->length >= VARINT_MAX_BYTES) {
            return SP_FAIL(err, SP_INVALID, "", "Liczba (varint) ma ponad 10 bajtów.",
                           "A varint is longer than 10 bytes.");
        }
        return *length == 0 ? fail_cut(err) : SP_OK;
    case FIXED64:
    case FIXED32:
        *length = wire_type == FIXED64 ? 8 : 4;
        return left->length < *length ? fail_cut(err) : SP_OK;
    case LENGTH:
        if (!take_short(left, &announced) || announced > left->length) {
            return SP_FAIL(err, SP_INVALID, "", "Długość pola wykracza poza wiadomość.",
                           "A field's length goes past the end of the message.");
        }
        *length = (size_t)announced;
        return SP_OK;
    default:
        return SP_FAIL(err, SP_INVALID, "", "Nieobsługiwany rodzaj zapisu pola (%d).",
                       "Unsupported wire type (%d).", (int)wire_type);
    }
}

/* Take the next field off the bytes that are left, of which there is at least one. */
static enum sp_status take_field(struct sp_view *left, struct wire_field *field,
                                 struct sp_error *err)
{
    uint64_t tag = 0;
    if (!take_short(left, &tag)) {
        return SP_FAIL(err, SP_INVALID, "", "Uszkodzony znacznik pola.",
                       "A field's tag is broken.");
    }
    if (tag >> 3 == 0 || tag >> 32 != 0) {
        return SP_FAIL(err, SP_INVALID, "", "Niedozwolony numer pola.",
                       "A field number is out of range.");
    }
    field->number = (uint32_t)(tag >> 3);
    field->wire_type = (enum wire_type)(tag & 7);
    size_t length = 0;
    enum sp_status status = measure_payload(left, field->wire_type, &length, err);
    if (status == SP_OK) {
        field->payload = sp_view_from(left->data, length);
        left->data += length;
        left->length -= length;
    }
    return status;
}

/* The wire type of a single value of this type. */
static enum wire_type wire_type_of(ProtobufCType type)
{
    switch (type) {
    case PROTOBUF_C_TYPE_STRING:
    case PROTOBUF_C_TYPE_BYTES:
    case PROTOBUF_C_TYPE_MESSAGE:
        return LENGTH;
    case PROTOBUF_C_TYPE_FIXED32:
    case PROTOBUF_C_TYPE_SFIXED32:
    case PROTOBUF_C_TYPE_FLOAT:
        return FIXED32;
    case PROTOBUF_C_TYPE_FIXED64:
    case PROTOBUF_C_TYPE_SFIXED64:
    case PROTOBUF_C_TYPE_DOUBLE:
        return FIXED64;
    default:
        return VARINT;
    }
}

static enum sp_status check_string(struct sp_view text, struct sp_error *err)
{
    if (sp_utf8_check(text) != text.length) {
        return SP_FAIL(err, SP_INVALID, "", "Tekst nie jest poprawnym UTF-8 (bajt %zu).",
                       "The text is not valid UTF-8 (byte %zu).", sp_utf8_check(text));
    }
    if (text.length > 0 && memchr(text.data, '\0', text.length) != NULL) {
        return SP_FAIL(err, SP_INVALID, "", "Tekst zawiera znak o kodzie 0.",
                       "The text contains a NUL character.");
    }
    return SP_OK;
}

/* Count the values of a packed field. */
static enum sp_status count_packed(struct sp_view packed, enum wire_type one, size_t *count,
                                   struct sp_error *err)
{
    *count = 0;
    if (one != VARINT) {
        size_t size = one == FIXED64 ? 8 : 4;
        *count = packed.length / size;
        return packed.length % size == 0 ? SP_OK : fail_cut(err);
    }
    while (packed.length > 0) {
        size_t length = 0;
        enum sp_status status = measure_payload(&packed, VARINT, &length, err);
        if (status != SP_OK) {
            return status;
        }
        packed.data += length;
        packed.length -= length;
        *count += 1;
    }
    return SP_OK;
}

static enum sp_status check_message(struct check *check, const ProtobufCMessageDescriptor *type,
                                    struct sp_view wire, unsigned depth);

/* Check the payload of a known field; *count is how many elements it brings. */
static enum sp_status check_known(struct check *check, const ProtobufCFieldDescriptor *descriptor,
                                  const struct wire_field *field, unsigned depth, size_t *count)
{
    enum wire_type expected = wire_type_of(descriptor->type);
    if (field->wire_type == LENGTH && expected != LENGTH && sp_field_is_repeated(descriptor)) {
        return count_packed(field->payload, expected, count, check->err);
    }
    if (field->wire_type != expected) {
        return SP_FAIL(check->err, SP_INVALID, "", "Rodzaj zapisu %d nie pasuje do tego pola.",
                       "Wire type %d does not fit this field.", (int)field->wire_type);
    }
    if (descriptor->type == PROTOBUF_C_TYPE_STRING) {
        return check_string(field->payload, check->err);
    }
    if (descriptor->type == PROTOBUF_C_TYPE_MESSAGE) {
        return check_message(check, descriptor->descriptor, field->payload, depth + 1);
    }
    return SP_OK;
}

/* Put the field's name, and its index if it is repeated, before the place of the error. */
static void add_place(struct sp_error *err, const ProtobufCFieldDescriptor *descriptor,
                      struct sp_view before)
{
    size_t index = 0;
    while (sp_field_is_repeated(descriptor) && before.length > 0) {
        struct wire_field field = {0};
        if (take_field(&before, &field, NULL) != SP_OK) {
            break;
        }
        index += field.number == descriptor->id;
    }
    char place[96];
    sp_field_place(descriptor->name, sp_field_is_repeated(descriptor), index, place);
    sp_error_prefix(err, place);
}

static enum sp_status count_elements(struct check *check, size_t *here, size_t more)
{
    *here += more;
    check->total += more;
    if (*here > check->limits.elements || check->total > check->limits.total_elements) {
        return SP_FAIL(check->err, SP_LIMIT, "", "Zbyt wiele elementów (ponad %zu).",
                       "Too many elements (more than %zu).",
                       *here > check->limits.elements ? check->limits.elements
                                                      : check->limits.total_elements);
    }
    return SP_OK;
}

static enum sp_status check_message(struct check *check, const ProtobufCMessageDescriptor *type,
                                    struct sp_view wire, unsigned depth)
{
    if (depth > check->limits.depth) {
        return SP_FAIL(check->err, SP_LIMIT, "", "Zbyt głębokie zagnieżdżenie (ponad %u).",
                       "Nested too deeply (more than %u).", check->limits.depth);
    }
    struct sp_field_set seen = {{0}};
    struct sp_view left = wire;
    size_t elements = 0;
    while (left.length > 0) {
        struct sp_view before = sp_view_from(wire.data, (size_t)(left.data - wire.data));
        struct wire_field field = {0};
        enum sp_status status = take_field(&left, &field, check->err);
        if (status != SP_OK) {
            return status;
        }
        const ProtobufCFieldDescriptor *descriptor =
            protobuf_c_message_descriptor_get_field(type, field.number);
        size_t count = 1;
        if (descriptor != NULL) {
            status = check_known(check, descriptor, &field, depth, &count);
            /* protobuf-c overwrites instead of merging: data would be lost without a word. */
            if (status == SP_OK && descriptor->type == PROTOBUF_C_TYPE_MESSAGE &&
                !sp_field_is_repeated(descriptor) && sp_field_set_add(&seen, type, descriptor)) {
                status = SP_FAIL(check->err, SP_INVALID, "", "Pole występuje dwa razy.",
                                 "The field appears twice.");
            }
        }
        if (status == SP_OK) {
            status = count_elements(check, &elements, count);
        }
        if (status != SP_OK) {
            if (descriptor != NULL) {
                add_place(check->err, descriptor, before);
            }
            return status;
        }
    }
    return SP_OK;
}

enum sp_status sp_wire_check(const ProtobufCMessageDescriptor *type, struct sp_view wire,
                             const struct sp_message_limits *limits, struct sp_error *err)
{
    struct check check = {.limits = sp_message_limits_or_default(limits), .err = err};
    return check_message(&check, type, wire, 1);
}
