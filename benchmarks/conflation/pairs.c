/* SPDX-License-Identifier: EUPL-1.2 */
#include "benchmarks/conflation/pairs.h"

#include <stdlib.h>

#include "base/memory.h"

/* Pairs of forms, the smaller number in the high half. */
struct pair_list {
    uint64_t *pairs;
    size_t count;
    size_t capacity;
};

enum sp_status grouping_add(struct grouping *grouping, uint32_t form, struct sp_view term)
{
    if (grouping->count == grouping->capacity) {
        size_t capacity = grouping->capacity == 0 ? 1024 : 2 * grouping->capacity;
        void *grown = sp_realloc(grouping->entries, capacity, sizeof *grouping->entries);
        if (grown == NULL) {
            return SP_NOMEM;
        }
        grouping->entries = grown;
        grouping->capacity = capacity;
    }
    grouping->entries[grouping->count++] = (struct grouping_entry){term, form};
    return SP_OK;
}

void grouping_release(struct grouping *grouping)
{
    sp_free(grouping->entries);
    *grouping = (struct grouping){.entries = NULL};
}

static int compare_entries(const void *left, const void *right)
{
    const struct grouping_entry *a = left;
    const struct grouping_entry *b = right;
    int order = sp_view_compare(a->term, b->term);
    return order != 0 ? order : a->form < b->form ? -1 : a->form > b->form ? 1 : 0;
}

static int compare_pairs(const void *left, const void *right)
{
    uint64_t a = *(const uint64_t *)left;
    uint64_t b = *(const uint64_t *)right;
    return a < b ? -1 : a > b ? 1 : 0;
}

static enum sp_status add_pair(struct pair_list *list, uint32_t a, uint32_t b)
{
    if (list->count == list->capacity) {
        size_t capacity = list->capacity == 0 ? 4096 : 2 * list->capacity;
        void *grown = sp_realloc(list->pairs, capacity, sizeof *list->pairs);
        if (grown == NULL) {
            return SP_NOMEM;
        }
        list->pairs = grown;
        list->capacity = capacity;
    }
    list->pairs[list->count++] = (uint64_t)a << 32 | b;
    return SP_OK;
}

static void sort_unique(struct pair_list *list)
{
    size_t kept = 0;
    if (list->count > 0) {
        qsort(list->pairs, list->count, sizeof *list->pairs, compare_pairs);
    }
    for (size_t i = 0; i < list->count; i++) {
        if (i == 0 || list->pairs[i] != list->pairs[i - 1]) {
            list->pairs[kept++] = list->pairs[i];
        }
    }
    list->count = kept;
}

static enum sp_status list_pairs(struct grouping *grouping, struct pair_list *out)
{
    if (grouping->count > 0) {
        qsort(grouping->entries, grouping->count, sizeof *grouping->entries, compare_entries);
    }
    const struct grouping_entry *entries = grouping->entries;
    for (size_t i = 0; i < grouping->count; i++) {
        for (size_t k = i + 1;
             k < grouping->count && sp_view_equal(entries[i].term, entries[k].term); k++) {
            if (entries[i].form != entries[k].form &&
                add_pair(out, entries[i].form, entries[k].form) != SP_OK) {
                return SP_NOMEM;
            }
        }
    }
    sort_unique(out);
    return SP_OK;
}

static size_t count_common(const struct pair_list *a, const struct pair_list *b)
{
    size_t common = 0;
    for (size_t i = 0, k = 0; i < a->count && k < b->count;) {
        if (a->pairs[i] == b->pairs[k]) {
            common++;
            i++;
            k++;
        } else if (a->pairs[i] < b->pairs[k]) {
            i++;
        } else {
            k++;
        }
    }
    return common;
}

static double ratio(size_t part, size_t whole)
{
    return whole == 0 ? 0 : (double)part / (double)whole;
}

enum sp_status pairs_compare(struct grouping *gold, struct grouping *found, struct pair_score *out)
{
    struct pair_list gold_list = {.pairs = NULL};
    struct pair_list found_list = {.pairs = NULL};
    enum sp_status status = list_pairs(gold, &gold_list);
    if (status == SP_OK) {
        status = list_pairs(found, &found_list);
    }
    if (status == SP_OK) {
        out->gold_pairs = gold_list.count;
        out->found_pairs = found_list.count;
        out->right_pairs = count_common(&gold_list, &found_list);
        out->precision = ratio(out->right_pairs, out->found_pairs);
        out->recall = ratio(out->right_pairs, out->gold_pairs);
        out->f1 = ratio(2 * out->right_pairs, out->found_pairs + out->gold_pairs);
    }
    sp_free(gold_list.pairs);
    sp_free(found_list.pairs);
    return status;
}
