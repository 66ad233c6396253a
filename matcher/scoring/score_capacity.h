/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Whether an offer has enough free to meet the demand.
 *
 * Free is what the entity declares less what it has committed, in the unit of the demand; the part
 * is free / demand, at most full. Units of different kinds are never converted. A demand in total
 * and a capacity per period meet over the length of the performance, if that is known.
 *
 * Unknown is not zero: without a demand, a declaration or a conversion the part is the neutral
 * share, so that a declared sufficient capacity ranks before an unknown one, and a declared
 * insufficient one (below the share) after it.
 */
#ifndef SP_SCORING_SCORE_CAPACITY_H
#define SP_SCORING_SCORE_CAPACITY_H

#include "matcher/scoring/need.h"
#include "matcher/scoring/parts.h"
#include "spoina/v1/catalogue.pb-c.h"

enum sp_capacity_state {
    SP_CAPACITY_NO_DEMAND,      /* the need does not say how much */
    SP_CAPACITY_NOT_DECLARED,   /* the offer does not say */
    SP_CAPACITY_NOT_COMPARABLE, /* declared in units that do not convert */
    SP_CAPACITY_NOT_YET,        /* free only after the performance has ended */
    SP_CAPACITY_BELOW_MINIMUM,  /* the demand is below the smallest order */
    SP_CAPACITY_COMPARED
};

struct sp_capacity_score {
    struct sp_part_score part;
    enum sp_capacity_state state;
    double free; /* with SP_CAPACITY_COMPARED: in the unit and period of the demand, >= 0 */
};

/** Compare what is free with the demand. A pure function; the best capacity of several counts.
 *  @param offer  NULL: a profile, which declares nothing */
struct sp_capacity_score sp_score_capacity(const struct sp_units *units, const struct sp_need *need,
                                           const Spoina__V1__Offer *offer);

#endif
