/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * All matches of a query as a set, for totals and facets; and what each word gave to one document.
 */
#include "matcher/search/bm25.h"
#include "matcher/search/top.h"
#include "matcher/search/top_priv.h"

static void set_bit(uint64_t *words, uint32_t bit)
{
    words[bit / 64] |= (uint64_t)1 << (bit % 64);
}

/** Mark the documents of @p group in the segment, wherever they lie. */
static void mark_group(const struct sp_index *index, size_t segment,
                       const struct sp_index_group *group, uint64_t *words)
{
    const struct sp_segment *from = index->segments[segment];
    uint32_t offset = sp_index_offset(index, segment);
    for (size_t member = 0; member < group->count; member++) {
        uint32_t list = group->members[member].term.lists[segment];
        if (list == SP_NO_LIST) {
            continue;
        }
        for (uint32_t i = from->block_start[list]; i < from->block_start[list + 1]; i++) {
            const struct sp_block *block = &from->blocks[i];
            uint32_t first = offset + block->window * SP_WINDOW_DOCUMENTS;
            for (uint32_t j = block->start; j < block->start + block->count; j++) {
                set_bit(words, first + from->posting_document[j]);
            }
        }
    }
}

/** Mark what the words of the query match in any segment. */
static enum sp_status mark_words(const struct sp_index *index, const struct sp_index_query *query,
                                 struct sp_arena *arena, struct sp_document_set *set)
{
    uint64_t *one = sp_arena_alloc(arena, set->word_count * sizeof(*one));
    if (one == NULL) {
        return SP_NOMEM;
    }
    for (size_t i = 0; i < query->group_count; i++) {
        if (sp_query_is_cancelled(query)) {
            return SP_CANCELLED;
        }
        bool joins = !query->all || i == 0;
        uint64_t *into = joins ? set->words : one;
        if (!joins) {
            memset(one, 0, set->word_count * sizeof(*one));
        }
        for (size_t segment = 0; segment < SP_INDEX_SEGMENTS; segment++) {
            if (index->segments[segment] != NULL) {
                mark_group(index, segment, &query->groups[i], into);
            }
        }
        for (size_t word = 0; !joins && word < set->word_count; word++) {
            set->words[word] &= one[word];
        }
    }
    return SP_OK;
}

/** Keep what is live, in the powiat and not refused; count it. */
static enum sp_status filter_set(const struct sp_index *index, const struct sp_index_query *query,
                                 struct sp_document_set *set)
{
    for (size_t word = 0; word < set->word_count; word++) {
        if (word % SP_WINDOW_DOCUMENTS == 0 && sp_query_is_cancelled(query)) {
            return SP_CANCELLED;
        }
        for (uint64_t bits = set->words[word]; bits != 0; bits &= bits - 1) {
            uint32_t number = (uint32_t)(word * 64) + (uint32_t)__builtin_ctzll(bits);
            const struct sp_index_document *document = sp_index_document(index, number);
            if (sp_index_is_live(index, number) &&
                (query->powiat == 0 || document->powiat == query->powiat) &&
                (query->factor == NULL || query->factor(query->context, document) > 0)) {
                set->count++;
            } else {
                set->words[word] &= ~((uint64_t)1 << (number % 64));
            }
        }
    }
    return SP_OK;
}

enum sp_status sp_index_matches(const struct sp_index *index, const struct sp_index_query *query,
                                struct sp_arena *arena, struct sp_document_set *out,
                                struct sp_error *err)
{
    enum sp_status status = sp_query_check(query, err);
    if (status != SP_OK) {
        return status;
    }
    uint32_t slots = sp_index_slot_count(index);
    *out = (struct sp_document_set){.word_count = slots / 64 + 1};
    out->words = sp_arena_calloc(arena, out->word_count, sizeof(*out->words));
    if (out->words == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    if (query->group_count > 0) {
        status = mark_words(index, query, arena, out);
    }
    for (uint32_t i = 0; query->group_count == 0 && i < slots; i++) {
        set_bit(out->words, i);
    }
    if (status == SP_OK) {
        status = filter_set(index, query, out);
    }
    return status == SP_OK ? SP_OK : sp_query_fail(status, err);
}

/** Impact of the term with number @p list in a document of the segment; 0: it does not occur. */
static uint16_t impact_in(const struct sp_segment *segment, uint32_t list, uint32_t local)
{
    uint32_t window = local / SP_WINDOW_DOCUMENTS;
    uint16_t within = (uint16_t)(local % SP_WINDOW_DOCUMENTS);
    for (uint32_t i = segment->block_start[list]; i < segment->block_start[list + 1]; i++) {
        const struct sp_block *block = &segment->blocks[i];
        if (block->window != window) {
            continue;
        }
        for (uint32_t j = block->start; j < block->start + block->count; j++) {
            if (segment->posting_document[j] == within) {
                return segment->posting_impact[j];
            }
        }
    }
    return 0;
}

static struct sp_index_part part_of(const struct sp_index *index,
                                    const struct sp_index_group *group, size_t segment,
                                    uint32_t local)
{
    struct sp_index_part part = {0, 0};
    for (size_t i = 0; i < group->count; i++) {
        const struct sp_index_member *member = &group->members[i];
        uint32_t list = member->term.lists[segment];
        uint16_t impact = list == SP_NO_LIST ? 0 : impact_in(index->segments[segment], list, local);
        if (impact == 0) {
            continue;
        }
        uint32_t weight =
            sp_bm25_weight(index->live_count, member->term.frequency, member->permille);
        uint32_t given = sp_bm25_contribution(weight, impact);
        if (given > part.contribution) {
            part = (struct sp_index_part){given, (uint32_t)i};
        }
    }
    return part;
}

void sp_index_explain(const struct sp_index *index, const struct sp_index_query *query,
                      uint32_t document, struct sp_index_part *parts)
{
    size_t segment = document < index->segments[0]->document_count ? 0 : 1;
    uint32_t local = document - sp_index_offset(index, segment);
    for (size_t i = 0; i < query->group_count; i++) {
        parts[i] = part_of(index, &query->groups[i], segment, local);
    }
}
