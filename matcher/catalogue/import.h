/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Files into the catalogue: CSV and JSON lines. Columns and rules: docs/import.md.
 *
 * Every row of the file is either taken or rejected, exactly once: read = added + changed +
 * unchanged + rejected. A rejected row is given back whole, with its line, column and reason. The
 * rows taken are committed together; a dry run does the same and rolls back. Importing a file a
 * second time changes nothing.
 */
#ifndef SP_CATALOGUE_IMPORT_H
#define SP_CATALOGUE_IMPORT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/status.h"
#include "base/view.h"
#include "matcher/catalogue/store.h"

enum {
    SP_IMPORT_MAX_BYTES = 256 << 20, /* about a million offers; a larger file is to be split */
    SP_IMPORT_MAX_NOTES = 200        /* further notes are counted in the last one */
};

struct sp_import_options {
    struct sp_view content;
    Spoina__V1__FileFormat format; /* UNSPECIFIED: found out from the content */
    bool dry_run;
    bool english;       /* reasons and notes in English; default Polish */
    const char *source; /* provenance for rows that name none, e.g. "import:file.csv" */
    struct sp_author author;
};

/**
 * Import a file.
 *
 * @param vocabulary  may be NULL: then places are kept by their name only
 * @param arena  holds @p out's contents; its cap bounds what may be rejected
 * @param out    initialised and filled
 * @return SP_OK (also when every row was rejected); SP_INVALID (not a file of that kind: no header
 * row known, undecodable); SP_LIMIT; SP_PRECONDITION (a group is open); SP_IO; SP_NOMEM. After a
 * failure nothing is changed.
 */
SP_MUST_CHECK enum sp_status
sp_import_run(const struct sp_import_options *options, struct sp_store *store,
              const struct sp_vocabulary *vocabulary, struct sp_arena *arena,
              Spoina__V1__ImportEntitiesResponse *out, struct sp_error *err);

#endif
