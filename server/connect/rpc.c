/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * A call on its worker: from the bytes of a request to the bytes of an answer.
 */
#include <time.h>

#include "base/memory.h"
#include "proto/codec/base64.h"
#include "proto/codec/message.h"
#include "server/connect/envelope.h"
#include "server/connect/gzip.h"
#include "server/connect/query.h"
#include "server/connect/rpc_priv.h"

#define CONTAINER(pointer, type, member)                                                           \
    ((type *)(void *)((char *)(pointer)-offsetof(type, member)))

struct rpc *rpc_new(struct sp_service *service, const struct sp_profile *profile)
{
    struct rpc *rpc = sp_calloc(1, sizeof *rpc);
    if (rpc == NULL) {
        return NULL;
    }
    rpc->service = service;
    rpc->profile = *profile;
    rpc->call.method = profile->method;
    rpc->call.language = profile->language;
    sp_buffer_init(&rpc->output, ANSWER_MAX_BYTES);
    sp_buffer_init(&rpc->pending, ANSWER_MAX_BYTES + STREAM_WINDOW_BYTES);
    (void)pthread_mutex_init(&rpc->stream_mutex, NULL);
    (void)pthread_cond_init(&rpc->stream_moved, NULL);
    return rpc;
}

void rpc_free(struct rpc *rpc)
{
    (void)pthread_cond_destroy(&rpc->stream_moved);
    (void)pthread_mutex_destroy(&rpc->stream_mutex);
    sp_buffer_release(&rpc->input);
    sp_buffer_release(&rpc->output);
    sp_buffer_release(&rpc->pending);
    sp_free(rpc);
}

/* The message of a GET: percent encoding, perhaps base64. Replaces rpc->input. */
static enum sp_status decode_query(struct rpc *rpc, struct sp_error *err)
{
    struct sp_buffer plain;
    sp_buffer_init(&plain, SP_HTTP_MAX_HEAD_BYTES);
    bool good = sp_query_decode(sp_buffer_view(&rpc->input), &plain);
    if (good && rpc->profile.is_base64) {
        sp_buffer_clear(&rpc->input);
        char *room = sp_buffer_reserve(&rpc->input, sp_base64_decoded_max(plain.length));
        size_t length = 0;
        good = room == NULL ||
               sp_base64_decode(sp_buffer_view(&plain), (unsigned char *)room, &length);
        rpc->input.length = good ? length : 0;
        sp_buffer_release(&plain);
    } else {
        sp_buffer_release(&rpc->input);
        rpc->input = plain;
    }
    if (!good) {
        return SP_FAIL(err, SP_INVALID, "message", "Parametr message jest źle zakodowany.",
                       "The parameter message is badly encoded.");
    }
    return rpc->input.status == SP_OK ? SP_OK : SP_FAIL_NOMEM(err);
}

/* The one message of a server-streaming request. */
static enum sp_status open_envelope(struct rpc *rpc, struct sp_view *message, bool *is_packed,
                                    struct sp_error *err)
{
    struct sp_view rest = sp_buffer_view(&rpc->input);
    struct sp_envelope envelope;
    enum sp_status status = SP_INVALID;
    if (rest.length > 0) {
        status = sp_envelope_take(&rest, rpc->call.method->max_body_bytes, &envelope);
    } else {
        return SP_FAIL(err, SP_UNSUPPORTED, "", "W strumieniu nie ma zapytania.",
                       "The stream holds no request.");
    }
    if (status == SP_LIMIT) {
        return SP_FAIL(err, SP_LIMIT, "", "Zapytanie przekracza %zu bajtów.",
                       "The request is larger than %zu bytes.", rpc->call.method->max_body_bytes);
    }
    if (status != SP_OK || (envelope.flags & SP_ENVELOPE_END) != 0) {
        return SP_FAIL(err, SP_INVALID, "", "Uszkodzona koperta zapytania.",
                       "The envelope of the request is damaged.");
    }
    if (rest.length > 0) {
        return SP_FAIL(err, SP_UNSUPPORTED, "", "W strumieniu jest więcej niż jedno zapytanie.",
                       "The stream holds more than one request.");
    }
    *is_packed = (envelope.flags & SP_ENVELOPE_COMPRESSED) != 0;
    if (*is_packed && !rpc->profile.is_packed) {
        return SP_FAIL(err, SP_INTERNAL, "Connect-Content-Encoding",
                       "Skompresowane zapytanie bez podanej kompresji.",
                       "A compressed request without a compression told.");
    }
    *message = envelope.message;
    return SP_OK;
}

/* From rpc->input to the bytes of the message; @p unpacked holds them if they were packed. */
static enum sp_status read_bytes(struct rpc *rpc, struct sp_buffer *unpacked,
                                 struct sp_view *message, struct sp_error *err)
{
    bool is_packed = rpc->profile.is_packed;
    size_t max_bytes = rpc->call.method->max_body_bytes;
    enum sp_status status = rpc->profile.is_get ? decode_query(rpc, err) : SP_OK;
    *message = sp_buffer_view(&rpc->input);
    if (status == SP_OK && rpc->profile.is_stream) {
        status = open_envelope(rpc, message, &is_packed, err);
    }
    if (status != SP_OK || !is_packed || message->length == 0) {
        return status;
    }
    sp_buffer_init(unpacked, max_bytes + 64 * 1024);
    status = sp_gzip_unpack(*message, max_bytes, unpacked, err);
    *message = sp_buffer_view(unpacked);
    return status;
}

static enum sp_status decode(struct rpc *rpc, ProtobufCMessage **request, struct sp_error *err)
{
    const ProtobufCMessageDescriptor *type = rpc->call.method->input;
    struct sp_buffer unpacked = {0};
    struct sp_view bytes = {NULL, 0};
    enum sp_status status = read_bytes(rpc, &unpacked, &bytes, err);
    if (status == SP_OK && rpc->profile.codec == SP_CODEC_PROTO) {
        status = sp_message_from_wire(type, bytes, NULL, rpc->call.arena, request, err);
    } else if (status == SP_OK) {
        status = sp_message_from_json(type, bytes, NULL, SP_JSON_IGNORE_UNKNOWN, rpc->call.arena,
                                      request, err);
    }
    sp_buffer_release(&unpacked);
    sp_buffer_release(&rpc->input); /* large imports should not be held twice */
    return status;
}

/* Encode @p message into the empty @p out, packed if that is wanted and worth it. */
static enum sp_status encode(const struct rpc *rpc, const ProtobufCMessage *message,
                             struct sp_buffer *out, bool *is_packed, struct sp_error *err)
{
    enum sp_status status = rpc->profile.codec == SP_CODEC_PROTO
                                ? sp_message_to_wire(message, out, err)
                                : sp_message_to_json(message, 0, out, err);
    *is_packed = status == SP_OK && rpc->profile.packs && out->length >= PACK_MIN_BYTES;
    if (!*is_packed) {
        return status;
    }
    struct sp_buffer packed;
    sp_buffer_init(&packed, out->max_bytes);
    status = sp_gzip_pack(sp_buffer_view(out), &packed, err);
    sp_buffer_release(out);
    *out = packed;
    return status;
}

static sp_day today_local(void)
{
    struct tm local;
    time_t now = time(NULL);
    (void)localtime_r(&now, &local);
    return sp_day_from_civil(local.tm_year + 1900, local.tm_mon + 1, local.tm_mday);
}

static enum sp_status answer(struct rpc *rpc, struct sp_error *err)
{
    ProtobufCMessage *request = NULL;
    ProtobufCMessage *response = NULL;
    enum sp_status status = decode(rpc, &request, err);
    if (status == SP_OK) {
        rpc->handled = true;
        status = rpc->call.method->run(&rpc->call, request, &response, err);
    }
    if (status == SP_OK && !rpc->profile.is_stream) {
        SP_ASSERT(response != NULL && response->descriptor == rpc->call.method->output);
        status = encode(rpc, response, &rpc->output, &rpc->output_is_packed, err);
    }
    return status;
}

void rpc_run(struct sp_job *job, void *context)
{
    struct rpc *rpc = CONTAINER(job, struct rpc, job);
    struct lane *lane = context;
    sp_arena_reset(lane->arena);
    rpc->call.arena = lane->arena;
    rpc->call.worker = lane->worker;
    rpc->call.today = today_local();
    struct sp_error error = {.status = SP_OK};
    enum sp_status status = answer(rpc, &error);
    rpc->error = error;
    rpc->error.status = status; /* a handler may have filled it and recovered, or not filled it */
    rpc->call.arena = NULL;
}

void rpc_fail(struct sp_job *job, const struct sp_error *error)
{
    struct rpc *rpc = CONTAINER(job, struct rpc, job);
    rpc->error = *error;
}

bool sp_call_cancelled(const struct sp_call *call)
{
    return sp_job_is_cancelled(&CONTAINER(call, struct rpc, call)->job);
}

const atomic_bool *sp_call_cancel_flag(const struct sp_call *call)
{
    return &CONTAINER(call, struct rpc, call)->job.cancelled;
}

/* Put the envelope of @p message into rpc->pending once there is room. */
static enum sp_status hand_over(struct rpc *rpc, struct sp_view message, unsigned flags)
{
    enum sp_status status = SP_OK;
    (void)pthread_mutex_lock(&rpc->stream_mutex);
    while (rpc->pending.length + rpc->in_socket_bytes > STREAM_WINDOW_BYTES &&
           !sp_job_is_cancelled(&rpc->job)) {
        (void)pthread_cond_wait(&rpc->stream_moved, &rpc->stream_mutex);
    }
    if (sp_job_is_cancelled(&rpc->job)) {
        status = SP_CANCELLED;
    } else {
        sp_envelope_add(&rpc->pending, flags, message);
        status = rpc->pending.status;
    }
    (void)pthread_mutex_unlock(&rpc->stream_mutex);
    return status;
}

enum sp_status sp_call_send(struct sp_call *call, const ProtobufCMessage *message,
                            struct sp_error *err)
{
    struct rpc *rpc = CONTAINER(call, struct rpc, call);
    struct sp_buffer bytes;
    bool is_packed = false;
    SP_ASSERT(rpc->profile.is_stream);
    sp_buffer_init(&bytes, ANSWER_MAX_BYTES);
    enum sp_status status = encode(rpc, message, &bytes, &is_packed, err);
    if (status == SP_OK) {
        status = hand_over(rpc, sp_buffer_view(&bytes), is_packed ? SP_ENVELOPE_COMPRESSED : 0);
        if (status == SP_OK) {
            sp_work_post(rpc->service->work, &rpc->job);
        } else if (status == SP_CANCELLED) {
            status = SP_FAIL(err, status, "", "Klient się rozłączył.", "The client hung up.");
        } else {
            status = SP_FAIL_NOMEM(err);
        }
    }
    sp_buffer_release(&bytes);
    return status;
}

void rpc_cancel(struct rpc *rpc)
{
    sp_job_cancel(&rpc->job);
    (void)pthread_mutex_lock(&rpc->stream_mutex);
    (void)pthread_cond_signal(&rpc->stream_moved);
    (void)pthread_mutex_unlock(&rpc->stream_mutex);
}

void rpc_take_pending(struct rpc *rpc, struct sp_buffer *out)
{
    (void)pthread_mutex_lock(&rpc->stream_mutex);
    *out = rpc->pending;
    sp_buffer_init(&rpc->pending, out->max_bytes);
    rpc->in_socket_bytes += out->length;
    (void)pthread_mutex_unlock(&rpc->stream_mutex);
}

void rpc_drained(struct rpc *rpc)
{
    (void)pthread_mutex_lock(&rpc->stream_mutex);
    rpc->in_socket_bytes = 0;
    (void)pthread_cond_signal(&rpc->stream_moved);
    (void)pthread_mutex_unlock(&rpc->stream_mutex);
}
