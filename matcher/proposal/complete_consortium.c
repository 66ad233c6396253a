/* SPDX-License-Identifier: EUPL-1.2 */
#include "matcher/proposal/complete_consortium.h"

#include <stdio.h>

#include "matcher/catalogue/reader.h"
#include "matcher/proposal/message_copy.h"
#include "matcher/proposal/proposal.h"
#include "matcher/proposal/team_search.h"
#include "matcher/scoring/show.h"
#include "matcher/search/index.h"

/** A completion under way. */
struct run {
    const struct sp_matching *matching;
    const Spoina__V1__CompleteConsortiumRequest *request;
    struct sp_match_settings settings;
    Spoina__V1__CompleteConsortiumResponse *response;
    struct sp_lot_matching lot; /* the one at hand */
    uint32_t given[SP_MEMBERS_MOST];
};

static enum sp_status check_members(const struct run *run, struct sp_error *err)
{
    const Spoina__V1__CompleteConsortiumRequest *request = run->request;
    if (request->n_members == 0) {
        return SP_FAIL(err, SP_INVALID, "members",
                       "Podaj co najmniej jednego członka: identyfikator, NIP, KRS albo REGON.",
                       "Give at least one member: id, NIP, KRS or REGON.");
    }
    if (request->n_members > run->settings.team.members_max) {
        return SP_FAIL(err, SP_INVALID, "members",
                       "Podano %zu członków, a zespół ma najwyżej %u (teams.members_max).",
                       "%zu members are given; a team has at most %u (teams.members_max).",
                       request->n_members, run->settings.team.members_max);
    }
    return SP_OK;
}

/** Two keys may name one entity. */
static enum sp_status check_distinct(const struct run *run, struct sp_error *err)
{
    for (size_t i = 0; i < run->request->n_members; i++) {
        for (size_t k = 0; k < i; k++) {
            if (run->given[i] == run->given[k]) {
                char place[32];
                (void)snprintf(place, sizeof place, "members[%zu]", i);
                return SP_FAIL(err, SP_INVALID, place, "„%.60s” i „%.60s” to ten sam podmiot.",
                               "‘%.60s’ and ‘%.60s’ are the same entity.", run->request->members[k],
                               run->request->members[i]);
            }
        }
    }
    return SP_OK;
}

static enum sp_status write_members(struct run *run, struct sp_error *err)
{
    struct sp_arena *arena = run->matching->scoring.arena;
    Spoina__V1__CompleteConsortiumResponse *response = run->response;
    if (response->n_members > 0) {
        return SP_OK; /* by an earlier lot */
    }
    response->members = sp_arena_calloc(arena, run->request->n_members, sizeof *response->members);
    for (size_t i = 0; response->members != NULL && i < run->request->n_members; i++) {
        const Spoina__V1__Entity *entity = run->lot.pool.entities[run->given[i]].entity;
        Spoina__V1__EntitySummary *summary = sp_show_entity(entity, run->lot.arena);
        ProtobufCMessage *copy = NULL;
        enum sp_status status = summary == NULL
                                    ? SP_FAIL_NOMEM(err)
                                    : sp_message_copy(&summary->base, arena, &copy, err);
        if (status != SP_OK) {
            return status;
        }
        response->members[i] = (Spoina__V1__EntitySummary *)copy;
        response->n_members++;
    }
    return response->members == NULL ? SP_FAIL_NOMEM(err) : SP_OK;
}

static enum sp_status write_teams(const struct run *run, const struct sp_found_teams *found,
                                  Spoina__V1__LotCompletion *out, struct sp_error *err)
{
    struct sp_arena *arena = run->matching->scoring.arena;
    enum sp_status status = SP_OK;
    out->consortia = sp_arena_calloc(arena, found->count, sizeof *out->consortia);
    if (out->consortia == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    for (size_t i = 0; status == SP_OK && i < found->count; i++) {
        status = sp_match_go_on(&run->matching->scoring, err);
        if (status == SP_OK) {
            status =
                sp_proposal_write(&run->lot, &found->teams[i], 0, arena, &out->consortia[i], err);
        }
        out->n_consortia += status == SP_OK;
    }
    return status;
}

/** One sentence about the outcome. */
static char *tell(const struct run *run, const struct sp_found_teams *found)
{
    struct sp_speaker speaker = sp_matching_speaker(run->matching);
    bool suffices =
        found->count > 0 && !found->incomplete && found->teams[0].count == run->request->n_members;
    if (suffices) {
        return sp_text_say(&speaker, SP_TEXT_NOTE_GIVEN_SUFFICE, NULL);
    }
    if (found->count == 0 && !found->proven) {
        return SP_TELL(&speaker, NOTE_TIME_UP, .numbers = {run->settings.team.search_limit_ms});
    }
    if (found->count == 0 || found->incomplete) {
        return sp_text_say(&speaker, SP_TEXT_NOTE_NOBODY_COMPLETES, NULL);
    }
    return found->proven ? sp_arena_strdup(speaker.arena, "")
                         : SP_TELL(&speaker, NOTE_NOT_PROVEN, .numbers = {found->bound});
}

static enum sp_status complete_lot(struct run *run, size_t index, size_t turn, size_t turns,
                                   Spoina__V1__LotCompletion *out, struct sp_error *err)
{
    const Spoina__V1__CompleteConsortiumRequest *request = run->request;
    struct sp_assembled_team given;
    struct sp_found_teams found;
    sp_arena_reset(run->lot.arena);
    spoina__v1__lot_completion__init(out);
    out->lot_id = run->settings.draft->lots[index]->id;
    out->title = run->settings.draft->lots[index]->title;
    enum sp_status status =
        sp_lot_open(&run->lot, index, request->members, request->n_members, run->given, err);
    if (status == SP_OK) {
        status = check_distinct(run, err);
    }
    if (status == SP_OK) {
        status = write_members(run, err);
    }
    if (status == SP_OK) {
        status = sp_assembly_value_team(&run->lot.assembly, run->given, request->n_members, false,
                                        &given, err);
    }
    if (status == SP_OK) {
        status =
            sp_proposal_write(&run->lot, &given, 0, run->matching->scoring.arena, &out->given, err);
    }
    size_t share = SP_MATCH_TEAMS_MAX / turns;
    struct sp_team_search search = {
        .lot = &run->lot,
        .anchors = run->given,
        .anchor_count = request->n_members,
        .members_least = request->n_members,
        .most = run->settings.team.teams < share ? run->settings.team.teams : share,
        .turn = {.lot = turn, .lots = turns},
    };
    if (status == SP_OK) {
        status = sp_team_search(&search, &found, err);
    }
    if (status != SP_OK) {
        return status;
    }
    out->proven = found.proven;
    out->bound = found.bound;
    out->incomplete = found.count > 0 && found.incomplete;
    out->note = tell(run, &found);
    return out->note == NULL ? SP_FAIL_NOMEM(err) : write_teams(run, &found, out, err);
}

static enum sp_status complete_lots(struct run *run, struct sp_error *err)
{
    struct sp_arena *arena = run->matching->scoring.arena;
    Spoina__V1__CompleteConsortiumResponse *response = run->response;
    size_t first = 0;
    size_t count = run->settings.draft->n_lots;
    if (*run->request->lot_id != '\0') {
        if (sp_match_lot(&run->settings, run->request->lot_id, &first) == NULL) {
            return SP_FAIL(err, SP_NOT_FOUND, "lot_id", "Zamówienie nie ma części „%.60s”.",
                           "The tender has no lot ‘%.60s’.", run->request->lot_id);
        }
        count = 1;
    }
    Spoina__V1__LotCompletion *lots = sp_arena_calloc(arena, count, sizeof *lots);
    response->lots = sp_arena_calloc(arena, count, sizeof *response->lots);
    enum sp_status status = lots == NULL || response->lots == NULL ? SP_FAIL_NOMEM(err) : SP_OK;
    for (size_t i = 0; status == SP_OK && i < count; i++) {
        response->lots[response->n_lots++] = &lots[i];
        status = complete_lot(run, first + i, i, count, &lots[i], err);
    }
    return status;
}

static enum sp_status complete_held(struct run *run, struct sp_error *err)
{
    struct sp_reader *reader = run->matching->scoring.reader;
    run->lot = (struct sp_lot_matching){.matching = run->matching,
                                        .settings = &run->settings,
                                        .arena = sp_arena_new(SP_LOT_ARENA_BYTES),
                                        .scratch = sp_arena_new(SP_SCRATCH_ARENA_BYTES)};
    enum sp_status status =
        run->lot.arena == NULL || run->lot.scratch == NULL ? SP_FAIL_NOMEM(err) : SP_OK;
    if (status == SP_OK) {
        status = sp_reader_begin(reader, NULL, err);
    }
    if (status == SP_OK) {
        status = complete_lots(run, err);
        sp_reader_end(reader);
    }
    sp_arena_free(run->lot.arena);
    sp_arena_free(run->lot.scratch);
    return status;
}

enum sp_status sp_complete_consortium(const struct sp_matching *matching,
                                      const Spoina__V1__CompleteConsortiumRequest *request,
                                      Spoina__V1__CompleteConsortiumResponse **out,
                                      struct sp_error *err)
{
    struct sp_arena *arena = matching->scoring.arena;
    struct run run = {.matching = matching, .request = request};
    char date[11];
    if (request->match == NULL) {
        return SP_FAIL(err, SP_INVALID, "match", "Podaj zamówienie.", "Give a need.");
    }
    enum sp_status status = sp_match_settings_read(matching, request->match, &run.settings, err);
    if (status != SP_OK) {
        sp_error_prefix(err, "match");
        return status;
    }
    status = check_members(&run, err);
    if (status != SP_OK) {
        return status;
    }
    run.response = sp_arena_alloc(arena, sizeof *run.response);
    if (run.response == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    spoina__v1__complete_consortium_response__init(run.response);
    sp_day_format(run.settings.day, date);
    run.response->draft = (Spoina__V1__Draft *)run.settings.draft;
    run.response->warnings = run.settings.warnings.items;
    run.response->n_warnings = run.settings.warnings.count;
    run.response->catalogue_version = sp_index_version(matching->scoring.index);
    run.response->date = sp_arena_strdup(arena, date);
    run.response->rulebook_version = sp_arena_strdup(arena, sp_rulebook_version(matching->book));
    if (run.response->date == NULL || run.response->rulebook_version == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    status = complete_held(&run, err);
    *out = run.response;
    return status;
}
