/* SPDX-License-Identifier: EUPL-1.2 */
#include "matcher/language/choose.h"

/* Whether `tag`, a list of fields joined by ':', has the field `field`. */
static bool has_field(struct sp_view tag, const char *field)
{
    size_t length = strlen(field);
    for (size_t start = 0; start < tag.length;) {
        const char *end = memchr(tag.data + start, ':', tag.length - start);
        size_t stop = end == NULL ? tag.length : (size_t)(end - tag.data);
        if (stop - start == length && memcmp(tag.data + start, field, length) == 0) {
            return true;
        }
        start = stop + 1;
    }
    return false;
}

static bool starts_with(struct sp_view tag, const char *prefix)
{
    return sp_view_starts_with(tag, sp_view_of(prefix));
}

/* The part of a compound before a hyphen: "ogrodniczo-". */
static bool is_compound_part(struct sp_view tag)
{
    return starts_with(tag, "adja") || starts_with(tag, "adjp");
}

/* A disparaging plural: "te doktory". */
static bool is_depreciative(struct sp_view tag)
{
    return starts_with(tag, "depr");
}

static bool is_vocative(struct sp_view tag)
{
    return starts_with(tag, "subst") && has_field(tag, "voc");
}

static bool is_imperative(struct sp_view tag)
{
    return starts_with(tag, "verb:impt");
}

/* "w" for "wiek", "ul" for "ulica": real abbreviations are in our table. */
static bool is_abbreviation(struct sp_view tag)
{
    return starts_with(tag, "brev");
}

static bool is_negated(struct sp_view tag)
{
    return has_field(tag, "neg");
}

static bool is_gerund(struct sp_view tag)
{
    return starts_with(tag, "ger:");
}

/* Plural-only noun: gender p1, p2 or p3. */
static bool is_plural_only(struct sp_view tag)
{
    return starts_with(tag, "subst:pl") &&
           (has_field(tag, "p1") || has_field(tag, "p2") || has_field(tag, "p3"));
}

static bool is_plural_noun(struct sp_view tag)
{
    return starts_with(tag, "subst:pl") && !is_plural_only(tag);
}

typedef bool tag_test_fn(struct sp_view tag);

/* Whether all tags of reading `i` pass `test` (or any, if `any`). */
static bool tags_pass(const struct sp_readings *readings, size_t i, tag_test_fn *test, bool any)
{
    struct sp_view tags = sp_reading_tags(readings, i);
    while (tags.length > 0) {
        const char *end = memchr(tags.data, '+', tags.length);
        size_t length = end == NULL ? tags.length : (size_t)(end - tags.data);
        if (test(sp_view_from(tags.data, length)) == any) {
            return any;
        }
        size_t step = end == NULL ? length : length + 1;
        tags = sp_view_from(tags.data + step, tags.length - step);
    }
    return !any;
}

unsigned sp_reading_kind(const struct sp_readings *readings, size_t i)
{
    return (tags_pass(readings, i, is_negated, false) ? SP_READING_NEGATED : 0u) |
           (tags_pass(readings, i, is_gerund, false) ? SP_READING_GERUND : 0u);
}

/* Remove readings marked in `drop`, unless that would leave none. */
static void remove_marked(struct sp_readings *readings, const bool *drop)
{
    size_t kept = 0;
    for (size_t i = 0; i < readings->count; i++) {
        kept += !drop[i];
    }
    if (kept == 0) {
        return;
    }
    kept = 0;
    for (size_t i = 0; i < readings->count; i++) {
        if (!drop[i]) {
            readings->items[kept++] = readings->items[i];
        }
    }
    readings->count = kept;
}

static void drop_kind(struct sp_readings *readings, tag_test_fn *test)
{
    bool drop[SP_READINGS_MAX] = {false};
    for (size_t i = 0; i < readings->count; i++) {
        drop[i] = tags_pass(readings, i, test, false);
    }
    remove_marked(readings, drop);
}

static bool has_capital(struct sp_view lemma)
{
    /* Lower-case letters of the dictionary: ASCII, or a second byte of the lower Polish letter. */
    static const char *const capitals[] = {"Ą", "Ć", "Ę", "Ł", "Ń", "Ó", "Ś", "Ź", "Ż"};
    if (lemma.data[0] >= 'A' && lemma.data[0] <= 'Z') {
        return true;
    }
    for (size_t i = 0; i < SP_COUNT(capitals); i++) {
        if (starts_with(lemma, capitals[i])) {
            return true;
        }
    }
    return false;
}

/* "usług" is the plural of "usługa" before it is the plural-only "usługi". Names keep theirs:
 * "Stany" is not "stan". */
static void drop_plural_only(struct sp_readings *readings)
{
    bool drop[SP_READINGS_MAX] = {false};
    bool has_regular = false;
    for (size_t i = 0; i < readings->count; i++) {
        bool is_name = has_capital(sp_reading_lemma(readings, i));
        has_regular |= !is_name && tags_pass(readings, i, is_plural_noun, true);
        drop[i] = !is_name && tags_pass(readings, i, is_plural_only, false);
    }
    if (has_regular) {
        remove_marked(readings, drop);
    }
}

static bool list_has(struct sp_view list, struct sp_view word)
{
    while (list.length > 0) {
        const char *end = memchr(list.data, ',', list.length);
        size_t length = end == NULL ? list.length : (size_t)(end - list.data);
        if (sp_view_equal(sp_view_from(list.data, length), word)) {
            return true;
        }
        size_t step = end == NULL ? length : length + 1;
        list = sp_view_from(list.data + step, list.length - step);
    }
    return false;
}

static void drop_losers(struct sp_readings *readings, const struct sp_table *preferences)
{
    bool drop[SP_READINGS_MAX] = {false};
    for (size_t i = 0; i < readings->count; i++) {
        const struct sp_table_row *row = sp_table_find(preferences, sp_reading_lemma(readings, i));
        for (size_t k = 0; row != NULL && k < readings->count; k++) {
            drop[i] |= list_has(row->fields[1], sp_reading_lemma(readings, k));
        }
    }
    remove_marked(readings, drop);
}

void sp_readings_choose(struct sp_readings *readings, const struct sp_table *preferences)
{
    static tag_test_fn *const unlikely[] = {is_abbreviation, is_compound_part, is_depreciative,
                                            is_vocative,     is_imperative,    is_negated};
    for (size_t i = 0; i < SP_COUNT(unlikely) && readings->count > 1; i++) {
        drop_kind(readings, unlikely[i]);
    }
    if (readings->count > 1) {
        drop_plural_only(readings);
        drop_losers(readings, preferences);
    }
}
