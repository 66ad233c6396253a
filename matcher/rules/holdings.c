/* SPDX-License-Identifier: EUPL-1.2 */
#include "matcher/rules/holdings.h"

#include "matcher/rules/facts.h"

struct sp_holding sp_holding_register(const struct sp_condition *condition,
                                      const Spoina__V1__Entity *entity, sp_day day)
{
    (void)condition;
    (void)day;
    bool stated = entity->krs != NULL && entity->krs[0] != '\0';
    return (struct sp_holding){.stated = stated, .least = stated ? 1 : 0, .why = entity->krs};
}

/* A licence that is not listed may be held all the same; one that ran out is not. */
struct sp_holding sp_holding_licence(const struct sp_condition *condition,
                                     const Spoina__V1__Entity *entity, sp_day day)
{
    struct sp_holding holding = {0};
    for (size_t i = 0; i < entity->n_licences; i++) {
        const Spoina__V1__Licence *licence = entity->licences[i];
        if (!sp_view_is(sp_view_of(licence->kind), condition->name)) {
            continue;
        }
        sp_day to = sp_fact_day(licence->valid_to);
        bool valid = to == SP_DAY_UNKNOWN || day <= to;
        holding.stated = true;
        if (valid || holding.why == NULL) {
            holding.why = licence->number;
        }
        holding.least = valid ? 1 : holding.least;
    }
    return holding;
}

static bool cpv_matches(const char *cpv, const char *wanted)
{
    return wanted == NULL ||
           (cpv != NULL && sp_view_starts_with(sp_view_of(cpv), sp_view_of(wanted)));
}

/* Is the reference of the kind asked for? UNKNOWN where its code or end is missing. */
static enum sp_decision reference_fits(const struct sp_condition *condition,
                                       const Spoina__V1__Reference *reference)
{
    bool no_cpv = reference->cpv == NULL || reference->cpv[0] == '\0';
    sp_day to = sp_fact_day(reference->to);
    bool cpv_unknown = condition->cpv != NULL && no_cpv;
    bool day_unknown = condition->since != 0 && to == SP_DAY_UNKNOWN;
    if (!cpv_unknown && !cpv_matches(reference->cpv, condition->cpv)) {
        return SP_DECISION_NOT_MET;
    }
    if (!day_unknown && condition->since != 0 && to < condition->since) {
        return SP_DECISION_NOT_MET;
    }
    return cpv_unknown || day_unknown ? SP_DECISION_UNKNOWN : SP_DECISION_MET;
}

/* Work done in a consortium counts as far as it was really performed (C-387/14): how far is not in
 * the record. */
static bool shared_role(const Spoina__V1__Reference *reference)
{
    struct sp_view role = sp_view_of(reference->role);
    return sp_view_is(role, "leader") || sp_view_is(role, "partner");
}

static bool has_value(const Spoina__V1__Reference *reference)
{
    return reference->_value_grosz_case != SPOINA__V1__REFERENCE___VALUE_GROSZ__NOT_SET;
}

/* Only what ended by the deadline is experience on that day. */
static bool ended(const Spoina__V1__Reference *reference, sp_day day)
{
    sp_day to = sp_fact_day(reference->to);
    return to == SP_DAY_UNKNOWN || to <= day;
}

struct sp_holding sp_holding_references(const struct sp_condition *condition,
                                        const Spoina__V1__Entity *entity, sp_day day)
{
    struct sp_holding holding = {.stated = entity->n_references > 0};
    for (size_t i = 0; i < entity->n_references; i++) {
        const Spoina__V1__Reference *reference = entity->references[i];
        enum sp_decision fits = reference_fits(condition, reference);
        bool small = has_value(reference) && reference->value_grosz < condition->grosz;
        if (fits == SP_DECISION_NOT_MET || small || !ended(reference, day)) {
            continue;
        }
        bool sure = fits == SP_DECISION_MET && !shared_role(reference) &&
                    (has_value(reference) || condition->grosz == 0);
        holding.open = holding.open || !sure;
        if (sure) {
            holding.least++;
            holding.why = reference->service;
        }
    }
    return holding;
}

struct sp_holding sp_holding_experience(const struct sp_condition *condition,
                                        const Spoina__V1__Entity *entity, sp_day day)
{
    struct sp_holding holding = {.stated = entity->n_references > 0};
    for (size_t i = 0; i < entity->n_references; i++) {
        const Spoina__V1__Reference *reference = entity->references[i];
        enum sp_decision fits = reference_fits(condition, reference);
        if (fits == SP_DECISION_NOT_MET || !ended(reference, day)) {
            continue;
        }
        bool sure = fits == SP_DECISION_MET && !shared_role(reference) && has_value(reference);
        holding.open = holding.open || !sure;
        if (sure && reference->value_grosz > 0 &&
            holding.least <= INT64_MAX / SP_TEAM_MEMBERS_MAX - reference->value_grosz) {
            holding.least += reference->value_grosz;
        }
    }
    return holding;
}

struct sp_holding sp_holding_persons(const struct sp_condition *condition,
                                     const Spoina__V1__Entity *entity, sp_day day)
{
    (void)condition;
    const Spoina__V1__Employment *employment = sp_fact_employment(entity, NULL, day);
    if (employment == NULL || employment->_total_case == SPOINA__V1__EMPLOYMENT___TOTAL__NOT_SET) {
        return (struct sp_holding){0};
    }
    return (struct sp_holding){
        .stated = true, .least = employment->total, .why = employment->as_of};
}

/* Equipment is named in free words: what is not listed may be there. */
struct sp_holding sp_holding_equipment(const struct sp_condition *condition,
                                       const Spoina__V1__Entity *entity, sp_day day)
{
    (void)day;
    for (size_t i = 0; i < entity->n_offers; i++) {
        const Spoina__V1__Offer *offer = entity->offers[i];
        for (size_t j = 0; j < offer->n_equipment; j++) {
            if (sp_view_is(sp_view_of(offer->equipment[j]), condition->name)) {
                return (struct sp_holding){.stated = true, .least = 1, .why = offer->title};
            }
        }
    }
    return (struct sp_holding){0};
}

struct sp_holding sp_holding_revenue(const struct sp_condition *condition,
                                     const Spoina__V1__Entity *entity, sp_day day)
{
    (void)day;
    for (size_t i = 0; i < entity->n_revenue; i++) {
        if (entity->revenue[i]->year == condition->year) {
            int64_t grosz = entity->revenue[i]->grosz;
            int64_t most = INT64_MAX / SP_TEAM_MEMBERS_MAX;
            return (struct sp_holding){.stated = true, .least = grosz > most ? most : grosz};
        }
    }
    return (struct sp_holding){0};
}

/* The largest policy in force; one without an end is not known to be in force. */
struct sp_holding sp_holding_insurance(const struct sp_condition *condition,
                                       const Spoina__V1__Entity *entity, sp_day day)
{
    (void)condition;
    struct sp_holding holding = {.stated = entity->n_insurance > 0};
    for (size_t i = 0; i < entity->n_insurance; i++) {
        const Spoina__V1__Insurance *policy = entity->insurance[i];
        sp_day to = sp_fact_day(policy->valid_to);
        holding.open = holding.open || to == SP_DAY_UNKNOWN;
        int64_t most = INT64_MAX / SP_TEAM_MEMBERS_MAX;
        int64_t sum = policy->sum_grosz > most ? most : policy->sum_grosz;
        if (to != SP_DAY_UNKNOWN && day <= to && sum > holding.least) {
            holding.least = sum;
            holding.why = policy->valid_to;
        } else if (holding.least == 0 && to != SP_DAY_UNKNOWN && to < day) {
            holding.why = policy->valid_to; /* ran out */
        }
    }
    return holding;
}
