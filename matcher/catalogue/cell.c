/* SPDX-License-Identifier: EUPL-1.2 */
#include "matcher/catalogue/cell.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "matcher/catalogue/name_key.h"
#include "matcher/vocabulary/vocabulary.h"

enum { NUMBER_MAX_BYTES = 40, GROSZ_IN_ZLOTY = 100, GROSZ_DIGITS_MAX = 16 };

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/** Bytes of a space at the start of @p text, no-break and narrow ones included; 0 if none. */
static size_t space_length(struct sp_view text)
{
    static const char *const spaces[] = {" ", "\xC2\xA0", "\xE2\x80\xAF"};
    for (size_t i = 0; i < SP_COUNT(spaces); i++) {
        if (sp_view_starts_with(text, sp_view_of(spaces[i]))) {
            return strlen(spaces[i]);
        }
    }
    return 0;
}

/** Copy a number at the start of @p cell as "-1234.5". @return bytes of @p cell it takes; 0 if it
 * is none */
static size_t copy_number(struct sp_view cell, char out[NUMBER_MAX_BYTES])
{
    size_t length = 0;
    size_t at = 0;
    size_t after_digit = 0; /* end of the last digit */
    bool point = false;
    if (cell.length > 0 && cell.data[0] == '-') {
        out[length++] = cell.data[at++];
    }
    while (at < cell.length && length < NUMBER_MAX_BYTES - 1) {
        char c = cell.data[at];
        size_t space = space_length(sp_view_from(cell.data + at, cell.length - at));
        if (is_digit(c)) {
            out[length++] = c;
            after_digit = ++at;
        } else if ((c == ',' || c == '.') && !point && after_digit > 0) {
            point = true;
            out[length++] = '.';
            at++;
        } else if (space > 0 && !point && at + space < cell.length &&
                   is_digit(cell.data[at + space])) {
            at += space;
        } else {
            break;
        }
    }
    out[length] = '\0';
    return at == after_digit ? at : 0; /* "12," and "12 " end in no digit */
}

enum sp_status sp_cell_number(struct sp_view cell, double *out, struct sp_error *err)
{
    char text[NUMBER_MAX_BYTES];
    if (copy_number(cell, text) != cell.length || cell.length == 0) {
        return SP_FAIL(err, SP_INVALID, "", "„%.*s” nie jest liczbą.", "\"%.*s\" is not a number.",
                       SP_VIEW_ARGS(cell));
    }
    *out = strtod(text, NULL);
    return SP_OK;
}

enum sp_status sp_cell_count(struct sp_view cell, uint32_t *out, struct sp_error *err)
{
    double number = 0;
    enum sp_status status = sp_cell_number(cell, &number, err);
    if (status == SP_OK && (number < 0 || number > UINT32_MAX || number != floor(number))) {
        status = SP_FAIL(err, SP_INVALID, "", "„%.*s” nie jest liczbą całkowitą od 0.",
                         "\"%.*s\" is not a whole number from 0.", SP_VIEW_ARGS(cell));
    }
    if (status == SP_OK) {
        *out = (uint32_t)number;
    }
    return status;
}

/** Digits and a point to grosz, exactly; false if there are more than two decimals. */
static bool to_grosz(const char *text, int64_t *out)
{
    int64_t grosz = 0;
    int decimals = -1; /* before the point */
    for (size_t i = 0; text[i] != '\0'; i++) {
        if (text[i] == '.') {
            decimals = 0;
            continue;
        }
        if (!is_digit(text[i]) || i >= GROSZ_DIGITS_MAX || decimals == 2) {
            return false;
        }
        grosz = grosz * 10 + (text[i] - '0');
        decimals += decimals >= 0 ? 1 : 0;
    }
    *out = decimals == 2 ? grosz : decimals == 1 ? grosz * 10 : grosz * GROSZ_IN_ZLOTY;
    return true;
}

enum sp_status sp_cell_grosz(struct sp_view cell, int64_t *out, struct sp_error *err)
{
    char text[NUMBER_MAX_BYTES];
    char currency[SP_NAME_KEY_MAX_BYTES + 1];
    size_t used = copy_number(cell, text);
    sp_name_key(sp_view_from(cell.data + used, cell.length - used), currency);
    bool zloty = currency[0] == '\0' || strcmp(currency, "zl") == 0 || strcmp(currency, "pln") == 0;
    if (used == 0 || !zloty || !to_grosz(text, out)) {
        return SP_FAIL(err, SP_INVALID, "", "„%.*s” nie jest kwotą w złotych.",
                       "\"%.*s\" is not a sum in złote.", SP_VIEW_ARGS(cell));
    }
    return SP_OK;
}

enum sp_status sp_cell_bool(struct sp_view cell, bool *out, struct sp_error *err)
{
    static const char *const words[][2] = {
        {"nie", "tak"}, {"no", "yes"}, {"false", "true"}, {"0", "1"}};
    char key[SP_NAME_KEY_MAX_BYTES + 1];
    sp_name_key(cell, key);
    for (size_t i = 0; i < SP_COUNT(words); i++) {
        for (size_t value = 0; value < 2; value++) {
            if (strcmp(key, words[i][value]) == 0) {
                *out = value == 1;
                return SP_OK;
            }
        }
    }
    return SP_FAIL(err, SP_INVALID, "", "„%.*s” to ani tak, ani nie.",
                   "\"%.*s\" is neither yes nor no.", SP_VIEW_ARGS(cell));
}

/** Unit and period, written as ids ("meal/day") or as people do ("posiłków dziennie"). */
static enum sp_status read_measure(struct sp_view text, const struct sp_vocabulary *vocabulary,
                                   struct sp_arena *arena, Spoina__V1__Quantity *quantity,
                                   struct sp_error *err)
{
    const char *slash = text.length == 0 ? NULL : memchr(text.data, '/', text.length);
    size_t unit_bytes = slash == NULL ? text.length : (size_t)(slash - text.data);
    struct sp_view unit = sp_view_trim(sp_view_from(text.data, unit_bytes));
    struct sp_view period = sp_view_from(NULL, 0);
    if (slash != NULL) {
        period = sp_view_trim(sp_view_from(slash + 1, text.length - unit_bytes - 1));
    }
    bool ids = vocabulary == NULL ||
               (sp_unit_find(vocabulary->units, unit) != NULL &&
                (period.length == 0 || sp_period_find(vocabulary->units, period) != NULL));
    if (!ids) {
        struct sp_measure measure = {0};
        enum sp_status status = sp_measure_parse(vocabulary->units, text, "", &measure, err);
        if (status != SP_OK) {
            return status;
        }
        if (measure.unit == NULL || measure.price) {
            return SP_FAIL(err, SP_INVALID, "", "„%.*s” nie jest jednostką miary.",
                           "\"%.*s\" is not a unit of measure.", SP_VIEW_ARGS(text));
        }
        unit = sp_view_of(measure.unit->id);
        period = sp_view_of(measure.period == NULL ? NULL : measure.period->id);
    }
    quantity->unit = sp_arena_copy(arena, unit);
    quantity->period = sp_arena_copy(arena, period);
    return quantity->unit == NULL || quantity->period == NULL ? SP_FAIL_NOMEM(err) : SP_OK;
}

enum sp_status sp_cell_quantity(struct sp_view cell, const struct sp_vocabulary *vocabulary,
                                struct sp_arena *arena, Spoina__V1__Quantity **out,
                                struct sp_error *err)
{
    char text[NUMBER_MAX_BYTES];
    size_t used = copy_number(cell, text);
    struct sp_view measure = sp_view_trim(sp_view_from(cell.data + used, cell.length - used));
    if (used == 0 || measure.length == 0) {
        return SP_FAIL(err, SP_INVALID, "", "„%.*s” nie jest ilością z jednostką („120 meal/day”).",
                       "\"%.*s\" is not an amount with a unit (\"120 meal/day\").",
                       SP_VIEW_ARGS(cell));
    }
    Spoina__V1__Quantity *quantity = sp_arena_alloc(arena, sizeof *quantity);
    if (quantity == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    spoina__v1__quantity__init(quantity);
    quantity->amount = strtod(text, NULL);
    enum sp_status status = read_measure(measure, vocabulary, arena, quantity, err);
    if (status == SP_OK) {
        *out = quantity;
    }
    return status;
}

void sp_cell_add_number(struct sp_buffer *cell, double number)
{
    enum { MOST_DECIMALS = 17, ROOM = 400 }; /* a double has up to 309 digits before the point */
    char text[ROOM];
    /* %f, not %g: an exponent would not be read back. */
    for (int decimals = 0; decimals <= MOST_DECIMALS; decimals++) {
        (void)snprintf(text, sizeof text, "%.*f", decimals, number);
        if (strtod(text, NULL) == number) {
            break;
        }
    }
    sp_buffer_add_text(cell, text);
}

void sp_cell_add_quantity(struct sp_buffer *cell, const Spoina__V1__Quantity *quantity)
{
    if (quantity == NULL) {
        return;
    }
    sp_cell_add_number(cell, quantity->amount);
    sp_buffer_add_char(cell, ' ');
    sp_buffer_add_text(cell, quantity->unit);
    if (quantity->period[0] != '\0') {
        sp_buffer_add_char(cell, '/');
        sp_buffer_add_text(cell, quantity->period);
    }
}

bool sp_cell_next_item(struct sp_view *rest, const char *separators, struct sp_view *item)
{
    while (rest->length > 0) {
        size_t end = 0;
        while (end < rest->length &&
               (rest->data[end] == '\0' || strchr(separators, rest->data[end]) == NULL)) {
            end++;
        }
        *item = sp_view_trim(sp_view_from(rest->data, end));
        size_t used = end < rest->length ? end + 1 : end;
        *rest = sp_view_from(rest->data + used, rest->length - used);
        if (item->length > 0) {
            return true;
        }
    }
    return false;
}

size_t sp_cell_count_items(struct sp_view cell, const char *separators)
{
    struct sp_view item = {0};
    size_t count = 0;
    while (sp_cell_next_item(&cell, separators, &item)) {
        count++;
    }
    return count;
}
