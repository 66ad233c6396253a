/* SPDX-License-Identifier: EUPL-1.2 */
/** @file One term asked of one team: the only place that calls the rules. */
#ifndef SP_ASSEMBLY_ASKING_H
#define SP_ASSEMBLY_ASKING_H

#include "matcher/assembly/terms.h"

/**
 * Ask the rules about @p term.
 *
 * @return SP_OK; SP_INVALID (the term asks for nothing: the place is its subject and field);
 *         SP_NOT_FOUND (no such rule on that day); SP_NOMEM
 */
SP_MUST_CHECK enum sp_status sp_ask(const struct sp_rulebook *book,
                                    const struct sp_lot_terms *terms,
                                    const struct sp_lot_term *term, const struct sp_team *team,
                                    struct sp_arena *arena, struct sp_ruling *out,
                                    struct sp_error *err);

#endif
