/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * The index of place names: words, their forms, and names as rows of words.
 */
#include "matcher/vocabulary/gazetteer.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "matcher/vocabulary/data_table.h"
#include "matcher/vocabulary/decline.h"
#include "matcher/vocabulary/gazetteer_priv.h"
#include "matcher/vocabulary/letters.h"

enum { ARENA_MAX_BYTES = 32 << 20, NAME_MAX_BYTES = 128 };

static bool starts_small(const char *name)
{
    char lower[NAME_MAX_BYTES];
    struct sp_view first = sp_view_from(name, strlen(name) < 2 ? strlen(name) : 2);
    sp_letters_lower(first, lower);
    return memcmp(lower, name, first.length) == 0;
}

/* Index all forms of a new word under its number. */
static enum sp_status add_forms(struct sp_gazetteer *gazetteer, struct sp_view word,
                                uint32_t number, struct sp_forms *forms)
{
    sp_decline(word, forms);
    for (size_t i = 0; i < forms->count; i++) {
        struct sp_view form = sp_view_from(forms->items[i].text, forms->items[i].length);
        char *copy = sp_arena_copy(gazetteer->arena, form);
        char *plain = sp_arena_alloc(gazetteer->arena, form.length + 1);
        if (copy == NULL || plain == NULL) {
            return SP_NOMEM;
        }
        size_t length = sp_strip_diacritics(form, plain);
        sp_keys_add(&gazetteer->forms, sp_view_from(copy, form.length), number);
        sp_keys_add(&gazetteer->plain_forms, sp_view_from(plain, length), number);
    }
    return SP_OK;
}

/* While names are added, a word's number is its place in the list of all words of all names; equal
 * words are joined afterwards. */
struct builder {
    struct sp_gazetteer *gazetteer;
    struct sp_view *words; /* room for all words of all names, with repetition */
    size_t word_count;
};

/* Cut a folded name at spaces and hyphens; 0 words when it has more than a name may have. */
static size_t cut_words(struct sp_view name, struct sp_view words[NAME_WORDS_MAX])
{
    size_t count = 0;
    size_t start = 0;
    for (size_t i = 0; i <= name.length; i++) {
        bool end = i == name.length || strchr(" -.()", name.data[i]) != NULL;
        if (end && i > start) {
            if (count == NAME_WORDS_MAX) {
                return 0;
            }
            words[count++] = sp_view_from(name.data + start, i - start);
        }
        if (end) {
            start = i + 1;
        }
    }
    return count;
}

static enum sp_status add_name(struct builder *builder, const char *text, uint32_t place)
{
    struct sp_gazetteer *gazetteer = builder->gazetteer;
    struct sp_view view = sp_view_of(text);
    char *lower = sp_arena_alloc(gazetteer->arena, view.length + 1);
    if (lower == NULL) {
        return SP_NOMEM;
    }
    sp_letters_lower(view, lower);
    struct sp_view words[NAME_WORDS_MAX];
    size_t count = cut_words(sp_view_from(lower, view.length), words);
    if (count == 0) {
        return SP_OK;
    }
    struct name *name = &gazetteer->names[gazetteer->name_count++];
    *name = (struct name){.word_count = (uint32_t)count,
                          .first_word_bytes = (uint32_t)words[0].length,
                          .place = place,
                          .adjective = starts_small(text)};
    size_t values;
    name->common = count == 1 && sp_keys_find(&gazetteer->common_words, words[0], &values) != NULL;
    for (size_t i = 0; i < count; i++) {
        name->words[i] = (uint32_t)builder->word_count;
        builder->words[builder->word_count] = words[i];
        sp_keys_add(&gazetteer->words, words[i], (uint32_t)builder->word_count);
        builder->word_count++;
    }
    return SP_OK;
}

/* Give equal words one number, the smallest, and index the forms of each word once. */
static enum sp_status join_words(struct builder *builder)
{
    struct sp_gazetteer *gazetteer = builder->gazetteer;
    struct sp_forms *forms = sp_malloc(sizeof *forms);
    if (forms == NULL || sp_keys_seal(&gazetteer->words) != SP_OK) {
        sp_free(forms);
        return SP_NOMEM;
    }
    enum sp_status status = SP_OK;
    size_t kept = 0;
    for (size_t i = 0; i < gazetteer->words.count && status == SP_OK; i++) {
        const struct sp_key key = gazetteer->words.items[i];
        if (kept == 0 || !sp_view_equal(gazetteer->words.items[kept - 1].text, key.text)) {
            gazetteer->words.items[kept++] = key;
            status = add_forms(gazetteer, key.text, key.value, forms);
        }
    }
    sp_free(forms);
    if (status != SP_OK) {
        return status;
    }
    gazetteer->words.count = kept;
    for (size_t i = 0; i < gazetteer->name_count; i++) {
        struct name *name = &gazetteer->names[i];
        for (size_t k = 0; k < name->word_count; k++) {
            size_t count;
            name->words[k] =
                sp_keys_find(&gazetteer->words, builder->words[name->words[k]], &count)->value;
        }
    }
    return SP_OK;
}

static int compare_names(const void *left, const void *right)
{
    const struct name *a = left;
    const struct name *b = right;
    if (a->words[0] != b->words[0]) {
        return a->words[0] < b->words[0] ? -1 : 1;
    }
    return a->place < b->place ? -1 : a->place > b->place;
}

static enum sp_status read_common_words(struct sp_gazetteer *gazetteer, const char *directory,
                                        struct sp_error *err)
{
    struct sp_data_table table;
    enum sp_status status = sp_data_table_read(directory, "place_common_words.tsv", 1, 1,
                                               gazetteer->arena, &table, err);
    if (status != SP_OK) {
        return status;
    }
    for (size_t i = 0; i < table.row_count; i++) {
        sp_keys_add(&gazetteer->common_words, sp_view_of(table.rows[i].fields[0]), 0);
    }
    return sp_keys_seal(&gazetteer->common_words) == SP_OK ? SP_OK : SP_FAIL_NOMEM(err);
}

static enum sp_status add_aliases(struct builder *builder, const struct sp_data_table *aliases,
                                  struct sp_error *err)
{
    const struct sp_territory *territory = builder->gazetteer->territory;
    size_t count;
    const struct sp_place *places = sp_territory_all(territory, &count);
    for (size_t i = 0; i < aliases->row_count; i++) {
        const struct sp_data_row *row = &aliases->rows[i];
        const char *code = row->fields[1];
        const struct sp_place *place =
            code[0] == '\0' ? places : sp_territory_by_teryt(territory, sp_view_of(code));
        if (place == NULL) {
            return sp_data_table_bad(aliases, row, code, "nieznany kod TERYT", "unknown TERYT code",
                                     err);
        }
        if (add_name(builder, row->fields[0], (uint32_t)(place - places)) != SP_OK) {
            return SP_FAIL_NOMEM(err);
        }
    }
    return SP_OK;
}

static enum sp_status build(struct sp_gazetteer *gazetteer, const char *directory,
                            struct sp_error *err)
{
    struct sp_data_table aliases;
    enum sp_status status = read_common_words(gazetteer, directory, err);
    if (status == SP_OK) {
        status = sp_data_table_read(directory, "place_aliases.tsv", 1, 2, gazetteer->arena,
                                    &aliases, err);
    }
    if (status != SP_OK) {
        return status;
    }
    size_t count;
    const struct sp_place *places = sp_territory_all(gazetteer->territory, &count);
    size_t most = count + aliases.row_count;
    struct builder builder = {.gazetteer = gazetteer};
    builder.words = sp_calloc(most * NAME_WORDS_MAX, sizeof *builder.words);
    gazetteer->names = sp_arena_calloc(gazetteer->arena, most, sizeof *gazetteer->names);
    if (builder.words == NULL || gazetteer->names == NULL) {
        status = SP_FAIL_NOMEM(err);
    }
    for (size_t i = 1; i < count && status == SP_OK; i++) { /* the country has an alias */
        if (add_name(&builder, places[i].name, (uint32_t)i) != SP_OK) {
            status = SP_FAIL_NOMEM(err);
        }
    }
    if (status == SP_OK) {
        status = add_aliases(&builder, &aliases, err);
    }
    if (status == SP_OK && join_words(&builder) != SP_OK) {
        status = SP_FAIL_NOMEM(err);
    }
    sp_free(builder.words);
    if (status == SP_OK && (sp_keys_seal(&gazetteer->forms) != SP_OK ||
                            sp_keys_seal(&gazetteer->plain_forms) != SP_OK)) {
        status = SP_FAIL_NOMEM(err);
    }
    if (status == SP_OK) {
        qsort(gazetteer->names, gazetteer->name_count, sizeof *gazetteer->names, compare_names);
    }
    return status;
}

enum sp_status sp_gazetteer_open(const char *directory, const struct sp_territory *territory,
                                 struct sp_gazetteer **out, struct sp_error *err)
{
    struct sp_gazetteer *gazetteer = sp_calloc(1, sizeof *gazetteer);
    if (gazetteer == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    gazetteer->territory = territory;
    gazetteer->arena = sp_arena_new(ARENA_MAX_BYTES);
    enum sp_status status =
        gazetteer->arena == NULL ? SP_FAIL_NOMEM(err) : build(gazetteer, directory, err);
    if (status != SP_OK) {
        sp_gazetteer_free(gazetteer);
        return status;
    }
    *out = gazetteer;
    return SP_OK;
}

void sp_gazetteer_free(struct sp_gazetteer *gazetteer)
{
    if (gazetteer != NULL) {
        sp_keys_release(&gazetteer->words);
        sp_keys_release(&gazetteer->forms);
        sp_keys_release(&gazetteer->plain_forms);
        sp_keys_release(&gazetteer->common_words);
        sp_arena_free(gazetteer->arena);
        sp_free(gazetteer);
    }
}

const struct name *sp_gazetteer_names_from(const struct sp_gazetteer *gazetteer, uint32_t word,
                                           size_t *count)
{
    size_t low = 0;
    size_t high = gazetteer->name_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (gazetteer->names[middle].words[0] < word) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    size_t end = low;
    while (end < gazetteer->name_count && gazetteer->names[end].words[0] == word) {
        end++;
    }
    *count = end - low;
    return end == low ? NULL : &gazetteer->names[low];
}
