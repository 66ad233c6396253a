/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Reader of the tables beside rulebook.txt: thresholds, CPV lists, groups of persons, phrases.
 */
#include <stdio.h>
#include <string.h>

#include "matcher/rules/rulebook_priv.h"
#include "matcher/vocabulary/cpv.h"
#include "matcher/vocabulary/data_table.h"

enum { GROSZ = 100 };

static const char *const certainties[] = {"law", "interpretation", "doubtful"};

/* Read one word of a closed list. */
static enum sp_status read_word(const struct sp_data_table *table, const struct sp_data_row *row,
                                size_t field, const char *const words[], size_t count, int *out,
                                struct sp_error *err)
{
    *out = sp_rulebook_word(sp_view_of(row->fields[field]), words, count);
    return *out >= 0 ? SP_OK
                     : sp_data_table_bad(table, row, row->fields[field], "nieznane słowo",
                                         "unknown word", err);
}

static bool is_dash(const char *text)
{
    return strcmp(text, "-") == 0;
}

static enum sp_status read_amount(const struct sp_data_table *table, const struct sp_data_row *row,
                                  size_t field, int64_t scale, int64_t *out, struct sp_error *err)
{
    *out = -1;
    if (is_dash(row->fields[field])) {
        return SP_OK;
    }
    enum sp_status status = sp_data_table_integer(table, row, field, 1, 1000000000, out, err);
    *out *= scale;
    return status;
}

static enum sp_status read_period(const struct sp_data_table *table, const struct sp_data_row *row,
                                  struct sp_threshold *threshold, struct sp_error *err)
{
    threshold->valid_to = SP_DAY_UNKNOWN;
    bool ok = sp_day_parse(sp_view_of(row->fields[2]), &threshold->valid_from);
    if (ok && !is_dash(row->fields[3])) {
        ok = sp_day_parse(sp_view_of(row->fields[3]), &threshold->valid_to) &&
             threshold->valid_from <= threshold->valid_to;
    }
    return ok ? SP_OK
              : sp_data_table_bad(table, row, row->fields[2], "zły okres", "bad period", err);
}

static enum sp_status read_threshold(struct sp_rulebook *book, const struct sp_data_table *table,
                                     const struct sp_data_row *row, struct sp_error *err)
{
    static const char *const kinds[] = {"national", "eu", "eu_works", "eu_social"};
    static const char *const buyers[] = {"any", "local", "central", "sectoral"};
    struct sp_threshold *added = &book->thresholds[book->threshold_count];
    int kind = 0;
    int buyer = 0;
    int certainty = 0;
    enum sp_status status = read_word(table, row, 0, kinds, SP_COUNT(kinds), &kind, err);
    if (status == SP_OK) {
        status = read_word(table, row, 1, buyers, SP_COUNT(buyers), &buyer, err);
    }
    if (status == SP_OK) {
        status = read_period(table, row, added, err);
    }
    if (status == SP_OK) {
        status = read_amount(table, row, 4, 1, &added->euro, err);
    }
    if (status == SP_OK) {
        status = read_amount(table, row, 5, GROSZ, &added->grosz, err);
    }
    if (status == SP_OK) {
        status = read_word(table, row, 6, certainties, SP_COUNT(certainties), &certainty, err);
    }
    if (status != SP_OK) {
        return status;
    }
    added->kind = (enum sp_threshold_kind)kind;
    added->buyer = (enum sp_buyer_class)buyer;
    added->certainty = (enum sp_certainty)certainty;
    added->source = row->fields[7];
    for (size_t i = 0; i < book->threshold_count; i++) {
        const struct sp_threshold *other = &book->thresholds[i];
        if (other->kind == added->kind && other->buyer == added->buyer &&
            sp_periods_overlap(other->valid_from, other->valid_to, added->valid_from,
                               added->valid_to)) {
            return sp_data_table_bad(table, row, row->fields[2], "dwie kwoty w jednym okresie",
                                     "two amounts in one period", err);
        }
    }
    book->threshold_count++;
    return SP_OK;
}

static enum sp_status read_code(const struct sp_data_table *table, const struct sp_data_row *row,
                                size_t field, int32_t *out, struct sp_error *err)
{
    int64_t code = 0;
    if (strlen(row->fields[field]) != SP_CPV_DIGITS) {
        return sp_data_table_bad(table, row, row->fields[field], "kod CPV ma 8 cyfr",
                                 "a CPV code has 8 digits", err);
    }
    enum sp_status status = sp_data_table_integer(table, row, field, 1, 99999999, &code, err);
    *out = (int32_t)code;
    return status;
}

static enum sp_status read_range(struct sp_rulebook *book, const struct sp_data_table *table,
                                 const struct sp_data_row *row, struct sp_error *err)
{
    static const char *const lists[] = {"art361", "annex14"};
    struct sp_cpv_range *added = &book->ranges[book->range_count];
    int list = 0;
    int certainty = 0;
    enum sp_status status = read_word(table, row, 0, lists, SP_COUNT(lists), &list, err);
    if (status == SP_OK) {
        status = read_code(table, row, 1, &added->first, err);
    }
    if (status == SP_OK) {
        status = read_code(table, row, 2, &added->last, err);
    }
    if (status == SP_OK && added->first > added->last) {
        status = sp_data_table_bad(table, row, row->fields[1], "zakres od końca",
                                   "the range runs backwards", err);
    }
    if (status == SP_OK) {
        status = read_word(table, row, 3, certainties, SP_COUNT(certainties), &certainty, err);
    }
    added->list = (enum sp_cpv_list)list;
    added->certainty = (enum sp_certainty)certainty;
    book->range_count++;
    return status;
}

static enum sp_status read_group(struct sp_rulebook *book, const struct sp_data_table *table,
                                 const struct sp_data_row *row, struct sp_error *err)
{
    static const char *const listings[] = {"no", "yes", "within", "open"};
    static const char prefix[] = "SOCIAL_GROUP_";
    struct sp_group_row *added = &book->groups[book->group_count];
    char name[64];
    (void)snprintf(name, sizeof name, "%s%s", prefix, row->fields[0]);
    const ProtobufCEnumValue *value =
        protobuf_c_enum_descriptor_get_value_by_name(&spoina__v1__social_group__descriptor, name);
    if (value == NULL) {
        return sp_data_table_bad(table, row, row->fields[0], "nieznana grupa", "unknown group",
                                 err);
    }
    added->group = (Spoina__V1__SocialGroup)value->value;
    for (size_t i = 0; i < book->group_count; i++) {
        if (book->groups[i].group == added->group) {
            return sp_data_table_bad(table, row, row->fields[0], "grupa podana dwa razy",
                                     "group given twice", err);
        }
    }
    for (int i = 0; i < SP_GROUPS_COUNT; i++) {
        int listing = 0;
        enum sp_status status =
            read_word(table, row, 1 + (size_t)i, listings, SP_COUNT(listings), &listing, err);
        if (status != SP_OK) {
            return status;
        }
        added->listing[i] = (enum sp_listing)listing;
    }
    added->polish = row->fields[4];
    added->english = row->fields[5];
    book->group_count++;
    return SP_OK;
}

static enum sp_status read_phrase(struct sp_rulebook *book, const struct sp_data_table *table,
                                  const struct sp_data_row *row, struct sp_error *err)
{
    /* in the order of enum sp_criterion_kind; the first is never written in the table */
    static const char *const kinds[] = {"",       "price",     "offer",   "delegated",
                                        "status", "workforce", "standing"};
    int kind = 0;
    enum sp_status status = read_word(table, row, 0, kinds, SP_COUNT(kinds), &kind, err);
    if (status == SP_OK && (kind == 0 || row->fields[1][0] == '\0')) {
        status = sp_data_table_bad(table, row, row->fields[1], "puste pole", "empty field", err);
    }
    book->phrases[book->phrase_count++] = (struct sp_criterion_phrase){
        .kind = (enum sp_criterion_kind)kind, .phrase = sp_view_of(row->fields[1])};
    return status;
}

typedef enum sp_status read_row_fn(struct sp_rulebook *book, const struct sp_data_table *table,
                                   const struct sp_data_row *row, struct sp_error *err);

/* Hand each row to @p read_row; @p items is the array it fills, NULL when there was no memory. */
static enum sp_status read_rows(struct sp_rulebook *book, const struct sp_data_table *table,
                                const void *items, read_row_fn *read_row, struct sp_error *err)
{
    enum sp_status status = items == NULL ? SP_FAIL_NOMEM(err) : SP_OK;
    for (size_t i = 0; i < table->row_count && status == SP_OK; i++) {
        status = read_row(book, table, &table->rows[i], err);
    }
    return status;
}

#define READ_TABLE(name, fields, array, read_row)                                                  \
    do {                                                                                           \
        struct sp_data_table table;                                                                \
        enum sp_status status =                                                                    \
            sp_data_table_read(directory, name, fields, fields, book->arena, &table, err);         \
        if (status == SP_OK) {                                                                     \
            book->array = sp_arena_calloc(book->arena, table.row_count + 1, sizeof *book->array);  \
            status = read_rows(book, &table, book->array, read_row, err);                          \
        }                                                                                          \
        if (status != SP_OK) {                                                                     \
            return status;                                                                         \
        }                                                                                          \
    } while (0)

enum sp_status sp_rulebook_read_tables(struct sp_rulebook *book, const char *directory,
                                       struct sp_error *err)
{
    READ_TABLE("thresholds.tsv", 8, thresholds, read_threshold);
    READ_TABLE("cpv_lists.tsv", 4, ranges, read_range);
    READ_TABLE("groups.tsv", 6, groups, read_group);
    READ_TABLE("criteria.tsv", 2, phrases, read_phrase);
    return SP_OK;
}
