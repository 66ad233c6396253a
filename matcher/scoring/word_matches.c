/* SPDX-License-Identifier: EUPL-1.2 */
/** @file The words that met; see word_matches.h. */
#include "matcher/scoring/word_matches.h"

#include "base/buffer.h"

enum { SENTENCE_MAX_BYTES = 2000 };

#define EMPTY ((char *)protobuf_c_empty_string)

static Spoina__V1__Span *make_span(struct sp_arena *arena, size_t start, size_t end)
{
    Spoina__V1__Span *span = sp_arena_alloc(arena, sizeof *span);
    if (span != NULL) {
        spoina__v1__span__init(span);
        span->start = (uint32_t)start;
        span->end = (uint32_t)end;
    }
    return span;
}

/** "offers[2].title"; of a profile "name" and "description". */
static char *catalogue_field(const struct sp_reasoning *reasoning, size_t field)
{
    static const char *const OFFER[] = {"title", "description"};
    static const char *const PROFILE[] = {"name", "description"};
    const struct sp_offer *offer = reasoning->offer;
    return offer->offer == NULL
               ? (char *)PROFILE[field]
               : sp_arena_printf(reasoning->arena, "offers[%zu].%s", offer->index, OFFER[field]);
}

/** A piece of a text on one side. */
struct piece {
    struct sp_view text; /* of the field */
    size_t start;
    size_t end;
};

static char *copy_piece(struct sp_arena *arena, const struct piece *piece)
{
    return sp_arena_copy(arena,
                         sp_view_from(piece->text.data + piece->start, piece->end - piece->start));
}

/** Add a pair; @p offered NULL: declared, not written. */
static enum sp_status add_pair(const struct sp_reasoning *reasoning, Spoina__V1__Reason *reason,
                               size_t draft_field, const struct piece *needed, char *catalogue_path,
                               const struct piece *offered, const char *alias)
{
    struct sp_arena *arena = reasoning->arena;
    Spoina__V1__WordMatch *match = sp_arena_alloc(arena, sizeof *match);
    if (match == NULL) {
        return SP_NOMEM;
    }
    spoina__v1__word_match__init(match);
    match->draft_word = copy_piece(arena, needed);
    match->draft_span = make_span(arena, needed->start, needed->end);
    match->draft_field = sp_arena_strdup(arena, reasoning->need->fields[draft_field].path);
    match->catalogue_field = catalogue_path;
    match->catalogue_word = EMPTY;
    match->alias = (char *)alias;
    if (offered != NULL) {
        match->catalogue_word = copy_piece(arena, offered);
        match->catalogue_span = make_span(arena, offered->start, offered->end);
    }
    bool failed = match->draft_word == NULL || match->draft_span == NULL ||
                  match->draft_field == NULL || match->catalogue_field == NULL ||
                  match->catalogue_word == NULL ||
                  (offered != NULL && match->catalogue_span == NULL);
    reason->words[reason->n_words] = match;
    reason->n_words += failed ? 0 : 1;
    return failed ? SP_NOMEM : SP_OK;
}

static const char *service_name(const struct sp_reasoning *reasoning,
                                const struct sp_service *service)
{
    return sp_say(reasoning->locale, service->polish, service->english);
}

static enum sp_status add_service(const struct sp_reasoning *reasoning, Spoina__V1__Reason *reason)
{
    const struct sp_service_meeting *met = &reasoning->evaluation->text.service;
    const struct sp_need_service *needed = met->need;
    if (needed == NULL) {
        return SP_OK;
    }
    struct piece ours = {reasoning->need->fields[needed->field].text, needed->start, needed->end};
    const char *alias = service_name(reasoning, needed->service);
    if (met->offered == NULL) {
        char *path =
            sp_arena_printf(reasoning->arena, "offers[%zu].service", reasoning->offer->index);
        return add_pair(reasoning, reason, needed->field, &ours, path, NULL, alias);
    }
    struct piece theirs = {reasoning->offer->fields[met->field].text, met->offered->start,
                           met->offered->end};
    return add_pair(reasoning, reason, needed->field, &ours, catalogue_field(reasoning, met->field),
                    &theirs, alias);
}

/** Write the sentence: the service, then the words as the tender has them. */
static char *write_sentence(const struct sp_reasoning *reasoning, const Spoina__V1__Reason *reason)
{
    const struct sp_service_meeting *met = &reasoning->evaluation->text.service;
    enum sp_locale locale = reasoning->locale;
    struct sp_buffer text;
    sp_buffer_init(&text, SENTENCE_MAX_BYTES);
    if (reason->n_words == 0) {
        sp_buffer_add_text(&text, sp_say(locale, "Brak wspólnych słów.", "No words in common."));
    }
    size_t first_word = met->need == NULL ? 0 : 1;
    if (met->need != NULL) {
        const struct sp_service *offered =
            met->offered == NULL ? met->need->service : met->offered->service;
        sp_buffer_add_text(&text, sp_say(locale, "Usługa: ", "Service: "));
        sp_buffer_add_text(&text, service_name(reasoning, met->need->service));
        if (offered != met->need->service) {
            sp_buffer_add_text(&text, sp_say(locale, "; oferta: ", "; the offer: "));
            sp_buffer_add_text(&text, service_name(reasoning, offered));
        }
        sp_buffer_add_text(&text, ". ");
    }
    for (size_t i = first_word; i < reason->n_words; i++) {
        sp_buffer_add_text(
            &text, i == first_word ? sp_say(locale, "Wspólne słowa: ", "Words in common: ") : ", ");
        sp_buffer_add_text(&text, reason->words[i]->draft_word);
        sp_buffer_add_text(&text, i + 1 == reason->n_words ? "." : "");
    }
    struct sp_view all = sp_view_trim(sp_buffer_view(&text));
    char *copy = text.status == SP_OK ? sp_arena_copy(reasoning->arena, all) : NULL;
    sp_buffer_release(&text);
    return copy;
}

enum sp_status sp_word_matches_write(const struct sp_reasoning *reasoning,
                                     Spoina__V1__Reason *reason)
{
    const struct sp_need *need = reasoning->need;
    const struct sp_text_score *score = &reasoning->evaluation->text;
    reason->words = sp_arena_calloc(reasoning->arena, SP_REASON_WORDS_MAX, sizeof *reason->words);
    enum sp_status status = reason->words == NULL ? SP_NOMEM : add_service(reasoning, reason);
    for (size_t i = 0;
         status == SP_OK && i < need->word_count && reason->n_words < SP_REASON_WORDS_MAX; i++) {
        const struct sp_need_word *word = &need->words[i];
        const struct sp_word_meeting *met = &score->words[i];
        if (met->token == NULL) {
            continue;
        }
        struct piece ours = {need->fields[word->field].text, word->token->start, word->token->end};
        struct piece theirs = {reasoning->offer->fields[met->field].text, met->token->start,
                               met->token->end};
        status = add_pair(reasoning, reason, word->field, &ours,
                          catalogue_field(reasoning, met->field), &theirs, EMPTY);
    }
    if (status == SP_OK) {
        reason->text = write_sentence(reasoning, reason);
    }
    return status;
}
