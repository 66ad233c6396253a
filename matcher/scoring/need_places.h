/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Where a requirement is to be performed: codes and names of a draft as places of the territory.
 * For this folder, and for the keys of stored needs (matcher/needs).
 */
#ifndef SP_SCORING_NEED_PLACES_H
#define SP_SCORING_NEED_PLACES_H

#include "matcher/scoring/need.h"

/**
 * Understand @p count place texts: TERYT, NUTS, names, or a sentence that holds names.
 *
 * Codes say the region; names inside it are more exact and replace it; names outside it are taken
 * for a mistake (a street, a firm) unless there is no code. Of the rest only the most exact level
 * is kept, so that "PL516" and "Legnica" together mean Legnica.
 *
 * @param out  fills places and place_count
 * @return SP_OK, also when nothing is understood; SP_NOMEM; SP_INVALID (not UTF-8)
 */
SP_MUST_CHECK enum sp_status sp_need_read_places(const struct sp_need_tools *tools,
                                                 char *const *texts, size_t count,
                                                 struct sp_need *out, struct sp_error *err);

#endif
