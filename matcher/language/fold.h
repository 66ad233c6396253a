/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Folding: one lower-case NFC spelling for every way to write a word. Polish letters stay letters:
 * "ŁÓDŹ", also as O + combining acute, gives "łódź", never "odz".
 *
 * ASCII and precomposed Polish letters are folded by a table, all else by ICU; a test compares
 * both.
 */
#ifndef SP_LANGUAGE_FOLD_H
#define SP_LANGUAGE_FOLD_H

#include <stdbool.h>

#include "base/status.h"
#include "base/view.h"

enum {
    /* ICU's full case folding gives at most 3 UTF-16 units for one, and 3 bytes for each unit. */
    SP_FOLD_GROWTH = 9
};

/** Length in bytes of the plain letter at the start of @p text: 1 for ASCII, 2 for a Polish letter
 * of either case, 0 for anything else or an empty text. */
size_t sp_fold_plain_length(struct sp_view text);

/** Whether all of @p text is ASCII or Polish letters. */
bool sp_fold_is_plain(struct sp_view text);

/**
 * Fold well-formed UTF-8.
 *
 * @param out     at least @p size bytes, not NUL-terminated
 * @param size    SP_FOLD_GROWTH x text.length is always enough
 * @param length  bytes written
 * @return SP_OK; SP_LIMIT (does not fit); SP_NOMEM (long text only); SP_INTERNAL (ICU failed)
 */
SP_MUST_CHECK enum sp_status sp_fold_text(struct sp_view text, char *out, size_t size,
                                          size_t *length);

/** As sp_fold_text(), always by ICU: the reference that the table must equal. */
SP_MUST_CHECK enum sp_status sp_fold_by_icu(struct sp_view text, char *out, size_t size,
                                            size_t *length);

/** Turn the first letter of plain @p text, if it is one, to upper case; same length. */
void sp_fold_capitalise(char *text, size_t length);

/** Turn all letters of plain @p text to upper case; same length. */
void sp_fold_upper(char *text, size_t length);

#endif
