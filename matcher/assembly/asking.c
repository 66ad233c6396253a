/* SPDX-License-Identifier: EUPL-1.2 */
/** @file Terms asked of the rules; see asking.h. */
#include "matcher/assembly/asking.h"

static enum sp_status ask(const struct sp_rulebook *book, const struct sp_lot_terms *terms,
                          const struct sp_lot_term *term, const struct sp_team *team,
                          struct sp_arena *arena, struct sp_ruling *out, struct sp_error *err)
{
    switch (term->kind) {
    case SP_TERM_EXCLUSION:
        return sp_rule_exclusion(book, team, arena, out, err);
    case SP_TERM_OWN_UNIT:
        return sp_rule_own_unit(book, team, terms->buyer_nip, arena, out, err);
    case SP_TERM_ART_94:
        return sp_rule_art_94(book, team, &term->reservation, arena, out, err);
    case SP_TERM_ART_361:
        return sp_rule_art_361(book, team, &term->reservation, arena, out, err);
    case SP_TERM_ES_26:
        return sp_rule_es_26(book, team, &term->reservation, arena, out, err);
    case SP_TERM_SS_15A:
        return sp_rule_ss_15a(book, team, &term->reservation, arena, out, err);
    case SP_TERM_ART_95:
        return sp_rule_art_95(book, team, arena, out, err);
    case SP_TERM_ART_96:
        return sp_rule_art_96(book, team, &term->employment, arena, out, err);
    case SP_TERM_KEY_TASKS:
        return sp_rule_key_tasks(book, team, term->requirements, arena, out, err);
    case SP_TERM_CONDITION:
    case SP_TERM_LICENCE:
        return sp_rule_condition(book, team, &term->question, arena, out, err);
    case SP_TERM_ONE_OFFER:
        return sp_rule_one_offer(book, team, NULL, arena, out, err);
    case SP_TERM_EACH_PERFORMS:
        break;
    }
    return sp_rule_each_performs(book, team, arena, out, err);
}

enum sp_status sp_ask(const struct sp_rulebook *book, const struct sp_lot_terms *terms,
                      const struct sp_lot_term *term, const struct sp_team *team,
                      struct sp_arena *arena, struct sp_ruling *out, struct sp_error *err)
{
    enum sp_status status = ask(book, terms, term, team, arena, out, err);
    if (status == SP_INVALID && *term->subject != '\0') {
        sp_error_prefix(err, term->subject);
    }
    return status;
}
