/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/fault/workload.h"

#include <stdio.h>
#include <string.h>

#include "base/buffer.h"
#include "matcher/catalogue/import.h"

static const struct sp_author AUTHOR = {.who = "fault-test", .at_unix_ms = 1795000000000};

enum { GROUP_MAX = 12, ARENA_BYTES = 8 << 20, IMPORT_BYTES = 1 << 20 };

void workload_init(struct workload *load, uint64_t seed)
{
    *load =
        (struct workload){.chance = seed * UINT64_C(0x9E3779B97F4A7C15) + 7, .next_revision = 1};
}

uint32_t workload_draw(struct workload *load, uint32_t below)
{
    load->chance ^= load->chance << 13;
    load->chance ^= load->chance >> 7;
    load->chance ^= load->chance << 17;
    return (uint32_t)(load->chance * UINT64_C(0x2545F4914F6CDD1D) >> 33) % below;
}

static void entity_id(uint32_t key, char out[16])
{
    (void)snprintf(out, 16, "key-%u", (unsigned)key);
}

/** Write the line of JSON of @p key; longer ones and shorter ones, so that pages split and merge.
 */
static void add_line(struct workload *load, struct sp_buffer *lines, uint32_t key)
{
    static const char *const words[] = {"catering", "sprzątanie", "zieleń", "transport", "pralnia"};
    uint32_t revision = load->next_revision++;
    uint32_t offers = workload_draw(load, 4);
    sp_buffer_printf(lines,
                     "{\"id\":\"key-%u\",\"name\":\"Podmiot %u\",\"shortName\":\"%u\","
                     "\"offers\":[",
                     (unsigned)key, (unsigned)key, (unsigned)revision);
    for (uint32_t i = 0; i < offers; i++) {
        sp_buffer_printf(lines, "%s{\"id\":\"o%u\",\"title\":\"%s %u\",\"description\":\"",
                         i == 0 ? "" : ",", (unsigned)i, words[workload_draw(load, 5)],
                         (unsigned)revision);
        for (uint32_t left = workload_draw(load, 60); left > 0; left--) {
            sp_buffer_printf(lines, "%s ", words[workload_draw(load, 5)]);
        }
        sp_buffer_add_text(lines, "\"}");
    }
    sp_buffer_add_text(lines, "]}\n");
    load->pending.revision[key] = revision;
    load->pending.version++;
}

static enum sp_status import_lines(struct sp_store *store, struct sp_view lines,
                                   struct sp_error *err)
{
    Spoina__V1__ImportEntitiesResponse out;
    struct sp_arena *arena = sp_arena_new(ARENA_BYTES);
    struct sp_import_options options = {.content = lines,
                                        .format = SPOINA__V1__FILE_FORMAT__FILE_FORMAT_JSON_LINES,
                                        .source = "fault-test",
                                        .author = AUTHOR};
    enum sp_status status =
        arena == NULL ? SP_FAIL_NOMEM(err) : sp_import_run(&options, store, NULL, arena, &out, err);
    if (status == SP_OK && out.n_rejected > 0) {
        status = SP_FAIL(err, SP_INTERNAL, out.rejected[0]->place, "Odrzucony: %s", "Rejected: %s",
                         out.rejected[0]->reason);
    }
    sp_arena_free(arena);
    return status;
}

static enum sp_status write_import(struct workload *load, struct sp_store *store,
                                   struct sp_error *err)
{
    struct sp_buffer lines;
    sp_buffer_init(&lines, IMPORT_BYTES);
    uint32_t rows = 1 + workload_draw(load, GROUP_MAX);
    uint32_t first = workload_draw(load, WORKLOAD_KEYS);
    for (uint32_t i = 0; i < rows; i++) {
        add_line(load, &lines, (first + i) % WORKLOAD_KEYS);
    }
    enum sp_status status = import_lines(store, sp_buffer_view(&lines), err);
    sp_buffer_release(&lines);
    return status;
}

/** Delete one that is there; SP_NOT_FOUND says that there was nothing to do. */
static enum sp_status delete_one(struct workload *load, struct sp_store *store,
                                 struct sp_error *err)
{
    char id[16];
    uint32_t key = workload_draw(load, WORKLOAD_KEYS);
    if (load->pending.revision[key] == WORKLOAD_GONE) {
        return SP_OK;
    }
    entity_id(key, id);
    load->pending.revision[key] = WORKLOAD_GONE;
    load->pending.version++;
    return sp_store_delete(store, id, &AUTHOR, err);
}

enum sp_status workload_step(struct workload *load, struct sp_store *store, struct sp_error *err)
{
    load->pending = load->acknowledged;
    load->in_doubt = true;
    enum sp_status status =
        workload_draw(load, 5) == 0 ? delete_one(load, store, err) : write_import(load, store, err);
    if (workload_draw(load, 3) == 0) { /* as the server does after a new index */
        sp_store_forget_removed(store, load->acknowledged.version);
    }
    if (status == SP_OK) {
        load->groups++;
        load->records += (long)(load->pending.version - load->acknowledged.version);
        load->acknowledged = load->pending;
        load->in_doubt = false;
    }
    return status;
}

/** Revision of @p key in the store; WORKLOAD_GONE when it is not there. */
static enum sp_status read_revision(struct sp_store *store, uint32_t key, struct sp_arena *arena,
                                    uint32_t *revision, struct sp_error *err)
{
    char id[16];
    Spoina__V1__Entity *entity = NULL;
    unsigned number = WORKLOAD_GONE;
    entity_id(key, id);
    enum sp_status status = sp_store_find(store, id, arena, &entity, err);
    if (status == SP_OK && sscanf(entity->short_name, "%u", &number) != 1) {
        return SP_FAIL(err, SP_CORRUPT, id, "Zły wpis.", "A wrong record.");
    }
    *revision = number;
    return status == SP_NOT_FOUND ? SP_OK : status;
}

static enum sp_status read_state(struct sp_store *store, struct workload_state *out,
                                 struct sp_error *err)
{
    struct sp_arena *arena = sp_arena_new(ARENA_BYTES);
    enum sp_status status = arena == NULL ? SP_FAIL_NOMEM(err) : SP_OK;
    out->version = sp_store_version(store);
    for (uint32_t key = 0; status == SP_OK && key < WORKLOAD_KEYS; key++) {
        sp_arena_reset(arena);
        status = read_revision(store, key, arena, &out->revision[key], err);
    }
    sp_arena_free(arena);
    return status;
}

static bool same(const struct workload_state *a, const struct workload_state *b)
{
    return a->version == b->version && memcmp(a->revision, b->revision, sizeof a->revision) == 0;
}

enum sp_status workload_compare(struct workload *load, struct sp_store *store, struct sp_error *err)
{
    struct workload_state found = {0};
    enum sp_status status = read_state(store, &found, err);
    if (status != SP_OK) {
        return status;
    }
    if (load->in_doubt && same(&found, &load->pending)) {
        load->acknowledged = load->pending;
    }
    load->in_doubt = false;
    if (same(&found, &load->acknowledged)) {
        return SP_OK;
    }
    bool lost = found.version < load->acknowledged.version;
    return SP_FAIL(err, lost ? SP_NOT_FOUND : SP_CORRUPT, "", "Wersja %llu zamiast %llu.",
                   "Version %llu instead of %llu.", (unsigned long long)found.version,
                   (unsigned long long)load->acknowledged.version);
}
