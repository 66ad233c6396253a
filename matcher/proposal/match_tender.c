/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * From a request to its response; see match_tender.h.
 *
 * Lot by lot, with two arenas beside that of the response: one for what is known of the lot, one
 * for the entity under the lens. One version of the catalogue is held from the first lot to the
 * last.
 */
#include "matcher/proposal/match_tender.h"

#include "matcher/assembly/singles.h"
#include "matcher/catalogue/reader.h"
#include "matcher/proposal/proposal.h"
#include "matcher/proposal/team_search.h"
#include "matcher/scoring/candidates.h"
#include "matcher/search/index.h"

/** A match under way. */
struct run {
    const struct sp_matching *matching;
    struct sp_match_settings settings;
    Spoina__V1__MatchTenderResponse *response;
    sp_match_progress_fn *progress;
    void *progress_context;
    struct sp_arena *lot_arena;      /* emptied after each lot */
    struct sp_arena *scratch;        /* emptied after each entity */
    struct sp_arena *progress_arena; /* emptied after each message */
};

/** A lot under way. */
struct lot_run {
    struct run *run;
    struct sp_lot_matching lot;
    struct sp_speaker speaker;
    Spoina__V1__LotMatch *match;
};

static size_t share_of_lot(const struct run *run, size_t wanted, size_t budget)
{
    size_t share = budget / run->settings.draft->n_lots;
    share = share == 0 ? 1 : share;
    return wanted < share ? wanted : share;
}

/** Say why there is nothing, and what to change. */
static char *tell_nothing(struct lot_run *lot, enum sp_status *status, struct sp_error *err)
{
    const struct sp_match_context *context = &lot->run->matching->scoring;
    const struct sp_need *need = &lot->lot.pool.needs[0];
    uint32_t in_division = 0;
    char division[3] = "";
    *status = sp_candidates_in_division(context->index, need, context->cancel, lot->lot.arena,
                                        &in_division, err);
    if (*status != SP_OK || need->code_count == 0) {
        return sp_text_say(&lot->speaker, SP_TEXT_NOTE_NO_WORDS, NULL);
    }
    division[0] = need->codes[0]->code[0];
    division[1] = need->codes[0]->code[1];
    return SP_TELL(&lot->speaker, NOTE_NO_OFFERS, .numbers = {in_division}, .words = {division});
}

/** True if none of the entities shown says that it works where one of the needs is. */
static bool nobody_serves(const struct sp_pool *pool, const struct sp_single *ranked, size_t count)
{
    bool place_known = false;
    for (size_t j = 0; j < pool->requirement_count; j++) {
        place_known = place_known || pool->needs[j].place_count > 0;
    }
    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; j < pool->requirement_count; j++) {
            const struct sp_pool_fit *fit = &pool->entities[ranked[i].entity].fits[j];
            if (fit->relevant && (fit->reach == SP_REACH_SERVED || fit->reach == SP_REACH_PARTLY)) {
                return false;
            }
        }
    }
    return place_known;
}

static enum sp_status write_singles(struct lot_run *lot, const struct sp_single *ranked,
                                    size_t count, struct sp_error *err)
{
    struct sp_arena *arena = lot->speaker.arena;
    Spoina__V1__LotMatch *match = lot->match;
    enum sp_status status = SP_OK;
    match->proposals = sp_arena_calloc(arena, count, sizeof *match->proposals);
    if (match->proposals == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    for (size_t i = 0; status == SP_OK && i < count; i++) {
        struct sp_assembled_team single;
        status = sp_match_go_on(&lot->run->matching->scoring, err);
        if (status == SP_OK) {
            status = sp_assembly_value_team(&lot->lot.assembly, &ranked[i].entity, 1, true, &single,
                                            err);
        }
        if (status == SP_OK) {
            status = sp_proposal_write(&lot->lot, &single, 0, arena,
                                       &match->proposals[match->n_proposals], err);
        }
        match->n_proposals += status == SP_OK;
    }
    return status;
}

static enum sp_status match_singles(struct lot_run *lot, struct sp_error *err)
{
    const struct sp_single *ranked = NULL;
    size_t count = 0;
    enum sp_status status =
        sp_singles_rank(&lot->lot.assembly, lot->lot.arena, &ranked, &count, err);
    if (status != SP_OK) {
        return status;
    }
    if (count == 0) {
        lot->match->note = tell_nothing(lot, &status, err);
        return status == SP_OK && lot->match->note == NULL ? SP_FAIL_NOMEM(err) : status;
    }
    size_t most = share_of_lot(lot->run, lot->run->settings.limit, SP_MATCH_SINGLES_MAX);
    count = count < most ? count : most;
    if (nobody_serves(&lot->lot.pool, ranked, count)) {
        lot->match->note = sp_text_say(&lot->speaker, SP_TEXT_NOTE_NOBODY_SERVES, NULL);
        if (lot->match->note == NULL) {
            return SP_FAIL_NOMEM(err);
        }
    }
    return write_singles(lot, ranked, count, err);
}

/** Tell of a lot under way, or of its end. */
static enum sp_status tell_progress(struct lot_run *lot, Spoina__V1__Proposal *best, uint32_t bound,
                                    bool is_done, struct sp_error *err)
{
    struct run *run = lot->run;
    Spoina__V1__MatchProgress message = SPOINA__V1__MATCH_PROGRESS__INIT;
    if (run->progress == NULL) {
        return SP_OK;
    }
    message.lot_id = lot->match->lot_id;
    message.best = best;
    message.bound = bound;
    message.proven = is_done && lot->match->consortia_proven;
    message.lots_total = (uint32_t)run->settings.draft->n_lots;
    message.lots_done = (uint32_t)(lot->lot.index + is_done);
    return run->progress(run->progress_context, &message, err);
}

static enum sp_status tell_better(void *context, const struct sp_assembled_team *best,
                                  uint32_t bound, struct sp_error *err)
{
    struct lot_run *lot = context;
    Spoina__V1__Proposal *proposal = NULL;
    enum sp_status status = SP_OK;
    sp_arena_reset(lot->run->progress_arena);
    if (best != NULL) {
        status = sp_proposal_write(&lot->lot, best, SP_PROPOSAL_BRIEF, lot->run->progress_arena,
                                   &proposal, err);
    }
    return status == SP_OK ? tell_progress(lot, proposal, bound, false, err) : status;
}

static size_t count_alone(const struct sp_assembly *assembly)
{
    size_t count = 0;
    for (size_t i = 0; i < assembly->pool->count; i++) {
        count += sp_assembly_alone(assembly, i) != SP_ALONE_NO;
    }
    return count;
}

/** What is to be said of the consortia of a lot; NULL: out of memory. */
static char *tell_consortia(const struct lot_run *lot, const struct sp_found_teams *found,
                            size_t alone)
{
    const struct sp_speaker *speaker = &lot->speaker;
    const char *first = "";
    const char *second = "";
    if (found->count == 0 && !found->proven) {
        first =
            SP_TELL(speaker, NOTE_TIME_UP, .numbers = {lot->run->settings.team.search_limit_ms});
    } else if (found->count == 0) {
        first = alone > 0 ? SP_TELL(speaker, NOTE_SINGLES_SUFFICE, .numbers = {(double)alone})
                          : sp_text_say(speaker, SP_TEXT_NOTE_NO_CONSORTIA, NULL);
    } else if (found->incomplete) {
        first = sp_text_say(speaker, SP_TEXT_NOTE_INCOMPLETE, NULL);
    }
    if (!found->proven && found->count > 0) {
        second = SP_TELL(speaker, NOTE_NOT_PROVEN, .numbers = {found->bound});
    }
    return first == NULL || second == NULL
               ? NULL
               : sp_arena_printf(speaker->arena, "%s%s%s", first,
                                 *first == '\0' || *second == '\0' ? "" : " ", second);
}

static enum sp_status match_consortia(struct lot_run *lot, struct sp_error *err)
{
    struct run *run = lot->run;
    Spoina__V1__LotMatch *match = lot->match;
    size_t alone = count_alone(&lot->lot.assembly);
    struct sp_team_search search = {
        .lot = &lot->lot,
        .members_least = SP_MEMBERS_LEAST,
        .most = share_of_lot(run, run->settings.team.teams, SP_MATCH_TEAMS_MAX),
        .complete_only = alone > 0,
        .turn = {.lot = lot->lot.index, .lots = run->settings.draft->n_lots},
        .progress = run->progress == NULL ? NULL : tell_better,
        .progress_context = lot,
    };
    struct sp_found_teams found;
    enum sp_status status = sp_team_search(&search, &found, err);
    if (status != SP_OK) {
        return status;
    }
    match->consortia = sp_arena_calloc(lot->speaker.arena, found.count, sizeof *match->consortia);
    match->consortia_note = tell_consortia(lot, &found, alone);
    if (match->consortia == NULL || match->consortia_note == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    match->consortia_proven = found.proven;
    match->consortia_bound = found.bound;
    match->consortia_incomplete = found.count > 0 && found.incomplete;
    for (size_t i = 0; status == SP_OK && i < found.count; i++) {
        status = sp_match_go_on(&run->matching->scoring, err);
        if (status == SP_OK) {
            status = sp_proposal_write(&lot->lot, &found.teams[i], 0, lot->speaker.arena,
                                       &match->consortia[i], err);
        }
        match->n_consortia += status == SP_OK;
    }
    return status;
}

/** How the effort was split. */
static enum sp_status write_efforts(const struct lot_run *lot, struct sp_error *err)
{
    Spoina__V1__LotMatch *match = lot->match;
    size_t count = lot->lot.pool.requirement_count;
    Spoina__V1__RequirementEffort *efforts =
        sp_arena_calloc(lot->speaker.arena, count, sizeof *efforts);
    match->efforts = sp_arena_calloc(lot->speaker.arena, count, sizeof *match->efforts);
    if (efforts == NULL || match->efforts == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    for (size_t j = 0; j < count; j++) {
        spoina__v1__requirement_effort__init(&efforts[j]);
        efforts[j].requirement_id = lot->lot.lot->requirements[j]->id;
        efforts[j].effort = (uint32_t)lot->lot.assembly.problem.demand[j];
        match->efforts[match->n_efforts++] = &efforts[j];
    }
    match->effort_basis = lot->lot.assembly.effort_basis;
    return SP_OK;
}

static enum sp_status match_lot(struct run *run, size_t index, Spoina__V1__LotMatch *match,
                                struct sp_error *err)
{
    struct lot_run lot = {.run = run,
                          .speaker = sp_matching_speaker(run->matching),
                          .match = match,
                          .lot = {.matching = run->matching,
                                  .settings = &run->settings,
                                  .arena = run->lot_arena,
                                  .scratch = run->scratch}};
    sp_arena_reset(run->lot_arena);
    spoina__v1__lot_match__init(match);
    match->lot_id = run->settings.draft->lots[index]->id;
    match->title = run->settings.draft->lots[index]->title;
    enum sp_status status = sp_lot_open(&lot.lot, index, NULL, 0, NULL, err);
    if (status != SP_OK) {
        return status;
    }
    match->candidates = lot.lot.pool.looked_at;
    match->candidates_cut = lot.lot.pool.candidates_cut;
    status = write_efforts(&lot, err);
    if (status == SP_OK) {
        status = match_singles(&lot, err);
    }
    if (status == SP_OK && !run->settings.singles_only) {
        status = match_consortia(&lot, err);
    }
    return status == SP_OK ? tell_progress(&lot, NULL, match->consortia_bound, true, err) : status;
}

static enum sp_status match_lots(struct run *run, struct sp_error *err)
{
    struct sp_arena *arena = run->matching->scoring.arena;
    size_t count = run->settings.draft->n_lots;
    Spoina__V1__LotMatch *matches = sp_arena_calloc(arena, count, sizeof *matches);
    run->response->lots = sp_arena_calloc(arena, count, sizeof *run->response->lots);
    enum sp_status status =
        matches == NULL || run->response->lots == NULL ? SP_FAIL_NOMEM(err) : SP_OK;
    for (size_t i = 0; status == SP_OK && i < count; i++) {
        run->response->lots[run->response->n_lots++] = &matches[i];
        status = match_lot(run, i, &matches[i], err);
    }
    return status;
}

/** Match with one version of the catalogue held. */
static enum sp_status match_held(struct run *run, struct sp_error *err)
{
    struct sp_reader *reader = run->matching->scoring.reader;
    run->lot_arena = sp_arena_new(SP_LOT_ARENA_BYTES);
    run->scratch = sp_arena_new(SP_SCRATCH_ARENA_BYTES);
    run->progress_arena = sp_arena_new(SP_SCRATCH_ARENA_BYTES);
    bool failed = run->lot_arena == NULL || run->scratch == NULL || run->progress_arena == NULL;
    enum sp_status status = failed ? SP_FAIL_NOMEM(err) : SP_OK;
    if (status == SP_OK) {
        status = sp_reader_begin(reader, NULL, err);
    }
    if (status == SP_OK) {
        status = match_lots(run, err);
        sp_reader_end(reader);
    }
    sp_arena_free(run->lot_arena);
    sp_arena_free(run->scratch);
    sp_arena_free(run->progress_arena);
    return status;
}

/** Write with what the answer was made. */
static enum sp_status write_terms(const struct run *run, struct sp_error *err)
{
    const struct sp_matching *matching = run->matching;
    struct sp_arena *arena = matching->scoring.arena;
    Spoina__V1__MatchTenderResponse *response = run->response;
    char date[11];
    sp_day_format(run->settings.day, date);
    response->weights = sp_arena_alloc(arena, sizeof *response->weights);
    response->teams = sp_arena_alloc(arena, sizeof *response->teams);
    response->date = sp_arena_strdup(arena, date);
    response->rulebook_version = sp_arena_strdup(arena, sp_rulebook_version(matching->book));
    if (response->weights == NULL || response->teams == NULL || response->date == NULL ||
        response->rulebook_version == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    sp_team_options_write(&run->settings.team, response->teams);
    response->businesses_too = run->settings.businesses_too;
    sp_weights_write(&run->settings.weights, response->weights);
    response->catalogue_version = sp_index_version(matching->scoring.index);
    response->warnings = run->settings.warnings.items;
    response->n_warnings = run->settings.warnings.count;
    return SP_OK;
}

enum sp_status sp_match_tender(const struct sp_matching *matching,
                               const Spoina__V1__MatchTenderRequest *request,
                               sp_match_progress_fn *progress, void *progress_context,
                               Spoina__V1__MatchTenderResponse **out, struct sp_error *err)
{
    struct run run = {
        .matching = matching, .progress = progress, .progress_context = progress_context};
    enum sp_status status = sp_match_settings_read(matching, request, &run.settings, err);
    if (status != SP_OK) {
        return status;
    }
    run.response = sp_arena_alloc(matching->scoring.arena, sizeof *run.response);
    if (run.response == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    spoina__v1__match_tender_response__init(run.response);
    run.response->draft = (Spoina__V1__Draft *)run.settings.draft;
    status = match_held(&run, err);
    if (status == SP_OK) {
        status = write_terms(&run, err);
    }
    *out = run.response;
    return status;
}
