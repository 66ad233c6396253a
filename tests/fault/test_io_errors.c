/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Every call to the disk fails once, or from then on: no acknowledged change is lost, none is half
 * done, the error says what is wrong, and the same open store goes on once the disk works again.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "matcher/catalogue/reader.h"
#include "matcher/language/language.h"
#include "tests/fault/fault_disk.h"
#include "tests/fault/workload.h"

enum { SWEEP_MAX = 3000, GROUPS = 3 };

static struct sp_language *language;

struct trial {
    char directory[32];
    struct sp_store_options options;
    struct workload load;
    struct sp_store *store;
};

static void trial_begin(struct trial *trial)
{
    struct sp_error err = {0};
    *trial = (struct trial){.directory = "/tmp/spoina-io-XXXXXX"};
    assert_non_null(mkdtemp(trial->directory));
    trial->options = (struct sp_store_options){.directory = trial->directory, .language = language};
    workload_init(&trial->load, 11);
    if (sp_store_open(&trial->options, &trial->store, &err) != SP_OK) {
        fail_msg("%s", err.english);
    }
    for (int i = 0; i < GROUPS; i++) {
        assert_int_equal(workload_step(&trial->load, trial->store, &err), SP_OK);
    }
}

static void trial_end(struct trial *trial)
{
    static const char *const files[] = {"catalogue.sqlite", "catalogue.sqlite-wal",
                                        "catalogue.sqlite-shm", "catalogue.sqlite-journal",
                                        "catalogue.lock"};
    sp_store_close(trial->store);
    for (size_t i = 0; i < SP_COUNT(files); i++) {
        char path[128];
        (void)snprintf(path, sizeof path, "%s/%s", trial->directory, files[i]);
        (void)unlink(path);
    }
    assert_int_equal(rmdir(trial->directory), 0);
    fault_disk_clear();
}

/** What was acknowledged is there, whole; nothing else is. */
static void assert_sound(struct trial *trial, long at)
{
    struct sp_error err = {0};
    if (workload_compare(&trial->load, trial->store, &err) != SP_OK ||
        sp_store_verify(trial->store, &err) != SP_OK) {
        fail_msg("call %ld: %s: %s", at, err.place, err.english);
    }
}

/** Fail the @p at-th call while a group is written. @return the status the writer saw */
static enum sp_status write_with_fault(struct trial *trial, enum fault_kind kind, long at,
                                       bool reads, struct sp_error *err)
{
    fault_disk_plan(kind, at, reads);
    enum sp_status status = workload_step(&trial->load, trial->store, err);
    return status;
}

static long sweep(enum fault_kind kind, bool reads)
{
    long refused = 0;
    for (long at = 0; at < SWEEP_MAX; at++) {
        struct trial trial;
        struct sp_error err = {0};
        trial_begin(&trial);
        enum sp_status status = write_with_fault(&trial, kind, at, reads, &err);
        bool fired = fault_disk_fired();
        fault_disk_plan(FAULT_NONE, 0, false);
        if (status != SP_OK) {
            refused++;
            trial.load.in_doubt = false; /* refused: it must not be there */
            assert_true(status == SP_IO || status == SP_FULL);
            assert_true(err.polish[0] != '\0' && err.english[0] != '\0');
        }
        assert_sound(&trial, at);
        assert_int_equal(workload_step(&trial.load, trial.store, &err), SP_OK); /* it goes on */
        assert_sound(&trial, at);
        sp_store_close(trial.store); /* and what a new process finds is the same */
        trial.store = NULL;
        assert_int_equal(sp_store_open(&trial.options, &trial.store, &err), SP_OK);
        assert_sound(&trial, at);
        trial_end(&trial);
        if (!fired) {
            return refused;
        }
    }
    fail_msg("the sweep did not end");
    return 0;
}

static void every_call_that_changes_a_file_fails_once(void **state)
{
    (void)state;
    long refused = sweep(FAULT_IO_ONCE, false);
    print_message("%ld calls\n", refused);
    assert_true(refused > 2);
}

static void a_disk_that_breaks_at_any_call(void **state)
{
    (void)state;
    assert_true(sweep(FAULT_IO, false) > 2);
}

static void a_disk_full_at_any_call(void **state)
{
    (void)state;
    assert_true(sweep(FAULT_FULL, false) > 2);
}

static void a_write_cut_short_at_any_call(void **state)
{
    (void)state;
    assert_true(sweep(FAULT_SHORT_WRITE, false) > 2);
}

static void every_read_fails_once(void **state)
{
    (void)state;
    (void)sweep(FAULT_IO_ONCE, true); /* the cache may serve all of it */
}

/** Fail each call of opening in turn. @return how many there are */
static long sweep_opening(bool reads)
{
    for (long at = 0; at < SWEEP_MAX; at++) {
        struct trial trial;
        struct sp_error err = {0};
        trial_begin(&trial);
        sp_store_close(trial.store);
        trial.store = NULL;
        fault_disk_plan(FAULT_IO_ONCE, at, reads);
        enum sp_status status = sp_store_open(&trial.options, &trial.store, &err);
        bool fired = fault_disk_fired();
        fault_disk_plan(FAULT_NONE, 0, false);
        assert_true((status == SP_OK) == (trial.store != NULL));
        if (status != SP_OK) {
            assert_int_equal(sp_store_open(&trial.options, &trial.store, &err), SP_OK);
        }
        assert_sound(&trial, at);
        trial_end(&trial);
        if (!fired) {
            return at;
        }
    }
    fail_msg("the sweep did not end");
    return 0;
}

static void opening_fails_in_order_at_any_call(void **state)
{
    (void)state;
    long changes = sweep_opening(false);
    long reads = sweep_opening(true);
    print_message("%ld calls that change a file, %ld that read\n", changes, reads);
    assert_true(changes > 0 && reads > 10);
}

static void reading_goes_on_while_the_disk_is_full(void **state)
{
    (void)state;
    struct trial trial;
    struct sp_error err = {0};
    struct sp_reader *reader = NULL;
    uint64_t version = 0;
    trial_begin(&trial);
    assert_int_equal(sp_reader_open(trial.directory, language, &reader, &err), SP_OK);
    fault_disk_plan(FAULT_FULL, 0, false);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(workload_step(&trial.load, trial.store, &err), SP_FULL);
        assert_non_null(strstr(err.english, "full"));
        assert_int_equal(sp_reader_version(reader, &version, &err), SP_OK);
        assert_int_equal(version, trial.load.acknowledged.version);
    }
    fault_disk_plan(FAULT_NONE, 0, false);
    assert_int_equal(workload_step(&trial.load, trial.store, &err), SP_OK);
    assert_int_equal(sp_reader_version(reader, &version, &err), SP_OK);
    assert_int_equal(version, trial.load.acknowledged.version);
    sp_reader_close(reader);
    trial_end(&trial);
}

static int open_all(void **state)
{
    (void)state;
    const char *share = getenv("SPOINA_SHARE");
    return share != NULL && sp_language_open(share, &language, NULL) == SP_OK &&
                   fault_disk_install()
               ? 0
               : -1;
}

static int close_all(void **state)
{
    (void)state;
    sp_language_free(language);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_call_that_changes_a_file_fails_once),
        cmocka_unit_test(a_disk_that_breaks_at_any_call),
        cmocka_unit_test(a_disk_full_at_any_call),
        cmocka_unit_test(a_write_cut_short_at_any_call),
        cmocka_unit_test(every_read_fails_once),
        cmocka_unit_test(opening_fails_in_order_at_any_call),
        cmocka_unit_test(reading_goes_on_while_the_disk_is_full),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
