/* SPDX-License-Identifier: EUPL-1.2 */
#include "matcher/language/pass.h"

/* Hand over a token made of `form`'s bytes and the given word. */
enum sp_status sp_emit(struct sp_pass *pass, struct sp_piece piece, struct sp_view folded,
                       const struct sp_view *lemmas, size_t lemma_count)
{
    struct sp_token token = {.start = piece.start,
                             .end = piece.end,
                             .position = pass->position,
                             .flags = piece.flags,
                             .form = sp_pass_slice(pass, piece.start, piece.end),
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

enum sp_status sp_emit_word(struct sp_pass *pass, struct sp_piece piece, unsigned flags)
{
    const struct sp_word_entry *word = NULL;
    enum sp_status status =
        sp_analyser_word(pass->analyser, sp_pass_slice(pass, piece.start, piece.end), flags, &word);
    if (status != SP_OK) {
        return status;
    }
    piece.flags |= word->flags;
    return sp_emit(pass, piece, word->folded, word->lemmas, word->lemma_count);
}

/* Emit a piece whose only lemma is `lemma`, or its folded form if that is empty. */
enum sp_status sp_emit_as(struct sp_pass *pass, struct sp_piece piece, struct sp_view lemma)
{
    struct sp_word *word = &pass->analyser->word;
    enum sp_status status = sp_word_begin(word, sp_pass_slice(pass, piece.start, piece.end));
    if (status != SP_OK) {
        return status;
    }
    sp_word_add_lemma(word, lemma.length > 0 ? lemma : word->folded);
    piece.flags |= word->flags;
    status = sp_emit(pass, piece, word->folded, word->lemmas, word->lemma_count);
    pass->position++;
    return status;
}

/* The largest character border of the text in start+1..limit. */
static size_t border_before(const struct sp_pass *pass, size_t limit)
{
    while (((unsigned char)pass->text.data[limit] & 0xC0) == 0x80) {
        limit--;
    }
    return limit;
}

/* Emit a stretch of any length: words are at most SP_FORM_MAX_BYTES long, the rest follows. */
enum sp_status sp_emit_stretch(struct sp_pass *pass, size_t start, size_t end, unsigned flags)
{
    enum sp_status status = SP_OK;
    while (start < end && status == SP_OK) {
        size_t stop =
            end - start <= SP_FORM_MAX_BYTES ? end : border_before(pass, start + SP_FORM_MAX_BYTES);
        struct sp_piece piece = {.start = start, .end = stop, .flags = flags};
        if ((flags & (SP_TOKEN_ADDRESS | SP_TOKEN_NUMBER)) != 0) {
            status = sp_emit_as(pass, piece, sp_view_of(NULL));
        } else {
            status = sp_emit_word(pass, piece, pass->flags);
            pass->position++;
        }
        start = stop;
    }
    return status;
}

/* A number; its lemma has no spaces. */
enum sp_status sp_emit_number(struct sp_pass *pass, size_t start, size_t end)
{
    char digits[SP_FORM_MAX_BYTES];
    size_t length = 0;
    for (size_t i = start; i < end && length < sizeof digits;) {
        size_t space = sp_space_length(sp_pass_rest(pass, i));
        if (space > 0) {
            i += space;
        } else {
            digits[length++] = pass->text.data[i++];
        }
    }
    if (end - start > SP_FORM_MAX_BYTES) {
        return sp_emit_stretch(pass, start, end, SP_TOKEN_NUMBER);
    }
    struct sp_piece piece = {.start = start, .end = end, .flags = SP_TOKEN_NUMBER};
    return sp_emit_as(pass, piece, sp_view_from(digits, length));
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
enum sp_status sp_emit_unit(struct sp_pass *pass, size_t start, size_t end)
{
    struct sp_piece piece = {.start = start, .end = end, .flags = SP_TOKEN_UNIT};
    struct sp_word *word = &pass->analyser->compound;
    enum sp_status status = sp_word_begin(word, sp_pass_slice(pass, start, end));
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
    return sp_emit_as(pass, piece, sp_view_from(word->bytes + term, word->used_bytes - term));
}
