/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * PDF as text, by poppler's pdftotext in a process of its own; see document_kinds.h.
 *
 * poppler is large and has had holes: nothing of it is linked. It lays the text out as on the page,
 * which keeps the rows of tables together.
 */
#include <string.h>

#include "matcher/document/document_kinds.h"
#include "matcher/document/program.h"

enum {
    OUTPUT_PER_TEXT = 4 /* spaces that lay out a page */
};

static enum sp_status fail_unread(const struct sp_program_result *result, struct sp_error *err)
{
    if (strstr(result->complaints, "Incorrect password") != NULL) {
        return SP_FAIL(err, SP_UNSUPPORTED, "",
                       "PDF jest zabezpieczony hasłem. Zapisz go bez hasła.",
                       "The PDF is protected by a password. Save it without one.");
    }
    if (result->exit_code == -1) {
        return SP_FAIL(err, SP_LIMIT, "",
                       "PDF jest zbyt złożony albo uszkodzony: program do czytania PDF przerwał.",
                       "The PDF is too complex or damaged: the program that reads PDF gave up.");
    }
    return SP_FAIL(err, SP_INVALID, "", "PDF jest uszkodzony: nie można go otworzyć.",
                   "The PDF is damaged: it cannot be opened.");
}

enum sp_status sp_pdf_write(struct sp_view content, const struct sp_document_limits *limits,
                            struct sp_document_writer *writer, struct sp_pdf_facts *facts,
                            struct sp_error *err)
{
    static const char *const ARGUMENTS[] = {"pdftotext",  "-layout", "-enc", "UTF-8",
                                            "/dev/stdin", "-",       NULL};
    struct sp_program_options options = {
        .path = limits->pdf_program != NULL ? limits->pdf_program : SP_PDFTOTEXT,
        .arguments = ARGUMENTS,
        .input = content,
        .most_ms = limits->pdf_ms != 0 ? limits->pdf_ms : SP_DOCUMENT_PDF_MS};
    struct sp_program_result result;
    struct sp_buffer output;
    sp_buffer_init(&output, writer->text_bytes * OUTPUT_PER_TEXT);
    enum sp_status status = sp_program_run(&options, &output, &result, err);
    bool read = result.output_cut || result.exit_code == 0;
    if (status == SP_OK && !read) {
        status = fail_unread(&result, err);
    }
    if (status == SP_OK) {
        facts->damaged = strstr(result.complaints, "Error") != NULL;
        sp_page_text_write(sp_buffer_view(&output), writer, facts);
        writer->cut = writer->cut || result.output_cut;
    }
    sp_buffer_release(&output);
    return status;
}
