/* SPDX-License-Identifier: EUPL-1.2 */
#include "matcher/texts/texts.h"

#include <stdio.h>
#include <string.h>

#include <unicode/ulistformatter.h>
#include <unicode/umsg.h>
#include <unicode/unum.h>
#include <unicode/ustring.h>

#include "base/memory.h"

enum { LOCALES = 2, SHORT_UNITS = 512, DECIMALS = 2, GROSZ_PER_ZLOTY = 100 };

static const char *const LOCALE_NAMES[LOCALES] = {[SP_PL] = "pl", [SP_EN] = "en"};

/* Thousands are always parted, as in amounts of money of Polish offices; plain Polish CLDR parts
 * them from 10 000 only. */
static const char AMOUNT_PATTERN[] = "#,##0.##";
static const char MONEY_PATTERN[LOCALES][24] = {
    [SP_PL] = "#,##0.00\u00a0'zł'",
    [SP_EN] = "'PLN'\u00a0#,##0.00",
};

static const struct sp_text_row ROWS[SP_TEXT_COUNT] = {
#define X(name, numbers, words, polish, english) {#name, numbers, words, polish, english},
    SP_TEXT_LIST(X)
#undef X
};

struct sp_texts {
    UMessageFormat *messages[LOCALES][SP_TEXT_COUNT]; /* NULL until used */
    UListFormatter *lists[LOCALES];
    UNumberFormat *amounts[LOCALES];
    UNumberFormat *moneys[LOCALES];
};

/** UTF-16 of ICU in an arena. */
struct wide {
    UChar *units;
    int32_t length;
};

const struct sp_text_row *sp_text_row(enum sp_text text)
{
    SP_ASSERT(text < SP_TEXT_COUNT);
    return &ROWS[text];
}

enum sp_status sp_texts_new(struct sp_texts **out, struct sp_error *err)
{
    *out = sp_calloc(1, sizeof **out);
    return *out == NULL ? SP_FAIL_NOMEM(err) : SP_OK;
}

void sp_texts_free(struct sp_texts *texts)
{
    for (int locale = 0; texts != NULL && locale < LOCALES; locale++) {
        for (size_t i = 0; i < SP_TEXT_COUNT; i++) {
            umsg_close(texts->messages[locale][i]);
        }
        ulistfmt_close(texts->lists[locale]);
        unum_close(texts->amounts[locale]);
        unum_close(texts->moneys[locale]);
    }
    sp_free(texts);
}

/* Only memory may run out: patterns are tested, and words are made well-formed. */
static bool went_well(UErrorCode code)
{
    SP_ASSERT(U_SUCCESS(code) || code == U_MEMORY_ALLOCATION_ERROR);
    return U_SUCCESS(code);
}

static bool widen(struct sp_arena *arena, const char *text, struct wide *out)
{
    size_t length = strlen(text);
    UErrorCode code = U_ZERO_ERROR;
    out->units = length > INT32_MAX / sizeof(UChar) - 1
                     ? NULL
                     : sp_arena_calloc(arena, length + 1, sizeof *out->units);
    if (out->units == NULL) {
        return false;
    }
    (void)u_strFromUTF8WithSub(out->units, (int32_t)length + 1, &out->length, text, (int32_t)length,
                               0xFFFD, NULL, &code);
    return went_well(code);
}

static char *narrow(struct sp_arena *arena, const UChar *units, int32_t length)
{
    size_t most = 3 * (size_t)length + 1; /* a unit is at most three bytes of UTF-8 */
    char *text = sp_arena_alloc(arena, most);
    UErrorCode code = U_ZERO_ERROR;
    if (text == NULL) {
        return NULL;
    }
    (void)u_strToUTF8WithSub(text, (int32_t)most, NULL, units, length, 0xFFFD, NULL, &code);
    return went_well(code) ? text : NULL;
}

static UMessageFormat *open_message(const struct sp_speaker *speaker, enum sp_text text)
{
    UMessageFormat **format = &speaker->texts->messages[speaker->locale][text];
    struct wide pattern;
    UErrorCode code = U_ZERO_ERROR;
    const char *source = sp_say(speaker->locale, ROWS[text].polish, ROWS[text].english);
    if (*format == NULL && widen(speaker->arena, source, &pattern)) {
        *format =
            umsg_open(pattern.units, pattern.length, LOCALE_NAMES[speaker->locale], NULL, &code);
        if (!went_well(code)) {
            umsg_close(*format);
            *format = NULL;
        }
    }
    return *format;
}

/* umsg_format() reads as many arguments as the pattern has, numbers as double, words as UChar *. */
static int32_t put(const UMessageFormat *format, const struct sp_text_row *row,
                   const struct sp_text_values *values, const struct wide *words, UChar *out,
                   int32_t size, UErrorCode *code)
{
    _Static_assert(SP_TEXT_WORDS_MAX == 6 && SP_TEXT_NUMBERS_MAX == 2, "the calls below");
    const double *n = values->numbers;
#define WORDS                                                                                      \
    words[0].units, words[1].units, words[2].units, words[3].units, words[4].units, words[5].units
    switch (row->numbers) {
    case 0:
        return umsg_format(format, out, size, code, WORDS);
    case 1:
        return umsg_format(format, out, size, code, n[0], WORDS);
    default:
        return umsg_format(format, out, size, code, n[0], n[1], WORDS);
    }
#undef WORDS
}

char *sp_text_say(const struct sp_speaker *speaker, enum sp_text text,
                  const struct sp_text_values *values)
{
    static const struct sp_text_values NONE = {.numbers = {0}};
    const struct sp_text_row *row = sp_text_row(text);
    struct wide words[SP_TEXT_WORDS_MAX] = {{.units = NULL}};
    UChar units[SHORT_UNITS];
    UErrorCode code = U_ZERO_ERROR;
    values = values == NULL ? &NONE : values;
    const UMessageFormat *format = open_message(speaker, text);
    if (format == NULL) {
        return NULL;
    }
    for (unsigned i = 0; i < row->words; i++) {
        const char *word = values->words[i] == NULL ? "" : values->words[i];
        if (!widen(speaker->arena, word, &words[i])) {
            return NULL;
        }
    }
    int32_t length = put(format, row, values, words, units, SHORT_UNITS, &code);
    if (code != U_BUFFER_OVERFLOW_ERROR) {
        return went_well(code) ? narrow(speaker->arena, units, length) : NULL;
    }
    UChar *longer = sp_arena_calloc(speaker->arena, (size_t)length + 1, sizeof *longer);
    code = U_ZERO_ERROR;
    if (longer == NULL) {
        return NULL;
    }
    length = put(format, row, values, words, longer, length + 1, &code);
    return went_well(code) ? narrow(speaker->arena, longer, length) : NULL;
}

static UListFormatter *open_list(const struct sp_speaker *speaker)
{
    UListFormatter **list = &speaker->texts->lists[speaker->locale];
    UErrorCode code = U_ZERO_ERROR;
    if (*list == NULL) {
        *list = ulistfmt_open(LOCALE_NAMES[speaker->locale], &code);
        if (!went_well(code)) {
            ulistfmt_close(*list);
            *list = NULL;
        }
    }
    return *list;
}

char *sp_text_list(const struct sp_speaker *speaker, const char *const *items, size_t count)
{
    const UListFormatter *list = open_list(speaker);
    const UChar **wides = sp_arena_calloc(speaker->arena, count + 1, sizeof *wides);
    int32_t *lengths = sp_arena_calloc(speaker->arena, count + 1, sizeof *lengths);
    UErrorCode code = U_ZERO_ERROR;
    size_t most = 1;
    if (list == NULL || wides == NULL || lengths == NULL) {
        return NULL;
    }
    for (size_t i = 0; i < count; i++) {
        struct wide item;
        if (!widen(speaker->arena, items[i], &item)) {
            return NULL;
        }
        wides[i] = item.units;
        lengths[i] = item.length;
        most += (size_t)item.length + 8; /* ", and " */
    }
    UChar *out = sp_arena_calloc(speaker->arena, most, sizeof *out);
    if (out == NULL) {
        return NULL;
    }
    int32_t length =
        ulistfmt_format(list, wides, lengths, (int32_t)count, out, (int32_t)most, &code);
    return went_well(code) ? narrow(speaker->arena, out, length) : NULL;
}

static UNumberFormat *open_number(const struct sp_speaker *speaker, UNumberFormat **format,
                                  const char *pattern)
{
    struct wide wide;
    UErrorCode code = U_ZERO_ERROR;
    if (*format == NULL && widen(speaker->arena, pattern, &wide)) {
        *format = unum_open(UNUM_PATTERN_DECIMAL, wide.units, wide.length,
                            LOCALE_NAMES[speaker->locale], NULL, &code);
        if (!went_well(code)) {
            unum_close(*format);
            *format = NULL;
        } else {
            unum_setAttribute(*format, UNUM_MINIMUM_GROUPING_DIGITS, 1);
            unum_setAttribute(*format, UNUM_ROUNDING_MODE, UNUM_ROUND_HALFUP);
        }
    }
    return *format;
}

char *sp_text_amount(const struct sp_speaker *speaker, double amount)
{
    UChar units[SHORT_UNITS];
    UErrorCode code = U_ZERO_ERROR;
    const UNumberFormat *format =
        open_number(speaker, &speaker->texts->amounts[speaker->locale], AMOUNT_PATTERN);
    if (format == NULL) {
        return NULL;
    }
    int32_t length = unum_formatDouble(format, amount, units, SHORT_UNITS, NULL, &code);
    return went_well(code) ? narrow(speaker->arena, units, length) : NULL;
}

char *sp_text_money(const struct sp_speaker *speaker, int64_t grosz)
{
    char decimal[32];
    UChar units[SHORT_UNITS];
    UErrorCode code = U_ZERO_ERROR;
    const UNumberFormat *format = open_number(speaker, &speaker->texts->moneys[speaker->locale],
                                              MONEY_PATTERN[speaker->locale]);
    if (format == NULL) {
        return NULL;
    }
    /* As decimal digits: a double would lose grosz of large sums. */
    uint64_t size = grosz < 0 ? -(uint64_t)grosz : (uint64_t)grosz;
    (void)snprintf(decimal, sizeof decimal, "%s%llu.%02u", grosz < 0 ? "-" : "",
                   (unsigned long long)(size / GROSZ_PER_ZLOTY),
                   (unsigned)(size % GROSZ_PER_ZLOTY));
    int32_t length = unum_formatDecimal(format, decimal, (int32_t)strlen(decimal), units,
                                        SHORT_UNITS, NULL, &code);
    return went_well(code) ? narrow(speaker->arena, units, length) : NULL;
}
