/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * What a record of the catalogue says on a given day: statuses, employment, shares.
 *
 * An open beginning of a status is closed by the day on which somebody last confirmed the record:
 * who held it then held it by then. Without either the status is UNKNOWN on that day.
 */
#ifndef SP_RULES_FACTS_H
#define SP_RULES_FACTS_H

#include "matcher/rules/ruling.h"

/** Name shown: short name, else name, else id. */
const char *sp_fact_name(const Spoina__V1__Entity *entity);

/** Read a date of a record; SP_DAY_UNKNOWN when it is empty or no date. */
sp_day sp_fact_day(const char *text);

/** The unit @p unit_id of @p entity; NULL when there is none. */
const Spoina__V1__Unit *sp_fact_unit(const Spoina__V1__Entity *entity, const char *unit_id);

/** Does the legal entity hold @p kind on @p day? @p status gets the entry that decided, NULL when
 *  the record has none (then the answer is UNKNOWN). */
enum sp_decision sp_fact_status(const Spoina__V1__Entity *entity, Spoina__V1__StatusKind kind,
                                sp_day day, const Spoina__V1__Status **status);

/** The latest employment figures of the unit (NULL or "": of the entity) not later than @p day;
 *  undated ones only if there are no others. NULL: none. */
const Spoina__V1__Employment *sp_fact_employment(const Spoina__V1__Entity *entity,
                                                 const char *unit_id, sp_day day);

/** How many persons of a group list are employed. */
struct sp_heads {
    bool known;    /* at least @p least is known */
    bool complete; /* exactly @p least */
    int64_t least;
};

/** Persons of the groups of art. 94: the count without double counting, else the largest single
 *  group as the least there can be. */
struct sp_heads sp_fact_art_94_heads(const struct sp_rulebook *book,
                                     const Spoina__V1__Employment *employment);

/** Persons of @p groups: the least is the largest group, the most is their sum (never more than
 *  all employed). @p known only when every one of the groups is stated. */
struct sp_heads sp_fact_group_heads(const Spoina__V1__Employment *employment,
                                    const Spoina__V1__SocialGroup *groups, size_t count,
                                    int64_t *most);

#endif
