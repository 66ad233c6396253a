/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * A notice in XML, as the Official Journal publishes it, turned into a draft.
 *
 * Two kinds are read: TED_EXPORT (schemas R2.0.7 to R2.0.9, whatever the form) and eForms
 * (UBL ContractNotice, PriorInformationNotice, ContractAwardNotice). What the notice does not say
 * stays absent in the draft; what it says but a draft cannot hold becomes a warning. Where a notice
 * comes in several languages the Polish text is taken, else the original one.
 *
 * The file is foreign: no network, no DTD, no entities, and bounds on bytes, depth and elements.
 */
#ifndef SP_TENDER_NOTICE_H
#define SP_TENDER_NOTICE_H

#include "base/arena.h"
#include "base/status.h"
#include "base/view.h"
#include "matcher/document/xml_parse.h"
#include "matcher/tender/draft_warnings.h"
#include "spoina/v1/match.pb-c.h"

enum {
    SP_NOTICE_MAX_BYTES = SP_XML_MAX_BYTES,
    SP_NOTICE_MAX_ELEMENTS = SP_XML_MAX_ELEMENTS,
    SP_NOTICE_MAX_LOTS = 1000,          /* read; how many are matched is sp_draft_check()'s limit */
    SP_NOTICE_TEXT_MAX_BYTES = 32 << 10 /* one title or description; longer ones are cut and said */
};

/**
 * Let libxml2 take its memory through base/memory.h and set up its tables.
 *
 * Call once at the start of a program, before any thread reads a notice. Without it notices are
 * read all the same, but libxml2's allocations are out of sight of the fault sweeps.
 */
void sp_notice_setup(void);

/**
 * Read a notice.
 *
 * @param content   the file; any encoding that libxml2 knows
 * @param arena     holds the draft
 * @param warnings  gets what could not be used
 * @param out       draft with valid UTF-8 texts; it has at least a title, a code or a lot
 * @return SP_OK; SP_INVALID (not XML: the error's place is "line N"; entities; XML that is no
 * notice: the text names its root element); SP_LIMIT (too large, too deep, too many elements);
 * SP_NOMEM
 *
 * Thread: any, one arena each. Cost: about 10 ms for 1 MB, memory about ten times the file.
 */
SP_MUST_CHECK enum sp_status sp_notice_read(struct sp_view content, struct sp_arena *arena,
                                            struct sp_draft_warnings *warnings,
                                            Spoina__V1__Draft **out, struct sp_error *err);

#endif
