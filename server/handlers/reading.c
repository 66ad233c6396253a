/* SPDX-License-Identifier: EUPL-1.2 */
/** @file ReadingService. */
#include "matcher/extraction/draft_from_file.h"
#include "server/handlers/app.h"
#include "server/handlers/methods.h"
#include "spoina/v1/reading.pb-c.h"

static const char *const SOURCES[] = {[SP_SOURCE_TED] = "TED",
                                      [SP_SOURCE_EFORMS] = "eForms",
                                      [SP_SOURCE_BZP] = "BZP",
                                      [SP_SOURCE_OCDS] = "OCDS",
                                      [SP_SOURCE_DOCUMENT] = "document"};

/** The bytes of the request, whichever way they came. */
static enum sp_status content_of(const Spoina__V1__ReadNeedRequest *request,
                                 struct sp_view *content, const char **file_name,
                                 struct sp_error *err)
{
    switch (request->need_case) {
    case SPOINA__V1__READ_NEED_REQUEST__NEED_NOTICE:
        *content =
            sp_view_from((const char *)request->notice->content.data, request->notice->content.len);
        *file_name = request->notice->file_name;
        return SP_OK;
    case SPOINA__V1__READ_NEED_REQUEST__NEED_TEXT:
        *content = sp_view_of(request->text);
        *file_name = "";
        return SP_OK;
    default:
        return SP_FAIL(err, SP_INVALID, "notice", "Podaj plik (notice) albo tekst (text).",
                       "Give a file (notice) or a text.");
    }
}

enum sp_status sp_handle_read_need(struct sp_call *call, const ProtobufCMessage *request,
                                   ProtobufCMessage **response, struct sp_error *err)
{
    struct sp_app_worker *worker = call->worker;
    const struct sp_app *app = worker->app;
    struct sp_extraction_tools tools = {worker->analyser, app->vocabulary, app->cues, app->rulebook,
                                        sp_view_of("")};
    struct sp_draft_warnings warnings = {.arena = call->arena, .locale = call->language};
    struct sp_tender_reading reading;
    struct sp_view content = {NULL, 0};
    const char *file_name = "";
    enum sp_status status =
        content_of((const Spoina__V1__ReadNeedRequest *)request, &content, &file_name, err);
    if (status == SP_OK) {
        status =
            sp_draft_from_file(&tools, content, file_name, call->arena, &warnings, &reading, err);
    }
    Spoina__V1__ReadNeedResponse *answer =
        status == SP_OK ? sp_arena_alloc(call->arena, sizeof *answer) : NULL;
    if (status == SP_OK && answer == NULL) {
        status = SP_FAIL_NOMEM(err);
    }
    if (status != SP_OK) {
        return status;
    }
    spoina__v1__read_need_response__init(answer);
    answer->text =
        reading.document.text.length == 0 ? answer->text : (char *)reading.document.text.data;
    answer->format = (char *)sp_document_format_name(reading.document.format);
    answer->source = (char *)SOURCES[reading.source];
    answer->draft = reading.draft;
    answer->warnings = warnings.items;
    answer->n_warnings = warnings.count;
    *response = &answer->base;
    return SP_OK;
}
