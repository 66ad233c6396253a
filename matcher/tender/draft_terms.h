/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * What a notice demands: social clauses and award criteria with the words they stand on, and the
 * text of a notice that is not a document itself (XML, JSON). Only this folder includes it.
 *
 * What a field of a notice states is sure; its Source has confidence 1000.
 */
#ifndef SP_TENDER_DRAFT_TERMS_H
#define SP_TENDER_DRAFT_TERMS_H

#include "matcher/tender/draft_builder.h"

/** Words of the document: byte offsets in its text. start == end: none. */
struct sp_words {
    size_t start;
    size_t end;
};

/** Write a heading into the text of the notice; empty ones are left out. */
struct sp_words sp_text_heading(struct sp_draft_builder *builder, uint8_t level,
                                struct sp_view words);

/** Write paragraphs, divided by '\n'. @return where they stand */
struct sp_words sp_text_lines(struct sp_draft_builder *builder, struct sp_view words);

/** Write the text below @p node, if there is any, under a heading. */
void sp_text_section(struct sp_draft_builder *builder, const char *heading, const xmlNode *node);

/** The lists of a draft or a lot that terms are added to. */
struct sp_term_lists {
    Spoina__V1__Clause ***clauses;
    size_t *clause_count;
    Spoina__V1__AwardCriterion ***criteria;
    size_t *criterion_count;
};

#define SP_TERM_LISTS(message)                                                                     \
    (struct sp_term_lists)                                                                         \
    {                                                                                              \
        &(message)->clauses, &(message)->n_clauses, &(message)->criteria, &(message)->n_criteria   \
    }

/**
 * Add a clause; a kind that is there already is not added again, and beside one reservation of a
 * procedure another one only gives a warning: which of the two is meant cannot be known.
 *
 * @param text  in the notice's words, or the name of the field that says so
 * @return the clause, for its further fields; NULL if none was added
 */
Spoina__V1__Clause *sp_build_clause(struct sp_draft_builder *builder, struct sp_term_lists lists,
                                    Spoina__V1__ClauseKind kind, struct sp_view text,
                                    struct sp_words words);

/**
 * Add an award criterion.
 *
 * @param weight  "60", "60 %", "60,00", "0,6"; what is none of these is no weight
 * @param kind    price, or unspecified: the rulebook looks at its words
 */
void sp_build_criterion(struct sp_draft_builder *builder, struct sp_term_lists lists,
                        struct sp_view name, struct sp_view weight, Spoina__V1__CriterionKind kind,
                        struct sp_words words);

/** Note that @p field of the draft or a lot was read from @p words. */
void sp_build_source(struct sp_draft_builder *builder, Spoina__V1__Source ***sources, size_t *count,
                     struct sp_words words);

/** Tell whether the name of a criterion means its price ("Cena", "Cena brutto", "Koszt"). */
bool sp_criterion_is_price(struct sp_view name);

/** Read the award criteria of an OBJECT_DESCR of TED_EXPORT. */
void sp_ted_read_criteria(struct sp_draft_builder *builder, const xmlNode *descr,
                          struct sp_term_lists lists);

/** Read what the whole form of a TED_EXPORT demands. */
void sp_ted_read_terms(struct sp_draft_builder *builder, const xmlNode *root, const xmlNode *form,
                       Spoina__V1__Draft *draft);

/** Choose among neighbours of one name: Polish, else the notice's language, else the first. */
const xmlNode *sp_eforms_choose_language(const xmlNode *parent, const char *name,
                                         struct sp_view language);

/** Read what an eForms lot demands. */
void sp_eforms_read_terms(struct sp_draft_builder *builder, const xmlNode *lot_node,
                          struct sp_view language, Spoina__V1__Lot *lot);

#endif
