/* SPDX-License-Identifier: EUPL-1.2 */
/** @file SHA-256 of bytes, for names that content gives itself. */
#ifndef SP_PROPOSAL_DIGEST_H
#define SP_PROPOSAL_DIGEST_H

#include "base/status.h"
#include "base/view.h"

enum { SP_DIGEST_HEX_BYTES = 65 };

/** Write the digest as hexadecimal digits and a NUL. @return SP_OK; SP_NOMEM */
SP_MUST_CHECK enum sp_status sp_digest_hex(struct sp_view bytes, char out[SP_DIGEST_HEX_BYTES],
                                           struct sp_error *err);

#endif
