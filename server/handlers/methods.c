/* SPDX-License-Identifier: EUPL-1.2 */
#include "server/handlers/methods.h"

#include "base/status.h"
#include "spoina/v1/advice.pb-c.h"
#include "spoina/v1/catalogue.pb-c.h"
#include "spoina/v1/language.pb-c.h"
#include "spoina/v1/match.pb-c.h"
#include "spoina/v1/needs.pb-c.h"
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
    {"/spoina.v1.NeedsService/ImportNotices", &spoina__v1__import_notices_request__descriptor,
     &spoina__v1__import_notices_response__descriptor, SP_METHOD_WRITE, NOTICE_BODY_BYTES,
     sp_handle_import_notices},
    {"/spoina.v1.NeedsService/ImportPlan", &spoina__v1__import_plan_request__descriptor,
     &spoina__v1__import_plan_response__descriptor, SP_METHOD_WRITE, NOTICE_BODY_BYTES,
     sp_handle_import_plan},
    {"/spoina.v1.NeedsService/ListNeeds", &spoina__v1__list_needs_request__descriptor,
     &spoina__v1__list_needs_response__descriptor, 0, SMALL_BODY_BYTES, sp_handle_list_needs},
    {"/spoina.v1.NeedsService/GetNeed", &spoina__v1__get_need_request__descriptor,
     &spoina__v1__get_need_response__descriptor, 0, SMALL_BODY_BYTES, sp_handle_get_need},
    {"/spoina.v1.NeedsService/DeleteNeed", &spoina__v1__delete_need_request__descriptor,
     &spoina__v1__delete_need_response__descriptor, SP_METHOD_WRITE, SMALL_BODY_BYTES,
     sp_handle_delete_need},
    {"/spoina.v1.NeedsService/SaveDraft", &spoina__v1__save_draft_request__descriptor,
     &spoina__v1__save_draft_response__descriptor, SP_METHOD_WRITE, NOTICE_BODY_BYTES,
     sp_handle_save_draft},
    {"/spoina.v1.NeedsService/AssessNeeds", &spoina__v1__assess_needs_request__descriptor,
     &spoina__v1__assess_needs_response__descriptor, SP_METHOD_WRITE, SMALL_BODY_BYTES,
     sp_handle_assess_needs},
    {"/spoina.v1.NeedsService/FindNeeds", &spoina__v1__find_needs_request__descriptor,
     &spoina__v1__find_needs_response__descriptor, 0, SMALL_BODY_BYTES, sp_handle_find_needs},
    {"/spoina.v1.NeedsService/SaveSearch", &spoina__v1__save_search_request__descriptor,
     &spoina__v1__save_search_response__descriptor, SP_METHOD_WRITE, SMALL_BODY_BYTES,
     sp_handle_save_search},
    {"/spoina.v1.NeedsService/DeleteSearch", &spoina__v1__delete_search_request__descriptor,
     &spoina__v1__delete_search_response__descriptor, SP_METHOD_WRITE, SMALL_BODY_BYTES,
     sp_handle_delete_search},
    {"/spoina.v1.NeedsService/ListSearches", &spoina__v1__list_searches_request__descriptor,
     &spoina__v1__list_searches_response__descriptor, 0, SMALL_BODY_BYTES, sp_handle_list_searches},
    {"/spoina.v1.NeedsService/ListArrivals", &spoina__v1__list_arrivals_request__descriptor,
     &spoina__v1__list_arrivals_response__descriptor, 0, SMALL_BODY_BYTES, sp_handle_list_arrivals},
};

const struct sp_method *sp_methods(size_t *count)
{
    *count = SP_COUNT(methods);
    return methods;
}
