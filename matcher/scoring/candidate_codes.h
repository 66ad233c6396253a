/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * How close a CPV code is to each need of a lot, worked out once for each code that is met.
 */
#ifndef SP_SCORING_CANDIDATE_CODES_H
#define SP_SCORING_CANDIDATE_CODES_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/status.h"
#include "matcher/scoring/need.h"

struct sp_candidate_codes {
    const struct sp_cpv_tree *tree;
    const struct sp_need *needs;
    size_t need_count;
    uint32_t *slots;    /* row + 1, or 0, by hash; slot_mask + 1 of them */
    uint32_t *numbers;  /* of each row: its code */
    uint16_t *permille; /* of each row: one a need */
    size_t slot_mask;
    size_t row_count;
};

/** Begin without rows. @param arena  holds them: room for every code of the tree
 *  @return SP_OK; SP_NOMEM */
SP_MUST_CHECK enum sp_status sp_candidate_codes_init(struct sp_candidate_codes *codes,
                                                     const struct sp_cpv_tree *tree,
                                                     const struct sp_need *needs, size_t need_count,
                                                     struct sp_arena *arena, struct sp_error *err);

/** The closeness of code @p number to each need, as sp_score_cpv() counts it, in permille; NULL
 *  when there is no such code. */
const uint16_t *sp_candidate_codes_row(struct sp_candidate_codes *codes, uint32_t number);

#endif
