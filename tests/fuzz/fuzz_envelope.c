/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Property: the envelopes that are read from any bytes, written again, are those bytes (up to the
 * first that is refused); what is refused leaves the input where it was; a message is never longer
 * than the limit. The first byte chooses the limit.
 */
#include <stdint.h>
#include <stdlib.h>

#include "server/connect/envelope.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0) {
        return 0;
    }
    size_t max_bytes = (size_t)data[0] * 4;
    struct sp_view all = sp_view_from((const char *)data + 1, size - 1);
    struct sp_view rest = all;
    struct sp_envelope envelope;
    struct sp_buffer again;
    sp_buffer_init(&again, size);
    enum sp_status status = sp_envelope_take(&rest, max_bytes, &envelope);
    while (status == SP_OK) {
        if (envelope.message.length > max_bytes || envelope.flags > 3) {
            abort();
        }
        sp_envelope_add(&again, envelope.flags, envelope.message);
        status = sp_envelope_take(&rest, max_bytes, &envelope);
    }
    struct sp_view taken = sp_view_from(all.data, all.length - rest.length);
    if (again.status != SP_OK || !sp_view_equal(taken, sp_buffer_view(&again)) ||
        (status != SP_INVALID && status != SP_LIMIT)) {
        abort();
    }
    sp_buffer_release(&again);
    return 0;
}
