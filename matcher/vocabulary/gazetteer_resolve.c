/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * One place out of a short text that a person typed.
 */
#include "matcher/vocabulary/gazetteer.h"
#include "matcher/vocabulary/gazetteer_priv.h"

/* A code instead of a name: TERYT digits or NUTS. False when the text is none. */
static bool resolve_code(const struct sp_gazetteer *gazetteer, struct sp_view text,
                         struct sp_arena *arena, struct sp_place_mention *out)
{
    const struct sp_territory *territory = gazetteer->territory;
    const struct sp_place **places =
        sp_arena_calloc(arena, SP_PLACE_CANDIDATES_MAX, sizeof *places);
    if (places == NULL) {
        return false;
    }
    places[0] = sp_territory_by_teryt(territory, text);
    size_t count = places[0] != NULL;
    if (count == 0) {
        count = sp_territory_by_nuts(territory, text, places, SP_PLACE_CANDIDATES_MAX);
    }
    if (count == 0) {
        return false;
    }
    *out = (struct sp_place_mention){
        .start = 0,
        .end = text.length,
        .candidates = places,
        .candidate_count = count < SP_PLACE_CANDIDATES_MAX ? count : SP_PLACE_CANDIDATES_MAX};
    return true;
}

/* "Bolesławiec, woj. łódzkie": keep the candidates that lie in the units named after the place. */
static void narrow(struct sp_place_mention *mention, const struct sp_place_mention_list *all)
{
    const struct sp_place **kept = (const struct sp_place **)mention->candidates;
    for (size_t i = 1; i < all->count; i++) {
        const struct sp_place *area = all->items[i].candidates[0];
        size_t count = 0;
        for (size_t k = 0; k < mention->candidate_count; k++) {
            const struct sp_place *place = mention->candidates[k];
            if (sp_teryt_holds(sp_view_of(area->teryt), sp_view_of(place->teryt))) {
                kept[count++] = place;
            }
        }
        if (count > 0) {
            mention->candidate_count = count;
        }
    }
}

enum sp_status sp_gazetteer_resolve(const struct sp_gazetteer *gazetteer,
                                    struct sp_analyser *analyser, struct sp_view text,
                                    struct sp_view prefer, struct sp_arena *arena,
                                    struct sp_place_mention *out, struct sp_error *err)
{
    struct sp_view trimmed = sp_view_trim(text);
    if (resolve_code(gazetteer, trimmed, arena, out)) {
        return SP_OK;
    }
    struct sp_token_list tokens;
    struct sp_place_mention_list mentions;
    enum sp_status status = sp_analyse(analyser, trimmed, 0, arena, &tokens, err);
    if (status == SP_OK) {
        status = sp_gazetteer_scan_tokens(gazetteer, &tokens, prefer, true, arena, &mentions, err);
    }
    if (status != SP_OK) {
        return status;
    }
    if (mentions.count == 0) {
        return SP_FAIL(err, SP_NOT_FOUND, "place", "Nie znam miejsca „%.*s”.",
                       "I do not know the place \"%.*s\".", SP_VIEW_ARGS(trimmed));
    }
    *out = mentions.items[0];
    narrow(out, &mentions);
    return SP_OK;
}
