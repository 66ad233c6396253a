/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * The requirements of a lot, checked; see draft_checker.h.
 */
#include <string.h>

#include "matcher/tender/draft_checker.h"

enum { MAX_WEIGHT = 1000 };

#define HAS_VALUE(requirement)                                                                     \
    ((requirement)->_value_grosz_case == SPOINA__V1__REQUIREMENT___VALUE_GROSZ_VALUE_GROSZ)

/** Value and weight, which split the effort of the lot. */
static void check_size(struct sp_draft_checker *check, Spoina__V1__Requirement *requirement,
                       const char *parent)
{
    if (HAS_VALUE(requirement) &&
        !sp_draft_check_grosz(check, requirement->value_grosz, 1, parent, "value_grosz")) {
        requirement->_value_grosz_case = SPOINA__V1__REQUIREMENT___VALUE_GROSZ__NOT_SET;
    }
    bool weighted = requirement->_weight_case == SPOINA__V1__REQUIREMENT___WEIGHT_WEIGHT;
    if (weighted && (requirement->weight == 0 || requirement->weight > MAX_WEIGHT)) {
        SP_DRAFT_REJECT(check, SP_INVALID, sp_draft_place(parent, "weight").text,
                        "Waga musi być od 1 do %d.", "The weight must be 1 to %d.", MAX_WEIGHT);
        requirement->_weight_case = SPOINA__V1__REQUIREMENT___WEIGHT__NOT_SET;
    }
}

/** Take from the lot what the requirement does not say. */
static void inherit(struct sp_draft_checker *check, Spoina__V1__Requirement *requirement,
                    const Spoina__V1__Lot *lot, const char *parent)
{
    if (requirement->n_cpv == 0 && *requirement->text == '\0') {
        requirement->n_cpv = lot->n_cpv;
        requirement->cpv = lot->cpv;
    }
    if (requirement->n_places == 0) {
        requirement->n_places = lot->n_places;
        requirement->places = lot->places;
    }
    requirement->from = *requirement->from == '\0' ? lot->from : requirement->from;
    requirement->to = *requirement->to == '\0' ? lot->to : requirement->to;
    sp_draft_check_term(check, &requirement->from, &requirement->to, parent);
    if (*requirement->from == '\0' && *requirement->to == '\0') {
        requirement->from = lot->from; /* what contradicts the lot was left out */
        requirement->to = lot->to;
    }
}

static void check_requirement(struct sp_draft_checker *check, Spoina__V1__Requirement *requirement,
                              const Spoina__V1__Lot *lot, const char *parent)
{
    sp_draft_check_text(check, &requirement->text, SP_DRAFT_TEXT_MAX_BYTES, parent, "text");
    sp_draft_check_codes(check, &requirement->n_cpv, &requirement->cpv, parent);
    sp_draft_check_names(check, &requirement->n_places, &requirement->places, parent, "places");
    sp_draft_check_names(check, &requirement->n_licences, &requirement->licences, parent,
                         "licences");
    sp_draft_check_term(check, &requirement->from, &requirement->to, parent);
    sp_draft_check_demand(check, &requirement->demand, parent);
    check_size(check, requirement, parent);
    bool own_need = *requirement->text != '\0' || requirement->n_cpv > 0;
    bool lot_says = *lot->title != '\0' || *lot->description != '\0' || lot->n_cpv > 0;
    if (check->status == SP_OK && !own_need && !lot_says) {
        /* Not even a published notice can be matched then. */
        check->status = SP_FAIL(
            check->err, SP_INVALID, parent, "Nie ma czego szukać: brak tytułu, opisu i kodu CPV.",
            "There is nothing to look for: no title, no description, no CPV code.");
    }
    inherit(check, requirement, lot, parent);
}

/** Tell when the parts are worth more than the whole. */
static void compare_values(struct sp_draft_checker *check, const Spoina__V1__Lot *lot,
                           const char *parent)
{
    int64_t sum = 0; /* at most SP_DRAFT_MAX_REQUIREMENTS x SP_DRAFT_MAX_GROSZ */
    for (size_t i = 0; i < lot->n_requirements; i++) {
        sum += HAS_VALUE(lot->requirements[i]) ? lot->requirements[i]->value_grosz : 0;
    }
    if (lot->_value_grosz_case == SPOINA__V1__LOT___VALUE_GROSZ_VALUE_GROSZ &&
        sum > lot->value_grosz) {
        SP_DRAFT_NOTE(check, sp_draft_place(parent, "value_grosz").text,
                      "Wymagania są warte razem więcej (%lld gr) niż część (%lld gr).",
                      "The requirements are worth more together (%lld grosz) than the lot (%lld).",
                      (long long)sum, (long long)lot->value_grosz);
    }
}

void sp_draft_check_requirements(struct sp_draft_checker *check, Spoina__V1__Lot *lot,
                                 const char *parent)
{
    sp_draft_check_count(check, &lot->n_requirements, SP_DRAFT_MAX_REQUIREMENTS, parent,
                         "requirements");
    size_t count = lot->n_requirements == 0 ? 1 : lot->n_requirements;
    Spoina__V1__Requirement **list = sp_draft_room(check, count, sizeof(*list));
    Spoina__V1__Requirement *items = sp_draft_room(check, count, sizeof *items);
    struct sp_draft_texts ids = {sp_draft_room(check, count, sizeof(char *)), 0};
    for (size_t i = 0; check->status == SP_OK && i < count; i++) {
        struct sp_draft_place place = sp_draft_item(parent, "requirements", i);
        list[i] = &items[i];
        spoina__v1__requirement__init(list[i]);
        if (lot->n_requirements > 0) {
            *list[i] = *lot->requirements[i];
        }
        check_requirement(check, list[i], lot, place.text);
        sp_draft_check_id(check, &list[i]->id, &ids, "r", place.text);
    }
    if (check->status == SP_OK) {
        lot->requirements = list;
        lot->n_requirements = count;
        compare_values(check, lot, parent);
    }
}
