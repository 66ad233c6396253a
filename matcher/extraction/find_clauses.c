/* SPDX-License-Identifier: EUPL-1.2 */
/** @file Social clauses and reservations, by the phrases and traps of law and practice. */
#include "matcher/extraction/finders.h"

enum { PERSONS_MAX = 1000, MONTHS_A_YEAR = 12, SHARE_LEAST = 10 };

static const struct {
    enum sp_cue cue;
    Spoina__V1__ClauseKind kind;
} CLAUSES[] = {
    {SP_CUE_ART_94, SPOINA__V1__CLAUSE_KIND__CLAUSE_KIND_ART_94},
    {SP_CUE_ART_361, SPOINA__V1__CLAUSE_KIND__CLAUSE_KIND_ART_361},
    {SP_CUE_ES_26, SPOINA__V1__CLAUSE_KIND__CLAUSE_KIND_ES_26},
    {SP_CUE_SS_15A, SPOINA__V1__CLAUSE_KIND__CLAUSE_KIND_SS_15A},
    {SP_CUE_ART_95, SPOINA__V1__CLAUSE_KIND__CLAUSE_KIND_ART_95},
    {SP_CUE_ART_96, SPOINA__V1__CLAUSE_KIND__CLAUSE_KIND_ART_96},
    {SP_CUE_ART_100, SPOINA__V1__CLAUSE_KIND__CLAUSE_KIND_ART_100},
    {SP_CUE_KEY_TASKS, SPOINA__V1__CLAUSE_KIND__CLAUSE_KIND_KEY_TASKS},
};

static const struct {
    enum sp_cue cue;
    Spoina__V1__SocialGroup group;
} GROUPS[] = {
    {SP_CUE_GROUP_DISABLED, SPOINA__V1__SOCIAL_GROUP__SOCIAL_GROUP_DISABLED},
    {SP_CUE_GROUP_UNEMPLOYED, SPOINA__V1__SOCIAL_GROUP__SOCIAL_GROUP_UNEMPLOYED},
    {SP_CUE_GROUP_LONG_TERM_UNEMPLOYED,
     SPOINA__V1__SOCIAL_GROUP__SOCIAL_GROUP_LONG_TERM_UNEMPLOYED},
    {SP_CUE_GROUP_JOB_SEEKER, SPOINA__V1__SOCIAL_GROUP__SOCIAL_GROUP_JOB_SEEKER},
    {SP_CUE_GROUP_CARE_LEAVER, SPOINA__V1__SOCIAL_GROUP__SOCIAL_GROUP_CARE_LEAVER},
    {SP_CUE_GROUP_PRISONER, SPOINA__V1__SOCIAL_GROUP__SOCIAL_GROUP_PRISONER},
    {SP_CUE_GROUP_MENTAL_DISORDER, SPOINA__V1__SOCIAL_GROUP__SOCIAL_GROUP_MENTAL_DISORDER},
    {SP_CUE_GROUP_HOMELESS, SPOINA__V1__SOCIAL_GROUP__SOCIAL_GROUP_HOMELESS},
    {SP_CUE_GROUP_REFUGEE, SPOINA__V1__SOCIAL_GROUP__SOCIAL_GROUP_REFUGEE},
    {SP_CUE_GROUP_UNDER_30_OVER_50, SPOINA__V1__SOCIAL_GROUP__SOCIAL_GROUP_UNDER_30_OVER_50},
    {SP_CUE_GROUP_JUVENILE_WORKER, SPOINA__V1__SOCIAL_GROUP__SOCIAL_GROUP_JUVENILE_WORKER},
};

/** True if the sentence takes the clause back: "nie dotyczy", "... art. 94 ustawy: Nie". */
static bool taken_back(const struct sp_finding *finding, const struct sp_cue_hit *hit)
{
    const struct sp_reading *reading = finding->reading;
    size_t end = sp_reading_sentence_end(reading, hit->first);
    return sp_sentence_has(finding, hit->first,
                           SP_CUE_BIT(SP_CUE_NOT_REQUIRED) | SP_CUE_BIT(SP_CUE_INVITED) |
                               SP_CUE_BIT(SP_CUE_NO_CONDITION)) ||
           sp_word_form_is(&reading->words[end - 1], "nie");
}

/** Percent in the sentence: the share of art. 94. */
static uint32_t share_of(const struct sp_reading *reading, size_t first, size_t end)
{
    for (size_t i = first; i < end; i++) {
        const struct sp_word *word = &reading->words[i];
        if (word->has_number && word->number >= SHARE_LEAST && word->number <= 100 &&
            sp_percent_at(reading, i)) {
            return (uint32_t)word->number;
        }
    }
    return 0;
}

/** "co najmniej 2 osoby", "na okres 12 miesięcy" */
static void read_numbers(const struct sp_reading *reading, size_t first, size_t end,
                         struct sp_fact *fact)
{
    for (size_t i = first; i + 1 < end; i++) {
        const struct sp_word *word = &reading->words[i];
        if (!word->has_number || word->number < 1 || word->number > PERSONS_MAX) {
            continue;
        }
        for (size_t at = i + 1; at < end && at <= i + 2; at++) {
            const struct sp_word *noun = &reading->words[at];
            if (fact->count == 0 && sp_word_is(noun, "osoba")) {
                fact->count = (uint32_t)word->number;
            } else if (fact->months == 0 &&
                       (sp_word_is(noun, "miesiąc") || sp_word_form_is(noun, "m-cy"))) {
                fact->months = (uint32_t)word->number;
            } else if (fact->months == 0 && sp_word_is(noun, "rok") && word->number <= 10) {
                fact->months = (uint32_t)word->number * MONTHS_A_YEAR;
            }
        }
    }
}

static void read_groups(const struct sp_finding *finding, size_t index, struct sp_fact *fact)
{
    for (size_t i = 0; i < sizeof GROUPS / sizeof *GROUPS; i++) {
        if (fact->group_count < SP_FACT_GROUPS_MAX &&
            sp_sentence_has(finding, index, SP_CUE_BIT(GROUPS[i].cue))) {
            fact->groups[fact->group_count++] = GROUPS[i].group;
        }
    }
}

/** True if an earlier hit of the same cue lies in the same sentence. */
static bool is_repeated(const struct sp_finding *finding, size_t index)
{
    const struct sp_cue_hit *hit = &finding->cues.items[index];
    uint32_t sentence = finding->reading->words[hit->first].sentence;
    for (size_t i = index; i > 0; i--) {
        const struct sp_cue_hit *earlier = &finding->cues.items[i - 1];
        if (finding->reading->words[earlier->first].sentence != sentence) {
            return false;
        }
        if (earlier->cue == hit->cue) {
            return true;
        }
    }
    return false;
}

static enum sp_status add_clause(struct sp_finding *finding, const struct sp_cue_hit *hit,
                                 Spoina__V1__ClauseKind kind)
{
    struct sp_reading *reading = finding->reading;
    size_t end = sp_reading_sentence_end(reading, hit->first);
    struct sp_fact fact = sp_fact_of(finding, SP_FACT_CLAUSE, hit->first, hit->last, SP_CERTAIN);
    fact.clause = kind;
    if (kind == SPOINA__V1__CLAUSE_KIND__CLAUSE_KIND_ART_94) {
        fact.percent = share_of(reading, hit->first, end);
    }
    if (kind == SPOINA__V1__CLAUSE_KIND__CLAUSE_KIND_ART_96) {
        read_numbers(reading, hit->first, end, &fact);
        read_groups(finding, hit->first, &fact);
        sp_words_use(reading, hit->first, end - 1);
    }
    return sp_fact_add(finding, &fact);
}

enum sp_status sp_find_clauses(struct sp_finding *finding)
{
    enum sp_status status = SP_OK;
    for (size_t i = 0; status == SP_OK && i < finding->cues.count; i++) {
        const struct sp_cue_hit *hit = &finding->cues.items[i];
        for (size_t j = 0; status == SP_OK && j < sizeof CLAUSES / sizeof *CLAUSES; j++) {
            bool scored = CLAUSES[j].cue == SP_CUE_ART_96 &&
                          sp_sentence_has(finding, hit->first, SP_CUE_BIT(SP_CUE_CRITERION));
            if (CLAUSES[j].cue == hit->cue && !scored && !is_repeated(finding, i) &&
                !taken_back(finding, hit)) {
                status = add_clause(finding, hit, CLAUSES[j].kind);
            }
        }
    }
    return status;
}
