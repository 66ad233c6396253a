/* SPDX-License-Identifier: EUPL-1.2 */
#include "matcher/proposal/digest.h"

#include <openssl/evp.h>
#include <stdio.h>

enum { DIGEST_BYTES = 32 };

enum sp_status sp_digest_hex(struct sp_view bytes, char out[SP_DIGEST_HEX_BYTES],
                             struct sp_error *err)
{
    unsigned char digest[DIGEST_BYTES];
    if (EVP_Digest(bytes.data, bytes.length, digest, NULL, EVP_sha256(), NULL) != 1) {
        return SP_FAIL_NOMEM(err);
    }
    for (size_t i = 0; i < DIGEST_BYTES; i++) {
        (void)snprintf(out + 2 * i, 3, "%02x", digest[i]);
    }
    return SP_OK;
}
