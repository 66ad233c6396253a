/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Values as people write them into a cell: numbers, money, quantities, lists.
 */
#ifndef SP_CATALOGUE_CELL_H
#define SP_CATALOGUE_CELL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/status.h"
#include "base/view.h"
#include "spoina/v1/catalogue.pb-c.h"

struct sp_vocabulary;

/** "51,2" or "51.2", spaces between thousands allowed; not hexadecimal, no exponent, finite. */
SP_MUST_CHECK enum sp_status sp_cell_number(struct sp_view cell, double *out, struct sp_error *err);

/** A whole number from 0. */
SP_MUST_CHECK enum sp_status sp_cell_count(struct sp_view cell, uint32_t *out,
                                           struct sp_error *err);

/** Złote with at most two decimals, "zł" or "PLN" behind it allowed: "1 234,50 zł" is 123450. */
SP_MUST_CHECK enum sp_status sp_cell_grosz(struct sp_view cell, int64_t *out, struct sp_error *err);

/** "tak"/"nie", "yes"/"no", "true"/"false", "1"/"0". */
SP_MUST_CHECK enum sp_status sp_cell_bool(struct sp_view cell, bool *out, struct sp_error *err);

/**
 * An amount, a unit and perhaps a period: "120 meal/day", "120 posiłków dziennie".
 *
 * @param vocabulary  NULL: unit and period are taken as ids, as they stand
 * @param out  in @p arena
 */
SP_MUST_CHECK enum sp_status sp_cell_quantity(struct sp_view cell,
                                              const struct sp_vocabulary *vocabulary,
                                              struct sp_arena *arena, Spoina__V1__Quantity **out,
                                              struct sp_error *err);

/** The shortest decimal that reads back as @p number. */
void sp_cell_add_number(struct sp_buffer *cell, double number);
void sp_cell_add_quantity(struct sp_buffer *cell, const Spoina__V1__Quantity *quantity);

/** Take the next trimmed item off @p rest, up to one of @p separators. @return false: no more */
bool sp_cell_next_item(struct sp_view *rest, const char *separators, struct sp_view *item);
/** How many items sp_cell_next_item() finds. */
size_t sp_cell_count_items(struct sp_view cell, const char *separators);

#endif
