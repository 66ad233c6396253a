/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Text as it stands on a page, turned back into paragraphs; see sp_page_text_write().
 *
 * A line goes on the one before it when no empty line lies between, it does not begin an item, and
 * the one before was full: as long as its neighbours, or nearly. Gaps of three spaces and more
 * divide cells. What cannot be known is left as it is: two short lines stay two lines.
 */
#include <string.h>

#include "matcher/document/document_kinds.h"

enum {
    GAP_SPACES = 3,          /* justified text has gaps of two */
    FULL_LINE_PERMILLE = 800 /* of the longest line of the page */
};

struct page {
    struct sp_document_writer *writer;
    size_t width;  /* bytes of the longest line without cells */
    bool going_on; /* the line under way may be continued */
};

static struct sp_view next_line(struct sp_view *text)
{
    const char *end = text->length == 0 ? NULL : memchr(text->data, '\n', text->length);
    size_t length = end == NULL ? text->length : (size_t)(end - text->data);
    struct sp_view line = sp_view_from(text->data, length);
    length += end == NULL ? 0 : 1;
    *text = sp_view_from(text->data + length, text->length - length);
    return sp_view_trim(line);
}

/** Offset of the first gap of @p line, its length if there is none; @p after is where it ends. */
static size_t find_gap(struct sp_view line, size_t *after)
{
    size_t spaces = 0;
    for (size_t at = 0; at < line.length; at++) {
        if (line.data[at] == ' ') {
            spaces++;
        } else if (spaces >= GAP_SPACES) {
            *after = at;
            return at - spaces;
        } else {
            spaces = 0;
        }
    }
    *after = line.length;
    return line.length;
}

/** A gap behind the mark of an item is only its indentation. */
static bool has_cells(struct sp_view line)
{
    size_t after = 0;
    size_t gap = find_gap(line, &after);
    if (gap == line.length) {
        return false;
    }
    enum { MARK_MAX_BYTES = 5 };
    if (gap > MARK_MAX_BYTES || !sp_plain_is_item(line)) {
        return true;
    }
    struct sp_view rest = sp_view_from(line.data + after, line.length - after);
    return find_gap(rest, &after) < rest.length;
}

static size_t page_width(struct sp_view page)
{
    size_t width = 0;
    while (page.length > 0) {
        struct sp_view line = next_line(&page);
        width = line.length > width && !has_cells(line) ? line.length : width;
    }
    return width;
}

static void write_cells(struct page *page, struct sp_view line)
{
    sp_writer_row(page->writer);
    while (line.length > 0) {
        size_t after = 0;
        size_t length = find_gap(line, &after);
        sp_writer_cell(page->writer);
        sp_writer_add(page->writer, sp_view_from(line.data, length));
        line = sp_view_from(line.data + after, line.length - after);
    }
    sp_writer_row_end(page->writer);
    page->going_on = false;
}

static bool is_small_letter_at(struct sp_view line)
{
    /* Small Polish letters beyond ASCII begin with 0xC3 0xB3 (ó), 0xC4 or 0xC5 and an odd or listed
     * second byte; a capital one there is rare enough behind a hyphen to be left alone. */
    unsigned char first = line.length > 0 ? (unsigned char)line.data[0] : 0;
    return (first >= 'a' && first <= 'z') || first >= 0xC3;
}

/** Join a word that was divided at the end of a line. */
static bool undo_hyphen(struct page *page, struct sp_view line)
{
    struct sp_buffer *under_way = &page->writer->line;
    bool divided = under_way->length > 1 && under_way->data[under_way->length - 1] == '-' &&
                   under_way->data[under_way->length - 2] != ' ' && is_small_letter_at(line);
    if (divided) {
        under_way->length--;
    }
    return divided;
}

static void write_line(struct page *page, struct sp_view line)
{
    bool item = sp_plain_is_item(line);
    if (has_cells(line)) {
        write_cells(page, line);
        return;
    }
    if (!page->going_on || item) {
        sp_writer_end(page->writer);
        sp_writer_begin(page->writer, item ? SP_LINE_ITEM : SP_LINE_PARAGRAPH, 0);
    } else if (!undo_hyphen(page, line)) {
        sp_writer_add(page->writer, sp_view_of(" "));
    }
    sp_writer_add(page->writer, line);
    page->going_on = line.length * 1000 >= page->width * FULL_LINE_PERMILLE;
}

static bool write_page(struct page *page, struct sp_view text)
{
    bool any = false;
    page->width = page_width(text);
    page->going_on = false;
    while (text.length > 0 && !sp_writer_is_full(page->writer)) {
        struct sp_view line = next_line(&text);
        if (line.length == 0) {
            page->going_on = false;
        } else {
            write_line(page, line);
            any = true;
        }
    }
    sp_writer_end(page->writer);
    return any;
}

void sp_page_text_write(struct sp_view text, struct sp_document_writer *writer,
                        struct sp_pdf_facts *facts)
{
    struct page page = {.writer = writer};
    while (text.length > 0 && !sp_writer_is_full(writer)) {
        const char *end = memchr(text.data, '\f', text.length);
        size_t length = end == NULL ? text.length : (size_t)(end - text.data);
        bool any = write_page(&page, sp_view_from(text.data, length));
        facts->page_count++;
        facts->empty_page_count += any ? 0 : 1;
        length += end == NULL ? 0 : 1;
        text = sp_view_from(text.data + length, text.length - length);
    }
}
