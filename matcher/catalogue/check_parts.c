/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Checks of the parts of an entity: statuses, offers, licences, references, money, contact.
 *
 * What a status may be given to follows the act of 5.08.2022 on the social economy (PS), the act of
 * 24.04.2003 on public benefit (OPP) and the act of 27.08.1997 on rehabilitation (ZPCh). Clear
 * contradictions are errors; what only looks odd is a warning.
 */
#include "matcher/catalogue/check_parts.h"

#include <stdio.h>
#include <string.h>

#include "matcher/catalogue/names.h"
#include "matcher/vocabulary/vocabulary.h"

#define FORM(tail) SPOINA__V1__LEGAL_FORM__LEGAL_FORM_##tail
#define STATUS(tail) SPOINA__V1__STATUS_KIND__STATUS_KIND_##tail

enum { FIRST_YEAR = 1990, LAST_YEAR = 2100 };

/** Forms that can never be a social enterprise: not a PES of letters a, d-f and no founder but a
 *  public one. */
static bool can_be_ps(Spoina__V1__LegalForm form)
{
    return form != FORM(LOCAL_GOVERNMENT) && form != FORM(SHELTERED_EMPLOYER) &&
           form != FORM(BUSINESS);
}

/** Forms that art. 20 of the act on public benefit lets be OPP: NGOs and art. 3(3)(1) and (4). */
static bool can_be_opp(Spoina__V1__LegalForm form)
{
    switch (form) {
    case FORM(UNSPECIFIED):
    case FORM(ASSOCIATION):
    case FORM(FOUNDATION):
    case FORM(RURAL_WOMENS_CIRCLE):
    case FORM(OTHER_NGO):
    case FORM(CHURCH_ENTITY):
    case FORM(NONPROFIT_COMPANY):
    case FORM(SPORTS_CLUB_COMPANY):
        return true;
    default:
        return false;
    }
}

static enum sp_status check_lawful(const struct sp_check *check, const Spoina__V1__Entity *entity,
                                   const Spoina__V1__Status *status, const char *path,
                                   struct sp_error *err)
{
    const char *form = sp_legal_form_polish(entity->legal_form);
    const char *form_english = sp_legal_form_english(entity->legal_form);
    if (status->kind == STATUS(PS) && !can_be_ps(entity->legal_form)) {
        return SP_FAIL(err, SP_INVALID, "kind",
                       "Przedsiębiorstwem społecznym nie może być: %s (%s).",
                       "A social enterprise (PS) it cannot be: %s (%s).", form, form_english);
    }
    if (status->kind == STATUS(PS) && entity->legal_form == FORM(LGU_ASSOCIATION)) {
        SP_WARN(check, path, "Status PS stowarzyszenia JST: warunek niezależności jest wątpliwy.",
                "PS status of an association of LGUs: the condition of independence is doubtful.");
    }
    if (status->kind == STATUS(PS) && status->unit_id[0] != '\0') {
        SP_WARN(check, path, "Status PS ma osoba prawna (jednostka tworząca), nie jej jednostka.",
                "PS status belongs to the legal entity (the founder), not to its unit.");
    }
    if (status->kind == STATUS(OPP) && !can_be_opp(entity->legal_form)) {
        SP_WARN(check, path, "Status OPP nie pasuje do formy prawnej: %s (%s).",
                "OPP status does not go with the legal form: %s (%s).", form, form_english);
    }
    return SP_OK;
}

enum sp_status sp_check_statuses(const struct sp_check *check, const Spoina__V1__Entity *entity,
                                 struct sp_error *err)
{
    bool sheltered = false;
    for (size_t i = 0; i < entity->n_statuses; i++) {
        const Spoina__V1__Status *one = entity->statuses[i];
        char path[48];
        (void)snprintf(path, sizeof path, "statuses[%zu]", i);
        enum sp_status status =
            sp_check_set_enum(err, "kind", &spoina__v1__status_kind__descriptor, (int)one->kind);
        if (status == SP_OK) {
            status = sp_check_span(err, "valid_from", one->valid_from, "valid_to", one->valid_to);
        }
        if (status == SP_OK) {
            status = sp_check_text(err, "evidence", one->evidence, SP_NAME_MAX_BYTES);
        }
        if (status == SP_OK) {
            status = sp_check_unit_id(entity, one->unit_id, err);
        }
        if (status == SP_OK) {
            status = check_lawful(check, entity, one, path, err);
        }
        if (status != SP_OK) {
            return sp_check_at(err, "statuses", i, status);
        }
        sheltered = sheltered || one->kind == STATUS(ZPCH);
    }
    if (entity->legal_form == FORM(SHELTERED_EMPLOYER) && !sheltered) {
        SP_WARN(check, "statuses", "Zakład pracy chronionej bez statusu ZPCh z datą i decyzją.",
                "A sheltered employer without ZPCh status with a date and a decision.");
    }
    return SP_OK;
}

enum sp_status sp_check_licence(const Spoina__V1__Licence *licence, struct sp_error *err)
{
    enum sp_status status = sp_check_text(err, "kind", licence->kind, SP_NAME_MAX_BYTES);
    if (status == SP_OK && licence->kind[0] == '\0') {
        status = SP_FAIL(err, SP_INVALID, "kind", "Brak rodzaju uprawnienia.",
                         "The kind of the licence is missing.");
    }
    if (status == SP_OK) {
        status = sp_check_text(err, "number", licence->number, SP_NAME_MAX_BYTES);
    }
    if (status == SP_OK) {
        status = sp_check_text(err, "evidence", licence->evidence, SP_NAME_MAX_BYTES);
    }
    if (status == SP_OK) {
        status = sp_check_date(err, "valid_to", licence->valid_to);
    }
    return status;
}

enum sp_status sp_check_reference(const struct sp_check *check,
                                  const Spoina__V1__Reference *reference, struct sp_error *err)
{
    static const char *const roles[] = {"", "sole", "leader", "partner", "subcontractor"};
    enum sp_status status =
        sp_check_text(err, "service", reference->service, SP_TEXT_FIELD_MAX_BYTES);
    if (status == SP_OK) {
        status = sp_check_text(err, "buyer", reference->buyer, SP_NAME_MAX_BYTES);
    }
    if (status == SP_OK && reference->cpv[0] != '\0') {
        status = sp_check_cpv(check, "cpv", reference->cpv, err);
    }
    if (status == SP_OK &&
        reference->_value_grosz_case == SPOINA__V1__REFERENCE___VALUE_GROSZ_VALUE_GROSZ) {
        status = sp_check_grosz(err, "value_grosz", reference->value_grosz);
    }
    if (status == SP_OK) {
        status = sp_check_span(err, "from", reference->from, "to", reference->to);
    }
    for (size_t i = 0; status == SP_OK && i < SP_COUNT(roles); i++) {
        if (strcmp(reference->role, roles[i]) == 0) {
            return SP_OK;
        }
    }
    return status != SP_OK ? status
                           : SP_FAIL(err, SP_INVALID, "role", "Nieznana rola „%s”.",
                                     "Unknown role \"%s\".", reference->role);
}

enum sp_status sp_check_insurance(const Spoina__V1__Insurance *insurance, struct sp_error *err)
{
    enum sp_status status = sp_check_grosz(err, "sum_grosz", insurance->sum_grosz);
    if (status == SP_OK) {
        status = sp_check_text(err, "scope", insurance->scope, SP_NAME_MAX_BYTES);
    }
    if (status == SP_OK) {
        status = sp_check_date(err, "valid_to", insurance->valid_to);
    }
    return status;
}

enum sp_status sp_check_revenue(const Spoina__V1__Revenue *revenue, struct sp_error *err)
{
    if (revenue->year < FIRST_YEAR || revenue->year > LAST_YEAR) {
        return SP_FAIL(err, SP_INVALID, "year", "Rok %u jest poza zakresem %d-%d.",
                       "The year %u is outside %d-%d.", revenue->year, (int)FIRST_YEAR,
                       (int)LAST_YEAR);
    }
    return sp_check_grosz(err, "grosz", revenue->grosz);
}

static bool same_measure(const Spoina__V1__Quantity *a, const Spoina__V1__Quantity *b)
{
    return strcmp(a->unit, b->unit) == 0 && strcmp(a->period, b->period) == 0;
}

static enum sp_status check_capacity(const struct sp_check *check,
                                     const Spoina__V1__Capacity *capacity, struct sp_error *err)
{
    const Spoina__V1__Quantity *declared = capacity->declared;
    const Spoina__V1__Quantity *committed = capacity->committed;
    enum sp_status status = sp_check_quantity(check, "declared", declared, err);
    if (status == SP_OK) {
        status = sp_check_quantity(check, "committed", committed, err);
    }
    if (status == SP_OK && committed != NULL && declared == NULL) {
        status = SP_FAIL(err, SP_INVALID, "declared", "Podano moc zajętą, a nie całą.",
                         "The committed capacity is given, but not the whole.");
    }
    if (status == SP_OK && committed != NULL && !same_measure(declared, committed)) {
        status = SP_FAIL(err, SP_INVALID, "committed",
                         "Moc zajęta ma inną jednostkę lub okres niż cała.",
                         "The committed capacity has another unit or period than the whole.");
    }
    if (status == SP_OK && committed != NULL && committed->amount > declared->amount) {
        SP_WARN(check, "offers", "Moc zajęta (%g) jest większa niż cała (%g).",
                "The committed capacity (%g) is larger than the whole (%g).", committed->amount,
                declared->amount);
    }
    if (status == SP_OK) {
        status = sp_check_date(err, "free_from", capacity->free_from);
    }
    return status;
}

static enum sp_status check_orders(const struct sp_check *check, const Spoina__V1__Offer *offer,
                                   struct sp_error *err)
{
    const Spoina__V1__Quantity *minimum = offer->minimum_order;
    const Spoina__V1__Quantity *maximum = offer->maximum_order;
    enum sp_status status = sp_check_quantity(check, "minimum_order", minimum, err);
    if (status == SP_OK) {
        status = sp_check_quantity(check, "maximum_order", maximum, err);
    }
    if (status == SP_OK && minimum != NULL && maximum != NULL && same_measure(minimum, maximum) &&
        minimum->amount > maximum->amount) {
        status = SP_FAIL(err, SP_INVALID, "maximum_order",
                         "Największe zamówienie (%g) jest mniejsze niż najmniejsze (%g).",
                         "The largest order (%g) is smaller than the smallest (%g).",
                         maximum->amount, minimum->amount);
    }
    return status;
}

static enum sp_status check_price(const struct sp_check *check, const Spoina__V1__Offer *offer,
                                  struct sp_error *err)
{
    if (offer->_price_grosz_case == SPOINA__V1__OFFER___PRICE_GROSZ_PRICE_GROSZ) {
        enum sp_status status = sp_check_grosz(err, "price_grosz", offer->price_grosz);
        if (status != SP_OK) {
            return status;
        }
    }
    if (offer->price_unit[0] != '\0' && check->vocabulary != NULL &&
        sp_unit_find(check->vocabulary->units, sp_view_of(offer->price_unit)) == NULL) {
        return SP_FAIL(err, SP_INVALID, "price_unit", "Nieznana jednostka miary „%s”.",
                       "Unknown unit of measure \"%s\".", offer->price_unit);
    }
    return SP_OK;
}

static enum sp_status check_codes(const struct sp_check *check, const Spoina__V1__Offer *offer,
                                  struct sp_error *err)
{
    enum sp_status status = SP_OK;
    for (size_t i = 0; status == SP_OK && i < offer->n_cpv; i++) {
        char place[48];
        (void)snprintf(place, sizeof place, "cpv[%zu]", i);
        status = sp_check_cpv(check, place, offer->cpv[i], err);
    }
    for (size_t i = 0; status == SP_OK && check->vocabulary != NULL && i < offer->n_service; i++) {
        if (sp_service_find(check->vocabulary->services, sp_view_of(offer->service[i])) == NULL) {
            char place[48];
            (void)snprintf(place, sizeof place, "service[%zu]", i);
            status = SP_FAIL(err, SP_INVALID, place, "Nieznana usługa „%s”.",
                             "Unknown service \"%s\".", offer->service[i]);
        }
    }
    for (size_t i = 0; status == SP_OK && offer->area != NULL && i < offer->area->n_teryt; i++) {
        char place[48];
        (void)snprintf(place, sizeof place, "area.teryt[%zu]", i);
        status = sp_check_teryt(check, place, offer->area->teryt[i], err);
    }
    return status;
}

static enum sp_status check_offer_texts(const Spoina__V1__Entity *entity,
                                        const Spoina__V1__Offer *offer, struct sp_error *err)
{
    enum sp_status status = sp_check_text(err, "title", offer->title, SP_NAME_MAX_BYTES);
    if (status == SP_OK && offer->title[0] == '\0') {
        status = SP_FAIL(err, SP_INVALID, "title", "Brak nazwy oferty.",
                         "The title of the offer is missing.");
    }
    if (status == SP_OK) {
        status = sp_check_id(err, "id", offer->id);
    }
    if (status == SP_OK) {
        status = sp_check_text(err, "description", offer->description, SP_TEXT_FIELD_MAX_BYTES);
    }
    if (status == SP_OK) {
        status = sp_check_unit_id(entity, offer->unit_id, err);
    }
    for (size_t i = 0; status == SP_OK && i < offer->n_equipment; i++) {
        status = sp_check_text(err, "equipment", offer->equipment[i], SP_NAME_MAX_BYTES);
    }
    return status;
}

enum sp_status sp_check_offer(const struct sp_check *check, const Spoina__V1__Entity *entity,
                              const Spoina__V1__Offer *offer, struct sp_error *err)
{
    enum sp_status status = check_offer_texts(entity, offer, err);
    if (status == SP_OK) {
        status = check_codes(check, offer, err);
    }
    for (size_t i = 0; status == SP_OK && i < offer->n_capacity; i++) {
        status = sp_check_at(err, "capacity", i, check_capacity(check, offer->capacity[i], err));
    }
    if (status == SP_OK) {
        status = check_orders(check, offer, err);
    }
    if (status == SP_OK) {
        status = check_price(check, offer, err);
    }
    return status;
}

static enum sp_status check_contact_texts(const Spoina__V1__Contact *contact, struct sp_error *err)
{
    const struct {
        const char *field;
        const char *text;
    } texts[] = {
        {"contact.email", contact->email},
        {"contact.phone", contact->phone},
        {"contact.website", contact->website},
        {"contact.street_address", contact->street_address},
        {"contact.postal_code", contact->postal_code},
    };
    enum sp_status status = SP_OK;
    for (size_t i = 0; status == SP_OK && i < SP_COUNT(texts); i++) {
        status = sp_check_text(err, texts[i].field, texts[i].text, SP_NAME_MAX_BYTES);
    }
    if (status == SP_OK && contact->email[0] != '\0' && strchr(contact->email, '@') == NULL) {
        status = SP_FAIL(err, SP_INVALID, "contact.email", "„%s” nie jest adresem e-mail.",
                         "\"%s\" is not an e-mail address.", contact->email);
    }
    return status;
}

enum sp_status sp_check_contact(const Spoina__V1__Entity *entity, struct sp_error *err)
{
    enum sp_status status =
        entity->contact == NULL ? SP_OK : check_contact_texts(entity->contact, err);
    const Spoina__V1__Provenance *origin = entity->provenance;
    if (status == SP_OK && origin != NULL) {
        status = sp_check_text(err, "provenance.source", origin->source, SP_NAME_MAX_BYTES);
    }
    if (status == SP_OK && origin != NULL) {
        status = sp_check_text(err, "provenance.source_id", origin->source_id, SP_NAME_MAX_BYTES);
    }
    if (status == SP_OK && origin != NULL) {
        status = sp_check_date(err, "provenance.confirmed_on", origin->confirmed_on);
    }
    return status;
}
