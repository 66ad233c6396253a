/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * One contractor, one offer (K27), and the buyer's own units (K28).
 */
#include <string.h>

#include "matcher/rules/facts.h"
#include "matcher/rules/reservations.h"
#include "matcher/rules/ruling_priv.h"

enum { REGON_ENTITY_DIGITS = 9 }; /* the further five name a local unit of the same entity */

static bool same_text(const char *a, const char *b)
{
    return a != NULL && a[0] != '\0' && sp_view_equal(sp_view_of(a), sp_view_of(b));
}

static bool same_regon(const char *a, const char *b)
{
    return a != NULL && b != NULL && strlen(a) >= REGON_ENTITY_DIGITS &&
           strlen(b) >= REGON_ENTITY_DIGITS && memcmp(a, b, REGON_ENTITY_DIGITS) == 0;
}

bool sp_same_contractor(const Spoina__V1__Entity *a, const Spoina__V1__Entity *b)
{
    return a == b || same_text(a->id, b->id) || same_text(a->nip, b->nip) ||
           same_text(a->krs, b->krs) || same_regon(a->regon, b->regon);
}

enum sp_status sp_rule_own_unit(const struct sp_rulebook *book, const struct sp_team *team,
                                const char *buyer_nip, struct sp_arena *arena,
                                struct sp_ruling *out, struct sp_error *err)
{
    struct sp_ruling_maker maker;
    enum sp_status status = sp_team_check(team, err);
    if (status == SP_OK) {
        status = sp_ruling_start(&maker, book, "K28", team->deadline, team->count, arena, err);
    }
    if (status != SP_OK) {
        return status;
    }
    maker.silent = team->silent;
    bool buyer_known = buyer_nip != NULL && buyer_nip[0] != '\0';
    for (size_t i = 0; i < team->count; i++) {
        const Spoina__V1__Entity *entity = team->members[i].entity;
        bool nip_known = entity->nip != NULL && entity->nip[0] != '\0';
        /* only local government has units that could be the buyer's own */
        bool may_be_own =
            entity->legal_form == SPOINA__V1__LEGAL_FORM__LEGAL_FORM_LOCAL_GOVERNMENT ||
            entity->legal_form == SPOINA__V1__LEGAL_FORM__LEGAL_FORM_UNSPECIFIED;
        enum sp_decision decision = SP_DECISION_MET;
        if (buyer_known && same_text(entity->nip, buyer_nip)) {
            decision = SP_DECISION_NOT_MET;
        } else if (may_be_own && (!buyer_known || !nip_known)) {
            decision = SP_DECISION_UNKNOWN;
        }
        struct sp_verdict *verdict = sp_ruling_add(&maker, (int)i, decision);
        sp_verdict_polish(&maker, verdict, "%s: inny podmiot niż zamawiający: %s.",
                          sp_fact_name(entity), sp_decision_polish(decision));
        sp_verdict_english(&maker, verdict, "%s: another legal entity than the buyer: %s.",
                           sp_fact_name(entity), sp_decision_english(decision));
    }
    return sp_ruling_finish(&maker, sp_combine(maker.verdicts, maker.count, SP_COMBINE_EVERY), out,
                            err);
}

static void add_conflict(struct sp_ruling_maker *maker, int member, const Spoina__V1__Entity *a,
                         const char *polish, const char *english)
{
    struct sp_verdict *verdict = sp_ruling_add(maker, member, SP_DECISION_NOT_MET);
    sp_verdict_polish(maker, verdict, "%s: %s.", sp_fact_name(a), polish);
    sp_verdict_english(maker, verdict, "%s: %s.", sp_fact_name(a), english);
}

static bool is_among(const Spoina__V1__Entity *entity, const struct sp_team *team, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (sp_same_contractor(entity, team->members[i].entity)) {
            return true;
        }
    }
    return false;
}

enum sp_status sp_rule_one_offer(const struct sp_rulebook *book, const struct sp_team *team,
                                 const struct sp_team *rival, struct sp_arena *arena,
                                 struct sp_ruling *out, struct sp_error *err)
{
    struct sp_ruling_maker maker;
    enum sp_status status = sp_team_check(team, err);
    if (status == SP_OK && rival != NULL) {
        status = sp_team_check(rival, err);
    }
    if (status == SP_OK) {
        status = sp_ruling_start(&maker, book, "K27", team->deadline, 2 * team->count, arena, err);
    }
    if (status != SP_OK) {
        return status;
    }
    maker.silent = team->silent;
    for (size_t i = 0; i < team->count; i++) {
        const Spoina__V1__Entity *entity = team->members[i].entity;
        if (is_among(entity, team, i)) {
            add_conflict(&maker, (int)i, entity,
                         "ten sam wykonawca jest w zespole dwa razy (jednostki jednego podmiotu)",
                         "the same contractor is in the team twice (units of one founder)");
        }
        if (rival != NULL && is_among(entity, rival, rival->count)) {
            add_conflict(&maker, (int)i, entity, "ten sam wykonawca jest w drugiej ofercie",
                         "the same contractor is in the other offer");
        }
    }
    if (maker.count == 0) {
        sp_verdict_text(sp_ruling_add(&maker, SP_NO_MEMBER, SP_DECISION_MET),
                        "Każdy wykonawca występuje raz.", "Each contractor occurs once.");
    }
    return sp_ruling_finish(&maker, sp_combine(maker.verdicts, maker.count, SP_COMBINE_EVERY), out,
                            err);
}
