/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Property: any bytes either are not UTF-8, which the analysis says with the right offset, or
 * become tokens whose offsets lie inside the text, on character borders, in rising order, parts
 * inside their compound; whose folded form and lemmas are non-empty UTF-8; folding a folded form
 * changes nothing; and the same text gives the same tokens a second time, now from the cache.
 * sp_expand() on a short input gives unique lemmas in order of origin.
 */
#include <stdint.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "matcher/language/language.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define CHECK(condition)                                                                           \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            abort();                                                                               \
        }                                                                                          \
    } while (0)

struct seen {
    struct sp_view text;
    size_t start;
    size_t compound_end;
    uint64_t digest;
};

static bool is_border(struct sp_view text, size_t at)
{
    return at == text.length || ((unsigned char)text.data[at] & 0xC0) != 0x80;
}

static void digest(struct seen *seen, struct sp_view text)
{
    for (size_t i = 0; i < text.length; i++) {
        seen->digest = (seen->digest ^ (unsigned char)text.data[i]) * UINT64_C(1099511628211);
    }
    seen->digest = (seen->digest ^ 0x100) * UINT64_C(1099511628211);
}

static enum sp_status check_token(void *context, const struct sp_token *token)
{
    struct seen *seen = context;
    CHECK(token->start < token->end && token->end <= seen->text.length);
    CHECK(is_border(seen->text, token->start) && is_border(seen->text, token->end));
    CHECK(token->start >= seen->start);
    CHECK(token->form.data == seen->text.data + token->start);
    CHECK(token->form.length == token->end - token->start);
    if ((token->flags & SP_TOKEN_COMPOUND) != 0) {
        seen->compound_end = token->end;
    }
    CHECK((token->flags & SP_TOKEN_PART) == 0 || token->end <= seen->compound_end);
    CHECK(token->lemma_count >= 1 && token->lemma_count <= SP_LEMMAS_MAX);
    CHECK(sp_utf8_check(token->folded) == token->folded.length);
    for (size_t i = 0; i < token->lemma_count; i++) {
        CHECK(token->lemmas[i].length > 0);
        CHECK(sp_utf8_check(token->lemmas[i]) == token->lemmas[i].length);
        digest(seen, token->lemmas[i]);
    }
    digest(seen, token->folded);
    seen->start = token->start;
    return SP_OK;
}

static void check_folding(struct sp_analyser *analyser, struct sp_view text)
{
    struct sp_arena *arena = sp_arena_new(64 * 1024 * 1024);
    struct sp_view once;
    struct sp_view twice;
    CHECK(arena != NULL && sp_fold(analyser, text, arena, &once, NULL) == SP_OK);
    CHECK(sp_fold(analyser, once, arena, &twice, NULL) == SP_OK);
    CHECK(sp_view_equal(once, twice));
    sp_arena_free(arena);
}

static void check_expansion(struct sp_analyser *analyser, struct sp_view word)
{
    struct sp_arena *arena = sp_arena_new(4 * 1024 * 1024);
    struct sp_candidate_list list;
    CHECK(arena != NULL && sp_expand(analyser, word, SP_EXPAND_DIACRITICS | SP_EXPAND_TYPO, arena,
                                     &list, NULL) == SP_OK);
    for (size_t i = 0; i < list.count; i++) {
        CHECK(i == 0 || list.items[i - 1].origin <= list.items[i].origin);
        for (size_t k = 0; k < i; k++) {
            CHECK(!sp_view_equal(list.items[i].lemma, list.items[k].lemma));
        }
    }
    sp_arena_free(arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct sp_language *language;
    static struct sp_analyser *analyser;
    if (analyser == NULL) {
        const char *share = getenv("SPOINA_SHARE");
        CHECK(share != NULL && sp_language_open(share, &language, NULL) == SP_OK);
        CHECK(sp_analyser_new(language, &analyser, NULL) == SP_OK);
    }
    struct sp_view text = sp_view_from((const char *)data, size);
    struct seen first = {.text = text};
    struct seen second = {.text = text};
    bool is_utf8 = sp_utf8_check(text) == size;
    enum sp_status status = sp_analyse_each(analyser, text, 0, check_token, &first, NULL);
    CHECK(status == (is_utf8 ? SP_OK : SP_INVALID));
    status = sp_analyse_each(analyser, text, 0, check_token, &second, NULL);
    CHECK(first.digest == second.digest);
    if (is_utf8) {
        check_folding(analyser, text);
    }
    if (is_utf8 && size <= 40) {
        check_expansion(analyser, text);
    }
    return 0;
}
