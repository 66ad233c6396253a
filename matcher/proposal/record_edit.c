/* SPDX-License-Identifier: EUPL-1.2 */
#include "matcher/proposal/record_edit.h"

#include <string.h>

#define EMPTY ((char *)protobuf_c_empty_string)

/** Copies of a list of pointers with one more at the end. NULL (and failed) when out of memory. */
static void *with(struct sp_record_edit *edit, void *items, size_t count, void *item)
{
    void **copy = item == NULL ? NULL : sp_arena_calloc(edit->arena, count + 1, sizeof *copy);
    if (copy == NULL) {
        edit->failed = true;
        return NULL;
    }
    if (count > 0) {
        memcpy(copy, items, count * sizeof *copy);
    }
    copy[count] = item;
    return copy;
}

/* Add @p item to the repeated field @p list of the edited record. */
#define ADD(edit, message, list, item)                                                             \
    do {                                                                                           \
        void *longer = with((edit), (message)->list, (message)->n_##list, (item));                 \
        if (longer != NULL) {                                                                      \
            (message)->list = longer;                                                              \
            (message)->n_##list++;                                                                 \
        }                                                                                          \
    } while (0)

static char *text(struct sp_record_edit *edit, const char *from)
{
    char *copy = sp_arena_strdup(edit->arena, from == NULL ? "" : from);
    edit->failed = edit->failed || copy == NULL;
    return copy == NULL ? EMPTY : copy;
}

static void *make(struct sp_record_edit *edit, size_t size)
{
    void *message = sp_arena_calloc(edit->arena, 1, size);
    edit->failed = edit->failed || message == NULL;
    return message;
}

void sp_record_edit_init(struct sp_record_edit *edit, const Spoina__V1__Entity *entity, sp_day day,
                         struct sp_arena *arena)
{
    *edit = (struct sp_record_edit){.arena = arena, .entity = *entity};
    sp_day_format(day, edit->day);
}

void sp_record_declare(struct sp_record_edit *edit, Spoina__V1__DeclarationKind kind)
{
    Spoina__V1__Declaration *declaration = make(edit, sizeof *declaration);
    if (declaration != NULL) {
        spoina__v1__declaration__init(declaration);
        declaration->kind = kind;
        declaration->value = 1;
        declaration->date = text(edit, edit->day);
        ADD(edit, &edit->entity, declarations, declaration);
    }
}

void sp_record_add_status(struct sp_record_edit *edit, Spoina__V1__StatusKind kind)
{
    Spoina__V1__Status *status = make(edit, sizeof *status);
    if (status != NULL) {
        spoina__v1__status__init(status);
        status->kind = kind;
        status->valid_from = text(edit, edit->day);
        status->valid_to = status->valid_from;
        ADD(edit, &edit->entity, statuses, status);
    }
}

void sp_record_add_licence(struct sp_record_edit *edit, const char *kind)
{
    Spoina__V1__Licence *licence = make(edit, sizeof *licence);
    if (licence != NULL) {
        spoina__v1__licence__init(licence);
        licence->kind = text(edit, kind);
        licence->valid_to = text(edit, edit->day);
        ADD(edit, &edit->entity, licences, licence);
    }
}

void sp_record_add_reference(struct sp_record_edit *edit, const char *cpv, int64_t grosz)
{
    Spoina__V1__Reference *reference = make(edit, sizeof *reference);
    if (reference != NULL) {
        spoina__v1__reference__init(reference);
        reference->cpv = text(edit, cpv);
        reference->from = text(edit, edit->day);
        reference->to = reference->from;
        reference->role = text(edit, "sole");
        reference->_value_grosz_case = SPOINA__V1__REFERENCE___VALUE_GROSZ_VALUE_GROSZ;
        reference->value_grosz = grosz;
        ADD(edit, &edit->entity, references, reference);
    }
}

void sp_record_add_insurance(struct sp_record_edit *edit, int64_t grosz)
{
    Spoina__V1__Insurance *policy = make(edit, sizeof *policy);
    if (policy != NULL) {
        spoina__v1__insurance__init(policy);
        policy->sum_grosz = grosz;
        policy->valid_to = text(edit, edit->day);
        ADD(edit, &edit->entity, insurance, policy);
    }
}

/* The first entry of a year is the one that counts. */
void sp_record_add_revenue(struct sp_record_edit *edit, uint32_t year, int64_t grosz)
{
    Spoina__V1__Revenue *revenue = make(edit, sizeof *revenue);
    if (revenue == NULL) {
        return;
    }
    spoina__v1__revenue__init(revenue);
    revenue->year = year;
    revenue->grosz = grosz;
    size_t last = edit->entity.n_revenue;
    ADD(edit, &edit->entity, revenue, revenue);
    if (!edit->failed && last > 0) {
        edit->entity.revenue[last] = edit->entity.revenue[0];
        edit->entity.revenue[0] = revenue;
    }
}

void sp_record_set_krs(struct sp_record_edit *edit, const char *krs)
{
    edit->entity.krs = text(edit, krs);
}

/** The offer as a copy of its own, in a list of its own. NULL when out of memory. */
static Spoina__V1__Offer *own_offer(struct sp_record_edit *edit, size_t offer)
{
    Spoina__V1__Entity *entity = &edit->entity;
    Spoina__V1__Offer **offers = make(edit, (entity->n_offers + 1) * sizeof *offers);
    Spoina__V1__Offer *copy = make(edit, sizeof *copy);
    if (offers == NULL || copy == NULL || offer >= entity->n_offers) {
        return NULL;
    }
    memcpy(offers, entity->offers, entity->n_offers * sizeof *offers);
    *copy = *offers[offer];
    offers[offer] = copy;
    entity->offers = offers;
    return copy;
}

void sp_record_add_equipment(struct sp_record_edit *edit, const char *name)
{
    Spoina__V1__Offer *offer = own_offer(edit, 0);
    if (offer != NULL) {
        ADD(edit, offer, equipment, text(edit, name));
    }
}

static void add_capacity(struct sp_record_edit *edit, Spoina__V1__Offer *offer,
                         const Spoina__V1__Quantity *free)
{
    Spoina__V1__Capacity *capacity = make(edit, sizeof *capacity);
    if (capacity != NULL) {
        spoina__v1__capacity__init(capacity);
        capacity->declared = (Spoina__V1__Quantity *)free;
        ADD(edit, offer, capacity, capacity);
    }
}

void sp_record_raise_capacity(struct sp_record_edit *edit, size_t offer,
                              const Spoina__V1__Quantity *free)
{
    Spoina__V1__Offer *own = own_offer(edit, offer);
    if (own != NULL) {
        own->maximum_order = NULL;
        add_capacity(edit, own, free);
    }
}

void sp_record_widen(struct sp_record_edit *edit, size_t offer, const char *teryt)
{
    Spoina__V1__Offer *own = own_offer(edit, offer);
    Spoina__V1__ServedArea *area = own == NULL ? NULL : make(edit, sizeof *area);
    if (area == NULL) {
        return;
    }
    spoina__v1__served_area__init(area);
    if (own->area != NULL) {
        *area = *own->area;
    }
    ADD(edit, area, teryt, text(edit, teryt));
    own->area = area;
}

void sp_record_add_offer(struct sp_record_edit *edit, const char *title, char **cpv,
                         size_t cpv_count, const Spoina__V1__Quantity *free)
{
    Spoina__V1__Offer *offer = make(edit, sizeof *offer);
    if (offer == NULL) {
        return;
    }
    spoina__v1__offer__init(offer);
    offer->id = text(edit, "new");
    offer->title = text(edit, title);
    offer->cpv = cpv;
    offer->n_cpv = cpv_count;
    if (free != NULL) {
        add_capacity(edit, offer, free);
    }
    ADD(edit, &edit->entity, offers, offer);
}

/** Group @p group of @p figures as a count of its own; added if it has none. */
static void add_persons(struct sp_record_edit *edit, Spoina__V1__Employment *figures,
                        Spoina__V1__SocialGroup group, uint32_t more, uint32_t already)
{
    Spoina__V1__GroupCount *count = make(edit, sizeof *count);
    if (count == NULL) {
        return;
    }
    spoina__v1__group_count__init(count);
    count->group = group;
    count->persons = more + already;
    for (size_t i = 0; i < figures->n_groups; i++) {
        if (figures->groups[i]->group == group) {
            Spoina__V1__GroupCount **groups = make(edit, figures->n_groups * sizeof *groups);
            if (groups != NULL) {
                memcpy(groups, figures->groups, figures->n_groups * sizeof *groups);
                count->persons = groups[i]->persons + more;
                groups[i] = count;
                figures->groups = groups;
            }
            return;
        }
    }
    ADD(edit, figures, groups, count);
}

void sp_record_employ(struct sp_record_edit *edit, const Spoina__V1__Employment *from,
                      uint32_t more, Spoina__V1__SocialGroup group, uint32_t already)
{
    Spoina__V1__Employment *figures = make(edit, sizeof *figures);
    if (figures == NULL) {
        return;
    }
    spoina__v1__employment__init(figures);
    if (from != NULL) {
        *figures = *from;
    }
    figures->as_of = text(edit, edit->day);
    figures->total += more;
    figures->_total_case = SPOINA__V1__EMPLOYMENT___TOTAL_TOTAL;
    figures->employment_contract += more;
    figures->_employment_contract_case =
        SPOINA__V1__EMPLOYMENT___EMPLOYMENT_CONTRACT_EMPLOYMENT_CONTRACT;
    if (group != SPOINA__V1__SOCIAL_GROUP__SOCIAL_GROUP_UNSPECIFIED) {
        add_persons(edit, figures, group, more, already);
    }
    ADD(edit, &edit->entity, employment, figures);
}
