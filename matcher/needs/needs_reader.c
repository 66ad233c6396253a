/* SPDX-License-Identifier: EUPL-1.2 */
#include "matcher/needs/needs_reader.h"

#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"
#include "matcher/needs/need_summary.h"
#include "matcher/needs/needs_find.h"
#include "matcher/needs/needs_schema.h"
#include "matcher/needs/needs_store.h"
#include "proto/codec/message.h"

enum { PATH_MAX_BYTES = 4096, SCRATCH_MAX_BYTES = 16 * SP_NEED_MAX_BYTES };

enum statement {
    BY_ID,
    BY_NUMBER,
    CORRECTIONS,
    NEWEST,
    BY_DEADLINE,
    BY_POTENTIAL,
    PUBLISHED,
    KEYS,
    UNASSESSED,
    UNASSESSED_COUNT,
    COUNT,
    SEARCHES,
    ARRIVALS,
    STATEMENTS
};

#define COLUMNS "number, record, potential, text"
#define IS_PUBLISHED "kind IN (1, 2)"
#define IS_OPEN "(?1 IS NULL OR open_until IS NULL OR open_until >= ?1)"
#define IS_UNASSESSED                                                                              \
    IS_PUBLISHED " AND " IS_OPEN " AND (assessed_version IS NULL OR assessed_version <> ?2)"

static const char *const SQL[STATEMENTS] = {
    [BY_ID] = "SELECT " COLUMNS " FROM need WHERE id = ?1",
    [BY_NUMBER] = "SELECT " COLUMNS " FROM need WHERE number = ?1",
    [CORRECTIONS] = "SELECT c.day, c.draft FROM correction c JOIN need n ON n.number = c.need"
                    " WHERE n.id = ?1 ORDER BY c.number",
    [NEWEST] = "SELECT number FROM need WHERE " IS_OPEN " ORDER BY number DESC",
    [BY_DEADLINE] = "SELECT number FROM need WHERE " IS_OPEN
                    " ORDER BY open_until IS NULL, open_until, number DESC",
    [BY_POTENTIAL] = "SELECT number FROM need WHERE " IS_OPEN
                     " ORDER BY independent DESC NULLS LAST, number DESC",
    [PUBLISHED] = "SELECT " COLUMNS " FROM need WHERE " IS_PUBLISHED " ORDER BY number",
    [KEYS] = "SELECT n.number, k.key FROM need n JOIN need_key k ON k.number = n.number"
             " WHERE n." IS_PUBLISHED " AND " IS_OPEN
             " AND substr(k.key, 1, 1) IN ('c', 'p', 's') ORDER BY n.number, k.key",
    [UNASSESSED] = "SELECT id FROM need WHERE " IS_UNASSESSED
                   " ORDER BY assessed_version IS NOT NULL, number LIMIT ?3",
    [UNASSESSED_COUNT] = "SELECT count(*) FROM need WHERE " IS_UNASSESSED,
    [COUNT] = "SELECT count(*) FROM need WHERE " IS_PUBLISHED,
    [SEARCHES] = "SELECT record FROM standing ORDER BY number",
    [ARRIVALS] = "SELECT s.id, a.day, a.need FROM arrival a"
                 " JOIN standing s ON s.number = a.standing"
                 " WHERE ?1 = '' OR s.id = ?1 ORDER BY a.number DESC LIMIT ?2",
};

struct sp_needs_reader {
    sqlite3 *db;
    sqlite3_stmt *statements[STATEMENTS];
    struct sp_needs_finder finder;
    struct sp_arena *scratch; /* what a callback is shown */
};

enum sp_status sp_needs_reader_open(const char *directory, struct sp_needs_reader **out,
                                    struct sp_error *err)
{
    char path[PATH_MAX_BYTES];
    struct sp_needs_reader *reader = sp_calloc(1, sizeof *reader);
    if (reader == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    reader->scratch = sp_arena_new(SCRATCH_MAX_BYTES);
    enum sp_status status = reader->scratch == NULL ? SP_FAIL_NOMEM(err) : SP_OK;
    if (status == SP_OK) {
        status = sp_file_join(directory, SP_NEEDS_FILE, path, sizeof path);
    }
    if (status == SP_OK && access(path, F_OK) != 0) {
        status = SP_FAIL(err, SP_NOT_FOUND, path, "W tym katalogu nie ma pliku potrzeb.",
                         "There is no file of needs in this directory.");
    }
    if (status == SP_OK) {
        status = sp_db_open_reader(path, &reader->db, err);
    }
    if (status == SP_OK) {
        status = sp_needs_schema_check(reader->db, err);
    }
    for (size_t i = 0; status == SP_OK && i < STATEMENTS; i++) {
        status = sp_db_prepare(reader->db, SQL[i], &reader->statements[i], err);
    }
    if (status == SP_OK) {
        status = sp_needs_finder_init(&reader->finder, reader->db, err);
    }
    if (status != SP_OK) {
        sp_needs_reader_close(reader);
        return status;
    }
    *out = reader;
    return SP_OK;
}

void sp_needs_reader_close(struct sp_needs_reader *reader)
{
    if (reader == NULL) {
        return;
    }
    for (size_t i = 0; i < STATEMENTS; i++) {
        (void)sqlite3_finalize(reader->statements[i]);
    }
    sp_needs_finder_release(&reader->finder);
    (void)sqlite3_close(reader->db);
    sp_arena_free(reader->scratch);
    sp_free(reader);
}

/** Ready a statement for the next call. */
static void done(sqlite3_stmt *statement)
{
    (void)sqlite3_reset(statement);
    (void)sqlite3_clear_bindings(statement);
}

static enum sp_status unpack(const ProtobufCMessageDescriptor *type, struct sp_view packed,
                             struct sp_arena *arena, ProtobufCMessage **out, struct sp_error *err)
{
    enum sp_status status = sp_message_from_wire(type, packed, NULL, arena, out, err);
    return status == SP_INVALID || status == SP_LIMIT
               ? SP_FAIL(err, SP_CORRUPT, SP_NEEDS_FILE, "Zapis potrzeby jest uszkodzony.",
                         "A stored need is damaged.")
               : status;
}

/** The need of a row of COLUMNS. */
static enum sp_status take_need(sqlite3_stmt *row, bool with_text, struct sp_arena *arena,
                                Spoina__V1__Need **out, struct sp_error *err)
{
    ProtobufCMessage *message = NULL;
    enum sp_status status =
        unpack(&spoina__v1__need__descriptor, sp_db_view(row, 1), arena, &message, err);
    Spoina__V1__Need *need = (Spoina__V1__Need *)message;
    if (status == SP_OK && sqlite3_column_type(row, 2) != SQLITE_NULL) {
        status = unpack(&spoina__v1__need_potential__descriptor, sp_db_view(row, 2), arena,
                        &message, err);
        need->potential = status == SP_OK ? (Spoina__V1__NeedPotential *)message : NULL;
    }
    if (status == SP_OK && with_text) {
        need->text = sp_arena_copy(arena, sp_db_view(row, 3));
        status = need->text == NULL ? SP_FAIL_NOMEM(err) : SP_OK;
    }
    if (status == SP_OK) {
        *out = need;
    }
    return status;
}

static enum sp_status take_one(sqlite3_stmt *statement, bool with_text, struct sp_arena *arena,
                               Spoina__V1__Need **out, struct sp_error *err)
{
    bool row = false;
    enum sp_status status = sp_db_step(statement, &row, err);
    if (status == SP_OK && !row) {
        status =
            SP_FAIL(err, SP_NOT_FOUND, "id", "Nie ma takiej potrzeby.", "There is no such need.");
    }
    if (status == SP_OK) {
        status = take_need(statement, with_text, arena, out, err);
    }
    done(statement);
    return status;
}

enum sp_status sp_needs_reader_get(struct sp_needs_reader *reader, const char *id,
                                   struct sp_arena *arena, Spoina__V1__Need **out,
                                   struct sp_error *err)
{
    sp_db_bind_text(reader->statements[BY_ID], 1, sp_view_of(id));
    return take_one(reader->statements[BY_ID], true, arena, out, err);
}

enum sp_status sp_needs_reader_by_number(struct sp_needs_reader *reader, int64_t number,
                                         struct sp_arena *arena, Spoina__V1__Need **out,
                                         struct sp_error *err)
{
    (void)sqlite3_bind_int64(reader->statements[BY_NUMBER], 1, number);
    return take_one(reader->statements[BY_NUMBER], false, arena, out, err);
}

static char *day_text(int64_t day, struct sp_arena *arena)
{
    char text[11];
    sp_day_format((sp_day)day, text);
    return sp_arena_strdup(arena, text);
}

enum sp_status sp_needs_reader_corrections(struct sp_needs_reader *reader, const char *id,
                                           struct sp_arena *arena,
                                           Spoina__V1__NeedCorrection ***out, size_t *count,
                                           struct sp_error *err)
{
    sqlite3_stmt *rows = reader->statements[CORRECTIONS];
    bool row = true;
    *count = 0;
    *out = sp_arena_calloc(arena, SP_NEEDS_CORRECTIONS_KEPT, sizeof **out);
    enum sp_status status = *out == NULL ? SP_FAIL_NOMEM(err) : SP_OK;
    sp_db_bind_text(rows, 1, sp_view_of(id));
    while (status == SP_OK && row && *count < SP_NEEDS_CORRECTIONS_KEPT) {
        ProtobufCMessage *draft = NULL;
        status = sp_db_step(rows, &row, err);
        if (status != SP_OK || !row) {
            break;
        }
        Spoina__V1__NeedCorrection *item = sp_arena_alloc(arena, sizeof *item);
        status = item == NULL ? SP_FAIL_NOMEM(err)
                              : unpack(&spoina__v1__draft__descriptor, sp_db_view(rows, 1), arena,
                                       &draft, err);
        if (status == SP_OK) {
            spoina__v1__need_correction__init(item);
            item->draft = (Spoina__V1__Draft *)draft;
            item->date = day_text(sqlite3_column_int64(rows, 0), arena);
            status = item->date == NULL ? SP_FAIL_NOMEM(err) : SP_OK;
            (*out)[(*count)++] = item;
        }
    }
    done(rows);
    return status;
}

static void bind_day(sqlite3_stmt *statement, sp_day day)
{
    if (day == SP_DAY_UNKNOWN) {
        (void)sqlite3_bind_null(statement, 1);
    } else {
        (void)sqlite3_bind_int(statement, 1, day);
    }
}

/** The numbers of one page, and how many there are in all. */
static enum sp_status page_numbers(struct sp_needs_reader *reader, const struct sp_needs_page *page,
                                   const struct sp_need_set *set, int64_t *numbers, size_t *count,
                                   uint32_t *total, struct sp_error *err)
{
    sqlite3_stmt *rows =
        reader->statements[page->order == SPOINA__V1__NEED_ORDER__NEED_ORDER_DEADLINE ? BY_DEADLINE
                           : page->order == SPOINA__V1__NEED_ORDER__NEED_ORDER_POTENTIAL
                               ? BY_POTENTIAL
                               : NEWEST];
    bool row = true;
    enum sp_status status = SP_OK;
    *total = 0;
    *count = 0;
    bind_day(rows, page->query->open_on);
    while (status == SP_OK && row) {
        status = sp_db_step(rows, &row, err);
        if (status != SP_OK || !row || !sp_need_set_has(set, sqlite3_column_int64(rows, 0))) {
            continue;
        }
        if (*total >= page->offset && *count < page->limit) {
            numbers[(*count)++] = sqlite3_column_int64(rows, 0);
        }
        (*total)++;
    }
    done(rows);
    return status;
}

static enum sp_status list(struct sp_needs_reader *reader, const struct sp_needs_page *page,
                           struct sp_arena *arena, Spoina__V1__NeedSummary **out, size_t *count,
                           uint32_t *total, struct sp_error *err)
{
    struct sp_need_set set;
    int64_t *numbers = sp_arena_calloc(arena, page->limit + 1, sizeof *numbers);
    enum sp_status status = numbers == NULL
                                ? SP_FAIL_NOMEM(err)
                                : sp_needs_find(&reader->finder, page->query, arena, &set, err);
    if (status == SP_OK) {
        status = page_numbers(reader, page, &set, numbers, count, total, err);
    }
    for (size_t i = 0; status == SP_OK && i < *count; i++) {
        Spoina__V1__Need *need = NULL;
        status = sp_needs_reader_by_number(reader, numbers[i], arena, &need, err);
        if (status == SP_OK) {
            out[i] = sp_need_summary(need, arena);
            status = out[i] == NULL ? SP_FAIL_NOMEM(err) : SP_OK;
        }
    }
    return status;
}

enum sp_status sp_needs_reader_list(struct sp_needs_reader *reader,
                                    const struct sp_needs_page *page, struct sp_arena *arena,
                                    Spoina__V1__NeedSummary ***out, size_t *count, uint32_t *total,
                                    struct sp_error *err)
{
    *out = sp_arena_calloc(arena, page->limit + 1, sizeof **out);
    enum sp_status status = *out == NULL ? SP_FAIL_NOMEM(err) : sp_db_run(reader->db, "BEGIN", err);
    if (status == SP_OK) { /* one state for the finding and the reading */
        status = list(reader, page, arena, *out, count, total, err);
        (void)sqlite3_exec(reader->db, "COMMIT", NULL, NULL, NULL);
    }
    return status;
}

enum sp_status sp_needs_reader_each(struct sp_needs_reader *reader, sp_need_fn *visit,
                                    void *context, struct sp_error *err)
{
    sqlite3_stmt *rows = reader->statements[PUBLISHED];
    enum sp_status status = SP_OK;
    bool row = true;
    while (status == SP_OK && row) {
        Spoina__V1__Need *need = NULL;
        status = sp_db_step(rows, &row, err);
        if (status != SP_OK || !row) {
            break;
        }
        sp_arena_reset(reader->scratch);
        status = take_need(rows, false, reader->scratch, &need, err);
        if (status == SP_OK) {
            status = visit(context, need, err);
        }
    }
    done(rows);
    return status;
}

/** Keys of one need being collected from their rows. */
struct key_rows {
    struct sp_need_keys keys;
    int64_t number; /* 0: none yet */
    sp_need_keys_fn *visit;
    void *context;
};

static enum sp_status hand_over(struct key_rows *own, struct sp_error *err)
{
    return own->number == 0 ? SP_OK : own->visit(own->context, own->number, &own->keys, err);
}

static enum sp_status take_key(struct sp_needs_reader *reader, struct key_rows *own,
                               sqlite3_stmt *row, struct sp_error *err)
{
    enum sp_status status = SP_OK;
    if (sqlite3_column_int64(row, 0) != own->number) {
        status = hand_over(own, err);
        sp_arena_reset(reader->scratch);
        own->number = sqlite3_column_int64(row, 0);
        own->keys.count = 0;
        own->keys.items =
            sp_arena_calloc(reader->scratch, SP_NEED_KEYS_MAX, sizeof *own->keys.items);
    }
    if (status == SP_OK && own->keys.count < SP_NEED_KEYS_MAX) {
        struct sp_view key = sp_db_view(row, 1);
        char *copy = own->keys.items == NULL ? NULL : sp_arena_copy(reader->scratch, key);
        status = copy == NULL ? SP_FAIL_NOMEM(err) : SP_OK;
        if (status == SP_OK) {
            own->keys.items[own->keys.count++] = sp_view_from(copy, key.length);
        }
    }
    return status;
}

enum sp_status sp_needs_reader_each_keys(struct sp_needs_reader *reader, sp_day day,
                                         sp_need_keys_fn *visit, void *context,
                                         struct sp_error *err)
{
    sqlite3_stmt *rows = reader->statements[KEYS];
    struct key_rows own = {.visit = visit, .context = context};
    enum sp_status status = SP_OK;
    bool row = true;
    bind_day(rows, day);
    while (status == SP_OK && row) {
        status = sp_db_step(rows, &row, err);
        if (status == SP_OK && row) {
            status = take_key(reader, &own, rows, err);
        }
    }
    done(rows);
    return status == SP_OK ? hand_over(&own, err) : status;
}

enum sp_status sp_needs_reader_unassessed(struct sp_needs_reader *reader, sp_day day,
                                          uint64_t version, uint32_t limit, struct sp_arena *arena,
                                          char ***ids, size_t *count, uint32_t *remaining,
                                          struct sp_error *err)
{
    sqlite3_stmt *rows = reader->statements[UNASSESSED];
    sqlite3_stmt *all = reader->statements[UNASSESSED_COUNT];
    bool row = true;
    *count = 0;
    *ids = sp_arena_calloc(arena, limit + 1, sizeof **ids);
    enum sp_status status = *ids == NULL ? SP_FAIL_NOMEM(err) : SP_OK;
    bind_day(rows, day);
    bind_day(all, day);
    (void)sqlite3_bind_int64(rows, 2, (sqlite3_int64)version);
    (void)sqlite3_bind_int64(all, 2, (sqlite3_int64)version);
    (void)sqlite3_bind_int64(rows, 3, limit);
    while (status == SP_OK && row && *count < limit) {
        status = sp_db_step(rows, &row, err);
        if (status == SP_OK && row) {
            (*ids)[*count] = sp_arena_copy(arena, sp_db_view(rows, 0));
            status = (*ids)[(*count)++] == NULL ? SP_FAIL_NOMEM(err) : SP_OK;
        }
    }
    if (status == SP_OK) {
        status = sp_db_step(all, &row, err);
        *remaining = status == SP_OK && row ? (uint32_t)sqlite3_column_int64(all, 0) : 0;
    }
    done(rows);
    done(all);
    return status;
}

enum sp_status sp_needs_reader_count(struct sp_needs_reader *reader, uint64_t *out,
                                     struct sp_error *err)
{
    sqlite3_stmt *statement = reader->statements[COUNT];
    bool row = false;
    enum sp_status status = sp_db_step(statement, &row, err);
    *out = status == SP_OK && row ? (uint64_t)sqlite3_column_int64(statement, 0) : 0;
    done(statement);
    return status;
}

enum sp_status sp_needs_reader_searches(struct sp_needs_reader *reader, struct sp_arena *arena,
                                        Spoina__V1__StandingSearch ***out, size_t *count,
                                        struct sp_error *err)
{
    sqlite3_stmt *rows = reader->statements[SEARCHES];
    bool row = true;
    *count = 0;
    *out = sp_arena_calloc(arena, SP_NEEDS_SEARCHES_MAX + 1, sizeof **out);
    enum sp_status status = *out == NULL ? SP_FAIL_NOMEM(err) : SP_OK;
    while (status == SP_OK && row && *count <= SP_NEEDS_SEARCHES_MAX) {
        ProtobufCMessage *search = NULL;
        status = sp_db_step(rows, &row, err);
        if (status != SP_OK || !row) {
            break;
        }
        status = unpack(&spoina__v1__standing_search__descriptor, sp_db_view(rows, 0), arena,
                        &search, err);
        (*out)[*count] = (Spoina__V1__StandingSearch *)search;
        *count += status == SP_OK ? 1 : 0;
    }
    done(rows);
    return status;
}

enum sp_status sp_needs_reader_arrivals(struct sp_needs_reader *reader, const char *search_id,
                                        uint32_t limit, struct sp_arena *arena,
                                        Spoina__V1__Arrival ***out, size_t *count,
                                        struct sp_error *err)
{
    sqlite3_stmt *rows = reader->statements[ARRIVALS];
    bool row = true;
    *count = 0;
    *out = sp_arena_calloc(arena, limit + 1, sizeof **out);
    enum sp_status status = *out == NULL ? SP_FAIL_NOMEM(err) : SP_OK;
    sp_db_bind_text(rows, 1, sp_view_of(search_id));
    (void)sqlite3_bind_int64(rows, 2, limit);
    while (status == SP_OK && row && *count < limit) {
        Spoina__V1__Need *need = NULL;
        status = sp_db_step(rows, &row, err);
        if (status != SP_OK || !row) {
            break;
        }
        Spoina__V1__Arrival *arrival = sp_arena_alloc(arena, sizeof *arrival);
        status = arrival == NULL ? SP_FAIL_NOMEM(err)
                                 : sp_needs_reader_by_number(reader, sqlite3_column_int64(rows, 2),
                                                             arena, &need, err);
        if (status == SP_OK) {
            spoina__v1__arrival__init(arrival);
            arrival->search_id = sp_arena_copy(arena, sp_db_view(rows, 0));
            arrival->date = day_text(sqlite3_column_int64(rows, 1), arena);
            arrival->need = sp_need_summary(need, arena);
            bool whole =
                arrival->search_id != NULL && arrival->date != NULL && arrival->need != NULL;
            status = whole ? SP_OK : SP_FAIL_NOMEM(err);
            (*out)[(*count)++] = arrival;
        }
    }
    done(rows);
    return status;
}
