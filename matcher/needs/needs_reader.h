/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Kept needs: connections that only read. One per worker thread; each call sees the newest
 * committed state.
 */
#ifndef SP_NEEDS_NEEDS_READER_H
#define SP_NEEDS_NEEDS_READER_H

#include "base/arena.h"
#include "base/date.h"
#include "matcher/needs/need_query.h"
#include "spoina/v1/needs.pb-c.h"

struct sp_needs_reader;

/** Open the needs of @p directory read-only. @return SP_OK; SP_NOT_FOUND (no store was ever opened
 *  there); SP_UNSUPPORTED; SP_IO; SP_NOMEM */
SP_MUST_CHECK enum sp_status
sp_needs_reader_open(const char *directory, struct sp_needs_reader **out, struct sp_error *err);
void sp_needs_reader_close(struct sp_needs_reader *reader); /* NULL is accepted */

/** Fetch a need whole. @param out  in @p arena @return SP_OK; SP_NOT_FOUND; SP_CORRUPT; ... */
SP_MUST_CHECK enum sp_status sp_needs_reader_get(struct sp_needs_reader *reader, const char *id,
                                                 struct sp_arena *arena, Spoina__V1__Need **out,
                                                 struct sp_error *err);

/** The drafts that corrections replaced, oldest first. */
SP_MUST_CHECK enum sp_status sp_needs_reader_corrections(struct sp_needs_reader *reader,
                                                         const char *id, struct sp_arena *arena,
                                                         Spoina__V1__NeedCorrection ***out,
                                                         size_t *count, struct sp_error *err);

struct sp_needs_page {
    const struct sp_need_query *query;
    Spoina__V1__NeedOrder order;
    uint32_t limit;
    uint32_t offset;
};

/** List what answers the query. @param total  without limit and offset */
SP_MUST_CHECK enum sp_status sp_needs_reader_list(struct sp_needs_reader *reader,
                                                  const struct sp_needs_page *page,
                                                  struct sp_arena *arena,
                                                  Spoina__V1__NeedSummary ***out, size_t *count,
                                                  uint32_t *total, struct sp_error *err);

/** Told of a need without its text; it lives for the call. Anything but SP_OK ends it. */
typedef enum sp_status sp_need_fn(void *context, const Spoina__V1__Need *need,
                                  struct sp_error *err);

/** Visit the published needs, oldest first. */
SP_MUST_CHECK enum sp_status sp_needs_reader_each(struct sp_needs_reader *reader, sp_need_fn *visit,
                                                  void *context, struct sp_error *err);

/** Codes, services and places of a published need that is open; they live for the call. */
typedef enum sp_status sp_need_keys_fn(void *context, int64_t number,
                                       const struct sp_need_keys *keys, struct sp_error *err);

/** Visit the keys of the published needs open on @p day (deadline then, later, or unknown). */
SP_MUST_CHECK enum sp_status sp_needs_reader_each_keys(struct sp_needs_reader *reader, sp_day day,
                                                       sp_need_keys_fn *visit, void *context,
                                                       struct sp_error *err);

/** Fetch a need without its text by the number that sp_needs_reader_each_keys() told. */
SP_MUST_CHECK enum sp_status sp_needs_reader_by_number(struct sp_needs_reader *reader,
                                                       int64_t number, struct sp_arena *arena,
                                                       Spoina__V1__Need **out,
                                                       struct sp_error *err);

/** Ids of published needs open on @p day whose potential was never counted, or of another version
 *  than @p version of the catalogue; those never counted first. @param remaining  of all of them */
SP_MUST_CHECK enum sp_status sp_needs_reader_unassessed(struct sp_needs_reader *reader, sp_day day,
                                                        uint64_t version, uint32_t limit,
                                                        struct sp_arena *arena, char ***ids,
                                                        size_t *count, uint32_t *remaining,
                                                        struct sp_error *err);

/** How many published needs there are. */
SP_MUST_CHECK enum sp_status sp_needs_reader_count(struct sp_needs_reader *reader, uint64_t *out,
                                                   struct sp_error *err);

/** All standing searches, oldest first. */
SP_MUST_CHECK enum sp_status sp_needs_reader_searches(struct sp_needs_reader *reader,
                                                      struct sp_arena *arena,
                                                      Spoina__V1__StandingSearch ***out,
                                                      size_t *count, struct sp_error *err);

/** What arrived for @p search_id ("": for any), newest first. */
SP_MUST_CHECK enum sp_status sp_needs_reader_arrivals(struct sp_needs_reader *reader,
                                                      const char *search_id, uint32_t limit,
                                                      struct sp_arena *arena,
                                                      Spoina__V1__Arrival ***out, size_t *count,
                                                      struct sp_error *err);

#endif
