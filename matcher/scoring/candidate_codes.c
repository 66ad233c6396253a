/* SPDX-License-Identifier: EUPL-1.2 */
/** @file Closeness of codes, kept; see candidate_codes.h. */
#include "matcher/scoring/candidate_codes.h"

#include <stdio.h>

#include "matcher/scoring/parts.h"
#include "matcher/scoring/score_cpv.h"

enum { DIGITS_BYTES = 16 };

enum sp_status sp_candidate_codes_init(struct sp_candidate_codes *codes,
                                       const struct sp_cpv_tree *tree, const struct sp_need *needs,
                                       size_t need_count, struct sp_arena *arena,
                                       struct sp_error *err)
{
    size_t most = 0;
    size_t slots = 2;
    (void)sp_cpv_all(tree, &most);
    while (slots < 2 * most) {
        slots *= 2;
    }
    *codes = (struct sp_candidate_codes){
        .tree = tree,
        .needs = needs,
        .need_count = need_count,
        .slots = sp_arena_calloc(arena, slots, sizeof *codes->slots),
        .numbers = sp_arena_calloc(arena, most, sizeof *codes->numbers),
        .permille = sp_arena_calloc(arena, most * need_count, sizeof *codes->permille),
        .slot_mask = slots - 1,
    };
    bool failed = codes->slots == NULL || codes->numbers == NULL || codes->permille == NULL;
    return failed ? SP_FAIL_NOMEM(err) : SP_OK;
}

static const struct sp_cpv *find_code(const struct sp_cpv_tree *tree, uint32_t number)
{
    char digits[DIGITS_BYTES];
    int length = snprintf(digits, sizeof digits, "%08u", (unsigned)number);
    return sp_cpv_find(tree, sp_view_from(digits, (size_t)length));
}

const uint16_t *sp_candidate_codes_row(struct sp_candidate_codes *codes, uint32_t number)
{
    size_t slot = (number * 2654435761u >> 7) & codes->slot_mask; /* Knuth: golden ratio x 2^32 */
    for (; codes->slots[slot] != 0; slot = (slot + 1) & codes->slot_mask) {
        size_t row = codes->slots[slot] - 1;
        if (codes->numbers[row] == number) {
            return &codes->permille[row * codes->need_count];
        }
    }
    const struct sp_cpv *offered = find_code(codes->tree, number);
    if (offered == NULL) {
        return NULL; /* not kept, so that the rows are codes of the tree, which have room */
    }
    size_t row = codes->row_count++;
    codes->numbers[row] = number;
    codes->slots[slot] = (uint32_t)row + 1;
    for (size_t i = 0; i < codes->need_count; i++) {
        codes->permille[row * codes->need_count + i] =
            (uint16_t)sp_cpv_best_permille(codes->tree, &codes->needs[i], offered, NULL);
    }
    return &codes->permille[row * codes->need_count];
}
