/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * FindSubcontractors: which parts of a scope social entities can take over, and how much of the
 * whole that is by the capacity they have declared.
 *
 * Here nobody offers: conditions and clauses of the draft bind the one who does. An entity can take
 * a part if its offer speaks of it and does not rule out the place.
 */
#include <math.h>
#include <string.h>

#include "matcher/advice/advice.h"
#include "matcher/advice/draft_change.h"
#include "matcher/advice/drop.h"
#include "matcher/advice/scene.h"
#include "matcher/proposal/proposal.h"
#include "matcher/scoring/show.h"

enum { PERMILLE = 1000, DAYS_PER_YEAR = 365 };

/** A lot under the lens. */
struct scope {
    struct sp_scene *scene;
    size_t index;
    struct sp_variation lot; /* without conditions and clauses */
    Spoina__V1__FindSubcontractorsResponse *out;
    struct sp_error *err;
};

/** What is within reach of the whole, lot after lot. */
struct reach {
    uint64_t effort; /* permille x effort units reached */
    uint64_t whole;  /* permille x all effort units */
    int64_t grosz;   /* of the parts with a value */
    int64_t whole_grosz;
    size_t valued; /* parts with a value */
    double hours;
    bool has_hours;
    size_t taken;
    bool unknown;
};

static bool can_take(const struct scope *scope, size_t entity, size_t j)
{
    return scope->lot.lot.assembly.standings[entity].stations[j].may_perform;
}

/** What an entity could do of a requirement, for sorting. */
struct taker {
    uint32_t entity;
    uint32_t score;
    uint32_t covered;
    uint64_t tie;
};

static bool goes_first(const struct taker *a, const struct taker *b)
{
    if (a->score != b->score) {
        return a->score > b->score;
    }
    return a->tie < b->tie;
}

/* The best takers in order, at most as many as are asked for. */
static size_t list_takers(const struct scope *scope, size_t j, struct taker *takers, size_t room)
{
    const struct sp_pool *pool = &scope->lot.lot.pool;
    size_t count = 0;
    for (size_t i = 0; i < pool->count; i++) {
        if (!can_take(scope, i, j)) {
            continue;
        }
        const struct sp_pool_fit *fit = &pool->entities[i].fits[j];
        struct taker taker = {.entity = (uint32_t)i, .score = fit->total, .tie = fit->tie};
        size_t at = count < room ? count : room;
        while (at > 0 && goes_first(&taker, &takers[at - 1])) {
            if (at < room) {
                takers[at] = takers[at - 1];
            }
            at--;
        }
        if (at < room) {
            takers[at] = taker;
            count += count < room ? 1 : 0;
        }
    }
    return count;
}

/* One entity as a subcontractor, with reasons. */
static enum sp_status write_taker(struct scope *scope, const struct taker *taker, size_t j,
                                  Spoina__V1__Proposal *out)
{
    struct sp_scene *scene = scope->scene;
    const struct sp_pool *pool = &scope->lot.lot.pool;
    const struct sp_pool_entity *entity = &pool->entities[taker->entity];
    spoina__v1__proposal__init(out);
    out->members = (Spoina__V1__Member **)sp_scene_messages(scene, 1, sizeof(Spoina__V1__Member));
    if (out->members == NULL) {
        return SP_FAIL_NOMEM(scope->err);
    }
    Spoina__V1__Member *member = out->members[0];
    spoina__v1__member__init(member);
    out->n_members = 1;
    out->score = taker->score;
    out->band = sp_band(taker->score);
    member->role = SPOINA__V1__MEMBER_ROLE__MEMBER_ROLE_SUBCONTRACTOR;
    member->entity = sp_show_entity(entity->entity, scene->answer);
    member->fits = (Spoina__V1__RequirementFit **)sp_scene_messages(
        scene, 1, sizeof(Spoina__V1__RequirementFit));
    if (member->entity == NULL || member->fits == NULL) {
        return SP_FAIL_NOMEM(scope->err);
    }
    sp_arena_reset(scene->scratch);
    enum sp_status status = sp_show_fit(&scene->advising->matching.scoring, pool, entity, j,
                                        scene->scratch, member->fits[0], scope->err);
    member->n_fits = status == SP_OK ? 1 : 0;
    return status;
}

/* Permille of the demand that all takers together have declared as free; each offer once. */
static uint32_t reached(const struct scope *scope, size_t j, bool *unknown)
{
    const struct sp_pool *pool = &scope->lot.lot.pool;
    const struct sp_need *need = &pool->needs[j];
    double free_total = 0;
    for (size_t i = 0; i < pool->count; i++) {
        const struct sp_pool_fit *fit = &pool->entities[i].fits[j];
        if (!can_take(scope, i, j)) {
            continue;
        }
        if (fit->capacity == SP_CAPACITY_COMPARED) {
            free_total += fit->free;
        } else if (fit->capacity != SP_CAPACITY_NOT_YET &&
                   fit->capacity != SP_CAPACITY_BELOW_MINIMUM) {
            *unknown = true;
        }
    }
    if (need->demand == NULL || need->demand->amount <= 0) {
        return 0;
    }
    double share = free_total / need->demand->amount;
    return share >= 1 ? PERMILLE : (uint32_t)(share * PERMILLE);
}

/* Hours of a demand in total: as they stand, or over the days of the performance. */
static bool total_hours(const struct scope *scope, size_t j, double *out)
{
    const struct sp_need *need = &scope->lot.lot.pool.needs[j];
    const struct sp_units *units = scope->scene->advising->matching.scoring.vocabulary->units;
    const struct sp_unit *hour = sp_unit_find(units, sp_view_of("h"));
    if (need->demand == NULL || hour == NULL || need->measure.unit == NULL) {
        return false;
    }
    struct sp_measure hours = {.unit = hour, .period = need->measure.period};
    if (hours.period != NULL) {
        hours.period = sp_period_find(units, sp_view_of("year"));
    }
    if (sp_measure_convert(&need->measure, &hours, need->demand->amount, out, NULL) != SP_OK ||
        (hours.period != NULL && need->term_days == 0)) {
        return false;
    }
    if (hours.period != NULL) {
        *out = *out * need->term_days / DAYS_PER_YEAR;
    }
    return true;
}

static void add_up(struct scope *scope, size_t j, Spoina__V1__SubcontractorPart *out,
                   struct reach *reach)
{
    const struct sp_lot_matching *lot = &scope->lot.lot;
    const Spoina__V1__Requirement *requirement = lot->lot->requirements[j];
    uint64_t effort = (uint64_t)lot->assembly.problem.demand[j];
    double hours = 0;
    reach->whole += effort * PERMILLE;
    reach->effort += effort * out->reachable_permille;
    reach->taken += out->can_be_taken ? 1 : 0;
    reach->unknown = reach->unknown || (out->can_be_taken && out->capacity_unknown);
    int64_t grosz = -1;
    if (requirement->_value_grosz_case == SPOINA__V1__REQUIREMENT___VALUE_GROSZ_VALUE_GROSZ) {
        grosz = requirement->value_grosz;
    } else if (lot->lot->_value_grosz_case == SPOINA__V1__LOT___VALUE_GROSZ_VALUE_GROSZ &&
               lot->lot->n_requirements == 1) {
        grosz = lot->lot->value_grosz;
    }
    if (grosz >= 0) {
        out->_reachable_grosz_case =
            SPOINA__V1__SUBCONTRACTOR_PART___REACHABLE_GROSZ_REACHABLE_GROSZ;
        out->reachable_grosz = grosz / PERMILLE * out->reachable_permille +
                               grosz % PERMILLE * out->reachable_permille / PERMILLE;
        reach->grosz += out->reachable_grosz;
        reach->whole_grosz += grosz;
        reach->valued++;
    }
    if (total_hours(scope, j, &hours)) {
        out->_reachable_hours_case =
            SPOINA__V1__SUBCONTRACTOR_PART___REACHABLE_HOURS_REACHABLE_HOURS;
        out->reachable_hours = floor(hours * out->reachable_permille / PERMILLE);
        reach->hours += out->reachable_hours;
        reach->has_hours = true;
    }
}

static enum sp_status write_part(struct scope *scope, size_t j, struct reach *reach,
                                 Spoina__V1__SubcontractorPart *out)
{
    struct sp_scene *scene = scope->scene;
    struct taker takers[SP_MATCH_LIMIT_MAX];
    bool unknown = false;
    spoina__v1__subcontractor_part__init(out);
    size_t count = list_takers(scope, j, takers, scene->settings.limit);
    out->requirement_id = scope->lot.lot.lot->requirements[j]->id;
    out->text = sp_requirement_words(scene, &scope->lot.lot, j);
    out->can_be_taken = count > 0;
    out->reachable_permille = reached(scope, j, &unknown);
    out->capacity_unknown = unknown;
    out->subcontractors =
        (Spoina__V1__Proposal **)sp_scene_messages(scene, count, sizeof(Spoina__V1__Proposal));
    enum sp_status status =
        out->text == NULL || out->subcontractors == NULL ? SP_FAIL_NOMEM(scope->err) : SP_OK;
    for (size_t i = 0; status == SP_OK && i < count; i++) {
        status = write_taker(scope, &takers[i], j, out->subcontractors[i]);
        out->n_subcontractors = i + 1;
    }
    add_up(scope, j, out, reach);
    return status == SP_OK
               ? sp_scene_keep(scene, (ProtobufCMessage **)&scope->out->parts[scope->out->n_parts],
                               scope->err)
               : status;
}

/* The lot as it is, but nobody is asked for anything. */
static enum sp_status open_scope(struct scope *scope)
{
    struct sp_scene *scene = scope->scene;
    struct sp_lot_matching base;
    Spoina__V1__Lot *lot = NULL;
    enum sp_status status = sp_scene_lot(scene, scope->index, NULL, 0, NULL, &base, scope->err);
    Spoina__V1__Draft *draft =
        status == SP_OK
            ? sp_draft_with_own_lot(scene->settings.draft, scope->index, scene->lot, &lot)
            : NULL;
    if (status != SP_OK || draft == NULL) {
        return status != SP_OK ? status : SP_FAIL_NOMEM(scope->err);
    }
    lot->n_conditions = 0;
    lot->n_clauses = 0;
    return sp_scene_vary(scene, &base, draft, scope->index, NULL, scene->lot, &scope->lot,
                         scope->err);
}

static enum sp_status write_sentence(struct sp_scene *scene, const struct reach *reach,
                                     Spoina__V1__FindSubcontractorsResponse *out,
                                     struct sp_error *err)
{
    const struct sp_speaker *speaker = &scene->speaker;
    const char *taken =
        SP_TELL(speaker, PARTS_TAKEN, .numbers = {(double)reach->taken, (double)out->n_parts});
    const char *share =
        SP_TELL(speaker, PARTS_REACHED, .numbers = {(double)(out->share_permille / 10)});
    const char *unknown = reach->unknown ? SP_TELL(speaker, PARTS_UNKNOWN, .numbers = {0}) : "";
    const char *money = reach->valued > 0 ? sp_text_money(speaker, reach->grosz) : "";
    if (taken == NULL || share == NULL || unknown == NULL || money == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    const char *worth = money[0] == '\0' ? "" : SP_TELL(speaker, PARTS_WORTH, .words = {money});
    out->text = worth == NULL ? NULL
                              : sp_arena_printf(scene->answer, "%s %s%s%s%s%s", taken, share,
                                                worth[0] == '\0' ? "" : " ", worth,
                                                unknown[0] == '\0' ? "" : " ", unknown);
    return out->text == NULL ? SP_FAIL_NOMEM(err) : SP_OK;
}

/* By value if every part has one; else every lot counts alike, split as matching splits it. */
static uint32_t share_of_whole(const struct reach *reach, size_t parts)
{
    if (reach->valued == parts && reach->whole_grosz >= PERMILLE) {
        int64_t share = reach->grosz / (reach->whole_grosz / PERMILLE);
        return share > PERMILLE ? PERMILLE : (uint32_t)share;
    }
    return reach->whole == 0 ? 0 : (uint32_t)(reach->effort * PERMILLE / reach->whole);
}

static enum sp_status find(struct sp_scene *scene, Spoina__V1__FindSubcontractorsResponse *out,
                           struct sp_error *err)
{
    const Spoina__V1__Draft *draft = scene->settings.draft;
    struct reach reach = {.effort = 0};
    size_t count = 0;
    for (size_t i = 0; i < draft->n_lots; i++) {
        count += draft->lots[i]->n_requirements;
    }
    out->parts = (Spoina__V1__SubcontractorPart **)sp_scene_messages(
        scene, count, sizeof(Spoina__V1__SubcontractorPart));
    struct scope *scope = sp_arena_calloc(scene->answer, 1, sizeof *scope);
    enum sp_status status = out->parts == NULL || scope == NULL ? SP_FAIL_NOMEM(err) : SP_OK;
    for (size_t i = 0; status == SP_OK && i < draft->n_lots; i++) {
        *scope = (struct scope){.scene = scene, .index = i, .out = out, .err = err};
        status = open_scope(scope);
        for (size_t j = 0; status == SP_OK && j < draft->lots[i]->n_requirements; j++) {
            status = write_part(scope, j, &reach, out->parts[out->n_parts]);
            out->n_parts++;
        }
    }
    if (status != SP_OK) {
        return status;
    }
    out->share_permille = share_of_whole(&reach, out->n_parts);
    if (reach.valued > 0) {
        out->_share_grosz_case = SPOINA__V1__FIND_SUBCONTRACTORS_RESPONSE___SHARE_GROSZ_SHARE_GROSZ;
        out->share_grosz = reach.grosz;
    }
    if (reach.has_hours) {
        out->_share_hours_case = SPOINA__V1__FIND_SUBCONTRACTORS_RESPONSE___SHARE_HOURS_SHARE_HOURS;
        out->share_hours = reach.hours;
    }
    return write_sentence(scene, &reach, out, err);
}

enum sp_status sp_find_subcontractors(const struct sp_advising *advising,
                                      const Spoina__V1__FindSubcontractorsRequest *request,
                                      Spoina__V1__FindSubcontractorsResponse **out,
                                      struct sp_error *err)
{
    struct sp_scene scene;
    Spoina__V1__FindSubcontractorsResponse *answer =
        sp_arena_alloc(advising->matching.scoring.arena, sizeof *answer);
    if (answer == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    spoina__v1__find_subcontractors_response__init(answer);
    enum sp_status status = sp_scene_open(&scene, advising, request->match, err);
    if (status == SP_OK) {
        status = find(&scene, answer, err);
    }
    if (status == SP_OK) {
        answer->draft = (Spoina__V1__Draft *)scene.settings.draft;
        answer->warnings = scene.settings.warnings.items;
        answer->n_warnings = scene.settings.warnings.count;
        answer->catalogue_version = scene.catalogue_version;
        answer->rulebook_version = (char *)sp_rulebook_version(advising->matching.book);
        answer->date = sp_arena_strdup(scene.answer, scene.date);
        status = answer->date == NULL ? SP_FAIL_NOMEM(err) : SP_OK;
    }
    sp_scene_close(&scene);
    *out = status == SP_OK ? answer : NULL;
    return status;
}
