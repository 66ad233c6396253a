/* SPDX-License-Identifier: EUPL-1.2 */
#include "matcher/vocabulary/units.h"

#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "base/memory.h"
#include "matcher/vocabulary/data_table.h"
#include "matcher/vocabulary/keys.h"
#include "matcher/vocabulary/letters.h"

enum {
    ARENA_MAX_BYTES = 1 << 20,
    NAME_MAX_BYTES = 64, /* the longest wording of the tables has 32 */
    NAME_MAX_WORDS = 3,  /* "metr bieżący akt" */
    MEASURE_MAX_BYTES = 256,
    FACTOR_MAX = 1000000000
};

struct sp_units {
    struct sp_arena *arena;
    struct sp_unit *units;
    size_t unit_count;
    struct sp_period *periods;
    size_t period_count;
    struct sp_keys unit_names;
    struct sp_keys period_names;
};

/* Bring a name into the form of the index: small letters, no dots. 0 when it is too long. */
static size_t normalise(struct sp_view text, char out[NAME_MAX_BYTES])
{
    char lower[NAME_MAX_BYTES];
    text = sp_view_trim(text);
    if (text.length > sizeof lower) {
        return 0;
    }
    sp_letters_lower(text, lower);
    size_t length = 0;
    for (size_t i = 0; i < text.length; i++) {
        if (lower[i] != '.') {
            out[length++] = lower[i];
        }
    }
    return length;
}

static enum sp_status add_name(struct sp_units *units, struct sp_keys *keys, struct sp_view name,
                               size_t value, struct sp_error *err)
{
    char folded[NAME_MAX_BYTES];
    size_t length = normalise(name, folded);
    char *copy = sp_arena_copy(units->arena, sp_view_from(folded, length));
    if (copy == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    sp_keys_add(keys, sp_view_from(copy, length), (uint32_t)value);
    return SP_OK;
}

/* Index the id, the symbol, both names and the wordings of one row. */
static enum sp_status add_names(struct sp_units *units, struct sp_keys *keys,
                                const char *const names[4], const char *wordings, size_t value,
                                struct sp_error *err)
{
    enum sp_status status = SP_OK;
    for (size_t i = 0; i < 4 && status == SP_OK; i++) {
        status = add_name(units, keys, sp_view_of(names[i]), value, err);
    }
    struct sp_view rest = sp_view_of(wordings);
    struct sp_view word;
    while (status == SP_OK && sp_list_next(&rest, '|', &word)) {
        status = add_name(units, keys, word, value, err);
    }
    return status;
}

/* Every name must mean one thing. */
static enum sp_status seal(struct sp_keys *keys, const char *table, struct sp_error *err)
{
    if (sp_keys_seal(keys) != SP_OK) {
        return SP_FAIL_NOMEM(err);
    }
    for (size_t i = 1; i < keys->count; i++) {
        if (sp_view_equal(keys->items[i - 1].text, keys->items[i].text)) {
            return SP_FAIL(err, SP_CORRUPT, table, "%s: „%.*s” ma dwa znaczenia.",
                           "%s: \"%.*s\" has two meanings.", table,
                           SP_VIEW_ARGS(keys->items[i].text));
        }
    }
    return SP_OK;
}

/* Split "one|few|many|fraction" into NUL-terminated forms; the last one given stands for the rest.
 */
static enum sp_status split_forms(struct sp_arena *arena, const char *text, const char **forms,
                                  size_t count, struct sp_error *err)
{
    struct sp_view rest = sp_view_of(text);
    struct sp_view word;
    for (size_t n = 0; n < count; n++) {
        if (sp_list_next(&rest, '|', &word)) {
            forms[n] = sp_arena_copy(arena, word);
        } else {
            forms[n] = n == 0 ? "" : forms[n - 1];
        }
        if (forms[n] == NULL) {
            return SP_FAIL_NOMEM(err);
        }
    }
    return SP_OK;
}

static enum sp_status read_units(struct sp_units *units, const char *directory,
                                 struct sp_error *err)
{
    struct sp_data_table table;
    enum sp_status status =
        sp_data_table_read(directory, "units.tsv", 7, 8, units->arena, &table, err);
    if (status != SP_OK) {
        return status;
    }
    units->units = sp_arena_calloc(units->arena, table.row_count, sizeof *units->units);
    if (units->units == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    for (size_t i = 0; i < table.row_count; i++) {
        const struct sp_data_row *row = &table.rows[i];
        const char *const *cell = row->fields;
        struct sp_unit *unit = &units->units[units->unit_count++];
        *unit = (struct sp_unit){.id = cell[0], .base = cell[1], .polish = cell[5]};
        const char *english[2];
        status = split_forms(units->arena, cell[4], unit->counted, SP_COUNT(unit->counted), err);
        if (status == SP_OK) {
            status = split_forms(units->arena, cell[6], english, SP_COUNT(english), err);
        }
        if (status != SP_OK) {
            return status;
        }
        unit->symbol = unit->counted[0];
        unit->english = english[0];
        unit->english_plural = english[1];
        const char *const names[4] = {cell[0], unit->symbol, cell[5], unit->english};
        status = sp_data_table_integer(&table, row, 2, 1, FACTOR_MAX, &unit->numerator, err);
        if (status == SP_OK) {
            status = sp_data_table_integer(&table, row, 3, 1, FACTOR_MAX, &unit->denominator, err);
        }
        if (status == SP_OK) {
            status = add_names(units, &units->unit_names, names, cell[7], i, err);
        }
        if (status != SP_OK) {
            return status;
        }
    }
    return seal(&units->unit_names, table.name, err);
}

static enum sp_status read_periods(struct sp_units *units, const char *directory,
                                   struct sp_error *err)
{
    struct sp_data_table table;
    enum sp_status status =
        sp_data_table_read(directory, "periods.tsv", 6, 7, units->arena, &table, err);
    if (status != SP_OK) {
        return status;
    }
    units->periods = sp_arena_calloc(units->arena, table.row_count, sizeof *units->periods);
    if (units->periods == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    for (size_t i = 0; i < table.row_count; i++) {
        const struct sp_data_row *row = &table.rows[i];
        const char *const *cell = row->fields;
        struct sp_period *period = &units->periods[units->period_count++];
        *period = (struct sp_period){
            .id = cell[0], .symbol = cell[3], .polish = cell[4], .english = cell[5]};
        const char *const names[4] = {cell[0], cell[3], cell[4], cell[5]};
        status = sp_data_table_integer(&table, row, 1, 0, FACTOR_MAX, &period->numerator, err);
        if (status == SP_OK) {
            status =
                sp_data_table_integer(&table, row, 2, 1, FACTOR_MAX, &period->denominator, err);
        }
        if (status == SP_OK) {
            status = add_names(units, &units->period_names, names, cell[6], i, err);
        }
        if (status != SP_OK) {
            return status;
        }
    }
    return seal(&units->period_names, table.name, err);
}

enum sp_status sp_units_open(const char *directory, struct sp_units **out, struct sp_error *err)
{
    struct sp_units *units = sp_calloc(1, sizeof *units);
    if (units == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    units->arena = sp_arena_new(ARENA_MAX_BYTES);
    enum sp_status status = units->arena == NULL ? SP_FAIL_NOMEM(err) : SP_OK;
    if (status == SP_OK) {
        status = read_units(units, directory, err);
    }
    if (status == SP_OK) {
        status = read_periods(units, directory, err);
    }
    if (status != SP_OK) {
        sp_units_free(units);
        return status;
    }
    *out = units;
    return SP_OK;
}

void sp_units_free(struct sp_units *units)
{
    if (units != NULL) {
        sp_keys_release(&units->unit_names);
        sp_keys_release(&units->period_names);
        sp_arena_free(units->arena);
        sp_free(units);
    }
}

const struct sp_unit *sp_units_all(const struct sp_units *units, size_t *count)
{
    *count = units->unit_count;
    return units->units;
}

const struct sp_period *sp_periods_all(const struct sp_units *units, size_t *count)
{
    *count = units->period_count;
    return units->periods;
}

const struct sp_unit *sp_unit_find(const struct sp_units *units, struct sp_view id)
{
    for (size_t i = 0; i < units->unit_count; i++) {
        if (sp_view_is(id, units->units[i].id)) {
            return &units->units[i];
        }
    }
    return NULL;
}

const struct sp_period *sp_period_find(const struct sp_units *units, struct sp_view id)
{
    for (size_t i = 0; i < units->period_count; i++) {
        if (sp_view_is(id, units->periods[i].id)) {
            return &units->periods[i];
        }
    }
    return NULL;
}

const struct sp_unit *sp_unit_named(const struct sp_units *units, struct sp_view text)
{
    char folded[NAME_MAX_BYTES];
    size_t count = 0;
    size_t length = normalise(text, folded);
    const struct sp_key *key =
        sp_keys_find(&units->unit_names, sp_view_from(folded, length), &count);
    return key == NULL ? NULL : &units->units[key->value];
}

const struct sp_period *sp_period_named(const struct sp_units *units, struct sp_view text)
{
    char folded[NAME_MAX_BYTES];
    size_t count = 0;
    size_t length = normalise(text, folded);
    const struct sp_key *key =
        sp_keys_find(&units->period_names, sp_view_from(folded, length), &count);
    return key == NULL ? NULL : &units->periods[key->value];
}

/* Words that only join: "zł za m² na miesiąc". */
static bool is_joint(struct sp_view word)
{
    static const char *const joints[] = {"za", "na", "w", "we", "per", "x", "1", "każdy", "każdą"};
    for (size_t i = 0; i < SP_COUNT(joints); i++) {
        if (sp_view_is(word, joints[i])) {
            return true;
        }
    }
    return false;
}

static bool is_currency(struct sp_view word)
{
    static const char *const names[] = {"zł",    "zl",    "pln",    "złotych",
                                        "złote", "złoty", "brutto", "netto"};
    char folded[NAME_MAX_BYTES];
    struct sp_view name = sp_view_from(folded, normalise(word, folded));
    for (size_t i = 0; i < SP_COUNT(names); i++) {
        if (sp_view_is(name, names[i])) {
            return true;
        }
    }
    return false;
}

/* Put spaces for the signs that join parts: / * and the multiplication sign. */
static size_t split_signs(struct sp_view text, char *out)
{
    size_t length = 0;
    for (size_t i = 0; i < text.length; i++) {
        bool times = i + 1 < text.length && memcmp(text.data + i, "\xC3\x97", 2) == 0;
        bool space = times || strchr("/*|\t\r\n", text.data[i]) != NULL;
        out[length++] = space ? ' ' : text.data[i];
        i += times;
    }
    return length;
}

static struct sp_view next_word(struct sp_view rest)
{
    const char *end = memchr(rest.data, ' ', rest.length);
    return sp_view_from(rest.data, end == NULL ? rest.length : (size_t)(end - rest.data));
}

/* The part of @p rest that holds its first @p words words; empty when it has fewer. */
static struct sp_view first_words(struct sp_view rest, size_t words)
{
    size_t length = 0;
    for (size_t i = 0; i < words; i++) {
        while (length < rest.length && rest.data[length] == ' ') {
            length++;
        }
        if (length == rest.length) {
            return sp_view_from(rest.data, 0);
        }
        length += next_word(sp_view_from(rest.data + length, rest.length - length)).length;
    }
    return sp_view_from(rest.data, length);
}

static bool is_person(const struct sp_unit *unit)
{
    return strcmp(unit->id, "person") == 0;
}

/* Put what @p name means into @p measure; false when it means nothing or has no room. */
static bool take_part(const struct sp_units *units, struct sp_view name, struct sp_measure *measure)
{
    if (is_currency(name)) {
        measure->price = true;
        return true;
    }
    const struct sp_period *period = sp_period_named(units, name);
    const struct sp_unit *unit = sp_unit_named(units, name);
    if (unit != NULL &&
        (measure->unit == NULL || measure->unit == unit || is_person(measure->unit))) {
        measure->unit = unit;
        return true;
    }
    if (period != NULL && measure->period == NULL) {
        measure->period = period;
        return true;
    }
    /* "posiłek × osoba × dzień": how many persons is a number of its own, not a unit. */
    return unit != NULL && is_person(unit);
}

enum sp_status sp_measure_parse(const struct sp_units *units, struct sp_view text,
                                const char *place, struct sp_measure *out, struct sp_error *err)
{
    char spaced[MEASURE_MAX_BYTES];
    if (text.length > sizeof spaced) {
        return SP_FAIL(err, SP_INVALID, place, "Za długi opis jednostki.",
                       "The description of a unit is too long.");
    }
    struct sp_view rest = sp_view_trim(sp_view_from(spaced, split_signs(text, spaced)));
    struct sp_measure measure = {0};
    while (rest.length > 0) {
        size_t words = NAME_MAX_WORDS;
        struct sp_view part = first_words(rest, words);
        while (words > 0 && (part.length == 0 || !take_part(units, part, &measure))) {
            words--;
            part = first_words(rest, words);
        }
        if (words == 0) {
            part = next_word(rest);
            if (!is_joint(part)) {
                return SP_FAIL(err, SP_INVALID, place,
                               "„%.*s” nie jest znaną jednostką ani okresem (w „%.*s”).",
                               "\"%.*s\" is not a known unit or period (in \"%.*s\").",
                               SP_VIEW_ARGS(part), SP_VIEW_ARGS(text));
            }
        }
        rest = sp_view_trim(sp_view_from(rest.data + part.length, rest.length - part.length));
    }
    if (measure.unit == NULL && !(measure.price && measure.period != NULL)) {
        return SP_FAIL(err, SP_INVALID, place, "Brak jednostki w „%.*s”.",
                       "There is no unit in \"%.*s\".", SP_VIEW_ARGS(text));
    }
    *out = measure;
    return SP_OK;
}

static bool same_base(const struct sp_unit *a, const struct sp_unit *b)
{
    return a == b || (a != NULL && b != NULL && strcmp(a->base, b->base) == 0);
}

static bool convertible_periods(const struct sp_period *a, const struct sp_period *b)
{
    return a == b || (a != NULL && b != NULL && a->numerator > 0 && b->numerator > 0);
}

static const char *unit_id(const struct sp_measure *measure)
{
    return measure->unit == NULL ? "-" : measure->unit->id;
}

static const char *period_id(const struct sp_measure *measure)
{
    return measure->period == NULL ? "-" : measure->period->id;
}

enum sp_status sp_measure_convert(const struct sp_measure *from, const struct sp_measure *to,
                                  double amount, double *out, struct sp_error *err)
{
    if (!isfinite(amount) || from->price != to->price || !same_base(from->unit, to->unit) ||
        !convertible_periods(from->period, to->period)) {
        return SP_FAIL(err, SP_UNSUPPORTED, "", "Nie można przeliczyć %s/%s na %s/%s.",
                       "Cannot convert %s/%s to %s/%s.", unit_id(from), period_id(from),
                       unit_id(to), period_id(to));
    }
    double result = amount;
    if (from->unit != to->unit) {
        double up = (double)from->unit->numerator * (double)to->unit->denominator;
        double down = (double)from->unit->denominator * (double)to->unit->numerator;
        /* A price for one big unit is spread over many small ones. */
        result = from->price ? result * down / up : result * up / down;
    }
    if (from->period != to->period) {
        result = result * ((double)from->period->numerator * (double)to->period->denominator) /
                 ((double)from->period->denominator * (double)to->period->numerator);
    }
    *out = result;
    return SP_OK;
}

const char *sp_unit_counted(const struct sp_unit *unit, double amount, enum sp_locale locale)
{
    if (locale == SP_EN) {
        return amount == 1 ? unit->english : unit->english_plural;
    }
    if (amount != floor(amount)) {
        return unit->counted[3];
    }
    if (amount == 1) {
        return unit->counted[0];
    }
    double tens = fmod(amount, 100);
    double ones = fmod(amount, 10);
    bool is_few = ones >= 2 && ones <= 4 && !(tens >= 12 && tens <= 14);
    return unit->counted[is_few ? 1 : 2];
}
