/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Partners that imported entities name, looked up when all rows are in: a later row may bring them.
 */
#include <string.h>

#include "matcher/catalogue/import_priv.h"
#include "matcher/catalogue/store_priv.h"

/** Ids kept to be looked up; with more (over a million of them) the rest is not. */
enum { PARTNERS_MAX_BYTES = 32 << 20 };

void sp_import_keep_partners(struct sp_import *job, const Spoina__V1__Entity *entity)
{
    for (size_t i = 0; i < entity->n_cooperations; i++) {
        const char *id = entity->cooperations[i]->entity_id;
        size_t size = strlen(id) + 1;
        if (job->partners.length + size < PARTNERS_MAX_BYTES) {
            sp_buffer_add(&job->partners, id, size);
        }
    }
}

void sp_import_init_partners(struct sp_import *job)
{
    sp_buffer_init(&job->partners, PARTNERS_MAX_BYTES);
}

enum sp_status sp_import_note_partners(struct sp_import *job, struct sp_error *err)
{
    if (job->partners.status != SP_OK) {
        return SP_FAIL_NOMEM(err);
    }
    enum sp_status status = SP_OK;
    for (size_t at = 0; status == SP_OK && at < job->partners.length;) {
        const char *id = job->partners.data + at;
        struct sp_view payload = {0};
        at += strlen(id) + 1;
        sp_arena_reset(job->row);
        status = sp_lookup_payload(&job->store->lookup, id, job->row, &payload, err);
        if (status == SP_OK && payload.data == NULL) {
            struct sp_error note = {0};
            (void)SP_FAIL(&note, SP_OK, "cooperations",
                          "Podmiotu %s nie ma w katalogu; współpraca z nim jest zapisana.",
                          "Entity %s is not in the catalogue; the cooperation is kept.", id);
            status = sp_import_note(job, 0, &note, err);
        }
    }
    return status;
}
