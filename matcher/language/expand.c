/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * sp_expand(): the lemmas that a query word may mean.
 *
 * First the word as it stands. Then forms near it (near.h), gathered, sorted by cost, each read and
 * chosen among like any form. Last, for a word outside the dictionary, the guesses.
 */
#include <stdlib.h>

#include "base/utf8.h"
#include "matcher/language/analyser_priv.h"
#include "matcher/language/choose.h"
#include "matcher/language/near.h"

enum {
    ERROR_MIN_LETTERS = 4, /* in shorter words one error leads anywhere */
    FORMS_MAX = 512        /* near forms gathered before sorting; more are dropped */
};

struct near_form {
    struct sp_view form; /* in the arena */
    uint32_t node;
    bool has_error;
    unsigned cost;
    size_t order; /* of finding, so that sorting is stable */
};

/* One call of sp_expand(). */
struct expansion {
    struct sp_analyser *analyser;
    struct sp_arena *arena;
    struct sp_candidate *items; /* SP_CANDIDATES_MAX */
    size_t count;
    struct near_form *forms; /* FORMS_MAX */
    size_t form_count;
};

static enum sp_status add_candidate(struct expansion *expansion, struct sp_view lemma,
                                    struct sp_view form, enum sp_origin origin)
{
    for (size_t i = 0; i < expansion->count; i++) {
        if (sp_view_equal(expansion->items[i].lemma, lemma)) {
            return SP_OK;
        }
    }
    if (expansion->count == SP_CANDIDATES_MAX) {
        return SP_OK;
    }
    const char *lemma_copy = sp_arena_copy(expansion->arena, lemma);
    const char *form_copy = sp_arena_copy(expansion->arena, form);
    if (lemma_copy == NULL || form_copy == NULL) {
        return SP_NOMEM;
    }
    expansion->items[expansion->count++] =
        (struct sp_candidate){.lemma = sp_view_from(lemma_copy, lemma.length),
                              .form = sp_view_from(form_copy, form.length),
                              .origin = origin};
    return SP_OK;
}

static enum sp_status add_entry(struct expansion *expansion, const struct sp_word_entry *entry,
                                enum sp_origin origin)
{
    enum sp_status status = SP_OK;
    for (size_t i = 0; i < entry->lemma_count && status == SP_OK; i++) {
        status = add_candidate(expansion, entry->lemmas[i], entry->folded, origin);
    }
    return status;
}

static enum sp_status gather_form(void *context, const struct sp_near_match *match)
{
    struct expansion *expansion = context;
    if (expansion->form_count == FORMS_MAX) {
        return SP_OK;
    }
    const char *copy = sp_arena_copy(expansion->arena, match->form);
    if (copy == NULL) {
        return SP_NOMEM;
    }
    struct near_form *form = &expansion->forms[expansion->form_count];
    *form = (struct near_form){.form = sp_view_from(copy, match->form.length),
                               .node = match->node,
                               .has_error = match->has_error,
                               .cost = match->cost,
                               .order = expansion->form_count};
    expansion->form_count++;
    return SP_OK;
}

/* Without an error first, then by cost, then as found. */
static int compare_forms(const void *left, const void *right)
{
    const struct near_form *a = left;
    const struct near_form *b = right;
    if (a->has_error != b->has_error) {
        return a->has_error ? 1 : -1;
    }
    if (a->cost != b->cost) {
        return a->cost < b->cost ? -1 : 1;
    }
    return a->order < b->order ? -1 : a->order > b->order ? 1 : 0;
}

/* Read a near form in the dictionary, in the spelling that was reached. */
static enum sp_status add_near_form(struct expansion *expansion, const struct near_form *near)
{
    const struct sp_language *language = expansion->analyser->language;
    struct sp_readings *readings = &expansion->analyser->scratch.readings;
    struct sp_word *word = &expansion->analyser->word;
    sp_readings_clear(readings);
    sp_dictionary_read(&expansion->analyser->scratch.reader, near->node, near->form, readings);
    sp_readings_choose(readings, &language->preferences);
    enum sp_status status = sp_word_begin(word, near->form);
    for (size_t i = 0; i < readings->count; i++) {
        sp_word_add_reading(word, readings, i);
    }
    enum sp_origin origin = near->has_error ? SP_ORIGIN_TYPO : SP_ORIGIN_DIACRITICS;
    for (size_t i = 0; i < word->lemma_count && status == SP_OK; i++) {
        status = add_candidate(expansion, word->lemmas[i], word->folded, origin);
    }
    return status;
}

static enum sp_status add_near(struct expansion *expansion, const struct sp_near_query *query)
{
    expansion->form_count = 0;
    enum sp_status status =
        sp_near_find(&expansion->analyser->language->dictionary, query, gather_form, expansion);
    if (expansion->form_count > 0) {
        qsort(expansion->forms, expansion->form_count, sizeof *expansion->forms, compare_forms);
    }
    for (size_t i = 0; i < expansion->form_count && status == SP_OK; i++) {
        status = add_near_form(expansion, &expansion->forms[i]);
    }
    return status;
}

/* Letters of folded plain text; 0 if it has anything else, so that nothing near is sought. */
static size_t count_letters(struct sp_view text)
{
    size_t count = 0;
    for (size_t i = 0; i < text.length;) {
        size_t length = sp_fold_plain_length(sp_view_from(text.data + i, text.length - i));
        if (length == 0 || (length == 1 && (text.data[i] < 'a' || text.data[i] > 'z'))) {
            return 0;
        }
        i += length;
        count++;
    }
    return count;
}

static bool has_diacritics(struct sp_view folded)
{
    for (size_t i = 0; i < folded.length; i++) {
        if ((unsigned char)folded.data[i] >= 0x80) {
            return true;
        }
    }
    return false;
}

static enum sp_status expand_word(struct expansion *expansion, struct sp_view word, unsigned flags)
{
    char folded_bytes[SP_FOLDED_MAX_BYTES];
    const struct sp_word_entry *entry = NULL;
    unsigned reading_flags = (flags & SP_EXPAND_ALL_READINGS) != 0 ? SP_ANALYSE_ALL_READINGS : 0;
    enum sp_status status = sp_analyser_word(expansion->analyser, word, reading_flags, &entry);
    if (status != SP_OK) {
        return status;
    }
    bool is_known = (entry->flags & SP_TOKEN_UNKNOWN) == 0;
    struct sp_near_query query = {.word = sp_view_from(folded_bytes, entry->folded.length)};
    memcpy(folded_bytes, entry->folded.data, entry->folded.length);
    size_t letters = count_letters(query.word);
    if (is_known) {
        status = add_entry(expansion, entry, SP_ORIGIN_EXACT);
    }
    /* Whoever types one tail types them all: a known word with diacritics is meant as it stands. */
    query.diacritics =
        (flags & SP_EXPAND_DIACRITICS) != 0 && !(is_known && has_diacritics(query.word));
    if (status == SP_OK && letters > 0 && query.diacritics) {
        status = add_near(expansion, &query);
    }
    query.error = (flags & SP_EXPAND_TYPO) != 0 && letters >= ERROR_MIN_LETTERS &&
                  (expansion->count == 0 || (flags & SP_EXPAND_TYPO_EVEN_IF_KNOWN) != 0);
    if (status == SP_OK && query.error) {
        status = add_near(expansion, &query);
    }
    if (status == SP_OK && !is_known) {
        status = sp_analyser_word(expansion->analyser, word, reading_flags, &entry);
        status = status == SP_OK ? add_entry(expansion, entry, SP_ORIGIN_GUESS) : status;
    }
    return status;
}

static enum sp_status check_word(struct sp_view word, struct sp_error *err)
{
    size_t bad = sp_utf8_check(word);
    if (bad != word.length) {
        return SP_FAIL(err, SP_INVALID, "word", "Słowo nie jest w UTF-8: zły bajt na pozycji %zu.",
                       "The word is not UTF-8: bad byte at offset %zu.", bad);
    }
    if (word.length > SP_FORM_MAX_BYTES) {
        return SP_FAIL(err, SP_LIMIT, "word", "Słowo ma %zu bajtów, najwyżej wolno %d.",
                       "The word has %zu bytes; at most %d are allowed.", word.length,
                       (int)SP_FORM_MAX_BYTES);
    }
    return SP_OK;
}

enum sp_status sp_expand(struct sp_analyser *analyser, struct sp_view word, unsigned flags,
                         struct sp_arena *arena, struct sp_candidate_list *out,
                         struct sp_error *err)
{
    *out = (struct sp_candidate_list){.items = NULL, .count = 0};
    enum sp_status status = check_word(word, err);
    if (status != SP_OK || word.length == 0) {
        return status;
    }
    struct expansion expansion = {
        .analyser = analyser,
        .arena = arena,
        .items = sp_arena_calloc(arena, SP_CANDIDATES_MAX, sizeof(struct sp_candidate)),
        .forms = sp_arena_calloc(arena, FORMS_MAX, sizeof(struct near_form))};
    status = expansion.items == NULL || expansion.forms == NULL
                 ? SP_NOMEM
                 : expand_word(&expansion, word, flags);
    if (status != SP_OK) {
        return status == SP_NOMEM ? SP_FAIL_NOMEM(err) : status;
    }
    *out = (struct sp_candidate_list){.items = expansion.items, .count = expansion.count};
    return SP_OK;
}
