/* SPDX-License-Identifier: EUPL-1.2 */
/** @file Cue patterns: loading and matching; see cues.h. */
#include "matcher/extraction/cues.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "matcher/extraction/extraction.h"
#include "matcher/vocabulary/data_table.h"

enum { TABLE_BYTES = 8 << 20, ALTERNATIVES_MAX = 48 };

/** One thing that may stand at a step. */
struct alternative {
    enum { ANY_FORM, ONE_FORM, NUMBER } kind;
    const struct sp_view *lemmas; /* ANY_FORM */
    size_t lemma_count;
    struct sp_view form; /* ONE_FORM */
};

struct step {
    const struct alternative *alternatives;
    size_t count;
    size_t gap; /* words that may stand before it */
};

struct pattern {
    enum sp_cue cue;
    const struct step *steps;
    size_t count;
};

/** A way into a pattern: a lemma or form of its first step; "" for a number. */
struct entry {
    struct sp_view key;
    const struct pattern *pattern;
};

struct sp_cue_table {
    struct sp_arena *arena;
    struct entry *entries; /* by key */
    size_t entry_count;
};

static const char *const NAMES[SP_CUE_COUNT] = {
    [SP_CUE_INSURANCE] = "INSURANCE",
    [SP_CUE_REFERENCES] = "REFERENCES",
    [SP_CUE_EXPERIENCE] = "EXPERIENCE",
    [SP_CUE_PERSONS] = "PERSONS",
    [SP_CUE_EQUIPMENT] = "EQUIPMENT",
    [SP_CUE_LICENCE] = "LICENCE",
    [SP_CUE_REGISTER] = "REGISTER",
    [SP_CUE_CERTIFICATE] = "CERTIFICATE",
    [SP_CUE_REVENUE] = "REVENUE",
    [SP_CUE_FUNDS] = "FUNDS",
    [SP_CUE_NO_CONDITION] = "NO_CONDITION",
    [SP_CUE_TOGETHER] = "TOGETHER",
    [SP_CUE_ANY_ONE] = "ANY_ONE",
    [SP_CUE_EVERY_ONE] = "EVERY_ONE",
    [SP_CUE_NOT_SUMMED] = "NOT_SUMMED",
    [SP_CUE_AT_LEAST] = "AT_LEAST",
    [SP_CUE_ART_94] = "ART_94",
    [SP_CUE_ART_361] = "ART_361",
    [SP_CUE_ES_26] = "ES_26",
    [SP_CUE_SS_15A] = "SS_15A",
    [SP_CUE_ART_95] = "ART_95",
    [SP_CUE_ART_96] = "ART_96",
    [SP_CUE_ART_100] = "ART_100",
    [SP_CUE_KEY_TASKS] = "KEY_TASKS",
    [SP_CUE_NOT_REQUIRED] = "NOT_REQUIRED",
    [SP_CUE_INVITED] = "INVITED",
    [SP_CUE_GROUP_DISABLED] = "GROUP_DISABLED",
    [SP_CUE_GROUP_UNEMPLOYED] = "GROUP_UNEMPLOYED",
    [SP_CUE_GROUP_LONG_TERM_UNEMPLOYED] = "GROUP_LONG_TERM_UNEMPLOYED",
    [SP_CUE_GROUP_JOB_SEEKER] = "GROUP_JOB_SEEKER",
    [SP_CUE_GROUP_CARE_LEAVER] = "GROUP_CARE_LEAVER",
    [SP_CUE_GROUP_PRISONER] = "GROUP_PRISONER",
    [SP_CUE_GROUP_MENTAL_DISORDER] = "GROUP_MENTAL_DISORDER",
    [SP_CUE_GROUP_HOMELESS] = "GROUP_HOMELESS",
    [SP_CUE_GROUP_REFUGEE] = "GROUP_REFUGEE",
    [SP_CUE_GROUP_UNDER_30_OVER_50] = "GROUP_UNDER_30_OVER_50",
    [SP_CUE_GROUP_JUVENILE_WORKER] = "GROUP_JUVENILE_WORKER",
    [SP_CUE_CRITERION] = "CRITERION",
    [SP_CUE_WEIGHT] = "WEIGHT",
    [SP_CUE_PERFORMANCE] = "PERFORMANCE",
    [SP_CUE_TERM] = "TERM",
    [SP_CUE_DEADLINE] = "DEADLINE",
    [SP_CUE_LAW] = "LAW",
    [SP_CUE_PLACE] = "PLACE",
    [SP_CUE_SEAT] = "SEAT",
    [SP_CUE_VALUE] = "VALUE",
    [SP_CUE_PROCEDURE] = "PROCEDURE",
    [SP_CUE_LOT] = "LOT",
};

/** What loading a row takes. */
struct loader {
    struct sp_cue_table *table;
    struct sp_analyser *analyser;
    const struct sp_data_table *source;
    size_t entry_capacity;
    struct sp_error *err;
};

static enum sp_status add_entry(struct loader *loader, struct sp_view key,
                                const struct pattern *pattern)
{
    struct sp_cue_table *table = loader->table;
    if (table->entry_count == loader->entry_capacity) {
        size_t capacity = loader->entry_capacity == 0 ? 1024 : 2 * loader->entry_capacity;
        struct entry *entries = sp_realloc(table->entries, capacity, sizeof *entries);
        if (entries == NULL) {
            return SP_FAIL_NOMEM(loader->err);
        }
        table->entries = entries;
        loader->entry_capacity = capacity;
    }
    table->entries[table->entry_count++] = (struct entry){key, pattern};
    return SP_OK;
}

static enum sp_status read_alternative(struct loader *loader, struct sp_view text,
                                       struct alternative *out)
{
    struct sp_arena *arena = loader->table->arena;
    if (sp_view_is(text, "#")) {
        out->kind = NUMBER;
        return SP_OK;
    }
    if (text.data[0] == '=') {
        out->kind = ONE_FORM;
        return sp_fold(loader->analyser, sp_view_from(text.data + 1, text.length - 1), arena,
                       &out->form, loader->err);
    }
    struct sp_token_list tokens;
    enum sp_status status = sp_analyse(loader->analyser, text, 0, arena, &tokens, loader->err);
    if (status != SP_OK) {
        return status;
    }
    out->kind = ANY_FORM;
    out->lemmas = tokens.count == 1 ? tokens.tokens[0].lemmas : NULL;
    out->lemma_count = tokens.count == 1 ? tokens.tokens[0].lemma_count : 0;
    return SP_OK;
}

/** Read one step: "polisa|ubezpieczenie". */
static enum sp_status read_step(struct loader *loader, const struct sp_data_row *row,
                                struct sp_view text, struct step *out)
{
    struct alternative *list =
        sp_arena_calloc(loader->table->arena, ALTERNATIVES_MAX, sizeof *list);
    if (list == NULL) {
        return SP_FAIL_NOMEM(loader->err);
    }
    struct sp_view word;
    while (sp_list_next(&text, '|', &word)) {
        struct alternative *alternative = &list[out->count];
        enum sp_status status = SP_OK;
        if (out->count == ALTERNATIVES_MAX || word.length == 0) {
            status = SP_CORRUPT;
        } else {
            status = read_alternative(loader, word, alternative);
        }
        if (status == SP_OK && alternative->kind == ANY_FORM && alternative->lemma_count == 0) {
            status = SP_CORRUPT;
        }
        if (status == SP_CORRUPT) {
            return sp_data_table_bad(loader->source, row, row->fields[1],
                                     "krok wzorca nie jest jednym słowem",
                                     "a step of the pattern is not one word", loader->err);
        }
        if (status != SP_OK) {
            return status;
        }
        out->count++;
    }
    out->alternatives = list;
    return SP_OK;
}

static enum sp_status add_entries(struct loader *loader, const struct pattern *pattern)
{
    const struct step *first = &pattern->steps[0];
    enum sp_status status = SP_OK;
    for (size_t i = 0; status == SP_OK && i < first->count; i++) {
        const struct alternative *alternative = &first->alternatives[i];
        if (alternative->kind == NUMBER) {
            status = add_entry(loader, sp_view_from("", 0), pattern);
        } else if (alternative->kind == ONE_FORM) {
            status = add_entry(loader, alternative->form, pattern);
        }
        for (size_t j = 0; status == SP_OK && j < alternative->lemma_count; j++) {
            status = add_entry(loader, alternative->lemmas[j], pattern);
        }
    }
    return status;
}

static enum sp_status read_row(struct loader *loader, const struct sp_data_row *row)
{
    struct sp_arena *arena = loader->table->arena;
    struct pattern *pattern = sp_arena_calloc(arena, 1, sizeof *pattern);
    struct step *steps = sp_arena_calloc(arena, SP_CUE_STEPS_MAX, sizeof *steps);
    if (pattern == NULL || steps == NULL) {
        return SP_FAIL_NOMEM(loader->err);
    }
    size_t cue = 0;
    while (cue < SP_CUE_COUNT && strcmp(NAMES[cue], row->fields[0]) != 0) {
        cue++;
    }
    if (cue == SP_CUE_COUNT) {
        return sp_data_table_bad(loader->source, row, row->fields[0], "nieznana wskazówka",
                                 "unknown cue", loader->err);
    }
    struct sp_view rest = sp_view_of(row->fields[1]);
    struct sp_view word;
    size_t gap = 0;
    enum sp_status status = SP_OK;
    while (status == SP_OK && sp_list_next(&rest, ' ', &word)) {
        if (word.length == 0) {
            continue;
        }
        if (sp_view_is(word, "...")) {
            gap = SP_CUE_LONG_GAP;
            continue;
        }
        if (pattern->count == SP_CUE_STEPS_MAX) {
            return sp_data_table_bad(loader->source, row, row->fields[1], "za dużo kroków",
                                     "too many steps", loader->err);
        }
        steps[pattern->count].gap = gap;
        status = read_step(loader, row, word, &steps[pattern->count]);
        pattern->count++;
        gap = SP_CUE_GAP;
    }
    pattern->cue = (enum sp_cue)cue;
    pattern->steps = steps;
    if (status == SP_OK && pattern->count == 0) {
        return sp_data_table_bad(loader->source, row, row->fields[1], "pusty wzorzec",
                                 "empty pattern", loader->err);
    }
    return status == SP_OK ? add_entries(loader, pattern) : status;
}

static int compare_entries(const void *left, const void *right)
{
    const struct entry *a = left;
    const struct entry *b = right;
    int order = sp_view_compare(a->key, b->key);
    if (order != 0) {
        return order;
    }
    return (a->pattern > b->pattern) - (a->pattern < b->pattern);
}

enum sp_status sp_cue_table_open(const char *share_dir, struct sp_analyser *analyser,
                                 struct sp_cue_table **out, struct sp_error *err)
{
    struct sp_cue_table *table = sp_calloc(1, sizeof *table);
    struct sp_data_table source;
    if (table == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    table->arena = sp_arena_new(TABLE_BYTES);
    struct loader loader = {table, analyser, &source, 0, err};
    char *directory =
        table->arena == NULL ? NULL : sp_arena_printf(table->arena, "%s/extraction", share_dir);
    enum sp_status status = directory == NULL ? SP_FAIL_NOMEM(err) : SP_OK;
    if (status == SP_OK) {
        status = sp_data_table_read(directory, "cues.tsv", 2, 2, table->arena, &source, err);
    }
    for (size_t i = 0; status == SP_OK && i < source.row_count; i++) {
        status = read_row(&loader, &source.rows[i]);
    }
    if (status != SP_OK) {
        sp_cue_table_free(table);
        return status;
    }
    if (table->entry_count > 0) {
        qsort(table->entries, table->entry_count, sizeof *table->entries, compare_entries);
    }
    *out = table;
    return SP_OK;
}

void sp_cue_table_free(struct sp_cue_table *table)
{
    if (table == NULL) {
        return;
    }
    sp_arena_free(table->arena);
    sp_free(table->entries);
    sp_free(table);
}

static bool alternative_fits(const struct alternative *alternative, const struct sp_word *word)
{
    switch (alternative->kind) {
    case NUMBER:
        return word->has_number;
    case ONE_FORM:
        return sp_view_equal(alternative->form, word->token->folded);
    default:
        break;
    }
    for (size_t i = 0; i < alternative->lemma_count; i++) {
        for (size_t j = 0; j < word->token->lemma_count; j++) {
            if (sp_view_equal(alternative->lemmas[i], word->token->lemmas[j])) {
                return true;
            }
        }
    }
    return false;
}

static bool step_fits(const struct step *step, const struct sp_word *word)
{
    for (size_t i = 0; i < step->count; i++) {
        if (alternative_fits(&step->alternatives[i], word)) {
            return true;
        }
    }
    return false;
}

/** Match the steps from @p step on at word @p at or a little later; the nearest words are taken.
 *  @return index of the last word; SIZE_MAX: no match */
static size_t match_from(const struct pattern *pattern, size_t step,
                         const struct sp_reading *reading, size_t at, size_t end)
{
    const struct step *wanted = &pattern->steps[step];
    for (size_t i = at; i < end && i <= at + wanted->gap; i++) {
        if (!step_fits(wanted, &reading->words[i])) {
            continue;
        }
        if (step + 1 == pattern->count) {
            return i;
        }
        size_t last = match_from(pattern, step + 1, reading, i + 1, end);
        if (last != SIZE_MAX) {
            return last;
        }
    }
    return SIZE_MAX;
}

/** A growing list of hits. */
struct hits {
    struct sp_arena *arena;
    struct sp_cue_hit *items;
    size_t count;
    size_t capacity;
};

static enum sp_status add_hit(struct hits *hits, const struct sp_cue_hit *hit, struct sp_error *err)
{
    for (size_t i = hits->count; i > 0 && hits->items[i - 1].first == hit->first; i--) {
        if (hits->items[i - 1].cue == hit->cue && hits->items[i - 1].last == hit->last) {
            return SP_OK;
        }
    }
    if (hits->count == hits->capacity) {
        size_t capacity = hits->capacity == 0 ? SP_CUE_HITS_MAX : 2 * hits->capacity;
        struct sp_cue_hit *items = sp_arena_calloc(hits->arena, capacity, sizeof *items);
        if (items == NULL) {
            return SP_FAIL_NOMEM(err);
        }
        if (hits->count > 0) {
            memcpy(items, hits->items, hits->count * sizeof *items);
        }
        hits->items = items;
        hits->capacity = capacity;
    }
    hits->items[hits->count++] = *hit;
    return SP_OK;
}

/** Index of the first entry with @p key. */
static size_t first_entry(const struct sp_cue_table *table, struct sp_view key)
{
    size_t low = 0;
    size_t high = table->entry_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (sp_view_compare(table->entries[middle].key, key) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/** Try all patterns that may begin with @p key at word @p at. */
static enum sp_status match_key(const struct sp_cue_table *table, const struct sp_reading *reading,
                                struct sp_view key, size_t at, size_t end, struct hits *hits,
                                struct sp_error *err)
{
    enum sp_status status = SP_OK;
    for (size_t i = first_entry(table, key);
         status == SP_OK && i < table->entry_count && sp_view_equal(table->entries[i].key, key);
         i++) {
        const struct pattern *pattern = table->entries[i].pattern;
        size_t last = match_from(pattern, 0, reading, at, end);
        if (last != SIZE_MAX) {
            status = add_hit(hits, &(struct sp_cue_hit){pattern->cue, at, last}, err);
        }
    }
    return status;
}

enum sp_status sp_cues_find(const struct sp_cue_table *table, const struct sp_reading *reading,
                            struct sp_arena *arena, struct sp_cue_hit_list *out,
                            struct sp_error *err)
{
    struct hits hits = {.arena = arena};
    enum sp_status status = SP_OK;
    size_t end = 0;
    for (size_t at = 0; status == SP_OK && at < reading->count; at++) {
        const struct sp_word *word = &reading->words[at];
        end = at < end ? end : sp_reading_sentence_end(reading, at);
        if (word->has_number) {
            status = match_key(table, reading, sp_view_from("", 0), at, end, &hits, err);
        }
        for (size_t i = 0; status == SP_OK && i < word->token->lemma_count; i++) {
            status = match_key(table, reading, word->token->lemmas[i], at, end, &hits, err);
        }
        if (status == SP_OK) {
            status = match_key(table, reading, word->token->folded, at, end, &hits, err);
        }
    }
    *out = (struct sp_cue_hit_list){hits.items, hits.count};
    return status;
}
