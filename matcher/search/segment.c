/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Builds a segment: documents and terms are put in order, postings sorted by two counting sorts,
 * cut into blocks by window and turned into impacts.
 */
#include <stdlib.h>

#include "base/memory.h"
#include "matcher/search/bm25.h"
#include "matcher/search/segment_priv.h"

struct document_order {
    uint64_t id;
    uint32_t powiat;
    uint32_t cpv;
    uint32_t handle;
};

struct term_order {
    struct sp_view text;
    uint32_t term;
};

/** A build under way; the arrays are scratch. */
struct build {
    struct sp_index_builder *builder;
    struct sp_segment *segment;
    uint32_t *document_rank; /* of a handle */
    uint32_t *term_rank;     /* of a pending term */
    size_t posting_count;
};

/** Allocate an array of the segment and count its bytes. */
static void *segment_alloc(struct sp_segment *segment, size_t count, size_t item_bytes)
{
    segment->size_bytes += count * item_bytes;
    return sp_calloc(count + 1, item_bytes); /* never of size 0 */
}

static int compare_documents(const void *left, const void *right)
{
    const struct document_order *a = left;
    const struct document_order *b = right;
    if (a->powiat != b->powiat) {
        return a->powiat < b->powiat ? -1 : 1;
    }
    if (a->cpv != b->cpv) {
        return a->cpv < b->cpv ? -1 : 1;
    }
    if (a->id != b->id) {
        return a->id < b->id ? -1 : 1;
    }
    return a->handle < b->handle ? -1 : 1;
}

static int compare_terms(const void *left, const void *right)
{
    return sp_view_compare(((const struct term_order *)left)->text,
                           ((const struct term_order *)right)->text);
}

static void copy_pools(struct build *build)
{
    const struct sp_index_builder *from = build->builder;
    struct sp_segment *to = build->segment;
    if (from->cpv.count > 0) {
        memcpy(to->cpv, from->cpv.items, from->cpv.count * sizeof(*to->cpv));
    }
    if (from->areas.count > 0) {
        memcpy(to->areas, from->areas.items, from->areas.count * sizeof(*to->areas));
    }
    if (from->statuses.count > 0) {
        memcpy(to->statuses, from->statuses.items, from->statuses.count * sizeof(*to->statuses));
    }
    if (from->services.count > 0) {
        memcpy(to->services, from->services.items, from->services.count * sizeof(*to->services));
    }
}

static void place_document(struct build *build, uint32_t handle, uint32_t rank)
{
    const struct sp_pending_document *pending = &build->builder->documents.items[handle];
    struct sp_index_document *document = &build->segment->documents[rank];
    *document = pending->document;
    document->cpv = build->segment->cpv + pending->cpv_start;
    document->served = build->segment->areas + pending->area_start;
    document->statuses = build->segment->statuses + pending->status_start;
    document->services = build->segment->services + pending->service_start;
    build->segment->keys[rank] = document->key;
    build->document_rank[handle] = rank;
}

static int compare_ids(const void *left, const void *right)
{
    const struct document_order *a = left;
    const struct document_order *b = right;
    return a->id < b->id ? -1 : a->id > b->id ? 1 : 0;
}

static bool order_documents(struct build *build)
{
    const struct sp_index_builder *from = build->builder;
    struct sp_segment *to = build->segment;
    size_t count = from->documents.count;
    struct document_order *order = sp_calloc(count + 1, sizeof(*order));
    to->documents = segment_alloc(to, count, sizeof(*to->documents));
    to->keys = segment_alloc(to, count, sizeof(*to->keys));
    to->lengths = segment_alloc(to, count, sizeof(*to->lengths));
    to->by_id = segment_alloc(to, count, sizeof(*to->by_id));
    to->cpv = segment_alloc(to, from->cpv.count, sizeof(*to->cpv));
    to->areas = segment_alloc(to, from->areas.count, sizeof(*to->areas));
    to->statuses = segment_alloc(to, from->statuses.count, sizeof(*to->statuses));
    to->services = segment_alloc(to, from->services.count, sizeof(*to->services));
    build->document_rank = sp_calloc(count + 1, sizeof(*build->document_rank));
    bool done = order != NULL && to->documents != NULL && to->keys != NULL && to->lengths != NULL &&
                to->by_id != NULL && to->cpv != NULL && to->areas != NULL && to->statuses != NULL &&
                to->services != NULL && build->document_rank != NULL;
    if (done) {
        for (uint32_t i = 0; i < count; i++) {
            const struct sp_pending_document *item = &from->documents.items[i];
            uint32_t cpv = item->document.cpv_count == 0 ? 0 : from->cpv.items[item->cpv_start];
            order[i] = (struct document_order){item->document.id, item->document.powiat, cpv, i};
        }
        qsort(order, count, sizeof(*order), compare_documents);
        copy_pools(build);
        for (uint32_t i = 0; i < count; i++) {
            place_document(build, order[i].handle, i);
            order[i].handle = i;
        }
        qsort(order, count, sizeof(*order), compare_ids);
        for (uint32_t i = 0; i < count; i++) {
            to->by_id[i] = order[i].handle;
        }
        to->document_count = (uint32_t)count;
    }
    sp_free(order);
    return done;
}

static void fill_slots(struct sp_segment *segment)
{
    for (uint32_t term = 0; term < segment->term_count; term++) {
        uint32_t slot = sp_term_hash(sp_segment_text(segment, term)) & segment->slot_mask;
        while (segment->slots[slot] != 0) {
            slot = (slot + 1) & segment->slot_mask;
        }
        segment->slots[slot] = term + 1;
    }
}

static bool order_terms(struct build *build)
{
    const struct sp_index_builder *from = build->builder;
    struct sp_segment *to = build->segment;
    size_t count = from->terms.count;
    size_t slot_count = 16;
    while (slot_count < count * 2) {
        slot_count *= 2;
    }
    struct term_order *order = sp_calloc(count + 1, sizeof(*order));
    to->text = segment_alloc(to, from->text.count, 1);
    to->text_start = segment_alloc(to, count + 1, sizeof(*to->text_start));
    to->slots = segment_alloc(to, slot_count, sizeof(*to->slots));
    to->frequency = segment_alloc(to, count, sizeof(*to->frequency));
    to->block_start = segment_alloc(to, count + 1, sizeof(*to->block_start));
    build->term_rank = sp_calloc(count + 1, sizeof(*build->term_rank));
    bool done = order != NULL && to->text != NULL && to->text_start != NULL && to->slots != NULL &&
                to->frequency != NULL && to->block_start != NULL && build->term_rank != NULL;
    if (done) {
        for (uint32_t i = 0; i < count; i++) {
            const struct sp_pending_term *item = &from->terms.items[i];
            order[i].text = sp_view_from(from->text.items + item->text_start, item->text_length);
            order[i].term = i;
        }
        qsort(order, count, sizeof(*order), compare_terms);
        for (uint32_t i = 0; i < count; i++) {
            memcpy(to->text + to->text_start[i], order[i].text.data, order[i].text.length);
            to->text_start[i + 1] = to->text_start[i] + (uint32_t)order[i].text.length;
            build->term_rank[order[i].term] = i;
        }
        to->term_count = (uint32_t)count;
        to->slot_mask = (uint32_t)slot_count - 1;
        fill_slots(to);
    }
    sp_free(order);
    return done;
}

/** Turn counts of keys 0..count-1 into the place of the first item of each key. */
static void counts_to_starts(uint32_t *counts, size_t count)
{
    uint32_t start = 0;
    for (size_t i = 0; i < count; i++) {
        uint32_t here = counts[i];
        counts[i] = start;
        start += here;
    }
}

/** Sort the postings by term, then document: first by document, then stably by term. */
static bool sort_postings(struct build *build)
{
    struct sp_pending_posting *postings = build->builder->postings.items;
    size_t count = build->builder->postings.count;
    size_t document_count = build->segment->document_count;
    size_t term_count = build->segment->term_count;
    struct sp_pending_posting *sorted = sp_calloc(count + 1, sizeof(*sorted));
    uint32_t *by_document = sp_calloc(document_count + 1, sizeof(*by_document));
    uint32_t *by_term = sp_calloc(term_count + 1, sizeof(*by_term));
    bool done = sorted != NULL && by_document != NULL && by_term != NULL;
    if (done) {
        for (size_t i = 0; i < count; i++) {
            postings[i].term = build->term_rank[postings[i].term];
            postings[i].document = build->document_rank[postings[i].document];
            by_document[postings[i].document]++;
            by_term[postings[i].term]++;
        }
        counts_to_starts(by_document, document_count);
        counts_to_starts(by_term, term_count);
        for (size_t i = 0; i < count; i++) {
            sorted[by_document[postings[i].document]++] = postings[i];
        }
        for (size_t i = 0; i < count; i++) {
            postings[by_term[sorted[i].term]++] = sorted[i];
        }
    }
    sp_free(sorted);
    sp_free(by_document);
    sp_free(by_term);
    return done;
}

/** Join equal pairs, and count lengths, frequencies and blocks. */
static void merge_postings(struct build *build)
{
    struct sp_segment *segment = build->segment;
    struct sp_pending_posting *postings = build->builder->postings.items;
    size_t kept = 0;
    for (size_t i = 0; i < build->builder->postings.count; i++) {
        struct sp_pending_posting item = postings[i];
        segment->lengths[item.document] += item.tf;
        segment->length_sum += item.tf;
        if (kept > 0 && postings[kept - 1].term == item.term) {
            struct sp_pending_posting *last = &postings[kept - 1];
            if (last->document == item.document) {
                last->tf += item.tf;
                last->fields |= item.fields;
                continue;
            }
            if (last->document / SP_WINDOW_DOCUMENTS != item.document / SP_WINDOW_DOCUMENTS) {
                segment->block_count++;
            }
        } else {
            segment->block_count++;
        }
        segment->frequency[item.term]++;
        postings[kept++] = item;
    }
    build->posting_count = kept;
    segment->posting_count = kept;
}

static bool alloc_blocks(struct build *build)
{
    struct sp_segment *to = build->segment;
    to->blocks = segment_alloc(to, to->block_count, sizeof(*to->blocks));
    to->posting_document = segment_alloc(to, build->posting_count, sizeof(*to->posting_document));
    to->posting_impact = segment_alloc(to, build->posting_count, sizeof(*to->posting_impact));
    to->posting_fields = segment_alloc(to, build->posting_count, sizeof(*to->posting_fields));
    to->forward_start =
        segment_alloc(to, (size_t)to->document_count + 1, sizeof(*to->forward_start));
    to->forward_terms = segment_alloc(to, build->posting_count, sizeof(*to->forward_terms));
    return to->blocks != NULL && to->posting_document != NULL && to->posting_impact != NULL &&
           to->posting_fields != NULL && to->forward_start != NULL && to->forward_terms != NULL;
}

static void fill_blocks(struct build *build)
{
    struct sp_segment *to = build->segment;
    const struct sp_pending_posting *postings = build->builder->postings.items;
    uint32_t count = 0; /* of blocks begun */
    uint32_t term = 0;  /* terms below it have their first block */
    for (size_t i = 0; i < build->posting_count; i++) {
        struct sp_pending_posting item = postings[i];
        uint32_t window = item.document / SP_WINDOW_DOCUMENTS;
        if (i == 0 || postings[i - 1].term != item.term || to->blocks[count - 1].window != window) {
            while (term <= item.term) {
                to->block_start[term++] = count;
            }
            to->blocks[count++] = (struct sp_block){.window = window, .start = (uint32_t)i};
        }
        struct sp_block *block = &to->blocks[count - 1];
        uint16_t impact = sp_bm25_impact(item.tf, to->lengths[item.document], to->average);
        to->posting_document[i] = (uint16_t)(item.document % SP_WINDOW_DOCUMENTS);
        to->posting_impact[i] = impact;
        to->posting_fields[i] = (uint8_t)item.fields;
        block->bound = impact > block->bound ? impact : block->bound;
        block->count++;
    }
    SP_ASSERT(count == to->block_count);
    while (term <= to->term_count) {
        to->block_start[term++] = count;
    }
}

static void fill_bitmap(struct sp_segment *segment, const struct sp_block *block)
{
    struct sp_bitmap *bitmap = &segment->bitmaps[block->bitmap - 1];
    for (uint32_t i = block->start; i < block->start + block->count; i++) {
        uint16_t local = segment->posting_document[i];
        bitmap->words[local / 64] |= (uint64_t)1 << (local % 64);
    }
    unsigned rank = 0;
    for (size_t word = 0; word < SP_WINDOW_WORDS; word++) {
        bitmap->ranks[word] = (uint16_t)rank;
        rank += (unsigned)__builtin_popcountll(bitmap->words[word]);
    }
}

/** Give each block of many postings its bitmap. */
static bool fill_bitmaps(struct sp_segment *segment)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < segment->block_count; i++) {
        struct sp_block *block = &segment->blocks[i];
        block->bitmap = block->count >= SP_BITMAP_POSTINGS ? ++count : 0;
    }
    segment->bitmaps = segment_alloc(segment, count, sizeof(*segment->bitmaps));
    for (uint32_t i = 0; segment->bitmaps != NULL && i < segment->block_count; i++) {
        if (segment->blocks[i].bitmap != 0) {
            fill_bitmap(segment, &segment->blocks[i]);
        }
    }
    return segment->bitmaps != NULL;
}

static void fill_forward(struct build *build)
{
    struct sp_segment *to = build->segment;
    const struct sp_pending_posting *postings = build->builder->postings.items;
    uint32_t *end = to->forward_start + 1; /* counts, then rising ends, then starts by the shift */
    for (size_t i = 0; i < build->posting_count; i++) {
        end[postings[i].document]++;
    }
    counts_to_starts(end, to->document_count);
    for (size_t i = 0; i < build->posting_count; i++) {
        to->forward_terms[end[postings[i].document]++] = postings[i].term;
    }
}

static enum sp_status run_build(struct build *build, uint32_t average, struct sp_error *err)
{
    if (build->builder->postings.count >= UINT32_MAX) {
        return SP_FAIL(err, SP_LIMIT, "", "Za dużo wystąpień słów w indeksie (najwyżej %u).",
                       "Too many occurrences of words in the index (at most %u).", UINT32_MAX - 1);
    }
    if (!order_documents(build) || !order_terms(build) || !sort_postings(build)) {
        return SP_FAIL_NOMEM(err);
    }
    merge_postings(build);
    if (!alloc_blocks(build)) {
        return SP_FAIL_NOMEM(err);
    }
    struct sp_segment *segment = build->segment;
    segment->average =
        average != 0 ? average : sp_bm25_average(segment->length_sum, segment->document_count);
    fill_blocks(build);
    fill_forward(build);
    return fill_bitmaps(segment) ? SP_OK : SP_FAIL_NOMEM(err);
}

enum sp_status sp_segment_build(struct sp_index_builder *builder, uint32_t average,
                                struct sp_segment **out, struct sp_error *err)
{
    struct build build = {.builder = builder, .segment = sp_calloc(1, sizeof(struct sp_segment))};
    if (build.segment == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    atomic_init(&build.segment->refs, 1);
    build.segment->size_bytes = sizeof(struct sp_segment);
    enum sp_status status = run_build(&build, average, err);
    sp_free(build.document_rank);
    sp_free(build.term_rank);
    if (status != SP_OK) {
        sp_segment_unref(build.segment);
        return status;
    }
    *out = build.segment;
    return SP_OK;
}

struct sp_segment *sp_segment_ref(struct sp_segment *segment)
{
    atomic_fetch_add_explicit(&segment->refs, 1, memory_order_relaxed);
    return segment;
}

void sp_segment_unref(struct sp_segment *segment)
{
    /* acquire-release: the last one sees all that the others did before it frees */
    if (segment == NULL ||
        atomic_fetch_sub_explicit(&segment->refs, 1, memory_order_acq_rel) != 1) {
        return;
    }
    void *const arrays[] = {
        segment->documents,
        segment->keys,
        segment->lengths,
        segment->by_id,
        segment->cpv,
        segment->areas,
        segment->statuses,
        segment->services,
        segment->text,
        segment->text_start,
        segment->slots,
        segment->frequency,
        segment->block_start,
        segment->blocks,
        segment->posting_document,
        segment->posting_impact,
        segment->posting_fields,
        segment->bitmaps,
        segment->forward_start,
        segment->forward_terms,
    };
    for (size_t i = 0; i < SP_COUNT(arrays); i++) {
        sp_free(arrays[i]);
    }
    sp_free(segment);
}

uint32_t sp_segment_find(const struct sp_segment *segment, struct sp_view text)
{
    uint32_t slot = sp_term_hash(text) & segment->slot_mask;
    while (segment->slots[slot] != 0) {
        uint32_t term = segment->slots[slot] - 1;
        if (sp_view_equal(sp_segment_text(segment, term), text)) {
            return term;
        }
        slot = (slot + 1) & segment->slot_mask;
    }
    return SP_NO_LIST;
}

/** First document whose powiat is not below @p powiat. */
static uint32_t powiat_start(const struct sp_segment *segment, uint32_t powiat)
{
    uint32_t low = 0;
    uint32_t high = segment->document_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (segment->documents[middle].powiat < powiat) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

void sp_segment_powiat(const struct sp_segment *segment, uint32_t powiat, uint32_t *first,
                       uint32_t *end)
{
    *first = powiat == 0 ? 0 : powiat_start(segment, powiat);
    *end = powiat == 0 ? segment->document_count : powiat_start(segment, powiat + 1);
}

uint32_t sp_segment_powiats(const struct sp_segment *segment, uint32_t lowest, uint32_t highest)
{
    return powiat_start(segment, highest + 1) - powiat_start(segment, lowest);
}
