/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "clients/cli/render.h"
#include "clients/cli/verbs.h"

static const size_t ANSWER_BYTES = (size_t)1 << 31; /* unpacked; an import may reject many rows */

enum sp_status sp_cli_session_init(struct sp_cli_session *session,
                                   const struct sp_cli_options *options, struct sp_error *err)
{
    *session = (struct sp_cli_session){.arena = sp_arena_new(ANSWER_BYTES)};
    if (session->arena == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    return sp_cli_client_new(options->server, options->language, &session->client, err);
}

void sp_cli_session_release(struct sp_cli_session *session)
{
    sp_cli_client_free(session->client);
    sp_arena_free(session->arena);
}

enum sp_status sp_cli_session_call(struct sp_cli_session *session, const char *path,
                                   const ProtobufCMessage *request,
                                   const ProtobufCMessageDescriptor *type,
                                   ProtobufCMessage **response, struct sp_error *err)
{
    sp_arena_reset(session->arena);
    return sp_cli_client_call(session->client, path, request, type, session->arena, response, err);
}

enum sp_cli_exit sp_cli_call_and_print(const struct sp_cli_options *options, const char *path,
                                       const ProtobufCMessage *request,
                                       const ProtobufCMessageDescriptor *type,
                                       sp_cli_render_fn *render, struct sp_error *err)
{
    struct sp_cli_session session;
    ProtobufCMessage *answer = NULL;
    enum sp_status status = sp_cli_session_init(&session, options, err);
    if (status == SP_OK) {
        status = sp_cli_session_call(&session, path, request, type, &answer, err);
    }
    if (status == SP_OK && options->json) {
        status = sp_cli_print_json(stdout, answer, 0, err);
    } else if (status == SP_OK) {
        render(options, answer);
    }
    sp_cli_session_release(&session);
    return sp_cli_exit_of(status);
}

enum sp_status sp_cli_format(const char *text, int *out, struct sp_error *err)
{
    if (text == NULL) {
        *out = SPOINA__V1__FILE_FORMAT__FILE_FORMAT_UNSPECIFIED;
    } else if (strcmp(text, "csv") == 0) {
        *out = SPOINA__V1__FILE_FORMAT__FILE_FORMAT_CSV;
    } else if (strcmp(text, "jsonl") == 0) {
        *out = SPOINA__V1__FILE_FORMAT__FILE_FORMAT_JSON_LINES;
    } else {
        return SP_FAIL(err, SP_INVALID, "--format", "Format to csv albo jsonl.",
                       "The format is csv or jsonl.");
    }
    return SP_OK;
}
