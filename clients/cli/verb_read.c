/* SPDX-License-Identifier: EUPL-1.2 */
/** @file `spoina read`: a file or a few sentences with what was read in them. */
#include <string.h>

#include "base/file.h"
#include "base/memory.h"
#include "clients/cli/read_view.h"
#include "clients/cli/verbs.h"

static const size_t MAX_FILE_BYTES = 64 * 1024 * 1024;

static enum sp_cli_exit read_need(const struct sp_cli_options *options,
                                  Spoina__V1__ReadNeedRequest *request, struct sp_error *err)
{
    return sp_cli_call_and_print(options, "/spoina.v1.ReadingService/ReadNeed", &request->base,
                                 &spoina__v1__read_need_response__descriptor, sp_cli_read_render,
                                 err);
}

static enum sp_cli_exit read_file(const struct sp_cli_options *options, struct sp_error *err)
{
    Spoina__V1__ReadNeedRequest request = SPOINA__V1__READ_NEED_REQUEST__INIT;
    Spoina__V1__Notice notice = SPOINA__V1__NOTICE__INIT;
    const char *slash = strrchr(options->argument, '/');
    char *content = NULL;
    size_t length = 0;
    if (sp_file_read(options->argument, MAX_FILE_BYTES, &content, &length, err) != SP_OK) {
        return SP_CLI_INPUT;
    }
    notice.content.data = (uint8_t *)content;
    notice.content.len = length;
    notice.file_name = (char *)(slash == NULL ? options->argument : slash + 1);
    request.need_case = SPOINA__V1__READ_NEED_REQUEST__NEED_NOTICE;
    request.notice = &notice;
    enum sp_cli_exit code = read_need(options, &request, err);
    sp_free(content);
    return code;
}

enum sp_cli_exit sp_cli_read(const struct sp_cli_options *options, struct sp_error *err)
{
    Spoina__V1__ReadNeedRequest request = SPOINA__V1__READ_NEED_REQUEST__INIT;
    if ((options->argument == NULL) == (options->text == NULL)) {
        (void)SP_FAIL(err, SP_INVALID, "read",
                      "Podaj plik, „-” (wejście) albo --text \"kilka zdań\", jedno z nich.",
                      "Give a file, \"-\" (standard input) or --text \"a few sentences\", one of "
                      "them.");
        return SP_CLI_USAGE;
    }
    if (options->text == NULL) {
        return read_file(options, err);
    }
    request.need_case = SPOINA__V1__READ_NEED_REQUEST__NEED_TEXT;
    request.text = options->text;
    return read_need(options, &request, err);
}
