/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * PDF through pdftotext: paragraphs and rows come back; a scan, a damaged file and one that never
 * ends are told. The PDFs are written here, object by object.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include <time.h>

#include "base/buffer.h"
#include "matcher/document/document_read.h"
#include "matcher/document/xml_parse.h"

enum { ARENA_BYTES = 64 << 20, PDF_MAX_BYTES = 1 << 20, MAX_OBJECTS = 40 };

/** A PDF under way: objects by number from 1, then the table of where they lie. */
struct pdf {
    struct sp_buffer bytes;
    size_t offsets[MAX_OBJECTS];
    int count;
};

static void begin(struct pdf *pdf)
{
    pdf->count = 0;
    sp_buffer_init(&pdf->bytes, PDF_MAX_BYTES);
    sp_buffer_add_text(&pdf->bytes, "%PDF-1.4\n");
}

static void add_object(struct pdf *pdf, const char *body)
{
    pdf->offsets[pdf->count++] = pdf->bytes.length;
    sp_buffer_printf(&pdf->bytes, "%d 0 obj\n%s\nendobj\n", pdf->count, body);
}

static void add_stream(struct pdf *pdf, const char *dictionary, const char *content)
{
    pdf->offsets[pdf->count++] = pdf->bytes.length;
    sp_buffer_printf(&pdf->bytes, "%d 0 obj\n<< %s /Length %zu >>\nstream\n%s\nendstream\nendobj\n",
                     pdf->count, dictionary, strlen(content), content);
}

static struct sp_view end(struct pdf *pdf)
{
    size_t table = pdf->bytes.length;
    sp_buffer_printf(&pdf->bytes, "xref\n0 %d\n0000000000 65535 f \n", pdf->count + 1);
    for (int i = 0; i < pdf->count; i++) {
        sp_buffer_printf(&pdf->bytes, "%010zu 00000 n \n", pdf->offsets[i]);
    }
    sp_buffer_printf(&pdf->bytes, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%zu\n%%%%EOF\n",
                     pdf->count + 1, table);
    assert_int_equal(pdf->bytes.status, SP_OK);
    return sp_buffer_view(&pdf->bytes);
}

/** One page with @p content, in Helvetica of 10 points. */
static struct sp_view make_page(struct pdf *pdf, const char *content)
{
    begin(pdf);
    add_object(pdf, "<< /Type /Catalog /Pages 2 0 R >>");
    add_object(pdf, "<< /Type /Pages /Kids [3 0 R] /Count 1 >>");
    add_object(pdf, "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
                    "/Resources << /Font << /F 5 0 R >> >> >>");
    add_stream(pdf, "", content);
    add_object(pdf, "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica "
                    "/Encoding /WinAnsiEncoding >>");
    return end(pdf);
}

static enum sp_status read_pdf(struct sp_view content, const struct sp_document_limits *limits,
                               char *text, size_t size, struct sp_error *error)
{
    struct sp_arena *arena = sp_arena_new(ARENA_BYTES);
    struct sp_document_text document;
    *error = (struct sp_error){0};
    enum sp_status status = sp_document_read(content, "x.pdf", limits, arena, &document, error);
    if (status == SP_OK) {
        assert_int_equal(document.format, SP_DOCUMENT_PDF);
        (void)snprintf(text, size, "%s", document.text.data);
    }
    sp_arena_free(arena);
    return status;
}

static void paragraphs_and_rows_come_back(void **state)
{
    (void)state;
    struct pdf pdf;
    char text[1024];
    struct sp_error error;
    struct sp_view content = make_page(
        &pdf, "BT /F 10 Tf 50 780 Td (OPIS PRZEDMIOTU) Tj 0 -40 Td\n"
              "(Przedmiotem jest dostawa gorących) Tj 0 -12 Td (posilkow dla pietna-) Tj\n"
              "0 -12 Td (stu osob przez caly rok 2026, we wszystkie dni) Tj 0 -12 Td\n"
              "(robocze.) Tj 0 -40 Td (1. Obiady) Tj 0 -12 Td (2. Kolacje) Tj\n"
              "0 -40 Td (Obiad) Tj 150 0 Td (507) Tj 150 0 Td (porcji) Tj ET");
    enum sp_status status = read_pdf(content, NULL, text, sizeof text, &error);
    if (status != SP_OK) {
        fail_msg("%s", error.english);
    }
    assert_non_null(strstr(text, "OPIS PRZEDMIOTU\n"));
    assert_non_null(strstr(text, "stu osob przez caly rok 2026, we wszystkie dni robocze.\n"));
    assert_non_null(strstr(text, "1. Obiady\n2. Kolacje\n"));
    assert_non_null(strstr(text, "Obiad\t507\tporcji"));
    sp_buffer_release(&pdf.bytes);
}

static void a_scan_is_told_so(void **state)
{
    (void)state;
    struct pdf pdf;
    char text[64];
    struct sp_error error;
    struct sp_view content = make_page(&pdf, "0.5 g 0 0 595 842 re f");
    assert_int_equal(read_pdf(content, NULL, text, sizeof text, &error), SP_INVALID);
    assert_non_null(strstr(error.polish, "skan"));
    assert_non_null(strstr(error.english, "scan"));
    assert_string_equal(error.place, "x.pdf");
    sp_buffer_release(&pdf.bytes);
}

/** Forms that each draw the next one ten times: a page of 10^20 words. */
static struct sp_view make_endless(struct pdf *pdf)
{
    enum { FORMS = 20 };
    begin(pdf);
    add_object(pdf, "<< /Type /Catalog /Pages 2 0 R >>");
    add_object(pdf, "<< /Type /Pages /Kids [3 0 R] /Count 1 >>");
    add_object(pdf, "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
                    "/Resources << /XObject << /X 5 0 R >> >> >>");
    add_stream(pdf, "", "/X Do");
    for (int i = 0; i < FORMS; i++) {
        char dictionary[200];
        (void)snprintf(dictionary, sizeof dictionary,
                       "/Type /XObject /Subtype /Form /BBox [0 0 9 9] "
                       "/Resources << /XObject << /X %d 0 R >> >>",
                       pdf->count + 2);
        add_stream(pdf, dictionary,
                   i + 1 < FORMS ? "/X Do /X Do /X Do /X Do /X Do /X Do /X Do /X Do /X Do /X Do"
                                 : "0 0 1 1 re f");
    }
    return end(pdf);
}

static void a_pdf_that_never_ends_is_stopped_in_time(void **state)
{
    (void)state;
    struct pdf pdf;
    char text[64];
    struct sp_error error;
    struct timespec before;
    struct timespec after;
    const struct sp_document_limits limits = {.pdf_ms = 700};
    struct sp_view content = make_endless(&pdf);
    (void)clock_gettime(CLOCK_MONOTONIC, &before);
    assert_int_equal(read_pdf(content, &limits, text, sizeof text, &error), SP_DEADLINE);
    (void)clock_gettime(CLOCK_MONOTONIC, &after);
    assert_non_null(strstr(error.english, "700 ms"));
    assert_true(after.tv_sec - before.tv_sec <= 5); /* a busy machine is slow to kill */
    sp_buffer_release(&pdf.bytes);
}

static void a_damaged_pdf_is_refused(void **state)
{
    (void)state;
    char text[64];
    struct sp_error error;
    assert_int_equal(read_pdf(sp_view_of("%PDF-1.4\nnothing"), NULL, text, sizeof text, &error),
                     SP_INVALID);
    assert_non_null(strstr(error.polish, "uszkodzony"));
}

static void a_missing_program_is_an_error(void **state)
{
    (void)state;
    char text[64];
    struct sp_error error;
    const struct sp_document_limits limits = {.pdf_program = "/nonexistent/pdftotext"};
    assert_int_equal(read_pdf(sp_view_of("%PDF-1.4\n"), &limits, text, sizeof text, &error), SP_IO);
    assert_non_null(strstr(error.english, "/nonexistent/pdftotext"));
}

static void output_without_end_is_cut(void **state)
{
    (void)state;
    char text[8192];
    struct sp_error error;
    struct pdf pdf;
    struct sp_buffer words;
    sp_buffer_init(&words, PDF_MAX_BYTES);
    sp_buffer_add_text(&words, "BT /F 10 Tf 50 780 Td\n");
    for (int i = 0; i < 60; i++) {
        sp_buffer_add_text(&words, "(Dostawa posilkow) Tj 0 -12 Td\n");
    }
    sp_buffer_add_text(&words, "ET");
    const struct sp_document_limits short_text = {.text_bytes = 200};
    struct sp_view content = make_page(&pdf, words.data);
    assert_int_equal(read_pdf(content, &short_text, text, sizeof text, &error), SP_OK);
    assert_true(strlen(text) > 100 && strlen(text) <= 200);
    sp_buffer_release(&words);
    sp_buffer_release(&pdf.bytes);
}

int main(void)
{
    sp_xml_setup();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(paragraphs_and_rows_come_back),
        cmocka_unit_test(a_scan_is_told_so),
        cmocka_unit_test(a_pdf_that_never_ends_is_stopped_in_time),
        cmocka_unit_test(a_damaged_pdf_is_refused),
        cmocka_unit_test(a_missing_program_is_an_error),
        cmocka_unit_test(output_without_end_is_cut),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
