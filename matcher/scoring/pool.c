/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * The pool of a lot; see pool.h.
 *
 * Who is relevant is known from the index before an entity is read, so each is read once, and only
 * those of the pool. Their texts are analysed only if the catalogue has moved on since the index
 * was made.
 */
#include "matcher/scoring/pool.h"

#include <stdlib.h>
#include <string.h>

#include "matcher/catalogue/reader.h"
#include "matcher/scoring/candidates.h"
#include "matcher/scoring/pool_fits.h"
#include "matcher/scoring/pool_list.h"
#include "matcher/search/index.h"

enum {
    SCRATCH_ARENA_BYTES = 32 << 20, /* one entity of 1 MB, analysed */
    SEARCH_ARENA_BYTES = 256 << 20, /* 3 million documents and 16 needs: see candidates.h */
    FIRST_CAPACITY = 64
};

static bool is_cancelled(const struct sp_match_context *context)
{
    return context->cancel != NULL && atomic_load(context->cancel);
}

/** False if the entity changed after the index was made: then it is left for the next match. */
static bool is_current(const struct sp_index_document *document, const Spoina__V1__Entity *entity)
{
    const char *offer_id = "";
    if (document->offer_index != SP_OFFER_PROFILE) {
        if (document->offer_index < 0 || (size_t)document->offer_index >= entity->n_offers) {
            return false;
        }
        offer_id = entity->offers[document->offer_index]->id;
    }
    return document->key == sp_index_key(sp_view_of(entity->id), sp_view_of(offer_id));
}

static enum sp_status append(struct sp_pool *pool, const struct sp_pool_entity *entity,
                             struct sp_error *err)
{
    if (pool->count == pool->capacity) {
        size_t capacity = pool->capacity == 0 ? FIRST_CAPACITY : 2 * pool->capacity;
        struct sp_pool_entity *entities = sp_arena_calloc(pool->arena, capacity, sizeof *entities);
        if (entities == NULL) {
            return SP_FAIL_NOMEM(err);
        }
        if (pool->count > 0) {
            memcpy(entities, pool->entities, pool->count * sizeof *entities);
        }
        pool->entities = entities;
        pool->capacity = capacity;
    }
    pool->entities[pool->count++] = *entity;
    return SP_OK;
}

/** What building a pool works with. */
struct building {
    const struct sp_match_context *context;
    struct sp_pool *pool;
    struct sp_candidates candidates;
    bool index_is_current; /* the index shows the version that the reader reads */
    struct sp_arena *scratch;
    struct sp_arena *texts; /* of one entity, when they must be analysed */
};

/** Words of the documents of an entity as the index has them. */
static enum sp_status take_words(struct building *building,
                                 const struct sp_pool_document *documents, size_t count,
                                 struct sp_pool_entity *out, struct sp_error *err)
{
    struct sp_pool *pool = building->pool;
    struct sp_pool_offer *offers = sp_arena_calloc(pool->arena, count, sizeof *offers);
    struct sp_pool_words *words =
        sp_arena_calloc(pool->arena, count * pool->requirement_count, sizeof *words);
    if (offers == NULL || words == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    for (size_t i = 0; i < count; i++) {
        struct sp_pool_words *row = &words[i * pool->requirement_count];
        sp_candidates_words(&building->candidates, documents[i].document, row);
        offers[i] = (struct sp_pool_offer){documents[i].offer_index, row};
    }
    out->offers = offers;
    out->offer_count = count;
    return SP_OK;
}

/** Words of the same documents from the texts of a record newer than the index. */
static enum sp_status analyse_words(struct building *building,
                                    const struct sp_pool_document *documents, size_t count,
                                    const Spoina__V1__Entity *entity, struct sp_pool_entity *out,
                                    struct sp_error *err)
{
    sp_arena_reset(building->texts);
    int32_t *indices = sp_arena_calloc(building->texts, count, sizeof *indices);
    if (indices == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    for (size_t i = 0; i < count; i++) {
        indices[i] = documents[i].offer_index;
    }
    return sp_pool_read_words(building->context, building->pool, entity, indices, count,
                              building->texts, building->pool->arena, out, err);
}

/** Read one entity with its documents and put it into the pool. */
static enum sp_status take_entity(struct building *building,
                                  const struct sp_pool_document *documents, size_t count,
                                  struct sp_error *err)
{
    const struct sp_match_context *context = building->context;
    struct sp_pool *pool = building->pool;
    struct sp_pool_entity taken = {.number = documents->entity_number};
    Spoina__V1__Entity *entity = NULL;
    enum sp_status status =
        sp_reader_entity(context->reader, taken.number, pool->arena, &entity, err);
    if (status == SP_NOT_FOUND) {
        return SP_OK; /* removed after the index was made */
    }
    for (size_t i = 0; status == SP_OK && i < count; i++) {
        if (!is_current(sp_index_document(context->index, documents[i].document), entity)) {
            return SP_OK;
        }
    }
    if (status == SP_OK) {
        status = building->index_is_current
                     ? take_words(building, documents, count, &taken, err)
                     : analyse_words(building, documents, count, entity, &taken, err);
    }
    taken.entity = entity;
    if (status != SP_OK || !sp_pool_words_speak(pool, &taken)) {
        return status;
    }
    status = sp_pool_choose_fits(context, pool, pool->arena, &taken, err);
    return status == SP_OK ? append(pool, &taken, err) : status;
}

/** Read the needs, and find who is relevant to one of them. */
static enum sp_status search(struct building *building, struct sp_need *needs, struct sp_error *err)
{
    const struct sp_match_context *context = building->context;
    struct sp_pool *pool = building->pool;
    struct sp_need_tools tools = {context->analyser, context->vocabulary, context->index,
                                  pool->arena};
    uint64_t version = 0;
    enum sp_status status = sp_reader_version(context->reader, &version, err);
    for (size_t j = 0; status == SP_OK && j < pool->requirement_count; j++) {
        status = sp_need_read(&tools, pool->draft, pool->lot_index, j, &needs[j], err);
        needs[j].businesses_too = pool->businesses_too;
    }
    if (status == SP_OK) {
        status = sp_candidates_find(context, needs, pool->requirement_count, building->scratch,
                                    &building->candidates, err);
    }
    pool->looked_at = building->candidates.entities_in_common;
    building->index_is_current = version == sp_index_version(context->index);
    return status;
}

/** Take every relevant entity, by rising number. */
static enum sp_status take_all(struct building *building, struct sp_error *err)
{
    struct sp_pool_documents list = {.count = 0};
    enum sp_status status = sp_pool_list_documents(
        building->pool, &building->candidates, SP_POOL_ENTITIES_MAX, building->scratch, &list, err);
    building->pool->candidates_cut = list.cut;
    for (size_t i = 0, end = 0; status == SP_OK && i < list.count; i = end) {
        if (is_cancelled(building->context)) {
            return SP_FAIL(err, SP_CANCELLED, "", "Przerwano.", "Cancelled.");
        }
        for (end = i;
             end < list.count && list.items[end].entity_number == list.items[i].entity_number;) {
            end++;
        }
        status = take_entity(building, &list.items[i], end - i, err);
    }
    return status;
}

enum sp_status sp_pool_build(const struct sp_match_context *context,
                             const struct sp_pool_request *request, struct sp_arena *arena,
                             struct sp_pool *out, struct sp_error *err)
{
    const Spoina__V1__Lot *lot = request->draft->lots[request->lot_index];
    SP_ASSERT(lot->n_requirements >= 1);
    *out = (struct sp_pool){
        .draft = request->draft,
        .lot_index = request->lot_index,
        .lot = lot,
        .requirement_count = lot->n_requirements,
        .day = request->day,
        .weights = request->weights,
        .businesses_too = request->businesses_too,
        .catalogue_version = sp_index_version(context->index),
        .arena = arena,
    };
    struct sp_need *needs = sp_arena_calloc(arena, out->requirement_count, sizeof *needs);
    struct building building = {.context = context,
                                .pool = out,
                                .scratch = sp_arena_new(SEARCH_ARENA_BYTES),
                                .texts = sp_arena_new(SCRATCH_ARENA_BYTES)};
    bool failed = needs == NULL || building.scratch == NULL || building.texts == NULL;
    enum sp_status status = failed ? SP_FAIL_NOMEM(err) : SP_OK;
    out->needs = needs;
    if (status == SP_OK) {
        status = search(&building, needs, err);
    }
    if (status == SP_OK) {
        status = take_all(&building, err);
    }
    sp_arena_free(building.scratch);
    sp_arena_free(building.texts);
    return status;
}

size_t sp_pool_find(const struct sp_pool *pool, const char *id)
{
    for (size_t i = 0; i < pool->count; i++) {
        if (strcmp(pool->entities[i].entity->id, id) == 0) {
            return i;
        }
    }
    return SIZE_MAX;
}

/** Read the words of all offers of @p entity, and of its profile. */
static enum sp_status read_all_words(const struct sp_match_context *context,
                                     const struct sp_pool *pool, const Spoina__V1__Entity *entity,
                                     struct sp_pool_entity *out, struct sp_error *err)
{
    size_t count = entity->n_offers + 1;
    struct sp_arena *scratch = sp_arena_new(SCRATCH_ARENA_BYTES);
    int32_t *indices = scratch == NULL ? NULL : sp_arena_calloc(scratch, count, sizeof *indices);
    enum sp_status status = indices == NULL ? SP_FAIL_NOMEM(err) : SP_OK;
    for (size_t i = 0; status == SP_OK && i < count; i++) {
        indices[i] = i < entity->n_offers ? (int32_t)i : SP_OFFER_PROFILE;
    }
    if (status == SP_OK) {
        status = sp_pool_read_words(context, pool, entity, indices, count, scratch, pool->arena,
                                    out, err);
    }
    sp_arena_free(scratch);
    return status;
}

enum sp_status sp_pool_put(const struct sp_match_context *context, struct sp_pool *pool,
                           const Spoina__V1__Entity *entity, size_t *index, struct sp_error *err)
{
    size_t at = sp_pool_find(pool, entity->id);
    struct sp_pool_entity put = {.number = at == SIZE_MAX ? UINT32_MAX : pool->entities[at].number,
                                 .invited = true};
    enum sp_status status = read_all_words(context, pool, entity, &put, err);
    if (status == SP_OK) {
        status = sp_pool_choose_fits(context, pool, pool->arena, &put, err);
    }
    if (status == SP_OK && at == SIZE_MAX) {
        at = pool->count;
        status = append(pool, &put, err);
    } else if (status == SP_OK) {
        pool->entities[at] = put;
    }
    if (status == SP_OK && index != NULL) {
        *index = at;
    }
    return status;
}

enum sp_status sp_pool_invite(const struct sp_match_context *context, struct sp_pool *pool,
                              const char *key, size_t *index, struct sp_error *err)
{
    Spoina__V1__Entity *entity = NULL;
    enum sp_status status = sp_reader_find(context->reader, key, pool->arena, &entity, err);
    size_t at = status == SP_OK ? sp_pool_find(pool, entity->id) : SIZE_MAX;
    if (status == SP_OK && at == SIZE_MAX) {
        status = sp_pool_put(context, pool, entity, &at, err);
    }
    if (status == SP_OK) {
        pool->entities[at].invited = true;
        if (index != NULL) {
            *index = at;
        }
    }
    return status;
}

enum sp_status sp_pool_fork(const struct sp_pool *pool, struct sp_arena *arena, struct sp_pool *out,
                            struct sp_error *err)
{
    struct sp_pool fork = *pool;
    fork.arena = arena;
    fork.capacity = pool->count;
    fork.entities = sp_arena_calloc(arena, pool->count, sizeof *fork.entities);
    if (fork.entities == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    if (pool->count > 0) {
        memcpy(fork.entities, pool->entities, pool->count * sizeof *fork.entities);
    }
    *out = fork;
    return SP_OK;
}

/** An entity with what orders it. */
struct place {
    uint32_t index;
    uint32_t score;
    int covered;
    uint64_t tie;
};

static int compare_places(const void *left, const void *right)
{
    const struct place *a = left;
    const struct place *b = right;
    if (a->score != b->score) {
        return a->score > b->score ? -1 : 1;
    }
    if (a->covered != b->covered) {
        return a->covered > b->covered ? -1 : 1;
    }
    if (a->tie != b->tie) {
        return a->tie < b->tie ? -1 : 1;
    }
    return (a->index > b->index) - (a->index < b->index);
}

enum sp_status sp_pool_rank(const struct sp_pool *pool, struct sp_arena *arena,
                            const uint32_t **out, size_t *count, struct sp_error *err)
{
    struct place *places = sp_arena_calloc(arena, pool->count, sizeof *places);
    uint32_t *order = sp_arena_calloc(arena, pool->count, sizeof *order);
    *count = 0;
    *out = order;
    if (places == NULL || order == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    for (size_t i = 0; i < pool->count; i++) {
        const struct sp_pool_entity *entity = &pool->entities[i];
        if (entity->covered != 0) {
            places[(*count)++] = (struct place){(uint32_t)i, entity->score,
                                                __builtin_popcount(entity->covered), entity->tie};
        }
    }
    if (*count > 0) {
        qsort(places, *count, sizeof *places, compare_places);
    }
    for (size_t i = 0; i < *count; i++) {
        order[i] = places[i].index;
    }
    return SP_OK;
}
