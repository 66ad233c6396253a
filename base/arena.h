/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Memory of one request: allocated piece by piece, bounded by a cap, freed at once.
 *
 * Not thread-safe. A NULL result means that the cap or the memory is exhausted; everything that was
 * allocated before stays valid.
 */
#ifndef SP_BASE_ARENA_H
#define SP_BASE_ARENA_H

#include <stddef.h>

#include "base/view.h"

struct sp_arena;

/** Create an arena that gives out at most @p cap_bytes. NULL when out of memory. */
struct sp_arena *sp_arena_new(size_t cap_bytes);

/** Free the arena and all it gave out; NULL is accepted. */
void sp_arena_free(struct sp_arena *arena);

/** Forget all allocations, keep one block for re-use. */
void sp_arena_reset(struct sp_arena *arena);

/** Give @p size bytes aligned for any type, not zeroed. */
void *sp_arena_alloc(struct sp_arena *arena, size_t size);

/** Give @p count x @p size zeroed bytes. */
void *sp_arena_calloc(struct sp_arena *arena, size_t count, size_t size);

/** Copy @p text and add a NUL. */
char *sp_arena_strdup(struct sp_arena *arena, const char *text);
char *sp_arena_copy(struct sp_arena *arena, struct sp_view text);

/** printf into the arena. */
char *sp_arena_printf(struct sp_arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/** Bytes given out since creation or reset. */
size_t sp_arena_used_bytes(const struct sp_arena *arena);

/** The largest allocation that the cap still allows: tells why one gave NULL (SP_LIMIT or SP_NOMEM). */
size_t sp_arena_left_bytes(const struct sp_arena *arena);

#endif
