/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * The potential of a need: how many social entities could offer for it, alone or in consortia
 * (matcher/advice/supply.h). This makes a purchasing plan the catalogue of what local governments
 * order that social entities could do.
 */
#ifndef SP_NEEDS_POTENTIAL_H
#define SP_NEEDS_POTENTIAL_H

#include "matcher/advice/advice.h"
#include "spoina/v1/needs.pb-c.h"

enum { SP_POTENTIAL_LOTS_MAX = 20 /* of one need; further lots are not counted */ };

/**
 * Count.
 *
 * @param draft  as it is kept
 * @param out    initialised and filled; its texts are in the arena of the matching
 * @return SP_OK; SP_INVALID, SP_LIMIT (the draft cannot be matched: the place names the field);
 *         SP_CANCELLED; SP_CORRUPT, SP_IO; SP_NOMEM
 */
SP_MUST_CHECK enum sp_status sp_need_potential(const struct sp_advising *advising,
                                               const Spoina__V1__Draft *draft,
                                               Spoina__V1__NeedPotential *out,
                                               struct sp_error *err);

#endif
