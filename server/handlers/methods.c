/* SPDX-License-Identifier: EUPL-1.2 */
#include "server/handlers/methods.h"

#include "base/status.h"
#include "spoina/v1/advice.pb-c.h"
#include "spoina/v1/catalogue.pb-c.h"
#include "spoina/v1/language.pb-c.h"
#include "spoina/v1/match.pb-c.h"
#include "spoina/v1/reading.pb-c.h"
#include "spoina/v1/suggest.pb-c.h"

enum {
    SMALL_BODY_BYTES = 64 << 10,  /* a query or an id */
    TEXT_BODY_BYTES = 4 << 20,    /* a text to analyse */
    NOTICE_BODY_BYTES = 72 << 20, /* a 50 MB document (SP_DOCUMENT_MAX_BYTES), base64 in JSON */
    FILE_BODY_BYTES = 96 << 20    /* a 64 MB file to import, base64 in JSON */
};

static const struct sp_method methods[] = {
    {"/spoina.v1.CatalogueService/SearchCatalogue",
     &spoina__v1__search_catalogue_request__descriptor,
     &spoina__v1__search_catalogue_response__descriptor, SP_METHOD_GET, SMALL_BODY_BYTES,
     sp_handle_search_catalogue},
    {"/spoina.v1.CatalogueService/GetEntity", &spoina__v1__get_entity_request__descriptor,
     &spoina__v1__get_entity_response__descriptor, 0, SMALL_BODY_BYTES, sp_handle_get_entity},
    {"/spoina.v1.CatalogueService/ImportEntities", &spoina__v1__import_entities_request__descriptor,
     &spoina__v1__import_entities_response__descriptor, SP_METHOD_WRITE, FILE_BODY_BYTES,
     sp_handle_import_entities},
    {"/spoina.v1.CatalogueService/ExportEntities", &spoina__v1__export_entities_request__descriptor,
     &spoina__v1__export_entities_response__descriptor, SP_METHOD_STREAM, SMALL_BODY_BYTES,
     sp_handle_export_entities},
    {"/spoina.v1.LanguageService/AnalyseText", &spoina__v1__analyse_text_request__descriptor,
     &spoina__v1__analyse_text_response__descriptor, 0, TEXT_BODY_BYTES, sp_handle_analyse_text},
    {"/spoina.v1.MatchService/MatchTender", &spoina__v1__match_tender_request__descriptor,
     &spoina__v1__match_tender_response__descriptor, 0, NOTICE_BODY_BYTES, sp_handle_match_tender},
    {"/spoina.v1.MatchService/StreamMatch", &spoina__v1__match_tender_request__descriptor,
     &spoina__v1__match_progress__descriptor, SP_METHOD_STREAM, NOTICE_BODY_BYTES,
     sp_handle_stream_match},
    {"/spoina.v1.MatchService/CompleteConsortium",
     &spoina__v1__complete_consortium_request__descriptor,
     &spoina__v1__complete_consortium_response__descriptor, 0, NOTICE_BODY_BYTES,
     sp_handle_complete_consortium},
    {"/spoina.v1.MatchService/ReplayProposal", &spoina__v1__replay_proposal_request__descriptor,
     &spoina__v1__replay_proposal_response__descriptor, 0, NOTICE_BODY_BYTES,
     sp_handle_replay_proposal},
    {"/spoina.v1.AdviceService/AdviseClauses", &spoina__v1__advise_clauses_request__descriptor,
     &spoina__v1__advise_clauses_response__descriptor, 0, NOTICE_BODY_BYTES,
     sp_handle_advise_clauses},
    {"/spoina.v1.AdviceService/AdviseLots", &spoina__v1__advise_lots_request__descriptor,
     &spoina__v1__advise_lots_response__descriptor, 0, NOTICE_BODY_BYTES, sp_handle_advise_lots},
    {"/spoina.v1.AdviceService/ExplainAbsence", &spoina__v1__explain_absence_request__descriptor,
     &spoina__v1__explain_absence_response__descriptor, 0, NOTICE_BODY_BYTES,
     sp_handle_explain_absence},
    {"/spoina.v1.AdviceService/WhatIf", &spoina__v1__what_if_request__descriptor,
     &spoina__v1__what_if_response__descriptor, 0, NOTICE_BODY_BYTES, sp_handle_what_if},
    {"/spoina.v1.AdviceService/FindSubcontractors",
     &spoina__v1__find_subcontractors_request__descriptor,
     &spoina__v1__find_subcontractors_response__descriptor, 0, NOTICE_BODY_BYTES,
     sp_handle_find_subcontractors},
    {"/spoina.v1.ReadingService/ReadNeed", &spoina__v1__read_need_request__descriptor,
     &spoina__v1__read_need_response__descriptor, 0, NOTICE_BODY_BYTES, sp_handle_read_need},
    {"/spoina.v1.SuggestService/SuggestCpv", &spoina__v1__suggest_cpv_request__descriptor,
     &spoina__v1__suggest_cpv_response__descriptor, 0, NOTICE_BODY_BYTES, sp_handle_suggest_cpv},
};

const struct sp_method *sp_methods(size_t *count)
{
    *count = SP_COUNT(methods);
    return methods;
}
