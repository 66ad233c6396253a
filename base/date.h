/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Calendar dates as day numbers. Nothing below the server reads a clock: the caller passes the day.
 */
#ifndef SP_BASE_DATE_H
#define SP_BASE_DATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/view.h"

/** Days since 1970-01-01 (proleptic Gregorian). */
typedef int32_t sp_day;

#define SP_DAY_UNKNOWN INT32_MIN

/** Parse exactly "YYYY-MM-DD" (years 1800..2999, real dates only). False leaves @p day alone. */
bool sp_day_parse(struct sp_view text, sp_day *day);

/** Write "YYYY-MM-DD" and a NUL. */
void sp_day_format(sp_day day, char out[11]);

sp_day sp_day_from_civil(int year, int month, int day_of_month);
void sp_day_to_civil(sp_day day, int *year, int *month, int *day_of_month);

/** Day number of a Unix time in seconds, UTC. */
sp_day sp_day_from_unix(int64_t seconds);

#endif
