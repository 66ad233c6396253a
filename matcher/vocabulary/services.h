/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Services that social economy entities sell, and the two languages in which they are named: what a
 * buyer writes in a tender and what an entity writes in its offer (data/services.tsv).
 *
 * A phrase is a set of lemmas (form words like "warsztat", "brygada", "usługa" and stop words left
 * out). It fires where all its lemmas stand within a window of its own length plus
 * SP_PHRASE_SLACK tokens, in any order, so that "prać odzież i bielizna" is found for "pranie
 * bielizny". A longer phrase hides a shorter one of the same service in the same place.
 */
#ifndef SP_VOCABULARY_SERVICES_H
#define SP_VOCABULARY_SERVICES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/status.h"
#include "base/view.h"
#include "matcher/language/language.h"
#include "matcher/vocabulary/cpv.h"

struct sp_services; /* shared by all threads, read-only */

enum { SP_PHRASE_SLACK = 3, SP_PHRASE_WORDS_MAX = 8, SP_SERVICES_MAX = 256 };

enum sp_phrase_side {
    SP_PHRASE_TENDER = 1 << 0,   /* buyers write it: statute names, CPV nouns */
    SP_PHRASE_ENTITY = 1 << 1,   /* entities write it */
    SP_PHRASE_PROGRAMME = 1 << 2 /* name of a public programme; also a tender phrase */
};

struct sp_phrase {
    const char *text;             /* as the table has it */
    unsigned sides;               /* enum sp_phrase_side */
    const struct sp_view *lemmas; /* first lemma of each content word, in order */
    size_t lemma_count;           /* 1..SP_PHRASE_WORDS_MAX */
    unsigned shared;              /* services that have the same phrase, this one counted: 1.. */
};

struct sp_service {
    const char *id;     /* "MOW" */
    const char *polish; /* name shown */
    const char *english;
    const struct sp_cpv *const *cpv; /* main code first; empty for an umbrella */
    size_t cpv_count;
    const struct sp_phrase *phrases;
    size_t phrase_count;
    const char *units;                     /* unit ids separated by spaces, the usual one first */
    const char *licences;                  /* Polish, for people; "" if none is usual */
    const struct sp_service *const *parts; /* of an umbrella: the services it splits into */
    size_t part_count;                     /* 0: a plain service */
};

/** Open services.tsv and form_words.tsv of @p directory. @p cpv is borrowed and must outlive it;
 *  @p analyser is used during the call only.
 *  @return SP_OK; SP_NOT_FOUND; SP_IO; SP_CORRUPT (names file and line); SP_NOMEM */
SP_MUST_CHECK enum sp_status sp_services_open(const char *directory, const struct sp_cpv_tree *cpv,
                                              struct sp_analyser *analyser,
                                              struct sp_services **out, struct sp_error *err);
void sp_services_free(struct sp_services *services);

const struct sp_service *sp_services_all(const struct sp_services *services, size_t *count);
const struct sp_service *sp_service_find(const struct sp_services *services, struct sp_view id);

/** Tell whether a lemma is a form word ("warsztat", "brygada"): it says how, not what. */
bool sp_services_is_form_word(const struct sp_services *services, struct sp_view lemma);

/** A phrase of the table found in a text. */
struct sp_service_hit {
    const struct sp_service *service;
    const struct sp_phrase *phrase;
    size_t start; /* byte span in the text from the first to the last word of the phrase */
    size_t end;
    size_t first_token; /* in the token list */
    size_t token_count; /* span length in tokens; the phrase's words are among them */
    bool negated; /* the text leaves it out: "bez ...", "nie obejmuje ...", "z wyłączeniem ..." */
};

struct sp_service_hit_list {
    const struct sp_service_hit *items; /* in order of the text; then longer phrases first */
    size_t count;
};

/**
 * Find the services that a text names.
 *
 * @param sides  which phrases to look for, enum sp_phrase_side; 0 means all
 * @param arena  holds the answer
 * @return SP_OK, also when nothing is found; SP_NOMEM
 */
SP_MUST_CHECK enum sp_status sp_services_scan(const struct sp_services *services,
                                              const struct sp_token_list *tokens, unsigned sides,
                                              struct sp_arena *arena,
                                              struct sp_service_hit_list *out,
                                              struct sp_error *err);

/** Tell whether a service is really named in @p text: its words stand in one sentence and line
 *  (phrases are found in any order with words between them; across a full stop that is chance), and
 *  it is more than one letter ("Zadanie B", where "b" abbreviates "bar"). */
bool sp_hit_is_sound(struct sp_view text, const struct sp_service_hit *hit);

/** A phrase to look for beside the words of a query, and why. */
struct sp_synonym {
    const struct sp_service *service;
    const struct sp_phrase *because; /* that fired in the query */
    const struct sp_phrase *phrase;  /* of the same service, to be added */
};

struct sp_synonym_list {
    const struct sp_synonym *items; /* by hit; phrases of fewer services first; each phrase once */
    size_t count;
};

/**
 * Give the other names of the services that a query names: "koszenie trawy" gives "wykaszanie
 * poboczy", "pielęgnacja terenów zielonych". An umbrella gives the phrases of its parts.
 *
 * @param sides  which phrases to give, enum sp_phrase_side; 0 means all
 * @param arena  holds the answer
 * @return SP_OK, also when there is none; SP_NOMEM
 */
SP_MUST_CHECK enum sp_status sp_services_synonyms(const struct sp_services *services,
                                                  const struct sp_token_list *tokens,
                                                  unsigned sides, struct sp_arena *arena,
                                                  struct sp_synonym_list *out,
                                                  struct sp_error *err);

#endif
