/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Turns a page of document numbers into hits: entity, offer, highlights, distance.
 */
#include "matcher/search/bm25.h"
#include "matcher/search/search_priv.h"

enum { METRES_PER_KM = 1000 };

static bool summarise(const struct sp_search *search, const Spoina__V1__Entity *entity,
                      Spoina__V1__EntitySummary *out)
{
    spoina__v1__entity_summary__init(out);
    out->id = entity->id;
    out->name = entity->name;
    out->legal_form = entity->legal_form;
    out->seat = entity->seat;
    out->n_statuses = entity->n_statuses;
    out->statuses = entity->statuses;
    out->fictional = entity->provenance != NULL && entity->provenance->fictional;
    out->units = sp_search_calloc(search, entity->n_units, sizeof(*out->units));
    for (size_t i = 0; out->units != NULL && i < entity->n_units; i++) {
        out->units[out->n_units++] = entity->units[i]->kind;
    }
    return out->units != NULL;
}

/** The offer that the document was made of; false if the entity is not the one it was. */
static bool find_offer(const struct sp_index_document *document, const Spoina__V1__Entity *entity,
                       Spoina__V1__Offer **offer)
{
    *offer = NULL;
    if (document->offer_index >= 0) {
        if ((size_t)document->offer_index >= entity->n_offers) {
            return false;
        }
        *offer = entity->offers[document->offer_index];
    }
    uint64_t key =
        sp_index_key(sp_view_of(entity->id), sp_view_of(*offer == NULL ? "" : (*offer)->id));
    return key == document->key;
}

static enum sp_status fill_hit(const struct sp_search *search,
                               const struct sp_index_document *document, uint32_t score,
                               const Spoina__V1__Entity *entity, Spoina__V1__Offer *offer,
                               Spoina__V1__SearchHit *hit)
{
    Spoina__V1__EntitySummary *summary = sp_search_calloc(search, 1, sizeof(*summary));
    if (summary == NULL || !summarise(search, entity, summary)) {
        return SP_FAIL_NOMEM(search->err);
    }
    spoina__v1__search_hit__init(hit);
    hit->entity = summary;
    hit->offer = offer;
    hit->score_milli = sp_bm25_milli(score);
    uint32_t metres = 0;
    if (sp_search_distance_m(&search->filter, document, &metres)) {
        hit->_kilometres_case = SPOINA__V1__SEARCH_HIT___KILOMETRES_KILOMETRES;
        hit->kilometres = (double)metres / METRES_PER_KM;
    }
    const char *title = offer == NULL ? entity->name : offer->title;
    const char *description = offer == NULL ? entity->description : offer->description;
    enum sp_status status =
        sp_search_highlight(search, title, &hit->n_title_highlights, &hit->title_highlights);
    return status == SP_OK
               ? sp_search_highlight(search, description, &hit->n_description_highlights,
                                     &hit->description_highlights)
               : status;
}

static enum sp_status add_hit(struct sp_search *search, const struct sp_index_hit *from)
{
    const struct sp_index_document *document =
        sp_index_document(search->context->index, from->document);
    Spoina__V1__Entity *entity = NULL;
    enum sp_status status = sp_reader_entity(search->context->reader, document->entity_number,
                                             search->context->arena, &entity, search->err);
    if (status == SP_NOT_FOUND) {
        return SP_OK; /* it went away since the snapshot */
    }
    if (status != SP_OK) {
        return status;
    }
    Spoina__V1__Offer *offer = NULL;
    if (!find_offer(document, entity, &offer)) {
        return SP_OK; /* it changed since the snapshot */
    }
    Spoina__V1__SearchHit *hit = sp_search_calloc(search, 1, sizeof(*hit));
    if (hit == NULL) {
        return SP_FAIL_NOMEM(search->err);
    }
    search->response->hits[search->response->n_hits++] = hit;
    return fill_hit(search, document, from->score, entity, offer, hit);
}

enum sp_status sp_search_fill_hits(struct sp_search *search, const struct sp_index_hit *hits,
                                   size_t count)
{
    search->response->hits = sp_search_calloc(search, count, sizeof(*search->response->hits));
    if (search->response->hits == NULL) {
        return SP_FAIL_NOMEM(search->err);
    }
    enum sp_status status = SP_OK;
    for (size_t i = 0; i < count && status == SP_OK; i++) {
        status = add_hit(search, &hits[i]);
    }
    return status;
}
