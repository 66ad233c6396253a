/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Every remote procedure of spoina, as one table.
 */
#ifndef SP_HANDLERS_METHODS_H
#define SP_HANDLERS_METHODS_H

#include <stddef.h>

#include "server/connect/call.h"

/** The table; static. sp_call.worker is a struct sp_app_worker (app.h). */
const struct sp_method *sp_methods(size_t *count);

/* The handlers, by service; contracts in proto/spoina/v1. */
sp_method_fn sp_handle_search_catalogue;
sp_method_fn sp_handle_get_entity;
sp_method_fn sp_handle_import_entities;
sp_method_fn sp_handle_export_entities;
sp_method_fn sp_handle_analyse_text;
sp_method_fn sp_handle_match_tender;
sp_method_fn sp_handle_stream_match;
sp_method_fn sp_handle_complete_consortium;
sp_method_fn sp_handle_replay_proposal;
sp_method_fn sp_handle_advise_clauses;
sp_method_fn sp_handle_advise_lots;
sp_method_fn sp_handle_explain_absence;
sp_method_fn sp_handle_what_if;
sp_method_fn sp_handle_find_subcontractors;
sp_method_fn sp_handle_read_need;
sp_method_fn sp_handle_suggest_cpv;
sp_method_fn sp_handle_import_notices;
sp_method_fn sp_handle_import_plan;
sp_method_fn sp_handle_list_needs;
sp_method_fn sp_handle_get_need;
sp_method_fn sp_handle_delete_need;
sp_method_fn sp_handle_save_draft;
sp_method_fn sp_handle_assess_needs;
sp_method_fn sp_handle_find_needs;
sp_method_fn sp_handle_save_search;
sp_method_fn sp_handle_delete_search;
sp_method_fn sp_handle_list_searches;
sp_method_fn sp_handle_list_arrivals;

#endif
