/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Case of Polish letters in UTF-8, for the tables of this folder. Texts of people go through
 * sp_fold() of matcher/language, which knows all of Unicode.
 */
#ifndef SP_VOCABULARY_LETTERS_H
#define SP_VOCABULARY_LETTERS_H

#include "base/view.h"

/** Lower the case of ASCII and Polish letters. @p out has room for text.length bytes and is filled
 *  whole: every Polish letter has as many bytes in both cases. */
void sp_letters_lower(struct sp_view text, char *out);

#endif
