/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * A closed-loop HTTP client in one thread: each connection sends the same request as soon as it has
 * the answer to the last one. Good for CPU a request; latencies of a closed loop hide stalls.
 */
#ifndef SP_BENCHMARKS_WIRE_LOAD_H
#define SP_BENCHMARKS_WIRE_LOAD_H

#include <stdint.h>

#include "base/buffer.h"
#include "base/status.h"

struct load_result {
    uint64_t requests; /* answered in full with 200 */
    uint64_t failures; /* anything else: the result is then invalid */
    double seconds;
    unsigned p50_us;
    unsigned p99_us;
};

/** Send @p request over @p connections to 127.0.0.1:@p port for @p seconds. */
SP_MUST_CHECK enum sp_status load_run(uint16_t port, struct sp_view request, unsigned connections,
                                      double seconds, struct load_result *result);

/** Send @p request once; @p body gets the answer's body. @return SP_OK; SP_IO; SP_INVALID (no 200)
 */
SP_MUST_CHECK enum sp_status load_once(uint16_t port, struct sp_view request,
                                       struct sp_buffer *body);

#endif
