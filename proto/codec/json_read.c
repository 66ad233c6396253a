/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * proto3 JSON to a message, in one walk over the text: no tree in between, memory from the arena
 * only. The path of a bad field is put together on the way out, each level adding its own name.
 */
#include "proto/codec/message.h"

#include <math.h>
#include <string.h>

#include "proto/codec/base64.h"
#include "proto/codec/field.h"
#include "proto/codec/json_name.h"
#include "proto/codec/json_number.h"
#include "proto/codec/json_text.h"

enum {
    NAME_MAX_BYTES = 64,    /* longer member names belong to no field */
    QUOTED_MAX_BYTES = 512, /* a quoted number, or the name of an enumerator */
    FIRST_ARRAY_CAPACITY = 4,
};

struct reading {
    struct sp_json_reader text;
    struct sp_message_limits limits;
    size_t total; /* elements so far, in all messages */
    unsigned flags;
    struct sp_arena *arena;
    struct sp_error *err;
};

static enum sp_status read_message(struct reading *reading, const ProtobufCMessageDescriptor *type,
                                   unsigned depth, ProtobufCMessage **out);

static enum sp_status fail(struct reading *reading, const char *polish, const char *english)
{
    return sp_json_fail(&reading->text, polish, english);
}

static enum sp_status allocate(struct reading *reading, size_t size, void **out)
{
    *out = sp_arena_alloc(reading->arena, size);
    return *out != NULL ? SP_OK : sp_message_fail_memory(reading->arena, size, reading->err);
}

static enum sp_status expect(struct reading *reading, enum sp_json_kind expected,
                             const char *polish, const char *english)
{
    enum sp_json_kind kind = SP_JSON_NULL;
    enum sp_status status = sp_json_peek(&reading->text, &kind);
    if (status == SP_OK && kind != expected) {
        return fail(reading, polish, english);
    }
    return status;
}

/* Take a string that is short by nature into room of QUOTED_MAX_BYTES, with a NUL after it. */
static enum sp_status take_short_string(struct reading *reading, char *room, struct sp_view *text)
{
    struct sp_view raw;
    enum sp_status status = sp_json_take_string(&reading->text, &raw);
    if (status != SP_OK) {
        return status;
    }
    if (raw.length >= QUOTED_MAX_BYTES) {
        return fail(reading, "za długi tekst w tym miejscu.", "the string is too long here.");
    }
    *text = sp_view_from(room, sp_json_unescape(raw, room));
    room[text->length] = '\0';
    return SP_OK;
}

/* Take a number, quoted or not. A quoted text that is no number comes back as it is, with
 * *is_number false. */
static enum sp_status take_number(struct reading *reading, char *room, struct sp_view *number,
                                  bool *is_number)
{
    enum sp_json_kind kind = SP_JSON_NULL;
    enum sp_status status = sp_json_peek(&reading->text, &kind);
    if (status != SP_OK) {
        return status;
    }
    *is_number = true;
    if (kind == SP_JSON_NUMBER) {
        return sp_json_take_number(&reading->text, number);
    }
    if (kind != SP_JSON_STRING) {
        return fail(reading, "oczekiwano liczby.", "a number was expected.");
    }
    status = take_short_string(reading, room, number);
    if (status != SP_OK) {
        return status;
    }
    struct sp_json_reader inner = {.text = *number};
    struct sp_view whole = {NULL, 0};
    *is_number = sp_json_take_number(&inner, &whole) == SP_OK && whole.length == number->length;
    return SP_OK;
}

/* The largest magnitudes of an integer type, above and below zero. */
static void integer_range(ProtobufCType type, uint64_t *most, uint64_t *least)
{
    switch (type) {
    case PROTOBUF_C_TYPE_UINT32:
    case PROTOBUF_C_TYPE_FIXED32:
        *most = UINT32_MAX;
        *least = 0;
        return;
    case PROTOBUF_C_TYPE_UINT64:
    case PROTOBUF_C_TYPE_FIXED64:
        *most = UINT64_MAX;
        *least = 0;
        return;
    case PROTOBUF_C_TYPE_INT64:
    case PROTOBUF_C_TYPE_SINT64:
    case PROTOBUF_C_TYPE_SFIXED64:
        *most = INT64_MAX;
        *least = (uint64_t)INT64_MAX + 1;
        return;
    default:
        *most = INT32_MAX;
        *least = (uint64_t)INT32_MAX + 1;
        return;
    }
}

/* Store an integer of the type's width. */
static enum sp_status store_integer(struct reading *reading, ProtobufCType type,
                                    struct sp_view number, void *at)
{
    bool negative = false;
    uint64_t magnitude = 0;
    uint64_t most = 0;
    uint64_t least = 0;
    integer_range(type, &most, &least);
    if (!sp_json_integer(number, &negative, &magnitude) || magnitude > (negative ? least : most)) {
        return fail(reading, "oczekiwano liczby całkowitej w zakresie tego pola.",
                    "an integer within this field's range was expected.");
    }
    /* Two's complement: the unsigned difference has the bits of the signed value. */
    uint64_t bits = negative ? 0 - magnitude : magnitude;
    if (most > UINT32_MAX) {
        memcpy(at, &bits, sizeof bits);
    } else {
        uint32_t low = (uint32_t)bits;
        memcpy(at, &low, sizeof low);
    }
    return SP_OK;
}

static enum sp_status read_integer(struct reading *reading, ProtobufCType type, void *at)
{
    char room[QUOTED_MAX_BYTES];
    struct sp_view number = {NULL, 0};
    bool is_number = false;
    enum sp_status status = take_number(reading, room, &number, &is_number);
    if (status != SP_OK) {
        return status;
    }
    return is_number ? store_integer(reading, type, number, at)
                     : fail(reading, "tekst nie jest liczbą.", "the string is not a number.");
}

static enum sp_status read_real(struct reading *reading, bool single, void *at)
{
    char room[QUOTED_MAX_BYTES];
    struct sp_view number = {NULL, 0};
    bool is_number = false;
    double real = 0;
    enum sp_status status = take_number(reading, room, &number, &is_number);
    if (status != SP_OK) {
        return status;
    }
    if (sp_view_is(number, "NaN")) {
        real = NAN;
    } else if (sp_view_is(number, "Infinity") || sp_view_is(number, "-Infinity")) {
        real = number.data[0] == '-' ? -INFINITY : INFINITY;
    } else if (!is_number) {
        return fail(reading, "tekst nie jest liczbą.", "the string is not a number.");
    } else if (!sp_json_real(number, single, &real)) {
        return fail(reading, "liczba jest za duża.", "the number is too large.");
    }
    if (single) {
        *(float *)at = (float)real;
    } else {
        *(double *)at = real;
    }
    return SP_OK;
}

static enum sp_status read_bool(struct reading *reading, protobuf_c_boolean *at)
{
    enum sp_json_kind kind = SP_JSON_NULL;
    enum sp_status status = sp_json_peek(&reading->text, &kind);
    if (status == SP_OK && kind != SP_JSON_TRUE && kind != SP_JSON_FALSE) {
        return fail(reading, "oczekiwano true albo false.", "true or false was expected.");
    }
    *at = kind == SP_JSON_TRUE;
    return status == SP_OK ? sp_json_take_word(&reading->text, kind) : status;
}

static enum sp_status read_enum(struct reading *reading, const ProtobufCEnumDescriptor *type,
                                void *at)
{
    enum sp_json_kind kind = SP_JSON_NULL;
    enum sp_status status = sp_json_peek(&reading->text, &kind);
    if (status != SP_OK) {
        return status;
    }
    if (kind != SP_JSON_STRING) {
        return read_integer(reading, PROTOBUF_C_TYPE_INT32, at);
    }
    char room[QUOTED_MAX_BYTES];
    struct sp_view name = {NULL, 0};
    status = take_short_string(reading, room, &name);
    if (status != SP_OK) {
        return status;
    }
    const ProtobufCEnumValue *value = protobuf_c_enum_descriptor_get_value_by_name(type, room);
    if (value == NULL || strlen(room) != name.length) {
        return fail(reading, "nieznana nazwa wartości.", "unknown name of a value.");
    }
    int32_t number = value->value;
    memcpy(at, &number, sizeof number);
    return SP_OK;
}

/* Take a string of any length, without its escapes, into the arena, with a NUL after it. */
static enum sp_status take_string(struct reading *reading, char **out, size_t *length)
{
    struct sp_view raw;
    enum sp_status status = expect(reading, SP_JSON_STRING, "oczekiwano tekstu w cudzysłowie.",
                                   "a string was expected.");
    if (status == SP_OK) {
        status = sp_json_take_string(&reading->text, &raw);
    }
    void *copy = NULL;
    if (status == SP_OK) {
        status = allocate(reading, raw.length + 1, &copy);
    }
    if (status == SP_OK) {
        *out = copy;
        *length = sp_json_unescape(raw, copy);
        (*out)[*length] = '\0';
    }
    return status;
}

static enum sp_status read_string(struct reading *reading, char **at)
{
    size_t length = 0;
    enum sp_status status = take_string(reading, at, &length);
    if (status == SP_OK && strlen(*at) != length) {
        return fail(reading, "tekst zawiera znak o kodzie 0.",
                    "the text contains a NUL character.");
    }
    return status;
}

static enum sp_status read_bytes(struct reading *reading, ProtobufCBinaryData *at)
{
    char *text = NULL;
    size_t length = 0;
    enum sp_status status = take_string(reading, &text, &length);
    if (status != SP_OK) {
        return status;
    }
    at->data = (uint8_t *)text;
    /* In place: three bytes take the room of the four letters they were read from. */
    if (!sp_base64_decode(sp_view_from(text, length), at->data, &at->len)) {
        return fail(reading, "tekst nie jest zapisany w base64.", "the string is not base64.");
    }
    return SP_OK;
}

/* Read one value of the field's type to where it belongs. */
static enum sp_status read_value(struct reading *reading, const ProtobufCFieldDescriptor *field,
                                 unsigned depth, void *at)
{
    switch (field->type) {
    case PROTOBUF_C_TYPE_BOOL:
        return read_bool(reading, at);
    case PROTOBUF_C_TYPE_FLOAT:
    case PROTOBUF_C_TYPE_DOUBLE:
        return read_real(reading, field->type == PROTOBUF_C_TYPE_FLOAT, at);
    case PROTOBUF_C_TYPE_ENUM:
        return read_enum(reading, field->descriptor, at);
    case PROTOBUF_C_TYPE_STRING:
        return read_string(reading, at);
    case PROTOBUF_C_TYPE_BYTES:
        return read_bytes(reading, at);
    case PROTOBUF_C_TYPE_MESSAGE:
        return read_message(reading, field->descriptor, depth + 1, at);
    default:
        return read_integer(reading, field->type, at);
    }
}

static enum sp_status count_element(struct reading *reading, size_t in_array)
{
    reading->total++;
    if (in_array > reading->limits.elements || reading->total > reading->limits.total_elements) {
        return SP_FAIL(reading->err, SP_LIMIT, "", "Zbyt wiele elementów (ponad %zu).",
                       "Too many elements (more than %zu).",
                       in_array > reading->limits.elements ? reading->limits.elements
                                                           : reading->limits.total_elements);
    }
    return SP_OK;
}

/* Make room for one more element, in twice the old room; the arena keeps the old one until the end.
 */
static enum sp_status grow_array(struct reading *reading, size_t element_bytes, size_t count,
                                 size_t *capacity, char **array)
{
    if (count < *capacity) {
        return SP_OK;
    }
    size_t larger = *capacity == 0 ? FIRST_ARRAY_CAPACITY : 2 * *capacity;
    void *room = NULL;
    enum sp_status status = allocate(reading, larger * element_bytes, &room);
    if (status == SP_OK) {
        if (count > 0) {
            memcpy(room, *array, count * element_bytes);
        }
        *array = room;
        *capacity = larger;
    }
    return status;
}

static enum sp_status read_array(struct reading *reading, const ProtobufCFieldDescriptor *field,
                                 unsigned depth, ProtobufCMessage *message)
{
    char **array = sp_field_of(message, field);
    size_t *count = sp_field_count(message, field);
    size_t bytes = sp_field_element_bytes(field);
    size_t capacity = 0;
    enum sp_status status =
        expect(reading, SP_JSON_ARRAY, "oczekiwano listy [...].", "a list [...] was expected.");
    if (status == SP_OK) {
        status = sp_json_enter(&reading->text);
    }
    bool first = true;
    bool more = true;
    while (status == SP_OK) {
        status = sp_json_next_element(&reading->text, &first, &more);
        if (status != SP_OK || !more) {
            return status;
        }
        status = count_element(reading, *count + 1);
        if (status == SP_OK) {
            status = grow_array(reading, bytes, *count, &capacity, array);
        }
        if (status == SP_OK) {
            status = read_value(reading, field, depth, *array + *count * bytes);
        }
        if (status != SP_OK) {
            char index[96];
            sp_field_place("", true, *count, index);
            sp_error_prefix(reading->err, index);
        }
        *count += 1;
    }
    return status;
}

/* Note that the field is set: once, and no other member of its oneof with it. */
static enum sp_status claim(struct reading *reading, const ProtobufCMessageDescriptor *type,
                            const ProtobufCFieldDescriptor *field, struct sp_field_set *seen,
                            ProtobufCMessage *message, bool is_null)
{
    if (sp_field_set_add(seen, type, field)) {
        return fail(reading, "pole występuje dwa razy.", "the field appears twice.");
    }
    if (!is_null && sp_field_is_in_oneof(field)) {
        uint32_t *chosen = sp_field_case(message, field);
        if (*chosen != 0) {
            return fail(reading, "inne pole z tej samej grupy (oneof) jest już podane.",
                        "another member of the same oneof is already given.");
        }
        *chosen = field->id;
    }
    return count_element(reading, 0);
}

static enum sp_status read_field(struct reading *reading, const ProtobufCMessageDescriptor *type,
                                 const ProtobufCFieldDescriptor *field, struct sp_field_set *seen,
                                 unsigned depth, ProtobufCMessage *message)
{
    enum sp_json_kind kind = SP_JSON_NULL;
    enum sp_status status = sp_json_peek(&reading->text, &kind);
    if (status == SP_OK) {
        status = claim(reading, type, field, seen, message, kind == SP_JSON_NULL);
    }
    if (status != SP_OK) {
        return status;
    }
    if (kind == SP_JSON_NULL) {
        return sp_json_take_word(&reading->text, kind);
    }
    return sp_field_is_repeated(field)
               ? read_array(reading, field, depth, message)
               : read_value(reading, field, depth, sp_field_of(message, field));
}

/* Copy the beginning of a name, whole characters only. */
static void copy_name(struct sp_view name, char out[SP_JSON_NAME_BYTES])
{
    size_t length = name.length;
    if (length >= SP_JSON_NAME_BYTES) {
        length = SP_JSON_NAME_BYTES - 1;
        while (((unsigned char)name.data[length] & 0xC0) == 0x80) {
            length--;
        }
    }
    memcpy(out, name.data, length);
    out[length] = '\0';
}

/* Read the value of one member, known or not. */
static enum sp_status read_member(struct reading *reading, const ProtobufCMessageDescriptor *type,
                                  struct sp_view raw_name, struct sp_field_set *seen,
                                  unsigned depth, ProtobufCMessage *message)
{
    char room[6 * NAME_MAX_BYTES]; /* each letter may come as \uXXXX */
    const ProtobufCFieldDescriptor *field = NULL;
    if (raw_name.length <= sizeof room) {
        field = sp_json_find_field(type, sp_view_from(room, sp_json_unescape(raw_name, room)));
    }
    char place[SP_JSON_NAME_BYTES];
    if (field == NULL) {
        if ((reading->flags & SP_JSON_IGNORE_UNKNOWN) != 0) {
            return sp_json_skip(&reading->text);
        }
        copy_name(raw_name, place);
        enum sp_status status = fail(reading, "nieznane pole.", "unknown field.");
        sp_error_prefix(reading->err, place);
        return status;
    }
    enum sp_status status = read_field(reading, type, field, seen, depth, message);
    if (status != SP_OK) {
        sp_json_name(field->name, place);
        sp_error_prefix(reading->err, place);
    }
    return status;
}

static enum sp_status read_message(struct reading *reading, const ProtobufCMessageDescriptor *type,
                                   unsigned depth, ProtobufCMessage **out)
{
    if (depth > reading->limits.depth) {
        return SP_FAIL(reading->err, SP_LIMIT, "", "Zbyt głębokie zagnieżdżenie (ponad %u).",
                       "Nested too deeply (more than %u).", reading->limits.depth);
    }
    enum sp_status status = expect(reading, SP_JSON_OBJECT, "oczekiwano obiektu {...}.",
                                   "an object {...} was expected.");
    void *memory = NULL;
    if (status == SP_OK) {
        status = allocate(reading, type->sizeof_message, &memory);
    }
    if (status != SP_OK) {
        return status;
    }
    ProtobufCMessage *message = memory;
    protobuf_c_message_init(type, message);
    struct sp_field_set seen = {{0}};
    bool first = true;
    bool more = true;
    status = sp_json_enter(&reading->text);
    while (status == SP_OK) {
        struct sp_view raw_name;
        status = sp_json_next_member(&reading->text, &first, &raw_name, &more);
        if (status != SP_OK || !more) {
            break;
        }
        status = read_member(reading, type, raw_name, &seen, depth, message);
    }
    if (status == SP_OK) {
        *out = message;
    }
    return status;
}

enum sp_status sp_message_from_json(const ProtobufCMessageDescriptor *type, struct sp_view json,
                                    const struct sp_message_limits *limits, unsigned flags,
                                    struct sp_arena *arena, ProtobufCMessage **out,
                                    struct sp_error *err)
{
    struct reading reading = {
        .limits = sp_message_limits_or_default(limits), .flags = flags, .arena = arena, .err = err};
    /* A message may sit in an array, so that JSON nests twice as deep as messages do. */
    enum sp_status status = sp_json_begin(&reading.text, json, 2 * reading.limits.depth, err);
    ProtobufCMessage *message = NULL;
    if (status == SP_OK) {
        status = read_message(&reading, type, 1, &message);
    }
    if (status == SP_OK) {
        status = sp_json_end(&reading.text);
    }
    if (status == SP_OK) {
        *out = message;
    }
    return status;
}
