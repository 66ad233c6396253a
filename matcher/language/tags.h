/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * What a set of NKJP tags ("subst:sg:gen:f+subst:pl:nom:f") says about a reading, as far as
 * choosing among readings needs it. The tagset is described at
 * http://nkjp.pl/poliqarp/help/ense2.html.
 */
#ifndef SP_LANGUAGE_TAGS_H
#define SP_LANGUAGE_TAGS_H

#include "base/view.h"

/** "all": every tag of the set is so; "any": one is. */
enum sp_tag_kinds {
    SP_TAGS_ALL_ABBREVIATION = 1 << 0,  /* brev: "w" for "wiek" */
    SP_TAGS_ALL_COMPOUND_PART = 1 << 1, /* adja, adjp: "ogrodniczo-" */
    SP_TAGS_ALL_DEPRECIATIVE = 1 << 2,  /* depr: "te doktory" */
    SP_TAGS_ALL_VOCATIVE = 1 << 3,      /* subst:...:voc */
    SP_TAGS_ALL_IMPERATIVE = 1 << 4,    /* verb:impt */
    SP_TAGS_ALL_NEGATED = 1 << 5,       /* participles and gerunds with "nie-" */
    SP_TAGS_ALL_GERUND = 1 << 6,
    SP_TAGS_ALL_PLURAL_ONLY = 1 << 7, /* nouns without singular, gender p1-p3: "drzwi" */
    SP_TAGS_ANY_PLURAL = 1 << 8       /* plural of a noun that has a singular */
};

/** Return enum sp_tag_kinds of @p tags, joined by '+'. */
unsigned sp_tag_kinds(struct sp_view tags);

/** The kinds of two sets taken together. */
unsigned sp_tag_kinds_join(unsigned a, unsigned b);

#endif
