/* SPDX-License-Identifier: EUPL-1.2 */
#include "matcher/advice/scene.h"

#include "base/buffer.h"
#include "base/memory.h"
#include "matcher/catalogue/reader.h"
#include "matcher/tender/draft.h"
#include "proto/codec/message.h"

enum { TRIAL_ARENA_BYTES = 256 << 20, KEPT_MAX_BYTES = 64 << 20 };

enum sp_status sp_scene_open(struct sp_scene *scene, const struct sp_advising *advising,
                             const Spoina__V1__MatchTenderRequest *request, struct sp_error *err)
{
    *scene = (struct sp_scene){.advising = advising,
                               .speaker = sp_matching_speaker(&advising->matching),
                               .answer = advising->matching.scoring.arena,
                               .lot = sp_arena_new(SP_LOT_ARENA_BYTES),
                               .trial = sp_arena_new(TRIAL_ARENA_BYTES),
                               .scratch = sp_arena_new(SP_SCRATCH_ARENA_BYTES),
                               .solution = sp_malloc(sizeof *scene->solution)};
    if (scene->lot == NULL || scene->trial == NULL || scene->scratch == NULL ||
        scene->solution == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    if (request == NULL) {
        return SP_FAIL(err, SP_INVALID, "match", "Podaj projekt zamówienia albo ogłoszenie.",
                       "Give a draft or a notice.");
    }
    enum sp_status status =
        sp_match_settings_read(&advising->matching, request, &scene->settings, err);
    if (status != SP_OK) {
        sp_error_prefix(err, "match");
        return status;
    }
    sp_day_format(scene->settings.day, scene->date);
    return sp_reader_begin(advising->matching.scoring.reader, &scene->catalogue_version, err);
}

void sp_scene_close(struct sp_scene *scene)
{
    sp_reader_end(scene->advising->matching.scoring.reader);
    sp_arena_free(scene->lot);
    sp_arena_free(scene->trial);
    sp_arena_free(scene->scratch);
    sp_free(scene->solution);
}

enum sp_status sp_scene_lot(struct sp_scene *scene, size_t index, char *const *keys,
                            size_t key_count, uint32_t *found, struct sp_lot_matching *out,
                            struct sp_error *err)
{
    enum sp_status status = sp_match_go_on(&scene->advising->matching.scoring, err);
    if (status != SP_OK) {
        return status;
    }
    sp_arena_reset(scene->lot);
    sp_arena_reset(scene->trial);
    *out = (struct sp_lot_matching){.matching = &scene->advising->matching,
                                    .settings = &scene->settings,
                                    .arena = scene->lot,
                                    .scratch = scene->scratch};
    return sp_lot_open(out, index, keys, key_count, found, err);
}

enum sp_status sp_scene_vary(struct sp_scene *scene, const struct sp_lot_matching *base,
                             const Spoina__V1__Draft *draft, size_t index,
                             const struct sp_assembly_options *options, struct sp_arena *arena,
                             struct sp_variation *out, struct sp_error *err)
{
    const struct sp_match_context *context = &scene->advising->matching.scoring;
    struct sp_draft_warnings warnings = {.arena = arena, .locale = context->locale};
    Spoina__V1__Draft *checked = NULL;
    enum sp_status status = sp_match_go_on(context, err);
    if (status == SP_OK) {
        status = sp_draft_check(draft, context->vocabulary, SP_DRAFT_WRITTEN, arena, &warnings,
                                &checked, err);
    }
    if (status != SP_OK) {
        return status;
    }
    out->settings = scene->settings;
    out->settings.draft = checked;
    out->lot = *base;
    out->lot.settings = &out->settings;
    out->lot.index = index;
    out->lot.lot = checked->lots[index];
    out->lot.arena = arena;
    status = sp_pool_revise(context, &base->pool, checked, index, arena, &out->lot.pool, err);
    return status == SP_OK ? sp_assembly_make(&out->lot.pool, scene->advising->matching.book,
                                              scene->settings.day,
                                              options == NULL ? &base->assembly.options : options,
                                              arena, &out->lot.assembly, err)
                           : status;
}

enum sp_status sp_scene_find_lot(const struct sp_scene *scene, const char *id, size_t *index,
                                 struct sp_error *err)
{
    size_t count = scene->settings.draft->n_lots;
    if (id[0] == '\0') {
        *index = 0;
        return count == 1 ? SP_OK
                          : SP_FAIL(err, SP_INVALID, "lot_id",
                                    "Zamówienie ma %zu części: podaj identyfikator jednej z nich.",
                                    "The draft has %zu lots: give the id of one.", count);
    }
    return sp_match_lot(&scene->settings, id, index) != NULL
               ? SP_OK
               : SP_FAIL(err, SP_NOT_FOUND, "lot_id", "Nie ma części „%.40s”.",
                         "There is no lot \"%.40s\".", id);
}

enum sp_status sp_scene_keep(struct sp_scene *scene, ProtobufCMessage **message,
                             struct sp_error *err)
{
    struct sp_buffer wire;
    sp_buffer_init(&wire, KEPT_MAX_BYTES);
    enum sp_status status = sp_message_to_wire(*message, &wire, err);
    if (status == SP_OK) {
        status = sp_message_from_wire((*message)->descriptor, sp_buffer_view(&wire), NULL,
                                      scene->answer, message, err);
    }
    sp_buffer_release(&wire);
    return status;
}

void **sp_scene_messages(struct sp_scene *scene, size_t count, size_t size)
{
    void **pointers = sp_arena_calloc(scene->answer, count, sizeof *pointers);
    char *items = sp_arena_calloc(scene->answer, count, size);
    if (pointers == NULL || items == NULL) {
        return NULL;
    }
    for (size_t i = 0; i < count; i++) {
        pointers[i] = items + i * size;
    }
    return pointers;
}
