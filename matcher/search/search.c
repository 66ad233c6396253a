/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Runs a search: checks the request, understands words and filters, finds, counts, explains.
 */
#include "matcher/search/search.h"

#include "matcher/search/search_priv.h"

enum { DEGREES_E5 = 100000 };

void *sp_search_calloc(const struct sp_search *search, size_t count, size_t item_bytes)
{
    return sp_arena_calloc(search->context->arena, count + 1, item_bytes); /* never of size 0 */
}

static enum sp_status check_request(const Spoina__V1__SearchCatalogueRequest *request,
                                    struct sp_error *err)
{
    if (request->limit > SP_SEARCH_LIMIT_MAX) {
        return SP_FAIL(err, SP_INVALID, "limit", "Limit musi być od 1 do %d (jest %u).",
                       "The limit must be from 1 to %d (it is %u).", SP_SEARCH_LIMIT_MAX,
                       request->limit);
    }
    if (request->offset > SP_SEARCH_OFFSET_MAX) {
        return SP_FAIL(err, SP_INVALID, "offset", "Przesunięcie może mieć najwyżej %d (jest %u).",
                       "The offset must be at most %d (it is %u).", SP_SEARCH_OFFSET_MAX,
                       request->offset);
    }
    size_t length = strlen(request->query);
    if (length > SP_SEARCH_QUERY_MAX_BYTES) {
        return SP_FAIL(
            err, SP_INVALID, "query", "Zapytanie ma %zu bajtów, a może mieć najwyżej %d.",
            "The query has %zu bytes; at most %d are possible.", length, SP_SEARCH_QUERY_MAX_BYTES);
    }
    return SP_OK;
}

static enum sp_status understand(struct sp_search *search)
{
    enum sp_status status =
        sp_search_filter_read(search->context, search->request, &search->filter, search->err);
    if (status != SP_OK) {
        return status;
    }
    status = sp_search_words_find(search->context, sp_view_of(search->request->query),
                                  !search->request->all_words, &search->words, search->err);
    if (status != SP_OK) {
        if (search->err != NULL && search->err->place[0] == '\0' && status == SP_INVALID) {
            memcpy(search->err->place, "query", sizeof("query"));
        }
        return status == SP_LIMIT ? SP_INVALID : status;
    }
    const struct sp_search_filter *filter = &search->filter;
    bool filtered = filter->place_count > 0 || filter->cpv_first != 0 || filter->statuses != 0 ||
                    (filter->unit_kinds | filter->legal_forms) != 0;
    size_t limit = search->request->limit == 0 ? SP_SEARCH_LIMIT_DEFAULT : search->request->limit;
    search->query = (struct sp_index_query){
        .groups = search->words.groups,
        .group_count = search->words.count,
        .all = search->request->all_words,
        .factor = filtered ? sp_search_factor : NULL,
        .context = &search->filter,
        .k = limit + search->request->offset,
        .cancel = search->context->cancel,
    };
    return SP_OK;
}

static enum sp_status show_place(struct sp_search *search)
{
    if (search->filter.place_count == 0) {
        return SP_OK;
    }
    const struct sp_place *from = search->filter.places[0];
    Spoina__V1__Place *place = sp_search_calloc(search, 1, sizeof(*place));
    if (place == NULL) {
        return SP_FAIL_NOMEM(search->err);
    }
    spoina__v1__place__init(place);
    place->teryt = sp_arena_strdup(search->context->arena, from->teryt);
    place->name = sp_arena_strdup(search->context->arena, from->label);
    place->_latitude_case = SPOINA__V1__PLACE___LATITUDE_LATITUDE;
    place->latitude = (double)from->latitude_e5 / DEGREES_E5;
    place->_longitude_case = SPOINA__V1__PLACE___LONGITUDE_LONGITUDE;
    place->longitude = (double)from->longitude_e5 / DEGREES_E5;
    search->response->place = place;
    return place->teryt == NULL || place->name == NULL ? SP_FAIL_NOMEM(search->err) : SP_OK;
}

/** Count all matches; the factor need not measure distances for that. */
static enum sp_status count_matches(struct sp_search *search)
{
    search->filter.measures = false;
    enum sp_status status = sp_index_matches(search->context->index, &search->query,
                                             search->context->arena, &search->matches, search->err);
    search->filter.measures = true;
    search->response->total = search->matches.count;
    return status;
}

static enum sp_status find_page(struct sp_search *search)
{
    size_t offset = search->request->offset;
    struct sp_index_hit *hits = sp_search_calloc(search, search->query.k, sizeof(*hits));
    if (hits == NULL) {
        return SP_FAIL_NOMEM(search->err);
    }
    size_t count = 0;
    enum sp_status status = sp_index_top(search->context->index, &search->query,
                                         search->context->arena, hits, &count, search->err);
    if (status == SP_OK && count > offset) {
        status = sp_search_fill_hits(search, hits + offset, count - offset);
    }
    return status;
}

static enum sp_status find(struct sp_search *search)
{
    enum sp_status status = count_matches(search);
    if (status == SP_OK && search->matches.count == 0) {
        return sp_search_fill_relaxations(search);
    }
    if (status == SP_OK) {
        status = find_page(search);
    }
    if (status == SP_OK && search->request->facets) {
        status = sp_search_fill_facets(search);
    }
    return status;
}

enum sp_status sp_search_run(const struct sp_search_context *context,
                             const Spoina__V1__SearchCatalogueRequest *request,
                             Spoina__V1__SearchCatalogueResponse **response, struct sp_error *err)
{
    enum sp_status status = check_request(request, err);
    if (status != SP_OK) {
        return status;
    }
    struct sp_search search = {.context = context, .request = request, .err = err};
    search.response = sp_search_calloc(&search, 1, sizeof(*search.response));
    if (search.response == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    spoina__v1__search_catalogue_response__init(search.response);
    search.response->catalogue_version = sp_index_version(context->index);
    status = understand(&search);
    if (status == SP_OK) {
        status = show_place(&search);
    }
    if (status == SP_OK) {
        status = sp_search_fill_terms(&search);
    }
    if (status == SP_OK) {
        status = find(&search);
    }
    *response = search.response;
    return status;
}
