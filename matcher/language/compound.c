/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Words joined by hyphens: the whole as one token, then its parts, so that "biało-czerwony" is
 * found as such and by either part.
 */
#include "matcher/language/guess.h"
#include "matcher/language/pass.h"
#include "matcher/language/pattern.h"

enum {
    COMPOUND_PARTS_MAX = 8, /* "a-b-c-...": longer chains go on as a new compound */
    WHOLE_LEMMAS_MAX = 6    /* of two ambiguous parts */
};

static bool is_joined(const struct sp_pass *pass, size_t end, size_t next)
{
    size_t hyphen = sp_hyphen_length(sp_pass_rest(pass, end));
    return hyphen != 0 && next == end + hyphen;
}

static bool ends_in_o(struct sp_view form)
{
    return form.data[form.length - 1] == 'o';
}

/* Append a part's lemma to `out`, after a hyphen unless it is the first; false if it is too long.
 */
static bool append_lemma(struct sp_view lemma, char *out, size_t size, size_t *length)
{
    if (lemma.length + 1 > size - *length) {
        return false;
    }
    if (*length > 0) {
        out[(*length)++] = '-';
    }
    memcpy(out + *length, lemma.data, lemma.length);
    *length += lemma.length;
    return true;
}

/* Write the compound's lemma number `choice`: parts' lemmas joined by hyphens, each part's lemmas
 * taking their turn, those of the first part fastest. A first part in -o ("ogrodniczo-") does not
 * inflect and stays.
 * `*length` 0 says that there is no such lemma. */
static enum sp_status compound_lemma(struct sp_pass *pass, const struct sp_atom *parts,
                                     size_t count, size_t choice, char *out, size_t size,
                                     size_t *length)
{
    *length = 0;
    size_t combinations = 1;
    for (size_t i = 0; i < count; i++) {
        const struct sp_word_entry *word = NULL;
        struct sp_view form = sp_pass_slice(pass, parts[i].start, parts[i].end);
        enum sp_status status = sp_analyser_word(pass->analyser, form, pass->flags, &word);
        if (status != SP_OK) {
            return status;
        }
        bool is_fixed = !parts[i].has_letter || (i + 1 < count && ends_in_o(form));
        size_t choices = is_fixed ? 1 : word->lemma_count;
        struct sp_view lemma =
            is_fixed ? word->folded : word->lemmas[choice / combinations % choices];
        combinations *= choices;
        if (!append_lemma(lemma, out, size, length)) {
            *length = 0;
            return SP_OK;
        }
    }
    *length = choice < combinations ? *length : 0;
    return SP_OK;
}

/* Emit the whole of a compound outside the dictionary, with the lemmas its parts allow:
 * "Bielsku-Białej" may be "bielsk-biała" as well as "bielsko-biała". */
static enum sp_status emit_whole(struct sp_pass *pass, const struct sp_atom *parts, size_t count,
                                 struct sp_piece whole)
{
    char lemma[SP_FOLDED_MAX_BYTES];
    size_t length = 0;
    struct sp_word *word = &pass->analyser->compound;
    enum sp_status status = sp_word_begin(word, sp_pass_slice(pass, whole.start, whole.end));
    for (size_t choice = 0; choice < WHOLE_LEMMAS_MAX && status == SP_OK; choice++) {
        status = compound_lemma(pass, parts, count, choice, lemma, sizeof lemma, &length);
        if (length == 0) {
            break;
        }
        sp_word_add_lemma(word, sp_view_from(lemma, length));
    }
    if (status != SP_OK) {
        return status;
    }
    if (word->lemma_count == 0) { /* too long to inflect: as it is */
        sp_word_add_lemma(word, word->folded);
    }
    whole.flags |= word->flags;
    return sp_emit(pass, whole, word->folded, word->lemmas, word->lemma_count);
}

static enum sp_status emit_parts(struct sp_pass *pass, const struct sp_atom *parts, size_t count)
{
    enum sp_status status = SP_OK;
    for (size_t i = 0; i < count && status == SP_OK; i++) {
        struct sp_piece piece = {parts[i].start, parts[i].end, SP_TOKEN_PART};
        if (parts[i].has_letter) {
            /* All readings of "ogrodniczo-": the rare one, "ogrodniczy", is the one meant here. */
            bool is_fixed = i + 1 < count && ends_in_o(sp_pass_slice(pass, piece.start, piece.end));
            unsigned flags = pass->flags | (is_fixed ? SP_ANALYSE_ALL_READINGS : 0u);
            status = sp_emit_word(pass, piece, flags);
            pass->position++;
        } else {
            piece.flags |= SP_TOKEN_NUMBER;
            status = sp_emit_as(pass, piece, sp_view_of(NULL));
        }
    }
    return status;
}

/* "PES-ów", "ZUS-owi": an acronym and its case ending. */
static bool is_declined_acronym(const struct sp_pass *pass, const struct sp_atom *parts,
                                size_t count)
{
    char folded[SP_FOLDED_MAX_BYTES];
    size_t length = 0;
    struct sp_view stem = sp_pass_slice(pass, parts[0].start, parts[0].end);
    if (count != 2 || stem.length < 2 || parts[0].has_digit ||
        sp_fold_text(stem, folded, sizeof folded, &length) != SP_OK ||
        memcmp(folded, stem.data, sp_fold_plain_length(stem)) == 0) { /* no capital */
        return false;
    }
    for (size_t i = 0; i < stem.length; i++) {
        if (stem.data[i] >= 'a' && stem.data[i] <= 'z' && stem.data[i] != 'z' &&
            stem.data[i] != 'h') { /* "OzN", "ZPCh" */
            return false;
        }
    }
    return sp_is_acronym_ending(sp_pass_slice(pass, parts[1].start, parts[1].end));
}

static enum sp_status emit_acronym(struct sp_pass *pass, const struct sp_atom *parts)
{
    struct sp_piece piece = {parts[0].start, parts[1].end, SP_TOKEN_ABBREVIATION};
    char stem[SP_FOLDED_MAX_BYTES];
    size_t length = 0;
    enum sp_status status =
        sp_fold_text(sp_pass_slice(pass, parts[0].start, parts[0].end), stem, sizeof stem, &length);
    return status == SP_OK ? sp_emit_as(pass, piece, sp_view_from(stem, length)) : status;
}

static enum sp_status emit_compound(struct sp_pass *pass, const struct sp_atom *parts, size_t count)
{
    struct sp_piece whole = {parts[0].start, parts[count - 1].end, SP_TOKEN_COMPOUND};
    const struct sp_word_entry *word = NULL;
    enum sp_status status = sp_analyser_word(
        pass->analyser, sp_pass_slice(pass, whole.start, whole.end), pass->flags, &word);
    if (status != SP_OK) {
        return status;
    }
    if ((word->flags & SP_TOKEN_UNKNOWN) == 0) { /* "Bielsko-Biała" is in the dictionary */
        whole.flags |= word->flags;
        status = sp_emit(pass, whole, word->folded, word->lemmas, word->lemma_count);
    } else {
        status = emit_whole(pass, parts, count, whole);
    }
    return status == SP_OK ? emit_parts(pass, parts, count) : status;
}

/* Join `first` with the words that follow it over hyphens, if any. */
enum sp_status sp_emit_hyphenated(struct sp_pass *pass, const struct sp_atom *first)
{
    struct sp_atom parts[COMPOUND_PARTS_MAX] = {*first};
    size_t count = 1;
    struct sp_atom next;
    while (count < COMPOUND_PARTS_MAX &&
           sp_hyphen_length(sp_pass_rest(pass, parts[count - 1].end)) != 0 &&
           sp_pass_next(pass, &next)) {
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
    return sp_emit_stretch(pass, first->start, first->end, first->has_letter ? 0 : SP_TOKEN_NUMBER);
}
