/* SPDX-License-Identifier: EUPL-1.2 */
#include "matcher/document/sheet.h"

#include <stdlib.h>

#include "matcher/document/package.h"
#include "matcher/document/xml_parse.h"

enum {
    LETTERS = 26,
    CELL_MAX_BYTES = 32 << 10, /* a spreadsheet allows 32,767 characters */
    PATH_BYTES = 256,
    NUMBER_BYTES = 40,
    FIRST_ITEMS = 64
};

/** A list of texts or rows that grows in the arena. */
struct reading {
    struct sp_arena *arena;
    struct sp_view *strings; /* shared ones */
    size_t string_count, string_capacity;
    struct sp_sheet *sheet;
    size_t row_capacity;
    struct sp_view cells[SP_SHEET_COLUMNS_MAX]; /* of the row at hand */
    size_t cell_count;
    uint32_t row_number;
    size_t column; /* of the cell at hand */
    char type;     /* 's' shared, 'n' number, 't' text */
    bool in_text;  /* texts that come now belong to the cell */
    bool skipped;  /* how a word is read aloud */
    struct sp_buffer text;
    enum sp_status status;
    char first_sheet[PATH_BYTES]; /* id, then path of its part */
    bool found;
};

bool sp_sheet_recognise(struct sp_view content)
{
    struct sp_package *package = NULL;
    if (content.length < 2 || memcmp(content.data, "PK", 2) != 0 ||
        sp_package_open(content, &package, NULL) != SP_OK) {
        return false;
    }
    bool found = sp_package_has(package, "xl/workbook.xml");
    sp_package_close(package);
    return found;
}

size_t sp_sheet_column(struct sp_view name)
{
    size_t column = 0;
    size_t i = 0;
    while (i < name.length && i < 3 && name.data[i] >= 'A' && name.data[i] <= 'Z') {
        column = column * LETTERS + (size_t)(name.data[i] - 'A') + 1;
        i++;
    }
    return i == 0 ? SIZE_MAX : column - 1;
}

static bool fail(struct reading *own, enum sp_status status)
{
    own->status = status;
    return false;
}

/** Make room for one more item. */
static bool grow(struct reading *own, void **items, size_t count, size_t *capacity, size_t size)
{
    if (count < *capacity) {
        return true;
    }
    size_t more = *capacity == 0 ? FIRST_ITEMS : 2 * *capacity;
    void *grown = sp_arena_calloc(own->arena, more, size);
    if (grown == NULL) {
        return fail(own, SP_NOMEM);
    }
    if (count > 0) {
        memcpy(grown, *items, count * size);
    }
    *items = grown;
    *capacity = more;
    return true;
}

static bool copy_text(struct reading *own, struct sp_view text, struct sp_view *out)
{
    char *copy = sp_arena_copy(own->arena, text);
    *out = sp_view_from(copy, text.length);
    return copy != NULL || fail(own, SP_NOMEM);
}

static bool take_text(void *context, struct sp_view text)
{
    struct reading *own = context;
    if (own->in_text && !own->skipped && own->text.length < CELL_MAX_BYTES) {
        sp_buffer_add_view(&own->text, text);
    }
    return own->text.status == SP_OK || fail(own, own->text.status);
}

/* Shared strings: <si><t>..</t></si>, or runs <si><r><t>..</t></r>..</si>. */
static bool start_string(void *context, const struct sp_xml_start *start)
{
    struct reading *own = context;
    if (strcmp(start->name, "si") == 0) {
        sp_buffer_clear(&own->text);
    }
    own->skipped = own->skipped || strcmp(start->name, "rPh") == 0;
    own->in_text = own->in_text || strcmp(start->name, "t") == 0;
    return true;
}

static bool end_string(void *context, const char *name)
{
    struct reading *own = context;
    own->skipped = own->skipped && strcmp(name, "rPh") != 0;
    own->in_text = own->in_text && strcmp(name, "t") != 0;
    if (strcmp(name, "si") != 0) {
        return true;
    }
    void *strings = own->strings;
    if (!grow(own, &strings, own->string_count, &own->string_capacity, sizeof *own->strings)) {
        return false;
    }
    own->strings = strings;
    return copy_text(own, sp_buffer_view(&own->text), &own->strings[own->string_count++]);
}

static uint32_t number_of(struct sp_view text)
{
    uint32_t number = 0;
    for (size_t i = 0; i < text.length && i < 9; i++) {
        if (text.data[i] < '0' || text.data[i] > '9') {
            return UINT32_MAX;
        }
        number = number * 10 + (uint32_t)(text.data[i] - '0');
    }
    return text.length == 0 || text.length > 9 ? UINT32_MAX : number;
}

static bool start_row(struct reading *own, const struct sp_xml_start *start)
{
    uint32_t number = number_of(sp_xml_start_attribute(start, "r"));
    own->row_number = number == UINT32_MAX ? own->row_number + 1 : number;
    own->cell_count = 0;
    own->column = SIZE_MAX;
    return true;
}

static bool start_cell(struct reading *own, const struct sp_xml_start *start)
{
    struct sp_view type = sp_xml_start_attribute(start, "t");
    struct sp_view name = sp_xml_start_attribute(start, "r");
    own->column = name.length == 0 ? own->column + 1 : sp_sheet_column(name);
    if (own->column >= SP_SHEET_COLUMNS_MAX) {
        return fail(own, SP_LIMIT);
    }
    own->type = sp_view_is(type, "s") ? 's' : type.length == 0 || sp_view_is(type, "n") ? 'n' : 't';
    sp_buffer_clear(&own->text);
    return true;
}

static bool start_sheet(void *context, const struct sp_xml_start *start)
{
    struct reading *own = context;
    if (strcmp(start->name, "row") == 0) {
        return start_row(own, start);
    }
    if (strcmp(start->name, "c") == 0) {
        return start_cell(own, start);
    }
    own->skipped = own->skipped || strcmp(start->name, "rPh") == 0;
    own->in_text = own->in_text || strcmp(start->name, "v") == 0 || strcmp(start->name, "t") == 0;
    return true;
}

/** 123456.70000000001 is what 123456.7 becomes on the way; fifteen digits are what is meant. */
static struct sp_view plain_number(struct sp_view text, char out[NUMBER_BYTES])
{
    char *end = NULL;
    char copy[NUMBER_BYTES];
    if (text.length == 0 || text.length >= sizeof copy) {
        return text;
    }
    memcpy(copy, text.data, text.length);
    copy[text.length] = '\0';
    double number = strtod(copy, &end);
    if (*end != '\0') {
        return text;
    }
    bool whole = number > -1e15 && number < 1e15 && number == (double)(int64_t)number;
    int length = whole ? snprintf(out, NUMBER_BYTES, "%lld", (long long)number)
                       : snprintf(out, NUMBER_BYTES, "%.15g", number);
    return sp_view_from(out, (size_t)length);
}

static bool end_cell(struct reading *own)
{
    char number[NUMBER_BYTES];
    struct sp_view text = sp_view_trim(sp_buffer_view(&own->text));
    if (own->type == 's' && text.length > 0) {
        uint32_t index = number_of(text);
        if (index >= own->string_count) {
            return fail(own, SP_INVALID);
        }
        text = sp_view_trim(own->strings[index]);
    } else if (own->type == 'n') {
        text = plain_number(text, number);
    }
    if (text.length == 0) {
        return true;
    }
    while (own->cell_count <= own->column) {
        own->cells[own->cell_count++] = sp_view_of("");
    }
    return copy_text(own, text, &own->cells[own->column]);
}

static bool end_row(struct reading *own)
{
    struct sp_sheet *sheet = own->sheet;
    void *rows = sheet->rows;
    if (own->cell_count == 0) {
        return true;
    }
    if (sheet->count == SP_SHEET_ROWS_MAX) {
        return fail(own, SP_LIMIT);
    }
    if (!grow(own, &rows, sheet->count, &own->row_capacity, sizeof *sheet->rows)) {
        return false;
    }
    sheet->rows = rows;
    struct sp_sheet_row *row = &sheet->rows[sheet->count];
    row->number = own->row_number;
    row->count = own->cell_count;
    row->cells = sp_arena_calloc(own->arena, row->count, sizeof *row->cells);
    if (row->cells == NULL) {
        return fail(own, SP_NOMEM);
    }
    memcpy(row->cells, own->cells, row->count * sizeof *row->cells);
    sheet->count++;
    return true;
}

static bool end_sheet(void *context, const char *name)
{
    struct reading *own = context;
    if (strcmp(name, "rPh") == 0) {
        own->skipped = false;
    } else if (strcmp(name, "v") == 0 || strcmp(name, "t") == 0) {
        own->in_text = false;
    } else if (strcmp(name, "c") == 0 && own->column != SIZE_MAX) {
        return end_cell(own);
    } else if (strcmp(name, "row") == 0) {
        return end_row(own);
    }
    return true;
}

/* xl/workbook.xml: the first sheet's id; then its part in the relations. */
static bool start_workbook(void *context, const struct sp_xml_start *start)
{
    struct reading *own = context;
    struct sp_view id = sp_xml_start_attribute(start, "id");
    own->found = strcmp(start->name, "sheet") == 0 && id.length > 0 && id.length < PATH_BYTES;
    if (own->found) {
        memcpy(own->first_sheet, id.data, id.length);
        own->first_sheet[id.length] = '\0';
    }
    return !own->found;
}

static bool start_relations(void *context, const struct sp_xml_start *start)
{
    struct reading *own = context;
    struct sp_view target = sp_xml_start_attribute(start, "Target");
    own->found = sp_view_is(sp_xml_start_attribute(start, "Id"), own->first_sheet) &&
                 target.length > 0 && target.length < PATH_BYTES - 3;
    if (own->found) {
        bool absolute = target.data[0] == '/';
        (void)snprintf(own->first_sheet, PATH_BYTES, "%s%.*s", absolute ? "" : "xl/",
                       (int)target.length - (absolute ? 1 : 0), target.data + (absolute ? 1 : 0));
    }
    return !own->found;
}

static bool ignore_text(void *context, struct sp_view text)
{
    (void)context;
    (void)text;
    return true;
}

static bool ignore_end(void *context, const char *name)
{
    (void)context;
    (void)name;
    return true;
}

static enum sp_status read_part(struct sp_package *package, const char *part,
                                const struct sp_xml_events *events, struct reading *own,
                                struct sp_error *err)
{
    struct sp_buffer bytes;
    sp_buffer_init(&bytes, SP_SHEET_PART_MAX_BYTES);
    enum sp_status status = sp_package_read(package, part, &bytes, err);
    if (status == SP_OK) {
        status = sp_xml_stream(sp_buffer_view(&bytes), events, own, err);
    }
    sp_buffer_release(&bytes);
    if (status == SP_OK && own->status == SP_NOMEM) {
        return SP_FAIL_NOMEM(err);
    }
    return status == SP_OK && own->status != SP_OK
               ? SP_FAIL(err, own->status, part,
                         "Arkusz jest uszkodzony albo ma więcej niż %d wierszy lub %d kolumn.",
                         "The sheet is damaged or has more than %d rows or %d columns.",
                         SP_SHEET_ROWS_MAX, SP_SHEET_COLUMNS_MAX)
               : status;
}

static enum sp_status read_parts(struct sp_package *package, struct reading *own,
                                 struct sp_error *err)
{
    static const struct sp_xml_events WORKBOOK = {start_workbook, ignore_end, ignore_text};
    static const struct sp_xml_events RELATIONS = {start_relations, ignore_end, ignore_text};
    static const struct sp_xml_events STRINGS = {start_string, end_string, take_text};
    static const struct sp_xml_events SHEET = {start_sheet, end_sheet, take_text};
    static const char *const SHARED = "xl/sharedStrings.xml";
    enum sp_status status = read_part(package, "xl/workbook.xml", &WORKBOOK, own, err);
    if (status == SP_OK && own->found) {
        status = read_part(package, "xl/_rels/workbook.xml.rels", &RELATIONS, own, err);
    }
    if (status == SP_OK && !own->found) {
        status = SP_FAIL(err, SP_INVALID, "xl/workbook.xml", "Plik nie ma arkusza.",
                         "The file has no sheet.");
    }
    if (status == SP_OK && sp_package_has(package, SHARED)) {
        status = read_part(package, SHARED, &STRINGS, own, err);
    }
    own->column = SIZE_MAX;
    return status == SP_OK ? read_part(package, own->first_sheet, &SHEET, own, err) : status;
}

enum sp_status sp_sheet_read(struct sp_view content, struct sp_arena *arena, struct sp_sheet *out,
                             struct sp_error *err)
{
    struct sp_package *package = NULL;
    *out = (struct sp_sheet){.count = 0};
    struct reading *own = sp_arena_calloc(arena, 1, sizeof *own);
    if (own == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    own->arena = arena;
    own->sheet = out;
    sp_buffer_init(&own->text, 2 * (size_t)SP_SHEET_PART_MAX_BYTES);
    enum sp_status status = sp_package_open(content, &package, err);
    if (status == SP_OK) {
        status = read_parts(package, own, err);
    }
    sp_package_close(package);
    sp_buffer_release(&own->text);
    return status == SP_NOT_FOUND ? SP_INVALID : status;
}
