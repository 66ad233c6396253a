/* SPDX-License-Identifier: EUPL-1.2 */
/** @file Numbers in Polish text: "25 000,50", "1.500.000", "10-15", "trzech". Only this folder
 *  includes it. */
#ifndef SP_EXTRACTION_NUMBERS_H
#define SP_EXTRACTION_NUMBERS_H

#include "matcher/extraction/reading.h"

/** Fill has_number, in_words, number, number_max of @p word. */
void sp_number_read(struct sp_word *word);

/**
 * Parse digits as Poles write them: spaces or dots between groups of three, a comma or a dot before
 * one, two or more decimals.
 *
 * @return false if @p text is no such number (a date, a time, a code)
 */
bool sp_number_parse(struct sp_view text, double *out);

/** How many times "3-krotne", "trzykrotnie", "dwukrotny" says; 0: it says nothing. */
double sp_number_times(const struct sp_word *word);

#endif
