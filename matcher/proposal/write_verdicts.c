/* SPDX-License-Identifier: EUPL-1.2 */
/** @file Rulings as messages: the rule cited, decision, certainty, evidence, day, and whose. */
#include "matcher/proposal/names.h"
#include "matcher/proposal/proposal.h"

static Spoina__V1__Decision decision_of(enum sp_decision decision)
{
    switch (decision) {
    case SP_DECISION_MET:
        return SPOINA__V1__DECISION__DECISION_MET;
    case SP_DECISION_NOT_MET:
        return SPOINA__V1__DECISION__DECISION_NOT_MET;
    case SP_DECISION_UNKNOWN:
        break;
    }
    return SPOINA__V1__DECISION__DECISION_UNKNOWN;
}

static Spoina__V1__Certainty certainty_of(enum sp_certainty certainty)
{
    switch (certainty) {
    case SP_CERTAINTY_LAW:
        return SPOINA__V1__CERTAINTY__CERTAINTY_LAW;
    case SP_CERTAINTY_INTERPRETATION:
        return SPOINA__V1__CERTAINTY__CERTAINTY_INTERPRETATION;
    case SP_CERTAINTY_DOUBTFUL:
        break;
    }
    return SPOINA__V1__CERTAINTY__CERTAINTY_DOUBTFUL;
}

/** "2026-11-22"; "" where the day is not known. NULL when out of memory. */
static char *day_text(sp_day day, struct sp_arena *arena)
{
    char text[11] = "";
    if (day != SP_DAY_UNKNOWN) {
        sp_day_format(day, text);
    }
    return sp_arena_strdup(arena, text);
}

Spoina__V1__RuleCitation *sp_rule_citation(const struct sp_rule *rule, struct sp_arena *arena)
{
    Spoina__V1__RuleCitation *citation = sp_arena_alloc(arena, sizeof *citation);
    if (citation == NULL) {
        return NULL;
    }
    spoina__v1__rule_citation__init(citation);
    /* Copied: an answer may be kept longer than the rulebook. */
    citation->rule_id = sp_arena_strdup(arena, rule->id);
    citation->article = sp_arena_strdup(arena, rule->article);
    citation->act = sp_arena_strdup(arena, rule->act);
    citation->valid_from = day_text(rule->valid_from, arena);
    citation->valid_to = day_text(rule->valid_to, arena);
    citation->certainty = certainty_of(rule->certainty);
    citation->confidence_percent = rule->confidence_percent;
    bool failed = citation->rule_id == NULL || citation->article == NULL || citation->act == NULL ||
                  citation->valid_from == NULL || citation->valid_to == NULL;
    return failed ? NULL : citation;
}

static Spoina__V1__MemberVerdict *write_member(const struct sp_lot_matching *lot,
                                               const struct sp_assembled_team *team,
                                               const struct sp_verdict *verdict,
                                               struct sp_arena *arena)
{
    Spoina__V1__MemberVerdict *out = sp_arena_alloc(arena, sizeof *out);
    const char *evidence = sp_say(lot->matching->scoring.locale, verdict->polish, verdict->english);
    if (out == NULL) {
        return NULL;
    }
    spoina__v1__member_verdict__init(out);
    if (verdict->member != SP_NO_MEMBER) {
        out->entity_id = lot->pool.entities[team->entities[verdict->member]].entity->id;
    }
    out->rule = sp_rule_citation(verdict->rule, arena);
    out->decision = verdict->contributes ? SPOINA__V1__DECISION__DECISION_UNSPECIFIED
                                         : decision_of(verdict->decision);
    out->checked_on = day_text(verdict->day, arena);
    out->evidence = sp_arena_strdup(arena, evidence == NULL ? "" : evidence);
    if (verdict->value != SP_VALUE_NONE && verdict->part != SP_PART_UNKNOWN) {
        out->_part_case = SPOINA__V1__MEMBER_VERDICT___PART_PART;
        out->part = verdict->part;
    }
    /* What one of several brings is compared with nothing: the total is. */
    if (verdict->value != SP_VALUE_NONE && !verdict->contributes) {
        out->_whole_case = SPOINA__V1__MEMBER_VERDICT___WHOLE_WHOLE;
        out->whole = verdict->whole;
    }
    return out->rule == NULL || out->checked_on == NULL || out->evidence == NULL ? NULL : out;
}

/** "ubezpieczenie OC na 300 000,00 zł (art. 115 Pzp; interpretacja)": the decision stands beside.
 */
static char *tell(const struct sp_lot_matching *lot, const struct sp_finding *finding,
                  struct sp_arena *arena)
{
    struct sp_speaker speaker = sp_matching_speaker(lot->matching);
    speaker.arena = arena;
    const char *name = sp_name_term(&speaker, finding->term);
    const char *rule = sp_name_rule(&speaker, finding->ruling.rule);
    enum sp_certainty certainty = finding->ruling.certainty;
    return name == NULL || rule == NULL
               ? NULL
               : sp_arena_printf(arena, "%s (%s; %s)", name, rule,
                                 sp_say(speaker.locale, sp_certainty_polish(certainty),
                                        sp_certainty_english(certainty)));
}

static Spoina__V1__Verdict *write_finding(const struct sp_lot_matching *lot,
                                          const struct sp_assembled_team *team,
                                          const struct sp_finding *finding, struct sp_arena *arena)
{
    const struct sp_ruling *ruling = &finding->ruling;
    Spoina__V1__Verdict *out = sp_arena_alloc(arena, sizeof *out);
    if (out == NULL) {
        return NULL;
    }
    spoina__v1__verdict__init(out);
    out->subject = sp_arena_strdup(arena, finding->term->subject);
    out->rule = sp_rule_citation(ruling->rule, arena);
    out->decision = decision_of(ruling->decision);
    out->certainty = certainty_of(ruling->certainty);
    out->text = tell(lot, finding, arena);
    out->members = sp_arena_calloc(arena, ruling->count, sizeof *out->members);
    if (out->subject == NULL || out->rule == NULL || out->text == NULL || out->members == NULL) {
        return NULL;
    }
    for (size_t i = 0; i < ruling->count; i++) {
        out->members[i] = write_member(lot, team, &ruling->verdicts[i], arena);
        if (out->members[i] == NULL) {
            return NULL;
        }
        out->n_members++;
    }
    return out;
}

enum sp_status sp_verdicts_write(const struct sp_lot_matching *lot,
                                 const struct sp_assembled_team *team,
                                 const struct sp_verdicts *verdicts, struct sp_arena *arena,
                                 Spoina__V1__Verdict ***out, size_t *count, struct sp_error *err)
{
    *count = 0;
    *out = sp_arena_calloc(arena, verdicts->count, sizeof **out);
    if (*out == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    for (size_t i = 0; i < verdicts->count; i++) {
        (*out)[i] = write_finding(lot, team, &verdicts->findings[i], arena);
        if ((*out)[i] == NULL) {
            return SP_FAIL_NOMEM(err);
        }
        *count = i + 1;
    }
    return SP_OK;
}
