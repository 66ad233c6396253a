/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * What an eForms notice demands of a lot: reservations (BT-71, BT-736), award criteria (BG-707),
 * selection criteria (BT-750), conditions of performance (BT-70), social aims (BT-06, BT-775),
 * accessibility (BT-754) and quantity (BT-25); see draft_terms.h.
 *
 * Codes are told apart by the attribute listName, as the schema leaves one element to several
 * lists.
 */
#include <stdio.h>

#include "matcher/tender/draft_terms.h"

#define CLAUSE(tail) SPOINA__V1__CLAUSE_KIND__CLAUSE_KIND_##tail

/** Text of the element @p name of @p parent if it is a code of @p list; else empty. */
static struct sp_view code_of(struct sp_draft_builder *builder, const xmlNode *parent,
                              const char *name, const char *list)
{
    const xmlNode *node = sp_xml_child(parent, name);
    if (!sp_view_is(sp_xml_attribute(node, "listName"), list)) {
        return sp_view_of(NULL);
    }
    return sp_view_of(sp_build_text(builder, node, list));
}

static struct sp_view text_in(struct sp_draft_builder *builder, const xmlNode *parent,
                              const char *name, struct sp_view language, const char *place)
{
    return sp_view_of(
        sp_build_text(builder, sp_eforms_choose_language(parent, name, language), place));
}

/** BT-71: who may take part. */
static void read_participation(struct sp_draft_builder *builder, const xmlNode *terms,
                               struct sp_term_lists lists)
{
    for (const xmlNode *request = sp_xml_child(terms, "TendererQualificationRequest");
         request != NULL; request = sp_xml_next(request, "TendererQualificationRequest")) {
        for (const xmlNode *at = sp_xml_child(request, "SpecificTendererRequirement"); at != NULL;
             at = sp_xml_next(at, "SpecificTendererRequirement")) {
            struct sp_view code =
                code_of(builder, at, "TendererRequirementTypeCode", "reserved-procurement");
            struct sp_view words = sp_view_of(
                sp_view_is(code, "res-ws")
                    ? "Udział zastrzeżony dla zakładów pracy chronionej i wykonawców, których "
                      "celem jest integracja społeczna i zawodowa (BT-71)"
                : sp_view_is(code, "res-pub-ser")
                    ? "Udział zastrzeżony dla organizacji realizujących misję publiczną (BT-71)"
                    : NULL);
            if (words.length > 0) {
                struct sp_words where = sp_text_lines(builder, words);
                (void)sp_build_clause(builder, lists,
                                      sp_view_is(code, "res-ws") ? CLAUSE(ART_94) : CLAUSE(ART_361),
                                      words, where);
            }
        }
    }
}

/** BT-736 and BT-70: how it must be performed. */
static void read_execution(struct sp_draft_builder *builder, const xmlNode *terms,
                           struct sp_view language, struct sp_term_lists lists)
{
    for (const xmlNode *at = sp_xml_child(terms, "ContractExecutionRequirement"); at != NULL;
         at = sp_xml_next(at, "ContractExecutionRequirement")) {
        struct sp_view reserved =
            code_of(builder, at, "ExecutionRequirementCode", "reserved-execution");
        if (sp_view_is(reserved, "yes")) {
            struct sp_view words = sp_view_of(
                "Realizacja zamówienia w ramach programów zatrudnienia chronionego (BT-736)");
            struct sp_words where = sp_text_lines(builder, words);
            Spoina__V1__Clause *clause =
                sp_build_clause(builder, lists, CLAUSE(ART_94), words, where);
            if (clause != NULL) {
                clause->scope = SPOINA__V1__CLAUSE_SCOPE__CLAUSE_SCOPE_PERFORMERS;
            }
        }
        bool conditions = code_of(builder, at, "ExecutionRequirementCode", "conditions").length > 0;
        if (conditions) {
            (void)sp_text_heading(builder, 3, sp_view_of("Warunki realizacji umowy"));
            (void)sp_text_lines(builder, text_in(builder, at, "Description", language, "terms"));
        }
    }
}

/** BT-750: conditions of participation in words. */
static void read_selection(struct sp_draft_builder *builder, const xmlNode *terms,
                           struct sp_view language)
{
    bool first = true;
    for (const xmlNode *at = sp_xml_find(terms, "SelectionCriteria");
         at != NULL && builder->status == SP_OK;
         at = sp_xml_find_next(terms, at, "SelectionCriteria")) {
        struct sp_view words = text_in(builder, at, "Description", language, "conditions");
        if (words.length > 0 && first) {
            (void)sp_text_heading(builder, 3, sp_view_of("Warunki udziału"));
            first = false;
        }
        (void)sp_text_lines(builder, words);
    }
}

/** Weight of a criterion in percent; empty if it is told by points, order or not at all. */
static struct sp_view weight_of(struct sp_draft_builder *builder, const xmlNode *criterion)
{
    for (const xmlNode *at = sp_xml_find(criterion, "AwardCriterionParameter"); at != NULL;
         at = sp_xml_find_next(criterion, at, "AwardCriterionParameter")) {
        struct sp_view code = code_of(builder, at, "ParameterCode", "number-weight");
        struct sp_view number =
            sp_view_of(sp_build_text(builder, sp_xml_child(at, "ParameterNumeric"), "criteria"));
        if (sp_view_is(code, "per-exa") || sp_view_is(code, "dec-exa")) {
            return number;
        }
    }
    return sp_view_of(NULL);
}

static void read_criterion(struct sp_draft_builder *builder, const xmlNode *at,
                           struct sp_view language, struct sp_term_lists lists)
{
    struct sp_view type = code_of(builder, at, "AwardingCriterionTypeCode", "award-criterion-type");
    bool price = sp_view_is(type, "price") || sp_view_is(type, "cost");
    struct sp_view name = text_in(builder, at, "Name", language, "criteria");
    name = name.length > 0 ? name : text_in(builder, at, "Description", language, "criteria");
    name = name.length > 0 ? name : sp_view_of(price ? "Cena" : NULL);
    struct sp_view weight = weight_of(builder, at);
    char *line = sp_arena_printf(builder->arena, "%.*s%s%.*s", SP_VIEW_ARGS(name),
                                 weight.length > 0 ? ": " : "", SP_VIEW_ARGS(weight));
    if (line == NULL) {
        builder->status = SP_NOMEM;
        return;
    }
    sp_build_criterion(builder, lists, name, weight,
                       price ? SPOINA__V1__CRITERION_KIND__CRITERION_KIND_PRICE
                             : SPOINA__V1__CRITERION_KIND__CRITERION_KIND_UNSPECIFIED,
                       sp_text_lines(builder, sp_view_of(line)));
}

static void read_criteria(struct sp_draft_builder *builder, const xmlNode *terms,
                          struct sp_view language, struct sp_term_lists lists)
{
    const xmlNode *awarding = sp_xml_path(terms, "AwardingTerms/AwardingCriterion");
    for (const xmlNode *at = sp_xml_child(awarding, "SubordinateAwardingCriterion");
         at != NULL && builder->status == SP_OK;
         at = sp_xml_next(at, "SubordinateAwardingCriterion")) {
        read_criterion(builder, at, language, lists);
    }
}

/** BT-754, BT-06, BT-775: accessibility, and social aims in their words. */
static void read_aims(struct sp_draft_builder *builder, const xmlNode *project,
                      struct sp_view language, struct sp_term_lists lists)
{
    for (const xmlNode *at = sp_xml_child(project, "ProcurementAdditionalType");
         at != NULL && builder->status == SP_OK;
         at = sp_xml_next(at, "ProcurementAdditionalType")) {
        struct sp_view words = text_in(builder, at, "ProcurementType", language, "aims");
        bool accessible =
            sp_view_is(code_of(builder, at, "ProcurementTypeCode", "accessibility"), "inc") ||
            sp_view_is(code_of(builder, at, "ProcurementTypeCode", "social-objective"), "acc-all");
        struct sp_view strategic =
            code_of(builder, at, "ProcurementTypeCode", "strategic-procurement");
        if (accessible) {
            words = words.length > 0
                        ? words
                        : sp_view_of("Dostępność dla osób ze szczególnymi potrzebami (BT-754)");
            (void)sp_build_clause(builder, lists, CLAUSE(ART_100), words,
                                  sp_text_lines(builder, words));
        } else if (strategic.length > 0 && !sp_view_is(strategic, "none")) {
            (void)sp_text_lines(builder, words);
        }
    }
}

/** Units of UN/ECE Recommendation 20 that data/units.tsv has, too. */
static const struct {
    const char *code;
    const char *unit;
} UNITS[] = {{"HUR", "h"},  {"KGM", "kg"}, {"TNE", "Mg"}, {"MTK", "m2"}, {"MTQ", "m3"},
             {"KMT", "km"}, {"MTR", "m"},  {"H87", "pc"}, {"C62", "pc"}, {"EA", "pc"},
             {"LTR", "l"},  {"HAR", "ha"}, {"SET", "set"}};

/** BT-25: the quantity is the demand of the lot's one requirement. */
static void read_quantity(struct sp_draft_builder *builder, const xmlNode *project,
                          Spoina__V1__Lot *lot)
{
    const xmlNode *node = sp_xml_child(project, "EstimatedOverallContractQuantity");
    struct sp_view code = sp_xml_attribute(node, "unitCode");
    const char *unit = NULL;
    for (size_t i = 0; i < SP_COUNT(UNITS) && unit == NULL; i++) {
        unit = sp_view_is(code, UNITS[i].code) ? UNITS[i].unit : NULL;
    }
    Spoina__V1__Lot measured = SPOINA__V1__LOT__INIT;
    if (node != NULL) {
        sp_build_duration(builder, &measured, node, unit, "lots.quantity");
    }
    if (measured.duration == NULL || measured.duration->amount <= 0) {
        return;
    }
    Spoina__V1__Requirement *requirement = sp_arena_alloc(builder->arena, sizeof *requirement);
    Spoina__V1__Requirement **list =
        sp_build_room(builder, lot->requirements, lot->n_requirements, sizeof *list);
    if (requirement == NULL || list == NULL) {
        builder->status = SP_NOMEM;
        return;
    }
    spoina__v1__requirement__init(requirement);
    requirement->demand = measured.duration;
    list[lot->n_requirements++] = requirement;
    lot->requirements = list;
}

void sp_eforms_read_terms(struct sp_draft_builder *builder, const xmlNode *lot_node,
                          struct sp_view language, Spoina__V1__Lot *lot)
{
    struct sp_term_lists lists = SP_TERM_LISTS(lot);
    const xmlNode *terms = sp_xml_child(lot_node, "TenderingTerms");
    const xmlNode *project = sp_xml_child(lot_node, "ProcurementProject");
    read_criteria(builder, terms, language, lists);
    read_participation(builder, terms, lists);
    read_execution(builder, terms, language, lists);
    read_selection(builder, terms, language);
    read_aims(builder, project, language, lists);
    read_quantity(builder, project, lot);
}
