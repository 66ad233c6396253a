/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Finding the phrases of services among tokens.
 *
 * Stop words and form words are left out first. Every token that is the anchor of a phrase starts a
 * look around it for the phrase's other words, the nearest first; the phrase counts if all were
 * found within its own length plus SP_PHRASE_SLACK content words.
 */
#include <stdlib.h>
#include <string.h>

#include "matcher/vocabulary/services.h"
#include "matcher/vocabulary/services_priv.h"

enum {
    NEGATION_REACH = 4, /* tokens between "bez", "nie obejmuje" and what is left out */
    LOOK_BACK = 256     /* hits; a phrase spans 11 content words, which name fewer services */
};

struct scan {
    const struct sp_services *services;
    const struct sp_token_list *tokens;
    const size_t *content; /* indices of the content tokens */
    size_t content_count;
    struct sp_arena *arena;
    struct sp_service_hit *hits;
    size_t hit_count;
    size_t hit_capacity;
};

static const struct sp_token *token_at(const struct scan *scan, size_t at)
{
    return &scan->tokens->tokens[scan->content[at]];
}

static bool is_word(const struct sp_token *token, const struct phrase_word *word)
{
    for (size_t i = 0; i < token->lemma_count; i++) {
        for (size_t k = 0; k < word->lemma_count; k++) {
            if (sp_view_equal(token->lemmas[i], word->lemmas[k])) {
                return true;
            }
        }
    }
    return false;
}

/* Look for @p word within @p reach of @p at, nearest first; SIZE_MAX when it is not there. */
static size_t find_near(const struct scan *scan, const struct phrase_word *word, size_t at,
                        size_t reach)
{
    for (size_t distance = 1; distance < reach; distance++) {
        if (distance <= at && is_word(token_at(scan, at - distance), word)) {
            return at - distance;
        }
        if (at + distance < scan->content_count && is_word(token_at(scan, at + distance), word)) {
            return at + distance;
        }
    }
    return SIZE_MAX;
}

/* Find the whole phrase around its anchor @p at; gives the first and last content token. */
static bool find_phrase(const struct scan *scan, const struct phrase_entry *entry, size_t at,
                        size_t *first, size_t *last)
{
    size_t window = entry->phrase.lemma_count + SP_PHRASE_SLACK;
    *first = at;
    *last = at;
    for (size_t w = 0; w < entry->phrase.lemma_count; w++) {
        if (w == entry->anchor) {
            continue;
        }
        size_t found = find_near(scan, &entry->words[w], at, window);
        if (found == SIZE_MAX) {
            return false;
        }
        *first = found < *first ? found : *first;
        *last = found > *last ? found : *last;
    }
    return *last - *first < window;
}

static bool has_lemma(const struct sp_token *token, const char *const *lemmas, size_t count)
{
    for (size_t i = 0; i < token->lemma_count; i++) {
        for (size_t k = 0; k < count; k++) {
            if (sp_view_is(token->lemmas[i], lemmas[k])) {
                return true;
            }
        }
    }
    return false;
}

/* "bez usług medycznych", "nie obejmuje zakupu leków", "z wyłączeniem mycia okien". */
static bool is_negated(const struct scan *scan, size_t first_token)
{
    static const char *const alone[] = {"bez",      "oprócz",  "wyłączenie",
                                        "wyłączyć", "wyjątek", "pominięcie"};
    static const char *const after_not[] = {"obejmować", "dotyczyć", "przewidywać", "zawierać",
                                            "wymagać"};
    const struct sp_token *tokens = scan->tokens->tokens;
    size_t from = first_token > NEGATION_REACH ? first_token - NEGATION_REACH : 0;
    for (size_t i = from; i < first_token; i++) {
        if (has_lemma(&tokens[i], alone, SP_COUNT(alone)) ||
            (i > 0 && sp_view_is(tokens[i - 1].folded, "nie") &&
             has_lemma(&tokens[i], after_not, SP_COUNT(after_not)))) {
            return true;
        }
    }
    return false;
}

static enum sp_status add_hit(struct scan *scan, const struct sp_service_hit *hit)
{
    if (scan->hit_count == scan->hit_capacity) {
        size_t capacity = scan->hit_capacity == 0 ? 32 : scan->hit_capacity * 2;
        struct sp_service_hit *hits = sp_arena_alloc(scan->arena, capacity * sizeof *hits);
        if (hits == NULL) {
            return SP_NOMEM;
        }
        if (scan->hit_count > 0) {
            memcpy(hits, scan->hits, scan->hit_count * sizeof *hits);
        }
        scan->hits = hits;
        scan->hit_capacity = capacity;
    }
    scan->hits[scan->hit_count++] = *hit;
    return SP_OK;
}

static enum sp_status try_entry(struct scan *scan, uint32_t number, size_t at, unsigned sides)
{
    const struct phrase_entry *entry = &scan->services->entries[number];
    size_t first;
    size_t last;
    if (!(entry->phrase.sides & sides) || !find_phrase(scan, entry, at, &first, &last)) {
        return SP_OK;
    }
    const struct sp_service *service = &scan->services->items[entry->service];
    const struct sp_phrase *phrase = NULL;
    for (size_t i = 0; i < service->phrase_count && phrase == NULL; i++) {
        phrase = service->phrases[i].text == entry->phrase.text ? &service->phrases[i] : NULL;
    }
    struct sp_service_hit hit = {.service = service,
                                 .phrase = phrase,
                                 .start = token_at(scan, first)->start,
                                 .end = token_at(scan, last)->end,
                                 .first_token = scan->content[first],
                                 .token_count = scan->content[last] - scan->content[first] + 1,
                                 .negated = is_negated(scan, scan->content[first])};
    return add_hit(scan, &hit);
}

/* By place in the text, longer phrases first; then as the table has them. */
static int compare_hits(const void *left, const void *right)
{
    const struct sp_service_hit *a = left;
    const struct sp_service_hit *b = right;
    if (a->start != b->start) {
        return a->start < b->start ? -1 : 1;
    }
    if (a->phrase->lemma_count != b->phrase->lemma_count) {
        return a->phrase->lemma_count > b->phrase->lemma_count ? -1 : 1;
    }
    if (a->end != b->end) {
        return a->end > b->end ? -1 : 1;
    }
    if (a->service != b->service) {
        return a->service < b->service ? -1 : 1;
    }
    return a->phrase < b->phrase ? -1 : a->phrase > b->phrase;
}

static bool is_hidden(const struct sp_service_hit *hit, const struct sp_service_hit *other)
{
    bool inside = other->start <= hit->start && hit->end <= other->end;
    bool same_span = other->start == hit->start && other->end == hit->end;
    return other->service == hit->service && inside &&
           (same_span || other->phrase->lemma_count > hit->phrase->lemma_count);
}

/* Drop doubles and what a longer phrase of the same service covers. Hits are in order of start;
 * what covers one started shortly before it. */
static void drop_hidden(struct scan *scan)
{
    size_t kept = 0;
    for (size_t i = 0; i < scan->hit_count; i++) {
        bool hidden = false;
        for (size_t k = kept; k-- > 0 && kept - k <= LOOK_BACK && !hidden;) {
            hidden = is_hidden(&scan->hits[i], &scan->hits[k]);
        }
        if (!hidden) {
            scan->hits[kept++] = scan->hits[i];
        }
    }
    scan->hit_count = kept;
}

static enum sp_status list_content(struct scan *scan)
{
    const struct sp_token_list *tokens = scan->tokens;
    size_t *content = sp_arena_calloc(scan->arena, tokens->count + 1, sizeof *content);
    if (content == NULL) {
        return SP_NOMEM;
    }
    for (size_t i = 0; i < tokens->count; i++) {
        if (sp_services_is_content(scan->services, tokens, i)) {
            content[scan->content_count++] = i;
        }
    }
    scan->content = content;
    return SP_OK;
}

static enum sp_status run(struct scan *scan, unsigned sides)
{
    enum sp_status status = list_content(scan);
    for (size_t at = 0; at < scan->content_count && status == SP_OK; at++) {
        const struct sp_token *token = token_at(scan, at);
        for (size_t k = 0; k < token->lemma_count && status == SP_OK; k++) {
            size_t count;
            const struct sp_key *key =
                sp_keys_find(&scan->services->anchors, token->lemmas[k], &count);
            for (size_t i = 0; i < count && status == SP_OK; i++) {
                status = try_entry(scan, key[i].value, at, sides);
            }
        }
    }
    return status;
}

enum sp_status sp_services_scan(const struct sp_services *services,
                                const struct sp_token_list *tokens, unsigned sides,
                                struct sp_arena *arena, struct sp_service_hit_list *out,
                                struct sp_error *err)
{
    struct scan scan = {.services = services, .tokens = tokens, .arena = arena};
    if (run(&scan, sides == 0 ? ~0U : sides) != SP_OK) {
        return SP_FAIL_NOMEM(err);
    }
    if (scan.hit_count > 0) {
        qsort(scan.hits, scan.hit_count, sizeof *scan.hits, compare_hits);
        drop_hidden(&scan);
    }
    *out = (struct sp_service_hit_list){scan.hits, scan.hit_count};
    return SP_OK;
}

bool sp_hit_is_sound(struct sp_view text, const struct sp_service_hit *hit)
{
    for (size_t i = hit->start; i + 1 < hit->end; i++) {
        bool stop = strchr(".;!?:", text.data[i]) != NULL && text.data[i + 1] == ' ';
        if (stop || text.data[i] == '\n') {
            return false;
        }
    }
    return hit->end - hit->start > 1;
}

static bool is_listed(const struct sp_synonym *items, size_t count, const struct sp_phrase *phrase)
{
    for (size_t i = 0; i < count; i++) {
        if (items[i].phrase == phrase) {
            return true;
        }
    }
    return false;
}

/* Add the phrases of @p service that the query does not have, those of fewer services first. */
static void add_phrases(const struct sp_service *service, const struct sp_service_hit *hit,
                        unsigned sides, struct sp_synonym *items, size_t *count)
{
    for (unsigned shared = 1; shared <= 2; shared++) {
        for (size_t i = 0; i < service->phrase_count; i++) {
            const struct sp_phrase *phrase = &service->phrases[i];
            bool turn = shared == 1 ? phrase->shared == 1 : phrase->shared > 1;
            if (turn && (phrase->sides & sides) && phrase != hit->phrase &&
                !is_listed(items, *count, phrase)) {
                items[(*count)++] = (struct sp_synonym){service, hit->phrase, phrase};
            }
        }
    }
}

enum sp_status sp_services_synonyms(const struct sp_services *services,
                                    const struct sp_token_list *tokens, unsigned sides,
                                    struct sp_arena *arena, struct sp_synonym_list *out,
                                    struct sp_error *err)
{
    struct sp_service_hit_list hits;
    enum sp_status status = sp_services_scan(services, tokens, 0, arena, &hits, err);
    if (status != SP_OK) {
        return status;
    }
    struct sp_synonym *items = sp_arena_calloc(arena, services->entry_count + 1, sizeof *items);
    if (items == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    size_t count = 0;
    for (size_t i = 0; i < hits.count; i++) {
        const struct sp_service *service = hits.items[i].service;
        if (hits.items[i].negated) {
            continue;
        }
        add_phrases(service, &hits.items[i], sides == 0 ? ~0U : sides, items, &count);
        for (size_t k = 0; k < service->part_count; k++) {
            add_phrases(service->parts[k], &hits.items[i], sides == 0 ? ~0U : sides, items, &count);
        }
    }
    *out = (struct sp_synonym_list){items, count};
    return SP_OK;
}
