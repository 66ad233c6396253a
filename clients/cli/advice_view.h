/* SPDX-License-Identifier: EUPL-1.2 */
/** @file Answers of AdviceService as a person reads them. */
#ifndef SP_CLIENTS_CLI_ADVICE_VIEW_H
#define SP_CLIENTS_CLI_ADVICE_VIEW_H

#include "clients/cli/verbs.h"

sp_cli_render_fn sp_cli_clauses_render, sp_cli_lots_render, sp_cli_why_not_render,
    sp_cli_what_if_render, sp_cli_subcontractors_render;

#endif
