/* SPDX-License-Identifier: EUPL-1.2 */
/** @file A change applied to a copy of a record. */
#include <string.h>

#include "base/buffer.h"
#include "matcher/advice/record_change.h"
#include "matcher/rules/facts.h"
#include "proto/codec/message.h"

enum { RECORD_MAX_BYTES = 8 << 20, DAYS_PER_YEAR = 365 };

/** A change being applied. */
struct applying {
    const struct sp_lot_matching *lot;
    size_t entity;
    const Spoina__V1__Change *change;
    Spoina__V1__Entity *copy;
    struct sp_arena *arena;
    sp_day day; /* on which it happens: today, or the deadline if that is earlier */
};

enum sp_status sp_record_copy(const Spoina__V1__Entity *entity, struct sp_arena *arena,
                              Spoina__V1__Entity **out, struct sp_error *err)
{
    struct sp_buffer wire;
    ProtobufCMessage *copy = NULL;
    sp_buffer_init(&wire, RECORD_MAX_BYTES);
    enum sp_status status = sp_message_to_wire(&entity->base, &wire, err);
    if (status == SP_OK) {
        status = sp_message_from_wire(&spoina__v1__entity__descriptor, sp_buffer_view(&wire), NULL,
                                      arena, &copy, err);
    }
    sp_buffer_release(&wire);
    *out = (Spoina__V1__Entity *)copy;
    return status;
}

/* A new array one longer than the old one, with room for @p item at its end. */
static void *longer(struct sp_arena *arena, void *old, size_t count, void *item)
{
    void **items = sp_arena_calloc(arena, count + 1, sizeof *items);
    if (items == NULL || item == NULL) {
        return NULL;
    }
    if (count > 0) {
        memcpy(items, old, count * sizeof *items);
    }
    items[count] = item;
    return items;
}

/* Append @p item to a repeated field; false when out of memory. */
#define APPEND(applying, message, field, item)                                                     \
    (((message)->field =                                                                           \
          longer((applying)->arena, (message)->field, (message)->n_##field, (item))) != NULL &&    \
     ++(message)->n_##field > 0)

static char *day_text(const struct applying *applying, sp_day day)
{
    char *text = sp_arena_alloc(applying->arena, sizeof "2026-11-22");
    if (text != NULL) {
        sp_day_format(day, text);
    }
    return text;
}

static int find_requirement(const struct applying *applying)
{
    const Spoina__V1__Lot *lot = applying->lot->lot;
    for (size_t j = 0; j < lot->n_requirements; j++) {
        if (strcmp(lot->requirements[j]->id, applying->change->subject) == 0) {
            return (int)j;
        }
    }
    return -1;
}

static const struct sp_lot_term *find_term(const struct applying *applying)
{
    const struct sp_lot_terms *terms = &applying->lot->assembly.terms;
    for (size_t t = 0; t < terms->count; t++) {
        const struct sp_lot_term *term = &terms->items[t];
        if (strcmp(term->subject, applying->change->subject) == 0 &&
            (term->kind != SP_TERM_LICENCE || applying->change->name[0] == '\0' ||
             strcmp(term->question.name, applying->change->name) == 0)) {
            return term;
        }
    }
    return NULL;
}

/* The offer by which the entity answers requirement @p j. */
static Spoina__V1__Offer *find_offer(const struct applying *applying, int j)
{
    int32_t index = j < 0 ? -1 : applying->lot->pool.entities[applying->entity].fits[j].offer_index;
    return index < 0 || (size_t)index >= applying->copy->n_offers ? NULL
                                                                  : applying->copy->offers[index];
}

/* Serve every place of the need. */
static bool extend_area(const struct applying *applying, int j, Spoina__V1__Offer *offer)
{
    const struct sp_need *need = &applying->lot->pool.needs[j];
    if (offer->area == NULL) {
        offer->area = sp_arena_alloc(applying->arena, sizeof *offer->area);
        if (offer->area == NULL) {
            return false;
        }
        spoina__v1__served_area__init(offer->area);
    }
    for (size_t i = 0; i < need->place_count; i++) {
        if (!APPEND(applying, offer->area, teryt, (char *)need->places[i]->teryt)) {
            return false;
        }
    }
    return true;
}

static bool add_capacity(const struct applying *applying, Spoina__V1__Offer *offer)
{
    Spoina__V1__Capacity *capacity = sp_arena_alloc(applying->arena, sizeof *capacity);
    if (capacity == NULL || applying->change->quantity == NULL) {
        return capacity != NULL;
    }
    spoina__v1__capacity__init(capacity);
    capacity->declared = applying->change->quantity;
    offer->maximum_order = NULL;
    return APPEND(applying, offer, capacity, capacity);
}

static bool add_code(const struct applying *applying, int j, Spoina__V1__Offer *offer)
{
    const struct sp_need *need = &applying->lot->pool.needs[j];
    return need->code_count == 0 || APPEND(applying, offer, cpv, (char *)need->codes[0]->code);
}

static bool add_offer(const struct applying *applying, int j)
{
    const Spoina__V1__Lot *lot = applying->lot->lot;
    const char *text = lot->requirements[j]->text;
    Spoina__V1__Offer *offer = sp_arena_alloc(applying->arena, sizeof *offer);
    if (offer == NULL) {
        return false;
    }
    spoina__v1__offer__init(offer);
    offer->id = sp_arena_printf(applying->arena, "new-%d", j + 1);
    offer->title = (char *)(text[0] != '\0'         ? text
                            : lot->title[0] != '\0' ? lot->title
                                                    : applying->lot->settings->draft->title);
    return offer->id != NULL && extend_area(applying, j, offer) && add_code(applying, j, offer) &&
           add_capacity(applying, offer) && APPEND(applying, applying->copy, offers, offer);
}

static bool add_status(const struct applying *applying)
{
    Spoina__V1__Status *status = sp_arena_alloc(applying->arena, sizeof *status);
    char *day = day_text(applying, applying->day);
    if (status == NULL || day == NULL) {
        return false;
    }
    spoina__v1__status__init(status);
    status->kind = SPOINA__V1__STATUS_KIND__STATUS_KIND_PS;
    status->valid_from = day;
    return APPEND(applying, applying->copy, statuses, status);
}

static bool add_licence(const struct applying *applying)
{
    Spoina__V1__Licence *licence = sp_arena_alloc(applying->arena, sizeof *licence);
    char *day = day_text(applying, applying->lot->assembly.terms.day + DAYS_PER_YEAR);
    if (licence == NULL || day == NULL) {
        return false;
    }
    spoina__v1__licence__init(licence);
    licence->kind = applying->change->name;
    licence->valid_to = day;
    return APPEND(applying, applying->copy, licences, licence);
}

static bool add_insurance(const struct applying *applying)
{
    Spoina__V1__Insurance *insurance = sp_arena_alloc(applying->arena, sizeof *insurance);
    char *day = day_text(applying, applying->lot->assembly.terms.day + DAYS_PER_YEAR);
    if (insurance == NULL || day == NULL) {
        return false;
    }
    spoina__v1__insurance__init(insurance);
    insurance->sum_grosz = applying->change->amount;
    insurance->valid_to = day;
    return APPEND(applying, applying->copy, insurance, insurance);
}

static bool add_references(const struct applying *applying, const struct sp_condition *asked)
{
    int j = asked->requirements == 0 ? 0 : __builtin_ctz(asked->requirements);
    const Spoina__V1__Requirement *requirement = applying->lot->lot->requirements[j];
    char *from = day_text(applying, applying->day - DAYS_PER_YEAR);
    char *to = day_text(applying, applying->day - 1);
    bool ok = from != NULL && to != NULL;
    for (int64_t i = 0; ok && i < applying->change->amount; i++) {
        Spoina__V1__Reference *reference = sp_arena_alloc(applying->arena, sizeof *reference);
        if (reference == NULL) {
            return false;
        }
        spoina__v1__reference__init(reference);
        reference->service =
            (char *)(requirement->text[0] != '\0' ? requirement->text : applying->lot->lot->title);
        reference->cpv = (char *)(asked->cpv != NULL && strlen(asked->cpv) == 8 ? asked->cpv
                                  : requirement->n_cpv > 0 ? requirement->cpv[0]
                                                           : reference->cpv);
        reference->from = from;
        reference->to = to;
        reference->role = (char *)"sole";
        reference->_value_grosz_case = SPOINA__V1__REFERENCE___VALUE_GROSZ_VALUE_GROSZ;
        reference->value_grosz = asked->grosz > 0 ? asked->grosz : 1;
        ok = APPEND(applying, applying->copy, references, reference);
    }
    return ok;
}

/* Raise the count of @p group in the figures that count on the day, and all employed with it. */
static bool employ(const struct applying *applying, Spoina__V1__SocialGroup group)
{
    const struct sp_standing *standing = &applying->lot->assembly.standings[applying->entity];
    const Spoina__V1__Employment *counted =
        sp_fact_employment(applying->copy, standing->unit_id, applying->lot->assembly.terms.day);
    if (counted == NULL) {
        counted = sp_fact_employment(applying->copy, "", applying->lot->assembly.terms.day);
    }
    if (counted == NULL) {
        return true; /* nothing to raise: the trial will tell that it does not help */
    }
    Spoina__V1__Employment *employment = (Spoina__V1__Employment *)counted; /* of the own copy */
    uint32_t more = (uint32_t)applying->change->amount;
    employment->total += more;
    for (size_t i = 0; i < employment->n_groups; i++) {
        if (employment->groups[i]->group == group) {
            employment->groups[i]->persons += more;
            return true;
        }
    }
    Spoina__V1__GroupCount *count = sp_arena_alloc(applying->arena, sizeof *count);
    if (count == NULL) {
        return false;
    }
    spoina__v1__group_count__init(count);
    count->group = group;
    count->persons = more;
    return APPEND(applying, employment, groups, count);
}

static bool declare(const struct applying *applying, Spoina__V1__DeclarationKind kind)
{
    Spoina__V1__Declaration *declaration = sp_arena_alloc(applying->arena, sizeof *declaration);
    char *day = day_text(applying, applying->day);
    if (declaration == NULL || day == NULL) {
        return false;
    }
    spoina__v1__declaration__init(declaration);
    declaration->kind = kind;
    declaration->value = 1;
    declaration->date = day;
    return APPEND(applying, applying->copy, declarations, declaration);
}

static bool confirm(const struct applying *applying)
{
    Spoina__V1__Provenance *provenance = applying->copy->provenance;
    if (provenance == NULL) {
        provenance = sp_arena_alloc(applying->arena, sizeof *provenance);
        if (provenance == NULL) {
            return false;
        }
        spoina__v1__provenance__init(provenance);
        applying->copy->provenance = provenance;
    }
    provenance->confirmed_on = day_text(applying, applying->lot->settings->day);
    return provenance->confirmed_on != NULL;
}

static bool state_data(const struct applying *applying, int j)
{
    const char *name = applying->change->name;
    Spoina__V1__Offer *offer = find_offer(applying, j);
    if (strcmp(name, "confirmed_on") == 0) {
        return confirm(applying);
    }
    if (strcmp(name, "INTEGRATION_AIM") == 0) {
        return declare(applying, SPOINA__V1__DECLARATION_KIND__DECLARATION_KIND_INTEGRATION_AIM);
    }
    if (strcmp(name, "cpv") == 0) {
        return offer == NULL || add_code(applying, j, offer);
    }
    return offer == NULL || add_capacity(applying, offer);
}

static bool raise_capacity(const struct applying *applying, int j)
{
    Spoina__V1__Offer *offer = find_offer(applying, j);
    if (offer == NULL) {
        return true;
    }
    if (strcmp(applying->change->name, "minimum_order") == 0) {
        offer->minimum_order = NULL;
        return true;
    }
    return add_capacity(applying, offer);
}

static bool apply_to_terms(const struct applying *applying, bool *known)
{
    const struct sp_lot_term *term = find_term(applying);
    if (term == NULL) {
        *known = false;
        return true;
    }
    switch (applying->change->kind) {
    case SPOINA__V1__CHANGE_KIND__CHANGE_KIND_RENEW_STATUS:
        return add_status(applying);
    case SPOINA__V1__CHANGE_KIND__CHANGE_KIND_OBTAIN_LICENCE:
        return add_licence(applying);
    case SPOINA__V1__CHANGE_KIND__CHANGE_KIND_RAISE_INSURANCE:
        return add_insurance(applying);
    case SPOINA__V1__CHANGE_KIND__CHANGE_KIND_OBTAIN_REFERENCE:
        return add_references(applying, &term->question);
    case SPOINA__V1__CHANGE_KIND__CHANGE_KIND_EMPLOY_PERSONS:
        return employ(applying, term->kind == SP_TERM_ART_96
                                    ? term->employment.groups[0]
                                    : SPOINA__V1__SOCIAL_GROUP__SOCIAL_GROUP_ANY_ART_94);
    default:
        *known = false;
        return true;
    }
}

enum sp_status sp_record_change_apply(const struct sp_lot_matching *lot, size_t entity,
                                      const Spoina__V1__Change *change, Spoina__V1__Entity *copy,
                                      struct sp_arena *arena, struct sp_error *err)
{
    sp_day deadline = lot->assembly.terms.day;
    struct applying applying = {.lot = lot,
                                .entity = entity,
                                .change = change,
                                .copy = copy,
                                .arena = arena,
                                .day =
                                    deadline < lot->settings->day ? deadline : lot->settings->day};
    int j = find_requirement(&applying);
    bool known = true;
    bool done = false;
    switch (change->kind) {
    case SPOINA__V1__CHANGE_KIND__CHANGE_KIND_ADD_OFFER:
        known = j >= 0;
        done = known && add_offer(&applying, j);
        break;
    case SPOINA__V1__CHANGE_KIND__CHANGE_KIND_WIDEN_AREA: {
        Spoina__V1__Offer *offer = find_offer(&applying, j);
        known = offer != NULL;
        done = known && extend_area(&applying, j, offer);
        break;
    }
    case SPOINA__V1__CHANGE_KIND__CHANGE_KIND_RAISE_CAPACITY:
        done = raise_capacity(&applying, j);
        break;
    case SPOINA__V1__CHANGE_KIND__CHANGE_KIND_STATE_DATA:
        done = state_data(&applying, j);
        break;
    default:
        done = apply_to_terms(&applying, &known);
        break;
    }
    if (!known) {
        return SP_FAIL(err, SP_UNSUPPORTED, "kind", "To nie jest zmiana tego wpisu.",
                       "This is no change of this record.");
    }
    return done ? SP_OK : SP_FAIL_NOMEM(err);
}
