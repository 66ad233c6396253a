/* SPDX-License-Identifier: EUPL-1.2 */
/** @file Facts as messages of a draft. Only this folder includes it.
 *
 * All functions return NULL when the arena is full. */
#ifndef SP_EXTRACTION_ITEMS_H
#define SP_EXTRACTION_ITEMS_H

#include "matcher/extraction/extraction.h"

/** A text of the draft with its facts. */
struct sp_fact_source {
    const char *field; /* for Source: "text", "lots[0].description" */
    struct sp_view text;
    struct sp_fact_list facts;
    const uint32_t *headings; /* by fact: number of the lot whose heading stands last before it */
    size_t lot;               /* that it belongs to; SIZE_MAX: to the whole draft */
};

/** Lists of a message grow one by one: add @p item to @p items. False when the arena is full. */
bool sp_item_add(struct sp_arena *arena, void ***items, size_t *count, void *item);

Spoina__V1__Source *sp_item_source(struct sp_arena *arena, const struct sp_fact_source *source,
                                   const struct sp_fact *fact);
Spoina__V1__Quantity *sp_item_quantity(struct sp_arena *arena, const struct sp_fact *fact);

/** @param deadline  references count back from it; SP_DAY_UNKNOWN: their age stays out */
Spoina__V1__Condition *sp_item_condition(struct sp_arena *arena,
                                         const struct sp_fact_source *source,
                                         const struct sp_fact *fact, sp_day deadline);
Spoina__V1__Clause *sp_item_clause(struct sp_arena *arena, const struct sp_fact_source *source,
                                   const struct sp_fact *fact);
Spoina__V1__AwardCriterion *sp_item_criterion(struct sp_arena *arena,
                                              const struct sp_fact_source *source,
                                              const struct sp_fact *fact);

/** The words of a fact, copied. */
char *sp_item_text(struct sp_arena *arena, const struct sp_fact_source *source,
                   const struct sp_fact *fact);

#endif
