/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * The share of marginalised persons of art. 94(1), on the numbers of one bidder.
 */
#ifndef SP_RULES_SHARE_H
#define SP_RULES_SHARE_H

#include "matcher/rules/ruling_priv.h"

/**
 * Add the verdict whether at least @p percent of those employed by @p bidder, or by its unit that
 * performs, are of the groups of art. 94. The law puts the two side by side: one that is met is
 * enough, and both must be known to say NOT MET.
 */
void sp_add_share(struct sp_ruling_maker *maker, const struct sp_rulebook *book,
                  const struct sp_bidder *bidder, int member, int64_t percent);

#endif
