/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * TED_EXPORT into a draft.
 *
 * Two generations of forms lie in FORM_SECTION, one element a language:
 *   - schema R2.0.9 (forms F01-F25 and T01): OBJECT_CONTRACT with OBJECT_DESCR for each lot;
 *   - schemas R2.0.7 and R2.0.8 (of which the defence forms lived on): element names differ from
 *     form to form, so they are looked for by what they hold, wherever they stand.
 * CODED_DATA_SECTION holds the dates and numbers of the notice, whatever the form.
 */
#include <stdio.h>

#include "matcher/tender/draft_terms.h"

enum { PLACE_BYTES = 64, PLACE_TEXT_MAX_BYTES = 512 };

/** Choose the form to read: Polish, else the original language, else the first. */
static const xmlNode *choose_form(struct sp_draft_builder *builder, const xmlNode *root)
{
    const xmlNode *original_node = sp_xml_path(root, "CODED_DATA_SECTION/NOTICE_DATA/LG_ORIG");
    struct sp_view original = sp_view_of(sp_build_text(builder, original_node, "LG_ORIG"));
    const xmlNode *section = sp_xml_child(root, "FORM_SECTION");
    const xmlNode *first = NULL;
    const xmlNode *in_original = NULL;
    for (const xmlNode *form = section == NULL ? NULL : section->children; form != NULL;
         form = form->next) {
        if (form->type != XML_ELEMENT_NODE || sp_xml_is(form, "NOTICE_UUID")) {
            continue;
        }
        struct sp_view language = sp_xml_attribute(form, "LG");
        if (sp_view_is(language, "PL")) {
            return form;
        }
        first = first == NULL ? form : first;
        if (in_original == NULL && language.length > 0 && sp_view_equal(language, original)) {
            in_original = form;
        }
    }
    return in_original != NULL ? in_original : first;
}

static void read_buyer(struct sp_draft_builder *builder, const xmlNode *form,
                       Spoina__V1__Draft *draft)
{
    const xmlNode *body = sp_xml_find(form, "ADDRESS_CONTRACTING_BODY");
    body = body != NULL ? body : sp_xml_find(form, "CA_CE_CONCESSIONAIRE_PROFILE");
    Spoina__V1__Buyer *buyer = sp_arena_alloc(builder->arena, sizeof *buyer);
    if (body == NULL || buyer == NULL) {
        builder->status = buyer == NULL ? SP_NOMEM : builder->status;
        return;
    }
    spoina__v1__buyer__init(buyer);
    buyer->name = sp_build_text(builder, sp_xml_find(body, "OFFICIALNAME"), "buyer.name");
    buyer->town = sp_build_text(builder, sp_xml_find(body, "TOWN"), "buyer.town");
    buyer->national_id =
        sp_build_text(builder, sp_xml_find(body, "NATIONALID"), "buyer.national_id");
    buyer->nuts = sp_build_copy(builder, sp_xml_attribute(sp_xml_find(body, "NUTS"), "CODE"));
    draft->buyer = buyer;
}

/** Add the codes of all @p name elements below @p top: CPV_MAIN or CPV_ADDITIONAL. */
static void add_codes(struct sp_draft_builder *builder, const xmlNode *top, const char *name,
                      struct sp_text_list list, const char *place)
{
    for (const xmlNode *holder = sp_xml_find(top, name); holder != NULL;
         holder = sp_xml_find_next(top, holder, name)) {
        const xmlNode *code = sp_xml_child(holder, "CPV_CODE");
        sp_build_add_cpv(builder, list, sp_xml_attribute(code, "CODE"), place);
    }
}

/** Add NUTS codes first, since they are sure, then the place in words. */
static void add_places(struct sp_draft_builder *builder, const xmlNode *top, const char *words_name,
                       struct sp_text_list list, const char *place)
{
    for (const xmlNode *nuts = sp_xml_child(top, "NUTS"); nuts != NULL;
         nuts = sp_xml_next(nuts, "NUTS")) {
        sp_build_add(builder, list, sp_xml_attribute(nuts, "CODE"));
    }
    for (const xmlNode *words = sp_xml_child(top, words_name); words != NULL;
         words = sp_xml_next(words, words_name)) {
        struct sp_view text = sp_view_of(sp_build_text(builder, words, place));
        if (text.length <= PLACE_TEXT_MAX_BYTES) {
            sp_build_add(builder, list, text);
        } else {
            SP_BUILDER_WARN(builder, place, "Opis miejsca ma ponad %d bajtów; pominięto go.",
                            "The description of the place has over %d bytes; it was left out.",
                            PLACE_TEXT_MAX_BYTES);
        }
    }
}

/** First of the elements @p names (ended by NULL) among the children of @p parent. */
static const xmlNode *first_child_of(const xmlNode *parent, const char *const *names)
{
    const xmlNode *found = NULL;
    for (; *names != NULL && found == NULL; names++) {
        found = sp_xml_child(parent, *names);
    }
    return found;
}

static void read_lot_value(struct sp_draft_builder *builder, const xmlNode *descr,
                           Spoina__V1__Lot *lot, const char *place)
{
    static const char *const NAMES[] = {"VAL_OBJECT", "VAL_ESTIMATED_TOTAL", NULL};
    const xmlNode *value = first_child_of(descr, NAMES);
    if (sp_build_grosz(builder, value, sp_xml_attribute(value, "CURRENCY"), place,
                       &lot->value_grosz)) {
        lot->_value_grosz_case = SPOINA__V1__LOT___VALUE_GROSZ_VALUE_GROSZ;
    }
}

/** "lots[2].cpv" for the lot added last. */
static const char *lot_place(const Spoina__V1__Draft *draft, const char *field,
                             char place[PLACE_BYTES])
{
    (void)snprintf(place, PLACE_BYTES, "lots[%zu].%s", draft->n_lots - 1, field);
    return place;
}

static const char *duration_unit(struct sp_view type)
{
    return sp_view_is(type, "MONTH")  ? "month"
           : sp_view_is(type, "DAY")  ? "day"
           : sp_view_is(type, "YEAR") ? "year"
                                      : NULL;
}

/** Id of a lot: its number in the notice, behind the number of its object if there are several. */
static char *lot_id(struct sp_draft_builder *builder, const xmlNode *object, const xmlNode *descr,
                    const Spoina__V1__Draft *draft)
{
    char id[80];
    const char *number = sp_build_text(builder, sp_xml_child(descr, "LOT_NO"), "lots.id");
    bool several = sp_xml_next(object, "OBJECT_CONTRACT") != NULL ||
                   !sp_view_is(sp_xml_attribute(object, "ITEM"), "1");
    struct sp_view item = sp_xml_attribute(object, "ITEM");
    if (*number == '\0') {
        (void)snprintf(id, sizeof id, "%zu", draft->n_lots);
    } else if (several && item.length > 0) {
        (void)snprintf(id, sizeof id, "%.*s/%.40s", SP_VIEW_ARGS(item), number);
    } else {
        return (char *)number;
    }
    return sp_build_copy(builder, sp_view_of(id));
}

static struct sp_view main_code(const xmlNode *object)
{
    return sp_xml_attribute(sp_xml_path(object, "CPV_MAIN/CPV_CODE"), "CODE");
}

/** Write the lot as it is shown: its title as a heading, then its description. */
static void write_lot(struct sp_draft_builder *builder, Spoina__V1__Lot *lot)
{
    (void)sp_text_heading(builder, 2, sp_view_of(lot->title));
    struct sp_words words = sp_text_lines(builder, sp_view_of(lot->description));
    sp_build_source(builder, &lot->sources, &lot->n_sources, words);
}

static void read_lot(struct sp_draft_builder *builder, const xmlNode *object, const xmlNode *descr,
                     Spoina__V1__Draft *draft)
{
    Spoina__V1__Lot *lot = sp_build_lot(builder, draft);
    if (lot == NULL) {
        return;
    }
    char place[PLACE_BYTES];
    lot->id = lot_id(builder, object, descr, draft);
    const xmlNode *title = sp_xml_child(descr, "TITLE");
    title = title != NULL ? title : sp_xml_child(object, "TITLE");
    lot->title = sp_build_text(builder, title, lot_place(draft, "title", place));
    lot->description = sp_build_text(builder, sp_xml_child(descr, "SHORT_DESCR"),
                                     lot_place(draft, "description", place));
    (void)lot_place(draft, "cpv", place);
    struct sp_text_list codes = SP_TEXT_LIST(lot, cpv);
    add_codes(builder, descr, "CPV_MAIN", codes, place);
    if (lot->n_cpv == 0) { /* the forms of 2014 have one main code for all lots */
        sp_build_add_cpv(builder, codes, main_code(object), place);
    }
    add_codes(builder, descr, "CPV_ADDITIONAL", codes, place);
    add_places(builder, descr, "MAIN_SITE", SP_TEXT_LIST(lot, places),
               lot_place(draft, "places", place));
    lot->from =
        sp_build_date(builder, sp_xml_child(descr, "DATE_START"), lot_place(draft, "from", place));
    lot->to =
        sp_build_date(builder, sp_xml_child(descr, "DATE_END"), lot_place(draft, "to", place));
    const xmlNode *duration = sp_xml_child(descr, "DURATION");
    sp_build_duration(builder, lot, duration, duration_unit(sp_xml_attribute(duration, "TYPE")),
                      lot_place(draft, "duration", place));
    read_lot_value(builder, descr, lot, lot_place(draft, "value_grosz", place));
    write_lot(builder, lot);
    sp_ted_read_criteria(builder, descr, SP_TERM_LISTS(lot));
}

static void write_draft(struct sp_draft_builder *builder, Spoina__V1__Draft *draft)
{
    struct sp_words title = sp_text_heading(builder, 1, sp_view_of(draft->title));
    sp_build_source(builder, &draft->sources, &draft->n_sources, title);
    (void)sp_text_lines(builder, sp_view_of(draft->description));
}

static void set_value(struct sp_draft_builder *builder, const xmlNode *amount,
                      struct sp_view currency, Spoina__V1__Draft *draft)
{
    draft->currency = sp_build_copy(builder, currency);
    if (sp_build_grosz(builder, amount, currency, "value_grosz", &draft->value_grosz)) {
        draft->_value_grosz_case = SPOINA__V1__DRAFT___VALUE_GROSZ_VALUE_GROSZ;
    }
}

/** Read one OBJECT_CONTRACT of schema R2.0.9; a prior information notice may have several. */
static void read_object(struct sp_draft_builder *builder, const xmlNode *object,
                        Spoina__V1__Draft *draft, bool first)
{
    static const char *const VALUES[] = {"VAL_ESTIMATED_TOTAL", "VAL_TOTAL", NULL};
    if (first) {
        draft->title = sp_build_text(builder, sp_xml_child(object, "TITLE"), "title");
        draft->description =
            sp_build_text(builder, sp_xml_child(object, "SHORT_DESCR"), "description");
        write_draft(builder, draft);
        const xmlNode *value = first_child_of(object, VALUES);
        set_value(builder, value, sp_xml_attribute(value, "CURRENCY"), draft);
    }
    sp_build_add_cpv(builder, SP_TEXT_LIST(draft, cpv), main_code(object), "cpv");
    for (const xmlNode *descr = sp_xml_child(object, "OBJECT_DESCR");
         descr != NULL && builder->status == SP_OK; descr = sp_xml_next(descr, "OBJECT_DESCR")) {
        read_lot(builder, object, descr, draft);
    }
}

/** Read the lots of schema R2.0.8: one annex (..._ANNEX_B) each. */
static void read_annexes(struct sp_draft_builder *builder, const xmlNode *form,
                         Spoina__V1__Draft *draft)
{
    for (const xmlNode *number = sp_xml_find(form, "LOT_NUMBER");
         number != NULL && builder->status == SP_OK;
         number = sp_xml_find_next(form, number, "LOT_NUMBER")) {
        const xmlNode *annex = number->parent;
        if (sp_xml_child(annex, "CPV") == NULL && sp_xml_child(annex, "LOT_DESCRIPTION") == NULL) {
            continue; /* the award of a lot, not its description */
        }
        Spoina__V1__Lot *lot = sp_build_lot(builder, draft);
        if (lot == NULL) {
            return;
        }
        char place[PLACE_BYTES];
        lot->id = sp_build_text(builder, number, lot_place(draft, "id", place));
        lot->title = sp_build_text(builder, sp_xml_child(annex, "LOT_TITLE"),
                                   lot_place(draft, "title", place));
        lot->description = sp_build_text(builder, sp_xml_child(annex, "LOT_DESCRIPTION"),
                                         lot_place(draft, "description", place));
        (void)lot_place(draft, "cpv", place);
        add_codes(builder, sp_xml_child(annex, "CPV"), "CPV_MAIN", SP_TEXT_LIST(lot, cpv), place);
        add_codes(builder, sp_xml_child(annex, "CPV"), "CPV_ADDITIONAL", SP_TEXT_LIST(lot, cpv),
                  place);
        write_lot(builder, lot);
    }
}

static void read_old_form(struct sp_draft_builder *builder, const xmlNode *form,
                          Spoina__V1__Draft *draft)
{
    draft->title = sp_build_text(builder, sp_xml_find(form, "TITLE_CONTRACT"), "title");
    draft->description =
        sp_build_text(builder, sp_xml_find(form, "SHORT_CONTRACT_DESCRIPTION"), "description");
    write_draft(builder, draft);
    const xmlNode *codes = sp_xml_find(form, "CPV");
    add_codes(builder, codes, "CPV_MAIN", SP_TEXT_LIST(draft, cpv), "cpv");
    add_codes(builder, codes, "CPV_ADDITIONAL", SP_TEXT_LIST(draft, cpv), "cpv");
    add_places(builder, sp_xml_find(form, "LOCATION_NUTS"), "LOCATION", SP_TEXT_LIST(draft, places),
               "places");
    const xmlNode *costs = sp_xml_find(form, "COSTS_RANGE_AND_CURRENCY");
    costs = costs != NULL ? costs : sp_xml_find(form, "COSTS_RANGE_AND_CURRENCY_WITH_VAT_RATE");
    set_value(builder, sp_xml_child(costs, "VALUE_COST"), sp_xml_attribute(costs, "CURRENCY"),
              draft);
    read_annexes(builder, form, draft);
}

/** Read what the publisher coded, whatever the form. */
static void read_coded_data(struct sp_draft_builder *builder, const xmlNode *root,
                            const xmlNode *form, Spoina__V1__Draft *draft)
{
    const xmlNode *coded = sp_xml_child(root, "CODED_DATA_SECTION");
    const xmlNode *data = sp_xml_child(coded, "NOTICE_DATA");
    draft->reference = sp_build_text(builder, sp_xml_child(data, "NO_DOC_OJS"), "reference");
    draft->published_on =
        sp_build_date(builder, sp_xml_path(coded, "REF_OJS/DATE_PUB"), "published_on");
    const xmlNode *deadline = sp_xml_find(form, "DATE_RECEIPT_TENDERS");
    if (deadline == NULL) {
        deadline = sp_xml_path(coded, "CODIF_DATA/DT_DATE_FOR_SUBMISSION");
    }
    draft->deadline = sp_build_date(builder, deadline, "deadline");
    bool form_has_places = draft->n_places > 0;
    for (const xmlNode *nuts = sp_xml_child(data, "PERFORMANCE_NUTS");
         nuts != NULL && !form_has_places; nuts = sp_xml_next(nuts, "PERFORMANCE_NUTS")) {
        sp_build_add(builder, SP_TEXT_LIST(draft, places), sp_xml_attribute(nuts, "CODE"));
    }
    bool form_has_codes = draft->n_cpv > 0;
    for (const xmlNode *code = sp_xml_child(data, "ORIGINAL_CPV"); code != NULL && !form_has_codes;
         code = sp_xml_next(code, "ORIGINAL_CPV")) {
        sp_build_add_cpv(builder, SP_TEXT_LIST(draft, cpv), sp_xml_attribute(code, "CODE"), "cpv");
    }
}

enum sp_status sp_ted_read(struct sp_draft_builder *builder, const xmlNode *root,
                           Spoina__V1__Draft *draft, struct sp_error *err)
{
    const xmlNode *form = choose_form(builder, root);
    if (form == NULL) {
        return SP_FAIL(err, SP_INVALID, "notice.content",
                       "Plik TED_EXPORT nie zawiera formularza (FORM_SECTION).",
                       "The TED_EXPORT file holds no form (FORM_SECTION).");
    }
    read_buyer(builder, form, draft);
    const xmlNode *object = sp_xml_child(form, "OBJECT_CONTRACT");
    if (object == NULL) {
        read_old_form(builder, form, draft);
    }
    for (bool first = true; object != NULL && builder->status == SP_OK; first = false) {
        read_object(builder, object, draft, first);
        object = sp_xml_next(object, "OBJECT_CONTRACT");
    }
    sp_ted_read_terms(builder, root, form, draft);
    read_coded_data(builder, root, form, draft);
    return builder->status == SP_OK ? SP_OK : SP_FAIL_NOMEM(err);
}
