/* SPDX-License-Identifier: EUPL-1.2 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
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

static enum sp_status check_line(const char *line, size_t length, unsigned long number,
                                 struct sp_error *err)
{
    char place[32];
    (void)snprintf(place, sizeof place, "-:%lu", number);
    if (strlen(line) != length) {
        return SP_FAIL(err, SP_INVALID, place, "Wiersz zawiera znak o kodzie 0.",
                       "The line contains a NUL character.");
    }
    if (sp_utf8_check(sp_view_from(line, length)) != length) {
        return SP_FAIL(err, SP_INVALID, place, "Wiersz nie jest poprawnym UTF-8.",
                       "The line is not valid UTF-8.");
    }
    return SP_OK;
}

/* Analyse standard input line by line, each as a text of its own. */
static enum sp_status analyse_lines(struct sp_cli_session *session,
                                    const struct sp_cli_options *options, struct sp_error *err)
{
    char *line = NULL;
    size_t capacity = 0;
    enum sp_status status = SP_OK;
    for (unsigned long number = 1; status == SP_OK; number++) {
        errno = 0;
        ssize_t length = getline(&line, &capacity, stdin);
        if (length < 0) {
            status = errno == ENOMEM ? SP_FAIL_NOMEM(err)
                     : ferror(stdin) ? SP_FAIL(err, SP_IO, "-", "Odczyt wejścia się nie udał.",
                                               "Reading standard input failed.")
                                     : SP_OK;
            break;
        }
        while (length > 0 && (line[length - 1] == '\n' || line[length - 1] == '\r')) {
            line[--length] = '\0';
        }
        status = check_line(line, (size_t)length, number, err);
        if (status == SP_OK) {
            status = analyse(session, options, line, err);
        }
        if (status == SP_OK && !options->json) {
            (void)fputc('\n', stdout);
        }
    }
    free(line); /* of getline() */
    return status;
}

enum sp_cli_exit sp_cli_analyse(const struct sp_cli_options *options, struct sp_error *err)
{
    struct sp_cli_session session;
    enum sp_status status = sp_cli_session_init(&session, options, err);
    if (status == SP_OK) {
        status = strcmp(options->argument, "-") == 0
                     ? analyse_lines(&session, options, err)
                     : analyse(&session, options, (char *)options->argument, err);
    }
    sp_cli_session_release(&session);
    return sp_cli_exit_of(status);
}
