/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Whole files: read into memory or mapped read-only.
 */
#ifndef SP_BASE_FILE_H
#define SP_BASE_FILE_H

#include "base/status.h"
#include "base/view.h"

/**
 * Map @p path read-only.
 *
 * @param path  NUL-terminated
 * @param out   the bytes, valid until sp_file_unmap(); an empty file gives an empty view
 * @return SP_OK; SP_NOT_FOUND; SP_IO
 */
enum sp_status sp_file_map(const char *path, struct sp_view *out, struct sp_error *err);
void sp_file_unmap(struct sp_view mapped);

/**
 * Read the whole of @p path ("-" is standard input), at most @p max_bytes.
 *
 * @param out  heap bytes followed by a NUL, owned by the caller (sp_free)
 * @return SP_OK; SP_NOT_FOUND; SP_IO; SP_LIMIT (larger than @p max_bytes); SP_NOMEM
 */
enum sp_status sp_file_read(const char *path, size_t max_bytes, char **out, size_t *length,
                            struct sp_error *err);

/** Write "DIR/NAME" into @p out; SP_LIMIT if it does not fit. */
enum sp_status sp_file_join(const char *directory, const char *name, char *out, size_t size);

/**
 * Make a file durable, or, of a directory, the names in it: fsync. A file that was made or renamed
 * is only sure to be there after a crash once its directory is durable too.
 *
 * @return SP_OK; SP_NOT_FOUND; SP_IO
 */
SP_MUST_CHECK enum sp_status sp_file_sync(const char *path, struct sp_error *err);

#endif
