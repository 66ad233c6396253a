/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Errors as the Connect protocol writes them. Pure.
 */
#ifndef SP_CONNECT_ANSWER_H
#define SP_CONNECT_ANSWER_H

#include "base/buffer.h"
#include "base/locale.h"
#include "base/status.h"

/**
 * Append the JSON of an error: code, message in @p language, and a spoina.v1.ErrorDetail with both
 * languages, as protobuf and, under "debug", as JSON for people with curl.
 *
 * Failures stick in the buffer.
 */
void sp_answer_error(const struct sp_error *error, enum sp_locale language,
                     struct sp_buffer *buffer);

/** Append the envelope that ends a stream; @p error is NULL when all went well. */
void sp_answer_end_stream(const struct sp_error *error, enum sp_locale language,
                          struct sp_buffer *buffer);

#endif
