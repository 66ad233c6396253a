/* SPDX-License-Identifier: EUPL-1.2 */
/** @file NeedsService: notices and plans that come in, and what they could mean for entities. */
#include <time.h>

#include "matcher/needs/import_notices.h"
#include "matcher/needs/import_plan.h"
#include "matcher/needs/potential.h"
#include "matcher/search/index.h"
#include "server/handlers/app.h"
#include "server/handlers/matching_call.h"
#include "server/handlers/methods.h"

enum {
    ASSESS_DEFAULT = 10,
    ASSESS_MAX = 50,
    ASSESS_MS = 500 /* of the one writer thread, after which the call answers; the client asks on */
};

static int64_t now_ms(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

enum sp_status sp_handle_import_notices(struct sp_call *call, const ProtobufCMessage *request,
                                        ProtobufCMessage **response, struct sp_error *err)
{
    const Spoina__V1__ImportNoticesRequest *asked =
        (const Spoina__V1__ImportNoticesRequest *)request;
    struct sp_app_worker *worker = call->worker;
    struct sp_app *app = worker->app;
    struct sp_notice_import import = {
        .tools = {worker->analyser, app->vocabulary, app->cues, app->rulebook, sp_view_of("")},
        .store = app->needs,
        .today = call->today,
        .locale = call->language,
        .arena = call->arena};
    Spoina__V1__ImportNoticesResponse *answer = sp_arena_alloc(call->arena, sizeof *answer);
    size_t arrived = 0;
    if (answer == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    spoina__v1__import_notices_response__init(answer);
    enum sp_status status =
        sp_import_notices(&import, asked->files, asked->n_files, &answer->files, &arrived, err);
    if (status == SP_OK) {
        answer->n_files = asked->n_files;
        status = sp_needs_reader_count(worker->needs, &answer->needs, err);
    }
    if (status == SP_OK && !asked->more) {
        status = sp_app_learn(worker, err);
    }
    if (status == SP_OK) {
        *response = &answer->base;
    }
    return status;
}

enum sp_status sp_handle_import_plan(struct sp_call *call, const ProtobufCMessage *request,
                                     ProtobufCMessage **response, struct sp_error *err)
{
    struct sp_app_worker *worker = call->worker;
    struct sp_plan_import import = {.tools = {worker->analyser, worker->app->vocabulary},
                                    .store = worker->app->needs,
                                    .today = call->today,
                                    .locale = call->language,
                                    .arena = call->arena};
    Spoina__V1__ImportPlanResponse *answer = sp_arena_alloc(call->arena, sizeof *answer);
    if (answer == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    spoina__v1__import_plan_response__init(answer);
    enum sp_status status =
        sp_import_plan(&import, (const Spoina__V1__ImportPlanRequest *)request, answer, err);
    if (status == SP_OK && answer->added + answer->changed > 0) {
        status = sp_app_learn(worker, err);
    }
    if (status == SP_OK) {
        *response = &answer->base;
    }
    return status;
}

/** Count and keep the potential of one need. One that cannot be matched has none. */
static enum sp_status assess(struct sp_call *call, struct sp_arena *scratch, const char *id,
                             uint64_t version, struct sp_error *err)
{
    struct sp_app_worker *worker = call->worker;
    struct sp_matching_call own;
    Spoina__V1__Need *need = NULL;
    Spoina__V1__NeedPotential potential = SPOINA__V1__NEED_POTENTIAL__INIT;
    enum sp_status status = sp_needs_reader_get(worker->needs, id, scratch, &need, err);
    if (status != SP_OK) {
        return status;
    }
    sp_matching_call_begin(&own, call, 0);
    struct sp_advising advising = {.matching = own.matching, .wordings = worker->app->wordings};
    advising.matching.stop = NULL; /* counts end by steps, so that they can be repeated */
    advising.matching.scoring.arena = scratch;
    status = sp_need_potential(&advising, need->draft, &potential, err);
    sp_matching_call_end(&own);
    if (status == SP_INVALID || status == SP_LIMIT || status == SP_NOT_FOUND) {
        status = SP_OK;
    }
    potential.catalogue_version = version;
    return status == SP_OK ? sp_needs_assess(worker->app->needs, id, &potential, err) : status;
}

static enum sp_status assess_all(struct sp_call *call, char *const *ids, size_t count,
                                 uint64_t version, uint32_t *assessed, struct sp_error *err)
{
    struct sp_needs *store = ((struct sp_app_worker *)call->worker)->app->needs;
    struct sp_arena *scratch = sp_arena_new(SP_LOT_ARENA_BYTES);
    int64_t end_ms = now_ms() + ASSESS_MS;
    if (scratch == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    enum sp_status status = sp_needs_begin(store, err);
    for (size_t i = 0; status == SP_OK && i < count && (i == 0 || now_ms() < end_ms); i++) {
        sp_arena_reset(scratch);
        status = assess(call, scratch, ids[i], version, err);
        *assessed += status == SP_OK ? 1 : 0;
    }
    if (status == SP_OK) {
        status = sp_needs_commit(store, err);
    } else {
        sp_needs_rollback(store);
    }
    sp_arena_free(scratch);
    return status;
}

enum sp_status sp_handle_assess_needs(struct sp_call *call, const ProtobufCMessage *request,
                                      ProtobufCMessage **response, struct sp_error *err)
{
    const Spoina__V1__AssessNeedsRequest *asked = (const Spoina__V1__AssessNeedsRequest *)request;
    struct sp_app_worker *worker = call->worker;
    uint32_t limit = asked->limit == 0 ? ASSESS_DEFAULT : asked->limit;
    sp_day day = SP_DAY_UNKNOWN;
    uint64_t version = 0;
    char **ids = NULL;
    size_t count = 0;
    if (limit > ASSESS_MAX) {
        return SP_FAIL(err, SP_INVALID, "limit", "Najwyżej %d potrzeb naraz.",
                       "At most %d needs at once.", ASSESS_MAX);
    }
    if (asked->open_on[0] != '\0' && !sp_day_parse(sp_view_of(asked->open_on), &day)) {
        return SP_FAIL(err, SP_INVALID, "open_on", "Data to RRRR-MM-DD.", "A date is YYYY-MM-DD.");
    }
    Spoina__V1__AssessNeedsResponse *answer = sp_arena_alloc(call->arena, sizeof *answer);
    if (answer == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    spoina__v1__assess_needs_response__init(answer);
    enum sp_status status = sp_reader_version(worker->reader, &version, err);
    if (status == SP_OK) {
        status = sp_needs_reader_unassessed(worker->needs, day, version, limit, call->arena, &ids,
                                            &count, &answer->remaining, err);
    }
    if (status == SP_OK && count > 0) {
        status = assess_all(call, ids, count, version, &answer->assessed, err);
    }
    if (status == SP_OK) {
        answer->remaining -= answer->assessed;
        *response = &answer->base;
    }
    return status;
}
