/* SPDX-License-Identifier: EUPL-1.2 */
/** @file The writing of needs: adding, replacing, correcting, deleting; and who waits for them. */
#include "matcher/needs/needs_store_priv.h"

/* Order by potential: what is certain first, then what data to be completed may add. */
static const int64_t RANK_BY_CERTAIN = 1 << 20;

/** A need as it is stored. */
struct stored {
    bool found;
    int64_t number;
    Spoina__V1__Need *need;
    struct sp_view read; /* packed; the record's draft, unless it was corrected */
    struct sp_view text;
};

static enum sp_status copy(struct sp_arena *arena, struct sp_view *bytes, struct sp_error *err)
{
    bytes->data = sp_arena_copy(arena, *bytes);
    return bytes->data == NULL ? SP_FAIL_NOMEM(err) : SP_OK;
}

/** Look @p id up; what is found lies in the scratch arena. */
static enum sp_status find(struct sp_needs *store, const char *id, struct stored *out,
                           struct sp_error *err)
{
    sqlite3_stmt *row = store->statements[SP_NEEDS_FIND];
    ProtobufCMessage *need = NULL;
    *out = (struct stored){.found = false};
    sp_db_bind_text(row, 1, sp_view_of(id));
    enum sp_status status = sp_db_step(row, &out->found, err);
    if (status == SP_OK && out->found) {
        out->number = sqlite3_column_int64(row, 0);
        status = sp_needs_unpack(&spoina__v1__need__descriptor, sp_db_view(row, 1), store->scratch,
                                 &need, err);
        out->need = (Spoina__V1__Need *)need;
        out->read = sp_db_view(row, 2);
        out->text = sp_db_view(row, 3);
    }
    if (status == SP_OK && out->found && out->read.data != NULL) {
        status = copy(store->scratch, &out->read, err);
    } else if (status == SP_OK && out->found) {
        status = sp_needs_pack(&out->need->draft->base, &store->draft, err);
        out->read = sp_buffer_view(&store->draft);
        status = status == SP_OK ? copy(store->scratch, &out->read, err) : status;
    }
    if (status == SP_OK && out->found) {
        status = copy(store->scratch, &out->text, err);
    }
    (void)sqlite3_reset(row);
    (void)sqlite3_clear_bindings(row);
    return status;
}

static void bind_open_until(sqlite3_stmt *statement, int index, const Spoina__V1__Draft *draft)
{
    sp_day day = sp_need_open_until(draft);
    if (day != SP_DAY_UNKNOWN) {
        (void)sqlite3_bind_int(statement, index, day);
    } else {
        (void)sqlite3_bind_null(statement, index);
    }
}

/** An arrival being told. */
struct arriving {
    struct sp_needs *store;
    int64_t need;
    sp_day day;
};

static enum sp_status tell(void *context, int64_t search, struct sp_error *err)
{
    const struct arriving *own = context;
    sqlite3_stmt *arrive = own->store->statements[SP_NEEDS_ARRIVE];
    (void)sqlite3_bind_int64(arrive, 1, search);
    (void)sqlite3_bind_int64(arrive, 2, own->need);
    (void)sqlite3_bind_int(arrive, 3, own->day);
    return sp_db_finish(arrive, err);
}

/** Compare a need that arrives with the standing searches. Drafts are private. */
static enum sp_status percolate(struct sp_needs *store, int64_t number,
                                const Spoina__V1__Need *need, const struct sp_need_keys *keys,
                                struct sp_error *err)
{
    struct arriving own = {store, number, 0};
    sp_day open_until = sp_need_open_until(need->draft);
    if (need->kind == SPOINA__V1__NEED_KIND__NEED_KIND_DRAFT) {
        return SP_OK;
    }
    (void)sp_day_parse(sp_view_of(need->imported_on), &own.day);
    return sp_percolator_ask(store->percolator, keys, open_until, store->scratch, tell, &own, NULL,
                             err);
}

static enum sp_status keep_correction(struct sp_needs *store, int64_t number,
                                      const Spoina__V1__Draft *draft, const char *day,
                                      struct sp_error *err)
{
    sqlite3_stmt *keep = store->statements[SP_NEEDS_KEEP_CORRECTION];
    sqlite3_stmt *trim = store->statements[SP_NEEDS_TRIM_CORRECTIONS];
    sp_day parsed = 0;
    (void)sp_day_parse(sp_view_of(day), &parsed);
    enum sp_status status = sp_needs_pack(&draft->base, &store->draft, err);
    if (status != SP_OK) {
        return status;
    }
    (void)sqlite3_bind_int64(keep, 1, number);
    (void)sqlite3_bind_int(keep, 2, parsed);
    sp_db_bind_blob(keep, 3, sp_buffer_view(&store->draft));
    status = sp_db_finish(keep, err);
    if (status == SP_OK) {
        (void)sqlite3_bind_int64(trim, 1, number);
        (void)sqlite3_bind_int(trim, 2, SP_NEEDS_CORRECTIONS_KEPT);
        status = sp_db_finish(trim, err);
    }
    return status;
}

/** Write @p need over the stored one, or as a new one. @param read  packed; empty: record's draft
 */
static enum sp_status write_need(struct sp_needs *store, int64_t *number,
                                 const Spoina__V1__Need *need, struct sp_view read,
                                 struct sp_view text, struct sp_error *err)
{
    Spoina__V1__Need bare = *need; /* the text has a column of its own */
    sqlite3_stmt *write = store->statements[*number == 0 ? SP_NEEDS_INSERT : SP_NEEDS_UPDATE];
    bare.text = (char *)"";
    bare.potential = NULL;
    enum sp_status status = sp_needs_pack(&bare.base, &store->record, err);
    if (status != SP_OK) {
        return status;
    }
    if (*number == 0) {
        sp_db_bind_text(write, 1, sp_view_of(need->id));
    } else {
        (void)sqlite3_bind_int64(write, 1, *number);
        if (read.length > 0) {
            sp_db_bind_blob(write, 6, read);
        }
    }
    (void)sqlite3_bind_int(write, 2, (int)need->kind);
    bind_open_until(write, 3, need->draft);
    sp_db_bind_blob(write, 4, sp_buffer_view(&store->record));
    sp_db_bind_text(write, 5, text);
    status = sp_db_finish(write, err);
    if (status == SP_OK && *number == 0) {
        *number = sqlite3_last_insert_rowid(store->db);
    }
    return status;
}

static enum sp_status write_all(struct sp_needs *store, const struct stored *old,
                                const Spoina__V1__Need *need, struct sp_view read,
                                struct sp_view text, const struct sp_need_keys *keys,
                                struct sp_error *err)
{
    int64_t number = old->found ? old->number : 0;
    enum sp_status status = write_need(store, &number, need, read, text, err);
    if (status == SP_OK) {
        status = sp_needs_write_keys(store, number, keys, err);
    }
    return status == SP_OK ? percolate(store, number, need, keys, err) : status;
}

static enum sp_status spoil(struct sp_needs *store, enum sp_status status)
{
    store->spoiled = status == SP_OK ? store->spoiled : status;
    return status;
}

/** The document says the same as before, and a person corrected what was read from it: the
 *  corrected draft stays, under the new reading. */
static bool keeps_correction(const struct stored *old, struct sp_view text)
{
    return old->found && old->need->corrected && sp_view_equal(old->text, text);
}

enum sp_status sp_needs_put(struct sp_needs *store, const Spoina__V1__Need *need,
                            const struct sp_need_keys *keys, enum sp_need_outcome *outcome,
                            struct sp_error *err)
{
    struct stored old;
    struct sp_view text = sp_view_of(need->text);
    struct sp_view read;
    sp_arena_reset(store->scratch);
    enum sp_status status = sp_needs_check_group(store, err);
    if (status == SP_OK) {
        status = find(store, need->id, &old, err);
    }
    if (status == SP_OK) {
        status = sp_needs_pack(&need->draft->base, &store->draft, err);
    }
    if (status != SP_OK) {
        return status;
    }
    read = sp_buffer_view(&store->draft);
    bool same = old.found && sp_view_equal(old.read, read) && sp_view_equal(old.text, text) &&
                strcmp(old.need->term, need->term) == 0;
    *outcome = !old.found ? SP_NEED_ADDED : same ? SP_NEED_UNCHANGED : SP_NEED_CHANGED;
    if (same) {
        return SP_OK;
    }
    status = copy(store->scratch, &read, err);
    if (status == SP_OK && keeps_correction(&old, text)) {
        (void)sqlite3_bind_int64(store->statements[SP_NEEDS_READ_ANEW], 1, old.number);
        sp_db_bind_blob(store->statements[SP_NEEDS_READ_ANEW], 2, read);
        return spoil(store, sp_db_finish(store->statements[SP_NEEDS_READ_ANEW], err));
    }
    if (status == SP_OK && old.found && old.need->corrected) {
        status = keep_correction(store, old.number, old.need->draft, need->imported_on, err);
    }
    if (status == SP_OK) {
        status = write_all(store, &old, need, sp_view_of(""), text, keys, err);
    }
    return spoil(store, status);
}

enum sp_status sp_needs_correct(struct sp_needs *store, const char *id,
                                const Spoina__V1__Draft *draft, const struct sp_need_keys *keys,
                                sp_day today, struct sp_error *err)
{
    struct stored old;
    char day[11];
    sp_arena_reset(store->scratch);
    sp_day_format(today, day);
    enum sp_status status = sp_needs_check_group(store, err);
    if (status == SP_OK) {
        status = find(store, id, &old, err);
    }
    if (status == SP_OK && !old.found) {
        return SP_FAIL(err, SP_NOT_FOUND, "id", "Nie ma potrzeby %s.", "There is no need %s.", id);
    }
    if (status == SP_OK) {
        status = keep_correction(store, old.number, old.need->draft, day, err);
    }
    if (status == SP_OK) {
        Spoina__V1__Need corrected = *old.need;
        corrected.draft = (Spoina__V1__Draft *)draft;
        corrected.corrected = corrected.kind != SPOINA__V1__NEED_KIND__NEED_KIND_DRAFT;
        corrected.changed_on = day;
        status = write_all(store, &old, &corrected, corrected.corrected ? old.read : sp_view_of(""),
                           old.text, keys, err);
    }
    return spoil(store, status);
}

enum sp_status sp_needs_assess(struct sp_needs *store, const char *id,
                               const Spoina__V1__NeedPotential *potential, struct sp_error *err)
{
    sqlite3_stmt *assess = store->statements[SP_NEEDS_ASSESS];
    enum sp_status status = sp_needs_check_group(store, err);
    if (status == SP_OK) {
        status = sp_needs_pack(&potential->base, &store->record, err);
    }
    if (status != SP_OK) {
        return status;
    }
    sp_db_bind_text(assess, 1, sp_view_of(id));
    sp_db_bind_blob(assess, 2, sp_buffer_view(&store->record));
    (void)sqlite3_bind_int64(assess, 3,
                             RANK_BY_CERTAIN * (int64_t)potential->independent_certain +
                                 potential->independent);
    (void)sqlite3_bind_int64(assess, 4, (sqlite3_int64)potential->catalogue_version);
    status = spoil(store, sp_db_finish(assess, err));
    return status == SP_OK ? sp_needs_check_changed(store, id, err) : status;
}

enum sp_status sp_needs_delete(struct sp_needs *store, const char *id, struct sp_error *err)
{
    sqlite3_stmt *remove = store->statements[SP_NEEDS_DELETE];
    sp_db_bind_text(remove, 1, sp_view_of(id));
    enum sp_status status = sp_db_finish(remove, err);
    if (status == SP_OK) {
        status = sp_needs_check_changed(store, id, err);
    }
    if (status == SP_OK) { /* out of the log, too; a reader in the way only delays that */
        (void)sqlite3_wal_checkpoint_v2(store->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
    }
    return status;
}
