/* SPDX-License-Identifier: EUPL-1.2 */
#include "matcher/language/automaton.h"

enum {
    HEADER_BYTES = 8,
    VERSION_CFSA2 = 0xC6,
    FLAG_NUMBERS = 1 << 8, /* nodes prefixed by counts: perfect hashing, not used here */
    BIT_TARGET_NEXT = 1 << 7,
    BIT_LAST = 1 << 6,
    BIT_FINAL = 1 << 5,
    LABEL_MASK = 31,
    MAX_ARCS = 256,       /* labels of a node are distinct bytes */
    MAX_OFFSET_BYTES = 4, /* 28 bits: a file of 256 MiB; PoliMorf has 2.8 MB */
    MAX_ARC_BYTES = 2 + MAX_OFFSET_BYTES + 1
};

/* Where the arc at `offset` ends; 0 if it runs past the end of the file. */
static uint32_t skip_arc(const struct sp_automaton *a, uint32_t offset)
{
    if (offset >= a->size) {
        return 0;
    }
    uint8_t head = a->arcs[offset++];
    if ((head & LABEL_MASK) == 0) {
        offset++;
    }
    if ((head & BIT_TARGET_NEXT) == 0) {
        int count = 0;
        uint8_t byte;
        do {
            if (offset >= a->size || count++ == MAX_OFFSET_BYTES) {
                return 0;
            }
            byte = a->arcs[offset++];
        } while ((byte & 0x80) != 0);
    }
    return offset <= a->size ? offset : 0;
}

static uint32_t read_offset(const struct sp_automaton *a, uint32_t at)
{
    uint32_t value = 0;
    for (uint32_t shift = 0;; shift += 7) {
        uint8_t byte = a->arcs[at++];
        value |= (uint32_t)(byte & 0x7F) << shift;
        if ((byte & 0x80) == 0) {
            return value;
        }
    }
}

/* The first offset past the node that the arc at `offset` belongs to; 0 if damaged. */
static uint32_t end_of_node(const struct sp_automaton *a, uint32_t offset, uint32_t left)
{
    for (;; left--) {
        uint32_t next = skip_arc(a, offset);
        if (next == 0 || left == 0) {
            return 0;
        }
        if ((a->arcs[offset] & BIT_LAST) != 0) {
            return next;
        }
        offset = next;
    }
}

struct sp_arc_iterator sp_automaton_arcs(uint32_t node)
{
    return (struct sp_arc_iterator){.next = node, .after = 0, .left = MAX_ARCS};
}

/* Read the arc at `offset`, which may be 0 for the dummy node only. */
static bool read_arc(const struct sp_automaton *a, uint32_t offset,
                     struct sp_arc_iterator *iterator, struct sp_arc *out)
{
    uint32_t end = iterator->left == 0 ? 0 : skip_arc(a, offset);
    iterator->next = 0;
    if (end == 0) {
        return false;
    }
    uint8_t head = a->arcs[offset];
    bool is_explicit = (head & LABEL_MASK) == 0;
    out->label = is_explicit ? a->arcs[offset + 1] : a->labels[head & LABEL_MASK];
    out->is_final = (head & BIT_FINAL) != 0;
    if ((head & BIT_TARGET_NEXT) == 0) {
        out->target = read_offset(a, offset + (is_explicit ? 2 : 1));
    } else {
        if (iterator->after == 0) {
            iterator->after = end_of_node(a, offset, iterator->left);
        }
        out->target = iterator->after;
    }
    if (out->target >= a->size) {
        out->target = 0;
    }
    iterator->left--;
    iterator->next = (head & BIT_LAST) != 0 || end >= a->size ? 0 : end;
    return true;
}

bool sp_automaton_next(const struct sp_automaton *a, struct sp_arc_iterator *iterator,
                       struct sp_arc *out)
{
    return iterator->next != 0 && read_arc(a, iterator->next, iterator, out);
}

bool sp_automaton_arc(const struct sp_automaton *a, uint32_t node, uint8_t label,
                      struct sp_arc *out)
{
    /* Skips other arcs without reading them whole: most of the time of a lookup is spent here. */
    const uint8_t *arcs = a->arcs;
    uint32_t at = node;
    for (uint32_t left = MAX_ARCS; left > 0 && at + MAX_ARC_BYTES <= a->size; left--) {
        uint8_t head = arcs[at];
        uint32_t next = at + 1;
        uint8_t own = (head & LABEL_MASK) != 0 ? a->labels[head & LABEL_MASK] : arcs[next++];
        if (own == label) {
            struct sp_arc_iterator iterator = {.next = at, .after = 0, .left = left};
            return read_arc(a, at, &iterator, out);
        }
        if ((head & BIT_LAST) != 0) {
            return false;
        }
        if ((head & BIT_TARGET_NEXT) == 0) {
            uint32_t end = next + MAX_OFFSET_BYTES;
            while (next < end && (arcs[next] & 0x80) != 0) {
                next++;
            }
            next++;
        }
        at = next;
    }
    /* The last bytes of the file, read with all care. */
    struct sp_arc_iterator iterator = sp_automaton_arcs(at < a->size ? at : 0);
    while (sp_automaton_next(a, &iterator, out)) {
        if (out->label == label) {
            return true;
        }
    }
    return false;
}

uint32_t sp_automaton_follow(const struct sp_automaton *a, uint32_t node, struct sp_view bytes)
{
    for (size_t i = 0; i < bytes.length && node != 0; i++) {
        struct sp_arc arc;
        node = sp_automaton_arc(a, node, (uint8_t)bytes.data[i], &arc) ? arc.target : 0;
    }
    return node;
}

enum sp_status sp_automaton_open(struct sp_view file, const char *place, struct sp_automaton *out,
                                 struct sp_error *err)
{
    const uint8_t *bytes = (const uint8_t *)file.data;
    if (file.length < HEADER_BYTES || memcmp(bytes, "\\fsa", 4) != 0 || bytes[4] != VERSION_CFSA2) {
        return SP_FAIL(err, SP_CORRUPT, place, "%s nie jest automatem CFSA2.",
                       "%s is not a CFSA2 automaton.", place);
    }
    uint32_t flags = (uint32_t)bytes[5] << 8 | bytes[6];
    uint32_t label_count = bytes[7];
    if ((flags & FLAG_NUMBERS) != 0 || label_count > sizeof out->labels ||
        file.length >= UINT32_MAX || file.length <= HEADER_BYTES + label_count) {
        return SP_FAIL(err, SP_CORRUPT, place, "Słownik %s ma błędny nagłówek.",
                       "The dictionary %s has a wrong header.", place);
    }
    *out = (struct sp_automaton){
        .arcs = bytes + HEADER_BYTES + label_count,
        .size = (uint32_t)(file.length - HEADER_BYTES - label_count),
    };
    memcpy(out->labels, bytes + HEADER_BYTES, label_count);
    struct sp_arc dummy;
    struct sp_arc_iterator first = {.next = 0, .after = 0, .left = MAX_ARCS};
    if (!read_arc(out, 0, &first, &dummy) || dummy.target == 0) {
        return SP_FAIL(err, SP_CORRUPT, place, "Słownik %s nie ma korzenia.",
                       "The dictionary %s has no root.", place);
    }
    out->root = dummy.target;
    return SP_OK;
}
