/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * JSON as text (RFC 8259): strings to write, and a reader that walks through a document in place.
 *
 * The reader builds nothing and allocates nothing; it hands out pieces of the text. jansson, which
 * was meant to stand here, cannot run out of memory safely (docs/decisions/0101-json-reader.md);
 * the tests hold this reader against it.
 *
 * After a failure the reader stays where it failed and must not be used again. Errors say line and
 * column; their place is empty, for the caller to put a field path into.
 */
#ifndef SP_PROTO_CODEC_JSON_TEXT_H
#define SP_PROTO_CODEC_JSON_TEXT_H

#include "base/buffer.h"
#include "base/status.h"
#include "base/view.h"

/** Append @p text, well-formed UTF-8, as a JSON string with its quotes. Only control characters,
 *  quotes and backslashes are escaped. */
void sp_json_add_string(struct sp_buffer *buffer, struct sp_view text);

struct sp_json_reader {
    struct sp_view text;
    size_t at;    /* offset of the next byte */
    size_t depth; /* arrays and objects entered and not left */
    size_t max_depth;
    struct sp_error *err; /* may be NULL */
};

/** What comes next, by the character it begins with. */
enum sp_json_kind {
    SP_JSON_OBJECT = '{',
    SP_JSON_ARRAY = '[',
    SP_JSON_STRING = '"',
    SP_JSON_NUMBER = '0', /* any digit or a minus */
    SP_JSON_TRUE = 't',
    SP_JSON_FALSE = 'f',
    SP_JSON_NULL = 'n',
};

/**
 * Stand before the first value of @p text.
 *
 * @param text       borrowed as long as the reader is used
 * @param max_depth  nested arrays and objects
 * @return SP_OK; SP_INVALID (not UTF-8)
 */
enum sp_status sp_json_begin(struct sp_json_reader *reader, struct sp_view text, size_t max_depth,
                             struct sp_error *err);

/** Require that nothing but white space follows. */
enum sp_status sp_json_end(struct sp_json_reader *reader);

/** Skip white space and tell what value comes next; SP_INVALID if none does. */
enum sp_status sp_json_peek(struct sp_json_reader *reader, enum sp_json_kind *kind);

/** Step into the array or object that sp_json_peek() announced. SP_LIMIT: nested too deeply. */
enum sp_status sp_json_enter(struct sp_json_reader *reader);

/**
 * Step to the next element of the array, or out of it.
 *
 * @param first  true before the first call, then kept by this function
 * @param more   whether there is an element, which must then be taken or skipped
 */
enum sp_status sp_json_next_element(struct sp_json_reader *reader, bool *first, bool *more);

/** The same for the members of an object; @p raw_name is the name without quotes, still escaped. */
enum sp_status sp_json_next_member(struct sp_json_reader *reader, bool *first,
                                   struct sp_view *raw_name, bool *more);

/** Take a string; @p raw is what stands between the quotes, checked but still escaped. */
enum sp_status sp_json_take_string(struct sp_json_reader *reader, struct sp_view *raw);

/** Undo the escapes of a checked string; returns the length, at most raw.length. NUL may occur.
 *  @p out has room for raw.length bytes. */
size_t sp_json_unescape(struct sp_view raw, char *out);

/** Take a number as it stands. */
enum sp_status sp_json_take_number(struct sp_json_reader *reader, struct sp_view *number);

/** Take true, false or null, as @p kind says. */
enum sp_status sp_json_take_word(struct sp_json_reader *reader, enum sp_json_kind kind);

/** Take the next value, whatever it is, and forget it. */
enum sp_status sp_json_skip(struct sp_json_reader *reader);

/** Raise SP_INVALID with the line and column where the reader stands. */
enum sp_status sp_json_fail(struct sp_json_reader *reader, const char *polish, const char *english);

#endif
