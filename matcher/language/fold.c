/* SPDX-License-Identifier: EUPL-1.2 */
#include "matcher/language/fold.h"

#include <stdint.h>

#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#include "base/memory.h"
#include "matcher/language/language.h"

/* The nine Polish letters beyond ASCII, as UTF-8: the lead byte and the second byte of both cases.
 */
struct letter {
    unsigned char lead;
    unsigned char lower;
    unsigned char upper;
    char plain;
};

static const struct letter letters[] = {
    {0xC4, 0x85, 0x84, 'a'}, {0xC4, 0x87, 0x86, 'c'}, {0xC4, 0x99, 0x98, 'e'},
    {0xC5, 0x82, 0x81, 'l'}, {0xC5, 0x84, 0x83, 'n'}, {0xC3, 0xB3, 0x93, 'o'},
    {0xC5, 0x9B, 0x9A, 's'}, {0xC5, 0xBA, 0xB9, 'z'}, {0xC5, 0xBC, 0xBB, 'z'},
};

/* Second bytes of those letters, bit i for byte 0x80 + i, by lead byte 0xC3, 0xC4, 0xC5. */
static const uint64_t second_bytes[] = {
    UINT64_C(1) << 0x13 | UINT64_C(1) << 0x33, UINT64_C(0xF) << 0x04 | UINT64_C(3) << 0x18,
    UINT64_C(0xF) << 0x01 | UINT64_C(3) << 0x1A | UINT64_C(0xF) << 0x39};

static bool is_letter(const char *at)
{
    unsigned char lead = (unsigned char)at[0];
    unsigned char second = (unsigned char)at[1];
    return lead >= 0xC3 && lead <= 0xC5 && (second & 0xC0) == 0x80 &&
           (second_bytes[lead - 0xC3] >> (second & 0x3F) & 1) != 0;
}

static const struct letter *find_letter(const char *at)
{
    for (size_t i = 0; i < SP_COUNT(letters); i++) {
        const struct letter *letter = &letters[i];
        if ((unsigned char)at[0] == letter->lead &&
            ((unsigned char)at[1] == letter->lower || (unsigned char)at[1] == letter->upper)) {
            return letter;
        }
    }
    return NULL;
}

size_t sp_fold_plain_length(struct sp_view text)
{
    if (text.length == 0) {
        return 0;
    }
    if ((unsigned char)text.data[0] < 0x80) {
        return 1;
    }
    return text.length >= 2 && is_letter(text.data) ? 2 : 0;
}

bool sp_fold_is_plain(struct sp_view text)
{
    while (text.length > 0) {
        size_t step = sp_fold_plain_length(text);
        if (step == 0) {
            return false;
        }
        text = sp_view_from(text.data + step, text.length - step);
    }
    return true;
}

static enum sp_status fold_plain(struct sp_view text, char *out, size_t size, size_t *length)
{
    if (text.length > size) {
        return SP_LIMIT;
    }
    for (size_t i = 0; i < text.length;) {
        unsigned char c = (unsigned char)text.data[i];
        if (c < 0x80) {
            out[i] = (char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
            i++;
        } else {
            const struct letter *letter = find_letter(text.data + i);
            out[i] = (char)letter->lead;
            out[i + 1] = (char)letter->lower;
            i += 2;
        }
    }
    *length = text.length;
    return SP_OK;
}

/* NFC, fold, NFC again: folding may decompose and composing may need it (UAX 15, 5). */
static enum sp_status fold_units(const UChar *units, int32_t count, UChar *a, UChar *b,
                                 int32_t capacity, int32_t *folded)
{
    UErrorCode error = U_ZERO_ERROR;
    const UNormalizer2 *nfc = unorm2_getNFCInstance(&error);
    int32_t n = unorm2_normalize(nfc, units, count, a, capacity, &error);
    n = u_strFoldCase(b, capacity, a, n, U_FOLD_CASE_DEFAULT, &error);
    *folded = unorm2_normalize(nfc, b, n, a, capacity, &error);
    if (error == U_BUFFER_OVERFLOW_ERROR) {
        return SP_LIMIT;
    }
    return U_FAILURE(error) ? SP_INTERNAL : SP_OK;
}

enum sp_status sp_fold_by_icu(struct sp_view text, char *out, size_t size, size_t *length)
{
    enum { SMALL = 3 * (SP_FORM_MAX_BYTES + 1) };
    UChar small[3 * SMALL];
    size_t capacity = 3 * (text.length + 1);
    if (capacity > INT32_MAX / 4) {
        return SP_LIMIT;
    }
    UChar *units = capacity <= SMALL ? small : sp_malloc(3 * capacity * sizeof *units);
    if (units == NULL) {
        return SP_NOMEM;
    }
    UErrorCode error = U_ZERO_ERROR;
    int32_t count = 0;
    int32_t folded = 0;
    (void)u_strFromUTF8(units, (int32_t)capacity, &count, text.data, (int32_t)text.length, &error);
    enum sp_status status = U_FAILURE(error) ? SP_INTERNAL : SP_OK;
    if (status == SP_OK) {
        status = fold_units(units, count, units + capacity, units + 2 * capacity, (int32_t)capacity,
                            &folded);
    }
    if (status == SP_OK) {
        int32_t bytes = 0;
        (void)u_strToUTF8(out, size > INT32_MAX ? INT32_MAX : (int32_t)size, &bytes,
                          units + capacity, folded, &error);
        status = error == U_BUFFER_OVERFLOW_ERROR ? SP_LIMIT
                 : U_FAILURE(error)               ? SP_INTERNAL
                                                  : SP_OK;
        *length = (size_t)bytes;
    }
    if (units != small) {
        sp_free(units);
    }
    return status;
}

enum sp_status sp_fold_text(struct sp_view text, char *out, size_t size, size_t *length)
{
    return sp_fold_is_plain(text) ? fold_plain(text, out, size, length)
                                  : sp_fold_by_icu(text, out, size, length);
}

static size_t raise_letter(char *at)
{
    if ((unsigned char)*at < 0x80) {
        *at = (char)(*at >= 'a' && *at <= 'z' ? *at - ('a' - 'A') : *at);
        return 1;
    }
    const struct letter *letter = find_letter(at);
    if (letter != NULL) {
        at[1] = (char)letter->upper;
    }
    return letter != NULL ? 2 : 1;
}

void sp_fold_capitalise(char *text, size_t length)
{
    if (length >= 2 || (length == 1 && (unsigned char)text[0] < 0x80)) {
        (void)raise_letter(text);
    }
}

void sp_fold_upper(char *text, size_t length)
{
    for (size_t i = 0; i + 1 < length || (i < length && (unsigned char)text[i] < 0x80);) {
        i += raise_letter(text + i);
    }
}

size_t sp_strip_diacritics(struct sp_view text, char *out)
{
    size_t length = 0;
    for (size_t i = 0; i < text.length;) {
        const struct letter *letter = i + 1 < text.length ? find_letter(text.data + i) : NULL;
        out[length++] = letter != NULL ? letter->plain : text.data[i];
        i += letter != NULL ? 2 : 1;
    }
    return length;
}
