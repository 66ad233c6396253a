/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * The dictionary of Polish forms: PoliMorf as morfologik packs it.
 *
 * The automaton holds strings "form;PSending;tags": P and S are letters that count ('A' is 0) the
 * bytes to cut off the form's beginning and end before `ending` is added, which gives the lemma
 * (morfologik's encoder PREFIX); tags are sets of NKJP tags joined by '+'. Forms and lemmas keep
 * the capitals of proper names.
 *
 * Tags are long, but there are only some four thousand different sets, each at one node of the
 * automaton. A reader (one per thread) remembers what the set at a node says, so that a lookup
 * walks the form and the short ending only.
 */
#ifndef SP_LANGUAGE_DICTIONARY_H
#define SP_LANGUAGE_DICTIONARY_H

#include "matcher/language/automaton.h"

/** Shared, read-only. */
struct sp_dictionary {
    struct sp_view file; /* owned mapping */
    struct sp_automaton automaton;
};

enum {
    SP_READINGS_MAX = 48,        /* PoliMorf has at most 6 for one spelling; four are looked up */
    SP_READING_BYTES_MAX = 4096, /* lemmas of all readings; more are dropped */
    SP_TAG_SLOTS = 1 << 14,      /* remembered sets of tags; PoliMorf has 4,335 */
};

/** One way to read a form: a lemma in its own spelling, and what its tags say (tags.h). */
struct sp_reading {
    struct sp_view lemma; /* points into sp_readings.bytes */
    unsigned kinds;       /* enum sp_tag_kinds */
};

/** Readings of one form, in the order of the automaton. Must not be copied. */
struct sp_readings {
    size_t count;
    size_t used_bytes;
    struct sp_reading items[SP_READINGS_MAX];
    char bytes[SP_READING_BYTES_MAX];
};

/** A thread's access to the dictionary. Zeroed, with the dictionary set, it is ready. */
struct sp_dictionary_reader {
    const struct sp_dictionary *dictionary; /* borrowed */
    size_t tag_count;
    struct {
        uint32_t node; /* 0: free */
        uint32_t kinds;
    } tags[SP_TAG_SLOTS];
};

/** Map polish.dict of @p share_dir; SP_NOT_FOUND, SP_CORRUPT, SP_IO. */
SP_MUST_CHECK enum sp_status sp_dictionary_open(const char *share_dir, struct sp_dictionary *out,
                                                struct sp_error *err);

/** Unmap it; zeroed storage is accepted. */
void sp_dictionary_release(struct sp_dictionary *dictionary);

/** Forget all readings. */
static inline void sp_readings_clear(struct sp_readings *readings)
{
    readings->count = 0;
    readings->used_bytes = 0;
}

/** Add the readings of @p form, spelt exactly so, to @p readings. */
void sp_dictionary_find(struct sp_dictionary_reader *reader, struct sp_view form,
                        struct sp_readings *readings);

/** Add the readings of @p form, which led from the root to @p node. */
void sp_dictionary_read(struct sp_dictionary_reader *reader, uint32_t node, struct sp_view form,
                        struct sp_readings *readings);

/** Whether a form ends at @p node. */
bool sp_dictionary_has(const struct sp_dictionary *dictionary, uint32_t node);

/** Take one entry of a form: its lemma's cuts and ending, and its tags. */
typedef void sp_entry_fn(void *context, struct sp_view code, struct sp_view tags);

/** Hand over all entries of the form that led to @p node, tags in full: for tests and for teaching.
 */
void sp_dictionary_entries(const struct sp_dictionary *dictionary, uint32_t node, sp_entry_fn *take,
                           void *context);

#endif
