/* SPDX-License-Identifier: EUPL-1.2 */
#include "matcher/rules/ruling.h"

#include <stdarg.h>
#include <stdio.h>

#include "matcher/rules/ruling_priv.h"

const char *sp_decision_polish(enum sp_decision decision)
{
    static const char *const words[] = {"do uzupełnienia", "spełnione", "niespełnione"};
    return words[decision];
}

const char *sp_decision_english(enum sp_decision decision)
{
    static const char *const words[] = {"to be completed", "met", "not met"};
    return words[decision];
}

enum sp_status sp_team_check(const struct sp_team *team, struct sp_error *err)
{
    if (team->count < 1 || team->count > SP_TEAM_MEMBERS_MAX) {
        return SP_FAIL(
            err, SP_INVALID, "members", "Zespół ma %zu członków, a może mieć od 1 do %d.",
            "The team has %zu members; it may have 1 to %d.", team->count, SP_TEAM_MEMBERS_MAX);
    }
    if (team->deadline == SP_DAY_UNKNOWN) {
        return SP_FAIL(err, SP_INVALID, "deadline",
                       "Brak dnia, na który bada się spełnianie warunków.",
                       "The day on which conditions are checked is missing.");
    }
    for (size_t i = 0; i < team->count; i++) {
        SP_ASSERT(team->members[i].entity != NULL);
    }
    return SP_OK;
}

bool sp_team_allocated(const struct sp_team *team)
{
    for (size_t i = 0; i < team->count; i++) {
        if (team->members[i].performs != 0) {
            return true;
        }
    }
    return team->count == 1;
}

bool sp_team_performs(const struct sp_team *team, size_t index, uint32_t requirements)
{
    uint32_t performs = team->members[index].performs;
    if (team->count == 1 && performs == 0) {
        return true;
    }
    return requirements == 0 ? performs != 0 : (performs & requirements) != 0;
}

enum sp_status sp_ruling_start(struct sp_ruling_maker *maker, const struct sp_rulebook *book,
                               const char *id, sp_day day, size_t verdicts, struct sp_arena *arena,
                               struct sp_error *err)
{
    *maker = (struct sp_ruling_maker){.arena = arena, .day = day, .capacity = verdicts};
    maker->rule = sp_rule_find(book, id, day);
    if (maker->rule == NULL) {
        return SP_FAIL(err, SP_NOT_FOUND, id, "Zasada %s nie obowiązywała %s%.0s.",
                       "Rule %s was not in force on %.0s%s.", id, sp_say_day_polish(day).text,
                       sp_say_day_english(day).text);
    }
    maker->verdicts = sp_arena_calloc(arena, verdicts, sizeof *maker->verdicts);
    return maker->verdicts == NULL ? SP_FAIL_NOMEM(err) : SP_OK;
}

struct sp_verdict *sp_ruling_add(struct sp_ruling_maker *maker, int member,
                                 enum sp_decision decision)
{
    SP_ASSERT(maker->count < maker->capacity);
    struct sp_verdict *verdict = &maker->verdicts[maker->count++];
    *verdict = (struct sp_verdict){
        .rule = maker->rule, .decision = decision, .member = member, .day = maker->day};
    return verdict;
}

static const char *print(struct sp_ruling_maker *maker, const char *format, va_list arguments)
    __attribute__((format(printf, 2, 0)));

static const char *print(struct sp_ruling_maker *maker, const char *format, va_list arguments)
{
    va_list again;
    if (maker->silent) {
        return "";
    }
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    char *text = length < 0 ? NULL : sp_arena_alloc(maker->arena, (size_t)length + 1);
    if (text == NULL) {
        maker->failed = true;
    } else {
        (void)vsnprintf(text, (size_t)length + 1, format, again);
    }
    va_end(again);
    return text;
}

void sp_verdict_polish(struct sp_ruling_maker *maker, struct sp_verdict *verdict,
                       const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    verdict->polish = print(maker, format, arguments);
    va_end(arguments);
}

void sp_verdict_english(struct sp_ruling_maker *maker, struct sp_verdict *verdict,
                        const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    verdict->english = print(maker, format, arguments);
    va_end(arguments);
}

void sp_verdict_text(struct sp_verdict *verdict, const char *polish, const char *english)
{
    verdict->polish = polish;
    verdict->english = english;
}

enum sp_decision sp_combine(const struct sp_verdict *verdicts, size_t count, enum sp_combine how)
{
    enum sp_decision decisive = how == SP_COMBINE_EVERY ? SP_DECISION_NOT_MET : SP_DECISION_MET;
    bool unknown = count == 0;
    for (size_t i = 0; i < count; i++) {
        if (verdicts[i].decision == decisive) {
            return decisive;
        }
        unknown = unknown || verdicts[i].decision == SP_DECISION_UNKNOWN;
    }
    if (unknown) {
        return SP_DECISION_UNKNOWN;
    }
    return how == SP_COMBINE_EVERY ? SP_DECISION_MET : SP_DECISION_NOT_MET;
}

enum sp_status sp_ruling_finish(struct sp_ruling_maker *maker, enum sp_decision decision,
                                struct sp_ruling *out, struct sp_error *err)
{
    const struct sp_rule *rule = maker->rule;
    enum sp_certainty certainty = rule->certainty;
    for (size_t i = 0; i < maker->count; i++) {
        enum sp_certainty other = maker->verdicts[i].rule->certainty;
        certainty = other > certainty ? other : certainty;
    }
    *out = (struct sp_ruling){.rule = rule,
                              .decision = decision,
                              .certainty = certainty,
                              .verdicts = maker->verdicts,
                              .count = maker->count,
                              .polish = "",
                              .english = ""};
    if (maker->silent) {
        return SP_OK;
    }
    out->polish = sp_arena_printf(maker->arena, "%s: %s (%s, %s; %s).", rule->id,
                                  sp_decision_polish(decision), rule->article, rule->act,
                                  sp_certainty_polish(certainty));
    out->english = sp_arena_printf(maker->arena, "%s: %s (%s, %s; %s).", rule->id,
                                   sp_decision_english(decision), rule->article, rule->act,
                                   sp_certainty_english(certainty));
    if (maker->failed || out->polish == NULL || out->english == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    return SP_OK;
}
