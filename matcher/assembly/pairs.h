/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * What two candidates are to each other: distance of their seats, past cooperation, one contractor
 * twice. Only this folder includes it.
 */
#ifndef SP_ASSEMBLY_PAIRS_H
#define SP_ASSEMBLY_PAIRS_H

#include "matcher/assembly/assembly.h"

/**
 * Fill place and owes of @p candidates, and in the problem of @p assembly the friction table, the
 * cooperations and the conflicts.
 *
 * Seats are put on a grid of 0.02 degrees, doubled until at most SP_PLACES_MOST cells are used; a
 * distance is that between cells. A seat without coordinates is SP_SEAT_UNKNOWN_KM from everybody.
 * Advisers (OWES) that are not known count as one adviser.
 *
 * @param assembly  pool, options and candidates are set
 */
SP_MUST_CHECK enum sp_status sp_pairs_fill(struct sp_assembly *assembly,
                                           struct sp_contender *candidates, struct sp_arena *arena,
                                           struct sp_error *err);

enum { SP_PLACES_MOST = 400 };

#endif
