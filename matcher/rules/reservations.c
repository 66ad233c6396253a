/* SPDX-License-Identifier: EUPL-1.2 */
#include "matcher/rules/reservations.h"

#include <stdio.h>

#include "matcher/rules/facts.h"
#include "matcher/rules/ruling_priv.h"
#include "matcher/rules/share.h"

typedef void member_fn(struct sp_ruling_maker *maker, const struct sp_bidder *bidder, int member);

static const struct sp_statement nothing_stated;

static const struct sp_statement *stated(const struct sp_bidder *bidder)
{
    return bidder->stated == NULL ? &nothing_stated : bidder->stated;
}

/* Does the scope look at this member? Without an allocation everybody may perform. */
static bool in_scope(const struct sp_team *team, size_t index, enum sp_scope scope)
{
    if (scope == SP_SCOPE_LEAD) {
        return index == 0;
    }
    return scope == SP_SCOPE_ALL || !sp_team_allocated(team) || sp_team_performs(team, index, 0);
}

/* The days of a status as written in the record: "od 10.05.2024 do 30.11.2026". */
static struct sp_said from_polish(const Spoina__V1__Status *status)
{
    sp_day from = sp_fact_day(status->valid_from);
    sp_day to = sp_fact_day(status->valid_to);
    struct sp_said said;
    (void)snprintf(said.text, sizeof said.text, "od %s %s%s",
                   from == SP_DAY_UNKNOWN ? "dnia nieznanego" : sp_say_day_polish(from).text,
                   to == SP_DAY_UNKNOWN ? "bez końca" : "do ",
                   to == SP_DAY_UNKNOWN ? "" : sp_say_day_polish(to).text);
    return said;
}

static struct sp_said from_english(const Spoina__V1__Status *status)
{
    sp_day from = sp_fact_day(status->valid_from);
    sp_day to = sp_fact_day(status->valid_to);
    struct sp_said said;
    (void)snprintf(said.text, sizeof said.text, "from %s %s%s",
                   from == SP_DAY_UNKNOWN ? "a day not known" : sp_say_day_english(from).text,
                   to == SP_DAY_UNKNOWN ? "without end" : "to ",
                   to == SP_DAY_UNKNOWN ? "" : sp_say_day_english(to).text);
    return said;
}

/* Form and status of art. 94; an aim that nobody stated is to be completed. */
static void add_art_94_status(struct sp_ruling_maker *maker, const struct sp_bidder *bidder,
                              int member)
{
    const Spoina__V1__Entity *entity = bidder->entity;
    const char *name = sp_fact_name(entity);
    const Spoina__V1__Status *status = NULL;
    const Spoina__V1__Unit *unit = sp_fact_unit(entity, bidder->unit_id);
    enum sp_answer aim = stated(bidder)->integration_aim;
    enum sp_decision sheltered =
        sp_fact_status(entity, SPOINA__V1__STATUS_KIND__STATUS_KIND_ZPCH, maker->day, &status);
    struct sp_verdict *verdict = sp_ruling_add(maker, member, SP_DECISION_MET);
    if (entity->legal_form == SPOINA__V1__LEGAL_FORM__LEGAL_FORM_SOCIAL_COOPERATIVE) {
        sp_verdict_polish(maker, verdict, "%s: spółdzielnia socjalna, wymieniona z nazwy.", name);
        sp_verdict_english(maker, verdict, "%s: a social cooperative, named in the law.", name);
    } else if (sheltered == SP_DECISION_MET) {
        sp_verdict_polish(maker, verdict, "%s: status ZPCh (%s).", name, from_polish(status).text);
        sp_verdict_english(maker, verdict, "%s: sheltered employer (%s).", name,
                           from_english(status).text);
    } else if (unit != NULL && unit->kind == SPOINA__V1__UNIT_KIND__UNIT_KIND_ZAZ) {
        sp_verdict_polish(maker, verdict, "%s: wykonuje ZAZ, jednostka o celu integracyjnym.",
                          name);
        sp_verdict_english(maker, verdict, "%s: a ZAZ performs, a unit that aims at integration.",
                           name);
    } else if (aim == SP_ANSWER_YES) {
        sp_verdict_polish(maker, verdict, "%s: główny cel to integracja (oświadczenie).", name);
        sp_verdict_english(maker, verdict, "%s: its main aim is integration (stated).", name);
    } else if (aim == SP_ANSWER_NO) {
        verdict->decision = SP_DECISION_NOT_MET;
        sp_verdict_polish(maker, verdict, "%s: główny cel nie jest integracyjny.", name);
        sp_verdict_english(maker, verdict, "%s: its main aim is not integration.", name);
    } else {
        verdict->decision = SP_DECISION_UNKNOWN;
        sp_verdict_polish(maker, verdict, "%s: brak statusu ZPCh i danych o głównym celu.", name);
        sp_verdict_english(maker, verdict, "%s: no sheltered status and no word on its main aim.",
                           name);
    }
}

/* A bidder alone is judged by the law itself; for members of a consortium it is an interpretation.
 */
static const struct sp_rule *rule_for_members(const struct sp_rulebook *book,
                                              const struct sp_team *team, const char *alone,
                                              const char *together)
{
    return sp_rule_find(book, team->count == 1 ? alone : together, team->deadline);
}

static enum sp_status start(struct sp_ruling_maker *maker, const struct sp_rulebook *book,
                            const struct sp_team *team, const char *id, size_t verdicts,
                            struct sp_arena *arena, struct sp_error *err)
{
    enum sp_status status = sp_team_check(team, err);
    if (status == SP_OK) {
        status =
            sp_ruling_start(maker, book, id, team->deadline, verdicts * team->count, arena, err);
        maker->silent = team->silent;
    }
    return status;
}

/* Ask @p add about each member in scope; its verdicts carry @p member_rule. */
static enum sp_status reserve(struct sp_ruling_maker *maker, const struct sp_team *team,
                              const struct sp_rule *member_rule, enum sp_scope scope,
                              member_fn *add, struct sp_ruling *out, struct sp_error *err)
{
    const struct sp_rule *rule = maker->rule;
    maker->rule = member_rule == NULL ? rule : member_rule;
    for (size_t i = 0; i < team->count; i++) {
        if (in_scope(team, i, scope)) {
            add(maker, &team->members[i], (int)i);
        }
    }
    maker->rule = rule;
    return sp_ruling_finish(maker, sp_combine(maker->verdicts, maker->count, SP_COMBINE_EVERY), out,
                            err);
}

enum sp_status sp_rule_art_94(const struct sp_rulebook *book, const struct sp_team *team,
                              const struct sp_reservation *options, struct sp_arena *arena,
                              struct sp_ruling *out, struct sp_error *err)
{
    struct sp_ruling_maker maker;
    enum sp_status status = start(&maker, book, team, "PZP94", 2, arena, err);
    if (status != SP_OK) {
        return status;
    }
    int64_t least = maker.rule->number;
    int64_t asked = options->share_percent == 0 ? least : options->share_percent;
    if (asked < least || asked > 100) {
        return SP_FAIL(err, SP_INVALID, "share_percent",
                       "Wskaźnik %lld %% jest poza zakresem: od %lld do 100 %%.",
                       "The share of %lld %% is out of range: %lld to 100 %%.", (long long)asked,
                       (long long)least);
    }
    const struct sp_rule *rule = maker.rule;
    const struct sp_rule *aim = rule_for_members(book, team, "PZP94", "K01");
    const struct sp_rule *share = rule_for_members(book, team, "PZP94", "K02");
    for (size_t i = 0; i < team->count; i++) {
        if (in_scope(team, i, options->scope)) {
            maker.rule = aim == NULL ? rule : aim;
            add_art_94_status(&maker, &team->members[i], (int)i);
            maker.rule = share == NULL ? rule : share;
            sp_add_share(&maker, book, &team->members[i], (int)i, asked);
        }
    }
    maker.rule = rule;
    return sp_ruling_finish(&maker, sp_combine(maker.verdicts, maker.count, SP_COMBINE_EVERY), out,
                            err);
}

/* What the answers to conditions 1-3 of art. 361(1) give together. */
static enum sp_decision three_conditions(const struct sp_statement *said)
{
    const enum sp_answer answers[] = {said->integration_aim, said->public_utility_aim,
                                      said->non_profit, said->participation};
    if (said->certificate_27 == SP_ANSWER_YES) {
        return SP_DECISION_MET;
    }
    enum sp_decision decision = SP_DECISION_MET;
    for (size_t i = 0; i < SP_COUNT(answers); i++) {
        if (answers[i] == SP_ANSWER_NO) {
            return SP_DECISION_NOT_MET;
        }
        if (answers[i] == SP_ANSWER_UNKNOWN) {
            decision = SP_DECISION_UNKNOWN;
        }
    }
    return decision;
}

/* The same day @p years later. */
static sp_day years_later(sp_day day, int years)
{
    int year = 0;
    int month = 0;
    int number = 0;
    sp_day_to_civil(day, &year, &month, &number);
    if (month == 2 && number == 29 && years % 4 != 0) {
        number = 28;
    }
    return sp_day_from_civil(year + years, month, number);
}

static enum sp_decision not_awarded(const struct sp_statement *said, sp_day day, int years)
{
    if (said->awarded_361 == SP_ANSWER_NO) {
        return SP_DECISION_MET;
    }
    bool dated = said->awarded_361_on != 0 && said->awarded_361_on != SP_DAY_UNKNOWN;
    if (said->awarded_361 == SP_ANSWER_UNKNOWN || !dated) {
        return SP_DECISION_UNKNOWN;
    }
    return years_later(said->awarded_361_on, years) < day ? SP_DECISION_MET : SP_DECISION_NOT_MET;
}

static void add_art_361(struct sp_ruling_maker *maker, const struct sp_bidder *bidder, int member)
{
    enum { YEARS = 3 }; /* art. 361(1)(4) */
    const char *name = sp_fact_name(bidder->entity);
    const struct sp_statement *said = stated(bidder);
    enum sp_decision three = three_conditions(said);
    struct sp_verdict *verdict = sp_ruling_add(maker, member, three);
    const char *by = said->certificate_27 == SP_ANSWER_YES ? "zaświadczenie wojewody, art. 27 ES"
                                                           : "oświadczenia i statut";
    const char *by_english = said->certificate_27 == SP_ANSWER_YES
                                 ? "certificate of the wojewoda, art. 27 ES"
                                 : "statements and statute";
    sp_verdict_polish(maker, verdict, "%s: cel, niezarobkowość, udział w zarządzaniu: %s (%s).",
                      name, sp_decision_polish(three), by);
    sp_verdict_english(maker, verdict, "%s: aim, non-profit, participation: %s (%s).", name,
                       sp_decision_english(three), by_english);
    enum sp_decision fourth = not_awarded(said, maker->day, YEARS);
    verdict = sp_ruling_add(maker, member, fourth);
    sp_verdict_polish(maker, verdict,
                      "%s: brak zamówienia z art. 361 od tego zamawiającego w ostatnich 3 latach: "
                      "%s.",
                      name, sp_decision_polish(fourth));
    sp_verdict_english(maker, verdict,
                       "%s: no contract under art. 361 from this buyer in the last 3 years: %s.",
                       name, sp_decision_english(fourth));
}

enum sp_status sp_rule_art_361(const struct sp_rulebook *book, const struct sp_team *team,
                               const struct sp_reservation *options, struct sp_arena *arena,
                               struct sp_ruling *out, struct sp_error *err)
{
    struct sp_ruling_maker maker;
    enum sp_status status = start(&maker, book, team, "PZP361", 2, arena, err);
    return status == SP_OK ? reserve(&maker, team, rule_for_members(book, team, "PZP361", "K03"),
                                     options->scope, add_art_361, out, err)
                           : status;
}

/* Forms that cannot hold the status of a social enterprise: art. 2(5) and 4 ES. */
static bool never_social_enterprise(Spoina__V1__LegalForm form)
{
    return form == SPOINA__V1__LEGAL_FORM__LEGAL_FORM_LOCAL_GOVERNMENT ||
           form == SPOINA__V1__LEGAL_FORM__LEGAL_FORM_LGU_ASSOCIATION ||
           form == SPOINA__V1__LEGAL_FORM__LEGAL_FORM_SHELTERED_EMPLOYER ||
           form == SPOINA__V1__LEGAL_FORM__LEGAL_FORM_BUSINESS;
}

static void add_es_26(struct sp_ruling_maker *maker, const struct sp_bidder *bidder, int member)
{
    const char *name = sp_fact_name(bidder->entity);
    const Spoina__V1__Status *status = NULL;
    enum sp_decision held = sp_fact_status(bidder->entity, SPOINA__V1__STATUS_KIND__STATUS_KIND_PS,
                                           maker->day, &status);
    enum sp_answer said = stated(bidder)->social_enterprise;
    struct sp_verdict *verdict = sp_ruling_add(maker, member, held);
    if (never_social_enterprise(bidder->entity->legal_form)) {
        verdict->decision = SP_DECISION_NOT_MET;
        sp_verdict_polish(maker, verdict,
                          "%s: forma, która nie może mieć statusu przedsiębiorstwa społecznego.",
                          name);
        sp_verdict_english(maker, verdict, "%s: a form that cannot be a social enterprise.", name);
    } else if (status != NULL) {
        sp_verdict_polish(maker, verdict, "%s: status PS w dniu %s: %s (%s).", name,
                          sp_say_day_polish(maker->day).text, sp_decision_polish(held),
                          from_polish(status).text);
        sp_verdict_english(maker, verdict, "%s: PS status on %s: %s (%s).", name,
                           sp_say_day_english(maker->day).text, sp_decision_english(held),
                           from_english(status).text);
    } else {
        verdict->decision = said == SP_ANSWER_YES  ? SP_DECISION_MET
                            : said == SP_ANSWER_NO ? SP_DECISION_NOT_MET
                                                   : SP_DECISION_UNKNOWN;
        sp_verdict_polish(
            maker, verdict, "%s: status PS: %s%s.", name, sp_decision_polish(verdict->decision),
            said == SP_ANSWER_UNKNOWN ? "; sprawdź wykaz (art. 19 ES)" : " (oświadczenie)");
        sp_verdict_english(
            maker, verdict, "%s: PS status: %s%s.", name, sp_decision_english(verdict->decision),
            said == SP_ANSWER_UNKNOWN ? "; see the public list (art. 19 ES)" : " (stated)");
    }
}

enum sp_status sp_rule_es_26(const struct sp_rulebook *book, const struct sp_team *team,
                             const struct sp_reservation *options, struct sp_arena *arena,
                             struct sp_ruling *out, struct sp_error *err)
{
    struct sp_ruling_maker maker;
    enum sp_status status = start(&maker, book, team, "ES26", 1, arena, err);
    return status == SP_OK ? reserve(&maker, team, rule_for_members(book, team, "ES26", "K04"),
                                     options->scope, add_es_26, out, err)
                           : status;
}

static void add_ss_15a(struct sp_ruling_maker *maker, const struct sp_bidder *bidder, int member)
{
    const char *name = sp_fact_name(bidder->entity);
    Spoina__V1__LegalForm form = bidder->entity->legal_form;
    bool cooperative = form == SPOINA__V1__LEGAL_FORM__LEGAL_FORM_SOCIAL_COOPERATIVE;
    bool unknown = form == SPOINA__V1__LEGAL_FORM__LEGAL_FORM_UNSPECIFIED;
    enum sp_decision decision = cooperative ? SP_DECISION_MET
                                : unknown   ? SP_DECISION_UNKNOWN
                                            : SP_DECISION_NOT_MET;
    struct sp_verdict *verdict = sp_ruling_add(maker, member, decision);
    sp_verdict_polish(maker, verdict, "%s: %s.", name,
                      cooperative ? "spółdzielnia socjalna"
                      : unknown   ? "forma prawna nieznana"
                                  : "nie jest spółdzielnią socjalną");
    sp_verdict_english(maker, verdict, "%s: %s.", name,
                       cooperative ? "a social cooperative"
                       : unknown   ? "legal form not known"
                                   : "not a social cooperative");
}

enum sp_status sp_rule_ss_15a(const struct sp_rulebook *book, const struct sp_team *team,
                              const struct sp_reservation *options, struct sp_arena *arena,
                              struct sp_ruling *out, struct sp_error *err)
{
    struct sp_ruling_maker maker;
    enum sp_status status = start(&maker, book, team, "SS15A", 1, arena, err);
    return status == SP_OK ? reserve(&maker, team, rule_for_members(book, team, "SS15A", "K04"),
                                     options->scope, add_ss_15a, out, err)
                           : status;
}

static void add_exclusion(struct sp_ruling_maker *maker, const struct sp_bidder *bidder, int member)
{
    const char *name = sp_fact_name(bidder->entity);
    enum sp_answer excluded = stated(bidder)->excluded;
    enum sp_decision decision = excluded == SP_ANSWER_NO    ? SP_DECISION_MET
                                : excluded == SP_ANSWER_YES ? SP_DECISION_NOT_MET
                                                            : SP_DECISION_UNKNOWN;
    struct sp_verdict *verdict = sp_ruling_add(maker, member, decision);
    sp_verdict_polish(maker, verdict, "%s: brak podstaw wykluczenia: %s.", name,
                      sp_decision_polish(decision));
    sp_verdict_english(maker, verdict, "%s: no grounds for exclusion: %s.", name,
                       sp_decision_english(decision));
}

enum sp_status sp_rule_exclusion(const struct sp_rulebook *book, const struct sp_team *team,
                                 struct sp_arena *arena, struct sp_ruling *out,
                                 struct sp_error *err)
{
    struct sp_ruling_maker maker;
    enum sp_status status = start(&maker, book, team, "K05", 1, arena, err);
    return status == SP_OK ? reserve(&maker, team, NULL, SP_SCOPE_ALL, add_exclusion, out, err)
                           : status;
}
