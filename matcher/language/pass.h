/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * One call of sp_analyse_each(), and how its tokens are made and handed over. For this folder only.
 */
#ifndef SP_LANGUAGE_PASS_H
#define SP_LANGUAGE_PASS_H

#include "matcher/language/analyser_priv.h"

struct sp_pass {
    struct sp_analyser *analyser;
    struct sp_view text; /* well-formed UTF-8 */
    unsigned flags;      /* enum sp_analyse_flags */
    sp_token_fn *take;
    void *context;
    uint32_t position;
    bool has_pending; /* `pending` was read ahead */
    struct sp_atom pending;
};

/** A stretch of text to be emitted, and what is known of it beyond its word. */
struct sp_piece {
    size_t start;
    size_t end;
    unsigned flags; /* enum sp_token_flags */
};

static inline struct sp_view sp_pass_slice(const struct sp_pass *pass, size_t start, size_t end)
{
    return sp_view_from(pass->text.data + start, end - start);
}

static inline struct sp_view sp_pass_rest(const struct sp_pass *pass, size_t start)
{
    return sp_pass_slice(pass, start, pass->text.length);
}

/** The byte at @p at; a space at the end of the text. */
static inline char sp_pass_byte(const struct sp_pass *pass, size_t at)
{
    return at < pass->text.length ? pass->text.data[at] : ' ';
}

/** Give the next word; false at the end. */
bool sp_pass_next(struct sp_pass *pass, struct sp_atom *out);

/** Hand over a token. The functions below return what taking it returned, or SP_INTERNAL (ICU). */
enum sp_status sp_emit(struct sp_pass *pass, struct sp_piece piece, struct sp_view folded,
                       const struct sp_view *lemmas, size_t lemma_count);

/** Look the piece up, as a word read with @p flags (enum sp_analyse_flags), and emit it; the
 * position stays. */
enum sp_status sp_emit_word(struct sp_pass *pass, struct sp_piece piece, unsigned flags);

/** Emit a piece whose only lemma is @p lemma, or its folded form if that is empty; the position
 * moves on, as in all functions below. */
enum sp_status sp_emit_as(struct sp_pass *pass, struct sp_piece piece, struct sp_view lemma);

/** Emit a stretch of any length, in pieces of at most SP_FORM_MAX_BYTES. */
enum sp_status sp_emit_stretch(struct sp_pass *pass, size_t start, size_t end, unsigned flags);

/** Emit a number; its lemma has no spaces. */
enum sp_status sp_emit_number(struct sp_pass *pass, size_t start, size_t end);

/** Emit a unit of measure with the table's term: "m²" and "m2" are one, "zł/h" and "zł/godz." too.
 */
enum sp_status sp_emit_unit(struct sp_pass *pass, size_t start, size_t end);

/** Emit @p first, joined with the words that follow it over hyphens, if any. */
enum sp_status sp_emit_hyphenated(struct sp_pass *pass, const struct sp_atom *first);

#endif
