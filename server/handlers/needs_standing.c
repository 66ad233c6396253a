/* SPDX-License-Identifier: EUPL-1.2 */
/** @file NeedsService: searches that wait for what arrives. */
#include "server/handlers/app.h"
#include "server/handlers/methods.h"

enum { ARRIVALS_DEFAULT = 50, ARRIVALS_MAX = 200 };

/** The question of a search in terms of keys. */
static enum sp_status read_question(struct sp_call *call, const Spoina__V1__StandingSearch *search,
                                    struct sp_need_query *query, struct sp_error *err)
{
    struct sp_app_worker *worker = call->worker;
    struct sp_key_tools tools = {worker->analyser, worker->app->vocabulary};
    Spoina__V1__Entity *entity = NULL;
    enum sp_status status = SP_OK;
    switch (search->question_case) {
    case SPOINA__V1__STANDING_SEARCH__QUESTION_FILTER:
        if (search->filter->kind == SPOINA__V1__NEED_KIND__NEED_KIND_DRAFT) {
            return SP_FAIL(err, SP_INVALID, "search.filter.kind",
                           "Robocze opisy są prywatne: nie można na nie czekać.",
                           "Drafts are private: nobody can wait for them.");
        }
        status = sp_need_query_read(&tools, search->filter, call->arena, NULL, query, err);
        if (status != SP_OK) {
            sp_error_prefix(err, "search.filter");
        }
        return status;
    case SPOINA__V1__STANDING_SEARCH__QUESTION_ENTITY:
        status = sp_reader_find(worker->reader, search->entity, call->arena, &entity, err);
        if (status == SP_OK) {
            status = sp_need_query_for(&tools, entity, call->arena, query, err);
        }
        if (status != SP_OK) {
            sp_error_prefix(err, "search");
        }
        return status;
    default:
        return SP_FAIL(err, SP_INVALID, "search", "Podaj filtr (filter) albo podmiot (entity).",
                       "Give a filter or an entity.");
    }
}

static enum sp_status settle_id(struct sp_call *call, Spoina__V1__StandingSearch *search,
                                struct sp_error *err)
{
    struct sp_app_worker *worker = call->worker;
    int64_t number = 0;
    char day[11];
    sp_day_format(call->today, day);
    search->saved_on = sp_arena_strdup(call->arena, day);
    if (search->saved_on == NULL || search->id[0] != '\0') {
        return search->saved_on == NULL ? SP_FAIL_NOMEM(err) : SP_OK;
    }
    enum sp_status status = sp_needs_next_number(worker->app->needs, &number, err);
    if (status == SP_OK) {
        search->id = sp_arena_printf(call->arena, "search-%lld", (long long)number);
        status = search->id == NULL ? SP_FAIL_NOMEM(err) : SP_OK;
    }
    return status;
}

enum sp_status sp_handle_save_search(struct sp_call *call, const ProtobufCMessage *request,
                                     ProtobufCMessage **response, struct sp_error *err)
{
    const Spoina__V1__SaveSearchRequest *asked = (const Spoina__V1__SaveSearchRequest *)request;
    struct sp_app_worker *worker = call->worker;
    struct sp_need_query query;
    Spoina__V1__SaveSearchResponse *answer = sp_arena_alloc(call->arena, sizeof *answer);
    Spoina__V1__StandingSearch *search = sp_arena_alloc(call->arena, sizeof *search);
    if (answer == NULL || search == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    if (asked->search == NULL) {
        return SP_FAIL(err, SP_INVALID, "search", "Podaj wyszukiwanie.", "Give a search.");
    }
    spoina__v1__save_search_response__init(answer);
    *search = *asked->search;
    enum sp_status status = read_question(call, search, &query, err);
    if (status == SP_OK && strlen(search->id) > SP_NEED_ID_MAX_BYTES) {
        status = SP_FAIL(err, SP_INVALID, "search.id", "Identyfikator jest za długi.",
                         "The id is too long.");
    }
    if (status == SP_OK) {
        status = settle_id(call, search, err);
    }
    if (status == SP_OK) {
        status = sp_needs_save_search(worker->app->needs, search, &query, err);
    }
    if (status == SP_OK) {
        answer->search = search;
        *response = &answer->base;
    }
    return status;
}

enum sp_status sp_handle_delete_search(struct sp_call *call, const ProtobufCMessage *request,
                                       ProtobufCMessage **response, struct sp_error *err)
{
    static const Spoina__V1__DeleteSearchResponse done = SPOINA__V1__DELETE_SEARCH_RESPONSE__INIT;
    struct sp_app_worker *worker = call->worker;
    enum sp_status status = sp_needs_delete_search(
        worker->app->needs, ((const Spoina__V1__DeleteSearchRequest *)request)->id, err);
    if (status == SP_OK) {
        *response = (ProtobufCMessage *)&done.base;
    }
    return status;
}

enum sp_status sp_handle_list_searches(struct sp_call *call, const ProtobufCMessage *request,
                                       ProtobufCMessage **response, struct sp_error *err)
{
    (void)request;
    struct sp_app_worker *worker = call->worker;
    Spoina__V1__ListSearchesResponse *answer = sp_arena_alloc(call->arena, sizeof *answer);
    if (answer == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    spoina__v1__list_searches_response__init(answer);
    enum sp_status status = sp_needs_reader_searches(worker->needs, call->arena, &answer->searches,
                                                     &answer->n_searches, err);
    if (status == SP_OK) {
        *response = &answer->base;
    }
    return status;
}

enum sp_status sp_handle_list_arrivals(struct sp_call *call, const ProtobufCMessage *request,
                                       ProtobufCMessage **response, struct sp_error *err)
{
    const Spoina__V1__ListArrivalsRequest *asked = (const Spoina__V1__ListArrivalsRequest *)request;
    struct sp_app_worker *worker = call->worker;
    uint32_t limit = asked->limit == 0 ? ARRIVALS_DEFAULT : asked->limit;
    if (limit > ARRIVALS_MAX) {
        return SP_FAIL(err, SP_INVALID, "limit", "Najwyżej %d naraz.", "At most %d at once.",
                       ARRIVALS_MAX);
    }
    Spoina__V1__ListArrivalsResponse *answer = sp_arena_alloc(call->arena, sizeof *answer);
    if (answer == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    spoina__v1__list_arrivals_response__init(answer);
    enum sp_status status =
        sp_needs_reader_arrivals(worker->needs, asked->search_id, limit, call->arena,
                                 &answer->arrivals, &answer->n_arrivals, err);
    if (status == SP_OK) {
        *response = &answer->base;
    }
    return status;
}
