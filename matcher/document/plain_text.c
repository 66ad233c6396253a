/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Plain text; see document_kinds.h.
 */
#include <string.h>

#include "base/text_decode.h"
#include "matcher/document/document_kinds.h"

enum {
    BYTES_PER_BYTE = 4, /* no encoding needs more for one byte of UTF-8 (UTF-16 takes two) */
    ITEM_NUMBER_MAX = 3 /* digits: "2026." begins a sentence */
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool has_space_at(struct sp_view line, size_t at)
{
    return at < line.length && (line.data[at] == ' ' || line.data[at] == '\t');
}

bool sp_plain_is_item(struct sp_view line)
{
    static const char *const BULLETS[] = {"-", "–", "—", "*", "•", "·",
                                          "▪", "◦", "‣", "●", "○", "\uF0B7"};
    for (size_t i = 0; i < SP_COUNT(BULLETS); i++) {
        struct sp_view bullet = sp_view_of(BULLETS[i]);
        if (sp_view_starts_with(line, bullet) && has_space_at(line, bullet.length)) {
            return true;
        }
    }
    size_t digits = 0;
    while (digits < line.length && is_digit(line.data[digits])) {
        digits++;
    }
    bool letter = digits == 0 && line.length > 1 && line.data[0] >= 'a' && line.data[0] <= 'z';
    size_t at = digits + (letter ? 1 : 0);
    bool numbered = (letter || (digits > 0 && digits <= ITEM_NUMBER_MAX)) && at < line.length &&
                    (line.data[at] == ')' || (!letter && line.data[at] == '.'));
    return numbered && has_space_at(line, at + 1);
}

static void write_cells(struct sp_view line, struct sp_document_writer *writer)
{
    sp_writer_row(writer);
    while (line.length > 0) {
        const char *tab = memchr(line.data, '\t', line.length);
        size_t length = tab == NULL ? line.length : (size_t)(tab - line.data);
        sp_writer_cell(writer);
        sp_writer_add(writer, sp_view_from(line.data, length));
        length += tab == NULL ? 0 : 1;
        line = sp_view_from(line.data + length, line.length - length);
    }
    sp_writer_row_end(writer);
}

static void write_line(struct sp_view line, struct sp_document_writer *writer)
{
    line = sp_view_trim(line);
    if (!sp_plain_is_item(line) && line.length > 0 &&
        memchr(line.data, '\t', line.length) != NULL) {
        write_cells(line, writer);
        return;
    }
    sp_writer_begin(writer, sp_plain_is_item(line) ? SP_LINE_ITEM : SP_LINE_PARAGRAPH, 0);
    sp_writer_add(writer, line);
    sp_writer_end(writer);
}

/** Length up to the next line feed, carriage return or form feed. */
static size_t line_length(struct sp_view text)
{
    size_t length = 0;
    while (length < text.length && memchr("\n\r\f", text.data[length], 3) == NULL) {
        length++;
    }
    return length;
}

enum sp_status sp_plain_write(struct sp_view content, struct sp_document_writer *writer,
                              const char **encoding, struct sp_error *err)
{
    size_t most = writer->text_bytes * BYTES_PER_BYTE;
    bool cut = content.length > most;
    content.length = cut ? most : content.length;
    struct sp_buffer decoded;
    struct sp_view text = {0};
    enum sp_encoding found = SP_ENCODING_UTF_8;
    sp_buffer_init(&decoded, content.length * BYTES_PER_BYTE + 1);
    enum sp_status status = sp_text_decode(content, &decoded, &text, &found, err);
    *encoding = sp_encoding_name(found);
    while (status == SP_OK && text.length > 0 && !sp_writer_is_full(writer)) {
        size_t length = line_length(text);
        write_line(sp_view_from(text.data, length), writer);
        length += length < text.length ? 1 : 0;
        text = sp_view_from(text.data + length, text.length - length);
    }
    writer->cut = writer->cut || cut;
    sp_buffer_release(&decoded);
    return status;
}
