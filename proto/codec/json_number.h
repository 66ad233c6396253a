/* SPDX-License-Identifier: EUPL-1.2 */
/** @file The numbers of JSON: exact integers, rounded reals, and the shortest text of a real. */
#ifndef SP_PROTO_CODEC_JSON_NUMBER_H
#define SP_PROTO_CODEC_JSON_NUMBER_H

#include <stdint.h>

#include "base/view.h"

/**
 * Read a JSON number as an integer, exactly: "120", "1.2e2" and "120.0" are the same.
 *
 * @param number     of the JSON grammar
 * @param magnitude  without the sign
 * @return false if it has a fraction or more than 64 bits
 */
bool sp_json_integer(struct sp_view number, bool *negative, uint64_t *magnitude);

/** Read a JSON number rounded to the nearest double, or float if @p single; false if it is too
 * large (or over 500 characters long, which no honest number is). */
bool sp_json_real(struct sp_view number, bool single, double *real);

enum { SP_JSON_REAL_BYTES = 32 };

/** Write the shortest decimal that reads back as the same finite @p real, or float if @p single. */
void sp_json_format_real(double real, bool single, char out[SP_JSON_REAL_BYTES]);

#endif
