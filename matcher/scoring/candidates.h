/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Which offers are worth scoring for a need: the best by words and the closest by code.
 *
 * Both lists come from the search index with its own exact scores; an offer that says it does not
 * serve the place counts for half in them, so that a large country does not crowd out the region.
 */
#ifndef SP_SCORING_CANDIDATES_H
#define SP_SCORING_CANDIDATES_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/status.h"
#include "matcher/scoring/need.h"
#include "matcher/scoring/parts.h"
#include "matcher/search/index.h"

enum {
    /* Offers of a requirement. A code that speaks is always worth a look; of offers that only share
     * words, those after the first few hundred seldom do. Measured on the fictional region
     * (benchmarks/lot): with 200 of each, 2,000 entities gave a quarter to three quarters fewer
     * possible members than without a limit, with these a tenth to a third fewer, at half the time
     * of no limit. */
    SP_CANDIDATES_BY_TEXT = 1000,
    SP_CANDIDATES_BY_CPV = 4000,
    SP_CANDIDATES_CLOSENESS_MIN = SP_CPV_MIN_PERMILLE /* a code farther off does not speak */
};

struct sp_candidates {
    const uint32_t *documents; /* of the index, by entity number, then offer; each once */
    size_t count;
    bool cut; /* there are more than were taken */
};

/**
 * Find the candidates of @p need.
 *
 * @param arena   holds the list
 * @param cancel  may be NULL
 * @return SP_OK; SP_CANCELLED; SP_NOMEM
 */
SP_MUST_CHECK enum sp_status sp_candidates_find(const struct sp_index *index,
                                                const struct sp_vocabulary *vocabulary,
                                                const struct sp_need *need,
                                                const atomic_bool *cancel, struct sp_arena *arena,
                                                struct sp_candidates *out, struct sp_error *err);

/** Count the offers whose main code lies in the CPV division of the need's main code. */
SP_MUST_CHECK enum sp_status sp_candidates_in_division(const struct sp_index *index,
                                                       const struct sp_need *need,
                                                       const atomic_bool *cancel,
                                                       struct sp_arena *arena, uint32_t *count,
                                                       struct sp_error *err);

#endif
