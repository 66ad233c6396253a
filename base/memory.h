/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * The one door to the heap for code below the server.
 *
 * Out of memory is an error like any other: every function here may return NULL. Tests install a
 * fault hook that makes the n-th allocation fail and sweep n until the work succeeds.
 */
#ifndef SP_BASE_MEMORY_H
#define SP_BASE_MEMORY_H

#include <stdbool.h>
#include <stddef.h>

/** Allocate @p size bytes (size 0 gives a unique pointer). NULL when out of memory. */
void *sp_malloc(size_t size) __attribute__((malloc));

/** Allocate @p count x @p size zeroed bytes; NULL when out of memory or on overflow. */
void *sp_calloc(size_t count, size_t size) __attribute__((malloc));

/** Resize @p old to @p count x @p size bytes; NULL leaves @p old valid. */
void *sp_realloc(void *old, size_t count, size_t size);

/** Free @p pointer; NULL is accepted. */
void sp_free(void *pointer);

/** Copy @p length bytes of @p text and a NUL. NULL when out of memory. */
char *sp_strndup(const char *text, size_t length);

/** Return true to make the allocation at hand fail. Called on the allocating thread. */
typedef bool sp_memory_fault_fn(void *context);

/** Install a fault hook for tests; NULL removes it. Not thread-safe: set it while one thread runs. */
void sp_memory_set_fault(sp_memory_fault_fn *fault, void *context);

#endif
