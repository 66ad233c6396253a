/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * From text to tokens: takes words from the segmenter, joins or splits those that Unicode's rules
 * see otherwise than Polish practice (pattern.h, compound.c), and has each looked up and handed
 * over.
 */
#include "base/memory.h"
#include "base/utf8.h"
#include "matcher/language/pass.h"
#include "matcher/language/pattern.h"

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

/* "170m2": digits, then a unit. Returns where the digits end, or 0. */
static size_t digits_before_unit(const struct sp_pass *pass, const struct sp_atom *atom,
                                 size_t *unit_end)
{
    size_t at = atom->start;
    while (at < atom->end && ((sp_pass_byte(pass, at) >= '0' && sp_pass_byte(pass, at) <= '9') ||
                              sp_pass_byte(pass, at) == ',' || sp_pass_byte(pass, at) == '.')) {
        at++;
    }
    if (at == atom->start || at == atom->end) {
        return 0;
    }
    *unit_end = sp_unit_end(pass->analyser->language, pass->text, at);
    return *unit_end >= atom->end ? at : 0;
}

bool sp_pass_next(struct sp_pass *pass, struct sp_atom *out)
{
    if (pass->has_pending) {
        pass->has_pending = false;
        *out = pass->pending;
        return true;
    }
    return sp_segmenter_next(pass->analyser->segmenter, out);
}

/* Tokens were made of the text up to `end`: go on from there. */
static void consume(struct sp_pass *pass, size_t end)
{
    sp_segmenter_skip(pass->analyser->segmenter, end);
}

static bool is_split_mark(char c)
{
    return c == '.' || c == ':' || c == '@';
}

/* "usług.Oferta" is two words with a space missing, "ul.Legnicka" an abbreviation and a word: split
 * at dots and colons. */
static enum sp_status emit_split(struct sp_pass *pass, const struct sp_atom *atom)
{
    enum sp_status status = SP_OK;
    const struct sp_language *language = pass->analyser->language;
    size_t start = atom->start;
    while (start < atom->end && status == SP_OK) {
        size_t end = start;
        while (end < atom->end && !is_split_mark(sp_pass_byte(pass, end))) {
            end++;
        }
        const struct sp_table_row *row =
            sp_pass_byte(pass, end) == '.'
                ? sp_abbreviation_find(language, sp_pass_slice(pass, start, end + 1))
                : NULL;
        if (row != NULL) {
            struct sp_piece piece = {start, end + 1, SP_TOKEN_ABBREVIATION};
            status = sp_emit_as(pass, piece, row->fields[2]);
        } else if (end > start) {
            status = sp_emit_stretch(pass, start, end, 0);
        }
        start = end + 1;
    }
    return status;
}

/* Recognise what spans more or less than the word `atom`; sets *done if it emitted something. */
static enum sp_status emit_pattern(struct sp_pass *pass, const struct sp_atom *atom, bool *done)
{
    const struct sp_language *language = pass->analyser->language;
    const struct sp_table_row *row = NULL;
    *done = true;
    size_t end = sp_address_end(pass->text, atom);
    if (end != 0) {
        consume(pass, end);
        return sp_emit_stretch(pass, atom->start, end, SP_TOKEN_ADDRESS);
    }
    if (atom->has_mark || sp_pass_byte(pass, atom->end) == '.') {
        end = sp_abbreviation_end(language, pass->text, atom->start, &row);
        if (end >= atom->end) {
            consume(pass, end);
            struct sp_piece piece = {atom->start, end, SP_TOKEN_ABBREVIATION};
            return sp_emit_as(pass, piece, row->fields[2]);
        }
    }
    if (!atom->has_letter && sp_hyphen_length(sp_pass_rest(pass, atom->end)) == 0) {
        end = sp_grouped_number_end(pass->text, atom);
        end = end != 0 ? end : atom->end;
        consume(pass, end);
        return sp_emit_number(pass, atom->start, end);
    }
    size_t unit_end = 0;
    size_t digits_end = atom->has_digit ? digits_before_unit(pass, atom, &unit_end) : 0;
    if (digits_end != 0) {
        consume(pass, unit_end);
        enum sp_status status = sp_emit_number(pass, atom->start, digits_end);
        return status == SP_OK ? sp_emit_unit(pass, digits_end, unit_end) : status;
    }
    end = sp_unit_end(language, pass->text, atom->start);
    if (end > atom->end || (end == atom->end && atom->has_digit)) {
        consume(pass, end);
        return sp_emit_unit(pass, atom->start, end);
    }
    if (atom->has_mark && atom->has_letter &&
        memchr(pass->text.data + atom->start, '\'', atom->end - atom->start) == NULL) {
        return emit_split(pass, atom);
    }
    *done = false;
    return SP_OK;
}

/* Most words are letters before a space or a comma: nothing to recognise. */
static bool is_ordinary(const struct sp_pass *pass, const struct sp_atom *atom)
{
    if (atom->has_digit || atom->has_mark || atom->end - atom->start > SP_FORM_MAX_BYTES) {
        return false;
    }
    switch (sp_pass_byte(pass, atom->end)) {
    case ' ':
    case ',':
    case '\n':
    case ')':
        return true;
    default:
        return false;
    }
}

static enum sp_status emit_atom(struct sp_pass *pass, const struct sp_atom *atom)
{
    if (is_ordinary(pass, atom)) {
        struct sp_piece piece = {.start = atom->start, .end = atom->end, .flags = 0};
        enum sp_status status = sp_emit_word(pass, piece, pass->flags);
        pass->position++;
        return status;
    }
    bool done = false;
    enum sp_status status = emit_pattern(pass, atom, &done);
    return status != SP_OK || done ? status : sp_emit_hyphenated(pass, atom);
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
    struct sp_pass pass = {
        .analyser = analyser, .text = text, .flags = flags, .take = take, .context = context};
    struct sp_atom atom;
    sp_segmenter_begin(analyser->segmenter, text);
    while (status == SP_OK && sp_pass_next(&pass, &atom)) {
        status = emit_atom(&pass, &atom);
    }
    if (status == SP_OK) {
        status = sp_segmenter_status(analyser->segmenter);
    }
    return status == SP_NOMEM ? SP_FAIL_NOMEM(err) : status;
}
