/* SPDX-License-Identifier: EUPL-1.2 */
#include "matcher/language/segment.h"

#include <stdint.h>

#include <unicode/ubrk.h>
#include <unicode/utext.h>

#include "base/memory.h"
#include "base/utf8.h"
#include "matcher/language/fold.h"

struct sp_segmenter {
    UBreakIterator *words; /* owned */
    UText run_text;        /* the run that `words` looks at */
    struct sp_view text;   /* borrowed */
    size_t run_start;
    size_t run_end;
    size_t cursor;
    bool by_icu; /* the current run is not plain */
    bool always_icu;
    enum sp_status status; /* SP_OK, or why the text ended early */
};

/* Word_Break classes of ASCII and the Polish letters (UAX 29, table 3), and white space. As in
 * CLDR's root rules, ":" joins nothing. */
enum class {
    OTHER,
    LETTER,
    DIGIT,
    JOINER,     /* ExtendNumLet: "_" */
    MID_NUMBER, /* "," and ";" between digits */
    MID_ANY,    /* "." and "'" between letters or between digits */
    SPACE,
    AT /* "@": ICU 72 takes it for a letter, others do not; only ICU splits runs with it */
};

static const uint8_t ascii_classes[128] = {
    ['\t'] = SPACE,  ['\n'] = SPACE,   ['\v'] = SPACE, ['\f'] = SPACE,     ['\r'] = SPACE,
    ['@'] = AT,      [' '] = SPACE,    ['_'] = JOINER, [','] = MID_NUMBER, [';'] = MID_NUMBER,
    ['.'] = MID_ANY, ['\''] = MID_ANY, ['0'] = DIGIT,  ['1'] = DIGIT,      ['2'] = DIGIT,
    ['3'] = DIGIT,   ['4'] = DIGIT,    ['5'] = DIGIT,  ['6'] = DIGIT,      ['7'] = DIGIT,
    ['8'] = DIGIT,   ['9'] = DIGIT,    ['a'] = LETTER, ['b'] = LETTER,     ['c'] = LETTER,
    ['d'] = LETTER,  ['e'] = LETTER,   ['f'] = LETTER, ['g'] = LETTER,     ['h'] = LETTER,
    ['i'] = LETTER,  ['j'] = LETTER,   ['k'] = LETTER, ['l'] = LETTER,     ['m'] = LETTER,
    ['n'] = LETTER,  ['o'] = LETTER,   ['p'] = LETTER, ['q'] = LETTER,     ['r'] = LETTER,
    ['s'] = LETTER,  ['t'] = LETTER,   ['u'] = LETTER, ['v'] = LETTER,     ['w'] = LETTER,
    ['x'] = LETTER,  ['y'] = LETTER,   ['z'] = LETTER, ['A'] = LETTER,     ['B'] = LETTER,
    ['C'] = LETTER,  ['D'] = LETTER,   ['E'] = LETTER, ['F'] = LETTER,     ['G'] = LETTER,
    ['H'] = LETTER,  ['I'] = LETTER,   ['J'] = LETTER, ['K'] = LETTER,     ['L'] = LETTER,
    ['M'] = LETTER,  ['N'] = LETTER,   ['O'] = LETTER, ['P'] = LETTER,     ['Q'] = LETTER,
    ['R'] = LETTER,  ['S'] = LETTER,   ['T'] = LETTER, ['U'] = LETTER,     ['V'] = LETTER,
    ['W'] = LETTER,  ['X'] = LETTER,   ['Y'] = LETTER, ['Z'] = LETTER,
};

/* Class of a byte of a plain run: beyond ASCII there are only Polish letters. */
static enum class class_of(unsigned char c) {
    return c < 0x80 ? (enum class)ascii_classes[c] : LETTER;
}

size_t sp_space_length(struct sp_view text)
{
    if (text.length == 0) {
        return 0;
    }
    const char *p = text.data;
    if ((unsigned char)*p < 0x80) {
        return ascii_classes[(unsigned char)*p] == SPACE ? 1 : 0;
    }
    if (text.length >= 2 && p[0] == '\xC2' && p[1] == '\xA0') {
        return 2;
    }
    return text.length >= 3 && memcmp(p, "\xE2\x80\xAF", 3) == 0 ? 3 : 0;
}

enum sp_status sp_segmenter_new(struct sp_segmenter **out, struct sp_error *err)
{
    struct sp_segmenter *segmenter = sp_calloc(1, sizeof *segmenter);
    if (segmenter == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    UErrorCode error = U_ZERO_ERROR;
    segmenter->run_text = (UText)UTEXT_INITIALIZER;
    segmenter->words = ubrk_open(UBRK_WORD, "pl", NULL, 0, &error);
    if (U_FAILURE(error)) {
        sp_segmenter_free(segmenter);
        return SP_FAIL(err, SP_INTERNAL, "icu", "ICU nie dzieli na słowa: %s.",
                       "ICU cannot find words: %s.", u_errorName(error));
    }
    *out = segmenter;
    return SP_OK;
}

void sp_segmenter_free(struct sp_segmenter *segmenter)
{
    if (segmenter != NULL) {
        if (segmenter->words != NULL) {
            ubrk_close(segmenter->words);
        }
        (void)utext_close(&segmenter->run_text);
        sp_free(segmenter);
    }
}

void sp_segmenter_begin(struct sp_segmenter *segmenter, struct sp_view text)
{
    segmenter->text = text;
    segmenter->run_start = 0;
    segmenter->run_end = 0;
    segmenter->cursor = 0;
    segmenter->by_icu = false;
    segmenter->status = SP_OK;
}

enum sp_status sp_segmenter_status(const struct sp_segmenter *segmenter)
{
    return segmenter->status;
}

void sp_segmenter_use_icu(struct sp_segmenter *segmenter, bool always)
{
    segmenter->always_icu = always;
}

void sp_segmenter_skip(struct sp_segmenter *segmenter, size_t offset)
{
    if (offset > segmenter->cursor) {
        segmenter->cursor = offset;
    }
}

static struct sp_view rest(const struct sp_segmenter *s, size_t from)
{
    return sp_view_from(s->text.data + from, s->text.length - from);
}

/* Let ICU look at the current run. */
static void open_run(struct sp_segmenter *s)
{
    UErrorCode error = U_ZERO_ERROR;
    (void)utext_openUTF8(&s->run_text, s->text.data + s->run_start,
                         (int64_t)(s->run_end - s->run_start), &error);
    ubrk_setUText(s->words, &s->run_text, &error);
    s->by_icu = true;
    if (U_FAILURE(error)) { /* its tables are open already: only memory can be short */
        s->status = SP_NOMEM;
    }
}

/* Find the run that holds or follows the cursor; false at the end of the text. */
static bool next_run(struct sp_segmenter *s)
{
    size_t at = s->cursor;
    for (size_t step = sp_space_length(rest(s, at)); step > 0;
         step = sp_space_length(rest(s, at))) {
        at += step;
    }
    s->run_start = at;
    s->cursor = at;
    bool is_plain = true;
    while (at < s->text.length && sp_space_length(rest(s, at)) == 0) {
        if ((unsigned char)s->text.data[at] < 0x80) {
            is_plain &= s->text.data[at] != '@';
            at++;
            continue;
        }
        size_t step = sp_fold_plain_length(rest(s, at));
        if (step == 0) {
            is_plain = false;
            (void)sp_utf8_next(s->text, &at);
        } else {
            at += step;
        }
    }
    s->run_end = at;
    s->by_icu = false;
    if (s->run_start < at && (!is_plain || s->always_icu)) {
        open_run(s);
    }
    return s->run_start < at && s->status == SP_OK;
}

static void note(struct sp_atom *atom, enum class class)
{
    atom->has_letter |= class == LETTER;
    atom->has_digit |= class == DIGIT;
    atom->has_mark |= class > DIGIT && class != SPACE;
}

/* Whether no boundary lies between a character of class `a` and the next, of class `b`, which is
 * followed by one of class `c`: WB5-WB13b. */
static bool joins(enum class before, enum class a, enum class b, enum class c)
{
    if ((a == LETTER || a == DIGIT || a == JOINER) && (b == LETTER || b == DIGIT || b == JOINER)) {
        return true; /* WB5, 8-10, 13a, 13b */
    }
    if (a == LETTER && b == MID_ANY && c == LETTER) {
        return true; /* WB6 */
    }
    if (before == LETTER && a == MID_ANY && b == LETTER) {
        return true; /* WB7 */
    }
    if (a == DIGIT && (b == MID_NUMBER || b == MID_ANY) && c == DIGIT) {
        return true; /* WB12 */
    }
    return before == DIGIT && (a == MID_NUMBER || a == MID_ANY) && b == DIGIT; /* WB11 */
}

static enum class class_at(const struct sp_segmenter *s, size_t at) {
    return at < s->run_end ? class_of((unsigned char)s->text.data[at]) : OTHER;
}

static size_t step_at(const struct sp_segmenter *s, size_t at)
{
    return (unsigned char)s->text.data[at] < 0x80 ? 1 : 2;
}

/* The stretch between two boundaries of a plain run, from the cursor. */
static void plain_stretch(const struct sp_segmenter *s, struct sp_atom *out)
{
    size_t at = s->cursor;
    enum class before = OTHER;
    enum class a = class_at(s, at);
    *out = (struct sp_atom){.start = at};
    note(out, a);
    at += step_at(s, at);
    while (at < s->run_end) {
        enum class b = class_at(s, at);
        if (a != LETTER || b != LETTER) { /* two letters always stay together */
            enum class c = class_at(s, at + step_at(s, at));
            if (!joins(before, a, b, c)) {
                break;
            }
            note(out, b);
        }
        at += step_at(s, at);
        before = a;
        a = b;
    }
    out->end = at;
}

/* The next stretch of ICU's at or after the cursor; false at the end of the run. */
static bool icu_stretch(struct sp_segmenter *s, struct sp_atom *out)
{
    int32_t from = ubrk_current(s->words);
    for (;;) {
        int32_t to = ubrk_next(s->words);
        if (to == UBRK_DONE) {
            return false;
        }
        if (s->run_start + (size_t)from >= s->cursor) {
            *out = (struct sp_atom){.start = s->run_start + (size_t)from,
                                    .end = s->run_start + (size_t)to};
            break;
        }
        from = to;
    }
    bool is_word = ubrk_getRuleStatus(s->words) >= UBRK_WORD_NUMBER;
    for (size_t i = out->start; is_word && i < out->end; i++) {
        note(out, class_of((unsigned char)s->text.data[i]));
    }
    return true;
}

bool sp_segmenter_next(struct sp_segmenter *s, struct sp_atom *out)
{
    while (s->status == SP_OK) {
        if (s->cursor >= s->run_end && !next_run(s)) {
            return false;
        }
        if (!s->by_icu) {
            plain_stretch(s, out);
        } else if (!icu_stretch(s, out)) {
            s->cursor = s->run_end;
            continue;
        }
        s->cursor = out->end;
        if (out->has_letter || out->has_digit) {
            return true;
        }
    }
    return false;
}
