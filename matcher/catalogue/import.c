/* SPDX-License-Identifier: EUPL-1.2 */
#include "matcher/catalogue/import.h"

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/text_decode.h"
#include "base/utf8.h"
#include "matcher/catalogue/entity_id.h"
#include "matcher/catalogue/import_priv.h"
#include "matcher/catalogue/store_priv.h"
#include "matcher/vocabulary/vocabulary.h"

enum {
    DECODED_MAX_BYTES = 3u * SP_IMPORT_MAX_BYTES / 2, /* UTF-16 grows by half at most */
    WORK_MAX_BYTES = 64 * SP_ENTITY_MAX_BYTES,
    FIRST_REJECTED = 16
};

bool sp_import_is_rejection(enum sp_status status)
{
    return status == SP_INVALID || status == SP_EXISTS || status == SP_LIMIT;
}

static char *say(const struct sp_import *job, const struct sp_error *error)
{
    return sp_arena_strdup(job->arena, job->options->english ? error->english : error->polish);
}

/** Copy a row as it came, what is no text replaced, since the response is one. */
static char *copy_raw(struct sp_arena *arena, struct sp_view raw)
{
    static const char replacement[] = "\xEF\xBF\xBD"; /* U+FFFD */
    struct sp_buffer text;
    sp_buffer_init(&text, 3 * (size_t)SP_IMPORT_MAX_BYTES);
    while (raw.length > 0) {
        size_t valid = sp_utf8_check(raw);
        const char *zero = valid == 0 ? NULL : memchr(raw.data, '\0', valid);
        size_t good = zero == NULL ? valid : (size_t)(zero - raw.data);
        sp_buffer_add(&text, raw.data, good);
        size_t used = good;
        if (good < raw.length) {
            sp_buffer_add_text(&text, replacement);
            used++;
        }
        raw = sp_view_from(raw.data + used, raw.length - used);
    }
    char *copy = text.status == SP_OK ? sp_arena_copy(arena, sp_buffer_view(&text)) : NULL;
    sp_buffer_release(&text);
    return copy;
}

static bool make_room(struct sp_import *job)
{
    Spoina__V1__ImportEntitiesResponse *out = job->out;
    if (out->n_rejected < job->rejected_capacity) {
        return true;
    }
    size_t capacity = job->rejected_capacity == 0 ? FIRST_REJECTED : 2 * job->rejected_capacity;
    Spoina__V1__RejectedRow **rows = sp_arena_calloc(job->arena, capacity, sizeof *rows);
    if (rows == NULL) {
        return false;
    }
    if (out->n_rejected > 0) {
        memcpy(rows, out->rejected, out->n_rejected * sizeof *rows);
    }
    out->rejected = rows;
    job->rejected_capacity = capacity;
    return true;
}

enum sp_status sp_import_reject(struct sp_import *job, uint64_t line, const struct sp_error *reason,
                                struct sp_view raw, struct sp_error *err)
{
    Spoina__V1__RejectedRow *row = sp_arena_alloc(job->arena, sizeof *row);
    if (row == NULL || !make_room(job)) {
        return SP_FAIL_NOMEM(err);
    }
    spoina__v1__rejected_row__init(row);
    row->line = line;
    row->place = sp_arena_strdup(job->arena, reason->place);
    row->reason = say(job, reason);
    row->row = copy_raw(job->arena, raw);
    if (row->place == NULL || row->reason == NULL || row->row == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    job->out->rejected[job->out->n_rejected++] = row;
    return SP_OK;
}

enum sp_status sp_import_check_text(struct sp_view raw, struct sp_error *err)
{
    size_t valid = sp_utf8_check(raw);
    if (valid < raw.length) {
        return SP_FAIL(err, SP_INVALID, "", "Bajtu %zu wiersza nie da się odczytać jako tekstu.",
                       "Byte %zu of the row cannot be read as text.", valid + 1);
    }
    if (raw.length > 0 && memchr(raw.data, '\0', raw.length) != NULL) {
        return SP_FAIL(err, SP_INVALID, "", "Wiersz zawiera bajt zerowy.",
                       "The row has a zero byte.");
    }
    return SP_OK;
}

enum sp_status sp_import_stored(struct sp_import *job, const Spoina__V1__Entity *entity,
                                struct sp_arena *arena, Spoina__V1__Entity **out,
                                struct sp_error *err)
{
    char id[SP_ENTITY_ID_MAX_BYTES + 1];
    *out = NULL;
    enum sp_status status = sp_lookup_owner(&job->store->lookup, entity, id, err);
    if (status != SP_OK) {
        return status;
    }
    if (entity->id[0] != '\0') {
        status = sp_lookup_find(&job->store->lookup, entity->id, arena, out, NULL);
    } else {
        if (id[0] == '\0') {
            sp_entity_make_id(entity, id);
        }
        status = sp_lookup_find(&job->store->lookup, id, arena, out, NULL);
    }
    if (status != SP_OK && status != SP_NOT_FOUND) {
        return SP_FAIL(err, status, "", "Nie można odczytać zapisanego podmiotu.",
                       "A stored entity cannot be read.");
    }
    return SP_OK;
}

enum sp_status sp_import_name_source(Spoina__V1__Entity *entity, const char *source,
                                     struct sp_arena *arena, struct sp_error *err)
{
    bool named = entity->provenance != NULL && entity->provenance->source[0] != '\0';
    if (named || source == NULL || source[0] == '\0') {
        return SP_OK;
    }
    if (entity->provenance == NULL) {
        entity->provenance = sp_arena_alloc(arena, sizeof *entity->provenance);
        if (entity->provenance == NULL) {
            return SP_FAIL_NOMEM(err);
        }
        spoina__v1__provenance__init(entity->provenance);
    }
    entity->provenance->source = sp_arena_strdup(arena, source);
    return entity->provenance->source == NULL ? SP_FAIL_NOMEM(err) : SP_OK;
}

/** Say where the entity comes from, if nobody did: as the catalogue has it, else this import. */
static enum sp_status give_source(struct sp_import *job, Spoina__V1__Entity *entity,
                                  struct sp_error *err)
{
    Spoina__V1__Entity *stored = NULL;
    if (entity->provenance != NULL && entity->provenance->source[0] != '\0') {
        return SP_OK;
    }
    enum sp_status status = sp_import_stored(job, entity, job->group, &stored, err);
    if (status == SP_OK && stored != NULL && stored->provenance != NULL) {
        status = sp_import_name_source(entity, stored->provenance->source, job->group, err);
    }
    if (status == SP_OK) {
        status = sp_import_name_source(entity, job->options->source, job->group, err);
    }
    return status;
}

enum sp_status sp_import_put(struct sp_import *job, Spoina__V1__Entity *entity, uint64_t rows,
                             struct sp_error *err)
{
    enum sp_put_outcome outcome = SP_PUT_UNCHANGED;
    enum sp_status status = give_source(job, entity, err);
    if (status == SP_OK) {
        status = sp_store_put(job->store, entity, &job->options->author, &outcome, NULL, err);
    }
    if (status == SP_OK) {
        job->out->added += outcome == SP_PUT_ADDED ? rows : 0;
        job->out->changed += outcome == SP_PUT_CHANGED ? rows : 0;
        job->out->unchanged += outcome == SP_PUT_UNCHANGED ? rows : 0;
        sp_import_keep_partners(job, entity);
    }
    return status;
}

static Spoina__V1__FileFormat find_format(const struct sp_import *job)
{
    struct sp_view text = sp_view_trim(job->text);
    if (job->options->format != SPOINA__V1__FILE_FORMAT__FILE_FORMAT_UNSPECIFIED) {
        return job->options->format;
    }
    return text.length > 0 && text.data[0] == '{' ? SPOINA__V1__FILE_FORMAT__FILE_FORMAT_JSON_LINES
                                                  : SPOINA__V1__FILE_FORMAT__FILE_FORMAT_CSV;
}

static enum sp_status read_rows(struct sp_import *job, struct sp_error *err)
{
    switch (find_format(job)) {
    case SPOINA__V1__FILE_FORMAT__FILE_FORMAT_CSV:
        return sp_import_csv(job, err);
    case SPOINA__V1__FILE_FORMAT__FILE_FORMAT_JSON_LINES:
        return sp_import_json_lines(job, err);
    default:
        return SP_FAIL(err, SP_UNSUPPORTED, "format", "Nieznany format pliku.",
                       "Unknown file format.");
    }
}

/** Rows between BEGIN and COMMIT, or ROLLBACK of a dry run. */
static enum sp_status run_group(struct sp_import *job, struct sp_error *err)
{
    enum sp_status status = sp_store_begin(job->store, err);
    if (status != SP_OK) {
        return status;
    }
    status = read_rows(job, err);
    if (status == SP_OK) {
        status = sp_import_note_partners(job, err);
    }
    if (status != SP_OK || job->options->dry_run) {
        sp_store_rollback(job->store);
    } else {
        status = sp_store_commit(job->store, err);
    }
    job->out->catalogue_version = sp_store_version(job->store);
    return status;
}

static enum sp_status decode(struct sp_import *job, struct sp_buffer *decoded, struct sp_error *err)
{
    enum sp_encoding encoding = SP_ENCODING_UTF_8;
    enum sp_status status =
        sp_text_decode(job->options->content, decoded, &job->text, &encoding, err);
    if (status == SP_OK && encoding != SP_ENCODING_UTF_8) {
        struct sp_error note = {0};
        (void)SP_FAIL(&note, SP_OK, "", "Plik odczytano w kodowaniu %s.",
                      "The file was read as %s.", sp_encoding_name(encoding));
        status = sp_import_note(job, 0, &note, err);
    }
    return status;
}

static int by_line(const void *a, const void *b)
{
    const Spoina__V1__RejectedRow *const *first = a;
    const Spoina__V1__RejectedRow *const *second = b;
    return ((*first)->line > (*second)->line) - ((*first)->line < (*second)->line);
}

enum sp_status sp_import_run(const struct sp_import_options *options, struct sp_store *store,
                             const struct sp_vocabulary *vocabulary, struct sp_arena *arena,
                             Spoina__V1__ImportEntitiesResponse *out, struct sp_error *err)
{
    struct sp_buffer decoded;
    struct sp_import job = {
        .options = options, .store = store, .vocabulary = vocabulary, .arena = arena, .out = out};
    spoina__v1__import_entities_response__init(out);
    if (options->content.length > SP_IMPORT_MAX_BYTES) {
        return SP_FAIL(err, SP_LIMIT, "content", "Plik ma więcej niż %d MB; podziel go.",
                       "The file has more than %d MB; split it.", SP_IMPORT_MAX_BYTES >> 20);
    }
    sp_buffer_init(&decoded, DECODED_MAX_BYTES);
    sp_import_init_partners(&job);
    job.row = sp_arena_new(WORK_MAX_BYTES);
    job.group = sp_arena_new(WORK_MAX_BYTES);
    enum sp_status status = job.row == NULL || job.group == NULL ? SP_FAIL_NOMEM(err) : SP_OK;
    if (status == SP_OK && vocabulary != NULL) {
        status = sp_analyser_new(store->language, &job.analyser, err);
    }
    if (status == SP_OK) {
        status = decode(&job, &decoded, err);
    }
    if (status == SP_OK) {
        status = run_group(&job, err);
    }
    if (out->n_rejected > 1) {
        /* Rows of a group are rejected together, after rows that stand behind them. */
        qsort(out->rejected, out->n_rejected, sizeof(Spoina__V1__RejectedRow *), by_line);
    }
    if (status == SP_OK) {
        status = sp_import_tell_notes(&job, err);
    }
    sp_analyser_free(job.analyser);
    sp_arena_free(job.row);
    sp_arena_free(job.group);
    sp_buffer_release(&job.partners);
    sp_buffer_release(&decoded);
    return status;
}
