/* SPDX-License-Identifier: EUPL-1.2 */
#include "matcher/catalogue/export.h"

#include "base/memory.h"
#include "matcher/catalogue/checks.h"
#include "matcher/catalogue/columns.h"
#include "matcher/catalogue/csv.h"
#include "proto/codec/message.h"

enum { BATCH = 64, DELIMITER = ';' }; /* entities a query; spreadsheets in Poland expect ";" */

struct sp_export {
    struct sp_reader *reader; /* borrowed, held at one version */
    Spoina__V1__FileFormat format;
    uint32_t last_number;
    bool begun;
    struct sp_buffer cell;
    struct sp_buffer *piece; /* of the call at hand */
    bool any;                /* the batch at hand had entities */
};

enum sp_status sp_export_new(struct sp_reader *reader, Spoina__V1__FileFormat format,
                             struct sp_export **out, struct sp_error *err)
{
    if (format == SPOINA__V1__FILE_FORMAT__FILE_FORMAT_UNSPECIFIED) {
        format = SPOINA__V1__FILE_FORMAT__FILE_FORMAT_JSON_LINES;
    }
    if (format != SPOINA__V1__FILE_FORMAT__FILE_FORMAT_CSV &&
        format != SPOINA__V1__FILE_FORMAT__FILE_FORMAT_JSON_LINES) {
        return SP_FAIL(err, SP_UNSUPPORTED, "format", "Nieznany format pliku.",
                       "Unknown file format.");
    }
    struct sp_export *job = sp_calloc(1, sizeof *job);
    if (job == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    job->reader = reader;
    job->format = format;
    sp_buffer_init(&job->cell, SP_ENTITY_MAX_BYTES);
    enum sp_status status = sp_reader_begin(reader, NULL, err);
    if (status != SP_OK) {
        sp_free(job);
        return status;
    }
    *out = job;
    return SP_OK;
}

void sp_export_free(struct sp_export *job)
{
    if (job != NULL) {
        sp_reader_end(job->reader);
        sp_buffer_release(&job->cell);
        sp_free(job);
    }
}

static void add_header(struct sp_buffer *piece)
{
    size_t count = 0;
    const struct sp_column *columns = sp_columns_all(&count);
    const char *between = "\xEF\xBB\xBF"; /* a byte order mark, so that Excel sees UTF-8 */
    for (size_t i = 0; i < count; i++) {
        if (columns[i].get != NULL) {
            sp_buffer_add_text(piece, between);
            sp_buffer_add_text(piece, columns[i].polish);
            between = ";";
        }
    }
    sp_buffer_add_text(piece, "\r\n");
}

/** One row: the entity's columns, and those of @p offer if it is not NULL. */
static void add_row(struct sp_export *job, const Spoina__V1__Entity *entity,
                    const Spoina__V1__Offer *offer)
{
    size_t count = 0;
    const struct sp_column *columns = sp_columns_all(&count);
    bool first = true;
    for (size_t i = 0; i < count; i++) {
        if (columns[i].get == NULL) {
            continue;
        }
        if (!first) {
            sp_buffer_add_char(job->piece, DELIMITER);
        }
        first = false;
        sp_buffer_clear(&job->cell);
        columns[i].get(&columns[i], entity, offer, &job->cell);
        sp_csv_add_cell(job->piece, sp_buffer_view(&job->cell), DELIMITER);
    }
    sp_buffer_add_text(job->piece, "\r\n");
}

static enum sp_status add_entity(void *context, const Spoina__V1__Entity *entity)
{
    struct sp_export *job = context;
    job->any = true;
    if (job->format == SPOINA__V1__FILE_FORMAT__FILE_FORMAT_JSON_LINES) {
        enum sp_status status = sp_message_to_json(&entity->base, 0, job->piece, NULL);
        sp_buffer_add_char(job->piece, '\n');
        return status != SP_OK ? status : job->piece->status;
    }
    if (entity->n_offers == 0) {
        add_row(job, entity, NULL);
    }
    for (size_t i = 0; i < entity->n_offers; i++) {
        add_row(job, entity, entity->offers[i]);
    }
    return job->cell.status != SP_OK ? job->cell.status : job->piece->status;
}

enum sp_status sp_export_next(struct sp_export *job, struct sp_buffer *piece, bool *more,
                              struct sp_error *err)
{
    size_t before = piece->length;
    enum sp_status status = SP_OK;
    job->piece = piece;
    *more = true;
    if (!job->begun && job->format == SPOINA__V1__FILE_FORMAT__FILE_FORMAT_CSV) {
        add_header(piece);
    }
    job->begun = true;
    while (status == SP_OK && *more && piece->length - before < SP_EXPORT_PIECE_BYTES) {
        job->any = false;
        status = sp_reader_each_entity(job->reader, job->last_number, BATCH, add_entity, job,
                                       &job->last_number, err);
        *more = job->any;
    }
    if (status == SP_LIMIT || status == SP_NOMEM) {
        status = SP_FAIL(err, status, "", "Zabrakło miejsca na kawałek pliku.",
                         "No room for a piece of the file.");
    }
    return status;
}
