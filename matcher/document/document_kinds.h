/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * One reader for each kind of document, all writing to a document writer. Only this folder
 * includes it.
 *
 * Each returns SP_OK also when the writer is full or failed; the writer's status tells that.
 */
#ifndef SP_DOCUMENT_DOCUMENT_KINDS_H
#define SP_DOCUMENT_DOCUMENT_KINDS_H

#include "matcher/document/document_writer.h"

/** Plain text in any encoding of base/text_decode.h: a line of the file is a line of the text, tabs
 *  divide cells. @param encoding  gets its name */
SP_MUST_CHECK enum sp_status sp_plain_write(struct sp_view content,
                                            struct sp_document_writer *writer,
                                            const char **encoding, struct sp_error *err);

/** Tell whether @p line begins like an item of a list: a dash, a bullet, "1.", "2)", "a)". */
bool sp_plain_is_item(struct sp_view line);

/** HTML as a browser shows it, without what is hidden. */
SP_MUST_CHECK enum sp_status sp_html_write(struct sp_view content,
                                           struct sp_document_writer *writer, const char **encoding,
                                           struct sp_error *err);

/** DOCX: the body, without headers, footers, notes, deleted and moved text. */
SP_MUST_CHECK enum sp_status sp_docx_write(struct sp_view content, size_t unpacked_bytes,
                                           struct sp_document_writer *writer, struct sp_error *err);

/** ODT: the body, without notes, comments, deleted text and tables of contents. */
SP_MUST_CHECK enum sp_status sp_odt_write(struct sp_view content, size_t unpacked_bytes,
                                          struct sp_document_writer *writer, struct sp_error *err);

struct sp_pdf_facts {
    size_t page_count;
    size_t empty_page_count; /* without any text: pictures of pages */
    bool damaged;            /* the program complained, but read on */
};

/** PDF through pdftotext. */
SP_MUST_CHECK enum sp_status sp_pdf_write(struct sp_view content,
                                          const struct sp_document_limits *limits,
                                          struct sp_document_writer *writer,
                                          struct sp_pdf_facts *facts, struct sp_error *err);

/** Write text laid out on a page by pdftotext: pages end with a form feed, gaps divide cells,
 *  broken lines are joined. */
void sp_page_text_write(struct sp_view text, struct sp_document_writer *writer,
                        struct sp_pdf_facts *facts);

#endif
