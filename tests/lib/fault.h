/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Out-of-memory sweep: fail the first, then the second, ... allocation of a piece of work until the
 * work succeeds without reaching the failing one. Only allocations through base/memory.h count.
 */
#ifndef SP_TESTS_LIB_FAULT_H
#define SP_TESTS_LIB_FAULT_H

#include "base/status.h"

/** The work under test: SP_OK or the failure it saw. It must release all it acquired. */
typedef enum sp_status sp_fault_work_fn(void *context);

/**
 * Sweep @p work: in round n the n-th allocation fails and all others succeed.
 *
 * @param most  give up (return -1) after so many rounds
 * @param seen  the status of the last round
 * @return how many allocations the work makes; -1 if a round ended in anything but SP_OK, SP_NOMEM
 *         or SP_LIMIT
 */
int sp_fault_sweep(sp_fault_work_fn *work, void *context, int most, enum sp_status *seen);

#endif
