/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "clients/cli/labels.h"
#include "clients/cli/render.h"
#include "clients/cli/verbs.h"
#include "proto/codec/message.h"
#include "spoina/v1/suggest.pb-c.h"

enum { TEXT_COLUMN = 16 }; /* after code and score */

/* "Because: koszenie, pobocze" under a label. */
static void render_words(const struct sp_cli_out *out, const Spoina__V1__CpvSuggestion *suggestion)
{
    (void)fprintf(out->file, "%*s%s", TEXT_COLUMN, "",
                  sp_say(out->language, "bo w tekście: ", "because of: "));
    for (size_t i = 0; i < suggestion->n_because; i++) {
        (void)fputs(i == 0 ? "" : ", ", out->file);
        sp_cli_column(out, suggestion->because[i], 0);
    }
    (void)fputc('\n', out->file);
}

static void render_check(const struct sp_cli_out *out, const Spoina__V1__CpvCheck *check)
{
    for (size_t i = 0; i < check->n_codes; i++) {
        (void)fprintf(out->file, "%s%s", i == 0 ? "" : ", ", check->codes[i]);
    }
    (void)fprintf(out->file, ": %s\n", sp_cli_agreement(out->language, check->agreement));
}

static void render(const struct sp_cli_out *out, const Spoina__V1__SuggestCpvResponse *answer)
{
    if (answer->check != NULL) {
        render_check(out, answer->check);
    }
    if (answer->n_suggestions == 0) {
        (void)fputs(sp_say(out->language, "Tekst nie wskazuje żadnego kodu CPV.\n",
                           "The text calls for no CPV code.\n"),
                    out->file);
    }
    for (size_t i = 0; i < answer->n_suggestions; i++) {
        const Spoina__V1__CpvSuggestion *suggestion = answer->suggestions[i];
        sp_cli_bold(out, suggestion->code, 10);
        (void)fprintf(out->file, "%4u  ", suggestion->score);
        sp_cli_hanging(out, suggestion->label, TEXT_COLUMN);
        if (suggestion->_gloss_case == SPOINA__V1__CPV_SUGGESTION___GLOSS_GLOSS) {
            (void)fprintf(out->file, "%*s", TEXT_COLUMN, "");
            sp_cli_hanging(out, suggestion->gloss, TEXT_COLUMN);
        }
        render_words(out, suggestion);
    }
}

/* Have codes suggested for one text and print them. */
static enum sp_status suggest(struct sp_cli_session *session, const struct sp_cli_options *options,
                              char *text, struct sp_error *err)
{
    Spoina__V1__SuggestCpvRequest request = SPOINA__V1__SUGGEST_CPV_REQUEST__INIT;
    ProtobufCMessage *answer = NULL;
    enum sp_status status = sp_cli_number("--limit", options->limit, 0, &request.limit, err);
    if (status != SP_OK) {
        return status; /* not reached: sp_cli_cpv() has read it before */
    }
    request.text = text;
    request.codes = (char **)options->codes.items;
    request.n_codes = options->codes.count;
    status = sp_cli_session_call(session, "/spoina.v1.SuggestService/SuggestCpv", &request.base,
                                 &spoina__v1__suggest_cpv_response__descriptor, &answer, err);
    if (status != SP_OK) {
        return status;
    }
    if (options->json) {
        /* With defaults, so that a line always has its list: {"suggestions":[]}. */
        return sp_cli_print_json(stdout, answer, SP_JSON_WITH_DEFAULTS, err);
    }
    struct sp_cli_out out = sp_cli_out_new(options);
    render(&out, (const Spoina__V1__SuggestCpvResponse *)answer);
    return SP_OK;
}

enum sp_cli_exit sp_cli_cpv(const struct sp_cli_options *options, struct sp_error *err)
{
    struct sp_cli_session session;
    uint32_t limit;
    if (sp_cli_number("--limit", options->limit, 0, &limit, err) != SP_OK) {
        return SP_CLI_USAGE;
    }
    enum sp_status status = sp_cli_session_init(&session, options, err);
    if (status == SP_OK) {
        status = strcmp(options->argument, "-") == 0
                     ? sp_cli_each_line(&session, options, suggest, err)
                     : suggest(&session, options, (char *)options->argument, err);
    }
    sp_cli_session_release(&session);
    return sp_cli_exit_of(status);
}
