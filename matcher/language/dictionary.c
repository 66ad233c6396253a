/* SPDX-License-Identifier: EUPL-1.2 */
#include "matcher/language/dictionary.h"

#include "base/file.h"
#include "matcher/language/tags.h"

enum {
    SEPARATOR = ';',        /* polish.info, fsa.dict.separator */
    CODE_MAX_BYTES = 128,   /* cuts and ending of a lemma */
    TAGS_MAX_BYTES = 1500,  /* the longest set in PoliMorf has 1,107 */
    ENTRY_MAX_ARCS = 20000, /* work bound for one form in a damaged file with cycles */
    TAG_COUNT_MAX = SP_TAG_SLOTS / 2
};

/* A walk over all strings below one node. `stop` ends a string early where it is met. */
struct walk {
    const struct sp_automaton *automaton;
    void (*take)(struct walk *walk, uint32_t node); /* a string: bytes; node after the stop, or 0 */
    void *context;
    char stop; /* '\0': none, strings end at final arcs */
    uint32_t arcs_left;
    size_t length;
    size_t max_length;
    char *bytes; /* borrowed: room for max_length */
};

static void walk_strings(struct walk *walk, uint32_t node)
{
    struct sp_arc_iterator arcs = sp_automaton_arcs(node);
    struct sp_arc arc;
    while (walk->arcs_left > 0 && sp_automaton_next(walk->automaton, &arcs, &arc)) {
        walk->arcs_left--;
        if (walk->stop != '\0' && arc.label == (uint8_t)walk->stop) {
            walk->take(walk, arc.target);
            continue;
        }
        if (walk->length == walk->max_length) {
            return;
        }
        walk->bytes[walk->length++] = (char)arc.label;
        if (walk->stop == '\0' && arc.is_final) {
            walk->take(walk, 0);
        }
        if (arc.target != 0) {
            walk_strings(walk, arc.target);
        }
        walk->length--;
    }
}

static void join_tags(struct walk *walk, uint32_t node)
{
    (void)node;
    unsigned *kinds = walk->context;
    unsigned own = sp_tag_kinds(sp_view_from(walk->bytes, walk->length));
    *kinds = *kinds == 0 ? own : sp_tag_kinds_join(*kinds, own);
}

static unsigned read_kinds(const struct sp_automaton *automaton, uint32_t node)
{
    unsigned kinds = 0;
    char bytes[TAGS_MAX_BYTES];
    struct walk walk = {.automaton = automaton,
                        .take = join_tags,
                        .context = &kinds,
                        .arcs_left = ENTRY_MAX_ARCS,
                        .max_length = sizeof bytes,
                        .bytes = bytes};
    walk_strings(&walk, node);
    return kinds;
}

/* What the tags at `node` say: remembered, or read and remembered. */
static unsigned kinds_at(struct sp_dictionary_reader *reader, uint32_t node)
{
    enum { SLOT_MASK = SP_TAG_SLOTS - 1 };
    if (reader->tag_count == TAG_COUNT_MAX) { /* a damaged file: PoliMorf has half as many */
        memset(reader->tags, 0, sizeof reader->tags);
        reader->tag_count = 0;
    }
    uint32_t at = node * 2654435761u >> 18 & SLOT_MASK; /* Fibonacci hashing */
    while (reader->tags[at].node != 0 && reader->tags[at].node != node) {
        at = (at + 1) & SLOT_MASK;
    }
    if (reader->tags[at].node == 0) {
        reader->tags[at].node = node;
        reader->tags[at].kinds = read_kinds(&reader->dictionary->automaton, node);
        reader->tag_count++;
    }
    return reader->tags[at].kinds;
}

/* What one lookup needs while its codes are walked. */
struct lookup {
    struct sp_dictionary_reader *reader;
    struct sp_view form;
    struct sp_readings *readings;
};

static void add_reading(struct sp_readings *out, struct sp_view head, struct sp_view ending,
                        unsigned kinds)
{
    size_t length = head.length + ending.length;
    if (out->count == SP_READINGS_MAX || length == 0 ||
        length > sizeof out->bytes - out->used_bytes) {
        return;
    }
    char *to = out->bytes + out->used_bytes;
    memcpy(to, head.data, head.length);
    memcpy(to + head.length, ending.data, ending.length);
    out->items[out->count++] = (struct sp_reading){sp_view_from(to, length), kinds};
    out->used_bytes += length;
}

/* Apply "PSending" to the form; what does not fit it is skipped (damaged file). */
static void decode(struct walk *walk, uint32_t node)
{
    struct lookup *lookup = walk->context;
    if (walk->length < 2 || node == 0) {
        return;
    }
    /* morfologik's escape for "remove everything" is not used by PoliMorf and would not fit. */
    size_t prefix = (uint8_t)walk->bytes[0] - (size_t)'A';
    size_t suffix = (uint8_t)walk->bytes[1] - (size_t)'A';
    if (prefix > lookup->form.length || suffix > lookup->form.length - prefix) {
        return;
    }
    struct sp_view head =
        sp_view_from(lookup->form.data + prefix, lookup->form.length - prefix - suffix);
    add_reading(lookup->readings, head, sp_view_from(walk->bytes + 2, walk->length - 2),
                kinds_at(lookup->reader, node));
}

bool sp_dictionary_has(const struct sp_dictionary *dictionary, uint32_t node)
{
    struct sp_arc arc;
    return node != 0 && sp_automaton_arc(&dictionary->automaton, node, SEPARATOR, &arc);
}

void sp_dictionary_read(struct sp_dictionary_reader *reader, uint32_t node, struct sp_view form,
                        struct sp_readings *readings)
{
    struct sp_arc arc;
    const struct sp_automaton *automaton = &reader->dictionary->automaton;
    if (node == 0 || !sp_automaton_arc(automaton, node, SEPARATOR, &arc) || arc.target == 0) {
        return;
    }
    char bytes[CODE_MAX_BYTES];
    struct lookup lookup = {.reader = reader, .form = form, .readings = readings};
    struct walk walk = {.automaton = automaton,
                        .take = decode,
                        .context = &lookup,
                        .stop = SEPARATOR,
                        .arcs_left = ENTRY_MAX_ARCS,
                        .max_length = sizeof bytes,
                        .bytes = bytes};
    walk_strings(&walk, arc.target);
}

void sp_dictionary_find(struct sp_dictionary_reader *reader, struct sp_view form,
                        struct sp_readings *readings)
{
    const struct sp_automaton *automaton = &reader->dictionary->automaton;
    sp_dictionary_read(reader, sp_automaton_follow(automaton, automaton->root, form), form,
                       readings);
}

struct entries {
    sp_entry_fn *take;
    void *context;
};

static void hand_over(struct walk *walk, uint32_t node)
{
    (void)node;
    const struct entries *entries = walk->context;
    const char *border = memchr(walk->bytes, SEPARATOR, walk->length);
    size_t code = border == NULL ? walk->length : (size_t)(border - walk->bytes);
    size_t tags = border == NULL ? walk->length : code + 1;
    entries->take(entries->context, sp_view_from(walk->bytes, code),
                  sp_view_from(walk->bytes + tags, walk->length - tags));
}

void sp_dictionary_entries(const struct sp_dictionary *dictionary, uint32_t node, sp_entry_fn *take,
                           void *context)
{
    struct sp_arc arc;
    char bytes[TAGS_MAX_BYTES];
    struct entries entries = {take, context};
    if (node != 0 && sp_automaton_arc(&dictionary->automaton, node, SEPARATOR, &arc)) {
        struct walk walk = {.automaton = &dictionary->automaton,
                            .take = hand_over,
                            .context = &entries,
                            .arcs_left = ENTRY_MAX_ARCS,
                            .max_length = sizeof bytes,
                            .bytes = bytes};
        walk_strings(&walk, arc.target);
    }
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
