/* SPDX-License-Identifier: EUPL-1.2 */
/** @file Facts as lines of text; see facts.h. */
#include "matcher/extraction/facts.h"

#include <inttypes.h>

enum { MINUTES_AN_HOUR = 60 };

const char *sp_fact_kind_name(enum sp_fact_kind kind)
{
    static const char *const NAMES[SP_FACT_KINDS] = {
        [SP_FACT_SERVICE] = "service",
        [SP_FACT_QUANTITY] = "quantity",
        [SP_FACT_PLACE] = "place",
        [SP_FACT_PERFORMANCE] = "performance",
        [SP_FACT_TERM] = "term",
        [SP_FACT_DEADLINE] = "deadline",
        [SP_FACT_HOURS] = "hours",
        [SP_FACT_VALUE] = "value",
        [SP_FACT_LOT] = "lot",
        [SP_FACT_CONDITION] = "condition",
        [SP_FACT_NO_CONDITION] = "no_condition",
        [SP_FACT_CLAUSE] = "clause",
        [SP_FACT_CRITERION] = "criterion",
    };
    return NAMES[kind];
}

static void write_day(struct sp_buffer *out, const char *label, sp_day day)
{
    char text[11];
    if (day != SP_DAY_UNKNOWN) {
        sp_day_format(day, text);
        sp_buffer_printf(out, " %s=%s", label, text);
    }
}

void sp_fact_write(struct sp_view text, const struct sp_fact *fact, struct sp_buffer *out)
{
    sp_buffer_add_text(out, sp_fact_kind_name(fact->kind));
    if (fact->amount > 0) {
        sp_buffer_printf(out, " amount=%g", fact->amount);
    }
    if (fact->amount_max > fact->amount) {
        sp_buffer_printf(out, "..%g", fact->amount_max);
    }
    if (fact->unit != NULL) {
        sp_buffer_printf(out, " unit=%s", fact->unit->id);
    }
    if (fact->period != NULL) {
        sp_buffer_printf(out, " period=%s", fact->period->id);
    }
    if (fact->times != 1) {
        sp_buffer_printf(out, " times=%g%s%s", fact->times, fact->times_period == NULL ? "" : " ",
                         fact->times_period == NULL ? "" : fact->times_period->id);
    }
    write_day(out, "from", fact->from);
    write_day(out, "to", fact->to);
    if (fact->minute_from >= 0) {
        sp_buffer_printf(out, " from=%d:%02d", fact->minute_from / MINUTES_AN_HOUR,
                         fact->minute_from % MINUTES_AN_HOUR);
    }
    if (fact->minute_to >= 0) {
        sp_buffer_printf(out, " to=%d:%02d", fact->minute_to / MINUTES_AN_HOUR,
                         fact->minute_to % MINUTES_AN_HOUR);
    }
    if (fact->grosz > 0) {
        sp_buffer_printf(out, " grosz=%" PRId64, fact->grosz);
    }
    if (fact->place != NULL) {
        sp_buffer_printf(out, " place=%s", fact->place->label);
    }
    if (fact->service != NULL) {
        sp_buffer_printf(out, " service=%s", fact->service->id);
    }
    if (fact->kind == SP_FACT_CONDITION) {
        sp_buffer_printf(out, " condition=%d wording=%d", fact->condition, fact->wording);
    }
    if (fact->kind == SP_FACT_CLAUSE) {
        sp_buffer_printf(out, " clause=%d", fact->clause);
    }
    if (fact->kind == SP_FACT_CRITERION) {
        sp_buffer_printf(out, " criterion=%d", fact->criterion);
    }
    if (fact->count > 0) {
        sp_buffer_printf(out, " count=%u", fact->count);
    }
    if (fact->months > 0) {
        sp_buffer_printf(out, " months=%u", fact->months);
    }
    if (fact->percent > 0) {
        sp_buffer_printf(out, " percent=%u", fact->percent);
    }
    for (size_t i = 0; i < fact->group_count; i++) {
        sp_buffer_printf(out, " group=%d", fact->groups[i]);
    }
    if (fact->name.length > 0) {
        sp_buffer_printf(out, " name=‘%.*s’", SP_VIEW_ARGS(fact->name));
    }
    sp_buffer_printf(out, " | %.*s", (int)(fact->end - fact->start), text.data + fact->start);
}
