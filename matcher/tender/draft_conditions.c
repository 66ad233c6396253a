/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Conditions of participation of a draft, checked and moved into its lots; see draft_checker.h.
 */
#include <string.h>

#include "matcher/tender/draft_checker.h"
#include "matcher/vocabulary/vocabulary.h"

#define KIND(tail) SPOINA__V1__CONDITION_KIND__CONDITION_KIND_##tail
#define HAS_COUNT(condition) ((condition)->_count_case == SPOINA__V1__CONDITION___COUNT_COUNT)
#define HAS_YEAR(condition) ((condition)->_year_case == SPOINA__V1__CONDITION___YEAR_YEAR)
#define HAS_GROSZ(condition) ((condition)->_grosz_case == SPOINA__V1__CONDITION___GROSZ_GROSZ)

enum { FIRST_YEAR = 1990, LAST_YEAR = 2100, CPV_SHORTEST = 2 };

/** What a kind of condition cannot do without. */
static const struct demands {
    bool name;
    bool grosz;
    bool persons;
    bool year;
} DEMANDS[] = {
    [KIND(LICENCE)] = {.name = true},
    [KIND(EQUIPMENT)] = {.name = true},
    [KIND(CERTIFICATE)] = {.name = true},
    [KIND(EXPERIENCE)] = {.grosz = true},
    [KIND(INSURANCE)] = {.grosz = true},
    [KIND(PERSONS)] = {.persons = true},
    [KIND(REVENUE)] = {.grosz = true, .year = true},
};

/** False, and a rejection, if something that its kind demands is missing or is nothing. */
static bool asks_for_something(struct sp_draft_checker *check,
                               const Spoina__V1__Condition *condition, const char *parent)
{
    size_t kind = (size_t)condition->kind;
    struct demands demands = kind < SP_COUNT(DEMANDS) ? DEMANDS[kind] : (struct demands){0};
    if (demands.name && sp_view_trim(sp_view_of(condition->name)).length == 0) {
        SP_DRAFT_REJECT(check, SP_INVALID, sp_draft_place(parent, "name").text,
                        "Warunek nie mówi, jakie uprawnienie, certyfikat lub sprzęt.",
                        "The condition does not say which licence, certificate or equipment.");
        return false;
    }
    if (demands.grosz && !HAS_GROSZ(condition)) {
        SP_DRAFT_REJECT(check, SP_INVALID, sp_draft_place(parent, "grosz").text,
                        "Warunek nie podaje kwoty.", "The condition states no sum.");
        return false;
    }
    if (HAS_GROSZ(condition) &&
        !sp_draft_check_grosz(check, condition->grosz, 1, parent, "grosz")) {
        return false;
    }
    if ((demands.persons && !HAS_COUNT(condition)) ||
        (HAS_COUNT(condition) && condition->count == 0)) {
        SP_DRAFT_REJECT(check, SP_INVALID, sp_draft_place(parent, "count").text,
                        "Liczba w warunku musi wynosić co najmniej 1.",
                        "The number in the condition must be at least 1.");
        return false;
    }
    if ((demands.year && !HAS_YEAR(condition)) ||
        (HAS_YEAR(condition) && (condition->year < FIRST_YEAR || condition->year > LAST_YEAR))) {
        SP_DRAFT_REJECT(check, SP_INVALID, sp_draft_place(parent, "year").text,
                        "Rok przychodu musi być od %d do %d.",
                        "The year of the revenue must be %d to %d.", FIRST_YEAR, LAST_YEAR);
        return false;
    }
    return true;
}

/** A code, or its leading digits, of which some code begins; else "". */
static void check_cpv(struct sp_draft_checker *check, Spoina__V1__Condition *condition,
                      const char *parent)
{
    struct sp_view given = sp_view_trim(sp_view_of(condition->cpv));
    struct sp_draft_place place = sp_draft_place(parent, "cpv");
    size_t below = 0;
    if (given.length == 0) {
        condition->cpv = (char *)protobuf_c_empty_string;
    } else if (given.length >= SP_CPV_DIGITS) {
        const struct sp_cpv *cpv = NULL;
        if (sp_cpv_parse(check->vocabulary->cpv, given, place.text, &cpv, &check->reason) !=
            SP_OK) {
            check->reason.status = SP_INVALID;
            sp_draft_pass_on(check);
        }
        condition->cpv = cpv == NULL ? (char *)protobuf_c_empty_string : (char *)cpv->code;
    } else if (given.length < CPV_SHORTEST ||
               sp_cpv_below(check->vocabulary->cpv, given, &below) == NULL) {
        SP_DRAFT_REJECT(check, SP_INVALID, place.text, "Żaden kod CPV nie zaczyna się od „%.40s”.",
                        "No CPV code begins with ‘%.40s’.", condition->cpv);
        condition->cpv = (char *)protobuf_c_empty_string;
    }
}

/** Check one condition but for its id and requirements; false: it is to be left out. */
static bool check_condition(struct sp_draft_checker *check, Spoina__V1__Condition *condition,
                            const char *parent)
{
    if (!sp_draft_check_enum(check, &spoina__v1__condition_kind__descriptor, (int)condition->kind,
                             true, parent, "kind")) {
        return false;
    }
    if (!sp_draft_check_enum(check, &spoina__v1__condition_wording__descriptor,
                             (int)condition->wording, false, parent, "wording")) {
        condition->wording = SPOINA__V1__CONDITION_WORDING__CONDITION_WORDING_UNSPECIFIED;
    }
    sp_draft_check_text(check, &condition->name, SP_DRAFT_TITLE_MAX_BYTES, parent, "name");
    sp_draft_check_text(check, &condition->text, SP_DRAFT_TEXT_MAX_BYTES, parent, "text");
    sp_draft_check_date(check, &condition->since, NULL, parent, "since");
    check_cpv(check, condition, parent);
    bool one_is_meant = condition->kind == KIND(REFERENCES) || condition->kind == KIND(EQUIPMENT);
    if (one_is_meant && !HAS_COUNT(condition)) { /* "wykonał usługę": one of them */
        condition->_count_case = SPOINA__V1__CONDITION___COUNT_COUNT;
        condition->count = 1;
    }
    return asks_for_something(check, condition, parent);
}

/** A list of conditions that grows to a capacity made before. */
struct list {
    Spoina__V1__Condition **items;
    size_t count;
    struct sp_draft_texts ids;
};

static struct list list_for(struct sp_draft_checker *check, size_t capacity)
{
    struct list list = {.items = sp_draft_room(check, capacity, sizeof(*list.items)),
                        .ids = {sp_draft_room(check, capacity, sizeof(char *)), 0}};
    return list;
}

/** Check copies of @p given and add them to @p list. */
static void add_checked(struct sp_draft_checker *check, struct list *list,
                        Spoina__V1__Condition *const *given, size_t count,
                        Spoina__V1__Lot *const *lots, size_t lot_count, const char *parent)
{
    Spoina__V1__Condition *copies = sp_draft_room(check, count, sizeof *copies);
    for (size_t i = 0; check->status == SP_OK && i < count; i++) {
        struct sp_draft_place place = sp_draft_item(parent, "conditions", i);
        Spoina__V1__Condition *condition = &copies[i];
        *condition = *given[i];
        size_t named = condition->n_requirement_ids;
        sp_draft_check_requirement_ids(check, &condition->n_requirement_ids,
                                       &condition->requirement_ids, lots, lot_count, place.text);
        bool stray = named > 0 && condition->n_requirement_ids == 0;
        if (!stray && check_condition(check, condition, place.text)) {
            sp_draft_check_id(check, &condition->id, &list->ids, "c", place.text);
            list->items[list->count++] = condition;
        }
    }
}

/** Add to @p list what of the draft's conditions concerns @p lot. */
static void add_inherited(struct sp_draft_checker *check, struct list *list,
                          const struct list *common, const Spoina__V1__Lot *lot)
{
    Spoina__V1__Condition *copies = sp_draft_room(check, common->count, sizeof *copies);
    for (size_t i = 0; check->status == SP_OK && i < common->count; i++) {
        copies[i] = *common->items[i];
        if (sp_draft_keep_ids_of_lot(check, &copies[i].n_requirement_ids,
                                     &copies[i].requirement_ids, lot)) {
            list->ids.items[list->ids.count++] = copies[i].id;
            list->items[list->count++] = &copies[i];
        }
    }
}

void sp_draft_check_conditions(struct sp_draft_checker *check, Spoina__V1__Draft *draft)
{
    sp_draft_check_count(check, &draft->n_conditions, SP_DRAFT_MAX_CONDITIONS, "", "conditions");
    struct list common = list_for(check, draft->n_conditions);
    add_checked(check, &common, draft->conditions, draft->n_conditions, draft->lots, draft->n_lots,
                "");
    for (size_t i = 0; check->status == SP_OK && i < draft->n_lots; i++) {
        Spoina__V1__Lot *lot = draft->lots[i];
        struct sp_draft_place place = sp_draft_item("", "lots", i);
        sp_draft_check_count(check, &lot->n_conditions, SP_DRAFT_MAX_CONDITIONS - common.count,
                             place.text, "conditions");
        struct list list = list_for(check, common.count + lot->n_conditions);
        add_inherited(check, &list, &common, lot);
        add_checked(check, &list, lot->conditions, lot->n_conditions, &lot, 1, place.text);
        lot->conditions = list.items;
        lot->n_conditions = list.count;
    }
    draft->conditions = NULL;
    draft->n_conditions = 0;
}
