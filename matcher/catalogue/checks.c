/* SPDX-License-Identifier: EUPL-1.2 */
#include "matcher/catalogue/checks.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "matcher/catalogue/check_parts.h"
#include "matcher/catalogue/document.h"
#include "matcher/catalogue/entity_id.h"

enum sp_status sp_check_at(struct sp_error *err, const char *list, size_t index,
                           enum sp_status status)
{
    char place[64];
    if (status != SP_OK) {
        (void)snprintf(place, sizeof place, "%s[%zu]", list, index);
        sp_error_prefix(err, place);
    }
    return status;
}

static enum sp_status check_numbers(const Spoina__V1__Entity *entity, struct sp_error *err)
{
    const char *nip = entity->nip;
    if (nip[0] != '\0' && !sp_nip_is_valid(sp_view_of(nip))) {
        /* Tax offices' prefixes begin at 101, so this can only be a number from another register.
         */
        bool looks_like_krs = strncmp(nip, "000", 3) == 0 && sp_krs_is_valid(sp_view_of(nip));
        return looks_like_krs
                   ? SP_FAIL(err, SP_INVALID, "nip",
                             "NIP %s jest błędny; wygląda na numer KRS (pole krs).",
                             "NIP %s is wrong; it looks like a KRS number (field krs).", nip)
                   : SP_FAIL(err, SP_INVALID, "nip",
                             "NIP %s jest błędny: ma mieć 10 cyfr z poprawną cyfrą kontrolną.",
                             "NIP %s is wrong: it must have 10 digits with a right check digit.",
                             nip);
    }
    if (entity->regon[0] != '\0' && !sp_regon_is_valid(sp_view_of(entity->regon))) {
        return SP_FAIL(err, SP_INVALID, "regon",
                       "REGON %s jest błędny: ma mieć 9 lub 14 cyfr z poprawną cyfrą kontrolną.",
                       "REGON %s is wrong: it must have 9 or 14 digits with a right check digit.",
                       entity->regon);
    }
    if (entity->krs[0] != '\0' && !sp_krs_is_valid(sp_view_of(entity->krs))) {
        return SP_FAIL(err, SP_INVALID, "krs", "KRS %s jest błędny: ma mieć 10 cyfr.",
                       "KRS %s is wrong: it must have 10 digits.", entity->krs);
    }
    return SP_OK;
}

static enum sp_status check_identity(const struct sp_check *check, const Spoina__V1__Entity *entity,
                                     struct sp_error *err)
{
    enum sp_status status = sp_check_text(err, "name", entity->name, SP_NAME_MAX_BYTES);
    if (status == SP_OK && entity->name[0] == '\0') {
        status = SP_FAIL(err, SP_INVALID, "name", "Brak nazwy podmiotu.",
                         "The name of the entity is missing.");
    }
    if (status == SP_OK && entity->id[0] != '\0') {
        status = sp_check_id(err, "id", entity->id);
    }
    if (status == SP_OK && entity->id[0] != '\0' &&
        strspn(entity->id, "0123456789-") == strlen(entity->id)) {
        /* It would be taken for a NIP, KRS or REGON. */
        status = SP_FAIL(err, SP_INVALID, "id", "Identyfikator %s musi mieć choć jedną literę.",
                         "The id %s must have a letter.", entity->id);
    }
    if (status == SP_OK) {
        status = sp_check_text(err, "short_name", entity->short_name, SP_NAME_MAX_BYTES);
    }
    if (status == SP_OK) {
        status = sp_check_text(err, "description", entity->description, SP_TEXT_FIELD_MAX_BYTES);
    }
    if (status == SP_OK) {
        status = sp_check_text(err, "owes", entity->owes, SP_NAME_MAX_BYTES);
    }
    if (status == SP_OK) {
        status = check_numbers(entity, err);
    }
    if (status == SP_OK) {
        status = sp_check_place(check, "seat", entity->seat, err);
    }
    if (status == SP_OK) {
        status = sp_check_enum(err, "legal_form", &spoina__v1__legal_form__descriptor,
                               (int)entity->legal_form);
    }
    return status;
}

static enum sp_status check_units(const struct sp_check *check, const Spoina__V1__Entity *entity,
                                  struct sp_error *err)
{
    for (size_t i = 0; i < entity->n_units; i++) {
        const Spoina__V1__Unit *unit = entity->units[i];
        enum sp_status status = sp_check_id(err, "id", unit->id);
        if (status == SP_OK) {
            status =
                sp_check_set_enum(err, "kind", &spoina__v1__unit_kind__descriptor, (int)unit->kind);
        }
        if (status == SP_OK) {
            status = sp_check_text(err, "name", unit->name, SP_NAME_MAX_BYTES);
        }
        if (status == SP_OK) {
            status = sp_check_place(check, "place", unit->place, err);
        }
        if (status == SP_OK && sp_entity_unit(entity, unit->id) != unit) {
            status = SP_FAIL(err, SP_INVALID, "id", "Identyfikator jednostki %s się powtarza.",
                             "The unit id %s is used twice.", unit->id);
        }
        if (status != SP_OK) {
            return sp_check_at(err, "units", i, status);
        }
    }
    return SP_OK;
}

static enum sp_status check_employment(const Spoina__V1__Entity *entity,
                                       const Spoina__V1__Employment *employment,
                                       struct sp_error *err)
{
    bool total_known = employment->_total_case == SPOINA__V1__EMPLOYMENT___TOTAL_TOTAL;
    bool contracts_known = employment->_employment_contract_case ==
                           SPOINA__V1__EMPLOYMENT___EMPLOYMENT_CONTRACT_EMPLOYMENT_CONTRACT;
    enum sp_status status = sp_check_date(err, "as_of", employment->as_of);
    if (status == SP_OK) {
        status = sp_check_unit_id(entity, employment->unit_id, err);
    }
    if (status == SP_OK && total_known && contracts_known &&
        employment->employment_contract > employment->total) {
        status = SP_FAIL(err, SP_INVALID, "employment_contract",
                         "Na umowę o pracę pracuje więcej osób (%u) niż ogółem (%u).",
                         "More persons on employment contracts (%u) than in total (%u).",
                         employment->employment_contract, employment->total);
    }
    for (size_t i = 0; status == SP_OK && i < employment->n_groups; i++) {
        const Spoina__V1__GroupCount *group = employment->groups[i];
        status = sp_check_set_enum(err, "group", &spoina__v1__social_group__descriptor,
                                   (int)group->group);
        if (status == SP_OK && total_known && group->persons > employment->total) {
            status = SP_FAIL(err, SP_INVALID, "persons",
                             "W grupie jest więcej osób (%u) niż ogółem (%u).",
                             "More persons in the group (%u) than in total (%u).", group->persons,
                             employment->total);
        }
        if (status != SP_OK) {
            return sp_check_at(err, "groups", i, status);
        }
    }
    return status;
}

static enum sp_status check_records(const struct sp_check *check, const Spoina__V1__Entity *entity,
                                    struct sp_error *err)
{
    enum sp_status status = SP_OK;
    for (size_t i = 0; status == SP_OK && i < entity->n_employment; i++) {
        status =
            sp_check_at(err, "employment", i, check_employment(entity, entity->employment[i], err));
    }
    for (size_t i = 0; status == SP_OK && i < entity->n_licences; i++) {
        status = sp_check_at(err, "licences", i, sp_check_licence(entity->licences[i], err));
    }
    for (size_t i = 0; status == SP_OK && i < entity->n_references; i++) {
        status = sp_check_at(err, "references", i,
                             sp_check_reference(check, entity->references[i], err));
    }
    for (size_t i = 0; status == SP_OK && i < entity->n_insurance; i++) {
        status = sp_check_at(err, "insurance", i, sp_check_insurance(entity->insurance[i], err));
    }
    for (size_t i = 0; status == SP_OK && i < entity->n_revenue; i++) {
        status = sp_check_at(err, "revenue", i, sp_check_revenue(entity->revenue[i], err));
    }
    if (status == SP_OK) {
        status = sp_check_declarations(check, entity, err);
    }
    for (size_t i = 0; status == SP_OK && i < entity->n_cooperations; i++) {
        status = sp_check_at(err, "cooperations", i,
                             sp_check_cooperation(entity, entity->cooperations[i], err));
    }
    return status;
}

static enum sp_status check_offers(const struct sp_check *check, const Spoina__V1__Entity *entity,
                                   struct sp_error *err)
{
    enum sp_status status = SP_OK;
    for (size_t i = 0; status == SP_OK && i < entity->n_offers; i++) {
        status = sp_check_offer(check, entity, entity->offers[i], err);
        for (size_t j = 0; status == SP_OK && j < i; j++) {
            if (strcmp(entity->offers[i]->id, entity->offers[j]->id) == 0) {
                status = SP_FAIL(err, SP_INVALID, "id", "Identyfikator oferty %s się powtarza.",
                                 "The offer id %s is used twice.", entity->offers[i]->id);
            }
        }
        status = sp_check_at(err, "offers", i, status);
    }
    return status;
}

static enum sp_status check_sizes(const Spoina__V1__Entity *entity, struct sp_error *err)
{
    const struct {
        const char *field;
        size_t count;
    } lists[] = {
        {"units", entity->n_units},
        {"statuses", entity->n_statuses},
        {"employment", entity->n_employment},
        {"offers", entity->n_offers},
        {"licences", entity->n_licences},
        {"references", entity->n_references},
        {"insurance", entity->n_insurance},
        {"revenue", entity->n_revenue},
        {"declarations", entity->n_declarations},
        {"cooperations", entity->n_cooperations},
    };
    for (size_t i = 0; i < SP_COUNT(lists); i++) {
        if (lists[i].count > SP_ENTITY_MAX_ITEMS) {
            return SP_FAIL(err, SP_LIMIT, lists[i].field, "Za dużo pozycji: %zu (najwyżej %d).",
                           "Too many items: %zu (at most %d).", lists[i].count,
                           (int)SP_ENTITY_MAX_ITEMS);
        }
    }
    return SP_OK;
}

enum sp_status sp_entity_check(const Spoina__V1__Entity *entity,
                               const struct sp_vocabulary *vocabulary, struct sp_warnings *warnings,
                               struct sp_error *err)
{
    struct sp_check check = {.vocabulary = vocabulary, .warnings = warnings};
    if (warnings != NULL) {
        warnings->count = 0;
    }
    enum sp_status status = check_sizes(entity, err);
    if (status == SP_OK) {
        status = check_identity(&check, entity, err);
    }
    if (status == SP_OK) {
        status = check_units(&check, entity, err);
    }
    if (status == SP_OK) {
        status = sp_check_statuses(&check, entity, err);
    }
    if (status == SP_OK) {
        status = check_records(&check, entity, err);
    }
    if (status == SP_OK) {
        status = check_offers(&check, entity, err);
    }
    if (status == SP_OK) {
        status = sp_check_contact(entity, err);
    }
    return status;
}
