/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * How well an offer reaches the place of a need.
 *
 *   served       the place lies in a TERYT unit or within the kilometres that the entity gave:
 *                between SP_PLACE_FAR_PERMILLE and full, by nearness of the seat
 *   partly       the place is a region of which the entity serves a part: half of that
 *   not served   0
 *   unknown      the entity gave no area: the neutral share by nearness; or the need names no
 *                place: the neutral share for everyone
 *
 * Nearness is full up to SP_NEAR_KM and falls evenly to nothing at SP_FAR_KM.
 */
#ifndef SP_SCORING_SCORE_PLACE_H
#define SP_SCORING_SCORE_PLACE_H

#include "matcher/scoring/need.h"
#include "matcher/scoring/parts.h"
#include "spoina/v1/catalogue.pb-c.h"

enum {
    SP_NEAR_KM = 10,
    SP_FAR_KM = 210, /* across a voivodeship */
    SP_PLACE_FAR_PERMILLE = 300
};

enum sp_reach {
    SP_REACH_SERVED,
    SP_REACH_PARTLY,
    SP_REACH_NOT_SERVED,
    SP_REACH_AREA_UNKNOWN,  /* the entity did not say where it works */
    SP_REACH_PLACE_UNKNOWN, /* the need does not say where it is */
};

struct sp_place_score {
    struct sp_part_score part;
    enum sp_reach reach;
    const struct sp_place *place; /* of the need, that which is reached best; may be NULL */
    bool has_distance;
    uint32_t distance_m; /* from the entity's place; 0 inside a region */
};

/** Score the reach of an offer. A pure function.
 *  @param offer  NULL: a profile, whose area is unknown
 *  @param seat   where the entity works from; may be NULL */
struct sp_place_score sp_score_place(const struct sp_need *need, const Spoina__V1__Offer *offer,
                                     const Spoina__V1__Place *seat);

#endif
