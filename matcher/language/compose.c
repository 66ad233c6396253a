/* SPDX-License-Identifier: EUPL-1.2 */
#include "matcher/language/compose.h"

#include <stdint.h>

#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#include "base/utf8.h"

/** Tell whether @p text has no character above U+02FF: all below are their own NFC and none of them
 *  composes with another. */
static bool is_plainly_composed(struct sp_view text)
{
    enum { FIRST_LEAD_BYTE_OF_U0300 = 0xCC };
    for (size_t i = 0; i < text.length; i++) {
        if ((unsigned char)text.data[i] >= FIRST_LEAD_BYTE_OF_U0300) {
            return false;
        }
    }
    return true;
}

static enum sp_status icu_failed(UErrorCode code, struct sp_error *err)
{
    if (code == U_MEMORY_ALLOCATION_ERROR) {
        return SP_FAIL_NOMEM(err);
    }
    return SP_FAIL(err, SP_INTERNAL, "", "ICU: %s.", "ICU: %s.", u_errorName(code));
}

/** Compose by way of UTF-16, in which ICU works. */
static enum sp_status compose(struct sp_view text, struct sp_arena *arena, struct sp_view *out,
                              struct sp_error *err)
{
    enum { MOST_UTF16_GROWTH = 3 }; /* of NFC in UTF-16 (Unicode, UAX 15, section 14) */
    UErrorCode code = U_ZERO_ERROR;
    const UNormalizer2 *nfc = unorm2_getNFCInstance(&code);
    size_t capacity = text.length * MOST_UTF16_GROWTH;
    UChar *wide = sp_arena_calloc(arena, text.length, sizeof(UChar));
    UChar *composed = sp_arena_calloc(arena, capacity, sizeof(UChar));
    if (wide == NULL || composed == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    int32_t wide_length = 0;
    int32_t bytes = 0;
    (void)u_strFromUTF8(wide, (int32_t)text.length, &wide_length, text.data, (int32_t)text.length,
                        &code);
    int32_t length = unorm2_normalize(nfc, wide, wide_length, composed, (int32_t)capacity, &code);
    (void)u_strToUTF8(NULL, 0, &bytes, composed, length, &code);
    if (code != U_BUFFER_OVERFLOW_ERROR && U_FAILURE(code)) {
        return icu_failed(code, err);
    }
    code = U_ZERO_ERROR;
    char *data = sp_arena_alloc(arena, (size_t)bytes + 1);
    if (data == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    (void)u_strToUTF8(data, bytes + 1, &bytes, composed, length, &code);
    if (U_FAILURE(code)) {
        return icu_failed(code, err);
    }
    *out = sp_view_from(data, (size_t)bytes);
    return SP_OK;
}

enum sp_status sp_compose(struct sp_view text, struct sp_arena *arena, struct sp_view *out,
                          struct sp_error *err)
{
    enum { LONGEST = INT32_MAX / 8 }; /* lengths of ICU are 32 bits */
    if (sp_utf8_check(text) != text.length) {
        return SP_FAIL(err, SP_INVALID, "", "Tekst nie jest w UTF-8.", "The text is not UTF-8.");
    }
    if (is_plainly_composed(text)) {
        *out = text;
        return SP_OK;
    }
    if (text.length > LONGEST) {
        return SP_FAIL(err, SP_LIMIT, "", "Tekst jest za długi.", "The text is too long.");
    }
    return compose(text, arena, out, err);
}
