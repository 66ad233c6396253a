/* SPDX-License-Identifier: EUPL-1.2 */
/** @file A match as a person reads it: the need as understood, then per lot the ranked proposals.
 */
#ifndef SP_CLIENTS_CLI_MATCH_VIEW_H
#define SP_CLIENTS_CLI_MATCH_VIEW_H

#include "clients/cli/render.h"
#include "clients/cli/verbs.h"

/** Print a MatchTenderResponse. */
sp_cli_render_fn sp_cli_match_render;

/** Print a CompleteConsortiumResponse. */
sp_cli_render_fn sp_cli_complete_render;

/** Print one proposal of the lot @p lot_id of @p draft. */
void sp_cli_lot_proposal(const struct sp_cli_out *out, const Spoina__V1__Draft *draft,
                         const char *lot_id, const Spoina__V1__Proposal *proposal);

#endif
