/* SPDX-License-Identifier: EUPL-1.2 */
/** @file Weighing what speaks for each code; the rule is in suggest.h. */
#include <stdio.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "matcher/search/bm25.h"
#include "matcher/suggest/label_terms.h"
#include "matcher/suggest/suggest_priv.h"

enum {
    TITLE_GROUPS_MAX = 64, /* words of the title that are looked up; both fit SP_GROUPS_MAX */
    DESCRIPTION_GROUPS_MAX = 60,
    LABELS_MAX = 100, /* best labels that are considered without any other witness */
    FAMILY_PERMILLE = 500,
    FORM_WORD_PERMILLE = 300,   /* as the search has it (search_words.c) */
    DESCRIPTION_PERMILLE = 200, /* of a word of the description */
    FURTHER_PHRASE_PERMILLE = 200,
    DIVISION_PERMILLE = 300, /* of the evidence, that depends on the division */
    DIVISIONS = 100
};

static uint32_t word_permille(const struct sp_suggest_word *word)
{
    uint32_t permille = word->in_title ? SP_WEIGHT_FULL : DESCRIPTION_PERMILLE;
    return word->says_how ? permille * FORM_WORD_PERMILLE / 1000 : permille;
}

static void add_member(const struct sp_index *index, struct sp_view text, uint32_t permille,
                       struct sp_index_member *members, size_t *count)
{
    struct sp_term term;
    if (*count < SP_GROUP_MEMBERS_MAX && sp_index_find(index, text, &term)) {
        members[(*count)++] = (struct sp_index_member){term, permille};
    }
}

/* The terms of @p index that one word stands for. */
static enum sp_status make_group(const struct sp_evidence *evidence, const struct sp_index *index,
                                 const struct sp_suggest_word *word, bool with_families,
                                 struct sp_index_group *group)
{
    size_t most = word->lemma_count * 2;
    struct sp_index_member *members = sp_arena_calloc(evidence->arena, most, sizeof *members);
    if (members == NULL) {
        return SP_FAIL_NOMEM(evidence->err);
    }
    uint32_t permille = word_permille(word);
    size_t count = 0;
    for (size_t i = 0; i < word->lemma_count; i++) {
        char family[SP_FAMILY_MAX_BYTES];
        add_member(index, word->lemmas[i], permille, members, &count);
        if (with_families) {
            add_member(index, sp_label_family(word->lemmas[i], family),
                       permille * FAMILY_PERMILLE / 1000, members, &count);
        }
    }
    *group = (struct sp_index_group){members, count};
    return SP_OK;
}

static enum sp_status make_groups(const struct sp_evidence *evidence, const struct sp_index *index,
                                  bool with_families, struct sp_word_groups *out)
{
    const struct sp_suggest_text *text = evidence->text;
    size_t most = TITLE_GROUPS_MAX + DESCRIPTION_GROUPS_MAX;
    out->groups = sp_arena_calloc(evidence->arena, most, sizeof *out->groups);
    out->words = sp_arena_calloc(evidence->arena, most, sizeof *out->words);
    if (out->groups == NULL || out->words == NULL) {
        return SP_FAIL_NOMEM(evidence->err);
    }
    size_t left[] = {DESCRIPTION_GROUPS_MAX, TITLE_GROUPS_MAX};
    enum sp_status status = SP_OK;
    for (size_t i = 0; i < text->word_count && status == SP_OK; i++) {
        size_t *room = &left[text->words[i].in_title ? 1 : 0];
        if (*room > 0) {
            (*room)--;
            out->words[out->count] = (uint32_t)i;
            status = make_group(evidence, index, &text->words[i], with_families,
                                &out->groups[out->count++]);
        }
    }
    return status;
}

static struct sp_code_evidence *touch(struct sp_evidence *evidence, uint32_t code)
{
    struct sp_code_evidence *found = &evidence->of[code];
    if (!found->is_touched) {
        found->is_touched = true;
        found->lender = SP_NO_CODE;
        evidence->touched[evidence->touched_count++] = code;
    }
    return found;
}

static enum sp_status add_labels(struct sp_evidence *evidence)
{
    const struct sp_index *labels = evidence->suggester->labels;
    struct sp_index_hit hits[LABELS_MAX];
    size_t count = 0;
    enum sp_status status = make_groups(evidence, labels, true, &evidence->label_groups);
    if (status != SP_OK) {
        return status;
    }
    struct sp_index_query query = {.groups = evidence->label_groups.groups,
                                   .group_count = evidence->label_groups.count,
                                   .k = LABELS_MAX};
    status = sp_index_top(labels, &query, evidence->arena, hits, &count, evidence->err);
    for (size_t i = 0; i < count && status == SP_OK; i++) {
        touch(evidence, (uint32_t)sp_index_document(labels, hits[i].document)->id - 1);
    }
    return status;
}

static void add_phrase(struct sp_code_evidence *found, uint32_t worth)
{
    for (size_t i = 0; i < SP_EVIDENCE_PHRASES; i++) {
        if (worth > found->phrases[i]) {
            uint32_t smaller = found->phrases[i];
            found->phrases[i] = worth;
            worth = smaller;
        }
    }
}

static enum sp_status add_phrases(struct sp_evidence *evidence)
{
    const struct sp_code_phrases *phrases = evidence->suggester->phrases;
    enum sp_status status =
        sp_code_phrases_scan(phrases, evidence->text, evidence->arena, &evidence->hits,
                             &evidence->hit_count, evidence->err);
    for (size_t i = 0; i < evidence->hit_count && status == SP_OK; i++) {
        size_t count;
        const struct sp_phrase_code *codes =
            sp_code_phrases_codes(phrases, evidence->hits[i].phrase, &count);
        for (size_t k = 0; k < count; k++) {
            uint64_t worth = (uint64_t)evidence->hits[i].worth * codes[k].permille / 1000;
            add_phrase(touch(evidence, codes[k].code), (uint32_t)worth);
        }
    }
    return status;
}

static void add_notice(struct sp_evidence *evidence, const struct sp_index_hit *hit)
{
    const struct sp_suggester *suggester = evidence->suggester;
    const struct sp_index_document *document = sp_index_document(evidence->lessons, hit->document);
    for (uint32_t i = 0; i < document->cpv_count; i++) {
        char digits[16];
        (void)snprintf(digits, sizeof digits, "%08u", (unsigned)document->cpv[i]);
        const struct sp_cpv *cpv = sp_cpv_find(suggester->vocabulary->cpv, sp_view_of(digits));
        if (cpv == NULL) {
            continue; /* lessons of other tables: a code that is no more */
        }
        uint32_t worth = sp_bm25_milli(hit->score) / (i == 0 ? 1 : 2);
        struct sp_code_evidence *found = touch(evidence, (uint32_t)(cpv - suggester->codes));
        found->votes += (uint64_t)worth * worth;
        if (worth > found->notice) {
            found->notice = worth;
            found->notice_document = hit->document;
        }
    }
}

static enum sp_status add_notices(struct sp_evidence *evidence, uint64_t *votes)
{
    *votes = 0;
    if (evidence->lessons == NULL) {
        return SP_OK;
    }
    struct sp_index_hit hits[SP_SUGGEST_NEIGHBOURS];
    size_t count = 0;
    enum sp_status status =
        make_groups(evidence, evidence->lessons, false, &evidence->notice_groups);
    if (status != SP_OK) {
        return status;
    }
    struct sp_index_query query = {.groups = evidence->notice_groups.groups,
                                   .group_count = evidence->notice_groups.count,
                                   .k = SP_SUGGEST_NEIGHBOURS};
    status = sp_index_top(evidence->lessons, &query, evidence->arena, hits, &count, evidence->err);
    for (size_t i = 0; i < count && status == SP_OK; i++) {
        uint64_t worth = sp_bm25_milli(hits[i].score);
        *votes += worth * worth;
        add_notice(evidence, &hits[i]);
    }
    return status;
}

static uint64_t label_evidence(const struct sp_evidence *evidence, uint32_t code)
{
    const struct sp_suggester *suggester = evidence->suggester;
    struct sp_index_part parts[TITLE_GROUPS_MAX + DESCRIPTION_GROUPS_MAX];
    struct sp_index_query query = {.groups = evidence->label_groups.groups,
                                   .group_count = evidence->label_groups.count};
    sp_index_explain(suggester->labels, &query, suggester->document_of_code[code], parts);
    uint64_t sum = 0;
    for (size_t i = 0; i < query.group_count; i++) {
        sum += parts[i].contribution;
    }
    return sum * 1000 / SP_SCORE_ONE;
}

static void sum_up(const struct sp_evidence *evidence, uint32_t code, uint64_t votes)
{
    struct sp_code_evidence *found = &evidence->of[code];
    found->own = label_evidence(evidence, code) * SP_LABEL_PERMILLE / 1000;
    found->own += found->phrases[0];
    for (size_t i = 1; i < SP_EVIDENCE_PHRASES; i++) {
        found->own += (uint64_t)found->phrases[i] * FURTHER_PHRASE_PERMILLE / 1000;
    }
    if (found->notice > 0) {
        SP_ASSERT(votes > 0); /* found->notice is one of those summed up */
        uint64_t share = found->votes * 500 / votes + 500;
        found->own += found->notice * share / 1000 * SP_NOTICE_PERMILLE / 1000;
    }
}

/* What compare_* compares: qsort() has no context, so each item carries its own. */
struct ranked {
    uint64_t first;
    uint64_t second;
    uint32_t significant;
    uint32_t code;
};

static int compare_ranked(const void *left, const void *right)
{
    const struct ranked *a = left;
    const struct ranked *b = right;
    if (a->first != b->first) {
        return a->first > b->first ? -1 : 1;
    }
    if (a->second != b->second) {
        return a->second > b->second ? -1 : 1;
    }
    if (a->significant != b->significant) {
        return a->significant < b->significant ? -1 : 1;
    }
    return a->code < b->code ? -1 : a->code > b->code;
}

/* Sort the touched codes by total, or by own evidence while totals are not there yet. */
static enum sp_status sort_touched(struct sp_evidence *evidence)
{
    struct ranked *items =
        sp_arena_calloc(evidence->arena, evidence->touched_count + 1, sizeof *items);
    if (items == NULL) {
        return SP_FAIL_NOMEM(evidence->err);
    }
    for (size_t i = 0; i < evidence->touched_count; i++) {
        uint32_t code = evidence->touched[i];
        const struct sp_code_evidence *found = &evidence->of[code];
        items[i] = (struct ranked){.first = found->total,
                                   .second = found->own,
                                   .significant = evidence->suggester->codes[code].significant,
                                   .code = code};
    }
    qsort(items, evidence->touched_count, sizeof *items, compare_ranked);
    for (size_t i = 0; i < evidence->touched_count; i++) {
        evidence->touched[i] = items[i].code;
    }
    return SP_OK;
}

static unsigned division_of(const struct sp_evidence *evidence, uint32_t code)
{
    const char *digits = evidence->suggester->codes[code].code;
    return (unsigned)(digits[0] - '0') * 10 + (unsigned)(digits[1] - '0');
}

/* Let the heads, the first @p count touched, lend evidence to the codes above them. */
static void lend(struct sp_evidence *evidence, size_t count, uint64_t votes)
{
    const struct sp_suggester *suggester = evidence->suggester;
    for (size_t i = 0; i < count; i++) {
        uint32_t head = evidence->touched[i];
        uint64_t own = evidence->of[head].own;
        for (const struct sp_cpv *above = suggester->codes[head].parent; above != NULL;
             above = above->parent) {
            uint32_t code = (uint32_t)(above - suggester->codes);
            bool is_new = !evidence->of[code].is_touched;
            struct sp_code_evidence *found = touch(evidence, code);
            if (is_new) {
                sum_up(evidence, code, votes);
            }
            if (own > found->lent) {
                found->lent = own;
                found->lender = head;
            }
        }
    }
}

static void weigh_divisions(struct sp_evidence *evidence, size_t head_count)
{
    uint64_t mass[DIVISIONS] = {0};
    uint64_t most = 1;
    for (size_t i = 0; i < head_count; i++) {
        uint64_t own = evidence->of[evidence->touched[i]].own;
        uint64_t *of_division = &mass[division_of(evidence, evidence->touched[i])];
        *of_division += own * own;
        most = *of_division > most ? *of_division : most;
    }
    for (size_t i = 0; i < evidence->touched_count; i++) {
        uint32_t code = evidence->touched[i];
        struct sp_code_evidence *found = &evidence->of[code];
        uint64_t share = mass[division_of(evidence, code)] * DIVISION_PERMILLE / most;
        uint64_t sum = found->own + found->lent * SP_LENT_PERMILLE / 1000;
        found->total = sum * (1000 - DIVISION_PERMILLE + share) / 1000;
    }
}

enum sp_status sp_evidence_weigh(struct sp_evidence *evidence)
{
    size_t code_count = evidence->suggester->code_count;
    uint64_t votes = 0;
    evidence->of = sp_arena_calloc(evidence->arena, code_count, sizeof *evidence->of);
    evidence->touched = sp_arena_calloc(evidence->arena, code_count, sizeof *evidence->touched);
    if (evidence->of == NULL || evidence->touched == NULL) {
        return SP_FAIL_NOMEM(evidence->err);
    }
    enum sp_status status = add_labels(evidence);
    if (status == SP_OK) {
        status = add_phrases(evidence);
    }
    if (status == SP_OK) {
        status = add_notices(evidence, &votes);
    }
    for (size_t i = 0; i < evidence->touched_count && status == SP_OK; i++) {
        sum_up(evidence, evidence->touched[i], votes);
    }
    if (status == SP_OK) {
        status = sort_touched(evidence);
    }
    if (status != SP_OK) {
        return status;
    }
    size_t head_count =
        evidence->touched_count < SP_SUGGEST_HEADS ? evidence->touched_count : SP_SUGGEST_HEADS;
    lend(evidence, head_count, votes);
    weigh_divisions(evidence, head_count);
    return sort_touched(evidence);
}
