/* SPDX-License-Identifier: EUPL-1.2 */
#include "matcher/language/language_priv.h"

#include "base/memory.h"
#include "base/utf8.h"
#include "matcher/language/fold.h"

static enum sp_status open_tables(const char *share_dir, struct sp_language *language,
                                  struct sp_error *err)
{
    const struct {
        const char *name;
        struct sp_table *table;
    } tables[] = {{"stop_words.tsv", &language->stop_words},
                  {"abbreviations.tsv", &language->abbreviations},
                  {"lemma_preferences.tsv", &language->preferences},
                  {"endings.tsv", &language->endings},
                  {"unit_words.tsv", &language->units}};
    enum sp_status status = sp_dictionary_open(share_dir, &language->dictionary, err);
    for (size_t i = 0; i < SP_COUNT(tables) && status == SP_OK; i++) {
        status = sp_table_open(share_dir, tables[i].name, tables[i].table, err);
    }
    return status;
}

enum sp_status sp_language_open(const char *share_dir, struct sp_language **out,
                                struct sp_error *err)
{
    struct sp_language *language = sp_calloc(1, sizeof *language);
    if (language == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    enum sp_status status = open_tables(share_dir, language, err);
    if (status != SP_OK) {
        sp_language_free(language);
        return status;
    }
    *out = language;
    return SP_OK;
}

void sp_language_free(struct sp_language *language)
{
    if (language != NULL) {
        sp_dictionary_release(&language->dictionary);
        sp_table_release(&language->stop_words);
        sp_table_release(&language->abbreviations);
        sp_table_release(&language->preferences);
        sp_table_release(&language->endings);
        sp_table_release(&language->units);
        sp_free(language);
    }
}

/* Raise it with every change of the code that gives other index terms for some text. */
static const uint64_t RULES = 1;

/** FNV-1a, 64 bits. */
static uint64_t mix(uint64_t hash, struct sp_view bytes)
{
    for (size_t i = 0; i < bytes.length; i++) {
        hash = (hash ^ (unsigned char)bytes.data[i]) * UINT64_C(0x100000001b3);
    }
    return hash;
}

uint64_t sp_language_fingerprint(const struct sp_language *language)
{
    const struct sp_table *tables[] = {&language->stop_words, &language->abbreviations,
                                       &language->preferences, &language->endings,
                                       &language->units};
    uint64_t hash = mix(UINT64_C(0xcbf29ce484222325) ^ RULES, language->dictionary.file);
    for (size_t i = 0; i < SP_COUNT(tables); i++) {
        for (uint32_t j = 0; j < tables[i]->row_count; j++) {
            for (size_t k = 0; k < SP_TABLE_FIELDS; k++) {
                hash = mix(hash, tables[i]->rows[j].fields[k]);
                hash = mix(hash, sp_view_of("\t"));
            }
        }
    }
    return hash;
}

struct sp_view sp_abbreviation_words(const struct sp_language *language, struct sp_view folded)
{
    const struct sp_table_row *row = sp_table_find(&language->abbreviations, folded);
    return row == NULL ? sp_view_of(NULL) : row->fields[3];
}

enum sp_status sp_fold(struct sp_analyser *analyser, struct sp_view text, struct sp_arena *arena,
                       struct sp_view *out, struct sp_error *err)
{
    (void)analyser;
    size_t bad = sp_utf8_check(text);
    if (bad != text.length) {
        return SP_FAIL(err, SP_INVALID, "text", "Tekst nie jest w UTF-8: zły bajt na pozycji %zu.",
                       "The text is not UTF-8: bad byte at offset %zu.", bad);
    }
    size_t size = sp_fold_is_plain(text) ? text.length : SP_FOLD_GROWTH * text.length;
    char *folded = sp_arena_alloc(arena, size);
    size_t length = 0;
    enum sp_status status = folded == NULL ? SP_NOMEM : sp_fold_text(text, folded, size, &length);
    if (status != SP_OK) {
        return SP_FAIL_NOMEM(err);
    }
    *out = sp_view_from(folded, length);
    return SP_OK;
}
