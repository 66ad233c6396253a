/* SPDX-License-Identifier: EUPL-1.2 */
#include "matcher/language/pattern.h"

#include "matcher/language/fold.h"

enum {
    LOCAL_PART_MAX_BYTES = 64, /* RFC 5321, 4.5.3.1.1 */
    ADDRESS_MAX_BYTES = 2048,
    KEY_MAX_BYTES = 64,     /* longer than any unit or abbreviation of the tables */
    ABBREVIATION_WORDS = 3, /* "sp. z o.o." */
    NUMBER_GROUPS_MAX = 6
};

static struct sp_view slice(struct sp_view text, size_t start, size_t end)
{
    return sp_view_from(text.data + start, end - start);
}

static struct sp_view rest(struct sp_view text, size_t start)
{
    return slice(text, start, text.length);
}

static char byte_at(struct sp_view text, size_t at)
{
    return at < text.length ? text.data[at] : ' ';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_ascii_alnum(char c)
{
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_one_of(char c, const char *set)
{
    return c != '\0' && strchr(set, c) != NULL;
}

/* Where a URL ends: at white space, a quote or an angle bracket, without closing punctuation. */
static size_t url_end(struct sp_view text, size_t start)
{
    size_t end = start;
    while (end < text.length && end - start < ADDRESS_MAX_BYTES && text.data[end] > ' ' &&
           text.data[end] != '\x7F' && !is_one_of(text.data[end], "<>\"")) {
        end++;
    }
    while (end > start && is_one_of(text.data[end - 1], ".,;:!?)]}'")) {
        end--;
    }
    return end;
}

static size_t email_end(struct sp_view text, size_t start)
{
    size_t at = start;
    while (at - start < LOCAL_PART_MAX_BYTES &&
           (is_ascii_alnum(byte_at(text, at)) || is_one_of(byte_at(text, at), "._%+-"))) {
        at++;
    }
    if (byte_at(text, at) != '@') {
        return 0;
    }
    size_t domain = at + 1;
    size_t end = domain;
    bool has_dot = false;
    while (end - domain < ADDRESS_MAX_BYTES &&
           (is_ascii_alnum(byte_at(text, end)) ||
            (is_one_of(byte_at(text, end), ".-") && is_ascii_alnum(byte_at(text, end + 1))))) {
        has_dot |= text.data[end] == '.';
        end++;
    }
    return has_dot && end > domain ? end : 0;
}

/* Domains without "www.": only the endings that Polish texts really hold, since "usług.Oferta" is a
 * missing space and no domain. */
static bool is_domain(struct sp_view atom)
{
    static const char *const endings[] = {".pl", ".eu", ".com", ".org", ".net", ".info"};
    for (size_t i = 0; i < SP_COUNT(endings); i++) {
        struct sp_view ending = sp_view_of(endings[i]);
        if (atom.length > ending.length + 1 &&
            sp_view_equal(slice(atom, atom.length - ending.length, atom.length), ending)) {
            return true;
        }
    }
    return false;
}

size_t sp_address_end(struct sp_view text, const struct sp_atom *atom)
{
    static const char *const schemes[] = {"http", "https", "ftp", "HTTP", "HTTPS"};
    struct sp_view word = slice(text, atom->start, atom->end);
    if (sp_view_starts_with(rest(text, atom->end), sp_view_of("://"))) {
        for (size_t i = 0; i < SP_COUNT(schemes); i++) {
            if (sp_view_is(word, schemes[i])) {
                return url_end(text, atom->start);
            }
        }
    }
    if (sp_view_starts_with(word, sp_view_of("www.")) ||
        sp_view_starts_with(word, sp_view_of("WWW."))) {
        return url_end(text, atom->start);
    }
    size_t end = email_end(text, atom->start);
    if (end == 0 && atom->has_mark && atom->has_letter && is_domain(word)) {
        end = url_end(text, atom->start);
    }
    return end;
}

static bool is_all_digits(struct sp_view text)
{
    for (size_t i = 0; i < text.length; i++) {
        if (!is_digit(text.data[i])) {
            return false;
        }
    }
    return text.length > 0;
}

/* One more group: a space, three digits and no fourth. Returns where it ends, or 0. */
static size_t number_group_end(struct sp_view text, size_t at)
{
    size_t space = sp_space_length(rest(text, at));
    if (space == 0 || byte_at(text, at) == '\n' || byte_at(text, at) == '\t' ||
        text.length - at < space + 3 || !is_all_digits(slice(text, at + space, at + space + 3))) {
        return 0;
    }
    size_t end = at + space + 3;
    char next = byte_at(text, end);
    return is_digit(next) || next == '-' || next == '/' ? 0 : end;
}

size_t sp_grouped_number_end(struct sp_view text, const struct sp_atom *atom)
{
    struct sp_view digits = slice(text, atom->start, atom->end);
    if (digits.length > 3 || !is_all_digits(digits) || digits.data[0] == '0') {
        return 0;
    }
    size_t end = 0;
    size_t next = number_group_end(text, atom->end);
    for (int groups = 0; next != 0 && groups < NUMBER_GROUPS_MAX; groups++) {
        end = next;
        next = number_group_end(text, end);
    }
    if (end != 0 && byte_at(text, end) == ',' && is_digit(byte_at(text, end + 1))) {
        end++;
        while (is_digit(byte_at(text, end))) {
            end++;
        }
    }
    return end;
}

/* Letters, digits, superscript two and three: what a unit is written with. */
static size_t unit_word_end(struct sp_view text, size_t at)
{
    size_t start = at;
    while (at < text.length && at - start < KEY_MAX_BYTES) {
        struct sp_view left = rest(text, at);
        size_t step = sp_fold_plain_length(left);
        bool is_power = left.length >= 2 && left.data[0] == '\xC2' &&
                        (left.data[1] == '\xB2' || left.data[1] == '\xB3');
        if (is_power) {
            at += 2;
        } else if (step == 2 || (step == 1 && is_ascii_alnum(left.data[0]))) {
            at += step;
        } else {
            break;
        }
    }
    return at;
}

static const struct sp_table_row *find_folded(const struct sp_table *table, struct sp_view word)
{
    char folded[SP_FOLD_GROWTH * KEY_MAX_BYTES];
    size_t length = 0;
    if (word.length == 0 || word.length > KEY_MAX_BYTES ||
        sp_fold_text(word, folded, sizeof folded, &length) != SP_OK) {
        return NULL;
    }
    return sp_table_find(table, sp_view_from(folded, length));
}

static bool is_in(const struct sp_table *table, struct sp_view word)
{
    return find_folded(table, word) != NULL;
}

const struct sp_table_row *sp_abbreviation_find(const struct sp_language *language,
                                                struct sp_view written)
{
    return find_folded(&language->abbreviations, written);
}

/* One unit without a slash: with its dot, if the table has it so. */
static size_t simple_unit_end(const struct sp_language *language, struct sp_view text, size_t start)
{
    size_t end = unit_word_end(text, start);
    if (byte_at(text, end) == '.' && is_in(&language->units, slice(text, start, end + 1))) {
        return end + 1;
    }
    return is_in(&language->units, slice(text, start, end)) ? end : 0;
}

size_t sp_unit_end(const struct sp_language *language, struct sp_view text, size_t start)
{
    size_t end = simple_unit_end(language, text, start);
    if (end != 0 && byte_at(text, end) == '/') {
        size_t second = simple_unit_end(language, text, end + 1);
        end = second != 0 ? second : end;
    }
    return end;
}

/* Fold words of the text into `key`, one space between them; returns where the last ends, or 0. */
static size_t abbreviation_key(struct sp_view text, size_t start, int words, char *key,
                               size_t *length)
{
    char raw[KEY_MAX_BYTES];
    size_t used = 0;
    size_t at = start;
    for (int i = 0; i < words; i++) {
        if (i > 0) {
            size_t space = sp_space_length(rest(text, at));
            if (space == 0 || used == sizeof raw) {
                return 0;
            }
            at += space;
            raw[used++] = ' ';
        }
        while (at < text.length && sp_space_length(rest(text, at)) == 0) {
            if (used == sizeof raw) {
                return 0;
            }
            raw[used++] = text.data[at++];
        }
    }
    while (used > 0 && is_one_of(raw[used - 1], ",;:!?)\"")) {
        used--;
        at--;
    }
    if (sp_fold_text(sp_view_from(raw, used), key, SP_FOLD_GROWTH * KEY_MAX_BYTES, length) !=
        SP_OK) {
        return 0;
    }
    return at;
}

size_t sp_abbreviation_end(const struct sp_language *language, struct sp_view text, size_t start,
                           const struct sp_table_row **row)
{
    char key[SP_FOLD_GROWTH * KEY_MAX_BYTES];
    size_t length = 0;
    for (int words = ABBREVIATION_WORDS; words > 0; words--) {
        size_t end = abbreviation_key(text, start, words, key, &length);
        *row = end == 0 ? NULL : sp_table_find(&language->abbreviations, sp_view_from(key, length));
        if (*row != NULL) {
            return end;
        }
    }
    return 0;
}

size_t sp_hyphen_length(struct sp_view text)
{
    if (text.length > 0 && text.data[0] == '-') {
        return 1;
    }
    return text.length >= 3 && (memcmp(text.data, "\xE2\x80\x90", 3) == 0 ||
                                memcmp(text.data, "\xE2\x80\x91", 3) == 0)
               ? 3
               : 0;
}
