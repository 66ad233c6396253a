/* SPDX-License-Identifier: EUPL-1.2 */
#include "matcher/vocabulary/keys.h"

#include <stdlib.h>

#include "base/memory.h"

enum { FIRST_CAPACITY = 256 };

/* FNV-1a, 64 bits: short keys, no adversary (the keys are our own tables). */
static uint64_t hash_of(struct sp_view text)
{
    uint64_t hash = UINT64_C(14695981039346656037);
    for (size_t i = 0; i < text.length; i++) {
        hash = (hash ^ (unsigned char)text.data[i]) * UINT64_C(1099511628211);
    }
    return hash;
}

static int compare_key(const struct sp_key *a, uint64_t hash, struct sp_view text)
{
    if (a->hash != hash) {
        return a->hash < hash ? -1 : 1;
    }
    return sp_view_compare(a->text, text);
}

static int compare_items(const void *left, const void *right)
{
    const struct sp_key *a = left;
    const struct sp_key *b = right;
    int order = compare_key(a, b->hash, b->text);
    if (order != 0) {
        return order;
    }
    return a->value < b->value ? -1 : a->value > b->value;
}

void sp_keys_release(struct sp_keys *keys)
{
    sp_free(keys->items);
    *keys = (struct sp_keys){0};
}

void sp_keys_add(struct sp_keys *keys, struct sp_view text, uint32_t value)
{
    if (keys->status != SP_OK) {
        return;
    }
    if (keys->count == keys->capacity) {
        size_t capacity = keys->capacity == 0 ? FIRST_CAPACITY : keys->capacity * 2;
        struct sp_key *items = sp_realloc(keys->items, capacity, sizeof *items);
        if (items == NULL) {
            keys->status = SP_NOMEM;
            return;
        }
        keys->items = items;
        keys->capacity = capacity;
    }
    keys->items[keys->count++] = (struct sp_key){hash_of(text), text, value};
}

enum sp_status sp_keys_seal(struct sp_keys *keys)
{
    if (keys->status != SP_OK || keys->count == 0) {
        return keys->status;
    }
    qsort(keys->items, keys->count, sizeof *keys->items, compare_items);
    size_t kept = 1;
    for (size_t i = 1; i < keys->count; i++) {
        if (compare_items(&keys->items[kept - 1], &keys->items[i]) != 0) {
            keys->items[kept++] = keys->items[i];
        }
    }
    keys->count = kept;
    return SP_OK;
}

const struct sp_key *sp_keys_find(const struct sp_keys *keys, struct sp_view text, size_t *count)
{
    uint64_t hash = hash_of(text);
    size_t low = 0;
    size_t high = keys->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare_key(&keys->items[middle], hash, text) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    size_t end = low;
    while (end < keys->count && compare_key(&keys->items[end], hash, text) == 0) {
        end++;
    }
    *count = end - low;
    return end == low ? NULL : &keys->items[low];
}
