/* SPDX-License-Identifier: EUPL-1.2 */
/** @file What would bring an entity in beside its own record: the draft, or partners. */
#include <string.h>

#include "matcher/advice/absence_priv.h"
#include "matcher/advice/draft_change.h"
#include "matcher/proposal/names.h"

enum { RELAXED_MAX = 4 };

/* The draft without the condition or clause @p id. */
static Spoina__V1__Draft *waive(const struct sp_absence *absence, const char *id)
{
    Spoina__V1__Lot *lot = NULL;
    Spoina__V1__Draft *draft = sp_draft_with_own_lot(absence->scene->settings.draft, absence->index,
                                                     absence->scene->trial, &lot);
    if (draft == NULL) {
        return NULL;
    }
    size_t kept = 0;
    for (size_t i = 0; i < lot->n_conditions; i++) {
        if (strcmp(lot->conditions[i]->id, id) != 0) {
            lot->conditions[kept++] = lot->conditions[i];
        }
    }
    lot->n_conditions = kept;
    kept = 0;
    for (size_t i = 0; i < lot->n_clauses; i++) {
        if (strcmp(lot->clauses[i]->id, id) != 0) {
            lot->clauses[kept++] = lot->clauses[i];
        }
    }
    lot->n_clauses = kept;
    return draft;
}

static enum sp_status try_waiving(struct sp_absence *absence, const struct sp_lot_term *term)
{
    struct sp_scene *scene = absence->scene;
    struct sp_variation variation;
    struct sp_presence presence;
    sp_arena_reset(scene->trial);
    Spoina__V1__Draft *draft = waive(absence, term->subject);
    if (draft == NULL) {
        return SP_FAIL_NOMEM(absence->err);
    }
    enum sp_status status = sp_scene_vary(scene, &absence->base, draft, absence->index, NULL,
                                          scene->trial, &variation, absence->err);
    size_t entity = status == SP_OK
                        ? sp_pool_find(&variation.lot.pool, sp_absence_entity(absence)->id)
                        : SIZE_MAX;
    if (status == SP_OK && entity != SIZE_MAX) {
        status = sp_presence_look(absence, &variation.lot, (uint32_t)entity, true, &presence);
    }
    if (status != SP_OK || entity == SIZE_MAX || !sp_is_present(&presence)) {
        return status;
    }
    Spoina__V1__Gap *gap = sp_absence_add_gap(absence, 1);
    Spoina__V1__Change *change = sp_arena_alloc(scene->answer, sizeof *change);
    if (gap == NULL || change == NULL) {
        return SP_FAIL_NOMEM(absence->err);
    }
    spoina__v1__change__init(change);
    change->kind = SPOINA__V1__CHANGE_KIND__CHANGE_KIND_RELAX_NEED;
    change->subject = (char *)term->subject;
    const char *name = sp_name_term(&scene->speaker, term);
    change->text = name == NULL ? NULL : SP_TELL(&scene->speaker, FIX_RELAX, .words = {name});
    gap->subject = change->subject;
    gap->text = SP_TELL(&scene->speaker, COUNTER_RELAXED, .numbers = {0});
    gap->changes[gap->n_changes++] = change;
    return change->text == NULL || gap->text == NULL ? SP_FAIL_NOMEM(absence->err) : SP_OK;
}

/* Where no change of the record helps: each condition or clause that is not met, waived alone. */
enum sp_status sp_absence_try_draft(struct sp_absence *absence)
{
    const struct sp_assembly *assembly = &absence->base.assembly;
    const struct sp_standing *standing = &assembly->standings[absence->entity];
    enum sp_status status = SP_OK;
    size_t tried = 0;
    for (size_t t = 0; status == SP_OK && t < assembly->terms.count && tried < RELAXED_MAX &&
                       absence->found_by_search && !sp_absence_is_full(absence);
         t++) {
        const struct sp_lot_term *term = &assembly->terms.items[t];
        bool of_draft = term->clause != NULL || term->condition != NULL;
        if (standing->decisions[t] == SP_DECISION_NOT_MET && of_draft) {
            tried++;
            status = try_waiving(absence, term);
        }
    }
    return status;
}

/* A complete consortium with the entity in it, shown or not. */
enum sp_status sp_absence_try_partners(struct sp_absence *absence)
{
    struct sp_found_teams teams = {.count = 0};
    const struct sp_speaker *speaker = &absence->scene->speaker;
    if (absence->base.settings->singles_only || sp_absence_is_full(absence) ||
        absence->base.assembly.standings[absence->entity].candidate < 0 ||
        sp_assembly_alone(&absence->base.assembly, absence->entity) != SP_ALONE_NO) {
        return SP_OK;
    }
    enum sp_status status = sp_absence_search(absence, &absence->base, &absence->entity, 1, &teams);
    if (status != SP_OK || teams.count == 0 || teams.incomplete) {
        return status;
    }
    const struct sp_assembled_team *team = &teams.teams[0];
    const char *names[SP_MAX_MEMBERS];
    size_t count = 0;
    Spoina__V1__Gap *gap = sp_absence_add_gap(absence, team->count);
    if (gap == NULL) {
        return SP_FAIL_NOMEM(absence->err);
    }
    for (size_t k = 0; k < team->count; k++) {
        const Spoina__V1__Entity *entity = absence->base.pool.entities[team->entities[k]].entity;
        if (team->entities[k] == absence->entity) {
            continue;
        }
        Spoina__V1__Change *change = sp_arena_alloc(absence->scene->answer, sizeof *change);
        if (change == NULL) {
            return SP_FAIL_NOMEM(absence->err);
        }
        spoina__v1__change__init(change);
        change->kind = SPOINA__V1__CHANGE_KIND__CHANGE_KIND_ADD_PARTNER;
        change->entity_id = entity->id;
        names[count++] = sp_name_entity(entity);
        change->text = SP_TELL(speaker, CHANGE_ADD_PARTNER, .words = {sp_name_entity(entity)});
        gap->changes[gap->n_changes++] = change;
        if (change->text == NULL) {
            return SP_FAIL_NOMEM(absence->err);
        }
    }
    const char *list = sp_text_list(speaker, names, count);
    gap->text = list == NULL ? NULL : SP_TELL(speaker, COUNTER_PARTNER, .words = {list});
    return gap->text == NULL ? SP_FAIL_NOMEM(absence->err) : SP_OK;
}
