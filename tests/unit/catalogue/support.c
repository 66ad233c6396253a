/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/unit/catalogue/support.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "base/buffer.h"
#include "base/file.h"
#include "proto/codec/message.h"

const struct sp_author TEST_AUTHOR = {.who = "test", .at_unix_ms = 1795000000000};

char *test_directory_new(void)
{
    char *path = strdup("/tmp/spoina-test-XXXXXX");
    assert_non_null(path);
    assert_non_null(mkdtemp(path));
    return path;
}

void test_directory_remove(char *path)
{
    char file[512];
    DIR *directory = opendir(path);
    assert_non_null(directory);
    for (struct dirent *entry = readdir(directory); entry != NULL; entry = readdir(directory)) {
        if (entry->d_name[0] != '.') {
            assert_int_equal(sp_file_join(path, entry->d_name, file, sizeof file), SP_OK);
            assert_int_equal(unlink(file), 0);
        }
    }
    (void)closedir(directory);
    assert_int_equal(rmdir(path), 0);
    free(path);
}

struct sp_language *test_language_open(void)
{
    const char *share = getenv("SPOINA_SHARE");
    struct sp_language *language = NULL;
    struct sp_error err = {0};
    assert_non_null(share);
    if (sp_language_open(share, &language, &err) != SP_OK) {
        fail_msg("%s", err.english);
    }
    return language;
}

Spoina__V1__Entity *test_entity(struct sp_arena *arena, const char *json)
{
    char *text = sp_arena_strdup(arena, json);
    assert_non_null(text);
    for (char *at = strchr(text, '\''); at != NULL; at = strchr(at, '\'')) {
        *at = '"';
    }
    ProtobufCMessage *message = NULL;
    struct sp_error err = {0};
    if (sp_message_from_json(&spoina__v1__entity__descriptor, sp_view_of(text), NULL, 0, arena,
                             &message, &err) != SP_OK) {
        fail_msg("%s: %s", err.place, err.english);
    }
    return (Spoina__V1__Entity *)message;
}

struct sp_store *test_store_open(const char *directory, const struct sp_language *language)
{
    struct sp_store *store = NULL;
    struct sp_error err = {0};
    struct sp_store_options options = {.directory = directory, .language = language};
    if (sp_store_open(&options, &store, &err) != SP_OK) {
        fail_msg("%s", err.english);
    }
    return store;
}

enum sp_put_outcome test_put(struct sp_store *store, const char *json)
{
    struct sp_arena *arena = sp_arena_new(1 << 20);
    enum sp_put_outcome outcome = SP_PUT_UNCHANGED;
    struct sp_error err = {0};
    Spoina__V1__Entity *entity = test_entity(arena, json);
    if (sp_store_put(store, entity, &TEST_AUTHOR, &outcome, NULL, &err) != SP_OK) {
        fail_msg("%s: %s", err.place, err.english);
    }
    sp_arena_free(arena);
    return outcome;
}

char *test_dump(const char *directory, const char *sql, struct sp_arena *arena)
{
    char path[512];
    sqlite3 *db = NULL;
    sqlite3_stmt *statement = NULL;
    struct sp_buffer text;
    sp_buffer_init(&text, 16 << 20);
    assert_int_equal(sp_file_join(directory, "catalogue.sqlite", path, sizeof path), SP_OK);
    assert_int_equal(sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &statement, NULL), SQLITE_OK);
    while (sqlite3_step(statement) == SQLITE_ROW) {
        for (int i = 0; i < sqlite3_column_count(statement); i++) {
            const char *value = (const char *)sqlite3_column_text(statement, i);
            sp_buffer_add_text(&text, value == NULL ? "NULL" : value);
            sp_buffer_add_char(&text, i + 1 < sqlite3_column_count(statement) ? '|' : '\n');
        }
    }
    assert_int_equal(sqlite3_finalize(statement), SQLITE_OK);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    assert_int_equal(text.status, SP_OK);
    char *copy = sp_arena_copy(arena, sp_buffer_view(&text));
    assert_non_null(copy);
    sp_buffer_release(&text);
    return copy;
}

void test_run_sql(const char *directory, const char *sql)
{
    char path[512];
    sqlite3 *db = NULL;
    assert_int_equal(sp_file_join(directory, "catalogue.sqlite", path, sizeof path), SP_OK);
    assert_int_equal(sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
}
