/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * What a handler sees of a call, and the row of the method table that leads to it.
 *
 * A handler is a function from a request message to a response message. It runs on a worker thread,
 * or on the one writer thread if its method is flagged SP_METHOD_WRITE; it never sees HTTP, codecs
 * or sockets. What it allocates in call->arena lives until the response is encoded.
 */
#ifndef SP_CONNECT_CALL_H
#define SP_CONNECT_CALL_H

#include <protobuf-c/protobuf-c.h>
#include <stdatomic.h>
#include <stdbool.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/locale.h"
#include "base/status.h"

enum sp_method_flags {
    SP_METHOD_GET = 1 << 0,    /* no side effects, public: GET may carry it */
    SP_METHOD_STREAM = 1 << 1, /* server streaming: messages go through sp_call_send() */
    SP_METHOD_WRITE = 1 << 2   /* changes state: runs on the writer thread, within its batch */
};

struct sp_method;

struct sp_call {
    const struct sp_method *method;
    struct sp_arena *arena;  /* of this call; capped; a NULL from it is SP_LIMIT or SP_NOMEM */
    void *worker;            /* the application's context of the running thread */
    enum sp_locale language; /* of the caller, from Accept-Language; Polish if in doubt */
    sp_day today;            /* day on which the call arrived, local time of the server */
};

/**
 * Answer @p request.
 *
 * @param request   borrowed, of the method's input type, already checked (UTF-8, depth, sizes)
 * @param response  unary: a message of the method's output type in call->arena (or with static
 *                  lifetime); not touched by streaming methods
 * @return SP_OK, or a failure described in @p err in both languages
 *
 * Thread: worker or writer.
 */
typedef enum sp_status sp_method_fn(struct sp_call *call, const ProtobufCMessage *request,
                                    ProtobufCMessage **response, struct sp_error *err);

/** One remote procedure. Static data. */
struct sp_method {
    const char *path; /* "/spoina.v1.LanguageService/AnalyseText" */
    const ProtobufCMessageDescriptor *input;
    const ProtobufCMessageDescriptor *output;
    unsigned flags;        /* enum sp_method_flags */
    size_t max_body_bytes; /* of the request, before and after inflation */
    sp_method_fn *run;
};

/** True once the client hung up, the deadline passed or the server stops: the answer will be
 * dropped. Ask between pieces of work that take over a millisecond. Thread: the one running the
 * call. */
bool sp_call_cancelled(const struct sp_call *call);

/** The flag behind sp_call_cancelled(), for code that asks it in a loop; valid during the call. */
const atomic_bool *sp_call_cancel_flag(const struct sp_call *call);

/**
 * Send one message of a streaming method. Blocks while the client is slower than the server.
 *
 * @param message  borrowed for the call
 * @return SP_OK; SP_CANCELLED (stop and return it); SP_LIMIT; SP_NOMEM
 *
 * Thread: the one running the call.
 */
enum sp_status sp_call_send(struct sp_call *call, const ProtobufCMessage *message,
                            struct sp_error *err);

#endif
