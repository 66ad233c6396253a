/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * From a request to its response; see match.h.
 *
 * Two arenas of its own beside that of the response: one for what is known of a lot (needs, fits,
 * candidates), one for the entity under the lens. Entities are read by rising number, each once for
 * a requirement, and only numbers are kept; the few that are shown are read again.
 */
#include "matcher/scoring/match.h"

#include <stdlib.h>

#include "matcher/catalogue/reader.h"
#include "matcher/scoring/candidates.h"
#include "matcher/scoring/evaluate.h"
#include "matcher/scoring/proposals.h"
#include "matcher/scoring/rank.h"
#include "matcher/tender/draft.h"
#include "matcher/tender/notice.h"

enum {
    LOT_ARENA_BYTES = 64 << 20,    /* a lot of 16 requirements with texts of 64 kB each */
    SCRATCH_ARENA_BYTES = 32 << 20 /* one entity of 1 MB, unpacked and analysed */
};

/** A match under way. */
struct run {
    const struct sp_match_context *context;
    struct sp_weights weights;
    sp_day day;
    size_t limit;
    bool businesses_too;
    const Spoina__V1__Draft *draft;
    struct sp_arena *lot_arena; /* emptied after each lot */
    struct sp_arena *scratch;   /* emptied after each entity */
};

/** A lot under way. */
struct lot_run {
    struct run *run;
    size_t index;
    const Spoina__V1__Lot *lot;
    struct sp_need *needs;
    struct sp_fit_list fits;
    uint32_t *looked_at; /* numbers of the entities scored, once for each requirement */
    size_t looked_at_count;
};

static enum sp_status read_settings(struct run *run, const Spoina__V1__MatchTenderRequest *request,
                                    struct sp_error *err)
{
    run->day = run->context->today;
    if (*request->date != '\0' && !sp_day_parse(sp_view_of(request->date), &run->day)) {
        return SP_FAIL(err, SP_INVALID, "date", "„%.40s” nie jest datą w postaci RRRR-MM-DD.",
                       "‘%.40s’ is not a date as YYYY-MM-DD.", request->date);
    }
    if (request->limit > SP_MATCH_LIMIT_MAX) {
        return SP_FAIL(err, SP_INVALID, "limit", "Najwięcej %d propozycji na część.",
                       "At most %d proposals a lot.", SP_MATCH_LIMIT_MAX);
    }
    run->businesses_too = request->businesses_too != 0;
    run->limit = request->limit == 0 ? SP_MATCH_LIMIT_DEFAULT : request->limit;
    return sp_weights_read(request->weights, &run->weights, err);
}

/** Take the draft of the request, or read it out of the notice; check it. */
static enum sp_status read_draft(struct run *run, const Spoina__V1__MatchTenderRequest *request,
                                 struct sp_draft_warnings *warnings, Spoina__V1__Draft **out,
                                 struct sp_error *err)
{
    const struct sp_match_context *context = run->context;
    const Spoina__V1__Draft *given = NULL;
    Spoina__V1__Draft *read = NULL;
    enum sp_status status = SP_OK;
    enum sp_draft_origin origin = SP_DRAFT_WRITTEN;
    switch (request->need_case) {
    case SPOINA__V1__MATCH_TENDER_REQUEST__NEED_DRAFT:
        given = request->draft;
        break;
    case SPOINA__V1__MATCH_TENDER_REQUEST__NEED_NOTICE:
        status = sp_notice_read(
            sp_view_from((const char *)request->notice->content.data, request->notice->content.len),
            context->arena, warnings, &read, err);
        given = read;
        origin = SP_DRAFT_PUBLISHED;
        break;
    default:
        return SP_FAIL(err, SP_INVALID, "draft", "Podaj projekt zamówienia albo ogłoszenie.",
                       "Give a draft or a notice.");
    }
    if (status == SP_OK) {
        status =
            sp_draft_check(given, context->vocabulary, origin, context->arena, warnings, out, err);
    }
    if (status != SP_OK && origin == SP_DRAFT_WRITTEN) {
        sp_error_prefix(err, "draft");
    }
    return status;
}

/** False if the entity changed after the index was made: then it is left for the next match. */
static bool is_current(const struct sp_index_document *document, const Spoina__V1__Entity *entity)
{
    const char *offer_id = "";
    if (document->offer_index != SP_OFFER_PROFILE) {
        if (document->offer_index < 0 || (size_t)document->offer_index >= entity->n_offers) {
            return false;
        }
        offer_id = entity->offers[document->offer_index]->id;
    }
    return document->key == sp_index_key(sp_view_of(entity->id), sp_view_of(offer_id));
}

/** Score one offer of @p entity; note it if words or codes speak for it. */
static enum sp_status score_document(struct lot_run *lot, size_t requirement, uint32_t document,
                                     const Spoina__V1__Entity *entity, struct sp_error *err)
{
    const struct run *run = lot->run;
    const struct sp_match_context *context = run->context;
    const struct sp_index_document *indexed = sp_index_document(context->index, document);
    const struct sp_need *need = &lot->needs[requirement];
    if (!is_current(indexed, entity)) {
        return SP_OK;
    }
    struct sp_offer offer;
    enum sp_status status = sp_offer_read(context->analyser, context->vocabulary->services, entity,
                                          indexed->offer_index, run->scratch, &offer, err);
    if (status != SP_OK) {
        return status;
    }
    struct sp_evaluation evaluation;
    sp_evaluate(context->vocabulary, need, &offer, run->day, &evaluation);
    if (!sp_is_relevant(&evaluation.parts)) {
        return SP_OK;
    }
    struct sp_fit fit = {
        .entity_number = indexed->entity_number,
        .requirement = (uint32_t)requirement,
        .document = document,
        .score = sp_total(&run->weights, &evaluation.parts),
        .served =
            evaluation.place.reach == SP_REACH_SERVED || evaluation.place.reach == SP_REACH_PARTLY,
        .tie = sp_tie_key(need->hash, sp_index_version(context->index), indexed->key),
    };
    return sp_fit_add(&lot->fits, &fit, run->lot_arena, err);
}

/** Score all candidates of one entity: they stand together in the list. */
static enum sp_status score_entity(struct lot_run *lot, size_t requirement,
                                   const struct sp_candidates *candidates, size_t *at,
                                   struct sp_error *err)
{
    const struct run *run = lot->run;
    const struct sp_index *index = run->context->index;
    uint32_t number = sp_index_document(index, candidates->documents[*at])->entity_number;
    Spoina__V1__Entity *entity = NULL;
    sp_arena_reset(run->scratch);
    lot->looked_at[lot->looked_at_count++] = number;
    enum sp_status status =
        sp_reader_entity(run->context->reader, number, run->scratch, &entity, err);
    bool gone = status == SP_NOT_FOUND; /* removed after the index was made */
    status = gone ? SP_OK : status;
    for (; status == SP_OK && *at < candidates->count; (*at)++) {
        uint32_t document = candidates->documents[*at];
        if (sp_index_document(index, document)->entity_number != number) {
            break;
        }
        if (!gone) {
            status = score_document(lot, requirement, document, entity, err);
        }
    }
    return status;
}

static enum sp_status score_requirement(struct lot_run *lot, size_t requirement,
                                        struct sp_error *err)
{
    const struct run *run = lot->run;
    const struct sp_match_context *context = run->context;
    struct sp_need_tools tools = {context->analyser, context->vocabulary, context->index,
                                  run->lot_arena};
    struct sp_need *need = &lot->needs[requirement];
    struct sp_candidates candidates = {.count = 0};
    enum sp_status status = sp_need_read(&tools, run->draft, lot->index, requirement, need, err);
    need->businesses_too = run->businesses_too;
    if (status == SP_OK) {
        status = sp_candidates_find(context->index, context->vocabulary, need, context->cancel,
                                    run->lot_arena, &candidates, err);
    }
    for (size_t at = 0; status == SP_OK && at < candidates.count;) {
        if (context->cancel != NULL && atomic_load(context->cancel)) {
            return SP_FAIL(err, SP_CANCELLED, "", "Przerwano.", "Cancelled.");
        }
        status = score_entity(lot, requirement, &candidates, &at, err);
    }
    return status;
}

/** Say why there is nothing, and what to change. */
static enum sp_status write_note(const struct lot_run *lot, Spoina__V1__LotMatch *match,
                                 struct sp_error *err)
{
    const struct sp_match_context *context = lot->run->context;
    const struct sp_need *need = &lot->needs[0];
    uint32_t in_division = 0;
    enum sp_status status = sp_candidates_in_division(context->index, need, context->cancel,
                                                      lot->run->lot_arena, &in_division, err);
    if (status != SP_OK) {
        return status;
    }
    if (need->code_count == 0) {
        match->note = (char *)sp_say(
            context->locale,
            "Żadna oferta nie ma dość wspólnych słów z tą częścią. Podaj kod CPV albo opisz usługę "
            "innymi słowami.",
            "No offer has enough words in common with this lot. Give a CPV code or describe the "
            "service in other words.");
        return SP_OK;
    }
    match->note = sp_arena_printf(
        context->arena,
        context->locale == SP_EN
            ? "No offer meets this lot by its words or by a close CPV code. Offers in CPV division "
              "%.2s: %u. Try a more general code, or describe the service in other words."
            : "Żadna oferta nie odpowiada tej części ani słowami, ani bliskim kodem CPV. Ofert w "
              "dziale CPV %.2s: %u. Spróbuj ogólniejszego kodu albo innych słów.",
        need->codes[0]->code, in_division);
    return match->note == NULL ? SP_FAIL_NOMEM(err) : SP_OK;
}

/** True if none of the entities shown says that it works where one of the needs is. */
static bool nobody_serves(const struct lot_run *lot, const struct sp_ranked *ranked, size_t count)
{
    bool place_known = false;
    for (size_t i = 0; i < lot->lot->n_requirements; i++) {
        place_known = place_known || lot->needs[i].place_count > 0;
    }
    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; j < ranked[i].fit_count; j++) {
            if (ranked[i].fits[j].served) {
                return false;
            }
        }
    }
    return place_known;
}

static enum sp_status write_lot(const struct lot_run *lot, const struct sp_ranked *ranked,
                                size_t count, Spoina__V1__LotMatch *match, struct sp_error *err)
{
    const struct run *run = lot->run;
    if (count == 0) {
        return write_note(lot, match, err);
    }
    count = count < run->limit ? count : run->limit;
    if (nobody_serves(lot, ranked, count)) {
        match->note = (char *)sp_say(run->context->locale,
                                     "Żaden z pokazanych podmiotów nie podał, że działa w miejscu "
                                     "wykonania tej części.",
                                     "None of the entities shown says that it works where this lot "
                                     "is to be performed.");
    }
    struct sp_proposal_maker maker = {
        .context = run->context,
        .weights = &run->weights,
        .day = run->day,
        .lot = lot->lot,
        .needs = lot->needs,
        .scratch = run->scratch,
    };
    sp_arena_reset(run->scratch);
    return sp_proposals_write(&maker, ranked, count, match, err);
}

static int compare_numbers(const void *left, const void *right)
{
    uint32_t a = *(const uint32_t *)left;
    uint32_t b = *(const uint32_t *)right;
    return (a > b) - (a < b);
}

static uint32_t count_distinct(uint32_t *numbers, size_t count)
{
    uint32_t distinct = 0;
    qsort(numbers, count, sizeof *numbers, compare_numbers);
    for (size_t i = 0; i < count; i++) {
        distinct += i == 0 || numbers[i] != numbers[i - 1];
    }
    return distinct;
}

static enum sp_status match_lot(struct run *run, size_t index, Spoina__V1__LotMatch *match,
                                struct sp_error *err)
{
    struct lot_run lot = {.run = run, .index = index, .lot = run->draft->lots[index]};
    sp_arena_reset(run->lot_arena);
    spoina__v1__lot_match__init(match);
    match->lot_id = lot.lot->id;
    match->title = lot.lot->title;
    lot.needs = sp_arena_calloc(run->lot_arena, lot.lot->n_requirements, sizeof *lot.needs);
    lot.looked_at = sp_arena_calloc(
        run->lot_arena, lot.lot->n_requirements * SP_CANDIDATES_COUNT_MAX, sizeof *lot.looked_at);
    if (lot.needs == NULL || lot.looked_at == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    enum sp_status status = SP_OK;
    for (size_t i = 0; status == SP_OK && i < lot.lot->n_requirements; i++) {
        status = score_requirement(&lot, i, err);
    }
    match->candidates = count_distinct(lot.looked_at, lot.looked_at_count);
    struct sp_ranked *ranked = NULL;
    size_t count = 0;
    if (status == SP_OK) {
        status = sp_rank(&lot.fits, lot.lot->n_requirements, run->lot_arena, &ranked, &count, err);
    }
    return status == SP_OK ? write_lot(&lot, ranked, count, match, err) : status;
}

static enum sp_status match_lots(struct run *run, Spoina__V1__MatchTenderResponse *response,
                                 struct sp_error *err)
{
    size_t count = run->draft->n_lots;
    Spoina__V1__LotMatch *matches = sp_arena_calloc(run->context->arena, count, sizeof *matches);
    response->lots = sp_arena_calloc(run->context->arena, count, sizeof *response->lots);
    enum sp_status status = matches == NULL || response->lots == NULL ? SP_FAIL_NOMEM(err) : SP_OK;
    for (size_t i = 0; status == SP_OK && i < count; i++) {
        response->lots[response->n_lots++] = &matches[i];
        status = match_lot(run, i, &matches[i], err);
    }
    return status;
}

/** Match with one version of the catalogue held. */
static enum sp_status match_held(struct run *run, Spoina__V1__MatchTenderResponse *response,
                                 struct sp_error *err)
{
    run->lot_arena = sp_arena_new(LOT_ARENA_BYTES);
    run->scratch = sp_arena_new(SCRATCH_ARENA_BYTES);
    enum sp_status status =
        run->lot_arena == NULL || run->scratch == NULL ? SP_FAIL_NOMEM(err) : SP_OK;
    if (status == SP_OK) {
        status = sp_reader_begin(run->context->reader, NULL, err);
    }
    if (status == SP_OK) {
        status = match_lots(run, response, err);
        sp_reader_end(run->context->reader);
    }
    sp_arena_free(run->lot_arena);
    sp_arena_free(run->scratch);
    return status;
}

/** Write what was asked and with what it was answered. */
static enum sp_status write_terms(const struct run *run, const struct sp_draft_warnings *warnings,
                                  Spoina__V1__MatchTenderResponse *response, struct sp_error *err)
{
    char date[11];
    sp_day_format(run->day, date);
    Spoina__V1__Weights *weights = sp_arena_alloc(run->context->arena, sizeof *weights);
    response->date = sp_arena_strdup(run->context->arena, date);
    if (weights == NULL || response->date == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    spoina__v1__weights__init(weights);
    weights->text = run->weights.of[SP_PART_TEXT];
    weights->cpv = run->weights.of[SP_PART_CPV];
    weights->place = run->weights.of[SP_PART_PLACE];
    weights->capacity = run->weights.of[SP_PART_CAPACITY];
    weights->evidence = run->weights.of[SP_PART_EVIDENCE];
    response->weights = weights;
    response->catalogue_version = sp_index_version(run->context->index);
    response->warnings = warnings->items;
    response->n_warnings = warnings->count;
    return SP_OK;
}

enum sp_status sp_match_tender(const struct sp_match_context *context,
                               const Spoina__V1__MatchTenderRequest *request,
                               Spoina__V1__MatchTenderResponse **out, struct sp_error *err)
{
    struct run run = {.context = context};
    struct sp_draft_warnings warnings = {.arena = context->arena, .locale = context->locale};
    enum sp_status status = read_settings(&run, request, err);
    Spoina__V1__Draft *draft = NULL;
    if (status == SP_OK) {
        status = read_draft(&run, request, &warnings, &draft, err);
    }
    if (status != SP_OK) {
        return status;
    }
    run.draft = draft;
    Spoina__V1__MatchTenderResponse *response = sp_arena_alloc(context->arena, sizeof *response);
    if (response == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    spoina__v1__match_tender_response__init(response);
    response->draft = draft;
    status = match_held(&run, response, err);
    if (status == SP_OK) {
        status = write_terms(&run, &warnings, response, err);
    }
    *out = response;
    return status;
}
