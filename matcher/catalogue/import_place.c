/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Where a town named in a file lies: an answer only where it is certain.
 */
#include <math.h>
#include <string.h>

#include "matcher/catalogue/import_priv.h"
#include "matcher/vocabulary/vocabulary.h"

enum {
    NEAR_M = 15000, /* from the point of a town to any address of it */
    E5 = 100000
};

static bool is_in(const struct sp_place *place, const char *voivodeship)
{
    return sp_teryt_holds(sp_view_of(voivodeship), sp_view_of(place->teryt));
}

static bool is_town_or_gmina(const struct sp_place *place)
{
    return place->level == SP_PLACE_LOCALITY || place->level == SP_PLACE_GMINA ||
           place->level == SP_PLACE_POWIAT;
}

/** The candidate nearest to the seat's point; NULL when none is near. */
static const struct sp_place *nearest(const struct sp_place_mention *mention,
                                      const Spoina__V1__Place *seat)
{
    const struct sp_place *best = NULL;
    uint32_t best_m = NEAR_M;
    int32_t latitude = (int32_t)lround(seat->latitude * E5);
    int32_t longitude = (int32_t)lround(seat->longitude * E5);
    for (size_t i = 0; i < mention->candidate_count; i++) {
        const struct sp_place *place = mention->candidates[i];
        uint32_t metres =
            sp_distance_m(latitude, longitude, place->latitude_e5, place->longitude_e5);
        /* "<": of a town and its gmina, at one point, the likelier comes first and stays */
        if (is_town_or_gmina(place) && metres < best_m) {
            best = place;
            best_m = metres;
        }
    }
    return best;
}

/** The candidate in the voivodeship, if all candidates there lie in one powiat; else NULL. */
static const struct sp_place *only_one(const struct sp_place_mention *mention,
                                       const char *voivodeship)
{
    enum { POWIAT_DIGITS = 4 };
    const struct sp_place *only = NULL;
    for (size_t i = 0; i < mention->candidate_count; i++) {
        const struct sp_place *place = mention->candidates[i];
        if (!is_town_or_gmina(place) || !is_in(place, voivodeship)) {
            continue;
        }
        if (only != NULL && strncmp(only->teryt, place->teryt, POWIAT_DIGITS) != 0) {
            return NULL;
        }
        only = only == NULL ? place : only;
    }
    return only;
}

enum sp_status sp_import_place(struct sp_import *job, Spoina__V1__Place *seat,
                               const char *voivodeship, struct sp_arena *arena,
                               struct sp_error *err)
{
    struct sp_place_mention mention = {0};
    const char *teryt = voivodeship;
    if (seat->teryt[0] != '\0') {
        return SP_OK;
    }
    if (job->vocabulary != NULL && seat->name[0] != '\0') {
        enum sp_status status =
            sp_gazetteer_resolve(job->vocabulary->gazetteer, job->analyser, sp_view_of(seat->name),
                                 sp_view_of(voivodeship), arena, &mention, err);
        if (status != SP_OK && status != SP_NOT_FOUND) {
            return status;
        }
        bool point = seat->_latitude_case == SPOINA__V1__PLACE___LATITUDE_LATITUDE &&
                     seat->_longitude_case == SPOINA__V1__PLACE___LONGITUDE_LONGITUDE &&
                     fabs(seat->latitude) <= 90.0 && fabs(seat->longitude) <= 180.0;
        const struct sp_place *found = status != SP_OK ? NULL
                                       : point         ? nearest(&mention, seat)
                                                       : only_one(&mention, voivodeship);
        teryt = found == NULL ? voivodeship : found->teryt;
    }
    seat->teryt = sp_arena_strdup(arena, teryt);
    return seat->teryt == NULL ? SP_FAIL_NOMEM(err) : SP_OK;
}
