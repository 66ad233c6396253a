/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * One lot laid open: who is in question (pool) and under which terms (assembly). What every call
 * about a lot begins with.
 */
#ifndef SP_PROPOSAL_LOT_MATCHING_H
#define SP_PROPOSAL_LOT_MATCHING_H

#include "matcher/assembly/assembly.h"
#include "matcher/proposal/matching.h"
#include "matcher/scoring/pool.h"

struct sp_lot_matching {
    const struct sp_matching *matching;
    const struct sp_match_settings *settings;
    const Spoina__V1__Lot *lot;
    size_t index;
    struct sp_pool pool;
    struct sp_assembly assembly;
    struct sp_arena *arena;   /* of the lot: pool, assembly, teams; not of the answer */
    struct sp_arena *scratch; /* emptied after each proposal */
};

/**
 * Search, score, and put the problem of lot @p index together.
 *
 * @param keys   ids, NIP, KRS or REGON of entities that must be in the pool
 * @param found  @p key_count indices into the pool, in the order of @p keys; may be NULL without
 * any
 * @param out    arena, scratch, matching and settings are set by the caller
 * @return SP_OK; SP_NOT_FOUND (a key that the catalogue does not know: named); what sp_pool_build()
 *         and sp_assembly_make() return; the place begins with "draft.lots[i]" where it is a field
 */
SP_MUST_CHECK enum sp_status sp_lot_open(struct sp_lot_matching *out, size_t index,
                                         char *const *keys, size_t key_count, uint32_t *found,
                                         struct sp_error *err);

#endif
