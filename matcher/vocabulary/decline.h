/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Forms that one word of a Polish place name may take: "legnica" -> "legnicy", "legnicę",
 * "legnicą"; "głogów" -> "głogowa", "głogowie"; "śląskie" -> "śląskich", "śląskim".
 *
 * The word's gender and type (noun or adjective) are not known, so every paradigm that its ending
 * allows is followed: some forms do not exist, which costs nothing, since a text does not have
 * them. The dictionary is the second way to a name; this one also serves names it does not know.
 */
#ifndef SP_VOCABULARY_DECLINE_H
#define SP_VOCABULARY_DECLINE_H

#include <stddef.h>

#include "base/view.h"

enum { SP_FORMS_MAX = 128, SP_FORM_BYTES = 64 };

struct sp_forms {
    size_t count;
    struct {
        char text[SP_FORM_BYTES];
        size_t length;
    } items[SP_FORMS_MAX]; /* the nominative first; each form once */
};

/** Give the forms of @p word, small letters. A word of more than SP_FORM_BYTES - 8 bytes has only
 * its nominative, one of more than SP_FORM_BYTES none. */
void sp_decline(struct sp_view word, struct sp_forms *out);

#endif
