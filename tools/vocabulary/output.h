/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * What the table makers share: clean labels, and a file that is whole or not there at all.
 */
#ifndef SP_TOOLS_VOCABULARY_OUTPUT_H
#define SP_TOOLS_VOCABULARY_OUTPUT_H

#include "base/buffer.h"

/** Room for any table made here; the largest has 1.3 MB. */
enum { OUTPUT_MAX_BYTES = 16 << 20 };

/**
 * Add @p text with every run of white space (no-break, thin and other odd spaces, tabs and line
 * ends too) as one space, none at the ends, and without soft hyphens and zero-width characters.
 *
 * @param text  NUL-terminated, well-formed UTF-8 (jansson checked it)
 */
void output_label(struct sp_buffer *out, const char *text);

/** Write @p out to @p path through a temporary file. Returns 0, or 1 after telling stderr why not.
 */
int output_write(const struct sp_buffer *out, const char *path);

#endif
