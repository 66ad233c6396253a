/* SPDX-License-Identifier: EUPL-1.2 */
#include "matcher/catalogue/name_key.h"

#include <stddef.h>
#include <string.h>

#include "base/status.h"

static const struct {
    char utf8[3];
    char plain;
} POLISH_LETTERS[] = {
    {"ą", 'a'}, {"ć", 'c'}, {"ę", 'e'}, {"ł", 'l'}, {"ń", 'n'}, {"ó", 'o'},
    {"ś", 's'}, {"ź", 'z'}, {"ż", 'z'}, {"Ą", 'a'}, {"Ć", 'c'}, {"Ę", 'e'},
    {"Ł", 'l'}, {"Ń", 'n'}, {"Ó", 'o'}, {"Ś", 's'}, {"Ź", 'z'}, {"Ż", 'z'},
};

/** The plain letter for the character at the start of @p rest, or '\0' to drop it. */
static char plain_letter(struct sp_view rest)
{
    char c = rest.data[0];
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
        return c;
    }
    if (c >= 'A' && c <= 'Z') {
        return (char)(c - 'A' + 'a');
    }
    for (size_t i = 0; i < SP_COUNT(POLISH_LETTERS); i++) {
        if (sp_view_starts_with(rest, sp_view_of(POLISH_LETTERS[i].utf8))) {
            return POLISH_LETTERS[i].plain;
        }
    }
    return '\0';
}

void sp_name_key(struct sp_view name, char key[SP_NAME_KEY_MAX_BYTES + 1])
{
    size_t length = 0;
    for (size_t i = 0; i < name.length; i++) {
        /* The second byte of a letter is no ASCII and starts no letter, so it drops out. */
        char c = plain_letter(sp_view_from(name.data + i, name.length - i));
        if (c == '\0') {
            continue;
        }
        if (length == SP_NAME_KEY_MAX_BYTES) {
            length = 0;
            break;
        }
        key[length++] = c;
    }
    key[length] = '\0';
}
