/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Which instruments a purchase opens: each limit of the rule is one verdict.
 */
#include <string.h>

#include "matcher/rules/regime.h"
#include "matcher/rules/ruling_priv.h"

enum { LIMITS_MAX = 5 };

static void add(struct sp_ruling_maker *maker, enum sp_decision decision, const char *polish,
                const char *english)
{
    struct sp_verdict *verdict = sp_ruling_add(maker, SP_NO_MEMBER, decision);
    sp_verdict_polish(maker, verdict, "%s: %s.", polish, sp_decision_polish(decision));
    sp_verdict_english(maker, verdict, "%s: %s.", english, sp_decision_english(decision));
}

static void add_regime(struct sp_ruling_maker *maker, const struct sp_regime_ruling *regime)
{
    unsigned allowed = maker->rule->regimes;
    enum sp_decision decision = (regime->open & allowed) == 0    ? SP_DECISION_NOT_MET
                                : (regime->open & ~allowed) == 0 ? SP_DECISION_MET
                                                                 : SP_DECISION_UNKNOWN;
    sp_verdict_text(sp_ruling_add(maker, SP_NO_MEMBER, decision), regime->polish, regime->english);
}

static void add_kind(struct sp_ruling_maker *maker, enum sp_purchase_kind kind)
{
    enum sp_decision decision = SP_DECISION_UNKNOWN;
    if (kind != SP_PURCHASE_UNKNOWN) {
        decision = (maker->rule->kinds & 1U << kind) != 0 ? SP_DECISION_MET : SP_DECISION_NOT_MET;
    }
    add(maker, decision, "Rodzaj zamówienia", "Kind of purchase");
}

/* The main code must be on the list of art. 361; further codes outside it are a question of
 * interpretation. */
static void add_art_361(struct sp_ruling_maker *maker, const struct sp_rulebook *book,
                        const struct sp_purchase *purchase)
{
    enum sp_decision decision = purchase->cpv_count == 0 ? SP_DECISION_UNKNOWN : SP_DECISION_MET;
    for (size_t i = 0; i < purchase->cpv_count; i++) {
        if (!sp_cpv_listed(book, SP_CPV_ART_361, purchase->cpv[i], NULL)) {
            decision = i == 0 ? SP_DECISION_NOT_MET : decision;
            decision = decision == SP_DECISION_MET ? SP_DECISION_UNKNOWN : decision;
        }
    }
    add(maker, decision, "Kody CPV na zamkniętej liście art. 361",
        "CPV codes on the closed list of art. 361");
    enum sp_decision length = purchase->months == 0                     ? SP_DECISION_UNKNOWN
                              : purchase->months <= maker->rule->number ? SP_DECISION_MET
                                                                        : SP_DECISION_NOT_MET;
    add(maker, length, "Umowa najwyżej na 3 lata", "A contract of at most 3 years");
}

static void add_public_sector(struct sp_ruling_maker *maker, enum sp_answer public_sector)
{
    enum sp_decision decision = public_sector == SP_ANSWER_YES  ? SP_DECISION_MET
                                : public_sector == SP_ANSWER_NO ? SP_DECISION_NOT_MET
                                                                : SP_DECISION_UNKNOWN;
    add(maker, decision, "Zamawiający w sektorze finansów publicznych",
        "A buyer of the public finance sector");
}

enum sp_status sp_rule_instrument(const struct sp_rulebook *book,
                                  const struct sp_purchase *purchase, const char *id,
                                  struct sp_arena *arena, struct sp_ruling *out,
                                  struct sp_error *err)
{
    struct sp_regime_ruling regime;
    struct sp_ruling_maker maker;
    if (purchase->initiated == SP_DAY_UNKNOWN) {
        return SP_FAIL(err, SP_INVALID, "initiated", "Brak dnia wszczęcia postępowania.",
                       "The day on which the procedure starts is missing.");
    }
    enum sp_status status = sp_rule_regime(book, purchase, arena, &regime, err);
    if (status == SP_OK) {
        status = sp_ruling_start(&maker, book, id, purchase->initiated, LIMITS_MAX, arena, err);
    }
    if (status != SP_OK) {
        return status;
    }
    if (maker.rule->regimes != 0) {
        add_regime(&maker, &regime);
    }
    if (maker.rule->kinds != 0) {
        add_kind(&maker, purchase->kind);
    }
    if (strcmp(id, "PZP361") == 0) {
        add_art_361(&maker, book, purchase);
    } else if (strcmp(id, "ES26") == 0) {
        add_public_sector(&maker, purchase->public_sector);
    }
    if (maker.count == 0) {
        sp_verdict_text(sp_ruling_add(&maker, SP_NO_MEMBER, SP_DECISION_MET),
                        "Zasada nie ma ograniczeń trybu ani rodzaju.",
                        "The rule is not limited to a regime or kind.");
    }
    status = sp_ruling_finish(&maker, sp_combine(maker.verdicts, maker.count, SP_COMBINE_EVERY),
                              out, err);
    if (status == SP_OK && regime.certainty > out->certainty && maker.rule->regimes != 0 &&
        (regime.open & (regime.open - 1)) == 0) {
        out->certainty = regime.certainty;
    }
    return status;
}
