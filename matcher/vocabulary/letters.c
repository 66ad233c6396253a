/* SPDX-License-Identifier: EUPL-1.2 */
#include "matcher/vocabulary/letters.h"

#include <stdint.h>

/* The Polish capitals beyond ASCII: 2 bytes, and the last byte of their small letter. The first
 * byte stays the same, but for Ó (C3 93), whose small letter is C3 B3. */
static const struct {
    unsigned char first;
    unsigned char capital;
    unsigned char small;
} polish[] = {
    {0xC4, 0x84, 0x85}, /* Ą */
    {0xC4, 0x86, 0x87}, /* Ć */
    {0xC4, 0x98, 0x99}, /* Ę */
    {0xC5, 0x81, 0x82}, /* Ł */
    {0xC5, 0x83, 0x84}, /* Ń */
    {0xC3, 0x93, 0xB3}, /* Ó */
    {0xC5, 0x9A, 0x9B}, /* Ś */
    {0xC5, 0xB9, 0xBA}, /* Ź */
    {0xC5, 0xBB, 0xBC}, /* Ż */
};

/* Small second byte of the capital at @p text; 0 when it is no Polish capital. */
static unsigned char small_of(const char *text)
{
    for (size_t i = 0; i < sizeof polish / sizeof polish[0]; i++) {
        if ((unsigned char)text[0] == polish[i].first &&
            (unsigned char)text[1] == polish[i].capital) {
            return polish[i].small;
        }
    }
    return 0;
}

void sp_letters_lower(struct sp_view text, char *out)
{
    for (size_t i = 0; i < text.length; i++) {
        char c = text.data[i];
        out[i] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
        unsigned char small = i + 1 < text.length ? small_of(text.data + i) : 0;
        if (small != 0) {
            out[++i] = (char)small;
        }
    }
}
