/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Finding place names among tokens.
 *
 * At each token: a unit word is remembered; otherwise the longest name that starts here is looked
 * for, word by word. A word of a name and a token meet when the token's form is one that the word
 * may take, or when a dictionary lemma of the token is the word itself.
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "matcher/vocabulary/gazetteer.h"
#include "matcher/vocabulary/gazetteer_priv.h"
#include "matcher/vocabulary/letters.h"

enum {
    WORDS_PER_TOKEN_MAX = 24, /* most words that share one form; measured: 9 */
    FOUND_MAX = 64,           /* namesakes looked at; the commonest name of Poland here has 9 */
    PLAIN_MAX_BYTES = SP_FORM_MAX_BYTES
};

/** What a unit word before a name asks for. */
struct unit_word {
    enum sp_place_level level;
    enum sp_gmina_kind kind; /* "gmina wiejska" */
    bool given;
    bool town;    /* "miasto" */
    size_t token; /* where it stands */
};

struct found {
    const struct name *name;
    bool nominative; /* written just as the name stands */
};

struct scan {
    const struct sp_gazetteer *gazetteer;
    const struct sp_token *tokens;
    size_t *plain; /* indices of the tokens without compounds whose parts follow */
    size_t plain_count;
    struct sp_view prefer;
    bool query; /* a person typed a place: capitals do not matter */
    struct sp_arena *arena;
    struct sp_place_mention *mentions;
    size_t mention_count;
};

static const struct sp_token *token_at(const struct scan *scan, size_t at)
{
    return &scan->tokens[scan->plain[at]];
}

static struct sp_view without_dot(struct sp_view text)
{
    if (text.length > 1 && text.data[text.length - 1] == '.') {
        text.length--;
    }
    return text;
}

static bool has_lemma(const struct sp_token *token, const char *lemma)
{
    for (size_t i = 0; i < token->lemma_count; i++) {
        if (sp_view_is(token->lemmas[i], lemma)) {
            return true;
        }
    }
    return false;
}

static bool is_one_of(struct sp_view text, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (sp_view_is(text, words[i])) {
            return true;
        }
    }
    return false;
}

/* Words of the index that the token may be; returns their number. */
static size_t words_of(const struct scan *scan, const struct sp_token *token,
                       uint32_t words[WORDS_PER_TOKEN_MAX])
{
    const struct sp_gazetteer *gazetteer = scan->gazetteer;
    struct sp_view folded = without_dot(token->folded);
    size_t found = 0;
    size_t count;
    const struct sp_key *key = sp_keys_find(&gazetteer->forms, folded, &count);
    for (size_t i = 0; i < count && found < WORDS_PER_TOKEN_MAX; i++) {
        words[found++] = key[i].value;
    }
    for (size_t k = 0; k < token->lemma_count && !(token->flags & SP_TOKEN_UNKNOWN); k++) {
        key = sp_keys_find(&gazetteer->words, token->lemmas[k], &count);
        if (key != NULL && found < WORDS_PER_TOKEN_MAX) {
            words[found++] = key->value;
        }
    }
    if (found == 0 && scan->query && folded.length <= PLAIN_MAX_BYTES) {
        char plain[PLAIN_MAX_BYTES];
        size_t length = sp_strip_diacritics(folded, plain);
        key = sp_keys_find(&gazetteer->plain_forms, sp_view_from(plain, length), &count);
        for (size_t i = 0; i < count && found < WORDS_PER_TOKEN_MAX; i++) {
            words[found++] = key[i].value;
        }
    }
    return found;
}

static bool contains(const uint32_t *words, size_t count, uint32_t word)
{
    for (size_t i = 0; i < count; i++) {
        if (words[i] == word) {
            return true;
        }
    }
    return false;
}

static bool is_word(const struct scan *scan, const struct sp_token *token, uint32_t word)
{
    size_t count;
    const struct sp_key *key =
        sp_keys_find(&scan->gazetteer->words, without_dot(token->folded), &count);
    return key != NULL && key->value == word;
}

/* Words that the tokens from one place on may be; filled as far as a name needed them. */
struct ahead {
    uint32_t words[NAME_WORDS_MAX][WORDS_PER_TOKEN_MAX];
    size_t counts[NAME_WORDS_MAX];
    size_t filled;
};

/* Tell whether @p name stands at @p at, and whether it is written as in the nominative. */
static bool name_stands(const struct scan *scan, size_t at, const struct name *name,
                        struct ahead *ahead, bool *nominative)
{
    if (at + name->word_count > scan->plain_count) {
        return false;
    }
    *nominative = true;
    for (size_t k = 0; k < name->word_count; k++) {
        const struct sp_token *token = token_at(scan, at + k);
        if (k == ahead->filled) {
            ahead->counts[k] = words_of(scan, token, ahead->words[k]);
            ahead->filled++;
        }
        if (!contains(ahead->words[k], ahead->counts[k], name->words[k])) {
            return false;
        }
        *nominative = *nominative && is_word(scan, token, name->words[k]);
    }
    return true;
}

/* Look for the longest names that start at @p at; returns their number, *length in tokens. */
static size_t match(const struct scan *scan, size_t at, struct found *found, size_t *length)
{
    struct ahead ahead;
    size_t total = 0;
    *length = 0;
    ahead.counts[0] = words_of(scan, token_at(scan, at), ahead.words[0]);
    ahead.filled = 1;
    for (size_t w = 0; w < ahead.counts[0]; w++) {
        size_t names;
        const struct name *name =
            sp_gazetteer_names_from(scan->gazetteer, ahead.words[0][w], &names);
        for (size_t n = 0; n < names; n++, name++) {
            bool nominative;
            if (name->word_count < *length || !name_stands(scan, at, name, &ahead, &nominative)) {
                continue;
            }
            total = name->word_count > *length ? 0 : total;
            *length = name->word_count;
            if (total < FOUND_MAX) {
                found[total++] = (struct found){name, nominative};
            }
        }
    }
    return total;
}

/* Tell what unit word @p at holds, if any. */
static bool read_unit_word(const struct scan *scan, size_t at, struct unit_word *unit)
{
    static const struct {
        const char *lemma;
        const char *short_form;
        enum sp_place_level level;
        bool town;
    } known[] = {
        {"gmina", "gm", SP_PLACE_GMINA, false},
        {"powiat", "pow", SP_PLACE_POWIAT, false},
        {"województwo", "woj", SP_PLACE_VOIVODESHIP, false},
        {"miasto", "m", SP_PLACE_GMINA, true},
        {"miejscowość", "msc", SP_PLACE_LOCALITY, false},
        {"wieś", "wieś", SP_PLACE_LOCALITY, false},
        {"sołectwo", "sołectwo", SP_PLACE_LOCALITY, false},
    };
    const struct sp_token *token = token_at(scan, at);
    for (size_t i = 0; i < SP_COUNT(known); i++) {
        if (has_lemma(token, known[i].lemma) ||
            sp_view_is(without_dot(token->folded), known[i].short_form)) {
            *unit = (struct unit_word){
                .level = known[i].level, .given = true, .town = known[i].town, .token = at};
            return true;
        }
    }
    return false;
}

/* "gmina miejsko-wiejska": returns how many words tell the kind. */
static size_t read_kind(const struct scan *scan, size_t at, struct unit_word *unit)
{
    bool urban = false;
    bool rural = false;
    size_t start = at;
    for (; at < scan->plain_count; at++) {
        const struct sp_token *token = token_at(scan, at);
        if (has_lemma(token, "miejski") || has_lemma(token, "miejsko") ||
            sp_view_is(token->folded, "miejsko")) {
            urban = true;
        } else if (has_lemma(token, "wiejski")) {
            rural = true;
        } else {
            break;
        }
    }
    if (urban || rural) {
        unit->kind = urban && rural ? SP_GMINA_URBAN_RURAL
                     : urban        ? SP_GMINA_URBAN
                                    : SP_GMINA_RURAL;
    }
    return at - start;
}

static bool level_fits(const struct unit_word *unit, const struct sp_place *place)
{
    if (!unit->given) {
        return true;
    }
    if (unit->town) {
        return (place->level == SP_PLACE_GMINA && place->kind != SP_GMINA_RURAL) ||
               place->level == SP_PLACE_LOCALITY;
    }
    if (unit->level == SP_PLACE_LOCALITY) {
        return place->level == SP_PLACE_LOCALITY || place->level == SP_PLACE_GMINA;
    }
    if (unit->level == SP_PLACE_GMINA && unit->kind != SP_GMINA_KIND_UNKNOWN) {
        return place->level == SP_PLACE_GMINA &&
               (place->kind == unit->kind || place->kind == SP_GMINA_KIND_UNKNOWN);
    }
    return place->level == unit->level;
}

/* Smaller is likelier: see gazetteer.h. */
static int level_rank(const struct unit_word *unit, const struct sp_place *place)
{
    bool rural = place->kind == SP_GMINA_RURAL;
    switch (place->level) {
    case SP_PLACE_COUNTRY:
    case SP_PLACE_VOIVODESHIP:
        return 0;
    case SP_PLACE_GMINA:
        if (unit->given && !unit->town && unit->level == SP_PLACE_GMINA) {
            return rural ? 1 : 2;
        }
        return rural ? 2 : 1;
    case SP_PLACE_POWIAT:
        return 3;
    default:
        return 4;
    }
}

struct candidate {
    const struct sp_place *place;
    bool fits;
    bool nominative;
    bool preferred;
    int rank;
};

static int compare_candidates(const void *left, const void *right)
{
    const struct candidate *a = left;
    const struct candidate *b = right;
    if (a->fits != b->fits) {
        return a->fits ? -1 : 1;
    }
    if (a->nominative != b->nominative) {
        return a->nominative ? -1 : 1;
    }
    if (a->preferred != b->preferred) {
        return a->preferred ? -1 : 1;
    }
    if (a->rank != b->rank) {
        return a->rank - b->rank;
    }
    if (a->place->population != b->place->population) {
        return a->place->population > b->place->population ? -1 : 1;
    }
    return strcmp(a->place->teryt, b->place->teryt);
}

static bool is_place_preposition(const struct scan *scan, size_t at)
{
    static const char *const words[] = {"w",    "we", "z",    "ze",    "do",
                                        "koło", "k",  "obok", "teren", "siedziba"};
    const struct sp_token *token = token_at(scan, at);
    return is_one_of(without_dot(token->folded), words, SP_COUNT(words)) ||
           has_lemma(token, "teren") || has_lemma(token, "siedziba");
}

/* "ul. Kopernika", "plac Wolności", "im. Jana z Kolna": what follows names no place. */
static bool is_after_street(const struct scan *scan, size_t at)
{
    static const char *const lemmas[] = {"ulica", "aleja", "plac", "osiedle", "imię"};
    static const char *const forms[] = {"ul", "al", "pl", "os", "im", "św"};
    if (at == 0) {
        return false;
    }
    const struct sp_token *token = token_at(scan, at - 1);
    for (size_t i = 0; i < SP_COUNT(lemmas); i++) {
        if (has_lemma(token, lemmas[i])) {
            return true;
        }
    }
    return is_one_of(without_dot(token->folded), forms, SP_COUNT(forms));
}

/* "Hub" may be other things than many "Huby": a form without ending tells little, but for the
 * frequent one of "Polkowic". */
static bool is_cut_short(const struct scan *scan, size_t at, const struct name *name)
{
    struct sp_view folded = token_at(scan, at)->folded;
    char last = folded.data[folded.length - 1];
    bool vowel = strchr("aeiouy", last) != NULL;
    bool ic = folded.length > 2 && memcmp(folded.data + folded.length - 2, "ic", 2) == 0;
    return name->word_count == 1 && folded.length < name->first_word_bytes && !vowel && !ic;
}

/* Tell whether a name found at @p at without a unit word may count in running text. */
static bool may_stand_alone(const struct scan *scan, size_t at, size_t length,
                            const struct name *name)
{
    if (scan->query) {
        return true;
    }
    const struct sp_token *first = token_at(scan, at);
    const struct sp_token *last = token_at(scan, at + length - 1);
    if (name->adjective || !(first->flags & SP_TOKEN_CAPITAL) ||
        !(last->flags & SP_TOKEN_CAPITAL) || is_after_street(scan, at)) {
        return false;
    }
    bool weak = name->common || is_cut_short(scan, at, name);
    return !weak || (at > 0 && is_place_preposition(scan, at - 1));
}

/* Put what was found into order; returns how many candidates there are. */
static size_t rank(const struct scan *scan, const struct unit_word *unit, const struct found *found,
                   size_t count, struct candidate *candidates)
{
    size_t places;
    const struct sp_place *all = sp_territory_all(scan->gazetteer->territory, &places);
    bool any_fits = false;
    for (size_t i = 0; i < count; i++) {
        const struct sp_place *place = &all[found[i].name->place];
        struct sp_view teryt = sp_view_of(place->teryt);
        candidates[i] = (struct candidate){
            .place = place,
            .fits = level_fits(unit, place),
            .nominative = found[i].nominative,
            .preferred = scan->prefer.length > 0 && sp_view_starts_with(teryt, scan->prefer),
            .rank = level_rank(unit, place),
        };
        any_fits = any_fits || candidates[i].fits;
    }
    qsort(candidates, count, sizeof *candidates, compare_candidates);
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        bool again = false;
        for (size_t k = 0; k < kept && !again; k++) {
            again = candidates[k].place == candidates[i].place;
        }
        if (!again && (candidates[i].fits || !any_fits) && kept < SP_PLACE_CANDIDATES_MAX) {
            candidates[kept++] = candidates[i];
        }
    }
    return kept;
}

/* Try to find a name at @p at; *length is 0 when there is none that may count here. */
static enum sp_status take_name(struct scan *scan, size_t at, const struct unit_word *unit,
                                size_t start, size_t *length)
{
    struct found found[FOUND_MAX];
    struct candidate candidates[FOUND_MAX];
    size_t count = match(scan, at, found, length);
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        bool small = !(token_at(scan, at)->flags & SP_TOKEN_CAPITAL) && !scan->query;
        bool counts = unit->given ? !small || found[i].name->adjective
                                  : may_stand_alone(scan, at, *length, found[i].name);
        if (counts) {
            found[kept++] = found[i];
        }
    }
    if (kept == 0) {
        *length = 0;
        return SP_OK;
    }
    kept = rank(scan, unit, found, kept, candidates);
    const struct sp_place **places = sp_arena_alloc(scan->arena, kept * sizeof *places);
    if (places == NULL) {
        return SP_NOMEM;
    }
    for (size_t i = 0; i < kept; i++) {
        places[i] = candidates[i].place;
    }
    size_t first = scan->plain[start];
    size_t last = scan->plain[at + *length - 1];
    scan->mentions[scan->mention_count++] =
        (struct sp_place_mention){.start = scan->tokens[first].start,
                                  .end = scan->tokens[last].end,
                                  .first_token = first,
                                  .token_count = last - first + 1,
                                  .candidates = places,
                                  .candidate_count = kept};
    return SP_OK;
}

static bool is_conjunction(const struct sp_token *token)
{
    static const char *const words[] = {"i", "oraz", "lub", "a", "także", "albo", "ani"};
    return is_one_of(token->folded, words, SP_COUNT(words));
}

/* Names after a unit word: "w powiatach legnickim, lubińskim i głogowskim". */
static enum sp_status take_list(struct scan *scan, struct unit_word *unit, size_t *at)
{
    size_t start = *at;
    size_t next = *at + 1;
    if (unit->level == SP_PLACE_GMINA && !unit->town) {
        next += read_kind(scan, next, unit);
    }
    for (bool first = true; next < scan->plain_count; first = false) {
        size_t name_at = next;
        if (!first && is_conjunction(token_at(scan, next))) {
            name_at++;
        }
        struct unit_word other;
        size_t length = 0;
        if (name_at >= scan->plain_count || read_unit_word(scan, name_at, &other)) {
            break;
        }
        enum sp_status status = take_name(scan, name_at, unit, first ? start : name_at, &length);
        if (status != SP_OK) {
            return status;
        }
        if (length == 0) {
            break;
        }
        next = name_at + length;
        *at = next - 1;
    }
    return SP_OK;
}

static enum sp_status run(struct scan *scan)
{
    static const struct unit_word none = {0};
    for (size_t at = 0; at < scan->plain_count; at++) {
        struct unit_word unit;
        size_t length = 0;
        size_t before = scan->mention_count;
        enum sp_status status = SP_OK;
        bool is_unit = read_unit_word(scan, at, &unit);
        if (is_unit) {
            status = take_list(scan, &unit, &at);
        }
        /* A unit word may itself begin a name: "Miasto", "Wieś" alone are none, "Miasteczko
         * Śląskie" is. */
        if (status == SP_OK && scan->mention_count == before) {
            status = take_name(scan, at, &none, at, &length);
        }
        if (status != SP_OK) {
            return status;
        }
        at += length > 0 ? length - 1 : 0;
    }
    return SP_OK;
}

/* Leave out compounds whose parts follow: "Jelcz-Laskowice" is met as two words. */
static void list_plain(struct scan *scan, const struct sp_token_list *tokens)
{
    for (size_t i = 0; i < tokens->count; i++) {
        bool split = (tokens->tokens[i].flags & SP_TOKEN_COMPOUND) && i + 1 < tokens->count &&
                     (tokens->tokens[i + 1].flags & SP_TOKEN_PART);
        if (!split) {
            scan->plain[scan->plain_count++] = i;
        }
    }
}

enum sp_status sp_gazetteer_scan_tokens(const struct sp_gazetteer *gazetteer,
                                        const struct sp_token_list *tokens, struct sp_view prefer,
                                        bool query, struct sp_arena *arena,
                                        struct sp_place_mention_list *out, struct sp_error *err)
{
    struct scan scan = {.gazetteer = gazetteer,
                        .tokens = tokens->tokens,
                        .prefer = prefer,
                        .query = query,
                        .arena = arena};
    scan.plain = sp_arena_calloc(arena, tokens->count + 1, sizeof *scan.plain);
    scan.mentions = sp_arena_calloc(arena, tokens->count + 1, sizeof *scan.mentions);
    if (scan.plain == NULL || scan.mentions == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    list_plain(&scan, tokens);
    if (run(&scan) != SP_OK) {
        return SP_FAIL_NOMEM(err);
    }
    *out = (struct sp_place_mention_list){scan.mentions, scan.mention_count};
    return SP_OK;
}

enum sp_status sp_gazetteer_scan(const struct sp_gazetteer *gazetteer,
                                 const struct sp_token_list *tokens, struct sp_view prefer,
                                 struct sp_arena *arena, struct sp_place_mention_list *out,
                                 struct sp_error *err)
{
    return sp_gazetteer_scan_tokens(gazetteer, tokens, prefer, false, arena, out, err);
}
