/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * The exchange format of a problem: whitespace-separated integers, for tests and for comparison
 * with other solvers.
 *
 *     m T M L U every kappa
 *     D_j licence_j                              m pairs; licence -1: none needed
 *     nsum  A_k sign_k ref_k                     nsum triples
 *     nbit np owes_pen nocoop_pen coop_div
 *     base                                       np x np
 *     N
 *     place owes H status licences conditions att_1..att_nsum c (j cap w) x c     N times
 *     ncoop  a b ...
 *     nconf  a b ...
 */
#ifndef SP_CONSORTIUM_EXCHANGE_H
#define SP_CONSORTIUM_EXCHANGE_H

#include "base/arena.h"
#include "base/view.h"
#include "matcher/consortium/problem.h"

/**
 * Read a problem.
 *
 * @param text   the whole file
 * @param arena  holds what @p out points to
 * @return SP_OK; SP_INVALID (place is "line N"); SP_NOMEM (the arena is full)
 */
enum sp_status sp_exchange_read(struct sp_view text, struct sp_arena *arena, struct sp_problem *out,
                                struct sp_error *err);

#endif
