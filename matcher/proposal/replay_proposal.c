/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * A proposal once more. What the id is made of is made again, with the versions that the caller
 * names, and compared part by part; only when everything agrees is the proposal written.
 */
#include "matcher/proposal/replay_proposal.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "matcher/catalogue/reader.h"
#include "matcher/proposal/proposal.h"
#include "matcher/proposal/replay_id.h"
#include "matcher/search/index.h"

/** A replay under way. */
struct run {
    const struct sp_matching *matching;
    const Spoina__V1__ReplayProposalRequest *request;
    struct sp_match_settings settings;
    struct sp_lot_matching lot;
    uint32_t members[SP_MEMBERS_MOST];
};

static enum sp_status check_request(const Spoina__V1__ReplayProposalRequest *request,
                                    struct sp_error *err)
{
    if (request->match == NULL) {
        return SP_FAIL(err, SP_INVALID, "match", "Podaj zamówienie.", "Give a need.");
    }
    if (request->n_members == 0 || request->n_members > SP_MEMBERS_MOST) {
        return SP_FAIL(err, SP_INVALID, "members", "Podaj od 1 do %d członków, lidera najpierw.",
                       "Give 1 to %d members, the leader first.", SP_MEMBERS_MOST);
    }
    return SP_OK;
}

/** Members and their records first: they say most. */
static enum sp_status compare_parts(const struct run *run, struct sp_error *err)
{
    const Spoina__V1__ReplayProposalRequest *request = run->request;
    struct sp_replay_versions versions = {request->catalogue_version, request->rulebook_version};
    struct sp_replay_id now;
    size_t member = 0;
    char place[32];
    enum sp_status status =
        sp_replay_id_make(&run->lot, run->members, request->n_members, &versions, &now, err);
    if (status != SP_OK) {
        return status;
    }
    switch (sp_replay_id_compare(request->replay_id, &now, &member)) {
    case SP_REPLAY_MALFORMED:
        return SP_FAIL(
            err, SP_INVALID, "replay_id", "To nie jest identyfikator propozycji z %zu członkami.",
            "This is not the replay id of a proposal with %zu members.", request->n_members);
    case SP_REPLAY_NEED:
        return SP_FAIL(err, SP_PRECONDITION, "match.draft",
                       "Zamówienie jest inne niż to, dla którego powstała propozycja.",
                       "The need is not the one for which the proposal was made.");
    case SP_REPLAY_SETTINGS:
        return SP_FAIL(err, SP_PRECONDITION, "match",
                       "Dzień, wagi albo ustawienia zespołów są inne niż przy propozycji.",
                       "The day, the weights or the team options differ from the proposal's.");
    case SP_REPLAY_MEMBER:
        (void)snprintf(place, sizeof place, "members[%zu]", member);
        return SP_FAIL(err, SP_PRECONDITION, place,
                       "Zapis podmiotu „%.60s” w katalogu zmienił się od czasu propozycji.",
                       "The record of ‘%.60s’ has changed since the proposal was made.",
                       request->members[member]);
    case SP_REPLAY_WHOLE:
        return SP_FAIL(err, SP_PRECONDITION, "replay_id",
                       "Identyfikator nie zgadza się z podaną wersją katalogu lub reguł.",
                       "The replay id does not go with the versions of catalogue and rulebook "
                       "given.");
    case SP_REPLAY_SAME:
        break;
    }
    return SP_OK;
}

/* The records agree, but how rare a word is, and who else is there, are of the whole catalogue. */
static enum sp_status compare_versions(const struct run *run, struct sp_error *err)
{
    const Spoina__V1__ReplayProposalRequest *request = run->request;
    const char *rulebook = sp_rulebook_version(run->matching->book);
    uint64_t catalogue = sp_index_version(run->matching->scoring.index);
    if (strcmp(request->rulebook_version, rulebook) != 0) {
        return SP_FAIL(err, SP_PRECONDITION, "rulebook_version",
                       "Reguły mają teraz wersję %s, a propozycja powstała przy wersji %.40s.",
                       "The rulebook is now version %s; the proposal was made with %.40s.",
                       rulebook, request->rulebook_version);
    }
    if (request->catalogue_version != catalogue) {
        return SP_FAIL(err, SP_PRECONDITION, "catalogue_version",
                       "Katalog ma teraz wersję %" PRIu64 ", a propozycja powstała przy wersji "
                       "%" PRIu64 "; zapisy jej członków się nie zmieniły.",
                       "The catalogue is now version %" PRIu64 "; the proposal was made with "
                       "%" PRIu64 ". The records of its members have not changed.",
                       catalogue, request->catalogue_version);
    }
    return SP_OK;
}

static enum sp_status replay(struct run *run, Spoina__V1__ReplayProposalResponse *response,
                             struct sp_error *err)
{
    const Spoina__V1__ReplayProposalRequest *request = run->request;
    struct sp_assembled_team team;
    size_t index = 0;
    if (sp_match_lot(&run->settings, request->lot_id, &index) == NULL) {
        return SP_FAIL(err, SP_NOT_FOUND, "lot_id", "Zamówienie nie ma części „%.60s”.",
                       "The tender has no lot ‘%.60s’.", request->lot_id);
    }
    enum sp_status status =
        sp_lot_open(&run->lot, index, request->members, request->n_members, run->members, err);
    if (status == SP_OK) {
        status = compare_parts(run, err);
    }
    if (status == SP_OK) {
        status = compare_versions(run, err);
    }
    if (status == SP_OK) {
        status = sp_assembly_value_team(&run->lot.assembly, run->members, request->n_members, true,
                                        &team, err);
    }
    return status == SP_OK ? sp_proposal_write(&run->lot, &team, 0, run->matching->scoring.arena,
                                               &response->proposal, err)
                           : status;
}

static enum sp_status replay_held(struct run *run, Spoina__V1__ReplayProposalResponse *response,
                                  struct sp_error *err)
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
        status = replay(run, response, err);
        sp_reader_end(reader);
    }
    sp_arena_free(run->lot.arena);
    sp_arena_free(run->lot.scratch);
    return status;
}

enum sp_status sp_replay_proposal(const struct sp_matching *matching,
                                  const Spoina__V1__ReplayProposalRequest *request,
                                  Spoina__V1__ReplayProposalResponse **out, struct sp_error *err)
{
    struct sp_arena *arena = matching->scoring.arena;
    struct run run = {.matching = matching, .request = request};
    enum sp_status status = check_request(request, err);
    if (status != SP_OK) {
        return status;
    }
    status = sp_match_settings_read(matching, request->match, &run.settings, err);
    if (status != SP_OK) {
        sp_error_prefix(err, "match");
        return status;
    }
    *out = sp_arena_alloc(arena, sizeof **out);
    if (*out == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    spoina__v1__replay_proposal_response__init(*out);
    (*out)->catalogue_version = sp_index_version(matching->scoring.index);
    (*out)->rulebook_version = sp_arena_strdup(arena, sp_rulebook_version(matching->book));
    return (*out)->rulebook_version == NULL ? SP_FAIL_NOMEM(err) : replay_held(&run, *out, err);
}
