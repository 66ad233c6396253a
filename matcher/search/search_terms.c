/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Tells why each word of the query found what it found.
 */
#include "matcher/search/search_priv.h"

/** The origins in the order in which they are shown. A synonym is told by its service instead. */
static const Spoina__V1__TermOrigin ORIGINS[] = {
    SPOINA__V1__TERM_ORIGIN__TERM_ORIGIN_WORD, SPOINA__V1__TERM_ORIGIN__TERM_ORIGIN_DIACRITICS,
    SPOINA__V1__TERM_ORIGIN__TERM_ORIGIN_TYPO, SPOINA__V1__TERM_ORIGIN__TERM_ORIGIN_PREFIX};

/** Append an empty term over bytes @p start .. @p end of the query; NULL when out of memory. */
static Spoina__V1__QueryTerm *append_term(struct sp_search *search, size_t start, size_t end,
                                          size_t lemmas)
{
    Spoina__V1__SearchCatalogueResponse *response = search->response;
    Spoina__V1__QueryTerm *term = sp_search_calloc(search, 1, sizeof(*term));
    Spoina__V1__Span *span = sp_search_calloc(search, 1, sizeof(*span));
    char *word = sp_arena_copy(search->context->arena,
                               sp_view_from(search->words.text.data + start, end - start));
    if (term == NULL || span == NULL || word == NULL) {
        return NULL;
    }
    spoina__v1__query_term__init(term);
    spoina__v1__span__init(span);
    span->start = (uint32_t)start;
    span->end = (uint32_t)end;
    term->span = span;
    term->word = word;
    term->lemmas = sp_search_calloc(search, lemmas, sizeof(*term->lemmas));
    response->terms[response->n_terms++] = term;
    return term->lemmas == NULL ? NULL : term;
}

static bool append_lemma(const struct sp_search *search, Spoina__V1__QueryTerm *term,
                         struct sp_view lemma)
{
    char *copy = sp_arena_copy(search->context->arena, lemma);
    term->lemmas[term->n_lemmas++] = copy;
    return copy != NULL;
}

static bool append_origin(struct sp_search *search, const struct sp_search_word *word,
                          Spoina__V1__TermOrigin origin)
{
    Spoina__V1__QueryTerm *term = NULL;
    for (size_t i = 0; i < word->count; i++) {
        if (word->origins[i] != origin) {
            continue;
        }
        if (term == NULL) {
            term = append_term(search, word->start, word->end, word->count);
            if (term == NULL) {
                return false;
            }
            term->origin = origin;
        }
        if (!append_lemma(search, term, word->members[i].term.text)) {
            return false;
        }
    }
    return true;
}

/** A word that the catalogue does not hold is shown with what was looked for. */
static bool append_unknown(struct sp_search *search, const struct sp_search_word *word)
{
    Spoina__V1__QueryTerm *term =
        append_term(search, word->start, word->end, word->token->lemma_count);
    if (term == NULL) {
        return false;
    }
    term->origin = SPOINA__V1__TERM_ORIGIN__TERM_ORIGIN_WORD;
    for (size_t i = 0; i < word->token->lemma_count; i++) {
        if (!append_lemma(search, term, word->token->lemmas[i])) {
            return false;
        }
    }
    return true;
}

static bool append_synonym(struct sp_search *search, const struct sp_search_synonym *synonym)
{
    Spoina__V1__QueryTerm *term =
        append_term(search, synonym->start, synonym->end, synonym->lemma_count);
    if (term == NULL) {
        return false;
    }
    term->origin = SPOINA__V1__TERM_ORIGIN__TERM_ORIGIN_SYNONYM;
    const char *name =
        sp_say(search->context->locale, synonym->service->polish, synonym->service->english);
    term->because = sp_arena_strdup(search->context->arena, name);
    for (size_t i = 0; i < synonym->lemma_count; i++) {
        if (!append_lemma(search, term, synonym->lemmas[i])) {
            return false;
        }
    }
    return term->because != NULL;
}

enum sp_status sp_search_fill_terms(struct sp_search *search)
{
    const struct sp_search_words *words = &search->words;
    size_t most = words->count * SP_COUNT(ORIGINS) + words->synonym_count;
    search->response->terms = sp_search_calloc(search, most, sizeof(*search->response->terms));
    bool done = search->response->terms != NULL;
    for (size_t i = 0; i < words->count && done; i++) {
        for (size_t j = 0; j < SP_COUNT(ORIGINS) && done; j++) {
            done = append_origin(search, &words->words[i], ORIGINS[j]);
        }
        if (words->words[i].count == 0) {
            done = done && append_unknown(search, &words->words[i]);
        }
    }
    for (size_t i = 0; i < words->synonym_count && done; i++) {
        done = append_synonym(search, &words->synonyms[i]);
    }
    return done ? SP_OK : SP_FAIL_NOMEM(search->err);
}
