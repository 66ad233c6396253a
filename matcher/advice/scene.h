/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * A call of advice under way: the request as read, one version of the catalogue held, and lots that
 * can be looked at under changed drafts without a second search.
 */
#ifndef SP_ADVICE_SCENE_H
#define SP_ADVICE_SCENE_H

#include "matcher/advice/advice.h"
#include "matcher/proposal/lot_matching.h"

struct sp_scene {
    const struct sp_advising *advising;
    struct sp_match_settings settings;
    struct sp_speaker speaker;    /* into the answer's arena */
    struct sp_arena *answer;      /* of the caller */
    struct sp_arena *lot;         /* the lot at hand: pool, assembly; sp_scene_lot() empties it */
    struct sp_arena *trial;       /* a variation; whoever tries empties it */
    struct sp_arena *scratch;     /* a piece of writing */
    struct sp_solution *solution; /* of the search at hand; heap */
    uint64_t catalogue_version;
    char date[11];
};

/** Read the request and hold one version of the catalogue. Close it whatever is returned. */
SP_MUST_CHECK enum sp_status sp_scene_open(struct sp_scene *scene,
                                           const struct sp_advising *advising,
                                           const Spoina__V1__MatchTenderRequest *request,
                                           struct sp_error *err);
void sp_scene_close(struct sp_scene *scene);

/**
 * Open lot @p index of the draft: the one search of it.
 *
 * @param keys  ids, NIP, KRS or REGON of entities that must be in the pool
 * @param found  @p key_count indices into the pool; may be NULL without any
 */
SP_MUST_CHECK enum sp_status sp_scene_lot(struct sp_scene *scene, size_t index, char *const *keys,
                                          size_t key_count, uint32_t *found,
                                          struct sp_lot_matching *out, struct sp_error *err);

/** A lot under other circumstances. Must not move while it is in use. */
struct sp_variation {
    struct sp_match_settings settings;
    struct sp_lot_matching lot;
};

/**
 * Look at @p base under @p draft, which is checked here: the same entities, revised and assembled
 * anew.
 *
 * @param draft    a copy of the draft of @p base with changes in lot @p index (draft_change.h)
 * @param options  NULL: those of @p base
 * @param arena    holds what is new
 * @return also SP_INVALID when the change is not allowed; the place names the field
 */
SP_MUST_CHECK enum sp_status sp_scene_vary(struct sp_scene *scene,
                                           const struct sp_lot_matching *base,
                                           const Spoina__V1__Draft *draft, size_t index,
                                           const struct sp_assembly_options *options,
                                           struct sp_arena *arena, struct sp_variation *out,
                                           struct sp_error *err);

/** The lot @p id of the draft; "": the only one. SP_NOT_FOUND, SP_INVALID (there are several). */
SP_MUST_CHECK enum sp_status sp_scene_find_lot(const struct sp_scene *scene, const char *id,
                                               size_t *index, struct sp_error *err);

/** Copy *@p message whole into the answer's arena, so that it outlives the lot or step that it
 *  shares texts with. @return SP_OK; SP_NOMEM; SP_LIMIT */
SP_MUST_CHECK enum sp_status sp_scene_keep(struct sp_scene *scene, ProtobufCMessage **message,
                                           struct sp_error *err);

/** An array of @p count pointers to zeroed, not yet initialised messages of @p size. NULL when out
 *  of memory. */
void **sp_scene_messages(struct sp_scene *scene, size_t count, size_t size);

#endif
