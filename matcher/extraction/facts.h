/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * What can be read out of a tender's prose. Every fact names the words it came from; what is not
 * found is not there: nothing is guessed.
 */
#ifndef SP_EXTRACTION_FACTS_H
#define SP_EXTRACTION_FACTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/date.h"
#include "base/view.h"
#include "matcher/vocabulary/vocabulary.h"
#include "spoina/v1/need.pb-c.h"

enum sp_fact_kind {
    SP_FACT_SERVICE,      /* service */
    SP_FACT_QUANTITY,     /* amount (amount_max), unit, period, times, times_period */
    SP_FACT_PLACE,        /* place */
    SP_FACT_PERFORMANCE,  /* from, to: days on which the service is performed */
    SP_FACT_TERM,         /* amount and period: how long the contract lasts */
    SP_FACT_DEADLINE,     /* to: last day for offers */
    SP_FACT_HOURS,        /* minute_from, minute_to: of the day */
    SP_FACT_VALUE,        /* grosz: estimated value of the contract */
    SP_FACT_LOT,          /* count: number of the lot that the sentence begins; name: its title */
    SP_FACT_CONDITION,    /* condition, wording, count, grosz, months, name */
    SP_FACT_NO_CONDITION, /* the buyer sets none here */
    SP_FACT_CLAUSE,       /* clause, count (persons), months, percent, groups */
    SP_FACT_CRITERION,    /* name, percent, criterion */
    SP_FACT_KINDS
};

enum { SP_FACT_GROUPS_MAX = 8, SP_MINUTE_UNKNOWN = -1 };

/** One fact. Members that the kind does not name are zero, NULL or unknown. */
struct sp_fact {
    enum sp_fact_kind kind;
    size_t start; /* byte span in the text */
    size_t end;
    uint32_t sentence;   /* index of the sentence that holds it */
    uint32_t confidence; /* 0..1000 */
    double amount;
    double amount_max; /* of a range; else equal to amount */
    double times;      /* "3-krotne", "× 377 dni"; 1: none */
    const struct sp_unit *unit;
    const struct sp_period *period;
    const struct sp_period *times_period; /* "377 dni": day */
    const struct sp_place *place;
    const struct sp_service *service;
    sp_day from; /* SP_DAY_UNKNOWN: not said */
    sp_day to;
    int32_t minute_from; /* of the day; SP_MINUTE_UNKNOWN: not said */
    int32_t minute_to;
    int64_t grosz;
    uint32_t count;
    uint32_t months;
    uint32_t percent;
    Spoina__V1__ConditionKind condition;
    Spoina__V1__ConditionWording wording;
    Spoina__V1__ClauseKind clause;
    Spoina__V1__CriterionKind criterion;
    Spoina__V1__SocialGroup groups[SP_FACT_GROUPS_MAX];
    size_t group_count;
    struct sp_view name; /* in the text */
};

/** Facts in the order of the text. */
struct sp_fact_list {
    const struct sp_fact *items;
    size_t count;
};

/** Name of a kind for reports: "quantity". */
const char *sp_fact_kind_name(enum sp_fact_kind kind);

/** Write @p fact on one line for reports and tests: "quantity amount=110 unit=h period=month | 110
 *  h/mies.". @p text is the text that it was found in. */
void sp_fact_write(struct sp_view text, const struct sp_fact *fact, struct sp_buffer *out);

#endif
