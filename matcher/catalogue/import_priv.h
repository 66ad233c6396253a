/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * One import at work: what the readers of the two formats share.
 */
#ifndef SP_CATALOGUE_IMPORT_PRIV_H
#define SP_CATALOGUE_IMPORT_PRIV_H

#include "base/arena.h"
#include "base/buffer.h"
#include "matcher/catalogue/checks.h"
#include "matcher/catalogue/import.h"
#include "matcher/language/language.h"

enum { SP_NOTE_LINES_SHOWN = 8 }; /* line numbers told of one note; the rest are counted */

/** Rows that deserve the same words are told together. */
struct sp_import_note {
    const char *text;  /* in the caller's language */
    const char *place; /* field; may be empty */
    uint64_t lines[SP_NOTE_LINES_SHOWN];
    uint64_t rows; /* 0: about the file as a whole */
};

struct sp_import {
    const struct sp_import_options *options;
    struct sp_store *store;
    const struct sp_vocabulary *vocabulary; /* may be NULL */
    struct sp_analyser *analyser;           /* reads place names; NULL without a vocabulary */
    struct sp_view text;                    /* the file in UTF-8 */
    struct sp_arena *arena;                 /* of the response */
    struct sp_arena *row;                   /* of the row at hand */
    struct sp_arena *group;                 /* of the entity at hand */
    Spoina__V1__ImportEntitiesResponse *out;
    size_t rejected_capacity;
    struct sp_import_note *notes; /* SP_IMPORT_MAX_NOTES, in the response's arena */
    size_t note_count;
    size_t notes_dropped;      /* different ones beyond the limit */
    struct sp_buffer partners; /* ids with their NUL, one after the other */
};

/** Add a rejected row. @return SP_OK; SP_NOMEM (also a full arena) */
SP_MUST_CHECK enum sp_status sp_import_reject(struct sp_import *job, uint64_t line,
                                              const struct sp_error *reason, struct sp_view raw,
                                              struct sp_error *err);

/** Add a note about row @p line, or about the file when it is 0. */
SP_MUST_CHECK enum sp_status sp_import_note(struct sp_import *job, uint64_t line,
                                            const struct sp_error *note, struct sp_error *err);

/** Add the warnings of one row as notes. */
SP_MUST_CHECK enum sp_status sp_import_warn(struct sp_import *job, uint64_t line,
                                            const struct sp_warnings *warnings,
                                            struct sp_error *err);

/** Put the notes into the response: "lines 24, 48, 97 and 12 more: ..." */
SP_MUST_CHECK enum sp_status sp_import_tell_notes(struct sp_import *job, struct sp_error *err);

/** Tell whether a row failed for what is in it, so that the next one may be tried. */
bool sp_import_is_rejection(enum sp_status status);

/** Check that @p raw is text: UTF-8 without NUL. @return SP_OK; SP_INVALID */
SP_MUST_CHECK enum sp_status sp_import_check_text(struct sp_view raw, struct sp_error *err);

/** Put the entity and count @p rows; keep the source that a stored entity has, else give it the
 *  import's. @return as sp_store_put() */
SP_MUST_CHECK enum sp_status sp_import_put(struct sp_import *job, Spoina__V1__Entity *entity,
                                           uint64_t rows, struct sp_error *err);

/** Name the source of @p entity if it has none and @p source is not empty (may be NULL). */
SP_MUST_CHECK enum sp_status sp_import_name_source(Spoina__V1__Entity *entity, const char *source,
                                                   struct sp_arena *arena, struct sp_error *err);

/** Find the stored entity that @p entity is about; NULL when there is none. */
SP_MUST_CHECK enum sp_status sp_import_stored(struct sp_import *job,
                                              const Spoina__V1__Entity *entity,
                                              struct sp_arena *arena, Spoina__V1__Entity **out,
                                              struct sp_error *err);

/**
 * Find the TERYT code of a seat that has only a town's name, as far as it is certain.
 *
 * With coordinates: the place of that name that lies nearest, at most 15 km away. Without: the one
 * place of that name in the voivodeship. Otherwise the voivodeship, if known.
 *
 * @param voivodeship  TERYT digits or ""
 */
SP_MUST_CHECK enum sp_status sp_import_place(struct sp_import *job, Spoina__V1__Place *seat,
                                             const char *voivodeship, struct sp_arena *arena,
                                             struct sp_error *err);

/** Partners named by entities put: remember them, and note those who are not in the catalogue when
 *  all rows are in. */
void sp_import_init_partners(struct sp_import *job);
void sp_import_keep_partners(struct sp_import *job, const Spoina__V1__Entity *entity);
SP_MUST_CHECK enum sp_status sp_import_note_partners(struct sp_import *job, struct sp_error *err);

/** Import the rows of job->text. @return SP_OK; SP_INVALID (no header known); other failures */
SP_MUST_CHECK enum sp_status sp_import_csv(struct sp_import *job, struct sp_error *err);
SP_MUST_CHECK enum sp_status sp_import_json_lines(struct sp_import *job, struct sp_error *err);

#endif
