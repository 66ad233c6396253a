/* SPDX-License-Identifier: EUPL-1.2 */
/** @file CatalogueService. */
#include <string.h>
#include <time.h>

#include "base/buffer.h"
#include "matcher/catalogue/checks.h"
#include "matcher/catalogue/export.h"
#include "matcher/catalogue/import.h"
#include "matcher/search/search.h"
#include "server/handlers/app.h"
#include "server/handlers/methods.h"

enum sp_status sp_handle_search_catalogue(struct sp_call *call, const ProtobufCMessage *request,
                                          ProtobufCMessage **response, struct sp_error *err)
{
    struct sp_app_worker *worker = call->worker;
    struct sp_index *index = sp_app_index(worker->app);
    struct sp_search_context context = {.index = index,
                                        .analyser = worker->analyser,
                                        .vocabulary = worker->app->vocabulary,
                                        .reader = worker->reader,
                                        .day = call->today,
                                        .locale = call->language,
                                        .arena = call->arena,
                                        .cancel = sp_call_cancel_flag(call)};
    Spoina__V1__SearchCatalogueResponse *answer = NULL;
    enum sp_status status =
        sp_search_run(&context, (const Spoina__V1__SearchCatalogueRequest *)request, &answer, err);
    sp_index_unref(index);
    if (status == SP_OK) {
        *response = &answer->base;
    }
    return status;
}

enum sp_status sp_handle_get_entity(struct sp_call *call, const ProtobufCMessage *request,
                                    ProtobufCMessage **response, struct sp_error *err)
{
    const Spoina__V1__GetEntityRequest *asked = (const Spoina__V1__GetEntityRequest *)request;
    struct sp_app_worker *worker = call->worker;
    if (asked->id[0] == '\0') {
        return SP_FAIL(err, SP_INVALID, "id", "Podaj identyfikator, NIP, KRS albo REGON podmiotu.",
                       "Give the id, NIP, KRS or REGON of an entity.");
    }
    Spoina__V1__GetEntityResponse *answer = sp_arena_alloc(call->arena, sizeof *answer);
    if (answer == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    spoina__v1__get_entity_response__init(answer);
    enum sp_status status = sp_reader_begin(worker->reader, &answer->catalogue_version, err);
    if (status == SP_OK) {
        status = sp_reader_find(worker->reader, asked->id, call->arena, &answer->entity, err);
        sp_reader_end(worker->reader);
    }
    if (status == SP_OK) {
        *response = &answer->base;
    }
    return status;
}

static int64_t now_unix_ms(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

enum sp_status sp_handle_import_entities(struct sp_call *call, const ProtobufCMessage *request,
                                         ProtobufCMessage **response, struct sp_error *err)
{
    const Spoina__V1__ImportEntitiesRequest *asked =
        (const Spoina__V1__ImportEntitiesRequest *)request;
    struct sp_app_worker *worker = call->worker;
    const char *source = asked->source[0] != '\0' ? asked->source : "import";
    struct sp_import_options options = {
        .content = sp_view_from((const char *)asked->content.data, asked->content.len),
        .format = asked->format,
        .dry_run = asked->dry_run != 0,
        .english = call->language == SP_EN,
        .source = source,
        .author = {.who = source, .at_unix_ms = now_unix_ms()}};
    Spoina__V1__ImportEntitiesResponse *answer = sp_arena_alloc(call->arena, sizeof *answer);
    if (answer == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    spoina__v1__import_entities_response__init(answer);
    enum sp_status status = sp_import_run(&options, worker->app->store, worker->app->vocabulary,
                                          call->arena, answer, err);
    if (status == SP_OK) {
        *response = &answer->base;
    }
    return status;
}

static enum sp_status send_pieces(struct sp_call *call, struct sp_export *job, struct sp_error *err)
{
    struct sp_buffer piece;
    /* A piece ends after the entity that passes its size. */
    sp_buffer_init(&piece, SP_EXPORT_PIECE_BYTES + 2 * (size_t)SP_ENTITY_MAX_BYTES);
    enum sp_status status = SP_OK;
    bool more = true;
    while (status == SP_OK && more) {
        Spoina__V1__ExportEntitiesResponse message = SPOINA__V1__EXPORT_ENTITIES_RESPONSE__INIT;
        sp_buffer_clear(&piece);
        status = sp_export_next(job, &piece, &more, err);
        if (status == SP_OK && piece.length > 0) {
            message.content.data = (uint8_t *)piece.data;
            message.content.len = piece.length;
            status = sp_call_send(call, &message.base, err);
        }
    }
    sp_buffer_release(&piece);
    return status;
}

enum sp_status sp_handle_export_entities(struct sp_call *call, const ProtobufCMessage *request,
                                         ProtobufCMessage **response, struct sp_error *err)
{
    (void)response; /* streaming: messages go out as they are made */
    const Spoina__V1__ExportEntitiesRequest *asked =
        (const Spoina__V1__ExportEntitiesRequest *)request;
    struct sp_app_worker *worker = call->worker;
    struct sp_export *job = NULL;
    enum sp_status status = sp_export_new(worker->reader, asked->format, &job, err);
    if (status == SP_OK) {
        status = send_pieces(call, job, err);
        sp_export_free(job);
    }
    return status;
}
