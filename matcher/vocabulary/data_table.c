/* SPDX-License-Identifier: EUPL-1.2 */
#include "matcher/vocabulary/data_table.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/memory.h"
#include "base/utf8.h"

enum {
    TABLE_MAX_BYTES = 16 << 20, /* the largest, cpv.tsv, has 1.3 MB */
    PATH_MAX_BYTES = 4096
};

enum sp_status sp_data_table_bad(const struct sp_data_table *table, const struct sp_data_row *row,
                                 const char *value, const char *polish, const char *english,
                                 struct sp_error *err)
{
    return SP_FAIL(err, SP_CORRUPT, table->name, "%s, wiersz %u: %s%.0s: „%s”.",
                   "%s, line %u: %.0s%s: \"%s\".", table->name, row->line, polish, english, value);
}

enum sp_status sp_data_table_integer(const struct sp_data_table *table,
                                     const struct sp_data_row *row, size_t field, int64_t least,
                                     int64_t most, int64_t *out, struct sp_error *err)
{
    const char *text = row->fields[field];
    char *end = NULL;
    errno = 0;
    long long value = strtoll(text, &end, 10);
    if (end == text || *end != '\0' || errno != 0 || value < least || value > most) {
        return sp_data_table_bad(table, row, text, "zła liczba", "bad number", err);
    }
    *out = value;
    return SP_OK;
}

bool sp_list_next(struct sp_view *rest, char separator, struct sp_view *word)
{
    while (rest->length > 0 && (rest->data[0] == separator || rest->data[0] == ' ')) {
        rest->data++;
        rest->length--;
    }
    if (rest->length == 0) {
        return false;
    }
    const char *end = memchr(rest->data, separator, rest->length);
    size_t length = end == NULL ? rest->length : (size_t)(end - rest->data);
    *word = sp_view_trim(sp_view_from(rest->data, length));
    rest->data += length;
    rest->length -= length;
    return true;
}

/* Cut the field that starts at *rest and ends at a tab or the end of the line; trims it in place.
 */
static const char *cut_field(char **rest)
{
    char *start = *rest;
    char *end = start + strcspn(start, "\t");
    *rest = *end == '\t' ? end + 1 : NULL;
    while (*start == ' ') {
        start++;
    }
    while (end > start && (end[-1] == ' ' || end[-1] == '\r')) {
        end--;
    }
    *end = '\0';
    return start;
}

static enum sp_status cut_row(char *line, size_t least, size_t most, const char **fields,
                              const struct sp_data_table *table, const struct sp_data_row *row,
                              struct sp_error *err)
{
    size_t count = 0;
    for (char *rest = line; rest != NULL; count++) {
        if (count == most) {
            return sp_data_table_bad(table, row, rest, "za dużo pól od", "too many fields from",
                                     err);
        }
        fields[count] = cut_field(&rest);
    }
    if (count < least) {
        return sp_data_table_bad(table, row, fields[0], "za mało pól", "too few fields", err);
    }
    for (; count < most; count++) {
        fields[count] = "";
    }
    return SP_OK;
}

static size_t count_lines(const char *text)
{
    size_t count = 1;
    for (const char *at = strchr(text, '\n'); at != NULL; at = strchr(at + 1, '\n')) {
        count++;
    }
    return count;
}

static enum sp_status cut_rows(char *text, size_t least, size_t most, struct sp_arena *arena,
                               struct sp_data_table *table, struct sp_error *err)
{
    size_t lines = count_lines(text);
    struct sp_data_row *rows = sp_arena_calloc(arena, lines, sizeof *rows);
    const char **fields = sp_arena_calloc(arena, lines * most, sizeof *fields);
    if (rows == NULL || fields == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    table->rows = rows;
    unsigned number = 0;
    for (char *line = text; line != NULL;) {
        char *end = strchr(line, '\n');
        char *next = end == NULL ? NULL : end + 1;
        if (end != NULL) {
            *end = '\0';
        }
        number++;
        if (line[0] != '#' && line[strspn(line, " \t\r")] != '\0') {
            struct sp_data_row *row = &rows[table->row_count];
            const char **cells = fields + table->row_count * most;
            row->line = number;
            row->fields = cells;
            enum sp_status status = cut_row(line, least, most, cells, table, row, err);
            if (status != SP_OK) {
                return status;
            }
            table->row_count++;
        }
        line = next;
    }
    return SP_OK;
}

enum sp_status sp_data_table_read(const char *directory, const char *name, size_t least,
                                  size_t most, struct sp_arena *arena, struct sp_data_table *out,
                                  struct sp_error *err)
{
    char path[PATH_MAX_BYTES];
    if (sp_file_join(directory, name, path, sizeof path) != SP_OK) {
        return SP_FAIL(err, SP_IO, name, "Za długa ścieżka do %s.", "The path to %s is too long.",
                       name);
    }
    char *content = NULL;
    size_t length = 0;
    enum sp_status status = sp_file_read(path, TABLE_MAX_BYTES, &content, &length, err);
    if (status != SP_OK) {
        return status;
    }
    size_t good = sp_utf8_check(sp_view_from(content, length));
    bool is_text = good == length && memchr(content, '\0', length) == NULL;
    char *text = is_text ? sp_arena_copy(arena, sp_view_from(content, length)) : NULL;
    sp_free(content);
    if (!is_text) {
        return SP_FAIL(err, SP_CORRUPT, name, "%s nie jest tekstem UTF-8 (bajt %zu).",
                       "%s is not UTF-8 text (byte %zu).", name, good);
    }
    struct sp_data_table table = {.name = sp_arena_strdup(arena, name)};
    if (text == NULL || table.name == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    status = cut_rows(text, least, most, arena, &table, err);
    if (status == SP_OK) {
        *out = table;
    }
    return status;
}
