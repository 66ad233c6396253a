/* SPDX-License-Identifier: EUPL-1.2 */
#include "matcher/vocabulary/territory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/memory.h"
#include "matcher/vocabulary/data_table.h"
#include "matcher/vocabulary/territory_priv.h"

enum { EARTH_RADIUS_M = 6371008 }; /* mean radius R1 of the IUGG */

void sp_territory_free(struct sp_territory *territory)
{
    if (territory != NULL) {
        sp_arena_free(territory->arena);
        sp_free(territory);
    }
}

const struct sp_place *sp_territory_all(const struct sp_territory *territory, size_t *count)
{
    *count = territory->count;
    return territory->places;
}

bool sp_teryt_is_code(struct sp_view text)
{
    for (size_t i = 0; i < text.length; i++) {
        if (text.data[i] < '0' || text.data[i] > '9') {
            return false;
        }
    }
    return text.length == VOIVODESHIP_DIGITS || text.length == POWIAT_DIGITS ||
           text.length == GMINA_DIGITS || text.length == KIND_DIGITS;
}

/* Length of a code without its kind digit. */
static size_t area_digits(struct sp_view teryt)
{
    return teryt.length == KIND_DIGITS ? GMINA_DIGITS : teryt.length;
}

bool sp_teryt_holds(struct sp_view area, struct sp_view teryt)
{
    size_t digits = area_digits(area);
    return digits <= area_digits(teryt) && memcmp(area.data, teryt.data, digits) == 0;
}

/* Find the unit whose code, without the kind, is exactly @p digits long and equal. */
static struct sp_place *find_unit(const struct sp_territory *territory, const char *teryt,
                                  size_t digits)
{
    size_t low = 0;
    size_t high = territory->unit_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strncmp(territory->places[middle].teryt, teryt, digits) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    /* A unit sorts before the units in it, so the first with these digits is the one, if any. */
    if (low == territory->unit_count) {
        return NULL;
    }
    struct sp_place *place = &territory->places[low];
    bool same = strncmp(place->teryt, teryt, digits) == 0 &&
                area_digits(sp_view_of(place->teryt)) == digits;
    return same ? place : NULL;
}

static bool kind_fits(enum sp_gmina_kind kind, char digit)
{
    if (kind == SP_GMINA_URBAN_RURAL && (digit == '4' || digit == '5')) {
        return true; /* its town and its rural part */
    }
    return kind == SP_GMINA_KIND_UNKNOWN || digit - '0' == (int)kind;
}

const struct sp_place *sp_territory_by_teryt(const struct sp_territory *territory,
                                             struct sp_view teryt)
{
    if (!sp_teryt_is_code(teryt)) {
        return NULL;
    }
    const struct sp_place *place = find_unit(territory, teryt.data, area_digits(teryt));
    if (place != NULL && teryt.length == KIND_DIGITS &&
        !kind_fits(place->kind, teryt.data[GMINA_DIGITS])) {
        return NULL;
    }
    return place;
}

/* Copy a NUTS code in capitals; false if it cannot be one of Poland. */
static bool fold_nuts(struct sp_view nuts, char out[NUTS_MAX_CHARS + 1])
{
    nuts = sp_view_trim(nuts);
    if (nuts.length < 2 || nuts.length > NUTS_MAX_CHARS) {
        return false;
    }
    for (size_t i = 0; i < nuts.length; i++) {
        char c = nuts.data[i];
        out[i] = c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
    }
    out[nuts.length] = '\0';
    return memcmp(out, "PL", 2) == 0;
}

static const struct nuts_region *find_region(const struct sp_territory *territory, const char *code)
{
    for (size_t i = 0; i < territory->region_count; i++) {
        if (strcmp(territory->regions[i].code, code) == 0) {
            return &territory->regions[i];
        }
    }
    return NULL;
}

size_t sp_territory_by_nuts(const struct sp_territory *territory, struct sp_view nuts,
                            const struct sp_place **units, size_t max)
{
    char code[NUTS_MAX_CHARS + 1];
    if (!fold_nuts(nuts, code)) {
        return 0;
    }
    if (code[2] == '\0') {
        if (max > 0) {
            units[0] = &territory->places[0];
        }
        return 1;
    }
    const struct nuts_region *region = find_region(territory, code);
    if (region == NULL && strlen(code) == NUTS_MAX_CHARS) {
        code[NUTS_MAX_CHARS - 1] = '\0'; /* a level 3 of another year: its level 2 will do */
        region = find_region(territory, code);
    }
    if (region == NULL) {
        return 0;
    }
    size_t count = 0;
    struct sp_view rest = sp_view_of(region->units);
    struct sp_view teryt;
    while (sp_list_next(&rest, ' ', &teryt)) {
        if (count < max) {
            units[count] = sp_territory_by_teryt(territory, teryt);
        }
        count++;
    }
    return count;
}

const struct sp_place *sp_territory_parent(const struct sp_territory *territory,
                                           const struct sp_place *place)
{
    size_t digits = area_digits(sp_view_of(place->teryt));
    if (place->level != SP_PLACE_LOCALITY) {
        digits = digits > VOIVODESHIP_DIGITS ? digits - 2 : 0;
    }
    return digits == 0 ? NULL : find_unit(territory, place->teryt, digits);
}

static double radians(int32_t degrees_e5)
{
    static const double pi = 3.14159265358979323846;
    return (double)degrees_e5 / 1e5 * pi / 180.0;
}

uint32_t sp_distance_m(int32_t latitude_a_e5, int32_t longitude_a_e5, int32_t latitude_b_e5,
                       int32_t longitude_b_e5)
{
    double a = radians(latitude_a_e5);
    double b = radians(latitude_b_e5);
    double north = sin((b - a) / 2);
    double east = sin((radians(longitude_b_e5) - radians(longitude_a_e5)) / 2);
    double chord = north * north + cos(a) * cos(b) * east * east;
    double angle = 2 * asin(sqrt(chord < 1 ? chord : 1));
    return (uint32_t)lround(EARTH_RADIUS_M * angle);
}

uint32_t sp_place_distance_m(const struct sp_place *a, const struct sp_place *b)
{
    return sp_distance_m(a->latitude_e5, a->longitude_e5, b->latitude_e5, b->longitude_e5);
}

const struct sp_owes *sp_territory_owes(const struct sp_territory *territory, struct sp_view teryt)
{
    for (size_t i = 0; i < territory->owes_count; i++) {
        struct sp_view rest = sp_view_of(territory->owes[i].teryt);
        struct sp_view powiat;
        while (sp_list_next(&rest, ' ', &powiat)) {
            if (teryt.length >= powiat.length && sp_teryt_holds(powiat, teryt)) {
                return &territory->owes[i];
            }
        }
    }
    return NULL;
}
