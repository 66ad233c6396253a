/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * gzip of whole messages, bounded. The home of zlib. Any thread.
 */
#ifndef SP_CONNECT_GZIP_H
#define SP_CONNECT_GZIP_H

#include "base/buffer.h"
#include "base/status.h"
#include "base/view.h"

/**
 * Append what @p packed (one gzip member, nothing after it) unpacks to.
 *
 * @param max_bytes  of the unpacked message: a bomb stops there
 * @return SP_OK; SP_INVALID (no gzip, damaged, cut off, followed by something); SP_LIMIT; SP_NOMEM
 */
SP_MUST_CHECK enum sp_status sp_gzip_unpack(struct sp_view packed, size_t max_bytes,
                                            struct sp_buffer *out, struct sp_error *err);

/** Append @p plain, packed. @return SP_OK; SP_LIMIT (the buffer's maximum); SP_NOMEM */
SP_MUST_CHECK enum sp_status sp_gzip_pack(struct sp_view plain, struct sp_buffer *out,
                                          struct sp_error *err);

#endif
