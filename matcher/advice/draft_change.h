/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Changed copies of a checked draft. Texts and everything that does not change are shared with the
 * original, which stays as it is. All return NULL or false when out of memory.
 */
#ifndef SP_ADVICE_DRAFT_CHANGE_H
#define SP_ADVICE_DRAFT_CHANGE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "spoina/v1/need.pb-c.h"

/** Copy @p draft with an own copy of lot @p index: its requirements, conditions and clauses may be
 *  changed freely, one level deep. @param lot  the copy */
Spoina__V1__Draft *sp_draft_with_own_lot(const Spoina__V1__Draft *draft, size_t index,
                                         struct sp_arena *arena, Spoina__V1__Lot **lot);

/** Bit of a clause kind in a set. */
#define SP_CLAUSE_BIT(kind) (1U << (unsigned)(kind))

/** Leave out the clauses whose kind is in @p kinds. */
void sp_lot_drop_clauses(Spoina__V1__Lot *lot, unsigned kinds);

/** Add a clause of @p kind with an id that the lot does not have, for the caller to fill in; NULL
 *  when out of memory. The lot is an own copy. */
Spoina__V1__Clause *sp_lot_add_clause(Spoina__V1__Lot *lot, Spoina__V1__ClauseKind kind,
                                      struct sp_arena *arena);

/** Keep only the requirements whose bit is in @p kept; conditions and clauses that name only others
 *  go, those that name some of them name only the kept ones. */
bool sp_lot_keep_requirements(Spoina__V1__Lot *lot, unsigned kept, struct sp_arena *arena);

/** Divide every demand and every value of the lot by @p parts. */
bool sp_lot_divide(Spoina__V1__Lot *lot, unsigned parts, struct sp_arena *arena);

/** The first clause of @p kind with @p id ("" : any); NULL: none. */
Spoina__V1__Clause *sp_lot_find_clause(const Spoina__V1__Lot *lot, Spoina__V1__ClauseKind kind,
                                       const char *id);

#endif
