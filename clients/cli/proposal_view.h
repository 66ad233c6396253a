/* SPDX-License-Identifier: EUPL-1.2 */
/** @file A consortium as a person reads it: who, who does what, verdicts, necessity, gaps. */
#ifndef SP_CLIENTS_CLI_PROPOSAL_VIEW_H
#define SP_CLIENTS_CLI_PROPOSAL_VIEW_H

#include "clients/cli/render.h"

/** Print one consortium: without out->full only what is not plainly met in full. @param lot  for
 * the texts of the requirements; may be NULL */
void sp_cli_consortium(const struct sp_cli_out *out, const Spoina__V1__Lot *lot,
                       const Spoina__V1__Proposal *proposal);

/** Print on one line how much is performed and how the conditions stand. */
void sp_cli_digest(const struct sp_cli_out *out, const Spoina__V1__Proposal *proposal);

/** Print what is missing, each with what would mend it. */
void sp_cli_gaps(const struct sp_cli_out *out, const Spoina__V1__Proposal *proposal);

/** Text of the requirement @p id, or @p id if it has none. */
const char *sp_cli_requirement(const Spoina__V1__Lot *lot, const char *id);

#endif
