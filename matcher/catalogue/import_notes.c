/* SPDX-License-Identifier: EUPL-1.2 */
/** @file What an import tells about the rows it took: equal notes once, with their lines. */
#include <string.h>

#include "base/buffer.h"
#include "matcher/catalogue/import_priv.h"

enum { NOTE_MAX_BYTES = 2000 }; /* a text and a place of struct sp_error with eight line numbers */

static struct sp_import_note *find_note(struct sp_import *job, const char *place, const char *text)
{
    for (size_t n = 0; n < job->note_count; n++) {
        if (strcmp(job->notes[n].text, text) == 0 && strcmp(job->notes[n].place, place) == 0) {
            return &job->notes[n];
        }
    }
    return NULL;
}

enum sp_status sp_import_note(struct sp_import *job, uint64_t line, const struct sp_error *note,
                              struct sp_error *err)
{
    const char *text = job->options->english ? note->english : note->polish;
    if (job->notes == NULL) {
        job->notes = sp_arena_calloc(job->arena, SP_IMPORT_MAX_NOTES, sizeof *job->notes);
        if (job->notes == NULL) {
            return SP_FAIL_NOMEM(err);
        }
    }
    struct sp_import_note *kept = find_note(job, note->place, text);
    if (kept == NULL) {
        if (job->note_count == SP_IMPORT_MAX_NOTES) {
            job->notes_dropped++;
            return SP_OK;
        }
        kept = &job->notes[job->note_count];
        kept->text = sp_arena_strdup(job->arena, text);
        kept->place = sp_arena_strdup(job->arena, note->place);
        if (kept->text == NULL || kept->place == NULL) {
            return SP_FAIL_NOMEM(err);
        }
        job->note_count++;
    }
    if (line != 0) {
        if (kept->rows < SP_NOTE_LINES_SHOWN) {
            kept->lines[kept->rows] = line;
        }
        kept->rows++;
    }
    return SP_OK;
}

enum sp_status sp_import_warn(struct sp_import *job, uint64_t line,
                              const struct sp_warnings *warnings, struct sp_error *err)
{
    enum sp_status status = SP_OK;
    for (size_t i = 0; status == SP_OK && i < warnings->count; i++) {
        status = sp_import_note(job, line, &warnings->items[i], err);
    }
    return status;
}

static void tell_lines(const struct sp_import_note *note, bool english, struct sp_buffer *out)
{
    const uint64_t shown = note->rows < SP_NOTE_LINES_SHOWN ? note->rows : SP_NOTE_LINES_SHOWN;
    sp_buffer_add_text(out, note->rows == 1 ? (english ? "line" : "wiersz")
                                            : (english ? "lines" : "wiersze"));
    for (uint64_t n = 0; n < shown; n++) {
        sp_buffer_printf(out, "%s %llu", n == 0 ? "" : ",", (unsigned long long)note->lines[n]);
    }
    if (note->rows > shown) {
        sp_buffer_printf(out, english ? " and %llu more" : " i jeszcze %llu",
                         (unsigned long long)(note->rows - shown));
    }
    sp_buffer_add_text(out, ": ");
}

static char *tell(struct sp_import *job, const struct sp_import_note *note)
{
    struct sp_buffer text;
    sp_buffer_init(&text, NOTE_MAX_BYTES);
    if (note->rows > 0) {
        tell_lines(note, job->options->english, &text);
    }
    if (note->place[0] != '\0') {
        sp_buffer_printf(&text, "%s: ", note->place);
    }
    sp_buffer_add_text(&text, note->text);
    char *copy = text.status == SP_OK ? sp_arena_copy(job->arena, sp_buffer_view(&text)) : NULL;
    sp_buffer_release(&text);
    return copy;
}

enum sp_status sp_import_tell_notes(struct sp_import *job, struct sp_error *err)
{
    Spoina__V1__ImportEntitiesResponse *out = job->out;
    out->notes = sp_arena_calloc(job->arena, job->note_count + 1, sizeof *out->notes);
    if (out->notes == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    for (size_t n = 0; n < job->note_count; n++) {
        out->notes[n] = tell(job, &job->notes[n]);
        if (out->notes[n] == NULL) {
            return SP_FAIL_NOMEM(err);
        }
        out->n_notes++;
    }
    if (job->notes_dropped > 0) {
        out->notes[out->n_notes] = sp_arena_printf(
            job->arena, job->options->english ? "And %zu more notes." : "Dalszych uwag: %zu.",
            job->notes_dropped);
        if (out->notes[out->n_notes] == NULL) {
            return SP_FAIL_NOMEM(err);
        }
        out->n_notes++;
    }
    return SP_OK;
}
