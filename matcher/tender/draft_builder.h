/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * From XML nodes to the fields of a draft: texts, codes, places, dates, amounts. Both kinds of
 * notice are read with it. Only this folder includes it.
 *
 * The builder's status is sticky: after a failure every call does nothing and returns an absent
 * value, so that a reader checks once, at its end.
 */
#ifndef SP_TENDER_DRAFT_BUILDER_H
#define SP_TENDER_DRAFT_BUILDER_H

#include <stdint.h>

#include "matcher/document/xml_tree.h"
#include "matcher/tender/draft_warnings.h"
#include "spoina/v1/match.pb-c.h"

struct sp_draft_builder {
    struct sp_arena *arena;
    struct sp_draft_warnings *warnings;
    struct sp_buffer scratch; /* text under way */
    enum sp_status status;    /* SP_OK or SP_NOMEM */
};

/** A growing list of texts in a message: points at its two members. */
struct sp_text_list {
    char ***items;
    size_t *count;
};

/** Warn that @p place could not be used; see sp_draft_warn(). */
#define SP_BUILDER_WARN(builder, ...)                                                              \
    ((builder)->status = (builder)->status != SP_OK                                                \
                             ? (builder)->status                                                   \
                             : sp_draft_warn((builder)->warnings, __VA_ARGS__))

/** Text below @p node ("" if NULL); a text that is too long is cut with a warning about @p place.
 */
char *sp_build_text(struct sp_draft_builder *builder, const xmlNode *node, const char *place);

/** Copy of @p text. */
char *sp_build_copy(struct sp_draft_builder *builder, struct sp_view text);

/** Add @p text unless it is empty or already in the list. */
void sp_build_add(struct sp_draft_builder *builder, struct sp_text_list list, struct sp_view text);

/** Add a CPV code without its check digit; anything else than 8 digits becomes a warning. */
void sp_build_add_cpv(struct sp_draft_builder *builder, struct sp_text_list list,
                      struct sp_view code, const char *place);

/** Read a date as notices write them ("20210105", "2021-01-05+01:00", "20210118 10:00"; children
 *  DAY, MONTH, YEAR) to ISO 8601; "" if @p node is NULL, or with a warning if it is no date. */
char *sp_build_date(struct sp_draft_builder *builder, const xmlNode *node, const char *place);

/**
 * Read an amount of money ("4308943.09", "7 157 427,50").
 *
 * @param currency  ISO 4217 code
 * @param grosz     set if the currency is PLN
 * @return true if @p grosz was set. Another currency and what is no amount become warnings
 */
bool sp_build_grosz(struct sp_draft_builder *builder, const xmlNode *node, struct sp_view currency,
                    const char *place, int64_t *grosz);

/** Set @p lot's duration in @p unit ("day", "month", "year"; NULL: a unit not known). */
void sp_build_duration(struct sp_draft_builder *builder, Spoina__V1__Lot *lot, const xmlNode *node,
                       const char *unit, const char *place);

/** Add an empty lot; NULL after a failure, or when there are SP_NOTICE_MAX_LOTS (with a warning).
 */
Spoina__V1__Lot *sp_build_lot(struct sp_draft_builder *builder, Spoina__V1__Draft *draft);

#define SP_TEXT_LIST(message, member)                                                              \
    (struct sp_text_list)                                                                          \
    {                                                                                              \
        &(message)->member, &(message)->n_##member                                                 \
    }

/** Read the form of a TED_EXPORT element into @p draft. @return SP_OK; SP_INVALID; SP_NOMEM */
SP_MUST_CHECK enum sp_status sp_ted_read(struct sp_draft_builder *builder, const xmlNode *root,
                                         Spoina__V1__Draft *draft, struct sp_error *err);

/** Read an eForms notice into @p draft. @return SP_OK; SP_NOMEM */
SP_MUST_CHECK enum sp_status sp_eforms_read(struct sp_draft_builder *builder, const xmlNode *root,
                                            Spoina__V1__Draft *draft, struct sp_error *err);

#endif
