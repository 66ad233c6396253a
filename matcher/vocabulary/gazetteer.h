/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Place names in Polish text, in any declension: "w Legnicy", "gminy Polkowice", "powiatu
 * legnickiego", "na terenie Dolnego Śląska".
 *
 * Each word of a name is known by its forms (declined here by rule, see decline.h) and by its
 * dictionary lemmas. A name is found where its words follow one another. A unit word before it
 * (gmina, powiat, województwo, miasto, wieś; also gm., pow., woj., m.) says which level is meant
 * and holds for the names listed after it ("w powiatach legnickim, lubińskim i głogowskim").
 *
 * In running text a name needs a capital letter or a unit word; a name that is also a common word
 * (Góra, Jawor, Środa: data/place_common_words.tsv) or stands in capitals only needs a preposition
 * of place or a unit word before it.
 */
#ifndef SP_VOCABULARY_GAZETTEER_H
#define SP_VOCABULARY_GAZETTEER_H

#include <stddef.h>

#include "base/arena.h"
#include "base/status.h"
#include "base/view.h"
#include "matcher/language/language.h"
#include "matcher/vocabulary/territory.h"

struct sp_gazetteer; /* shared by all threads, read-only */

/** Build the index of names. @p territory is borrowed and must outlive it.
 *  @return SP_OK; SP_NOT_FOUND; SP_IO; SP_CORRUPT (names file and line); SP_NOMEM */
SP_MUST_CHECK enum sp_status sp_gazetteer_open(const char *directory,
                                               const struct sp_territory *territory,
                                               struct sp_gazetteer **out, struct sp_error *err);
void sp_gazetteer_free(struct sp_gazetteer *gazetteer);

enum { SP_PLACE_CANDIDATES_MAX = 16 };

/** A name that was found, and what it may mean. */
struct sp_place_mention {
    size_t start;       /* first byte in the text, a unit word included */
    size_t end;         /* one past the last byte */
    size_t first_token; /* in the token list */
    size_t token_count;
    const struct sp_place *const *candidates; /* likeliest first; at least one */
    size_t candidate_count;                   /* 1..SP_PLACE_CANDIDATES_MAX */
};

struct sp_place_mention_list {
    const struct sp_place_mention *items; /* in order of the text, not overlapping */
    size_t count;
};

/**
 * Find the place names of a text.
 *
 * Candidates are ordered: the level that the unit word asks for; then the preferred region; then
 * town before village ("gmina X": the rural gmina before the urban one, since the town is usually
 * called "miasto X" or "gmina miejska X"); then population; then TERYT.
 *
 * @param tokens  of sp_analyse() over the text
 * @param prefer  TERYT prefix of the region where places are likelier ("02"); may be empty
 * @param arena   holds the answer
 * @return SP_OK, also when nothing is found; SP_NOMEM
 */
SP_MUST_CHECK enum sp_status sp_gazetteer_scan(const struct sp_gazetteer *gazetteer,
                                               const struct sp_token_list *tokens,
                                               struct sp_view prefer, struct sp_arena *arena,
                                               struct sp_place_mention_list *out,
                                               struct sp_error *err);

/**
 * Understand a whole short text as one place: what a person types after --place. TERYT and NUTS
 * codes, names in any declension and case, also without diacritics ("jelenia gora").
 *
 * @param text    borrowed UTF-8
 * @param prefer  as above
 * @param out     one mention; for a NUTS code its candidates are all units of the code
 * @return SP_OK; SP_NOT_FOUND (the message names the text); SP_INVALID (not UTF-8); SP_NOMEM
 */
SP_MUST_CHECK enum sp_status sp_gazetteer_resolve(const struct sp_gazetteer *gazetteer,
                                                  struct sp_analyser *analyser, struct sp_view text,
                                                  struct sp_view prefer, struct sp_arena *arena,
                                                  struct sp_place_mention *out,
                                                  struct sp_error *err);

#endif
