/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * What the files of this folder share: the tables, and the evidence for each code while one text is
 * weighed.
 */
#ifndef SP_SUGGEST_SUGGEST_PRIV_H
#define SP_SUGGEST_SUGGEST_PRIV_H

#include "matcher/search/top.h"
#include "matcher/suggest/code_phrases.h"
#include "matcher/suggest/suggest.h"

enum {
    SP_EVIDENCE_PHRASES = 4, /* phrases that count for a code */
    SP_LABEL_PERMILLE = 500,
    SP_NOTICE_PERMILLE = 2000,
    SP_LENT_PERMILLE = 350
};

#define SP_NO_CODE UINT32_MAX

struct sp_suggester {
    const struct sp_vocabulary *vocabulary;
    const struct sp_cpv *codes; /* sp_cpv_all() */
    size_t code_count;
    struct sp_index *labels;    /* document id: place of the code + 1 */
    uint32_t *document_of_code; /* heap; in labels */
    struct sp_code_phrases *phrases;
};

/** What speaks for one code. Everything in thousandths of BM25. */
struct sp_code_evidence {
    bool is_touched;
    uint32_t phrases[SP_EVIDENCE_PHRASES]; /* best first */
    uint32_t notice;                       /* the nearest notice with it */
    uint64_t votes;                        /* squares of all the nearest with it */
    uint32_t notice_document;              /* in the lessons */
    uint64_t own;                          /* all of the above and the label, weighed */
    uint64_t lent;                         /* by the strongest head below it */
    uint32_t lender;                       /* that head, or SP_NO_CODE */
    uint64_t total;
};

/** The words of a text as groups of an index's terms. */
struct sp_word_groups {
    struct sp_index_group *groups;
    uint32_t *words; /* of each group: number in the text */
    size_t count;
};

struct sp_evidence {
    const struct sp_suggester *suggester;
    const struct sp_index *lessons; /* NULL: none */
    const struct sp_suggest_text *text;
    struct sp_arena *arena;
    struct sp_code_evidence *of; /* by place of the code */
    uint32_t *touched;           /* places of codes for which something speaks */
    size_t touched_count;
    struct sp_word_groups label_groups;
    struct sp_word_groups notice_groups;
    struct sp_phrase_hit *hits;
    size_t hit_count;
    struct sp_error *err;
};

/** Weigh all witnesses and the tree; afterwards touched is sorted, the strongest total first. */
SP_MUST_CHECK enum sp_status sp_evidence_weigh(struct sp_evidence *evidence);

/** Fill the words of @p suggestion that speak for its code; none if only words speak that say how.
 */
SP_MUST_CHECK enum sp_status sp_evidence_explain(const struct sp_evidence *evidence, uint32_t code,
                                                 struct sp_suggestion *suggestion);

#endif
