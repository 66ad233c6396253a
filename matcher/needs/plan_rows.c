/* SPDX-License-Identifier: EUPL-1.2 */
#include "matcher/needs/plan_rows.h"

#include "base/memory.h"
#include "base/text_decode.h"
#include "base/utf8.h"
#include "matcher/catalogue/csv.h"
#include "matcher/needs/import_plan.h"

enum { DELIMITER_WITHIN = 4096 };

/** The one that stands most often at the beginning of the file. */
static char find_delimiter(struct sp_view text)
{
    static const char DELIMITERS[] = {';', ',', '\t'};
    size_t best = 0;
    size_t most = 0;
    for (size_t k = 0; k < SP_COUNT(DELIMITERS); k++) {
        size_t count = 0;
        for (size_t i = 0; i < text.length && i < DELIMITER_WITHIN; i++) {
            count += text.data[i] == DELIMITERS[k] ? 1 : 0;
        }
        if (count > most) {
            most = count;
            best = k;
        }
    }
    return DELIMITERS[best];
}

static enum sp_status copy_record(const struct sp_csv_record *record, struct sp_arena *arena,
                                  struct sp_sheet_row *out, struct sp_error *err)
{
    out->number = (uint32_t)record->line;
    out->cells = sp_arena_calloc(arena, record->field_count + 1, sizeof *out->cells);
    if (out->cells == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    if (sp_utf8_check(record->raw) < record->raw.length) {
        return SP_OK; /* undecodable: a row without cells */
    }
    for (size_t i = 0; i < record->field_count; i++) {
        struct sp_view cell = sp_view_trim(sp_csv_plain(sp_view_trim(record->fields[i])));
        out->cells[i] = sp_view_from(sp_arena_copy(arena, cell), cell.length);
        if (out->cells[i].data == NULL) {
            return SP_FAIL_NOMEM(err);
        }
        out->count = cell.length > 0 ? i + 1 : out->count;
    }
    return SP_OK;
}

static enum sp_status read_records(struct sp_csv *csv, struct sp_csv_record *record,
                                   struct sp_arena *arena, struct sp_sheet *out,
                                   struct sp_error *err)
{
    bool more = true;
    enum sp_status status = SP_OK;
    out->rows = sp_arena_calloc(arena, SP_PLAN_ROWS_MAX, sizeof *out->rows);
    if (out->rows == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    while (status == SP_OK && more) {
        status = sp_csv_next(csv, record, &more, err);
        if (status != SP_OK || !more) {
            break;
        }
        if (out->count == SP_PLAN_ROWS_MAX) {
            return SP_FAIL(err, SP_LIMIT, "content", "Plan ma więcej niż %d wierszy.",
                           "The plan has more than %d rows.", SP_PLAN_ROWS_MAX);
        }
        status = copy_record(record, arena, &out->rows[out->count++], err);
    }
    return status;
}

static enum sp_status read_csv(struct sp_view content, struct sp_arena *arena, struct sp_sheet *out,
                               struct sp_error *err)
{
    struct sp_buffer buffer;
    struct sp_view text;
    struct sp_csv csv;
    enum sp_encoding encoding;
    struct sp_csv_record *record = sp_arena_calloc(arena, 1, sizeof *record);
    if (record == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    sp_buffer_init(&buffer, 4 * (size_t)SP_PLAN_MAX_BYTES);
    enum sp_status status = sp_text_decode(content, &buffer, &text, &encoding, err);
    if (status == SP_OK) {
        sp_csv_init(&csv, text, find_delimiter(text));
        status = read_records(&csv, record, arena, out, err);
        sp_csv_release(&csv);
    }
    sp_buffer_release(&buffer);
    return status;
}

enum sp_status sp_plan_rows_read(struct sp_view content, const char *file_name,
                                 struct sp_arena *arena, struct sp_sheet *out, struct sp_error *err)
{
    *out = (struct sp_sheet){.count = 0};
    if (content.length == 0) {
        return SP_FAIL(err, SP_INVALID, file_name, "Plik jest pusty.", "The file is empty.");
    }
    if (content.length > SP_PLAN_MAX_BYTES) {
        return SP_FAIL(err, SP_LIMIT, file_name, "Plan ma więcej niż %d bajtów.",
                       "The plan has more than %d bytes.", SP_PLAN_MAX_BYTES);
    }
    if (content.length > 1 && memcmp(content.data, "PK", 2) == 0) {
        return sp_sheet_read(content, arena, out, err);
    }
    if (memchr(content.data, '\0', content.length) != NULL &&
        (unsigned char)content.data[0] < 0xFE && content.data[1] != '\0') {
        return SP_FAIL(err, SP_UNSUPPORTED, file_name, "To nie jest plik CSV ani XLSX.",
                       "This is no CSV and no XLSX file.");
    }
    return read_csv(content, arena, out, err);
}
