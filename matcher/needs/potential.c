/* SPDX-License-Identifier: EUPL-1.2 */
#include "matcher/needs/potential.h"

#include "matcher/advice/supply.h"

static enum sp_status count_lot(struct sp_scene *scene, size_t index,
                                Spoina__V1__NeedPotential *out, struct sp_error *err)
{
    struct sp_lot_matching lot;
    struct sp_supply supply;
    enum sp_status status = sp_scene_lot(scene, index, NULL, 0, NULL, &lot, err);
    if (status == SP_OK) {
        status = sp_supply_count(scene, &lot, &supply, err);
    }
    if (status != SP_OK) {
        return status;
    }
    out->lots_with_offers += supply.independent > 0 ? 1 : 0;
    if (supply.independent > out->independent) {
        out->independent = supply.independent;
        out->independent_certain = supply.independent_certain;
        out->singles = supply.singles;
        out->consortia = supply.consortia;
    }
    return SP_OK;
}

enum sp_status sp_need_potential(const struct sp_advising *advising, const Spoina__V1__Draft *draft,
                                 Spoina__V1__NeedPotential *out, struct sp_error *err)
{
    Spoina__V1__MatchTenderRequest request = SPOINA__V1__MATCH_TENDER_REQUEST__INIT;
    struct sp_scene scene;
    request.need_case = SPOINA__V1__MATCH_TENDER_REQUEST__NEED_DRAFT;
    request.draft = (Spoina__V1__Draft *)draft;
    spoina__v1__need_potential__init(out);
    out->lots = (uint32_t)draft->n_lots;
    enum sp_status status = sp_scene_open(&scene, advising, &request, err);
    for (size_t i = 0;
         status == SP_OK && i < scene.settings.draft->n_lots && i < SP_POTENTIAL_LOTS_MAX; i++) {
        status = count_lot(&scene, i, out, err);
    }
    if (status == SP_OK) {
        out->catalogue_version = scene.catalogue_version;
        out->date = sp_arena_strdup(advising->matching.scoring.arena, scene.date);
        status = out->date == NULL ? SP_FAIL_NOMEM(err) : SP_OK;
    }
    sp_scene_close(&scene);
    return status;
}
