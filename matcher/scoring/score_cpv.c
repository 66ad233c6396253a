/* SPDX-License-Identifier: EUPL-1.2 */
/** @file Closeness of codes; see score_cpv.h. */
#include "matcher/scoring/score_cpv.h"

uint32_t sp_cpv_best_permille(const struct sp_cpv_tree *tree, const struct sp_need *need,
                              const struct sp_cpv *offered, const struct sp_cpv **needed)
{
    uint32_t best = 0;
    for (size_t i = 0; i < need->code_count; i++) {
        uint32_t closeness = (uint32_t)sp_cpv_closeness(tree, need->codes[i], offered);
        closeness = i == 0 ? closeness : closeness * SP_CPV_ADDITIONAL_PERMILLE / SP_PERMILLE;
        bool better = i == 0 || closeness > best;
        best = better ? closeness : best;
        if (better && needed != NULL) {
            *needed = need->codes[i];
        }
    }
    return best;
}

struct sp_cpv_score sp_score_cpv(const struct sp_cpv_tree *tree, const struct sp_need *need,
                                 const Spoina__V1__Offer *offer)
{
    struct sp_cpv_score best = {.part = {SP_NEUTRAL_PERMILLE, true}};
    size_t offered_count = offer == NULL || need->code_count == 0 ? 0 : offer->n_cpv;
    for (size_t i = 0; i < offered_count; i++) {
        const struct sp_cpv *offered = sp_cpv_find(tree, sp_view_of(offer->cpv[i]));
        const struct sp_cpv *needed = NULL;
        uint32_t closeness =
            offered == NULL ? 0 : sp_cpv_best_permille(tree, need, offered, &needed);
        if (offered != NULL && (best.offered == NULL || closeness > best.part.permille)) {
            best = (struct sp_cpv_score){{closeness, false}, needed, offered};
        }
    }
    return best;
}
