/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Kept needs on disk: the one connection that writes. The file `needs.sqlite` lies beside the
 * catalogue's, in a file of its own (docs/decisions/0302): what is imported here is no change of
 * the catalogue, and what is deleted here is gone.
 *
 * Between sp_needs_begin() and sp_needs_commit() any number of changes share one fsync. A need that
 * arrives (added, or changed) is compared with the standing searches in the same transaction, so
 * that no arrival is lost and none is told twice.
 *
 * Thread: all calls on one store come from one thread at a time.
 */
#ifndef SP_NEEDS_NEEDS_STORE_H
#define SP_NEEDS_NEEDS_STORE_H

#include <stdint.h>

#include "base/date.h"
#include "matcher/needs/need_query.h"
#include "spoina/v1/needs.pb-c.h"

struct sp_language;
struct sp_needs;

enum {
    SP_NEED_MAX_BYTES = 16 << 20,   /* packed, without the text; 100 lots take below 2 MB */
    SP_NEEDS_SEARCHES_MAX = 100000, /* standing ones */
    SP_NEED_ID_MAX_BYTES = 200,
    SP_NEEDS_CORRECTIONS_KEPT = 50 /* of one need; older ones go */
};

struct sp_needs_options {
    const char *directory;              /* exists */
    const struct sp_language *language; /* its fingerprint tells when keys must be made anew */
    struct sp_key_tools tools;          /* used during open only */
};

/** What sp_needs_put() did. */
enum sp_need_outcome { SP_NEED_UNCHANGED, SP_NEED_ADDED, SP_NEED_CHANGED };

/**
 * Open or create the store and bring its schema up to date.
 *
 * @param out  owned by the caller, sp_needs_close()
 * @return SP_OK; SP_BUSY (another store holds the lock); SP_UNSUPPORTED (made by a newer spoina);
 *         SP_CORRUPT; SP_IO; SP_NOMEM
 */
SP_MUST_CHECK enum sp_status sp_needs_open(const struct sp_needs_options *options,
                                           struct sp_needs **out, struct sp_error *err);
void sp_needs_close(struct sp_needs *store); /* rolls back what is open; NULL is accepted */

SP_MUST_CHECK enum sp_status sp_needs_begin(struct sp_needs *store, struct sp_error *err);
/** Make the group durable. After a failure nothing of it is stored. */
SP_MUST_CHECK enum sp_status sp_needs_commit(struct sp_needs *store, struct sp_error *err);
void sp_needs_rollback(struct sp_needs *store); /* does nothing if none is open */

/**
 * Add or replace what was read under need->id, in the open group.
 *
 * Equal means: the same draft as it was read, the same text and term; imported_on, file_name and
 * warnings do not count. A correction stays as long as the text is the same; with a new text the
 * corrected draft goes to the corrections that are kept.
 *
 * @param need  id, kind, draft (checked), source, file_name, imported_on, text, term, warnings
 * @param keys  of need->draft
 * @return SP_OK; SP_PRECONDITION (no group is open); SP_LIMIT; SP_IO; SP_NOMEM
 */
SP_MUST_CHECK enum sp_status sp_needs_put(struct sp_needs *store, const Spoina__V1__Need *need,
                                          const struct sp_need_keys *keys,
                                          enum sp_need_outcome *outcome, struct sp_error *err);

/** Replace the draft of a stored need by a corrected one; in the open group.
 *  @param keys  of @p draft  @return also SP_NOT_FOUND */
SP_MUST_CHECK enum sp_status sp_needs_correct(struct sp_needs *store, const char *id,
                                              const Spoina__V1__Draft *draft,
                                              const struct sp_need_keys *keys, sp_day today,
                                              struct sp_error *err);

/** Remove a need with its text, corrections and arrivals, and its bytes from the file; outside a
 *  group. @return SP_OK; SP_NOT_FOUND; SP_IO; SP_NOMEM */
SP_MUST_CHECK enum sp_status sp_needs_delete(struct sp_needs *store, const char *id,
                                             struct sp_error *err);

/** Keep what was counted; in the open group. @return also SP_NOT_FOUND */
SP_MUST_CHECK enum sp_status sp_needs_assess(struct sp_needs *store, const char *id,
                                             const Spoina__V1__NeedPotential *potential,
                                             struct sp_error *err);

/** Add or replace a standing search under search->id; outside a group.
 *  @return SP_OK; SP_LIMIT (too many); SP_IO; SP_NOMEM */
SP_MUST_CHECK enum sp_status sp_needs_save_search(struct sp_needs *store,
                                                  const Spoina__V1__StandingSearch *search,
                                                  const struct sp_need_query *query,
                                                  struct sp_error *err);
/** Remove it with its arrivals; outside a group. @return SP_OK; SP_NOT_FOUND; SP_IO; SP_NOMEM */
SP_MUST_CHECK enum sp_status sp_needs_delete_search(struct sp_needs *store, const char *id,
                                                    struct sp_error *err);

/** A number for a new draft or search: 1, 2, ...; never given twice. Outside a group. */
SP_MUST_CHECK enum sp_status sp_needs_next_number(struct sp_needs *store, int64_t *out,
                                                  struct sp_error *err);

#endif
