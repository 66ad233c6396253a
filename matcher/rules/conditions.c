/* SPDX-License-Identifier: EUPL-1.2 */
#include "matcher/rules/conditions.h"

#include "matcher/rules/facts.h"
#include "matcher/rules/holdings.h"
#include "matcher/rules/ruling_priv.h"

/* What the amount of a condition is. */
enum measure { HELD_OR_NOT, COUNT, MONEY };

/* How one kind of condition is evaluated, and what its sentences say. */
struct kind {
    const char *rule;
    enum sp_wording usual;
    bool performers; /* only members that perform the part count */
    bool wordable;   /* the wording may change how members are counted */
    enum measure measure;
    sp_holding_fn *hold;
    const char *polish; /* what is measured */
    const char *english;
    const char *why_polish; /* what stands before sp_holding.why */
    const char *why_english;
};

static const struct kind kinds[SP_CONDITION_COUNT] = {
    [SP_CONDITION_REGISTER] = {"K06", SP_WORDING_EVERY, false, false, HELD_OR_NOT,
                               sp_holding_register, "wpis do KRS", "entry in KRS", "nr ", "no. "},
    [SP_CONDITION_LICENCE] = {"K07", SP_WORDING_EVERY, true, false, HELD_OR_NOT, sp_holding_licence,
                              "uprawnienie", "licence", "nr ", "no. "},
    [SP_CONDITION_REFERENCES] = {"K09", SP_WORDING_ANY, true, false, COUNT, sp_holding_references,
                                 "referencje spełniające warunek", "references that qualify", "",
                                 ""},
    [SP_CONDITION_EXPERIENCE] = {"K10", SP_WORDING_SUM, true, false, MONEY, sp_holding_experience,
                                 "doświadczenie", "experience", "", ""},
    [SP_CONDITION_PERSONS] = {"K11", SP_WORDING_SUM, false, true, COUNT, sp_holding_persons,
                              "osoby zatrudnione", "persons employed", "stan na ", "as of "},
    [SP_CONDITION_EQUIPMENT] = {"K12", SP_WORDING_ANY, false, false, HELD_OR_NOT,
                                sp_holding_equipment, "sprzęt", "equipment", "oferta: ", "offer: "},
    [SP_CONDITION_CERTIFICATE] = {"K13", SP_WORDING_EVERY, true, false, HELD_OR_NOT,
                                  sp_holding_licence, "certyfikat", "certificate", "nr ", "no. "},
    [SP_CONDITION_REVENUE] = {"K14", SP_WORDING_SUM, false, true, MONEY, sp_holding_revenue,
                              "przychód", "revenue", "", ""},
    [SP_CONDITION_INSURANCE] = {"K15", SP_WORDING_ANY, false, true, MONEY, sp_holding_insurance,
                                "ubezpieczenie OC", "liability insurance", "do ", "until "},
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

/* A condition being evaluated over a team. */
struct question {
    const struct kind *kind;
    const struct sp_condition *condition;
    const struct sp_team *team;
    enum sp_wording wording; /* never SP_WORDING_DEFAULT */
    int64_t asked;
};

/* Whose holding a sentence tells. */
struct holder {
    int member; /* SP_NO_MEMBER: all together */
    const char *polish;
    const char *english;
};

static bool is_looked_at(const struct question *question, size_t index)
{
    return !question->kind->performers || !sp_team_allocated(question->team) ||
           sp_team_performs(question->team, index, question->condition->requirements);
}

static struct sp_holding measure(const struct question *question, size_t index)
{
    return question->kind->hold(question->condition, question->team->members[index].entity,
                                question->team->deadline);
}

static struct sp_holding measure_together(const struct question *question)
{
    struct sp_holding together = {.stated = false};
    size_t count = 0;
    for (size_t i = 0; i < question->team->count; i++) {
        if (is_looked_at(question, i)) {
            struct sp_holding holding = measure(question, i);
            together.least += holding.least;
            together.stated = together.stated || holding.stated;
            together.open = together.open || holding.open || !holding.stated;
            count++;
        }
    }
    together.open = together.open || count == 0;
    return together;
}

/* Nothing is known: what is stated leaves open whether there is anything at all. */
static bool is_blank(const struct sp_holding *holding)
{
    return holding->least <= 0 && (!holding->stated || holding->open);
}

/* "co najmniej 13": the record leaves open whether there is more. */
static bool is_floor(const struct sp_holding *holding)
{
    return holding->least > 0 && (!holding->stated || holding->open);
}

/* "nr 1/2024", "stan na 30.06.2026"; "" where the record gives nothing. */
static struct sp_said say_why(const struct question *question, const struct sp_holding *holding,
                              bool polish)
{
    struct sp_said said = {""};
    const char *why = holding->why == NULL ? "" : holding->why;
    sp_day day = sp_fact_day(why);
    if (why[0] != '\0') {
        struct sp_said text = polish ? sp_say_day_polish(day) : sp_say_day_english(day);
        const char *before = polish ? question->kind->why_polish : question->kind->why_english;
        sp_say_joined(&said, before, day == SP_DAY_UNKNOWN ? why : text.text);
    }
    return said;
}

/* The amount in the kind's measure; "co najmniej " before it where there may be more. */
static struct sp_said say_amount(const struct question *question, int64_t amount, bool floor,
                                 bool polish)
{
    struct sp_said said;
    struct sp_said number = sp_say_count(amount);
    if (question->kind->measure == MONEY) {
        number = polish ? sp_say_money_polish(amount) : sp_say_money_english(amount);
    }
    sp_say_joined(&said, !floor ? "" : polish ? "co najmniej " : "at least ", number.text);
    return said;
}

/* What is held, without what is asked for: "13", "brak danych w katalogu", "w katalogu". */
static struct sp_said say_held(const struct question *question, const struct sp_holding *holding,
                               bool polish)
{
    struct sp_said said;
    if (is_blank(holding)) {
        const char *text = !holding->stated ? sp_say_no_data(polish)
                           : polish         ? "dane w katalogu niepełne"
                                            : "incomplete data in the catalogue";
        sp_say_joined(&said, text, "");
        return said;
    }
    bool ran_out = holding->least <= 0 && holding->why != NULL && question->kind->measure == MONEY;
    if (question->kind->measure == HELD_OR_NOT || ran_out) {
        const char *text = holding->least > 0 ? (polish ? "jest" : "held")
                           : polish           ? "nie obowiązuje w dniu sprawdzenia"
                                              : "not in force on the day checked";
        sp_say_joined(&said, text, "");
        return said;
    }
    return say_amount(question, holding->least, is_floor(holding), polish);
}

/* ", wymaganych 20"; nothing where it is held or not. */
static struct sp_said say_asked(const struct question *question, bool polish)
{
    struct sp_said said = {""};
    struct sp_said amount = say_amount(question, question->asked, false, polish);
    if (question->kind->measure == MONEY) {
        sp_say_joined(&said, polish ? ", wymagane " : ", required ", amount.text);
    } else if (question->kind->measure == COUNT) {
        /* Persons and references are feminine. */
        const char *before = !polish ? ", required "
                                     : sp_say_plural((uint64_t)question->asked, ", wymagana ",
                                                     ", wymagane ", ", wymaganych ");
        sp_say_joined(&said, before, amount.text);
    }
    return said;
}

static void explain(struct sp_ruling_maker *maker, struct sp_verdict *verdict,
                    const struct question *question, const struct sp_holding *holding,
                    const struct holder *holder)
{
    const struct kind *kind = question->kind;
    const char *name = question->condition->name == NULL ? "" : question->condition->name;
    if (maker->silent) {
        sp_verdict_text(verdict, "", "");
        return;
    }
    const char *space = name[0] == '\0' ? "" : " ";
    struct sp_said why = say_why(question, holding, true);
    const char *open = why.text[0] == '\0' ? "" : " (";
    const char *close = why.text[0] == '\0' ? "" : ")";
    sp_verdict_polish(maker, verdict, "%s: %s%s%s: %s%s%s%s%s: %s.", holder->polish, kind->polish,
                      space, name, say_held(question, holding, true).text, open, why.text, close,
                      say_asked(question, true).text, sp_decision_polish(verdict->decision));
    sp_verdict_english(maker, verdict, "%s: %s%s%s: %s%s%s%s%s: %s.", holder->english,
                       kind->english, space, name, say_held(question, holding, false).text, open,
                       say_why(question, holding, false).text, close,
                       say_asked(question, false).text, sp_decision_english(verdict->decision));
}

/* Of a sum a member says only what it brings: "wnosi 13 osób (stan na 30.06.2026)". */
static void explain_contribution(struct sp_ruling_maker *maker, struct sp_verdict *verdict,
                                 const struct question *question, const struct sp_holding *holding,
                                 const struct holder *holder)
{
    bool persons = question->kind->measure == COUNT;
    if (maker->silent) {
        sp_verdict_text(verdict, "", "");
        return;
    }
    uint64_t count = holding->least < 0 ? 0 : (uint64_t)holding->least;
    struct sp_said why = say_why(question, holding, true);
    const char *open = why.text[0] == '\0' ? "" : " (";
    const char *close = why.text[0] == '\0' ? "" : ")";
    bool blank = is_blank(holding);
    sp_verdict_polish(maker, verdict, "%s: %s: %s%s%s%s%s%s.", holder->polish,
                      question->kind->polish, blank ? "" : "wnosi ",
                      say_held(question, holding, true).text,
                      blank || !persons ? "" : sp_say_plural(count, " osobę", " osoby", " osób"),
                      open, why.text, close);
    sp_verdict_english(maker, verdict, "%s: %s: %s%s%s%s%s%s.", holder->english,
                       question->kind->english, blank ? "" : "brings ",
                       say_held(question, holding, false).text,
                       blank || !persons ? ""
                       : count == 1      ? " person"
                                         : " persons",
                       open, say_why(question, holding, false).text, close);
}

static struct sp_verdict *add(struct sp_ruling_maker *maker, const struct question *question,
                              int member, enum sp_decision decision,
                              const struct sp_holding *holding)
{
    struct sp_verdict *verdict = sp_ruling_add(maker, member, decision);
    verdict->value = question->kind->measure == MONEY ? SP_VALUE_GROSZ : SP_VALUE_COUNT;
    verdict->part = is_blank(holding) ? SP_PART_UNKNOWN : holding->least < 0 ? 0 : holding->least;
    verdict->whole = question->asked;
    return verdict;
}

/* One verdict a member. In a sum of several a member only contributes. */
static void add_members(struct sp_ruling_maker *maker, const struct question *question,
                        const enum sp_decision *of_sum)
{
    for (size_t i = 0; i < question->team->count; i++) {
        if (!is_looked_at(question, i)) {
            continue;
        }
        struct sp_holding holding = measure(question, i);
        const char *name = sp_fact_name(question->team->members[i].entity);
        struct holder holder = {(int)i, name, name};
        enum sp_decision decision = of_sum == NULL ? decide(&holding, question->asked) : *of_sum;
        struct sp_verdict *verdict = add(maker, question, holder.member, decision, &holding);
        verdict->contributes = of_sum != NULL;
        if (of_sum == NULL) {
            explain(maker, verdict, question, &holding, &holder);
        } else {
            explain_contribution(maker, verdict, question, &holding, &holder);
        }
    }
}

static enum sp_decision evaluate(struct sp_ruling_maker *maker, const struct question *question)
{
    if (question->wording == SP_WORDING_SUM && question->team->count > 1) {
        static const struct holder all = {SP_NO_MEMBER, "Łącznie", "Together"};
        struct sp_holding together = measure_together(question);
        enum sp_decision decision = decide(&together, question->asked);
        add_members(maker, question, &decision);
        explain(maker, add(maker, question, all.member, decision, &together), question, &together,
                &all);
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
