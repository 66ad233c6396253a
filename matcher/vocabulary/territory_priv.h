/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Body of the territory, shared by its loader and its look-ups.
 */
#ifndef SP_VOCABULARY_TERRITORY_PRIV_H
#define SP_VOCABULARY_TERRITORY_PRIV_H

#include "base/arena.h"
#include "matcher/vocabulary/territory.h"

enum {
    VOIVODESHIP_DIGITS = 2,
    POWIAT_DIGITS = 4,
    GMINA_DIGITS = 6,
    KIND_DIGITS = 7,
    NUTS_MAX_CHARS = 5
};

struct nuts_region {
    const char *code;
    const char *units; /* TERYT, separated by spaces */
};

struct sp_territory {
    struct sp_arena *arena;  /* holds all below */
    struct sp_place *places; /* units by TERYT, the country first, then localities by TERYT */
    size_t count;
    size_t unit_count;
    struct nuts_region *regions;
    size_t region_count;
    struct sp_owes *owes;
    size_t owes_count;
};

#endif
