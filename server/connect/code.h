/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * The error codes of the Connect protocol, their HTTP statuses, and which of our own outcomes each
 * stands for.
 */
#ifndef SP_CONNECT_CODE_H
#define SP_CONNECT_CODE_H

#include "base/status.h"

/** X(NAME, number, name on the wire, HTTP status); connectrpc.com/docs/protocol, "Error codes". */
#define SP_CODE_LIST(X)                                                                            \
    X(CANCELED, 1, "canceled", 499)                                                                \
    X(UNKNOWN, 2, "unknown", 500)                                                                  \
    X(INVALID_ARGUMENT, 3, "invalid_argument", 400)                                                \
    X(DEADLINE_EXCEEDED, 4, "deadline_exceeded", 504)                                              \
    X(NOT_FOUND, 5, "not_found", 404)                                                              \
    X(ALREADY_EXISTS, 6, "already_exists", 409)                                                    \
    X(PERMISSION_DENIED, 7, "permission_denied", 403)                                              \
    X(RESOURCE_EXHAUSTED, 8, "resource_exhausted", 429)                                            \
    X(FAILED_PRECONDITION, 9, "failed_precondition", 400)                                          \
    X(ABORTED, 10, "aborted", 409)                                                                 \
    X(OUT_OF_RANGE, 11, "out_of_range", 400)                                                       \
    X(UNIMPLEMENTED, 12, "unimplemented", 501)                                                     \
    X(INTERNAL, 13, "internal", 500)                                                               \
    X(UNAVAILABLE, 14, "unavailable", 503)                                                         \
    X(DATA_LOSS, 15, "data_loss", 500)                                                             \
    X(UNAUTHENTICATED, 16, "unauthenticated", 401)

enum sp_code {
    SP_CODE_OK = 0,
#define X(name, number, text, http) SP_CODE_##name = number,
    SP_CODE_LIST(X)
#undef X
};

/** The code that tells a client of @p status. */
enum sp_code sp_code_of_status(enum sp_status status);

/** Name on the wire; never NULL. */
const char *sp_code_name(enum sp_code code);

/** HTTP status of a unary answer. */
unsigned sp_code_http_status(enum sp_code code);

#endif
