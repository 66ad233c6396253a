/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * The loop's side of calls: from a request to a submitted job, from a finished job to an answer.
 */
#include "server/connect/service.h"

#include "base/memory.h"
#include "server/connect/answer.h"
#include "server/connect/code.h"
#include "server/connect/rpc_priv.h"
#include "server/operations/log.h"

#define CONTAINER(pointer, type, member)                                                           \
    ((type *)(void *)((char *)(pointer)-offsetof(type, member)))

enum { ERROR_MAX_BYTES = 64 * 1024 };

#define NO_SNIFF                                                                                   \
    {                                                                                              \
        "X-Content-Type-Options", "nosniff"                                                        \
    }
#define NO_STORE                                                                                   \
    {                                                                                              \
        "Cache-Control", "no-store"                                                                \
    }
#define VARIES                                                                                     \
    {                                                                                              \
        "Vary", "Accept-Encoding, Accept-Language"                                                 \
    }

/* Plain answers: pages, and what is no call. */

static void reply_text(struct sp_http_conn *conn, unsigned status, const char *name,
                       const char *value, const char *text)
{
    struct sp_http_reply reply = {
        .status = status,
        .headers = {{"Content-Type", "text/plain; charset=utf-8"}, NO_SNIFF, {name, value}},
        .body = sp_view_of(text)};
    sp_http_reply(conn, &reply);
}

static void reply_options(struct sp_http_conn *conn, const char *allow)
{
    struct sp_http_reply reply = {.status = 204, .headers = {{"Allow", allow}}};
    sp_http_reply(conn, &reply);
}

static void reply_page(struct sp_http_conn *conn, const struct sp_http_request *request,
                       const struct sp_page *page)
{
    if (request->verb == SP_HTTP_OPTIONS) {
        reply_options(conn, "GET, HEAD, OPTIONS");
        return;
    }
    if (request->verb != SP_HTTP_GET && request->verb != SP_HTTP_HEAD) {
        reply_text(conn, 405, "Allow", "GET, HEAD, OPTIONS", "405\n");
        return;
    }
    struct sp_http_reply reply = {
        .status = 200,
        .headers = {{"Content-Type", page->content_type},
                    NO_SNIFF,
                    {"Cache-Control", "no-cache"},
                    {"Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"},
                    {"Referrer-Policy", "no-referrer"}},
        .body = sp_view_of(page->body)};
    sp_http_reply(conn, &reply);
}

static void reply_not_a_call(struct sp_service *service, struct sp_http_conn *conn,
                             const struct sp_http_request *request, enum sp_locale language)
{
    if (request->verb == SP_HTTP_OPTIONS && sp_view_is(request->path, "*")) {
        reply_options(conn, "GET, HEAD, POST, OPTIONS");
        return;
    }
    for (size_t i = 0; i < service->options.page_count; i++) {
        if (sp_view_is(request->path, service->options.pages[i].path)) {
            reply_page(conn, request, &service->options.pages[i]);
            return;
        }
    }
    reply_text(conn, 404, NULL, NULL,
               sp_say(language, "Nie ma takiej strony ani usługi.\n",
                      "There is no such page or service.\n"));
}

/* Answers of calls. */

static void reply_unary_error(struct sp_http_conn *conn, const struct sp_error *error,
                              enum sp_locale language)
{
    enum sp_code code = sp_code_of_status(error->status);
    struct sp_buffer body;
    sp_buffer_init(&body, ERROR_MAX_BYTES);
    sp_answer_error(error, language, &body);
    struct sp_http_reply reply = {
        .status = sp_code_http_status(code),
        .headers = {{"Content-Type", "application/json"}, NO_SNIFF, NO_STORE, VARIES},
        .body = sp_buffer_view(&body)};
    if (code == SP_CODE_UNAVAILABLE) {
        reply.headers[4] = (struct sp_http_header){"Retry-After", "1"};
    }
    sp_http_reply(conn, &reply);
    sp_buffer_release(&body);
}

static void begin_stream(struct sp_http_conn *conn, const struct sp_profile *profile)
{
    struct sp_http_reply reply = {
        .status = 200,
        .headers = {{"Content-Type", sp_profile_content_type(profile)}, NO_SNIFF, NO_STORE}};
    if (profile->packs) {
        reply.headers[3] = (struct sp_http_header){"Connect-Content-Encoding", "gzip"};
    }
    sp_http_begin(conn, &reply);
}

/* The end of a stream, with its last message. */
static void end_stream(struct sp_http_conn *conn, const struct sp_error *error,
                       enum sp_locale language)
{
    struct sp_buffer envelope;
    sp_buffer_init(&envelope, ERROR_MAX_BYTES);
    sp_answer_end_stream(error, language, &envelope);
    sp_http_send(conn, sp_buffer_view(&envelope));
    sp_buffer_release(&envelope);
    sp_http_end(conn);
}

static void reply_error(struct sp_http_conn *conn, const struct sp_profile *profile,
                        const struct sp_error *error)
{
    if (profile->is_stream) {
        begin_stream(conn, profile);
        end_stream(conn, error, profile->language);
    } else {
        reply_unary_error(conn, error, profile->language);
    }
}

static void reply_unary(struct sp_http_conn *conn, const struct rpc *rpc)
{
    struct sp_http_reply reply = {
        .status = 200,
        .headers = {{"Content-Type", sp_profile_content_type(&rpc->profile)},
                    NO_SNIFF,
                    NO_STORE,
                    VARIES},
        .body = sp_buffer_view(&rpc->output)};
    if (rpc->output_is_packed) {
        reply.headers[4] = (struct sp_http_header){"Content-Encoding", "gzip"};
    }
    sp_http_reply(conn, &reply);
}

/* Send on what a streaming handler has sent so far. */
static void flush_stream(struct rpc *rpc)
{
    struct sp_buffer pending;
    rpc_take_pending(rpc, &pending);
    if (!rpc->begun) {
        rpc->begun = true;
        begin_stream(rpc->conn, &rpc->profile);
    }
    sp_http_send(rpc->conn, sp_buffer_view(&pending));
    sp_buffer_release(&pending);
}

static void on_posted(struct sp_job *job)
{
    struct rpc *rpc = CONTAINER(job, struct rpc, job);
    if (sp_sessions_find(&rpc->service->sessions, rpc->session) != NULL) {
        flush_stream(rpc);
    }
}

/* Failures that an operator should see: bugs, damage, a full disk; never the client's. */
static void log_failure(const struct rpc *rpc)
{
    enum sp_status status = rpc->error.status;
    bool is_ours =
        status == SP_INTERNAL || status == SP_CORRUPT || status == SP_IO || status == SP_NOMEM;
    if (is_ours && rpc->handled) {
        SP_LOG(SP_LOG_ERROR, "connect", "event=call_failed method=%s status=%s at=%s:%d",
               rpc->call.method->path, sp_status_name(status),
               rpc->error.file == NULL ? "?" : rpc->error.file, rpc->error.line);
    }
}

static void on_done(struct sp_job *job, bool ran)
{
    struct rpc *rpc = CONTAINER(job, struct rpc, job);
    struct sp_service *service = rpc->service;
    bool waits = sp_sessions_remove(&service->sessions, rpc->session) != NULL;
    log_failure(rpc);
    if (waits) {
        const struct sp_error *error = rpc->error.status == SP_OK ? NULL : &rpc->error;
        sp_http_set_deadline(rpc->conn, 0);
        SP_ASSERT(ran); /* only what nobody waits for is cancelled */
        if (rpc->profile.is_stream) {
            flush_stream(rpc);
            end_stream(rpc->conn, error, rpc->profile.language);
        } else if (error != NULL) {
            reply_unary_error(rpc->conn, error, rpc->profile.language);
        } else {
            reply_unary(rpc->conn, rpc);
        }
    }
    LIST_REMOVE(rpc, link);
    rpc_free(rpc);
}

/* Requests. */

static size_t on_body_limit(void *context, const struct sp_http_request *request)
{
    struct sp_service *service = context;
    const struct sp_method *method =
        sp_method_find(service->options.methods, service->options.method_count, request->path);
    if (method == NULL) {
        return PLAIN_BODY_MAX_BYTES;
    }
    /* Room for one envelope, and for a little of the second one that is to be complained about. */
    bool is_stream = (method->flags & SP_METHOD_STREAM) != 0;
    return method->max_body_bytes + (is_stream ? PLAIN_BODY_MAX_BYTES : 0);
}

/* The earlier of what the client asks for and what the server allows. */
static int64_t deadline_of(const struct sp_service *service, const struct sp_profile *profile)
{
    int64_t most_ms = service->options.call_max_ms;
    bool sooner = profile->timeout_ms >= 0 && profile->timeout_ms < most_ms;
    return sp_now_ms() + (sooner ? profile->timeout_ms : most_ms);
}

static enum sp_status submit(struct sp_service *service, struct sp_http_conn *conn, struct rpc *rpc,
                             struct sp_error *err)
{
    rpc->conn = conn;
    rpc->job.run = rpc_run;
    rpc->job.fail = rpc_fail;
    rpc->job.done = on_done;
    rpc->job.posted = on_posted;
    if (sp_sessions_add(&service->sessions, rpc, &rpc->session) != SP_OK) {
        return SP_FAIL_NOMEM(err);
    }
    bool writes = (rpc->call.method->flags & SP_METHOD_WRITE) != 0;
    if (sp_work_submit(service->work, &rpc->job, writes ? SP_WORK_WRITE : 0) != SP_OK) {
        (void)sp_sessions_remove(&service->sessions, rpc->session);
        return SP_FAIL(err, SP_BUSY, "", "Serwer jest przeciążony; spróbuj za chwilę.",
                       "The server is overloaded; try again in a moment.");
    }
    LIST_INSERT_HEAD(&service->rpcs, rpc, link);
    sp_http_set_tag(conn, rpc->session);
    sp_http_set_deadline(conn, deadline_of(service, &rpc->profile));
    return SP_OK;
}

static void begin_call(struct sp_service *service, struct sp_http_conn *conn,
                       const struct sp_profile *profile)
{
    struct sp_error error = {.status = SP_OK};
    struct rpc *rpc = rpc_new(service, profile);
    enum sp_status status = rpc == NULL ? SP_FAIL_NOMEM(&error) : SP_OK;
    if (status == SP_OK && profile->is_get) {
        sp_buffer_init(&rpc->input, SP_HTTP_MAX_HEAD_BYTES);
        sp_buffer_add_view(&rpc->input, profile->message);
        status = rpc->input.status == SP_OK ? SP_OK : SP_FAIL_NOMEM(&error);
    } else if (status == SP_OK) {
        sp_http_take_body(conn, &rpc->input);
    }
    status = status == SP_OK ? submit(service, conn, rpc, &error) : status;
    if (status != SP_OK) {
        if (rpc != NULL) {
            rpc_free(rpc);
        }
        reply_error(conn, profile, &error);
    }
}

static void on_request(void *context, struct sp_http_conn *conn,
                       const struct sp_http_request *request)
{
    struct sp_service *service = context;
    struct sp_profile profile;
    struct sp_error error = {.status = SP_OK};
    switch (sp_profile_read(request, service->options.methods, service->options.method_count,
                            &profile, &error)) {
    case SP_PROFILE_CALL:
        begin_call(service, conn, &profile);
        break;
    case SP_PROFILE_NOT_FOUND:
        reply_not_a_call(service, conn, request, profile.language);
        break;
    case SP_PROFILE_OPTIONS:
        reply_options(conn, sp_profile_allow(profile.method));
        break;
    case SP_PROFILE_WRONG_VERB:
        reply_text(conn, 405, "Allow", sp_profile_allow(profile.method), "405\n");
        break;
    case SP_PROFILE_WRONG_TYPE:
        reply_text(conn, 415, "Accept-Post", sp_profile_accept_post(profile.method), "415\n");
        break;
    case SP_PROFILE_ERROR:
        reply_error(conn, &profile, &error);
        break;
    }
}

static void on_too_large(void *context, struct sp_http_conn *conn,
                         const struct sp_http_request *request)
{
    struct sp_service *service = context;
    struct sp_profile profile;
    struct sp_error error = {.status = SP_OK};
    enum sp_profile_verdict verdict = sp_profile_read(
        request, service->options.methods, service->options.method_count, &profile, &error);
    if (verdict != SP_PROFILE_CALL && verdict != SP_PROFILE_ERROR) {
        reply_text(conn, 413, NULL, NULL, "413\n");
        return;
    }
    (void)SP_FAIL(&error, SP_LIMIT, "", "Zapytanie przekracza %zu bajtów.",
                  "The request is larger than %zu bytes.", profile.method->max_body_bytes);
    reply_error(conn, &profile, &error);
}

static void on_gone(void *context, uint64_t tag)
{
    struct sp_service *service = context;
    struct rpc *rpc = sp_sessions_remove(&service->sessions, tag);
    if (rpc != NULL) {
        rpc_cancel(rpc);
    }
}

static void on_expired(void *context, struct sp_http_conn *conn, uint64_t tag)
{
    struct sp_service *service = context;
    struct rpc *rpc = sp_sessions_remove(&service->sessions, tag);
    struct sp_error error;
    SP_ASSERT(rpc != NULL);
    rpc_cancel(rpc);
    (void)SP_FAIL(&error, SP_DEADLINE, "", "Upłynął termin odpowiedzi.", "The deadline passed.");
    if (rpc->begun) {
        end_stream(conn, &error, rpc->profile.language);
    } else {
        reply_error(conn, &rpc->profile, &error);
    }
}

static void on_drained(void *context, struct sp_http_conn *conn, uint64_t tag)
{
    struct sp_service *service = context;
    struct rpc *rpc = sp_sessions_find(&service->sessions, tag);
    (void)conn;
    if (rpc != NULL) {
        rpc_drained(rpc);
    }
}

static void on_stopped(void *context)
{
    struct sp_service *service = context;
    sp_loop_fn *stopped = service->stopped;
    service->stopped = NULL;
    if (stopped != NULL) {
        stopped(service->stopped_context);
    }
}

/* Workers. */

static enum sp_status open_lane(void *context, bool is_writer, void **out, struct sp_error *err)
{
    struct sp_service *service = context;
    const struct sp_work_hooks *hooks = &service->options.work.hooks;
    struct lane *lane = sp_calloc(1, sizeof *lane);
    if (lane == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    lane->arena = sp_arena_new(service->arena_max_bytes);
    enum sp_status status = lane->arena == NULL ? SP_FAIL_NOMEM(err) : SP_OK;
    if (status == SP_OK) {
        status = hooks->open(hooks->context, is_writer, &lane->worker, err);
    }
    if (status != SP_OK) {
        sp_arena_free(lane->arena);
        sp_free(lane);
        return status;
    }
    *out = lane;
    return SP_OK;
}

static void close_lane(void *context, bool is_writer, void *worker)
{
    struct sp_service *service = context;
    const struct sp_work_hooks *hooks = &service->options.work.hooks;
    struct lane *lane = worker;
    hooks->close(hooks->context, is_writer, lane->worker);
    sp_arena_free(lane->arena);
    sp_free(lane);
}

static enum sp_status begin_batch(void *context, void *worker, struct sp_error *err)
{
    struct sp_service *service = context;
    const struct sp_work_hooks *hooks = &service->options.work.hooks;
    return hooks->begin(hooks->context, ((struct lane *)worker)->worker, err);
}

static enum sp_status commit_batch(void *context, void *worker, struct sp_error *err)
{
    struct sp_service *service = context;
    const struct sp_work_hooks *hooks = &service->options.work.hooks;
    return hooks->commit(hooks->context, ((struct lane *)worker)->worker, err);
}

static void on_work(void *context)
{
    struct sp_service *service = context;
    sp_work_deliver(service->work);
}

static enum sp_status start(struct sp_service *service, struct sp_error *err)
{
    struct sp_work_options work = service->options.work;
    struct sp_http_handlers handlers = {.body_limit = on_body_limit,
                                        .request = on_request,
                                        .too_large = on_too_large,
                                        .gone = on_gone,
                                        .expired = on_expired,
                                        .drained = on_drained,
                                        .stopped = on_stopped,
                                        .context = service};
    work.hooks = (struct sp_work_hooks){.open = open_lane,
                                        .close = close_lane,
                                        .begin = begin_batch,
                                        .commit = commit_batch,
                                        .context = service};
    enum sp_status status = sp_work_new(&work, &service->work, err);
    if (status == SP_OK) {
        status = sp_loop_watch_fd(service->loop, sp_work_fd(service->work), on_work, service, err);
    }
    if (status == SP_OK) {
        status = sp_http_server_new(service->loop, service->options.listen,
                                    &service->options.limits, &handlers, &service->http, err);
    }
    return status;
}

enum sp_status sp_service_new(struct sp_loop *loop, const struct sp_service_options *options,
                              struct sp_service **out, struct sp_error *err)
{
    struct sp_service *service = sp_calloc(1, sizeof *service);
    if (service == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    service->loop = loop;
    service->options = *options;
    service->arena_max_bytes = ARENA_BASE_BYTES;
    for (size_t i = 0; i < options->method_count; i++) {
        size_t need = ARENA_BASE_BYTES + 2 * options->methods[i].max_body_bytes;
        unsigned flags = options->methods[i].flags;
        SP_ASSERT((flags & SP_METHOD_WRITE) == 0 ||
                  (flags & (SP_METHOD_GET | SP_METHOD_STREAM)) == 0);
        service->arena_max_bytes =
            need > service->arena_max_bytes ? need : service->arena_max_bytes;
    }
    enum sp_status status = start(service, err);
    if (status != SP_OK) {
        sp_service_free(service);
        return status;
    }
    *out = service;
    return SP_OK;
}

void sp_service_stop(struct sp_service *service, sp_loop_fn *stopped, void *context)
{
    service->stopped = stopped;
    service->stopped_context = context;
    sp_http_server_stop(service->http);
}

void sp_service_free(struct sp_service *service)
{
    if (service == NULL) {
        return;
    }
    sp_http_server_free(service->http);
    sp_sessions_release(&service->sessions); /* nobody waits any more */
    struct rpc *rpc;
    LIST_FOREACH(rpc, &service->rpcs, link)
    {
        rpc_cancel(rpc);
    }
    sp_work_free(service->work);
    sp_free(service);
}

const char *sp_service_address(const struct sp_service *service)
{
    return sp_http_server_address(service->http);
}

struct sp_http_counters sp_service_http_counters(const struct sp_service *service)
{
    return sp_http_server_counters(service->http);
}

struct sp_work_load sp_service_work_load(struct sp_service *service)
{
    return sp_work_load(service->work);
}
