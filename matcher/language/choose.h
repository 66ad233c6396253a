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

/** What a reading is, over all the tags it has for the form. */
enum sp_reading_kind {
    SP_READING_NEGATED = 1 << 0, /* participle or gerund with "nie-": its lemma lacks the "nie" */
    SP_READING_GERUND = 1 << 1
};

/** Return enum sp_reading_kind of reading @p i. */
unsigned sp_reading_kind(const struct sp_readings *readings, size_t i);

/** Remove the unlikely readings; keeps the order of the rest and at least one. */
void sp_readings_choose(struct sp_readings *readings, const struct sp_table *preferences);

#endif
