/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * A proposal of a saved answer asked for again. The answer holds all that a replay needs: the need
 * as it was read, day, weights, team options and versions.
 */
#include <string.h>

#include "base/buffer.h"
#include "base/file.h"
#include "base/memory.h"
#include "clients/cli/match_view.h"
#include "clients/cli/proposal_view.h"
#include "clients/cli/render.h"
#include "clients/cli/verbs.h"
#include "proto/codec/message.h"

enum { MAX_FILE_BYTES = 64 * 1024 * 1024, ANSWER_BYTES = 256 * 1024 * 1024 };

/** A saved answer and what was chosen of it. Zeroed storage may be released. */
struct saved {
    char *content;
    struct sp_arena *arena;
    const Spoina__V1__MatchTenderResponse *answer;
    const Spoina__V1__LotMatch *lot;
    const Spoina__V1__Proposal *proposal;
};

static enum sp_status read_answer(const char *path, struct saved *out, struct sp_error *err)
{
    /* An answer of 100 lots has some 200,000 parts. */
    const struct sp_message_limits limits = {.total_elements = (size_t)1 << 26};
    ProtobufCMessage *message = NULL;
    size_t length = 0;
    out->arena = sp_arena_new(ANSWER_BYTES);
    enum sp_status status = out->arena == NULL
                                ? SP_FAIL_NOMEM(err)
                                : sp_file_read(path, MAX_FILE_BYTES, &out->content, &length, err);
    if (status == SP_OK) {
        status = sp_message_from_json(&spoina__v1__match_tender_response__descriptor,
                                      sp_view_trim(sp_view_from(out->content, length)), &limits, 0,
                                      out->arena, &message, err);
        if (status != SP_OK && err->place[0] == '\0') {
            sp_error_prefix(err, path);
        }
    }
    out->answer = (const Spoina__V1__MatchTenderResponse *)message;
    if (status == SP_OK && out->answer->draft == NULL) {
        return SP_FAIL(err, SP_INVALID, path, "To nie jest odpowiedź spoina match --json.",
                       "This is no answer of spoina match --json.");
    }
    return status;
}

/* Without --lot: the only one. */
static enum sp_status choose_lot(const struct sp_cli_options *options, struct saved *saved,
                                 struct sp_error *err)
{
    const Spoina__V1__MatchTenderResponse *answer = saved->answer;
    if (options->lot == NULL && answer->n_lots != 1) {
        return SP_FAIL(err, SP_INVALID, "--lot", "Odpowiedź ma %zu części: podaj którą.",
                       "The answer has %zu lots: say which.", answer->n_lots);
    }
    for (size_t i = 0; i < answer->n_lots && saved->lot == NULL; i++) {
        if (options->lot == NULL || strcmp(answer->lots[i]->lot_id, options->lot) == 0) {
            saved->lot = answer->lots[i];
        }
    }
    return saved->lot != NULL
               ? SP_OK
               : SP_FAIL(err, SP_INVALID, "--lot", "Odpowiedź nie ma części „%.60s”.",
                         "The answer has no lot ‘%.60s’.", options->lot);
}

static enum sp_status choose_proposal(const struct sp_cli_options *options, struct saved *saved,
                                      struct sp_error *err)
{
    bool single = options->single != NULL;
    const char *name = single ? "--single" : "--proposal";
    size_t count = single ? saved->lot->n_proposals : saved->lot->n_consortia;
    uint32_t number = 0;
    if (single == (options->proposal != NULL)) {
        return SP_FAIL(err, SP_INVALID, "--proposal",
                       "Podaj numer konsorcjum (--proposal) albo podmiotu (--single).",
                       "Give the number of a consortium (--proposal) or an entity (--single).");
    }
    enum sp_status status =
        sp_cli_number(name, single ? options->single : options->proposal, 0, &number, err);
    if (status != SP_OK) {
        return status;
    }
    if (number < 1 || number > count) {
        return SP_FAIL(err, SP_INVALID, name, "Część %.40s ma pozycje od 1 do %zu.",
                       "Lot %.40s has numbers 1 to %zu.", saved->lot->lot_id, count);
    }
    saved->proposal =
        single ? saved->lot->proposals[number - 1] : saved->lot->consortia[number - 1];
    return SP_OK;
}

static enum sp_status ask(struct sp_cli_session *session, const struct saved *saved,
                          ProtobufCMessage **out, struct sp_error *err)
{
    const Spoina__V1__MatchTenderResponse *answer = saved->answer;
    const Spoina__V1__Proposal *proposal = saved->proposal;
    Spoina__V1__MatchTenderRequest match = SPOINA__V1__MATCH_TENDER_REQUEST__INIT;
    Spoina__V1__ReplayProposalRequest request = SPOINA__V1__REPLAY_PROPOSAL_REQUEST__INIT;
    match.need_case = SPOINA__V1__MATCH_TENDER_REQUEST__NEED_DRAFT;
    match.draft = answer->draft;
    match.weights = answer->weights;
    match.teams = answer->teams;
    match.date = answer->date;
    match.businesses_too = answer->businesses_too;
    request.match = &match;
    request.lot_id = saved->lot->lot_id;
    request.replay_id = proposal->replay_id;
    request.catalogue_version = answer->catalogue_version;
    request.rulebook_version = answer->rulebook_version;
    request.members = sp_arena_calloc(saved->arena, proposal->n_members, sizeof *request.members);
    for (size_t i = 0; request.members != NULL && i < proposal->n_members; i++) {
        if (proposal->members[i]->entity != NULL) {
            request.members[request.n_members++] = proposal->members[i]->entity->id;
        }
    }
    return request.members == NULL
               ? SP_FAIL_NOMEM(err)
               : sp_cli_session_call(session, "/spoina.v1.MatchService/ReplayProposal",
                                     &request.base,
                                     &spoina__v1__replay_proposal_response__descriptor, out, err);
}

/* Byte for byte; the sentences too, so the language must be the one of the file. */
static enum sp_status compare(const Spoina__V1__Proposal *before, const Spoina__V1__Proposal *now,
                              size_t *bytes, struct sp_error *err)
{
    struct sp_buffer old;
    struct sp_buffer new;
    sp_buffer_init(&old, MAX_FILE_BYTES);
    sp_buffer_init(&new, MAX_FILE_BYTES);
    enum sp_status status = sp_message_to_wire(&before->base, &old, err);
    if (status == SP_OK) {
        status = sp_message_to_wire(&now->base, &new, err);
    }
    *bytes = new.length;
    if (status == SP_OK &&
        (old.length != new.length || memcmp(old.data, new.data, old.length) != 0)) {
        status = SP_FAIL(err, SP_PRECONDITION, "",
                         "Propozycja jest ta sama, ale jej zapis różni się od pliku: inny język "
                         "(--lang), inna wersja programu albo zmieniony plik.",
                         "The proposal is the same, but differs from the file: another language "
                         "(--lang), another version of the program, or an edited file.");
    }
    sp_buffer_release(&old);
    sp_buffer_release(&new);
    return status;
}

static enum sp_status replay(const struct sp_cli_options *options, const struct saved *saved,
                             struct sp_error *err)
{
    struct sp_cli_session session;
    ProtobufCMessage *message = NULL;
    size_t bytes = 0;
    enum sp_status status = sp_cli_session_init(&session, options, err);
    if (status == SP_OK) {
        status = ask(&session, saved, &message, err);
    }
    const Spoina__V1__ReplayProposalResponse *again =
        (const Spoina__V1__ReplayProposalResponse *)message;
    if (status == SP_OK) {
        status = again->proposal == NULL
                     ? SP_FAIL(err, SP_CORRUPT, "", "Serwer nie podał propozycji.",
                               "The server gave no proposal.")
                     : compare(saved->proposal, again->proposal, &bytes, err);
    }
    if (status == SP_OK && options->json) {
        status = sp_cli_print_json(stdout, message, 0, err);
    } else if (status == SP_OK) {
        struct sp_cli_out out = sp_cli_out_new(options);
        (void)fprintf(out.file, "%s (%zu).\n",
                      sp_say(out.language, "Powtórzone: te same bajty", "Replayed: the same bytes"),
                      bytes);
        sp_cli_lot_proposal(&out, saved->answer->draft, saved->lot->lot_id, again->proposal);
    }
    sp_cli_session_release(&session);
    return status;
}

enum sp_cli_exit sp_cli_replay(const struct sp_cli_options *options, struct sp_error *err)
{
    struct saved saved = {.content = NULL};
    enum sp_status status = read_answer(options->argument, &saved, err);
    if (status == SP_OK) {
        status = choose_lot(options, &saved, err);
    }
    if (status == SP_OK) {
        status = choose_proposal(options, &saved, err);
    }
    if (status == SP_OK) {
        status = replay(options, &saved, err);
    }
    sp_free(saved.content);
    sp_arena_free(saved.arena);
    return sp_cli_exit_of(status);
}
