/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * The pool of a lot; see pool.h.
 *
 * An entity is read into an arena of its own first, which is emptied after each: most candidates
 * share a word with the need and nothing else. The few that stay are read again into the pool.
 */
#include "matcher/scoring/pool.h"

#include <stdlib.h>
#include <string.h>

#include "matcher/catalogue/reader.h"
#include "matcher/scoring/candidates.h"
#include "matcher/scoring/pool_fits.h"
#include "matcher/search/index.h"

enum {
    SCRATCH_ARENA_BYTES = 32 << 20, /* one entity of 1 MB, unpacked and analysed */
    FIRST_CAPACITY = 64
};

/** Candidates of all requirements, by entity. */
struct candidate_list {
    uint32_t *documents;
    size_t count;
    size_t capacity;
};

static bool is_cancelled(const struct sp_match_context *context)
{
    return context->cancel != NULL && atomic_load(context->cancel);
}

static enum sp_status add_candidates(struct candidate_list *list, struct sp_arena *arena,
                                     const struct sp_candidates *found, struct sp_error *err)
{
    if (list->count + found->count > list->capacity) {
        size_t capacity = 2 * (list->count + found->count);
        uint32_t *documents = sp_arena_calloc(arena, capacity, sizeof *documents);
        if (documents == NULL) {
            return SP_FAIL_NOMEM(err);
        }
        if (list->count > 0) {
            memcpy(documents, list->documents, list->count * sizeof *documents);
        }
        list->documents = documents;
        list->capacity = capacity;
    }
    if (found->count > 0) {
        memcpy(&list->documents[list->count], found->documents,
               found->count * sizeof *list->documents);
    }
    list->count += found->count;
    return SP_OK;
}

/** Read the needs and list the candidates of all of them. */
static enum sp_status search(const struct sp_match_context *context, struct sp_pool *pool,
                             struct sp_need *needs, struct sp_arena *scratch,
                             struct candidate_list *list, struct sp_error *err)
{
    struct sp_need_tools tools = {context->analyser, context->vocabulary, context->index,
                                  pool->arena};
    enum sp_status status = SP_OK;
    for (size_t j = 0; status == SP_OK && j < pool->requirement_count; j++) {
        struct sp_candidates found = {.count = 0};
        status = sp_need_read(&tools, pool->draft, pool->lot_index, j, &needs[j], err);
        needs[j].businesses_too = pool->businesses_too;
        if (status == SP_OK) {
            status = sp_candidates_find(context->index, context->vocabulary, &needs[j],
                                        context->cancel, scratch, &found, err);
        }
        if (status == SP_OK) {
            status = add_candidates(list, pool->arena, &found, err);
        }
        pool->candidates_cut = pool->candidates_cut || found.cut;
        sp_arena_reset(scratch);
    }
    return status;
}

/** A candidate with what orders it. */
struct keyed_document {
    uint32_t entity_number;
    uint32_t document;
};

static int compare_keyed(const void *left, const void *right)
{
    const struct keyed_document *a = left;
    const struct keyed_document *b = right;
    if (a->entity_number != b->entity_number) {
        return a->entity_number < b->entity_number ? -1 : 1;
    }
    return (a->document > b->document) - (a->document < b->document);
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

/** Keep an entity of which something is relevant: its record and words move into the pool. */
static enum sp_status keep(const struct sp_match_context *context, struct sp_pool *pool,
                           const struct sp_pool_entity *found, struct sp_error *err)
{
    struct sp_pool_entity kept = *found;
    Spoina__V1__Entity *entity = NULL;
    size_t count = found->offer_count;
    struct sp_pool_offer *offers = sp_arena_calloc(pool->arena, count, sizeof *offers);
    size_t words_each = pool->requirement_count * sizeof(struct sp_pool_words);
    unsigned char *words = sp_arena_alloc(pool->arena, count * words_each);
    if (offers == NULL || words == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    for (size_t i = 0; i < count; i++) {
        memcpy(words + i * words_each, found->offers[i].words, words_each);
        offers[i].index = found->offers[i].index;
        offers[i].words = (const struct sp_pool_words *)(const void *)(words + i * words_each);
    }
    kept.offers = offers;
    enum sp_status status =
        sp_reader_entity(context->reader, found->number, pool->arena, &entity, err);
    kept.entity = entity;
    if (status == SP_OK) {
        status = sp_pool_choose_fits(context, pool, pool->arena, &kept, err);
    }
    return status == SP_OK ? append(pool, &kept, err) : status;
}

/** Look at one entity with its candidates. */
static enum sp_status look_at(const struct sp_match_context *context, struct sp_pool *pool,
                              const struct keyed_document *keys, size_t count,
                              struct sp_arena *scratch, struct sp_error *err)
{
    struct sp_pool_entity found = {.number = keys->entity_number};
    Spoina__V1__Entity *entity = NULL;
    sp_arena_reset(scratch);
    enum sp_status status =
        sp_reader_entity(context->reader, keys->entity_number, scratch, &entity, err);
    if (status == SP_NOT_FOUND) {
        return SP_OK; /* removed after the index was made */
    }
    int32_t *indices = status == SP_OK ? sp_arena_calloc(scratch, count, sizeof *indices) : NULL;
    if (status == SP_OK && indices == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    for (size_t i = 0; status == SP_OK && i < count; i++) {
        const struct sp_index_document *document =
            sp_index_document(context->index, keys[i].document);
        if (!is_current(document, entity)) {
            return SP_OK;
        }
        indices[i] = document->offer_index;
    }
    if (status == SP_OK) {
        status = sp_pool_read_words(context, pool, entity, indices, count, scratch, scratch, &found,
                                    err);
    }
    return status == SP_OK && sp_pool_words_speak(pool, &found) ? keep(context, pool, &found, err)
                                                                : status;
}

/** Look at every entity of the list, by rising number. */
static enum sp_status look_at_all(const struct sp_match_context *context, struct sp_pool *pool,
                                  const struct candidate_list *list, struct sp_arena *scratch,
                                  struct sp_error *err)
{
    struct keyed_document *keys = sp_arena_calloc(pool->arena, list->count, sizeof *keys);
    if (keys == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    for (size_t i = 0; i < list->count; i++) {
        uint32_t document = list->documents[i];
        keys[i] = (struct keyed_document){
            sp_index_document(context->index, document)->entity_number, document};
    }
    if (list->count > 0) {
        qsort(keys, list->count, sizeof *keys, compare_keyed);
    }
    size_t count = 0;
    for (size_t i = 0; i < list->count; i++) { /* a document may answer several requirements */
        if (i == 0 || keys[i].document != keys[count - 1].document) {
            keys[count++] = keys[i];
        }
    }
    enum sp_status status = SP_OK;
    for (size_t i = 0, end = 0; status == SP_OK && i < count; i = end) {
        if (is_cancelled(context)) {
            return SP_FAIL(err, SP_CANCELLED, "", "Przerwano.", "Cancelled.");
        }
        for (end = i; end < count && keys[end].entity_number == keys[i].entity_number;) {
            end++;
        }
        pool->looked_at++;
        status = look_at(context, pool, &keys[i], end - i, scratch, err);
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
    struct sp_arena *scratch = sp_arena_new(SCRATCH_ARENA_BYTES);
    struct candidate_list list = {0};
    enum sp_status status = needs == NULL || scratch == NULL ? SP_FAIL_NOMEM(err) : SP_OK;
    out->needs = needs;
    if (status == SP_OK) {
        status = search(context, out, needs, scratch, &list, err);
    }
    if (status == SP_OK) {
        status = look_at_all(context, out, &list, scratch, err);
    }
    sp_arena_free(scratch);
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
