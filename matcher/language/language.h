/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Polish: from bytes to tokens with index terms.
 *
 * An index term is a lemma in lower case, NFC: "usługami" gives "usługa". Texts and queries are
 * both turned into index terms here, and only here, so that they meet. Words of the dictionary
 * (PoliMorf) get all their likely lemmas; other words are guessed by their endings; what cannot be
 * read as Polish keeps its own folded form.
 *
 *     struct sp_language *language;   one per process: tables, mapped read-only, never changed
 *     struct sp_analyser *analyser;   one per thread: ICU iterator, scratch memory, cache of forms
 *     sp_analyse()                    a text into tokens, for indexing and for queries
 *     sp_expand()                     a query word also without diacritics and with a typing error
 *
 * Everything here depends on the text and the tables only: same text, same tokens, on every
 * machine.
 */
#ifndef SP_LANGUAGE_LANGUAGE_H
#define SP_LANGUAGE_LANGUAGE_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/status.h"
#include "base/view.h"

struct sp_language;
struct sp_analyser;

enum {
    SP_FORM_MAX_BYTES = 255, /* a longer word (a key, a base64 blob) is cut into pieces this long */
    SP_LEMMAS_MAX = 16, /* lemmas kept of one form; one spelling has at most 6 in the dictionary */
    SP_CANDIDATES_MAX = 64,      /* answers of one sp_expand() */
    SP_TEXT_MAX_BYTES = 64 << 20 /* larger than any notice; offsets stay far below 32 bits */
};

/**
 * Open the tables of @p share_dir: polish.dict, polish.info and language/ of data/.
 *
 * @param share_dir  NUL-terminated path
 * @param out        owned by the caller, sp_language_free(); shared by all threads, read-only
 * @return SP_OK; SP_NOT_FOUND (a table is missing); SP_CORRUPT (a table is damaged); SP_IO;
 * SP_NOMEM
 */
SP_MUST_CHECK enum sp_status sp_language_open(const char *share_dir, struct sp_language **out,
                                              struct sp_error *err);

/** Free @p language after all its analysers; NULL is accepted. */
void sp_language_free(struct sp_language *language);

/** Number that changes whenever the same text may give other index terms: an index made under
 * another one must be made again. */
uint64_t sp_language_fingerprint(const struct sp_language *language);

/**
 * Create what one thread needs to analyse texts.
 *
 * @param language  borrowed; must outlive the analyser
 * @param out       owned by the caller, sp_analyser_free()
 * @return SP_OK; SP_NOMEM; SP_INTERNAL (ICU has no data)
 */
SP_MUST_CHECK enum sp_status sp_analyser_new(const struct sp_language *language,
                                             struct sp_analyser **out, struct sp_error *err);
void sp_analyser_free(struct sp_analyser *analyser);

enum sp_token_flags {
    SP_TOKEN_STOP = 1 << 0,         /* stop word: "w", "oraz"; it has lemmas all the same */
    SP_TOKEN_NUMBER = 1 << 1,       /* digits, "25 000", "2,5"; its lemma has no spaces */
    SP_TOKEN_UNKNOWN = 1 << 2,      /* not in the dictionary: lemmas guessed, or the form itself */
    SP_TOKEN_ABBREVIATION = 1 << 3, /* "ul.", "sp. z o.o.", "PES": see sp_abbreviation_words() */
    SP_TOKEN_ADDRESS = 1 << 4,      /* URL or e-mail, whole */
    SP_TOKEN_COMPOUND = 1 << 5,     /* whole "biało-czerwony"; its parts follow */
    SP_TOKEN_PART = 1 << 6,         /* a part of the compound before it; inside its offsets */
    SP_TOKEN_CAPITAL = 1 << 7,      /* written with a capital first letter */
    SP_TOKEN_UNIT = 1 << 8          /* stands for a unit of measure: "m²", "zł/h", "kg" */
};

/** One token. Views live as long as said at the function that gives it. */
struct sp_token {
    size_t start;                 /* first byte in the original text, on a character border */
    size_t end;                   /* one past the last byte */
    uint32_t position;            /* 0, 1, 2, ...; a compound and its first part share one */
    unsigned flags;               /* enum sp_token_flags */
    struct sp_view form;          /* as written: bytes start..end of the text */
    struct sp_view folded;        /* lower case, NFC */
    const struct sp_view *lemmas; /* index terms, the likeliest first; at least one */
    size_t lemma_count;           /* 1..SP_LEMMAS_MAX */
};

struct sp_token_list {
    const struct sp_token *tokens; /* in order of start, the longer first */
    size_t count;
};

enum sp_analyse_flags {
    SP_ANALYSE_ALL_READINGS = 1 << 0 /* also the unlikely lemmas: "mieć" and "mama" for "mam" */
};

/** Take one token; it and its views are valid during the call only. A status other than SP_OK ends
 * the analysis and becomes its result. */
typedef enum sp_status sp_token_fn(void *context, const struct sp_token *token);

/**
 * Analyse @p text and hand its tokens one by one to @p take.
 *
 * @param text   borrowed; any bytes; must be UTF-8, NFC or not; at most SP_TEXT_MAX_BYTES
 * @param flags  enum sp_analyse_flags
 * @return SP_OK; SP_INVALID (not UTF-8; the message names the byte offset; no token was handed
 * over); SP_LIMIT (too long); SP_NOMEM; what @p take returned
 *
 * Cost: memory does not grow with the text; about 0.2 us a token once its form was met.
 */
SP_MUST_CHECK enum sp_status sp_analyse_each(struct sp_analyser *analyser, struct sp_view text,
                                             unsigned flags, sp_token_fn *take, void *context,
                                             struct sp_error *err);

/**
 * Analyse @p text into a list.
 *
 * @param arena  holds the list, the folded forms and the lemmas; token.form points into @p text
 * @return as sp_analyse_each(); SP_NOMEM also when the arena is full
 */
SP_MUST_CHECK enum sp_status sp_analyse(struct sp_analyser *analyser, struct sp_view text,
                                        unsigned flags, struct sp_arena *arena,
                                        struct sp_token_list *out, struct sp_error *err);

/** How a query word reached a lemma, best first. */
enum sp_origin {
    SP_ORIGIN_EXACT,      /* the word as written */
    SP_ORIGIN_DIACRITICS, /* after adding or removing Polish tails and strokes: "uslugi" */
    SP_ORIGIN_TYPO,       /* after one insertion, deletion, replacement or swap */
    SP_ORIGIN_GUESS       /* outside the dictionary, by its ending, or as it stands */
};

struct sp_candidate {
    struct sp_view lemma; /* index term */
    struct sp_view form;  /* folded form that was reached: what "did you mean" shows */
    enum sp_origin origin;
};

struct sp_candidate_list {
    const struct sp_candidate *items; /* by origin, then by likelihood; lemmas are unique */
    size_t count;                     /* 0..SP_CANDIDATES_MAX */
};

enum sp_expand_flags {
    SP_EXPAND_DIACRITICS = 1 << 0,         /* follow both spellings of each letter */
    SP_EXPAND_TYPO = 1 << 1,               /* one error, in words of four letters and more */
    SP_EXPAND_TYPO_EVEN_IF_KNOWN = 1 << 2, /* default: errors only when nothing better was found */
    SP_EXPAND_ALL_READINGS = 1 << 3
};

/**
 * Find the lemmas that the query word @p word may mean.
 *
 * The word as it stands comes first; words reached through diacritics or an error follow. A word of
 * the dictionary that also reads otherwise with diacritics ("sad" and "sąd") gives both, told apart
 * by their origin. For an unknown word the guesses come last.
 *
 * @param word   borrowed; UTF-8, one word in any case; at most SP_FORM_MAX_BYTES bytes
 * @param flags  enum sp_expand_flags
 * @param arena  holds the answer
 * @return SP_OK; SP_INVALID (not UTF-8); SP_LIMIT (too long); SP_NOMEM
 */
SP_MUST_CHECK enum sp_status sp_expand(struct sp_analyser *analyser, struct sp_view word,
                                       unsigned flags, struct sp_arena *arena,
                                       struct sp_candidate_list *out, struct sp_error *err);

/**
 * Return the words behind an abbreviation ("ps": "przedsiębiorstwo społeczne"), or an empty view.
 *
 * @param folded  lower case, NFC, with its dots
 * @return borrowed from @p language
 */
struct sp_view sp_abbreviation_words(const struct sp_language *language, struct sp_view folded);

/**
 * Lower the case of @p text and compose it (NFC). Keeps every Polish letter.
 *
 * @return SP_OK; SP_INVALID (not UTF-8); SP_NOMEM
 */
SP_MUST_CHECK enum sp_status sp_fold(struct sp_analyser *analyser, struct sp_view text,
                                     struct sp_arena *arena, struct sp_view *out,
                                     struct sp_error *err);

/**
 * Write folded @p text without its Polish diacritics: "łódź" gives "lodz". Other letters stay.
 *
 * @param out  at least text.length bytes; not NUL-terminated
 * @return bytes written
 */
size_t sp_strip_diacritics(struct sp_view text, char *out);

#endif
