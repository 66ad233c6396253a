/* SPDX-License-Identifier: EUPL-1.2 */
/** @file Which words of the text speak for a code, and how loudly. */
#include "matcher/search/bm25.h"

#include "matcher/suggest/suggest_priv.h"

enum { FAINT_PART = 10 /* a word that says less than a tenth of the loudest is not named */ };

/* Add what each group gave to @p document, times @p permille. */
static void add_parts(const struct sp_index *index, const struct sp_word_groups *groups,
                      uint32_t document, uint64_t permille, uint64_t *loudness)
{
    struct sp_index_part parts[SP_GROUPS_MAX];
    struct sp_index_query query = {.groups = groups->groups, .group_count = groups->count};
    sp_index_explain(index, &query, document, parts);
    for (size_t i = 0; i < groups->count; i++) {
        loudness[groups->words[i]] += sp_bm25_milli(parts[i].contribution) * permille / 1000;
    }
}

static bool means(const struct sp_code_phrases *phrases, uint32_t phrase, uint32_t code)
{
    size_t count;
    const struct sp_phrase_code *codes = sp_code_phrases_codes(phrases, phrase, &count);
    for (size_t i = 0; i < count; i++) {
        if (codes[i].code == code) {
            return true;
        }
    }
    return false;
}

/* A phrase's worth belongs to its words in equal parts. */
static void add_phrase(const struct sp_evidence *evidence, const struct sp_phrase_hit *hit,
                       uint64_t permille, uint64_t *loudness)
{
    const struct sp_suggest_text *text = evidence->text;
    const struct sp_code_phrases *phrases = evidence->suggester->phrases;
    uint64_t among = 0;
    for (size_t i = 0; i < text->word_count; i++) {
        among += sp_code_phrases_has(phrases, hit->phrase, &text->words[i]) ? 1 : 0;
    }
    for (size_t i = 0; i < text->word_count && among > 0; i++) {
        if (sp_code_phrases_has(phrases, hit->phrase, &text->words[i])) {
            loudness[i] += hit->worth * permille / 1000 / among;
        }
    }
}

/* Add everything that speaks for @p code itself. */
static void add_code(const struct sp_evidence *evidence, uint32_t code, uint64_t permille,
                     uint64_t *loudness)
{
    const struct sp_suggester *suggester = evidence->suggester;
    const struct sp_code_evidence *found = &evidence->of[code];
    add_parts(suggester->labels, &evidence->label_groups, suggester->document_of_code[code],
              permille * SP_LABEL_PERMILLE / 1000, loudness);
    for (size_t i = 0; i < evidence->hit_count && found->phrases[0] > 0; i++) {
        if (means(suggester->phrases, evidence->hits[i].phrase, code)) {
            add_phrase(evidence, &evidence->hits[i], permille, loudness);
        }
    }
    if (found->notice > 0) {
        add_parts(evidence->lessons, &evidence->notice_groups, found->notice_document,
                  permille * SP_NOTICE_PERMILLE / 1000, loudness);
    }
}

/* Tell whether a word that says what, not only how, speaks at all. */
static bool says_what(const struct sp_suggest_text *text, const uint64_t *loudness)
{
    for (size_t i = 0; i < text->word_count; i++) {
        if (loudness[i] > 0 && !text->words[i].says_how) {
            return true;
        }
    }
    return false;
}

enum sp_status sp_evidence_explain(const struct sp_evidence *evidence, uint32_t code,
                                   struct sp_suggestion *suggestion)
{
    const struct sp_suggest_text *text = evidence->text;
    uint64_t *loudness = sp_arena_calloc(evidence->arena, text->word_count + 1, sizeof *loudness);
    if (loudness == NULL) {
        return SP_FAIL_NOMEM(evidence->err);
    }
    add_code(evidence, code, 1000, loudness);
    if (evidence->of[code].lender != SP_NO_CODE) {
        add_code(evidence, evidence->of[code].lender, SP_LENT_PERMILLE, loudness);
    }
    uint64_t loudest = 0;
    suggestion->because_count = 0;
    if (!says_what(text, loudness)) {
        return SP_OK;
    }
    while (suggestion->because_count < SP_BECAUSE_MAX) {
        size_t best = 0;
        for (size_t i = 1; i < text->word_count; i++) {
            best = loudness[i] > loudness[best] ? i : best;
        }
        loudest = loudness[best] > loudest ? loudness[best] : loudest;
        if (loudness[best] == 0 || loudness[best] * FAINT_PART < loudest) {
            break;
        }
        suggestion->because[suggestion->because_count++] = text->words[best].form;
        loudness[best] = 0;
    }
    return SP_OK;
}
