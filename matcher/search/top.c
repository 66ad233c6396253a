/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * The k best: windows from the best bound downwards, and a heap of the best documents so far.
 */
#include "matcher/search/top.h"

#include "matcher/search/bm25.h"
#include "matcher/search/top_priv.h"

struct best {
    uint64_t tie; /* smaller comes first */
    uint32_t score;
    uint32_t document;
};

/** The k best so far; items[0] is the worst of them. */
struct best_heap {
    struct best *items;
    size_t count;
    size_t k;
};

struct window_bound {
    uint32_t bound;
    uint32_t window;
};

struct search {
    const struct sp_index *index;
    const struct sp_index_query *query;
    struct best_heap heap;
    struct sp_window *window;
};

static bool is_better(const struct best *a, const struct best *b)
{
    return a->score != b->score ? a->score > b->score : a->tie < b->tie;
}

/** Let items[place] sink until no child is worse. */
static void sink(struct best *items, size_t count, size_t place)
{
    struct best moved = items[place];
    for (;;) {
        size_t child = 2 * place + 1;
        if (child >= count) {
            break;
        }
        if (child + 1 < count && is_better(&items[child], &items[child + 1])) {
            child++;
        }
        if (!is_better(&moved, &items[child])) {
            break;
        }
        items[place] = items[child];
        place = child;
    }
    items[place] = moved;
}

static void add_best(struct best_heap *heap, const struct best *item)
{
    if (heap->count == heap->k) {
        if (is_better(item, &heap->items[0])) {
            heap->items[0] = *item;
            sink(heap->items, heap->count, 0);
        }
        return;
    }
    size_t place = heap->count++;
    while (place > 0 && is_better(&heap->items[(place - 1) / 2], item)) {
        heap->items[place] = heap->items[(place - 1) / 2];
        place = (place - 1) / 2;
    }
    heap->items[place] = *item;
}

/** A score below this cannot enter the heap. */
static uint32_t heap_floor(const struct best_heap *heap)
{
    return heap->count < heap->k ? 0 : heap->items[0].score;
}

/** Offer a document of the segment with its BM25 to the heap. */
static void offer(struct search *search, size_t segment, uint32_t local, uint32_t score)
{
    const struct sp_index_query *query = search->query;
    if (score < heap_floor(&search->heap) || sp_index_is_dead(search->index, segment, local)) {
        return;
    }
    const struct sp_segment *from = search->index->segments[segment];
    if (query->factor != NULL) {
        uint32_t factor = query->factor(query->context, &from->documents[local]);
        if (factor == 0) {
            return;
        }
        score = (uint32_t)((uint64_t)score * factor / SP_FACTOR_ONE);
        if (score < heap_floor(&search->heap)) {
            return;
        }
    }
    struct best item = {sp_index_tie(search->index, from->keys[local]), score,
                        sp_index_offset(search->index, segment) + local};
    add_best(&search->heap, &item);
}

static void sink_window(struct window_bound *items, size_t count, size_t place)
{
    struct window_bound moved = items[place];
    for (;;) {
        size_t child = 2 * place + 1;
        if (child >= count) {
            break;
        }
        if (child + 1 < count && items[child + 1].bound > items[child].bound) {
            child++;
        }
        if (items[child].bound <= moved.bound) {
            break;
        }
        items[place] = items[child];
        place = child;
    }
    items[place] = moved;
}

/** Make a heap, best first, of the windows that can give anything. */
static size_t order_windows(const struct sp_plan *plan, struct window_bound *order)
{
    size_t count = 0;
    for (uint32_t i = 0; i < plan->window_count; i++) {
        if (plan->totals[i] > 0) {
            order[count++] = (struct window_bound){plan->totals[i], i};
        }
    }
    for (size_t i = count / 2; i-- > 0;) {
        sink_window(order, count, i);
    }
    return count;
}

static void offer_window(struct search *search, const struct sp_plan *plan, size_t segment,
                         uint32_t window)
{
    sp_window_score(plan, window, heap_floor(&search->heap), search->window);
    uint32_t start = (plan->first_window + window) * SP_WINDOW_DOCUMENTS;
    for (uint32_t i = 0; i < search->window->count; i++) {
        uint32_t local = start + search->window->documents[i];
        if (local >= plan->first && local < plan->end) {
            offer(search, segment, local, search->window->scores[i]);
        }
    }
}

/** OR: from the best bound downwards, until the bound is below the worst of the k best. */
static enum sp_status search_any(struct search *search, const struct sp_plan *plan, size_t segment,
                                 struct window_bound *order)
{
    size_t count = order_windows(plan, order);
    while (count > 0 && order[0].bound >= heap_floor(&search->heap)) {
        if (sp_query_is_cancelled(search->query)) {
            return SP_CANCELLED;
        }
        offer_window(search, plan, segment, order[0].window);
        order[0] = order[--count];
        if (count > 0) {
            sink_window(order, count, 0);
        }
    }
    return SP_OK;
}

/** List the windows that hold every group: those of @p least .. @p most, in the order of memory. */
static size_t list_windows(const struct sp_plan *plan, uint32_t least, uint32_t most,
                           struct window_bound *list)
{
    size_t count = 0;
    for (uint32_t window = 0; window < plan->window_count; window++) {
        uint32_t bound = plan->totals[window];
        if (bound >= least && bound <= most && plan->present[window] == plan->group_count) {
            list[count++] = (struct window_bound){bound, window};
        }
    }
    return count;
}

static enum sp_status search_list(struct search *search, const struct sp_plan *plan, size_t segment,
                                  const struct window_bound *list, size_t count)
{
    enum { AHEAD = 3 }; /* windows, each about as long as memory takes to answer */
    for (size_t i = 0; i < count; i++) {
        if (sp_query_is_cancelled(search->query)) {
            return SP_CANCELLED;
        }
        if (i + AHEAD < count && list[i + AHEAD].bound >= heap_floor(&search->heap)) {
            sp_window_prefetch(plan, list[i + AHEAD].window);
        }
        if (list[i].bound >= heap_floor(&search->heap)) {
            offer_window(search, plan, segment, list[i].window);
        }
    }
    return SP_OK;
}

/** AND: the bounds are loose and most windows must be opened, each for little work, so the time
 * goes into waiting for memory: it is asked for ahead. The most promising windows come first, since
 * they raise the floor for the others. */
static enum sp_status search_all(struct search *search, const struct sp_plan *plan, size_t segment,
                                 struct window_bound *list)
{
    uint32_t highest = 0;
    for (uint32_t window = 0; window < plan->window_count; window++) {
        if (plan->present[window] == plan->group_count && plan->totals[window] > highest) {
            highest = plan->totals[window];
        }
    }
    uint32_t promising = highest - highest / 8;
    size_t count = list_windows(plan, promising, UINT32_MAX, list);
    enum sp_status status = search_list(search, plan, segment, list, count);
    if (status == SP_OK && promising > 0) {
        uint32_t floor = heap_floor(&search->heap);
        count = list_windows(plan, floor, promising - 1, list);
        status = search_list(search, plan, segment, list, count);
    }
    return status;
}

static enum sp_status search_segment(struct search *search, size_t segment, struct sp_arena *arena)
{
    struct sp_plan plan;
    if (sp_plan_make(search->index, search->query, segment, arena, &plan) != SP_OK) {
        return SP_NOMEM;
    }
    struct window_bound *order = sp_arena_alloc(arena, (plan.window_count + 1) * sizeof(*order));
    if (order == NULL) {
        return SP_NOMEM;
    }
    return plan.all ? search_all(search, &plan, segment, order)
                    : search_any(search, &plan, segment, order);
}

/** Without words every document is as good as another, but for its factor. */
static enum sp_status browse_segment(struct search *search, size_t segment)
{
    const struct sp_segment *documents = search->index->segments[segment];
    uint32_t first = 0;
    uint32_t end = 0;
    if (documents != NULL) {
        sp_segment_powiat(documents, search->query->powiat, &first, &end);
    }
    for (uint32_t i = first; i < end; i++) {
        if (i % SP_WINDOW_DOCUMENTS == 0 && sp_query_is_cancelled(search->query)) {
            return SP_CANCELLED;
        }
        offer(search, segment, i, SP_SCORE_ONE);
    }
    return SP_OK;
}

enum sp_status sp_query_check(const struct sp_index_query *query, struct sp_error *err)
{
    if (query->group_count > SP_GROUPS_MAX) {
        return SP_FAIL(err, SP_LIMIT, "query", "Za dużo słów w zapytaniu (%zu, najwyżej %d).",
                       "Too many words in the query (%zu, at most %d).", query->group_count,
                       SP_GROUPS_MAX);
    }
    for (size_t i = 0; i < query->group_count; i++) {
        if (query->groups[i].count > SP_GROUP_MEMBERS_MAX) {
            return SP_FAIL(err, SP_LIMIT, "query",
                           "Za dużo odmian jednego słowa zapytania (%zu, najwyżej %d).",
                           "Too many variants of one word of the query (%zu, at most %d).",
                           query->groups[i].count, SP_GROUP_MEMBERS_MAX);
        }
    }
    return SP_OK;
}

enum sp_status sp_query_fail(enum sp_status status, struct sp_error *err)
{
    return status == SP_CANCELLED
               ? SP_FAIL(err, status, "", "Wyszukiwanie przerwano.", "The search was cancelled.")
           : status == SP_NOMEM ? SP_FAIL_NOMEM(err)
                                : status;
}

/** Empty the heap into @p hits, best first. */
static void unload(struct best_heap *heap, struct sp_index_hit *hits, size_t *count)
{
    *count = heap->count;
    for (size_t left = heap->count; left > 0; left--) {
        hits[left - 1] = (struct sp_index_hit){heap->items[0].document, heap->items[0].score};
        heap->items[0] = heap->items[left - 1];
        sink(heap->items, left - 1, 0);
    }
}

enum sp_status sp_index_top(const struct sp_index *index, const struct sp_index_query *query,
                            struct sp_arena *arena, struct sp_index_hit *hits, size_t *count,
                            struct sp_error *err)
{
    enum sp_status status = sp_query_check(query, err);
    if (status != SP_OK) {
        return status;
    }
    if (query->k < 1 || query->k > SP_TOP_MAX) {
        return SP_FAIL(err, SP_LIMIT, "limit", "Można znaleźć od 1 do %d wyników.",
                       "From 1 to %d hits can be found.", SP_TOP_MAX);
    }
    struct search search = {.index = index, .query = query, .heap = {.k = query->k}};
    search.heap.items = sp_arena_alloc(arena, query->k * sizeof(*search.heap.items));
    search.window = sp_arena_calloc(arena, 1, sizeof(*search.window));
    if (search.heap.items == NULL || search.window == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    for (size_t i = 0; i < SP_INDEX_SEGMENTS && status == SP_OK; i++) {
        status = query->group_count == 0 ? browse_segment(&search, i)
                                         : search_segment(&search, i, arena);
    }
    if (status != SP_OK) {
        return sp_query_fail(status, err);
    }
    unload(&search.heap, hits, count);
    return SP_OK;
}
