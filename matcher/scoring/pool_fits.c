/* SPDX-License-Identifier: EUPL-1.2 */
/** @file Words and fits of one entity; see pool_fits.h. */
#include "matcher/scoring/pool_fits.h"

#include "matcher/catalogue/reader.h"
#include "matcher/scoring/offer.h"
#include "matcher/scoring/score_cpv.h"
#include "matcher/scoring/score_evidence.h"
#include "matcher/scoring/score_text.h"
#include "matcher/scoring/tie.h"

/** Texts and codes of one offer against every need. */
static enum sp_status read_offer(const struct sp_match_context *context, const struct sp_pool *pool,
                                 const Spoina__V1__Entity *entity, int32_t index,
                                 struct sp_arena *scratch, struct sp_pool_words *words,
                                 struct sp_error *err)
{
    struct sp_offer offer;
    struct sp_text_score text;
    enum sp_status status = sp_offer_read(context->analyser, context->vocabulary->services, entity,
                                          index, scratch, &offer, err);
    for (size_t j = 0; status == SP_OK && j < pool->requirement_count; j++) {
        sp_score_text(&pool->needs[j], &offer, &text);
        struct sp_cpv_score cpv =
            sp_score_cpv(context->vocabulary->cpv, &pool->needs[j], offer.offer);
        words[j] = (struct sp_pool_words){(uint16_t)text.permille, (uint16_t)cpv.part.permille,
                                          cpv.part.unknown};
    }
    return status;
}

enum sp_status sp_pool_read_words(const struct sp_match_context *context,
                                  const struct sp_pool *pool, const Spoina__V1__Entity *entity,
                                  const int32_t *indices, size_t count, struct sp_arena *scratch,
                                  struct sp_arena *arena, struct sp_pool_entity *out,
                                  struct sp_error *err)
{
    struct sp_pool_offer *offers = sp_arena_calloc(arena, count, sizeof *offers);
    struct sp_pool_words *words =
        sp_arena_calloc(arena, count * pool->requirement_count, sizeof *words);
    if (offers == NULL || words == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    enum sp_status status = SP_OK;
    for (size_t i = 0; status == SP_OK && i < count; i++) {
        offers[i].index = indices[i];
        offers[i].words = &words[i * pool->requirement_count];
        status = read_offer(context, pool, entity, offers[i].index, scratch,
                            &words[i * pool->requirement_count], err);
    }
    out->entity = entity;
    out->offers = offers;
    out->offer_count = count;
    return status;
}

static void set_words(struct sp_parts *parts, const struct sp_pool_words *words)
{
    parts->part[SP_PART_TEXT] = (struct sp_part_score){words->text, false};
    parts->part[SP_PART_CPV] = (struct sp_part_score){words->cpv, words->cpv_unknown};
}

bool sp_pool_words_speak(const struct sp_pool *pool, const struct sp_pool_entity *entity)
{
    for (size_t i = 0; i < entity->offer_count; i++) {
        for (size_t j = 0; j < pool->requirement_count; j++) {
            struct sp_parts parts = {0};
            set_words(&parts, &entity->offers[i].words[j]);
            if (sp_is_relevant(&parts)) {
                return true;
            }
        }
    }
    return false;
}

/** One offer for one need, all parts. */
static struct sp_pool_fit make_fit(const struct sp_match_context *context,
                                   const struct sp_pool *pool, const Spoina__V1__Entity *entity,
                                   const struct sp_pool_offer *offer, size_t requirement,
                                   struct sp_part_score evidence)
{
    const struct sp_need *need = &pool->needs[requirement];
    bool profile = offer->index == SP_OFFER_PROFILE;
    const Spoina__V1__Offer *record = profile ? NULL : entity->offers[offer->index];
    struct sp_place_score place =
        sp_score_place(need, record, sp_offer_place(entity, offer->index));
    struct sp_capacity_score capacity = sp_score_capacity(context->vocabulary->units, need, record);
    struct sp_pool_fit fit = {
        .offer_index = offer->index,
        .capacity = capacity.state,
        .free = capacity.free,
        .reach = place.reach,
        .has_distance = place.has_distance,
        .distance_m = place.distance_m,
        .tie = sp_tie_key(
            need->hash, pool->catalogue_version,
            sp_index_key(sp_view_of(entity->id), sp_view_of(record == NULL ? "" : record->id))),
    };
    set_words(&fit.parts, &offer->words[requirement]);
    fit.parts.part[SP_PART_PLACE] = place.part;
    fit.parts.part[SP_PART_CAPACITY] = capacity.part;
    fit.parts.part[SP_PART_EVIDENCE] = evidence;
    fit.relevant = sp_is_relevant(&fit.parts);
    fit.total = sp_total(&pool->weights, &fit.parts);
    return fit;
}

static bool is_better(const struct sp_pool_fit *a, const struct sp_pool_fit *b)
{
    if (a->relevant != b->relevant) {
        return a->relevant;
    }
    return a->total != b->total ? a->total > b->total : a->tie < b->tie;
}

enum sp_status sp_pool_choose_fits(const struct sp_match_context *context,
                                   const struct sp_pool *pool, struct sp_arena *arena,
                                   struct sp_pool_entity *entity, struct sp_error *err)
{
    SP_ASSERT(pool->requirement_count >= 1);
    struct sp_pool_fit *fits = sp_arena_calloc(arena, pool->requirement_count, sizeof *fits);
    if (fits == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    uint64_t sum = 0;
    entity->fits = fits;
    entity->covered = 0;
    entity->tie = sp_tie_key(pool->needs[0].hash, pool->catalogue_version,
                             sp_index_key(sp_view_of(entity->entity->id), sp_view_of("")));
    for (size_t j = 0; j < pool->requirement_count; j++) {
        struct sp_part_score evidence =
            sp_score_evidence(context->vocabulary, &pool->needs[j], entity->entity, pool->day).part;
        for (size_t i = 0; i < entity->offer_count; i++) {
            struct sp_pool_fit fit =
                make_fit(context, pool, entity->entity, &entity->offers[i], j, evidence);
            if (i == 0 || is_better(&fit, &fits[j])) {
                fits[j] = fit;
            }
        }
        if (fits[j].relevant) {
            sum += fits[j].total;
            entity->tie = entity->covered == 0 ? fits[j].tie : entity->tie;
            entity->covered |= 1u << j;
        }
    }
    entity->score = (uint32_t)(sum / pool->requirement_count);
    return SP_OK;
}
