/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * facts SHARE < FILE: print the facts of a file of any kind, one a line, with the words they came
 * from, and at the end how long finding them took.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/buffer.h"
#include "benchmarks/extraction/opened.h"
#include "matcher/tender/tender_read.h"

enum { ARENA_BYTES = 1 << 30, FILE_BYTES = 64 << 20, LINE_BYTES = 1 << 20 };

static double now_ms(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static void print(struct sp_view text, const struct sp_fact_list *facts)
{
    struct sp_buffer line;
    sp_buffer_init(&line, LINE_BYTES);
    for (size_t i = 0; i < facts->count; i++) {
        sp_buffer_clear(&line);
        sp_fact_write(text, &facts->items[i], &line);
        printf("%u (%u) %.*s\n", facts->items[i].sentence, facts->items[i].confidence,
               SP_VIEW_ARGS(sp_buffer_view(&line)));
    }
    sp_buffer_release(&line);
}

static enum sp_status run(const struct sp_extraction_opened *opened, struct sp_view content,
                          struct sp_error *err)
{
    struct sp_arena *arena = sp_arena_new(ARENA_BYTES);
    struct sp_draft_warnings warnings = {.arena = arena};
    struct sp_extraction_tools tools = sp_extraction_tools_of(opened);
    struct sp_tender_reading reading;
    struct sp_fact_list facts = {NULL, 0};
    enum sp_status status =
        arena == NULL ? SP_FAIL_NOMEM(err)
                      : sp_tender_read(content, "-", NULL, arena, &warnings, &reading, err);
    double start = now_ms();
    if (status == SP_OK) {
        status = sp_extract(&tools, reading.document.text, arena, &facts, err);
    }
    if (status == SP_OK) {
        double spent = now_ms() - start;
        print(reading.document.text, &facts);
        (void)fprintf(stderr, "%zu facts, %zu bytes, %.1f ms\n", facts.count,
                      reading.document.text.length, spent);
    }
    sp_arena_free(arena);
    return status;
}

int main(int count, char **arguments)
{
    struct sp_error err = {.status = SP_OK};
    struct sp_extraction_opened opened = {.language = NULL};
    char *content = malloc(FILE_BYTES);
    if (count != 2 || content == NULL) {
        (void)fputs("Usage: facts SHARE < FILE\n", stderr);
        free(content);
        return 2;
    }
    size_t length = fread(content, 1, FILE_BYTES, stdin);
    enum sp_status status = sp_extraction_open(arguments[1], &opened, &err);
    status = status == SP_OK ? run(&opened, sp_view_from(content, length), &err) : status;
    if (status != SP_OK) {
        (void)fprintf(stderr, "%s: %s\n", err.place, err.english);
    }
    sp_extraction_close(&opened);
    free(content);
    return status == SP_OK ? 0 : 1;
}
