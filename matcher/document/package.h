/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * A packed file (ZIP) as office programs write them: its parts by name, unpacked within a bound.
 * The home of libzip.
 */
#ifndef SP_DOCUMENT_PACKAGE_H
#define SP_DOCUMENT_PACKAGE_H

#include <stdbool.h>

#include "base/buffer.h"
#include "base/status.h"
#include "base/view.h"

enum { SP_PACKAGE_MAX_PARTS = 10 * 1000 }; /* libzip keeps about 300 bytes for each */

struct sp_package;

/**
 * Open a packed file.
 *
 * @param content  borrowed until sp_package_close()
 * @return SP_OK; SP_INVALID (no ZIP, or damaged); SP_LIMIT (too many parts); SP_NOMEM
 */
SP_MUST_CHECK enum sp_status sp_package_open(struct sp_view content, struct sp_package **out,
                                             struct sp_error *err);
void sp_package_close(struct sp_package *package); /* NULL is accepted */

bool sp_package_has(const struct sp_package *package, const char *part);

/** Tell whether any part's name begins with @p prefix. */
bool sp_package_has_below(const struct sp_package *package, const char *prefix);

/**
 * Unpack one part.
 *
 * @param bytes  initialised and empty; its max_bytes bounds the part, so that a few bytes cannot
 *               unpack to more than that
 * @return SP_OK; SP_NOT_FOUND; SP_LIMIT (too large); SP_UNSUPPORTED (encrypted, or an unusual
 *         packing); SP_INVALID (damaged: it fails its own checksum); SP_NOMEM
 */
SP_MUST_CHECK enum sp_status sp_package_read(struct sp_package *package, const char *part,
                                             struct sp_buffer *bytes, struct sp_error *err);

#endif
