/* SPDX-License-Identifier: EUPL-1.2 */
/** @file A ranking of entities; see rank.h. */
#include "matcher/scoring/rank.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_CAPACITY = 64 };

/** Finaliser of SplitMix64 (Steele, Lea, Flood 2014): every bit depends on every bit. */
static uint64_t scramble(uint64_t x)
{
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
    return x ^ (x >> 31);
}

uint64_t sp_tie_key(uint64_t need_hash, uint64_t catalogue_version, uint64_t offer_key)
{
    return scramble(scramble(scramble(need_hash) ^ catalogue_version) ^ offer_key);
}

enum sp_status sp_fit_add(struct sp_fit_list *list, const struct sp_fit *fit,
                          struct sp_arena *arena, struct sp_error *err)
{
    if (list->count == list->capacity) {
        size_t capacity = list->capacity == 0 ? FIRST_CAPACITY : 2 * list->capacity;
        struct sp_fit *items = sp_arena_calloc(arena, capacity, sizeof *items);
        if (items == NULL) {
            return SP_FAIL_NOMEM(err);
        }
        if (list->count > 0) {
            memcpy(items, list->items, list->count * sizeof *items);
        }
        list->items = items;
        list->capacity = capacity;
    }
    list->items[list->count++] = *fit;
    return SP_OK;
}

/** By entity, requirement, then the better first. */
static int compare_fits(const void *left, const void *right)
{
    const struct sp_fit *a = left;
    const struct sp_fit *b = right;
    if (a->entity_number != b->entity_number) {
        return a->entity_number < b->entity_number ? -1 : 1;
    }
    if (a->requirement != b->requirement) {
        return a->requirement < b->requirement ? -1 : 1;
    }
    if (a->score != b->score) {
        return a->score > b->score ? -1 : 1;
    }
    return (a->tie > b->tie) - (a->tie < b->tie);
}

/** Keep the first fit of each entity and requirement. */
static void keep_best(struct sp_fit_list *list)
{
    size_t kept = 0;
    for (size_t i = 0; i < list->count; i++) {
        const struct sp_fit *fit = &list->items[i];
        const struct sp_fit *last = kept == 0 ? NULL : &list->items[kept - 1];
        if (last == NULL || last->entity_number != fit->entity_number ||
            last->requirement != fit->requirement) {
            list->items[kept++] = *fit;
        }
    }
    list->count = kept;
}

static int compare_ranked(const void *left, const void *right)
{
    const struct sp_ranked *a = left;
    const struct sp_ranked *b = right;
    if (a->score != b->score) {
        return a->score > b->score ? -1 : 1;
    }
    if (a->fit_count != b->fit_count) {
        return a->fit_count > b->fit_count ? -1 : 1;
    }
    return (a->tie > b->tie) - (a->tie < b->tie);
}

enum sp_status sp_rank(struct sp_fit_list *list, size_t requirement_count, struct sp_arena *arena,
                       struct sp_ranked **out, size_t *count, struct sp_error *err)
{
    *count = 0;
    *out = sp_arena_calloc(arena, list->count, sizeof **out);
    if (*out == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    if (list->count > 0) {
        qsort(list->items, list->count, sizeof *list->items, compare_fits);
    }
    keep_best(list);
    for (size_t i = 0; i < list->count;) {
        const struct sp_fit *first = &list->items[i];
        uint64_t sum = 0;
        size_t end = i;
        for (; end < list->count && list->items[end].entity_number == first->entity_number; end++) {
            sum += list->items[end].score;
        }
        (*out)[(*count)++] = (struct sp_ranked){
            .fits = first,
            .fit_count = end - i,
            .score = (uint32_t)(sum / requirement_count),
            .tie = first->tie,
        };
        i = end;
    }
    if (*count > 0) {
        qsort(*out, *count, sizeof **out, compare_ranked);
    }
    return SP_OK;
}
