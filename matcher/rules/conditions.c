/* SPDX-License-Identifier: EUPL-1.2 */
#include "matcher/rules/conditions.h"

#include <inttypes.h>

#include "matcher/rules/facts.h"
#include "matcher/rules/holdings.h"
#include "matcher/rules/ruling_priv.h"

/* How one kind of condition is evaluated. */
struct kind {
    const char *rule;
    enum sp_wording usual;
    bool performers; /* only members that perform the part count */
    bool wordable;   /* the wording may change how members are counted */
    bool money;
    sp_holding_fn *measure;
    const char *polish; /* what is measured */
    const char *english;
};

static const struct kind kinds[SP_CONDITION_COUNT] = {
    [SP_CONDITION_REGISTER] = {"K06", SP_WORDING_EVERY, false, false, false, sp_holding_register,
                               "wpis do KRS", "entry in KRS"},
    [SP_CONDITION_LICENCE] = {"K07", SP_WORDING_EVERY, true, false, false, sp_holding_licence,
                              "uprawnienie", "licence"},
    [SP_CONDITION_REFERENCES] = {"K09", SP_WORDING_ANY, true, false, false, sp_holding_references,
                                 "referencje", "references"},
    [SP_CONDITION_EXPERIENCE] = {"K10", SP_WORDING_SUM, true, false, true, sp_holding_experience,
                                 "doświadczenie łącznie", "experience in total"},
    [SP_CONDITION_PERSONS] = {"K11", SP_WORDING_SUM, false, true, false, sp_holding_persons,
                              "osoby zatrudnione", "persons employed"},
    [SP_CONDITION_EQUIPMENT] = {"K12", SP_WORDING_ANY, false, false, false, sp_holding_equipment,
                                "sprzęt", "equipment"},
    [SP_CONDITION_CERTIFICATE] = {"K13", SP_WORDING_EVERY, true, false, false, sp_holding_licence,
                                  "certyfikat", "certificate"},
    [SP_CONDITION_REVENUE] = {"K14", SP_WORDING_SUM, false, true, true, sp_holding_revenue,
                              "przychód", "revenue"},
    [SP_CONDITION_INSURANCE] = {"K15", SP_WORDING_ANY, false, true, true, sp_holding_insurance,
                                "ubezpieczenie OC", "liability insurance"},
};

/* How much is asked for, in the kind's own measure. */
static int64_t amount_asked(const struct sp_condition *condition)
{
    switch (condition->kind) {
    case SP_CONDITION_EXPERIENCE:
    case SP_CONDITION_REVENUE:
    case SP_CONDITION_INSURANCE:
        return condition->grosz;
    case SP_CONDITION_REFERENCES:
    case SP_CONDITION_PERSONS:
        return condition->count;
    default:
        return 1;
    }
}

static enum sp_status check(const struct sp_condition *condition, struct sp_error *err)
{
    bool named = condition->kind == SP_CONDITION_LICENCE ||
                 condition->kind == SP_CONDITION_CERTIFICATE ||
                 condition->kind == SP_CONDITION_EQUIPMENT;
    if (named && (condition->name == NULL || condition->name[0] == '\0')) {
        return SP_FAIL(err, SP_INVALID, "name", "Brak nazwy wymaganego %s%.0s.",
                       "The name of the %.0s%s asked for is missing.",
                       "uprawnienia, certyfikatu lub sprzętu", "licence, certificate or equipment");
    }
    if (amount_asked(condition) < 1 || condition->grosz < 0) {
        return SP_FAIL(err, SP_INVALID, "amount", "Warunek niczego nie wymaga (wielkość %lld).",
                       "The condition asks for nothing (amount %lld).",
                       (long long)amount_asked(condition));
    }
    return SP_OK;
}

static enum sp_decision decide(const struct sp_holding *holding, int64_t asked)
{
    if (holding->least >= asked) {
        return SP_DECISION_MET;
    }
    return holding->stated && !holding->open ? SP_DECISION_NOT_MET : SP_DECISION_UNKNOWN;
}

static void explain(struct sp_ruling_maker *maker, struct sp_verdict *verdict,
                    const struct kind *kind, const struct sp_condition *condition, const char *who,
                    const char *who_english, const char *why)
{
    if (maker->silent) {
        sp_verdict_text(verdict, "", "");
        return;
    }
    const char *name = condition->name == NULL ? "" : condition->name;
    const char *space = name[0] == '\0' ? "" : " ";
    const char *evidence = why == NULL ? "" : why;
    const char *open = evidence[0] == '\0' ? "" : " (";
    const char *close = evidence[0] == '\0' ? "" : ")";
    const char *polish = sp_decision_polish(verdict->decision);
    const char *english = sp_decision_english(verdict->decision);
    if (kind->money) {
        sp_verdict_polish(maker, verdict, "%s: %s%s%s: %s z wymaganych %s: %s%s%s%s.", who,
                          kind->polish, space, name, sp_say_money_polish(verdict->part).text,
                          sp_say_money_polish(verdict->whole).text, polish, open, evidence, close);
        sp_verdict_english(maker, verdict, "%s: %s%s%s: %s of %s required: %s%s%s%s.", who_english,
                           kind->english, space, name, sp_say_money_english(verdict->part).text,
                           sp_say_money_english(verdict->whole).text, english, open, evidence,
                           close);
    } else {
        sp_verdict_polish(maker, verdict,
                          "%s: %s%s%s: %" PRId64 " z wymaganych %" PRId64 ": %s%s%s%s.", who,
                          kind->polish, space, name, verdict->part, verdict->whole, polish, open,
                          evidence, close);
        sp_verdict_english(maker, verdict,
                           "%s: %s%s%s: %" PRId64 " of %" PRId64 " required: %s%s%s%s.",
                           who_english, kind->english, space, name, verdict->part, verdict->whole,
                           english, open, evidence, close);
    }
}

/* A condition being evaluated over a team. */
struct question {
    const struct kind *kind;
    const struct sp_condition *condition;
    const struct sp_team *team;
    enum sp_wording wording; /* never SP_WORDING_DEFAULT */
    int64_t asked;
};

static bool is_looked_at(const struct question *question, size_t index)
{
    return !question->kind->performers || !sp_team_allocated(question->team) ||
           sp_team_performs(question->team, index, question->condition->requirements);
}

static struct sp_holding measure(const struct question *question, size_t index)
{
    return question->kind->measure(question->condition, question->team->members[index].entity,
                                   question->team->deadline);
}

static struct sp_holding measure_together(const struct question *question)
{
    struct sp_holding together = {.stated = true};
    size_t count = 0;
    for (size_t i = 0; i < question->team->count; i++) {
        if (is_looked_at(question, i)) {
            struct sp_holding holding = measure(question, i);
            together.least += holding.least;
            together.open = together.open || holding.open || !holding.stated;
            count++;
        }
    }
    together.open = together.open || count == 0;
    return together;
}

static struct sp_verdict *add(struct sp_ruling_maker *maker, const struct question *question,
                              int member, enum sp_decision decision, int64_t part)
{
    struct sp_verdict *verdict = sp_ruling_add(maker, member, decision);
    verdict->value = question->kind->money ? SP_VALUE_GROSZ : SP_VALUE_COUNT;
    verdict->part = part < 0 ? 0 : part;
    verdict->whole = question->asked;
    return verdict;
}

/* One verdict a member. In a sum a member only contributes: it carries the decision of the sum. */
static void add_members(struct sp_ruling_maker *maker, const struct question *question,
                        const enum sp_decision *of_sum)
{
    for (size_t i = 0; i < question->team->count; i++) {
        if (is_looked_at(question, i)) {
            struct sp_holding holding = measure(question, i);
            const char *name = sp_fact_name(question->team->members[i].entity);
            enum sp_decision decision =
                of_sum == NULL ? decide(&holding, question->asked) : *of_sum;
            explain(maker, add(maker, question, (int)i, decision, holding.least), question->kind,
                    question->condition, name, name, holding.why);
        }
    }
}

static enum sp_decision evaluate(struct sp_ruling_maker *maker, const struct question *question)
{
    if (question->wording == SP_WORDING_SUM) {
        struct sp_holding together = measure_together(question);
        enum sp_decision decision = decide(&together, question->asked);
        add_members(maker, question, &decision);
        explain(maker, add(maker, question, SP_NO_MEMBER, decision, together.least), question->kind,
                question->condition, "Łącznie", "Together", NULL);
        return decision;
    }
    add_members(maker, question, NULL);
    /* without an allocation one holder is enough, who must then perform: nobody else is judged */
    bool any = question->wording == SP_WORDING_ANY ||
               (question->kind->performers && !sp_team_allocated(question->team));
    return sp_combine(maker->verdicts, maker->count, any ? SP_COMBINE_ANY : SP_COMBINE_EVERY);
}

enum sp_status sp_rule_condition(const struct sp_rulebook *book, const struct sp_team *team,
                                 const struct sp_condition *condition, struct sp_arena *arena,
                                 struct sp_ruling *out, struct sp_error *err)
{
    SP_ASSERT((unsigned)condition->kind < SP_CONDITION_COUNT);
    const struct kind *kind = &kinds[condition->kind];
    struct question question = {.kind = kind,
                                .condition = condition,
                                .team = team,
                                .wording = kind->usual,
                                .asked = amount_asked(condition)};
    if (kind->wordable && condition->wording != SP_WORDING_DEFAULT) {
        question.wording = condition->wording;
    }
    struct sp_ruling_maker maker;
    enum sp_status status = sp_team_check(team, err);
    if (status == SP_OK) {
        status = check(condition, err);
    }
    if (status == SP_OK) {
        status =
            sp_ruling_start(&maker, book, kind->rule, team->deadline, team->count + 1, arena, err);
    }
    maker.silent = team->silent;
    return status == SP_OK ? sp_ruling_finish(&maker, evaluate(&maker, &question), out, err)
                           : status;
}
