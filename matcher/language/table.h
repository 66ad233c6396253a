/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * A small table of data/language/ in memory: rows of tab-separated fields, found by the first
 * field.
 *
 * A line that starts with '#' is a comment; empty lines are skipped; missing fields are empty. A
 * key that occurs twice is an error of the file, since it would hide a row.
 */
#ifndef SP_LANGUAGE_TABLE_H
#define SP_LANGUAGE_TABLE_H

#include <stdint.h>

#include "base/status.h"
#include "base/view.h"

enum { SP_TABLE_FIELDS = 4, SP_TABLE_MAX_BYTES = 1 << 20 };

struct sp_table_row {
    struct sp_view fields[SP_TABLE_FIELDS]; /* trimmed; [0] is the key, never empty */
};

struct sp_table {
    char *text;                /* owned; rows point into it */
    struct sp_table_row *rows; /* owned; in file order */
    uint32_t row_count;
    uint32_t *slots; /* owned; row + 1 by hash, 0 is free */
    uint32_t slot_mask;
};

/**
 * Read DIRECTORY/language/@p name.
 *
 * @return SP_OK; SP_NOT_FOUND; SP_IO; SP_LIMIT; SP_NOMEM; SP_CORRUPT (not UTF-8, a key twice, more
 *         fields than SP_TABLE_FIELDS)
 */
SP_MUST_CHECK enum sp_status sp_table_open(const char *directory, const char *name,
                                           struct sp_table *out, struct sp_error *err);

/** Free the contents; zeroed storage is accepted. */
void sp_table_release(struct sp_table *table);

/** Find the row of @p key; NULL if there is none. */
const struct sp_table_row *sp_table_find(const struct sp_table *table, struct sp_view key);

/** Hash of @p text: FNV-1a, 32 bits. */
uint32_t sp_hash(struct sp_view text);

#endif
