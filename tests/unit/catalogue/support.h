/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * What the tests of the catalogue share: a directory to throw away, the language, entities written
 * as JSON. Every function fails the test at hand when it cannot do its work.
 */
#ifndef SP_TESTS_CATALOGUE_SUPPORT_H
#define SP_TESTS_CATALOGUE_SUPPORT_H

#include "base/arena.h"
#include "matcher/catalogue/reader.h"
#include "matcher/catalogue/store.h"
#include "matcher/language/language.h"

extern const struct sp_author TEST_AUTHOR;

/** Make a new empty directory. @return its path, test_directory_remove() frees it */
char *test_directory_new(void);
/** Remove the directory with its files. */
void test_directory_remove(char *path);

/** Open the language from SPOINA_SHARE; sp_language_free() it. */
struct sp_language *test_language_open(void);

/** Read an entity from JSON with ' for ". */
Spoina__V1__Entity *test_entity(struct sp_arena *arena, const char *json);

/** Open the store of @p directory, without a vocabulary. */
struct sp_store *test_store_open(const char *directory, const struct sp_language *language);

/** Put an entity that must be accepted; returns what happened to it. */
enum sp_put_outcome test_put(struct sp_store *store, const char *json);

/** All of a table as text, in the order of its first column, into @p arena. Reads the file itself,
 *  beside the code under test. */
char *test_dump(const char *directory, const char *sql, struct sp_arena *arena);

/** Change the file behind the store's back. */
void test_run_sql(const char *directory, const char *sql);

#endif
