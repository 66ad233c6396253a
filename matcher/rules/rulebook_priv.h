/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Inside of a rulebook; included by this folder only.
 */
#ifndef SP_RULES_RULEBOOK_PRIV_H
#define SP_RULES_RULEBOOK_PRIV_H

#include "base/arena.h"
#include "matcher/rules/clauses.h"
#include "matcher/rules/rulebook.h"

/** Codes from @p first to @p last, both in. */
struct sp_cpv_range {
    enum sp_cpv_list list;
    int32_t first;
    int32_t last;
    enum sp_certainty certainty;
};

struct sp_group_row {
    Spoina__V1__SocialGroup group;
    enum sp_listing listing[SP_GROUPS_COUNT];
    const char *polish;
    const char *english;
};

struct sp_criterion_phrase {
    enum sp_criterion_kind kind;
    struct sp_view phrase; /* small letters */
};

struct sp_rulebook {
    struct sp_arena *arena; /* holds all below */
    const char *version;
    struct sp_rule *rules;
    size_t rule_count;
    struct sp_threshold *thresholds;
    size_t threshold_count;
    struct sp_cpv_range *ranges;
    size_t range_count;
    struct sp_group_row *groups;
    size_t group_count;
    struct sp_criterion_phrase *phrases;
    size_t phrase_count;
};

/** Read rulebook.txt of @p directory. SP_CORRUPT names file and line. */
SP_MUST_CHECK enum sp_status sp_rulebook_read_rules(struct sp_rulebook *book, const char *directory,
                                                    struct sp_error *err);

/** Read the four tables of @p directory. SP_CORRUPT names file and line. */
SP_MUST_CHECK enum sp_status sp_rulebook_read_tables(struct sp_rulebook *book,
                                                     const char *directory, struct sp_error *err);

/** Find @p word in @p words; its index, or -1. */
int sp_rulebook_word(struct sp_view word, const char *const words[], size_t count);

/** Do two periods share a day? An end of SP_DAY_UNKNOWN is open. */
bool sp_periods_overlap(sp_day from_a, sp_day to_a, sp_day from_b, sp_day to_b);

#endif
