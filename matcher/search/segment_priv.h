/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * The inside of the index, for matcher/search only: a segment (immutable, shared by snapshots), and
 * the snapshot.
 */
#ifndef SP_SEARCH_SEGMENT_PRIV_H
#define SP_SEARCH_SEGMENT_PRIV_H

#include <stdatomic.h>

#include "matcher/search/array_priv.h"
#include "matcher/search/index.h"

enum {
    SP_WINDOW_WORDS = SP_WINDOW_DOCUMENTS / 64,
    SP_BITMAP_POSTINGS = 24 /* a block of so many postings has a bitmap of 80 bytes too */
};

/** The postings of one term in one window; its fields are read together. */
struct sp_block {
    uint32_t window;
    uint32_t start;  /* of its postings */
    uint32_t bitmap; /* bitmap + 1, or 0 for a block of few postings */
    uint16_t count;  /* postings, 1..SP_WINDOW_DOCUMENTS */
    uint16_t bound;  /* highest impact */
};

/** Which documents of a window hold a term, and where their postings are. */
struct sp_bitmap {
    uint64_t words[SP_WINDOW_WORDS];
    uint16_t ranks[SP_WINDOW_WORDS]; /* bits in the words before each */
};

struct sp_segment {
    atomic_uint refs;

    uint32_t document_count;
    uint32_t average; /* length for which the impacts were computed */
    uint64_t length_sum;
    uint64_t posting_count;
    struct sp_index_document *documents; /* ordered by powiat, main CPV code, id */
    uint64_t *keys; /* of the documents, once more: read for every hit, so kept dense */
    uint32_t *lengths;
    uint32_t *by_id; /* documents, ordered by id */
    uint32_t *cpv;   /* pools of the documents' arrays */
    struct sp_index_area *areas;
    struct sp_index_status *statuses;
    struct sp_index_service *services;

    uint32_t term_count;
    char *text;           /* all terms, ordered by bytes */
    uint32_t *text_start; /* term_count + 1 */
    uint32_t *slots;      /* hash table: term + 1, or 0; slot_mask + 1 of them */
    uint32_t slot_mask;
    uint32_t *frequency;   /* of each term, dead documents included */
    uint32_t *block_start; /* term_count + 1: in blocks, rising windows within a term */

    uint32_t block_count;
    struct sp_block *blocks;
    struct sp_bitmap *bitmaps;

    uint16_t *posting_document; /* number in the window, rising within a block */
    uint16_t *posting_impact;
    uint8_t *posting_fields; /* enum sp_index_field */

    uint32_t *forward_start; /* document_count + 1: the terms of a document, for its removal */
    uint32_t *forward_terms;
    size_t size_bytes;
};

struct sp_index {
    atomic_uint refs;
    uint64_t version;
    uint64_t base_version;
    struct sp_segment *segments[SP_INDEX_SEGMENTS]; /* the second may be NULL */
    uint64_t *dead;           /* bits over the documents of the first segment; NULL: all live */
    uint32_t *dead_frequency; /* of each term of the first segment; NULL like dead */
    uint32_t live_count;
    uint64_t live_length_sum;
    uint32_t average;
};

/** What a builder collects before the documents and terms are put in order. */
struct sp_pending_document {
    struct sp_index_document document; /* its arrays: not valid */
    size_t cpv_start;
    size_t area_start;
    size_t status_start;
    size_t service_start;
};

struct sp_pending_term {
    uint32_t text_start;
    uint32_t text_length;
    uint32_t hash;
};

struct sp_pending_posting {
    uint32_t term;
    uint32_t document;
    uint32_t tf;
    uint32_t fields; /* enum sp_index_field */
};

struct sp_index_builder {
    SP_ARRAY(struct sp_pending_document) documents;
    SP_ARRAY(uint32_t) cpv;
    SP_ARRAY(struct sp_index_area) areas;
    SP_ARRAY(struct sp_index_status) statuses;
    SP_ARRAY(struct sp_index_service) services;
    SP_ARRAY(struct sp_pending_term) terms;
    SP_ARRAY(char) text;
    SP_ARRAY(struct sp_pending_posting) postings;
    uint32_t *slots;   /* term + 1, or 0 */
    size_t slot_count; /* power of two, or 0 */
    uint32_t last_term;
};

uint32_t sp_term_hash(struct sp_view text);

/**
 * Turn what @p builder holds into a segment with one reference.
 *
 * @param average  length for the impacts; 0: that of the documents
 */
SP_MUST_CHECK enum sp_status sp_segment_build(struct sp_index_builder *builder, uint32_t average,
                                              struct sp_segment **out, struct sp_error *err);
void sp_segment_unref(struct sp_segment *segment);
struct sp_segment *sp_segment_ref(struct sp_segment *segment);

static inline struct sp_view sp_segment_text(const struct sp_segment *segment, uint32_t term)
{
    uint32_t start = segment->text_start[term];
    return sp_view_from(segment->text + start, segment->text_start[term + 1] - start);
}

/** The number of a term, or SP_NO_LIST. */
uint32_t sp_segment_find(const struct sp_segment *segment, struct sp_view text);

/** The range of documents of a powiat; all of them for 0. */
void sp_segment_powiat(const struct sp_segment *segment, uint32_t powiat, uint32_t *first,
                       uint32_t *end);

/** Count the documents of powiats @p lowest .. @p highest. */
uint32_t sp_segment_powiats(const struct sp_segment *segment, uint32_t lowest, uint32_t highest);

static inline bool sp_index_is_dead(const struct sp_index *index, size_t segment, uint32_t local)
{
    return segment == 0 && index->dead != NULL &&
           (index->dead[local / 64] >> (local % 64) & 1) != 0;
}

/** First document number of a segment. */
static inline uint32_t sp_index_offset(const struct sp_index *index, size_t segment)
{
    SP_ASSERT(segment == 0 || index->segments[0] != NULL);
    return segment == 0 ? 0 : index->segments[0]->document_count;
}

/** Place of a document among equal scores, from its key: smaller comes first. */
uint64_t sp_index_tie(const struct sp_index *index, uint64_t key);

#endif
