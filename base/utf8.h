/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * UTF-8 as bytes: validation and stepping. Unicode properties belong to ICU, in matcher/language.
 */
#ifndef SP_BASE_UTF8_H
#define SP_BASE_UTF8_H

#include <stdint.h>

#include "base/view.h"

/** Return the offset of the first byte that is not well-formed UTF-8 (RFC 3629: no overlong forms,
 *  no surrogates, at most U+10FFFF), or text.length if all is well. A NUL byte is well-formed. */
size_t sp_utf8_check(struct sp_view text);

/** Decode the character at @p *offset of well-formed @p text and step over it. */
uint32_t sp_utf8_next(struct sp_view text, size_t *offset);

/** Encode @p character; returns the number of bytes written, 1..4. */
size_t sp_utf8_put(uint32_t character, char out[4]);

#endif
