/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * CPV codes for a text, with the words that call for each, and whether given codes fit the text.
 *
 * Three witnesses speak for a code; what they say is added up in thousandths of BM25:
 *
 *     label    x 0.5  BM25 of the code's official label and plain gloss over lemmas; a word of the
 *                     same family (the same first five letters of the lemma) counts half
 *     phrases  x 1    the worthiest phrase that names the code (code_phrases.h), and a fifth of
 * each of the next three notices  x 2    BM25 of the nearest imported notice with the code, halved
 * unless all the nearest SP_SUGGEST_NEIGHBOURS agree (lessons.h); a notice's further codes count
 * half
 *
 * Then the tree speaks: of the strongest SP_SUGGEST_HEADS, each lends every code above it 0.35 of
 * its evidence (buyers often give the general code: 45000000), and all codes of a division keep
 * between 0.7 and 1 of theirs by what the heads of the division weigh together (squared). The
 * factors were found on a development set; benchmarks/quality measures them on other notices.
 *
 * All in integers. Equal evidence is ordered by what the code itself has beside what the tree lent,
 * then the more general code, then the order of the tree; so the same tables, lessons and text give
 * the same answer everywhere.
 */
#ifndef SP_SUGGEST_SUGGEST_H
#define SP_SUGGEST_SUGGEST_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/status.h"
#include "base/view.h"
#include "matcher/suggest/lessons.h"
#include "matcher/vocabulary/vocabulary.h"

struct sp_suggester; /* labels and phrases; shared by all threads, read-only */

enum {
    SP_SUGGEST_LIMIT_DEFAULT = 10,
    SP_SUGGEST_LIMIT_MAX = 100,
    SP_SUGGEST_GIVEN_MAX = 64, /* codes of one notice to compare; the longest real list has 36 */
    SP_SUGGEST_NEIGHBOURS = 25,
    SP_SUGGEST_HEADS = 30,
    SP_BECAUSE_MAX = 5,
    SP_SUGGEST_SCORE_MAX = 1000
};

/**
 * Open the tables under @p share_dir/vocabulary.
 *
 * @param vocabulary  borrowed; must outlive the suggester
 * @param analyser    used during the call only
 * @return SP_OK; SP_NOT_FOUND (a table is missing); SP_IO; SP_CORRUPT (names file and line);
 *         SP_NOMEM
 */
SP_MUST_CHECK enum sp_status sp_suggester_open(const char *share_dir,
                                               const struct sp_vocabulary *vocabulary,
                                               struct sp_analyser *analyser,
                                               struct sp_suggester **out, struct sp_error *err);
/** NULL is accepted. */
void sp_suggester_free(struct sp_suggester *suggester);

/** What given codes are to a text. */
enum sp_agreement {
    SP_AGREEMENT_UNKNOWN, /* none was given, or the text says too little */
    SP_AGREEMENT_AGREES,  /* one of them is suggested firmly, or is near one that is */
    SP_AGREEMENT_DOUBTFUL /* the text speaks clearly, and of something else */
};

struct sp_suggestion {
    const struct sp_cpv *cpv;
    uint32_t score;                         /* 1..SP_SUGGEST_SCORE_MAX, see sp_suggest_score() */
    struct sp_view because[SP_BECAUSE_MAX]; /* words as written, those that say most first */
    size_t because_count;                   /* at least one */
};

struct sp_suggest_request {
    struct sp_view text; /* the first line is the title, what follows is the description */
    size_t limit;        /* 1..SP_SUGGEST_LIMIT_MAX; 0: SP_SUGGEST_LIMIT_DEFAULT */
    const struct sp_cpv *const *given; /* codes to compare with the text */
    size_t given_count;                /* 0..SP_SUGGEST_GIVEN_MAX */
};

struct sp_suggest_answer {
    const struct sp_suggestion *items; /* best first */
    size_t count;                      /* 0: nothing in the text calls for any code */
    enum sp_agreement agreement;
};

/**
 * Suggest codes for a text.
 *
 * @param lessons  what was learned from notices; NULL: nothing
 * @param arena    holds the answer; words are borrowed from the text. About 3 MB are needed
 * @return SP_OK; SP_INVALID (text not UTF-8); SP_LIMIT (text or list of codes too long, limit out
 *         of range); SP_NOMEM
 *
 * Thread: any, each with its analyser. Cost: well below a millisecond for a title.
 */
SP_MUST_CHECK enum sp_status
sp_suggest_codes(const struct sp_suggester *suggester, const struct sp_lessons *lessons,
                 struct sp_analyser *analyser, const struct sp_suggest_request *request,
                 struct sp_arena *arena, struct sp_suggest_answer *out, struct sp_error *err);

/** Evidence in thousandths of BM25 as a score people can read: 0 for none, 500 where one rare word
 *  or two common ones name the code, rising towards 1000 without reaching it. */
uint32_t sp_suggest_score(uint64_t evidence);

#endif
