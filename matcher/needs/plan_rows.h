/* SPDX-License-Identifier: EUPL-1.2 */
/** @file A plan as a file, CSV or XLSX, into rows. Only this folder includes it. */
#ifndef SP_NEEDS_PLAN_ROWS_H
#define SP_NEEDS_PLAN_ROWS_H

#include "matcher/document/sheet.h"

/** Read. Rows of a CSV that are not well formed have no cells.
 *  @return what sp_sheet_read() and sp_text_decode() return; SP_INVALID (empty) */
SP_MUST_CHECK enum sp_status sp_plan_rows_read(struct sp_view content, const char *file_name,
                                               struct sp_arena *arena, struct sp_sheet *out,
                                               struct sp_error *err);

#endif
