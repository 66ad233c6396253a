/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * The tables of data/region/ in memory: what the files say, with names looked up and sums checked.
 * Private to tools/region.
 */
#ifndef SP_REGION_TABLES_H
#define SP_REGION_TABLES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/status.h"
#include "matcher/vocabulary/territory.h"
#include "spoina/v1/catalogue.pb-c.h"

enum {
    SP_REGION_CPV_MAX = 2,        /* of a service */
    SP_REGION_LICENCES_MAX = 3,   /* of a service */
    SP_REGION_PATTERNS_MAX = 4,   /* of names, of a kind */
    SP_REGION_SERVICES_MAX = 128, /* in services.tsv */
    SP_REGION_NEIGHBOURS = 4,     /* of a powiat, nearest first */
    SP_REGION_TABLES_BYTES = 4 * 1024 * 1024
};

struct sp_region_texts {
    const char **items;
    size_t count;
};

struct sp_region_licence {
    const char *id;
    const char *kind; /* words */
    int64_t years;    /* valid for; 0: without end */
};

/** Parts of an offer's text, phrases.tsv. */
enum sp_region_part {
    SP_REGION_TITLE,
    SP_REGION_WORK,
    SP_REGION_DETAIL,
    SP_REGION_AMOUNT, /* with {n} */
    SP_REGION_TOOL,
    SP_REGION_PARTS
};

struct sp_region_service {
    const char *id;
    const char *group;
    int64_t weight;
    const char *by; /* letters of kinds */
    const char *cpv[SP_REGION_CPV_MAX];
    size_t cpv_count;
    const char *unit;
    const char *period; /* "": once */
    int64_t least;      /* capacity, units a period */
    int64_t most;
    int64_t step;
    int64_t price_least; /* grosz for one unit, gross; -1: not sold */
    int64_t price_most;
    const struct sp_region_licence *licences[SP_REGION_LICENCES_MAX];
    size_t licence_count;
    struct sp_region_texts texts[SP_REGION_PARTS];
};

struct sp_region_kind {
    char letter;
    Spoina__V1__LegalForm form;
    Spoina__V1__UnitKind unit; /* UNSPECIFIED: none */
    int64_t weight;            /* per mille */
    int64_t in_krs;            /* 1: in the National Court Register */
    int64_t staff_least;
    int64_t staff_most;
    Spoina__V1__SocialGroup group;
    int64_t share_least; /* per cent of staff in the group */
    int64_t share_most;
    int64_t ps, opp, zpch, mark;                     /* per mille that have, or had, the status */
    int64_t aim, utility, non_profit, participation; /* per mille that declares it to hold */
    const char *patterns[SP_REGION_PATTERNS_MAX];
    size_t pattern_count;
};

struct sp_region_powiat {
    const struct sp_place *place;
    const struct sp_place **gminas;
    size_t gmina_count;
    int64_t residents; /* of the gminas' seats, as far as known: weight of the draw */
    int64_t weight;
    bool city;      /* with powiat rights */
    const char *of; /* "powiatu legnickiego" */
    const char *in; /* "w powiecie legnickim" */
    const struct sp_region_powiat *neighbours[SP_REGION_NEIGHBOURS];
};

/** Sentences of sentences.tsv. */
enum sp_region_sentence {
    SP_REGION_FICTION,
    SP_REGION_ABOUT,
    SP_REGION_NEAR,
    SP_REGION_FAR,
    SP_REGION_REGION,
    SP_REGION_RADIUS,
    SP_REGION_MORE,
    SP_REGION_FREE,
    SP_REGION_SENTENCES
};

struct sp_region_said {
    const char *kinds; /* letters of kinds; "*": all */
    const char *text;
};

struct sp_region {
    struct sp_arena *arena; /* holds all below */
    struct sp_territory *territory;
    struct sp_region_licence *licences;
    size_t licence_count;
    struct sp_region_service *services;
    size_t service_count;
    struct sp_region_kind *kinds;
    size_t kind_count;
    struct sp_region_powiat *powiats;
    size_t powiat_count;
    int64_t powiat_weight; /* sum */
    struct sp_region_said *said[SP_REGION_SENTENCES];
    size_t said_count[SP_REGION_SENTENCES];
    const char *(*adjectives)[3]; /* masculine, feminine, neuter */
    size_t adjective_count;
    struct sp_region_texts nouns[3]; /* by gender */
};

/** Fill @p region, which has arena and territory, from @p directory.
 *  @return SP_OK; SP_NOT_FOUND; SP_IO; SP_CORRUPT (file and line named); SP_NOMEM */
SP_MUST_CHECK enum sp_status sp_region_read_tables(struct sp_region *region, const char *directory,
                                                   struct sp_error *err);

#endif
