/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * A need as a person has it (any file, a few sentences) made into a checked draft: read, completed
 * from its prose, checked. The one way in for every call that takes a Notice.
 */
#ifndef SP_EXTRACTION_DRAFT_FROM_FILE_H
#define SP_EXTRACTION_DRAFT_FROM_FILE_H

#include "matcher/extraction/extraction.h"
#include "matcher/tender/tender_read.h"

/**
 * Read @p content and all that its sentences say.
 *
 * @param file_name  for the place of errors; may be NULL or empty
 * @param arena      holds the draft and the text
 * @param warnings   gets what could not be used
 * @param reading    what was read; its draft is the checked one
 * @return what sp_tender_read(), sp_draft_complete() and sp_draft_check() return
 *
 * Thread: any, one arena and one analyser each.
 */
SP_MUST_CHECK enum sp_status sp_draft_from_file(const struct sp_extraction_tools *tools,
                                                struct sp_view content, const char *file_name,
                                                struct sp_arena *arena,
                                                struct sp_draft_warnings *warnings,
                                                struct sp_tender_reading *reading,
                                                struct sp_error *err);

#endif
