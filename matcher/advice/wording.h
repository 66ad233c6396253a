/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Ready Polish wording of each instrument, with the places in notice and SWZ where it goes.
 *
 * data/rules/wording.txt holds it, dated like the rulebook and checked against it at opening. What
 * a text leaves open stands in it as {share}, {persons}, ...; what is not known is printed as a
 * blank to be filled in, never guessed.
 *
 * Immutable after opening: shared by all threads.
 */
#ifndef SP_ADVICE_WORDING_H
#define SP_ADVICE_WORDING_H

#include "base/arena.h"
#include "base/status.h"
#include "matcher/rules/rulebook.h"

struct sp_wordings;

/** One wording in one period of validity. Strings are owned by the sp_wordings. */
struct sp_ready_wording {
    const char *rule; /* id in the rulebook */
    sp_day valid_from;
    sp_day valid_to;             /* last day; SP_DAY_UNKNOWN: no end known */
    enum sp_certainty certainty; /* of its least certain sentence; the note says which */
    const char *text;            /* with placeholders */
    const char *note;            /* "" : none */
    const char *bzp;             /* places; "" : none */
    const char *eforms;
    const char *swz;    /* below the EU thresholds */
    const char *swz_eu; /* from the EU thresholds */
};

/** What fills the placeholders. All zero: everything stays blank. */
struct sp_wording_values {
    unsigned share_percent;
    unsigned persons;
    unsigned months;
    unsigned weight_percent;
    const char *groups;     /* "osoby z niepełnosprawnościami, bezrobotni"; NULL: blank */
    const char *activities; /* "a; b"; NULL: blank */
    const char *tasks;
};

/**
 * Open and check rules/wording.txt of @p share_dir: every rule named is in @p book from the first
 * day on, every placeholder is known, no two wordings of a rule share a day.
 *
 * @param out  freed with sp_wordings_free()
 * @return SP_OK; SP_NOT_FOUND; SP_IO; SP_CORRUPT (names file and line); SP_NOMEM
 */
SP_MUST_CHECK enum sp_status sp_wordings_open(const char *share_dir, const struct sp_rulebook *book,
                                              struct sp_wordings **out, struct sp_error *err);
void sp_wordings_free(struct sp_wordings *wordings);

const char *sp_wordings_version(const struct sp_wordings *wordings);

/** The wording of @p rule valid on @p day; NULL when there is none. */
const struct sp_ready_wording *sp_wording_find(const struct sp_wordings *wordings, const char *rule,
                                               sp_day day);

/** All wordings in the order of the file. */
const struct sp_ready_wording *sp_wordings_all(const struct sp_wordings *wordings, size_t *count);

/** Fill in @p wording. In @p arena; NULL when out of memory. */
char *sp_wording_fill(const struct sp_ready_wording *wording,
                      const struct sp_wording_values *values, struct sp_arena *arena);

#endif
