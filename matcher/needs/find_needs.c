/* SPDX-License-Identifier: EUPL-1.2 */
#include "matcher/needs/find_needs.h"

#include <stdlib.h>

#include "matcher/catalogue/reader.h"
#include "matcher/needs/need_screen.h"
#include "matcher/needs/need_summary.h"
#include "matcher/proposal/complete_consortium.h"
#include "matcher/proposal/message_copy.h"
#include "matcher/scoring/show.h"
#include "matcher/search/index.h"

enum { NEED_ARENA_BYTES = 256 << 20 /* one need with its proposals, before they are copied */ };

/** A need that passed the screen. */
struct candidate {
    int64_t number;
    uint32_t score;
};

/** A finding under way. */
struct run {
    const struct sp_finding_needs *finding;
    const Spoina__V1__FindNeedsRequest *request;
    Spoina__V1__FindNeedsResponse *response;
    const Spoina__V1__Entity *entity;
    struct sp_need_screen screen;
    sp_day day;
    uint32_t limit;
    struct candidate *best; /* of the screen, best first */
    size_t best_count;
    size_t best_max;
    size_t turn;            /* need being examined */
    struct sp_arena *arena; /* of that need */
};

static enum sp_status read_request(struct run *run, struct sp_error *err)
{
    const Spoina__V1__FindNeedsRequest *request = run->request;
    run->limit = request->limit == 0 ? SP_FIND_NEEDS_DEFAULT : request->limit;
    run->day = run->finding->matching.scoring.today;
    if (request->entity[0] == '\0') {
        return SP_FAIL(err, SP_INVALID, "entity",
                       "Podaj identyfikator, NIP, KRS albo REGON podmiotu.",
                       "Give the id, NIP, KRS or REGON of an entity.");
    }
    if (run->limit > SP_FIND_NEEDS_MAX) {
        return SP_FAIL(err, SP_INVALID, "limit", "Najwyżej %d potrzeb.", "At most %d needs.",
                       SP_FIND_NEEDS_MAX);
    }
    if (request->date[0] != '\0' && !sp_day_parse(sp_view_of(request->date), &run->day)) {
        return SP_FAIL(err, SP_INVALID, "date", "Data to RRRR-MM-DD.", "A date is YYYY-MM-DD.");
    }
    return SP_OK;
}

/** Better screened first; of equals the newer one. */
static bool is_before(const struct candidate *a, const struct candidate *b)
{
    return a->score != b->score ? a->score > b->score : a->number > b->number;
}

static enum sp_status look(void *context, int64_t number, const struct sp_need_keys *keys,
                           struct sp_error *err)
{
    struct run *run = context;
    struct candidate found = {number, sp_need_screen_score(&run->screen, keys)};
    (void)err;
    run->response->open++;
    if (found.score == 0) {
        return SP_OK;
    }
    run->response->screened++;
    size_t at = run->best_count;
    while (at > 0 && is_before(&found, &run->best[at - 1])) {
        at--;
    }
    if (at == run->best_max) {
        return SP_OK;
    }
    run->best_count += run->best_count < run->best_max ? 1 : 0;
    for (size_t i = run->best_count - 1; i > at; i--) {
        run->best[i] = run->best[i - 1];
    }
    run->best[at] = found;
    return SP_OK;
}

/** The caller's time is shared out among the needs, not among their lots. */
static bool stop(void *context, const struct sp_search_turn *turn)
{
    const struct run *run = context;
    const struct sp_matching *matching = &run->finding->matching;
    struct sp_search_turn own = {
        .lot = run->turn, .lots = run->best_count, .is_last = turn->is_last};
    return matching->stop != NULL && matching->stop(matching->stop_context, &own);
}

static enum sp_status copy_message(const struct run *run, const ProtobufCMessage *from,
                                   ProtobufCMessage **to, struct sp_error *err)
{
    return sp_message_copy(from, run->finding->matching.scoring.arena, to, err);
}

static bool is_missing(const Spoina__V1__Proposal *team, const char *id)
{
    for (size_t i = 0; i < team->n_necessity; i++) {
        if (strcmp(team->necessity[i]->entity_id, id) == 0) {
            return team->necessity[i]->necessary;
        }
    }
    return false;
}

/** What one lot comes to. @param out  NULL when the lot does not fit */
static enum sp_status write_fit(const struct run *run, const Spoina__V1__LotCompletion *lot,
                                Spoina__V1__NeedFit **out, struct sp_error *err)
{
    struct sp_arena *arena = run->finding->matching.scoring.arena;
    bool alone = lot->given->complete;
    bool team = !lot->incomplete && lot->n_consortia > 0 && lot->consortia[0]->n_members > 1;
    *out = NULL;
    if (!alone && !team) {
        return SP_OK;
    }
    Spoina__V1__NeedFit *fit = sp_arena_alloc(arena, sizeof *fit);
    ProtobufCMessage *copy = NULL;
    if (fit == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    spoina__v1__need_fit__init(fit);
    fit->lot_id = sp_arena_strdup(arena, lot->lot_id);
    fit->title = sp_arena_strdup(arena, lot->title);
    enum sp_status status = fit->lot_id == NULL || fit->title == NULL
                                ? SP_FAIL_NOMEM(err)
                                : copy_message(run, &lot->given->base, &copy, err);
    fit->alone = (Spoina__V1__Proposal *)copy;
    if (status == SP_OK && team) {
        status = copy_message(run, &lot->consortia[0]->base, &copy, err);
        fit->team = (Spoina__V1__Proposal *)copy;
        fit->missing_member = status == SP_OK && is_missing(fit->team, run->entity->id);
    }
    *out = fit;
    return status;
}

static uint32_t score_of(const Spoina__V1__NeedFit *fit)
{
    return fit->alone->complete ? fit->alone->score : fit->team->score;
}

/** Match one lot as a consortium that must hold the entity. */
static enum sp_status examine_lot(struct run *run, const Spoina__V1__Need *need,
                                  const Spoina__V1__Lot *lot, Spoina__V1__NeedMatch *match,
                                  struct sp_error *err)
{
    Spoina__V1__MatchTenderRequest tender = SPOINA__V1__MATCH_TENDER_REQUEST__INIT;
    Spoina__V1__TeamOptions teams = SPOINA__V1__TEAM_OPTIONS__INIT;
    Spoina__V1__CompleteConsortiumRequest request = SPOINA__V1__COMPLETE_CONSORTIUM_REQUEST__INIT;
    Spoina__V1__CompleteConsortiumResponse *answer = NULL;
    Spoina__V1__NeedFit *fit = NULL;
    struct sp_matching matching = run->finding->matching;
    char *members[] = {run->entity->id};
    teams.teams = 1;
    tender.teams = &teams;
    tender.need_case = SPOINA__V1__MATCH_TENDER_REQUEST__NEED_DRAFT;
    tender.draft = need->draft;
    tender.date = run->response->date;
    request.match = &tender;
    request.lot_id = lot->id;
    request.members = members;
    request.n_members = 1;
    matching.scoring.arena = run->arena;
    matching.stop = stop;
    matching.stop_context = run;
    enum sp_status status = sp_complete_consortium(&matching, &request, &answer, err);
    if (status == SP_OK) {
        status = write_fit(run, answer->lots[0], &fit, err);
    }
    if (status == SP_OK && fit != NULL) {
        match->fits[match->n_fits++] = fit;
        match->can_alone = match->can_alone || fit->alone->complete;
        match->score = score_of(fit) > match->score ? score_of(fit) : match->score;
    }
    return status;
}

/** Lots whose codes are closest, the first ones among equals; @return how many */
static size_t choose_lots(const struct run *run, const Spoina__V1__Draft *draft,
                          size_t chosen[SP_FIND_LOTS_MAX])
{
    uint32_t scores[SP_FIND_LOTS_MAX] = {0};
    size_t count = 0;
    for (size_t i = 0; i < draft->n_lots; i++) {
        const Spoina__V1__Lot *lot = draft->lots[i];
        uint32_t score = sp_need_screen_closeness(&run->screen, lot->cpv, lot->n_cpv);
        size_t at = count;
        while (at > 0 && score > scores[at - 1]) {
            at--;
        }
        if (at == SP_FIND_LOTS_MAX) {
            continue;
        }
        count += count < SP_FIND_LOTS_MAX ? 1 : 0;
        for (size_t k = count - 1; k > at; k--) {
            scores[k] = scores[k - 1];
            chosen[k] = chosen[k - 1];
        }
        scores[at] = score;
        chosen[at] = i;
    }
    return count;
}

static int compare_fits(const void *a, const void *b)
{
    uint32_t left = score_of(*(Spoina__V1__NeedFit *const *)a);
    uint32_t right = score_of(*(Spoina__V1__NeedFit *const *)b);
    return (left < right) - (left > right);
}

static enum sp_status examine(struct run *run, const struct candidate *candidate,
                              struct sp_error *err)
{
    struct sp_arena *arena = run->finding->matching.scoring.arena;
    Spoina__V1__Need *need = NULL;
    Spoina__V1__NeedMatch *match = sp_arena_alloc(arena, sizeof *match);
    size_t lots[SP_FIND_LOTS_MAX];
    ProtobufCMessage *copy = NULL;
    if (match == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    spoina__v1__need_match__init(match);
    match->screen = candidate->score;
    match->fits = sp_arena_calloc(arena, SP_FIND_LOTS_MAX, sizeof *match->fits);
    sp_arena_reset(run->arena);
    enum sp_status status = match->fits == NULL
                                ? SP_FAIL_NOMEM(err)
                                : sp_needs_reader_by_number(run->finding->needs, candidate->number,
                                                            run->arena, &need, err);
    if (status == SP_NOT_FOUND) { /* deleted since the screen */
        return SP_OK;
    }
    size_t count = status == SP_OK ? choose_lots(run, need->draft, lots) : 0;
    for (size_t i = 0; status == SP_OK && i < count; i++) {
        status = examine_lot(run, need, need->draft->lots[lots[i]], match, err);
    }
    run->response->examined++;
    if (status != SP_OK || match->n_fits == 0) {
        return status;
    }
    qsort(match->fits, match->n_fits, sizeof(Spoina__V1__NeedFit *), compare_fits);
    Spoina__V1__NeedSummary *summary = sp_need_summary(need, run->arena);
    status = summary == NULL ? SP_FAIL_NOMEM(err) : copy_message(run, &summary->base, &copy, err);
    match->need = (Spoina__V1__NeedSummary *)copy;
    run->response->matches[run->response->n_matches++] = match;
    return status;
}

/** Best first; equals stay in the order of the screen, so it is not qsort(). */
static void rank(Spoina__V1__FindNeedsResponse *response, uint32_t limit)
{
    Spoina__V1__NeedMatch **matches = response->matches;
    for (size_t i = 1; i < response->n_matches; i++) {
        Spoina__V1__NeedMatch *match = matches[i];
        size_t at = i;
        while (at > 0 && matches[at - 1]->score < match->score) {
            matches[at] = matches[at - 1];
            at--;
        }
        matches[at] = match;
    }
    response->n_matches = response->n_matches > limit ? limit : response->n_matches;
}

static enum sp_status read_entity(struct run *run, struct sp_error *err)
{
    const struct sp_match_context *context = &run->finding->matching.scoring;
    struct sp_key_tools tools = {context->analyser, context->vocabulary};
    Spoina__V1__Entity *entity = NULL;
    enum sp_status status =
        sp_reader_find(context->reader, run->request->entity, context->arena, &entity, err);
    if (status == SP_NOT_FOUND) {
        return SP_FAIL(err, SP_NOT_FOUND, "entity", "Katalog nie zna podmiotu „%.100s”.",
                       "The catalogue knows no entity \"%.100s\".", run->request->entity);
    }
    if (status == SP_OK) {
        run->entity = entity;
        run->response->entity = sp_show_entity(entity, context->arena);
        status = run->response->entity == NULL ? SP_FAIL_NOMEM(err) : SP_OK;
    }
    return status == SP_OK ? sp_need_screen_init(&tools, entity, context->arena, &run->screen, err)
                           : status;
}

static enum sp_status begin(struct run *run, struct sp_error *err)
{
    const struct sp_match_context *context = &run->finding->matching.scoring;
    char day[11];
    sp_day_format(run->day, day);
    run->best_max = (size_t)run->limit * SP_FIND_EXAMINED_PER_SHOWN;
    run->best = sp_arena_calloc(context->arena, run->best_max + 1, sizeof *run->best);
    run->response = sp_arena_alloc(context->arena, sizeof *run->response);
    if (run->best == NULL || run->response == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    spoina__v1__find_needs_response__init(run->response);
    run->response->date = sp_arena_strdup(context->arena, day);
    run->response->catalogue_version = sp_index_version(context->index);
    run->response->matches =
        sp_arena_calloc(context->arena, run->best_max + 1, sizeof *run->response->matches);
    return run->response->date == NULL || run->response->matches == NULL ? SP_FAIL_NOMEM(err)
                                                                         : read_entity(run, err);
}

enum sp_status sp_find_needs(const struct sp_finding_needs *finding,
                             const Spoina__V1__FindNeedsRequest *request,
                             Spoina__V1__FindNeedsResponse **out, struct sp_error *err)
{
    struct run run = {.finding = finding, .request = request};
    enum sp_status status = read_request(&run, err);
    if (status == SP_OK) {
        status = begin(&run, err);
    }
    if (status == SP_OK) {
        status = sp_needs_reader_each_keys(finding->needs, run.day, look, &run, err);
    }
    if (status != SP_OK) {
        return status;
    }
    run.arena = sp_arena_new(NEED_ARENA_BYTES);
    status = run.arena == NULL ? SP_FAIL_NOMEM(err) : SP_OK;
    for (run.turn = 0; status == SP_OK && run.turn < run.best_count; run.turn++) {
        status = sp_match_go_on(&finding->matching.scoring, err);
        if (status == SP_OK) {
            status = examine(&run, &run.best[run.turn], err);
        }
    }
    sp_arena_free(run.arena);
    if (status == SP_OK) {
        rank(run.response, run.limit);
        *out = run.response;
    }
    return status;
}
