/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * The parts of a search response, each filled by one file; for matcher/search only.
 */
#ifndef SP_SEARCH_SEARCH_PRIV_H
#define SP_SEARCH_SEARCH_PRIV_H

#include "matcher/search/search_filter.h"
#include "matcher/search/search_words.h"

/** A search under way. */
struct sp_search {
    const struct sp_search_context *context;
    const Spoina__V1__SearchCatalogueRequest *request;
    Spoina__V1__SearchCatalogueResponse *response;
    struct sp_search_words words;
    struct sp_search_filter filter;
    struct sp_index_query query;
    struct sp_document_set matches; /* of the query with its filters */
    struct sp_error *err;
};

/** Allocate a zeroed array in the arena of the search. */
void *sp_search_calloc(const struct sp_search *search, size_t count, size_t item_bytes);

/** Fill response->terms: what each word was looked for by. @return SP_OK; SP_NOMEM */
SP_MUST_CHECK enum sp_status sp_search_fill_terms(struct sp_search *search);

/** Fill response->hits from the page @p hits. @return SP_OK; SP_IO; SP_CORRUPT; SP_NOMEM */
SP_MUST_CHECK enum sp_status sp_search_fill_hits(struct sp_search *search,
                                                 const struct sp_index_hit *hits, size_t count);

/** Fill response->facets over all matches. @return SP_OK; SP_NOMEM */
SP_MUST_CHECK enum sp_status sp_search_fill_facets(struct sp_search *search);

/** Fill response->relaxations: what would be found without one condition. */
SP_MUST_CHECK enum sp_status sp_search_fill_relaxations(struct sp_search *search);

/** Mark the words of the search in @p text. @return SP_OK; SP_INVALID; SP_NOMEM */
SP_MUST_CHECK enum sp_status sp_search_highlight(const struct sp_search *search, const char *text,
                                                 size_t *count, Spoina__V1__Span ***spans);

#endif
