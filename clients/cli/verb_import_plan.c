/* SPDX-License-Identifier: EUPL-1.2 */
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"
#include "clients/cli/render.h"
#include "clients/cli/verbs.h"
#include "spoina/v1/needs.pb-c.h"

enum { FILE_MAX_BYTES = 20 << 20 };

static char nothing[] = "";

static void render(const struct sp_cli_options *options,
                   const Spoina__V1__ImportPlanResponse *answer)
{
    struct sp_cli_out out = sp_cli_out_new(options);
    const struct {
        const char *polish;
        const char *english;
        uint64_t count;
    } lines[] = {
        {"Przeczytano", "Read", answer->read},
        {"Dodano", "Added", answer->added},
        {"Zmieniono", "Changed", answer->changed},
        {"Bez zmian", "Unchanged", answer->unchanged},
        {"Odrzucono", "Rejected", answer->n_rejected},
    };
    for (size_t i = 0; i < SP_COUNT(lines); i++) {
        sp_cli_column(&out, sp_say(out.language, lines[i].polish, lines[i].english), 14);
        (void)fprintf(out.file, "%10" PRIu64 "\n", lines[i].count);
    }
    for (size_t i = 0; i < answer->n_notes; i++) {
        sp_cli_paragraph(&out, answer->notes[i], 0);
    }
    for (size_t i = 0; i < answer->n_rejected; i++) {
        const Spoina__V1__RejectedRow *row = answer->rejected[i];
        (void)fprintf(stderr, "%s %" PRIu64 ": %s: %s\n", sp_say(out.language, "wiersz", "row"),
                      row->line, row->place, row->reason);
    }
}

/** Have the server count what has no potential yet, piece by piece. */
static enum sp_status assess(struct sp_cli_session *session, const struct sp_cli_options *options,
                             struct sp_error *err)
{
    Spoina__V1__AssessNeedsRequest request = SPOINA__V1__ASSESS_NEEDS_REQUEST__INIT;
    const Spoina__V1__AssessNeedsResponse *answer = NULL;
    enum sp_status status = SP_OK;
    do {
        ProtobufCMessage *message = NULL;
        status = sp_cli_session_call(session, "/spoina.v1.NeedsService/AssessNeeds", &request.base,
                                     &spoina__v1__assess_needs_response__descriptor, &message, err);
        answer = (const Spoina__V1__AssessNeedsResponse *)message;
        if (status == SP_OK && !options->json && isatty(STDERR_FILENO) == 1) {
            (void)fprintf(stderr, "\r%s: %u   ",
                          sp_say(options->language, "do policzenia", "to be counted"),
                          answer->remaining);
        }
    } while (status == SP_OK && answer->remaining > 0 && answer->assessed > 0);
    return status;
}

static enum sp_cli_exit send(const struct sp_cli_options *options,
                             const Spoina__V1__ImportPlanRequest *request, struct sp_error *err)
{
    struct sp_cli_session session;
    ProtobufCMessage *message = NULL;
    bool refused = false;
    enum sp_status status = sp_cli_session_init(&session, options, err);
    if (status == SP_OK) {
        status = sp_cli_session_call(&session, "/spoina.v1.NeedsService/ImportPlan", &request->base,
                                     &spoina__v1__import_plan_response__descriptor, &message, err);
    }
    const Spoina__V1__ImportPlanResponse *answer = (const Spoina__V1__ImportPlanResponse *)message;
    if (status == SP_OK && options->json) {
        status = sp_cli_print_json(stdout, message, 0, err);
    } else if (status == SP_OK) {
        render(options, answer);
    }
    refused = status == SP_OK && answer->n_rejected > 0;
    if (status == SP_OK && !options->dry_run) {
        status = assess(&session, options, err);
    }
    sp_cli_session_release(&session);
    return status != SP_OK ? sp_cli_exit_of(status) : refused ? SP_CLI_PARTIAL : SP_CLI_OK;
}

enum sp_cli_exit sp_cli_import_plan(const struct sp_cli_options *options, struct sp_error *err)
{
    Spoina__V1__ImportPlanRequest request = SPOINA__V1__IMPORT_PLAN_REQUEST__INIT;
    char *content = NULL;
    if (sp_file_read(options->argument, FILE_MAX_BYTES, &content, &request.content.len, err) !=
        SP_OK) {
        return SP_CLI_INPUT;
    }
    request.content.data = (uint8_t *)content;
    request.file_name = (char *)options->argument;
    request.buyer = options->buyer != NULL ? options->buyer : nothing;
    request.dry_run = options->dry_run;
    enum sp_cli_exit code = send(options, &request, err);
    sp_free(content);
    return code;
}
