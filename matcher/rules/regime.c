/* SPDX-License-Identifier: EUPL-1.2 */
#include "matcher/rules/regime.h"

#include <stdio.h>
#include <string.h>

#include "matcher/rules/ruling_priv.h"

enum {
    CPV_DIGITS = 8,
    PROCUREMENT = 1U << SP_REGIME_BELOW | 1U << SP_REGIME_NATIONAL |
                  1U << SP_REGIME_SOCIAL_NATIONAL | 1U << SP_REGIME_SOCIAL_EU | 1U << SP_REGIME_EU
};

const char *sp_regime_id(enum sp_regime regime)
{
    static const char *const ids[SP_REGIME_COUNT] = {"R0", "R1", "R2", "R3", "R4", "R5", "R6"};
    return ids[regime];
}

static enum sp_status check(const struct sp_purchase *purchase, struct sp_error *err)
{
    if (purchase->value_grosz < SP_VALUE_UNKNOWN) {
        return SP_FAIL(err, SP_INVALID, "value_grosz", "Ujemna wartość zamówienia (%lld gr).",
                       "Negative value of the purchase (%lld grosz).",
                       (long long)purchase->value_grosz);
    }
    for (size_t i = 0; i < purchase->cpv_count; i++) {
        const char *cpv = purchase->cpv[i];
        size_t digits = strspn(cpv, "0123456789");
        if (digits != CPV_DIGITS || (cpv[digits] != '\0' && cpv[digits] != '-')) {
            return SP_FAIL(err, SP_INVALID, "cpv", "Kod CPV „%s” nie ma ośmiu cyfr.",
                           "CPV code \"%s\" has not eight digits.", cpv);
        }
    }
    return SP_OK;
}

static bool is_among(const struct sp_rulebook *book, const char *cpv, enum sp_certainty *certainty)
{
    return sp_cpv_listed(book, SP_CPV_ART_361, cpv, certainty) ||
           sp_cpv_listed(book, SP_CPV_ANNEX_XIV, cpv, certainty);
}

/* Is the main subject a social or other special service (Annex XIV)? Only services can be. The
 * list is from memory, so what it decides, either way, is doubtful; art. 361 is exact. */
static enum sp_answer is_social(const struct sp_rulebook *book, const struct sp_purchase *purchase,
                                enum sp_certainty *certainty)
{
    *certainty = SP_CERTAINTY_LAW;
    if (purchase->kind == SP_PURCHASE_SUPPLIES || purchase->kind == SP_PURCHASE_WORKS) {
        return SP_ANSWER_NO;
    }
    if (purchase->cpv_count == 0) {
        return SP_ANSWER_UNKNOWN;
    }
    if (is_among(book, purchase->cpv[0], certainty)) {
        return purchase->kind == SP_PURCHASE_SERVICES ? SP_ANSWER_YES : SP_ANSWER_UNKNOWN;
    }
    *certainty = SP_CERTAINTY_DOUBTFUL;
    return SP_ANSWER_NO;
}

/* The regimes on the two sides of one threshold. */
static unsigned sides(const struct sp_threshold *threshold, int64_t value_grosz,
                      enum sp_regime below, enum sp_regime above, enum sp_certainty *certainty)
{
    if (threshold == NULL || threshold->grosz < 0) {
        return 1U << below | 1U << above;
    }
    if (threshold->certainty > *certainty) {
        *certainty = threshold->certainty;
    }
    return 1U << (value_grosz < threshold->grosz ? below : above);
}

/* From the national threshold, for one class of buyer. */
static unsigned open_for(const struct sp_rulebook *book, const struct sp_purchase *purchase,
                         enum sp_buyer_class buyer, enum sp_answer social,
                         enum sp_certainty *certainty)
{
    unsigned open = 0;
    bool may_be_works =
        purchase->kind == SP_PURCHASE_WORKS || purchase->kind == SP_PURCHASE_UNKNOWN;
    if (social != SP_ANSWER_YES && may_be_works) {
        open |= sides(sp_threshold_find(book, SP_THRESHOLD_EU_WORKS, buyer, purchase->initiated),
                      purchase->value_grosz, SP_REGIME_NATIONAL, SP_REGIME_EU, certainty);
    }
    if (social != SP_ANSWER_YES && purchase->kind != SP_PURCHASE_WORKS) {
        open |= sides(sp_threshold_find(book, SP_THRESHOLD_EU, buyer, purchase->initiated),
                      purchase->value_grosz, SP_REGIME_NATIONAL, SP_REGIME_EU, certainty);
    }
    if (social != SP_ANSWER_NO) {
        open |=
            sides(sp_threshold_find(book, SP_THRESHOLD_EU_SOCIAL, buyer, purchase->initiated),
                  purchase->value_grosz, SP_REGIME_SOCIAL_NATIONAL, SP_REGIME_SOCIAL_EU, certainty);
    }
    return open;
}

/* All regimes that what is known leaves open. */
static unsigned open_regimes(const struct sp_rulebook *book, const struct sp_purchase *purchase,
                             const struct sp_threshold *national, enum sp_certainty *certainty)
{
    *certainty = SP_CERTAINTY_LAW;
    if (purchase->public_task) {
        return 1U << SP_REGIME_PUBLIC_TASK;
    }
    if (purchase->in_house) {
        return 1U << SP_REGIME_IN_HOUSE;
    }
    if (national == NULL || purchase->value_grosz == SP_VALUE_UNKNOWN) {
        return PROCUREMENT;
    }
    *certainty = national->certainty;
    if (purchase->value_grosz < national->grosz) {
        return 1U << SP_REGIME_BELOW;
    }
    enum sp_certainty of_list = SP_CERTAINTY_LAW;
    enum sp_answer social = is_social(book, purchase, &of_list);
    *certainty = of_list > *certainty ? of_list : *certainty;
    unsigned open = 0;
    for (int buyer = SP_BUYER_LOCAL; buyer < SP_BUYER_COUNT; buyer++) {
        if (purchase->buyer == SP_BUYER_UNKNOWN || purchase->buyer == (enum sp_buyer_class)buyer) {
            open |= open_for(book, purchase, (enum sp_buyer_class)buyer, social, certainty);
        }
    }
    unsigned below_eu = 1U << SP_REGIME_NATIONAL | 1U << SP_REGIME_SOCIAL_NATIONAL;
    if (purchase->buyer == SP_BUYER_SECTORAL && (open & below_eu) != 0) {
        return PROCUREMENT; /* utilities below the EU amounts: not in this rulebook */
    }
    return open;
}

static enum sp_status give_reasons(const struct sp_purchase *purchase,
                                   const struct sp_threshold *national, struct sp_arena *arena,
                                   struct sp_regime_ruling *out, struct sp_error *err)
{
    char ids[SP_REGIME_COUNT * 3 + 1] = "";
    for (int i = 0; i < SP_REGIME_COUNT; i++) {
        if ((out->open & 1U << i) != 0) {
            size_t length = strlen(ids);
            (void)snprintf(ids + length, sizeof ids - length, "%s%s", length == 0 ? "" : " ",
                           sp_regime_id((enum sp_regime)i));
        }
    }
    if (purchase->public_task || purchase->in_house) {
        out->polish = sp_arena_printf(arena, "%s: tryb podany przez zamawiającego.", ids);
        out->english = sp_arena_printf(arena, "%s: route named by the buyer.", ids);
    } else if (national == NULL || purchase->value_grosz == SP_VALUE_UNKNOWN) {
        const char *polish = purchase->value_grosz == SP_VALUE_UNKNOWN
                                 ? "wartość zamówienia"
                                 : "próg na dzień wszczęcia postępowania";
        const char *english = purchase->value_grosz == SP_VALUE_UNKNOWN
                                  ? "the value of the purchase"
                                  : "the threshold on the day of initiation";
        out->polish = sp_arena_printf(arena, "Możliwe: %s; nieznane: %s.", ids, polish);
        out->english = sp_arena_printf(arena, "Possible: %s; not known: %s.", ids, english);
    } else {
        const char *cpv = purchase->cpv_count == 0 ? "-" : purchase->cpv[0];
        out->polish = sp_arena_printf(
            arena, "%s %s: wartość %s, próg krajowy %s w dniu %s; główny kod CPV %s; %s.",
            out->known ? "Tryb" : "Możliwe:", ids, sp_say_money_polish(purchase->value_grosz).text,
            sp_say_money_polish(national->grosz).text, sp_say_day_polish(purchase->initiated).text,
            cpv, sp_certainty_polish(out->certainty));
        out->english = sp_arena_printf(
            arena, "%s %s: value %s, national threshold %s on %s; main CPV code %s; %s.",
            out->known ? "Regime" : "Possible:", ids,
            sp_say_money_english(purchase->value_grosz).text,
            sp_say_money_english(national->grosz).text,
            sp_say_day_english(purchase->initiated).text, cpv,
            sp_certainty_english(out->certainty));
    }
    return out->polish == NULL || out->english == NULL ? SP_FAIL_NOMEM(err) : SP_OK;
}

enum sp_status sp_rule_regime(const struct sp_rulebook *book, const struct sp_purchase *purchase,
                              struct sp_arena *arena, struct sp_regime_ruling *out,
                              struct sp_error *err)
{
    enum sp_status status = check(purchase, err);
    if (status != SP_OK) {
        return status;
    }
    const struct sp_threshold *national =
        purchase->initiated == SP_DAY_UNKNOWN
            ? NULL
            : sp_threshold_find(book, SP_THRESHOLD_NATIONAL, purchase->buyer, purchase->initiated);
    *out = (struct sp_regime_ruling){0};
    out->open = open_regimes(book, purchase, national, &out->certainty);
    out->known = (out->open & (out->open - 1)) == 0;
    for (int i = 0; out->known && i < SP_REGIME_COUNT; i++) {
        if (out->open == 1U << i) {
            out->regime = (enum sp_regime)i;
        }
    }
    return give_reasons(purchase, national, arena, out, err);
}
