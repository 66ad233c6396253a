/* SPDX-License-Identifier: EUPL-1.2 */
/** @file NeedsService: what is kept, and for whom it is. */
#include "matcher/needs/find_needs.h"
#include "matcher/needs/need_summary.h"
#include "matcher/tender/draft.h"
#include "server/handlers/app.h"
#include "server/handlers/matching_call.h"
#include "server/handlers/methods.h"

enum { LIST_DEFAULT = 20, LIST_MAX = 200, FIND_LIMIT_MS = 4000 };

static struct sp_key_tools tools_of(const struct sp_call *call)
{
    const struct sp_app_worker *worker = call->worker;
    return (struct sp_key_tools){worker->analyser, worker->app->vocabulary};
}

static enum sp_status write_place(struct sp_call *call, const struct sp_place *place,
                                  Spoina__V1__Place **out, struct sp_error *err)
{
    if (place == NULL) {
        return SP_OK;
    }
    Spoina__V1__Place *message = sp_arena_alloc(call->arena, sizeof *message);
    if (message == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    spoina__v1__place__init(message);
    message->teryt = (char *)place->teryt;
    message->name = (char *)place->label;
    *out = message;
    return SP_OK;
}

enum sp_status sp_handle_list_needs(struct sp_call *call, const ProtobufCMessage *request,
                                    ProtobufCMessage **response, struct sp_error *err)
{
    const Spoina__V1__ListNeedsRequest *asked = (const Spoina__V1__ListNeedsRequest *)request;
    const Spoina__V1__NeedFilter everything = SPOINA__V1__NEED_FILTER__INIT;
    struct sp_app_worker *worker = call->worker;
    struct sp_key_tools tools = tools_of(call);
    struct sp_need_query query;
    const struct sp_place *place = NULL;
    struct sp_needs_page page = {.query = &query,
                                 .order = asked->order,
                                 .limit = asked->limit == 0 ? LIST_DEFAULT : asked->limit,
                                 .offset = asked->offset};
    if (page.limit > LIST_MAX) {
        return SP_FAIL(err, SP_INVALID, "limit", "Najwyżej %d potrzeb naraz.",
                       "At most %d needs at once.", LIST_MAX);
    }
    Spoina__V1__ListNeedsResponse *answer = sp_arena_alloc(call->arena, sizeof *answer);
    if (answer == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    spoina__v1__list_needs_response__init(answer);
    enum sp_status status =
        sp_need_query_read(&tools, asked->filter == NULL ? &everything : asked->filter, call->arena,
                           &place, &query, err);
    if (status != SP_OK) {
        sp_error_prefix(err, "filter");
        return status;
    }
    status = sp_needs_reader_list(worker->needs, &page, call->arena, &answer->needs,
                                  &answer->n_needs, &answer->total, err);
    if (status == SP_OK) {
        status = write_place(call, place, &answer->place, err);
    }
    if (status == SP_OK) {
        *response = &answer->base;
    }
    return status;
}

enum sp_status sp_handle_get_need(struct sp_call *call, const ProtobufCMessage *request,
                                  ProtobufCMessage **response, struct sp_error *err)
{
    const Spoina__V1__GetNeedRequest *asked = (const Spoina__V1__GetNeedRequest *)request;
    struct sp_app_worker *worker = call->worker;
    Spoina__V1__GetNeedResponse *answer = sp_arena_alloc(call->arena, sizeof *answer);
    if (answer == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    spoina__v1__get_need_response__init(answer);
    enum sp_status status =
        sp_needs_reader_get(worker->needs, asked->id, call->arena, &answer->need, err);
    if (status == SP_OK && asked->corrections) {
        status = sp_needs_reader_corrections(worker->needs, asked->id, call->arena,
                                             &answer->corrections, &answer->n_corrections, err);
    }
    if (status == SP_OK) {
        *response = &answer->base;
    }
    return status;
}

enum sp_status sp_handle_delete_need(struct sp_call *call, const ProtobufCMessage *request,
                                     ProtobufCMessage **response, struct sp_error *err)
{
    static const Spoina__V1__DeleteNeedResponse done = SPOINA__V1__DELETE_NEED_RESPONSE__INIT;
    struct sp_app_worker *worker = call->worker;
    enum sp_status status = sp_needs_delete(
        worker->app->needs, ((const Spoina__V1__DeleteNeedRequest *)request)->id, err);
    if (status == SP_OK) {
        *response = (ProtobufCMessage *)&done.base;
    }
    return status;
}

/** A new private draft, with an id of its own. */
static enum sp_status make_draft(struct sp_call *call, const Spoina__V1__SaveDraftRequest *asked,
                                 Spoina__V1__Draft *draft, Spoina__V1__Need *out,
                                 struct sp_error *err)
{
    struct sp_app_worker *worker = call->worker;
    int64_t number = 0;
    char day[11];
    enum sp_status status = sp_needs_next_number(worker->app->needs, &number, err);
    if (status != SP_OK) {
        return status;
    }
    sp_day_format(call->today, day);
    spoina__v1__need__init(out);
    out->id = sp_arena_printf(call->arena, "draft-%lld", (long long)number);
    out->kind = SPOINA__V1__NEED_KIND__NEED_KIND_DRAFT;
    out->draft = draft;
    out->source = asked->text[0] == '\0' ? (char *)"written" : (char *)"document";
    out->file_name = asked->file_name;
    out->imported_on = sp_arena_strdup(call->arena, day);
    out->text = asked->text;
    return out->id == NULL || out->imported_on == NULL ? SP_FAIL_NOMEM(err) : SP_OK;
}

/** Write the checked draft under @p asked->id, or under a new one. @param id  set */
static enum sp_status save(struct sp_call *call, const Spoina__V1__SaveDraftRequest *asked,
                           Spoina__V1__Draft *draft, const char **id, struct sp_error *err)
{
    struct sp_needs *store = ((struct sp_app_worker *)call->worker)->app->needs;
    struct sp_key_tools tools = tools_of(call);
    struct sp_need_keys keys;
    Spoina__V1__Need *need = NULL;
    Spoina__V1__Need made;
    enum sp_need_outcome outcome;
    enum sp_status status = SP_OK;
    bool is_new = asked->id[0] == '\0';
    *id = asked->id;
    if (is_new) {
        status = make_draft(call, asked, draft, &made, err);
        *id = made.id;
        need = &made;
    } else {
        status = sp_needs_reader_get(((struct sp_app_worker *)call->worker)->needs, asked->id,
                                     call->arena, &need, err);
    }
    if (status == SP_OK) {
        status = sp_need_keys(&tools, draft, need->kind, call->arena, &keys, err);
    }
    if (status == SP_OK) {
        status = sp_needs_begin(store, err);
    }
    if (status != SP_OK) {
        return status;
    }
    status = is_new ? sp_needs_put(store, need, &keys, &outcome, err)
                    : sp_needs_correct(store, asked->id, draft, &keys, call->today, err);
    if (status != SP_OK) {
        sp_needs_rollback(store);
        return status;
    }
    return sp_needs_commit(store, err);
}

enum sp_status sp_handle_save_draft(struct sp_call *call, const ProtobufCMessage *request,
                                    ProtobufCMessage **response, struct sp_error *err)
{
    const Spoina__V1__SaveDraftRequest *asked = (const Spoina__V1__SaveDraftRequest *)request;
    struct sp_app_worker *worker = call->worker;
    struct sp_draft_warnings warnings = {.arena = call->arena, .locale = call->language};
    Spoina__V1__Draft *draft = NULL;
    const char *id = NULL;
    Spoina__V1__SaveDraftResponse *answer = sp_arena_alloc(call->arena, sizeof *answer);
    if (answer == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    if (asked->draft == NULL) {
        return SP_FAIL(err, SP_INVALID, "draft", "Podaj opis zamówienia.", "Give a draft.");
    }
    spoina__v1__save_draft_response__init(answer);
    enum sp_status status = sp_draft_check(asked->draft, worker->app->vocabulary, SP_DRAFT_WRITTEN,
                                           call->arena, &warnings, &draft, err);
    if (status != SP_OK) {
        sp_error_prefix(err, "draft");
        return status;
    }
    status = save(call, asked, draft, &id, err);
    if (status == SP_OK) {
        status = sp_needs_reader_get(worker->needs, id, call->arena, &answer->need, err);
    }
    if (status == SP_OK) {
        *response = &answer->base;
    }
    return status;
}

enum sp_status sp_handle_find_needs(struct sp_call *call, const ProtobufCMessage *request,
                                    ProtobufCMessage **response, struct sp_error *err)
{
    struct sp_app_worker *worker = call->worker;
    struct sp_matching_call own;
    Spoina__V1__FindNeedsResponse *answer = NULL;
    sp_matching_call_begin(&own, call, FIND_LIMIT_MS);
    struct sp_finding_needs finding = {.matching = own.matching, .needs = worker->needs};
    enum sp_status status =
        sp_find_needs(&finding, (const Spoina__V1__FindNeedsRequest *)request, &answer, err);
    sp_matching_call_end(&own);
    if (status == SP_OK) {
        *response = &answer->base;
    }
    return status;
}
