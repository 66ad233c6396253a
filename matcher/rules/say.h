/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Numbers and dates as the sentences of this folder print them, in Polish and in English.
 */
#ifndef SP_RULES_SAY_H
#define SP_RULES_SAY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/date.h"

enum { SP_SAY_BYTES = 96 };

/** A short text of fixed size, to be used as a value. */
struct sp_said {
    char text[SP_SAY_BYTES];
};

/** Join two texts; cut at a character's border where both do not fit. */
void sp_say_joined(struct sp_said *out, const char *first, const char *second);

/** "1234" */
struct sp_said sp_say_count(int64_t count);

/** "brak danych w katalogu" */
const char *sp_say_no_data(bool polish);

/** "1 234 567,89 zł" (thousands parted by no-break spaces). @p grosz >= 0 */
struct sp_said sp_say_money_polish(int64_t grosz);

/** "PLN 1,234,567.89". @p grosz >= 0 */
struct sp_said sp_say_money_english(int64_t grosz);

/** "33,3 %": tenths cut off, never rounded up to a threshold. @p whole > 0 */
struct sp_said sp_say_percent_polish(int64_t part, int64_t whole);

/** "33.3 %" */
struct sp_said sp_say_percent_english(int64_t part, int64_t whole);

/** "31.12.2025" */
struct sp_said sp_say_day_polish(sp_day day);

/** "31 December 2025" */
struct sp_said sp_say_day_english(sp_day day);

/** The form of a Polish noun for @p count: @p one (1), @p few (2-4, 22-24, ...), @p many. */
const char *sp_say_plural(uint64_t count, const char *one, const char *few, const char *many);

#endif
