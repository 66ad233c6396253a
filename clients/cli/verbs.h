/* SPDX-License-Identifier: EUPL-1.2 */
/** @file The commands, one file each, and what they share: a session with the server. */
#ifndef SP_CLIENTS_CLI_VERBS_H
#define SP_CLIENTS_CLI_VERBS_H

#include "clients/cli/client.h"
#include "clients/cli/options.h"

sp_cli_run_fn sp_cli_search, sp_cli_analyse, sp_cli_show, sp_cli_import, sp_cli_export,
    sp_cli_match, sp_cli_cpv, sp_cli_clauses, sp_cli_lots, sp_cli_why_not, sp_cli_what_if,
    sp_cli_subcontractors, sp_cli_complete, sp_cli_read, sp_cli_import_notices, sp_cli_import_plan,
    sp_cli_needs, sp_cli_replay;

/** A client and the memory of one answer. Zeroed storage may be released. */
struct sp_cli_session {
    struct sp_cli_client *client;
    struct sp_arena *arena;
};

enum sp_status sp_cli_session_init(struct sp_cli_session *session,
                                   const struct sp_cli_options *options, struct sp_error *err);
void sp_cli_session_release(struct sp_cli_session *session);

/** sp_cli_client_call() within the session. */
enum sp_status sp_cli_session_call(struct sp_cli_session *session, const char *path,
                                   const ProtobufCMessage *request,
                                   const ProtobufCMessageDescriptor *type,
                                   ProtobufCMessage **response, struct sp_error *err);

/** Make one call and print its answer: as JSON if asked for, else by @p render. */
typedef void sp_cli_render_fn(const struct sp_cli_options *options, const ProtobufCMessage *answer);
enum sp_cli_exit sp_cli_call_and_print(const struct sp_cli_options *options, const char *path,
                                       const ProtobufCMessage *request,
                                       const ProtobufCMessageDescriptor *type,
                                       sp_cli_render_fn *render, struct sp_error *err);

/** Do one line of standard input, without its end. NUL-terminated UTF-8. */
typedef enum sp_status sp_cli_line_fn(struct sp_cli_session *session,
                                      const struct sp_cli_options *options, char *line,
                                      struct sp_error *err);

/** Read standard input line by line and hand each to @p take; for people, an empty line follows
 * each answer. @return SP_OK; SP_INVALID (the place names the line that is not text); SP_IO;
 * SP_NOMEM; what @p take returned */
enum sp_status sp_cli_each_line(struct sp_cli_session *session,
                                const struct sp_cli_options *options, sp_cli_line_fn *take,
                                struct sp_error *err);

/** The contract's number for --format; absent is unspecified. */
enum sp_status sp_cli_format(const char *text, int *out, struct sp_error *err);

#endif
