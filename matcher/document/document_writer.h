/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Writes the text of a document line by line, in the shape that document_read.h promises: one
 * space between words, composed characters, no line without content.
 *
 * The status is sticky; who writes checks at the end. A text that grows too long is cut at a word.
 */
#ifndef SP_DOCUMENT_DOCUMENT_WRITER_H
#define SP_DOCUMENT_DOCUMENT_WRITER_H

#include <stdbool.h>

#include "base/buffer.h"
#include "matcher/document/document_read.h"

struct sp_document_writer {
    struct sp_arena *arena;
    size_t text_bytes;      /* most */
    struct sp_buffer text;  /* whole lines */
    struct sp_buffer lines; /* of struct sp_document_line */
    struct sp_buffer line;  /* the one under way */
    enum sp_line_kind kind; /* of the line under way */
    uint8_t level;          /* likewise */
    bool space_pending;     /* to write before the next word of the line */
    unsigned row_depth;     /* rows within rows; 0 outside a table */
    unsigned cell_count;    /* of the outermost row */
    bool cut;               /* text_bytes or SP_DOCUMENT_MAX_LINES were reached */
    size_t damaged_count;   /* characters that were no UTF-8 */
    size_t line_count;
    enum sp_status status; /* SP_OK, SP_NOMEM or SP_INTERNAL */
};

/** Prepare an empty text of at most @p text_bytes (0: the default). Allocates nothing. */
void sp_writer_init(struct sp_document_writer *writer, struct sp_arena *arena, size_t text_bytes);

/** Free what is not in the arena. */
void sp_writer_release(struct sp_document_writer *writer);

/** End the line under way and begin one of @p kind. An empty line is not ended but takes the kind,
 *  unless that is SP_LINE_PARAGRAPH: a paragraph in a list item stays a list item. In a row of a
 *  table this only divides words. */
void sp_writer_begin(struct sp_document_writer *writer, enum sp_line_kind kind, uint8_t level);

/** End the line under way; what follows is a paragraph. */
void sp_writer_end(struct sp_document_writer *writer);

/** End the line under way and go on in another of the same kind. */
void sp_writer_break(struct sp_document_writer *writer);

/** Add text: white space of any kind counts as one space; what is no UTF-8 becomes U+FFFD. */
void sp_writer_add(struct sp_document_writer *writer, struct sp_view text);

/** Begin a row of a table, and each of its cells. A row of one cell is written as the lines in it:
 *  such tables are only there to arrange a page. Rows inside a cell only divide words. */
void sp_writer_row(struct sp_document_writer *writer);
void sp_writer_cell(struct sp_document_writer *writer);
void sp_writer_row_end(struct sp_document_writer *writer);

/** Tell whether nothing more can be added: the rest need not be read. */
bool sp_writer_is_full(const struct sp_document_writer *writer);

/** End the text and put it into @p out, with warnings about what was cut or damaged.
 *  @return SP_OK; SP_NOMEM; SP_INTERNAL */
SP_MUST_CHECK enum sp_status sp_writer_finish(struct sp_document_writer *writer,
                                              struct sp_document_text *out, struct sp_error *err);

/** Add a warning to @p document; both texts live at least as long as it. */
void sp_document_warn(struct sp_document_text *document, const char *polish, const char *english);

#endif
