/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * A file as a person has it, turned into plain text: what is shown to the person, and what
 * requirements are read from.
 *
 * The kind of file is found by its content; a file name is only named in errors. All text is one
 * UTF-8 string in composed form (NFC). It consists of lines joined by '\n': a line is a paragraph,
 * a heading, a list item or a row of a table, whose cells are divided by '\t'. Spaces of any kind
 * are one ' ', soft hyphens and other characters that nobody sees are left out, no line is empty.
 * Offsets into this string are what every later step means by a place in the document.
 *
 * Files are foreign: no network, no entities from outside, bounds on bytes (packed and unpacked),
 * elements, depth and lines. A PDF is read by another program in a process of its own, with bounds
 * on time, memory and output.
 */
#ifndef SP_DOCUMENT_DOCUMENT_READ_H
#define SP_DOCUMENT_DOCUMENT_READ_H

#include <stdint.h>

#include "base/arena.h"
#include "base/status.h"
#include "base/view.h"

enum {
    SP_DOCUMENT_MAX_BYTES = 50 << 20,          /* a file; scanned specifications reach 30 MB */
    SP_DOCUMENT_TEXT_MAX_BYTES = 4 << 20,      /* of text: over 1,000 printed pages */
    SP_DOCUMENT_UNPACKED_MAX_BYTES = 64 << 20, /* one part of a packed file */
    SP_DOCUMENT_MAX_LINES = 200 * 1000,
    SP_DOCUMENT_MAX_WARNINGS = 8,
    SP_DOCUMENT_PDF_MS = 20 * 1000 /* a PDF of 500 pages takes about 2 s */
};

enum sp_document_format {
    SP_DOCUMENT_PLAIN,
    SP_DOCUMENT_HTML,
    SP_DOCUMENT_DOCX,
    SP_DOCUMENT_ODT,
    SP_DOCUMENT_PDF,
    SP_DOCUMENT_XML, /* recognised, not turned into text: a notice for matcher/tender */
    SP_DOCUMENT_JSON /* likewise */
};

enum sp_line_kind { SP_LINE_PARAGRAPH, SP_LINE_HEADING, SP_LINE_ITEM, SP_LINE_ROW };

/** One line of the text; lines are in order and do not overlap. */
struct sp_document_line {
    uint32_t offset; /* bytes, in the text */
    uint32_t length; /* bytes, 1.., without the '\n' */
    enum sp_line_kind kind;
    uint8_t level; /* of a heading, 1..9 (0 is the title of the document); else 0 */
};

/** Something that was left out or could not be read; both texts are shown as they are. */
struct sp_document_warning {
    const char *polish;
    const char *english;
};

/** All of it lies in the arena. */
struct sp_document_text {
    enum sp_document_format format;
    const char *encoding; /* "UTF-8", "Windows-1250", ...; of plain text and HTML, else NULL */
    struct sp_view text;  /* NUL-terminated; empty for XML and JSON */
    const struct sp_document_line *lines;
    size_t line_count;
    struct sp_document_warning warnings[SP_DOCUMENT_MAX_WARNINGS];
    size_t warning_count;
};

/** Zero means the documented default. */
struct sp_document_limits {
    size_t input_bytes;      /* SP_DOCUMENT_MAX_BYTES */
    size_t text_bytes;       /* SP_DOCUMENT_TEXT_MAX_BYTES; what follows is cut and said */
    size_t unpacked_bytes;   /* SP_DOCUMENT_UNPACKED_MAX_BYTES */
    uint32_t pdf_ms;         /* SP_DOCUMENT_PDF_MS, of wall clock and of processor */
    const char *pdf_program; /* path of poppler's pdftotext; the one found at build time */
};

/** Short name of a format: "PDF". Never NULL. */
const char *sp_document_format_name(enum sp_document_format format);

/** Find the format of @p content by its first bytes, and by the names of the parts of a packed
 *  file. @return SP_OK; SP_UNSUPPORTED (a picture, a spreadsheet, an old .doc, an archive: named);
 *  SP_INVALID (empty, or a damaged packed file); SP_NOMEM */
SP_MUST_CHECK enum sp_status sp_document_recognise(struct sp_view content, const char *file_name,
                                                   enum sp_document_format *out,
                                                   struct sp_error *err);

/**
 * Read a document.
 *
 * @param content    the file
 * @param file_name  for the place of errors; may be NULL or empty
 * @param limits     NULL: the defaults
 * @param arena      holds the result: the text, and 12 bytes a line
 * @return SP_OK; SP_INVALID (empty, damaged, or without text: a scan is told so); SP_UNSUPPORTED
 *         (another kind of file; encrypted); SP_LIMIT (too large, unpacks to too much, too deep);
 *         SP_DEADLINE (the PDF takes too long); SP_IO (the PDF reader cannot be started); SP_NOMEM
 *
 * Thread: any, one arena each. A PDF starts a process and waits for it.
 */
SP_MUST_CHECK enum sp_status sp_document_read(struct sp_view content, const char *file_name,
                                              const struct sp_document_limits *limits,
                                              struct sp_arena *arena, struct sp_document_text *out,
                                              struct sp_error *err);

#endif
