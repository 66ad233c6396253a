/* SPDX-License-Identifier: EUPL-1.2 */
#include "matcher/vocabulary/cpv.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "matcher/vocabulary/data_table.h"

enum { ARENA_MAX_BYTES = 16 << 20, DIVISION_DIGITS = 2 };

/* Closeness by the number of shared leading digits, 0..8: see cpv.h. */
static const int side_by_side[SP_CPV_DIGITS + 1] = {0, 0, 150, 350, 550, 700, 800, 900, 1000};
static const int above[SP_CPV_DIGITS + 1] = {0, 0, 300, 550, 750, 850, 920, 960, 1000};

struct neighbour {
    struct sp_view a; /* leading digits */
    struct sp_view b;
    int closeness;
};

struct sp_cpv_tree {
    struct sp_arena *arena;
    struct sp_cpv *codes; /* by digits */
    size_t count;
    struct neighbour *neighbours;
    size_t neighbour_count;
};

static bool all_digits(struct sp_view text)
{
    for (size_t i = 0; i < text.length; i++) {
        if (text.data[i] < '0' || text.data[i] > '9') {
            return false;
        }
    }
    return true;
}

int sp_cpv_check_digit(const char digits[SP_CPV_DIGITS])
{
    static const int weights[SP_CPV_DIGITS] = {3, 7, 1, 3, 7, 1, 3, 7};
    int sum = 0;
    for (size_t i = 0; i < SP_CPV_DIGITS; i++) {
        sum += weights[i] * (digits[i] - '0');
    }
    return sum % 10;
}

static uint8_t significant_digits(const char *code)
{
    uint8_t length = SP_CPV_DIGITS;
    while (length > DIVISION_DIGITS && code[length - 1] == '0') {
        length--;
    }
    return length;
}

/* Find the first code that is not below @p digits. */
static size_t lower_bound(const struct sp_cpv_tree *tree, const char *digits)
{
    size_t low = 0;
    size_t high = tree->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (memcmp(tree->codes[middle].code, digits, SP_CPV_DIGITS) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static struct sp_cpv *find(const struct sp_cpv_tree *tree, const char *digits)
{
    size_t at = lower_bound(tree, digits);
    bool found = at < tree->count && memcmp(tree->codes[at].code, digits, SP_CPV_DIGITS) == 0;
    return found ? &tree->codes[at] : NULL;
}

static const struct sp_cpv *find_parent(const struct sp_cpv_tree *tree, const struct sp_cpv *code)
{
    char digits[SP_CPV_DIGITS];
    memcpy(digits, code->code, sizeof digits);
    for (size_t length = code->significant; length > DIVISION_DIGITS; length--) {
        if (digits[length - 1] != '0') {
            digits[length - 1] = '0';
            const struct sp_cpv *parent = find(tree, digits);
            if (parent != NULL) {
                return parent;
            }
        }
    }
    return NULL;
}

static enum sp_status read_codes(struct sp_cpv_tree *tree, const char *directory,
                                 struct sp_error *err)
{
    struct sp_data_table table;
    enum sp_status status =
        sp_data_table_read(directory, "cpv.tsv", 3, 3, tree->arena, &table, err);
    if (status != SP_OK) {
        return status;
    }
    tree->codes = sp_arena_calloc(tree->arena, table.row_count, sizeof *tree->codes);
    if (tree->codes == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    for (size_t i = 0; i < table.row_count; i++) {
        const struct sp_data_row *row = &table.rows[i];
        struct sp_view digits = sp_view_of(row->fields[0]);
        if (digits.length != SP_CPV_DIGITS || !all_digits(digits)) {
            return sp_data_table_bad(&table, row, digits.data, "to nie kod CPV", "not a CPV code",
                                     err);
        }
        if (i > 0 && memcmp(tree->codes[i - 1].code, digits.data, SP_CPV_DIGITS) >= 0) {
            return sp_data_table_bad(&table, row, digits.data, "zła kolejność", "out of order",
                                     err);
        }
        struct sp_cpv *code = &tree->codes[tree->count++];
        memcpy(code->code, digits.data, SP_CPV_DIGITS);
        code->check_digit = (uint8_t)sp_cpv_check_digit(digits.data);
        code->significant = significant_digits(digits.data);
        memcpy(code->printed, digits.data, SP_CPV_DIGITS);
        code->printed[SP_CPV_DIGITS] = '-';
        code->printed[SP_CPV_DIGITS + 1] = (char)('0' + code->check_digit);
        code->polish = row->fields[1];
        code->english = row->fields[2];
    }
    for (size_t i = 0; i < tree->count; i++) {
        tree->codes[i].parent = find_parent(tree, &tree->codes[i]);
    }
    return SP_OK;
}

static enum sp_status read_glosses(struct sp_cpv_tree *tree, const char *directory,
                                   struct sp_error *err)
{
    struct sp_data_table table;
    enum sp_status status =
        sp_data_table_read(directory, "cpv_glosses.tsv", 2, 2, tree->arena, &table, err);
    for (size_t i = 0; status == SP_OK && i < table.row_count; i++) {
        const struct sp_data_row *row = &table.rows[i];
        struct sp_view digits = sp_view_of(row->fields[0]);
        struct sp_cpv *code = digits.length == SP_CPV_DIGITS ? find(tree, digits.data) : NULL;
        if (code == NULL) {
            return sp_data_table_bad(&table, row, digits.data, "nie ma kodu", "no such code", err);
        }
        code->gloss = row->fields[1];
    }
    return status;
}

static enum sp_status read_neighbours(struct sp_cpv_tree *tree, const char *directory,
                                      struct sp_error *err)
{
    struct sp_data_table table;
    enum sp_status status =
        sp_data_table_read(directory, "cpv_neighbours.tsv", 3, 4, tree->arena, &table, err);
    if (status != SP_OK) {
        return status;
    }
    tree->neighbours = sp_arena_calloc(tree->arena, table.row_count, sizeof *tree->neighbours);
    if (tree->neighbours == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    for (size_t i = 0; i < table.row_count; i++) {
        const struct sp_data_row *row = &table.rows[i];
        struct neighbour *pair = &tree->neighbours[tree->neighbour_count++];
        pair->a = sp_view_of(row->fields[0]);
        pair->b = sp_view_of(row->fields[1]);
        size_t count;
        if (sp_cpv_below(tree, pair->a, &count) == NULL) {
            return sp_data_table_bad(&table, row, pair->a.data, "nie ma kodu", "no such code", err);
        }
        if (sp_cpv_below(tree, pair->b, &count) == NULL) {
            return sp_data_table_bad(&table, row, pair->b.data, "nie ma kodu", "no such code", err);
        }
        int64_t closeness;
        status =
            sp_data_table_integer(&table, row, 2, 1, SP_CPV_CLOSENESS_MAX - 1, &closeness, err);
        if (status != SP_OK) {
            return status;
        }
        pair->closeness = (int)closeness;
    }
    return SP_OK;
}

enum sp_status sp_cpv_open(const char *directory, struct sp_cpv_tree **out, struct sp_error *err)
{
    struct sp_cpv_tree *tree = sp_calloc(1, sizeof *tree);
    if (tree == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    tree->arena = sp_arena_new(ARENA_MAX_BYTES);
    enum sp_status status = tree->arena == NULL ? SP_FAIL_NOMEM(err) : SP_OK;
    if (status == SP_OK) {
        status = read_codes(tree, directory, err);
    }
    if (status == SP_OK) {
        status = read_glosses(tree, directory, err);
    }
    if (status == SP_OK) {
        status = read_neighbours(tree, directory, err);
    }
    if (status != SP_OK) {
        sp_cpv_free(tree);
        return status;
    }
    *out = tree;
    return SP_OK;
}

void sp_cpv_free(struct sp_cpv_tree *tree)
{
    if (tree != NULL) {
        sp_arena_free(tree->arena);
        sp_free(tree);
    }
}

const struct sp_cpv *sp_cpv_all(const struct sp_cpv_tree *tree, size_t *count)
{
    *count = tree->count;
    return tree->codes;
}

const struct sp_cpv *sp_cpv_find(const struct sp_cpv_tree *tree, struct sp_view digits)
{
    return digits.length == SP_CPV_DIGITS ? find(tree, digits.data) : NULL;
}

/* Split "85311100 - 3" into digits and the check digit; '\0' when none is written. */
static bool split_written(struct sp_view text, struct sp_view *digits, char *check)
{
    text = sp_view_trim(text);
    if (text.length < SP_CPV_DIGITS) {
        return false;
    }
    *digits = sp_view_from(text.data, SP_CPV_DIGITS);
    *check = '\0';
    struct sp_view rest =
        sp_view_trim(sp_view_from(text.data + SP_CPV_DIGITS, text.length - SP_CPV_DIGITS));
    if (rest.length > 0) {
        if (rest.data[0] != '-') {
            return false;
        }
        rest = sp_view_trim(sp_view_from(rest.data + 1, rest.length - 1));
        if (rest.length != 1 || !all_digits(rest)) {
            return false;
        }
        *check = rest.data[0];
    }
    return all_digits(*digits);
}

enum sp_status sp_cpv_parse(const struct sp_cpv_tree *tree, struct sp_view text, const char *place,
                            const struct sp_cpv **out, struct sp_error *err)
{
    struct sp_view digits;
    char check;
    if (!split_written(text, &digits, &check)) {
        return SP_FAIL(err, SP_INVALID, place,
                       "„%.*s” nie jest kodem CPV: potrzeba ośmiu cyfr, ewentualnie z cyfrą "
                       "kontrolną po łączniku.",
                       "\"%.*s\" is not a CPV code: eight digits are needed, with or without a "
                       "check digit after a hyphen.",
                       SP_VIEW_ARGS(text));
    }
    int right = sp_cpv_check_digit(digits.data);
    if (check != '\0' && check - '0' != right) {
        return SP_FAIL(err, SP_INVALID, place,
                       "Kod CPV %.*s ma złą cyfrę kontrolną %c (powinna być %d).",
                       "CPV code %.*s has a wrong check digit %c (it should be %d).",
                       SP_VIEW_ARGS(digits), check, right);
    }
    const struct sp_cpv *code = find(tree, digits.data);
    if (code == NULL) {
        return SP_FAIL(err, SP_NOT_FOUND, place, "Nie ma kodu CPV %.*s.",
                       "There is no CPV code %.*s.", SP_VIEW_ARGS(digits));
    }
    *out = code;
    return SP_OK;
}

const struct sp_cpv *sp_cpv_below(const struct sp_cpv_tree *tree, struct sp_view prefix,
                                  size_t *count)
{
    *count = 0;
    if (prefix.length == 0 || prefix.length > SP_CPV_DIGITS || !all_digits(prefix)) {
        return NULL;
    }
    char from[SP_CPV_DIGITS];
    char to[SP_CPV_DIGITS];
    memset(from, '0', sizeof from);
    memset(to, '9', sizeof to);
    memcpy(from, prefix.data, prefix.length);
    size_t fixed = prefix.length == SP_CPV_DIGITS ? significant_digits(from) : prefix.length;
    memcpy(to, prefix.data, fixed);
    size_t first = lower_bound(tree, from);
    size_t end = lower_bound(tree, to);
    if (end < tree->count && memcmp(tree->codes[end].code, to, SP_CPV_DIGITS) == 0) {
        end++;
    }
    *count = end - first;
    return end == first ? NULL : &tree->codes[first];
}

/** Most differ in the first digits: a loop is several times faster than memcmp() here. */
static bool starts_with(const struct sp_cpv *code, struct sp_view prefix)
{
    size_t shared = 0;
    while (shared < prefix.length && code->code[shared] == prefix.data[shared]) {
        shared++;
    }
    return shared == prefix.length;
}

int sp_cpv_closeness(const struct sp_cpv_tree *tree, const struct sp_cpv *a, const struct sp_cpv *b)
{
    size_t shared = 0;
    while (shared < SP_CPV_DIGITS && a->code[shared] == b->code[shared]) {
        shared++;
    }
    bool in_line = shared >= a->significant || shared >= b->significant;
    if (in_line) {
        shared = shared == SP_CPV_DIGITS           ? shared
                 : a->significant < b->significant ? a->significant
                                                   : b->significant;
    }
    int best = in_line ? above[shared] : side_by_side[shared];
    for (size_t i = 0; i < tree->neighbour_count && best < SP_CPV_CLOSENESS_MAX; i++) {
        const struct neighbour *pair = &tree->neighbours[i];
        bool fits = (starts_with(a, pair->a) && starts_with(b, pair->b)) ||
                    (starts_with(a, pair->b) && starts_with(b, pair->a));
        if (fits && pair->closeness > best) {
            best = pair->closeness;
        }
    }
    return best;
}
