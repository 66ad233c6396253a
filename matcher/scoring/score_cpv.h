/* SPDX-License-Identifier: EUPL-1.2 */
/** @file How close the codes of an offer are to those of a need. */
#ifndef SP_SCORING_SCORE_CPV_H
#define SP_SCORING_SCORE_CPV_H

#include "matcher/scoring/need.h"
#include "matcher/scoring/parts.h"
#include "spoina/v1/catalogue.pb-c.h"

enum {
    SP_CPV_ADDITIONAL_PERMILLE = 850
}; /* an additional code of the need, against its main one */

struct sp_cpv_score {
    struct sp_part_score part; /* unknown: one side has no code */
    const struct sp_cpv *needed;
    const struct sp_cpv *offered; /* the closest pair; NULL when unknown */
};

/** How close @p offered is to the closest code of @p need, in permille; 0 when it has none.
 *  @param needed  may be NULL; set to that code, the first of equals */
uint32_t sp_cpv_best_permille(const struct sp_cpv_tree *tree, const struct sp_need *need,
                              const struct sp_cpv *offered, const struct sp_cpv **needed);

/** Take the closest pair of codes (sp_cpv_closeness()); the need's first code, the main one, counts
 *  in full, the others a little less. A pure function.
 *  @param offer  NULL: a profile, which has no codes */
struct sp_cpv_score sp_score_cpv(const struct sp_cpv_tree *tree, const struct sp_need *need,
                                 const Spoina__V1__Offer *offer);

#endif
