/* SPDX-License-Identifier: EUPL-1.2 */
/** @file Adding up and printing. */
#include "benchmarks/quality/figures.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

enum { EXACT_RANKS = 10 };

void figures_init(struct figures *figures)
{
    *figures = (struct figures){0};
}

void figures_release(struct figures *figures)
{
    sp_free(figures->rows);
    *figures = (struct figures){0};
}

enum sp_status figures_add(struct figures *figures, const struct notice *notice,
                           const struct sp_cpv *const *codes, size_t code_count)
{
    if (figures->count == figures->capacity) {
        size_t capacity = figures->capacity == 0 ? 1024 : figures->capacity * 2;
        struct figure_row *rows = sp_realloc(figures->rows, capacity, sizeof *rows);
        if (rows == NULL) {
            return SP_NOMEM;
        }
        figures->rows = rows;
        figures->capacity = capacity;
    }
    struct figure_row row = {.group = notice->group, .is_kept_apart = notice_is_kept_apart(notice)};
    if (code_count > 0) {
        row.values[FIGURE_DIVISION] = strncmp(codes[0]->code, notice->code, 2) == 0;
        row.values[FIGURE_GROUP] = strncmp(codes[0]->code, notice->code, 3) == 0;
    }
    for (size_t i = 0; i < code_count; i++) {
        if (strcmp(codes[i]->code, notice->code) == 0) {
            row.values[FIGURE_EXACT] = i < EXACT_RANKS;
            row.values[FIGURE_RECIPROCAL] = 1.0 / (double)(i + 1);
            break;
        }
    }
    figures->rows[figures->count++] = row;
    return SP_OK;
}

static int compare_rows(const void *left, const void *right)
{
    const struct figure_row *a = left;
    const struct figure_row *b = right;
    return a->group < b->group ? -1 : a->group > b->group;
}

static void print_line(FILE *file, const char *imports, bool with_description, const char *over,
                       const double sums[FIGURE_COUNT], double count)
{
    double among = count > 0 ? count : 1;
    (void)fprintf(file,
                  "{\"imports\":\"%s\",\"text\":\"%s\",\"over\":\"%s\",\"count\":%.0f,"
                  "\"exact10\":%.3f,\"division1\":%.3f,\"group1\":%.3f,\"mrr\":%.3f}\n",
                  imports, with_description ? "title and description" : "title", over, count,
                  sums[FIGURE_EXACT] / among, sums[FIGURE_DIVISION] / among,
                  sums[FIGURE_GROUP] / among, sums[FIGURE_RECIPROCAL] / among);
}

void figures_print(struct figures *figures, FILE *file, const char *imports, bool with_description)
{
    double all[FIGURE_COUNT] = {0};
    double apart[FIGURE_COUNT] = {0};
    double notices[FIGURE_COUNT] = {0};
    double apart_count = 0;
    double notice_count = 0;
    if (figures->count > 0) {
        qsort(figures->rows, figures->count, sizeof *figures->rows, compare_rows);
    }
    for (size_t i = 0; i < figures->count;) {
        size_t end = i;
        while (end < figures->count && figures->rows[end].group == figures->rows[i].group) {
            end++;
        }
        for (size_t k = i; k < end; k++) {
            const struct figure_row *row = &figures->rows[k];
            apart_count += row->is_kept_apart ? 1 : 0;
            for (size_t f = 0; f < FIGURE_COUNT; f++) {
                all[f] += row->values[f];
                apart[f] += row->is_kept_apart ? row->values[f] : 0;
                notices[f] += row->values[f] / (double)(end - i);
            }
        }
        notice_count++;
        i = end;
    }
    print_line(file, imports, with_description, "all", all, (double)figures->count);
    print_line(file, imports, with_description, "kept apart", apart, apart_count);
    print_line(file, imports, with_description, "notices", notices, notice_count);
}
