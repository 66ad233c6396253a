/* SPDX-License-Identifier: EUPL-1.2 */
/** @file Words and sentences; see reading.h. */
#include "matcher/extraction/reading.h"

#include <stdlib.h>

#include "matcher/extraction/numbers.h"

bool sp_word_is(const struct sp_word *word, const char *lemma)
{
    for (size_t i = 0; i < word->token->lemma_count; i++) {
        if (sp_view_is(word->token->lemmas[i], lemma)) {
            return true;
        }
    }
    return false;
}

bool sp_word_form_is(const struct sp_word *word, const char *form)
{
    return sp_view_is(word->token->folded, form);
}

struct sp_view sp_reading_gap(const struct sp_reading *reading, size_t index)
{
    if (index + 1 >= reading->count) {
        return sp_view_from(NULL, 0);
    }
    size_t start = reading->words[index].token->end;
    return sp_view_from(reading->text.data + start, reading->words[index + 1].token->start - start);
}

struct sp_view sp_reading_slice(const struct sp_reading *reading, size_t first, size_t last)
{
    size_t start = reading->words[first].token->start;
    return sp_view_from(reading->text.data + start, reading->words[last].token->end - start);
}

bool sp_gap_has(struct sp_view gap, const char *sign)
{
    size_t length = strlen(sign);
    for (size_t i = 0; i + length <= gap.length; i++) {
        if (memcmp(gap.data + i, sign, length) == 0) {
            return true;
        }
    }
    return false;
}

size_t sp_reading_sentence_end(const struct sp_reading *reading, size_t index)
{
    size_t end = index;
    while (end < reading->count && reading->words[end].sentence == reading->words[index].sentence) {
        end++;
    }
    return end;
}

/** True if a sentence ends in the gap after @p word: a line, a semicolon, a question; a full stop
 *  before a capital, a digit or a dash. The dot of an abbreviation is inside its token. */
static bool ends_sentence(struct sp_view gap, const struct sp_token *next)
{
    if (sp_gap_has(gap, "\n") || sp_gap_has(gap, ";") || sp_gap_has(gap, "?") ||
        sp_gap_has(gap, "!")) {
        return true;
    }
    return sp_gap_has(gap, ".") && sp_gap_has(gap, " ") &&
           ((next->flags & (SP_TOKEN_CAPITAL | SP_TOKEN_NUMBER)) != 0 || sp_gap_has(gap, "—"));
}

enum sp_status sp_reading_make(struct sp_analyser *analyser, struct sp_view text,
                               struct sp_arena *arena, struct sp_reading *out, struct sp_error *err)
{
    *out = (struct sp_reading){.text = text};
    enum sp_status status = sp_analyse(analyser, text, 0, arena, &out->tokens, err);
    if (status != SP_OK) {
        return status;
    }
    out->words = sp_arena_calloc(arena, out->tokens.count, sizeof *out->words);
    if (out->words == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    uint32_t sentence = 0;
    size_t first = 0; /* word of the sentence */
    for (size_t i = 0; i < out->tokens.count; i++) {
        const struct sp_token *token = &out->tokens.tokens[i];
        if ((token->flags & SP_TOKEN_PART) != 0) {
            continue;
        }
        if (out->count > 0) {
            size_t end = out->words[out->count - 1].token->end;
            struct sp_view gap = sp_view_from(text.data + end, token->start - end);
            if (ends_sentence(gap, token) || out->count - first == SP_SENTENCE_WORDS_MAX) {
                sentence++;
                first = out->count;
            }
        }
        struct sp_word *word = &out->words[out->count++];
        word->token = token;
        word->sentence = sentence;
        sp_number_read(word);
    }
    out->sentence_count = out->count == 0 ? 0 : sentence + 1;
    return SP_OK;
}
