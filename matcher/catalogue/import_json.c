/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * JSON lines: one Entity in proto3 JSON a line. A line stands for the whole entity: what it leaves
 * out is gone.
 */
#include <string.h>

#include "matcher/catalogue/import_priv.h"
#include "proto/codec/message.h"

static enum sp_status take_line(struct sp_import *job, uint64_t line, struct sp_view raw,
                                struct sp_error *err)
{
    Spoina__V1__Entity *entity = NULL;
    struct sp_warnings *warnings = NULL;
    sp_arena_reset(job->group);
    enum sp_status status = sp_import_check_text(raw, err);
    if (status == SP_OK) {
        status = sp_message_from_json(&spoina__v1__entity__descriptor, raw, NULL, 0, job->group,
                                      (ProtobufCMessage **)&entity, err);
    }
    if (status == SP_OK) {
        status = sp_entity_normalise(entity, job->group, err);
    }
    if (status == SP_OK) {
        warnings = sp_arena_calloc(job->group, 1, sizeof *warnings);
        status = warnings == NULL ? SP_FAIL_NOMEM(err)
                                  : sp_entity_check(entity, job->vocabulary, warnings, err);
    }
    if (status == SP_OK) {
        status = sp_import_put(job, entity, 1, err);
    }
    return status != SP_OK ? status : sp_import_warn(job, line, warnings, err);
}

enum sp_status sp_import_json_lines(struct sp_import *job, struct sp_error *err)
{
    struct sp_view rest = job->text;
    enum sp_status status = SP_OK;
    for (uint64_t line = 1; status == SP_OK && rest.length > 0; line++) {
        const char *end = memchr(rest.data, '\n', rest.length);
        size_t length = end == NULL ? rest.length : (size_t)(end - rest.data);
        struct sp_view raw = sp_view_trim(sp_view_from(rest.data, length));
        size_t used = end == NULL ? length : length + 1;
        rest = sp_view_from(rest.data + used, rest.length - used);
        if (raw.length == 0) {
            continue;
        }
        struct sp_error reason = {0};
        job->out->read++;
        status = take_line(job, line, raw, &reason);
        if (sp_import_is_rejection(status)) {
            status = sp_import_reject(job, line, &reason, raw, err);
        } else if (status != SP_OK && err != NULL) {
            *err = reason;
        }
    }
    return status;
}
