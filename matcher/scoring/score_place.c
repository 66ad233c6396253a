/* SPDX-License-Identifier: EUPL-1.2 */
/** @file Reach of an offer; see score_place.h. */
#include "matcher/scoring/score_place.h"

#include <math.h>

enum { M_PER_KM = 1000, HALF = 2, E5_PER_DEGREE = 100 * 1000 };

static bool has_point(const Spoina__V1__Place *seat)
{
    return seat != NULL && seat->_latitude_case == SPOINA__V1__PLACE___LATITUDE_LATITUDE &&
           seat->_longitude_case == SPOINA__V1__PLACE___LONGITUDE_LONGITUDE;
}

/** Metres from the seat to the place; 0 when the seat lies in it. */
static uint32_t distance_to(const struct sp_place *place, const Spoina__V1__Place *seat)
{
    bool region = place->level != SP_PLACE_LOCALITY;
    if (region && *seat->teryt != '\0' &&
        sp_teryt_holds(sp_view_of(place->teryt), sp_view_of(seat->teryt))) {
        return 0;
    }
    return sp_distance_m(place->latitude_e5, place->longitude_e5,
                         (int32_t)lround(seat->latitude * E5_PER_DEGREE),
                         (int32_t)lround(seat->longitude * E5_PER_DEGREE));
}

/** Permille: full up to SP_NEAR_KM, nothing from SP_FAR_KM. */
static uint32_t nearness(uint32_t distance_m)
{
    const uint32_t near_m = SP_NEAR_KM * M_PER_KM;
    const uint32_t far_m = SP_FAR_KM * M_PER_KM;
    if (distance_m <= near_m) {
        return SP_PERMILLE;
    }
    if (distance_m >= far_m) {
        return 0;
    }
    return (uint32_t)((uint64_t)SP_PERMILLE * (far_m - distance_m) / (far_m - near_m));
}

static enum sp_reach reach_by_units(const Spoina__V1__ServedArea *area,
                                    const struct sp_place *place)
{
    enum sp_reach reach = SP_REACH_NOT_SERVED;
    struct sp_view needed = sp_view_of(place->teryt);
    for (size_t i = 0; i < area->n_teryt; i++) {
        struct sp_view served = sp_view_of(area->teryt[i]);
        if (sp_teryt_holds(served, needed)) {
            return SP_REACH_SERVED;
        }
        if (sp_teryt_holds(needed, served)) {
            reach = SP_REACH_PARTLY;
        }
    }
    return reach;
}

static enum sp_reach reach_of(const Spoina__V1__ServedArea *area, const struct sp_place *place,
                              const struct sp_place_score *score)
{
    bool has_circle =
        area != NULL && area->_kilometres_case == SPOINA__V1__SERVED_AREA___KILOMETRES_KILOMETRES;
    if (area == NULL || (area->n_teryt == 0 && !has_circle)) {
        return SP_REACH_AREA_UNKNOWN;
    }
    if (has_circle && score->has_distance &&
        score->distance_m <= (uint64_t)area->kilometres * M_PER_KM) {
        return SP_REACH_SERVED;
    }
    if (area->n_teryt == 0 && !score->has_distance) {
        return SP_REACH_AREA_UNKNOWN; /* a circle around a point that is not known */
    }
    return reach_by_units(area, place);
}

static uint32_t reach_permille(const struct sp_place_score *score)
{
    /* A seat that is not known may be anywhere between near and far. */
    uint32_t near = score->has_distance ? nearness(score->distance_m) : SP_PERMILLE / HALF;
    uint32_t served =
        SP_PLACE_FAR_PERMILLE + (SP_PERMILLE - SP_PLACE_FAR_PERMILLE) * near / SP_PERMILLE;
    switch (score->reach) {
    case SP_REACH_SERVED:
        return served;
    case SP_REACH_PARTLY:
        return served / HALF;
    case SP_REACH_AREA_UNKNOWN:
        return SP_NEUTRAL_PERMILLE * near / SP_PERMILLE;
    case SP_REACH_NOT_SERVED:
    case SP_REACH_PLACE_UNKNOWN:
        break;
    }
    return 0;
}

struct sp_place_score sp_score_place(const struct sp_need *need, const Spoina__V1__Offer *offer,
                                     const Spoina__V1__Place *seat)
{
    struct sp_place_score best = {
        .part = {SP_NEUTRAL_PERMILLE, true},
        .reach = SP_REACH_PLACE_UNKNOWN,
    };
    for (size_t i = 0; i < need->place_count; i++) {
        struct sp_place_score score = {.place = need->places[i]};
        score.has_distance = has_point(seat);
        score.distance_m = score.has_distance ? distance_to(score.place, seat) : 0;
        score.reach = reach_of(offer == NULL ? NULL : offer->area, score.place, &score);
        score.part.permille = reach_permille(&score);
        score.part.unknown = score.reach == SP_REACH_AREA_UNKNOWN;
        if (best.place == NULL || score.part.permille > best.part.permille) {
            best = score;
        }
    }
    return best;
}
