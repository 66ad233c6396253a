/* SPDX-License-Identifier: EUPL-1.2 */
#include <unistd.h>

#include "clients/cli/match_view.h"
#include "clients/cli/need_file.h"
#include "clients/cli/render.h"
#include "clients/cli/verbs.h"
#include "proto/codec/message.h"

/* What a stream under way prints with. */
struct stream {
    const struct sp_cli_options *options;
    bool tells; /* progress goes to a terminal */
};

/* "część 1: najlepsze konsorcjum 731, żadne nie ma więcej niż 744": on one line, to stderr. */
static void tell_progress(const struct stream *stream, const Spoina__V1__MatchProgress *progress)
{
    enum sp_locale language = stream->options->language;
    (void)fprintf(stderr, "\r\033[K%s %u/%u", sp_say(language, "części:", "lots:"),
                  progress->lots_done, progress->lots_total);
    if (progress->best != NULL) {
        (void)fprintf(
            stderr, "; %s %u, %s %u", sp_say(language, "najlepsze konsorcjum:", "best consortium:"),
            progress->best->score,
            sp_say(language, "żadne nie ma więcej niż", "none has more than"), progress->bound);
    }
    (void)fputs(progress->result != NULL ? "\r\033[K" : "", stderr);
    (void)fflush(stderr);
}

static enum sp_status take(void *context, const ProtobufCMessage *piece, struct sp_error *err)
{
    const struct stream *stream = context;
    const Spoina__V1__MatchProgress *progress = (const Spoina__V1__MatchProgress *)piece;
    if (stream->options->json) { /* one message a line, as they come */
        enum sp_status status = sp_cli_print_json(stdout, piece, 0, err);
        (void)fflush(stdout);
        return status;
    }
    if (stream->tells) {
        tell_progress(stream, progress);
    }
    if (progress->result != NULL) {
        sp_cli_match_render(stream->options, &progress->result->base);
    }
    return SP_OK;
}

static enum sp_cli_exit match_streamed(const struct sp_cli_options *options,
                                       const struct sp_cli_need *need, struct sp_error *err)
{
    struct sp_cli_session session;
    struct stream stream = {.options = options, .tells = isatty(STDERR_FILENO) == 1};
    enum sp_status status = sp_cli_session_init(&session, options, err);
    if (status == SP_OK) {
        status = sp_cli_client_stream(session.client, "/spoina.v1.MatchService/StreamMatch",
                                      &need->request.base, &spoina__v1__match_progress__descriptor,
                                      take, &stream, err);
    }
    sp_cli_session_release(&session);
    return sp_cli_exit_of(status);
}

enum sp_cli_exit sp_cli_match(const struct sp_cli_options *options, struct sp_error *err)
{
    struct sp_cli_need need;
    enum sp_cli_exit code = sp_cli_need_read(options, &need, err);
    if (code == SP_CLI_OK && options->stream) {
        code = match_streamed(options, &need, err);
    } else if (code == SP_CLI_OK) {
        code = sp_cli_call_and_print(
            options, "/spoina.v1.MatchService/MatchTender", &need.request.base,
            &spoina__v1__match_tender_response__descriptor, sp_cli_match_render, err);
    }
    sp_cli_need_release(&need);
    return code;
}
