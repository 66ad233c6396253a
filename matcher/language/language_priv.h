/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * The body of struct sp_language, for this folder only.
 */
#ifndef SP_LANGUAGE_LANGUAGE_PRIV_H
#define SP_LANGUAGE_LANGUAGE_PRIV_H

#include "matcher/language/dictionary.h"
#include "matcher/language/language.h"
#include "matcher/language/table.h"

/** All of it is read-only after sp_language_open(). */
struct sp_language {
    struct sp_dictionary dictionary;
    struct sp_table stop_words;    /* word */
    struct sp_table abbreviations; /* folded; as written; index term; words */
    struct sp_table preferences;   /* lemma that loses; lemmas it loses to */
    struct sp_table endings;       /* ending of a form; endings of its lemma */
    struct sp_table units;         /* folded unit; index term, empty if the same */
};

#endif
