/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * The catalogue into a file, piece by piece: the formats of import.h.
 *
 * JSON lines is lossless: imported into an empty store it gives an equal catalogue. CSV is lossless
 * for the columns of docs/import.md.
 */
#ifndef SP_CATALOGUE_EXPORT_H
#define SP_CATALOGUE_EXPORT_H

#include <stdbool.h>

#include "base/buffer.h"
#include "base/status.h"
#include "matcher/catalogue/reader.h"

enum { SP_EXPORT_PIECE_BYTES = 256 << 10 }; /* a piece ends after the entity that passes this */

struct sp_export;

/**
 * Begin an export of the version that @p reader sees now. The reader is held at it and must not be
 * used for anything else until sp_export_free().
 *
 * @param format  UNSPECIFIED: JSON lines
 * @param out     owned by the caller
 * @return SP_OK; SP_UNSUPPORTED (an unknown format); SP_IO; SP_NOMEM
 */
SP_MUST_CHECK enum sp_status sp_export_new(struct sp_reader *reader, Spoina__V1__FileFormat format,
                                           struct sp_export **out, struct sp_error *err);
void sp_export_free(struct sp_export *job);

/** Append the next piece to @p piece. @param more  false: this was the last */
SP_MUST_CHECK enum sp_status sp_export_next(struct sp_export *job, struct sp_buffer *piece,
                                            bool *more, struct sp_error *err);

#endif
