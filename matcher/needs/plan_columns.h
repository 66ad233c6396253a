/* SPDX-License-Identifier: EUPL-1.2 */
/** @file The columns of a purchasing plan, by their headings. Only this folder includes it. */
#ifndef SP_NEEDS_PLAN_COLUMNS_H
#define SP_NEEDS_PLAN_COLUMNS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/view.h"

enum sp_plan_column {
    SP_PLAN_CODE,
    SP_PLAN_BUYER,
    SP_PLAN_KIND,
    SP_PLAN_VALUE,
    SP_PLAN_TERM,
    SP_PLAN_PLACE,
    SP_PLAN_SUBJECT,
    SP_PLAN_NUMBER,
    SP_PLAN_COLUMNS
};

/** Where each column stands; SIZE_MAX: the file does not have it. */
struct sp_plan_columns {
    size_t at[SP_PLAN_COLUMNS];
};

/**
 * Understand a row as a header.
 *
 * @param cells  any texts
 * @return true if it names the subject of the purchase and one more column
 */
bool sp_plan_columns_read(const struct sp_view *cells, size_t count, struct sp_plan_columns *out);

/** Is the text of @p cell (folded: small ASCII letters) one that holds @p word? */
bool sp_plan_says(struct sp_view cell, const char *word);

#endif
