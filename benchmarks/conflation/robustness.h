/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * How many forms still reach a right lemma when they are typed without diacritics, or with one
 * random typing error.
 */
#ifndef SP_BENCHMARKS_CONFLATION_ROBUSTNESS_H
#define SP_BENCHMARKS_CONFLATION_ROBUSTNESS_H

#include <stdint.h>

#include "benchmarks/conflation/conllu.h"

struct robustness {
    size_t tried;
    size_t right;      /* one of the candidates is a gold lemma */
    size_t first;      /* the first candidate is one */
    double mean_count; /* candidates a word */
    double mean_us;
};

enum robustness_change {
    ROBUSTNESS_AS_WRITTEN,         /* the bound that the others cannot pass: names, foreign words */
    ROBUSTNESS_STRIPPED,           /* all forms of letters, without diacritics */
    ROBUSTNESS_STRIPPED_CHANGED,   /* of these, the forms that have a diacritic to lose */
    ROBUSTNESS_TYPO,               /* forms of 6 letters and more with one error */
    ROBUSTNESS_TYPO_EVEN_IF_KNOWN, /* the same errors, also sought where they made another word */
    ROBUSTNESS_CHANGES
};

/** Try all forms of @p corpus; the errors depend on @p seed only. */
SP_MUST_CHECK enum sp_status robustness_measure(const struct conllu *corpus,
                                                struct sp_analyser *analyser,
                                                enum robustness_change change, uint64_t seed,
                                                struct robustness *out, struct sp_error *err);

#endif
