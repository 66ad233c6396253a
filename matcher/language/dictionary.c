/* SPDX-License-Identifier: EUPL-1.2 */
#include "matcher/language/dictionary.h"

#include <stdio.h>

#include "base/file.h"

enum {
    SEPARATOR = ';',        /* polish.info, fsa.dict.separator */
    ENTRY_MAX_BYTES = 1500, /* ending and tags of one reading; the longest in PoliMorf has 1,166 */
    ENTRY_MAX_ARCS = 20000  /* work bound for one form in a damaged file with cycles */
};

/* A walk over all strings below one node, without recursion into a damaged file's cycles. */
struct walk {
    const struct sp_automaton *automaton;
    struct sp_view form;
    struct sp_readings *readings;
    uint32_t arcs_left;
    size_t length;
    char entry[ENTRY_MAX_BYTES]; /* bytes after the separator that follows the form */
};

static void add_reading(struct sp_readings *out, struct sp_view head, struct sp_view ending,
                        struct sp_view tags)
{
    size_t lemma_bytes = head.length + ending.length;
    if (out->count == SP_READINGS_MAX || lemma_bytes == 0 ||
        lemma_bytes + tags.length > sizeof out->bytes - out->used_bytes) {
        return;
    }
    char *to = out->bytes + out->used_bytes;
    memcpy(to, head.data, head.length);
    memcpy(to + head.length, ending.data, ending.length);
    memcpy(to + lemma_bytes, tags.data, tags.length);
    out->items[out->count++] = (struct sp_reading){
        .lemma = (uint16_t)out->used_bytes,
        .lemma_bytes = (uint16_t)lemma_bytes,
        .tags = (uint16_t)(out->used_bytes + lemma_bytes),
        .tags_bytes = (uint16_t)tags.length,
    };
    out->used_bytes += lemma_bytes + tags.length;
}

/* Decode one "PSending;tags"; what does not fit the form is skipped (damaged file). */
static void decode_entry(const struct walk *walk)
{
    struct sp_view entry = sp_view_from(walk->entry, walk->length);
    const char *border = memchr(entry.data, SEPARATOR, entry.length);
    if (border == NULL || border - entry.data < 2) {
        return;
    }
    /* 255 would mean "remove everything" (morfologik's escape); PoliMorf uses no such count. */
    size_t prefix = (uint8_t)entry.data[0] - (size_t)'A';
    size_t suffix = (uint8_t)entry.data[1] - (size_t)'A';
    if (prefix > walk->form.length || suffix > walk->form.length - prefix) {
        return;
    }
    struct sp_view head =
        sp_view_from(walk->form.data + prefix, walk->form.length - prefix - suffix);
    struct sp_view ending = sp_view_from(entry.data + 2, (size_t)(border - entry.data) - 2);
    struct sp_view tags = sp_view_from(border + 1, entry.length - ending.length - 3);
    add_reading(walk->readings, head, ending, tags);
}

static void walk_entries(struct walk *walk, uint32_t node)
{
    struct sp_arc_iterator arcs = sp_automaton_arcs(node);
    struct sp_arc arc;
    while (walk->arcs_left > 0 && sp_automaton_next(walk->automaton, &arcs, &arc)) {
        walk->arcs_left--;
        if (walk->length == sizeof walk->entry) {
            return;
        }
        walk->entry[walk->length++] = (char)arc.label;
        if (arc.is_final) {
            decode_entry(walk);
        }
        if (arc.target != 0) {
            walk_entries(walk, arc.target);
        }
        walk->length--;
    }
}

bool sp_dictionary_has(const struct sp_dictionary *dictionary, uint32_t node)
{
    struct sp_arc arc;
    return node != 0 && sp_automaton_arc(&dictionary->automaton, node, SEPARATOR, &arc);
}

bool sp_dictionary_read(const struct sp_dictionary *dictionary, uint32_t node, struct sp_view form,
                        struct sp_readings *readings)
{
    struct sp_arc arc;
    if (node == 0 || !sp_automaton_arc(&dictionary->automaton, node, SEPARATOR, &arc) ||
        arc.target == 0) {
        return false;
    }
    struct walk walk = {.automaton = &dictionary->automaton,
                        .form = form,
                        .readings = readings,
                        .arcs_left = ENTRY_MAX_ARCS};
    walk_entries(&walk, arc.target);
    return true;
}

void sp_dictionary_find(const struct sp_dictionary *dictionary, struct sp_view form,
                        struct sp_readings *readings)
{
    uint32_t node = sp_automaton_follow(&dictionary->automaton, dictionary->automaton.root, form);
    (void)sp_dictionary_read(dictionary, node, form, readings);
}

enum sp_status sp_dictionary_open(const char *share_dir, struct sp_dictionary *out,
                                  struct sp_error *err)
{
    char path[4096];
    *out = (struct sp_dictionary){.file = {NULL, 0}};
    if (sp_file_join(share_dir, "polish.dict", path, sizeof path) != SP_OK) {
        return SP_FAIL(err, SP_LIMIT, share_dir, "Za długa ścieżka do słownika.",
                       "The path of the dictionary is too long.");
    }
    enum sp_status status = sp_file_map(path, &out->file, err);
    if (status == SP_OK) {
        status = sp_automaton_open(out->file, path, &out->automaton, err);
    }
    if (status != SP_OK) {
        sp_dictionary_release(out);
    }
    return status;
}

void sp_dictionary_release(struct sp_dictionary *dictionary)
{
    sp_file_unmap(dictionary->file);
    *dictionary = (struct sp_dictionary){.file = {NULL, 0}};
}
