/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * From scored offers to a ranking of entities for one lot.
 *
 * An entity answers each requirement with its best offer; its score is the mean over all
 * requirements of the lot, an uncovered one counting 0. Equal scores are ordered by how many
 * requirements are covered, then by a hash of need, catalogue version and offer: never by name, id
 * or age.
 */
#ifndef SP_SCORING_RANK_H
#define SP_SCORING_RANK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/status.h"

/** An offer that may answer one requirement. */
struct sp_fit {
    uint32_t entity_number;
    uint32_t requirement; /* index in the lot */
    uint32_t document;    /* of the search index */
    uint32_t score;       /* 0..1000 */
    bool served;          /* the place of the need is in the offer's area, at least in part */
    uint64_t tie;         /* sp_tie_key() */
};

/** Fits that grow in an arena. */
struct sp_fit_list {
    struct sp_fit *items;
    size_t count;
    size_t capacity;
};

/** An entity with its fits, in a sorted list. */
struct sp_ranked {
    const struct sp_fit *fits; /* the best of each requirement that it covers, in their order */
    size_t fit_count;          /* >= 1 */
    uint32_t score;            /* 0..1000 */
    uint64_t tie;
};

/** Mix need, catalogue version and offer into an order that favours nobody. */
uint64_t sp_tie_key(uint64_t need_hash, uint64_t catalogue_version, uint64_t offer_key);

/** Add a fit. @return SP_OK; SP_NOMEM */
SP_MUST_CHECK enum sp_status sp_fit_add(struct sp_fit_list *list, const struct sp_fit *fit,
                                        struct sp_arena *arena, struct sp_error *err);

/**
 * Rank the entities of @p list, which is re-ordered and shortened to the best fits.
 *
 * @param requirement_count  of the lot, >= 1
 * @param out    in @p arena, best first
 * @return SP_OK; SP_NOMEM
 */
SP_MUST_CHECK enum sp_status sp_rank(struct sp_fit_list *list, size_t requirement_count,
                                     struct sp_arena *arena, struct sp_ranked **out, size_t *count,
                                     struct sp_error *err);

#endif
