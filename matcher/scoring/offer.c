/* SPDX-License-Identifier: EUPL-1.2 */
/** @file One offer as a need looks at it; see offer.h. */
#include "matcher/scoring/offer.h"

#include "matcher/catalogue/reader.h"

const Spoina__V1__Place *sp_offer_place(const Spoina__V1__Entity *entity, int32_t index)
{
    const char *unit_id = index == SP_OFFER_PROFILE ? "" : entity->offers[index]->unit_id;
    for (size_t i = 0; *unit_id != '\0' && i < entity->n_units; i++) {
        if (strcmp(entity->units[i]->id, unit_id) == 0 && entity->units[i]->place != NULL) {
            return entity->units[i]->place;
        }
    }
    return entity->seat;
}

enum sp_status sp_offer_read(struct sp_analyser *analyser, const struct sp_services *services,
                             const Spoina__V1__Entity *entity, int32_t index,
                             struct sp_arena *arena, struct sp_offer *out, struct sp_error *err)
{
    *out = (struct sp_offer){.entity = entity, .place = entity->seat};
    out->fields[SP_OFFER_TITLE].text = sp_view_of(entity->name);
    out->fields[SP_OFFER_DESCRIPTION].text = sp_view_of(entity->description);
    if (index != SP_OFFER_PROFILE) {
        if (index < 0 || (size_t)index >= entity->n_offers) {
            return SP_FAIL(err, SP_NOT_FOUND, "", "Nie ma takiej oferty.", "No such offer.");
        }
        out->index = (size_t)index;
        out->offer = entity->offers[index];
        out->place = sp_offer_place(entity, index);
        out->fields[SP_OFFER_TITLE].text = sp_view_of(out->offer->title);
        out->fields[SP_OFFER_DESCRIPTION].text = sp_view_of(out->offer->description);
    }
    enum sp_status status = SP_OK;
    for (size_t i = 0; status == SP_OK && i < SP_OFFER_FIELDS; i++) {
        struct sp_offer_field *field = &out->fields[i];
        /* a name is no statement about services: "Zielona Przystań" runs a hostel */
        bool is_name = out->offer == NULL && i == SP_OFFER_TITLE;
        status = sp_analyse(analyser, field->text, 0, arena, &field->tokens, err);
        if (status == SP_OK && !is_name) {
            status = sp_services_scan(services, &field->tokens, 0, arena, &field->services, err);
        }
    }
    return status;
}
