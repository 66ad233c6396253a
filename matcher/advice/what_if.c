/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * WhatIf: one parameter of a lot over a list of values, in the order given. Each step is the draft
 * with that value alone, matched again; what drops out or joins is told against the step before.
 */
#include <string.h>

#include "matcher/advice/advice.h"
#include "matcher/advice/draft_change.h"
#include "matcher/advice/drop.h"
#include "matcher/proposal/proposal.h"
#include "matcher/scoring/show.h"

enum {
    LISTED_MAX = 50, /* of those that drop out or join, at each step */
    DAYS_MAX = 365,
    RADIUS_MAX_KM = 1000,
    PARTS_MAX = 100,
    PERCENT_MAX = 100
};

/** A call under way. Two arenas in turn: a step is compared with the one before. */
struct varying {
    struct sp_scene *scene;
    const Spoina__V1__WhatIfRequest *request;
    size_t index;
    struct sp_lot_matching base;
    struct sp_arena *arenas[2];
    struct sp_variation steps[2]; /* beside the arenas */
    struct sp_supply supplies[2];
    struct sp_error *err;
};

/** A changed draft, and what is no part of a draft. */
struct change {
    Spoina__V1__Draft *draft;
    Spoina__V1__Lot *lot;
    struct sp_assembly_options options;
    struct sp_arena *arena;
};

static enum sp_status out_of_range(struct varying *varying, int64_t least, int64_t most)
{
    return SP_FAIL(varying->err, SP_INVALID, "values", "Wartości tego parametru: od %lld do %lld.",
                   "Values of this parameter: from %lld to %lld.", (long long)least,
                   (long long)most);
}

static enum sp_status no_subject(struct varying *varying, const char *polish, const char *english)
{
    return SP_FAIL(varying->err, SP_NOT_FOUND, "subject",
                   "Ta część nie ma takiego elementu: %s%.0s.",
                   "This lot has no such element: %.0s%s.", polish, english);
}

/* The requirement that the request names, else the only one. */
static Spoina__V1__Requirement *find_requirement(const struct varying *varying,
                                                 const Spoina__V1__Lot *lot)
{
    const char *id = varying->request->subject;
    for (size_t i = 0; i < lot->n_requirements; i++) {
        if (strcmp(lot->requirements[i]->id, id) == 0) {
            return lot->requirements[i];
        }
    }
    return id[0] == '\0' && lot->n_requirements == 1 ? lot->requirements[0] : NULL;
}

/* Likewise a condition; without a name the only one that has the number at hand. */
static Spoina__V1__Condition *find_condition(const struct varying *varying,
                                             const Spoina__V1__Lot *lot, bool grosz)
{
    const char *id = varying->request->subject;
    Spoina__V1__Condition *found = NULL;
    for (size_t i = 0; i < lot->n_conditions; i++) {
        Spoina__V1__Condition *condition = lot->conditions[i];
        if (strcmp(condition->id, id) == 0) {
            return condition;
        }
        bool has = grosz ? condition->_grosz_case == SPOINA__V1__CONDITION___GROSZ_GROSZ
                         : condition->_count_case == SPOINA__V1__CONDITION___COUNT_COUNT;
        if (id[0] == '\0' && has) {
            if (found != NULL) {
                return NULL; /* several */
            }
            found = condition;
        }
    }
    return found;
}

static enum sp_status change_quantity(struct varying *varying, struct change *change, int64_t value)
{
    Spoina__V1__Requirement *requirement = find_requirement(varying, change->lot);
    if (requirement == NULL || requirement->demand == NULL) {
        return no_subject(varying, "wymagania z podaną ilością", "requirement with a demand");
    }
    Spoina__V1__Quantity *demand = sp_arena_alloc(change->arena, sizeof *demand);
    if (demand == NULL) {
        return SP_FAIL_NOMEM(varying->err);
    }
    *demand = *requirement->demand;
    demand->amount = (double)value;
    requirement->demand = demand;
    return SP_OK;
}

static enum sp_status change_condition(struct varying *varying, struct change *change,
                                       int64_t value, bool grosz)
{
    Spoina__V1__Condition *condition = find_condition(varying, change->lot, grosz);
    if (condition == NULL) {
        return no_subject(varying, "warunku z taką liczbą (podaj jego identyfikator)",
                          "condition with such a number (give its id)");
    }
    if (value < 0 || (!grosz && value > UINT32_MAX)) {
        return out_of_range(varying, 1, UINT32_MAX);
    }
    if (grosz) {
        condition->_grosz_case = SPOINA__V1__CONDITION___GROSZ_GROSZ;
        condition->grosz = value;
    } else {
        condition->_count_case = SPOINA__V1__CONDITION___COUNT_COUNT;
        condition->count = (uint32_t)value;
    }
    return SP_OK;
}

static enum sp_status change_share(struct varying *varying, struct change *change, int64_t value)
{
    Spoina__V1__Clause *clause = sp_lot_find_clause(
        change->lot, SPOINA__V1__CLAUSE_KIND__CLAUSE_KIND_ART_94, varying->request->subject);
    if (clause == NULL) {
        return no_subject(varying, "klauzuli z art. 94", "clause of art. 94");
    }
    if (value < 0 || value > PERCENT_MAX) {
        return out_of_range(varying, 1, PERCENT_MAX);
    }
    clause->_share_percent_case = SPOINA__V1__CLAUSE___SHARE_PERCENT_SHARE_PERCENT;
    clause->share_percent = (uint32_t)value;
    return SP_OK;
}

/* Of a clause of art. 96, else of a condition about persons. */
static enum sp_status change_persons(struct varying *varying, struct change *change, int64_t value)
{
    Spoina__V1__Clause *clause = sp_lot_find_clause(
        change->lot, SPOINA__V1__CLAUSE_KIND__CLAUSE_KIND_ART_96, varying->request->subject);
    if (clause == NULL) {
        return change_condition(varying, change, value, false);
    }
    if (value < 0 || value > UINT32_MAX) {
        return out_of_range(varying, 1, UINT32_MAX);
    }
    clause->_persons_case = SPOINA__V1__CLAUSE___PERSONS_PERSONS;
    clause->persons = (uint32_t)value;
    return SP_OK;
}

static enum sp_status change_deadline(struct varying *varying, struct change *change, int64_t value)
{
    sp_day day = varying->scene->settings.day;
    char *text = sp_arena_alloc(change->arena, sizeof "2026-11-22");
    if (text == NULL) {
        return SP_FAIL_NOMEM(varying->err);
    }
    if (value < -DAYS_MAX || value > DAYS_MAX) {
        return out_of_range(varying, -DAYS_MAX, DAYS_MAX);
    }
    (void)sp_day_parse(sp_view_of(change->draft->deadline), &day);
    sp_day_format(day + (sp_day)value, text);
    change->draft->deadline = text;
    return SP_OK;
}

/* Without any reservation and employment clause, or with the one whose number is given. */
static enum sp_status change_clause(struct varying *varying, struct change *change, int64_t value)
{
    const unsigned gating = SP_CLAUSE_BIT(SPOINA__V1__CLAUSE_KIND__CLAUSE_KIND_ART_94) |
                            SP_CLAUSE_BIT(SPOINA__V1__CLAUSE_KIND__CLAUSE_KIND_ART_361) |
                            SP_CLAUSE_BIT(SPOINA__V1__CLAUSE_KIND__CLAUSE_KIND_ES_26) |
                            SP_CLAUSE_BIT(SPOINA__V1__CLAUSE_KIND__CLAUSE_KIND_SS_15A) |
                            SP_CLAUSE_BIT(SPOINA__V1__CLAUSE_KIND__CLAUSE_KIND_ART_96);
    if (value < 0 || value > SPOINA__V1__CLAUSE_KIND__CLAUSE_KIND_KEY_TASKS) {
        return out_of_range(varying, 0, SPOINA__V1__CLAUSE_KIND__CLAUSE_KIND_KEY_TASKS);
    }
    Spoina__V1__ClauseKind kind = (Spoina__V1__ClauseKind)value;
    const Spoina__V1__Clause *given = sp_lot_find_clause(varying->base.lot, kind, "");
    sp_lot_drop_clauses(change->lot, gating | SP_CLAUSE_BIT(kind));
    if (value == 0) {
        return SP_OK;
    }
    Spoina__V1__Clause *clause = sp_lot_add_clause(change->lot, kind, change->arena);
    if (clause == NULL) {
        return SP_FAIL_NOMEM(varying->err);
    }
    if (given != NULL) {
        *clause = *given;
    } else if (kind == SPOINA__V1__CLAUSE_KIND__CLAUSE_KIND_ART_96) {
        return no_subject(varying, "klauzuli z art. 96 z grupami i liczbą osób",
                          "clause of art. 96 with groups and persons");
    } else if (kind == SPOINA__V1__CLAUSE_KIND__CLAUSE_KIND_KEY_TASKS) {
        return no_subject(varying, "wskazania kluczowych zadań", "list of key tasks");
    }
    return SP_OK;
}

static enum sp_status apply(struct varying *varying, struct change *change, int64_t value)
{
    switch (varying->request->parameter) {
    case SPOINA__V1__PARAMETER_KIND__PARAMETER_KIND_QUANTITY:
        return change_quantity(varying, change, value);
    case SPOINA__V1__PARAMETER_KIND__PARAMETER_KIND_RADIUS:
        change->options.radius_km = (uint32_t)value;
        return value >= 1 && value <= RADIUS_MAX_KM ? SP_OK
                                                    : out_of_range(varying, 1, RADIUS_MAX_KM);
    case SPOINA__V1__PARAMETER_KIND__PARAMETER_KIND_SHARE:
        return change_share(varying, change, value);
    case SPOINA__V1__PARAMETER_KIND__PARAMETER_KIND_PERSONS:
        return change_persons(varying, change, value);
    case SPOINA__V1__PARAMETER_KIND__PARAMETER_KIND_GROSZ:
        return change_condition(varying, change, value, true);
    case SPOINA__V1__PARAMETER_KIND__PARAMETER_KIND_COUNT:
        return change_condition(varying, change, value, false);
    case SPOINA__V1__PARAMETER_KIND__PARAMETER_KIND_PARTS:
        if (value < 1 || value > PARTS_MAX) {
            return out_of_range(varying, 1, PARTS_MAX);
        }
        return sp_lot_divide(change->lot, (unsigned)value, change->arena)
                   ? SP_OK
                   : SP_FAIL_NOMEM(varying->err);
    case SPOINA__V1__PARAMETER_KIND__PARAMETER_KIND_DEADLINE_DAYS:
        return change_deadline(varying, change, value);
    case SPOINA__V1__PARAMETER_KIND__PARAMETER_KIND_CLAUSE:
        return change_clause(varying, change, value);
    case SPOINA__V1__PARAMETER_KIND__PARAMETER_KIND_MEMBERS_MAX:
        change->options.team.members_max = (uint32_t)value;
        return value >= SP_MEMBERS_LEAST && value <= SP_MEMBERS_MOST
                   ? SP_OK
                   : out_of_range(varying, SP_MEMBERS_LEAST, SP_MEMBERS_MOST);
    default:
        return SP_FAIL(varying->err, SP_INVALID, "parameter", "Wybierz parametr.",
                       "Choose a parameter.");
    }
}

/* Look at the lot with @p value, in the place of step @p turn. */
static enum sp_status take_step(struct varying *varying, int64_t value, int turn)
{
    struct sp_scene *scene = varying->scene;
    struct change change = {.options = varying->base.assembly.options,
                            .arena = varying->arenas[turn]};
    sp_arena_reset(change.arena);
    change.draft =
        sp_draft_with_own_lot(scene->settings.draft, varying->index, change.arena, &change.lot);
    if (change.draft == NULL) {
        return SP_FAIL_NOMEM(varying->err);
    }
    enum sp_status status = apply(varying, &change, value);
    if (status == SP_OK) {
        status = sp_scene_vary(scene, &varying->base, change.draft, varying->index, &change.options,
                               change.arena, &varying->steps[turn], varying->err);
    }
    return status == SP_OK ? sp_supply_count(scene, &varying->steps[turn].lot,
                                             &varying->supplies[turn], varying->err)
                           : status;
}

static enum sp_status add_dropped(struct varying *varying, const struct sp_lot_matching *before,
                                  const struct sp_lot_matching *after,
                                  const struct sp_supply *supply, const Spoina__V1__Entity *entity,
                                  Spoina__V1__WhatIfStep *out)
{
    struct sp_drop drop;
    if (out->dropped_total++ >= LISTED_MAX) {
        return SP_OK;
    }
    enum sp_status status =
        sp_drop_explain(varying->scene, before, after, supply, entity->id, &drop, varying->err);
    if (status == SP_OK) {
        Spoina__V1__DroppedEntity *dropped = out->dropped[out->n_dropped++];
        spoina__v1__dropped_entity__init(dropped);
        dropped->entity = sp_show_entity(entity, varying->scene->answer);
        dropped->text = (char *)drop.text;
        dropped->rule_id = (char *)drop.rule;
        status = dropped->entity == NULL ? SP_FAIL_NOMEM(varying->err) : SP_OK;
    }
    return status;
}

static enum sp_status list_dropped(struct varying *varying, const struct sp_lot_matching *before,
                                   const struct sp_supply *supply_before,
                                   const struct sp_lot_matching *after,
                                   const struct sp_supply *supply, Spoina__V1__WhatIfStep *out)
{
    const uint32_t *ranked = NULL;
    size_t count = 0;
    out->dropped = (Spoina__V1__DroppedEntity **)sp_scene_messages(
        varying->scene, LISTED_MAX, sizeof(Spoina__V1__DroppedEntity));
    enum sp_status status =
        out->dropped == NULL
            ? SP_FAIL_NOMEM(varying->err)
            : sp_pool_rank(&before->pool, varying->scene->trial, &ranked, &count, varying->err);
    for (size_t i = 0; status == SP_OK && i < count; i++) {
        const Spoina__V1__Entity *entity = before->pool.entities[ranked[i]].entity;
        if (sp_drops_out(before, supply_before, ranked[i], after, supply)) {
            status = add_dropped(varying, before, after, supply, entity, out);
        }
    }
    return status;
}

/* Joining is dropping out seen from the other side. */
static enum sp_status list_joined(struct varying *varying, const struct sp_lot_matching *before,
                                  const struct sp_supply *supply_before,
                                  const struct sp_lot_matching *after,
                                  const struct sp_supply *supply, Spoina__V1__WhatIfStep *out)
{
    const uint32_t *ranked = NULL;
    size_t count = 0;
    out->joined = sp_arena_calloc(varying->scene->answer, LISTED_MAX, sizeof *out->joined);
    enum sp_status status = out->joined == NULL ? SP_FAIL_NOMEM(varying->err)
                                                : sp_pool_rank(&after->pool, varying->scene->trial,
                                                               &ranked, &count, varying->err);
    for (size_t i = 0; status == SP_OK && i < count; i++) {
        const Spoina__V1__Entity *entity = after->pool.entities[ranked[i]].entity;
        if (!sp_drops_out(after, supply, ranked[i], before, supply_before) ||
            out->joined_total++ >= LISTED_MAX) {
            continue;
        }
        out->joined[out->n_joined] = sp_show_entity(entity, varying->scene->answer);
        status = out->joined[out->n_joined++] == NULL ? SP_FAIL_NOMEM(varying->err) : SP_OK;
    }
    return status;
}

/* The first in rank that can offer alone. */
static enum sp_status write_best_single(struct varying *varying, const struct sp_lot_matching *lot,
                                        const struct sp_supply *supply, Spoina__V1__WhatIfStep *out)
{
    const uint32_t *ranked = NULL;
    size_t count = 0;
    struct sp_assembled_team team;
    enum sp_status status =
        sp_pool_rank(&lot->pool, varying->scene->trial, &ranked, &count, varying->err);
    for (size_t i = 0; status == SP_OK && i < count; i++) {
        if (supply->alone[ranked[i]] == SP_ALONE_NO) {
            continue;
        }
        status = sp_assembly_value_team(&lot->assembly, &ranked[i], 1, true, &team, varying->err);
        return status == SP_OK
                   ? sp_proposal_write(lot, &team, SP_PROPOSAL_BRIEF, varying->scene->answer,
                                       &out->best_single, varying->err)
                   : status;
    }
    return status;
}

static enum sp_status write_best_team(struct varying *varying, const struct sp_lot_matching *lot,
                                      const struct sp_supply *supply, Spoina__V1__WhatIfStep *out)
{
    struct sp_assembled_team team;
    enum sp_status status = SP_OK;
    if (supply->consortia > 0) {
        status = sp_supply_best(varying->scene, lot, supply, &team, varying->err);
    }
    return status == SP_OK && supply->consortia > 0 && team.count > 0
               ? sp_proposal_write(lot, &team, SP_PROPOSAL_BRIEF, varying->scene->answer,
                                   &out->best_consortium, varying->err)
               : status;
}

static enum sp_status write_sentence(struct varying *varying, const struct sp_supply *supply,
                                     Spoina__V1__WhatIfStep *out)
{
    const struct sp_speaker *speaker = &varying->scene->speaker;
    const char *value = sp_text_amount(speaker, (double)out->value);
    const char *step =
        value == NULL ? NULL
                      : SP_TELL(speaker, STEP, .numbers = {supply->singles, supply->independent},
                                .words = {value});
    const char *changes =
        SP_TELL(speaker, STEP_CHANGES, .numbers = {out->dropped_total, out->joined_total});
    out->text = step == NULL || changes == NULL
                    ? NULL
                    : sp_arena_printf(varying->scene->answer, "%s %s", step, changes);
    return out->text == NULL ? SP_FAIL_NOMEM(varying->err) : SP_OK;
}

/** @param before  the step before, or the draft as it is */
static enum sp_status write_step(struct varying *varying, int64_t value, int turn,
                                 const struct sp_lot_matching *before,
                                 const struct sp_supply *supply_before, Spoina__V1__WhatIfStep *out)
{
    const struct sp_lot_matching *after = &varying->steps[turn].lot;
    const struct sp_supply *supply = &varying->supplies[turn];
    spoina__v1__what_if_step__init(out);
    out->value = value;
    sp_arena_reset(varying->scene->trial);
    out->supply = sp_supply_write(varying->scene, after, supply);
    enum sp_status status = out->supply == NULL ? SP_FAIL_NOMEM(varying->err) : SP_OK;
    if (status == SP_OK) {
        status = list_dropped(varying, before, supply_before, after, supply, out);
    }
    if (status == SP_OK) {
        status = list_joined(varying, before, supply_before, after, supply, out);
    }
    if (status == SP_OK) {
        status = write_best_single(varying, after, supply, out);
    }
    if (status == SP_OK) {
        status = write_best_team(varying, after, supply, out);
    }
    return status == SP_OK ? write_sentence(varying, supply, out) : status;
}

static enum sp_status vary(struct varying *varying, Spoina__V1__WhatIfResponse *out)
{
    struct sp_scene *scene = varying->scene;
    size_t count = varying->request->n_values;
    struct sp_supply as_is;
    out->steps =
        (Spoina__V1__WhatIfStep **)sp_scene_messages(scene, count, sizeof(Spoina__V1__WhatIfStep));
    if (out->steps == NULL) {
        return SP_FAIL_NOMEM(varying->err);
    }
    enum sp_status status =
        sp_scene_lot(scene, varying->index, NULL, 0, NULL, &varying->base, varying->err);
    if (status == SP_OK) {
        status = sp_supply_count(scene, &varying->base, &as_is, varying->err);
    }
    if (status == SP_OK) {
        out->as_is = sp_supply_write(scene, &varying->base, &as_is);
        status = out->as_is == NULL
                     ? SP_FAIL_NOMEM(varying->err)
                     : sp_scene_keep(scene, (ProtobufCMessage **)&out->as_is, varying->err);
    }
    const struct sp_lot_matching *before = &varying->base;
    const struct sp_supply *supply_before = &as_is;
    for (size_t i = 0; status == SP_OK && i < count; i++) {
        int turn = (int)(i % 2);
        int64_t value = varying->request->values[i];
        status = take_step(varying, value, turn);
        if (status == SP_OK) {
            status = write_step(varying, value, turn, before, supply_before, out->steps[i]);
            out->n_steps = i + 1;
        }
        if (status == SP_OK) {
            status = sp_scene_keep(scene, (ProtobufCMessage **)&out->steps[i], varying->err);
        }
        before = &varying->steps[turn].lot;
        supply_before = &varying->supplies[turn];
    }
    return status;
}

static enum sp_status open_and_vary(struct sp_scene *scene,
                                    const Spoina__V1__WhatIfRequest *request,
                                    Spoina__V1__WhatIfResponse *out, struct sp_error *err)
{
    struct varying *varying = sp_arena_calloc(scene->answer, 1, sizeof *varying);
    if (varying == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    varying->scene = scene;
    varying->request = request;
    varying->err = err;
    enum sp_status status = sp_scene_find_lot(scene, request->lot_id, &varying->index, err);
    if (status != SP_OK) {
        return status;
    }
    varying->arenas[0] = sp_arena_new(SP_LOT_ARENA_BYTES);
    varying->arenas[1] = sp_arena_new(SP_LOT_ARENA_BYTES);
    status = varying->arenas[0] == NULL || varying->arenas[1] == NULL ? SP_FAIL_NOMEM(err)
                                                                      : vary(varying, out);
    sp_arena_free(varying->arenas[0]);
    sp_arena_free(varying->arenas[1]);
    return status;
}

enum sp_status sp_what_if(const struct sp_advising *advising,
                          const Spoina__V1__WhatIfRequest *request,
                          Spoina__V1__WhatIfResponse **out, struct sp_error *err)
{
    struct sp_scene scene;
    Spoina__V1__WhatIfResponse *answer =
        sp_arena_alloc(advising->matching.scoring.arena, sizeof *answer);
    if (answer == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    if (request->n_values < 1 || request->n_values > SP_ADVICE_VALUES_MAX) {
        return SP_FAIL(err, SP_INVALID, "values", "Podaj od 1 do %d wartości.",
                       "Give from 1 to %d values.", SP_ADVICE_VALUES_MAX);
    }
    spoina__v1__what_if_response__init(answer);
    enum sp_status status = sp_scene_open(&scene, advising, request->match, err);
    if (status == SP_OK) {
        status = open_and_vary(&scene, request, answer, err);
    }
    if (status == SP_OK) {
        answer->draft = (Spoina__V1__Draft *)scene.settings.draft;
        answer->catalogue_version = scene.catalogue_version;
        answer->rulebook_version = (char *)sp_rulebook_version(advising->matching.book);
        answer->date = sp_arena_strdup(scene.answer, scene.date);
        status = answer->date == NULL ? SP_FAIL_NOMEM(err) : SP_OK;
    }
    sp_scene_close(&scene);
    *out = status == SP_OK ? answer : NULL;
    return status;
}
