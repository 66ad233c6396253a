/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Tab-separated tables of data/: UTF-8, one row a line, '#' at the start of a line for comments,
 * no quoting. Every error names the file and the line.
 */
#ifndef SP_VOCABULARY_DATA_TABLE_H
#define SP_VOCABULARY_DATA_TABLE_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/status.h"
#include "base/view.h"

struct sp_data_row {
    const char *const *fields; /* as many as the table's max_fields; "" for those left out */
    unsigned line;             /* 1 = first line of the file */
};

struct sp_data_table {
    const char *name; /* file name, for errors */
    const struct sp_data_row *rows;
    size_t row_count;
};

/**
 * Read @p directory/@p name.
 *
 * @param least,most  number of fields a row may have; fields are trimmed of spaces
 * @param arena       holds the whole table; all texts are NUL-terminated
 * @return SP_OK; SP_NOT_FOUND; SP_IO; SP_CORRUPT (not UTF-8, too few or too many fields); SP_NOMEM
 */
SP_MUST_CHECK enum sp_status sp_data_table_read(const char *directory, const char *name,
                                                size_t least, size_t most, struct sp_arena *arena,
                                                struct sp_data_table *out, struct sp_error *err);

/** Fail with SP_CORRUPT at @p row; @p polish and @p english say what is wrong with @p value. */
SP_MUST_CHECK enum sp_status sp_data_table_bad(const struct sp_data_table *table,
                                               const struct sp_data_row *row, const char *value,
                                               const char *polish, const char *english,
                                               struct sp_error *err);

/** Read a field as a whole number in @p least..@p most; SP_CORRUPT otherwise. */
SP_MUST_CHECK enum sp_status sp_data_table_integer(const struct sp_data_table *table,
                                                   const struct sp_data_row *row, size_t field,
                                                   int64_t least, int64_t most, int64_t *out,
                                                   struct sp_error *err);

/** Cut the next word off @p *rest, separated by @p separator and spaces; false at the end. */
bool sp_list_next(struct sp_view *rest, char separator, struct sp_view *word);

#endif
