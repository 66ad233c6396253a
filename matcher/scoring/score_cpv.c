/* SPDX-License-Identifier: EUPL-1.2 */
/** @file Closeness of codes; see score_cpv.h. */
#include "matcher/scoring/score_cpv.h"

struct sp_cpv_score sp_score_cpv(const struct sp_cpv_tree *tree, const struct sp_need *need,
                                 const Spoina__V1__Offer *offer)
{
    struct sp_cpv_score best = {.part = {SP_NEUTRAL_PERMILLE, true}};
    size_t offered_count = offer == NULL ? 0 : offer->n_cpv;
    for (size_t i = 0; i < offered_count; i++) {
        const struct sp_cpv *offered = sp_cpv_find(tree, sp_view_of(offer->cpv[i]));
        for (size_t j = 0; offered != NULL && j < need->code_count; j++) {
            uint32_t closeness = (uint32_t)sp_cpv_closeness(tree, need->codes[j], offered);
            closeness = j == 0 ? closeness : closeness * SP_CPV_ADDITIONAL_PERMILLE / SP_PERMILLE;
            if (best.offered == NULL || closeness > best.part.permille) {
                best = (struct sp_cpv_score){{closeness, false}, need->codes[j], offered};
            }
        }
    }
    return best;
}
