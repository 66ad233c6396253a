/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Fuzzes the reading of documents (all kinds but PDF, which another program reads).
 *
 * Property: any bytes become a text of the promised shape - UTF-8, lines in order that tile it,
 * none empty, no control characters but tabs - or an error in both languages.
 */
#include <stdint.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "matcher/document/document_read.h"
#include "matcher/document/xml_parse.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerInitialize(int *argc, char ***argv);

enum { ARENA_BYTES = 16 << 20, UNPACKED_MAX_BYTES = 1 << 20, TEXT_MAX_BYTES = 64 << 10 };

static void require(bool condition)
{
    if (!condition) {
        abort();
    }
}

static void check_line(struct sp_view line)
{
    require(line.length > 0 && line.data[0] != ' ' && line.data[line.length - 1] != ' ');
    for (size_t i = 0; i < line.length; i++) {
        unsigned char c = (unsigned char)line.data[i];
        require(c >= ' ' || c == '\t');
    }
}

static void check_document(const struct sp_document_text *document)
{
    struct sp_view text = document->text;
    require(text.length <= TEXT_MAX_BYTES && sp_utf8_check(text) == text.length);
    size_t expected = 0;
    for (size_t i = 0; i < document->line_count; i++) {
        const struct sp_document_line *line = &document->lines[i];
        require(line->offset == expected && line->offset + line->length <= text.length);
        check_line(sp_view_from(text.data + line->offset, line->length));
        expected = line->offset + line->length + 1;
    }
    require(document->line_count == 0 ? text.length == 0 : expected == text.length + 1);
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    sp_xml_setup();
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct sp_document_limits limits = {.text_bytes = TEXT_MAX_BYTES,
                                              .unpacked_bytes = UNPACKED_MAX_BYTES};
    struct sp_view content = sp_view_from((const char *)data, size);
    enum sp_document_format format = SP_DOCUMENT_PLAIN;
    struct sp_error error = {0};
    if (sp_document_recognise(content, "x", &format, &error) == SP_OK &&
        format == SP_DOCUMENT_PDF) {
        return 0;
    }
    struct sp_arena *arena = sp_arena_new(ARENA_BYTES);
    struct sp_document_text document;
    enum sp_status status = sp_document_read(content, "x", &limits, arena, &document, &error);
    if (status == SP_OK) {
        check_document(&document);
    } else {
        require(error.status == status && error.polish[0] != '\0' && error.english[0] != '\0');
    }
    sp_arena_free(arena);
    return 0;
}
