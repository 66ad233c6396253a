/* SPDX-License-Identifier: EUPL-1.2 */
/** @file MatchService. */
#include "matcher/proposal/complete_consortium.h"
#include "matcher/proposal/match_tender.h"
#include "matcher/proposal/replay_proposal.h"
#include "server/handlers/matching_call.h"
#include "server/handlers/methods.h"

enum sp_status sp_handle_match_tender(struct sp_call *call, const ProtobufCMessage *request,
                                      ProtobufCMessage **response, struct sp_error *err)
{
    const Spoina__V1__MatchTenderRequest *asked = (const Spoina__V1__MatchTenderRequest *)request;
    Spoina__V1__MatchTenderResponse *answer = NULL;
    struct sp_matching_call own;
    sp_matching_call_begin(&own, call, sp_search_limit_ms(asked));
    enum sp_status status = sp_match_tender(&own.matching, asked, NULL, NULL, &answer, err);
    sp_matching_call_end(&own);
    if (status == SP_OK) {
        *response = &answer->base;
    }
    return status;
}

static enum sp_status send_progress(void *context, const Spoina__V1__MatchProgress *progress,
                                    struct sp_error *err)
{
    return sp_call_send(context, &progress->base, err);
}

enum sp_status sp_handle_stream_match(struct sp_call *call, const ProtobufCMessage *request,
                                      ProtobufCMessage **response, struct sp_error *err)
{
    (void)response; /* streaming: messages go out as they are made */
    const Spoina__V1__MatchTenderRequest *asked = (const Spoina__V1__MatchTenderRequest *)request;
    Spoina__V1__MatchProgress last = SPOINA__V1__MATCH_PROGRESS__INIT;
    struct sp_matching_call own;
    sp_matching_call_begin(&own, call, sp_search_limit_ms(asked));
    enum sp_status status =
        sp_match_tender(&own.matching, asked, send_progress, call, &last.result, err);
    sp_matching_call_end(&own);
    if (status == SP_OK) {
        last.lots_total = (uint32_t)last.result->n_lots;
        last.lots_done = last.lots_total;
        status = sp_call_send(call, &last.base, err);
    }
    return status;
}

enum sp_status sp_handle_complete_consortium(struct sp_call *call, const ProtobufCMessage *request,
                                             ProtobufCMessage **response, struct sp_error *err)
{
    const Spoina__V1__CompleteConsortiumRequest *asked =
        (const Spoina__V1__CompleteConsortiumRequest *)request;
    Spoina__V1__CompleteConsortiumResponse *answer = NULL;
    struct sp_matching_call own;
    sp_matching_call_begin(&own, call, sp_search_limit_ms(asked->match));
    enum sp_status status = sp_complete_consortium(&own.matching, asked, &answer, err);
    sp_matching_call_end(&own);
    if (status == SP_OK) {
        *response = &answer->base;
    }
    return status;
}

enum sp_status sp_handle_replay_proposal(struct sp_call *call, const ProtobufCMessage *request,
                                         ProtobufCMessage **response, struct sp_error *err)
{
    Spoina__V1__ReplayProposalResponse *answer = NULL;
    struct sp_matching_call own;
    sp_matching_call_begin(&own, call, 0); /* nothing is searched */
    enum sp_status status = sp_replay_proposal(
        &own.matching, (const Spoina__V1__ReplayProposalRequest *)request, &answer, err);
    sp_matching_call_end(&own);
    if (status == SP_OK) {
        *response = &answer->base;
    }
    return status;
}
