/* SPDX-License-Identifier: EUPL-1.2 */
/** @file Numbers; see numbers.h. */
#include "matcher/extraction/numbers.h"

#include <string.h>

enum { DIGITS_MAX = 15 };

/** Numerals by lemma. Counting words above a hundred are written in digits in tenders. */
static const struct {
    const char *lemma;
    double value;
} NUMERALS[] = {
    {"jeden", 1},        {"dwa", 2},          {"trzy", 3},          {"cztery", 4},
    {"pięć", 5},         {"sześć", 6},        {"siedem", 7},        {"osiem", 8},
    {"dziewięć", 9},     {"dziesięć", 10},    {"jedenaście", 11},   {"dwanaście", 12},
    {"trzynaście", 13},  {"czternaście", 14}, {"piętnaście", 15},   {"szesnaście", 16},
    {"dwadzieścia", 20}, {"trzydzieści", 30}, {"czterdzieści", 40}, {"pięćdziesiąt", 50},
    {"sto", 100},        {"dwoje", 2},        {"troje", 3},         {"czworo", 4},
    {"pięcioro", 5},
};

/** Beginnings of "dwukrotny", "trzykrotnie". */
static const struct {
    const char *prefix;
    double value;
} MULTIPLES[] = {
    {"jedno", 1},   {"dwu", 2},     {"trzy", 3},  {"cztero", 4},     {"pięcio", 5},
    {"sześcio", 6}, {"siedmio", 7}, {"ośmio", 8}, {"dziewięcio", 9}, {"dziesięcio", 10},
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/** Take one group separator: a dot, a space, a no-break space (also narrow). */
static size_t separator_length(struct sp_view text, size_t at)
{
    static const char *const SEPARATORS[] = {" ", ".", "\xc2\xa0", "\xe2\x80\xaf", "'"};
    for (size_t i = 0; i < sizeof SEPARATORS / sizeof *SEPARATORS; i++) {
        struct sp_view rest = sp_view_from(text.data + at, text.length - at);
        if (sp_view_starts_with(rest, sp_view_of(SEPARATORS[i]))) {
            return strlen(SEPARATORS[i]);
        }
    }
    return 0;
}

static size_t count_digits(struct sp_view text, size_t at)
{
    size_t end = at;
    while (end < text.length && is_digit(text.data[end])) {
        end++;
    }
    return end - at;
}

static double add_digits(double value, struct sp_view text, size_t at, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        value = 10 * value + (text.data[at + i] - '0');
    }
    return value;
}

bool sp_number_parse(struct sp_view text, double *out)
{
    size_t at = count_digits(text, 0);
    size_t digits = at;
    if (at == 0 || at > DIGITS_MAX) {
        return false;
    }
    double value = add_digits(0, text, 0, at);
    bool grouped = at <= 3;
    while (grouped && at < text.length) {
        size_t separator = separator_length(text, at);
        if (separator == 0 || count_digits(text, at + separator) != 3 || digits > DIGITS_MAX - 3) {
            break;
        }
        value = add_digits(value, text, at + separator, 3);
        at += separator + 3;
        digits += 3;
    }
    if (at < text.length && (text.data[at] == ',' || text.data[at] == '.')) {
        size_t decimals = count_digits(text, at + 1);
        if (decimals == 0 || decimals > 4 || digits + decimals > DIGITS_MAX) {
            return false;
        }
        double scale = 1;
        for (size_t i = 0; i < decimals; i++) {
            scale *= 10;
        }
        value += add_digits(0, text, at + 1, decimals) / scale;
        at += 1 + decimals;
    }
    if (at != text.length) {
        return false;
    }
    *out = value;
    return true;
}

/** Read "10-15" or "10–15" as a range. */
static bool read_range(struct sp_view text, double *low, double *high)
{
    static const char *const DASHES[] = {"-", "–", "—"};
    for (size_t i = 0; i < sizeof DASHES / sizeof *DASHES; i++) {
        size_t length = strlen(DASHES[i]);
        for (size_t at = 1; at + length < text.length; at++) {
            if (memcmp(text.data + at, DASHES[i], length) == 0) {
                return sp_number_parse(sp_view_from(text.data, at), low) &&
                       sp_number_parse(
                           sp_view_from(text.data + at + length, text.length - at - length),
                           high) &&
                       *low < *high;
            }
        }
    }
    return false;
}

void sp_number_read(struct sp_word *word)
{
    const struct sp_token *token = word->token;
    if ((token->flags & SP_TOKEN_NUMBER) != 0) {
        word->has_number = sp_number_parse(token->form, &word->number);
        word->number_max = word->number;
        return;
    }
    if ((token->flags & SP_TOKEN_COMPOUND) != 0) {
        word->has_number = read_range(token->form, &word->number, &word->number_max);
        return;
    }
    for (size_t i = 0; i < sizeof NUMERALS / sizeof *NUMERALS; i++) {
        if (sp_word_is(word, NUMERALS[i].lemma)) {
            word->has_number = true;
            word->in_words = true;
            word->number = NUMERALS[i].value;
            word->number_max = NUMERALS[i].value;
            return;
        }
    }
}

double sp_number_times(const struct sp_word *word)
{
    struct sp_view form = word->token->folded;
    size_t stem = 0;
    for (size_t at = 1; at + 5 <= form.length; at++) {
        if (memcmp(form.data + at, "krotn", 5) == 0) {
            stem = at;
            break;
        }
    }
    if (stem == 0) {
        return 0;
    }
    size_t end = form.data[stem - 1] == '-' ? stem - 1 : stem;
    double value = 0;
    if (sp_number_parse(sp_view_from(form.data, end), &value)) {
        return value;
    }
    for (size_t i = 0; i < sizeof MULTIPLES / sizeof *MULTIPLES; i++) {
        if (sp_view_is(sp_view_from(form.data, stem), MULTIPLES[i].prefix)) {
            return MULTIPLES[i].value;
        }
    }
    return 0;
}
