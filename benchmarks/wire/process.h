/* SPDX-License-Identifier: EUPL-1.2 */
/** @file Servers as child processes, and the CPU time they use. */
#ifndef SP_BENCHMARKS_WIRE_PROCESS_H
#define SP_BENCHMARKS_WIRE_PROCESS_H

#include <stdint.h>
#include <sys/types.h>

#include "base/status.h"

struct child {
    pid_t pid; /* 0: not running */
    uint16_t port;
};

/** Start spoinad on a port of its choice and wait until it listens. */
SP_MUST_CHECK enum sp_status child_start_spoinad(const char *program, const char *data,
                                                 unsigned workers, struct child *out);

/** Start nginx as one process serving the files of @p folder/www on a free port; its own files go
 *  to @p folder. @return SP_OK; SP_NOT_FOUND (no such program); SP_IO */
SP_MUST_CHECK enum sp_status child_start_nginx(const char *program, const char *folder,
                                               struct child *out);

/** End it and wait. */
void child_stop(struct child *child);

/** Seconds of CPU (user and system) used so far. */
double child_cpu_seconds(const struct child *child);

#endif
