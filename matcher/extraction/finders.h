/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * What the finders share: the reading, its cues, and the facts under way. Only this folder includes
 * it.
 *
 * Finders run in the order of declaration: what one has taken (a date, a sum of money) is marked in
 * the words, so that the next does not read it as something else.
 */
#ifndef SP_EXTRACTION_FINDERS_H
#define SP_EXTRACTION_FINDERS_H

#include "matcher/extraction/cues.h"
#include "matcher/extraction/extraction.h"
#include "matcher/extraction/numbers.h"

enum { SP_CERTAIN = 900, SP_LIKELY = 700, SP_POSSIBLE = 500 };

/** Bit of a cue in a set of cues. */
#define SP_CUE_BIT(cue) ((uint64_t)1 << (cue))

struct sp_finding {
    const struct sp_extraction_tools *tools;
    struct sp_arena *arena;
    struct sp_reading *reading;
    struct sp_cue_hit_list cues;
    uint64_t *sentence_cues; /* sets of cues by sentence, with what its heading says */
    bool *demanding;         /* by sentence: a condition was found in it; its numbers are taken */
    struct sp_fact *facts;
    size_t count;
    size_t capacity;
    struct sp_error *err;
};

/** A fact of words @p first..@p last with all other members unknown. */
struct sp_fact sp_fact_of(const struct sp_finding *finding, enum sp_fact_kind kind, size_t first,
                          size_t last, uint32_t confidence);

/** Add @p fact. @return SP_OK; SP_NOMEM */
SP_MUST_CHECK enum sp_status sp_fact_add(struct sp_finding *finding, const struct sp_fact *fact);

/** True if the sentence of word @p index has one of @p cues. */
bool sp_sentence_has(const struct sp_finding *finding, size_t index, uint64_t cues);

/** True if word @p index stands in the name of a law: "ustawa z dnia 13 września 1996 r. o ...". */
bool sp_of_a_law(const struct sp_reading *reading, size_t index);

/** True if the number at word @p index is the number of something: "art. 94", "poz. 2019", "3)". */
bool sp_ordinal_at(const struct sp_reading *reading, size_t index);

/** True if the number at word @p index is a percentage: "30 %", "30 proc.". */
bool sp_percent_at(const struct sp_reading *reading, size_t index);

/**
 * Read a sum of money that begins at word @p index: "100 000 zł", "1,5 mln PLN".
 *
 * @param last  its last word
 * @return false if there is none, or not in złoty
 */
bool sp_money_at(const struct sp_reading *reading, size_t index, int64_t *grosz, size_t *last);

/** Find the first sum of money in words @p from..@p to - 1. @return its first word; SIZE_MAX */
size_t sp_money_between(const struct sp_reading *reading, size_t from, size_t to, int64_t *grosz,
                        size_t *last);

/** Mark words @p first..@p last as taken. */
void sp_words_use(struct sp_reading *reading, size_t first, size_t last);

SP_MUST_CHECK enum sp_status sp_find_lots(struct sp_finding *finding);
SP_MUST_CHECK enum sp_status sp_find_dates(struct sp_finding *finding);
SP_MUST_CHECK enum sp_status sp_find_hours(struct sp_finding *finding);
SP_MUST_CHECK enum sp_status sp_find_terms(struct sp_finding *finding);
SP_MUST_CHECK enum sp_status sp_find_conditions(struct sp_finding *finding);
SP_MUST_CHECK enum sp_status sp_find_clauses(struct sp_finding *finding);
SP_MUST_CHECK enum sp_status sp_find_criteria(struct sp_finding *finding);
SP_MUST_CHECK enum sp_status sp_find_values(struct sp_finding *finding);
SP_MUST_CHECK enum sp_status sp_find_quantities(struct sp_finding *finding);
SP_MUST_CHECK enum sp_status sp_find_services(struct sp_finding *finding);
SP_MUST_CHECK enum sp_status sp_find_places(struct sp_finding *finding);

#endif
