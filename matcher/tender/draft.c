/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * The check of a draft; see draft.h. The lots and the whole stand here, their parts in
 * draft_requirements.c, draft_conditions.c, draft_clauses.c and draft_criteria.c.
 */
#include "matcher/tender/draft.h"

#include <math.h>
#include <string.h>

#include "matcher/tender/draft_checker.h"

#define HAS_VALUE(draft) ((draft)->_value_grosz_case == SPOINA__V1__DRAFT___VALUE_GROSZ_VALUE_GROSZ)
#define LOT_HAS_VALUE(lot) ((lot)->_value_grosz_case == SPOINA__V1__LOT___VALUE_GROSZ_VALUE_GROSZ)

/** Take from the draft what the lot does not say. */
static void inherit(Spoina__V1__Lot *lot, const Spoina__V1__Draft *draft)
{
    if (*lot->title == '\0' && *lot->description == '\0') {
        lot->title = draft->title;
    }
    if (lot->n_cpv == 0) {
        lot->n_cpv = draft->n_cpv;
        lot->cpv = draft->cpv;
    }
    if (lot->n_places == 0) {
        lot->n_places = draft->n_places;
        lot->places = draft->places;
    }
}

/** A duration is above zero, in days, months or years; else it becomes NULL. */
static void check_duration(struct sp_draft_checker *check, Spoina__V1__Lot *lot, const char *parent)
{
    static const char *const units[] = {"day", "month", "year"};
    const Spoina__V1__Quantity *duration = lot->duration;
    bool known = false;
    for (size_t i = 0; duration != NULL && i < SP_COUNT(units); i++) {
        known = known || strcmp(duration->unit, units[i]) == 0;
    }
    if (duration != NULL && (!known || !isfinite(duration->amount) || duration->amount <= 0)) {
        SP_DRAFT_REJECT(check, SP_INVALID, sp_draft_place(parent, "duration").text,
                        "Czas trwania to liczba większa od zera w jednostce day, month lub year.",
                        "A duration is a number above zero in the unit day, month or year.");
        lot->duration = NULL;
    }
}

static void check_lot(struct sp_draft_checker *check, Spoina__V1__Lot *lot,
                      const Spoina__V1__Draft *draft, struct sp_draft_texts *ids,
                      const char *parent)
{
    sp_draft_check_text(check, &lot->title, SP_DRAFT_TITLE_MAX_BYTES, parent, "title");
    sp_draft_check_text(check, &lot->description, SP_DRAFT_TEXT_MAX_BYTES, parent, "description");
    sp_draft_check_codes(check, &lot->n_cpv, &lot->cpv, parent);
    sp_draft_check_names(check, &lot->n_places, &lot->places, parent, "places");
    sp_draft_check_term(check, &lot->from, &lot->to, parent);
    check_duration(check, lot, parent);
    if (LOT_HAS_VALUE(lot) &&
        !sp_draft_check_grosz(check, lot->value_grosz, 0, parent, "value_grosz")) {
        lot->_value_grosz_case = SPOINA__V1__LOT___VALUE_GROSZ__NOT_SET;
    }
    inherit(lot, draft);
    sp_draft_check_id(check, &lot->id, ids, "", parent);
    sp_draft_check_requirements(check, lot, parent);
}

/** A lot that is the whole draft. */
static void lot_of_draft(const Spoina__V1__Draft *draft, Spoina__V1__Lot *lot)
{
    lot->title = draft->title;
    lot->description = draft->description;
    lot->value_grosz = draft->value_grosz;
    lot->_value_grosz_case = HAS_VALUE(draft) ? SPOINA__V1__LOT___VALUE_GROSZ_VALUE_GROSZ
                                              : SPOINA__V1__LOT___VALUE_GROSZ__NOT_SET;
}

static void check_lots(struct sp_draft_checker *check, Spoina__V1__Draft *draft)
{
    sp_draft_check_count(check, &draft->n_lots, SP_DRAFT_MAX_LOTS, "", "lots");
    size_t count = draft->n_lots == 0 ? 1 : draft->n_lots;
    Spoina__V1__Lot **list = sp_draft_room(check, count, sizeof(*list));
    Spoina__V1__Lot *items = sp_draft_room(check, count, sizeof *items);
    struct sp_draft_texts ids = {sp_draft_room(check, count, sizeof(char *)), 0};
    for (size_t i = 0; check->status == SP_OK && i < count; i++) {
        list[i] = &items[i];
        spoina__v1__lot__init(list[i]);
        if (draft->n_lots > 0) {
            *list[i] = *draft->lots[i];
        } else {
            lot_of_draft(draft, list[i]);
        }
        check_lot(check, list[i], draft, &ids, sp_draft_item("", "lots", i).text);
    }
    if (check->status == SP_OK) {
        draft->lots = list;
        draft->n_lots = count;
    }
}

/** Tell when the lots are worth more than the whole. */
static void compare_values(struct sp_draft_checker *check, const Spoina__V1__Draft *draft)
{
    int64_t sum = 0; /* at most SP_DRAFT_MAX_LOTS x SP_DRAFT_MAX_GROSZ */
    for (size_t i = 0; check->status == SP_OK && i < draft->n_lots; i++) {
        sum += LOT_HAS_VALUE(draft->lots[i]) ? draft->lots[i]->value_grosz : 0;
    }
    if (HAS_VALUE(draft) && sum > draft->value_grosz) {
        SP_DRAFT_NOTE(check, "value_grosz",
                      "Części są warte razem więcej (%lld gr) niż całość (%lld gr).",
                      "The lots are worth more together (%lld grosz) than the whole (%lld).",
                      (long long)sum, (long long)draft->value_grosz);
    }
}

static void check_buyer(struct sp_draft_checker *check, Spoina__V1__Draft *draft)
{
    Spoina__V1__Buyer *buyer = sp_draft_room(check, 1, sizeof *buyer);
    if (draft->buyer == NULL || buyer == NULL) {
        return;
    }
    *buyer = *draft->buyer;
    sp_draft_check_text(check, &buyer->name, SP_DRAFT_TITLE_MAX_BYTES, "buyer", "name");
    sp_draft_check_text(check, &buyer->town, SP_DRAFT_TITLE_MAX_BYTES, "buyer", "town");
    if (!sp_draft_check_enum(check, &spoina__v1__buyer_class__descriptor, (int)buyer->class_, false,
                             "buyer", "class")) {
        buyer->class_ = SPOINA__V1__BUYER_CLASS__BUYER_CLASS_UNSPECIFIED;
    }
    draft->buyer = buyer;
}

/** Leave out a beginning that lies behind the deadline for offers. */
static void check_beginning(struct sp_draft_checker *check, char **date, const char *field,
                            const char *deadline)
{
    /* Dates of this form order as texts. */
    if (**date != '\0' && *deadline != '\0' && strcmp(deadline, *date) < 0) {
        SP_DRAFT_REJECT(
            check, SP_INVALID, field, "Początek (%s) jest po terminie składania ofert (%s).",
            "The beginning (%s) is after the deadline for offers (%s).", *date, deadline);
        *date = (char *)protobuf_c_empty_string;
    }
}

static void check_dates(struct sp_draft_checker *check, Spoina__V1__Draft *draft)
{
    sp_draft_check_date(check, &draft->published_on, NULL, "", "published_on");
    sp_draft_check_date(check, &draft->initiated_on, NULL, "", "initiated_on");
    sp_draft_check_date(check, &draft->deadline, NULL, "", "deadline");
    check_beginning(check, &draft->published_on, "published_on", draft->deadline);
    check_beginning(check, &draft->initiated_on, "initiated_on", draft->deadline);
}

static void check_draft(struct sp_draft_checker *check, Spoina__V1__Draft *draft)
{
    sp_draft_check_text(check, &draft->title, SP_DRAFT_TITLE_MAX_BYTES, "", "title");
    sp_draft_check_text(check, &draft->description, SP_DRAFT_TEXT_MAX_BYTES, "", "description");
    sp_draft_check_codes(check, &draft->n_cpv, &draft->cpv, "");
    sp_draft_check_names(check, &draft->n_places, &draft->places, "", "places");
    check_buyer(check, draft);
    check_dates(check, draft);
    if (!sp_draft_check_enum(check, &spoina__v1__purchase_kind__descriptor, (int)draft->kind, false,
                             "", "kind")) {
        draft->kind = SPOINA__V1__PURCHASE_KIND__PURCHASE_KIND_UNSPECIFIED;
    }
    if (HAS_VALUE(draft) &&
        !sp_draft_check_grosz(check, draft->value_grosz, 0, "", "value_grosz")) {
        draft->_value_grosz_case = SPOINA__V1__DRAFT___VALUE_GROSZ__NOT_SET;
    }
    check_lots(check, draft);
    compare_values(check, draft);
    sp_draft_check_conditions(check, draft);
    sp_draft_check_clauses(check, draft);
    sp_draft_check_criteria(check, draft);
}

enum sp_status sp_draft_check(const Spoina__V1__Draft *draft,
                              const struct sp_vocabulary *vocabulary, enum sp_draft_origin origin,
                              struct sp_arena *arena, struct sp_draft_warnings *warnings,
                              Spoina__V1__Draft **out, struct sp_error *err)
{
    struct sp_draft_checker check = {
        .vocabulary = vocabulary,
        .origin = origin,
        .arena = arena,
        .warnings = warnings,
        .err = err,
    };
    Spoina__V1__Draft *checked = sp_arena_alloc(arena, sizeof *checked);
    if (checked == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    *checked = *draft;
    check_draft(&check, checked);
    if (check.status == SP_NOMEM) {
        return SP_FAIL_NOMEM(err);
    }
    if (check.status == SP_OK) {
        *out = checked;
    }
    return check.status;
}
