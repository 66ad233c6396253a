/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * The terms of a snapshot: exact and by their beginning, over both segments.
 */
#include "matcher/search/index.h"
#include "matcher/search/segment_priv.h"

/** Frequency of a term over the live documents. */
static uint32_t live_frequency(const struct sp_index *index, const uint32_t *lists)
{
    uint32_t frequency = 0;
    SP_ASSERT(lists[0] == SP_NO_LIST || index->segments[0] != NULL);
    SP_ASSERT(lists[1] == SP_NO_LIST || index->segments[1] != NULL);
    if (lists[0] != SP_NO_LIST) {
        frequency = index->segments[0]->frequency[lists[0]];
        frequency -= index->dead_frequency == NULL ? 0 : index->dead_frequency[lists[0]];
    }
    if (lists[1] != SP_NO_LIST) {
        frequency += index->segments[1]->frequency[lists[1]];
    }
    return frequency;
}

bool sp_index_find(const struct sp_index *index, struct sp_view text, struct sp_term *out)
{
    *out = (struct sp_term){.lists = {SP_NO_LIST, SP_NO_LIST}};
    for (size_t i = SP_INDEX_SEGMENTS; i-- > 0;) {
        if (index->segments[i] != NULL) {
            out->lists[i] = sp_segment_find(index->segments[i], text);
            if (out->lists[i] != SP_NO_LIST) {
                out->text = sp_segment_text(index->segments[i], out->lists[i]);
            }
        }
    }
    out->frequency = live_frequency(index, out->lists);
    return out->frequency > 0;
}

/** First term of a segment that is not below @p text. */
static uint32_t lower_bound(const struct sp_segment *segment, struct sp_view text)
{
    uint32_t low = 0;
    uint32_t high = segment->term_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (sp_view_compare(sp_segment_text(segment, middle), text) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

void sp_index_each_term(const struct sp_index *index, struct sp_view prefix, sp_term_fn *visit,
                        void *context)
{
    for (size_t i = 0; i < SP_INDEX_SEGMENTS; i++) {
        const struct sp_segment *segment = index->segments[i];
        uint32_t term = segment == NULL ? 0 : lower_bound(segment, prefix);
        for (; segment != NULL && term < segment->term_count; term++) {
            struct sp_term found = {.text = sp_segment_text(segment, term),
                                    .lists = {SP_NO_LIST, SP_NO_LIST}};
            if (!sp_view_starts_with(found.text, prefix)) {
                break;
            }
            found.lists[i] = term;
            size_t other = 1 - i;
            if (index->segments[other] != NULL) {
                found.lists[other] = sp_segment_find(index->segments[other], found.text);
            }
            if (i == 1 && found.lists[0] != SP_NO_LIST) {
                continue; /* came with the first segment */
            }
            found.frequency = live_frequency(index, found.lists);
            if (found.frequency > 0 && !visit(context, &found)) {
                return;
            }
        }
    }
}

struct most_frequent {
    struct sp_term *items; /* best first */
    size_t count;
    size_t max;
};

static bool goes_before(const struct sp_term *a, const struct sp_term *b)
{
    return a->frequency != b->frequency ? a->frequency > b->frequency
                                        : sp_view_compare(a->text, b->text) < 0;
}

/** Insert into the sorted list of at most max items. */
static bool keep_most_frequent(void *context, const struct sp_term *term)
{
    struct most_frequent *best = context;
    size_t place = best->count;
    while (place > 0 && goes_before(term, &best->items[place - 1])) {
        place--;
    }
    if (place == best->max) {
        return true;
    }
    size_t moved = (best->count < best->max ? best->count : best->max - 1) - place;
    memmove(&best->items[place + 1], &best->items[place], moved * sizeof(best->items[0]));
    best->items[place] = *term;
    best->count += best->count < best->max ? 1 : 0;
    return true;
}

size_t sp_index_find_prefix(const struct sp_index *index, struct sp_view prefix,
                            struct sp_term *out, size_t max)
{
    struct most_frequent best = {.items = out, .max = max};
    if (max > 0) {
        sp_index_each_term(index, prefix, keep_most_frequent, &best);
    }
    return best.count;
}

/** Visit the documents of one list. */
static void visit_list(const struct sp_index *index, size_t number, uint32_t list,
                       sp_occurrence_fn *visit, void *context)
{
    const struct sp_segment *segment = index->segments[number];
    uint32_t offset = sp_index_offset(index, number);
    for (uint32_t i = segment->block_start[list]; i < segment->block_start[list + 1]; i++) {
        const struct sp_block *block = &segment->blocks[i];
        uint32_t first = block->window * SP_WINDOW_DOCUMENTS;
        for (uint32_t j = block->start; j < block->start + block->count; j++) {
            uint32_t local = first + segment->posting_document[j];
            if (!sp_index_is_dead(index, number, local)) {
                visit(context, offset + local, segment->posting_fields[j]);
            }
        }
    }
}

void sp_index_each_occurrence(const struct sp_index *index, const struct sp_term *term,
                              sp_occurrence_fn *visit, void *context)
{
    for (size_t i = 0; i < SP_INDEX_SEGMENTS; i++) {
        if (term->lists[i] != SP_NO_LIST) {
            visit_list(index, i, term->lists[i], visit, context);
        }
    }
}
