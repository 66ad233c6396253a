/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * The dictionary of Polish forms: PoliMorf as morfologik packs it.
 *
 * The automaton holds strings "form;PSending;tags": P and S are letters that count ('A' is 0) the
 * bytes to cut off the form's beginning and end before `ending` is added, which gives the lemma
 * (morfologik's encoder PREFIX); tags are sets of NKJP tags joined by '+'. Forms and lemmas keep
 * the capitals of proper names.
 */
#ifndef SP_LANGUAGE_DICTIONARY_H
#define SP_LANGUAGE_DICTIONARY_H

#include "matcher/language/automaton.h"

struct sp_dictionary {
    struct sp_view file; /* owned mapping */
    struct sp_automaton automaton;
};

/** One way to read a form: a lemma in its own spelling and the tags it has there. */
struct sp_reading {
    uint16_t lemma; /* offset in sp_readings.bytes */
    uint16_t lemma_bytes;
    uint16_t tags;
    uint16_t tags_bytes;
};

enum {
    SP_READINGS_MAX = 48,        /* PoliMorf has at most 6 for one spelling; four are looked up */
    SP_READING_BYTES_MAX = 16384 /* tags of all readings; more are dropped */
};

/** Readings of one form, in the order of the automaton. Plain storage, cleared by setting count. */
struct sp_readings {
    size_t count;
    size_t used_bytes;
    struct sp_reading items[SP_READINGS_MAX];
    char bytes[SP_READING_BYTES_MAX];
};

static inline struct sp_view sp_reading_lemma(const struct sp_readings *readings, size_t i)
{
    return sp_view_from(readings->bytes + readings->items[i].lemma, readings->items[i].lemma_bytes);
}

static inline struct sp_view sp_reading_tags(const struct sp_readings *readings, size_t i)
{
    return sp_view_from(readings->bytes + readings->items[i].tags, readings->items[i].tags_bytes);
}

/** Map polish.dict of @p share_dir; SP_NOT_FOUND, SP_CORRUPT, SP_IO. */
SP_MUST_CHECK enum sp_status sp_dictionary_open(const char *share_dir, struct sp_dictionary *out,
                                                struct sp_error *err);

/** Unmap it; zeroed storage is accepted. */
void sp_dictionary_release(struct sp_dictionary *dictionary);

/** Add the readings of @p form, spelt exactly so, to @p readings. */
void sp_dictionary_find(const struct sp_dictionary *dictionary, struct sp_view form,
                        struct sp_readings *readings);

/**
 * Add the readings below @p node, which following @p form from the root has reached.
 *
 * @return whether the node ends a form of the dictionary
 */
bool sp_dictionary_read(const struct sp_dictionary *dictionary, uint32_t node, struct sp_view form,
                        struct sp_readings *readings);

/** Whether a form ends at @p node. */
bool sp_dictionary_has(const struct sp_dictionary *dictionary, uint32_t node);

#endif
