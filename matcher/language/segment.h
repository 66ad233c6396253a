/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Where words are: the word boundaries of Unicode (UAX 29), by ICU.
 *
 * A text is cut at white space into runs, at which ICU always has a boundary. A run of ASCII and
 * Polish letters is split here by the same rules, restricted to those letters, several times
 * faster; any other run is handed to ICU's iterator in place (no copy, so memory does not grow). A
 * test compares both on random texts.
 */
#ifndef SP_LANGUAGE_SEGMENT_H
#define SP_LANGUAGE_SEGMENT_H

#include <stdbool.h>

#include "base/status.h"
#include "base/view.h"

struct sp_segmenter;

/** A word in the sense of UAX 29 with at least one letter or digit: byte offsets in the text. */
struct sp_atom {
    size_t start;
    size_t end;
    bool has_letter;
    bool has_digit;
    bool has_mark; /* "." or "'" or the like inside: "m.in", "2,5", "Kennedy'ego" */
};

/** Create a segmenter, for one thread; SP_NOMEM, SP_INTERNAL (ICU has no data). */
SP_MUST_CHECK enum sp_status sp_segmenter_new(struct sp_segmenter **out, struct sp_error *err);
void sp_segmenter_free(struct sp_segmenter *segmenter);

/** Start at the beginning of @p text: well-formed UTF-8, borrowed until the last call. */
void sp_segmenter_begin(struct sp_segmenter *segmenter, struct sp_view text);

/** Hand every run to ICU: for the test that compares. */
void sp_segmenter_use_icu(struct sp_segmenter *segmenter, bool always);

/** Give the next word that starts at or after the cursor; false at the end of the text. */
bool sp_segmenter_next(struct sp_segmenter *segmenter, struct sp_atom *out);

/** SP_OK, or SP_NOMEM if sp_segmenter_next() gave up before the end of the text. */
enum sp_status sp_segmenter_status(const struct sp_segmenter *segmenter);

/** Move the cursor forward to @p offset, a character border: words before it are not given. */
void sp_segmenter_skip(struct sp_segmenter *segmenter, size_t offset);

/** Length of the white space character at the start of @p text, 0 if there is none: ASCII white
 * space, no-break space (U+00A0) and narrow no-break space (U+202F). */
size_t sp_space_length(struct sp_view text);

#endif
