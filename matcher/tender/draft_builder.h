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

#include "matcher/document/document_writer.h"
#include "matcher/document/xml_tree.h"
#include "matcher/tender/draft_warnings.h"
#include "spoina/v1/match.pb-c.h"

struct sp_draft_builder {
    struct sp_arena *arena;
    struct sp_draft_warnings *warnings;
    struct sp_document_writer *text; /* what a person is shown of a notice; see draft_terms.h */
    struct sp_buffer scratch;        /* text under way */
    enum sp_status status;           /* SP_OK or SP_NOMEM */
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

/** Copy of at most SP_NOTICE_TEXT_MAX_BYTES of @p text; the cut becomes a warning about @p place.
 */
char *sp_build_long_copy(struct sp_draft_builder *builder, struct sp_view text, const char *place);

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

/** The same from words at hand. */
char *sp_build_day(struct sp_draft_builder *builder, struct sp_view text, const char *place);
bool sp_build_amount(struct sp_draft_builder *builder, struct sp_view text, struct sp_view currency,
                     const char *place, int64_t *grosz);
void sp_build_period(struct sp_draft_builder *builder, Spoina__V1__Lot *lot, struct sp_view text,
                     const char *unit, const char *place);

/** Give @p array of @p count items room for one more: itself, or a larger copy. NULL: no memory. */
void *sp_build_room(struct sp_draft_builder *builder, void *array, size_t count, size_t size);

/** Add an empty lot; NULL after a failure, or when there are SP_NOTICE_MAX_LOTS (with a warning).
 */
Spoina__V1__Lot *sp_build_lot(struct sp_draft_builder *builder, Spoina__V1__Draft *draft);

#define SP_TEXT_LIST(message, member)                                                              \
    (struct sp_text_list)                                                                          \
    {                                                                                              \
        &(message)->member, &(message)->n_##member                                                 \
    }

/** Read a notice in XML. @param ted  whether it is TED_EXPORT. @return see sp_notice_read() */
SP_MUST_CHECK enum sp_status sp_notice_read_tree(struct sp_draft_builder *builder,
                                                 struct sp_view content, Spoina__V1__Draft *draft,
                                                 bool *ted, struct sp_error *err);

/** Require a title, a code or a lot: a draft without them is no need. @return SP_OK; SP_INVALID */
SP_MUST_CHECK enum sp_status sp_draft_require(const Spoina__V1__Draft *draft, struct sp_error *err);

/** Read the form of a TED_EXPORT element into @p draft. @return SP_OK; SP_INVALID; SP_NOMEM */
SP_MUST_CHECK enum sp_status sp_ted_read(struct sp_draft_builder *builder, const xmlNode *root,
                                         Spoina__V1__Draft *draft, struct sp_error *err);

/** Read the fields of a notice of the bulletin out of its text. @return SP_OK; SP_NOMEM */
SP_MUST_CHECK enum sp_status sp_bzp_read(struct sp_draft_builder *builder,
                                         const struct sp_document_text *document,
                                         Spoina__V1__Draft *draft, struct sp_error *err);

/** Tell whether @p document is a notice of the bulletin. */
bool sp_bzp_is(const struct sp_document_text *document);

/** Read an OCDS release, or the first of a package. @return SP_OK; SP_INVALID (not JSON: line and
 *  column; no release; no tender in it); SP_LIMIT; SP_NOMEM */
SP_MUST_CHECK enum sp_status sp_ocds_read(struct sp_draft_builder *builder, struct sp_view content,
                                          Spoina__V1__Draft *draft, struct sp_error *err);

/** Read an eForms notice into @p draft. @return SP_OK; SP_NOMEM */
SP_MUST_CHECK enum sp_status sp_eforms_read(struct sp_draft_builder *builder, const xmlNode *root,
                                            Spoina__V1__Draft *draft, struct sp_error *err);

#endif
