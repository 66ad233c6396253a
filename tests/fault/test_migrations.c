/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * A store of every earlier schema is opened: copied first, then migrated, with all that was in it.
 *
 * How a store of schema N was made anew: this program makes one and DOWNGRADES takes back what
 * later migrations did, statement by statement; each new migration adds its line here.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <unistd.h>

#include <cmocka.h>

#include "matcher/catalogue/schema.h"
#include "tests/unit/catalogue/support.h"

/* [N - 1]: from schema N + 1 back to schema N. */
static const char *const DOWNGRADES[] = {
    "DELETE FROM counter WHERE name = 'forgotten'; PRAGMA user_version = 1",
};

static struct sp_language *language;

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

static char *make_store_of(int version)
{
    char *directory = test_directory_new();
    struct sp_store *store = test_store_open(directory, language);
    (void)test_put(store, "{'name':'A','nip':'5213017228','offers':[{'title':'Pranie'}]}");
    (void)test_put(store, "{'name':'B','nip':'5213017228'}");
    sp_store_close(store);
    for (int at = sp_schema_version(); at > version; at--) {
        test_run_sql(directory, DOWNGRADES[at - 2]);
    }
    return directory;
}

static void every_earlier_schema_has_its_way_back(void **state)
{
    (void)state;
    assert_int_equal(SP_COUNT(DOWNGRADES), sp_schema_version() - 1);
}

static void a_store_of_every_earlier_schema_is_migrated(void **state)
{
    (void)state;
    for (int version = 1; version < sp_schema_version(); version++) {
        char kept[512];
        char *directory = make_store_of(version);
        struct sp_arena *arena = sp_arena_new(1 << 20);
        struct sp_error err = {0};
        struct sp_store *store = test_store_open(directory, language);
        Spoina__V1__Entity *entity = NULL;
        assert_int_equal(sp_store_opening(store)->schema_before, version);
        assert_int_equal(sp_store_version(store), 2);
        assert_int_equal(sp_store_find(store, "5213017228", arena, &entity, &err), SP_OK);
        assert_string_equal(entity->name, "B");
        assert_int_equal(sp_store_verify(store, &err), SP_OK);
        (void)test_put(store, "{'name':'C','nip':'5213017228'}");
        assert_int_equal(sp_store_verify(store, &err), SP_OK);
        sp_store_close(store);
        /* The copy is the store as it was; it opens again, and so migrates again. */
        (void)snprintf(kept, sizeof kept, "%s/catalogue.sqlite.schema-%d", directory, version);
        char *other = test_directory_new();
        char path[512];
        (void)snprintf(path, sizeof path, "%s/catalogue.sqlite", other);
        assert_int_equal(rename(kept, path), 0);
        store = test_store_open(other, language);
        assert_int_equal(sp_store_opening(store)->schema_before, version);
        assert_int_equal(sp_store_version(store), 2);
        sp_store_close(store);
        sp_arena_free(arena);
        test_directory_remove(other);
        test_directory_remove(directory);
    }
}

static void a_store_of_this_schema_is_not_copied(void **state)
{
    (void)state;
    char path[512];
    char *directory = make_store_of(sp_schema_version());
    sp_store_close(test_store_open(directory, language));
    (void)snprintf(path, sizeof path, "%s/catalogue.sqlite.schema-%d", directory,
                   sp_schema_version());
    assert_int_not_equal(access(path, F_OK), 0);
    test_directory_remove(directory);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_earlier_schema_has_its_way_back),
        cmocka_unit_test(a_store_of_every_earlier_schema_is_migrated),
        cmocka_unit_test(a_store_of_this_schema_is_not_copied),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
