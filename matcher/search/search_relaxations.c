/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * When nothing is found: which one condition to drop, and how many would be found then, counted
 * exactly. Most first. When no one condition is to blame, all filters are dropped together.
 */
#include <stdlib.h>

#include "matcher/search/search_priv.h"

/** A search with a condition less. */
struct relaxation {
    const char *dropped;
    char *label;
    struct sp_index_query query;
    struct sp_search_filter filter;
};

/** Count what @p relaxation finds, and list it if it is anything. */
static enum sp_status try_relaxation(struct sp_search *search, struct relaxation *relaxation)
{
    relaxation->filter.measures = false;
    relaxation->query.context = &relaxation->filter;
    struct sp_document_set set;
    enum sp_status status = sp_index_matches(search->context->index, &relaxation->query,
                                             search->context->arena, &set, search->err);
    if (status != SP_OK || set.count == 0) {
        return status;
    }
    Spoina__V1__Relaxation *item = sp_search_calloc(search, 1, sizeof(*item));
    if (item == NULL || relaxation->label == NULL) {
        return SP_FAIL_NOMEM(search->err);
    }
    spoina__v1__relaxation__init(item);
    item->count = set.count;
    item->label = sp_arena_printf(search->context->arena, "%s: %u", relaxation->label, set.count);
    item->dropped = sp_arena_strdup(search->context->arena, relaxation->dropped);
    if (item->label == NULL || item->dropped == NULL) {
        return SP_FAIL_NOMEM(search->err);
    }
    search->response->relaxations[search->response->n_relaxations++] = item;
    return SP_OK;
}

static struct relaxation start(const struct sp_search *search, const char *dropped,
                               const char *polish, const char *english)
{
    return (struct relaxation){
        .dropped = dropped,
        .label = sp_arena_strdup(search->context->arena,
                                 sp_say(search->context->locale, polish, english)),
        .query = search->query,
        .filter = search->filter,
    };
}

static enum sp_status drop_filters(struct sp_search *search)
{
    const struct sp_search_filter *filter = &search->filter;
    enum sp_status status = SP_OK;
    if (filter->place_count > 0) {
        struct relaxation one = start(search, "place", "bez miejsca", "without the place");
        one.filter.place_count = 0;
        one.filter.within_metres = 0;
        status = try_relaxation(search, &one);
    }
    if (filter->cpv_first != 0 && status == SP_OK) {
        struct relaxation one = start(search, "cpv", "bez kodu CPV", "without the CPV code");
        one.filter.cpv_first = 0;
        status = try_relaxation(search, &one);
    }
    if ((filter->unit_kinds | filter->legal_forms) != 0 && status == SP_OK) {
        struct relaxation one =
            start(search, "kind", "bez rodzaju podmiotu", "without the kind of entity");
        one.filter.unit_kinds = 0;
        one.filter.legal_forms = 0;
        status = try_relaxation(search, &one);
    }
    if (filter->statuses != 0 && status == SP_OK) {
        struct relaxation one = start(search, "status", "bez statusu", "without the status");
        one.filter.statuses = 0;
        status = try_relaxation(search, &one);
    }
    return status;
}

/** Without any filter: dropped is "filters". */
static enum sp_status drop_all_filters(struct sp_search *search)
{
    struct relaxation one = start(search, "filters", "bez filtrów", "without the filters");
    one.filter = (struct sp_search_filter){.day = search->filter.day};
    enum sp_status status = try_relaxation(search, &one);
    if (status == SP_OK && search->response->n_relaxations == 0 && search->query.all) {
        one = start(search, "filters", "bez filtrów, dowolne ze słów",
                    "without the filters, any of the words");
        one.filter = (struct sp_search_filter){.day = search->filter.day};
        one.query.all = false;
        status = try_relaxation(search, &one);
    }
    return status;
}

/** Without word number @p number. */
static enum sp_status drop_word(struct sp_search *search, size_t number)
{
    const struct sp_search_words *words = &search->words;
    const struct sp_search_word *word = &words->words[number];
    struct sp_arena *arena = search->context->arena;
    struct sp_view text = sp_view_from(words->text.data + word->start, word->end - word->start);
    char *dropped = sp_arena_copy(arena, text);
    struct sp_index_group *groups = sp_search_calloc(search, words->count, sizeof(*groups));
    if (dropped == NULL || groups == NULL) {
        return SP_FAIL_NOMEM(search->err);
    }
    size_t count = 0;
    for (size_t i = 0; i < words->count; i++) {
        if (i != number) {
            groups[count++] = words->groups[i];
        }
    }
    struct relaxation one = start(search, dropped, "", "");
    one.label = search->context->locale == SP_EN
                    ? sp_arena_printf(arena, "without the word \"%s\"", dropped)
                    : sp_arena_printf(arena, "bez słowa „%s”", dropped);
    one.query.groups = groups;
    one.query.group_count = count;
    return try_relaxation(search, &one);
}

static enum sp_status drop_words(struct sp_search *search)
{
    enum sp_status status = SP_OK;
    if (search->words.count > 1 && search->query.all) {
        struct relaxation one = start(search, "all_words", "dowolne ze słów zamiast wszystkich",
                                      "any of the words instead of all");
        one.query.all = false;
        status = try_relaxation(search, &one);
    }
    bool filtered = search->query.factor != NULL;
    for (size_t i = 0; i < search->words.count && status == SP_OK; i++) {
        /* with OR only the last word could help: without any, the filters alone are asked */
        if (search->words.count > 1 ? search->query.all : filtered) {
            status = drop_word(search, i);
        }
    }
    return status;
}

static int compare_counts(const void *left, const void *right)
{
    const Spoina__V1__Relaxation *a = *(Spoina__V1__Relaxation *const *)left;
    const Spoina__V1__Relaxation *b = *(Spoina__V1__Relaxation *const *)right;
    if (a->count != b->count) {
        return a->count > b->count ? -1 : 1;
    }
    return strcmp(a->dropped, b->dropped);
}

enum sp_status sp_search_fill_relaxations(struct sp_search *search)
{
    enum { CONDITIONS = 5 }; /* place, cpv, kind, status, all_words */
    Spoina__V1__SearchCatalogueResponse *response = search->response;
    response->relaxations =
        sp_search_calloc(search, CONDITIONS + search->words.count, sizeof(*response->relaxations));
    if (response->relaxations == NULL) {
        return SP_FAIL_NOMEM(search->err);
    }
    enum sp_status status = drop_filters(search);
    if (status == SP_OK) {
        status = drop_words(search);
    }
    if (status == SP_OK && response->n_relaxations == 0 && search->query.factor != NULL) {
        status = drop_all_filters(search);
    }
    qsort(response->relaxations, response->n_relaxations, sizeof(*response->relaxations),
          compare_counts);
    return status;
}
