/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * What the prose says, put into the draft where the draft is silent.
 *
 * What a field of a notice states is never overwritten. Every item that is added names the words it
 * came from (Source), so that a client can show the text with marks and a person can correct it.
 *
 *   requirements  a service that a lot's title names, or that stands with an amount of its own; an
 *                 umbrella in the title becomes its parts where the text names them. One service
 *                 without an amount stays the lot itself
 *   conditions, clauses, criteria   of the whole draft, or of the lot under whose heading they
 * stand dates, terms, places, value     where the draft has none
 */
#ifndef SP_EXTRACTION_COMPLETE_H
#define SP_EXTRACTION_COMPLETE_H

#include "matcher/extraction/extraction.h"

enum { SP_COMPLETE_CONFIDENCE_MIN = 700 }; /* facts below it stay out of the draft */

/**
 * Complete @p draft from @p text and from the titles and descriptions of its lots.
 *
 * @param text   the document that the draft was read from (Source.field "text"); may be empty
 * @param arena  the draft's own
 * @return SP_OK; SP_INVALID (not UTF-8); SP_LIMIT; SP_NOMEM
 */
SP_MUST_CHECK enum sp_status sp_draft_complete(const struct sp_extraction_tools *tools,
                                               struct sp_view text, Spoina__V1__Draft *draft,
                                               struct sp_arena *arena, struct sp_error *err);

#endif
