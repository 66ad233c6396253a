/* SPDX-License-Identifier: EUPL-1.2 */
/** @file Which documents of the index a pool takes. Only this folder includes it. */
#ifndef SP_SCORING_POOL_LIST_H
#define SP_SCORING_POOL_LIST_H

#include "matcher/scoring/candidates.h"
#include "matcher/scoring/pool.h"

struct sp_pool_document {
    uint32_t entity_number;
    int32_t offer_index; /* SP_OFFER_PROFILE comes last */
    uint32_t document;   /* of the index */
};

struct sp_pool_documents {
    struct sp_pool_document *items; /* by entity, then offer */
    size_t count;
    bool cut; /* more entities are relevant than were asked for */
};

/**
 * List all documents of the relevant entities.
 *
 * @param most   entities; of more, those stay whose words say most to all needs together, with half
 *               the weight where no offer serves the place, so that a country does not crowd out
 *               the region; ties by a hash of the entity's key and the catalogue version
 * @param arena  holds the list
 * @return SP_OK; SP_NOMEM
 */
SP_MUST_CHECK enum sp_status sp_pool_list_documents(const struct sp_pool *pool,
                                                    const struct sp_candidates *candidates,
                                                    size_t most, struct sp_arena *arena,
                                                    struct sp_pool_documents *out,
                                                    struct sp_error *err);

#endif
