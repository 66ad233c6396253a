/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Property: whatever the bytes, an import takes or rejects every record of the file exactly once
 * (read = added + changed + unchanged + rejected = the records that the CSV reader counts), the
 * lines of the rejected rise, and what is given back of them is UTF-8. Records cover the text: only
 * line ends and blank lines lie between them.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/utf8.h"
#include "matcher/catalogue/csv.h"
#include "matcher/catalogue/import.h"
#include "matcher/language/language.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { ARENA_MAX_BYTES = 64 << 20 };

static char directory[] = "/tmp/spoina-fuzz-XXXXXX";
static struct sp_store *store;
static struct sp_language *language;

static void clean_up(void)
{
    static const char *const files[] = {"catalogue.sqlite", "catalogue.sqlite-wal",
                                        "catalogue.sqlite-shm", "catalogue.lock"};
    char path[64];
    sp_store_close(store);
    sp_language_free(language);
    for (size_t i = 0; i < SP_COUNT(files); i++) {
        if (sp_file_join(directory, files[i], path, sizeof path) == SP_OK) {
            (void)unlink(path);
        }
    }
    (void)rmdir(directory);
}

static void open_once(void)
{
    const char *share = getenv("SPOINA_SHARE");
    struct sp_error err = {0};
    if (store != NULL) {
        return;
    }
    SP_ASSERT(share != NULL && mkdtemp(directory) != NULL);
    SP_ASSERT(sp_language_open(share, &language, &err) == SP_OK);
    struct sp_store_options options = {.directory = directory, .language = language};
    SP_ASSERT(sp_store_open(&options, &store, &err) == SP_OK);
    (void)atexit(clean_up);
}

/** A dry run, so that one input does not depend on those before it. */
static bool import_once(struct sp_view content, struct sp_arena *arena,
                        Spoina__V1__ImportEntitiesResponse *out)
{
    struct sp_error err = {0};
    struct sp_import_options options = {
        .content = content,
        .format = SPOINA__V1__FILE_FORMAT__FILE_FORMAT_CSV,
        .dry_run = true,
        .source = "fuzz",
        .author = {.who = "fuzz", .at_unix_ms = 0},
    };
    enum sp_status status = sp_import_run(&options, store, NULL, arena, out, &err);
    SP_ASSERT(status == SP_OK || err.polish[0] != '\0');
    SP_ASSERT(status == SP_OK || status == SP_INVALID || status == SP_LIMIT || status == SP_NOMEM);
    return status == SP_OK;
}

static void check(const Spoina__V1__ImportEntitiesResponse *out)
{
    SP_ASSERT(out->read == out->added + out->changed + out->unchanged + out->n_rejected);
    for (size_t i = 0; i < out->n_rejected; i++) {
        const Spoina__V1__RejectedRow *row = out->rejected[i];
        struct sp_view texts[] = {sp_view_of(row->row), sp_view_of(row->reason),
                                  sp_view_of(row->place)};
        SP_ASSERT(i == 0 || out->rejected[i - 1]->line < row->line);
        SP_ASSERT(row->reason[0] != '\0');
        for (size_t j = 0; j < SP_COUNT(texts); j++) {
            SP_ASSERT(sp_utf8_check(texts[j]) == texts[j].length);
        }
    }
}

/** Records cover the text: what lies between them is line ends and blank lines. */
static uint64_t count_records(struct sp_view text, char delimiter)
{
    static struct sp_csv_record record;
    struct sp_csv csv;
    uint64_t count = 0;
    uint64_t line = 0;
    size_t covered = 0;
    bool more = true;
    sp_csv_init(&csv, text, delimiter);
    while (sp_csv_next(&csv, &record, &more, NULL) == SP_OK && more) {
        size_t start = (size_t)(record.raw.data - text.data);
        SP_ASSERT(record.line > line);
        for (size_t i = covered; i < start; i++) {
            SP_ASSERT(text.data[i] == delimiter || strchr(" \t\r\n", text.data[i]) != NULL);
        }
        SP_ASSERT(record.problem != SP_CSV_FINE || record.field_count > 0);
        covered = start + record.raw.length;
        line = record.line;
        count++;
    }
    SP_ASSERT(!more);
    sp_csv_release(&csv);
    return count;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char delimiters[] = {';', ',', '\t'};
    struct sp_view content = sp_view_from((const char *)data, size);
    struct sp_arena *arena = sp_arena_new(ARENA_MAX_BYTES);
    Spoina__V1__ImportEntitiesResponse out;
    bool counted = false;
    open_once();
    SP_ASSERT(arena != NULL);
    uint64_t records[SP_COUNT(delimiters)];
    for (size_t i = 0; i < SP_COUNT(delimiters); i++) {
        records[i] = size == 0 ? 0 : count_records(content, delimiters[i]);
    }
    if (import_once(content, arena, &out)) {
        check(&out);
        for (size_t i = 0; i < SP_COUNT(delimiters); i++) {
            /* The header is a record, too; "sep=;" is a line before it. */
            counted = counted || out.read + 1 == records[i] || out.read + 2 == records[i];
        }
        /* Other encodings are decoded first; then the bytes cannot be counted as they are. */
        SP_ASSERT(counted || sp_utf8_check(content) != content.length ||
                  memchr(content.data, '\0', content.length) != NULL || size < 4 ||
                  memcmp(content.data, "\xEF\xBB\xBF", 3) == 0);
    }
    sp_arena_free(arena);
    return 0;
}
