/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Conditions of participation (art. 112-118 Pzp) over a team: who must hold what, and what adds up.
 *
 * | kind                | rule | default                                   |
 * |---------------------|------|-------------------------------------------|
 * | register            | K06  | each member                               |
 * | licence             | K07  | whoever performs the part                 |
 * | references          | K09  | one member whole, and it performs         |
 * | experience in total | K10  | sum over the members that perform         |
 * | persons             | K11  | sum                                       |
 * | equipment           | K12  | union                                     |
 * | certificate         | K13  | whoever performs the part                 |
 * | revenue             | K14  | sum                                       |
 * | insurance           | K15  | one policy whole; sum where wording says  |
 *
 * A list that a record leaves empty was not stated: UNKNOWN. A list of references, policies or
 * revenues that it gives is taken as whole. A licence or piece of equipment that is not on a list
 * is UNKNOWN all the same, since such lists name things in free words.
 */
#ifndef SP_RULES_CONDITIONS_H
#define SP_RULES_CONDITIONS_H

#include "matcher/rules/ruling.h"

enum sp_condition_kind {
    SP_CONDITION_REGISTER,
    SP_CONDITION_LICENCE,
    SP_CONDITION_REFERENCES,
    SP_CONDITION_EXPERIENCE,
    SP_CONDITION_PERSONS,
    SP_CONDITION_EQUIPMENT,
    SP_CONDITION_CERTIFICATE,
    SP_CONDITION_REVENUE,
    SP_CONDITION_INSURANCE,
    SP_CONDITION_COUNT
};

/** How the tender's wording counts a consortium. */
enum sp_wording {
    SP_WORDING_DEFAULT, /* the table above */
    SP_WORDING_ANY,     /* "co najmniej jeden z wykonawców", "samodzielnie" */
    SP_WORDING_SUM,     /* "łącznie" */
    SP_WORDING_EVERY    /* "każdy z wykonawców" */
};

struct sp_condition {
    enum sp_condition_kind kind;
    enum sp_wording wording; /* for persons, revenue, insurance; ignored elsewhere */
    uint32_t requirements;   /* bits of the requirements it belongs to; 0: the whole lot */
    const char *name;        /* licence, certificate or equipment, as records name it */
    const char *cpv;         /* references: code or leading digits; NULL: any */
    int64_t grosz;           /* value of one reference, experience in total, revenue, insurance */
    unsigned count;          /* references or persons */
    unsigned year;           /* revenue: the year looked at */
    sp_day since;            /* references ended on this day or later; 0: no limit */
};

/**
 * Evaluate one condition.
 *
 * @return SP_OK; SP_INVALID (nothing or less than nothing asked for, a name missing: @p err names
 *         the field); SP_NOT_FOUND (no such rule on the deadline); SP_NOMEM
 */
SP_MUST_CHECK enum sp_status sp_rule_condition(const struct sp_rulebook *book,
                                               const struct sp_team *team,
                                               const struct sp_condition *condition,
                                               struct sp_arena *arena, struct sp_ruling *out,
                                               struct sp_error *err);

#endif
