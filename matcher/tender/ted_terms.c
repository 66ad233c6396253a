/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * What a TED_EXPORT form demands: reservations, award criteria, conditions; see draft_terms.h.
 *
 * Criteria stand in each OBJECT_DESCR (schema R2.0.9) or once for all (R2.0.7 and R2.0.8);
 * reservations and conditions in LEFTI, "legal, economic, financial and technical information".
 */
#include <stdio.h>

#include "matcher/tender/draft_terms.h"

#define CLAUSE(tail) SPOINA__V1__CLAUSE_KIND__CLAUSE_KIND_##tail
#define PRICE SPOINA__V1__CRITERION_KIND__CRITERION_KIND_PRICE
#define UNSPECIFIED SPOINA__V1__CRITERION_KIND__CRITERION_KIND_UNSPECIFIED

/** Add one criterion and write it as a line: "Cena: 60 %". */
static void add_criterion(struct sp_draft_builder *builder, struct sp_term_lists lists,
                          struct sp_view name, const xmlNode *weight_node,
                          Spoina__V1__CriterionKind kind)
{
    struct sp_view weight = sp_view_of(sp_build_text(builder, weight_node, "criteria"));
    char *line = sp_arena_printf(builder->arena, "%.*s%s%.*s", SP_VIEW_ARGS(name),
                                 weight.length > 0 ? ": " : "", SP_VIEW_ARGS(weight));
    if (line == NULL) {
        builder->status = SP_NOMEM;
        return;
    }
    struct sp_words words = sp_text_lines(builder, sp_view_of(line));
    sp_build_criterion(builder, lists, name, weight, kind, words);
}

/** Criteria of one OBJECT_DESCR: AC holds AC_PRICE, AC_COST and AC_QUALITY in any number. */
void sp_ted_read_criteria(struct sp_draft_builder *builder, const xmlNode *descr,
                          struct sp_term_lists lists)
{
    const xmlNode *ac = sp_xml_child(descr, "AC");
    for (const xmlNode *at = ac == NULL ? NULL : ac->children;
         at != NULL && builder->status == SP_OK; at = at->next) {
        const xmlNode *weight = sp_xml_child(at, "AC_WEIGHTING");
        if (sp_xml_is(at, "AC_PRICE")) {
            add_criterion(builder, lists, sp_view_of("Cena"), weight, PRICE);
        } else if (sp_xml_is(at, "AC_COST") || sp_xml_is(at, "AC_QUALITY")) {
            const xmlNode *name = sp_xml_child(at, "AC_CRITERION");
            struct sp_view words = sp_view_of(sp_build_text(builder, name, "criteria"));
            bool cost = sp_xml_is(at, "AC_COST") || sp_criterion_is_price(words);
            add_criterion(builder, lists, words, weight, cost ? PRICE : UNSPECIFIED);
        } else if (sp_xml_is(at, "AC_CRITERION")) { /* of concessions: in order, without weights */
            struct sp_view words = sp_view_of(sp_build_text(builder, at, "criteria"));
            add_criterion(builder, lists, words, NULL,
                          sp_criterion_is_price(words) ? PRICE : UNSPECIFIED);
        }
    }
}

/** Criteria of schemas R2.0.7 and R2.0.8, which the whole notice shares. */
static void read_old_criteria(struct sp_draft_builder *builder, const xmlNode *form,
                              struct sp_term_lists lists)
{
    if (sp_xml_find(form, "LOWEST_PRICE") != NULL) {
        add_criterion(builder, lists, sp_view_of("Cena"), NULL, PRICE);
    }
    for (const xmlNode *at = sp_xml_find(form, "CRITERIA_DEFINITION");
         at != NULL && builder->status == SP_OK;
         at = sp_xml_find_next(form, at, "CRITERIA_DEFINITION")) {
        const xmlNode *name = sp_xml_child(at, "CRITERIA");
        struct sp_view words = sp_view_of(sp_build_text(builder, name, "criteria"));
        add_criterion(builder, lists, words, sp_xml_child(at, "WEIGHTING"),
                      sp_criterion_is_price(words) ? PRICE : UNSPECIFIED);
    }
}

/** Elements that say by being there who may take part, and the field of the form they stand for. */
static const struct {
    const char *element;
    Spoina__V1__ClauseKind kind;
    bool performers; /* only performance is reserved */
    const char *words;
} RESERVATIONS[] = {
    {"RESTRICTED_SHELTERED_WORKSHOP", CLAUSE(ART_94), false,
     "Zamówienie zastrzeżone dla zakładów pracy chronionej i wykonawców, których celem jest "
     "integracja społeczna i zawodowa (III.1.5)"},
    {"RESERVED_ORGANISATIONS_SERVICE_MISSION", CLAUSE(ART_361), false,
     "Udział zastrzeżony dla organizacji realizujących misję publiczną (III.1.5)"},
    {"RESTRICTED_SHELTERED_PROGRAM", CLAUSE(ART_94), true,
     "Realizacja zamówienia w ramach programów zatrudnienia chronionego (III.1.5)"},
    {"RESTRICTED_TO_SHELTERED_WORKSHOPS", CLAUSE(ART_94), false,
     "Zamówienie zastrzeżone dla zakładów pracy chronionej"},
    {"RESTRICTED_TO_FRAMEWORK", CLAUSE(ART_94), true,
     "Realizacja zamówienia w ramach programów zatrudnienia chronionego"},
};

static void read_reservations(struct sp_draft_builder *builder, const xmlNode *form,
                              Spoina__V1__Draft *draft)
{
    for (size_t i = 0; i < SP_COUNT(RESERVATIONS); i++) {
        if (sp_xml_find(form, RESERVATIONS[i].element) == NULL) {
            continue;
        }
        struct sp_view words = sp_view_of(RESERVATIONS[i].words);
        struct sp_words where = sp_text_lines(builder, words);
        Spoina__V1__Clause *clause =
            sp_build_clause(builder, SP_TERM_LISTS(draft), RESERVATIONS[i].kind, words, where);
        if (clause != NULL && RESERVATIONS[i].performers) {
            clause->scope = SPOINA__V1__CLAUSE_SCOPE__CLAUSE_SCOPE_PERFORMERS;
        }
    }
}

/** Conditions in words, under the headings of the form. */
static const struct {
    const char *element;
    const char *heading;
} CONDITIONS[] = {
    {"SUITABILITY", "Zdolność do prowadzenia działalności zawodowej"},
    {"ECONOMIC_FINANCIAL_INFO", "Sytuacja ekonomiczna i finansowa"},
    {"ECONOMIC_FINANCIAL_MIN_LEVEL", "Sytuacja ekonomiczna i finansowa: minimalny poziom"},
    {"TECHNICAL_PROFESSIONAL_INFO", "Zdolność techniczna i kwalifikacje zawodowe"},
    {"TECHNICAL_PROFESSIONAL_MIN_LEVEL",
     "Zdolność techniczna i kwalifikacje zawodowe: minimalny poziom"},
    {"RULES_CRITERIA", "Zasady i kryteria uczestnictwa"},
    {"REFERENCE_TO_LAW", "Świadczenie usługi zastrzeżone dla określonego zawodu"},
    {"PERFORMANCE_CONDITIONS", "Warunki realizacji umowy"},
    /* R2.0.7 and R2.0.8 */
    {"TOTAL_QUANTITY_OR_SCOPE", "Całkowita wielkość lub zakres"},
    {"ECONOMIC_OPERATORS_PERSONAL_SITUATION", "Sytuacja podmiotowa wykonawców"},
    {"F17_ECONOMIC_FINANCIAL_CAPACITY", "Sytuacja ekonomiczna i finansowa"},
    {"TECHNICAL_CAPACITY_LEFTI", "Kwalifikacje techniczne"},
    {"EXISTENCE_OTHER_PARTICULAR_CONDITIONS", "Inne szczególne warunki"},
};

static void read_kind(const xmlNode *root, const xmlNode *form, Spoina__V1__Draft *draft)
{
    struct sp_view type = sp_xml_attribute(sp_xml_find(form, "TYPE_CONTRACT"), "CTYPE");
    const xmlNode *coded = sp_xml_path(root, "CODED_DATA_SECTION/CODIF_DATA");
    struct sp_view code = sp_xml_attribute(sp_xml_child(coded, "NC_CONTRACT_NATURE"), "CODE");
    if (sp_view_is(type, "SERVICES") || (type.length == 0 && sp_view_is(code, "4"))) {
        draft->kind = SPOINA__V1__PURCHASE_KIND__PURCHASE_KIND_SERVICES;
    } else if (sp_view_is(type, "SUPPLIES") || (type.length == 0 && sp_view_is(code, "2"))) {
        draft->kind = SPOINA__V1__PURCHASE_KIND__PURCHASE_KIND_SUPPLIES;
    } else if (sp_view_is(type, "WORKS") || (type.length == 0 && sp_view_is(code, "1"))) {
        draft->kind = SPOINA__V1__PURCHASE_KIND__PURCHASE_KIND_WORKS;
    }
}

static void read_buyer_class(const xmlNode *form, Spoina__V1__Draft *draft)
{
    struct sp_view type = sp_xml_attribute(sp_xml_find(form, "CA_TYPE"), "VALUE");
    if (draft->buyer == NULL) {
        return;
    }
    if (sp_xml_find(form, "CE_ACTIVITY") != NULL) {
        draft->buyer->class_ = SPOINA__V1__BUYER_CLASS__BUYER_CLASS_SECTORAL;
    } else if (sp_view_starts_with(type, sp_view_of("REGIONAL_"))) {
        draft->buyer->class_ = SPOINA__V1__BUYER_CLASS__BUYER_CLASS_LOCAL;
    } else if (sp_view_is(type, "MINISTRY") || sp_view_starts_with(type, sp_view_of("NATIONAL_"))) {
        draft->buyer->class_ = SPOINA__V1__BUYER_CLASS__BUYER_CLASS_CENTRAL;
    }
}

void sp_ted_read_terms(struct sp_draft_builder *builder, const xmlNode *root, const xmlNode *form,
                       Spoina__V1__Draft *draft)
{
    read_kind(root, form, draft);
    read_buyer_class(form, draft);
    read_old_criteria(builder, form, SP_TERM_LISTS(draft));
    read_reservations(builder, form, draft);
    for (size_t i = 0; i < SP_COUNT(CONDITIONS) && builder->status == SP_OK; i++) {
        sp_text_section(builder, CONDITIONS[i].heading, sp_xml_find(form, CONDITIONS[i].element));
    }
}
