/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * A file into text: finds its kind and has it read; see document_read.h.
 */
#include "matcher/document/document_read.h"

#include "matcher/document/document_kinds.h"

static enum sp_status write_text(struct sp_view content, const struct sp_document_limits *limits,
                                 struct sp_document_writer *writer, struct sp_pdf_facts *pdf,
                                 struct sp_document_text *out, struct sp_error *err)
{
    size_t unpacked =
        limits->unpacked_bytes != 0 ? limits->unpacked_bytes : SP_DOCUMENT_UNPACKED_MAX_BYTES;
    switch (out->format) {
    case SP_DOCUMENT_PLAIN:
        return sp_plain_write(content, writer, &out->encoding, err);
    case SP_DOCUMENT_HTML:
        return sp_html_write(content, writer, &out->encoding, err);
    case SP_DOCUMENT_DOCX:
        return sp_docx_write(content, unpacked, writer, err);
    case SP_DOCUMENT_ODT:
        return sp_odt_write(content, unpacked, writer, err);
    case SP_DOCUMENT_PDF:
        return sp_pdf_write(content, limits, writer, pdf, err);
    case SP_DOCUMENT_XML:
    case SP_DOCUMENT_JSON:
        break;
    }
    return SP_OK;
}

static enum sp_status fail_without_text(const struct sp_document_text *document,
                                        struct sp_error *err)
{
    if (document->format == SP_DOCUMENT_PDF) {
        return SP_FAIL(err, SP_INVALID, "",
                       "PDF nie zawiera tekstu, tylko obrazy stron (skan). Rozpoznaj w nim tekst "
                       "(OCR) albo wklej treść.",
                       "The PDF holds no text, only pictures of pages (a scan). Recognise its text "
                       "(OCR), or paste the words.");
    }
    return SP_FAIL(err, SP_INVALID, "", "W dokumencie nie ma tekstu.",
                   "There is no text in the document.");
}

static void warn_of_pdf(const struct sp_pdf_facts *facts, struct sp_document_text *out)
{
    if (facts->empty_page_count > 0) {
        sp_document_warn(out, "Część stron PDF nie ma tekstu (puste albo skany); pominięto je.",
                         "Some pages of the PDF have no text (empty, or scans); left out.");
    }
    if (facts->damaged) {
        sp_document_warn(out, "PDF jest uszkodzony; tekst może być niepełny.",
                         "The PDF is damaged; its text may not be whole.");
    }
}

static enum sp_status read(struct sp_view content, const struct sp_document_limits *limits,
                           struct sp_arena *arena, struct sp_document_text *out,
                           struct sp_error *err)
{
    size_t most = limits->input_bytes != 0 ? limits->input_bytes : SP_DOCUMENT_MAX_BYTES;
    if (content.length > most) {
        return SP_FAIL(err, SP_LIMIT, "", "Plik ma %zu bajtów; najwięcej może mieć %zu.",
                       "The file has %zu bytes; at most %zu are read.", content.length, most);
    }
    enum sp_status status = sp_document_recognise(content, NULL, &out->format, err);
    if (status != SP_OK) {
        return status;
    }
    struct sp_document_writer writer;
    struct sp_pdf_facts pdf = {0};
    sp_writer_init(&writer, arena, limits->text_bytes);
    status = write_text(content, limits, &writer, &pdf, out, err);
    if (status == SP_OK) {
        status = sp_writer_finish(&writer, out, err);
    }
    sp_writer_release(&writer);
    bool has_text = out->format != SP_DOCUMENT_XML && out->format != SP_DOCUMENT_JSON;
    if (status == SP_OK && has_text && out->text.length == 0) {
        return fail_without_text(out, err);
    }
    if (status == SP_OK) {
        warn_of_pdf(&pdf, out);
    }
    return status;
}

enum sp_status sp_document_read(struct sp_view content, const char *file_name,
                                const struct sp_document_limits *limits, struct sp_arena *arena,
                                struct sp_document_text *out, struct sp_error *err)
{
    static const struct sp_document_limits DEFAULTS = {0};
    *out = (struct sp_document_text){0};
    enum sp_status status = read(content, limits == NULL ? &DEFAULTS : limits, arena, out, err);
    if (status != SP_OK && file_name != NULL && *file_name != '\0') {
        sp_error_prefix(err, file_name);
    }
    return status;
}
