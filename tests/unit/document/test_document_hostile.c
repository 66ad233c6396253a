/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Files that are not what they seem, damaged, or made to exhaust the reader: each gets a clear
 * error in bounded time and memory, none crashes.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/utf8.h"
#include "matcher/document/document_read.h"
#include "matcher/document/package.h"
#include "matcher/document/xml_parse.h"
#include "tests/lib/office_file.h"

enum { ARENA_BYTES = 64 << 20, MIB = 1 << 20 };

static enum sp_status read_document(struct sp_view content, const struct sp_document_limits *limits,
                                    struct sp_document_text *document, struct sp_error *error)
{
    struct sp_arena *arena = sp_arena_new(ARENA_BYTES);
    assert_non_null(arena);
    *error = (struct sp_error){0};
    enum sp_status status = sp_document_read(content, "x.docx", limits, arena, document, error);
    if (status == SP_OK) {
        assert_int_equal(sp_utf8_check(document->text), document->text.length);
    } else {
        assert_true(error->polish[0] != '\0' && error->english[0] != '\0');
    }
    sp_arena_free(arena);
    return status;
}

static void assert_refused(struct sp_view content, enum sp_status expected, const char *polish,
                           const char *english)
{
    struct sp_document_text document;
    struct sp_error error;
    enum sp_status status = read_document(content, NULL, &document, &error);
    if (status != expected || strstr(error.polish, polish) == NULL ||
        strstr(error.english, english) == NULL || strstr(error.place, "x.docx") == NULL) {
        fail_msg("%s at %s: %s / %s", sp_status_name(status), error.place, error.polish,
                 error.english);
    }
}

static void other_files_are_named(void **state)
{
    (void)state;
    assert_refused(sp_view_of(""), SP_INVALID, "pusty", "empty");
    assert_refused(sp_view_of(" \n\t "), SP_INVALID, "nie ma tekstu", "no text");
    assert_refused(sp_view_of("\x89PNG\r\n\x1A\n and so on"), SP_UNSUPPORTED, "PNG", "PNG");
    assert_refused(sp_view_of("\xFF\xD8\xFF\xE0 JFIF"), SP_UNSUPPORTED, "JPEG", "JPEG");
    assert_refused(sp_view_of("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), SP_UNSUPPORTED, ".doc", ".doc");
    assert_refused(sp_view_of("{\\rtf1 x}"), SP_UNSUPPORTED, "RTF", "RTF");
    static const char BINARY[] = "\x7F"
                                 "ELF\2\1\1\0\0\0\0\0\0\0\0\0\3\0\x3E\0\1\0\0\0";
    assert_refused(sp_view_from(BINARY, sizeof BINARY - 1), SP_UNSUPPORTED, "binarny", "binary");
    assert_refused(sp_view_of("PK\3\4 not really"), SP_INVALID, "uszkodzony", "damaged");
}

static void packed_files_of_other_kinds_are_named(void **state)
{
    (void)state;
    static const struct {
        struct sp_office_part part;
        const char *polish;
        const char *english;
    } CASES[] = {
        {{"xl/workbook.xml", {"<a/>", 4}}, "XLSX", "XLSX"},
        {{"ppt/presentation.xml", {"<a/>", 4}}, "PPTX", "PPTX"},
        {{"zdjecie.jpg", {"abc", 3}}, "archiwum ZIP", "ZIP archive"},
    };
    for (size_t i = 0; i < SP_COUNT(CASES); i++) {
        size_t length = 0;
        char *bytes = sp_office_pack(&CASES[i].part, 1, &length);
        assert_refused(sp_view_from(bytes, length), SP_UNSUPPORTED, CASES[i].polish,
                       CASES[i].english);
        free(bytes);
    }
}

static void a_docx_without_its_body_or_with_bad_xml_names_the_part(void **state)
{
    (void)state;
    static const struct {
        struct sp_office_part part;
        enum sp_status status;
        const char *english;
    } CASES[] = {
        {{"word/styles.xml", {"<a/>", 4}}, SP_NOT_FOUND, "is missing"},
        {{"word/document.xml", {"<a>\n<b></a>", 11}}, SP_INVALID, "line 2"},
        {{"word/document.xml", {"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", 40}},
         SP_INVALID,
         "entities"},
    };
    for (size_t i = 0; i < SP_COUNT(CASES); i++) {
        size_t length = 0;
        char *bytes = sp_office_pack(&CASES[i].part, 1, &length);
        assert_refused(sp_view_from(bytes, length), CASES[i].status, "", CASES[i].english);
        free(bytes);
    }
}

static void an_encrypted_odt_is_told_so(void **state)
{
    (void)state;
    static const struct sp_office_part PARTS[] = {
        {"mimetype", {"application/vnd.oasis.opendocument.text", 39}},
        {"content.xml", {"\x01\x02\x03", 3}},
        {"META-INF/manifest.xml", {"<m><manifest:encryption-data/></m>", 34}}};
    size_t length = 0;
    char *bytes = sp_office_pack(PARTS, SP_COUNT(PARTS), &length);
    assert_refused(sp_view_from(bytes, length), SP_UNSUPPORTED, "hasłem", "password");
    free(bytes);
}

/** A text of @p size bytes: @p head, then @p piece over and over. */
static char *repeat(const char *head, const char *piece, size_t size)
{
    char *text = malloc(size + 1);
    assert_non_null(text);
    size_t at = (size_t)snprintf(text, size, "%s", head);
    size_t length = strlen(piece);
    for (; at + length <= size; at += length) {
        memcpy(text + at, piece, length);
    }
    text[at] = '\0';
    return text;
}

static void a_zip_bomb_is_not_unpacked(void **state)
{
    (void)state;
    char *body = repeat("<w:p>", "<w:r><w:t>a</w:t></w:r>", 80 * MIB);
    size_t length = 0;
    char *bytes = sp_office_docx(body, &length);
    free(body);
    assert_true(length < MIB); /* 80 MB in less than one */
    assert_refused(sp_view_from(bytes, length), SP_LIMIT, "Po rozpakowaniu", "Unpacked");
    free(bytes);
}

static void a_zip_that_promises_too_many_parts_is_refused(void **state)
{
    (void)state;
    size_t length = 0;
    char *bytes = sp_office_docx("<w:p/>", &length);
    memset(bytes + length - 22 + 8, 0xFF, 4); /* both numbers of parts in the last record */
    assert_refused(sp_view_from(bytes, length), SP_LIMIT, "spakowanych części", "packed parts");
    free(bytes);
}

static void deep_nesting_is_refused(void **state)
{
    (void)state;
    char *html = repeat("<html><body>", "<div>", MIB);
    assert_refused(sp_view_of(html), SP_LIMIT, "zagnieżdżone", "nested");
    free(html);
    char *body = repeat("", "<w:p>", 10000);
    size_t length = 0;
    char *bytes = sp_office_docx(body, &length);
    assert_refused(sp_view_from(bytes, length), SP_LIMIT, "zagnieżdżone", "nested");
    free(bytes);
    free(body);
}

static void fifty_megabytes_are_read_or_refused(void **state)
{
    (void)state;
    struct sp_document_text document;
    struct sp_error error;
    char *text = repeat("", "Dostawa posi\xB3k\xF3w.\n", 50 * MIB); /* Windows-1250 */
    assert_int_equal(read_document(sp_view_of(text), NULL, &document, &error), SP_OK);
    assert_true(document.text.length <= SP_DOCUMENT_TEXT_MAX_BYTES);
    assert_int_equal(document.warning_count, 1); /* cut */
    free(text);
    text = repeat("", "<p>Dostawa</p>", 50 * MIB);
    assert_int_equal(read_document(sp_view_of(text), NULL, &document, &error), SP_OK);
    assert_int_equal(document.warning_count, 1);
    free(text);
    text = repeat("", "x", 50 * MIB + 1);
    assert_refused(sp_view_of(text), SP_LIMIT, "najwięcej", "at most");
    free(text);
}

/** Cut @p content everywhere, and change it a byte at a time: only no crash and no bad text. */
static void damage(const char *content, size_t length, size_t step)
{
    struct sp_document_text document;
    struct sp_error error;
    char *copy = malloc(length);
    assert_non_null(copy);
    unsigned seed = 1;
    for (size_t at = 0; at < length; at += step) {
        memcpy(copy, content, length);
        (void)read_document(sp_view_from(copy, at), NULL, &document, &error);
        seed = seed * 1103515245u + 12345u;
        copy[at] = (char)(seed >> 16);
        (void)read_document(sp_view_from(copy, length), NULL, &document, &error);
    }
    free(copy);
}

static void damaged_files_are_no_danger(void **state)
{
    (void)state;
    size_t length = 0;
    char *bytes = sp_office_docx("<w:p><w:r><w:t>\u017B\u00F3\u0142\u0107</w:t></w:r></w:p>"
                                 "<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>",
                                 &length);
    damage(bytes, length, 1);
    free(bytes);
    bytes = sp_office_odt("<text:p>\u017B\u00F3\u0142\u0107</text:p>", &length);
    damage(bytes, length, 1);
    free(bytes);
    static const char PAGE[] = "<html><table><tr><td>a<td><table><tr><td>b</table></table>"
                               "<li>\u017B\u00F3\u0142\u0107<h1>c</html>";
    damage(PAGE, sizeof PAGE - 1, 1);
}

int main(void)
{
    sp_xml_setup();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(other_files_are_named),
        cmocka_unit_test(packed_files_of_other_kinds_are_named),
        cmocka_unit_test(a_docx_without_its_body_or_with_bad_xml_names_the_part),
        cmocka_unit_test(an_encrypted_odt_is_told_so),
        cmocka_unit_test(a_zip_bomb_is_not_unpacked),
        cmocka_unit_test(a_zip_that_promises_too_many_parts_is_refused),
        cmocka_unit_test(deep_nesting_is_refused),
        cmocka_unit_test(fifty_megabytes_are_read_or_refused),
        cmocka_unit_test(damaged_files_are_no_danger),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
