/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Units of measure and periods as tenders and offers write them, and conversion between them.
 *
 * data/units.tsv gives each unit a base and a factor (a fraction of integers): 1 ar = 100 m2, 1 Mg
 * = 1000 kg, and a teaching hour of 45 minutes is not an hour. Units of different bases are never
 * converted. data/periods.tsv says how often a period comes in a year.
 */
#ifndef SP_VOCABULARY_UNITS_H
#define SP_VOCABULARY_UNITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/locale.h"
#include "base/status.h"
#include "base/view.h"

struct sp_units; /* both tables; shared by all threads, read-only */

struct sp_unit {
    const char *id;     /* "h", "m2", "kg", "meal": what Quantity.unit holds */
    const char *polish; /* name shown: "godzina" */
    const char *english;
    const char *symbol; /* short form shown: "godz." */
    const char
        *counted[4]; /* the symbol after 1, 2..4, 5 and more, a fraction: "kosz", "kosze", ... */
    const char *english_plural;
    const char *base;    /* id of the unit of which this one is a multiple; its own id if none */
    int64_t numerator;   /* this unit = numerator/denominator base units */
    int64_t denominator; /* > 0 */
};

struct sp_period {
    const char *id;     /* "day", "school_day", "week", "month", "year": Quantity.period */
    const char *polish; /* "miesiąc" */
    const char *english;
    const char *symbol; /* "mies." */
    int64_t numerator;  /* it comes numerator/denominator times in a year; 0: not convertible */
    int64_t denominator;
};

/** What a text like "kg/mies." or "zł/h" measures. */
struct sp_measure {
    const struct sp_unit *unit;     /* NULL: a price or amount per period only ("zł/mies.") */
    const struct sp_period *period; /* NULL: once, in total */
    bool price;                     /* złoty for one unit */
};

/** Open units.tsv and periods.tsv of @p directory.
 *  @return SP_OK; SP_NOT_FOUND; SP_IO; SP_CORRUPT (names file and line); SP_NOMEM */
SP_MUST_CHECK enum sp_status sp_units_open(const char *directory, struct sp_units **out,
                                           struct sp_error *err);
void sp_units_free(struct sp_units *units);

const struct sp_unit *sp_units_all(const struct sp_units *units, size_t *count);
const struct sp_period *sp_periods_all(const struct sp_units *units, size_t *count);

/** Find by id; NULL when there is none. */
const struct sp_unit *sp_unit_find(const struct sp_units *units, struct sp_view id);
const struct sp_period *sp_period_find(const struct sp_units *units, struct sp_view id);

/**
 * The word to show after @p amount: "2 kosze", "5 koszy", "2,5 kosza"; in English "2 bins".
 *
 * Source: CLDR plural rules of Polish (one: 1; few: ends in 2..4, not in 12..14; many: other whole
 * numbers; other: fractions).
 */
const char *sp_unit_counted(const struct sp_unit *unit, double amount, enum sp_locale locale);

/** Find by id, abbreviation or wording in any case, a final dot or not: "m²", "godz.",
 * "roboczogodzin". NULL when it is no unit or period. */
const struct sp_unit *sp_unit_named(const struct sp_units *units, struct sp_view text);
const struct sp_period *sp_period_named(const struct sp_units *units, struct sp_view text);

/**
 * Read a measure: "kg/mies.", "zł/h", "m2", "posiłek × dzień", "porcji dziennie", "zł za m²
 * miesięcznie".
 *
 * @param place  field path for the error
 * @return SP_OK; SP_INVALID (the message names the part that is not known)
 */
SP_MUST_CHECK enum sp_status sp_measure_parse(const struct sp_units *units, struct sp_view text,
                                              const char *place, struct sp_measure *out,
                                              struct sp_error *err);

/**
 * Convert an amount from one measure to another: units of one base, periods by their times a year.
 * A NULL period only goes with a NULL period: a total is not a rate.
 *
 * @param amount  finite
 * @return SP_OK; SP_UNSUPPORTED (the message names both sides)
 */
SP_MUST_CHECK enum sp_status sp_measure_convert(const struct sp_measure *from,
                                                const struct sp_measure *to, double amount,
                                                double *out, struct sp_error *err);

#endif
