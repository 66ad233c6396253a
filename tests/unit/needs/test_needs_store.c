/* SPDX-License-Identifier: EUPL-1.2 */
/** @file Kept needs: idempotent, durable, half of nothing, deleted for good, found by what they
 * say. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/memory.h"
#include "tests/lib/fault.h"
#include "tests/unit/needs/support.h"

static struct test_needs test;
static char *directory;

static int open_all(void **state)
{
    (void)state;
    test_needs_open(&test);
    return 0;
}

static int close_all(void **state)
{
    (void)state;
    test_needs_close(&test);
    return 0;
}

static int make_directory(void **state)
{
    (void)state;
    directory = test_directory_new();
    return 0;
}

static int remove_directory(void **state)
{
    (void)state;
    test_directory_remove(directory);
    return 0;
}

static Spoina__V1__Need *mowing(void)
{
    return test_need(&test, "ted-1", "Koszenie trawników miejskich", "77310000", "0262011",
                     "2026-12-01");
}

static struct sp_needs_reader *open_reader(void)
{
    struct sp_needs_reader *reader = NULL;
    assert_int_equal(sp_needs_reader_open(directory, &reader, NULL), SP_OK);
    return reader;
}

/** How many needs answer a filter. */
static uint32_t total(struct sp_needs_reader *reader, const char *text, const char *place,
                      const char *cpv, const char *open_on)
{
    struct sp_need_query query = test_query(&test, text, place, cpv, open_on);
    struct sp_needs_page page = {.query = &query, .limit = 10};
    Spoina__V1__NeedSummary **needs = NULL;
    size_t count = 0;
    uint32_t all = 0;
    assert_int_equal(sp_needs_reader_list(reader, &page, test.arena, &needs, &count, &all, NULL),
                     SP_OK);
    assert_int_equal(count, all);
    return all;
}

static void importing_twice_changes_nothing(void **state)
{
    (void)state;
    struct sp_needs *store = test_needs_store(&test, directory);
    Spoina__V1__Need *need = mowing();
    assert_int_equal(test_put_need(&test, store, need), SP_NEED_ADDED);
    need->imported_on = (char *)"2026-11-23";
    need->file_name = (char *)"other.xml";
    assert_int_equal(test_put_need(&test, store, need), SP_NEED_UNCHANGED);
    need->draft->title = (char *)"Koszenie i grabienie";
    assert_int_equal(test_put_need(&test, store, need), SP_NEED_CHANGED);
    assert_int_equal(test_put_need(&test, store, need), SP_NEED_UNCHANGED);
    sp_needs_close(store);
}

static void filters_find_by_word_place_code_and_day(void **state)
{
    (void)state;
    struct sp_needs *store = test_needs_store(&test, directory);
    (void)test_put_need(&test, store, mowing());
    (void)test_put_need(&test, store,
                        test_need(&test, "ted-2", "Sprzątanie szkoły", "90919300", "Wrocław", ""));
    struct sp_needs_reader *reader = open_reader();
    assert_int_equal(total(reader, "", "", "", ""), 2);
    assert_int_equal(total(reader, "trawnikami", "", "", ""), 1);
    assert_int_equal(total(reader, "trawnik szkoła", "", "", ""), 0);
    assert_int_equal(total(reader, "posiłki", "", "", ""), 0); /* a unit is a word, too */
    assert_int_equal(total(reader, "", "Legnica", "", ""), 1);
    assert_int_equal(total(reader, "", "dolnośląskie", "", ""), 2);
    assert_int_equal(total(reader, "", "", "773", ""), 1);
    assert_int_equal(total(reader, "", "", "77310000-6", ""), 1);
    assert_int_equal(total(reader, "", "", "", "2026-12-01"), 2); /* one has no deadline */
    assert_int_equal(total(reader, "", "", "", "2026-12-02"), 1);
    sp_needs_reader_close(reader);
    sp_needs_close(store);
}

static void a_killed_import_leaves_nothing_half(void **state)
{
    (void)state;
    struct sp_needs *store = test_needs_store(&test, directory);
    (void)test_put_need(&test, store, mowing());
    sp_needs_close(store);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        enum sp_need_outcome outcome;
        store = test_needs_store(&test, directory);
        bool begun = sp_needs_begin(store, NULL) == SP_OK;
        for (int i = 0; begun && i < 50; i++) {
            char id[16];
            (void)snprintf(id, sizeof id, "ted-x%d", i);
            const Spoina__V1__Need *need =
                test_need(&test, id, "Dowóz posiłków", "55520000", "0262011", "");
            struct sp_need_keys keys = test_keys(&test, need);
            begun = sp_needs_put(store, need, &keys, &outcome, NULL) == SP_OK;
        }
        (void)kill(getpid(), begun ? SIGKILL : SIGABRT);
    }
    int how = 0;
    assert_int_equal(waitpid(child, &how, 0), child);
    assert_true(WIFSIGNALED(how) && WTERMSIG(how) == SIGKILL);
    store = test_needs_store(&test, directory);
    struct sp_needs_reader *reader = open_reader();
    assert_int_equal(total(reader, "", "", "", ""), 1);
    assert_int_equal(total(reader, "posiłek", "", "", ""), 0);
    sp_needs_reader_close(reader);
    sp_needs_close(store);
}

static void a_correction_stays_until_the_text_changes(void **state)
{
    (void)state;
    struct sp_needs *store = test_needs_store(&test, directory);
    Spoina__V1__Need *need = mowing();
    Spoina__V1__Need *better =
        test_need(&test, "-", "Koszenie poboczy", "77314100", "0262011", "2026-12-05");
    Spoina__V1__Need *kept = NULL;
    Spoina__V1__NeedCorrection **corrections = NULL;
    size_t count = 0;
    struct sp_need_keys keys = test_keys(&test, better);
    need->text = (char *)"Ogłoszenie o koszeniu.";
    (void)test_put_need(&test, store, need);
    assert_int_equal(sp_needs_begin(store, NULL), SP_OK);
    assert_int_equal(sp_needs_correct(store, "ted-1", better->draft, &keys, 20779, NULL), SP_OK);
    assert_int_equal(sp_needs_correct(store, "none", better->draft, &keys, 20779, NULL),
                     SP_NOT_FOUND);
    sp_needs_rollback(store);
    assert_int_equal(sp_needs_begin(store, NULL), SP_OK);
    assert_int_equal(sp_needs_correct(store, "ted-1", better->draft, &keys, 20779, NULL), SP_OK);
    assert_int_equal(sp_needs_commit(store, NULL), SP_OK);
    assert_int_equal(test_put_need(&test, store, need), SP_NEED_UNCHANGED);
    struct sp_needs_reader *reader = open_reader();
    assert_int_equal(sp_needs_reader_get(reader, "ted-1", test.arena, &kept, NULL), SP_OK);
    assert_true(kept->corrected);
    assert_string_equal(kept->draft->title, "Koszenie poboczy");
    assert_string_equal(kept->text, need->text);
    assert_int_equal(total(reader, "", "", "7731410", ""), 1);
    need->text = (char *)"Ogłoszenie zmienione.";
    assert_int_equal(test_put_need(&test, store, need), SP_NEED_CHANGED);
    assert_int_equal(sp_needs_reader_get(reader, "ted-1", test.arena, &kept, NULL), SP_OK);
    assert_false(kept->corrected);
    assert_string_equal(kept->draft->title, "Koszenie trawników miejskich");
    assert_int_equal(
        sp_needs_reader_corrections(reader, "ted-1", test.arena, &corrections, &count, NULL),
        SP_OK);
    assert_int_equal(count, 2);
    assert_string_equal(corrections[1]->draft->title, "Koszenie poboczy");
    sp_needs_reader_close(reader);
    sp_needs_close(store);
}

static void deleted_is_gone_from_the_file(void **state)
{
    (void)state;
    static const char *const FILES[] = {"needs.sqlite", "needs.sqlite-wal"};
    struct sp_needs *store = test_needs_store(&test, directory);
    Spoina__V1__Need *need = mowing();
    need->kind = SPOINA__V1__NEED_KIND__NEED_KIND_DRAFT;
    need->text = (char *)"TAJEMNICAZAMAWIAJACEGO";
    (void)test_put_need(&test, store, need);
    struct sp_needs_reader *reader = open_reader();
    assert_int_equal(total(reader, "", "", "", ""), 0); /* drafts are private */
    sp_needs_reader_close(reader);
    assert_int_equal(sp_needs_delete(store, "ted-1", NULL), SP_OK);
    assert_int_equal(sp_needs_delete(store, "ted-1", NULL), SP_NOT_FOUND);
    for (size_t i = 0; i < SP_COUNT(FILES); i++) {
        char path[4096];
        char *bytes = NULL;
        size_t length = 0;
        assert_int_equal(sp_file_join(directory, FILES[i], path, sizeof path), SP_OK);
        if (sp_file_read(path, 64 << 20, &bytes, &length, NULL) != SP_OK) {
            continue;
        }
        for (size_t k = 0; k + 22 <= length; k++) {
            assert_false(memcmp(bytes + k, "TAJEMNICAZAMAWIAJACEGO", 22) == 0);
        }
        sp_free(bytes);
    }
    sp_needs_close(store);
}

static void an_arriving_need_is_told_once(void **state)
{
    (void)state;
    struct sp_needs *store = test_needs_store(&test, directory);
    Spoina__V1__StandingSearch search = SPOINA__V1__STANDING_SEARCH__INIT;
    struct sp_need_query query = test_query(&test, "", "powiat legnicki", "", "");
    Spoina__V1__Arrival **arrivals = NULL;
    size_t count = 0;
    search.id = (char *)"far";
    assert_int_equal(sp_needs_save_search(store, &search, &query, NULL), SP_OK);
    query = test_query(&test, "koszenie", "", "", "");
    search.id = (char *)"mine";
    assert_int_equal(sp_needs_save_search(store, &search, &query, NULL), SP_OK);
    Spoina__V1__Need *need = mowing();
    (void)test_put_need(&test, store, need);
    need->draft->description = (char *)"Zmieniony opis.";
    assert_int_equal(test_put_need(&test, store, need), SP_NEED_CHANGED);
    sp_needs_close(store);
    store = test_needs_store(&test, directory); /* searches are loaded again */
    (void)test_put_need(&test, store,
                        test_need(&test, "ted-9", "Koszenie poboczy", "77310000", "0262011", ""));
    struct sp_needs_reader *reader = open_reader();
    assert_int_equal(sp_needs_reader_arrivals(reader, "", 10, test.arena, &arrivals, &count, NULL),
                     SP_OK);
    assert_int_equal(count, 2);
    assert_string_equal(arrivals[0]->need->id, "ted-9");
    assert_string_equal(arrivals[1]->search_id, "mine");
    assert_int_equal(sp_needs_delete_search(store, "mine", NULL), SP_OK);
    assert_int_equal(sp_needs_reader_arrivals(reader, "", 10, test.arena, &arrivals, &count, NULL),
                     SP_OK);
    assert_int_equal(count, 0);
    sp_needs_reader_close(reader);
    sp_needs_close(store);
}

struct put_work {
    struct sp_needs *store;
    const Spoina__V1__Need *need;
    struct sp_need_keys keys;
};

static enum sp_status put_once(void *context)
{
    const struct put_work *work = context;
    enum sp_need_outcome outcome;
    struct sp_error err;
    enum sp_status status = sp_needs_begin(work->store, &err);
    if (status == SP_OK) {
        status = sp_needs_put(work->store, work->need, &work->keys, &outcome, &err);
    }
    if (status != SP_OK) {
        sp_needs_rollback(work->store);
        return status;
    }
    return sp_needs_commit(work->store, &err);
}

static enum sp_status make_keys(void *context)
{
    const struct put_work *work = context;
    struct sp_arena *arena = sp_arena_new(16 << 20);
    struct sp_need_keys keys;
    enum sp_status status = arena == NULL ? SP_NOMEM
                                          : sp_need_keys(&test.tools, work->need->draft,
                                                         work->need->kind, arena, &keys, NULL);
    sp_arena_free(arena);
    return status;
}

static void memory_that_runs_out_stores_nothing(void **state)
{
    (void)state;
    enum sp_status seen = SP_OK;
    struct put_work work = {.store = test_needs_store(&test, directory), .need = mowing()};
    work.keys = test_keys(&test, work.need);
    assert_true(sp_fault_sweep(make_keys, &work, 2000, &seen) > 0);
    assert_true(sp_fault_sweep(put_once, &work, 2000, &seen) >= 0);
    struct sp_needs_reader *reader = open_reader();
    assert_int_equal(total(reader, "", "", "", ""), 1);
    sp_needs_reader_close(reader);
    sp_needs_close(work.store);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, make_directory, remove_directory)
    const struct CMUnitTest tests[] = {
        TEST(importing_twice_changes_nothing),     TEST(filters_find_by_word_place_code_and_day),
        TEST(a_killed_import_leaves_nothing_half), TEST(a_correction_stays_until_the_text_changes),
        TEST(deleted_is_gone_from_the_file),       TEST(an_arriving_need_is_told_once),
        TEST(memory_that_runs_out_stores_nothing),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
