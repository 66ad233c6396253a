/* SPDX-License-Identifier: EUPL-1.2 */
#include "matcher/language/choose.h"

#include "matcher/language/tags.h"

/* Remove the readings marked in `drop`, unless that would leave none. */
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

static void drop_kind(struct sp_readings *readings, unsigned kind)
{
    bool drop[SP_READINGS_MAX] = {false};
    for (size_t i = 0; i < readings->count; i++) {
        drop[i] = (readings->items[i].kinds & kind) != 0;
    }
    remove_marked(readings, drop);
}

static bool has_capital(struct sp_view lemma)
{
    static const char *const capitals[] = {"Ą", "Ć", "Ę", "Ł", "Ń", "Ó", "Ś", "Ź", "Ż"};
    if (lemma.data[0] >= 'A' && lemma.data[0] <= 'Z') {
        return true;
    }
    for (size_t i = 0; i < SP_COUNT(capitals); i++) {
        if (sp_view_starts_with(lemma, sp_view_of(capitals[i]))) {
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
        const struct sp_reading *reading = &readings->items[i];
        bool is_name = has_capital(reading->lemma);
        has_regular |= !is_name && (reading->kinds & SP_TAGS_ANY_PLURAL) != 0;
        drop[i] = !is_name && (reading->kinds & SP_TAGS_ALL_PLURAL_ONLY) != 0;
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
        const struct sp_table_row *row = sp_table_find(preferences, readings->items[i].lemma);
        for (size_t k = 0; row != NULL && k < readings->count; k++) {
            drop[i] |= list_has(row->fields[1], readings->items[k].lemma);
        }
    }
    remove_marked(readings, drop);
}

void sp_readings_choose(struct sp_readings *readings, const struct sp_table *preferences)
{
    static const unsigned unlikely[] = {SP_TAGS_ALL_ABBREVIATION, SP_TAGS_ALL_COMPOUND_PART,
                                        SP_TAGS_ALL_DEPRECIATIVE, SP_TAGS_ALL_VOCATIVE,
                                        SP_TAGS_ALL_IMPERATIVE,   SP_TAGS_ALL_NEGATED};
    for (size_t i = 0; i < SP_COUNT(unlikely) && readings->count > 1; i++) {
        drop_kind(readings, unlikely[i]);
    }
    if (readings->count > 1) {
        drop_plural_only(readings);
        drop_losers(readings, preferences);
    }
}
