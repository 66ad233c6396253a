/* SPDX-License-Identifier: EUPL-1.2 */
/** @file What sentences call the things of a lot. All in the speaker's arena; NULL: out of memory.
 */
#ifndef SP_PROPOSAL_NAMES_H
#define SP_PROPOSAL_NAMES_H

#include "matcher/proposal/lot_matching.h"

/** „gotowanie obiadów”: the text of a requirement, cut where it is long. */
char *sp_name_requirement(const struct sp_speaker *speaker, const struct sp_lot_matching *lot,
                          size_t requirement);

/** What a term asks, as a noun: "ubezpieczenie OC na 100 000,00 zł". */
char *sp_name_term(const struct sp_speaker *speaker, const struct sp_lot_term *term);

/** Short name, else name, else id. */
const char *sp_name_entity(const Spoina__V1__Entity *entity);

/** "art. 94 ust. 1-2 Pzp". */
char *sp_name_rule(const struct sp_speaker *speaker, const struct sp_rule *rule);

/** @p amount in the measure of a requirement's demand: "100 posiłków/dzień"; it has one. */
char *sp_name_quantity(const struct sp_speaker *speaker, const struct sp_lot_matching *lot,
                       size_t requirement, double amount);

/** The same as a message; NULL when out of memory. */
Spoina__V1__Quantity *sp_quantity_of(const struct sp_lot_matching *lot, size_t requirement,
                                     double amount, struct sp_arena *arena);

#endif
