/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "clients/cli/render.h"
#include "clients/cli/verbs.h"
#include "proto/codec/message.h"
#include "spoina/v1/language.pb-c.h"

static void render(const struct sp_cli_out *out, const Spoina__V1__AnalyseTextResponse *answer)
{
    for (size_t i = 0; i < answer->n_tokens; i++) {
        const Spoina__V1__Token *token = answer->tokens[i];
        (void)fprintf(out->file, "%5u–%-5u ", token->start, token->end);
        sp_cli_bold(out, token->form, 24);
        for (size_t k = 0; k < token->n_lemmas; k++) {
            (void)fputs(k == 0 ? " " : ", ", out->file);
            sp_cli_column(out, token->lemmas[k], 0);
        }
        (void)fputc('\n', out->file);
    }
}

/* Have one text analysed and print the answer. */
static enum sp_status analyse(struct sp_cli_session *session, const struct sp_cli_options *options,
                              char *text, struct sp_error *err)
{
    Spoina__V1__AnalyseTextRequest request = SPOINA__V1__ANALYSE_TEXT_REQUEST__INIT;
    ProtobufCMessage *answer = NULL;
    request.text = text;
    enum sp_status status =
        sp_cli_session_call(session, "/spoina.v1.LanguageService/AnalyseText", &request.base,
                            &spoina__v1__analyse_text_response__descriptor, &answer, err);
    if (status != SP_OK) {
        return status;
    }
    if (options->json) {
        /* With defaults, so that a line always has the same members: "start":0, "tokens":[]. */
        return sp_cli_print_json(stdout, answer, SP_JSON_WITH_DEFAULTS, err);
    }
    struct sp_cli_out out = sp_cli_out_new(options);
    render(&out, (const Spoina__V1__AnalyseTextResponse *)answer);
    return SP_OK;
}

enum sp_cli_exit sp_cli_analyse(const struct sp_cli_options *options, struct sp_error *err)
{
    struct sp_cli_session session;
    enum sp_status status = sp_cli_session_init(&session, options, err);
    if (status == SP_OK) {
        status = strcmp(options->argument, "-") == 0
                     ? sp_cli_each_line(&session, options, analyse, err)
                     : analyse(&session, options, (char *)options->argument, err);
    }
    sp_cli_session_release(&session);
    return sp_cli_exit_of(status);
}
