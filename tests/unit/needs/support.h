/* SPDX-License-Identifier: EUPL-1.2 */
/** @file What the tests of kept needs share: tables, a directory, needs made of a few words. */
#ifndef SP_TESTS_NEEDS_SUPPORT_H
#define SP_TESTS_NEEDS_SUPPORT_H

#include "matcher/needs/needs_reader.h"
#include "matcher/needs/needs_store.h"
#include "tests/unit/catalogue/support.h"

struct test_needs {
    struct sp_language *language;
    struct sp_key_tools tools;
    struct sp_vocabulary *vocabulary;
    struct sp_arena *arena; /* emptied by test_needs_clear() */
};

/** Open the tables of SPOINA_SHARE. */
void test_needs_open(struct test_needs *test);
void test_needs_close(struct test_needs *test);

struct sp_needs *test_needs_store(const struct test_needs *test, const char *directory);

/** A checked notice with one code, one place and a deadline ("": none). */
Spoina__V1__Need *test_need(const struct test_needs *test, const char *id, const char *title,
                            const char *cpv, const char *place, const char *deadline);

struct sp_need_keys test_keys(const struct test_needs *test, const Spoina__V1__Need *need);

/** Put it in a group of its own, which must succeed. */
enum sp_need_outcome test_put_need(const struct test_needs *test, struct sp_needs *store,
                                   const Spoina__V1__Need *need);

/** A filter that must be understood. */
struct sp_need_query test_query(const struct test_needs *test, const char *text, const char *place,
                                const char *cpv, const char *open_on);

#endif
