/* SPDX-License-Identifier: EUPL-1.2 */
/** @file Facts as messages; see items.h. */
#include "matcher/extraction/items.h"

#include <string.h>

enum { DATE_BYTES = 11, MONTHS_A_YEAR = 12 };

bool sp_item_add(struct sp_arena *arena, void ***items, size_t *count, void *item)
{
    if (item == NULL) {
        return false;
    }
    bool full = *count == 0 || (*count & (*count - 1)) == 0; /* capacity is a power of two */
    if (full) {
        void **grown = sp_arena_calloc(arena, *count == 0 ? 1 : 2 * *count, sizeof *grown);
        if (grown == NULL) {
            return false;
        }
        if (*count > 0) {
            memcpy(grown, *items, *count * sizeof *grown);
        }
        *items = grown;
    }
    (*items)[(*count)++] = item;
    return true;
}

Spoina__V1__Source *sp_item_source(struct sp_arena *arena, const struct sp_fact_source *source,
                                   const struct sp_fact *fact)
{
    Spoina__V1__Source *out = sp_arena_alloc(arena, sizeof *out);
    Spoina__V1__Span *span = sp_arena_alloc(arena, sizeof *span);
    if (out == NULL || span == NULL) {
        return NULL;
    }
    spoina__v1__source__init(out);
    spoina__v1__span__init(span);
    span->start = (uint32_t)fact->start;
    span->end = (uint32_t)fact->end;
    out->field = (char *)source->field;
    out->span = span;
    out->confidence_permille = fact->confidence;
    return out;
}

char *sp_item_text(struct sp_arena *arena, const struct sp_fact_source *source,
                   const struct sp_fact *fact)
{
    return sp_arena_copy(arena,
                         sp_view_from(source->text.data + fact->start, fact->end - fact->start));
}

/** True if the multiplier is a number of periods and the amount is needed in each: "15 posiłków ×
 *  377 dni" is 15 a day. */
static bool times_are_periods(const struct sp_fact *fact)
{
    return fact->period == NULL && fact->times_period != NULL && fact->times_period->numerator > 0;
}

Spoina__V1__Quantity *sp_item_quantity(struct sp_arena *arena, const struct sp_fact *fact)
{
    Spoina__V1__Quantity *out = sp_arena_alloc(arena, sizeof *out);
    if (out == NULL) {
        return NULL;
    }
    spoina__v1__quantity__init(out);
    out->amount = fact->amount_max * (times_are_periods(fact) ? 1 : fact->times);
    out->unit = (char *)fact->unit->id;
    if (fact->period != NULL) {
        out->period = (char *)fact->period->id;
    } else if (times_are_periods(fact)) {
        out->period = (char *)fact->times_period->id;
    }
    return out;
}

/** The day @p months before @p deadline as text. */
static char *months_before(struct sp_arena *arena, sp_day deadline, uint32_t months)
{
    int year = 0;
    int month = 0;
    int day = 0;
    char *out = sp_arena_alloc(arena, DATE_BYTES);
    sp_day_to_civil(deadline, &year, &month, &day);
    int index = year * MONTHS_A_YEAR + (month - 1) - (int)months;
    day = day > 28 ? 28 : day; /* every month has it */
    if (out != NULL) {
        sp_day_format(sp_day_from_civil(index / MONTHS_A_YEAR, index % MONTHS_A_YEAR + 1, day),
                      out);
    }
    return out;
}

Spoina__V1__Condition *sp_item_condition(struct sp_arena *arena,
                                         const struct sp_fact_source *source,
                                         const struct sp_fact *fact, sp_day deadline)
{
    Spoina__V1__Condition *out = sp_arena_alloc(arena, sizeof *out);
    if (out == NULL) {
        return NULL;
    }
    spoina__v1__condition__init(out);
    out->kind = fact->condition;
    out->wording = fact->wording;
    out->text = sp_item_text(arena, source, fact);
    out->name = sp_arena_copy(arena, fact->name);
    if (fact->grosz > 0) {
        out->_grosz_case = SPOINA__V1__CONDITION___GROSZ_GROSZ;
        out->grosz = fact->grosz;
    }
    if (fact->count > 0) {
        out->_count_case = SPOINA__V1__CONDITION___COUNT_COUNT;
        out->count = fact->count;
    }
    if (fact->months > 0 && deadline != SP_DAY_UNKNOWN) {
        out->since = months_before(arena, deadline, fact->months);
    }
    bool ok = out->text != NULL && out->name != NULL && out->since != NULL &&
              sp_item_add(arena, (void ***)&out->sources, &out->n_sources,
                          sp_item_source(arena, source, fact));
    return ok ? out : NULL;
}

Spoina__V1__Clause *sp_item_clause(struct sp_arena *arena, const struct sp_fact_source *source,
                                   const struct sp_fact *fact)
{
    Spoina__V1__Clause *out = sp_arena_alloc(arena, sizeof *out);
    if (out == NULL) {
        return NULL;
    }
    spoina__v1__clause__init(out);
    out->kind = fact->clause;
    out->text = sp_item_text(arena, source, fact);
    out->groups = sp_arena_calloc(arena, fact->group_count + 1, sizeof *out->groups);
    if (fact->percent > 0) {
        out->_share_percent_case = SPOINA__V1__CLAUSE___SHARE_PERCENT_SHARE_PERCENT;
        out->share_percent = fact->percent;
    }
    if (fact->count > 0) {
        out->_persons_case = SPOINA__V1__CLAUSE___PERSONS_PERSONS;
        out->persons = fact->count;
    }
    if (fact->months > 0) {
        out->_months_case = SPOINA__V1__CLAUSE___MONTHS_MONTHS;
        out->months = fact->months;
    }
    bool ok = out->text != NULL && out->groups != NULL &&
              sp_item_add(arena, (void ***)&out->sources, &out->n_sources,
                          sp_item_source(arena, source, fact));
    for (size_t i = 0; ok && i < fact->group_count; i++) {
        out->groups[out->n_groups++] = fact->groups[i];
    }
    return ok ? out : NULL;
}

Spoina__V1__AwardCriterion *sp_item_criterion(struct sp_arena *arena,
                                              const struct sp_fact_source *source,
                                              const struct sp_fact *fact)
{
    Spoina__V1__AwardCriterion *out = sp_arena_alloc(arena, sizeof *out);
    if (out == NULL) {
        return NULL;
    }
    spoina__v1__award_criterion__init(out);
    out->name = sp_arena_copy(arena, fact->name);
    out->kind = fact->criterion;
    out->_weight_percent_case = SPOINA__V1__AWARD_CRITERION___WEIGHT_PERCENT_WEIGHT_PERCENT;
    out->weight_percent = fact->percent;
    bool ok = out->name != NULL && sp_item_add(arena, (void ***)&out->sources, &out->n_sources,
                                               sp_item_source(arena, source, fact));
    return ok ? out : NULL;
}
