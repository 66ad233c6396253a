/* SPDX-License-Identifier: EUPL-1.2 */
/** @file A pool under a changed draft of the same texts; see pool.h. */
#include <string.h>

#include "matcher/scoring/pool_fits.h"

/** Which requirement of the old pool each new one is. */
struct mapping {
    size_t from[sizeof(uint32_t) * 8];
    bool same; /* all of them, in their order: words can be shared */
};

static bool same_codes(const Spoina__V1__Requirement *a, const Spoina__V1__Requirement *b)
{
    bool same = a->n_cpv == b->n_cpv;
    for (size_t i = 0; same && i < a->n_cpv; i++) {
        same = strcmp(a->cpv[i], b->cpv[i]) == 0;
    }
    return same;
}

/** True if both are read from the same words; without a text of its own, from those of the lot. */
static bool same_words(const struct sp_pool *pool, const Spoina__V1__Requirement *old,
                       const Spoina__V1__Draft *draft, const Spoina__V1__Lot *lot,
                       const Spoina__V1__Requirement *requirement)
{
    if (strcmp(old->text, requirement->text) != 0 || !same_codes(old, requirement)) {
        return false;
    }
    return *old->text != '\0' || (strcmp(pool->lot->title, lot->title) == 0 &&
                                  strcmp(pool->lot->description, lot->description) == 0 &&
                                  strcmp(pool->draft->title, draft->title) == 0);
}

static enum sp_status map_requirements(const struct sp_pool *pool, const Spoina__V1__Draft *draft,
                                       const Spoina__V1__Lot *lot, struct mapping *mapping,
                                       struct sp_error *err)
{
    SP_ASSERT(lot->n_requirements >= 1 && lot->n_requirements <= SP_COUNT(mapping->from));
    mapping->same = lot->n_requirements == pool->requirement_count;
    for (size_t j = 0; j < lot->n_requirements; j++) {
        const Spoina__V1__Requirement *requirement = lot->requirements[j];
        size_t at = 0;
        while (at < pool->requirement_count &&
               strcmp(pool->lot->requirements[at]->id, requirement->id) != 0) {
            at++;
        }
        if (at == pool->requirement_count ||
            !same_words(pool, pool->lot->requirements[at], draft, lot, requirement)) {
            return SP_FAIL(err, SP_PRECONDITION, requirement->id,
                           "Wymaganie „%.60s” ma inny tekst lub inne kody CPV: trzeba szukać od "
                           "nowa.",
                           "Requirement ‘%.60s’ has another text or other CPV codes: it takes a "
                           "new search.",
                           requirement->id);
        }
        mapping->from[j] = at;
        mapping->same = mapping->same && at == j;
    }
    return SP_OK;
}

/** Take over the words of the requirements that are left. */
static enum sp_status take_words(const struct sp_pool *pool, const struct mapping *mapping,
                                 const struct sp_pool_entity *old, struct sp_pool_entity *entity,
                                 struct sp_error *err)
{
    struct sp_pool_offer *offers = sp_arena_calloc(pool->arena, old->offer_count, sizeof *offers);
    struct sp_pool_words *words =
        sp_arena_calloc(pool->arena, old->offer_count * pool->requirement_count, sizeof *words);
    if (offers == NULL || words == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    for (size_t i = 0; i < old->offer_count; i++) {
        struct sp_pool_words *row = &words[i * pool->requirement_count];
        for (size_t j = 0; j < pool->requirement_count; j++) {
            row[j] = old->offers[i].words[mapping->from[j]];
        }
        offers[i] = (struct sp_pool_offer){old->offers[i].index, row};
    }
    entity->offers = offers;
    return SP_OK;
}

static enum sp_status take_entities(const struct sp_match_context *context,
                                    const struct sp_pool *old, const struct mapping *mapping,
                                    struct sp_pool *out, struct sp_error *err)
{
    out->entities = sp_arena_calloc(out->arena, old->count, sizeof *out->entities);
    out->capacity = old->count;
    out->count = 0;
    enum sp_status status = out->entities == NULL ? SP_FAIL_NOMEM(err) : SP_OK;
    for (size_t i = 0; status == SP_OK && i < old->count; i++) {
        struct sp_pool_entity entity = old->entities[i];
        if (!mapping->same) {
            status = take_words(out, mapping, &old->entities[i], &entity, err);
        }
        if (status == SP_OK && (entity.invited || sp_pool_words_speak(out, &entity))) {
            status = sp_pool_choose_fits(context, out, out->arena, &entity, err);
            out->entities[out->count++] = entity;
        }
    }
    return status;
}

enum sp_status sp_pool_revise(const struct sp_match_context *context, const struct sp_pool *pool,
                              const Spoina__V1__Draft *draft, size_t lot_index,
                              struct sp_arena *arena, struct sp_pool *out, struct sp_error *err)
{
    const Spoina__V1__Lot *lot = draft->lots[lot_index];
    struct mapping mapping;
    enum sp_status status = map_requirements(pool, draft, lot, &mapping, err);
    if (status != SP_OK) {
        return status;
    }
    struct sp_pool revised = *pool;
    revised.draft = draft;
    revised.lot_index = lot_index;
    revised.lot = lot;
    revised.requirement_count = lot->n_requirements;
    revised.arena = arena;
    struct sp_need *needs = sp_arena_calloc(arena, revised.requirement_count, sizeof *needs);
    if (needs == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    revised.needs = needs;
    struct sp_need_tools tools = {context->analyser, context->vocabulary, context->index, arena};
    for (size_t j = 0; status == SP_OK && j < revised.requirement_count; j++) {
        status = sp_need_revise(&tools, &pool->needs[mapping.from[j]], draft, lot_index, j,
                                &needs[j], err);
    }
    if (status == SP_OK) {
        status = take_entities(context, pool, &mapping, &revised, err);
    }
    *out = revised;
    return status;
}
