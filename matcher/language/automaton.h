/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * A finite automaton in the CFSA2 format, walked where it lies (mapped read-only).
 *
 * The format is morfologik's (https://github.com/morfologik/morfologik-stemming, CFSA2): a header
 * ("\fsa", 0xC6, two bytes of flags, the number of frequent labels, those labels), then the arcs of
 * each node in a row. An arc is
 *
 *     byte   N L F M M M M M   N: the target node follows the last arc of this node
 *                              L: the last arc of the node    F: a string ends here
 *                              M: index of a frequent label, or 0
 *     byte   the label, if M is 0
 *     bytes  the target's offset, 7 bits each, low bits first, if N is 0
 *
 * Offset 0 is the dummy node whose one arc leads to the root; as a target it means "no further".
 *
 * Nothing in the file is trusted: every read is checked against its end and a node may have at most
 * 256 arcs, so that a damaged file gives wrong or no answers, but never a crash or an endless loop.
 * Walks in depth are bounded by their callers (a damaged automaton may have cycles).
 */
#ifndef SP_LANGUAGE_AUTOMATON_H
#define SP_LANGUAGE_AUTOMATON_H

#include <stdbool.h>
#include <stdint.h>

#include "base/status.h"
#include "base/view.h"

struct sp_automaton {
    const uint8_t *arcs; /* borrowed */
    uint32_t size;       /* bytes of arcs */
    uint32_t root;       /* a node: the offset of its first arc */
    uint8_t labels[32];  /* frequent labels by index; 0 is unused */
};

struct sp_arc {
    uint32_t target; /* a node, or 0: nothing follows */
    uint8_t label;
    bool is_final; /* a string of the automaton ends with this arc */
};

/** Steps through the arcs of one node. Zero `next` ends it. */
struct sp_arc_iterator {
    uint32_t next;  /* offset of the arc to read, 0 after the last */
    uint32_t after; /* offset past the last arc, found when first needed; 0 before */
    uint32_t left;  /* arcs that may still come before the node counts as damaged */
};

/**
 * Read the header of @p file.
 *
 * @param file  borrowed; must outlive @p out
 * @return SP_OK; SP_CORRUPT (not CFSA2, cut, too large or with numbers, which we have no use for)
 */
SP_MUST_CHECK enum sp_status sp_automaton_open(struct sp_view file, const char *place,
                                               struct sp_automaton *out, struct sp_error *err);

struct sp_arc_iterator sp_automaton_arcs(uint32_t node);

/** Read the next arc; false after the last and where the file is damaged. */
bool sp_automaton_next(const struct sp_automaton *automaton, struct sp_arc_iterator *iterator,
                       struct sp_arc *out);

/** Find the arc of @p node with @p label. */
bool sp_automaton_arc(const struct sp_automaton *automaton, uint32_t node, uint8_t label,
                      struct sp_arc *out);

/** Follow @p bytes from @p node; returns the node reached, or 0. */
uint32_t sp_automaton_follow(const struct sp_automaton *automaton, uint32_t node,
                             struct sp_view bytes);

#endif
