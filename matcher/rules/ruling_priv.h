/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * How the rules of this folder put a ruling together: verdicts are added one by one, then combined.
 * Sticky: out of memory is told once, by sp_ruling_finish().
 */
#ifndef SP_RULES_RULING_PRIV_H
#define SP_RULES_RULING_PRIV_H

#include "matcher/rules/ruling.h"
#include "matcher/rules/say.h"

/** How verdicts make a decision. */
enum sp_combine {
    SP_COMBINE_EVERY, /* NOT MET if one is; else UNKNOWN if one is; else MET */
    SP_COMBINE_ANY    /* MET if one is; else UNKNOWN if one is; else NOT MET */
};

struct sp_ruling_maker {
    struct sp_arena *arena;
    const struct sp_rule *rule;
    struct sp_verdict *verdicts;
    size_t count;
    size_t capacity;
    sp_day day;
    bool silent; /* write no sentences */
    bool failed; /* out of memory */
};

/**
 * Start a ruling under the rule @p id as valid on @p day, for at most @p verdicts verdicts.
 * @return SP_OK; SP_NOT_FOUND (no such rule on that day); SP_NOMEM
 */
SP_MUST_CHECK enum sp_status sp_ruling_start(struct sp_ruling_maker *maker,
                                             const struct sp_rulebook *book, const char *id,
                                             sp_day day, size_t verdicts, struct sp_arena *arena,
                                             struct sp_error *err);

/** Check a team: 1..SP_TEAM_MEMBERS_MAX members, each with an entity. SP_OK or SP_INVALID. */
SP_MUST_CHECK enum sp_status sp_team_check(const struct sp_team *team, struct sp_error *err);

/** Is it known who performs what? Always so for a single bidder. */
bool sp_team_allocated(const struct sp_team *team);

/** Does member @p index perform one of @p requirements (0: any of the lot)? A single bidder
 *  performs all. False for all members when the allocation is not known. */
bool sp_team_performs(const struct sp_team *team, size_t index, uint32_t requirements);

/** Add a verdict under the maker's rule; the sentence is set by sp_verdict_polish/english. */
struct sp_verdict *sp_ruling_add(struct sp_ruling_maker *maker, int member,
                                 enum sp_decision decision);

/** Print the evidence of @p verdict. */
void sp_verdict_polish(struct sp_ruling_maker *maker, struct sp_verdict *verdict,
                       const char *format, ...) __attribute__((format(printf, 3, 4)));
void sp_verdict_english(struct sp_ruling_maker *maker, struct sp_verdict *verdict,
                        const char *format, ...) __attribute__((format(printf, 3, 4)));

/** Set the same constant evidence in both languages. */
void sp_verdict_text(struct sp_verdict *verdict, const char *polish, const char *english);

enum sp_decision sp_combine(const struct sp_verdict *verdicts, size_t count, enum sp_combine how);

/** Close the ruling with @p decision. SP_OK or SP_NOMEM. */
SP_MUST_CHECK enum sp_status sp_ruling_finish(struct sp_ruling_maker *maker,
                                              enum sp_decision decision, struct sp_ruling *out,
                                              struct sp_error *err);

#endif
