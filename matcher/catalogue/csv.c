/* SPDX-License-Identifier: EUPL-1.2 */
#include "matcher/catalogue/csv.h"

#include <string.h>

/** Where a record ends. */
struct extent {
    size_t end;     /* one past its last byte */
    size_t next;    /* first byte after its line end */
    uint64_t lines; /* line ends from its beginning to next */
    enum sp_csv_problem problem;
};

void sp_csv_init(struct sp_csv *csv, struct sp_view text, char delimiter)
{
    *csv = (struct sp_csv){.text = text, .delimiter = delimiter, .line = 1};
    sp_buffer_init(&csv->cells, SP_CSV_RECORD_MAX_BYTES);
}

void sp_csv_release(struct sp_csv *csv)
{
    sp_buffer_release(&csv->cells);
}

/** Bytes of the line end at @p at: "\n", "\r\n", "\r"; 0 if there is none. */
static size_t line_end_at(struct sp_view text, size_t at)
{
    if (at >= text.length || (text.data[at] != '\n' && text.data[at] != '\r')) {
        return 0;
    }
    bool pair = text.data[at] == '\r' && at + 1 < text.length && text.data[at + 1] == '\n';
    return pair ? 2 : 1;
}

static struct extent finish_at(struct sp_view text, size_t end, uint64_t lines,
                               enum sp_csv_problem problem)
{
    size_t line_end = line_end_at(text, end);
    return (struct extent){
        .end = end,
        .next = end + line_end,
        .lines = lines + (line_end > 0 ? 1 : 0),
        .problem = problem,
    };
}

/** The line at @p at as a record that is not well formed. */
static struct extent first_line(struct sp_view text, size_t at, enum sp_csv_problem problem)
{
    size_t end = at;
    while (end < text.length && line_end_at(text, end) == 0) {
        end++;
    }
    return finish_at(text, end, 0, problem);
}

/** Step over a quoted cell whose opening quote is at @p *at.
 *  @return false if it has no end within the longest record */
static bool skip_quoted(struct sp_view text, size_t limit, size_t *at, uint64_t *lines)
{
    size_t i = *at + 1;
    while (i < limit) {
        size_t line_end = line_end_at(text, i);
        if (text.data[i] == '"') {
            if (i + 1 >= text.length || text.data[i + 1] != '"') {
                *at = i + 1;
                return true;
            }
            i += 2;
        } else if (line_end > 0) {
            (*lines)++;
            i += line_end;
        } else {
            i++;
        }
    }
    return false;
}

static struct extent find_extent(const struct sp_csv *csv)
{
    struct sp_view text = csv->text;
    size_t limit = text.length - csv->at > SP_CSV_RECORD_MAX_BYTES
                       ? csv->at + SP_CSV_RECORD_MAX_BYTES
                       : text.length;
    uint64_t lines = 0;
    bool cell_begins = true;
    size_t at = csv->at;
    while (at < limit && line_end_at(text, at) == 0) {
        if (cell_begins && text.data[at] == '"') {
            if (!skip_quoted(text, limit, &at, &lines)) {
                return first_line(text, csv->at, SP_CSV_OPEN_QUOTE);
            }
            bool cell_ends =
                at >= text.length || text.data[at] == csv->delimiter || line_end_at(text, at) > 0;
            if (!cell_ends) {
                return first_line(text, csv->at, SP_CSV_TEXT_AFTER_QUOTE);
            }
            cell_begins = false;
        } else {
            cell_begins = text.data[at] == csv->delimiter;
            at++;
        }
    }
    bool cut = at >= limit && at < text.length && line_end_at(text, at) == 0;
    return cut ? first_line(text, csv->at, SP_CSV_TOO_LONG)
               : finish_at(text, at, lines, SP_CSV_FINE);
}

static bool is_blank(struct sp_view raw, char delimiter)
{
    for (size_t i = 0; i < raw.length; i++) {
        if (raw.data[i] != ' ' && raw.data[i] != '\t' && raw.data[i] != delimiter) {
            return false;
        }
    }
    return true;
}

/** Copy the quoted cell at @p *at of @p raw without its quotes; there is room for it. */
static struct sp_view unquote(struct sp_buffer *cells, struct sp_view raw, size_t *at)
{
    size_t start = cells->length;
    size_t i = *at + 1;
    while (raw.data[i] != '"' || (i + 1 < raw.length && raw.data[i + 1] == '"')) {
        sp_buffer_add_char(cells, raw.data[i]);
        i += raw.data[i] == '"' ? 2 : 1;
    }
    *at = i + 1;
    return sp_view_from(cells->data + start, cells->length - start);
}

/** Cut a well-formed record into fields. */
static void split(struct sp_csv *csv, struct sp_csv_record *record)
{
    struct sp_view raw = record->raw;
    size_t at = 0;
    for (bool more = true; more;) {
        if (record->field_count == SP_CSV_MAX_FIELDS) {
            record->problem = SP_CSV_TOO_MANY_FIELDS;
            record->field_count = 0;
            return;
        }
        struct sp_view *field = &record->fields[record->field_count++];
        if (at < raw.length && raw.data[at] == '"') {
            *field = unquote(&csv->cells, raw, &at);
        } else {
            size_t start = at;
            while (at < raw.length && raw.data[at] != csv->delimiter) {
                at++;
            }
            *field = sp_view_from(raw.data + start, at - start);
        }
        more = at < raw.length; /* at a delimiter */
        at++;
    }
}

enum sp_status sp_csv_next(struct sp_csv *csv, struct sp_csv_record *record, bool *more,
                           struct sp_error *err)
{
    struct extent extent = {0};
    *more = false;
    record->field_count = 0;
    record->problem = SP_CSV_FINE;
    do {
        if (csv->at >= csv->text.length) {
            record->raw = sp_view_from(NULL, 0);
            return SP_OK;
        }
        extent = find_extent(csv);
        record->line = csv->line;
        record->raw = sp_view_from(csv->text.data + csv->at, extent.end - csv->at);
        csv->at = extent.next;
        csv->line += extent.lines;
    } while (is_blank(record->raw, csv->delimiter));

    *more = true;
    record->problem = extent.problem;
    if (record->problem != SP_CSV_FINE) {
        return SP_OK;
    }
    sp_buffer_clear(&csv->cells);
    /* All room at once: the fields point into it. */
    if (sp_buffer_reserve(&csv->cells, record->raw.length) == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    split(csv, record);
    return SP_OK;
}

static bool is_formula_start(char c)
{
    return c != '\0' && strchr("=+-@'", c) != NULL;
}

struct sp_view sp_csv_plain(struct sp_view cell)
{
    if (cell.length >= 2 && cell.data[0] == '\'' && is_formula_start(cell.data[1])) {
        return sp_view_from(cell.data + 1, cell.length - 1);
    }
    return cell;
}

void sp_csv_add_cell(struct sp_buffer *out, struct sp_view text, char delimiter)
{
    bool guard = text.length > 0 && is_formula_start(text.data[0]);
    bool quote = false;
    for (size_t i = 0; i < text.length && !quote; i++) {
        char c = text.data[i];
        quote = c == delimiter || c == '"' || c == '\n' || c == '\r';
    }
    if (quote) {
        sp_buffer_add_char(out, '"');
    }
    if (guard) {
        sp_buffer_add_char(out, '\'');
    }
    for (size_t i = 0; i < text.length; i++) {
        if (text.data[i] == '"') {
            sp_buffer_add_char(out, '"');
        }
        sp_buffer_add_char(out, text.data[i]);
    }
    if (quote) {
        sp_buffer_add_char(out, '"');
    }
}
