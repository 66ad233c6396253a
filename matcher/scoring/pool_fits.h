/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * One entity against all needs of a pool, in two steps: what texts and codes say, which takes an
 * analysis and is kept, and the fits, which are numbers. Only this folder includes it.
 */
#ifndef SP_SCORING_POOL_FITS_H
#define SP_SCORING_POOL_FITS_H

#include "matcher/scoring/pool.h"

/**
 * Read the words of some offers of @p entity.
 *
 * @param indices  @p count of them: into entity->offers, or SP_OFFER_PROFILE
 * @param scratch  holds the analysed texts until the end of the call
 * @param arena    holds what is found
 * @param out      entity, offers and offer_count are set
 * @return SP_OK; SP_NOMEM; SP_INVALID (not UTF-8)
 */
SP_MUST_CHECK enum sp_status sp_pool_read_words(const struct sp_match_context *context,
                                                const struct sp_pool *pool,
                                                const Spoina__V1__Entity *entity,
                                                const int32_t *indices, size_t count,
                                                struct sp_arena *scratch, struct sp_arena *arena,
                                                struct sp_pool_entity *out, struct sp_error *err);

/** Tell whether any offer's words or codes speak for any need of the pool. */
bool sp_pool_words_speak(const struct sp_pool *pool, const struct sp_pool_entity *entity);

/** Choose the best offer for each need from the words; sets fits, score, covered and tie.
 *  @return SP_OK; SP_NOMEM */
SP_MUST_CHECK enum sp_status sp_pool_choose_fits(const struct sp_match_context *context,
                                                 const struct sp_pool *pool, struct sp_arena *arena,
                                                 struct sp_pool_entity *entity,
                                                 struct sp_error *err);

#endif
