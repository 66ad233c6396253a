/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Phrases that say what a sentence is about (data/extraction/cues.tsv).
 *
 * A row is a cue and a pattern: steps separated by spaces, each step alternatives separated by |.
 * A word of a step stands for all its inflected forms; "=word" for this form only; "#" for a
 * number;
 * "..." between two steps lets up to SP_CUE_LONG_GAP other words stand there, otherwise up to
 * SP_CUE_GAP. A pattern never crosses the end of a sentence.
 */
#ifndef SP_EXTRACTION_CUES_H
#define SP_EXTRACTION_CUES_H

#include "base/arena.h"
#include "base/status.h"
#include "matcher/extraction/reading.h"

struct sp_cue_table;

enum { SP_CUE_GAP = 1, SP_CUE_LONG_GAP = 10, SP_CUE_STEPS_MAX = 8, SP_CUE_HITS_MAX = 64 };

enum sp_cue {
    SP_CUE_INSURANCE, /* what a condition asks for */
    SP_CUE_REFERENCES,
    SP_CUE_EXPERIENCE,
    SP_CUE_PERSONS,
    SP_CUE_EQUIPMENT,
    SP_CUE_LICENCE,
    SP_CUE_REGISTER,
    SP_CUE_CERTIFICATE,
    SP_CUE_REVENUE,
    SP_CUE_FUNDS,
    SP_CUE_NO_CONDITION,
    SP_CUE_TOGETHER, /* how a consortium is counted */
    SP_CUE_ANY_ONE,
    SP_CUE_EVERY_ONE,
    SP_CUE_NOT_SUMMED,
    SP_CUE_AT_LEAST,
    SP_CUE_ART_94, /* clauses */
    SP_CUE_ART_361,
    SP_CUE_ES_26,
    SP_CUE_SS_15A,
    SP_CUE_ART_95,
    SP_CUE_ART_96,
    SP_CUE_ART_100,
    SP_CUE_KEY_TASKS,
    SP_CUE_NOT_REQUIRED, /* "nie dotyczy", "nie przewiduje", "Nie" after a colon */
    SP_CUE_INVITED,      /* "mile widziane": no reservation */
    SP_CUE_GROUP_DISABLED,
    SP_CUE_GROUP_UNEMPLOYED,
    SP_CUE_GROUP_LONG_TERM_UNEMPLOYED,
    SP_CUE_GROUP_JOB_SEEKER,
    SP_CUE_GROUP_CARE_LEAVER,
    SP_CUE_GROUP_PRISONER,
    SP_CUE_GROUP_MENTAL_DISORDER,
    SP_CUE_GROUP_HOMELESS,
    SP_CUE_GROUP_REFUGEE,
    SP_CUE_GROUP_UNDER_30_OVER_50,
    SP_CUE_GROUP_JUVENILE_WORKER,
    SP_CUE_CRITERION, /* award criteria */
    SP_CUE_WEIGHT,
    SP_CUE_PERFORMANCE, /* dates, places, money */
    SP_CUE_TERM,
    SP_CUE_DEADLINE,
    SP_CUE_LAW,
    SP_CUE_PLACE,
    SP_CUE_SEAT,
    SP_CUE_VALUE,
    SP_CUE_PROCEDURE, /* securities, penalties, payment, appeals: numbers here are not demands */
    SP_CUE_LOT,
    SP_CUE_COUNT
};

/** A cue found; tokens are indices into the reading. */
struct sp_cue_hit {
    enum sp_cue cue;
    size_t first;
    size_t last;
};

struct sp_cue_hit_list {
    const struct sp_cue_hit *items; /* by first token */
    size_t count;
};

/**
 * Open data/extraction/cues.tsv of @p share_dir.
 *
 * @param analyser  used during the call only
 * @param out       freed with sp_cue_table_free(); shared by all threads, read-only
 * @return SP_OK; SP_NOT_FOUND; SP_IO; SP_CORRUPT (names file and line); SP_NOMEM
 */
SP_MUST_CHECK enum sp_status sp_cue_table_open(const char *share_dir, struct sp_analyser *analyser,
                                               struct sp_cue_table **out, struct sp_error *err);
void sp_cue_table_free(struct sp_cue_table *table);

/** Find all cues of a reading. @return SP_OK; SP_NOMEM */
SP_MUST_CHECK enum sp_status sp_cues_find(const struct sp_cue_table *table,
                                          const struct sp_reading *reading, struct sp_arena *arena,
                                          struct sp_cue_hit_list *out, struct sp_error *err);

#endif
