/* SPDX-License-Identifier: EUPL-1.2 */
#include "matcher/rules/clauses.h"

#include <inttypes.h>
#include <string.h>

#include "matcher/rules/facts.h"
#include "matcher/rules/rulebook_priv.h"
#include "matcher/rules/ruling_priv.h"
#include "matcher/vocabulary/letters.h"

enum { WORDING_MAX_BYTES = 4096 };

static enum sp_status start(struct sp_ruling_maker *maker, const struct sp_rulebook *book,
                            const struct sp_team *team, const char *id, struct sp_arena *arena,
                            struct sp_error *err)
{
    enum sp_status status = sp_team_check(team, err);
    if (status == SP_OK) {
        status = sp_ruling_start(maker, book, id, team->deadline, team->count + 1, arena, err);
        maker->silent = team->silent;
    }
    return status;
}

enum sp_status sp_rule_art_95(const struct sp_rulebook *book, const struct sp_team *team,
                              struct sp_arena *arena, struct sp_ruling *out, struct sp_error *err)
{
    struct sp_ruling_maker maker;
    enum sp_status status = start(&maker, book, team, "K19", arena, err);
    if (status != SP_OK) {
        return status;
    }
    for (size_t i = 0; i < team->count; i++) {
        if (sp_team_allocated(team) && !sp_team_performs(team, i, 0)) {
            continue;
        }
        const struct sp_bidder *bidder = &team->members[i];
        const char *name = sp_fact_name(bidder->entity);
        const Spoina__V1__Employment *employment =
            sp_fact_employment(bidder->entity, bidder->unit_id, team->deadline);
        bool known =
            employment != NULL && employment->_employment_contract_case !=
                                      SPOINA__V1__EMPLOYMENT___EMPLOYMENT_CONTRACT__NOT_SET;
        int64_t persons = known ? employment->employment_contract : 0;
        struct sp_verdict *verdict =
            sp_ruling_add(&maker, (int)i, persons > 0 ? SP_DECISION_MET : SP_DECISION_UNKNOWN);
        verdict->value = known ? SP_VALUE_COUNT : SP_VALUE_NONE;
        verdict->part = persons;
        verdict->whole = 1;
        if (known) {
            sp_verdict_polish(&maker, verdict, "%s: na umowie o pracę: %" PRId64 " %s.", name,
                              persons, sp_say_plural((uint64_t)persons, "osoba", "osoby", "osób"));
            sp_verdict_english(&maker, verdict, "%s: on employment contracts: %" PRId64 " %s.",
                               name, persons, persons == 1 ? "person" : "persons");
        } else {
            sp_verdict_polish(&maker, verdict, "%s: brak liczby osób na umowie o pracę.", name);
            sp_verdict_english(&maker, verdict,
                               "%s: the number on employment contracts is missing.", name);
        }
    }
    return sp_ruling_finish(&maker, sp_combine(maker.verdicts, maker.count, SP_COMBINE_EVERY), out,
                            err);
}

static enum sp_status check_clause(const struct sp_rulebook *book,
                                   const struct sp_employment_clause *clause, struct sp_error *err)
{
    if (clause->persons == 0 || clause->group_count == 0) {
        return SP_FAIL(err, SP_INVALID, "persons",
                       "Klauzula z art. 96 podaje co najmniej jedną osobę i jedną grupę.",
                       "A clause of art. 96 states at least one person and one group.");
    }
    for (size_t i = 0; i < clause->group_count; i++) {
        if (sp_group_polish(book, clause->groups[i]) == NULL) {
            return SP_FAIL(err, SP_INVALID, "groups", "Nieznana grupa osób (%d).",
                           "Unknown group of persons (%d).", (int)clause->groups[i]);
        }
        for (size_t j = 0; j < i; j++) {
            if (clause->groups[i] == clause->groups[j]) {
                return SP_FAIL(err, SP_INVALID, "groups", "Grupa „%s” podana dwa razy%.0s.",
                               "Group \"%.0s%s\" given twice.",
                               sp_group_polish(book, clause->groups[i]),
                               sp_group_english(book, clause->groups[i]));
            }
        }
    }
    return SP_OK;
}

enum sp_status sp_rule_art_96(const struct sp_rulebook *book, const struct sp_team *team,
                              const struct sp_employment_clause *clause, struct sp_arena *arena,
                              struct sp_ruling *out, struct sp_error *err)
{
    struct sp_ruling_maker maker;
    enum sp_status status = check_clause(book, clause, err);
    if (status == SP_OK) {
        status = start(&maker, book, team, "K20", arena, err);
    }
    if (status != SP_OK) {
        return status;
    }
    int64_t least = 0;
    int64_t most = 0;
    bool known = true;
    bool some = false;
    for (size_t i = 0; i < team->count; i++) {
        const struct sp_bidder *bidder = &team->members[i];
        const Spoina__V1__Employment *employment =
            sp_fact_employment(bidder->entity, NULL, team->deadline);
        int64_t member_most = 0;
        struct sp_heads heads = {0};
        if (employment != NULL) {
            heads =
                sp_fact_group_heads(employment, clause->groups, clause->group_count, &member_most);
        }
        least += heads.least;
        most += member_most;
        known = known && heads.known;
        some = some || heads.known || heads.least > 0;
    }
    enum sp_decision decision = SP_DECISION_UNKNOWN;
    if (clause->wording == SP_EMPLOYS && least >= clause->persons) {
        decision = SP_DECISION_MET;
    } else if (clause->wording == SP_EMPLOYS && known && most < clause->persons) {
        decision = SP_DECISION_NOT_MET;
    }
    struct sp_verdict *verdict = sp_ruling_add(&maker, SP_NO_MEMBER, decision);
    verdict->value = SP_VALUE_COUNT;
    verdict->part = some ? least : SP_PART_UNKNOWN;
    verdict->whole = clause->persons;
    bool ask = clause->wording == SP_WILL_EMPLOY;
    struct sp_said polish = {""};
    struct sp_said english = {""};
    sp_say_joined(&polish, some ? "co najmniej " : sp_say_no_data(true),
                  some ? sp_say_count(least).text : "");
    sp_say_joined(&english, some ? "at least " : sp_say_no_data(false),
                  some ? sp_say_count(least).text : "");
    sp_verdict_polish(&maker, verdict, "Zatrudnieni z tych grup: %s, wymagane: %u%s.", polish.text,
                      clause->persons,
                      ask ? "; „zatrudni”: trzeba zapytać, czy liczą się już zatrudnieni" : "");
    sp_verdict_english(&maker, verdict, "Employed from these groups: %s, required: %u%s.",
                       english.text, clause->persons,
                       ask ? "; \"will employ\": ask whether those employed now count" : "");
    return sp_ruling_finish(&maker, decision, out, err);
}

enum sp_status sp_rule_key_tasks(const struct sp_rulebook *book, const struct sp_team *team,
                                 uint32_t key, struct sp_arena *arena, struct sp_ruling *out,
                                 struct sp_error *err)
{
    struct sp_ruling_maker maker;
    enum sp_status status = start(&maker, book, team, "K21", arena, err);
    if (status != SP_OK) {
        return status;
    }
    uint32_t performed = 0;
    for (size_t i = 0; i < team->count; i++) {
        performed |= team->members[i].performs;
    }
    if (team->count == 1 && performed == 0) {
        performed = UINT32_MAX & ~team->subcontracted;
    }
    enum sp_decision decision = SP_DECISION_UNKNOWN;
    const char *polish = "Nie wiadomo, kto wykona kluczowe zadania.";
    const char *english = "It is not known who performs the key tasks.";
    if ((key & team->subcontracted) != 0) {
        decision = SP_DECISION_NOT_MET;
        polish = "Kluczowe zadanie oddano podwykonawcy.";
        english = "A key task is given to a subcontractor.";
    } else if ((key & ~performed) == 0) {
        decision = SP_DECISION_MET;
        polish = "Kluczowe zadania wykonują członkowie.";
        english = "Members perform the key tasks.";
    }
    sp_verdict_text(sp_ruling_add(&maker, SP_NO_MEMBER, decision), polish, english);
    return sp_ruling_finish(&maker, decision, out, err);
}

enum sp_status sp_rule_each_performs(const struct sp_rulebook *book, const struct sp_team *team,
                                     struct sp_arena *arena, struct sp_ruling *out,
                                     struct sp_error *err)
{
    struct sp_ruling_maker maker;
    enum sp_status status = start(&maker, book, team, "K32", arena, err);
    if (status != SP_OK) {
        return status;
    }
    for (size_t i = 0; i < team->count; i++) {
        enum sp_decision decision = !sp_team_allocated(team)       ? SP_DECISION_UNKNOWN
                                    : sp_team_performs(team, i, 0) ? SP_DECISION_MET
                                                                   : SP_DECISION_NOT_MET;
        struct sp_verdict *verdict = sp_ruling_add(&maker, (int)i, decision);
        const char *name = sp_fact_name(team->members[i].entity);
        sp_verdict_polish(&maker, verdict, "%s: wykonuje część zamówienia: %s.", name,
                          sp_decision_polish(decision));
        sp_verdict_english(&maker, verdict, "%s: performs a part: %s.", name,
                           sp_decision_english(decision));
    }
    return sp_ruling_finish(&maker, sp_combine(maker.verdicts, maker.count, SP_COMBINE_EVERY), out,
                            err);
}

enum sp_status sp_rule_criterion(const struct sp_rulebook *book, enum sp_criterion_kind kind,
                                 const char *wording, sp_day day, struct sp_arena *arena,
                                 struct sp_ruling *out, struct sp_error *err)
{
    static const struct {
        enum sp_decision decision;
        const char *polish;
        const char *english;
    } answers[] = {
        [SP_CRITERION_UNKNOWN] = {SP_DECISION_UNKNOWN, "osoba musi ocenić, czego dotyczy",
                                  "a person must judge what it is about"},
        [SP_CRITERION_PRICE] = {SP_DECISION_MET, "dotyczy ceny", "it is about the price"},
        [SP_CRITERION_OFFER] = {SP_DECISION_MET, "dotyczy przedmiotu zamówienia",
                                "it is about what is bought"},
        [SP_CRITERION_PERSONS_DELEGATED] = {SP_DECISION_MET,
                                            "dotyczy osób zatrudnionych przy tym zamówieniu",
                                            "it is about persons employed at this contract"},
        [SP_CRITERION_CONTRACTOR_STATUS] = {SP_DECISION_NOT_MET,
                                            "dotyczy statusu lub formy wykonawcy",
                                            "it is about the contractor's status or form"},
        [SP_CRITERION_CONTRACTOR_WORKFORCE] = {SP_DECISION_NOT_MET,
                                               "dotyczy zatrudnienia w firmie, nie przy zamówieniu",
                                               "it is about the firm's workforce, not this "
                                               "contract"},
        [SP_CRITERION_CONTRACTOR_STANDING] = {SP_DECISION_NOT_MET,
                                              "dotyczy sytuacji lub wiarygodności wykonawcy",
                                              "it is about the contractor's standing"},
    };
    SP_ASSERT((unsigned)kind < SP_COUNT(answers));
    struct sp_ruling_maker maker;
    enum sp_status status = sp_ruling_start(&maker, book, "K30", day, 1, arena, err);
    if (status != SP_OK) {
        return status;
    }
    struct sp_verdict *verdict = sp_ruling_add(&maker, SP_NO_MEMBER, answers[kind].decision);
    sp_verdict_polish(&maker, verdict, "Kryterium „%s”: %s.", wording, answers[kind].polish);
    sp_verdict_english(&maker, verdict, "Criterion \"%s\": %s.", wording, answers[kind].english);
    return sp_ruling_finish(&maker, answers[kind].decision, out, err);
}

static bool contains(struct sp_view text, struct sp_view phrase)
{
    for (size_t i = 0; i + phrase.length <= text.length; i++) {
        if (memcmp(text.data + i, phrase.data, phrase.length) == 0) {
            return true;
        }
    }
    return false;
}

enum sp_criterion_kind sp_criterion_guess(const struct sp_rulebook *book, const char *wording)
{
    char small[WORDING_MAX_BYTES];
    struct sp_view text = sp_view_of(wording);
    if (text.length > sizeof small) {
        return SP_CRITERION_UNKNOWN;
    }
    sp_letters_lower(text, small);
    text.data = small;
    enum sp_criterion_kind found = SP_CRITERION_UNKNOWN;
    for (size_t i = 0; i < book->phrase_count; i++) {
        const struct sp_criterion_phrase *phrase = &book->phrases[i];
        if (!contains(text, phrase->phrase)) {
            continue;
        }
        if (found != SP_CRITERION_UNKNOWN && found != phrase->kind) {
            return SP_CRITERION_UNKNOWN;
        }
        found = phrase->kind;
    }
    return found;
}
