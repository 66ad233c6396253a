/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Phrases that name codes. Loading: every phrase becomes rows (words, code); rows with the same
 * words are one phrase. Scanning: each word of a window marks its place in the phrases that have
 * it; a phrase with all places marked has fired.
 */
#include "matcher/suggest/code_phrases.h"

#include <stdlib.h>

#include "base/memory.h"
#include "matcher/search/bm25.h"
#include "matcher/vocabulary/data_table.h"
#include "matcher/vocabulary/keys.h"

enum {
    ARENA_MAX_BYTES = 64 << 20,
    SCRATCH_MAX_BYTES = 4 << 20,
    WORDS_MAX = SP_PHRASE_WORDS_MAX, /* places fit the bits of a byte */
    DESCRIPTION_PERMILLE = 300       /* best of 150, 300 and 500 in benchmarks/quality */
};

/* Of a service's codes: the table lists the usual one first, then what is also met. */
static const uint32_t SERVICE_PERMILLE[] = {640, 400, 320, 240};

struct phrase {
    const struct sp_view *first; /* of each word the first lemma, sorted: the phrase's identity */
    uint32_t word_count;
    uint32_t weight; /* thousandths of BM25 */
    const struct sp_phrase_code *codes;
    size_t code_count;
};

struct sp_code_phrases {
    struct sp_arena *arena;
    struct phrase *items;
    size_t count;
    struct sp_keys places; /* lemma -> phrase x WORDS_MAX + place of the word */
};

struct phrase_row {
    const struct sp_suggest_word *words; /* sorted by first lemma */
    const struct sp_view *first;
    uint32_t word_count;
    struct sp_phrase_code code;
};

struct phrase_loader {
    struct sp_code_phrases *phrases;
    const struct sp_vocabulary *vocabulary;
    struct sp_analyser *analyser;
    struct sp_arena *scratch;
    const struct sp_cpv *all;
    struct phrase_row *rows; /* heap */
    size_t row_count;
    size_t row_capacity;
    struct sp_error *err;
};

static int compare_words(const void *left, const void *right)
{
    const struct sp_suggest_word *a = left;
    const struct sp_suggest_word *b = right;
    return sp_view_compare(a->lemmas[0], b->lemmas[0]);
}

static enum sp_status add_row(struct phrase_loader *loader, const struct phrase_row *row)
{
    if (loader->row_count == loader->row_capacity) {
        size_t capacity = loader->row_capacity == 0 ? 1024 : loader->row_capacity * 2;
        struct phrase_row *rows = sp_realloc(loader->rows, capacity, sizeof *rows);
        if (rows == NULL) {
            return SP_FAIL_NOMEM(loader->err);
        }
        loader->rows = rows;
        loader->row_capacity = capacity;
    }
    loader->rows[loader->row_count++] = *row;
    return SP_OK;
}

/* Copy a word with its lemmas into the arena that stays. */
static bool keep_word(struct sp_arena *arena, const struct sp_suggest_word *from,
                      struct sp_suggest_word *to)
{
    struct sp_view *lemmas = sp_arena_calloc(arena, from->lemma_count, sizeof *lemmas);
    for (size_t i = 0; lemmas != NULL && i < from->lemma_count; i++) {
        char *copy = sp_arena_copy(arena, from->lemmas[i]);
        if (copy == NULL) {
            return false;
        }
        lemmas[i] = sp_view_from(copy, from->lemmas[i].length);
    }
    *to = (struct sp_suggest_word){.lemmas = lemmas, .lemma_count = from->lemma_count};
    return lemmas != NULL;
}

/* Turn the text of a phrase into words; none (form words only) or too many is the table's fault. */
static enum sp_status cut_phrase(struct phrase_loader *loader, struct sp_view text,
                                 struct phrase_row *row)
{
    struct sp_suggest_text read;
    sp_arena_reset(loader->scratch);
    enum sp_status status = sp_suggest_text_read(loader->analyser, loader->vocabulary->services,
                                                 text, loader->scratch, &read, loader->err);
    if (status != SP_OK) {
        return status;
    }
    struct sp_arena *arena = loader->phrases->arena;
    struct sp_suggest_word *words = sp_arena_calloc(arena, WORDS_MAX, sizeof *words);
    struct sp_view *first = sp_arena_calloc(arena, WORDS_MAX, sizeof *first);
    if (words == NULL || first == NULL) {
        return SP_FAIL_NOMEM(loader->err);
    }
    uint32_t count = 0;
    for (size_t i = 0; i < read.word_count; i++) {
        if (read.words[i].says_how) {
            continue;
        }
        if (count == WORDS_MAX) {
            return SP_CORRUPT;
        }
        if (!keep_word(arena, &read.words[i], &words[count++])) {
            return SP_FAIL_NOMEM(loader->err);
        }
    }
    qsort(words, count, sizeof *words, compare_words);
    for (uint32_t i = 0; i < count; i++) {
        first[i] = words[i].lemmas[0];
    }
    *row = (struct phrase_row){.words = words, .first = first, .word_count = count};
    return count == 0 ? SP_CORRUPT : SP_OK;
}

static enum sp_status add_table(struct phrase_loader *loader, const char *directory)
{
    struct sp_data_table table;
    enum sp_status status = sp_data_table_read(directory, "cpv_words.tsv", 2, 2,
                                               loader->phrases->arena, &table, loader->err);
    for (size_t i = 0; i < table.row_count && status == SP_OK; i++) {
        const struct sp_data_row *row = &table.rows[i];
        const struct sp_cpv *code =
            sp_cpv_find(loader->vocabulary->cpv, sp_view_of(row->fields[0]));
        if (code == NULL) {
            return sp_data_table_bad(&table, row, row->fields[0], "nie ma kodu CPV",
                                     "no such CPV code", loader->err);
        }
        struct sp_view rest = sp_view_of(row->fields[1]);
        struct sp_view text;
        while (status == SP_OK && sp_list_next(&rest, ';', &text)) {
            struct phrase_row phrase;
            status = cut_phrase(loader, text, &phrase);
            if (status == SP_CORRUPT) {
                const char *named = sp_arena_copy(loader->scratch, text);
                return sp_data_table_bad(&table, row, named == NULL ? row->fields[1] : named,
                                         "fraza bez treści albo za długa",
                                         "a phrase without content or too long", loader->err);
            }
            phrase.code = (struct sp_phrase_code){(uint32_t)(code - loader->all), 1000};
            status = status == SP_OK ? add_row(loader, &phrase) : status;
        }
    }
    return status;
}

static enum sp_status add_services(struct phrase_loader *loader)
{
    size_t count;
    const struct sp_service *services = sp_services_all(loader->vocabulary->services, &count);
    enum sp_status status = SP_OK;
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < services[i].phrase_count && services[i].cpv_count > 0; k++) {
            struct phrase_row phrase;
            status = cut_phrase(loader, sp_view_of(services[i].phrases[k].text), &phrase);
            if (status == SP_CORRUPT) {
                continue; /* a phrase of words that only the services' own loader takes */
            }
            for (size_t c = 0; c < services[i].cpv_count && status == SP_OK; c++) {
                size_t place = c < SP_COUNT(SERVICE_PERMILLE) ? c : SP_COUNT(SERVICE_PERMILLE) - 1;
                phrase.code = (struct sp_phrase_code){(uint32_t)(services[i].cpv[c] - loader->all),
                                                      SERVICE_PERMILLE[place]};
                status = add_row(loader, &phrase);
            }
            if (status != SP_OK) {
                return status;
            }
        }
    }
    return SP_OK;
}

static int compare_identity(const struct phrase_row *a, const struct phrase_row *b)
{
    if (a->word_count != b->word_count) {
        return a->word_count < b->word_count ? -1 : 1;
    }
    int order = 0;
    for (uint32_t i = 0; i < a->word_count && order == 0; i++) {
        order = sp_view_compare(a->first[i], b->first[i]);
    }
    return order;
}

/* By identity, then by code, the firmest first. */
static int compare_rows(const void *left, const void *right)
{
    const struct phrase_row *a = left;
    const struct phrase_row *b = right;
    int order = compare_identity(a, b);
    if (order == 0 && a->code.code != b->code.code) {
        order = a->code.code < b->code.code ? -1 : 1;
    }
    if (order == 0 && a->code.permille != b->code.permille) {
        order = a->code.permille > b->code.permille ? -1 : 1;
    }
    return order;
}

/* Make one phrase of @p count rows with the same words. */
static enum sp_status add_phrase(struct phrase_loader *loader, const struct phrase_row *rows,
                                 size_t count)
{
    struct sp_code_phrases *phrases = loader->phrases;
    struct sp_phrase_code *codes = sp_arena_calloc(phrases->arena, count, sizeof *codes);
    if (codes == NULL) {
        return SP_FAIL_NOMEM(loader->err);
    }
    struct phrase *phrase = &phrases->items[phrases->count];
    for (size_t i = 0; i < count; i++) {
        if (phrase->code_count == 0 || codes[phrase->code_count - 1].code != rows[i].code.code) {
            codes[phrase->code_count++] = rows[i].code;
        }
        for (uint32_t w = 0; w < rows[i].word_count; w++) {
            for (size_t l = 0; l < rows[i].words[w].lemma_count; l++) {
                sp_keys_add(&phrases->places, rows[i].words[w].lemmas[l],
                            (uint32_t)(phrases->count * WORDS_MAX + w));
            }
        }
    }
    phrase->codes = codes;
    phrase->first = rows[0].first;
    phrase->word_count = rows[0].word_count;
    phrases->count++;
    return SP_OK;
}

/* What a phrase is worth: for each word that of its likeliest lemma among all phrases. */
static void weigh(struct sp_code_phrases *phrases)
{
    for (size_t i = 0; i < phrases->count; i++) {
        struct phrase *phrase = &phrases->items[i];
        uint64_t sum = 0;
        for (uint32_t w = 0; w < phrase->word_count; w++) {
            size_t frequency;
            (void)sp_keys_find(&phrases->places, phrase->first[w], &frequency);
            size_t most = frequency < phrases->count ? frequency : phrases->count;
            sum += sp_bm25_weight((uint32_t)phrases->count, (uint32_t)most, SP_WEIGHT_FULL);
        }
        phrase->weight = (uint32_t)(sum * 1000 / 1024);
    }
}

static enum sp_status load(struct phrase_loader *loader, const char *directory)
{
    struct sp_code_phrases *phrases = loader->phrases;
    enum sp_status status = add_table(loader, directory);
    if (status == SP_OK) {
        status = add_services(loader);
    }
    if (status != SP_OK || loader->row_count == 0) {
        return status;
    }
    qsort(loader->rows, loader->row_count, sizeof *loader->rows, compare_rows);
    phrases->items = sp_arena_calloc(phrases->arena, loader->row_count, sizeof *phrases->items);
    if (phrases->items == NULL) {
        return SP_FAIL_NOMEM(loader->err);
    }
    for (size_t i = 0; i < loader->row_count && status == SP_OK;) {
        size_t end = i + 1;
        while (end < loader->row_count &&
               compare_identity(&loader->rows[i], &loader->rows[end]) == 0) {
            end++;
        }
        status = add_phrase(loader, &loader->rows[i], end - i);
        i = end;
    }
    if (status == SP_OK && sp_keys_seal(&phrases->places) != SP_OK) {
        status = SP_FAIL_NOMEM(loader->err);
    }
    if (status == SP_OK) {
        weigh(phrases);
    }
    return status;
}

enum sp_status sp_code_phrases_open(const char *directory, const struct sp_vocabulary *vocabulary,
                                    struct sp_analyser *analyser, struct sp_code_phrases **out,
                                    struct sp_error *err)
{
    struct sp_code_phrases *phrases = sp_calloc(1, sizeof *phrases);
    if (phrases == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    size_t code_count;
    struct phrase_loader loader = {.phrases = phrases,
                                   .vocabulary = vocabulary,
                                   .analyser = analyser,
                                   .all = sp_cpv_all(vocabulary->cpv, &code_count),
                                   .err = err};
    phrases->arena = sp_arena_new(ARENA_MAX_BYTES);
    loader.scratch = sp_arena_new(SCRATCH_MAX_BYTES);
    enum sp_status status = phrases->arena == NULL || loader.scratch == NULL
                                ? SP_FAIL_NOMEM(err)
                                : load(&loader, directory);
    sp_arena_free(loader.scratch);
    sp_free(loader.rows);
    if (status != SP_OK) {
        sp_code_phrases_free(phrases);
        return status;
    }
    *out = phrases;
    return SP_OK;
}

void sp_code_phrases_free(struct sp_code_phrases *phrases)
{
    if (phrases != NULL) {
        sp_keys_release(&phrases->places);
        sp_arena_free(phrases->arena);
        sp_free(phrases);
    }
}

size_t sp_code_phrases_count(const struct sp_code_phrases *phrases)
{
    return phrases->count;
}

struct phrase_scan {
    const struct sp_code_phrases *phrases;
    const struct sp_suggest_text *text;
    uint8_t *marks;    /* of each phrase: places found in this window */
    uint32_t *touched; /* phrases with a mark; as many as phrases at most */
    size_t touched_count;
    uint32_t *worth; /* of each phrase: best so far, 0: has not fired */
    size_t fired_count;
};

static void mark_word(struct phrase_scan *scan, const struct sp_suggest_word *word)
{
    for (size_t l = 0; l < word->lemma_count; l++) {
        size_t count;
        const struct sp_key *key = sp_keys_find(&scan->phrases->places, word->lemmas[l], &count);
        for (size_t i = 0; i < count; i++) {
            uint32_t phrase = key[i].value / WORDS_MAX;
            if (scan->marks[phrase] == 0) {
                scan->touched[scan->touched_count++] = phrase;
            }
            scan->marks[phrase] |= (uint8_t)(1U << key[i].value % WORDS_MAX);
        }
    }
}

static void scan_window(struct phrase_scan *scan, size_t from, size_t to, uint32_t permille)
{
    for (size_t i = from; i < to; i++) {
        mark_word(scan, &scan->text->words[scan->text->running[i]]);
    }
    for (size_t i = 0; i < scan->touched_count; i++) {
        uint32_t number = scan->touched[i];
        const struct phrase *phrase = &scan->phrases->items[number];
        uint32_t worth = (uint32_t)((uint64_t)phrase->weight * permille / 1000);
        bool is_whole = scan->marks[number] == (1U << phrase->word_count) - 1;
        scan->marks[number] = 0;
        if (is_whole && worth > scan->worth[number]) {
            scan->fired_count += scan->worth[number] == 0 ? 1 : 0;
            scan->worth[number] = worth;
        }
    }
    scan->touched_count = 0;
}

enum sp_status sp_code_phrases_scan(const struct sp_code_phrases *phrases,
                                    const struct sp_suggest_text *text, struct sp_arena *arena,
                                    struct sp_phrase_hit **hits, size_t *count,
                                    struct sp_error *err)
{
    struct phrase_scan scan = {.phrases = phrases, .text = text};
    scan.marks = sp_arena_calloc(arena, phrases->count + 1, sizeof *scan.marks);
    scan.touched = sp_arena_calloc(arena, phrases->count + 1, sizeof *scan.touched);
    scan.worth = sp_arena_calloc(arena, phrases->count + 1, sizeof *scan.worth);
    if (scan.marks == NULL || scan.touched == NULL || scan.worth == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    scan_window(&scan, 0, text->title_count, 1000);
    for (size_t from = text->title_count; from < text->running_count;
         from += SP_PHRASE_WINDOW / 2) { /* windows overlap by half, so that no pair is cut */
        size_t left = text->running_count - from;
        scan_window(&scan, from, from + (left < SP_PHRASE_WINDOW ? left : SP_PHRASE_WINDOW),
                    DESCRIPTION_PERMILLE);
    }
    *hits = sp_arena_calloc(arena, scan.fired_count + 1, sizeof **hits);
    if (*hits == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    *count = 0;
    for (size_t i = 0; i < phrases->count; i++) {
        if (scan.worth[i] > 0) {
            (*hits)[(*count)++] = (struct sp_phrase_hit){(uint32_t)i, scan.worth[i]};
        }
    }
    return SP_OK;
}

const struct sp_phrase_code *sp_code_phrases_codes(const struct sp_code_phrases *phrases,
                                                   uint32_t phrase, size_t *count)
{
    *count = phrases->items[phrase].code_count;
    return phrases->items[phrase].codes;
}

bool sp_code_phrases_has(const struct sp_code_phrases *phrases, uint32_t phrase,
                         const struct sp_suggest_word *word)
{
    for (size_t l = 0; l < word->lemma_count; l++) {
        size_t count;
        const struct sp_key *key = sp_keys_find(&phrases->places, word->lemmas[l], &count);
        for (size_t i = 0; i < count; i++) {
            if (key[i].value / WORDS_MAX == phrase) {
                return true;
            }
        }
    }
    return false;
}
