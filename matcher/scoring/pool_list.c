/* SPDX-License-Identifier: EUPL-1.2 */
/** @file Documents of a pool; see pool_list.h. */
#include "matcher/scoring/pool_list.h"

#include <stdlib.h>

#include "matcher/scoring/tie.h"

enum { BITS = 64, M_PER_KM = 1000, HALF = 2 };

/** An entity that competes for a place in the pool. */
struct contender {
    uint32_t number;
    uint32_t words; /* permille over all needs */
    uint64_t tie;
};

static bool has_bit(const uint64_t *words, uint32_t bit)
{
    return (words[bit / BITS] >> (bit % BITS) & 1) != 0;
}

static int compare_documents(const void *left, const void *right)
{
    const struct sp_pool_document *a = left;
    const struct sp_pool_document *b = right;
    if (a->entity_number != b->entity_number) {
        return a->entity_number < b->entity_number ? -1 : 1;
    }
    uint32_t first = (uint32_t)a->offer_index; /* a profile, -1, comes last */
    uint32_t second = (uint32_t)b->offer_index;
    return (first > second) - (first < second);
}

static int compare_contenders(const void *left, const void *right)
{
    const struct contender *a = left;
    const struct contender *b = right;
    if (a->words != b->words) {
        return a->words > b->words ? -1 : 1;
    }
    if (a->tie != b->tie) {
        return a->tie < b->tie ? -1 : 1;
    }
    return (a->number > b->number) - (a->number < b->number);
}

static bool area_serves(const struct sp_index_document *document, const struct sp_place *place)
{
    for (uint32_t i = 0; i < document->served_count; i++) {
        struct sp_view area = sp_view_of(document->served[i].teryt);
        struct sp_view needed = sp_view_of(place->teryt);
        if (sp_teryt_holds(area, needed) || sp_teryt_holds(needed, area)) {
            return true;
        }
    }
    return document->served_kilometres != SP_KILOMETRES_NONE && document->has_point &&
           sp_distance_m(document->latitude_e5, document->longitude_e5, place->latitude_e5,
                         place->longitude_e5) <= (uint32_t)document->served_kilometres * M_PER_KM;
}

/** True also when the offer does not say where it serves, or the need not where. */
static bool serves(const struct sp_index_document *document, const struct sp_need *need)
{
    bool unknown = document->served_count == 0 && document->served_kilometres == SP_KILOMETRES_NONE;
    bool served = unknown || need->place_count == 0;
    for (size_t i = 0; !served && i < need->place_count; i++) {
        served = area_serves(document, need->places[i]);
    }
    return served;
}

/** What all documents of an entity say to all needs: the best of each. */
static struct contender make_contender(const struct sp_pool *pool,
                                       const struct sp_candidates *candidates,
                                       const struct sp_pool_document *documents, size_t count)
{
    struct contender contender = {.number = documents->entity_number};
    for (size_t j = 0; j < candidates->need_count; j++) {
        uint32_t best = 0;
        for (size_t i = 0; i < count; i++) {
            uint32_t document = documents[i].document;
            uint32_t text = candidates->text[j * candidates->document_count + document];
            bool served = serves(sp_index_document(candidates->index, document), &pool->needs[j]);
            text = served ? text : text / HALF;
            best = text > best ? text : best;
        }
        contender.words += best;
    }
    contender.tie = sp_tie_key(pool->needs[0].hash, pool->catalogue_version,
                               sp_index_document(candidates->index, documents->document)->key);
    return contender;
}

static size_t entity_end(const struct sp_pool_documents *list, size_t from)
{
    size_t end = from;
    while (end < list->count && list->items[end].entity_number == list->items[from].entity_number) {
        end++;
    }
    return end;
}

/** Keep the documents of the @p most strongest entities, in their order. */
static enum sp_status cut(const struct sp_pool *pool, const struct sp_candidates *candidates,
                          size_t most, size_t entities, uint64_t *kept, struct sp_arena *arena,
                          struct sp_pool_documents *list)
{
    struct contender *contenders = sp_arena_calloc(arena, entities, sizeof *contenders);
    if (contenders == NULL) {
        return SP_NOMEM;
    }
    size_t at = 0;
    for (size_t i = 0, end = 0; i < list->count; i = end) {
        end = entity_end(list, i);
        contenders[at++] = make_contender(pool, candidates, &list->items[i], end - i);
    }
    qsort(contenders, entities, sizeof *contenders, compare_contenders);
    for (size_t i = most; i < entities; i++) {
        kept[contenders[i].number / BITS] &= ~((uint64_t)1 << (contenders[i].number % BITS));
    }
    size_t count = 0;
    for (size_t i = 0; i < list->count; i++) {
        if (has_bit(kept, list->items[i].entity_number)) {
            list->items[count++] = list->items[i];
        }
    }
    list->count = count;
    list->cut = true;
    return SP_OK;
}

/** Mark the entities of relevant documents. @return NULL when the arena is full */
static uint64_t *mark_entities(const struct sp_candidates *candidates, struct sp_arena *arena)
{
    uint32_t highest = 0;
    for (uint32_t d = 0; d < candidates->document_count; d++) {
        uint32_t number = sp_index_document(candidates->index, d)->entity_number;
        highest = number > highest ? number : highest;
    }
    uint64_t *marks = sp_arena_calloc(arena, highest / BITS + 1, sizeof *marks);
    for (uint32_t d = 0; marks != NULL && d < candidates->document_count; d++) {
        if (sp_candidates_is_relevant(candidates, d)) {
            uint32_t number = sp_index_document(candidates->index, d)->entity_number;
            marks[number / BITS] |= (uint64_t)1 << (number % BITS);
        }
    }
    return marks;
}

static bool is_taken(const struct sp_candidates *candidates, const uint64_t *marks, uint32_t d)
{
    return has_bit(marks, sp_index_document(candidates->index, d)->entity_number) &&
           sp_index_is_live(candidates->index, d);
}

enum sp_status sp_pool_list_documents(const struct sp_pool *pool,
                                      const struct sp_candidates *candidates, size_t most,
                                      struct sp_arena *arena, struct sp_pool_documents *out,
                                      struct sp_error *err)
{
    uint64_t *marks = mark_entities(candidates, arena);
    size_t count = 0;
    for (uint32_t d = 0; marks != NULL && d < candidates->document_count; d++) {
        count += is_taken(candidates, marks, d) ? 1 : 0;
    }
    *out = (struct sp_pool_documents){
        .items = marks == NULL ? NULL : sp_arena_calloc(arena, count, sizeof *out->items)};
    if (out->items == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    for (uint32_t d = 0; d < candidates->document_count; d++) {
        if (is_taken(candidates, marks, d)) {
            const struct sp_index_document *document = sp_index_document(candidates->index, d);
            out->items[out->count++] =
                (struct sp_pool_document){document->entity_number, document->offer_index, d};
        }
    }
    if (count > 0) {
        qsort(out->items, count, sizeof *out->items, compare_documents);
    }
    size_t entities = 0;
    for (size_t i = 0; i < out->count; i = entity_end(out, i)) {
        entities++;
    }
    if (entities > most && cut(pool, candidates, most, entities, marks, arena, out) != SP_OK) {
        return SP_FAIL_NOMEM(err);
    }
    return SP_OK;
}
