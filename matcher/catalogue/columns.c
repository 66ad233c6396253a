/* SPDX-License-Identifier: EUPL-1.2 */
#include "matcher/catalogue/columns.h"

#include <stdio.h>
#include <string.h>

#include "matcher/catalogue/cell.h"
#include "matcher/catalogue/column_lists.h"
#include "matcher/catalogue/name_key.h"
#include "matcher/catalogue/names.h"
#include "matcher/vocabulary/vocabulary.h"

Spoina__V1__Entity *sp_entity_new(struct sp_arena *arena)
{
    Spoina__V1__Entity *entity = sp_arena_alloc(arena, sizeof *entity);
    if (entity != NULL) {
        spoina__v1__entity__init(entity);
    }
    return entity;
}

Spoina__V1__Offer *sp_entity_offer(Spoina__V1__Entity *entity, struct sp_view id,
                                   struct sp_arena *arena)
{
    for (size_t i = 0; i < entity->n_offers; i++) {
        if (sp_view_is(id, entity->offers[i]->id)) {
            return entity->offers[i];
        }
    }
    Spoina__V1__Offer **offers =
        sp_arena_calloc(arena, entity->n_offers + 1, sizeof(Spoina__V1__Offer *));
    Spoina__V1__Offer *offer = sp_arena_alloc(arena, sizeof *offer);
    if (offers == NULL || offer == NULL) {
        return NULL;
    }
    spoina__v1__offer__init(offer);
    offer->id = sp_arena_copy(arena, id);
    if (offer->id == NULL) {
        return NULL;
    }
    if (entity->n_offers > 0) {
        memcpy(offers, entity->offers, entity->n_offers * sizeof *offers);
    }
    offers[entity->n_offers++] = offer;
    entity->offers = offers;
    return offer;
}

/* Each part of an entity, made when a cell first needs it. */
#define MAKE_PART(name, type, init)                                                                \
    static type *make_##name(struct sp_row_target *target)                                         \
    {                                                                                              \
        if (target->entity->name == NULL) {                                                        \
            target->entity->name = sp_arena_alloc(target->arena, sizeof(type));                    \
            if (target->entity->name != NULL) {                                                    \
                init(target->entity->name);                                                        \
            }                                                                                      \
        }                                                                                          \
        return target->entity->name;                                                               \
    }
MAKE_PART(seat, Spoina__V1__Place, spoina__v1__place__init)
MAKE_PART(contact, Spoina__V1__Contact, spoina__v1__contact__init)
MAKE_PART(provenance, Spoina__V1__Provenance, spoina__v1__provenance__init)

static void *part_to_set(const struct sp_column *column, struct sp_row_target *target)
{
    switch (column->part) {
    case SP_COLUMN_ENTITY:
        return target->entity;
    case SP_COLUMN_SEAT:
        return make_seat(target);
    case SP_COLUMN_CONTACT:
        return make_contact(target);
    case SP_COLUMN_PROVENANCE:
        return make_provenance(target);
    case SP_COLUMN_OFFER:
        return target->offer;
    }
    return NULL;
}

static const void *part_to_show(const struct sp_column *column, const Spoina__V1__Entity *entity,
                                const Spoina__V1__Offer *offer)
{
    switch (column->part) {
    case SP_COLUMN_ENTITY:
        return entity;
    case SP_COLUMN_SEAT:
        return entity->seat;
    case SP_COLUMN_CONTACT:
        return entity->contact;
    case SP_COLUMN_PROVENANCE:
        return entity->provenance;
    case SP_COLUMN_OFFER:
        return offer;
    }
    return NULL;
}

static enum sp_status set_text(const struct sp_column *column, struct sp_row_target *target,
                               struct sp_view cell, struct sp_error *err)
{
    char *part = part_to_set(column, target);
    char *text = sp_arena_copy(target->arena, cell);
    if (part == NULL || text == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    *(char **)(void *)(part + column->offset) = text;
    return SP_OK;
}

static void get_text(const struct sp_column *column, const Spoina__V1__Entity *entity,
                     const Spoina__V1__Offer *offer, struct sp_buffer *cell)
{
    const char *part = part_to_show(column, entity, offer);
    if (part != NULL) {
        sp_buffer_add_text(cell, *(char *const *)(const void *)(part + column->offset));
    }
}

/** Codes that lost their leading zeros in a spreadsheet: @p widths are the lengths they may have.
 *  Their check digits and tables show whether that was right. */
static enum sp_status set_padded(const struct sp_column *column, struct sp_row_target *target,
                                 struct sp_view cell, const size_t *widths, size_t count,
                                 struct sp_error *err)
{
    enum { WIDEST = 16 };
    char padded[WIDEST];
    bool digits = cell.length < WIDEST;
    for (size_t i = 0; digits && i < cell.length; i++) {
        digits = cell.data[i] >= '0' && cell.data[i] <= '9';
    }
    for (size_t i = 0; digits && i < count; i++) {
        if (cell.length <= widths[i]) {
            size_t zeros = widths[i] - cell.length;
            memset(padded, '0', zeros);
            memcpy(padded + zeros, cell.data, cell.length);
            return set_text(column, target, sp_view_from(padded, widths[i]), err);
        }
    }
    return set_text(column, target, cell, err);
}

static enum sp_status set_krs(const struct sp_column *column, struct sp_row_target *target,
                              struct sp_view cell, struct sp_error *err)
{
    static const size_t widths[] = {10};
    return set_padded(column, target, cell, widths, SP_COUNT(widths), err);
}

static enum sp_status set_regon(const struct sp_column *column, struct sp_row_target *target,
                                struct sp_view cell, struct sp_error *err)
{
    static const size_t widths[] = {9, 14};
    return set_padded(column, target, cell, widths, SP_COUNT(widths), err);
}

static enum sp_status set_teryt(const struct sp_column *column, struct sp_row_target *target,
                                struct sp_view cell, struct sp_error *err)
{
    /* A lost zero makes an odd length even or the other way round, so 3 digits are a powiat; 6 are
     * a gmina without its kind and stay. */
    static const size_t widths[] = {2, 4};
    return cell.length == 6 ? set_text(column, target, cell, err)
                            : set_padded(column, target, cell, widths, SP_COUNT(widths), err);
}

static enum sp_status set_legal_form(const struct sp_column *column, struct sp_row_target *target,
                                     struct sp_view cell, struct sp_error *err)
{
    (void)column;
    Spoina__V1__StatusKind status = SPOINA__V1__STATUS_KIND__STATUS_KIND_UNSPECIFIED;
    if (sp_legal_form_parse(cell, &target->entity->legal_form) ||
        sp_unit_kind_parse(cell, &target->form_is_unit)) {
        return SP_OK;
    }
    if (sp_status_kind_parse(cell, &status) && status == SPOINA__V1__STATUS_KIND__STATUS_KIND_PS) {
        target->form_is_ps = true; /* a status, which only a decision proves */
        return SP_OK;
    }
    return SP_FAIL(err, SP_INVALID, "", "Nieznana forma prawna „%.*s”.",
                   "Unknown legal form \"%.*s\".", SP_VIEW_ARGS(cell));
}

static void get_legal_form(const struct sp_column *column, const Spoina__V1__Entity *entity,
                           const Spoina__V1__Offer *offer, struct sp_buffer *cell)
{
    (void)column;
    (void)offer;
    sp_buffer_add_text(cell, sp_legal_form_polish(entity->legal_form));
}

static void forget_point(Spoina__V1__Place *place)
{
    place->_latitude_case = SPOINA__V1__PLACE___LATITUDE__NOT_SET;
    place->_longitude_case = SPOINA__V1__PLACE___LONGITUDE__NOT_SET;
    place->latitude = 0;
    place->longitude = 0;
}

static enum sp_status set_town(const struct sp_column *column, struct sp_row_target *target,
                               struct sp_view cell, struct sp_error *err)
{
    Spoina__V1__Place *seat = make_seat(target);
    if (seat != NULL && seat->name[0] != '\0' && !sp_view_is(cell, seat->name)) {
        /* Another town: what was known of the old one no longer holds. */
        seat->teryt = sp_arena_strdup(target->arena, "");
        forget_point(seat);
        if (seat->teryt == NULL) {
            return SP_FAIL_NOMEM(err);
        }
    }
    return set_text(column, target, cell, err);
}

static enum sp_status set_voivodeship(const struct sp_column *column, struct sp_row_target *target,
                                      struct sp_view cell, struct sp_error *err)
{
    (void)column;
    enum { VOIVODESHIPS = 20, DIGITS = 2 };
    char key[SP_NAME_KEY_MAX_BYTES + 1];
    char name[SP_NAME_KEY_MAX_BYTES + 1];
    uint32_t digits = 0;
    if (cell.length <= DIGITS && sp_cell_count(cell, &digits, NULL) == SP_OK) {
        (void)snprintf(target->voivodeship, sizeof target->voivodeship, "%02u", digits % 100);
        return SP_OK;
    }
    sp_name_key(cell, key);
    size_t count = 0;
    const struct sp_place *places =
        target->vocabulary == NULL ? NULL : sp_territory_all(target->vocabulary->territory, &count);
    for (size_t i = 0; i < count; i++) {
        sp_name_key(sp_view_of(places[i].name), name);
        if (places[i].level == SP_PLACE_VOIVODESHIP && strcmp(key, name) == 0) {
            memcpy(target->voivodeship, places[i].teryt, DIGITS);
            target->voivodeship[DIGITS] = '\0';
            return SP_OK;
        }
    }
    return target->vocabulary == NULL
               ? SP_OK
               : SP_FAIL(err, SP_INVALID, "", "Nieznane województwo „%.*s”.",
                         "Unknown voivodeship \"%.*s\".", SP_VIEW_ARGS(cell));
}

static enum sp_status set_latitude(const struct sp_column *column, struct sp_row_target *target,
                                   struct sp_view cell, struct sp_error *err)
{
    (void)column;
    Spoina__V1__Place *seat = make_seat(target);
    if (seat == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    seat->_latitude_case = SPOINA__V1__PLACE___LATITUDE_LATITUDE;
    return sp_cell_number(cell, &seat->latitude, err);
}

static enum sp_status set_longitude(const struct sp_column *column, struct sp_row_target *target,
                                    struct sp_view cell, struct sp_error *err)
{
    (void)column;
    Spoina__V1__Place *seat = make_seat(target);
    if (seat == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    seat->_longitude_case = SPOINA__V1__PLACE___LONGITUDE_LONGITUDE;
    return sp_cell_number(cell, &seat->longitude, err);
}

static void get_latitude(const struct sp_column *column, const Spoina__V1__Entity *entity,
                         const Spoina__V1__Offer *offer, struct sp_buffer *cell)
{
    (void)column;
    (void)offer;
    const Spoina__V1__Place *seat = entity->seat;
    if (seat != NULL && seat->_latitude_case == SPOINA__V1__PLACE___LATITUDE_LATITUDE) {
        sp_cell_add_number(cell, seat->latitude);
    }
}

static void get_longitude(const struct sp_column *column, const Spoina__V1__Entity *entity,
                          const Spoina__V1__Offer *offer, struct sp_buffer *cell)
{
    (void)column;
    (void)offer;
    const Spoina__V1__Place *seat = entity->seat;
    if (seat != NULL && seat->_longitude_case == SPOINA__V1__PLACE___LONGITUDE_LONGITUDE) {
        sp_cell_add_number(cell, seat->longitude);
    }
}

static enum sp_status set_fictional(const struct sp_column *column, struct sp_row_target *target,
                                    struct sp_view cell, struct sp_error *err)
{
    (void)column;
    bool fictional = false;
    Spoina__V1__Provenance *origin = make_provenance(target);
    enum sp_status status =
        origin == NULL ? SP_FAIL_NOMEM(err) : sp_cell_bool(cell, &fictional, err);
    if (status == SP_OK) {
        origin->fictional = fictional;
    }
    return status;
}

static void get_fictional(const struct sp_column *column, const Spoina__V1__Entity *entity,
                          const Spoina__V1__Offer *offer, struct sp_buffer *cell)
{
    (void)column;
    (void)offer;
    if (entity->provenance != NULL && entity->provenance->fictional) {
        sp_buffer_add_text(cell, "tak");
    }
}

static enum sp_status set_price(const struct sp_column *column, struct sp_row_target *target,
                                struct sp_view cell, struct sp_error *err)
{
    (void)column;
    int64_t grosz = 0;
    enum sp_status status = sp_cell_grosz(cell, &grosz, err);
    if (status == SP_OK) {
        target->offer->_price_grosz_case = SPOINA__V1__OFFER___PRICE_GROSZ_PRICE_GROSZ;
        target->offer->price_grosz = grosz;
    }
    return status;
}

static void get_price(const struct sp_column *column, const Spoina__V1__Entity *entity,
                      const Spoina__V1__Offer *offer, struct sp_buffer *cell)
{
    (void)column;
    (void)entity;
    enum { GROSZ_IN_ZLOTY = 100 };
    if (offer != NULL && offer->_price_grosz_case == SPOINA__V1__OFFER___PRICE_GROSZ_PRICE_GROSZ) {
        sp_buffer_printf(cell, "%lld,%02lld", (long long)(offer->price_grosz / GROSZ_IN_ZLOTY),
                         (long long)(offer->price_grosz % GROSZ_IN_ZLOTY));
    }
}

static enum sp_status set_lead_time(const struct sp_column *column, struct sp_row_target *target,
                                    struct sp_view cell, struct sp_error *err)
{
    (void)column;
    uint32_t days = 0;
    enum sp_status status = sp_cell_count(cell, &days, err);
    if (status == SP_OK) {
        target->offer->_lead_time_days_case = SPOINA__V1__OFFER___LEAD_TIME_DAYS_LEAD_TIME_DAYS;
        target->offer->lead_time_days = days;
    }
    return status;
}

static void get_lead_time(const struct sp_column *column, const Spoina__V1__Entity *entity,
                          const Spoina__V1__Offer *offer, struct sp_buffer *cell)
{
    (void)column;
    (void)entity;
    if (offer != NULL &&
        offer->_lead_time_days_case == SPOINA__V1__OFFER___LEAD_TIME_DAYS_LEAD_TIME_DAYS) {
        sp_buffer_printf(cell, "%u", offer->lead_time_days);
    }
}

static enum sp_status set_minimum(const struct sp_column *column, struct sp_row_target *target,
                                  struct sp_view cell, struct sp_error *err)
{
    (void)column;
    return sp_cell_quantity(cell, target->vocabulary, target->arena, &target->offer->minimum_order,
                            err);
}

static enum sp_status set_maximum(const struct sp_column *column, struct sp_row_target *target,
                                  struct sp_view cell, struct sp_error *err)
{
    (void)column;
    return sp_cell_quantity(cell, target->vocabulary, target->arena, &target->offer->maximum_order,
                            err);
}

static void get_minimum(const struct sp_column *column, const Spoina__V1__Entity *entity,
                        const Spoina__V1__Offer *offer, struct sp_buffer *cell)
{
    (void)column;
    (void)entity;
    sp_cell_add_quantity(cell, offer == NULL ? NULL : offer->minimum_order);
}

static void get_maximum(const struct sp_column *column, const Spoina__V1__Entity *entity,
                        const Spoina__V1__Offer *offer, struct sp_buffer *cell)
{
    (void)column;
    (void)entity;
    sp_cell_add_quantity(cell, offer == NULL ? NULL : offer->maximum_order);
}

#define TEXT(part, type, field) part, set_text, get_text, offsetof(type, field)
#define ENTITY_TEXT(field) TEXT(SP_COLUMN_ENTITY, Spoina__V1__Entity, field)
#define CONTACT_TEXT(field) TEXT(SP_COLUMN_CONTACT, Spoina__V1__Contact, field)
#define ORIGIN_TEXT(field) TEXT(SP_COLUMN_PROVENANCE, Spoina__V1__Provenance, field)
#define OFFER_TEXT(field) TEXT(SP_COLUMN_OFFER, Spoina__V1__Offer, field)

static const struct sp_column COLUMNS[] = {
    {"id", "id", "identyfikator", ENTITY_TEXT(id)},
    {"nazwa", "name", "nazwapodmiotu podmiot", ENTITY_TEXT(name)},
    {"nazwa_skrócona", "short_name", "skrot", ENTITY_TEXT(short_name)},
    {"forma_prawna", "legal_form", "forma typ type typebyname", SP_COLUMN_ENTITY, set_legal_form,
     get_legal_form, 0},
    {"nip", "nip", "numernip", ENTITY_TEXT(nip)},
    {"regon", "regon", "numerregon", SP_COLUMN_ENTITY, set_regon, get_text,
     offsetof(Spoina__V1__Entity, regon)},
    {"krs", "krs", "numerkrs", SP_COLUMN_ENTITY, set_krs, get_text,
     offsetof(Spoina__V1__Entity, krs)},
    {"opis", "description", "opispodmiotu", ENTITY_TEXT(description)},
    {"miejscowość", "town", "miasto city siedziba", SP_COLUMN_SEAT, set_town, get_text,
     offsetof(Spoina__V1__Place, name)},
    {"teryt", "teryt", "kodteryt", SP_COLUMN_SEAT, set_teryt, get_text,
     offsetof(Spoina__V1__Place, teryt)},
    {"województwo", "voivodeship", "woj wojteryt", SP_COLUMN_ENTITY, set_voivodeship, NULL, 0},
    {"szerokość", "latitude", "lat szerokoscgeograficzna", SP_COLUMN_SEAT, set_latitude,
     get_latitude, 0},
    {"długość", "longitude", "lon lng dlugoscgeograficzna", SP_COLUMN_SEAT, set_longitude,
     get_longitude, 0},
    {"ulica", "street_address", "adres street address", CONTACT_TEXT(street_address)},
    {"kod_pocztowy", "postal_code", "kod zip", CONTACT_TEXT(postal_code)},
    {"email", "email", "mail adresemail", CONTACT_TEXT(email)},
    {"telefon", "phone", "tel", CONTACT_TEXT(phone)},
    {"www", "website", "strona stronawww stronainternetowa", CONTACT_TEXT(website)},
    {"jednostki", "units", "", SP_COLUMN_ENTITY, sp_column_set_units, sp_column_get_units, 0},
    {"statusy", "statuses", "status", SP_COLUMN_ENTITY, sp_column_set_statuses,
     sp_column_get_statuses, 0},
    {"oświadczenia", "declarations", "oswiadczenie", SP_COLUMN_ENTITY, sp_column_set_declarations,
     sp_column_get_declarations, 0},
    {"współpraca", "cooperations", "partnerzy partners", SP_COLUMN_ENTITY,
     sp_column_set_cooperations, sp_column_get_cooperations, 0},
    {"owes", "owes", "", ENTITY_TEXT(owes)},
    {"źródło", "source", "", ORIGIN_TEXT(source)},
    {"id_w_źródle", "source_id", "", ORIGIN_TEXT(source_id)},
    {"potwierdzono", "confirmed_on", "datapotwierdzenia", ORIGIN_TEXT(confirmed_on)},
    {"fikcyjny", "fictional", "", SP_COLUMN_PROVENANCE, set_fictional, get_fictional, 0},
    {"id_oferty", "offer_id", "", OFFER_TEXT(id)},
    {"oferta", "offer", "nazwaoferty offertitle", OFFER_TEXT(title)},
    {"opis_oferty", "offer_description", "", OFFER_TEXT(description)},
    {"cpv", "cpv", "kodcpv kodycpv", SP_COLUMN_OFFER, sp_column_set_cpv, sp_column_get_cpv, 0},
    {"usługi", "services", "usluga service", SP_COLUMN_OFFER, sp_column_set_services,
     sp_column_get_services, 0},
    {"jednostka", "unit_id", "unit", OFFER_TEXT(unit_id)},
    {"moc", "capacity", "", SP_COLUMN_OFFER, sp_column_set_capacity, sp_column_get_capacity, 0},
    {"moc_zajęta", "committed", "", SP_COLUMN_OFFER, sp_column_set_committed,
     sp_column_get_committed, 0},
    {"wolne_od", "free_from", "", SP_COLUMN_OFFER, sp_column_set_free_from, sp_column_get_free_from,
     0},
    {"zamówienie_od", "minimum_order", "minimum", SP_COLUMN_OFFER, set_minimum, get_minimum, 0},
    {"zamówienie_do", "maximum_order", "maximum", SP_COLUMN_OFFER, set_maximum, get_maximum, 0},
    {"cena", "price", "cenabrutto", SP_COLUMN_OFFER, set_price, get_price, 0},
    {"cena_za", "price_unit", "", OFFER_TEXT(price_unit)},
    {"obszar", "area", "obszarteryt areateryt", SP_COLUMN_OFFER, sp_column_set_area,
     sp_column_get_area, 0},
    {"obszar_km", "area_km", "promienkm", SP_COLUMN_OFFER, sp_column_set_area_km,
     sp_column_get_area_km, 0},
    {"wyposażenie", "equipment", "sprzet", SP_COLUMN_OFFER, sp_column_set_equipment,
     sp_column_get_equipment, 0},
    {"termin_dni", "lead_time_days", "", SP_COLUMN_OFFER, set_lead_time, get_lead_time, 0},
};

const struct sp_column *sp_columns_all(size_t *count)
{
    *count = SP_COUNT(COLUMNS);
    return COLUMNS;
}

/** Tell whether @p key is one of the words of @p names. */
static bool is_among(const char *key, const char *names)
{
    struct sp_view rest = sp_view_of(names);
    struct sp_view name = {0};
    while (sp_cell_next_item(&rest, " ", &name)) {
        if (sp_view_is(name, key)) {
            return true;
        }
    }
    return false;
}

const struct sp_column *sp_column_named(struct sp_view name)
{
    char key[SP_NAME_KEY_MAX_BYTES + 1];
    char own[SP_NAME_KEY_MAX_BYTES + 1];
    sp_name_key(name, key);
    for (size_t i = 0; key[0] != '\0' && i < SP_COUNT(COLUMNS); i++) {
        sp_name_key(sp_view_of(COLUMNS[i].polish), own);
        bool same = strcmp(key, own) == 0;
        sp_name_key(sp_view_of(COLUMNS[i].english), own);
        if (same || strcmp(key, own) == 0 || is_among(key, COLUMNS[i].also)) {
            return &COLUMNS[i];
        }
    }
    return NULL;
}

/** The plain text column of an offer's field at @p offset. */
static const struct sp_column *offer_text_at(size_t offset)
{
    for (size_t i = 0; i < SP_COUNT(COLUMNS); i++) {
        if (COLUMNS[i].part == SP_COLUMN_OFFER && COLUMNS[i].set == set_text &&
            COLUMNS[i].offset == offset) {
            return &COLUMNS[i];
        }
    }
    return NULL;
}

const struct sp_column *sp_column_offer_id(void)
{
    return offer_text_at(offsetof(Spoina__V1__Offer, id));
}

const struct sp_column *sp_column_offer_title(void)
{
    return offer_text_at(offsetof(Spoina__V1__Offer, title));
}
