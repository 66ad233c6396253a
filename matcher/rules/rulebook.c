/* SPDX-License-Identifier: EUPL-1.2 */
#include "matcher/rules/rulebook.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/memory.h"
#include "matcher/rules/rulebook_priv.h"

enum {
    ARENA_MAX_BYTES = 4 << 20, /* the files together have 40 kB; fields of tables cost pointers */
    PATH_MAX_BYTES = 4096,
    CPV_DIGITS = 8
};

int sp_rulebook_word(struct sp_view word, const char *const words[], size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (sp_view_is(word, words[i])) {
            return (int)i;
        }
    }
    return -1;
}

static bool within(sp_day day, sp_day from, sp_day to)
{
    return from <= day && (to == SP_DAY_UNKNOWN || day <= to);
}

bool sp_periods_overlap(sp_day from_a, sp_day to_a, sp_day from_b, sp_day to_b)
{
    return within(from_a, from_b, to_b) || within(from_b, from_a, to_a);
}

enum sp_status sp_rulebook_open(const char *share_dir, struct sp_rulebook **out,
                                struct sp_error *err)
{
    char directory[PATH_MAX_BYTES];
    if (sp_file_join(share_dir, "rules", directory, sizeof directory) != SP_OK) {
        return SP_FAIL(err, SP_IO, "rules", "Za długa ścieżka do zbioru zasad.",
                       "The path to the rulebook is too long.");
    }
    struct sp_rulebook *book = sp_calloc(1, sizeof *book);
    if (book == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    book->arena = sp_arena_new(ARENA_MAX_BYTES);
    enum sp_status status = book->arena == NULL ? SP_FAIL_NOMEM(err) : SP_OK;
    if (status == SP_OK) {
        status = sp_rulebook_read_rules(book, directory, err);
    }
    if (status == SP_OK) {
        status = sp_rulebook_read_tables(book, directory, err);
    }
    if (status != SP_OK) {
        sp_rulebook_free(book);
        return status;
    }
    *out = book;
    return SP_OK;
}

void sp_rulebook_free(struct sp_rulebook *book)
{
    if (book != NULL) {
        sp_arena_free(book->arena);
        sp_free(book);
    }
}

const char *sp_rulebook_version(const struct sp_rulebook *book)
{
    return book->version;
}

const struct sp_rule *sp_rulebook_rules(const struct sp_rulebook *book, size_t *count)
{
    *count = book->rule_count;
    return book->rules;
}

const struct sp_rule *sp_rule_find(const struct sp_rulebook *book, const char *id, sp_day day)
{
    for (size_t i = 0; i < book->rule_count; i++) {
        const struct sp_rule *rule = &book->rules[i];
        if (strcmp(rule->id, id) == 0 && within(day, rule->valid_from, rule->valid_to)) {
            return rule;
        }
    }
    return NULL;
}

const struct sp_threshold *sp_threshold_find(const struct sp_rulebook *book,
                                             enum sp_threshold_kind kind, enum sp_buyer_class buyer,
                                             sp_day day)
{
    const struct sp_threshold *any = NULL;
    for (size_t i = 0; i < book->threshold_count; i++) {
        const struct sp_threshold *row = &book->thresholds[i];
        if (row->kind != kind || !within(day, row->valid_from, row->valid_to)) {
            continue;
        }
        if (row->buyer == buyer) {
            return row;
        }
        if (row->buyer == SP_BUYER_UNKNOWN) {
            any = row;
        }
    }
    return any;
}

bool sp_cpv_listed(const struct sp_rulebook *book, enum sp_cpv_list list, const char *cpv,
                   enum sp_certainty *certainty)
{
    if (strspn(cpv, "0123456789") < CPV_DIGITS) {
        return false;
    }
    char digits[CPV_DIGITS + 1] = {0};
    memcpy(digits, cpv, CPV_DIGITS);
    long code = strtol(digits, NULL, 10);
    for (size_t i = 0; i < book->range_count; i++) {
        const struct sp_cpv_range *range = &book->ranges[i];
        if (range->list == list && range->first <= code && code <= range->last) {
            if (certainty != NULL) {
                *certainty = range->certainty;
            }
            return true;
        }
    }
    return false;
}

static const struct sp_group_row *find_group(const struct sp_rulebook *book,
                                             Spoina__V1__SocialGroup group)
{
    for (size_t i = 0; i < book->group_count; i++) {
        if (book->groups[i].group == group) {
            return &book->groups[i];
        }
    }
    return NULL;
}

enum sp_listing sp_group_listed(const struct sp_rulebook *book, enum sp_group_list list,
                                Spoina__V1__SocialGroup group)
{
    const struct sp_group_row *row = find_group(book, group);
    return row == NULL ? SP_LISTED_NO : row->listing[list];
}

const char *sp_group_polish(const struct sp_rulebook *book, Spoina__V1__SocialGroup group)
{
    const struct sp_group_row *row = find_group(book, group);
    return row == NULL ? NULL : row->polish;
}

const char *sp_group_english(const struct sp_rulebook *book, Spoina__V1__SocialGroup group)
{
    const struct sp_group_row *row = find_group(book, group);
    return row == NULL ? NULL : row->english;
}

const char *sp_certainty_polish(enum sp_certainty certainty)
{
    static const char *const words[] = {"prawo", "interpretacja", "wątpliwe"};
    return words[certainty];
}

const char *sp_certainty_english(enum sp_certainty certainty)
{
    static const char *const words[] = {"law", "interpretation", "doubtful"};
    return words[certainty];
}
