/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * The filters of a search, and the order by distance.
 *
 * A place: an offer is found if it serves the place. It does if one of its areas holds the place or
 * lies in it, or if the place is within its kilometres. If it does not say where it serves, it is
 * taken to serve the powiat of its seat. With within_kilometres the distance of the seat decides
 * alone.
 *
 * Nearness: with a place, the text score is multiplied by 1 - km / 400, and by 1/2 from 200 km on:
 * among offers that fit about equally the nearer one comes first; without words it is the distance
 * alone. An offer whose distance is not known counts as 100 km away.
 */
#ifndef SP_SEARCH_SEARCH_FILTER_H
#define SP_SEARCH_SEARCH_FILTER_H

#include "matcher/search/search.h"
#include "matcher/search/top.h"

enum { SP_FILTER_PLACES_MAX = 16 };

struct sp_search_filter {
    const struct sp_place
        *places[SP_FILTER_PLACES_MAX]; /* any of them; distance is from the first */
    size_t place_count;                /* 0: no filter */
    uint32_t within_metres;            /* 0: offers that serve the place */
    uint32_t cpv_first;                /* codes cpv_first .. cpv_last; 0: no filter */
    uint32_t cpv_last;
    uint32_t legal_forms; /* bits; together with unit_kinds: any; both 0: no filter */
    uint32_t unit_kinds;  /* bits */
    uint32_t statuses;    /* bits: any, valid on day; 0: no filter */
    sp_day day;
    bool measures; /* false: the factor is 0 or 1 only, for counting */
};

/**
 * Read the filters of a request.
 *
 * @return SP_OK; SP_INVALID; SP_NOT_FOUND (err.place names the field); SP_NOMEM
 */
SP_MUST_CHECK enum sp_status
sp_search_filter_read(const struct sp_search_context *context,
                      const Spoina__V1__SearchCatalogueRequest *request,
                      struct sp_search_filter *out, struct sp_error *err);

/** The factor of a document; @p context is a struct sp_search_filter. An sp_index_factor_fn. */
uint32_t sp_search_factor(void *context, const struct sp_index_document *document);

/** Metres from the place asked for to the document's seat; false when not known. */
bool sp_search_distance_m(const struct sp_search_filter *filter,
                          const struct sp_index_document *document, uint32_t *metres);

/** Tell whether a status is valid on @p day. */
bool sp_search_status_holds(const struct sp_index_status *status, sp_day day);

#endif
