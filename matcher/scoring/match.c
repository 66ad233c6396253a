/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * From a request to its response; see match.h.
 *
 * Two arenas of its own beside that of the response: one for the pool of a lot, one for the offer
 * under the lens.
 */
#include "matcher/scoring/match.h"

#include "matcher/catalogue/reader.h"
#include "matcher/scoring/candidates.h"
#include "matcher/scoring/proposals.h"
#include "matcher/tender/draft.h"
#include "matcher/tender/tender_read.h"

enum {
    LOT_ARENA_BYTES = 512 << 20,   /* needs of 16 texts of 64 kB and some 20,000 entities */
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
    struct sp_tender_reading read = {0};
    enum sp_status status = SP_OK;
    enum sp_draft_origin origin = SP_DRAFT_WRITTEN;
    switch (request->need_case) {
    case SPOINA__V1__MATCH_TENDER_REQUEST__NEED_DRAFT:
        given = request->draft;
        break;
    case SPOINA__V1__MATCH_TENDER_REQUEST__NEED_NOTICE:
        status = sp_tender_read(
            sp_view_from((const char *)request->notice->content.data, request->notice->content.len),
            NULL, NULL, context->arena, warnings, &read, err);
        given = read.draft;
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

/** Say why there is nothing, and what to change. */
static enum sp_status write_note(const struct sp_match_context *context, const struct sp_pool *pool,
                                 Spoina__V1__LotMatch *match, struct sp_error *err)
{
    const struct sp_need *need = &pool->needs[0];
    uint32_t in_division = 0;
    enum sp_status status = sp_candidates_in_division(context->index, need, context->cancel,
                                                      pool->arena, &in_division, err);
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
static bool nobody_serves(const struct sp_pool *pool, const uint32_t *ranked, size_t count)
{
    bool place_known = false;
    for (size_t j = 0; j < pool->requirement_count; j++) {
        place_known = place_known || pool->needs[j].place_count > 0;
    }
    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; j < pool->requirement_count; j++) {
            const struct sp_pool_fit *fit = &pool->entities[ranked[i]].fits[j];
            if (fit->relevant && (fit->reach == SP_REACH_SERVED || fit->reach == SP_REACH_PARTLY)) {
                return false;
            }
        }
    }
    return place_known;
}

static enum sp_status write_lot(const struct run *run, const struct sp_pool *pool,
                                const uint32_t *ranked, size_t count, Spoina__V1__LotMatch *match,
                                struct sp_error *err)
{
    match->lot_id = pool->lot->id;
    match->title = pool->lot->title;
    match->candidates = pool->looked_at;
    match->candidates_cut = pool->candidates_cut;
    if (count == 0) {
        return write_note(run->context, pool, match, err);
    }
    count = count < run->limit ? count : run->limit;
    if (nobody_serves(pool, ranked, count)) {
        match->note = (char *)sp_say(run->context->locale,
                                     "Żaden z pokazanych podmiotów nie podał, że działa w miejscu "
                                     "wykonania tej części.",
                                     "None of the entities shown says that it works where this lot "
                                     "is to be performed.");
    }
    sp_arena_reset(run->scratch);
    return sp_proposals_write(run->context, pool, ranked, count, run->scratch, match, err);
}

static enum sp_status match_lot(struct run *run, size_t index, Spoina__V1__LotMatch *match,
                                struct sp_error *err)
{
    struct sp_pool_request request = {
        .draft = run->draft,
        .lot_index = index,
        .day = run->day,
        .weights = run->weights,
        .businesses_too = run->businesses_too,
    };
    struct sp_pool pool;
    const uint32_t *ranked = NULL;
    size_t count = 0;
    sp_arena_reset(run->lot_arena);
    spoina__v1__lot_match__init(match);
    enum sp_status status = sp_pool_build(run->context, &request, run->lot_arena, &pool, err);
    if (status == SP_OK) {
        status = sp_pool_rank(&pool, run->lot_arena, &ranked, &count, err);
    }
    return status == SP_OK ? write_lot(run, &pool, ranked, count, match, err) : status;
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
