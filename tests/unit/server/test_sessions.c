/* SPDX-License-Identifier: EUPL-1.2 */
/** @file Sessions by generation: an id never finds another's thing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/memory.h"
#include "server/work/sessions.h"

static void an_old_id_finds_nothing(void **state)
{
    struct sp_sessions sessions = {0};
    int first = 1;
    int second = 2;
    uint64_t old = 0;
    uint64_t id = 0;
    (void)state;
    assert_null(sp_sessions_find(&sessions, 0));
    assert_null(sp_sessions_find(&sessions, UINT64_MAX));
    assert_int_equal(sp_sessions_add(&sessions, &first, &old), SP_OK);
    assert_true(old != 0);
    assert_ptr_equal(sp_sessions_find(&sessions, old), &first);
    assert_ptr_equal(sp_sessions_remove(&sessions, old), &first);
    assert_null(sp_sessions_remove(&sessions, old));
    assert_int_equal(sp_sessions_add(&sessions, &second, &id), SP_OK);
    assert_int_equal((uint32_t)id, (uint32_t)old); /* the same slot */
    assert_null(sp_sessions_find(&sessions, old));
    assert_ptr_equal(sp_sessions_find(&sessions, id), &second);
    sp_sessions_release(&sessions);
    assert_null(sp_sessions_find(&sessions, id));
}

/* A thousand things come and go in an order made by a fixed rule; each id finds its own. */
static void many_come_and_go(void **state)
{
    enum { THINGS = 1000, STEPS = 20000 };
    static int things[THINGS];
    static uint64_t ids[THINGS];
    struct sp_sessions sessions = {0};
    uint32_t random = 12345;
    uint32_t count = 0;
    (void)state;
    for (int step = 0; step < STEPS; step++) {
        random = random * 1664525 + 1013904223;
        size_t i = (random >> 8) % THINGS;
        if (ids[i] == 0) {
            assert_int_equal(sp_sessions_add(&sessions, &things[i], &ids[i]), SP_OK);
            count++;
        } else {
            assert_ptr_equal(sp_sessions_find(&sessions, ids[i]), &things[i]);
            assert_ptr_equal(sp_sessions_remove(&sessions, ids[i]), &things[i]);
            assert_null(sp_sessions_find(&sessions, ids[i]));
            ids[i] = 0;
            count--;
        }
        assert_int_equal(sessions.count, count);
    }
    sp_sessions_release(&sessions);
}

static bool always_fail(void *context)
{
    (void)context;
    return true;
}

static void out_of_memory_changes_nothing(void **state)
{
    struct sp_sessions sessions = {0};
    int thing = 0;
    uint64_t id = 0;
    (void)state;
    sp_memory_set_fault(always_fail, NULL);
    enum sp_status status = sp_sessions_add(&sessions, &thing, &id);
    sp_memory_set_fault(NULL, NULL);
    assert_int_equal(status, SP_NOMEM);
    assert_int_equal(sp_sessions_add(&sessions, &thing, &id), SP_OK);
    sp_sessions_release(&sessions);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_old_id_finds_nothing),
        cmocka_unit_test(many_come_and_go),
        cmocka_unit_test(out_of_memory_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
