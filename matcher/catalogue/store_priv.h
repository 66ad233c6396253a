/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * The body of struct sp_store, for the files of this folder that are parts of it.
 */
#ifndef SP_CATALOGUE_STORE_PRIV_H
#define SP_CATALOGUE_STORE_PRIV_H

#include "base/buffer.h"
#include "matcher/catalogue/lookup.h"
#include "matcher/catalogue/store.h"
#include "matcher/catalogue/tables.h"

struct sp_store {
    int lock; /* descriptor of the lock file, or -1 */
    sqlite3 *db;
    const struct sp_language *language;
    const struct sp_vocabulary *vocabulary;
    struct sp_tables tables;
    struct sp_lookup lookup;
    sqlite3_stmt *append;     /* into the log */
    struct sp_arena *scratch; /* of one call */
    struct sp_buffer payload; /* packed entity of one call */
    struct sp_store_opening opening;
    uint64_t version;
    uint64_t forgotten; /* removals up to this entry are no longer listed */
    uint64_t forget;    /* and up to this one the next commit may drop them */
    bool in_group;
    enum sp_status spoiled; /* not SP_OK: a write of the open group failed */
    struct {
        uint64_t version;
        uint64_t forgotten;
        struct sp_numbers numbers;
    } before; /* the open group; what a rollback goes back to */
};

/** Run a PRAGMA that answers "ok" or says what is damaged. @return SP_OK; SP_CORRUPT; ... */
SP_MUST_CHECK enum sp_status sp_database_check(sqlite3 *db, const char *pragma,
                                               struct sp_error *err);

/** Make the full-text index anew if another analyser made it: its documents could not be taken out
 *  of it any more. */
SP_MUST_CHECK enum sp_status sp_store_refresh_index(struct sp_store *store, struct sp_error *err);

#endif
