/* SPDX-License-Identifier: EUPL-1.2 */
#include "matcher/language/word.h"

#include "matcher/language/choose.h"
#include "matcher/language/guess.h"
#include "matcher/language/tags.h"

enum sp_status sp_word_begin(struct sp_word *word, struct sp_view form)
{
    word->lemma_count = 0;
    word->flags = 0;
    word->used_bytes = 0;
    size_t length = 0;
    enum sp_status status = sp_fold_text(form, word->bytes, sizeof word->bytes, &length);
    word->folded = sp_view_from(word->bytes, length);
    size_t letter = sp_fold_plain_length(form);
    if (letter != 0 && memcmp(form.data, word->bytes, letter) != 0) {
        word->flags = SP_TOKEN_CAPITAL;
    }
    word->used_bytes = length;
    return status;
}

void sp_word_add_lemma(struct sp_word *word, struct sp_view lemma)
{
    char *to = word->bytes + word->used_bytes;
    size_t length = 0;
    if (lemma.length == 0 || word->lemma_count == SP_LEMMAS_MAX ||
        sp_fold_text(lemma, to, sizeof word->bytes - word->used_bytes, &length) != SP_OK) {
        return;
    }
    struct sp_view folded = sp_view_from(to, length);
    for (size_t i = 0; i < word->lemma_count; i++) {
        if (sp_view_equal(word->lemmas[i], folded)) {
            return;
        }
    }
    word->lemmas[word->lemma_count++] = folded;
    word->used_bytes += length;
}

/* Look the form up as written and in lower case; a form with a capital, or one not found so, also
 * with a capital first letter and all in capitals. */
static void find_readings(struct sp_word_scratch *scratch, struct sp_view form,
                          struct sp_view folded)
{
    struct sp_dictionary_reader *reader = &scratch->reader;
    struct sp_readings *readings = &scratch->readings;
    char title_bytes[SP_FOLDED_MAX_BYTES];
    char upper_bytes[SP_FOLDED_MAX_BYTES];
    SP_ASSERT(folded.length <= sizeof title_bytes);
    sp_readings_clear(readings);
    bool is_lower = sp_view_equal(form, folded);
    if (!is_lower) {
        sp_dictionary_find(reader, form, readings);
    }
    sp_dictionary_find(reader, folded, readings);
    if (is_lower && readings->count > 0) {
        return;
    }
    struct sp_view title = sp_view_from(title_bytes, folded.length);
    struct sp_view upper = sp_view_from(upper_bytes, folded.length);
    memcpy(title_bytes, folded.data, folded.length);
    memcpy(upper_bytes, folded.data, folded.length);
    sp_fold_capitalise(title_bytes, folded.length);
    sp_fold_upper(upper_bytes, folded.length);
    if (!sp_view_equal(title, form) && !sp_view_equal(title, folded)) {
        sp_dictionary_find(reader, title, readings);
    }
    if (!sp_view_equal(upper, form) && !sp_view_equal(upper, title)) {
        sp_dictionary_find(reader, upper, readings);
    }
}

/* "PES", "OzN" as the table writes them, or all in capitals; rows without capitals fit any case. */
static bool is_written_so(struct sp_view form, struct sp_view folded, struct sp_view written)
{
    char capitals[SP_FORM_MAX_BYTES];
    if (written.length == 0 || sp_view_equal(form, written)) {
        return true;
    }
    if (folded.length > sizeof capitals || !sp_fold_is_plain(folded)) {
        return false;
    }
    memcpy(capitals, folded.data, folded.length);
    sp_fold_upper(capitals, folded.length);
    return sp_view_equal(form, sp_view_from(capitals, folded.length));
}

/* Apply the tables of abbreviations and units. Returns whether they settle what the word is. An
 * abbreviation in lower case ("kis") may also be a word, unless it is a stop word ("on"). */
static bool read_tables(const struct sp_language *language, struct sp_view form,
                        struct sp_word *word)
{
    const struct sp_table_row *row = sp_table_find(&language->abbreviations, word->folded);
    bool is_stop = sp_table_find(&language->stop_words, word->folded) != NULL;
    if (row != NULL) {
        bool is_sure = is_written_so(form, word->folded, row->fields[1]);
        if (is_sure || !is_stop) {
            word->flags |= SP_TOKEN_ABBREVIATION;
            sp_word_add_lemma(word, row->fields[2].length > 0 ? row->fields[2] : word->folded);
        }
        if (is_sure) {
            return true;
        }
    }
    word->flags |= is_stop ? SP_TOKEN_STOP : 0;
    row = sp_table_find(&language->units, word->folded);
    if (row != NULL) {
        word->flags |= SP_TOKEN_UNIT;
        sp_word_add_lemma(word, row->fields[1]);
    }
    return row != NULL;
}

void sp_word_add_reading(struct sp_word *word, const struct sp_readings *readings, size_t i)
{
    const struct sp_reading *reading = &readings->items[i];
    if ((reading->kinds & SP_TAGS_ALL_NEGATED) != 0 &&
        sp_view_starts_with(word->folded, sp_view_of("nie"))) {
        sp_guess_negated(word, reading->kinds);
    } else {
        sp_word_add_lemma(word, reading->lemma);
    }
}

enum sp_status sp_word_read(const struct sp_language *language, struct sp_word_scratch *scratch,
                            struct sp_view form, unsigned flags, struct sp_word *out)
{
    struct sp_readings *readings = &scratch->readings;
    enum sp_status status = sp_word_begin(out, form);
    if (status != SP_OK || read_tables(language, form, out)) {
        return status;
    }
    find_readings(scratch, form, out->folded);
    if ((flags & SP_ANALYSE_ALL_READINGS) == 0) {
        sp_readings_choose(readings, &language->preferences);
    }
    for (size_t i = 0; i < readings->count; i++) {
        sp_word_add_reading(out, readings, i);
    }
    if (out->lemma_count == 0) {
        out->flags |= SP_TOKEN_UNKNOWN;
        sp_guess(language, scratch, out);
    }
    return SP_OK;
}
