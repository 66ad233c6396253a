/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * The query part of a URL: parameters and their percent encoding. Pure.
 */
#ifndef SP_CONNECT_QUERY_H
#define SP_CONNECT_QUERY_H

#include "base/buffer.h"
#include "base/view.h"

/** Find the first parameter @p name (plain letters) of "a=b&c=d".
 *  @param value  still percent-encoded; @return false if there is none */
bool sp_query_find(struct sp_view query, const char *name, struct sp_view *value);

/** Append @p text without its percent encoding; '+' is a space. False if an escape is broken.
 *  Failures to grow stick in the buffer. */
bool sp_query_decode(struct sp_view text, struct sp_buffer *out);

#endif
