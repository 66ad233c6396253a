/* SPDX-License-Identifier: EUPL-1.2 */
#include "matcher/catalogue/document.h"

#include <math.h>
#include <string.h>

enum { MICRODEGREES = 1000000, TERYT_POWIAT_DIGITS = 4, TERYT_VOIVODESHIP_DIGITS = 2 };

const Spoina__V1__Unit *sp_entity_unit(const Spoina__V1__Entity *entity, const char *id)
{
    for (size_t i = 0; id[0] != '\0' && i < entity->n_units; i++) {
        if (strcmp(entity->units[i]->id, id) == 0) {
            return entity->units[i];
        }
    }
    return NULL;
}

static uint32_t kinds_of_units(const Spoina__V1__Entity *entity)
{
    uint32_t kinds = 0;
    for (size_t i = 0; i < entity->n_units; i++) {
        kinds |= UINT32_C(1) << entity->units[i]->kind;
    }
    return kinds;
}

static int32_t microdegrees(double degrees)
{
    return (int32_t)lround(degrees * MICRODEGREES);
}

void sp_document_describe(const Spoina__V1__Entity *entity, int32_t offer_index,
                          struct sp_document *document)
{
    document->entity = entity;
    document->offer_index = offer_index;
    document->offer = offer_index == SP_OFFER_PROFILE ? NULL : entity->offers[offer_index];
    const Spoina__V1__Unit *unit =
        document->offer == NULL ? NULL : sp_entity_unit(entity, document->offer->unit_id);
    document->unit_kinds = unit == NULL ? kinds_of_units(entity) : UINT32_C(1) << unit->kind;
    const Spoina__V1__Place *place =
        unit != NULL && unit->place != NULL ? unit->place : entity->seat;
    document->place = place;
    document->has_point = place != NULL &&
                          place->_latitude_case == SPOINA__V1__PLACE___LATITUDE_LATITUDE &&
                          place->_longitude_case == SPOINA__V1__PLACE___LONGITUDE_LONGITUDE;
    document->latitude_microdegrees = document->has_point ? microdegrees(place->latitude) : 0;
    document->longitude_microdegrees = document->has_point ? microdegrees(place->longitude) : 0;
}

uint32_t sp_place_powiat(const Spoina__V1__Place *place)
{
    const char *teryt = place == NULL ? "" : place->teryt;
    size_t digits = strspn(teryt, "0123456789");
    size_t used = digits >= TERYT_POWIAT_DIGITS        ? TERYT_POWIAT_DIGITS
                  : digits >= TERYT_VOIVODESHIP_DIGITS ? TERYT_VOIVODESHIP_DIGITS
                                                       : 0;
    uint32_t number = 0;
    for (size_t i = 0; i < used; i++) {
        number = number * 10 + (uint32_t)(teryt[i] - '0');
    }
    return used == TERYT_VOIVODESHIP_DIGITS ? number * 100 : number;
}

struct sp_view sp_document_title(const Spoina__V1__Entity *entity, int32_t offer_index)
{
    return sp_view_of(offer_index == SP_OFFER_PROFILE ? entity->name
                                                      : entity->offers[offer_index]->title);
}

static void add_line(struct sp_buffer *body, const char *text)
{
    if (text[0] != '\0') {
        sp_buffer_add_char(body, '\n');
        sp_buffer_add_text(body, text);
    }
}

void sp_document_add_body(const Spoina__V1__Entity *entity, int32_t offer_index,
                          struct sp_buffer *body)
{
    if (offer_index == SP_OFFER_PROFILE) {
        sp_buffer_add_text(body, entity->description);
        add_line(body, entity->short_name);
        for (size_t i = 0; i < entity->n_units; i++) {
            add_line(body, entity->units[i]->name);
        }
        return;
    }
    const Spoina__V1__Offer *offer = entity->offers[offer_index];
    sp_buffer_add_text(body, offer->description);
    for (size_t i = 0; i < offer->n_equipment; i++) {
        add_line(body, offer->equipment[i]);
    }
}
