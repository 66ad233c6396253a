/* SPDX-License-Identifier: EUPL-1.2 */
/** @file A match as a person reads it: the need as understood, then per lot the ranked proposals.
 */
#ifndef SP_CLIENTS_CLI_MATCH_VIEW_H
#define SP_CLIENTS_CLI_MATCH_VIEW_H

#include "clients/cli/verbs.h"

/** Print a MatchTenderResponse. */
sp_cli_render_fn sp_cli_match_render;

/** Print a CompleteConsortiumResponse. */
sp_cli_render_fn sp_cli_complete_render;

#endif
