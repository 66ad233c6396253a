/* SPDX-License-Identifier: EUPL-1.2 */
/** @file Entities and fits as messages; see show.h. */
#include "matcher/scoring/show.h"

#include "matcher/scoring/evaluate.h"
#include "matcher/scoring/reasons.h"

Spoina__V1__EntitySummary *sp_show_entity(const Spoina__V1__Entity *entity, struct sp_arena *arena)
{
    Spoina__V1__EntitySummary *summary = sp_arena_alloc(arena, sizeof *summary);
    Spoina__V1__UnitKind *kinds = sp_arena_calloc(arena, entity->n_units, sizeof *kinds);
    if (summary == NULL || kinds == NULL) {
        return NULL;
    }
    spoina__v1__entity_summary__init(summary);
    summary->id = entity->id;
    summary->name = entity->name;
    summary->legal_form = entity->legal_form;
    for (size_t i = 0; i < entity->n_units; i++) {
        kinds[i] = entity->units[i]->kind;
    }
    summary->units = kinds;
    summary->n_units = entity->n_units;
    summary->seat = entity->seat;
    summary->n_statuses = entity->n_statuses;
    summary->statuses = entity->statuses;
    summary->fictional = entity->provenance != NULL && entity->provenance->fictional;
    return summary;
}

enum sp_status sp_show_fit(const struct sp_match_context *context, const struct sp_pool *pool,
                           const struct sp_pool_entity *entity, size_t requirement,
                           struct sp_arena *scratch, Spoina__V1__RequirementFit *out,
                           struct sp_error *err)
{
    const struct sp_pool_fit *fit = &entity->fits[requirement];
    const struct sp_need *need = &pool->needs[requirement];
    struct sp_offer offer;
    enum sp_status status = sp_offer_read(context->analyser, context->vocabulary->services,
                                          entity->entity, fit->offer_index, scratch, &offer, err);
    if (status != SP_OK) {
        return status;
    }
    struct sp_evaluation evaluation;
    sp_evaluate(context->vocabulary, need, &offer, pool->day, &evaluation);
    spoina__v1__requirement_fit__init(out);
    out->requirement_id = pool->lot->requirements[requirement]->id;
    out->offer_id = offer.offer == NULL ? (char *)protobuf_c_empty_string : offer.offer->id;
    out->score = fit->total;
    out->band = sp_band(fit->total);
    bool compared = fit->capacity == SP_CAPACITY_COMPARED;
    out->share_permille = compared ? fit->parts.part[SP_PART_CAPACITY].permille : SP_PERMILLE;
    struct sp_reasoning reasoning = {
        .vocabulary = context->vocabulary,
        .weights = &pool->weights,
        .need = need,
        .offer = &offer,
        .evaluation = &evaluation,
        .locale = context->locale,
        .arena = context->arena,
    };
    return sp_reasons_write(&reasoning, out, err);
}
