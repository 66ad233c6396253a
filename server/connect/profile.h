/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * What the head of a request says in terms of the Connect protocol (connectrpc.com/docs/protocol):
 * method, codec, compression, deadline, language. Pure.
 */
#ifndef SP_CONNECT_PROFILE_H
#define SP_CONNECT_PROFILE_H

#include <stdint.h>

#include "base/locale.h"
#include "server/connect/call.h"
#include "server/http/message.h"

enum sp_codec { SP_CODEC_PROTO, SP_CODEC_JSON };

struct sp_profile {
    const struct sp_method *method; /* NULL: no such path */
    enum sp_codec codec;
    enum sp_locale language;
    bool is_stream;         /* as the method is */
    bool is_get;            /* the message is in the query */
    bool is_base64;         /* GET: the message is in base64 */
    bool is_packed;         /* the request is (or, in a stream, may be) compressed */
    bool packs;             /* the answer may be compressed */
    int64_t timeout_ms;     /* as asked for; -1: none */
    struct sp_view message; /* GET: still percent-encoded, of the request's query */
};

/** How to go on with a request. */
enum sp_profile_verdict {
    SP_PROFILE_CALL,       /* make the call */
    SP_PROFILE_NOT_FOUND,  /* 404 */
    SP_PROFILE_OPTIONS,    /* 204 with Allow */
    SP_PROFILE_WRONG_VERB, /* 405 with Allow */
    SP_PROFILE_WRONG_TYPE, /* 415 with Accept-Post */
    SP_PROFILE_ERROR       /* a Connect error, see err; codec and is_stream are set */
};

/** Read the head of @p request. @p err is set with SP_PROFILE_ERROR only. */
enum sp_profile_verdict sp_profile_read(const struct sp_http_request *request,
                                        const struct sp_method *methods, size_t method_count,
                                        struct sp_profile *profile, struct sp_error *err);

/** Find the method of @p path; NULL if there is none. */
const struct sp_method *sp_method_find(const struct sp_method *methods, size_t method_count,
                                       struct sp_view path);

/** The language that Accept-Language prefers of the two; Polish if it names neither. */
enum sp_locale sp_profile_language(const struct sp_http_request *request);

/** Values of Allow and of Accept-Post for @p method. */
const char *sp_profile_allow(const struct sp_method *method);
const char *sp_profile_accept_post(const struct sp_method *method);

/** Content-Type of a good answer. */
const char *sp_profile_content_type(const struct sp_profile *profile);

#endif
