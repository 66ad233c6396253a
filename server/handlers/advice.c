/* SPDX-License-Identifier: EUPL-1.2 */
/** @file AdviceService. */
#include "matcher/advice/advice.h"

#include "server/handlers/app.h"
#include "server/handlers/matching_call.h"
#include "server/handlers/methods.h"

/** A call of advice under way: a matching with the ready wording. */
struct advice_call {
    struct sp_matching_call matching;
    struct sp_advising advising;
};

static void begin(struct advice_call *own, struct sp_call *call)
{
    const struct sp_app_worker *worker = call->worker;
    sp_matching_call_begin(&own->matching, call, 0); /* searches end by steps, not by the clock */
    own->advising =
        (struct sp_advising){.matching = own->matching.matching, .wordings = worker->app->wordings};
    own->advising.matching.stop = NULL;
}

static enum sp_status end(struct advice_call *own, enum sp_status status,
                          const ProtobufCMessage *answer, ProtobufCMessage **response)
{
    sp_matching_call_end(&own->matching);
    if (status == SP_OK) {
        *response = (ProtobufCMessage *)answer;
    }
    return status;
}

enum sp_status sp_handle_advise_clauses(struct sp_call *call, const ProtobufCMessage *request,
                                        ProtobufCMessage **response, struct sp_error *err)
{
    struct advice_call own;
    Spoina__V1__AdviseClausesResponse *answer = NULL;
    begin(&own, call);
    enum sp_status status = sp_advise_clauses(
        &own.advising, (const Spoina__V1__AdviseClausesRequest *)request, &answer, err);
    return end(&own, status, (const ProtobufCMessage *)answer, response);
}

enum sp_status sp_handle_advise_lots(struct sp_call *call, const ProtobufCMessage *request,
                                     ProtobufCMessage **response, struct sp_error *err)
{
    struct advice_call own;
    Spoina__V1__AdviseLotsResponse *answer = NULL;
    begin(&own, call);
    enum sp_status status =
        sp_advise_lots(&own.advising, (const Spoina__V1__AdviseLotsRequest *)request, &answer, err);
    return end(&own, status, (const ProtobufCMessage *)answer, response);
}

enum sp_status sp_handle_explain_absence(struct sp_call *call, const ProtobufCMessage *request,
                                         ProtobufCMessage **response, struct sp_error *err)
{
    struct advice_call own;
    Spoina__V1__ExplainAbsenceResponse *answer = NULL;
    begin(&own, call);
    enum sp_status status = sp_explain_absence(
        &own.advising, (const Spoina__V1__ExplainAbsenceRequest *)request, &answer, err);
    return end(&own, status, (const ProtobufCMessage *)answer, response);
}

enum sp_status sp_handle_what_if(struct sp_call *call, const ProtobufCMessage *request,
                                 ProtobufCMessage **response, struct sp_error *err)
{
    struct advice_call own;
    Spoina__V1__WhatIfResponse *answer = NULL;
    begin(&own, call);
    enum sp_status status =
        sp_what_if(&own.advising, (const Spoina__V1__WhatIfRequest *)request, &answer, err);
    return end(&own, status, (const ProtobufCMessage *)answer, response);
}

enum sp_status sp_handle_find_subcontractors(struct sp_call *call, const ProtobufCMessage *request,
                                             ProtobufCMessage **response, struct sp_error *err)
{
    struct advice_call own;
    Spoina__V1__FindSubcontractorsResponse *answer = NULL;
    begin(&own, call);
    enum sp_status status = sp_find_subcontractors(
        &own.advising, (const Spoina__V1__FindSubcontractorsRequest *)request, &answer, err);
    return end(&own, status, (const ProtobufCMessage *)answer, response);
}
