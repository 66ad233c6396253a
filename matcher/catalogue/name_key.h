/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * A name without what people write differently: for recognising the headers of columns and the
 * names of legal forms.
 */
#ifndef SP_CATALOGUE_NAME_KEY_H
#define SP_CATALOGUE_NAME_KEY_H

#include "base/view.h"

enum { SP_NAME_KEY_MAX_BYTES = 64 };

/**
 * Write the ASCII letters and digits of @p name in lower case, Polish letters as their plain ones:
 * "Spółdz. socjalna" gives "spoldzsocjalna". All else is dropped, also combining accents, so NFC
 * and NFD give the same. A key that would be too long is empty.
 *
 * @param name  UTF-8 (other bytes are dropped)
 */
void sp_name_key(struct sp_view name, char key[SP_NAME_KEY_MAX_BYTES + 1]);

#endif
