/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Growing arrays of plain items, for builders. Only matcher/search includes this.
 */
#ifndef SP_SEARCH_ARRAY_PRIV_H
#define SP_SEARCH_ARRAY_PRIV_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "base/memory.h"

/**
 * Make room for @p needed items.
 *
 * @param items  address of the pointer to the items, of any object pointer type
 * @return false when out of memory, with the array unchanged
 */
static inline bool sp_array_reserve(void *items, size_t *capacity, size_t needed, size_t item_bytes)
{
    if (needed <= *capacity) {
        return true;
    }
    size_t larger = *capacity < 16 ? 16 : *capacity + *capacity / 2;
    larger = larger < needed ? needed : larger;
    void *old;
    memcpy(&old, items, sizeof(old)); /* the pointer's own type is not void *: no aliasing */
    void *moved = sp_realloc(old, larger, item_bytes);
    if (moved == NULL) {
        return false;
    }
    memcpy(items, &moved, sizeof(moved));
    *capacity = larger;
    return true;
}

/** An array type: items, count, capacity; all zero is empty. */
#define SP_ARRAY(type)                                                                             \
    struct {                                                                                       \
        type *items;                                                                               \
        size_t count;                                                                              \
        size_t capacity;                                                                           \
    }

/** Make room for @p more items behind the last; false when out of memory. */
#define SP_ARRAY_RESERVE(array, more)                                                              \
    sp_array_reserve(&(array)->items, &(array)->capacity, (array)->count + (more),                 \
                     sizeof((array)->items[0]))

#endif
