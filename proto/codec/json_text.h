/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * JSON as text (RFC 8259): strings to write, documents to read. jansson's home.
 */
#ifndef SP_PROTO_CODEC_JSON_TEXT_H
#define SP_PROTO_CODEC_JSON_TEXT_H

#include "base/buffer.h"
#include "base/status.h"
#include "base/view.h"

struct json_t; /* of jansson; callers outside proto/codec have no use for it */

/** Append @p text as a JSON string with its quotes. Well-formed UTF-8 stays as it is; control
 *  characters, quotes and backslashes are escaped. */
void sp_json_add_string(struct sp_buffer *buffer, struct sp_view text);

/**
 * Parse one JSON value of any kind, surrounded by nothing but white space.
 *
 * Stricter than the grammar in one point: an object with the same member twice is refused.
 *
 * @param max_depth   nested arrays and objects
 * @param max_values  values in all; checked before anything is allocated
 * @param out         json_decref() when done
 * @return SP_OK; SP_INVALID (place is "line:column"); SP_LIMIT; SP_NOMEM
 */
enum sp_status sp_json_parse(struct sp_view text, size_t max_depth, size_t max_values,
                             struct json_t **out, struct sp_error *err);

#endif
