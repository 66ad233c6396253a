/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Snapshots: made of one segment, or of an older snapshot's first segment with some documents dead
 * and a new second segment.
 */
#include "matcher/search/index.h"

#include <stdlib.h>

#include "base/memory.h"
#include "matcher/search/bm25.h"
#include "matcher/search/segment_priv.h"

/** Build anew when dead and new documents together pass an eighth of the first segment and this. */
enum { UPDATE_SMALL = 1000 };

static void empty_builder(struct sp_index_builder *builder)
{
    builder->documents.count = 0;
    builder->cpv.count = 0;
    builder->areas.count = 0;
    builder->statuses.count = 0;
    builder->services.count = 0;
    builder->terms.count = 0;
    builder->text.count = 0;
    builder->postings.count = 0;
    if (builder->slots != NULL) {
        memset(builder->slots, 0, builder->slot_count * sizeof(*builder->slots));
    }
}

enum sp_status sp_index_builder_finish(struct sp_index_builder *builder, uint64_t version,
                                       struct sp_index **out, struct sp_error *err)
{
    struct sp_index *index = sp_calloc(1, sizeof(*index));
    if (index == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    enum sp_status status = sp_segment_build(builder, 0, &index->segments[0], err);
    empty_builder(builder);
    if (status != SP_OK) {
        sp_free(index);
        return status;
    }
    atomic_init(&index->refs, 1);
    index->version = version;
    index->base_version = version;
    index->live_count = index->segments[0]->document_count;
    index->live_length_sum = index->segments[0]->length_sum;
    index->average = index->segments[0]->average;
    *out = index;
    return SP_OK;
}

static uint32_t find_id(const struct sp_segment *segment, uint64_t id)
{
    uint32_t low = 0;
    uint32_t high = segment->document_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        uint64_t found = segment->documents[segment->by_id[middle]].id;
        if (found == id) {
            return segment->by_id[middle];
        }
        if (found < id) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return UINT32_MAX;
}

static void kill_document(struct sp_index *index, uint32_t document)
{
    const struct sp_segment *base = index->segments[0];
    uint64_t bit = (uint64_t)1 << (document % 64);
    if ((index->dead[document / 64] & bit) != 0) {
        return;
    }
    index->dead[document / 64] |= bit;
    index->live_count--;
    index->live_length_sum -= base->lengths[document];
    for (uint32_t i = base->forward_start[document]; i < base->forward_start[document + 1]; i++) {
        index->dead_frequency[base->forward_terms[i]]++;
    }
}

static enum sp_status kill_removed(struct sp_index *index, const uint64_t *removed,
                                   size_t removed_count, struct sp_error *err)
{
    const struct sp_segment *base = index->segments[0];
    index->dead = sp_calloc(base->document_count / 64 + 1, sizeof(*index->dead));
    index->dead_frequency = sp_calloc((size_t)base->term_count + 1, sizeof(*index->dead_frequency));
    if (index->dead == NULL || index->dead_frequency == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    for (size_t i = 0; i < removed_count; i++) {
        uint32_t document = find_id(base, removed[i]);
        if (document != UINT32_MAX) {
            kill_document(index, document);
        }
    }
    return SP_OK;
}

static enum sp_status too_much(struct sp_error *err)
{
    return SP_FAIL(err, SP_PRECONDITION, "",
                   "Indeks zmienił się za bardzo: trzeba go zbudować od nowa.",
                   "The index has changed too much: it must be built anew.");
}

/** Add the builder's documents as the second segment, if impacts stay those of the first. */
static enum sp_status add_second(struct sp_index *index, struct sp_index_builder *builder,
                                 struct sp_error *err)
{
    const struct sp_segment *base = index->segments[0];
    uint64_t length_sum = index->live_length_sum;
    for (size_t i = 0; i < builder->postings.count; i++) {
        length_sum += builder->postings.items[i].tf;
    }
    uint32_t added = (uint32_t)builder->documents.count;
    uint32_t changed = base->document_count - index->live_count + added;
    if ((changed > UPDATE_SMALL && changed > base->document_count / 8) ||
        sp_bm25_average(length_sum, index->live_count + added) != base->average) {
        return too_much(err);
    }
    enum sp_status status = sp_segment_build(builder, base->average, &index->segments[1], err);
    if (status != SP_OK) {
        return status;
    }
    index->live_count += added;
    index->live_length_sum = length_sum;
    index->average = base->average;
    return SP_OK;
}

enum sp_status sp_index_builder_update(struct sp_index_builder *builder, const struct sp_index *old,
                                       const uint64_t *removed, size_t removed_count,
                                       uint64_t version, struct sp_index **out,
                                       struct sp_error *err)
{
    struct sp_index *index = sp_calloc(1, sizeof(*index));
    if (index == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    atomic_init(&index->refs, 1);
    index->version = version;
    index->base_version = old->base_version;
    index->segments[0] = sp_segment_ref(old->segments[0]);
    index->live_count = old->segments[0]->document_count;
    index->live_length_sum = old->segments[0]->length_sum;
    enum sp_status status = kill_removed(index, removed, removed_count, err);
    if (status == SP_OK) {
        status = add_second(index, builder, err);
    }
    empty_builder(builder);
    if (status != SP_OK) {
        sp_index_unref(index);
        return status;
    }
    *out = index;
    return SP_OK;
}

struct sp_index *sp_index_ref(struct sp_index *index)
{
    atomic_fetch_add_explicit(&index->refs, 1, memory_order_relaxed);
    return index;
}

void sp_index_unref(struct sp_index *index)
{
    /* acquire-release: the last one sees all that the others did before it frees */
    if (index == NULL || atomic_fetch_sub_explicit(&index->refs, 1, memory_order_acq_rel) != 1) {
        return;
    }
    for (size_t i = 0; i < SP_INDEX_SEGMENTS; i++) {
        sp_segment_unref(index->segments[i]);
    }
    sp_free(index->dead);
    sp_free(index->dead_frequency);
    sp_free(index);
}

uint64_t sp_index_version(const struct sp_index *index)
{
    return index->version;
}

uint64_t sp_index_base_version(const struct sp_index *index)
{
    return index->base_version;
}

uint32_t sp_index_slot_count(const struct sp_index *index)
{
    return index->segments[0]->document_count +
           (index->segments[1] == NULL ? 0 : index->segments[1]->document_count);
}

uint32_t sp_index_document_count(const struct sp_index *index)
{
    return index->live_count;
}

uint32_t sp_index_average_length(const struct sp_index *index)
{
    return index->average;
}

bool sp_index_is_live(const struct sp_index *index, uint32_t document)
{
    uint32_t base_count = index->segments[0]->document_count;
    return document >= base_count || !sp_index_is_dead(index, 0, document);
}

const struct sp_index_document *sp_index_document(const struct sp_index *index, uint32_t document)
{
    uint32_t base_count = index->segments[0]->document_count;
    return document < base_count ? &index->segments[0]->documents[document]
                                 : &index->segments[1]->documents[document - base_count];
}

uint32_t sp_index_main_voivodeship(const struct sp_index *index)
{
    enum { FIRST = 2, LAST = 32, STEP = 2 }; /* TERYT: 02, 04, ... 32 */
    uint32_t best = 0;
    uint32_t most = 0;
    for (uint32_t voivodeship = FIRST; voivodeship <= LAST; voivodeship += STEP) {
        uint32_t count =
            sp_segment_powiats(index->segments[0], voivodeship * 100, voivodeship * 100 + 99);
        if (count > most) {
            most = count;
            best = voivodeship;
        }
    }
    return best;
}

size_t sp_index_size_bytes(const struct sp_index *index)
{
    size_t bytes = sizeof(*index);
    for (size_t i = 0; i < SP_INDEX_SEGMENTS; i++) {
        bytes += index->segments[i] == NULL ? 0 : index->segments[i]->size_bytes;
    }
    if (index->dead != NULL) {
        SP_ASSERT(index->segments[0] != NULL); /* only its documents can be dead */
        bytes += (index->segments[0]->document_count / 64 + 1) * sizeof(*index->dead);
        bytes += ((size_t)index->segments[0]->term_count + 1) * sizeof(*index->dead_frequency);
    }
    return bytes;
}

uint64_t sp_index_tie(const struct sp_index *index, uint64_t key)
{
    uint64_t mixed = key ^ (index->version * 0x9e3779b97f4a7c15ULL);
    mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9ULL; /* SplitMix64: one to one */
    mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111ebULL;
    return mixed ^ (mixed >> 31);
}
