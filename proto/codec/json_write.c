/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * A message to proto3 JSON, straight into the buffer. What proto3 leaves out on the wire (zero,
 * empty, unset) is left out here too, unless the caller asks for it.
 */
#include "proto/codec/message.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "base/utf8.h"
#include "proto/codec/base64.h"
#include "proto/codec/field.h"
#include "proto/codec/json_name.h"
#include "proto/codec/json_number.h"
#include "proto/codec/json_text.h"

struct writing {
    struct sp_buffer *buffer;
    unsigned flags;
    struct sp_error *err;
};

static enum sp_status write_message(struct writing *writing, const ProtobufCMessage *message);

static void write_real(struct writing *writing, double real, bool single)
{
    if (isnan(real)) {
        sp_buffer_add_text(writing->buffer, "\"NaN\"");
    } else if (isinf(real)) {
        sp_buffer_add_text(writing->buffer, real < 0 ? "\"-Infinity\"" : "\"Infinity\"");
    } else {
        char text[SP_JSON_REAL_BYTES];
        sp_json_format_real(real, single, text);
        sp_buffer_add_text(writing->buffer, text);
    }
}

static void write_enum(struct writing *writing, const ProtobufCEnumDescriptor *type, int32_t number)
{
    const ProtobufCEnumValue *value = protobuf_c_enum_descriptor_get_value(type, number);
    if (value != NULL) {
        sp_json_add_string(writing->buffer, sp_view_of(value->name));
    } else {
        sp_buffer_printf(writing->buffer, "%" PRId32, number);
    }
}

static enum sp_status write_string(struct writing *writing, const char *text)
{
    struct sp_view view = sp_view_of(text);
    if (sp_utf8_check(view) != view.length) {
        return SP_FAIL(writing->err, SP_INTERNAL, "", "Tekst odpowiedzi nie jest poprawnym UTF-8.",
                       "A text of the answer is not valid UTF-8.");
    }
    sp_json_add_string(writing->buffer, view);
    return SP_OK;
}

static void write_bytes(struct writing *writing, const ProtobufCBinaryData *bytes)
{
    sp_buffer_add_char(writing->buffer, '"');
    sp_base64_encode(sp_view_from((const char *)bytes->data, bytes->len), SP_BASE64_PADDED,
                     writing->buffer);
    sp_buffer_add_char(writing->buffer, '"');
}

static enum sp_status write_value(struct writing *writing, const ProtobufCFieldDescriptor *field,
                                  const void *at)
{
    struct sp_buffer *buffer = writing->buffer;
    switch (field->type) {
    case PROTOBUF_C_TYPE_INT32:
    case PROTOBUF_C_TYPE_SINT32:
    case PROTOBUF_C_TYPE_SFIXED32:
        sp_buffer_printf(buffer, "%" PRId32, *(const int32_t *)at);
        return SP_OK;
    case PROTOBUF_C_TYPE_UINT32:
    case PROTOBUF_C_TYPE_FIXED32:
        sp_buffer_printf(buffer, "%" PRIu32, *(const uint32_t *)at);
        return SP_OK;
    case PROTOBUF_C_TYPE_INT64:
    case PROTOBUF_C_TYPE_SINT64:
    case PROTOBUF_C_TYPE_SFIXED64:
        sp_buffer_printf(buffer, "\"%" PRId64 "\"", *(const int64_t *)at);
        return SP_OK;
    case PROTOBUF_C_TYPE_UINT64:
    case PROTOBUF_C_TYPE_FIXED64:
        sp_buffer_printf(buffer, "\"%" PRIu64 "\"", *(const uint64_t *)at);
        return SP_OK;
    case PROTOBUF_C_TYPE_FLOAT:
        write_real(writing, (double)*(const float *)at, true);
        return SP_OK;
    case PROTOBUF_C_TYPE_DOUBLE:
        write_real(writing, *(const double *)at, false);
        return SP_OK;
    case PROTOBUF_C_TYPE_BOOL:
        sp_buffer_add_text(buffer, *(const protobuf_c_boolean *)at ? "true" : "false");
        return SP_OK;
    case PROTOBUF_C_TYPE_ENUM:
        write_enum(writing, field->descriptor, *(const int32_t *)at);
        return SP_OK;
    case PROTOBUF_C_TYPE_STRING:
        return write_string(writing, *(char *const *)at);
    case PROTOBUF_C_TYPE_BYTES:
        write_bytes(writing, at);
        return SP_OK;
    case PROTOBUF_C_TYPE_MESSAGE:
        return write_message(writing, *(ProtobufCMessage *const *)at);
    }
    return SP_FAIL(writing->err, SP_INTERNAL, "", "Nieznany typ pola.", "Unknown field type.");
}

/* Does a singular field outside a oneof hold its zero? */
static bool is_zero(const ProtobufCFieldDescriptor *field, const void *at)
{
    switch (field->type) {
    case PROTOBUF_C_TYPE_FLOAT:
        return *(const float *)at == 0;
    case PROTOBUF_C_TYPE_DOUBLE:
        return *(const double *)at == 0;
    case PROTOBUF_C_TYPE_STRING: {
        const char *text = *(char *const *)at;
        return text == NULL || text[0] == '\0';
    }
    case PROTOBUF_C_TYPE_BYTES:
        return ((const ProtobufCBinaryData *)at)->len == 0;
    case PROTOBUF_C_TYPE_MESSAGE:
        return *(ProtobufCMessage *const *)at == NULL;
    default: {
        static const char zeros[8];
        return memcmp(at, zeros, sp_field_element_bytes(field)) == 0;
    }
    }
}

/* Should the field be written? */
static bool is_shown(const struct writing *writing, const ProtobufCMessage *message,
                     const ProtobufCFieldDescriptor *field)
{
    bool with_defaults = (writing->flags & SP_JSON_WITH_DEFAULTS) != 0;
    if (sp_field_is_in_oneof(field)) {
        return *sp_field_case(message, field) == field->id;
    }
    if (sp_field_is_repeated(field)) {
        return with_defaults || *sp_field_count(message, field) > 0;
    }
    bool zero = is_zero(field, sp_field_of(message, field));
    return !zero || (with_defaults && field->type != PROTOBUF_C_TYPE_MESSAGE);
}

static enum sp_status write_array(struct writing *writing, const ProtobufCMessage *message,
                                  const ProtobufCFieldDescriptor *field)
{
    const char *array = *(char *const *)sp_field_of(message, field);
    size_t count = *sp_field_count(message, field);
    size_t bytes = sp_field_element_bytes(field);
    sp_buffer_add_char(writing->buffer, '[');
    for (size_t i = 0; i < count; i++) {
        if (i > 0) {
            sp_buffer_add_char(writing->buffer, ',');
        }
        enum sp_status status = write_value(writing, field, array + i * bytes);
        if (status != SP_OK) {
            char index[96];
            sp_field_place("", true, i, index);
            sp_error_prefix(writing->err, index);
            return status;
        }
    }
    sp_buffer_add_char(writing->buffer, ']');
    return SP_OK;
}

static enum sp_status write_message(struct writing *writing, const ProtobufCMessage *message)
{
    const ProtobufCMessageDescriptor *type = message->descriptor;
    bool first = true;
    sp_buffer_add_char(writing->buffer, '{');
    for (unsigned i = 0; i < type->n_fields; i++) {
        const ProtobufCFieldDescriptor *field = &type->fields[i];
        if (!is_shown(writing, message, field)) {
            continue;
        }
        char name[SP_JSON_NAME_BYTES];
        size_t length = sp_json_name(field->name, name);
        sp_buffer_add_text(writing->buffer, first ? "\"" : ",\"");
        sp_buffer_add(writing->buffer, name, length);
        sp_buffer_add_text(writing->buffer, "\":");
        first = false;
        enum sp_status status = sp_field_is_repeated(field)
                                    ? write_array(writing, message, field)
                                    : write_value(writing, field, sp_field_of(message, field));
        if (status != SP_OK) {
            sp_error_prefix(writing->err, name);
            return status;
        }
    }
    sp_buffer_add_char(writing->buffer, '}');
    return SP_OK;
}

enum sp_status sp_message_to_json(const ProtobufCMessage *message, unsigned flags,
                                  struct sp_buffer *buffer, struct sp_error *err)
{
    struct writing writing = {.buffer = buffer, .flags = flags, .err = err};
    enum sp_status status = write_message(&writing, message);
    if (status != SP_OK) {
        return status;
    }
    if (buffer->status == SP_NOMEM) {
        return SP_FAIL_NOMEM(err);
    }
    if (buffer->status != SP_OK) {
        return SP_FAIL(err, buffer->status, "", "Wiadomość jest za duża (ponad %zu bajtów).",
                       "The message is too large (more than %zu bytes).", buffer->max_bytes);
    }
    return SP_OK;
}
