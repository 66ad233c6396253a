/* SPDX-License-Identifier: EUPL-1.2 */
/** @file MatchService. */
#include "matcher/scoring/match.h"

#include "server/handlers/app.h"
#include "server/handlers/methods.h"

enum sp_status sp_handle_match_tender(struct sp_call *call, const ProtobufCMessage *request,
                                      ProtobufCMessage **response, struct sp_error *err)
{
    struct sp_app_worker *worker = call->worker;
    struct sp_index *index = sp_app_index(worker->app);
    struct sp_match_context context = {.index = index,
                                       .reader = worker->reader,
                                       .analyser = worker->analyser,
                                       .vocabulary = worker->app->vocabulary,
                                       .arena = call->arena,
                                       .today = call->today,
                                       .locale = call->language,
                                       .cancel = sp_call_cancel_flag(call)};
    Spoina__V1__MatchTenderResponse *answer = NULL;
    enum sp_status status =
        sp_match_tender(&context, (const Spoina__V1__MatchTenderRequest *)request, &answer, err);
    sp_index_unref(index);
    if (status == SP_OK) {
        *response = &answer->base;
    }
    return status;
}
