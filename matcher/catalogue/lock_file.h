/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * A file that one holder locks for as long as it lives; the kernel lets go when the process ends.
 */
#ifndef SP_CATALOGUE_LOCK_FILE_H
#define SP_CATALOGUE_LOCK_FILE_H

#include "base/status.h"

/**
 * Create @p path if needed and lock it without waiting.
 *
 * @param descriptor  sp_lock_release() lets go of it
 * @return SP_OK; SP_BUSY (somebody holds it, this process included); SP_IO
 */
SP_MUST_CHECK enum sp_status sp_lock_take(const char *path, int *descriptor, struct sp_error *err);

/** Let go; -1 is accepted. The file stays, since removing it would race with the next holder. */
void sp_lock_release(int descriptor);

#endif
