/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Any file that says what a buyer needs, turned into a draft and the text it was read from.
 *
 * Notices (TED_EXPORT, eForms, the bulletin's HTML, OCDS releases) have fields, and those are read.
 * Any other document (plain text, HTML, DOCX, ODT, PDF) gives its title, its text and the CPV codes
 * printed in it; what its sentences ask for is for the extraction to find in the text.
 */
#ifndef SP_TENDER_TENDER_READ_H
#define SP_TENDER_TENDER_READ_H

#include "matcher/document/document_read.h"
#include "matcher/tender/draft_warnings.h"
#include "spoina/v1/need.pb-c.h"

enum sp_tender_source {
    SP_SOURCE_TED,    /* TED_EXPORT */
    SP_SOURCE_EFORMS, /* UBL */
    SP_SOURCE_BZP,    /* a notice of Biuletyn Zamówień Publicznych, however it was saved */
    SP_SOURCE_OCDS,   /* a release or a package of them */
    SP_SOURCE_DOCUMENT
};

struct sp_tender_reading {
    enum sp_tender_source source;
    Spoina__V1__Draft *draft; /* in the arena */
    /** Its text is what Source.field "text" speaks of. Of XML and OCDS notices: their texts,
     *  conditions and criteria, one a line. */
    struct sp_document_text document;
};

/**
 * Read @p content, whatever it is.
 *
 * @param file_name  for the place of errors; may be NULL or empty
 * @param limits     NULL: the defaults
 * @param arena      holds the draft and the text
 * @param warnings   gets what could not be used
 * @return what sp_document_read() and sp_notice_read() return
 *
 * Thread: any, one arena each.
 */
SP_MUST_CHECK enum sp_status sp_tender_read(struct sp_view content, const char *file_name,
                                            const struct sp_document_limits *limits,
                                            struct sp_arena *arena,
                                            struct sp_draft_warnings *warnings,
                                            struct sp_tender_reading *out, struct sp_error *err);

#endif
