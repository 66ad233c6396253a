/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * The baseline, in the plainest way: words are runs of letters and digits in lower case, nothing is
 * left out, k1 = 1.2, b = 0.75, and every label is scored.
 */
#include "benchmarks/quality/baseline.h"

#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/utf8.h"
#include "matcher/language/language.h"
#include "matcher/vocabulary/keys.h"

enum { PREFIX_LETTERS = 5, ARENA_BYTES = 64 << 20 };

struct baseline {
    const struct sp_cpv *codes;
    size_t code_count;
    struct sp_arena *arena;
    struct sp_arena *scratch;
    struct sp_keys *counts; /* [n]: prefix -> codes with at least n + 1 of it */
    uint32_t *lengths;
    double average;
    double *scores;
};

enum { TF_MAX = 8 };

/* Letters and digits; of other scripts only what Polish uses. */
static bool is_word_letter(uint32_t letter)
{
    return (letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'z') || letter == '_' ||
           (letter >= 0xC0 && letter <= 0x24F && letter != 0xD7 && letter != 0xF7);
}

/* Cut the next word's prefix off the folded text. */
static bool next_prefix(struct sp_view text, size_t *at, struct sp_view *prefix)
{
    size_t start = SIZE_MAX;
    size_t letters = 0;
    size_t end = 0;
    while (*at < text.length) {
        size_t before = *at;
        uint32_t letter = sp_utf8_next(text, at);
        if (is_word_letter(letter)) {
            start = start == SIZE_MAX ? before : start;
            end = letters++ < PREFIX_LETTERS ? *at : end;
        } else if (start != SIZE_MAX) {
            break;
        }
    }
    *prefix = start == SIZE_MAX ? sp_view_of("") : sp_view_from(text.data + start, end - start);
    return start != SIZE_MAX;
}

static enum sp_status add_label(struct baseline *baseline, struct sp_analyser *analyser,
                                uint32_t code, struct sp_error *err)
{
    struct sp_view folded;
    struct sp_view prefix;
    struct sp_view seen[64];
    size_t seen_count = 0;
    enum sp_status status =
        sp_fold(analyser, sp_view_of(baseline->codes[code].polish), baseline->arena, &folded, err);
    for (size_t at = 0; status == SP_OK && next_prefix(folded, &at, &prefix);) {
        size_t before = 0;
        for (size_t i = 0; i < seen_count; i++) {
            before += sp_view_equal(seen[i], prefix) ? 1 : 0;
        }
        if (seen_count < SP_COUNT(seen)) {
            seen[seen_count++] = prefix;
        }
        sp_keys_add(&baseline->counts[before < TF_MAX ? before : TF_MAX - 1], prefix, code);
        baseline->lengths[code]++;
    }
    return status;
}

enum sp_status baseline_new(const struct sp_cpv_tree *tree, struct sp_analyser *analyser,
                            struct baseline **out, struct sp_error *err)
{
    struct baseline *baseline = sp_calloc(1, sizeof *baseline);
    if (baseline == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    baseline->codes = sp_cpv_all(tree, &baseline->code_count);
    baseline->arena = sp_arena_new(ARENA_BYTES);
    baseline->scratch = sp_arena_new(ARENA_BYTES);
    baseline->counts = sp_calloc(TF_MAX, sizeof *baseline->counts);
    baseline->lengths = sp_calloc(baseline->code_count, sizeof *baseline->lengths);
    baseline->scores = sp_calloc(baseline->code_count, sizeof *baseline->scores);
    enum sp_status status = baseline->arena == NULL || baseline->scratch == NULL ||
                                    baseline->counts == NULL || baseline->lengths == NULL ||
                                    baseline->scores == NULL
                                ? SP_FAIL_NOMEM(err)
                                : SP_OK;
    for (uint32_t i = 0; i < baseline->code_count && status == SP_OK; i++) {
        status = add_label(baseline, analyser, i, err);
        baseline->average += baseline->lengths[i] / (double)baseline->code_count;
    }
    for (size_t i = 0; i < TF_MAX && status == SP_OK; i++) {
        status = sp_keys_seal(&baseline->counts[i]);
    }
    if (status != SP_OK) {
        baseline_free(baseline);
        return status;
    }
    *out = baseline;
    return SP_OK;
}

void baseline_free(struct baseline *baseline)
{
    if (baseline != NULL) {
        for (size_t i = 0; i < TF_MAX && baseline->counts != NULL; i++) {
            sp_keys_release(&baseline->counts[i]);
        }
        sp_free(baseline->counts);
        sp_free(baseline->lengths);
        sp_free(baseline->scores);
        sp_arena_free(baseline->scratch);
        sp_arena_free(baseline->arena);
        sp_free(baseline);
    }
}

static void add_word(struct baseline *baseline, struct sp_view prefix)
{
    size_t frequency = 0;
    (void)sp_keys_find(&baseline->counts[0], prefix, &frequency);
    double weight = log(((double)baseline->code_count + 1) / ((double)frequency + 0.5)) * 2.2;
    double before = 0;
    for (size_t tf = 1; tf <= TF_MAX; tf++) {
        size_t count = 0;
        const struct sp_key *key = sp_keys_find(&baseline->counts[tf - 1], prefix, &count);
        for (size_t i = 0; i < count; i++) { /* turn the score for tf - 1 into that for tf */
            uint32_t code = key[i].value;
            double k = 0.3 + 0.9 * baseline->lengths[code] / baseline->average;
            double now = (double)tf / ((double)tf + k);
            before = ((double)tf - 1) / ((double)tf - 1 + k);
            baseline->scores[code] += weight * (now - before);
        }
    }
}

enum sp_status baseline_find(struct baseline *baseline, struct sp_analyser *analyser,
                             struct sp_view text, const struct sp_cpv **codes, size_t max,
                             size_t *count, struct sp_error *err)
{
    struct sp_view folded;
    struct sp_view prefix;
    sp_arena_reset(baseline->scratch);
    enum sp_status status = sp_fold(analyser, text, baseline->scratch, &folded, err);
    if (status != SP_OK) {
        return status;
    }
    for (size_t i = 0; i < baseline->code_count; i++) {
        baseline->scores[i] = 0;
    }
    for (size_t at = 0; next_prefix(folded, &at, &prefix);) {
        add_word(baseline, prefix);
    }
    *count = 0;
    while (*count < max) {
        size_t best = 0;
        for (size_t i = 1; i < baseline->code_count; i++) {
            best = baseline->scores[i] > baseline->scores[best] ? i : best;
        }
        if (baseline->scores[best] <= 0) {
            break;
        }
        codes[(*count)++] = &baseline->codes[best];
        baseline->scores[best] = 0;
    }
    return SP_OK;
}
