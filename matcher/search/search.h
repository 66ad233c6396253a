/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * The catalogue search as a person sees it: a request in words, a page of hits with reasons.
 */
#ifndef SP_SEARCH_SEARCH_H
#define SP_SEARCH_SEARCH_H

#include <stdatomic.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/locale.h"
#include "base/status.h"
#include "matcher/catalogue/reader.h"
#include "matcher/language/language.h"
#include "matcher/search/index.h"
#include "matcher/vocabulary/vocabulary.h"
#include "spoina/v1/catalogue.pb-c.h"

enum {
    SP_SEARCH_QUERY_MAX_BYTES = 2000, /* a long sentence; matching a whole draft is MatchTender */
    SP_SEARCH_WORDS_MAX = 32,
    SP_SEARCH_LIMIT_DEFAULT = 20,
    SP_SEARCH_LIMIT_MAX = 200,
    SP_SEARCH_OFFSET_MAX = 10000,
    SP_SEARCH_KILOMETRES_MAX = 1000
};

/** What a search may use; all borrowed for the call. */
struct sp_search_context {
    const struct sp_index *index;
    struct sp_analyser *analyser; /* of this thread */
    const struct sp_vocabulary *vocabulary;
    struct sp_reader *reader;  /* of this thread: texts of the hits shown */
    sp_day day;                /* for which statuses are valid */
    enum sp_locale locale;     /* language of labels */
    struct sp_arena *arena;    /* holds the response */
    const atomic_bool *cancel; /* may be NULL */
};

/**
 * Search the catalogue.
 *
 * An entity that changed between the snapshot and the reader's version is left out of the page (not
 * of the total).
 *
 * @param response  in the context's arena
 * @return SP_OK; SP_INVALID (err.place names the field: "limit", "place", ...); SP_NOT_FOUND (a
 * place, CPV code, kind or status that does not exist: err.place likewise); SP_CANCELLED; SP_IO;
 * SP_CORRUPT; SP_NOMEM
 */
SP_MUST_CHECK enum sp_status sp_search_run(const struct sp_search_context *context,
                                           const Spoina__V1__SearchCatalogueRequest *request,
                                           Spoina__V1__SearchCatalogueResponse **response,
                                           struct sp_error *err);

#endif
