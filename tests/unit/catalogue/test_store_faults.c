/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Out of memory at every allocation of the store, SQLite's own included: each failure is told as
 * one, and what was committed before stays whole.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "base/memory.h"
#include "tests/lib/fault.h"
#include "tests/unit/catalogue/support.h"

/* SQLite's allocator on top of base/memory.h: a header before each block keeps its size. */
enum { HEADER_BYTES = 16 };

static void *sqlite_malloc(int size)
{
    char *block = sp_malloc((size_t)size + HEADER_BYTES);
    if (block == NULL) {
        return NULL;
    }
    memcpy(block, &size, sizeof size);
    return block + HEADER_BYTES;
}

static void sqlite_free(void *pointer)
{
    sp_free(pointer == NULL ? NULL : (char *)pointer - HEADER_BYTES);
}

static void *sqlite_realloc(void *pointer, int size)
{
    char *block = sp_realloc((char *)pointer - HEADER_BYTES, 1, (size_t)size + HEADER_BYTES);
    if (block == NULL) {
        return NULL;
    }
    memcpy(block, &size, sizeof size);
    return block + HEADER_BYTES;
}

static int sqlite_size(void *pointer)
{
    int size = 0;
    if (pointer != NULL) {
        memcpy(&size, (char *)pointer - HEADER_BYTES, sizeof size);
    }
    return size;
}

static int sqlite_roundup(int size)
{
    return (size + 7) & ~7;
}

static int sqlite_start(void *context)
{
    (void)context;
    return SQLITE_OK;
}

static void sqlite_stop(void *context)
{
    (void)context;
}

static sqlite3_mem_methods memory = {
    .xMalloc = sqlite_malloc,
    .xFree = sqlite_free,
    .xRealloc = sqlite_realloc,
    .xSize = sqlite_size,
    .xRoundup = sqlite_roundup,
    .xInit = sqlite_start,
    .xShutdown = sqlite_stop,
};

struct work {
    struct sp_language *language;
    char *directory;
    struct sp_arena *arena;
    Spoina__V1__Entity *entity;
    int round;
};

/** Open, change what is stored, close; the change differs from round to round. */
static enum sp_status put_once(void *context)
{
    struct work *work = context;
    struct sp_store_options options = {.directory = work->directory, .language = work->language};
    struct sp_store *store = NULL;
    struct sp_error err = {0};
    work->entity->offers[0]->lead_time_days = (uint32_t)++work->round;
    enum sp_status status = sp_store_open(&options, &store, &err);
    if (status != SP_OK) {
        return status;
    }
    uint64_t before = sp_store_version(store);
    status = sp_store_put(store, work->entity, &TEST_AUTHOR, NULL, NULL, &err);
    assert_int_equal(sp_store_version(store), status == SP_OK ? before + 1 : before);
    sp_store_close(store);
    return status;
}

static void every_failed_allocation_of_a_put_is_told(void **state)
{
    (void)state;
    struct work work = {.language = test_language_open(), .directory = test_directory_new()};
    enum sp_status seen = SP_OK;
    work.arena = sp_arena_new(1 << 20);
    work.entity = test_entity(
        work.arena, "{'name':'Spółdzielnia Ogród','nip':'5213017228','offers':[{'id':'a','title':"
                    "'Koszenie trawników','leadTimeDays':1},{'id':'b','title':'Pranie'}]}");
    struct sp_store *store = test_store_open(work.directory, work.language);
    assert_int_equal(sp_store_put(store, work.entity, &TEST_AUTHOR, NULL, NULL, NULL), SP_OK);
    sp_store_close(store);

    int allocations = sp_fault_sweep(put_once, &work, 20000, &seen);
    print_message("%d allocations\n", allocations);
    assert_true(allocations > 100);

    store = test_store_open(work.directory, work.language);
    assert_int_equal(sp_store_verify(store, NULL), SP_OK);
    sp_store_close(store);
    sp_arena_free(work.arena);
    test_directory_remove(work.directory);
    sp_language_free(work.language);
}

static enum sp_status ignore_document(void *context, const struct sp_document *document)
{
    (void)context;
    (void)document;
    return SP_OK;
}

static enum sp_status ignore_posting(void *context, const struct sp_posting *posting)
{
    (void)context;
    (void)posting;
    return SP_OK;
}

static enum sp_status read_all(void *context)
{
    struct work *work = context;
    struct sp_reader *reader = NULL;
    struct sp_error err = {0};
    Spoina__V1__Entity *entity = NULL;
    enum sp_status status = sp_reader_open(work->directory, work->language, &reader, &err);
    if (status != SP_OK) {
        return status;
    }
    sp_arena_reset(work->arena);
    status = sp_reader_begin(reader, NULL, &err);
    if (status == SP_OK) {
        status = sp_reader_each_document(reader, 0, ignore_document, NULL, &err);
    }
    if (status == SP_OK) {
        status = sp_reader_each_posting(reader, ignore_posting, NULL, &err);
    }
    if (status == SP_OK) {
        status = sp_reader_find(reader, "5213017228", work->arena, &entity, &err);
    }
    sp_reader_close(reader);
    return status;
}

static void every_failed_allocation_of_a_reader_is_told(void **state)
{
    (void)state;
    struct work work = {.language = test_language_open(), .directory = test_directory_new()};
    enum sp_status seen = SP_OK;
    work.arena = sp_arena_new(1 << 20);
    struct sp_store *store = test_store_open(work.directory, work.language);
    (void)test_put(store, "{'name':'Spółdzielnia Ogród','nip':'5213017228'}");
    int allocations = sp_fault_sweep(read_all, &work, 20000, &seen);
    print_message("%d allocations\n", allocations);
    assert_true(allocations > 100);
    sp_store_close(store);
    sp_arena_free(work.arena);
    test_directory_remove(work.directory);
    sp_language_free(work.language);
}

static int use_faulty_memory(void **state)
{
    (void)state;
    /* Lookaside would serve small blocks from a pool that no fault reaches. */
    return sqlite3_config(SQLITE_CONFIG_MALLOC, &memory) == SQLITE_OK &&
                   sqlite3_config(SQLITE_CONFIG_LOOKASIDE, 0, 0) == SQLITE_OK
               ? 0
               : -1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_failed_allocation_of_a_put_is_told),
        cmocka_unit_test(every_failed_allocation_of_a_reader_is_told),
    };
    return cmocka_run_group_tests(tests, use_faulty_memory, NULL);
}
