/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * AdviseLots: a lot divided by service, by place and by size, each part matched by itself.
 *
 * Parts look at the entities that were found for the whole lot: a division asks nobody for a
 * service that the lot does not ask for.
 */
#include <string.h>

#include "matcher/advice/advice.h"
#include "matcher/advice/draft_change.h"
#include "matcher/advice/drop.h"
#include "matcher/proposal/proposal.h"

enum {
    PARTS_MAX = 16, /* services or places of a lot */
    DIVISIONS_MAX = 8,
    OFFERS_THAT_MATTER = 5 /* more independent offers make no difference for the choice */
};

/** Numbers of equal parts that are tried. */
static const unsigned SIZES[] = {2, 3, 4, 6};

/** A lot under advice. */
struct dividing {
    struct sp_scene *scene;
    size_t index;
    struct sp_lot_matching base;
    bool *offers; /* by pool entity: takes part in some offer of the division at hand */
    Spoina__V1__LotDivisions *out;
    struct sp_error *err;
};

/** One part of a division: the lot with this changed. */
struct part {
    unsigned requirements; /* bits of those that are in it */
    const char *place;     /* NULL: as in the lot */
    unsigned shares;       /* of how many equal ones this is one */
};

static enum sp_status limit_to_place(Spoina__V1__Lot *lot, const char *place,
                                     struct sp_arena *arena, struct sp_error *err)
{
    char **places = sp_arena_calloc(arena, 1, sizeof *places);
    if (places == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    places[0] = (char *)place;
    lot->places = places;
    lot->n_places = 1;
    for (size_t j = 0; j < lot->n_requirements; j++) {
        Spoina__V1__Requirement *requirement = lot->requirements[j];
        if (requirement->demand != NULL && requirement->n_places > 1) {
            Spoina__V1__Quantity *demand = sp_arena_alloc(arena, sizeof *demand);
            if (demand == NULL) {
                return SP_FAIL_NOMEM(err);
            }
            *demand = *requirement->demand;
            demand->amount /= (double)requirement->n_places;
            requirement->demand = demand;
        }
        requirement->places = places;
        requirement->n_places = 1;
    }
    return SP_OK;
}

/* Note who could offer for the part, and with whom. */
static void note_offerers(struct dividing *dividing, const struct sp_lot_matching *lot,
                          const struct sp_supply *supply)
{
    for (size_t i = 0; i < lot->pool.count; i++) {
        size_t entity = supply->takes_part[i]
                            ? sp_pool_find(&dividing->base.pool, lot->pool.entities[i].entity->id)
                            : SIZE_MAX;
        if (entity != SIZE_MAX) {
            dividing->offers[entity] = true;
        }
    }
}

static enum sp_status write_part(struct dividing *dividing, const struct part *part,
                                 Spoina__V1__LotPart *out)
{
    struct sp_scene *scene = dividing->scene;
    Spoina__V1__Lot *lot = NULL;
    sp_arena_reset(scene->trial);
    Spoina__V1__Draft *draft =
        sp_draft_with_own_lot(scene->settings.draft, dividing->index, scene->trial, &lot);
    if (draft == NULL || !sp_lot_keep_requirements(lot, part->requirements, scene->trial) ||
        (part->shares > 1 && !sp_lot_divide(lot, part->shares, scene->trial))) {
        return SP_FAIL_NOMEM(dividing->err);
    }
    enum sp_status status =
        part->place == NULL ? SP_OK : limit_to_place(lot, part->place, scene->trial, dividing->err);
    struct sp_variation variation;
    struct sp_supply supply;
    if (status == SP_OK) {
        status = sp_scene_vary(scene, &dividing->base, draft, dividing->index, NULL, scene->trial,
                               &variation, dividing->err);
    }
    if (status == SP_OK) {
        status = sp_supply_count(scene, &variation.lot, &supply, dividing->err);
    }
    if (status != SP_OK) {
        return status;
    }
    note_offerers(dividing, &variation.lot, &supply);
    out->supply = sp_supply_write(scene, &variation.lot, &supply);
    return out->supply == NULL ? SP_FAIL_NOMEM(dividing->err) : SP_OK;
}

/* The name of a place that a requirement names by its code; other names as they are. */
static const char *name_place(const struct dividing *dividing, const char *place)
{
    for (size_t j = 0; j < dividing->base.pool.requirement_count; j++) {
        const struct sp_need *need = &dividing->base.pool.needs[j];
        for (size_t i = 0; i < need->place_count; i++) {
            if (strcmp(need->places[i]->teryt, place) == 0) {
                return need->places[i]->name;
            }
        }
    }
    return place;
}

/* Ids of the requirements of a part, and its place, as the answer names them. */
static enum sp_status write_name(struct dividing *dividing, const struct part *part,
                                 Spoina__V1__LotPart *out)
{
    const Spoina__V1__Lot *lot = dividing->base.lot;
    struct sp_arena *answer = dividing->scene->answer;
    out->requirement_ids = sp_arena_calloc(answer, lot->n_requirements, sizeof(char *));
    out->places = sp_arena_calloc(answer, 1, sizeof(char *));
    if (out->requirement_ids == NULL || out->places == NULL) {
        return SP_FAIL_NOMEM(dividing->err);
    }
    for (size_t j = 0; j < lot->n_requirements; j++) {
        if ((part->requirements & 1U << j) != 0) {
            out->requirement_ids[out->n_requirement_ids++] = lot->requirements[j]->id;
        }
    }
    out->parts = part->shares;
    out->title = lot->title;
    if (part->place != NULL) {
        out->places[out->n_places++] = (char *)part->place;
        out->title = (char *)name_place(dividing, part->place);
    } else if (out->n_requirement_ids == 1 && lot->n_requirements > 1) {
        size_t j = (size_t)__builtin_ctz(part->requirements);
        out->title = sp_requirement_words(dividing->scene, &dividing->base, j);
    }
    return out->title == NULL ? SP_FAIL_NOMEM(dividing->err) : SP_OK;
}

/* Different contractors among those that take part. */
static uint32_t count_offerers(const struct dividing *dividing)
{
    uint32_t count = 0;
    for (size_t i = 0; i < dividing->base.pool.count; i++) {
        count += dividing->offers[i] ? 1 : 0;
    }
    return count;
}

static char *name_division(struct sp_scene *scene, Spoina__V1__DivisionKind kind, double parts)
{
    const struct sp_speaker *speaker = &scene->speaker;
    switch (kind) {
    case SPOINA__V1__DIVISION_KIND__DIVISION_KIND_BY_SERVICE:
        return SP_TELL(speaker, DIVISION_BY_SERVICE, .numbers = {parts});
    case SPOINA__V1__DIVISION_KIND__DIVISION_KIND_BY_PLACE:
        return SP_TELL(speaker, DIVISION_BY_PLACE, .numbers = {parts});
    case SPOINA__V1__DIVISION_KIND__DIVISION_KIND_BY_SIZE:
        return SP_TELL(speaker, DIVISION_BY_SIZE, .numbers = {parts});
    default:
        return SP_TELL(speaker, DIVISION_AS_IS, .numbers = {0});
    }
}

/* "By service, 4 lots: at least 3 independent offers ..." and what was assumed. */
static enum sp_status write_sentence(struct dividing *dividing, Spoina__V1__Division *out,
                                     double parts)
{
    struct sp_scene *scene = dividing->scene;
    const char *name = name_division(scene, out->kind, parts);
    char *text = name == NULL ? NULL
                              : SP_TELL(&scene->speaker, DIVISION_OPENS,
                                        .numbers = {out->independent_offers, out->offerers},
                                        .words = {name});
    const char *assumed = "";
    if (out->kind == SPOINA__V1__DIVISION_KIND__DIVISION_KIND_BY_PLACE) {
        assumed = SP_TELL(&scene->speaker, DIVISION_EVEN_PLACES, .numbers = {0});
    } else if (out->kind == SPOINA__V1__DIVISION_KIND__DIVISION_KIND_BY_SIZE) {
        assumed = SP_TELL(&scene->speaker, DIVISION_EVEN_SIZE, .numbers = {0});
    }
    if (text != NULL && assumed != NULL && assumed[0] != '\0') {
        text = sp_arena_printf(scene->answer, "%s %s", text, assumed);
    }
    out->text = text;
    return text == NULL || assumed == NULL ? SP_FAIL_NOMEM(dividing->err) : SP_OK;
}

static enum sp_status add_division(struct dividing *dividing, Spoina__V1__DivisionKind kind,
                                   const struct part *parts, size_t count)
{
    Spoina__V1__Division *out = dividing->out->divisions[dividing->out->n_divisions++];
    spoina__v1__division__init(out);
    out->kind = kind;
    out->parts = (Spoina__V1__LotPart **)sp_scene_messages(dividing->scene, count,
                                                           sizeof(Spoina__V1__LotPart));
    if (out->parts == NULL) {
        return SP_FAIL_NOMEM(dividing->err);
    }
    memset(dividing->offers, 0, dividing->base.pool.count * sizeof *dividing->offers);
    enum sp_status status = SP_OK;
    for (size_t i = 0; status == SP_OK && i < count; i++) {
        Spoina__V1__LotPart *part = out->parts[out->n_parts++];
        spoina__v1__lot_part__init(part);
        status = write_name(dividing, &parts[i], part);
        if (status == SP_OK) {
            status = write_part(dividing, &parts[i], part);
        }
        if (status == SP_OK &&
            (i == 0 || part->supply->independent_offers < out->independent_offers)) {
            out->independent_offers = part->supply->independent_offers;
        }
    }
    out->offerers = count_offerers(dividing);
    return status == SP_OK ? write_sentence(dividing, out,
                                            (double)(parts[0].shares > 1 ? parts[0].shares : count))
                           : status;
}

static unsigned all_requirements(const struct dividing *dividing)
{
    return (1U << dividing->base.lot->n_requirements) - 1;
}

static enum sp_status divide_by_service(struct dividing *dividing)
{
    struct part parts[PARTS_MAX];
    size_t count = dividing->base.lot->n_requirements;
    for (size_t j = 0; j < count; j++) {
        parts[j] = (struct part){.requirements = 1U << j, .shares = 1};
    }
    return count < 2 ? SP_OK
                     : add_division(dividing, SPOINA__V1__DIVISION_KIND__DIVISION_KIND_BY_SERVICE,
                                    parts, count);
}

/* One part for each place that a requirement names, with the requirements that name it. */
static enum sp_status divide_by_place(struct dividing *dividing)
{
    const Spoina__V1__Lot *lot = dividing->base.lot;
    struct part parts[PARTS_MAX];
    size_t count = 0;
    for (size_t j = 0; j < lot->n_requirements; j++) {
        for (size_t p = 0; p < lot->requirements[j]->n_places; p++) {
            const char *place = lot->requirements[j]->places[p];
            size_t at = 0;
            while (at < count && strcmp(parts[at].place, place) != 0) {
                at++;
            }
            if (at == PARTS_MAX) {
                return SP_OK; /* too many to be lots */
            }
            if (at == count) {
                parts[count++] = (struct part){.place = place, .shares = 1};
            }
            parts[at].requirements |= 1U << j;
        }
    }
    return count < 2 ? SP_OK
                     : add_division(dividing, SPOINA__V1__DIVISION_KIND__DIVISION_KIND_BY_PLACE,
                                    parts, count);
}

static bool any_demand(const Spoina__V1__Lot *lot)
{
    for (size_t j = 0; j < lot->n_requirements; j++) {
        if (lot->requirements[j]->demand != NULL) {
            return true;
        }
    }
    return false;
}

/* Equal parts make a difference only where a demand is known. */
static enum sp_status divide_by_size(struct dividing *dividing)
{
    enum sp_status status = SP_OK;
    bool known = any_demand(dividing->base.lot);
    for (size_t i = 0; status == SP_OK && known && i < SP_COUNT(SIZES); i++) {
        struct part part = {.requirements = all_requirements(dividing), .shares = SIZES[i]};
        status = add_division(dividing, SPOINA__V1__DIVISION_KIND__DIVISION_KIND_BY_SIZE, &part, 1);
    }
    return status;
}

/** Offers that count towards the choice. */
static uint32_t openness(const Spoina__V1__Division *division)
{
    return division->independent_offers < OFFERS_THAT_MATTER ? division->independent_offers
                                                             : OFFERS_THAT_MATTER;
}

static size_t part_count(const Spoina__V1__Division *division)
{
    size_t shares = division->n_parts == 0 ? 0 : division->parts[0]->parts;
    return shares > 1 ? shares : division->n_parts;
}

/* Most independent offers in its weakest lot (beyond five all are alike), then most contractors,
 * then fewest lots. */
static bool is_better(const Spoina__V1__Division *a, const Spoina__V1__Division *b)
{
    if (openness(a) != openness(b)) {
        return openness(a) > openness(b);
    }
    if (a->offerers != b->offerers) {
        return a->offerers > b->offerers;
    }
    return part_count(a) < part_count(b);
}

static enum sp_status recommend(struct dividing *dividing)
{
    struct sp_scene *scene = dividing->scene;
    Spoina__V1__LotDivisions *out = dividing->out;
    Spoina__V1__Division *best = out->divisions[0];
    const Spoina__V1__Division *whole = out->divisions[0];
    for (size_t i = 1; i < out->n_divisions; i++) {
        best = is_better(out->divisions[i], best) ? out->divisions[i] : best;
    }
    best->recommended = 1;
    const char *why = NULL;
    if (best == whole) {
        why = SP_TELL(&scene->speaker, DIVISION_NOTHING, .numbers = {0});
    } else if (openness(best) > openness(whole)) {
        why = SP_TELL(&scene->speaker, DIVISION_BETTER,
                      .numbers = {best->independent_offers, whole->independent_offers});
    } else {
        why =
            SP_TELL(&scene->speaker, DIVISION_WIDER, .numbers = {best->offerers, whole->offerers});
    }
    best->text = why == NULL ? NULL : sp_arena_printf(scene->answer, "%s %s", best->text, why);
    return best->text == NULL ? SP_FAIL_NOMEM(dividing->err) : SP_OK;
}

static enum sp_status divide_lot(struct dividing *dividing)
{
    struct sp_scene *scene = dividing->scene;
    enum sp_status status =
        sp_scene_lot(scene, dividing->index, NULL, 0, NULL, &dividing->base, dividing->err);
    if (status != SP_OK) {
        return status;
    }
    Spoina__V1__LotDivisions *out = dividing->out;
    out->lot_id = dividing->base.lot->id;
    out->title = dividing->base.lot->title;
    out->divisions = (Spoina__V1__Division **)sp_scene_messages(scene, DIVISIONS_MAX,
                                                                sizeof(Spoina__V1__Division));
    dividing->offers =
        sp_arena_calloc(scene->lot, dividing->base.pool.count + 1, sizeof *dividing->offers);
    if (out->divisions == NULL || dividing->offers == NULL) {
        return SP_FAIL_NOMEM(dividing->err);
    }
    struct part whole = {.requirements = all_requirements(dividing), .shares = 1};
    status = add_division(dividing, SPOINA__V1__DIVISION_KIND__DIVISION_KIND_AS_IS, &whole, 1);
    if (status == SP_OK) {
        status = divide_by_service(dividing);
    }
    if (status == SP_OK) {
        status = divide_by_place(dividing);
    }
    if (status == SP_OK) {
        status = divide_by_size(dividing);
    }
    return status == SP_OK ? recommend(dividing) : status;
}

static enum sp_status advise(struct sp_scene *scene, Spoina__V1__AdviseLotsResponse *out,
                             struct sp_error *err)
{
    size_t count = scene->settings.draft->n_lots;
    out->lots = (Spoina__V1__LotDivisions **)sp_scene_messages(scene, count,
                                                               sizeof(Spoina__V1__LotDivisions));
    enum sp_status status = out->lots == NULL ? SP_FAIL_NOMEM(err) : SP_OK;
    for (size_t i = 0; status == SP_OK && i < count; i++) {
        struct dividing dividing = {.scene = scene, .index = i, .out = out->lots[i], .err = err};
        spoina__v1__lot_divisions__init(dividing.out);
        out->n_lots = i + 1;
        status = divide_lot(&dividing);
        if (status == SP_OK) {
            status = sp_scene_keep(scene, (ProtobufCMessage **)&out->lots[i], err);
        }
    }
    return status;
}

enum sp_status sp_advise_lots(const struct sp_advising *advising,
                              const Spoina__V1__AdviseLotsRequest *request,
                              Spoina__V1__AdviseLotsResponse **out, struct sp_error *err)
{
    struct sp_scene scene;
    Spoina__V1__AdviseLotsResponse *answer =
        sp_arena_alloc(advising->matching.scoring.arena, sizeof *answer);
    if (answer == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    spoina__v1__advise_lots_response__init(answer);
    enum sp_status status = sp_scene_open(&scene, advising, request->match, err);
    if (status == SP_OK) {
        status = advise(&scene, answer, err);
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
