/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Marks words of a text as written: those with a lemma that the search looked for.
 */
#include "matcher/search/array_priv.h"
#include "matcher/search/search_priv.h"

struct marking {
    const struct sp_search *search;
    SP_ARRAY(Spoina__V1__Span *) spans; /* items in the arena */
};

static bool is_looked_for(const struct sp_search_words *words, struct sp_view lemma)
{
    for (size_t i = 0; i < words->count; i++) {
        for (size_t j = 0; j < words->words[i].count; j++) {
            if (sp_view_equal(words->words[i].members[j].term.text, lemma)) {
                return true;
            }
        }
    }
    return false;
}

/** Room for one more span; the arena cannot grow in place. */
static bool reserve_span(struct marking *marking)
{
    if (marking->spans.count < marking->spans.capacity) {
        return true;
    }
    size_t capacity = marking->spans.capacity * 2 + 8;
    Spoina__V1__Span **larger = sp_search_calloc(marking->search, capacity, sizeof(*larger));
    if (larger == NULL) {
        return false;
    }
    if (marking->spans.count > 0) {
        memcpy(larger, marking->spans.items, marking->spans.count * sizeof(*larger));
    }
    marking->spans.items = larger;
    marking->spans.capacity = capacity;
    return true;
}

static enum sp_status mark_token(void *context, const struct sp_token *token)
{
    struct marking *marking = context;
    bool found = false;
    for (size_t i = 0; i < token->lemma_count && !found; i++) {
        found = is_looked_for(&marking->search->words, token->lemmas[i]);
    }
    if (!found || (token->flags & SP_TOKEN_STOP) != 0) {
        return SP_OK;
    }
    if (marking->spans.count > 0) { /* a part of a compound that is marked already */
        const Spoina__V1__Span *last = marking->spans.items[marking->spans.count - 1];
        if (token->start < last->end) {
            return SP_OK;
        }
    }
    Spoina__V1__Span *span = sp_search_calloc(marking->search, 1, sizeof(*span));
    if (span == NULL || !reserve_span(marking)) {
        return SP_NOMEM;
    }
    spoina__v1__span__init(span);
    span->start = (uint32_t)token->start;
    span->end = (uint32_t)token->end;
    marking->spans.items[marking->spans.count++] = span;
    return SP_OK;
}

enum sp_status sp_search_highlight(const struct sp_search *search, const char *text, size_t *count,
                                   Spoina__V1__Span ***spans)
{
    struct marking marking = {.search = search};
    enum sp_status status = SP_OK;
    if (search->words.count > 0) {
        status = sp_analyse_each(search->context->analyser, sp_view_of(text), 0, mark_token,
                                 &marking, search->err);
    }
    *count = marking.spans.count;
    *spans = marking.spans.items;
    return status == SP_NOMEM ? SP_FAIL_NOMEM(search->err) : status;
}
