/* SPDX-License-Identifier: EUPL-1.2 */
#include "matcher/advice/drop.h"

#include <string.h>

#include "matcher/proposal/names.h"

enum { LINE_BYTES = 120, METRES_PER_KM = 1000 };

char *sp_requirement_words(struct sp_scene *scene, const struct sp_lot_matching *lot, size_t j)
{
    const char *text = lot->lot->requirements[j]->text;
    text = text[0] != '\0' ? text : lot->lot->title;
    text = text[0] != '\0' ? text : lot->settings->draft->title;
    struct sp_view line = sp_view_of(text);
    if (line.length <= LINE_BYTES) {
        return sp_arena_copy(scene->answer, line);
    }
    line.length = LINE_BYTES;
    while (line.length > 0 && (text[line.length] & 0xC0) == 0x80) {
        line.length--; /* not inside a character */
    }
    return sp_arena_printf(scene->answer, "%.*s…", SP_VIEW_ARGS(line));
}

/* The first rule that is not met, with its evidence. False: none. */
static enum sp_status explain_rules(struct sp_scene *scene, const struct sp_lot_matching *after,
                                    size_t entity, struct sp_drop *out, struct sp_error *err)
{
    const struct sp_assembly *assembly = &after->assembly;
    const struct sp_standing *standing = &assembly->standings[entity];
    for (size_t t = 0; t < assembly->terms.count; t++) {
        const struct sp_lot_term *term = &assembly->terms.items[t];
        if (standing->decisions[t] != SP_DECISION_NOT_MET || term->type == SP_TERM_TEAM) {
            continue;
        }
        struct sp_ruling ruling;
        enum sp_status status =
            sp_assembly_ruling(assembly, entity, term, scene->answer, &ruling, err);
        if (status != SP_OK) {
            return status;
        }
        const char *evidence =
            sp_say(scene->speaker.locale, ruling.rule->polish, ruling.rule->english);
        for (size_t v = 0; v < ruling.count; v++) {
            if (ruling.verdicts[v].decision == SP_DECISION_NOT_MET) {
                evidence = sp_say(scene->speaker.locale, ruling.verdicts[v].polish,
                                  ruling.verdicts[v].english);
                break;
            }
        }
        out->rule = ruling.rule->id;
        out->text = SP_TELL(&scene->speaker, DROP_NOT_MET,
                            .words = {evidence, ruling.rule->id, ruling.rule->article});
        return out->text == NULL ? SP_FAIL_NOMEM(err) : SP_OK;
    }
    return SP_OK;
}

static char *explain_station(struct sp_scene *scene, const struct sp_lot_matching *after,
                             size_t entity, size_t j, const char *words)
{
    const struct sp_pool_fit *fit = &after->pool.entities[entity].fits[j];
    const struct sp_need *need = &after->pool.needs[j];
    uint32_t radius_km = after->assembly.options.radius_km;
    if (!after->assembly.standings[entity].stations[j].may_perform) {
        double kilometres = (double)(fit->distance_m / METRES_PER_KM);
        return radius_km > 0 && fit->has_distance && kilometres >= radius_km
                   ? SP_TELL(&scene->speaker, DROP_DISTANCE, .numbers = {kilometres, radius_km},
                             .words = {words})
                   : SP_TELL(&scene->speaker, DROP_PLACE, .words = {words});
    }
    if (fit->capacity != SP_CAPACITY_COMPARED || need->demand == NULL) {
        return SP_TELL(&scene->speaker, DROP_EFFORT, .words = {words});
    }
    const char *free_words = sp_name_quantity(&scene->speaker, after, j, fit->free);
    const char *demand_words = sp_name_quantity(&scene->speaker, after, j, need->demand->amount);
    return free_words == NULL || demand_words == NULL
               ? NULL
               : SP_TELL(&scene->speaker, DROP_CAPACITY,
                         .words = {words, free_words, demand_words});
}

/* The requirement of @p before with the id of requirement @p j of @p after; -1: none. */
static int same_requirement(const struct sp_lot_matching *before,
                            const struct sp_lot_matching *after, size_t j)
{
    for (size_t i = 0; i < before->lot->n_requirements; i++) {
        if (strcmp(before->lot->requirements[i]->id, after->lot->requirements[j]->id) == 0) {
            return (int)i;
        }
    }
    return -1;
}

/* The first requirement of which the entity can do a smaller share than it could; -1: none.
 * @param earlier  the entity in the pool before */
static int find_lesser_station(const struct sp_lot_matching *before, size_t earlier,
                               const struct sp_lot_matching *after, size_t entity)
{
    for (size_t j = 0; earlier != SIZE_MAX && j < after->lot->n_requirements; j++) {
        int i = same_requirement(before, after, j);
        int64_t demand = i < 0 ? 0 : before->assembly.problem.demand[i];
        int64_t could = i < 0 ? 0 : before->assembly.standings[earlier].stations[i].effort;
        int64_t can = after->assembly.standings[entity].stations[j].effort;
        if (could > 0 && can * demand < could * after->assembly.problem.demand[j]) {
            return (int)j;
        }
    }
    return -1;
}

/* Under no term and for no requirement worse off than before. */
static bool stands_as_well(const struct sp_lot_matching *before, size_t earlier,
                           const struct sp_lot_matching *after, size_t entity)
{
    const struct sp_standing *standing = &after->assembly.standings[entity];
    bool may = standing->candidate != SP_NO_CANDIDATE && standing->status;
    for (size_t t = 0; may && t < after->assembly.terms.count; t++) {
        may = standing->decisions[t] != SP_DECISION_NOT_MET ||
              after->assembly.terms.items[t].type == SP_TERM_TEAM;
    }
    return may && find_lesser_station(before, earlier, after, entity) < 0;
}

bool sp_drops_out(const struct sp_lot_matching *before, const struct sp_supply *supply_before,
                  size_t entity_before, const struct sp_lot_matching *after,
                  const struct sp_supply *supply_after)
{
    if (!supply_before->takes_part[entity_before]) {
        return false;
    }
    size_t entity = sp_pool_find(&after->pool, before->pool.entities[entity_before].entity->id);
    if (entity == SIZE_MAX) {
        return true;
    }
    if (!supply_after->takes_part[entity]) {
        return !supply_after->consortia_at_least ||
               !stands_as_well(before, entity_before, after, entity);
    }
    return supply_before->alone[entity_before] != SP_ALONE_NO &&
           supply_after->alone[entity] == SP_ALONE_NO;
}

static enum sp_status explain_stations(struct sp_scene *scene, const struct sp_lot_matching *before,
                                       const struct sp_lot_matching *after, size_t entity,
                                       struct sp_drop *out, struct sp_error *err)
{
    size_t earlier = sp_pool_find(&before->pool, after->pool.entities[entity].entity->id);
    int j = find_lesser_station(before, earlier, after, entity);
    if (j < 0) {
        return SP_OK;
    }
    const char *words = sp_requirement_words(scene, after, (size_t)j);
    out->text = words == NULL ? NULL : explain_station(scene, after, entity, (size_t)j, words);
    return out->text == NULL ? SP_FAIL_NOMEM(err) : SP_OK;
}

enum sp_status sp_drop_explain(struct sp_scene *scene, const struct sp_lot_matching *before,
                               const struct sp_lot_matching *after,
                               const struct sp_supply *supply_after, const char *id,
                               struct sp_drop *out, struct sp_error *err)
{
    size_t entity = sp_pool_find(&after->pool, id);
    *out = (struct sp_drop){.rule = ""};
    enum sp_status status = SP_OK;
    if (entity == SIZE_MAX) {
        out->text = SP_TELL(&scene->speaker, DROP_NO_OFFER, .numbers = {0});
        return out->text == NULL ? SP_FAIL_NOMEM(err) : SP_OK;
    }
    status = explain_rules(scene, after, entity, out, err);
    if (status == SP_OK && out->text == NULL) {
        status = explain_stations(scene, before, after, entity, out, err);
    }
    if (status == SP_OK && out->text == NULL) {
        out->text = SP_TELL(&scene->speaker, DROP_TEAM, .numbers = {0});
    } else if (status == SP_OK && supply_after->takes_part[entity]) {
        out->text = SP_TELL(&scene->speaker, DROP_ALONE, .words = {out->text});
    }
    return status == SP_OK && out->text == NULL ? SP_FAIL_NOMEM(err) : status;
}
