/* SPDX-License-Identifier: EUPL-1.2 */
#include "server/connect/code.h"

enum sp_code sp_code_of_status(enum sp_status status)
{
    switch (status) {
    case SP_OK:
        return SP_CODE_OK;
    case SP_INVALID:
        return SP_CODE_INVALID_ARGUMENT;
    case SP_NOT_FOUND:
        return SP_CODE_NOT_FOUND;
    case SP_EXISTS:
        return SP_CODE_ALREADY_EXISTS;
    case SP_LIMIT:
    case SP_NOMEM:
    case SP_FULL:
        return SP_CODE_RESOURCE_EXHAUSTED;
    case SP_CORRUPT:
        return SP_CODE_DATA_LOSS;
    case SP_BUSY:
    case SP_READ_ONLY:
        return SP_CODE_UNAVAILABLE;
    case SP_CANCELLED:
        return SP_CODE_CANCELED;
    case SP_DEADLINE:
        return SP_CODE_DEADLINE_EXCEEDED;
    case SP_UNSUPPORTED:
        return SP_CODE_UNIMPLEMENTED;
    case SP_PRECONDITION:
        return SP_CODE_FAILED_PRECONDITION;
    case SP_IO:
    case SP_INTERNAL:
        break;
    }
    return SP_CODE_INTERNAL;
}

const char *sp_code_name(enum sp_code code)
{
    switch (code) {
    case SP_CODE_OK:
        return "ok";
#define X(name, number, text, http)                                                                \
    case SP_CODE_##name:                                                                           \
        return text;
        SP_CODE_LIST(X)
#undef X
    }
    return "unknown";
}

unsigned sp_code_http_status(enum sp_code code)
{
    switch (code) {
    case SP_CODE_OK:
        return 200;
#define X(name, number, text, http)                                                                \
    case SP_CODE_##name:                                                                           \
        return http;
        SP_CODE_LIST(X)
#undef X
    }
    return 500;
}
