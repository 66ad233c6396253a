/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * The search index in memory: an immutable snapshot of what the catalogue's FTS5 index holds.
 *
 * FTS5 stays the durable index of record; this is its read model (docs/decisions/0004). Layout:
 *
 *     documents   ordered by powiat, then by CPV code: one powiat is one range of numbers, and
 *                 similar offers are neighbours
 *     windows     SP_WINDOW_DOCUMENTS neighbouring documents
 *     block       the postings of one term in one window, the highest impact among them, and a
 *                 bitmap if they are many
 *     posting     number of the document within its window (16 bits), impact (16 bits, bm25.h)
 *
 * A snapshot is one large segment, and after changes a small second one: documents that went away
 * are marked dead in the first, new ones lie in the second. Document counts, frequencies and the
 * average length are exact over the live documents, so that scores are those of a fresh index. When
 * the second segment grows large, or the rounded average moves, everything is built anew.
 *
 * Snapshots are ref-counted; any number of threads may read one.
 */
#ifndef SP_SEARCH_INDEX_H
#define SP_SEARCH_INDEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/date.h"
#include "base/status.h"
#include "base/view.h"

struct sp_index;
struct sp_index_builder;

enum {
    SP_WINDOW_DOCUMENTS = 512,
    SP_INDEX_SEGMENTS = 2,
    SP_INDEX_TERM_MAX_BYTES = 1024, /* SP_FORM_MAX_BYTES with room for NFC growth */
    SP_KILOMETRES_NONE = UINT16_MAX
};

#define SP_NO_LIST UINT32_MAX

struct sp_index_status {
    uint32_t kind; /* Spoina__V1__StatusKind */
    sp_day from;   /* SP_DAY_UNKNOWN: always was */
    sp_day to;     /* last day; SP_DAY_UNKNOWN: without end */
};

struct sp_index_area {
    char teryt[8]; /* 2, 4, 6 or 7 digits and NULs */
};

/** Where a document has a word or names a service. */
enum sp_index_field {
    SP_INDEX_TITLE = 1 << 0,       /* title of an offer, name of an entity */
    SP_INDEX_DESCRIPTION = 1 << 1, /* nothing of what the index has beside it (equipment, units) */
    SP_INDEX_DECLARED = 1 << 2     /* a service that the offer lists without a word of text */
};

struct sp_index_service {
    uint16_t service; /* number in sp_services_all() */
    uint16_t fields;  /* enum sp_index_field */
};

/** What filters, facets, ties and scoring need to know of a document. */
struct sp_index_document {
    uint64_t id;            /* the store's (sp_document.id); unique */
    uint64_t key;           /* of the entity's and offer's ids: orders ties; see sp_index_key() */
    uint32_t entity_number; /* the store's */
    int32_t offer_index;    /* into entity->offers, or SP_OFFER_PROFILE */
    uint32_t powiat;        /* TERYT as a number, as sp_document_powiat(); 0: not known */
    uint32_t unit_kinds;    /* bit 1 << UnitKind */
    uint32_t legal_form;    /* Spoina__V1__LegalForm */
    int32_t latitude_e5;    /* 1e-5 degrees; only with has_point */
    int32_t longitude_e5;
    uint16_t served_kilometres; /* from the point; SP_KILOMETRES_NONE: not said */
    bool has_point;
    char place_teryt[8];                /* of the seat or unit; "": not known */
    const uint32_t *cpv;                /* 8 digits each, the main code first */
    const struct sp_index_area *served; /* areas served */
    const struct sp_index_status *statuses;
    const struct sp_index_service *services; /* each once */
    uint32_t cpv_count;
    uint32_t served_count;
    uint32_t status_count;
    uint32_t service_count;
};

/** Mix an entity's and an offer's id ("" for a profile) into a key. */
uint64_t sp_index_key(struct sp_view entity_id, struct sp_view offer_id);

/** Create an empty builder. @return SP_OK; SP_NOMEM */
SP_MUST_CHECK enum sp_status sp_index_builder_new(struct sp_index_builder **out,
                                                  struct sp_error *err);
void sp_index_builder_free(struct sp_index_builder *builder);

/**
 * Add a document without words.
 *
 * @param document  borrowed for the call, with its arrays
 * @param handle    names the document in sp_index_builder_add_term(): 0, 1, 2, ...
 * @return SP_OK; SP_LIMIT (2^31 documents); SP_NOMEM
 */
SP_MUST_CHECK enum sp_status sp_index_builder_add_document(struct sp_index_builder *builder,
                                                           const struct sp_index_document *document,
                                                           uint32_t *handle, struct sp_error *err);

/**
 * Add @p tf occurrences of @p term to the document @p handle. Pairs may come in any order and more
 * than once (they add up); fastest when equal terms follow one another. The length of a document is
 * the sum of its occurrences.
 *
 * @return SP_OK; SP_INVALID (empty or too long a term, unknown handle); SP_NOMEM
 */
SP_MUST_CHECK enum sp_status sp_index_builder_add_term(struct sp_index_builder *builder,
                                                       uint32_t handle, struct sp_view term,
                                                       uint32_t tf, struct sp_error *err);

/** Do the same, and say where they occur. @param fields  SP_INDEX_TITLE, SP_INDEX_DESCRIPTION; 0:
 *  elsewhere */
SP_MUST_CHECK enum sp_status sp_index_builder_add_occurrence(struct sp_index_builder *builder,
                                                             uint32_t handle, struct sp_view term,
                                                             uint32_t tf, unsigned fields,
                                                             struct sp_error *err);

/**
 * Make a snapshot of one segment of all that was added; the builder is empty afterwards.
 *
 * @param version  of the catalogue
 * @param out      owned by the caller, sp_index_unref()
 * @return SP_OK; SP_LIMIT (2^32 postings); SP_NOMEM (builder unchanged or empty: free it)
 */
SP_MUST_CHECK enum sp_status sp_index_builder_finish(struct sp_index_builder *builder,
                                                     uint64_t version, struct sp_index **out,
                                                     struct sp_error *err);

/**
 * Make the snapshot that follows @p old: without the documents whose ids are in @p removed, and
 * with those of @p builder, which must hold every document added since the large segment was built
 * (sp_index_base_version()) and not removed again.
 *
 * @param removed  ids gone since the large segment was built; ids it does not know are ignored
 * @return SP_OK; SP_PRECONDITION (too much has changed: build anew; @p builder is spent);
 *         SP_NOMEM
 */
SP_MUST_CHECK enum sp_status sp_index_builder_update(struct sp_index_builder *builder,
                                                     const struct sp_index *old,
                                                     const uint64_t *removed, size_t removed_count,
                                                     uint64_t version, struct sp_index **out,
                                                     struct sp_error *err);

struct sp_index *sp_index_ref(struct sp_index *index);
/** Free with the last reference; NULL is accepted. */
void sp_index_unref(struct sp_index *index);

/** Version of the catalogue shown, and of the one the large segment was built from. */
uint64_t sp_index_version(const struct sp_index *index);
uint64_t sp_index_base_version(const struct sp_index *index);

/** Document numbers are 0 .. slots - 1; dead ones among them are never found. */
uint32_t sp_index_slot_count(const struct sp_index *index);
uint32_t sp_index_document_count(const struct sp_index *index); /* live */
uint32_t sp_index_average_length(const struct sp_index *index); /* tokens, rounded */
bool sp_index_is_live(const struct sp_index *index, uint32_t document);

/** The voivodeship (TERYT as a number) where most documents of the large segment lie; 0: none. */
uint32_t sp_index_main_voivodeship(const struct sp_index *index);

/** Attributes of document @p document < slots; lives as long as the snapshot. */
const struct sp_index_document *sp_index_document(const struct sp_index *index, uint32_t document);

/** Bytes of heap that the snapshot holds, parts shared with others included. */
size_t sp_index_size_bytes(const struct sp_index *index);

/** A term of the index. */
struct sp_term {
    struct sp_view text;               /* lives as long as the snapshot */
    uint32_t frequency;                /* live documents that hold it, >= 1 */
    uint32_t lists[SP_INDEX_SEGMENTS]; /* its number in each segment, or SP_NO_LIST */
};

/** Find a term that some live document holds. */
bool sp_index_find(const struct sp_index *index, struct sp_view text, struct sp_term *out);

/** Find the @p max most frequent terms that begin with @p prefix, most frequent first; ties by
 *  bytes. @return how many were written */
size_t sp_index_find_prefix(const struct sp_index *index, struct sp_view prefix,
                            struct sp_term *out, size_t max);

/** Take a term; false ends the walk. */
typedef bool sp_term_fn(void *context, const struct sp_term *term);

/** Visit all terms that begin with @p prefix, by bytes within each segment: a term of both segments
 *  comes once. */
void sp_index_each_term(const struct sp_index *index, struct sp_view prefix, sp_term_fn *visit,
                        void *context);

/** Take a document that has a term. @param fields  enum sp_index_field; 0: elsewhere */
typedef void sp_occurrence_fn(void *context, uint32_t document, unsigned fields);

/** Visit each live document that has @p term, of the same snapshot, once. Cost: a few ns each. */
void sp_index_each_occurrence(const struct sp_index *index, const struct sp_term *term,
                              sp_occurrence_fn *visit, void *context);

#endif
