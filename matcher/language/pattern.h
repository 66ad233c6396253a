/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * What Unicode's word boundaries do not know: addresses, grouped numbers, units, abbreviations with
 * dots. Pure functions over the text; each gives the end of the longest match that starts at a
 * word, or 0. Each looks at a bounded stretch of text, so that the whole analysis stays linear.
 */
#ifndef SP_LANGUAGE_PATTERN_H
#define SP_LANGUAGE_PATTERN_H

#include "matcher/language/language_priv.h"
#include "matcher/language/segment.h"

/** End of the URL, e-mail or domain name that starts with @p atom. */
size_t sp_address_end(struct sp_view text, const struct sp_atom *atom);

/** End of a number whose digits are grouped by spaces ("25 000 000,50"). */
size_t sp_grouped_number_end(struct sp_view text, const struct sp_atom *atom);

/** End of the unit of measure that starts at @p start: "m2", "m²", "zł/h", "kg/mies.". */
size_t sp_unit_end(const struct sp_language *language, struct sp_view text, size_t start);

/**
 * End of the dotted abbreviation that starts at @p start: "m.in.", "sp. z o.o.".
 *
 * @param row  its row in the table of abbreviations
 */
size_t sp_abbreviation_end(const struct sp_language *language, struct sp_view text, size_t start,
                           const struct sp_table_row **row);

/** The row of abbreviation @p written, in any case; NULL if it is none. */
const struct sp_table_row *sp_abbreviation_find(const struct sp_language *language,
                                                struct sp_view written);

/** Length of the hyphen at the start of @p text: "-", U+2010, U+2011; 0 if there is none. */
size_t sp_hyphen_length(struct sp_view text);

#endif
