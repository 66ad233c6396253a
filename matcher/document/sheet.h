/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * The first sheet of an XLSX file (ECMA-376 SpreadsheetML) as rows of texts. Of a formula its last
 * computed value is taken; formats are not looked at, so a date is the number of its day.
 */
#ifndef SP_DOCUMENT_SHEET_H
#define SP_DOCUMENT_SHEET_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/status.h"
#include "base/view.h"

enum {
    SP_SHEET_ROWS_MAX = 100 * 1000,
    SP_SHEET_COLUMNS_MAX = 256,
    SP_SHEET_PART_MAX_BYTES = 64 << 20 /* unpacked */
};

struct sp_sheet_row {
    uint32_t number; /* as the spreadsheet shows it: 1, 2, ... */
    struct sp_view *cells;
    size_t count; /* up to the last one with a text */
};

/** All of it lies in the arena. */
struct sp_sheet {
    struct sp_sheet_row *rows; /* those that are not empty, in order */
    size_t count;
};

/** Does @p content look like an XLSX file? False also when memory runs out. */
bool sp_sheet_recognise(struct sp_view content);

/**
 * Read.
 *
 * @return SP_OK; SP_INVALID (damaged, or no spreadsheet); SP_UNSUPPORTED (encrypted); SP_LIMIT (too
 *         many rows or columns, unpacks to too much); SP_NOMEM
 */
SP_MUST_CHECK enum sp_status sp_sheet_read(struct sp_view content, struct sp_arena *arena,
                                           struct sp_sheet *out, struct sp_error *err);

/** Number of a column of a cell's name: "B5" is 1; SIZE_MAX when it is none. */
size_t sp_sheet_column(struct sp_view name);

#endif
