/* SPDX-License-Identifier: EUPL-1.2 */
/** @file Why an entity is not proposed, in sentences. */
#include "base/buffer.h"
#include "matcher/advice/absence_priv.h"
#include "matcher/advice/drop.h"
#include "matcher/assembly/singles.h"
#include "matcher/proposal/names.h"

enum { PARTS_BYTES = 1024, METRES_PER_KM = 1000 };

static bool tell(struct sp_absence *absence, const char *text)
{
    Spoina__V1__LotAbsence *out = absence->out;
    if (text == NULL) {
        return false;
    }
    if (out->n_because < SP_BECAUSE_MAX) {
        out->because[out->n_because++] = (char *)text;
    }
    return true;
}

static bool tell_place(struct sp_absence *absence, const struct sp_pool_fit *fit, const char *words)
{
    const struct sp_speaker *speaker = &absence->scene->speaker;
    return fit->has_distance
               ? tell(absence, SP_TELL(speaker, ABSENT_TOO_FAR,
                                       .numbers = {(double)(fit->distance_m / METRES_PER_KM)},
                                       .words = {words}))
               : tell(absence, SP_TELL(speaker, ABSENT_OUT_OF_AREA, .words = {words}));
}

static bool tell_capacity(struct sp_absence *absence, size_t j, const char *words)
{
    const struct sp_pool_fit *fit = &absence->base.pool.entities[absence->entity].fits[j];
    const struct sp_need *need = &absence->base.pool.needs[j];
    const struct sp_speaker *speaker = &absence->scene->speaker;
    if (fit->capacity == SP_CAPACITY_NOT_YET) {
        return tell(absence, SP_TELL(speaker, ABSENT_CAPACITY_NOT_YET, .words = {words}));
    }
    if (fit->capacity == SP_CAPACITY_BELOW_MINIMUM) {
        return tell(absence, SP_TELL(speaker, ABSENT_BELOW_MINIMUM, .words = {words}));
    }
    if (fit->capacity != SP_CAPACITY_COMPARED || fit->free >= need->demand->amount) {
        return true;
    }
    const char *free_words =
        sp_name_quantity(&absence->scene->speaker, &absence->base, j, fit->free);
    const char *demand_words =
        sp_name_quantity(&absence->scene->speaker, &absence->base, j, need->demand->amount);
    return free_words != NULL && demand_words != NULL &&
           tell(absence,
                SP_TELL(speaker, ABSENT_CAPACITY, .words = {words, free_words, demand_words}));
}

/* What the offers of the entity lack, requirement by requirement. */
static bool tell_offers(struct sp_absence *absence)
{
    const struct sp_pool_entity *entity = &absence->base.pool.entities[absence->entity];
    bool ok = true;
    for (size_t j = 0; ok && j < absence->base.pool.requirement_count; j++) {
        const struct sp_pool_fit *fit = &entity->fits[j];
        const char *words = sp_requirement_words(absence->scene, &absence->base, j);
        if (words == NULL) {
            return false;
        }
        if (!fit->relevant) {
            ok =
                tell(absence, SP_TELL(&absence->scene->speaker, ABSENT_NO_OFFER, .words = {words}));
            continue;
        }
        ok = fit->reach != SP_REACH_NOT_SERVED || tell_place(absence, fit, words);
        ok = ok && tell_capacity(absence, j, words);
    }
    return ok;
}

/* Conditions and clauses that are not met, with rule and evidence. */
static enum sp_status tell_rules(struct sp_absence *absence)
{
    const struct sp_assembly *assembly = &absence->base.assembly;
    const struct sp_standing *standing = &assembly->standings[absence->entity];
    enum sp_locale locale = absence->scene->speaker.locale;
    enum sp_status status = SP_OK;
    for (size_t t = 0; status == SP_OK && t < assembly->terms.count; t++) {
        const struct sp_lot_term *term = &assembly->terms.items[t];
        struct sp_ruling ruling;
        if (standing->decisions[t] != SP_DECISION_NOT_MET || term->type == SP_TERM_TEAM) {
            continue;
        }
        status = sp_assembly_ruling(assembly, absence->entity, term, absence->scene->answer,
                                    &ruling, absence->err);
        for (size_t v = 0; status == SP_OK && v < ruling.count; v++) {
            const struct sp_verdict *verdict = &ruling.verdicts[v];
            if (verdict->decision == SP_DECISION_NOT_MET &&
                !tell(absence, SP_TELL(&absence->scene->speaker, DROP_NOT_MET,
                                       .words = {sp_say(locale, verdict->polish, verdict->english),
                                                 verdict->rule->id, verdict->rule->article}))) {
                status = SP_FAIL_NOMEM(absence->err);
            }
        }
    }
    return status;
}

/* Points of one part over all requirements, as they count for the place. */
static uint32_t points_of(const struct sp_pool *pool, size_t entity, enum sp_part part)
{
    uint32_t sum = 0;
    for (size_t j = 0; j < pool->requirement_count; j++) {
        const struct sp_pool_fit *fit = &pool->entities[entity].fits[j];
        sum += fit->relevant ? sp_points(&pool->weights, &fit->parts, part) : 0;
    }
    return sum / (uint32_t)pool->requirement_count;
}

/* "place (60 against 180), capacity (0 against 100)" */
static enum sp_status list_parts(struct sp_absence *absence, size_t last, struct sp_buffer *list)
{
    static const char *const POLISH[] = {"tekst", "kod CPV", "miejsce", "wolne moce",
                                         "referencje i aktualność"};
    static const char *const ENGLISH[] = {"text", "CPV code", "place", "capacity",
                                          "references and freshness"};
    const struct sp_pool *pool = &absence->base.pool;
    for (int part = 0; part < SP_PART_COUNT; part++) {
        uint32_t own = points_of(pool, absence->entity, (enum sp_part)part);
        uint32_t theirs = points_of(pool, last, (enum sp_part)part);
        if (own >= theirs) {
            continue;
        }
        const char *name = sp_say(absence->scene->speaker.locale, POLISH[part], ENGLISH[part]);
        char *text = SP_TELL(&absence->scene->speaker, ABSENT_PART, .numbers = {own, theirs},
                             .words = {name});
        sp_buffer_add_text(list, list->length == 0 ? "" : ", ");
        sp_buffer_add_text(list, text == NULL ? name : text);
    }
    return list->status == SP_OK ? SP_OK : SP_FAIL_NOMEM(absence->err);
}

/* Whom it stands behind, and by which points. */
static enum sp_status tell_rank(struct sp_absence *absence, uint32_t place)
{
    const struct sp_speaker *speaker = &absence->scene->speaker;
    size_t limit = absence->base.settings->limit;
    const struct sp_single *ranked = NULL;
    size_t count = 0;
    struct sp_buffer parts;
    if (place == 0 || place <= limit) {
        return SP_OK;
    }
    enum sp_status status = sp_singles_rank(&absence->base.assembly, absence->scene->trial, &ranked,
                                            &count, absence->err);
    if (status == SP_OK &&
        !tell(absence, SP_TELL(speaker, ABSENT_RANK, .numbers = {place, (double)limit}))) {
        status = SP_FAIL_NOMEM(absence->err);
    }
    if (status != SP_OK) {
        return status;
    }
    size_t last = ranked[limit - 1].entity;
    const double points[] = {ranked[limit - 1].score, ranked[place - 1].score};
    sp_buffer_init(&parts, PARTS_BYTES);
    status = list_parts(absence, last, &parts);
    if (status == SP_OK) {
        char *text = parts.length > 0
                         ? SP_TELL(speaker, ABSENT_BETTER, .numbers = {points[0], points[1]},
                                   .words = {parts.data})
                         : SP_TELL(speaker, ABSENT_ALIKE, .numbers = {points[0], points[1]});
        status = tell(absence, text) ? SP_OK : SP_FAIL_NOMEM(absence->err);
    }
    sp_buffer_release(&parts);
    return status;
}

enum sp_status sp_absence_tell_why(struct sp_absence *absence, const struct sp_presence *presence)
{
    const struct sp_speaker *speaker = &absence->scene->speaker;
    bool ok = true;
    if (presence->alone) {
        ok = tell(absence, SP_TELL(speaker, PRESENT_ALONE, .numbers = {presence->place}));
    } else if (presence->team) {
        ok = tell(absence, SP_TELL(speaker, PRESENT_TEAM, .numbers = {0}));
    }
    if (!ok) {
        return SP_FAIL_NOMEM(absence->err);
    }
    if (presence->alone) {
        return SP_OK;
    }
    if (sp_absence_out_of_scope(absence) &&
        !tell(absence, SP_TELL(speaker, ABSENT_BUSINESS, .numbers = {0}))) {
        return SP_FAIL_NOMEM(absence->err);
    }
    enum sp_status status = tell_rules(absence);
    if (status == SP_OK && !tell_offers(absence)) {
        status = SP_FAIL_NOMEM(absence->err);
    }
    if (status == SP_OK) {
        status = tell_rank(absence, presence->place);
    }
    if (status == SP_OK && !presence->team && !absence->base.settings->singles_only &&
        !tell(absence, SP_TELL(speaker, ABSENT_NO_TEAM, .numbers = {0}))) {
        status = SP_FAIL_NOMEM(absence->err);
    }
    return status;
}
