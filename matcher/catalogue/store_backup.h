/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * A data directory as a whole: copied while a server runs, put back, checked.
 *
 * A data directory holds one or more databases, `NAME.sqlite` each, with `NAME.lock` held by
 * whoever writes. A backup is a folder with one file `NAME.sqlite` for each, every one of a single
 * version, without a WAL. The catalogue is copied last: other files name versions of it, and so
 * never one that the backup has not got.
 *
 * No clock here: the caller names the folders.
 */
#ifndef SP_CATALOGUE_STORE_BACKUP_H
#define SP_CATALOGUE_STORE_BACKUP_H

#include <stdint.h>

#include "base/status.h"
#include "matcher/catalogue/store.h"

/** What was found in a backup or in a data directory. */
struct sp_backup_report {
    unsigned databases; /* files checked, the catalogue included */
    uint64_t version;   /* of the catalogue */
    int64_t entities;
    int64_t documents;
    int schema;                      /* that this program uses */
    struct sp_store_opening opening; /* of the catalogue: an older schema, another analyser */
};

/**
 * Copy the databases of @p directory into the new folder @p target and check the copies. Any
 * process may do this while a server reads and writes: the source is opened read-only.
 *
 * @param options  directory: what to copy; language and vocabulary for the check
 * @param target   must not exist; removed again after a failure
 * @return SP_OK; SP_EXISTS; SP_NOT_FOUND (no catalogue there); SP_CORRUPT (the copy has a fault, so
 * the source has); SP_UNSUPPORTED (made by a newer program); SP_FULL; SP_IO; SP_NOMEM
 */
SP_MUST_CHECK enum sp_status sp_backup_make(const struct sp_store_options *options,
                                            const char *target, struct sp_backup_report *report,
                                            struct sp_error *err);

/**
 * Put the backup @p source in the place of the databases of options->directory.
 *
 * The backup is copied into the new folder @p work inside the directory, brought to this program's
 * schema and checked; only then the old files move to the new folder @p aside, and the new ones
 * take their names. Both folders are named by their last part.
 *
 * @return SP_OK; SP_BUSY (a server runs on the directory); SP_NOT_FOUND (no backup at @p source);
 * SP_CORRUPT, SP_UNSUPPORTED (of the backup); SP_FULL; SP_IO; SP_NOMEM. After a failure before the
 * exchange nothing is changed; err.place tells.
 */
SP_MUST_CHECK enum sp_status sp_backup_restore(const struct sp_store_options *options,
                                               const char *source, const char *work,
                                               const char *aside, struct sp_backup_report *report,
                                               struct sp_error *err);

/**
 * Check the databases of options->directory on copies in the new folder @p work inside it, which is
 * removed again; a server may run meanwhile. Needs as much room as the databases take.
 *
 * @return as sp_backup_make()
 */
SP_MUST_CHECK enum sp_status sp_backup_check(const struct sp_store_options *options,
                                             const char *work, struct sp_backup_report *report,
                                             struct sp_error *err);

#endif
