/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Choice among the readings of a form, without context: only what is safe. A reading goes when it
 * is of a kind that written Polish hardly uses while the form has another reading, or when its
 * lemma loses by data/language/lemma_preferences.tsv. What stays ambiguous stays with all its
 * lemmas.
 */
#ifndef SP_LANGUAGE_CHOOSE_H
#define SP_LANGUAGE_CHOOSE_H

#include "matcher/language/dictionary.h"
#include "matcher/language/table.h"

/** Remove the unlikely readings; keeps the order of the rest and at least one. */
void sp_readings_choose(struct sp_readings *readings, const struct sp_table *preferences);

#endif
