/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * The need that a command is about, from a file or standard input, with the options that every call
 * about a need shares.
 */
#ifndef SP_CLIENTS_CLI_NEED_FILE_H
#define SP_CLIENTS_CLI_NEED_FILE_H

#include "base/arena.h"
#include "clients/cli/options.h"
#include "spoina/v1/match.pb-c.h"

/** A request and the memory it lies in. Zeroed storage may be released. */
struct sp_cli_need {
    Spoina__V1__MatchTenderRequest request;
    Spoina__V1__TeamOptions teams;
    Spoina__V1__Notice notice;
    char *content;
    struct sp_arena *arena;
};

/**
 * Read the file that is the command's argument ("-": standard input): a draft in JSON, or any file
 * for the server (a notice, a document, a few sentences); and --limit, --date, --businesses,
 * --consortia,
 * --members-max.
 *
 * @param out  not to be moved; released by the caller, also after a failure
 * @return SP_CLI_OK; SP_CLI_USAGE (an option); SP_CLI_INPUT (the file); told in @p err
 */
enum sp_cli_exit sp_cli_need_read(const struct sp_cli_options *options, struct sp_cli_need *out,
                                  struct sp_error *err);
void sp_cli_need_release(struct sp_cli_need *need);

#endif
