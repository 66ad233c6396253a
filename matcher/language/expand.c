/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * sp_expand(): the lemmas that a query word may mean.
 */
#include "base/utf8.h"
#include "matcher/language/analyser_priv.h"

enum sp_status sp_expand(struct sp_analyser *analyser, struct sp_view word, unsigned flags,
                         struct sp_arena *arena, struct sp_candidate_list *out,
                         struct sp_error *err)
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
    *out = (struct sp_candidate_list){.items = NULL, .count = 0};
    if (word.length == 0) {
        return SP_OK;
    }
    const struct sp_word_entry *entry = NULL;
    unsigned reading_flags = (flags & SP_EXPAND_ALL_READINGS) != 0 ? SP_ANALYSE_ALL_READINGS : 0;
    enum sp_status status = sp_analyser_word(analyser, word, reading_flags, &entry);
    if (status != SP_OK) {
        return status;
    }
    struct sp_candidate *items = sp_arena_calloc(arena, entry->lemma_count, sizeof *items);
    if (items == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    bool is_known = (entry->flags & SP_TOKEN_UNKNOWN) == 0;
    for (size_t i = 0; i < entry->lemma_count; i++) {
        const char *lemma = sp_arena_copy(arena, entry->lemmas[i]);
        const char *form = sp_arena_copy(arena, entry->folded);
        if (lemma == NULL || form == NULL) {
            return SP_FAIL_NOMEM(err);
        }
        items[i] = (struct sp_candidate){
            .lemma = sp_view_from(lemma, entry->lemmas[i].length),
            .form = sp_view_from(form, entry->folded.length),
            .origin = is_known ? SP_ORIGIN_EXACT : SP_ORIGIN_GUESS,
        };
    }
    *out = (struct sp_candidate_list){.items = items, .count = entry->lemma_count};
    return SP_OK;
}
