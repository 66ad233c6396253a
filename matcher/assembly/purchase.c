/* SPDX-License-Identifier: EUPL-1.2 */
/** @file A draft as a purchase whose regime is asked for; see terms.h. */
#include <math.h>
#include <string.h>

#include "matcher/assembly/terms.h"

enum { MONTHS_PER_YEAR = 12, MONTHS_MAX = 1200 };

static bool has_value(const Spoina__V1__Lot *lot)
{
    return lot->_value_grosz_case == SPOINA__V1__LOT___VALUE_GROSZ_VALUE_GROSZ;
}

/** Value of the whole purchase: thresholds look at all lots together. */
static int64_t read_value(const Spoina__V1__Draft *draft)
{
    if (draft->_value_grosz_case == SPOINA__V1__DRAFT___VALUE_GROSZ_VALUE_GROSZ) {
        return draft->value_grosz;
    }
    int64_t sum = 0;
    for (size_t i = 0; i < draft->n_lots; i++) {
        const Spoina__V1__Lot *lot = draft->lots[i];
        if (!has_value(lot) || lot->value_grosz < 0 || lot->value_grosz > INT64_MAX - sum) {
            return SP_VALUE_UNKNOWN;
        }
        sum += lot->value_grosz;
    }
    return sum;
}

/** Begun months from @p from to @p to, both days included. */
static unsigned months_between(sp_day from, sp_day to)
{
    int year = 0;
    int month = 0;
    int day = 0;
    int end_year = 0;
    int end_month = 0;
    int end_day = 0;
    sp_day_to_civil(from, &year, &month, &day);
    sp_day_to_civil(to + 1, &end_year, &end_month, &end_day);
    int months = (end_year - year) * MONTHS_PER_YEAR + end_month - month + (end_day > day ? 1 : 0);
    return months < 1 ? 1 : (unsigned)months;
}

/** Length of the contract: from its dates, else as printed. 0: not known. */
static unsigned read_months(const Spoina__V1__Lot *lot)
{
    static const struct {
        const char *unit;
        double months;
    } LENGTHS[] = {{"day", 12.0 / 365}, {"week", 84.0 / 365}, {"month", 1}, {"year", 12}};
    sp_day from = SP_DAY_UNKNOWN;
    sp_day to = SP_DAY_UNKNOWN;
    if (sp_day_parse(sp_view_of(lot->from), &from) && sp_day_parse(sp_view_of(lot->to), &to) &&
        from <= to) {
        return months_between(from, to);
    }
    for (size_t i = 0; lot->duration != NULL && i < SP_COUNT(LENGTHS); i++) {
        double months = lot->duration->amount * LENGTHS[i].months;
        if (strcmp(lot->duration->unit, LENGTHS[i].unit) == 0 && months > 0 &&
            months <= MONTHS_MAX) {
            return (unsigned)ceil(months);
        }
    }
    return 0;
}

static enum sp_buyer_class read_class(Spoina__V1__BuyerClass class)
{
    switch (class) {
    case SPOINA__V1__BUYER_CLASS__BUYER_CLASS_LOCAL:
        return SP_BUYER_LOCAL;
    case SPOINA__V1__BUYER_CLASS__BUYER_CLASS_CENTRAL:
        return SP_BUYER_CENTRAL;
    case SPOINA__V1__BUYER_CLASS__BUYER_CLASS_SECTORAL:
        return SP_BUYER_SECTORAL;
    default:
        return SP_BUYER_UNKNOWN;
    }
}

static enum sp_purchase_kind read_kind(Spoina__V1__PurchaseKind kind)
{
    switch (kind) {
    case SPOINA__V1__PURCHASE_KIND__PURCHASE_KIND_SERVICES:
        return SP_PURCHASE_SERVICES;
    case SPOINA__V1__PURCHASE_KIND__PURCHASE_KIND_SUPPLIES:
        return SP_PURCHASE_SUPPLIES;
    case SPOINA__V1__PURCHASE_KIND__PURCHASE_KIND_WORKS:
        return SP_PURCHASE_WORKS;
    default:
        return SP_PURCHASE_UNKNOWN;
    }
}

static void read_buyer(const Spoina__V1__Buyer *buyer, struct sp_purchase *out)
{
    if (buyer == NULL) {
        return;
    }
    out->buyer = read_class(buyer->class_);
    if (buyer->_public_finance_sector_case ==
        SPOINA__V1__BUYER___PUBLIC_FINANCE_SECTOR_PUBLIC_FINANCE_SECTOR) {
        out->public_sector = buyer->public_finance_sector ? SP_ANSWER_YES : SP_ANSWER_NO;
    }
}

enum sp_status sp_terms_purchase(const Spoina__V1__Draft *draft, size_t lot_index,
                                 struct sp_arena *arena, struct sp_purchase *out,
                                 struct sp_error *err)
{
    const Spoina__V1__Lot *lot = draft->lots[lot_index];
    bool of_lot = lot->n_cpv > 0;
    size_t count = of_lot ? lot->n_cpv : draft->n_cpv;
    const char **codes = sp_arena_calloc(arena, count, sizeof *codes);
    if (codes == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    for (size_t i = 0; i < count; i++) {
        codes[i] = of_lot ? lot->cpv[i] : draft->cpv[i];
    }
    *out = (struct sp_purchase){
        .value_grosz = read_value(draft),
        .initiated = SP_DAY_UNKNOWN,
        .kind = read_kind(draft->kind),
        .cpv = codes,
        .cpv_count = count,
        .months = read_months(lot),
    };
    if (!sp_day_parse(sp_view_of(draft->initiated_on), &out->initiated)) {
        (void)sp_day_parse(sp_view_of(draft->published_on), &out->initiated);
    }
    read_buyer(draft->buyer, out);
    return SP_OK;
}
