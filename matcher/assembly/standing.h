/* SPDX-License-Identifier: EUPL-1.2 */
/** @file One pool entity under the terms of a lot. Only this folder includes it. */
#ifndef SP_ASSEMBLY_STANDING_H
#define SP_ASSEMBLY_STANDING_H

#include "matcher/assembly/assembly.h"

/**
 * Rule on entity @p index of the pool as a single bidder and work out what it could perform.
 *
 * @param assembly  pool, book, options, terms and problem.demand are set
 * @param scratch   emptied
 * @param arena     holds the lists of @p out; candidate is left SP_NO_CANDIDATE
 */
SP_MUST_CHECK enum sp_status sp_standing_make(const struct sp_assembly *assembly, size_t index,
                                              struct sp_arena *scratch, struct sp_arena *arena,
                                              struct sp_standing *out, struct sp_error *err);

/** True if a decision counts as met: MET, or UNKNOWN unless only what is certain counts. */
bool sp_counts_as_met(const struct sp_assembly *assembly, enum sp_decision decision);

/** True if the entity can perform requirement @p j: place, capacity and licences. */
bool sp_can_perform(const struct sp_standing *standing, size_t j);

/** True if it can perform one of @p requirements (0: any). */
bool sp_can_perform_any(const struct sp_assembly *assembly, const struct sp_standing *standing,
                        uint32_t requirements);

/** The bidder that the rules see when @p entity performs @p performs (bits) with its unit.
 *  @param stated  filled; must live as long as the bidder */
struct sp_bidder sp_standing_bidder(const struct sp_assembly *assembly, size_t entity,
                                    const char *unit_id, uint32_t performs,
                                    struct sp_statement *stated);

/** The unit that performs the offer of the entity's fit for requirement @p j; "": itself. */
const char *sp_fit_unit(const struct sp_pool_entity *entity, size_t j);

/** True if requirements @p j and @p k draw on the same capacity: one offer, one kind of unit, both
 *  declared. */
bool sp_shares_capacity(const struct sp_pool *pool, const struct sp_pool_entity *entity, size_t j,
                        size_t k);

/** What part of the offer's free capacity all of requirement @p j takes; > 0. Only where it is
 *  declared and not nothing. */
double sp_capacity_taken(const struct sp_pool *pool, const struct sp_pool_entity *entity, size_t j);

#endif
