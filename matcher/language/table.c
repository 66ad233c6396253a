/* SPDX-License-Identifier: EUPL-1.2 */
#include "matcher/language/table.h"

#include <stdio.h>

#include "base/file.h"
#include "base/memory.h"
#include "base/utf8.h"

uint32_t sp_hash(struct sp_view text)
{
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < text.length; i++) {
        hash = (hash ^ (uint8_t)text.data[i]) * 16777619u;
    }
    return hash;
}

/* The slot of `key`, or the free one where it belongs. */
static uint32_t *find_slot(const struct sp_table *table, struct sp_view key)
{
    uint32_t at = sp_hash(key) & table->slot_mask;
    while (table->slots[at] != 0 &&
           !sp_view_equal(table->rows[table->slots[at] - 1].fields[0], key)) {
        at = (at + 1) & table->slot_mask;
    }
    return &table->slots[at];
}

const struct sp_table_row *sp_table_find(const struct sp_table *table, struct sp_view key)
{
    uint32_t slot = *find_slot(table, key);
    return slot == 0 ? NULL : &table->rows[slot - 1];
}

static struct sp_view cut(struct sp_view *text, char border)
{
    const char *end = text->length == 0 ? NULL : memchr(text->data, border, text->length);
    size_t length = end == NULL ? text->length : (size_t)(end - text->data);
    struct sp_view head = sp_view_from(text->data, length);
    size_t used = length + (end != NULL ? 1 : 0);
    *text = sp_view_from(text->data + used, text->length - used);
    return head;
}

static enum sp_status add_line(struct sp_table *table, struct sp_view line, const char *place,
                               unsigned number, struct sp_error *err)
{
    struct sp_table_row row = {.fields = {{NULL, 0}}};
    for (size_t i = 0; i < SP_TABLE_FIELDS; i++) {
        row.fields[i] = sp_view_trim(cut(&line, '\t'));
    }
    if (row.fields[0].length == 0 || line.length > 0) {
        return SP_FAIL(err, SP_CORRUPT, place, "%s, wiersz %u: zła liczba pól.",
                       "%s, line %u: wrong number of fields.", place, number);
    }
    uint32_t *slot = find_slot(table, row.fields[0]);
    if (*slot != 0) {
        return SP_FAIL(err, SP_CORRUPT, place, "%s, wiersz %u: klucz „%.*s” już był.",
                       "%s, line %u: the key \"%.*s\" is there already.", place, number,
                       SP_VIEW_ARGS(row.fields[0]));
    }
    table->rows[table->row_count++] = row;
    *slot = table->row_count;
    return SP_OK;
}

static enum sp_status add_lines(struct sp_table *table, struct sp_view text, const char *place,
                                struct sp_error *err)
{
    for (unsigned number = 1; text.length > 0; number++) {
        struct sp_view line = cut(&text, '\n');
        if (sp_view_trim(line).length == 0 || line.data[0] == '#') {
            continue;
        }
        enum sp_status status = add_line(table, line, place, number, err);
        if (status != SP_OK) {
            return status;
        }
    }
    return SP_OK;
}

/* Allocate room for as many rows as there are lines, and twice as many slots. */
static bool reserve(struct sp_table *table, struct sp_view text)
{
    size_t lines = 1;
    for (size_t i = 0; i < text.length; i++) {
        lines += text.data[i] == '\n';
    }
    uint32_t slots = 8;
    while (slots < 2 * lines) {
        slots *= 2;
    }
    table->slot_mask = slots - 1;
    table->rows = sp_calloc(lines, sizeof *table->rows);
    table->slots = sp_calloc(slots, sizeof *table->slots);
    return table->rows != NULL && table->slots != NULL;
}

static enum sp_status fill(struct sp_table *table, struct sp_view text, const char *place,
                           struct sp_error *err)
{
    size_t bad = sp_utf8_check(text);
    if (bad != text.length) {
        return SP_FAIL(err, SP_CORRUPT, place, "%s: bajt %zu nie jest w UTF-8.",
                       "%s: byte %zu is not UTF-8.", place, bad);
    }
    return reserve(table, text) ? add_lines(table, text, place, err) : SP_FAIL_NOMEM(err);
}

enum sp_status sp_table_open(const char *directory, const char *name, struct sp_table *out,
                             struct sp_error *err)
{
    char path[4096];
    size_t length = 0;
    *out = (struct sp_table){.text = NULL};
    int needed = snprintf(path, sizeof path, "%s/language/%s", directory, name);
    if (needed < 0 || (size_t)needed >= sizeof path) {
        return SP_FAIL(err, SP_LIMIT, name, "Za długa ścieżka do tabeli.",
                       "The path of the table is too long.");
    }
    enum sp_status status = sp_file_read(path, SP_TABLE_MAX_BYTES, &out->text, &length, err);
    if (status == SP_OK) {
        status = fill(out, sp_view_from(out->text, length), path, err);
    }
    if (status != SP_OK) {
        sp_table_release(out);
    }
    return status;
}

void sp_table_release(struct sp_table *table)
{
    sp_free(table->text);
    sp_free(table->rows);
    sp_free(table->slots);
    *table = (struct sp_table){.text = NULL};
}
