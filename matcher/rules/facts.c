/* SPDX-License-Identifier: EUPL-1.2 */
#include "matcher/rules/facts.h"

#include <string.h>

static bool is_empty(const char *text)
{
    return text == NULL || text[0] == '\0';
}

const char *sp_fact_name(const Spoina__V1__Entity *entity)
{
    if (!is_empty(entity->short_name)) {
        return entity->short_name;
    }
    return !is_empty(entity->name) ? entity->name : entity->id;
}

sp_day sp_fact_day(const char *text)
{
    sp_day day = SP_DAY_UNKNOWN;
    (void)sp_day_parse(sp_view_of(text), &day);
    return day;
}

const Spoina__V1__Unit *sp_fact_unit(const Spoina__V1__Entity *entity, const char *unit_id)
{
    for (size_t i = 0; i < entity->n_units && !is_empty(unit_id); i++) {
        if (sp_view_is(sp_view_of(entity->units[i]->id), unit_id)) {
            return entity->units[i];
        }
    }
    return NULL;
}

/* One entry on one day. */
static enum sp_decision status_on(const Spoina__V1__Entity *entity,
                                  const Spoina__V1__Status *status, sp_day day)
{
    sp_day from = sp_fact_day(status->valid_from);
    sp_day to = sp_fact_day(status->valid_to);
    if (to != SP_DAY_UNKNOWN && to < day) {
        return SP_DECISION_NOT_MET;
    }
    if (from != SP_DAY_UNKNOWN) {
        return from <= day ? SP_DECISION_MET : SP_DECISION_NOT_MET;
    }
    sp_day confirmed =
        entity->provenance == NULL ? SP_DAY_UNKNOWN : sp_fact_day(entity->provenance->confirmed_on);
    return confirmed != SP_DAY_UNKNOWN && confirmed <= day ? SP_DECISION_MET : SP_DECISION_UNKNOWN;
}

enum sp_decision sp_fact_status(const Spoina__V1__Entity *entity, Spoina__V1__StatusKind kind,
                                sp_day day, const Spoina__V1__Status **status)
{
    enum sp_decision best = SP_DECISION_UNKNOWN;
    *status = NULL;
    for (size_t i = 0; i < entity->n_statuses; i++) {
        const Spoina__V1__Status *entry = entity->statuses[i];
        if (entry->kind != kind) {
            continue;
        }
        enum sp_decision found = status_on(entity, entry, day);
        bool better = *status == NULL || found == SP_DECISION_MET ||
                      (found == SP_DECISION_UNKNOWN && best == SP_DECISION_NOT_MET);
        if (better && best != SP_DECISION_MET) {
            best = found;
            *status = entry;
        }
    }
    return best;
}

const Spoina__V1__Employment *sp_fact_employment(const Spoina__V1__Entity *entity,
                                                 const char *unit_id, sp_day day)
{
    const Spoina__V1__Employment *best = NULL;
    sp_day best_day = SP_DAY_UNKNOWN;
    for (size_t i = 0; i < entity->n_employment; i++) {
        const Spoina__V1__Employment *entry = entity->employment[i];
        sp_day as_of = sp_fact_day(entry->as_of);
        if (!sp_view_equal(sp_view_of(entry->unit_id), sp_view_of(unit_id)) || as_of > day) {
            continue;
        }
        if (best == NULL || as_of > best_day) { /* SP_DAY_UNKNOWN is the smallest day */
            best = entry;
            best_day = as_of;
        }
    }
    return best;
}

static const Spoina__V1__GroupCount *find_count(const Spoina__V1__Employment *employment,
                                                Spoina__V1__SocialGroup group)
{
    for (size_t i = 0; i < employment->n_groups; i++) {
        if (employment->groups[i]->group == group) {
            return employment->groups[i];
        }
    }
    return NULL;
}

struct sp_heads sp_fact_art_94_heads(const struct sp_rulebook *book,
                                     const Spoina__V1__Employment *employment)
{
    const Spoina__V1__GroupCount *any =
        find_count(employment, SPOINA__V1__SOCIAL_GROUP__SOCIAL_GROUP_ANY_ART_94);
    if (any != NULL) {
        return (struct sp_heads){.known = true, .complete = true, .least = any->persons};
    }
    struct sp_heads heads = {0};
    for (size_t i = 0; i < employment->n_groups; i++) {
        const Spoina__V1__GroupCount *count = employment->groups[i];
        enum sp_listing listing = sp_group_listed(book, SP_GROUPS_ART_94, count->group);
        if (listing == SP_LISTED_YES || listing == SP_LISTED_WITHIN) {
            heads.known = true;
            heads.least = count->persons > heads.least ? count->persons : heads.least;
        }
    }
    return heads;
}

struct sp_heads sp_fact_group_heads(const Spoina__V1__Employment *employment,
                                    const Spoina__V1__SocialGroup *groups, size_t count,
                                    int64_t *most)
{
    struct sp_heads heads = {.known = count > 0};
    *most = 0;
    for (size_t i = 0; i < count; i++) {
        const Spoina__V1__GroupCount *found = find_count(employment, groups[i]);
        int64_t persons = found == NULL ? 0 : found->persons;
        heads.known = heads.known && found != NULL;
        heads.least = persons > heads.least ? persons : heads.least;
        *most += persons;
    }
    if (employment->_total_case != SPOINA__V1__EMPLOYMENT___TOTAL__NOT_SET &&
        employment->total < *most && employment->total >= heads.least) {
        *most = employment->total;
    }
    heads.complete = heads.known && heads.least == *most;
    return heads;
}
