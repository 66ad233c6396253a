/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * A Connect client: calls over one kept connection, protobuf both ways. libcurl's home.
 *
 * Blocking; one thread. Failures of the server come as the ErrorDetail it sent, in both languages;
 * without one, as the HTTP status or the connection's failure with what to do about it.
 */
#ifndef SP_CLIENTS_CLI_CLIENT_H
#define SP_CLIENTS_CLI_CLIENT_H

#include <protobuf-c/protobuf-c.h>

#include "base/arena.h"
#include "base/status.h"
#include "clients/cli/options.h"

struct sp_cli_client;

/** @param server  "http://host:port", borrowed until free */
enum sp_status sp_cli_client_new(const char *server, enum sp_locale language,
                                 struct sp_cli_client **out, struct sp_error *err);
void sp_cli_client_free(struct sp_cli_client *client);

/**
 * Make a unary call.
 *
 * @param path      "/spoina.v1.MatchService/MatchTender"
 * @param response  of @p type, in @p arena
 * @return SP_OK; SP_IO (no connection); else what the server said
 */
enum sp_status sp_cli_client_call(struct sp_cli_client *client, const char *path,
                                  const ProtobufCMessage *request,
                                  const ProtobufCMessageDescriptor *type, struct sp_arena *arena,
                                  ProtobufCMessage **response, struct sp_error *err);

/** Take one message of a stream; it lives for the call. Anything but SP_OK ends the stream. */
typedef enum sp_status sp_cli_piece_fn(void *context, const ProtobufCMessage *piece,
                                       struct sp_error *err);

/** Make a server-streaming call and hand every message to @p piece. */
enum sp_status sp_cli_client_stream(struct sp_cli_client *client, const char *path,
                                    const ProtobufCMessage *request,
                                    const ProtobufCMessageDescriptor *type, sp_cli_piece_fn *piece,
                                    void *context, struct sp_error *err);

/** The exit code that tells @p status to a script. */
enum sp_cli_exit sp_cli_exit_of(enum sp_status status);

#endif
