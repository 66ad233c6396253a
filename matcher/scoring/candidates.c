/* SPDX-License-Identifier: EUPL-1.2 */
/** @file Every offer of the index against the needs of a lot; see candidates.h. */
#include "matcher/scoring/candidates.h"

#include <stdlib.h>
#include <string.h>

#include "matcher/scoring/parts.h"
#include "matcher/scoring/pool.h"
#include "matcher/scoring/score_text.h"
#include "matcher/search/top.h"
#include "spoina/v1/catalogue.pb-c.h"

enum { CPV_DIVISION = 1000 * 1000, BITS = 64, CANCEL_EVERY_DOCUMENTS = 1 << 14 };

/** What a document has met of one need so far. */
struct meeting {
    uint64_t met;   /* weight x permille of the field */
    uint16_t word;  /* last one met, counted from 1 */
    uint16_t share; /* of that word: permille of the best field */
};

/** What a service of an offer is worth to one need, in permille, by where it is named. */
struct service_worth {
    uint16_t title;
    uint16_t description;
    uint16_t declared;
};

/** One sweep over the index; all arrays are scratch. */
struct sweep {
    const struct sp_match_context *context;
    struct sp_candidates *out;
    struct meeting *meetings; /* by document */
    uint64_t *entities;       /* bit of an entity number: something in common */
    struct service_worth worth[SP_SERVICES_MAX];
    uint16_t word; /* being met, counted from 1 */
    uint32_t weight;
};

/* Whom the caller looks for. It bounds the search; it never moves a score (art. 241(3) Pzp). */
static bool is_looked_for(const struct sp_need *need, const struct sp_index_document *document)
{
    return need->businesses_too ||
           document->legal_form != SPOINA__V1__LEGAL_FORM__LEGAL_FORM_BUSINESS;
}

static bool is_cancelled(const struct sweep *sweep)
{
    return sweep->context->cancel != NULL && atomic_load(sweep->context->cancel);
}

/** A word counts once in a document, in its best field, whichever of its lemmas is there. */
static void meet(void *context, uint32_t document, unsigned fields)
{
    struct sweep *sweep = context;
    struct meeting *meeting = &sweep->meetings[document];
    uint16_t share = (fields & SP_INDEX_TITLE) != 0         ? SP_PERMILLE
                     : (fields & SP_INDEX_DESCRIPTION) != 0 ? SP_TEXT_DESCRIPTION_PERMILLE
                                                            : 0;
    if (meeting->word != sweep->word) {
        meeting->word = sweep->word;
        meeting->share = 0;
    }
    if (share > meeting->share) {
        meeting->met += (uint64_t)sweep->weight * (uint64_t)(share - meeting->share);
        meeting->share = share;
    }
}

static void meet_words(struct sweep *sweep, const struct sp_need *need)
{
    for (size_t i = 0; i < need->word_count && !is_cancelled(sweep); i++) {
        const struct sp_token *token = need->words[i].token;
        sweep->word = (uint16_t)(i + 1);
        sweep->weight = need->words[i].weight;
        for (size_t j = 0; j < token->lemma_count; j++) {
            struct sp_term term;
            if (sp_index_find(sweep->context->index, token->lemmas[j], &term)) {
                sp_index_each_occurrence(sweep->context->index, &term, meet, sweep);
            }
        }
    }
}

static uint16_t larger(uint16_t a, uint32_t b)
{
    return b > a ? (uint16_t)b : a;
}

/** Work out what each service of the vocabulary is worth to the need. */
static void weigh_services(struct sweep *sweep, const struct sp_need *need)
{
    size_t count = 0;
    const struct sp_service *all = sp_services_all(sweep->context->vocabulary->services, &count);
    SP_ASSERT(count <= SP_SERVICES_MAX);
    memset(sweep->worth, 0, sizeof sweep->worth);
    for (size_t i = 0; i < count; i++) {
        struct service_worth *worth = &sweep->worth[i];
        for (size_t j = 0; j < need->service_count; j++) {
            const struct sp_need_service *needed = &need->services[j];
            uint32_t fit =
                needed->permille * sp_text_service_fit(needed->service, &all[i]) / SP_PERMILLE;
            worth->title = larger(worth->title, fit);
            worth->description =
                larger(worth->description, fit * SP_TEXT_DESCRIPTION_PERMILLE / SP_PERMILLE);
            if (needed->service == &all[i]) {
                worth->declared = larger(worth->declared, needed->permille);
            }
        }
    }
}

static uint32_t best_service(const struct sweep *sweep, const struct sp_index_document *document)
{
    uint16_t best = 0;
    for (uint32_t i = 0; i < document->service_count; i++) {
        const struct sp_index_service *offered = &document->services[i];
        const struct service_worth *worth = &sweep->worth[offered->service];
        best = (offered->fields & SP_INDEX_TITLE) != 0 ? larger(best, worth->title) : best;
        best =
            (offered->fields & SP_INDEX_DESCRIPTION) != 0 ? larger(best, worth->description) : best;
        best = (offered->fields & SP_INDEX_DECLARED) != 0 ? larger(best, worth->declared) : best;
    }
    return best;
}

static void set_bit(uint64_t *words, uint32_t bit)
{
    words[bit / BITS] |= (uint64_t)1 << (bit % BITS);
}

/** Words and services of all documents for one need. */
static enum sp_status sweep_texts(struct sweep *sweep, const struct sp_need *need, uint16_t *text)
{
    const struct sp_index *index = sweep->context->index;
    memset(sweep->meetings, 0, sweep->out->document_count * sizeof *sweep->meetings);
    meet_words(sweep, need);
    weigh_services(sweep, need);
    for (uint32_t d = 0; d < sweep->out->document_count; d++) {
        if (d % CANCEL_EVERY_DOCUMENTS == 0 && is_cancelled(sweep)) {
            return SP_CANCELLED;
        }
        const struct sp_index_document *document = sp_index_document(index, d);
        uint32_t words = sp_text_words_permille(need, sweep->meetings[d].met);
        uint32_t service = best_service(sweep, document);
        if ((words == 0 && service == 0) || !sp_index_is_live(index, d) ||
            !is_looked_for(need, document)) {
            continue;
        }
        text[d] = (uint16_t)sp_text_join(need, words, service);
        set_bit(sweep->entities, document->entity_number);
        if (text[d] >= SP_TEXT_MIN_PERMILLE) {
            set_bit(sweep->out->relevant, d);
        }
    }
    return SP_OK;
}

/** Codes of all documents for all needs. */
static enum sp_status sweep_codes(struct sweep *sweep, const struct sp_need *needs)
{
    struct sp_candidates *out = sweep->out;
    for (uint32_t d = 0; d < out->document_count; d++) {
        if (d % CANCEL_EVERY_DOCUMENTS == 0 && is_cancelled(sweep)) {
            return SP_CANCELLED;
        }
        const struct sp_index_document *document = sp_index_document(out->index, d);
        uint16_t best = 0;
        for (uint32_t i = 0; i < document->cpv_count; i++) {
            const uint16_t *row = sp_candidate_codes_row(&out->codes, document->cpv[i]);
            for (size_t j = 0; row != NULL && j < out->need_count; j++) {
                best = larger(best, row[j]);
            }
        }
        if (best >= SP_CPV_MIN_PERMILLE && sp_index_is_live(out->index, d) &&
            is_looked_for(&needs[0], document)) {
            set_bit(sweep->entities, document->entity_number);
            set_bit(out->relevant, d);
        }
    }
    return SP_OK;
}

/** Words of a bit set that has room for every entity number of the index. */
static size_t entity_words(const struct sp_index *index, uint32_t document_count)
{
    uint32_t highest = 0;
    for (uint32_t d = 0; d < document_count; d++) {
        uint32_t number = sp_index_document(index, d)->entity_number;
        highest = number > highest ? number : highest;
    }
    return highest / BITS + 1;
}

static uint32_t count_bits(const uint64_t *words, size_t count)
{
    uint32_t bits = 0;
    for (size_t i = 0; i < count; i++) {
        bits += (uint32_t)__builtin_popcountll(words[i]);
    }
    return bits;
}

enum sp_status sp_candidates_find(const struct sp_match_context *context,
                                  const struct sp_need *needs, size_t count, struct sp_arena *arena,
                                  struct sp_candidates *out, struct sp_error *err)
{
    uint32_t documents = sp_index_slot_count(context->index);
    size_t words = entity_words(context->index, documents);
    struct sweep *sweep = sp_arena_calloc(arena, 1, sizeof *sweep);
    *out = (struct sp_candidates){
        .index = context->index,
        .need_count = count,
        .document_count = documents,
        .text = sp_arena_calloc(arena, documents * count, sizeof *out->text),
        .relevant = sp_arena_calloc(arena, documents / BITS + 1, sizeof *out->relevant),
    };
    if (sweep == NULL || out->text == NULL || out->relevant == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    sweep->context = context;
    sweep->out = out;
    sweep->meetings = sp_arena_calloc(arena, documents, sizeof *sweep->meetings);
    sweep->entities = sp_arena_calloc(arena, words, sizeof *sweep->entities);
    if (sweep->meetings == NULL || sweep->entities == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    enum sp_status status =
        sp_candidate_codes_init(&out->codes, context->vocabulary->cpv, needs, count, arena, err);
    for (size_t j = 0; status == SP_OK && j < count; j++) {
        status = sweep_texts(sweep, &needs[j], &out->text[j * documents]);
    }
    if (status == SP_OK) {
        status = sweep_codes(sweep, needs);
    }
    if (status == SP_CANCELLED) {
        return SP_FAIL(err, SP_CANCELLED, "", "Przerwano.", "Cancelled.");
    }
    out->entities_in_common = count_bits(sweep->entities, words);
    return status;
}

void sp_candidates_words(struct sp_candidates *candidates, uint32_t document,
                         struct sp_pool_words *out)
{
    const struct sp_index_document *offer = sp_index_document(candidates->index, document);
    for (size_t j = 0; j < candidates->need_count; j++) {
        out[j] = (struct sp_pool_words){
            .text = candidates->text[j * candidates->document_count + document],
            .cpv = SP_NEUTRAL_PERMILLE,
            .cpv_unknown = true,
        };
    }
    for (uint32_t i = 0; i < offer->cpv_count; i++) {
        const uint16_t *row = sp_candidate_codes_row(&candidates->codes, offer->cpv[i]);
        for (size_t j = 0; row != NULL && j < candidates->need_count; j++) {
            bool better = out[j].cpv_unknown || row[j] > out[j].cpv;
            if (candidates->codes.needs[j].code_count > 0 && better) {
                out[j].cpv = row[j];
                out[j].cpv_unknown = false;
            }
        }
    }
}

static uint32_t division_factor(void *context, const struct sp_index_document *document)
{
    const struct sp_need *need = context;
    uint32_t division = (uint32_t)strtoul(need->codes[0]->code, NULL, 10) / CPV_DIVISION;
    bool is_in = document->cpv_count > 0 && document->cpv[0] / CPV_DIVISION == division;
    return is_in && is_looked_for(need, document) ? SP_FACTOR_ONE : 0;
}

enum sp_status sp_candidates_in_division(const struct sp_index *index, const struct sp_need *need,
                                         const atomic_bool *cancel, struct sp_arena *arena,
                                         uint32_t *count, struct sp_error *err)
{
    struct sp_need copy = *need; /* a query's context is not const */
    struct sp_index_query query = {
        .factor = division_factor, .context = &copy, .k = 1, .cancel = cancel};
    struct sp_document_set set;
    *count = 0;
    if (need->code_count == 0) {
        return SP_OK;
    }
    enum sp_status status = sp_index_matches(index, &query, arena, &set, err);
    *count = status == SP_OK ? set.count : 0;
    return status;
}
