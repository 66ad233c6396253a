/* SPDX-License-Identifier: EUPL-1.2 */
/** @file The error body of the Connect protocol: {"code","message","details":[{"type","value"}]}.
 */
#ifndef SP_CLIENTS_CLI_CONNECT_ERROR_H
#define SP_CLIENTS_CLI_CONNECT_ERROR_H

#include "base/status.h"
#include "base/view.h"

/**
 * Turn an error body into an error: texts and place from the ErrorDetail in it, else its message.
 *
 * @param http_status  for bodies that are no Connect error (a proxy's page); 0 in a stream
 * @return what is in @p err, never SP_OK
 */
enum sp_status sp_cli_connect_error(struct sp_view body, long http_status, struct sp_error *err);

/** Tell whether the end of a stream carries an error, and what: {} or {"error":{...}}. */
enum sp_status sp_cli_connect_end(struct sp_view body, struct sp_error *err);

#endif
