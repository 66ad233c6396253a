/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Standing questions turned round: which of many stored questions does one arriving need answer?
 *
 * Each question is posted under the patterns of one of its groups only, that whose patterns are
 * rarest among all questions. A need that answers the question has a key in that group, so looking
 * up the keys of the need (and the beginnings of its codes and places) finds every question it can
 * answer; each of those is then asked in full. So the outcome is that of asking all of them one by
 * one, and a need touches those few that share something rare with it.
 *
 * Immutable once made: add, then finish, then ask from any thread with a scratch of its own.
 */
#ifndef SP_NEEDS_PERCOLATOR_H
#define SP_NEEDS_PERCOLATOR_H

#include <stdint.h>

#include "matcher/needs/need_query.h"

enum { SP_PERCOLATOR_MAX_BYTES = 1 << 30 }; /* a million questions take some 300 MB */

struct sp_percolator;

/** Create an empty one. @return SP_OK; SP_NOMEM */
SP_MUST_CHECK enum sp_status sp_percolator_new(struct sp_percolator **out, struct sp_error *err);
void sp_percolator_free(struct sp_percolator *percolator); /* NULL is accepted */

/** Add a question, which is copied. @param id  what sp_percolator_ask() tells
 *  @return SP_OK; SP_LIMIT; SP_NOMEM */
SP_MUST_CHECK enum sp_status sp_percolator_add(struct sp_percolator *percolator, int64_t id,
                                               const struct sp_need_query *query,
                                               struct sp_error *err);

/** Make it ready to be asked. @return SP_OK; SP_NOMEM */
SP_MUST_CHECK enum sp_status sp_percolator_finish(struct sp_percolator *percolator,
                                                  struct sp_error *err);

size_t sp_percolator_count(const struct sp_percolator *percolator);

/** Told of a question that is answered. Anything but SP_OK ends it and becomes the result. */
typedef enum sp_status sp_percolated_fn(void *context, int64_t id, struct sp_error *err);

/**
 * Tell the questions that a need answers, each once, in the order in which they were added.
 *
 * @param keys   of the need, settled
 * @param arena  scratch
 * @param asked  may be NULL; how many questions were asked in full
 */
SP_MUST_CHECK enum sp_status sp_percolator_ask(const struct sp_percolator *percolator,
                                               const struct sp_need_keys *keys, sp_day open_until,
                                               struct sp_arena *arena, sp_percolated_fn *take,
                                               void *context, size_t *asked, struct sp_error *err);

#endif
