/* SPDX-License-Identifier: EUPL-1.2 */
/** @file The store: log and tables agree, groups are atomic, one writer, readers see versions. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "base/file.h"
#include "tests/unit/catalogue/support.h"

static struct sp_language *language;
static char *directory;
static struct sp_arena *arena;

#define COOPERATIVE                                                                                \
    "{'name':'Spółdzielnia Socjalna Ogród','legalForm':'LEGAL_FORM_SOCIAL_COOPERATIVE',"        \
    "'nip':'5213017228','description':'Prowadzimy zieleń miejską.',"                             \
    "'seat':{'teryt':'0262011','name':'Legnica','latitude':51.21,'longitude':16.16},"              \
    "'units':[{'id':'zaz','kind':'UNIT_KIND_ZAZ','name':'ZAZ Prochowice',"                         \
    "'place':{'teryt':'0209063','name':'Prochowice'}}],"                                           \
    "'offers':[{'id':'trawa','title':'Koszenie trawników','description':'Kosimy trawę.'},"       \
    "{'id':'pranie','title':'Usługi pralnicze','unitId':'zaz'}]}"
#define FOUNDATION                                                                                 \
    "{'name':'Fundacja Most','legalForm':'LEGAL_FORM_FOUNDATION','krs':'0000123456',"              \
    "'seat':{'teryt':'14'}}"

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

static int make_directory(void **state)
{
    (void)state;
    directory = test_directory_new();
    arena = sp_arena_new(64 << 20);
    return arena == NULL ? -1 : 0;
}

static int remove_directory(void **state)
{
    (void)state;
    test_directory_remove(directory);
    sp_arena_free(arena);
    return 0;
}

static struct sp_reader *open_reader(void)
{
    struct sp_reader *reader = NULL;
    struct sp_error err = {0};
    if (sp_reader_open(directory, language, &reader, &err) != SP_OK) {
        fail_msg("%s", err.english);
    }
    return reader;
}

static void put_tells_what_it_did(void **state)
{
    (void)state;
    struct sp_store *store = test_store_open(directory, language);
    assert_int_equal(sp_store_version(store), 0);
    assert_int_equal(test_put(store, FOUNDATION), SP_PUT_ADDED);
    assert_int_equal(sp_store_version(store), 1);
    assert_int_equal(test_put(store, FOUNDATION), SP_PUT_UNCHANGED);
    assert_int_equal(sp_store_version(store), 1);
    assert_int_equal(test_put(store, "{'name':'Fundacja Most','krs':'KRS 0000123456',"
                                     "'provenance':{'confirmedOn':'2026-11-22'}}"),
                     SP_PUT_CHANGED);
    assert_int_equal(sp_store_version(store), 2);
    sp_store_close(store);
}

static void ids_come_from_numbers_then_from_the_source(void **state)
{
    (void)state;
    struct sp_store *store = test_store_open(directory, language);
    static const struct {
        const char *json;
        const char *id;
    } cases[] = {
        {"{'name':'A','nip':'521-301-72-28'}", "nip-5213017228"},
        {"{'name':'B','krs':'0000123456'}", "krs-0000123456"},
        {"{'name':'C','regon':'123456785'}", "regon-123456785"},
        {"{'name':'D','id':'own.id'}", "own.id"},
        /* The first number known gives the id; numbers learned later do not change it. */
        {"{'name':'B','krs':'0000123456','nip':'5260250274'}", "krs-0000123456"},
    };
    for (size_t i = 0; i < SP_COUNT(cases); i++) {
        const char *id = NULL;
        assert_int_equal(
            sp_store_put(store, test_entity(arena, cases[i].json), &TEST_AUTHOR, NULL, &id, NULL),
            SP_OK);
        assert_string_equal(id, cases[i].id);
    }
    const char *id = NULL;
    char first[80];
    Spoina__V1__Entity *nameless =
        test_entity(arena, "{'name':'E','provenance':{'source':'s','sourceId':'7'}}");
    assert_int_equal(sp_store_put(store, nameless, &TEST_AUTHOR, NULL, &id, NULL), SP_OK);
    (void)strcpy(first, id);
    nameless->name = sp_arena_strdup(arena, "E2");
    assert_int_equal(sp_store_put(store, nameless, &TEST_AUTHOR, NULL, &id, NULL), SP_OK);
    assert_string_equal(id, first);
    nameless->provenance->source_id = sp_arena_strdup(arena, "8");
    assert_int_equal(sp_store_put(store, nameless, &TEST_AUTHOR, NULL, &id, NULL), SP_OK);
    assert_string_not_equal(id, first);
    sp_store_close(store);
}

static void two_entities_never_share_a_number(void **state)
{
    (void)state;
    struct sp_store *store = test_store_open(directory, language);
    struct sp_error err = {0};
    (void)test_put(store, "{'name':'A','nip':'5213017228'}");
    (void)test_put(store, "{'name':'B','krs':'0000123456'}");
    Spoina__V1__Entity *both =
        test_entity(arena, "{'name':'C','nip':'5213017228','krs':'0000123456'}");
    assert_int_equal(sp_store_put(store, both, &TEST_AUTHOR, NULL, NULL, &err), SP_EXISTS);
    assert_string_equal(err.place, "krs");
    assert_non_null(strstr(err.polish, "krs-0000123456"));
    Spoina__V1__Entity *other = test_entity(arena, "{'id':'x','name':'C','nip':'5213017228'}");
    assert_int_equal(sp_store_put(store, other, &TEST_AUTHOR, NULL, NULL, &err), SP_EXISTS);
    assert_int_equal(sp_store_version(store), 2);
    sp_store_close(store);
}

static void a_rejected_change_leaves_its_group_alone(void **state)
{
    (void)state;
    struct sp_store *store = test_store_open(directory, language);
    struct sp_error err = {0};
    assert_int_equal(sp_store_begin(store, NULL), SP_OK);
    assert_int_equal(sp_store_begin(store, NULL), SP_PRECONDITION);
    (void)test_put(store, FOUNDATION);
    Spoina__V1__Entity *bad = test_entity(arena, "{'name':'A','nip':'5213017229'}");
    assert_int_equal(sp_store_put(store, bad, &TEST_AUTHOR, NULL, NULL, &err), SP_INVALID);
    assert_string_equal(err.place, "nip");
    (void)test_put(store, COOPERATIVE);
    assert_int_equal(sp_store_commit(store, NULL), SP_OK);
    assert_int_equal(sp_store_commit(store, NULL), SP_PRECONDITION);
    assert_int_equal(sp_store_version(store), 2);
    assert_int_equal(sp_store_verify(store, &err), SP_OK);
    sp_store_close(store);
}

static void a_group_rolled_back_never_was(void **state)
{
    (void)state;
    struct sp_store *store = test_store_open(directory, language);
    (void)test_put(store, FOUNDATION);
    char *before = test_dump(directory, "SELECT * FROM counter ORDER BY name", arena);
    assert_int_equal(sp_store_begin(store, NULL), SP_OK);
    (void)test_put(store, COOPERATIVE);
    sp_store_rollback(store);
    assert_int_equal(sp_store_version(store), 1);
    assert_int_equal(sp_store_verify(store, NULL), SP_OK);
    /* Numbers go back too: the next entity gets the same ones as if nothing had happened. */
    (void)test_put(store, FOUNDATION);
    assert_string_equal(test_dump(directory, "SELECT * FROM counter ORDER BY name", arena), before);
    assert_int_equal(test_put(store, COOPERATIVE), SP_PUT_ADDED);
    assert_string_equal(
        test_dump(directory, "SELECT number, id FROM entity ORDER BY number", arena),
        "1|krs-0000123456\n2|nip-5213017228\n");
    sp_store_close(store);
}

static void documents_are_clustered_by_powiat(void **state)
{
    (void)state;
    struct sp_store *store = test_store_open(directory, language);
    (void)test_put(store, COOPERATIVE);
    (void)test_put(store, FOUNDATION);
    (void)test_put(store, "{'name':'Bez miejsca','id':'nowhere'}");
    assert_string_equal(test_dump(directory,
                                  "SELECT id >> 32, id & 0xffffffff, entity_number, offer_index,"
                                  " title, body FROM document ORDER BY id",
                                  arena),
                        "0|5|3|-1|Bez miejsca|\n"
                        "209|3|1|1|Usługi pralnicze|\n"
                        "262|1|1|-1|Spółdzielnia Socjalna Ogród|Prowadzimy zieleń miejską.\n"
                        "ZAZ Prochowice\n"
                        "262|2|1|0|Koszenie trawników|Kosimy trawę.\n"
                        "1400|4|2|-1|Fundacja Most|\n");
    sp_store_close(store);
}

static const char *const TABLES[] = {
    "SELECT number, id, nip, krs, regon, seq, hex(payload) FROM entity ORDER BY number",
    "SELECT * FROM document ORDER BY id",
    "SELECT * FROM document_removed ORDER BY seq, id",
    "SELECT * FROM counter ORDER BY name",
    "SELECT * FROM change_log ORDER BY seq",
};

static void the_log_makes_the_same_tables_again(void **state)
{
    (void)state;
    struct sp_store *store = test_store_open(directory, language);
    char *before[SP_COUNT(TABLES)];
    (void)test_put(store, COOPERATIVE);
    (void)test_put(store, FOUNDATION);
    (void)test_put(store, "{'name':'Ogród','nip':'5213017228','offers':[{'title':'Zieleń'}]}");
    assert_int_equal(sp_store_delete(store, "krs-0000123456", &TEST_AUTHOR, NULL), SP_OK);
    (void)test_put(store, FOUNDATION);
    for (size_t i = 0; i < SP_COUNT(TABLES); i++) {
        before[i] = test_dump(directory, TABLES[i], arena);
    }
    assert_int_equal(sp_store_rebuild(store, NULL), SP_OK);
    assert_int_equal(sp_store_verify(store, NULL), SP_OK);
    for (size_t i = 0; i < SP_COUNT(TABLES); i++) {
        assert_string_equal(test_dump(directory, TABLES[i], arena), before[i]);
    }
    /* The entity that came back is a new one: numbers are never used twice. */
    assert_string_equal(test_dump(directory, "SELECT number FROM entity ORDER BY number", arena),
                        "1\n3\n");
    sp_store_close(store);
}

static void delete_needs_something_to_delete(void **state)
{
    (void)state;
    struct sp_store *store = test_store_open(directory, language);
    struct sp_error err = {0};
    assert_int_equal(sp_store_delete(store, "krs-0000123456", &TEST_AUTHOR, &err), SP_NOT_FOUND);
    (void)test_put(store, FOUNDATION);
    assert_int_equal(sp_store_delete(store, "krs-0000123456", &TEST_AUTHOR, &err), SP_OK);
    assert_int_equal(sp_store_delete(store, "krs-0000123456", &TEST_AUTHOR, &err), SP_NOT_FOUND);
    assert_int_equal(sp_store_version(store), 2);
    assert_int_equal(sp_store_verify(store, NULL), SP_OK);
    sp_store_close(store);
}

static void a_second_writer_is_refused(void **state)
{
    (void)state;
    struct sp_store *store = test_store_open(directory, language);
    struct sp_store *second = NULL;
    struct sp_error err = {0};
    struct sp_store_options options = {.directory = directory, .language = language};
    assert_int_equal(sp_store_open(&options, &second, &err), SP_BUSY);
    assert_non_null(strstr(err.english, "catalogue.lock"));
    assert_null(second);
    sp_store_close(store);
    store = test_store_open(directory, language); /* the lock went with its holder */
    sp_store_close(store);
}

static void a_newer_schema_is_refused(void **state)
{
    (void)state;
    struct sp_store *store = test_store_open(directory, language);
    struct sp_reader *reader = NULL;
    struct sp_error err = {0};
    struct sp_store_options options = {.directory = directory, .language = language};
    sp_store_close(store);
    store = NULL;
    test_run_sql(directory, "PRAGMA user_version = 1000");
    assert_int_equal(sp_store_open(&options, &store, &err), SP_UNSUPPORTED);
    assert_int_equal(sp_reader_open(directory, language, &reader, &err), SP_UNSUPPORTED);
}

static void a_reader_needs_a_store(void **state)
{
    (void)state;
    struct sp_reader *reader = NULL;
    struct sp_error err = {0};
    assert_int_equal(sp_reader_open(directory, language, &reader, &err), SP_NOT_FOUND);
    assert_null(reader);
}

static void a_writer_that_is_killed_loses_nothing_acknowledged(void **state)
{
    (void)state;
    int pipe_ends[2];
    assert_int_equal(pipe(pipe_ends), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        struct sp_store *store = test_store_open(directory, language);
        (void)test_put(store, COOPERATIVE);
        assert_int_equal(sp_store_begin(store, NULL), SP_OK);
        (void)test_put(store, FOUNDATION); /* never committed */
        assert_int_equal(write(pipe_ends[1], "x", 1), 1);
        (void)pause();
        _exit(0);
    }
    char byte = 0;
    assert_int_equal(read(pipe_ends[0], &byte, 1), 1);
    assert_int_equal(kill(child, SIGKILL), 0);
    assert_int_equal(waitpid(child, NULL, 0), child);
    (void)close(pipe_ends[0]);
    (void)close(pipe_ends[1]);

    struct sp_store *store = test_store_open(directory, language);
    struct sp_error err = {0};
    Spoina__V1__Entity *entity = NULL;
    assert_int_equal(sp_store_version(store), 1);
    assert_int_equal(sp_store_verify(store, &err), SP_OK);
    assert_int_equal(sp_store_find(store, "5213017228", arena, &entity, &err), SP_OK);
    assert_int_equal(sp_store_find(store, "0000123456", arena, &entity, &err), SP_NOT_FOUND);
    sp_store_close(store);
}

static void entities_are_found_by_every_key(void **state)
{
    (void)state;
    struct sp_store *store = test_store_open(directory, language);
    (void)test_put(store, "{'name':'A','nip':'5213017228','regon':'123456785',"
                          "'krs':'0000123456'}");
    struct sp_reader *reader = open_reader();
    static const char *const keys[] = {"nip-5213017228", "5213017228", "521-301-72-28",
                                       "521 301 72 28",  "123456785",  "0000123456"};
    for (size_t i = 0; i < SP_COUNT(keys); i++) {
        Spoina__V1__Entity *entity = NULL;
        assert_int_equal(sp_reader_find(reader, keys[i], arena, &entity, NULL), SP_OK);
        assert_string_equal(entity->name, "A");
    }
    Spoina__V1__Entity *entity = NULL;
    assert_int_equal(sp_reader_find(reader, "", arena, &entity, NULL), SP_NOT_FOUND);
    assert_int_equal(sp_reader_find(reader, "-", arena, &entity, NULL), SP_NOT_FOUND);
    assert_int_equal(sp_reader_entity(reader, 1, arena, &entity, NULL), SP_OK);
    assert_int_equal(sp_reader_entity(reader, 2, arena, &entity, NULL), SP_NOT_FOUND);
    sp_reader_close(reader);
    sp_store_close(store);
}

static enum sp_status note_document(void *context, const struct sp_document *document)
{
    struct sp_buffer *text = context;
    sp_buffer_printf(text, "%u/%u #%u.%d kinds=%u %d,%d %.*s\n", sp_document_powiat(document->id),
                     (unsigned)(document->id & UINT32_MAX), document->entity_number,
                     (int)document->offer_index, document->unit_kinds,
                     (int)document->latitude_microdegrees, (int)document->longitude_microdegrees,
                     SP_VIEW_ARGS(document->title));
    return text->status;
}

static enum sp_status note_removed(void *context, uint64_t document)
{
    struct sp_buffer *text = context;
    sp_buffer_printf(text, "-%u/%u\n", sp_document_powiat(document),
                     (unsigned)(document & UINT32_MAX));
    return text->status;
}

static void a_reader_sees_documents_and_what_changed(void **state)
{
    (void)state;
    struct sp_store *store = test_store_open(directory, language);
    struct sp_buffer text;
    sp_buffer_init(&text, 1 << 16);
    (void)test_put(store, COOPERATIVE);
    struct sp_reader *reader = open_reader();
    uint64_t version = 0;
    assert_int_equal(sp_reader_begin(reader, &version, NULL), SP_OK);
    assert_int_equal(version, 1);
    (void)test_put(store, "{'name':'Ogród','nip':'5213017228','offers':[{'title':'Zieleń'}]}");
    assert_int_equal(sp_reader_each_document(reader, 0, note_document, &text, NULL), SP_OK);
    assert_string_equal(text.data, "209/3 #1.1 kinds=4 0,0 Usługi pralnicze\n"
                                   "262/1 #1.-1 kinds=4 51210000,16160000 "
                                   "Spółdzielnia Socjalna Ogród\n"
                                   "262/2 #1.0 kinds=4 51210000,16160000 Koszenie trawników\n");
    sp_reader_end(reader);
    sp_buffer_clear(&text);
    assert_int_equal(sp_reader_each_removed(reader, version, note_removed, &text, NULL), SP_OK);
    assert_int_equal(sp_reader_each_document(reader, version, note_document, &text, NULL), SP_OK);
    assert_string_equal(text.data, "-209/3\n-262/1\n-262/2\n"
                                   "0/4 #1.-1 kinds=0 0,0 Ogród\n0/5 #1.0 kinds=0 0,0 Zieleń\n");
    sp_buffer_release(&text);
    sp_reader_close(reader);
    sp_store_close(store);
}

static void damage_is_found(void **state)
{
    (void)state;
    struct sp_store *store = test_store_open(directory, language);
    (void)test_put(store, COOPERATIVE);
    sp_store_close(store);
    /* The index no longer agrees with the texts: SQLite's own check does not see it. */
    test_run_sql(directory, "UPDATE document SET title = 'Coś innego' WHERE offer_index = 0");
    store = test_store_open(directory, language);
    struct sp_error err = {0};
    assert_int_equal(sp_store_verify(store, &err), SP_CORRUPT);
    assert_int_equal(sp_store_rebuild(store, &err), SP_OK);
    assert_int_equal(sp_store_verify(store, &err), SP_OK);
    sp_store_close(store);
}

static void an_index_of_another_analyser_is_made_again(void **state)
{
    (void)state;
    struct sp_store *store = test_store_open(directory, language);
    (void)test_put(store, COOPERATIVE);
    char *before = test_dump(directory, "SELECT * FROM counter WHERE name = 'analyser'", arena);
    sp_store_close(store);
    /* As if another analyser had indexed it: the index has other terms than the texts give. */
    test_run_sql(directory, "UPDATE document SET title = 'Coś innego' WHERE offer_index = 0");
    test_run_sql(directory, "UPDATE counter SET value = 1 WHERE name = 'analyser'");
    sp_store_close(test_store_open(directory, language));
    test_run_sql(directory,
                 "UPDATE document SET title = 'Koszenie trawników' WHERE offer_index = 0");
    test_run_sql(directory, "UPDATE counter SET value = 1 WHERE name = 'analyser'");
    store = test_store_open(directory, language);
    assert_int_equal(sp_store_verify(store, NULL), SP_OK);
    assert_string_equal(
        test_dump(directory, "SELECT * FROM counter WHERE name = 'analyser'", arena), before);
    sp_store_close(store);
}

static enum sp_status count_removed(void *context, uint64_t document)
{
    (void)document;
    ++*(int *)context;
    return SP_OK;
}

static void removals_are_listed_for_as_long_as_they_are_needed(void **state)
{
    (void)state;
    struct sp_store *store = test_store_open(directory, language);
    struct sp_reader *reader = open_reader();
    int count = 0;
    (void)test_put(store, "{'name':'A','nip':'5213017228'}");
    (void)test_put(store, "{'name':'B','nip':'5213017228'}"); /* removes a document: entry 2 */
    (void)test_put(store, "{'name':'C','nip':'5213017228'}");
    assert_int_equal(sp_reader_each_removed(reader, 1, count_removed, &count, NULL), SP_OK);
    assert_int_equal(count, 2);
    /* A snapshot of entry 2 needs what entry 3 removed, and no more. */
    sp_store_forget_removed(store, 2);
    (void)test_put(store, "{'name':'D','nip':'5213017228'}");
    count = 0;
    assert_int_equal(sp_reader_each_removed(reader, 2, count_removed, &count, NULL), SP_OK);
    assert_int_equal(count, 2);
    assert_int_equal(sp_reader_each_removed(reader, 1, count_removed, &count, NULL),
                     SP_PRECONDITION);
    assert_int_equal(sp_store_verify(store, NULL), SP_OK);
    sp_reader_close(reader);
    sp_store_close(store);
    /* No snapshot outlives the process: the next change of the next one drops all. */
    store = test_store_open(directory, language);
    (void)test_put(store, "{'name':'E','nip':'5213017228'}");
    assert_string_equal(test_dump(directory, "SELECT seq FROM document_removed", arena), "5\n");
    assert_int_equal(sp_store_rebuild(store, NULL), SP_OK);
    assert_int_equal(sp_store_verify(store, NULL), SP_OK);
    sp_store_close(store);
}

static void a_group_rolled_back_forgets_nothing(void **state)
{
    (void)state;
    struct sp_store *store = test_store_open(directory, language);
    (void)test_put(store, "{'name':'A','nip':'5213017228'}");
    (void)test_put(store, "{'name':'B','nip':'5213017228'}");
    sp_store_forget_removed(store, 2);
    assert_int_equal(sp_store_begin(store, NULL), SP_OK);
    sp_store_rollback(store);
    assert_string_equal(test_dump(directory, "SELECT seq FROM document_removed", arena), "2\n");
    (void)test_put(store, "{'name':'C','nip':'5213017228'}");
    assert_string_equal(test_dump(directory, "SELECT seq FROM document_removed", arena), "3\n");
    sp_store_close(store);
}

#define IN_DIRECTORY(test) cmocka_unit_test_setup_teardown(test, make_directory, remove_directory)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_DIRECTORY(put_tells_what_it_did),
        IN_DIRECTORY(ids_come_from_numbers_then_from_the_source),
        IN_DIRECTORY(two_entities_never_share_a_number),
        IN_DIRECTORY(a_rejected_change_leaves_its_group_alone),
        IN_DIRECTORY(a_group_rolled_back_never_was),
        IN_DIRECTORY(documents_are_clustered_by_powiat),
        IN_DIRECTORY(the_log_makes_the_same_tables_again),
        IN_DIRECTORY(delete_needs_something_to_delete),
        IN_DIRECTORY(a_second_writer_is_refused),
        IN_DIRECTORY(a_newer_schema_is_refused),
        IN_DIRECTORY(a_reader_needs_a_store),
        IN_DIRECTORY(a_writer_that_is_killed_loses_nothing_acknowledged),
        IN_DIRECTORY(entities_are_found_by_every_key),
        IN_DIRECTORY(a_reader_sees_documents_and_what_changed),
        IN_DIRECTORY(damage_is_found),
        IN_DIRECTORY(an_index_of_another_analyser_is_made_again),
        IN_DIRECTORY(removals_are_listed_for_as_long_as_they_are_needed),
        IN_DIRECTORY(a_group_rolled_back_forgets_nothing),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
