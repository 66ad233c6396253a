/* SPDX-License-Identifier: EUPL-1.2 */
/** @file Candidates of a need; see candidates.h. */
#include "matcher/scoring/candidates.h"

#include <stdlib.h>

#include "matcher/search/bm25.h"
#include "matcher/search/top.h"
#include "spoina/v1/catalogue.pb-c.h"

enum {
    ALIAS_PERMILLE = 500, /* a word of a service's other names, against a word of the need */
    CPV_DIVISION = 1000 * 1000,
    M_PER_KM = 1000,
    HALF = 2
};

/** A code with its closeness to the need. */
struct close_code {
    uint32_t code;
    uint32_t permille;
};

/** What the factors look at. */
struct selection {
    const struct sp_need *need;
    const struct close_code *codes; /* ordered by code */
    size_t code_count;
};

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

/* Whom the caller looks for. It bounds the search; it never moves a score (art. 241(3) Pzp). */
static bool is_looked_for(const struct sp_need *need, const struct sp_index_document *document)
{
    return need->businesses_too ||
           document->legal_form != SPOINA__V1__LEGAL_FORM__LEGAL_FORM_BUSINESS;
}

static uint32_t place_factor(void *context, const struct sp_index_document *document)
{
    const struct sp_need *need = ((const struct selection *)context)->need;
    if (!is_looked_for(need, document)) {
        return 0;
    }
    bool unknown = document->served_count == 0 && document->served_kilometres == SP_KILOMETRES_NONE;
    bool served = unknown || need->place_count == 0;
    for (size_t i = 0; !served && i < need->place_count; i++) {
        served = area_serves(document, need->places[i]);
    }
    return served ? SP_FACTOR_ONE : SP_FACTOR_ONE / HALF;
}

static uint32_t find_closeness(const struct selection *selection, uint32_t code)
{
    size_t low = 0;
    size_t high = selection->code_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (selection->codes[middle].code < code) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    bool found = low < selection->code_count && selection->codes[low].code == code;
    return found ? selection->codes[low].permille : 0;
}

static uint32_t cpv_factor(void *context, const struct sp_index_document *document)
{
    uint32_t best = 0;
    for (uint32_t i = 0; i < document->cpv_count; i++) {
        uint32_t closeness = find_closeness(context, document->cpv[i]);
        best = closeness > best ? closeness : best;
    }
    return best == 0 ? 0 : best * place_factor(context, document) / SP_CPV_CLOSENESS_MAX;
}

static uint32_t division_factor(void *context, const struct sp_index_document *document)
{
    const struct sp_need *need = ((const struct selection *)context)->need;
    uint32_t division = (uint32_t)strtoul(need->codes[0]->code, NULL, 10) / CPV_DIVISION;
    bool is_in = document->cpv_count > 0 && document->cpv[0] / CPV_DIVISION == division;
    return is_in && is_looked_for(need, document) ? SP_FACTOR_ONE : 0;
}

/** List the codes close to the need; the tree is in the order of digits, so the list is too. */
static enum sp_status list_close_codes(const struct sp_cpv_tree *tree, const struct sp_need *need,
                                       struct sp_arena *arena, struct selection *selection,
                                       struct sp_error *err)
{
    size_t count = 0;
    const struct sp_cpv *all = sp_cpv_all(tree, &count);
    struct close_code *codes =
        sp_arena_calloc(arena, need->code_count == 0 ? 0 : count, sizeof *codes);
    if (codes == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    selection->codes = codes;
    for (size_t i = 0; need->code_count > 0 && i < count; i++) {
        int best = 0;
        for (size_t j = 0; j < need->code_count; j++) {
            int closeness = sp_cpv_closeness(tree, need->codes[j], &all[i]);
            best = closeness > best ? closeness : best;
        }
        if (best >= SP_CANDIDATES_CLOSENESS_MIN) {
            codes[selection->code_count++] =
                (struct close_code){(uint32_t)strtoul(all[i].code, NULL, 10), (uint32_t)best};
        }
    }
    return SP_OK;
}

/** A group that grows while lemmas are added. */
struct group_builder {
    const struct sp_index *index;
    struct sp_index_member *members;
    size_t count;
};

static void add_lemma(struct group_builder *builder, struct sp_view lemma, uint32_t permille)
{
    struct sp_term term;
    if (builder->count == SP_GROUP_MEMBERS_MAX || permille == 0 ||
        !sp_index_find(builder->index, lemma, &term)) {
        return;
    }
    for (size_t i = 0; i < builder->count; i++) {
        if (sp_view_equal(builder->members[i].term.text, term.text)) {
            return;
        }
    }
    builder->members[builder->count++] = (struct sp_index_member){term, permille};
}

static void add_word(struct group_builder *builder, const struct sp_need_word *word)
{
    for (size_t i = 0; i < word->token->lemma_count; i++) {
        add_lemma(builder, word->token->lemmas[i], word->permille);
    }
}

/** The words by which entities call the service, so that offers without a common word are seen. */
static void add_service(struct group_builder *builder, const struct sp_need_service *needed)
{
    uint32_t permille = needed->permille * ALIAS_PERMILLE / SP_WEIGHT_FULL;
    for (size_t i = 0; i < needed->service->phrase_count; i++) {
        const struct sp_phrase *phrase = &needed->service->phrases[i];
        for (size_t j = 0; (phrase->sides & SP_PHRASE_ENTITY) != 0 && j < phrase->lemma_count;
             j++) {
            add_lemma(builder, phrase->lemmas[j], permille);
        }
    }
}

/** Close the group and begin another. @return SP_NOMEM when the arena is full */
static enum sp_status next_group(struct group_builder *builder, struct sp_arena *arena,
                                 struct sp_index_group *group)
{
    if (group != NULL) {
        *group = (struct sp_index_group){builder->members, builder->count};
    }
    builder->members = sp_arena_calloc(arena, SP_GROUP_MEMBERS_MAX, sizeof *builder->members);
    builder->count = 0;
    return builder->members == NULL ? SP_NOMEM : SP_OK;
}

/** One group a word, one a service. */
static enum sp_status make_groups(const struct sp_index *index, const struct sp_need *need,
                                  struct sp_arena *arena, struct sp_index_query *query)
{
    _Static_assert(SP_NEED_WORDS_MAX + SP_NEED_SERVICES_MAX <= SP_GROUPS_MAX, "a group each");
    struct group_builder builder = {.index = index};
    size_t count = need->word_count + need->service_count;
    struct sp_index_group *groups = sp_arena_calloc(arena, count, sizeof *groups);
    enum sp_status status = groups == NULL ? SP_NOMEM : next_group(&builder, arena, NULL);
    for (size_t i = 0; status == SP_OK && i < count; i++) {
        if (i < need->word_count) {
            add_word(&builder, &need->words[i]);
        } else {
            add_service(&builder, &need->services[i - need->word_count]);
        }
        status = next_group(&builder, arena, &groups[i]);
    }
    query->groups = groups;
    query->group_count = count;
    return status;
}

/** Order by entity, then offer; equal ones are the same document. */
struct keyed_document {
    uint32_t entity_number;
    int32_t offer_index;
    uint32_t document;
};

static int compare_keys(const void *left, const void *right)
{
    const struct keyed_document *a = left;
    const struct keyed_document *b = right;
    if (a->entity_number != b->entity_number) {
        return a->entity_number < b->entity_number ? -1 : 1;
    }
    if (a->offer_index != b->offer_index) {
        return a->offer_index < b->offer_index ? -1 : 1;
    }
    return (a->document > b->document) - (a->document < b->document);
}

static enum sp_status join(const struct sp_index *index, const struct sp_index_hit *hits,
                           size_t count, struct sp_arena *arena, struct sp_candidates *out)
{
    struct keyed_document *keys = sp_arena_calloc(arena, count, sizeof *keys);
    uint32_t *documents = sp_arena_calloc(arena, count, sizeof *documents);
    if (keys == NULL || documents == NULL) {
        return SP_NOMEM;
    }
    for (size_t i = 0; i < count; i++) {
        const struct sp_index_document *document = sp_index_document(index, hits[i].document);
        keys[i] = (struct keyed_document){document->entity_number, document->offer_index,
                                          hits[i].document};
    }
    qsort(keys, count, sizeof *keys, compare_keys);
    out->documents = documents;
    out->count = 0;
    for (size_t i = 0; i < count; i++) {
        if (i == 0 || keys[i].document != keys[i - 1].document) {
            documents[out->count++] = keys[i].document;
        }
    }
    return SP_OK;
}

enum sp_status sp_candidates_find(const struct sp_index *index,
                                  const struct sp_vocabulary *vocabulary,
                                  const struct sp_need *need, const atomic_bool *cancel,
                                  struct sp_arena *arena, struct sp_candidates *out,
                                  struct sp_error *err)
{
    struct selection selection = {.need = need};
    /* one more of each than is wanted tells whether there are more */
    const size_t room = SP_CANDIDATES_BY_TEXT + 1 + SP_CANDIDATES_BY_CPV + 1;
    struct sp_index_hit *hits = sp_arena_calloc(arena, room, sizeof *hits);
    enum sp_status status = hits == NULL ? SP_FAIL_NOMEM(err) : SP_OK;
    if (status == SP_OK) {
        status = list_close_codes(vocabulary->cpv, need, arena, &selection, err);
    }
    struct sp_index_query by_text = {.factor = place_factor,
                                     .context = &selection,
                                     .k = SP_CANDIDATES_BY_TEXT + 1,
                                     .cancel = cancel};
    if (status == SP_OK && make_groups(index, need, arena, &by_text) != SP_OK) {
        status = SP_FAIL_NOMEM(err);
    }
    size_t count = 0;
    size_t more = 0;
    if (status == SP_OK && by_text.group_count > 0) {
        status = sp_index_top(index, &by_text, arena, hits, &count, err);
    }
    struct sp_index_query by_cpv = {.factor = cpv_factor,
                                    .context = &selection,
                                    .k = SP_CANDIDATES_BY_CPV + 1,
                                    .cancel = cancel};
    if (status == SP_OK && selection.code_count > 0) {
        status = sp_index_top(index, &by_cpv, arena, hits + count, &more, err);
    }
    out->cut = count > SP_CANDIDATES_BY_TEXT || more > SP_CANDIDATES_BY_CPV;
    if (status == SP_OK && join(index, hits, count + more, arena, out) != SP_OK) {
        status = SP_FAIL_NOMEM(err);
    }
    return status;
}

enum sp_status sp_candidates_in_division(const struct sp_index *index, const struct sp_need *need,
                                         const atomic_bool *cancel, struct sp_arena *arena,
                                         uint32_t *count, struct sp_error *err)
{
    struct selection selection = {.need = need};
    struct sp_index_query query = {
        .factor = division_factor, .context = &selection, .k = 1, .cancel = cancel};
    struct sp_document_set set;
    *count = 0;
    if (need->code_count == 0) {
        return SP_OK;
    }
    enum sp_status status = sp_index_matches(index, &query, arena, &set, err);
    *count = status == SP_OK ? set.count : 0;
    return status;
}
