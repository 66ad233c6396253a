/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * CSV (RFC 4180 with any delimiter): records with the lines they stand on, and cells to write.
 *
 * Nothing is lost: every byte of the text belongs to one record, to a line end, or to a blank line.
 * A record that is not well formed (a quote without its end, text behind a quoted cell) is given
 * back as its first line only, with the problem named, so that one stray quote does not swallow
 * the rest of the file.
 */
#ifndef SP_CATALOGUE_CSV_H
#define SP_CATALOGUE_CSV_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/status.h"
#include "base/view.h"

enum {
    SP_CSV_MAX_FIELDS = 256,
    SP_CSV_RECORD_MAX_BYTES = 1 << 20 /* SP_ENTITY_MAX_BYTES: more could not be stored */
};

enum sp_csv_problem {
    SP_CSV_FINE,
    SP_CSV_OPEN_QUOTE,       /* a quoted cell does not end */
    SP_CSV_TEXT_AFTER_QUOTE, /* "abc"def */
    SP_CSV_TOO_LONG,         /* more than SP_CSV_RECORD_MAX_BYTES */
    SP_CSV_TOO_MANY_FIELDS   /* more than SP_CSV_MAX_FIELDS */
};

struct sp_csv {
    struct sp_view text;    /* borrowed; any bytes */
    char delimiter;         /* ';', ',' or '\t' */
    size_t at;              /* next byte */
    uint64_t line;          /* of it; the first is 1 */
    struct sp_buffer cells; /* contents of quoted cells of the record at hand */
};

struct sp_csv_record {
    uint64_t line;      /* on which it begins */
    struct sp_view raw; /* as it came, without the line end */
    enum sp_csv_problem problem;
    size_t field_count;                       /* 0 if there is a problem */
    struct sp_view fields[SP_CSV_MAX_FIELDS]; /* valid until the next record; not trimmed */
};

void sp_csv_init(struct sp_csv *csv, struct sp_view text, char delimiter);
void sp_csv_release(struct sp_csv *csv);

/**
 * Read the next record that is not blank (nothing but spaces and delimiters).
 *
 * @param more  false at the end of the text; @p record is empty then
 * @return SP_OK; SP_NOMEM
 */
SP_MUST_CHECK enum sp_status sp_csv_next(struct sp_csv *csv, struct sp_csv_record *record,
                                         bool *more, struct sp_error *err);

/** Append a cell, quoted if it must be. Cells that a spreadsheet would run as a formula (= + - @)
 *  get an apostrophe before them, which sp_csv_plain() takes off again. */
void sp_csv_add_cell(struct sp_buffer *out, struct sp_view text, char delimiter);

/** Take off the apostrophe that sp_csv_add_cell() put there. */
struct sp_view sp_csv_plain(struct sp_view cell);

#endif
