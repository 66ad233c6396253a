/* SPDX-License-Identifier: EUPL-1.2 */
#include "benchmarks/conflation/robustness.h"

#include "base/utf8.h"
#include "benchmarks/lib/report.h"

enum { LETTERS_MAX = 64, TYPO_MIN_LETTERS = 6, ARENA_BYTES = 4 << 20 };

static const char *const alphabet[] = {"a", "ą", "b", "c", "ć", "d", "e", "ę", "f", "g", "h", "i",
                                       "j", "k", "l", "ł", "m", "n", "ń", "o", "ó", "p", "r", "s",
                                       "ś", "t", "u", "w", "y", "z", "ź", "ż", "q", "v", "x"};

/* xorshift64*: small, and the same on every machine. */
static uint64_t next_random(uint64_t *state)
{
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    return *state * UINT64_C(2685821657736338717);
}

static size_t random_below(uint64_t *state, size_t bound)
{
    return (size_t)((next_random(state) >> 33) % bound);
}

/* Split a folded word into Polish letters; 0 if it has anything else or is too long. */
static size_t split(struct sp_view word, struct sp_view letters[LETTERS_MAX])
{
    size_t count = 0;
    for (size_t at = 0; at < word.length;) {
        size_t start = at;
        (void)sp_utf8_next(word, &at);
        struct sp_view letter = sp_view_from(word.data + start, at - start);
        bool is_known = false;
        for (size_t i = 0; i < SP_COUNT(alphabet); i++) {
            is_known |= sp_view_is(letter, alphabet[i]);
        }
        if (!is_known || count == LETTERS_MAX - 1) {
            return 0;
        }
        letters[count++] = letter;
    }
    return count;
}

static void remove_at(struct sp_view *letters, size_t *count, size_t at)
{
    memmove(letters + at, letters + at + 1, (*count - at - 1) * sizeof *letters);
    (*count)--;
}

static void insert_at(struct sp_view *letters, size_t *count, size_t at, struct sp_view letter)
{
    memmove(letters + at + 1, letters + at, (*count - at) * sizeof *letters);
    letters[at] = letter;
    (*count)++;
}

/* One insertion, deletion, replacement or swap, evenly, at any place: always changes the word. */
static void make_error(struct sp_view *letters, size_t *count, uint64_t *random)
{
    size_t kind = random_below(random, 4);
    size_t at = random_below(random, *count);
    struct sp_view letter = sp_view_of(alphabet[random_below(random, SP_COUNT(alphabet))]);
    if (kind == 0) {
        insert_at(letters, count, random_below(random, *count + 1), letter);
    } else if (kind == 1) {
        remove_at(letters, count, at);
    } else if (kind == 2) {
        while (sp_view_equal(letters[at], letter)) {
            letter = sp_view_of(alphabet[random_below(random, SP_COUNT(alphabet))]);
        }
        letters[at] = letter;
    } else {
        for (size_t tries = 0; tries < *count; tries++, at++) {
            at %= *count - 1;
            if (!sp_view_equal(letters[at], letters[at + 1])) {
                struct sp_view swapped = letters[at];
                letters[at] = letters[at + 1];
                letters[at + 1] = swapped;
                return;
            }
        }
    }
}

static size_t join(const struct sp_view *letters, size_t count, char *out)
{
    size_t length = 0;
    for (size_t i = 0; i < count; i++) {
        memcpy(out + length, letters[i].data, letters[i].length);
        length += letters[i].length;
    }
    return length;
}

/* Write the changed word; 0 if this form is not tried. */
static size_t change_word(struct sp_view folded, enum robustness_change change, uint64_t *random,
                          char *out)
{
    struct sp_view letters[LETTERS_MAX];
    size_t count = split(folded, letters);
    if (count == 0) {
        return 0;
    }
    if (change == ROBUSTNESS_TYPO || change == ROBUSTNESS_TYPO_EVEN_IF_KNOWN) {
        if (count < TYPO_MIN_LETTERS) {
            return 0;
        }
        make_error(letters, &count, random);
        return join(letters, count, out);
    }
    if (change == ROBUSTNESS_AS_WRITTEN) {
        return join(letters, count, out);
    }
    size_t length = sp_strip_diacritics(folded, out);
    return change == ROBUSTNESS_STRIPPED_CHANGED && length == folded.length ? 0 : length;
}

static bool is_gold(const struct conllu_form *form, struct sp_view lemma)
{
    for (size_t i = 0; i < form->lemma_count; i++) {
        if (sp_view_equal(form->lemmas[i], lemma)) {
            return true;
        }
    }
    return false;
}

static void count_answer(const struct conllu_form *form, const struct sp_candidate_list *answer,
                         struct robustness *out)
{
    bool right = false;
    for (size_t i = 0; i < answer->count; i++) {
        right |= is_gold(form, answer->items[i].lemma);
    }
    out->tried++;
    out->right += right;
    out->first += answer->count > 0 && is_gold(form, answer->items[0].lemma);
    out->mean_count += (double)answer->count;
}

static unsigned flags_of(enum robustness_change change)
{
    switch (change) {
    case ROBUSTNESS_TYPO:
        return SP_EXPAND_DIACRITICS | SP_EXPAND_TYPO;
    case ROBUSTNESS_TYPO_EVEN_IF_KNOWN:
        return SP_EXPAND_DIACRITICS | SP_EXPAND_TYPO | SP_EXPAND_TYPO_EVEN_IF_KNOWN;
    default:
        return SP_EXPAND_DIACRITICS;
    }
}

enum sp_status robustness_measure(const struct conllu *corpus, struct sp_analyser *analyser,
                                  enum robustness_change change, uint64_t seed,
                                  struct robustness *out, struct sp_error *err)
{
    struct sp_arena *arena = sp_arena_new(ARENA_BYTES);
    if (arena == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    *out = (struct robustness){.tried = 0};
    enum sp_status status = SP_OK;
    uint64_t spent_ns = 0;
    for (size_t i = 0; i < corpus->form_count && status == SP_OK; i++) {
        char word[8 * LETTERS_MAX];
        struct sp_view folded;
        struct sp_candidate_list answer;
        status = sp_fold(analyser, corpus->forms[i].form, arena, &folded, err);
        size_t length = status != SP_OK || folded.length > sizeof word
                            ? 0
                            : change_word(folded, change, &seed, word);
        if (length > 0) {
            uint64_t start_ns = timing_now_ns();
            status = sp_expand(analyser, sp_view_from(word, length), flags_of(change), arena,
                               &answer, err);
            spent_ns += timing_now_ns() - start_ns;
            if (status == SP_OK) {
                count_answer(&corpus->forms[i], &answer, out);
            }
        }
        sp_arena_reset(arena);
    }
    if (out->tried > 0) {
        out->mean_count /= (double)out->tried;
        out->mean_us = (double)spent_ns / 1000.0 / (double)out->tried;
    }
    sp_arena_free(arena);
    return status;
}
