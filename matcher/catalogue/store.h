/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * The catalogue on disk: the one connection that writes.
 *
 * Files of a data directory: `catalogue.sqlite` (with -wal and -shm) and `catalogue.lock`, which is
 * held for as long as the store is open, so that no second process can write.
 *
 * Every change is first an entry of the ordered change log and in the same transaction a change of
 * the tables and of the full-text index (schema.h). The number of the last entry is the version of
 * the catalogue. The tables can be made again from the log alone: sp_store_rebuild().
 *
 * Group commit: between sp_store_begin() and sp_store_commit() any number of changes share one
 * fsync. Each change stands by itself: one that fails leaves the others of its group alone.
 *
 * SQLite 3.40.1 can lose pages when two connections write or checkpoint at one instant. So this
 * connection alone writes and checkpoints; readers (reader.h) open the file read-only.
 *
 * Thread: all calls on one store come from one thread at a time.
 */
#ifndef SP_CATALOGUE_STORE_H
#define SP_CATALOGUE_STORE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/status.h"
#include "base/view.h"
#include "spoina/v1/catalogue.pb-c.h"

struct sp_language;
struct sp_store;
struct sp_vocabulary;

struct sp_store_options {
    const char *directory;                  /* made if it is missing */
    const struct sp_language *language;     /* borrowed until close; analyses what is indexed */
    const struct sp_vocabulary *vocabulary; /* borrowed until close; NULL: codes are checked by
                                               their form only */
};

/** Who changes the catalogue, and when: written into the log. */
struct sp_author {
    const char *who;    /* e.g. "import:file.csv"; NUL-terminated, never a person's data */
    int64_t at_unix_ms; /* the caller's clock; the store has none */
};

/** What sp_store_open() found and did; for the operator's log. */
struct sp_store_opening {
    bool after_crash;        /* the last writer did not close the store */
    int64_t recovered_pages; /* committed pages taken from the WAL after a crash */
    int schema_before;       /* version of the file's schema; 0: the file is new */
    bool index_remade;       /* another analyser had made the full-text index */
};

/** What sp_store_put() did. */
enum sp_put_outcome {
    SP_PUT_UNCHANGED, /* an equal entity is stored: no log entry */
    SP_PUT_ADDED,
    SP_PUT_CHANGED
};

/**
 * Open or create the store and bring its schema up to date. A file of an older schema is first
 * copied to `catalogue.sqlite.schema-N`.
 *
 * @param out  owned by the caller, sp_store_close()
 * @return SP_OK; SP_BUSY (another store holds the lock); SP_UNSUPPORTED (made by a newer spoina);
 * SP_CORRUPT (quick_check failed); SP_FULL; SP_READ_ONLY; SP_IO; SP_NOMEM
 */
SP_MUST_CHECK enum sp_status sp_store_open(const struct sp_store_options *options,
                                           struct sp_store **out, struct sp_error *err);

/** Roll back what is open, close and release the lock; NULL is accepted. */
void sp_store_close(struct sp_store *store);

/** What happened at opening; valid until close. */
const struct sp_store_opening *sp_store_opening(const struct sp_store *store);

/** Version of the catalogue: the number of the last log entry; 0 = empty. */
uint64_t sp_store_version(const struct sp_store *store);

/** Start a group of changes. @return SP_OK; SP_PRECONDITION (one is open); SP_IO; SP_NOMEM */
SP_MUST_CHECK enum sp_status sp_store_begin(struct sp_store *store, struct sp_error *err);

/**
 * Make the group durable (one fsync): after SP_OK it outlives a power cut. After a failure nothing
 * of the group is stored, and the store can be used on: when the disk has room again, so has the
 * store.
 *
 * @return SP_OK; SP_PRECONDITION (none is open); SP_FULL; SP_READ_ONLY; SP_IO; SP_NOMEM
 */
SP_MUST_CHECK enum sp_status sp_store_commit(struct sp_store *store, struct sp_error *err);

/** Undo the group; does nothing if none is open. */
void sp_store_rollback(struct sp_store *store);

/**
 * Add or replace an entity; outside a group it is committed at once.
 *
 * The entity is normalised and checked first (checks.h). An empty id is filled in: the id of the
 * stored entity with the same NIP, KRS or REGON, else one made of NIP, KRS, REGON, or source and
 * source_id. Two entities never share a NIP, a KRS or a REGON.
 *
 * "Equal" means equal in every field, provenance.confirmed_on too: a fresher confirmation is news.
 *
 * @param entity   borrowed, not changed
 * @param outcome  may be NULL
 * @param id       may be NULL; the entity's id, valid until the next call on the store
 * @return SP_OK; SP_INVALID (a check failed: err.place is the field); SP_EXISTS (NIP, KRS or REGON
 * of another entity); SP_LIMIT; SP_IO; SP_NOMEM. After a failure the entity is as it was.
 */
SP_MUST_CHECK enum sp_status sp_store_put(struct sp_store *store, const Spoina__V1__Entity *entity,
                                          const struct sp_author *author,
                                          enum sp_put_outcome *outcome, const char **id,
                                          struct sp_error *err);

/** Remove the entity @p id. @return SP_OK; SP_NOT_FOUND; SP_IO; SP_NOMEM */
SP_MUST_CHECK enum sp_status sp_store_delete(struct sp_store *store, const char *id,
                                             const struct sp_author *author, struct sp_error *err);

/**
 * Find an entity as the open group sees it.
 *
 * @param key  entity id, NIP, KRS or REGON
 * @param out  allocated in @p arena
 * @return SP_OK; SP_NOT_FOUND; SP_IO; SP_NOMEM
 */
SP_MUST_CHECK enum sp_status sp_store_find(struct sp_store *store, const char *key,
                                           struct sp_arena *arena, Spoina__V1__Entity **out,
                                           struct sp_error *err);

/**
 * Say that nobody needs the list of documents removed up to the log entry @p version any more
 * (sp_reader_each_removed()): the next commit drops it. At opening that is all of it.
 */
void sp_store_forget_removed(struct sp_store *store, uint64_t version);

/** Empty the tables and make them again from the change log, in one transaction. */
SP_MUST_CHECK enum sp_status sp_store_rebuild(struct sp_store *store, struct sp_error *err);

/**
 * Check everything that can be checked (store_check.c): SQLite's integrity_check and foreign keys,
 * FTS5's own check against the texts (which the first does not include), the change log against the
 * tables, the entities against their documents, numbers and versions. Outside a group.
 *
 * @return SP_OK; SP_CORRUPT (told in @p err: the first finding); SP_IO; SP_NOMEM. Cost: reads the
 * whole file.
 */
SP_MUST_CHECK enum sp_status sp_store_verify(struct sp_store *store, struct sp_error *err);

#endif
