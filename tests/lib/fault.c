/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/lib/fault.h"

#include "base/memory.h"

struct countdown {
    int left;
    bool fired;
};

static bool count(void *context)
{
    struct countdown *countdown = context;
    if (countdown->left-- == 0) {
        countdown->fired = true;
        return true;
    }
    return false;
}

int sp_fault_sweep(sp_fault_work_fn *work, void *context, int most, enum sp_status *seen)
{
    for (int round = 0; round < most; round++) {
        struct countdown countdown = {.left = round};
        sp_memory_set_fault(count, &countdown);
        enum sp_status status = work(context);
        sp_memory_set_fault(NULL, NULL);
        *seen = status;
        if (!countdown.fired) {
            return status == SP_OK ? round : -1;
        }
        /* A failure may be survived (a cache left cold), never turned into something else. */
        if (status != SP_OK && status != SP_NOMEM && status != SP_LIMIT) {
            return -1;
        }
    }
    return -1;
}
