/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Lemmas for words outside the dictionary: names, foreign words, new words.
 *
 * Four means, the first that applies: an apostrophe splits a foreign stem from its Polish ending
 * ("Kennedy'ego"); an acronym carries its ending ("PESów"); a prefix before a word of the
 * dictionary stays before its lemma
 * ("niskoemisyjnych"); else the longest ending in data/language/endings.tsv gives the lemmas that
 * would decline so. A guess may be no word at all; it only has to be the same for the forms of one
 * word.
 */
#ifndef SP_LANGUAGE_GUESS_H
#define SP_LANGUAGE_GUESS_H

#include "matcher/language/word.h"

/** Add guesses for the unknown word @p word to its lemmas, the folded form itself last. */
void sp_guess(const struct sp_language *language, struct sp_word_scratch *scratch,
              struct sp_word *word);

/**
 * Add the lemma of a participle or gerund with "nie-", which the dictionary reads as the verb
 * without: "niezatrudnionych" gives "niezatrudniony", and not the opposite.
 *
 * @param kinds  enum sp_tag_kinds of the reading
 */
void sp_guess_negated(struct sp_word *word, unsigned kinds);

/** Whether @p ending declines an acronym: "u" of "ZAZ-u". */
bool sp_is_acronym_ending(struct sp_view ending);

#endif
