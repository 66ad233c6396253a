/* SPDX-License-Identifier: EUPL-1.2 */
/** @file ExplainAbsence: why an entity is not proposed, and what would bring it in. */
#include <stdio.h>

#include "matcher/advice/absence_priv.h"
#include "matcher/advice/advice.h"
#include "matcher/proposal/proposal.h"
#include "matcher/scoring/show.h"

static enum sp_status write_fits(struct sp_absence *absence)
{
    const struct sp_pool *pool = &absence->base.pool;
    Spoina__V1__LotAbsence *out = absence->out;
    out->fits = (Spoina__V1__RequirementFit **)sp_scene_messages(
        absence->scene, pool->requirement_count, sizeof(Spoina__V1__RequirementFit));
    enum sp_status status = out->fits == NULL ? SP_FAIL_NOMEM(absence->err) : SP_OK;
    for (size_t j = 0; status == SP_OK && j < pool->requirement_count; j++) {
        if (pool->entities[absence->entity].fits[j].relevant) {
            sp_arena_reset(absence->scene->scratch);
            status = sp_show_fit(&absence->scene->advising->matching.scoring, pool,
                                 &pool->entities[absence->entity], j, absence->scene->scratch,
                                 out->fits[out->n_fits], absence->err);
            out->n_fits += status == SP_OK ? 1 : 0;
        }
    }
    return status;
}

static enum sp_status write_verdicts(struct sp_absence *absence)
{
    struct sp_assembled_team team;
    struct sp_verdicts verdicts;
    enum sp_status status = sp_assembly_value_team(&absence->base.assembly, &absence->entity, 1,
                                                   true, &team, absence->err);
    if (status == SP_OK) {
        status = sp_assembly_verdicts(&absence->base.assembly, &team, absence->scene->answer,
                                      &verdicts, absence->err);
    }
    return status == SP_OK
               ? sp_verdicts_write(&absence->base, &team, &verdicts, absence->scene->answer,
                                   &absence->out->verdicts, &absence->out->n_verdicts, absence->err)
               : status;
}

static enum sp_status explain_lot(struct sp_absence *absence)
{
    struct sp_scene *scene = absence->scene;
    Spoina__V1__LotAbsence *out = absence->out;
    char *keys[] = {(char *)absence->key};
    struct sp_presence presence = {.place = 0};
    enum sp_status status = sp_scene_lot(scene, absence->index, keys, 1, &absence->entity,
                                         &absence->base, absence->err);
    if (status == SP_NOT_FOUND && absence->err != NULL) {
        (void)snprintf(absence->err->place, sizeof absence->err->place, "entity");
    }
    out->because = sp_arena_calloc(scene->answer, SP_BECAUSE_MAX, sizeof *out->because);
    out->counterfactuals =
        sp_arena_calloc(scene->answer, SP_COUNTERFACTUALS_MAX, sizeof *out->counterfactuals);
    if (status == SP_OK && (out->because == NULL || out->counterfactuals == NULL)) {
        status = SP_FAIL_NOMEM(absence->err);
    }
    if (status == SP_OK) {
        out->lot_id = absence->base.lot->id;
        out->title = absence->base.lot->title;
        absence->found_by_search =
            absence->base.pool.entities[absence->entity].number != UINT32_MAX;
        status = sp_absence_out_of_scope(absence)
                     ? SP_OK
                     : sp_presence_look(absence, &absence->base, absence->entity, false, &presence);
    }
    if (status == SP_OK) {
        out->present = sp_is_present(&presence);
        out->place = presence.place;
        status = sp_absence_tell_why(absence, &presence);
    }
    if (status == SP_OK && !out->present && !sp_absence_out_of_scope(absence)) {
        status = sp_absence_try_record(absence);
        if (status == SP_OK && out->n_counterfactuals == 0) {
            status = sp_absence_try_draft(absence);
        }
        if (status == SP_OK) {
            status = sp_absence_try_partners(absence);
        }
    }
    if (status == SP_OK) {
        status = write_fits(absence);
    }
    return status == SP_OK ? write_verdicts(absence) : status;
}

static enum sp_status explain(struct sp_scene *scene,
                              const Spoina__V1__ExplainAbsenceRequest *request,
                              Spoina__V1__ExplainAbsenceResponse *out, struct sp_error *err)
{
    size_t first = 0;
    size_t end = scene->settings.draft->n_lots;
    enum sp_status status = SP_OK;
    if (request->lot_id[0] != '\0') {
        status = sp_scene_find_lot(scene, request->lot_id, &first, err);
        end = first + 1;
    }
    out->lots = (Spoina__V1__LotAbsence **)sp_scene_messages(scene, end - first,
                                                             sizeof(Spoina__V1__LotAbsence));
    struct sp_absence *absence = sp_arena_calloc(scene->answer, 1, sizeof *absence);
    if (status == SP_OK && (out->lots == NULL || absence == NULL)) {
        status = SP_FAIL_NOMEM(err);
    }
    for (size_t i = first; status == SP_OK && i < end; i++) {
        *absence = (struct sp_absence){.scene = scene,
                                       .key = request->entity,
                                       .index = i,
                                       .out = out->lots[out->n_lots],
                                       .err = err};
        spoina__v1__lot_absence__init(absence->out);
        status = explain_lot(absence);
        if (status == SP_OK && i == first) {
            out->entity = sp_show_entity(sp_absence_entity(absence), scene->answer);
            status = out->entity == NULL
                         ? SP_FAIL_NOMEM(err)
                         : sp_scene_keep(scene, (ProtobufCMessage **)&out->entity, err);
        }
        if (status == SP_OK) {
            status = sp_scene_keep(scene, (ProtobufCMessage **)&out->lots[out->n_lots++], err);
        }
    }
    return status;
}

enum sp_status sp_explain_absence(const struct sp_advising *advising,
                                  const Spoina__V1__ExplainAbsenceRequest *request,
                                  Spoina__V1__ExplainAbsenceResponse **out, struct sp_error *err)
{
    struct sp_scene scene;
    Spoina__V1__ExplainAbsenceResponse *answer =
        sp_arena_alloc(advising->matching.scoring.arena, sizeof *answer);
    if (answer == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    if (request->entity[0] == '\0') {
        return SP_FAIL(err, SP_INVALID, "entity",
                       "Podaj identyfikator, NIP, KRS albo REGON podmiotu.",
                       "Give the id, NIP, KRS or REGON of an entity.");
    }
    spoina__v1__explain_absence_response__init(answer);
    enum sp_status status = sp_scene_open(&scene, advising, request->match, err);
    if (status == SP_OK) {
        status = explain(&scene, request, answer, err);
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
