/* SPDX-License-Identifier: EUPL-1.2 */
#include "matcher/needs/import_notices.h"

#include <stdio.h>

#include "matcher/proposal/digest.h"

enum {
    FILE_ARENA_BYTES = 512 << 20, /* one notice of 20 MB with its tree, text and draft */
    DIGITS_OF_DIGEST = 32         /* 128 bits: no two notices meet by chance */
};

static const char *const SOURCES[] = {[SP_SOURCE_TED] = "TED",
                                      [SP_SOURCE_EFORMS] = "eForms",
                                      [SP_SOURCE_BZP] = "BZP",
                                      [SP_SOURCE_OCDS] = "OCDS",
                                      [SP_SOURCE_DOCUMENT] = "document"};

/** Small letters and digits of the reference, everything else one dash: fit for an address. */
static void make_slug(const char *text, char *out, size_t size)
{
    size_t length = 0;
    for (const char *c = text; *c != '\0' && length + 2 < size; c++) {
        bool upper = *c >= 'A' && *c <= 'Z';
        bool plain = upper || (*c >= 'a' && *c <= 'z') || (*c >= '0' && *c <= '9');
        if (plain) {
            out[length++] = upper ? (char)(*c - 'A' + 'a') : *c;
        } else if (length > 0 && out[length - 1] != '-') {
            out[length++] = '-';
        }
    }
    while (length > 0 && out[length - 1] == '-') {
        length--;
    }
    out[length] = '\0';
}

/** Examples and converted notices carry "12345678-2023" instead of a number of their own. */
static bool is_placeholder(const char *slug)
{
    return slug[0] == '\0' || strncmp(slug, "12345678-", 9) == 0;
}

/** "ted-2021-s-123-456789", or "ted-" and the digest of the content. */
static enum sp_status make_id(const struct sp_tender_reading *reading, struct sp_view content,
                              struct sp_arena *arena, char **out, struct sp_error *err)
{
    char slug[SP_NEED_ID_MAX_BYTES / 2];
    char source[16];
    char digest[SP_DIGEST_HEX_BYTES];
    make_slug(SOURCES[reading->source], source, sizeof source);
    make_slug(reading->draft->reference, slug, sizeof slug);
    if (is_placeholder(slug) || strlen(reading->draft->reference) >= sizeof slug) {
        enum sp_status status = sp_digest_hex(content, digest, err);
        if (status != SP_OK) {
            return status;
        }
        digest[DIGITS_OF_DIGEST] = '\0';
        memcpy(slug, digest, DIGITS_OF_DIGEST + 1);
    }
    *out = sp_arena_printf(arena, "%s-%s", source, slug);
    return *out == NULL ? SP_FAIL_NOMEM(err) : SP_OK;
}

/** Read one file into @p need; all lies in @p arena. */
static enum sp_status read_file(const struct sp_notice_import *import,
                                const Spoina__V1__Notice *file, struct sp_arena *arena,
                                Spoina__V1__Need *need, struct sp_need_keys *keys,
                                struct sp_error *err)
{
    struct sp_draft_warnings warnings = {.arena = arena, .locale = import->locale};
    struct sp_tender_reading reading;
    struct sp_view content = sp_view_from((const char *)file->content.data, file->content.len);
    struct sp_key_tools tools = {import->tools.analyser, import->tools.vocabulary};
    char day[11];
    enum sp_status status = sp_draft_from_file(&import->tools, content, file->file_name, arena,
                                               &warnings, &reading, err);
    if (status == SP_OK && reading.source == SP_SOURCE_DOCUMENT) {
        return SP_FAIL(err, SP_UNSUPPORTED, file->file_name,
                       "To nie jest ogłoszenie (TED, eForms, BZP, OCDS).",
                       "This is no notice (TED, eForms, BZP, OCDS).");
    }
    spoina__v1__need__init(need);
    if (status == SP_OK) {
        status = make_id(&reading, content, arena, &need->id, err);
    }
    if (status != SP_OK) {
        return status;
    }
    sp_day_format(import->today, day);
    need->kind = SPOINA__V1__NEED_KIND__NEED_KIND_NOTICE;
    need->draft = reading.draft;
    need->source = (char *)SOURCES[reading.source];
    need->file_name = file->file_name;
    need->imported_on = sp_arena_strdup(arena, day);
    need->text =
        reading.document.text.length == 0 ? need->text : (char *)reading.document.text.data;
    need->warnings = warnings.items;
    need->n_warnings = warnings.count;
    return need->imported_on == NULL
               ? SP_FAIL_NOMEM(err)
               : sp_need_keys(&tools, need->draft, need->kind, arena, keys, err);
}

/** What is the matter with the file itself, not with us. */
static bool is_rejection(enum sp_status status)
{
    return status == SP_INVALID || status == SP_UNSUPPORTED || status == SP_LIMIT ||
           status == SP_DEADLINE || status == SP_NOT_FOUND;
}

static enum sp_status report_rejection(const struct sp_notice_import *import,
                                       const struct sp_error *reason, Spoina__V1__ImportedFile *out,
                                       struct sp_error *err)
{
    out->outcome = SPOINA__V1__IMPORT_OUTCOME__IMPORT_OUTCOME_REJECTED;
    out->place = sp_arena_strdup(import->arena, reason->place);
    out->reason =
        sp_arena_strdup(import->arena, sp_say(import->locale, reason->polish, reason->english));
    return out->place == NULL || out->reason == NULL ? SP_FAIL_NOMEM(err) : SP_OK;
}

static enum sp_status report_need(const struct sp_notice_import *import,
                                  const Spoina__V1__Need *need, enum sp_need_outcome outcome,
                                  Spoina__V1__ImportedFile *out, struct sp_error *err)
{
    static const Spoina__V1__ImportOutcome SAID[] = {
        [SP_NEED_UNCHANGED] = SPOINA__V1__IMPORT_OUTCOME__IMPORT_OUTCOME_UNCHANGED,
        [SP_NEED_ADDED] = SPOINA__V1__IMPORT_OUTCOME__IMPORT_OUTCOME_ADDED,
        [SP_NEED_CHANGED] = SPOINA__V1__IMPORT_OUTCOME__IMPORT_OUTCOME_CHANGED,
    };
    const Spoina__V1__Draft *draft = need->draft;
    out->outcome = SAID[outcome];
    out->id = sp_arena_strdup(import->arena, need->id);
    out->source = need->source; /* static */
    out->title = sp_arena_strdup(import->arena, draft->title);
    out->lots = (uint32_t)draft->n_lots;
    out->warnings = (uint32_t)need->n_warnings;
    return out->id == NULL || out->title == NULL ? SP_FAIL_NOMEM(err) : SP_OK;
}

static enum sp_status import_file(const struct sp_notice_import *import,
                                  const Spoina__V1__Notice *file, struct sp_arena *scratch,
                                  Spoina__V1__ImportedFile *out, size_t *arrived,
                                  struct sp_error *err)
{
    Spoina__V1__Need need;
    struct sp_need_keys keys;
    struct sp_error reason = {.status = SP_OK};
    enum sp_need_outcome outcome = SP_NEED_UNCHANGED;
    spoina__v1__imported_file__init(out);
    out->file_name = sp_arena_strdup(import->arena, file->file_name);
    if (out->file_name == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    enum sp_status status = read_file(import, file, scratch, &need, &keys, &reason);
    if (is_rejection(status)) {
        return report_rejection(import, &reason, out, err);
    }
    if (status == SP_OK) {
        status = sp_needs_put(import->store, &need, &keys, &outcome, &reason);
    }
    if (status != SP_OK) {
        if (err != NULL) {
            *err = reason;
        }
        return status;
    }
    *arrived += outcome == SP_NEED_UNCHANGED ? 0 : 1;
    return report_need(import, &need, outcome, out, err);
}

enum sp_status sp_import_notices(const struct sp_notice_import *import,
                                 Spoina__V1__Notice *const *files, size_t count,
                                 Spoina__V1__ImportedFile ***out, size_t *arrived,
                                 struct sp_error *err)
{
    size_t taken = 0;
    if (count == 0 || count > SP_IMPORT_FILES_MAX) {
        return SP_FAIL(err, SP_LIMIT, "files", "Jedno wywołanie przyjmuje od 1 do %d plików.",
                       "One call takes 1 to %d files.", SP_IMPORT_FILES_MAX);
    }
    struct sp_arena *scratch = sp_arena_new(FILE_ARENA_BYTES);
    Spoina__V1__ImportedFile *items = sp_arena_calloc(import->arena, count, sizeof *items);
    *out = sp_arena_calloc(import->arena, count, sizeof **out);
    enum sp_status status = scratch == NULL || items == NULL || *out == NULL
                                ? SP_FAIL_NOMEM(err)
                                : sp_needs_begin(import->store, err);
    for (size_t i = 0; status == SP_OK && i < count; i++) {
        sp_arena_reset(scratch);
        (*out)[i] = &items[i];
        status = import_file(import, files[i], scratch, &items[i], &taken, err);
    }
    if (status == SP_OK) {
        status = sp_needs_commit(import->store, err);
    } else {
        sp_needs_rollback(import->store);
    }
    sp_arena_free(scratch);
    if (status == SP_OK && arrived != NULL) {
        *arrived = taken;
    }
    return status;
}
