/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/unit/vocabulary/opened.h"

#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"
#include "matcher/vocabulary/data_table.h"
#include "matcher/vocabulary/keys.h"
#include "matcher/vocabulary/letters.h"
#include "tests/lib/fault.h"

static int64_t now_ms(void)
{
    struct timespec time;
    (void)clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

static void opening_is_quick(void **state)
{
    (void)state;
    struct opened all;
    open_all(&all);
    struct sp_vocabulary *again;
    struct sp_error err = {0};
    int64_t start_ms = now_ms();
    assert_ok(sp_vocabulary_open(getenv("SPOINA_SHARE"), all.analyser, &again, &err), err);
    int64_t took_ms = now_ms() - start_ms;
    print_message("opened in %lld ms\n", (long long)took_ms);
    assert_true(took_ms < 5000); /* under sanitizers on a loaded machine; release: below 100 */
    sp_vocabulary_free(again);
    close_all(&all);
}

static void a_missing_folder_is_told(void **state)
{
    (void)state;
    struct opened all;
    open_all(&all);
    struct sp_vocabulary *none = NULL;
    struct sp_error err = {0};
    assert_int_equal(sp_vocabulary_open("/nowhere", all.analyser, &none, &err), SP_NOT_FOUND);
    assert_null(none);
    assert_true(err.polish[0] != '\0');
    sp_vocabulary_free(NULL);
    close_all(&all);
}

static enum sp_status open_small_parts(void *context)
{
    (void)context;
    char directory[4096];
    struct sp_cpv_tree *cpv = NULL;
    struct sp_units *units = NULL;
    struct sp_territory *territory = NULL;
    enum sp_status status = sp_cpv_open(tables_directory(directory), &cpv, NULL);
    if (status == SP_OK) {
        status = sp_units_open(directory, &units, NULL);
    }
    if (status == SP_OK) {
        status = sp_territory_open(directory, &territory, NULL);
    }
    sp_territory_free(territory);
    sp_units_free(units);
    sp_cpv_free(cpv);
    return status;
}

static void opening_survives_lack_of_memory(void **state)
{
    (void)state;
    enum sp_status seen = SP_OK;
    int allocations = sp_fault_sweep(open_small_parts, NULL, 2000, &seen);
    assert_true(allocations > 10);
    assert_int_equal(seen, SP_OK);
}

struct gazetteer_work {
    const struct sp_territory *territory;
};

static enum sp_status open_gazetteer(void *context)
{
    const struct gazetteer_work *work = context;
    char directory[4096];
    struct sp_gazetteer *gazetteer = NULL;
    enum sp_status status =
        sp_gazetteer_open(tables_directory(directory), work->territory, &gazetteer, NULL);
    sp_gazetteer_free(gazetteer);
    return status;
}

static enum sp_status open_services(void *context)
{
    const struct opened *all = context;
    char directory[4096];
    struct sp_services *services = NULL;
    enum sp_status status = sp_services_open(tables_directory(directory), all->vocabulary->cpv,
                                             all->analyser, &services, NULL);
    sp_services_free(services);
    return status;
}

static void names_and_services_survive_lack_of_memory(void **state)
{
    (void)state;
    struct opened all;
    open_all(&all);
    enum sp_status seen = SP_OK;
    struct gazetteer_work work = {all.vocabulary->territory};
    assert_true(sp_fault_sweep(open_gazetteer, &work, 2000, &seen) > 10);
    assert_int_equal(seen, SP_OK);
    assert_true(sp_fault_sweep(open_services, &all, 5000, &seen) > 10);
    assert_int_equal(seen, SP_OK);
    close_all(&all);
}

/* Write @p content as DIRECTORY/name, a folder of the test's own. */
static void write_table(const char *directory, const char *name, const char *content, size_t length)
{
    char path[4096];
    (void)mkdir(directory, 0700);
    assert_int_equal(sp_file_join(directory, name, path, sizeof path), SP_OK);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(content, 1, length, file), length);
    assert_int_equal(fclose(file), 0);
}

static void bad_tables_name_file_and_line(void **state)
{
    (void)state;
    static const struct {
        const char *content;
        const char *english;
    } cases[] = {{"# head\n\na\tb\nc\n", "line 4"},
                 {"a\tb\tc\td\n", "line 1"},
                 {"a\tb\n\xC5\n", "not UTF-8"}};
    char directory[] = "/tmp/spoina-test-XXXXXX";
    assert_non_null(mkdtemp(directory));
    struct sp_arena *arena = sp_arena_new(1 << 20);
    for (size_t i = 0; i < SP_COUNT(cases); i++) {
        struct sp_data_table table;
        struct sp_error err = {0};
        write_table(directory, "t.tsv", cases[i].content, strlen(cases[i].content));
        assert_int_equal(sp_data_table_read(directory, "t.tsv", 2, 3, arena, &table, &err),
                         SP_CORRUPT);
        assert_non_null(strstr(err.english, cases[i].english));
        assert_non_null(strstr(err.english, "t.tsv"));
    }
    struct sp_data_table table;
    struct sp_error err = {0};
    static const char good[] = " a \tb\r\n#x\n\nc\td\te";
    write_table(directory, "t.tsv", good, sizeof good - 1);
    assert_ok(sp_data_table_read(directory, "t.tsv", 2, 3, arena, &table, &err), err);
    assert_int_equal(table.row_count, 2);
    assert_string_equal(table.rows[0].fields[0], "a");
    assert_string_equal(table.rows[0].fields[1], "b");
    assert_string_equal(table.rows[0].fields[2], "");
    assert_string_equal(table.rows[1].fields[2], "e");
    assert_int_equal(table.rows[1].line, 4);
    char path[4096];
    assert_int_equal(sp_file_join(directory, "t.tsv", path, sizeof path), SP_OK);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(rmdir(directory), 0);
    sp_arena_free(arena);
}

static void keys_find_all_values_and_only_those(void **state)
{
    (void)state;
    struct sp_keys keys = {0};
    char names[500][8];
    for (uint32_t i = 0; i < 500; i++) {
        (void)snprintf(names[i], sizeof names[i], "k%u", i);
        sp_keys_add(&keys, sp_view_of(names[i]), i);
        sp_keys_add(&keys, sp_view_of(names[i]), i);
        sp_keys_add(&keys, sp_view_of(names[i / 2]), 1000 + i);
    }
    assert_int_equal(sp_keys_seal(&keys), SP_OK);
    for (uint32_t i = 0; i < 500; i++) {
        size_t count;
        const struct sp_key *found = sp_keys_find(&keys, sp_view_of(names[i]), &count);
        assert_int_equal(count, i < 250 ? 3 : 1);
        assert_int_equal(found[0].value, i);
    }
    size_t count;
    assert_null(sp_keys_find(&keys, sp_view_of("k500"), &count));
    assert_int_equal(count, 0);
    sp_keys_release(&keys);
}

static void polish_letters_change_case(void **state)
{
    (void)state;
    static const char upper[] = "ZAŻÓŁĆ GĘŚLĄ JAŹŃ Ü 1";
    static const char lower[] = "zażółć gęślą jaźń Ü 1";
    char out[sizeof upper];
    sp_letters_lower(sp_view_of(upper), out);
    assert_memory_equal(out, lower, sizeof lower - 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(opening_is_quick),
        cmocka_unit_test(a_missing_folder_is_told),
        cmocka_unit_test(opening_survives_lack_of_memory),
        cmocka_unit_test(names_and_services_survive_lack_of_memory),
        cmocka_unit_test(bad_tables_name_file_and_line),
        cmocka_unit_test(keys_find_all_values_and_only_those),
        cmocka_unit_test(polish_letters_change_case),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
