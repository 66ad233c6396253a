/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * The text of a document, line by line; see document_writer.h.
 */
#include "matcher/document/document_writer.h"

#include <string.h>

#include "base/utf8.h"
#include "matcher/language/compose.h"

/* Divides lines inside a cell until the row is known to have more cells than one. */
enum { MARK = '\x1F' };

void sp_writer_init(struct sp_document_writer *writer, struct sp_arena *arena, size_t text_bytes)
{
    memset(writer, 0, sizeof *writer);
    writer->arena = arena;
    writer->text_bytes = text_bytes == 0 ? SP_DOCUMENT_TEXT_MAX_BYTES : text_bytes;
    sp_buffer_init(&writer->text, writer->text_bytes + 1);
    sp_buffer_init(&writer->line, writer->text_bytes + 16);
    sp_buffer_init(&writer->lines, SP_DOCUMENT_MAX_LINES * sizeof(struct sp_document_line) + 1);
}

void sp_writer_release(struct sp_document_writer *writer)
{
    sp_buffer_release(&writer->text);
    sp_buffer_release(&writer->line);
    sp_buffer_release(&writer->lines);
}

bool sp_writer_is_full(const struct sp_document_writer *writer)
{
    return writer->cut || writer->status != SP_OK;
}

/** What of @p text fits into @p room bytes, cut at a space; empty if no word fits. */
static struct sp_view cut_to(struct sp_view text, size_t room)
{
    if (text.length > room) {
        text.length = room;
        while (text.length > 0 && text.data[text.length] != ' ') {
            text.length--;
        }
    }
    return text;
}

/** Write one composed line, or as much of it as there is room for. */
static void write_line(struct sp_document_writer *writer, struct sp_view text)
{
    while (text.length > 0 && strchr(" \t", text.data[text.length - 1]) != NULL) {
        text.length--;
    }
    if (sp_writer_is_full(writer) || text.length == 0) {
        return;
    }
    enum sp_status status = sp_compose(text, writer->arena, &text, NULL);
    if (status != SP_OK) {
        writer->status = status == SP_NOMEM ? SP_NOMEM : SP_INTERNAL;
        return;
    }
    size_t separator = writer->text.length > 0 ? 1 : 0;
    size_t room = writer->text_bytes - writer->text.length;
    size_t whole = text.length;
    text = cut_to(text, room > separator ? room - separator : 0);
    bool full = writer->line_count == SP_DOCUMENT_MAX_LINES;
    writer->cut = full || text.length < whole;
    if (full || text.length == 0) {
        return;
    }
    if (separator == 1) {
        sp_buffer_add_char(&writer->text, '\n');
    }
    struct sp_document_line line = {.offset = (uint32_t)writer->text.length,
                                    .length = (uint32_t)text.length,
                                    .kind = writer->kind,
                                    .level = writer->level};
    sp_buffer_add_view(&writer->text, text);
    sp_buffer_add(&writer->lines, &line, sizeof line);
    writer->line_count++;
    if (writer->text.status != SP_OK || writer->lines.status != SP_OK) {
        writer->status = SP_NOMEM;
    }
}

static void flush(struct sp_document_writer *writer)
{
    bool too_long = writer->line.status == SP_LIMIT; /* than all of the text may be */
    if (writer->line.status == SP_NOMEM) {
        writer->status = SP_NOMEM;
    }
    write_line(writer, sp_buffer_view(&writer->line));
    writer->cut = writer->cut || too_long;
    sp_buffer_clear(&writer->line);
    writer->space_pending = false;
}

/** Divide lines inside a row: kept as a mark until the row ends. */
static void mark(struct sp_document_writer *writer)
{
    size_t length = writer->line.length;
    if (length > 0 && strchr("\t\x1F", writer->line.data[length - 1]) == NULL) {
        sp_buffer_add_char(&writer->line, MARK);
    }
    writer->space_pending = false;
}

void sp_writer_begin(struct sp_document_writer *writer, enum sp_line_kind kind, uint8_t level)
{
    if (writer->row_depth > 0) {
        mark(writer);
        return;
    }
    bool empty = writer->line.length == 0;
    flush(writer);
    if (!empty || kind != SP_LINE_PARAGRAPH) {
        writer->kind = kind;
        writer->level = level;
    }
}

void sp_writer_end(struct sp_document_writer *writer)
{
    if (writer->row_depth > 0) {
        mark(writer);
        return;
    }
    flush(writer);
    writer->kind = SP_LINE_PARAGRAPH;
    writer->level = 0;
}

void sp_writer_break(struct sp_document_writer *writer)
{
    if (writer->row_depth > 0) {
        mark(writer);
    } else {
        flush(writer);
    }
}

static bool is_space(uint32_t c)
{
    return c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 ||
           c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

/** Characters that nobody sees: controls, soft hyphen, joiners, marks of direction, BOM. */
static bool is_invisible(uint32_t c)
{
    return c < 0xA0 || c == 0xAD || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x2060 && c <= 0x2064) || c == 0xFEFF;
}

static void add_word(struct sp_document_writer *writer, const char *data, size_t length)
{
    struct sp_buffer *line = &writer->line;
    bool first = line->length == 0 || strchr("\t\x1F", line->data[line->length - 1]) != NULL;
    if (writer->space_pending && !first) {
        sp_buffer_add_char(line, ' ');
    }
    writer->space_pending = false;
    sp_buffer_add(line, data, length);
}

/** Length of the run of visible ASCII at the start of @p text. */
static size_t plain_run(struct sp_view text)
{
    size_t length = 0;
    while (length < text.length && text.data[length] > ' ' && text.data[length] < 0x7F) {
        length++;
    }
    return length;
}

/** Take one character that is not visible ASCII; returns its length. */
static size_t add_character(struct sp_document_writer *writer, struct sp_view text)
{
    unsigned char byte = (unsigned char)text.data[0];
    if (byte < 0x80) {
        bool space = byte == ' ' || (byte >= '\t' && byte <= '\r');
        writer->space_pending = writer->space_pending || space;
        return 1;
    }
    size_t length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2;
    struct sp_view one = sp_view_from(text.data, length < text.length ? length : text.length);
    if (sp_utf8_check(one) < length) {
        writer->damaged_count++;
        add_word(writer, "\uFFFD", strlen("\uFFFD"));
        return 1;
    }
    size_t at = 0;
    uint32_t c = sp_utf8_next(one, &at);
    if (is_space(c)) {
        writer->space_pending = true;
    } else if (!is_invisible(c)) {
        add_word(writer, one.data, one.length);
    }
    return length;
}

void sp_writer_add(struct sp_document_writer *writer, struct sp_view text)
{
    while (text.length > 0 && !sp_writer_is_full(writer)) {
        size_t length = plain_run(text);
        if (length > 0) {
            add_word(writer, text.data, length);
        } else {
            length = add_character(writer, text);
        }
        text = sp_view_from(text.data + length, text.length - length);
    }
}

void sp_writer_row(struct sp_document_writer *writer)
{
    if (writer->row_depth == 0) {
        sp_writer_end(writer);
        writer->cell_count = 0;
    } else {
        mark(writer);
    }
    writer->row_depth++;
}

void sp_writer_cell(struct sp_document_writer *writer)
{
    if (writer->row_depth == 0) { /* a stray one */
        sp_writer_begin(writer, SP_LINE_PARAGRAPH, 0);
        return;
    }
    if (writer->row_depth > 1) {
        mark(writer);
        return;
    }
    if (writer->cell_count > 0) {
        struct sp_buffer *line = &writer->line;
        if (line->length > 0 && line->data[line->length - 1] == MARK) {
            line->length--;
        }
        sp_buffer_add_char(line, '\t');
        writer->space_pending = false;
    }
    writer->cell_count++;
}

/** Write the lines of a row of one cell. */
static void write_marked_lines(struct sp_document_writer *writer)
{
    struct sp_view rest = sp_buffer_view(&writer->line);
    while (rest.length > 0) {
        const char *end = memchr(rest.data, MARK, rest.length);
        size_t length = end == NULL ? rest.length : (size_t)(end - rest.data);
        write_line(writer, sp_view_from(rest.data, length));
        length += end == NULL ? 0 : 1;
        rest = sp_view_from(rest.data + length, rest.length - length);
    }
    sp_buffer_clear(&writer->line);
    writer->space_pending = false;
}

void sp_writer_row_end(struct sp_document_writer *writer)
{
    if (writer->row_depth == 0 || --writer->row_depth > 0) {
        return;
    }
    if (writer->line.status == SP_OK && writer->cell_count <= 1) {
        write_marked_lines(writer);
        return;
    }
    for (size_t i = 0; i < writer->line.length; i++) {
        if (writer->line.data[i] == MARK) {
            writer->line.data[i] = ' ';
        }
    }
    writer->kind = SP_LINE_ROW;
    sp_writer_end(writer);
}

void sp_document_warn(struct sp_document_text *document, const char *polish, const char *english)
{
    if (document->warning_count < SP_DOCUMENT_MAX_WARNINGS) {
        document->warnings[document->warning_count++] =
            (struct sp_document_warning){polish, english};
    }
}

enum sp_status sp_writer_finish(struct sp_document_writer *writer, struct sp_document_text *out,
                                struct sp_error *err)
{
    while (writer->row_depth > 0) {
        sp_writer_row_end(writer);
    }
    sp_writer_end(writer);
    if (writer->status == SP_INTERNAL) {
        return SP_FAIL(err, SP_INTERNAL, "", "Nie udało się ujednolicić znaków dokumentu.",
                       "The characters of the document could not be composed.");
    }
    char *text = sp_arena_copy(writer->arena, sp_buffer_view(&writer->text));
    struct sp_document_line *lines = sp_arena_alloc(writer->arena, writer->lines.length + 1);
    if (writer->status != SP_OK || text == NULL || lines == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    if (writer->lines.length > 0) {
        memcpy(lines, writer->lines.data, writer->lines.length);
    }
    out->text = sp_view_from(text, writer->text.length);
    out->lines = lines;
    out->line_count = writer->line_count;
    if (writer->cut) {
        sp_document_warn(out, "Tekst dokumentu jest za długi; dalszy ciąg pominięto.",
                         "The text of the document is too long; the rest was left out.");
    }
    if (writer->damaged_count > 0) {
        sp_document_warn(out, "Część znaków jest uszkodzona; w ich miejscu stoi „\uFFFD”.",
                         "Some characters are damaged; ‘\uFFFD’ stands in their place.");
    }
    return SP_OK;
}
