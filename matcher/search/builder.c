/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Collects documents and occurrences in any order.
 */
#include "matcher/search/index.h"
#include "matcher/search/segment_priv.h"

enum { FIRST_SLOTS = 1024 };

uint64_t sp_index_key(struct sp_view entity_id, struct sp_view offer_id)
{
    uint64_t hash = 14695981039346656037ULL; /* FNV-1a, then the finaliser of MurmurHash3 */
    for (size_t i = 0; i < entity_id.length; i++) {
        hash = (hash ^ (unsigned char)entity_id.data[i]) * 1099511628211ULL;
    }
    hash = (hash ^ 0x100) * 1099511628211ULL; /* no byte: the border between the two */
    for (size_t i = 0; i < offer_id.length; i++) {
        hash = (hash ^ (unsigned char)offer_id.data[i]) * 1099511628211ULL;
    }
    hash = (hash ^ (hash >> 33)) * 0xff51afd7ed558ccdULL;
    hash = (hash ^ (hash >> 33)) * 0xc4ceb9fe1a85ec53ULL;
    return hash ^ (hash >> 33);
}

uint32_t sp_term_hash(struct sp_view text)
{
    uint32_t hash = 2166136261U;
    for (size_t i = 0; i < text.length; i++) {
        hash = (hash ^ (unsigned char)text.data[i]) * 16777619U;
    }
    return hash ^ (hash >> 15);
}

enum sp_status sp_index_builder_new(struct sp_index_builder **out, struct sp_error *err)
{
    *out = sp_calloc(1, sizeof(**out));
    return *out == NULL ? SP_FAIL_NOMEM(err) : SP_OK;
}

void sp_index_builder_free(struct sp_index_builder *builder)
{
    if (builder == NULL) {
        return;
    }
    sp_free(builder->documents.items);
    sp_free(builder->cpv.items);
    sp_free(builder->areas.items);
    sp_free(builder->statuses.items);
    sp_free(builder->services.items);
    sp_free(builder->terms.items);
    sp_free(builder->text.items);
    sp_free(builder->postings.items);
    sp_free(builder->slots);
    sp_free(builder);
}

enum sp_status sp_index_builder_add_document(struct sp_index_builder *builder,
                                             const struct sp_index_document *document,
                                             uint32_t *handle, struct sp_error *err)
{
    if (builder->documents.count >= INT32_MAX) {
        return SP_FAIL(err, SP_LIMIT, "", "Za dużo dokumentów w indeksie (najwyżej %d).",
                       "Too many documents in the index (at most %d).", INT32_MAX);
    }
    if (!SP_ARRAY_RESERVE(&builder->documents, 1) ||
        !SP_ARRAY_RESERVE(&builder->cpv, document->cpv_count) ||
        !SP_ARRAY_RESERVE(&builder->areas, document->served_count) ||
        !SP_ARRAY_RESERVE(&builder->statuses, document->status_count) ||
        !SP_ARRAY_RESERVE(&builder->services, document->service_count)) {
        return SP_FAIL_NOMEM(err);
    }
    struct sp_pending_document *item = &builder->documents.items[builder->documents.count];
    item->document = *document;
    item->cpv_start = builder->cpv.count;
    item->area_start = builder->areas.count;
    item->status_start = builder->statuses.count;
    item->service_start = builder->services.count;
    for (uint32_t i = 0; i < document->cpv_count; i++) {
        builder->cpv.items[builder->cpv.count++] = document->cpv[i];
    }
    for (uint32_t i = 0; i < document->served_count; i++) {
        builder->areas.items[builder->areas.count++] = document->served[i];
    }
    for (uint32_t i = 0; i < document->status_count; i++) {
        builder->statuses.items[builder->statuses.count++] = document->statuses[i];
    }
    for (uint32_t i = 0; i < document->service_count; i++) {
        builder->services.items[builder->services.count++] = document->services[i];
    }
    *handle = (uint32_t)builder->documents.count++;
    return SP_OK;
}

static struct sp_view pending_text(const struct sp_index_builder *builder, uint32_t term)
{
    const struct sp_pending_term *item = &builder->terms.items[term];
    return sp_view_from(builder->text.items + item->text_start, item->text_length);
}

static bool grow_slots(struct sp_index_builder *builder)
{
    size_t count = builder->slot_count == 0 ? FIRST_SLOTS : builder->slot_count * 2;
    uint32_t *slots = sp_calloc(count, sizeof(*slots));
    if (slots == NULL) {
        return false;
    }
    for (size_t i = 0; i < builder->terms.count; i++) {
        size_t slot = builder->terms.items[i].hash & (count - 1);
        while (slots[slot] != 0) {
            slot = (slot + 1) & (count - 1);
        }
        slots[slot] = (uint32_t)i + 1;
    }
    sp_free(builder->slots);
    builder->slots = slots;
    builder->slot_count = count;
    return true;
}

/** Number of @p text among the terms, new or not; false when out of memory. */
static bool intern(struct sp_index_builder *builder, struct sp_view text, uint32_t *term)
{
    if (builder->last_term < builder->terms.count &&
        sp_view_equal(pending_text(builder, builder->last_term), text)) {
        *term = builder->last_term;
        return true;
    }
    if (builder->terms.count * 2 >= builder->slot_count && !grow_slots(builder)) {
        return false;
    }
    uint32_t hash = sp_term_hash(text);
    size_t slot = hash & (builder->slot_count - 1);
    while (builder->slots[slot] != 0) {
        uint32_t found = builder->slots[slot] - 1;
        if (builder->terms.items[found].hash == hash &&
            sp_view_equal(pending_text(builder, found), text)) {
            builder->last_term = found;
            *term = found;
            return true;
        }
        slot = (slot + 1) & (builder->slot_count - 1);
    }
    if (builder->text.count + text.length > UINT32_MAX || !SP_ARRAY_RESERVE(&builder->terms, 1) ||
        !SP_ARRAY_RESERVE(&builder->text, text.length)) {
        return false;
    }
    memcpy(builder->text.items + builder->text.count, text.data, text.length);
    builder->terms.items[builder->terms.count] =
        (struct sp_pending_term){(uint32_t)builder->text.count, (uint32_t)text.length, hash};
    builder->text.count += text.length;
    *term = (uint32_t)builder->terms.count++;
    builder->slots[slot] = *term + 1;
    builder->last_term = *term;
    return true;
}

enum sp_status sp_index_builder_add_term(struct sp_index_builder *builder, uint32_t handle,
                                         struct sp_view term, uint32_t tf, struct sp_error *err)
{
    return sp_index_builder_add_occurrence(builder, handle, term, tf, 0, err);
}

enum sp_status sp_index_builder_add_occurrence(struct sp_index_builder *builder, uint32_t handle,
                                               struct sp_view term, uint32_t tf, unsigned fields,
                                               struct sp_error *err)
{
    if (term.length == 0 || term.length > SP_INDEX_TERM_MAX_BYTES || tf == 0 ||
        handle >= builder->documents.count) {
        return SP_FAIL(err, SP_INVALID, "", "Hasło indeksu nie jest poprawne (%zu bajtów).",
                       "An index term is not valid (%zu bytes).", term.length);
    }
    uint32_t number = 0;
    if (!intern(builder, term, &number)) {
        return SP_FAIL_NOMEM(err);
    }
    if (builder->postings.count > 0) {
        struct sp_pending_posting *last = &builder->postings.items[builder->postings.count - 1];
        if (last->term == number && last->document == handle) {
            last->tf += tf < UINT32_MAX - last->tf ? tf : UINT32_MAX - last->tf;
            last->fields |= fields;
            return SP_OK;
        }
    }
    if (!SP_ARRAY_RESERVE(&builder->postings, 1)) {
        return SP_FAIL_NOMEM(err);
    }
    builder->postings.items[builder->postings.count++] =
        (struct sp_pending_posting){number, handle, tf, fields};
    return SP_OK;
}
