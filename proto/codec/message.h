/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Messages from bytes and to bytes: protobuf wire format and proto3 JSON, both led by protobuf-c's
 * descriptors.
 *
 * Nothing that came from outside reaches protobuf-c unchecked: it recurses without a limit, lets
 * NUL bytes truncate strings, does not validate UTF-8, and loses data when a submessage is split
 * over two occurrences. sp_wire_check() refuses all of that beforehand; the arena's cap bounds the
 * rest.
 *
 * Left out on purpose, because the contract has none: maps, groups, extensions, recursive messages,
 * the well-known types, custom json_name, proto2 presence.
 *
 * Errors name the field: "entity.offers[2].title" (JSON: "entity.offers[2].leadTimeDays").
 * Any thread; numbers are read and written with a decimal point, so that LC_NUMERIC must be "C".
 */
#ifndef SP_PROTO_CODEC_MESSAGE_H
#define SP_PROTO_CODEC_MESSAGE_H

#include <protobuf-c/protobuf-c.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/status.h"
#include "base/view.h"

/** Bounds of one message; zero means the default of proto/limits.h. */
struct sp_message_limits {
    unsigned depth;        /* nested messages, the outermost one counted */
    size_t elements;       /* directly inside one message */
    size_t total_elements; /* with all that it contains */
};

/**
 * Check @p wire against @p type without unpacking it.
 *
 * Refuses: nesting and elements above @p limits, bytes after or before the end, varints over 10
 * bytes, field numbers outside 1..2^29-1, groups, wire types that do not fit the field, strings
 * that are not UTF-8 or hold a NUL, a second occurrence of a submessage that is not repeated.
 * Unknown fields pass if they are well formed.
 *
 * @param limits  NULL means the defaults
 * @return SP_OK; SP_INVALID; SP_LIMIT
 *
 * Cost: one pass, no allocation.
 */
enum sp_status sp_wire_check(const ProtobufCMessageDescriptor *type, struct sp_view wire,
                             const struct sp_message_limits *limits, struct sp_error *err);

/**
 * Check and unpack @p wire.
 *
 * @param limits  NULL means the defaults
 * @param out     lives in @p arena; never free it with protobuf-c
 * @return SP_OK; SP_INVALID or SP_LIMIT as of sp_wire_check(); SP_LIMIT when the arena's cap is
 *         reached; SP_NOMEM
 */
enum sp_status sp_message_from_wire(const ProtobufCMessageDescriptor *type, struct sp_view wire,
                                    const struct sp_message_limits *limits, struct sp_arena *arena,
                                    ProtobufCMessage **out, struct sp_error *err);

/**
 * Append @p message in wire format.
 *
 * @return SP_OK; SP_LIMIT (larger than the buffer may grow); SP_NOMEM. After a failure the buffer
 *         holds what it held before, with its sticky status set.
 */
enum sp_status sp_message_to_wire(const ProtobufCMessage *message, struct sp_buffer *buffer,
                                  struct sp_error *err);

enum sp_json_flags {
    /** Reading: skip members that the type does not know, as Connect's own servers do so that newer
     *  clients can talk to them. Without it they are errors, which finds typing errors in files. */
    SP_JSON_IGNORE_UNKNOWN = 1 << 0,
    /** Writing: also write what has no presence and is zero or empty ("start":0, "tokens":[]). */
    SP_JSON_WITH_DEFAULTS = 1 << 1,
};

/**
 * Read one proto3 JSON object.
 *
 * Accepts lowerCamelCase and original names, 64-bit integers as strings or numbers, enums by name
 * or number, base64 with either alphabet, padded or not; null means absent. Refuses duplicate
 * members, two members of one oneof, numbers out of range, unknown enum names, NUL in strings.
 *
 * @param limits  NULL means the defaults
 * @param flags   of enum sp_json_flags
 * @param out     lives in @p arena
 * @return SP_OK; SP_INVALID; SP_LIMIT; SP_NOMEM
 */
enum sp_status sp_message_from_json(const ProtobufCMessageDescriptor *type, struct sp_view json,
                                    const struct sp_message_limits *limits, unsigned flags,
                                    struct sp_arena *arena, ProtobufCMessage **out,
                                    struct sp_error *err);

/**
 * Append @p message as one line of proto3 JSON without spaces, fields by number.
 *
 * @param flags  of enum sp_json_flags
 * @return SP_OK; SP_LIMIT (larger than the buffer may grow); SP_NOMEM; SP_INTERNAL (a string of the
 *         message is not UTF-8). After a failure the buffer holds a useless beginning.
 */
enum sp_status sp_message_to_json(const ProtobufCMessage *message, unsigned flags,
                                  struct sp_buffer *buffer, struct sp_error *err);

#endif
