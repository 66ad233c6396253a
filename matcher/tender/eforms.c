/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * eForms (UBL 2.3 with the extensions of the Publications Office) into a draft.
 *
 * ProcurementProject holds what concerns the whole procedure, each ProcurementProjectLot a lot with
 * a ProcurementProject of its own. Organisations are listed once, in an extension, and referred to
 * by id. A text may come in several languages as neighbours with the attribute languageID.
 */
#include <stdio.h>

#include "base/date.h"
#include "matcher/tender/draft_terms.h"

enum { PLACE_BYTES = 64 };

const xmlNode *sp_eforms_choose_language(const xmlNode *parent, const char *name,
                                         struct sp_view language)
{
    const xmlNode *first = sp_xml_child(parent, name);
    const xmlNode *original = NULL;
    for (const xmlNode *node = first; node != NULL; node = sp_xml_next(node, name)) {
        struct sp_view its = sp_xml_attribute(node, "languageID");
        if (sp_view_is(its, "POL")) {
            return node;
        }
        if (original == NULL && its.length > 0 && sp_view_equal(its, language)) {
            original = node;
        }
    }
    return original != NULL ? original : first;
}

/** Find the Company of the Organization with @p id; NULL when it is not listed. */
static const xmlNode *find_company(struct sp_draft_builder *builder, const xmlNode *root,
                                   const char *id)
{
    const xmlNode *organizations = sp_xml_find(root, "Organizations");
    for (const xmlNode *node = sp_xml_child(organizations, "Organization");
         node != NULL && builder->status == SP_OK; node = sp_xml_next(node, "Organization")) {
        const xmlNode *company = sp_xml_child(node, "Company");
        const char *its =
            sp_build_text(builder, sp_xml_path(company, "PartyIdentification/ID"), "buyer");
        if (*id != '\0' && strcmp(its, id) == 0) {
            return company;
        }
    }
    return NULL;
}

/** Class of the buyer by its legal type (BT-11): "la", "ra" and their bodies; "cga" likewise. */
static void read_buyer_class(struct sp_draft_builder *builder, const xmlNode *contracting,
                             Spoina__V1__Buyer *buyer)
{
    for (const xmlNode *at = sp_xml_child(contracting, "ContractingPartyType"); at != NULL;
         at = sp_xml_next(at, "ContractingPartyType")) {
        const xmlNode *node = sp_xml_child(at, "PartyTypeCode");
        struct sp_view code = sp_view_of(sp_build_text(builder, node, "buyer.class"));
        if (!sp_view_is(sp_xml_attribute(node, "listName"), "buyer-legal-type")) {
            continue;
        }
        bool local = sp_view_is(code, "la") || sp_view_is(code, "ra") ||
                     sp_view_is(code, "body-pl-la") || sp_view_is(code, "body-pl-ra");
        bool central = sp_view_is(code, "cga") || sp_view_is(code, "body-pl-cga");
        buyer->class_ = local     ? SPOINA__V1__BUYER_CLASS__BUYER_CLASS_LOCAL
                        : central ? SPOINA__V1__BUYER_CLASS__BUYER_CLASS_CENTRAL
                                  : buyer->class_;
    }
}

static void read_buyer(struct sp_draft_builder *builder, const xmlNode *root,
                       struct sp_view language, Spoina__V1__Draft *draft)
{
    const xmlNode *contracting = sp_xml_child(root, "ContractingParty");
    const xmlNode *party = sp_xml_child(contracting, "Party");
    const char *id = sp_build_text(builder, sp_xml_path(party, "PartyIdentification/ID"), "buyer");
    const xmlNode *company = find_company(builder, root, id);
    company = company != NULL ? company : party; /* some write the buyer in place */
    Spoina__V1__Buyer *buyer = sp_arena_alloc(builder->arena, sizeof *buyer);
    if (company == NULL || buyer == NULL) {
        builder->status = buyer == NULL ? SP_NOMEM : builder->status;
        return;
    }
    spoina__v1__buyer__init(buyer);
    const xmlNode *name =
        sp_eforms_choose_language(sp_xml_child(company, "PartyName"), "Name", language);
    const xmlNode *address = sp_xml_child(company, "PostalAddress");
    buyer->name = sp_build_text(builder, name, "buyer.name");
    buyer->town = sp_build_text(builder, sp_xml_child(address, "CityName"), "buyer.town");
    buyer->nuts =
        sp_build_text(builder, sp_xml_child(address, "CountrySubentityCode"), "buyer.nuts");
    buyer->national_id = sp_build_text(builder, sp_xml_path(company, "PartyLegalEntity/CompanyID"),
                                       "buyer.national_id");
    read_buyer_class(builder, contracting, buyer);
    draft->buyer = buyer;
    if (sp_xml_next(contracting, "ContractingParty") != NULL) {
        SP_BUILDER_WARN(builder, "buyer", "Zamawiających jest kilku; pokazujemy pierwszego.",
                        "There are several buyers; the first is shown.");
    }
}

static void add_codes(struct sp_draft_builder *builder, const xmlNode *project, const char *name,
                      struct sp_text_list list, const char *place)
{
    for (const xmlNode *node = sp_xml_child(project, name); node != NULL;
         node = sp_xml_next(node, name)) {
        for (const xmlNode *code = sp_xml_child(node, "ItemClassificationCode"); code != NULL;
             code = sp_xml_next(code, "ItemClassificationCode")) {
            struct sp_view text = sp_view_of(sp_build_text(builder, code, place));
            sp_build_add_cpv(builder, list, text, place);
        }
    }
}

static void add_places(struct sp_draft_builder *builder, const xmlNode *project,
                       struct sp_text_list list, const char *place)
{
    static const char *const NAMES[] = {"CountrySubentityCode", "CityName"};
    for (const xmlNode *location = sp_xml_child(project, "RealizedLocation"); location != NULL;
         location = sp_xml_next(location, "RealizedLocation")) {
        const xmlNode *address = sp_xml_child(location, "Address");
        for (size_t i = 0; i < SP_COUNT(NAMES); i++) {
            const xmlNode *node = sp_xml_child(address, NAMES[i]);
            sp_build_add(builder, list, sp_view_of(sp_build_text(builder, node, place)));
        }
    }
}

static const char *duration_unit(struct sp_view unit_code)
{
    return sp_view_is(unit_code, "MONTH")  ? "month"
           : sp_view_is(unit_code, "DAY")  ? "day"
           : sp_view_is(unit_code, "WEEK") ? "week"
           : sp_view_is(unit_code, "YEAR") ? "year"
                                           : NULL;
}

static const xmlNode *estimated_value(const xmlNode *project)
{
    return sp_xml_path(project, "RequestedTenderTotal/EstimatedOverallContractAmount");
}

/** "lots[2].cpv" for the lot added last. */
static const char *lot_place(const Spoina__V1__Draft *draft, const char *field,
                             char place[PLACE_BYTES])
{
    (void)snprintf(place, PLACE_BYTES, "lots[%zu].%s", draft->n_lots - 1, field);
    return place;
}

static void read_period(struct sp_draft_builder *builder, const xmlNode *period,
                        const Spoina__V1__Draft *draft, Spoina__V1__Lot *lot)
{
    char place[PLACE_BYTES];
    lot->from =
        sp_build_date(builder, sp_xml_child(period, "StartDate"), lot_place(draft, "from", place));
    lot->to =
        sp_build_date(builder, sp_xml_child(period, "EndDate"), lot_place(draft, "to", place));
    const xmlNode *duration = sp_xml_child(period, "DurationMeasure");
    sp_build_duration(builder, lot, duration, duration_unit(sp_xml_attribute(duration, "unitCode")),
                      lot_place(draft, "duration", place));
}

/** Write the lot as it is shown: its title as a heading, then its description. */
static void write_lot(struct sp_draft_builder *builder, Spoina__V1__Lot *lot)
{
    (void)sp_text_heading(builder, 2, sp_view_of(lot->title));
    struct sp_words words = sp_text_lines(builder, sp_view_of(lot->description));
    sp_build_source(builder, &lot->sources, &lot->n_sources, words);
}

static void read_lot(struct sp_draft_builder *builder, const xmlNode *node, struct sp_view language,
                     Spoina__V1__Draft *draft)
{
    struct sp_view kind = sp_xml_attribute(sp_xml_child(node, "ID"), "schemeName");
    if (sp_view_is(kind, "LotsGroup")) {
        return; /* only says which lots are awarded together */
    }
    Spoina__V1__Lot *lot = sp_build_lot(builder, draft);
    if (lot == NULL) {
        return;
    }
    char place[PLACE_BYTES];
    const xmlNode *project = sp_xml_child(node, "ProcurementProject");
    lot->id = sp_build_text(builder, sp_xml_child(node, "ID"), lot_place(draft, "id", place));
    lot->title = sp_build_text(builder, sp_eforms_choose_language(project, "Name", language),
                               lot_place(draft, "title", place));
    lot->description =
        sp_build_text(builder, sp_eforms_choose_language(project, "Description", language),
                      lot_place(draft, "description", place));
    (void)lot_place(draft, "cpv", place);
    add_codes(builder, project, "MainCommodityClassification", SP_TEXT_LIST(lot, cpv), place);
    add_codes(builder, project, "AdditionalCommodityClassification", SP_TEXT_LIST(lot, cpv), place);
    add_places(builder, project, SP_TEXT_LIST(lot, places), lot_place(draft, "places", place));
    read_period(builder, sp_xml_child(project, "PlannedPeriod"), draft, lot);
    const xmlNode *value = estimated_value(project);
    if (sp_build_grosz(builder, value, sp_xml_attribute(value, "currencyID"),
                       lot_place(draft, "value_grosz", place), &lot->value_grosz)) {
        lot->_value_grosz_case = SPOINA__V1__LOT___VALUE_GROSZ_VALUE_GROSZ;
    }
    write_lot(builder, lot);
    sp_eforms_read_terms(builder, node, language, lot);
}

/** Take the earliest deadline of all lots: who keeps it is in time for each. */
static void read_deadline(struct sp_draft_builder *builder, const xmlNode *lot,
                          Spoina__V1__Draft *draft)
{
    static const char *const NAMES[] = {"TenderSubmissionDeadlinePeriod",
                                        "ParticipationRequestReceptionPeriod"};
    const xmlNode *process = sp_xml_child(lot, "TenderingProcess");
    for (size_t i = 0; i < SP_COUNT(NAMES); i++) {
        const xmlNode *date = sp_xml_child(sp_xml_child(process, NAMES[i]), "EndDate");
        char *day = sp_build_date(builder, date, "deadline");
        if (*day == '\0') {
            continue;
        }
        if (*draft->deadline != '\0' && strcmp(day, draft->deadline) != 0) {
            SP_BUILDER_WARN(builder, "deadline",
                            "Części mają różne terminy; pokazujemy najbliższy.",
                            "The lots have different deadlines; the first is shown.");
        }
        if (*draft->deadline == '\0' || strcmp(day, draft->deadline) < 0) {
            draft->deadline = day;
        }
        return;
    }
}

static void read_reference(struct sp_draft_builder *builder, const xmlNode *root,
                           Spoina__V1__Draft *draft)
{
    const xmlNode *publication = sp_xml_find(root, "Publication");
    const xmlNode *number = sp_xml_child(publication, "NoticePublicationID");
    const xmlNode *day = sp_xml_child(publication, "PublicationDate");
    number = number != NULL ? number : sp_xml_child(root, "ID");
    day = day != NULL ? day : sp_xml_child(root, "IssueDate");
    draft->reference = sp_build_text(builder, number, "reference");
    draft->published_on = sp_build_date(builder, day, "published_on");
}

static void read_kind(struct sp_draft_builder *builder, const xmlNode *project,
                      Spoina__V1__Draft *draft)
{
    const xmlNode *code = sp_xml_child(project, "ProcurementTypeCode");
    struct sp_view kind = sp_view_of(sp_build_text(builder, code, "kind"));
    draft->kind = sp_view_is(kind, "services")   ? SPOINA__V1__PURCHASE_KIND__PURCHASE_KIND_SERVICES
                  : sp_view_is(kind, "supplies") ? SPOINA__V1__PURCHASE_KIND__PURCHASE_KIND_SUPPLIES
                  : sp_view_is(kind, "works")    ? SPOINA__V1__PURCHASE_KIND__PURCHASE_KIND_WORKS
                                                 : draft->kind;
}

enum sp_status sp_eforms_read(struct sp_draft_builder *builder, const xmlNode *root,
                              Spoina__V1__Draft *draft, struct sp_error *err)
{
    const xmlNode *language_node = sp_xml_child(root, "NoticeLanguageCode");
    struct sp_view language = sp_view_of(sp_build_text(builder, language_node, "language"));
    read_reference(builder, root, draft);
    read_buyer(builder, root, language, draft);
    const xmlNode *project = sp_xml_child(root, "ProcurementProject");
    draft->title =
        sp_build_text(builder, sp_eforms_choose_language(project, "Name", language), "title");
    draft->description = sp_build_text(
        builder, sp_eforms_choose_language(project, "Description", language), "description");
    struct sp_words title = sp_text_heading(builder, 1, sp_view_of(draft->title));
    sp_build_source(builder, &draft->sources, &draft->n_sources, title);
    (void)sp_text_lines(builder, sp_view_of(draft->description));
    read_kind(builder, project, draft);
    add_codes(builder, project, "MainCommodityClassification", SP_TEXT_LIST(draft, cpv), "cpv");
    add_codes(builder, project, "AdditionalCommodityClassification", SP_TEXT_LIST(draft, cpv),
              "cpv");
    add_places(builder, project, SP_TEXT_LIST(draft, places), "places");
    const xmlNode *value = estimated_value(project);
    struct sp_view currency = sp_xml_attribute(value, "currencyID");
    draft->currency = sp_build_copy(builder, currency);
    if (sp_build_grosz(builder, value, currency, "value_grosz", &draft->value_grosz)) {
        draft->_value_grosz_case = SPOINA__V1__DRAFT___VALUE_GROSZ_VALUE_GROSZ;
    }
    for (const xmlNode *lot = sp_xml_child(root, "ProcurementProjectLot");
         lot != NULL && builder->status == SP_OK; lot = sp_xml_next(lot, "ProcurementProjectLot")) {
        read_lot(builder, lot, language, draft);
        read_deadline(builder, lot, draft);
    }
    return builder->status == SP_OK ? SP_OK : SP_FAIL_NOMEM(err);
}
