/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * The catalogue on disk: connections that only read. One per worker thread.
 *
 * Between sp_reader_begin() and sp_reader_end() all answers belong to one version of the catalogue.
 * Outside, each call sees the newest committed version.
 *
 * What matcher/search needs to keep its index in memory:
 *
 *     sp_reader_begin(reader, &version, err);
 *     sp_reader_each_document(reader, 0, take_document, ...);     every document, by rising id
 *     sp_reader_each_posting(reader, take_posting, ...);          every (term, document, column)
 *     sp_reader_end(reader);
 *     ...
 *     sp_reader_each_removed(reader, version, forget, ...);       later: what went away since
 *     sp_reader_each_document(reader, version, take_document, ...);   and what came
 *
 * A document never changes: when its entity does, it is removed and comes back under a new id. Ids
 * are never used twice.
 */
#ifndef SP_CATALOGUE_READER_H
#define SP_CATALOGUE_READER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/status.h"
#include "base/view.h"
#include "spoina/v1/catalogue.pb-c.h"

struct sp_language;
struct sp_reader;

enum { SP_OFFER_PROFILE = -1 }; /* offer index of the document about the entity itself */

/** A document of the search index: one offer, or the profile of an entity. */
struct sp_document {
    uint64_t id;                      /* powiat << 32 | number: see sp_document_powiat() */
    uint64_t seq;                     /* log entry that made it */
    uint32_t entity_number;           /* stable while the entity exists, never used twice */
    int32_t offer_index;              /* into entity->offers, or SP_OFFER_PROFILE */
    const Spoina__V1__Entity *entity; /* borrowed until the callback returns */
    const Spoina__V1__Offer *offer;   /* NULL for a profile */
    const Spoina__V1__Place *place;   /* of the offer's unit, else the seat; may be NULL */
    bool has_point;
    int32_t latitude_microdegrees; /* of place; 0 without has_point */
    int32_t longitude_microdegrees;
    uint32_t unit_kinds;  /* bit 1 << UnitKind: of the entity's units, or of the one
                             unit that performs the offer */
    struct sp_view title; /* borrowed; the offer's title, or the entity's name */
    struct sp_view body;  /* borrowed; begins with the description, byte for byte:
                             offsets below its length are offsets in it */
};

/** First four TERYT digits as a number (262 = Legnica); 100 * voivodeship when only that is known;
 *  0 when nothing is. Documents of one powiat are neighbours. */
static inline uint32_t sp_document_powiat(uint64_t document_id)
{
    return (uint32_t)(document_id >> 32);
}

/** One occurrence of a term in the index. */
struct sp_posting {
    struct sp_view term; /* a lemma as matcher/language gives it; borrowed until the callback
                            returns; equal terms come one after the other */
    uint64_t document;
    uint32_t column; /* 0 = title, 1 = body */
    uint32_t offset; /* token position in the column */
};

/** A status other than SP_OK ends the iteration and becomes its result. */
typedef enum sp_status sp_document_fn(void *context, const struct sp_document *document);
typedef enum sp_status sp_posting_fn(void *context, const struct sp_posting *posting);
typedef enum sp_status sp_removed_fn(void *context, uint64_t document);
typedef enum sp_status sp_entity_fn(void *context, const Spoina__V1__Entity *entity);

/**
 * Open the catalogue of @p directory read-only.
 *
 * @param language  borrowed until close
 * @param out       owned by the caller, sp_reader_close()
 * @return SP_OK; SP_NOT_FOUND (no store was ever opened there); SP_UNSUPPORTED (schema of another
 * version); SP_IO; SP_NOMEM
 */
SP_MUST_CHECK enum sp_status sp_reader_open(const char *directory,
                                            const struct sp_language *language,
                                            struct sp_reader **out, struct sp_error *err);
void sp_reader_close(struct sp_reader *reader);

/** Hold one version. @param version  may be NULL; the version held */
SP_MUST_CHECK enum sp_status sp_reader_begin(struct sp_reader *reader, uint64_t *version,
                                             struct sp_error *err);
/** Let go of the version; does nothing if none is held. */
void sp_reader_end(struct sp_reader *reader);

/** Version of the catalogue now, or of the version held. */
SP_MUST_CHECK enum sp_status sp_reader_version(struct sp_reader *reader, uint64_t *version,
                                               struct sp_error *err);

/**
 * Find an entity.
 *
 * @param key  entity id, NIP, KRS or REGON; NIP and REGON may have dashes and spaces
 * @param out  allocated in @p arena
 * @return SP_OK; SP_NOT_FOUND; SP_CORRUPT; SP_IO; SP_NOMEM
 */
SP_MUST_CHECK enum sp_status sp_reader_find(struct sp_reader *reader, const char *key,
                                            struct sp_arena *arena, Spoina__V1__Entity **out,
                                            struct sp_error *err);

/** Find the entity with @p number (sp_document.entity_number). */
SP_MUST_CHECK enum sp_status sp_reader_entity(struct sp_reader *reader, uint32_t number,
                                              struct sp_arena *arena, Spoina__V1__Entity **out,
                                              struct sp_error *err);

/** Fetch the indexed texts of @p document into @p arena. @return SP_OK; SP_NOT_FOUND; ... */
SP_MUST_CHECK enum sp_status sp_reader_texts(struct sp_reader *reader, uint64_t document,
                                             struct sp_arena *arena, struct sp_view *title,
                                             struct sp_view *body, struct sp_error *err);

/** Visit the documents made by log entries after @p after_seq (0: all), by rising id. */
SP_MUST_CHECK enum sp_status sp_reader_each_document(struct sp_reader *reader, uint64_t after_seq,
                                                     sp_document_fn *visit, void *context,
                                                     struct sp_error *err);

/** Visit the ids of documents removed by log entries after @p after_seq, also of such that both
 *  came and went since. @return also SP_PRECONDITION (the list no longer goes back so far: read
 * all)
 */
SP_MUST_CHECK enum sp_status sp_reader_each_removed(struct sp_reader *reader, uint64_t after_seq,
                                                    sp_removed_fn *visit, void *context,
                                                    struct sp_error *err);

/** Visit every posting of the full-text index, by term, then document, column, offset. */
SP_MUST_CHECK enum sp_status sp_reader_each_posting(struct sp_reader *reader, sp_posting_fn *visit,
                                                    void *context, struct sp_error *err);

/** Visit entities by rising number, beginning after @p after_number (0: all), at most @p limit. */
SP_MUST_CHECK enum sp_status sp_reader_each_entity(struct sp_reader *reader, uint32_t after_number,
                                                   uint32_t limit, sp_entity_fn *visit,
                                                   void *context, uint32_t *last_number,
                                                   struct sp_error *err);

/** Stop queries of @p reader that run on another thread; they fail with SP_CANCELLED. */
void sp_reader_interrupt(struct sp_reader *reader);

#endif
