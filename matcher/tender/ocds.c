/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * An OCDS release (Open Contracting Data Standard 1.1 with the EU, lots and requirements
 * extensions) into a draft.
 *
 * tender holds the whole; lots, items and award criteria are lists that refer to each other by id.
 * An item is something to be delivered or done: it becomes a requirement of its lot.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/date.h"
#include "matcher/tender/draft.h"
#include "matcher/tender/draft_terms.h"
#include "matcher/tender/json_cursor.h"
#include "matcher/tender/notice.h"

enum { PLACE_BYTES = 64 };

#define CLAUSE(tail) SPOINA__V1__CLAUSE_KIND__CLAUSE_KIND_##tail

static struct sp_view text_at(struct sp_draft_builder *builder, struct sp_json_cursor at,
                              const char *path)
{
    bool starved = false;
    struct sp_view text = sp_cursor_text(sp_cursor_path(at, path), builder->arena, &starved);
    builder->status = starved ? SP_NOMEM : builder->status;
    return text;
}

/** Copy of a text of at most SP_NOTICE_TEXT_MAX_BYTES. */
static char *copy_at(struct sp_draft_builder *builder, struct sp_json_cursor at, const char *path,
                     const char *place)
{
    return sp_build_long_copy(builder, text_at(builder, at, path), place);
}

/** "2026-03-01T00:00:00+01:00" */
static char *day_at(struct sp_draft_builder *builder, struct sp_json_cursor at, const char *path,
                    const char *place)
{
    return sp_build_day(builder, text_at(builder, at, path), place);
}

static bool value_at(struct sp_draft_builder *builder, struct sp_json_cursor at, const char *place,
                     int64_t *grosz)
{
    struct sp_json_cursor value = sp_cursor_path(at, "value");
    return sp_build_amount(builder, text_at(builder, value, "amount"),
                           text_at(builder, value, "currency"), place, grosz);
}

static void add_code(struct sp_draft_builder *builder, struct sp_json_cursor classification,
                     struct sp_text_list list, const char *place)
{
    if (sp_view_is(text_at(builder, classification, "scheme"), "CPV")) {
        sp_build_add_cpv(builder, list, text_at(builder, classification, "id"), place);
    }
}

static void add_codes(struct sp_draft_builder *builder, struct sp_json_cursor item,
                      struct sp_text_list list, const char *place)
{
    add_code(builder, sp_cursor_path(item, "classification"), list, place);
    struct sp_json_cursor more = sp_cursor_path(item, "additionalClassifications");
    for (struct sp_json_cursor at = sp_cursor_first(more); sp_cursor_found(at);
         at = sp_cursor_next(at)) {
        add_code(builder, at, list, place);
    }
}

/** Add region and locality of an address. */
static void add_place(struct sp_draft_builder *builder, struct sp_json_cursor address,
                      struct sp_text_list list)
{
    sp_build_add(builder, list, text_at(builder, address, "region"));
    sp_build_add(builder, list, text_at(builder, address, "locality"));
}

static void add_places(struct sp_draft_builder *builder, struct sp_json_cursor item,
                       struct sp_text_list list)
{
    add_place(builder, sp_cursor_path(item, "deliveryAddress"), list);
    struct sp_json_cursor more = sp_cursor_path(item, "deliveryAddresses");
    for (struct sp_json_cursor at = sp_cursor_first(more); sp_cursor_found(at);
         at = sp_cursor_next(at)) {
        add_place(builder, at, list);
    }
}

/** The party with the role of buyer, else the one that is named as buyer. */
static void read_buyer(struct sp_draft_builder *builder, struct sp_json_cursor release,
                       Spoina__V1__Draft *draft)
{
    struct sp_json_cursor named = sp_cursor_path(release, "buyer");
    struct sp_view id = text_at(builder, named, "id");
    struct sp_json_cursor party = sp_cursor_first(sp_cursor_path(release, "parties"));
    while (sp_cursor_found(party) &&
           !(id.length > 0 && sp_view_equal(text_at(builder, party, "id"), id))) {
        party = sp_cursor_next(party);
    }
    Spoina__V1__Buyer *buyer = sp_arena_alloc(builder->arena, sizeof *buyer);
    if (buyer == NULL) {
        builder->status = SP_NOMEM;
        return;
    }
    spoina__v1__buyer__init(buyer);
    struct sp_json_cursor from = sp_cursor_found(party) ? party : named;
    buyer->name = copy_at(builder, sp_cursor_found(sp_cursor_path(from, "name")) ? from : named,
                          "name", "buyer.name");
    buyer->town = copy_at(builder, from, "address/locality", "buyer.town");
    buyer->nuts = copy_at(builder, from, "address/region", "buyer.nuts");
    buyer->national_id = copy_at(builder, from, "identifier/id", "buyer.national_id");
    draft->buyer = *buyer->name != '\0' ? buyer : NULL;
}

static const char *lot_place(size_t lot, const char *field, char place[PLACE_BYTES])
{
    (void)snprintf(place, PLACE_BYTES, "lots[%zu].%s", lot, field);
    return place;
}

static void read_criteria(struct sp_draft_builder *builder, struct sp_json_cursor holder,
                          struct sp_term_lists lists)
{
    struct sp_json_cursor criteria = sp_cursor_path(holder, "awardCriteria/criteria");
    for (struct sp_json_cursor at = sp_cursor_first(criteria); sp_cursor_found(at);
         at = sp_cursor_next(at)) {
        struct sp_view name = text_at(builder, at, "name");
        name = name.length > 0 ? name : text_at(builder, at, "description");
        struct sp_json_cursor number = sp_cursor_first(sp_cursor_path(at, "numbers"));
        bool percent = sp_view_is(text_at(builder, number, "weight"), "percentageExact");
        bool price = sp_view_is(text_at(builder, at, "type"), "price") ||
                     sp_view_is(text_at(builder, at, "type"), "cost");
        struct sp_words words = sp_text_lines(builder, name);
        sp_build_criterion(builder, lists, name,
                           percent ? text_at(builder, number, "number") : sp_view_of(NULL),
                           price ? SPOINA__V1__CRITERION_KIND__CRITERION_KIND_PRICE
                                 : SPOINA__V1__CRITERION_KIND__CRITERION_KIND_UNSPECIFIED,
                           words);
    }
}

/** Reservations and conditions, as the EU extension has them in otherRequirements. */
static void read_terms(struct sp_draft_builder *builder, struct sp_json_cursor holder,
                       struct sp_term_lists lists)
{
    struct sp_json_cursor reserved =
        sp_cursor_path(holder, "otherRequirements/reservedParticipation");
    for (struct sp_json_cursor at = sp_cursor_first(reserved); sp_cursor_found(at);
         at = sp_cursor_next(at)) {
        struct sp_view who = text_at(builder, at, "");
        if (sp_view_is(who, "shelteredWorkshop")) {
            (void)sp_build_clause(builder, lists, CLAUSE(ART_94), who, (struct sp_words){0});
        } else if (sp_view_is(who, "publicServiceMissionOrganization")) {
            (void)sp_build_clause(builder, lists, CLAUSE(ART_361), who, (struct sp_words){0});
        }
    }
    struct sp_json_cursor conditions = sp_cursor_path(holder, "selectionCriteria/criteria");
    for (struct sp_json_cursor at = sp_cursor_first(conditions); sp_cursor_found(at);
         at = sp_cursor_next(at)) {
        (void)sp_text_lines(builder, text_at(builder, at, "description"));
    }
    (void)sp_text_lines(builder, text_at(builder, holder, "contractTerms/performanceTerms"));
    read_criteria(builder, holder, lists);
}

static void read_period(struct sp_draft_builder *builder, struct sp_json_cursor period,
                        size_t index, Spoina__V1__Lot *lot)
{
    char place[PLACE_BYTES];
    lot->from = day_at(builder, period, "startDate", lot_place(index, "from", place));
    lot->to = day_at(builder, period, "endDate", lot_place(index, "to", place));
    sp_build_period(builder, lot, text_at(builder, period, "durationInDays"), "day",
                    lot_place(index, "duration", place));
}

static void read_lot(struct sp_draft_builder *builder, struct sp_json_cursor from,
                     Spoina__V1__Draft *draft)
{
    size_t index = draft->n_lots;
    Spoina__V1__Lot *lot = sp_build_lot(builder, draft);
    if (lot == NULL) {
        return;
    }
    char place[PLACE_BYTES];
    lot->id = copy_at(builder, from, "id", lot_place(index, "id", place));
    lot->title = copy_at(builder, from, "title", lot_place(index, "title", place));
    lot->description =
        copy_at(builder, from, "description", lot_place(index, "description", place));
    (void)sp_text_heading(builder, 2, sp_view_of(lot->title));
    (void)sp_text_lines(builder, sp_view_of(lot->description));
    read_period(builder, sp_cursor_path(from, "contractPeriod"), index, lot);
    if (value_at(builder, from, lot_place(index, "value_grosz", place), &lot->value_grosz)) {
        lot->_value_grosz_case = SPOINA__V1__LOT___VALUE_GROSZ_VALUE_GROSZ;
    }
    read_terms(builder, from, SP_TERM_LISTS(lot));
}

static Spoina__V1__Lot *find_lot(const Spoina__V1__Draft *draft, struct sp_view id)
{
    for (size_t i = 0; i < draft->n_lots; i++) {
        if (sp_view_is(id, draft->lots[i]->id)) {
            return draft->lots[i];
        }
    }
    return draft->n_lots == 1 ? draft->lots[0] : NULL;
}

/** Amount of an item; the check of the draft tells units that are not known. */
static Spoina__V1__Quantity *read_quantity(struct sp_draft_builder *builder,
                                           struct sp_json_cursor item)
{
    struct sp_view number = text_at(builder, item, "quantity");
    struct sp_view unit = text_at(builder, item, "unit/name");
    if (number.length == 0 || number.length > 20 || unit.length == 0) {
        return NULL;
    }
    char digits[24];
    (void)snprintf(digits, sizeof digits, "%.*s", SP_VIEW_ARGS(number));
    Spoina__V1__Quantity *quantity = sp_arena_alloc(builder->arena, sizeof *quantity);
    if (quantity == NULL) {
        builder->status = SP_NOMEM;
        return NULL;
    }
    spoina__v1__quantity__init(quantity);
    quantity->amount = strtod(digits, NULL);
    quantity->unit = sp_build_copy(builder, unit);
    return quantity->amount > 0 && quantity->amount < 1e15 ? quantity : NULL;
}

static void add_requirement(struct sp_draft_builder *builder, struct sp_json_cursor item,
                            Spoina__V1__Lot *lot)
{
    struct sp_view words = text_at(builder, item, "description");
    if (words.length == 0 || lot->n_requirements == SP_DRAFT_MAX_REQUIREMENTS) {
        return; /* its codes and places are in the lot all the same */
    }
    Spoina__V1__Requirement *requirement = sp_arena_alloc(builder->arena, sizeof *requirement);
    Spoina__V1__Requirement **items =
        sp_build_room(builder, lot->requirements, lot->n_requirements, sizeof *items);
    if (requirement == NULL || items == NULL) {
        builder->status = SP_NOMEM;
        return;
    }
    spoina__v1__requirement__init(requirement);
    requirement->text = sp_build_long_copy(builder, words, "requirements");
    requirement->demand = read_quantity(builder, item);
    add_codes(builder, item, SP_TEXT_LIST(requirement, cpv), "items.classification");
    struct sp_words span = sp_text_lines(builder, words);
    sp_build_source(builder, &requirement->sources, &requirement->n_sources, span);
    items[lot->n_requirements++] = requirement;
    lot->requirements = items;
}

static void read_items(struct sp_draft_builder *builder, struct sp_json_cursor tender,
                       Spoina__V1__Draft *draft)
{
    struct sp_json_cursor items = sp_cursor_path(tender, "items");
    for (struct sp_json_cursor item = sp_cursor_first(items);
         sp_cursor_found(item) && builder->status == SP_OK; item = sp_cursor_next(item)) {
        Spoina__V1__Lot *lot = find_lot(draft, text_at(builder, item, "relatedLot"));
        if (draft->n_cpv == 0) { /* the first code is the main one */
            add_code(builder, sp_cursor_path(item, "classification"), SP_TEXT_LIST(draft, cpv),
                     "items.classification");
        }
        if (lot == NULL) {
            add_codes(builder, item, SP_TEXT_LIST(draft, cpv), "items.classification");
            add_places(builder, item, SP_TEXT_LIST(draft, places));
        } else {
            add_codes(builder, item, SP_TEXT_LIST(lot, cpv), "items.classification");
            add_places(builder, item, SP_TEXT_LIST(lot, places));
            add_requirement(builder, item, lot);
        }
    }
}

static void read_kind(struct sp_draft_builder *builder, struct sp_json_cursor tender,
                      Spoina__V1__Draft *draft)
{
    struct sp_view kind = text_at(builder, tender, "mainProcurementCategory");
    draft->kind = sp_view_is(kind, "services") ? SPOINA__V1__PURCHASE_KIND__PURCHASE_KIND_SERVICES
                  : sp_view_is(kind, "goods")  ? SPOINA__V1__PURCHASE_KIND__PURCHASE_KIND_SUPPLIES
                  : sp_view_is(kind, "works")  ? SPOINA__V1__PURCHASE_KIND__PURCHASE_KIND_WORKS
                                               : draft->kind;
}

/** A lot for what tender says itself, when it names no lots: periods stand in lots only. */
static void read_single_lot(struct sp_draft_builder *builder, struct sp_json_cursor tender,
                            Spoina__V1__Draft *draft)
{
    Spoina__V1__Lot *lot = sp_build_lot(builder, draft);
    if (lot != NULL) {
        lot->id = sp_build_copy(builder, sp_view_of("1"));
        lot->title = draft->title;
        lot->description = draft->description;
        read_period(builder, sp_cursor_path(tender, "contractPeriod"), 0, lot);
    }
}

static void read_tender(struct sp_draft_builder *builder, struct sp_json_cursor tender,
                        Spoina__V1__Draft *draft)
{
    draft->title = copy_at(builder, tender, "title", "title");
    draft->description = copy_at(builder, tender, "description", "description");
    struct sp_words title = sp_text_heading(builder, 1, sp_view_of(draft->title));
    sp_build_source(builder, &draft->sources, &draft->n_sources, title);
    (void)sp_text_lines(builder, sp_view_of(draft->description));
    read_kind(builder, tender, draft);
    draft->deadline = day_at(builder, tender, "tenderPeriod/endDate", "deadline");
    draft->currency = copy_at(builder, tender, "value/currency", "currency");
    if (value_at(builder, tender, "value_grosz", &draft->value_grosz)) {
        draft->_value_grosz_case = SPOINA__V1__DRAFT___VALUE_GROSZ_VALUE_GROSZ;
    }
    add_codes(builder, tender, SP_TEXT_LIST(draft, cpv), "classification");
    read_terms(builder, tender, SP_TERM_LISTS(draft));
    struct sp_json_cursor lots = sp_cursor_path(tender, "lots");
    for (struct sp_json_cursor lot = sp_cursor_first(lots);
         sp_cursor_found(lot) && builder->status == SP_OK && draft->n_lots < SP_NOTICE_MAX_LOTS;
         lot = sp_cursor_next(lot)) {
        read_lot(builder, lot, draft);
    }
    if (draft->n_lots == 0 && *draft->title != '\0') {
        read_single_lot(builder, tender, draft);
    }
    read_items(builder, tender, draft);
}

enum sp_status sp_ocds_read(struct sp_draft_builder *builder, struct sp_view content,
                            Spoina__V1__Draft *draft, struct sp_error *err)
{
    struct sp_json_cursor release;
    enum sp_status status = sp_cursor_begin(content, &release, err);
    if (status != SP_OK) {
        return status;
    }
    struct sp_json_cursor packed = sp_cursor_first(sp_cursor_path(release, "releases"));
    if (!sp_cursor_found(packed)) {
        packed = sp_cursor_path(release, "compiledRelease"); /* of a record */
    } else if (sp_cursor_found(sp_cursor_next(packed))) {
        SP_BUILDER_WARN(builder, "releases", "Plik zawiera kilka wydań; czytamy pierwsze.",
                        "The file has several releases; the first is read.");
    }
    release = sp_cursor_found(packed) ? packed : release;
    struct sp_json_cursor tender = sp_cursor_path(release, "tender");
    if (!sp_cursor_is(tender, SP_JSON_OBJECT)) {
        return SP_FAIL(err, SP_INVALID, "tender",
                       "To nie jest wydanie OCDS o zamówieniu: nie ma obiektu „tender”.",
                       "This is no OCDS release of a tender: there is no object ‘tender’.");
    }
    draft->reference = copy_at(builder, release, "ocid", "reference");
    draft->published_on = day_at(builder, release, "date", "published_on");
    read_buyer(builder, release, draft);
    read_tender(builder, tender, draft);
    return builder->status == SP_OK ? SP_OK : SP_FAIL_NOMEM(err);
}
