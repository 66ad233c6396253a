/* SPDX-License-Identifier: EUPL-1.2 */
#include "matcher/language/near.h"

#include "matcher/language/fold.h"
#include "matcher/language/language.h"

/* Costs of what was changed on the way. Only their order matters: swaps are the commonest slip of
 * fast fingers, a wrong first letter the rarest, and a missing tail is hardly an error at all. */
enum {
    COST_DIACRITIC = 2,
    COST_CAPITAL = 3, /* names are rarer than words */
    COST_SWAP = 8,
    COST_DOUBLED = 8, /* a letter typed twice, or once instead of twice */
    COST_MISSING = 10,
    COST_EXTRA = 10,
    COST_NEIGHBOUR = 10, /* the key beside */
    COST_OTHER = 14,
    COST_FIRST = 6 /* on top, for an error in the first letter */
};

enum { PATH_MAX_BYTES = 2 * (SP_NEAR_MAX_LETTERS + 2), SPELLINGS_MAX = 3 };

/* A letter as bytes of UTF-8. */
struct letter {
    char bytes[2];
    uint8_t length;
};

struct search {
    const struct sp_dictionary *dictionary;
    bool diacritics;
    size_t count;
    struct letter letters[SP_NEAR_MAX_LETTERS];
    char path[PATH_MAX_BYTES];
    size_t path_length;
    uint32_t steps_left;
    sp_near_fn *take;
    void *context;
    enum sp_status status;
};

/* Where the walk stands. */
struct place {
    uint32_t node;
    size_t next; /* letter of the word */
    bool may_err;
    bool has_error;
    unsigned cost;
};

static void walk(struct search *search, struct place place);

static bool same_letter(struct letter a, struct letter b)
{
    return a.length == b.length && memcmp(a.bytes, b.bytes, a.length) == 0;
}

static struct letter letter_of(const char *text)
{
    struct letter letter = {{text[0], text[1]}, (unsigned char)text[0] < 0x80 ? 1 : 2};
    return letter;
}

/* The letter without its diacritic, as ASCII. */
static char base_of(struct letter letter)
{
    char base[2];
    (void)sp_strip_diacritics(sp_view_from(letter.bytes, letter.length), base);
    return base[0];
}

/* All spellings of the letter but itself; returns their number. */
static size_t other_spellings(struct letter letter, struct letter out[SPELLINGS_MAX])
{
    static const char *const groups[] = {"aą", "cć", "eę", "lł", "nń", "oó", "sś", "zźż"};
    size_t count = 0;
    for (size_t g = 0; g < SP_COUNT(groups); g++) {
        if (groups[g][0] != base_of(letter)) {
            continue;
        }
        for (const char *p = groups[g]; *p != '\0'; p += letter_of(p).length) {
            if (!same_letter(letter_of(p), letter)) {
                out[count++] = letter_of(p);
            }
        }
    }
    return count;
}

/* Keys beside each other on the Polish (programmer's) keyboard. */
static bool are_neighbours(struct letter a, struct letter b)
{
    static const char *const rows[] = {"qwertyuiop", "asdfghjkl", "zxcvbnm"};
    char first = base_of(a);
    char second = base_of(b);
    if (first == second) {
        return true;
    }
    for (size_t i = 0; i < SP_COUNT(rows); i++) {
        const char *at = strchr(rows[i], first);
        if (at != NULL && (at[1] == second || (at > rows[i] && at[-1] == second))) {
            return second != '\0';
        }
    }
    return false;
}

static uint32_t follow(struct search *search, uint32_t node, struct letter letter)
{
    if (search->steps_left == 0) {
        return 0;
    }
    search->steps_left--;
    return sp_automaton_follow(&search->dictionary->automaton, node,
                               sp_view_from(letter.bytes, letter.length));
}

/* Go on over `letter`, which leads to `place.node`. */
static void step(struct search *search, struct letter letter, struct place place)
{
    if (place.node == 0 || search->path_length + letter.length > sizeof search->path) {
        return;
    }
    memcpy(search->path + search->path_length, letter.bytes, letter.length);
    search->path_length += letter.length;
    walk(search, place);
    search->path_length -= letter.length;
}

/* Go on over `letter` in lower case and, at the beginning, as a capital. */
static void step_any_case(struct search *search, struct letter letter, struct place place)
{
    uint32_t from = place.node;
    place.node = follow(search, from, letter);
    step(search, letter, place);
    if (search->path_length == 0) {
        struct letter capital = letter;
        sp_fold_capitalise(capital.bytes, capital.length);
        place.node = follow(search, from, capital);
        place.cost += COST_CAPITAL;
        step(search, capital, place);
    }
}

static void step_letter(struct search *search, struct place place)
{
    struct letter letter = search->letters[place.next];
    struct letter spellings[SPELLINGS_MAX];
    place.next++;
    step_any_case(search, letter, place);
    if (search->diacritics) {
        size_t count = other_spellings(letter, spellings);
        place.cost += COST_DIACRITIC;
        for (size_t i = 0; i < count; i++) {
            step_any_case(search, spellings[i], place);
        }
    }
}

/* Swap the next two letters. */
static void step_swapped(struct search *search, struct place place)
{
    struct letter first = search->letters[place.next];
    struct letter second = search->letters[place.next + 1];
    if (same_letter(first, second)) {
        return;
    }
    search->letters[place.next] = second;
    search->letters[place.next + 1] = first;
    place.cost += COST_SWAP;
    step_letter(search, place);
    search->letters[place.next] = first;
    search->letters[place.next + 1] = second;
}

/* A letter of the form that the word lacks, or has another for. */
static void step_foreign(struct search *search, struct place place, struct letter letter)
{
    bool is_first = place.next == 0;
    const struct letter *before = place.next > 0 ? &search->letters[place.next - 1] : NULL;
    const struct letter *here = place.next < search->count ? &search->letters[place.next] : NULL;
    struct place missing = place;
    missing.cost += before != NULL && same_letter(*before, letter) ? COST_DOUBLED : COST_MISSING;
    missing.cost += is_first ? COST_FIRST : 0;
    step(search, letter, missing);
    if (here != NULL && base_of(*here) != base_of(letter)) {
        place.next++;
        place.cost += are_neighbours(*here, letter) ? COST_NEIGHBOUR : COST_OTHER;
        place.cost += is_first ? COST_FIRST : 0;
        step(search, letter, place);
    }
}

/* Try every letter that the automaton has at this place. */
static void step_any_letter(struct search *search, struct place place)
{
    const struct sp_automaton *automaton = &search->dictionary->automaton;
    struct sp_arc_iterator arcs = sp_automaton_arcs(place.node);
    struct sp_arc lead;
    while (search->steps_left > 0 && sp_automaton_next(automaton, &arcs, &lead)) {
        search->steps_left--;
        bool is_letter =
            (lead.label >= 'a' && lead.label <= 'z') || (lead.label >= 'A' && lead.label <= 'Z');
        if (is_letter && lead.target != 0) {
            place.node = lead.target;
            step_foreign(search, place, (struct letter){{(char)lead.label, 0}, 1});
        }
        if (lead.label < 0xC3 || lead.label > 0xC5 || lead.target == 0) {
            continue; /* Polish letters lie in U+00C0..U+017F */
        }
        struct sp_arc_iterator seconds = sp_automaton_arcs(lead.target);
        struct sp_arc second;
        while (sp_automaton_next(automaton, &seconds, &second)) {
            place.node = second.target;
            struct letter letter = {{(char)lead.label, (char)second.label}, 2};
            if (sp_fold_plain_length(sp_view_from(letter.bytes, 2)) == 2 && place.node != 0) {
                step_foreign(search, place, letter);
            }
        }
    }
}

static void take_errors(struct search *search, struct place place)
{
    bool is_first = place.next == 0;
    place.may_err = false;
    place.has_error = true;
    step_any_letter(search, place);
    if (place.next + 1 < search->count) {
        step_swapped(search, place);
    }
    if (place.next < search->count) { /* a letter too many */
        bool is_double =
            !is_first && same_letter(search->letters[place.next], search->letters[place.next - 1]);
        place.cost += (is_double ? COST_DOUBLED : COST_EXTRA) + (is_first ? COST_FIRST : 0);
        place.next++;
        walk(search, place);
    }
}

static void report(struct search *search, struct place place)
{
    struct sp_near_match match = {.form = sp_view_from(search->path, search->path_length),
                                  .node = place.node,
                                  .has_error = place.has_error,
                                  .cost = place.cost};
    if (sp_dictionary_has(search->dictionary, place.node)) {
        search->status = search->take(search->context, &match);
    }
}

/* Recursion is as deep as the path: at most two letters more than the word has. */
static void walk(struct search *search, struct place place)
{
    if (search->status != SP_OK || search->steps_left == 0) {
        return;
    }
    if (place.next == search->count) {
        report(search, place);
    } else {
        step_letter(search, place);
    }
    if (place.may_err) {
        take_errors(search, place);
    }
}

enum sp_status sp_near_find(const struct sp_dictionary *dictionary,
                            const struct sp_near_query *query, sp_near_fn *take, void *context)
{
    struct search search = {.dictionary = dictionary,
                            .diacritics = query->diacritics,
                            .steps_left = SP_NEAR_MAX_STEPS,
                            .take = take,
                            .context = context,
                            .status = SP_OK};
    for (size_t i = 0; i < query->word.length; search.count++) {
        struct sp_view left = sp_view_from(query->word.data + i, query->word.length - i);
        size_t length = sp_fold_plain_length(left);
        if (length == 0 || search.count == SP_NEAR_MAX_LETTERS) {
            return SP_OK; /* not Polish, or too long */
        }
        memcpy(search.letters[search.count].bytes, left.data, length);
        search.letters[search.count].length = (uint8_t)length;
        i += length;
    }
    struct place start = {.node = dictionary->automaton.root, .may_err = query->error};
    walk(&search, start);
    return search.status;
}
