/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * From text to tokens: takes words from the segmenter, joins or splits those that Unicode's rules
 * see otherwise than Polish practice (pattern.h), and looks each up, first in the cache.
 */
#include "base/memory.h"
#include "base/utf8.h"
#include "matcher/language/analyser_priv.h"
#include "matcher/language/pattern.h"

enum { COMPOUND_PARTS_MAX = 8 }; /* "a-b-c-...": longer chains go on as a new compound */

/* One call of sp_analyse_each(). */
struct pass {
    struct sp_analyser *analyser;
    struct sp_view text;
    unsigned flags; /* enum sp_analyse_flags */
    sp_token_fn *take;
    void *context;
    uint32_t position;
    bool has_pending; /* `pending` was read ahead */
    struct sp_atom pending;
};

/* A stretch of text to be emitted, and what is known of it beyond its word. */
struct piece {
    size_t start;
    size_t end;
    unsigned flags;
};

enum sp_status sp_analyser_new(const struct sp_language *language, struct sp_analyser **out,
                               struct sp_error *err)
{
    struct sp_analyser *analyser = sp_calloc(1, sizeof *analyser);
    if (analyser == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    analyser->language = language;
    analyser->scratch.reader.dictionary = &language->dictionary;
    enum sp_status status = sp_segmenter_new(&analyser->segmenter, err);
    if (status == SP_OK && sp_word_cache_init(&analyser->cache) != SP_OK) {
        status = SP_FAIL_NOMEM(err);
    }
    if (status != SP_OK) {
        sp_analyser_free(analyser);
        return status;
    }
    *out = analyser;
    return SP_OK;
}

void sp_analyser_free(struct sp_analyser *analyser)
{
    if (analyser != NULL) {
        sp_segmenter_free(analyser->segmenter);
        sp_word_cache_release(&analyser->cache);
        sp_free(analyser);
    }
}

static struct sp_view slice(const struct pass *pass, size_t start, size_t end)
{
    return sp_view_from(pass->text.data + start, end - start);
}

static struct sp_view rest(const struct pass *pass, size_t start)
{
    return slice(pass, start, pass->text.length);
}

static char byte_at(const struct pass *pass, size_t at)
{
    return at < pass->text.length ? pass->text.data[at] : ' ';
}

/* Hand over a token made of `form`'s bytes and the given word. */
static enum sp_status emit(struct pass *pass, struct piece piece, struct sp_view folded,
                           const struct sp_view *lemmas, size_t lemma_count)
{
    struct sp_token token = {.start = piece.start,
                             .end = piece.end,
                             .position = pass->position,
                             .flags = piece.flags,
                             .form = slice(pass, piece.start, piece.end),
                             .folded = folded,
                             .lemmas = lemmas,
                             .lemma_count = lemma_count};
    return pass->take(pass->context, &token);
}

enum sp_status sp_analyser_word(struct sp_analyser *analyser, struct sp_view form, unsigned flags,
                                const struct sp_word_entry **out)
{
    *out = sp_word_cache_find(&analyser->cache, form, flags);
    if (*out != NULL) {
        return SP_OK;
    }
    enum sp_status status =
        sp_word_read(analyser->language, &analyser->scratch, form, flags, &analyser->word);
    if (status == SP_OK) {
        *out = sp_word_cache_add(&analyser->cache, form, flags, &analyser->word);
    }
    return status;
}

static enum sp_status emit_word(struct pass *pass, struct piece piece, unsigned flags)
{
    const struct sp_word_entry *word = NULL;
    enum sp_status status =
        sp_analyser_word(pass->analyser, slice(pass, piece.start, piece.end), flags, &word);
    if (status != SP_OK) {
        return status;
    }
    piece.flags |= word->flags;
    return emit(pass, piece, word->folded, word->lemmas, word->lemma_count);
}

/* Emit a piece whose only lemma is `lemma`, or its folded form if that is empty. */
static enum sp_status emit_as(struct pass *pass, struct piece piece, struct sp_view lemma)
{
    struct sp_word *word = &pass->analyser->word;
    enum sp_status status = sp_word_begin(word, slice(pass, piece.start, piece.end));
    if (status != SP_OK) {
        return status;
    }
    sp_word_add_lemma(word, lemma.length > 0 ? lemma : word->folded);
    piece.flags |= word->flags;
    status = emit(pass, piece, word->folded, word->lemmas, word->lemma_count);
    pass->position++;
    return status;
}

/* The largest character border of the text in start+1..limit. */
static size_t border_before(const struct pass *pass, size_t limit)
{
    while (((unsigned char)pass->text.data[limit] & 0xC0) == 0x80) {
        limit--;
    }
    return limit;
}

/* Emit a stretch of any length: words are at most SP_FORM_MAX_BYTES long, the rest follows. */
static enum sp_status emit_stretch(struct pass *pass, size_t start, size_t end, unsigned flags)
{
    enum sp_status status = SP_OK;
    while (start < end && status == SP_OK) {
        size_t stop =
            end - start <= SP_FORM_MAX_BYTES ? end : border_before(pass, start + SP_FORM_MAX_BYTES);
        struct piece piece = {.start = start, .end = stop, .flags = flags};
        if ((flags & (SP_TOKEN_ADDRESS | SP_TOKEN_NUMBER)) != 0) {
            status = emit_as(pass, piece, sp_view_of(NULL));
        } else {
            status = emit_word(pass, piece, pass->flags);
            pass->position++;
        }
        start = stop;
    }
    return status;
}

/* A number; its lemma has no spaces. */
static enum sp_status emit_number(struct pass *pass, size_t start, size_t end)
{
    char digits[SP_FORM_MAX_BYTES];
    size_t length = 0;
    for (size_t i = start; i < end && length < sizeof digits;) {
        size_t space = sp_space_length(rest(pass, i));
        if (space > 0) {
            i += space;
        } else {
            digits[length++] = pass->text.data[i++];
        }
    }
    if (end - start > SP_FORM_MAX_BYTES) {
        return emit_stretch(pass, start, end, SP_TOKEN_NUMBER);
    }
    struct piece piece = {.start = start, .end = end, .flags = SP_TOKEN_NUMBER};
    return emit_as(pass, piece, sp_view_from(digits, length));
}

/* Append the index term of one unit, as the table has it, at the end of `term`. */
static void add_unit_term(const struct sp_language *language, struct sp_view unit,
                          struct sp_word *term)
{
    const struct sp_table_row *row = sp_table_find(&language->units, unit);
    struct sp_view text = row == NULL ? unit : row->fields[1];
    if (text.length <= sizeof term->bytes - term->used_bytes) {
        memcpy(term->bytes + term->used_bytes, text.data, text.length);
        term->used_bytes += text.length;
    }
}

/* Units have the table's terms: "m²" and "m2" are one, and so are "zł/h" and "zł/godz.". */
static enum sp_status emit_unit(struct pass *pass, size_t start, size_t end)
{
    struct piece piece = {.start = start, .end = end, .flags = SP_TOKEN_UNIT};
    struct sp_word *word = &pass->analyser->compound;
    enum sp_status status = sp_word_begin(word, slice(pass, start, end));
    if (status != SP_OK) {
        return status;
    }
    const struct sp_language *language = pass->analyser->language;
    struct sp_view unit = word->folded;
    size_t term = word->used_bytes;
    const char *slash = memchr(unit.data, '/', unit.length);
    if (slash == NULL) {
        add_unit_term(language, unit, word);
    } else {
        size_t first = (size_t)(slash - unit.data);
        add_unit_term(language, sp_view_from(unit.data, first), word);
        word->bytes[word->used_bytes++] = '/';
        add_unit_term(language, sp_view_from(slash + 1, unit.length - first - 1), word);
    }
    return emit_as(pass, piece, sp_view_from(word->bytes + term, word->used_bytes - term));
}

/* "170m2": digits, then a unit. Returns where the digits end, or 0. */
static size_t digits_before_unit(const struct pass *pass, const struct sp_atom *atom,
                                 size_t *unit_end)
{
    size_t at = atom->start;
    while (at < atom->end && ((byte_at(pass, at) >= '0' && byte_at(pass, at) <= '9') ||
                              byte_at(pass, at) == ',' || byte_at(pass, at) == '.')) {
        at++;
    }
    if (at == atom->start || at == atom->end) {
        return 0;
    }
    *unit_end = sp_unit_end(pass->analyser->language, pass->text, at);
    return *unit_end >= atom->end ? at : 0;
}

static bool next_atom(struct pass *pass, struct sp_atom *out)
{
    if (pass->has_pending) {
        pass->has_pending = false;
        *out = pass->pending;
        return true;
    }
    return sp_segmenter_next(pass->analyser->segmenter, out);
}

/* Tokens were made of the text up to `end`: go on from there. */
static void consume(struct pass *pass, size_t end)
{
    sp_segmenter_skip(pass->analyser->segmenter, end);
}

static bool is_joined(const struct pass *pass, size_t end, size_t next)
{
    size_t hyphen = sp_hyphen_length(rest(pass, end));
    return hyphen != 0 && next == end + hyphen;
}

static bool ends_in_o(struct sp_view form)
{
    return form.data[form.length - 1] == 'o';
}

/* The compound's index term: parts' first lemmas joined by hyphens. A first part in -o
 * ("ogrodniczo-") does not inflect and stays. */
static enum sp_status compound_lemma(struct pass *pass, const struct sp_atom *parts, size_t count,
                                     struct sp_view whole, char *out, size_t size, size_t *length)
{
    *length = 0;
    for (size_t i = 0; i < count; i++) {
        const struct sp_word_entry *word = NULL;
        struct sp_view form = slice(pass, parts[i].start, parts[i].end);
        enum sp_status status = sp_analyser_word(pass->analyser, form, pass->flags, &word);
        if (status != SP_OK) {
            return status;
        }
        bool is_fixed = i + 1 < count && ends_in_o(form);
        struct sp_view lemma = is_fixed || !parts[i].has_letter ? word->folded : word->lemmas[0];
        if (lemma.length + 1 > size - *length) {
            *length = 0; /* too long to inflect: the whole as it is */
            return sp_fold_text(whole, out, size, length);
        }
        if (i > 0) {
            out[(*length)++] = '-';
        }
        memcpy(out + *length, lemma.data, lemma.length);
        *length += lemma.length;
    }
    return SP_OK;
}

static enum sp_status emit_parts(struct pass *pass, const struct sp_atom *parts, size_t count)
{
    enum sp_status status = SP_OK;
    for (size_t i = 0; i < count && status == SP_OK; i++) {
        struct piece piece = {parts[i].start, parts[i].end, SP_TOKEN_PART};
        if (parts[i].has_letter) {
            /* All readings of "ogrodniczo-": the rare one, "ogrodniczy", is the one meant here. */
            bool is_fixed = i + 1 < count && ends_in_o(slice(pass, piece.start, piece.end));
            unsigned flags = pass->flags | (is_fixed ? SP_ANALYSE_ALL_READINGS : 0u);
            status = emit_word(pass, piece, flags);
            pass->position++;
        } else {
            piece.flags |= SP_TOKEN_NUMBER;
            status = emit_as(pass, piece, sp_view_of(NULL));
        }
    }
    return status;
}

/* "PES-ów", "ZUS-owi": an acronym and its case ending. */
static bool is_declined_acronym(const struct pass *pass, const struct sp_atom *parts, size_t count)
{
    static const char *const endings[] = {"u",  "owi", "em",  "ie",  "a", "y", "i",    "e",
                                          "ów", "om",  "ami", "ach", "ą", "ę", "owie", "ze"};
    struct sp_view stem = slice(pass, parts[0].start, parts[0].end);
    if (count != 2 || stem.length < 2 || parts[0].has_digit) {
        return false;
    }
    for (size_t i = 0; i < stem.length; i++) {
        if (stem.data[i] >= 'a' && stem.data[i] <= 'z' && stem.data[i] != 'z' &&
            stem.data[i] != 'h') { /* "OzN", "ZPCh" */
            return false;
        }
    }
    struct sp_view ending = slice(pass, parts[1].start, parts[1].end);
    for (size_t i = 0; i < SP_COUNT(endings); i++) {
        if (sp_view_is(ending, endings[i])) {
            return true;
        }
    }
    return false;
}

static enum sp_status emit_acronym(struct pass *pass, const struct sp_atom *parts)
{
    struct piece piece = {parts[0].start, parts[1].end, SP_TOKEN_ABBREVIATION};
    char stem[SP_FOLDED_MAX_BYTES];
    size_t length = 0;
    enum sp_status status =
        sp_fold_text(slice(pass, parts[0].start, parts[0].end), stem, sizeof stem, &length);
    return status == SP_OK ? emit_as(pass, piece, sp_view_from(stem, length)) : status;
}

static enum sp_status emit_compound(struct pass *pass, const struct sp_atom *parts, size_t count)
{
    char lemma[SP_FOLDED_MAX_BYTES];
    size_t length = 0;
    struct piece whole = {
        .start = parts[0].start, .end = parts[count - 1].end, .flags = SP_TOKEN_COMPOUND};
    struct sp_view form = slice(pass, whole.start, whole.end);
    const struct sp_word_entry *word = NULL;
    enum sp_status status = sp_analyser_word(pass->analyser, form, pass->flags, &word);
    if (status != SP_OK) {
        return status;
    }
    if ((word->flags & SP_TOKEN_UNKNOWN) == 0) { /* "Bielsko-Biała" is in the dictionary */
        whole.flags |= word->flags;
        status = emit(pass, whole, word->folded, word->lemmas, word->lemma_count);
    } else {
        status = compound_lemma(pass, parts, count, form, lemma, sizeof lemma, &length);
        if (status == SP_OK) {
            uint32_t position = pass->position;
            status = emit_as(pass, whole, sp_view_from(lemma, length));
            pass->position = position; /* shared with the first part */
        }
    }
    return status == SP_OK ? emit_parts(pass, parts, count) : status;
}

/* Join `first` with the words that follow it over hyphens, if any. */
static enum sp_status emit_hyphenated(struct pass *pass, const struct sp_atom *first)
{
    struct sp_atom parts[COMPOUND_PARTS_MAX] = {*first};
    size_t count = 1;
    struct sp_atom next;
    while (count < COMPOUND_PARTS_MAX && sp_hyphen_length(rest(pass, parts[count - 1].end)) != 0 &&
           next_atom(pass, &next)) {
        if (!is_joined(pass, parts[count - 1].end, next.start) ||
            next.end - parts[0].start > SP_FORM_MAX_BYTES) {
            pass->pending = next;
            pass->has_pending = true;
            break;
        }
        parts[count++] = next;
    }
    if (is_declined_acronym(pass, parts, count)) {
        return emit_acronym(pass, parts);
    }
    if (count > 1) {
        return emit_compound(pass, parts, count);
    }
    return emit_stretch(pass, first->start, first->end, first->has_letter ? 0 : SP_TOKEN_NUMBER);
}

static bool is_split_mark(char c)
{
    return c == '.' || c == ':' || c == '@';
}

/* "usług.Oferta" is two words with a space missing, "ul.Legnicka" an abbreviation and a word: split
 * at dots and colons. */
static enum sp_status emit_split(struct pass *pass, const struct sp_atom *atom)
{
    enum sp_status status = SP_OK;
    const struct sp_language *language = pass->analyser->language;
    size_t start = atom->start;
    while (start < atom->end && status == SP_OK) {
        size_t end = start;
        while (end < atom->end && !is_split_mark(byte_at(pass, end))) {
            end++;
        }
        const struct sp_table_row *row =
            byte_at(pass, end) == '.' ? sp_abbreviation_find(language, slice(pass, start, end + 1))
                                      : NULL;
        if (row != NULL) {
            struct piece piece = {start, end + 1, SP_TOKEN_ABBREVIATION};
            status = emit_as(pass, piece, row->fields[2]);
        } else if (end > start) {
            status = emit_stretch(pass, start, end, 0);
        }
        start = end + 1;
    }
    return status;
}

/* Recognise what spans more or less than the word `atom`; sets *done if it emitted something. */
static enum sp_status emit_pattern(struct pass *pass, const struct sp_atom *atom, bool *done)
{
    const struct sp_language *language = pass->analyser->language;
    const struct sp_table_row *row = NULL;
    *done = true;
    size_t end = sp_address_end(pass->text, atom);
    if (end != 0) {
        consume(pass, end);
        return emit_stretch(pass, atom->start, end, SP_TOKEN_ADDRESS);
    }
    if (atom->has_mark || byte_at(pass, atom->end) == '.') {
        end = sp_abbreviation_end(language, pass->text, atom->start, &row);
        if (end >= atom->end) {
            consume(pass, end);
            struct piece piece = {atom->start, end, SP_TOKEN_ABBREVIATION};
            return emit_as(pass, piece, row->fields[2]);
        }
    }
    if (!atom->has_letter && sp_hyphen_length(rest(pass, atom->end)) == 0) {
        end = sp_grouped_number_end(pass->text, atom);
        end = end != 0 ? end : atom->end;
        consume(pass, end);
        return emit_number(pass, atom->start, end);
    }
    size_t unit_end = 0;
    size_t digits_end = atom->has_digit ? digits_before_unit(pass, atom, &unit_end) : 0;
    if (digits_end != 0) {
        consume(pass, unit_end);
        enum sp_status status = emit_number(pass, atom->start, digits_end);
        return status == SP_OK ? emit_unit(pass, digits_end, unit_end) : status;
    }
    end = sp_unit_end(language, pass->text, atom->start);
    if (end > atom->end || (end == atom->end && atom->has_digit)) {
        consume(pass, end);
        return emit_unit(pass, atom->start, end);
    }
    if (atom->has_mark && atom->has_letter &&
        memchr(pass->text.data + atom->start, '\'', atom->end - atom->start) == NULL) {
        return emit_split(pass, atom);
    }
    *done = false;
    return SP_OK;
}

/* Most words are letters before a space or a comma: nothing to recognise. */
static bool is_ordinary(const struct pass *pass, const struct sp_atom *atom)
{
    if (atom->has_digit || atom->has_mark || atom->end - atom->start > SP_FORM_MAX_BYTES) {
        return false;
    }
    switch (byte_at(pass, atom->end)) {
    case ' ':
    case ',':
    case '\n':
    case ')':
        return true;
    default:
        return false;
    }
}

static enum sp_status emit_atom(struct pass *pass, const struct sp_atom *atom)
{
    if (is_ordinary(pass, atom)) {
        struct piece piece = {.start = atom->start, .end = atom->end, .flags = 0};
        enum sp_status status = emit_word(pass, piece, pass->flags);
        pass->position++;
        return status;
    }
    bool done = false;
    enum sp_status status = emit_pattern(pass, atom, &done);
    return status != SP_OK || done ? status : emit_hyphenated(pass, atom);
}

static enum sp_status check_text(struct sp_view text, struct sp_error *err)
{
    if (text.length > SP_TEXT_MAX_BYTES) {
        return SP_FAIL(err, SP_LIMIT, "text", "Tekst ma %zu bajtów, najwyżej wolno %d.",
                       "The text has %zu bytes; at most %d are allowed.", text.length,
                       (int)SP_TEXT_MAX_BYTES);
    }
    size_t bad = sp_utf8_check(text);
    if (bad != text.length) {
        return SP_FAIL(err, SP_INVALID, "text", "Tekst nie jest w UTF-8: zły bajt na pozycji %zu.",
                       "The text is not UTF-8: bad byte at offset %zu.", bad);
    }
    return SP_OK;
}

enum sp_status sp_analyse_each(struct sp_analyser *analyser, struct sp_view text, unsigned flags,
                               sp_token_fn *take, void *context, struct sp_error *err)
{
    enum sp_status status = check_text(text, err);
    if (status != SP_OK) {
        return status;
    }
    struct pass pass = {
        .analyser = analyser, .text = text, .flags = flags, .take = take, .context = context};
    struct sp_atom atom;
    sp_segmenter_begin(analyser->segmenter, text);
    while (status == SP_OK && next_atom(&pass, &atom)) {
        status = emit_atom(&pass, &atom);
    }
    if (status == SP_OK) {
        status = sp_segmenter_status(analyser->segmenter);
    }
    return status == SP_NOMEM ? SP_FAIL_NOMEM(err) : status;
}
