/* SPDX-License-Identifier: EUPL-1.2 */
#include "proto/codec/json_text.h"

#include <stdint.h>
#include <string.h>

#include "base/utf8.h"

/* The letter that escapes a character in the short form, or 0. */
static char short_escape(unsigned char c)
{
    switch (c) {
    case '"':
    case '\\':
        return (char)c;
    case '\b':
        return 'b';
    case '\f':
        return 'f';
    case '\n':
        return 'n';
    case '\r':
        return 'r';
    case '\t':
        return 't';
    default:
        return 0;
    }
}

void sp_json_add_string(struct sp_buffer *buffer, struct sp_view text)
{
    sp_buffer_add_char(buffer, '"');
    size_t plain = 0; /* start of the run that needs no escape */
    for (size_t i = 0; i < text.length; i++) {
        unsigned char c = (unsigned char)text.data[i];
        if (c >= 0x20 && c != '"' && c != '\\') {
            continue;
        }
        sp_buffer_add(buffer, text.data + plain, i - plain);
        plain = i + 1;
        char letter = short_escape(c);
        if (letter != 0) {
            sp_buffer_add(buffer, (char[2]){'\\', letter}, 2);
        } else {
            sp_buffer_printf(buffer, "\\u%04x", c);
        }
    }
    if (plain < text.length) {
        sp_buffer_add(buffer, text.data + plain, text.length - plain);
    }
    sp_buffer_add_char(buffer, '"');
}

/* Line and column of the reader, both from 1; columns count characters. */
static void position(const struct sp_json_reader *reader, size_t *line, size_t *column)
{
    *line = 1;
    *column = 1;
    for (size_t i = 0; i < reader->at; i++) {
        unsigned char c = (unsigned char)reader->text.data[i];
        if (c == '\n') {
            *line += 1;
            *column = 1;
        } else if ((c & 0xC0) != 0x80) {
            *column += 1;
        }
    }
}

enum sp_status sp_json_fail(struct sp_json_reader *reader, const char *polish, const char *english)
{
    size_t line = 0;
    size_t column = 0;
    position(reader, &line, &column);
    /* Both texts take the same arguments, so each gets its sentence by a precision of its own. */
    return SP_FAIL(reader->err, SP_INVALID, "", "Wiersz %zu, znak %zu: %s%.0s",
                   "Line %zu, column %zu: %.0s%s", line, column, polish, english);
}

/* The byte that comes next, or 0 at the end; no token begins with NUL. */
static char next(const struct sp_json_reader *reader)
{
    return reader->at < reader->text.length ? reader->text.data[reader->at] : '\0';
}

static void skip_space(struct sp_json_reader *reader)
{
    while (next(reader) == ' ' || next(reader) == '\t' || next(reader) == '\n' ||
           next(reader) == '\r') {
        reader->at++;
    }
}

enum sp_status sp_json_begin(struct sp_json_reader *reader, struct sp_view text, size_t max_depth,
                             struct sp_error *err)
{
    *reader = (struct sp_json_reader){.text = text, .max_depth = max_depth, .err = err};
    size_t good = sp_utf8_check(text);
    if (good < text.length) {
        reader->at = good;
        return sp_json_fail(reader, "bajty nie są poprawnym UTF-8.", "bytes are not valid UTF-8.");
    }
    return SP_OK;
}

enum sp_status sp_json_end(struct sp_json_reader *reader)
{
    skip_space(reader);
    if (reader->at < reader->text.length) {
        return sp_json_fail(reader, "po wartości JSON stoi coś jeszcze.",
                            "something follows the JSON value.");
    }
    return SP_OK;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

enum sp_status sp_json_peek(struct sp_json_reader *reader, enum sp_json_kind *kind)
{
    skip_space(reader);
    char c = next(reader);
    if (c == '-' || is_digit(c)) {
        *kind = SP_JSON_NUMBER;
        return SP_OK;
    }
    if (c != '\0' && strchr("{[\"tfn", c) != NULL) {
        *kind = (enum sp_json_kind)c;
        return SP_OK;
    }
    return sp_json_fail(reader, "oczekiwano wartości JSON.", "a JSON value was expected.");
}

enum sp_status sp_json_enter(struct sp_json_reader *reader)
{
    if (reader->depth == reader->max_depth) {
        return SP_FAIL(reader->err, SP_LIMIT, "", "Zbyt głębokie zagnieżdżenie (ponad %zu).",
                       "Nested too deeply (more than %zu).", reader->max_depth);
    }
    reader->depth++;
    reader->at++;
    return SP_OK;
}

/* Step over the comma before the next item, or over the closing bracket. */
static enum sp_status next_item(struct sp_json_reader *reader, char close, bool *first, bool *more)
{
    skip_space(reader);
    *more = next(reader) != close;
    if (!*more) {
        reader->depth--;
        reader->at++;
        return SP_OK;
    }
    if (!*first) {
        if (next(reader) != ',') {
            return close == ']' ? sp_json_fail(reader, "oczekiwano „,” albo „]”.",
                                               "\",\" or \"]\" was expected.")
                                : sp_json_fail(reader, "oczekiwano „,” albo „}”.",
                                               "\",\" or \"}\" was expected.");
        }
        reader->at++;
    }
    *first = false;
    return SP_OK;
}

enum sp_status sp_json_next_element(struct sp_json_reader *reader, bool *first, bool *more)
{
    return next_item(reader, ']', first, more);
}

enum sp_status sp_json_next_member(struct sp_json_reader *reader, bool *first,
                                   struct sp_view *raw_name, bool *more)
{
    enum sp_status status = next_item(reader, '}', first, more);
    if (status != SP_OK || !*more) {
        return status;
    }
    skip_space(reader);
    if (next(reader) != '"') {
        return sp_json_fail(reader, "oczekiwano nazwy pola w cudzysłowie.",
                            "a member name in quotes was expected.");
    }
    status = sp_json_take_string(reader, raw_name);
    if (status != SP_OK) {
        return status;
    }
    skip_space(reader);
    if (next(reader) != ':') {
        return sp_json_fail(reader, "oczekiwano „:”.", "\":\" was expected.");
    }
    reader->at++;
    return SP_OK;
}

/* The value of four hexadecimal digits at offset at, or -1. */
static int32_t four_digits(struct sp_view text, size_t at)
{
    if (at + 4 > text.length) {
        return -1;
    }
    int32_t value = 0;
    for (size_t i = at; i < at + 4; i++) {
        char c = text.data[i];
        int digit = is_digit(c)            ? c - '0'
                    : c >= 'a' && c <= 'f' ? c - 'a' + 10
                    : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                           : -1;
        if (digit < 0) {
            return -1;
        }
        value = value << 4 | digit;
    }
    return value;
}

/* Decode \uXXXX, or a pair of surrogates, at offset at of its backslash. Returns its length, or 0.
 */
static size_t unicode_escape(struct sp_view text, size_t at, uint32_t *character)
{
    int32_t high = four_digits(text, at + 2);
    if (high < 0 || (high >= 0xDC00 && high <= 0xDFFF)) {
        return 0;
    }
    *character = (uint32_t)high;
    if (high < 0xD800 || high > 0xDBFF) {
        return 6;
    }
    if (at + 8 > text.length || text.data[at + 6] != '\\' || text.data[at + 7] != 'u') {
        return 0;
    }
    int32_t low = four_digits(text, at + 8);
    *character = 0x10000 + ((uint32_t)(high - 0xD800) << 10) + (uint32_t)(low - 0xDC00);
    return low >= 0xDC00 && low <= 0xDFFF ? 12 : 0;
}

static enum sp_status check_escape(struct sp_json_reader *reader)
{
    char letter = reader->at + 1 < reader->text.length ? reader->text.data[reader->at + 1] : '\0';
    uint32_t character = 0;
    size_t length = letter == 'u' ? unicode_escape(reader->text, reader->at, &character)
                    : letter != '\0' && strchr("\"\\/bfnrt", letter) != NULL ? 2
                                                                             : 0;
    if (length == 0) {
        return sp_json_fail(reader, "niedozwolona sekwencja po „\\”.",
                            "a bad escape after \"\\\".");
    }
    reader->at += length;
    return SP_OK;
}

enum sp_status sp_json_take_string(struct sp_json_reader *reader, struct sp_view *raw)
{
    size_t start = ++reader->at; /* after the quote */
    while (reader->at < reader->text.length) {
        unsigned char c = (unsigned char)reader->text.data[reader->at];
        if (c == '"') {
            *raw = sp_view_from(reader->text.data + start, reader->at - start);
            reader->at++;
            return SP_OK;
        }
        if (c < 0x20) {
            return sp_json_fail(reader, "znak sterujący w tekście (użyj sekwencji \\u...).",
                                "a control character in a string (use an escape \\u...).");
        }
        if (c != '\\') {
            reader->at++;
            continue;
        }
        enum sp_status status = check_escape(reader);
        if (status != SP_OK) {
            return status;
        }
    }
    return sp_json_fail(reader, "brak końcowego cudzysłowu.", "the closing quote is missing.");
}

/* The character that a short escape stands for. */
static char unescaped(char letter)
{
    switch (letter) {
    case 'b':
        return '\b';
    case 'f':
        return '\f';
    case 'n':
        return '\n';
    case 'r':
        return '\r';
    case 't':
        return '\t';
    default:
        return letter;
    }
}

size_t sp_json_unescape(struct sp_view raw, char *out)
{
    size_t length = 0;
    size_t at = 0;
    while (at < raw.length) {
        const char *escape = memchr(raw.data + at, '\\', raw.length - at);
        size_t plain = escape == NULL ? raw.length - at : (size_t)(escape - raw.data) - at;
        memcpy(out + length, raw.data + at, plain);
        length += plain;
        at += plain;
        if (escape == NULL) {
            break;
        }
        if (raw.data[at + 1] == 'u') {
            uint32_t character = 0;
            at += unicode_escape(raw, at, &character);
            length += sp_utf8_put(character, out + length);
        } else {
            out[length++] = unescaped(raw.data[at + 1]);
            at += 2;
        }
    }
    return length;
}

/* Step over digits; at least one is needed. */
static bool take_digits(struct sp_json_reader *reader)
{
    size_t start = reader->at;
    while (is_digit(next(reader))) {
        reader->at++;
    }
    return reader->at > start;
}

/* number = [ "-" ] ( "0" / digit1-9 *digit ) [ "." 1*digit ] [ e [ +/- ] 1*digit ] */
static bool take_number(struct sp_json_reader *reader)
{
    if (next(reader) == '-') {
        reader->at++;
    }
    if (next(reader) == '0') {
        reader->at++;
    } else if (!take_digits(reader)) {
        return false;
    }
    if (next(reader) == '.') {
        reader->at++;
        if (!take_digits(reader)) {
            return false;
        }
    }
    if (next(reader) == 'e' || next(reader) == 'E') {
        reader->at++;
        if (next(reader) == '+' || next(reader) == '-') {
            reader->at++;
        }
        return take_digits(reader);
    }
    return true;
}

enum sp_status sp_json_take_number(struct sp_json_reader *reader, struct sp_view *number)
{
    size_t start = reader->at;
    if (!take_number(reader)) {
        return sp_json_fail(reader, "to nie jest liczba JSON.", "this is not a JSON number.");
    }
    *number = sp_view_from(reader->text.data + start, reader->at - start);
    return SP_OK;
}

enum sp_status sp_json_take_word(struct sp_json_reader *reader, enum sp_json_kind kind)
{
    struct sp_view word = sp_view_of(kind == SP_JSON_TRUE    ? "true"
                                     : kind == SP_JSON_FALSE ? "false"
                                                             : "null");
    struct sp_view left =
        sp_view_from(reader->text.data + reader->at, reader->text.length - reader->at);
    if (!sp_view_starts_with(left, word)) {
        return sp_json_fail(reader, "oczekiwano true, false lub null.",
                            "true, false or null was expected.");
    }
    reader->at += word.length;
    return SP_OK;
}

static enum sp_status skip_items(struct sp_json_reader *reader, enum sp_json_kind kind)
{
    enum sp_status status = sp_json_enter(reader);
    bool first = true;
    bool more = true;
    while (status == SP_OK) {
        struct sp_view name;
        status = kind == SP_JSON_ARRAY ? sp_json_next_element(reader, &first, &more)
                                       : sp_json_next_member(reader, &first, &name, &more);
        if (status != SP_OK || !more) {
            break;
        }
        status = sp_json_skip(reader);
    }
    return status;
}

enum sp_status sp_json_skip(struct sp_json_reader *reader)
{
    enum sp_json_kind kind = SP_JSON_NULL;
    struct sp_view ignored;
    enum sp_status status = sp_json_peek(reader, &kind);
    if (status != SP_OK) {
        return status;
    }
    switch (kind) {
    case SP_JSON_OBJECT:
    case SP_JSON_ARRAY:
        return skip_items(reader, kind);
    case SP_JSON_STRING:
        return sp_json_take_string(reader, &ignored);
    case SP_JSON_NUMBER:
        return sp_json_take_number(reader, &ignored);
    default:
        return sp_json_take_word(reader, kind);
    }
}
