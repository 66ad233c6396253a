/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * From query words to index terms.
 */
#include "matcher/search/search_words.h"

#include "base/utf8.h"
#include "matcher/search/bm25.h"

enum {
    WEIGHT_WORD = SP_WEIGHT_FULL,
    WEIGHT_DIACRITICS = 900,
    WEIGHT_DIACRITICS_BESIDE = 600,
    WEIGHT_TYPO = 800,
    WEIGHT_PREFIX = 700,
    WEIGHT_SYNONYM = 400,
    FORM_WORD_PERCENT = 30,
    PREFIX_BYTES_MIN = 2,
    PREFIX_TERMS_MAX = 20,
    TYPO_LETTERS_MIN = 4,   /* as sp_expand() */
    LETTERS_MAX = 48,       /* longer words are not mended from the index */
    SYNONYMS_MAX = 8,       /* of one service named */
    SYNONYM_PHRASE_MAX = 2, /* lemmas: a word of a longer phrase says too little alone */
    SYNONYM_SERVICES_MAX = 2
};

/** What the functions below share. */
struct finder {
    const struct sp_search_context *context;
    struct sp_search_words *words;
    struct sp_token_list tokens;
    size_t *word_of_token; /* place in words, or SIZE_MAX */
    struct sp_error *err;
};

/** Add an index term to a word, unless it is there or no document holds it. */
static bool add_member(const struct finder *finder, struct sp_search_word *word,
                       struct sp_view lemma, uint32_t permille, Spoina__V1__TermOrigin origin)
{
    struct sp_term term;
    if (word->count == SP_GROUP_MEMBERS_MAX ||
        !sp_index_find(finder->context->index, lemma, &term)) {
        return false;
    }
    for (size_t i = 0; i < word->count; i++) {
        if (sp_view_equal(word->members[i].term.text, lemma)) {
            return false;
        }
    }
    word->members[word->count] = (struct sp_index_member){term, permille};
    word->origins[word->count++] = origin;
    return true;
}

static void add_exact(const struct finder *finder, struct sp_search_word *word)
{
    for (size_t i = 0; i < word->token->lemma_count; i++) {
        add_member(finder, word, word->token->lemmas[i], WEIGHT_WORD,
                   SPOINA__V1__TERM_ORIGIN__TERM_ORIGIN_WORD);
    }
}

/** Add what the dictionary reaches from the word by @p origin. */
static enum sp_status add_expanded(const struct finder *finder, struct sp_search_word *word,
                                   unsigned flags, enum sp_origin origin, uint32_t permille,
                                   Spoina__V1__TermOrigin shown)
{
    struct sp_candidate_list list = {NULL, 0};
    if (word->token->folded.length > SP_FORM_MAX_BYTES) {
        return SP_OK;
    }
    enum sp_status status = sp_expand(finder->context->analyser, word->token->folded, flags,
                                      finder->context->arena, &list, finder->err);
    for (size_t i = 0; i < list.count && status == SP_OK; i++) {
        if (list.items[i].origin == origin) {
            add_member(finder, word, list.items[i].lemma, permille, shown);
        }
    }
    return status;
}

static size_t decode(struct sp_view text, uint32_t letters[LETTERS_MAX])
{
    size_t count = 0;
    for (size_t offset = 0; offset < text.length && count < LETTERS_MAX;) {
        letters[count++] = sp_utf8_next(text, &offset);
    }
    return count;
}

/** Tell whether one insertion, deletion, replacement or swap turns @p a into @p b. */
static bool is_one_error(const uint32_t *a, size_t a_count, const uint32_t *b, size_t b_count)
{
    size_t front = 0;
    while (front < a_count && front < b_count && a[front] == b[front]) {
        front++;
    }
    size_t back = 0;
    while (back < a_count - front && back < b_count - front &&
           a[a_count - 1 - back] == b[b_count - 1 - back]) {
        back++;
    }
    size_t a_left = a_count - front - back;
    size_t b_left = b_count - front - back;
    if (a_left == 2 && b_left == 2) {
        return a[front] == b[front + 1] && a[front + 1] == b[front];
    }
    return a_left <= 1 && b_left <= 1 && a_left + b_left > 0;
}

/** A walk over all terms of the index, comparing each with one word. */
struct comparison {
    const struct finder *finder;
    struct sp_search_word *word;
    uint32_t letters[LETTERS_MAX];
    size_t letter_count;
    struct sp_view stripped; /* prefix without diacritics */
    size_t added;
};

static bool take_one_error(void *context, const struct sp_term *term)
{
    struct comparison *comparison = context;
    uint32_t letters[LETTERS_MAX];
    if (term->text.length + 4 < comparison->letter_count ||
        term->text.length > 4 * (comparison->letter_count + 1)) {
        return true;
    }
    size_t count = decode(term->text, letters);
    if (is_one_error(comparison->letters, comparison->letter_count, letters, count)) {
        add_member(comparison->finder, comparison->word, term->text, WEIGHT_TYPO,
                   SPOINA__V1__TERM_ORIGIN__TERM_ORIGIN_TYPO);
    }
    return comparison->word->count < SP_GROUP_MEMBERS_MAX;
}

/** Mend a word that the dictionary does not know, such as a name, by the terms of the index. */
static void add_similar_terms(const struct finder *finder, struct sp_search_word *word)
{
    struct comparison comparison = {.finder = finder, .word = word};
    comparison.letter_count = decode(word->token->folded, comparison.letters);
    if (comparison.letter_count >= TYPO_LETTERS_MIN && comparison.letter_count < LETTERS_MAX) {
        sp_index_each_term(finder->context->index, sp_view_of(""), take_one_error, &comparison);
    }
}

static bool take_stripped_prefix(void *context, const struct sp_term *term)
{
    struct comparison *comparison = context;
    char stripped[SP_INDEX_TERM_MAX_BYTES];
    size_t length = sp_strip_diacritics(term->text, stripped);
    if (sp_view_starts_with(sp_view_from(stripped, length), comparison->stripped)) {
        comparison->added += add_member(comparison->finder, comparison->word, term->text,
                                        WEIGHT_PREFIX, SPOINA__V1__TERM_ORIGIN__TERM_ORIGIN_PREFIX)
                                 ? 1
                                 : 0;
    }
    return comparison->added < PREFIX_TERMS_MAX;
}

/** Add terms that begin with the word; if there are none, also without diacritics. */
static void add_prefix(const struct finder *finder, struct sp_search_word *word)
{
    struct sp_view prefix = word->token->folded;
    if (prefix.length < PREFIX_BYTES_MIN || prefix.length > SP_FORM_MAX_BYTES) {
        return;
    }
    struct sp_term terms[PREFIX_TERMS_MAX];
    size_t count = sp_index_find_prefix(finder->context->index, prefix, terms, PREFIX_TERMS_MAX);
    for (size_t i = 0; i < count; i++) {
        add_member(finder, word, terms[i].text, WEIGHT_PREFIX,
                   SPOINA__V1__TERM_ORIGIN__TERM_ORIGIN_PREFIX);
    }
    if (word->count == 0) {
        char stripped[SP_FORM_MAX_BYTES];
        struct comparison comparison = {.finder = finder, .word = word};
        comparison.stripped = sp_view_from(stripped, sp_strip_diacritics(prefix, stripped));
        sp_index_each_term(finder->context->index, sp_view_of(""), take_stripped_prefix,
                           &comparison);
    }
}

static bool is_ascii(struct sp_view text)
{
    for (size_t i = 0; i < text.length; i++) {
        if ((unsigned char)text.data[i] >= 0x80) {
            return false;
        }
    }
    return true;
}

/** Find the members of a word. @param is_prefix  the last word, still being typed */
static enum sp_status find_members(const struct finder *finder, struct sp_search_word *word,
                                   bool is_prefix)
{
    enum sp_status status = SP_OK;
    add_exact(finder, word);
    bool is_number = (word->token->flags & SP_TOKEN_NUMBER) != 0;
    if (!is_number && (word->count == 0 || is_ascii(word->token->folded))) {
        status = add_expanded(finder, word, SP_EXPAND_DIACRITICS, SP_ORIGIN_DIACRITICS,
                              word->count == 0 ? WEIGHT_DIACRITICS : WEIGHT_DIACRITICS_BESIDE,
                              SPOINA__V1__TERM_ORIGIN__TERM_ORIGIN_DIACRITICS);
    }
    if (is_prefix) {
        add_prefix(finder, word);
    }
    if (status == SP_OK && word->count == 0 && !is_number) {
        status = add_expanded(
            finder, word, SP_EXPAND_DIACRITICS | SP_EXPAND_TYPO | SP_EXPAND_TYPO_EVEN_IF_KNOWN,
            SP_ORIGIN_TYPO, WEIGHT_TYPO, SPOINA__V1__TERM_ORIGIN__TERM_ORIGIN_TYPO);
        if (status == SP_OK && word->count == 0) {
            add_similar_terms(finder, word);
        }
    }
    return status;
}

/** Tell whether a token is a word to look for. Parts of a compound stand for it. */
static bool is_wanted(const struct finder *finder, size_t number, bool only_stop_words)
{
    const struct sp_token *token = &finder->tokens.tokens[number];
    if ((token->flags & SP_TOKEN_COMPOUND) != 0 ||
        ((token->flags & SP_TOKEN_STOP) != 0 && !only_stop_words)) {
        return false;
    }
    for (size_t i = 0; i < finder->words->count; i++) {
        if (sp_view_equal(finder->words->words[i].token->lemmas[0], token->lemmas[0])) {
            return false;
        }
    }
    return true;
}

static enum sp_status add_word(struct finder *finder, size_t number)
{
    struct sp_search_words *words = finder->words;
    if (words->count == SP_SEARCH_WORDS_MAX) {
        return SP_FAIL(finder->err, SP_LIMIT, "query", "Zapytanie ma więcej niż %d słów.",
                       "The query has more than %d words.", SP_SEARCH_WORDS_MAX);
    }
    struct sp_arena *arena = finder->context->arena;
    const struct sp_token *token = &finder->tokens.tokens[number];
    struct sp_search_word *word = &words->words[words->count];
    *word = (struct sp_search_word){.start = token->start, .end = token->end, .token = token};
    word->members = sp_arena_calloc(arena, SP_GROUP_MEMBERS_MAX, sizeof(*word->members));
    word->origins = sp_arena_calloc(arena, SP_GROUP_MEMBERS_MAX, sizeof(*word->origins));
    if (word->members == NULL || word->origins == NULL) {
        return SP_FAIL_NOMEM(finder->err);
    }
    finder->word_of_token[number] = words->count++;
    return find_members(finder, word, token->end == words->text.length);
}

static enum sp_status add_words(struct finder *finder)
{
    bool only_stop_words = true;
    for (size_t i = 0; i < finder->tokens.count; i++) {
        only_stop_words = only_stop_words && (finder->tokens.tokens[i].flags & SP_TOKEN_STOP) != 0;
    }
    enum sp_status status = SP_OK;
    for (size_t i = 0; i < finder->tokens.count && status == SP_OK; i++) {
        finder->word_of_token[i] = SIZE_MAX;
        if (is_wanted(finder, i, only_stop_words)) {
            status = add_word(finder, i);
        }
    }
    return status;
}

/** Tell whether the query itself has the lemma: then it stands for nothing else in it. */
static bool is_in_query(const struct finder *finder, struct sp_view lemma)
{
    for (size_t i = 0; i < finder->words->count; i++) {
        const struct sp_token *token = finder->words->words[i].token;
        for (size_t j = 0; j < token->lemma_count; j++) {
            if (sp_view_equal(token->lemmas[j], lemma)) {
                return true;
            }
        }
    }
    return false;
}

static bool names(const struct sp_service *service, struct sp_view lemma)
{
    for (size_t i = 0; i < service->phrase_count; i++) {
        for (size_t j = 0; j < service->phrases[i].lemma_count; j++) {
            if (sp_view_equal(service->phrases[i].lemmas[j], lemma)) {
                return true;
            }
        }
    }
    return false;
}

/** Tell whether a lemma speaks of few services: "wykaszać" and "trawnik", but not "zdrowy". */
static bool is_telling(const struct finder *finder, struct sp_view lemma)
{
    size_t count = 0;
    const struct sp_service *all = sp_services_all(finder->context->vocabulary->services, &count);
    size_t named = 0;
    for (size_t i = 0; i < count; i++) {
        named += names(&all[i], lemma) ? 1 : 0;
    }
    bool is_number = lemma.data[0] >= '0' && lemma.data[0] <= '9';
    return named <= SYNONYM_SERVICES_MAX && !is_number;
}

/** The word of @p phrase that the fewest documents hold; false when no document holds any. */
static bool rarest_word(const struct finder *finder, const struct sp_phrase *phrase,
                        struct sp_view *out)
{
    uint32_t least = UINT32_MAX;
    for (size_t i = 0; i < phrase->lemma_count; i++) {
        struct sp_term term;
        if (sp_index_find(finder->context->index, phrase->lemmas[i], &term) &&
            term.frequency < least) {
            least = term.frequency;
            *out = phrase->lemmas[i];
        }
    }
    return least != UINT32_MAX;
}

/** Add @p lemma to the words of the service named; false when each of them has it already. */
static bool add_synonym(const struct finder *finder, const struct sp_service_hit *hit,
                        struct sp_view lemma)
{
    bool added = false;
    for (size_t i = hit->first_token; i < hit->first_token + hit->token_count; i++) {
        size_t word = finder->word_of_token[i];
        if (word != SIZE_MAX) {
            added = add_member(finder, &finder->words->words[word], lemma, WEIGHT_SYNONYM,
                               SPOINA__V1__TERM_ORIGIN__TERM_ORIGIN_SYNONYM) ||
                    added;
        }
    }
    return added;
}

static enum sp_status add_service(struct finder *finder, const struct sp_service_hit *hit)
{
    struct sp_search_synonym *synonym = &finder->words->synonyms[finder->words->synonym_count];
    *synonym =
        (struct sp_search_synonym){.start = hit->start, .end = hit->end, .service = hit->service};
    synonym->lemmas =
        sp_arena_calloc(finder->context->arena, SYNONYMS_MAX, sizeof(*synonym->lemmas));
    if (synonym->lemmas == NULL) {
        return SP_FAIL_NOMEM(finder->err);
    }
    const struct sp_service *service = hit->service;
    for (int entity_side = 1; entity_side >= 0; entity_side--) { /* entities' own words first */
        for (size_t i = 0; i < service->phrase_count; i++) {
            const struct sp_phrase *phrase = &service->phrases[i];
            bool is_entity_side = (phrase->sides & SP_PHRASE_ENTITY) != 0;
            struct sp_view lemma;
            if (phrase != hit->phrase && phrase->lemma_count <= SYNONYM_PHRASE_MAX &&
                is_entity_side == (entity_side == 1) && synonym->lemma_count < SYNONYMS_MAX &&
                rarest_word(finder, phrase, &lemma) && !is_in_query(finder, lemma) &&
                is_telling(finder, lemma) && add_synonym(finder, hit, lemma)) {
                synonym->lemmas[synonym->lemma_count++] = lemma;
            }
        }
    }
    finder->words->synonym_count += synonym->lemma_count > 0 ? 1 : 0;
    return SP_OK;
}

/** "catering dla przedszkola" names one service, its "catering" alone no other. */
static bool is_inside_longer(const struct sp_service_hit_list *hits, size_t number)
{
    const struct sp_service_hit *hit = &hits->items[number];
    for (size_t i = 0; i < hits->count; i++) {
        const struct sp_service_hit *other = &hits->items[i];
        if (other->start <= hit->start && other->end >= hit->end &&
            other->end - other->start > hit->end - hit->start) {
            return true;
        }
    }
    return false;
}

static enum sp_status add_services(struct finder *finder)
{
    const struct sp_search_context *context = finder->context;
    struct sp_service_hit_list hits;
    enum sp_status status = sp_services_scan(context->vocabulary->services, &finder->tokens, 0,
                                             context->arena, &hits, finder->err);
    if (status != SP_OK) {
        return status;
    }
    finder->words->synonyms =
        sp_arena_calloc(context->arena, hits.count + 1, sizeof(*finder->words->synonyms));
    if (finder->words->synonyms == NULL) {
        return SP_FAIL_NOMEM(finder->err);
    }
    for (size_t i = 0; i < hits.count && status == SP_OK; i++) {
        if (!is_inside_longer(&hits, i)) {
            status = add_service(finder, &hits.items[i]);
        }
    }
    return status;
}

/** The word as it stands or as it was mended. */
static bool is_form_word(const struct finder *finder, const struct sp_search_word *word)
{
    const struct sp_services *services = finder->context->vocabulary->services;
    for (size_t i = 0; i < word->token->lemma_count; i++) {
        if (sp_services_is_form_word(services, word->token->lemmas[i])) {
            return true;
        }
    }
    for (size_t i = 0; i < word->count; i++) {
        bool is_mended = word->origins[i] == SPOINA__V1__TERM_ORIGIN__TERM_ORIGIN_DIACRITICS ||
                         word->origins[i] == SPOINA__V1__TERM_ORIGIN__TERM_ORIGIN_TYPO;
        if (is_mended && sp_services_is_form_word(services, word->members[i].term.text)) {
            return true;
        }
    }
    return false;
}

/** Lower the weight of words that say how, not what ("usługi sprzątania"), unless there is nothing
 *  else. */
static void lower_form_words(const struct finder *finder)
{
    struct sp_search_words *words = finder->words;
    size_t form_words = 0;
    for (size_t i = 0; i < words->count; i++) {
        words->words[i].says_how = is_form_word(finder, &words->words[i]);
        form_words += words->words[i].says_how ? 1 : 0;
    }
    for (size_t i = 0; i < words->count && form_words < words->count; i++) {
        struct sp_search_word *word = &words->words[i];
        for (size_t j = 0; j < word->count && word->says_how; j++) {
            word->members[j].permille = word->members[j].permille * FORM_WORD_PERCENT / 100;
        }
    }
}

enum sp_status sp_search_words_find(const struct sp_search_context *context, struct sp_view text,
                                    bool with_synonyms, struct sp_search_words *out,
                                    struct sp_error *err)
{
    struct finder finder = {.context = context, .words = out, .err = err};
    *out = (struct sp_search_words){.text = text};
    enum sp_status status =
        sp_analyse(context->analyser, text, 0, context->arena, &finder.tokens, err);
    if (status != SP_OK) {
        return status;
    }
    out->words = sp_arena_calloc(context->arena, SP_SEARCH_WORDS_MAX, sizeof(*out->words));
    out->groups = sp_arena_calloc(context->arena, SP_SEARCH_WORDS_MAX, sizeof(*out->groups));
    finder.word_of_token =
        sp_arena_calloc(context->arena, finder.tokens.count + 1, sizeof(*finder.word_of_token));
    if (out->words == NULL || out->groups == NULL || finder.word_of_token == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    status = add_words(&finder);
    if (status == SP_OK && with_synonyms) {
        status = add_services(&finder);
    }
    lower_form_words(&finder);
    for (size_t i = 0; i < out->count; i++) {
        out->groups[i] = (struct sp_index_group){out->words[i].members, out->words[i].count};
    }
    return status;
}
