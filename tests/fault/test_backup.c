/* SPDX-License-Identifier: EUPL-1.2 */
/** @file Backup, restore and check of a data directory (store_backup.h). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "matcher/catalogue/store_backup.h"
#include "tests/unit/catalogue/support.h"

static struct sp_language *language;
static char *directory;
static char *parent;
static char backup[64];

static int open_all(void **state)
{
    (void)state;
    language = test_language_open();
    return 0;
}

static int close_all(void **state)
{
    (void)state;
    sp_language_free(language);
    return 0;
}

static int set_up(void **state)
{
    (void)state;
    directory = test_directory_new();
    parent = test_directory_new();
    (void)snprintf(backup, sizeof backup, "%s/backup", parent);
    return 0;
}

static void remove_folder(const char *in, const char *name)
{
    char path[128];
    (void)snprintf(path, sizeof path, "%s/%s", in, name);
    if (access(path, F_OK) == 0) {
        test_directory_remove(strdup(path));
    }
}

static int tear_down(void **state)
{
    (void)state;
    remove_folder(parent, "backup");
    remove_folder(directory, "aside");
    test_directory_remove(parent);
    test_directory_remove(directory);
    return 0;
}

static struct sp_store_options options(void)
{
    return (struct sp_store_options){.directory = directory, .language = language};
}

static enum sp_status make(struct sp_backup_report *report, struct sp_error *err)
{
    struct sp_store_options all = options();
    return sp_backup_make(&all, backup, report, err);
}

static enum sp_status restore(struct sp_backup_report *report, struct sp_error *err)
{
    struct sp_store_options all = options();
    return sp_backup_restore(&all, backup, "work", "aside", report, err);
}

static enum sp_status check(struct sp_backup_report *report, struct sp_error *err)
{
    struct sp_store_options all = options();
    return sp_backup_check(&all, "work", report, err);
}

/** A second database in the data directory, as other parts of the server keep one. */
static void add_other(const char *sql)
{
    char path[128];
    sqlite3 *db = NULL;
    (void)snprintf(path, sizeof path, "%s/other.sqlite", directory);
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

static void a_backup_of_an_open_store_comes_back(void **state)
{
    (void)state;
    struct sp_backup_report report;
    struct sp_error err = {0};
    struct sp_store *store = test_store_open(directory, language);
    (void)test_put(store, "{'name':'A','nip':'5213017228','offers':[{'title':'Pranie'}]}");
    add_other("PRAGMA journal_mode = WAL; CREATE TABLE t (a); INSERT INTO t VALUES (1)");
    assert_int_equal(sp_store_begin(store, NULL), SP_OK); /* a change is being written */
    (void)test_put(store, "{'name':'B','krs':'0000123456'}");
    if (make(&report, &err) != SP_OK) {
        fail_msg("%s: %s", err.place, err.english);
    }
    assert_int_equal(report.databases, 2);
    assert_int_equal(report.version, 1); /* the open group is not in it */
    assert_int_equal(report.documents, 2);
    assert_int_equal(make(&report, &err), SP_EXISTS);
    assert_int_equal(sp_store_commit(store, NULL), SP_OK);
    assert_int_equal(restore(&report, &err), SP_BUSY); /* the store is open */
    sp_store_close(store);
    add_other("INSERT INTO t VALUES (2)");

    if (restore(&report, &err) != SP_OK) {
        fail_msg("%s: %s", err.place, err.english);
    }
    struct sp_arena *arena = sp_arena_new(1 << 20);
    assert_string_equal(test_dump(directory, "SELECT id FROM entity", arena), "nip-5213017228\n");
    char aside[64];
    (void)snprintf(aside, sizeof aside, "%s/aside", directory);
    assert_string_equal(test_dump(aside, "SELECT id FROM entity ORDER BY number", arena),
                        "nip-5213017228\nkrs-0000123456\n");
    sp_arena_free(arena);
    add_other("INSERT INTO t SELECT 1 / (count(*) = 1) FROM t HAVING count(*) = 1");
    assert_int_equal(check(&report, &err), SP_OK);
    assert_int_equal(report.entities, 1);
}

static void nothing_is_backed_up_from_nowhere(void **state)
{
    (void)state;
    struct sp_backup_report report;
    struct sp_error err = {0};
    assert_int_equal(make(&report, &err), SP_NOT_FOUND);
    assert_int_equal(check(&report, &err), SP_NOT_FOUND);
    assert_int_equal(restore(&report, &err), SP_NOT_FOUND);
}

static void check_finds_each_kind_of_damage(void **state)
{
    (void)state;
    static const struct {
        const char *damage;
        const char *repair;
    } cases[] = {
        {"DELETE FROM change_log WHERE seq = 1", NULL},
        {"UPDATE entity SET seq = 1", "UPDATE entity SET seq = 2"},
        {"UPDATE document SET title = 'inny'", "UPDATE document SET title = 'B'"},
        {"UPDATE document SET seq = 1", "UPDATE document SET seq = 2"},
        {"UPDATE counter SET value = 0 WHERE name = 'entity'",
         "UPDATE counter SET value = 1 WHERE name = 'entity'"},
        {"UPDATE counter SET value = 9 WHERE name = 'forgotten'",
         "UPDATE counter SET value = 1 WHERE name = 'forgotten'"},
        {"INSERT INTO document_removed VALUES (9, 1)",
         "DELETE FROM document_removed WHERE seq = 9"},
        {"UPDATE document_text_data SET block = zeroblob(40) WHERE id > 10", NULL},
    };
    for (size_t i = 0; i < SP_COUNT(cases); i++) {
        struct sp_backup_report report;
        struct sp_error err = {0};
        char *own = directory;
        directory = test_directory_new();
        struct sp_store *store = test_store_open(directory, language);
        (void)test_put(store, "{'name':'A','nip':'5213017228'}");
        (void)test_put(store, "{'name':'B','nip':'5213017228'}");
        sp_store_close(store);
        assert_int_equal(check(&report, &err), SP_OK);
        test_run_sql(directory, cases[i].damage);
        if (check(&report, &err) != SP_CORRUPT) {
            fail_msg("not found: %s", cases[i].damage);
        }
        assert_int_equal(make(&report, &err), SP_CORRUPT); /* and no such backup is left behind */
        assert_int_not_equal(access(backup, F_OK), 0);
        if (cases[i].repair != NULL) {
            test_run_sql(directory, cases[i].repair);
            assert_int_equal(check(&report, &err), SP_OK);
        }
        test_directory_remove(directory);
        directory = own;
    }
}

static void a_damaged_backup_changes_nothing(void **state)
{
    (void)state;
    struct sp_backup_report report;
    struct sp_error err = {0};
    struct sp_arena *arena = sp_arena_new(1 << 20);
    struct sp_store *store = test_store_open(directory, language);
    (void)test_put(store, "{'name':'A','nip':'5213017228'}");
    sp_store_close(store);
    assert_int_equal(make(&report, &err), SP_OK);
    test_run_sql(backup, "DELETE FROM change_log");
    assert_int_equal(restore(&report, &err), SP_CORRUPT);
    assert_string_equal(test_dump(directory, "SELECT seq FROM change_log", arena), "1\n");
    test_run_sql(backup, "PRAGMA user_version = 1000");
    assert_int_equal(restore(&report, &err), SP_UNSUPPORTED);
    assert_string_equal(test_dump(directory, "SELECT seq FROM change_log", arena), "1\n");
    sp_arena_free(arena);
}

#define IN_DIRECTORY(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_DIRECTORY(a_backup_of_an_open_store_comes_back),
        IN_DIRECTORY(nothing_is_backed_up_from_nowhere),
        IN_DIRECTORY(check_finds_each_kind_of_damage),
        IN_DIRECTORY(a_damaged_backup_changes_nothing),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
