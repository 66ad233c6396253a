/* SPDX-License-Identifier: EUPL-1.2 */
/** @file tools/region: a wrong line in a table is refused with the table named; its tables and
 *  records fit the rest of the project. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/memory.h"
#include "matcher/catalogue/checks.h"
#include "matcher/language/language.h"
#include "matcher/vocabulary/data_table.h"
#include "matcher/vocabulary/vocabulary.h"
#include "proto/codec/message.h"
#include "tools/region/region.h"
#include "tools/region/region_tables.h"

enum { PATH_BYTES = 512, TABLE_MOST_BYTES = 1 << 20 };

static const char *const TABLES[] = {"services.tsv", "phrases.tsv",   "kinds.tsv",   "names.tsv",
                                     "powiats.tsv",  "sentences.tsv", "licences.tsv"};

/* Copy a table, with @p line at its end. */
static void copy_table(const char *from, const char *to, const char *name, const char *line)
{
    char source[PATH_BYTES];
    char target[PATH_BYTES];
    char *content = NULL;
    size_t length = 0;
    (void)snprintf(source, sizeof source, "%s/region/%s", from, name);
    (void)snprintf(target, sizeof target, "%s/region/%s", to, name);
    assert_int_equal(sp_file_read(source, TABLE_MOST_BYTES, &content, &length, NULL), SP_OK);
    FILE *file = fopen(target, "w");
    assert_non_null(file);
    assert_int_equal(fwrite(content, 1, length, file), length);
    assert_true(fputs(line, file) >= 0);
    assert_int_equal(fclose(file), 0);
    sp_free(content);
}

static void remove_tables(const char *share)
{
    char path[PATH_BYTES];
    for (size_t i = 0; i < SP_COUNT(TABLES); i++) {
        (void)snprintf(path, sizeof path, "%s/region/%s", share, TABLES[i]);
        (void)unlink(path);
    }
    (void)snprintf(path, sizeof path, "%s/region", share);
    (void)rmdir(path);
    (void)snprintf(path, sizeof path, "%s/vocabulary", share);
    (void)unlink(path);
    (void)rmdir(share);
}

/* Open the tables with one more line in one of them. */
static enum sp_status open_with(const char *table, const char *line, struct sp_error *err)
{
    const char *share = getenv("SPOINA_SHARE");
    char directory[] = "/tmp/spoina-region-XXXXXX";
    char path[PATH_BYTES];
    char target[PATH_BYTES];
    struct sp_region *region = NULL;
    assert_non_null(mkdtemp(directory));
    (void)snprintf(path, sizeof path, "%s/vocabulary", directory);
    (void)snprintf(target, sizeof target, "%s/vocabulary", share);
    assert_int_equal(symlink(target, path), 0);
    (void)snprintf(path, sizeof path, "%s/region", directory);
    assert_int_equal(mkdir(path, 0700), 0);
    for (size_t i = 0; i < SP_COUNT(TABLES); i++) {
        copy_table(share, directory, TABLES[i], strcmp(TABLES[i], table) == 0 ? line : "");
    }
    enum sp_status status = sp_region_open(directory, &region, err);
    sp_region_close(region);
    remove_tables(directory);
    return status;
}

static void wrong_lines_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *table;
        const char *line;
        const char *word; /* of the English message */
    } cases[] = {
        {"services.tsv", "NEW\tclean\t5\tS\t\th\tmonth\t10\t5\t1\t1\t2\t-\n", "range"},
        {"services.tsv", "NEW\tclean\t5\tS\t\th\tmonth\tten\t5\t1\t1\t2\t-\n", "ten"},
        {"services.tsv", "NEW\tclean\t5\tS\t\th\tmonth\t1\t5\t1\t1\t2\tflying\n", "flying"},
        {"services.tsv", "NEW\tclean\t5\tS\t\th\tmonth\t1\t5\t1\t1\t2\t-\n", "no words"},
        {"services.tsv", "NEW\tclean\n", "too few"},
        {"phrases.tsv", "NOWHERE\ttitle\tx\n", "NOWHERE"},
        {"phrases.tsv", "MOW\tsong\tx\n", "song"},
        {"kinds.tsv", "S\tKINGDOM\t-\t0\t1\t1\t1\tDISABLED\t0\t0\t0\t0\t0\t0\t0\t0\t0\t0\tx\n",
         "KINGDOM"},
        {"kinds.tsv", "S\tFOUNDATION\t-\t1\t1\t1\t1\tDISABLED\t0\t0\t0\t0\t0\t0\t0\t0\t0\t0\tx\n",
         "1001"},
        {"kinds.tsv", "q\tFOUNDATION\t-\t0\t1\t1\t1\tDISABLED\t0\t0\t0\t0\t0\t0\t0\t0\t0\t0\tx\n",
         "without"},
        {"names.tsv", "x\ty\n", "unknown"},
        {"powiats.tsv", "0299\t1\tx\ty\n", "0299"},
        {"sentences.tsv", "x\t*\ty\n", "unknown"},
        {"licences.tsv", "x\ty\t51\n", "51"},
    };
    for (size_t i = 0; i < SP_COUNT(cases); i++) {
        struct sp_error err = {.status = SP_OK};
        assert_int_equal(open_with(cases[i].table, cases[i].line, &err), SP_CORRUPT);
        if (strstr(err.english, cases[i].word) == NULL) {
            fail_msg("\"%s\" says nothing of \"%s\"", err.english, cases[i].word);
        }
    }
}

static void a_missing_folder_is_named(void **state)
{
    (void)state;
    struct sp_region *region = NULL;
    struct sp_error err = {.status = SP_OK};
    assert_int_equal(sp_region_open("/nonexistent", &region, &err), SP_NOT_FOUND);
    assert_null(region);
    assert_int_not_equal(err.english[0], '\0');
}

static bool is_in_column(const struct sp_data_table *table, const char *id)
{
    for (size_t i = 0; i < table->row_count; i++) {
        if (strcmp(table->rows[i].fields[0], id) == 0) {
            return true;
        }
    }
    return false;
}

/* What the generator writes into offers must mean something to the matcher. */
static void ids_are_those_of_the_vocabulary(void **state)
{
    (void)state;
    char directory[PATH_BYTES];
    struct sp_arena *arena = sp_arena_new(TABLE_MOST_BYTES * 8);
    struct sp_data_table services;
    struct sp_data_table units;
    struct sp_data_table periods;
    struct sp_region *region = NULL;
    (void)snprintf(directory, sizeof directory, "%s/vocabulary", getenv("SPOINA_SHARE"));
    assert_int_equal(sp_data_table_read(directory, "services.tsv", 1, 20, arena, &services, NULL),
                     SP_OK);
    assert_int_equal(sp_data_table_read(directory, "units.tsv", 1, 20, arena, &units, NULL), SP_OK);
    assert_int_equal(sp_data_table_read(directory, "periods.tsv", 1, 20, arena, &periods, NULL),
                     SP_OK);
    assert_int_equal(sp_region_open(getenv("SPOINA_SHARE"), &region, NULL), SP_OK);
    for (size_t i = 0; i < region->service_count; i++) {
        const struct sp_region_service *service = &region->services[i];
        if (!is_in_column(&services, service->id) || !is_in_column(&units, service->unit) ||
            (service->period[0] != '\0' && !is_in_column(&periods, service->period))) {
            fail_msg("service %s: %s per %s is not of the vocabulary", service->id, service->unit,
                     service->period);
        }
    }
    sp_region_close(region);
    sp_arena_free(arena);
}

/* What every record must pass on its way into the catalogue. */
struct checker {
    struct sp_vocabulary *vocabulary;
    struct sp_arena *arena;
};

static enum sp_status check_entity(void *context, const Spoina__V1__Entity *entity,
                                   struct sp_error *err)
{
    struct checker *checker = context;
    size_t length = spoina__v1__entity__get_packed_size(entity);
    sp_arena_reset(checker->arena);
    uint8_t *bytes = sp_arena_alloc(checker->arena, length);
    assert_non_null(bytes);
    (void)spoina__v1__entity__pack(entity, bytes);
    ProtobufCMessage *copy = NULL; /* normalising writes, and the region's texts are not for that */
    enum sp_status status =
        sp_message_from_wire(&spoina__v1__entity__descriptor, sp_view_from((char *)bytes, length),
                             NULL, checker->arena, &copy, err);
    if (status == SP_OK) {
        status = sp_entity_normalise((Spoina__V1__Entity *)copy, checker->arena, err);
    }
    if (status == SP_OK) {
        struct sp_warnings warnings;
        status = sp_entity_check((Spoina__V1__Entity *)copy, checker->vocabulary, &warnings, err);
        if (status == SP_OK && warnings.count > 0) {
            fail_msg("%s: %s: %s", entity->id, warnings.items[0].place, warnings.items[0].english);
        }
    }
    return status;
}

static void the_catalogue_takes_every_record(void **state)
{
    (void)state;
    struct sp_region_options options = {.seed = SP_REGION_SEED,
                                        .entities = SP_REGION_ENTITIES,
                                        .offers = SP_REGION_OFFERS,
                                        .today = 20779 /* 2026-11-22 */};
    const char *share = getenv("SPOINA_SHARE");
    struct sp_language *language = NULL;
    struct sp_analyser *analyser = NULL;
    struct sp_region *region = NULL;
    struct checker checker = {.arena = sp_arena_new(4 * SP_REGION_ARENA_BYTES)};
    struct sp_error err = {.status = SP_OK};
    assert_int_equal(sp_language_open(share, &language, NULL), SP_OK);
    assert_int_equal(sp_analyser_new(language, &analyser, NULL), SP_OK);
    assert_int_equal(sp_vocabulary_open(share, analyser, &checker.vocabulary, NULL), SP_OK);
    assert_int_equal(sp_region_open(share, &region, NULL), SP_OK);
    enum sp_status status = sp_region_generate(region, &options, check_entity, &checker, &err);
    if (status != SP_OK) {
        fail_msg("%s: %s", err.place, err.english);
    }
    sp_region_close(region);
    sp_vocabulary_free(checker.vocabulary);
    sp_analyser_free(analyser);
    sp_language_free(language);
    sp_arena_free(checker.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wrong_lines_are_refused),
        cmocka_unit_test(a_missing_folder_is_named),
        cmocka_unit_test(ids_are_those_of_the_vocabulary),
        cmocka_unit_test(the_catalogue_takes_every_record),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
