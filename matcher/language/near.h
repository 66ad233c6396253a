/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Forms of the dictionary near a word: spelt with other diacritics, or with one typing error.
 *
 * The word and the automaton are walked together: each letter is followed in all its spellings (z,
 * ź, ż), and at each place one error may be taken: a letter too many, too few, another, or two
 * swapped. The automaton prunes what no form continues, so that a word of ten letters costs some
 * thousand steps instead of the million strings it stands for. A step budget bounds the work for
 * any word.
 */
#ifndef SP_LANGUAGE_NEAR_H
#define SP_LANGUAGE_NEAR_H

#include "matcher/language/dictionary.h"

enum {
    SP_NEAR_MAX_LETTERS = 40,  /* longer words are looked up as they are */
    SP_NEAR_MAX_STEPS = 200000 /* arcs looked at for one word: under 10 ms */
};

struct sp_near_query {
    struct sp_view word; /* folded, plain (sp_fold_is_plain()) */
    bool diacritics;     /* follow other diacritics */
    bool error;          /* take at most one error */
};

/** A form that was reached. */
struct sp_near_match {
    struct sp_view form; /* as in the dictionary; valid during the call */
    uint32_t node;       /* for sp_dictionary_read() */
    bool has_error;
    unsigned cost; /* the larger, the less alike; compare within one query only */
};

typedef enum sp_status sp_near_fn(void *context, const struct sp_near_match *match);

/**
 * Hand over the forms near a word, a form perhaps more than once with different costs.
 *
 * @return SP_OK, also when the budget ended the search; what @p take returned
 */
SP_MUST_CHECK enum sp_status sp_near_find(const struct sp_dictionary *dictionary,
                                          const struct sp_near_query *query, sp_near_fn *take,
                                          void *context);

#endif
