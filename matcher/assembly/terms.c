/* SPDX-License-Identifier: EUPL-1.2 */
/** @file What a draft demands, as questions to the rules; see terms.h. */
#include "matcher/assembly/terms.h"

#include <string.h>

#include "matcher/rules/facts.h"

#define CLAUSE(tail) SPOINA__V1__CLAUSE_KIND__CLAUSE_KIND_##tail
#define CONDITION(tail) SPOINA__V1__CONDITION_KIND__CONDITION_KIND_##tail
#define WORDING(tail) SPOINA__V1__CONDITION_WORDING__CONDITION_WORDING_##tail
#define SCOPE(tail) SPOINA__V1__CLAUSE_SCOPE__CLAUSE_SCOPE_##tail

/** Terms of a lot being listed. */
struct lister {
    const Spoina__V1__Lot *lot;
    struct sp_lot_term *terms;
    size_t count;
    struct sp_error *err;
};

/** How many terms a lot can have. */
static size_t most_terms(const Spoina__V1__Lot *lot)
{
    enum { ALWAYS = 4 };
    size_t count = ALWAYS + lot->n_clauses + lot->n_conditions;
    for (size_t j = 0; j < lot->n_requirements; j++) {
        count += lot->requirements[j]->n_licences;
    }
    return count;
}

static void add(struct lister *lister, const struct sp_lot_term *term)
{
    lister->terms[lister->count++] = *term;
}

/** The requirements with these ids as bits. */
static enum sp_status read_ids(const struct lister *lister, char *const *ids, size_t count,
                               const char *subject, uint32_t *bits)
{
    *bits = 0;
    for (size_t i = 0; i < count; i++) {
        size_t j = 0;
        while (j < lister->lot->n_requirements &&
               strcmp(lister->lot->requirements[j]->id, ids[i]) != 0) {
            j++;
        }
        if (j == lister->lot->n_requirements) {
            return SP_FAIL(lister->err, SP_INVALID, subject, "Część nie ma wymagania „%.60s”.",
                           "The lot has no requirement ‘%.60s’.", ids[i]);
        }
        *bits |= 1u << j;
    }
    return SP_OK;
}

static enum sp_scope read_scope(Spoina__V1__ClauseScope scope)
{
    return scope == SCOPE(PERFORMERS) ? SP_SCOPE_PERFORMERS
           : scope == SCOPE(LEADER)   ? SP_SCOPE_LEAD
                                      : SP_SCOPE_ALL;
}

/** A reservation: of the leader if its scope says so, else of every member. Every member performs a
 *  part, so that "performers" and "all" ask the same ones. */
static void add_reservation(struct lister *lister, struct sp_lot_term *term, enum sp_term_kind kind)
{
    const Spoina__V1__Clause *clause = term->clause;
    bool has_share =
        clause->_share_percent_case == SPOINA__V1__CLAUSE___SHARE_PERCENT_SHARE_PERCENT;
    term->kind = kind;
    term->reservation.scope = read_scope(clause->scope);
    term->reservation.share_percent = has_share ? clause->share_percent : 0;
    term->type = term->reservation.scope == SP_SCOPE_LEAD ? SP_TERM_LEADER : SP_TERM_EVERY;
    add(lister, term);
}

static void add_employment(struct lister *lister, struct sp_lot_term *term)
{
    const Spoina__V1__Clause *clause = term->clause;
    term->kind = SP_TERM_ART_96;
    term->type = SP_TERM_SUM;
    term->employment = (struct sp_employment_clause){
        .wording = clause->counts_present_staff ? SP_EMPLOYS : SP_WILL_EMPLOY,
        .groups = clause->groups,
        .group_count = clause->n_groups,
        .persons =
            clause->_persons_case == SPOINA__V1__CLAUSE___PERSONS_PERSONS ? clause->persons : 0,
    };
    term->asked = term->employment.persons;
    add(lister, term);
}

static enum sp_status add_clause(struct lister *lister, const Spoina__V1__Clause *clause)
{
    struct sp_lot_term term = {.subject = clause->id, .clause = clause, .asked = 1};
    enum sp_status status = read_ids(lister, clause->requirement_ids, clause->n_requirement_ids,
                                     clause->id, &term.requirements);
    if (status != SP_OK) {
        return status;
    }
    switch (clause->kind) {
    case CLAUSE(ART_94):
        add_reservation(lister, &term, SP_TERM_ART_94);
        break;
    case CLAUSE(ART_361):
        add_reservation(lister, &term, SP_TERM_ART_361);
        break;
    case CLAUSE(ES_26):
        add_reservation(lister, &term, SP_TERM_ES_26);
        break;
    case CLAUSE(SS_15A):
        add_reservation(lister, &term, SP_TERM_SS_15A);
        break;
    case CLAUSE(ART_95):
        term.kind = SP_TERM_ART_95;
        term.type = SP_TERM_EVERY;
        add(lister, &term);
        break;
    case CLAUSE(ART_96):
        add_employment(lister, &term);
        break;
    case CLAUSE(KEY_TASKS):
        term.kind = SP_TERM_KEY_TASKS;
        term.type = SP_TERM_TEAM;
        if (term.requirements == 0) { /* the whole lot */
            term.requirements = (uint32_t)((UINT64_C(1) << lister->lot->n_requirements) - 1);
        }
        add(lister, &term);
        break;
    case CLAUSE(ART_100):
        break; /* binds the description of what is bought */
    default:
        return SP_FAIL(lister->err, SP_INVALID, clause->id, "Nieznany rodzaj klauzuli (%d).",
                       "Unknown kind of clause (%d).", (int)clause->kind);
    }
    return SP_OK;
}

/** How the kinds of conditions look at a team where the wording says nothing, or may not. */
static const struct {
    enum sp_condition_kind kind;
    enum sp_term_type type;
    bool performs;
    bool wordable; /* the tender's wording may say otherwise; as in rules/conditions.c */
} KINDS[] = {
    [CONDITION(REGISTER)] = {SP_CONDITION_REGISTER, SP_TERM_EVERY, false, false},
    [CONDITION(LICENCE)] = {SP_CONDITION_LICENCE, SP_TERM_PERFORMER, true, false},
    [CONDITION(REFERENCES)] = {SP_CONDITION_REFERENCES, SP_TERM_ANY, true, false},
    [CONDITION(EXPERIENCE)] = {SP_CONDITION_EXPERIENCE, SP_TERM_SUM, true, false},
    [CONDITION(PERSONS)] = {SP_CONDITION_PERSONS, SP_TERM_SUM, false, true},
    [CONDITION(EQUIPMENT)] = {SP_CONDITION_EQUIPMENT, SP_TERM_ANY, false, false},
    [CONDITION(CERTIFICATE)] = {SP_CONDITION_CERTIFICATE, SP_TERM_PERFORMER, true, false},
    [CONDITION(REVENUE)] = {SP_CONDITION_REVENUE, SP_TERM_SUM, false, true},
    [CONDITION(INSURANCE)] = {SP_CONDITION_INSURANCE, SP_TERM_ANY, false, true},
};

static enum sp_wording read_wording(Spoina__V1__ConditionWording wording)
{
    return wording == WORDING(ANY)     ? SP_WORDING_ANY
           : wording == WORDING(SUM)   ? SP_WORDING_SUM
           : wording == WORDING(EVERY) ? SP_WORDING_EVERY
                                       : SP_WORDING_DEFAULT;
}

static enum sp_term_type type_of(enum sp_wording wording, enum sp_term_type usual)
{
    return wording == SP_WORDING_ANY     ? SP_TERM_ANY
           : wording == SP_WORDING_SUM   ? SP_TERM_SUM
           : wording == SP_WORDING_EVERY ? SP_TERM_EVERY
                                         : usual;
}

static struct sp_condition read_question(const Spoina__V1__Condition *condition)
{
    struct sp_condition question = {
        .kind = KINDS[condition->kind].kind,
        .wording = read_wording(condition->wording),
        .name = *condition->name == '\0' ? NULL : condition->name,
        .cpv = *condition->cpv == '\0' ? NULL : condition->cpv,
    };
    if (condition->_grosz_case == SPOINA__V1__CONDITION___GROSZ_GROSZ) {
        question.grosz = condition->grosz;
    }
    if (condition->_count_case == SPOINA__V1__CONDITION___COUNT_COUNT) {
        question.count = condition->count;
    }
    if (condition->_year_case == SPOINA__V1__CONDITION___YEAR_YEAR) {
        question.year = condition->year;
    }
    (void)sp_day_parse(sp_view_of(condition->since), &question.since);
    return question;
}

/** How much a question asks for, in its own measure; 1 where something is held or not. */
static int64_t asked(const struct sp_condition *question)
{
    switch (question->kind) {
    case SP_CONDITION_EXPERIENCE:
    case SP_CONDITION_REVENUE:
    case SP_CONDITION_INSURANCE:
        return question->grosz;
    case SP_CONDITION_REFERENCES:
    case SP_CONDITION_PERSONS:
        return question->count;
    default:
        return 1;
    }
}

static enum sp_status add_condition(struct lister *lister, const Spoina__V1__Condition *condition)
{
    struct sp_lot_term term = {
        .kind = SP_TERM_CONDITION, .subject = condition->id, .condition = condition};
    if ((size_t)condition->kind >= SP_COUNT(KINDS) || condition->kind == CONDITION(UNSPECIFIED)) {
        return SP_FAIL(lister->err, SP_INVALID, condition->id, "Nieznany rodzaj warunku (%d).",
                       "Unknown kind of condition (%d).", (int)condition->kind);
    }
    enum sp_status status =
        read_ids(lister, condition->requirement_ids, condition->n_requirement_ids, condition->id,
                 &term.requirements);
    term.question = read_question(condition);
    term.question.requirements = term.requirements;
    term.performs = KINDS[condition->kind].performs;
    term.type = KINDS[condition->kind].wordable
                    ? type_of(term.question.wording, KINDS[condition->kind].type)
                    : KINDS[condition->kind].type;
    term.asked = asked(&term.question);
    add(lister, &term);
    return status;
}

static void add_licences(struct lister *lister, size_t index)
{
    const Spoina__V1__Requirement *requirement = lister->lot->requirements[index];
    for (size_t i = 0; i < requirement->n_licences; i++) {
        struct sp_lot_term term = {
            .kind = SP_TERM_LICENCE,
            .type = SP_TERM_PERFORMER,
            .subject = requirement->id,
            .requirements = 1u << index,
            .performs = true,
            .asked = 1,
            .question = {.kind = SP_CONDITION_LICENCE,
                         .requirements = 1u << index,
                         .name = requirement->licences[i]},
        };
        add(lister, &term);
    }
}

/** NIP of ten digits out of "NIP or REGON as printed"; "" if it is none. */
static const char *read_nip(const char *printed, struct sp_arena *arena)
{
    enum { DIGITS = 10 };
    char *nip = sp_arena_calloc(arena, 1, DIGITS + 1);
    size_t count = 0;
    for (; nip != NULL && *printed != '\0'; printed++) {
        if (*printed >= '0' && *printed <= '9') {
            if (count == DIGITS) {
                count++;
                break;
            }
            nip[count++] = *printed;
        }
    }
    if (nip != NULL && count != DIGITS) {
        *nip = '\0';
    }
    return nip;
}

enum sp_status sp_terms_read(const Spoina__V1__Draft *draft, size_t lot_index, sp_day today,
                             struct sp_arena *arena, struct sp_lot_terms *out, struct sp_error *err)
{
    const Spoina__V1__Lot *lot = draft->lots[lot_index];
    struct lister lister = {.lot = lot, .err = err};
    lister.terms = sp_arena_calloc(arena, most_terms(lot), sizeof *lister.terms);
    *out = (struct sp_lot_terms){.day = today};
    out->deadline_known = sp_day_parse(sp_view_of(draft->deadline), &out->day);
    out->buyer_nip = read_nip(draft->buyer == NULL ? "" : draft->buyer->national_id, arena);
    if (lister.terms == NULL || out->buyer_nip == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    add(&lister,
        &(struct sp_lot_term){.kind = SP_TERM_EXCLUSION, .type = SP_TERM_EVERY, .subject = ""});
    add(&lister,
        &(struct sp_lot_term){.kind = SP_TERM_OWN_UNIT, .type = SP_TERM_EVERY, .subject = ""});
    enum sp_status status = SP_OK;
    for (size_t i = 0; status == SP_OK && i < lot->n_clauses; i++) {
        status = add_clause(&lister, lot->clauses[i]);
    }
    for (size_t i = 0; status == SP_OK && i < lot->n_conditions; i++) {
        status = add_condition(&lister, lot->conditions[i]);
    }
    for (size_t j = 0; status == SP_OK && j < lot->n_requirements; j++) {
        add_licences(&lister, j);
    }
    add(&lister,
        &(struct sp_lot_term){.kind = SP_TERM_ONE_OFFER, .type = SP_TERM_TEAM, .subject = ""});
    add(&lister,
        &(struct sp_lot_term){.kind = SP_TERM_EACH_PERFORMS, .type = SP_TERM_TEAM, .subject = ""});
    out->items = lister.terms;
    out->count = lister.count;
    return status;
}

struct sp_statement sp_terms_statement(const Spoina__V1__Entity *entity, sp_day day)
{
    struct sp_statement statement = {0};
    struct {
        Spoina__V1__DeclarationKind kind;
        enum sp_answer *answer;
        bool reversed; /* declared: that something does not hold */
        sp_day latest;
    } answers[] = {
#define DECLARED(tail) SPOINA__V1__DECLARATION_KIND__DECLARATION_KIND_##tail
        {DECLARED(NOT_EXCLUDED), &statement.excluded, true, SP_DAY_UNKNOWN},
        {DECLARED(INTEGRATION_AIM), &statement.integration_aim, false, SP_DAY_UNKNOWN},
        {DECLARED(PUBLIC_UTILITY_AIM), &statement.public_utility_aim, false, SP_DAY_UNKNOWN},
        {DECLARED(NON_PROFIT), &statement.non_profit, false, SP_DAY_UNKNOWN},
        {DECLARED(PARTICIPATION), &statement.participation, false, SP_DAY_UNKNOWN},
        {DECLARED(CERTIFICATE_27), &statement.certificate_27, false, SP_DAY_UNKNOWN},
#undef DECLARED
    };
    for (size_t i = 0; i < entity->n_declarations; i++) {
        const Spoina__V1__Declaration *declaration = entity->declarations[i];
        sp_day date = sp_fact_day(declaration->date);
        for (size_t k = 0; k < SP_COUNT(answers); k++) {
            /* of two of one day the later in the record counts; SP_DAY_UNKNOWN is the smallest */
            if (answers[k].kind == declaration->kind && date <= day && date >= answers[k].latest) {
                bool yes = (declaration->value != 0) != answers[k].reversed;
                *answers[k].answer = yes ? SP_ANSWER_YES : SP_ANSWER_NO;
                answers[k].latest = date;
            }
        }
    }
    return statement;
}
