/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * The other direction of matcher/consortium/exchange.h.
 */
#ifndef SP_BENCHMARKS_SOLVE_EXCHANGE_WRITE_H
#define SP_BENCHMARKS_SOLVE_EXCHANGE_WRITE_H

#include <stdio.h>

#include "matcher/consortium/problem.h"

/** Write @p problem in the exchange format; the caller checks @p out for errors. */
void exchange_write(const struct sp_problem *problem, FILE *out);

#endif
