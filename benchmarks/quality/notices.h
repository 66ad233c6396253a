/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Titles, descriptions and codes of a JSON lines file: {"title","desc","cpv"}, "id" if there is
 * one.
 */
#ifndef SP_BENCHMARKS_QUALITY_NOTICES_H
#define SP_BENCHMARKS_QUALITY_NOTICES_H

#include "base/arena.h"
#include "matcher/vocabulary/cpv.h"

struct notice {
    struct sp_view title; /* one line */
    struct sp_view whole; /* title, line end, description */
    char code[SP_CPV_DIGITS + 1];
    const struct sp_cpv *cpv; /* NULL: no such code in the tables */
    uint64_t group;           /* the same for the lots of one notice ("ID#1", "ID#2") */
    bool has_id;
};

struct notice_list {
    struct notice *items; /* heap */
    size_t count;
    size_t capacity;
};

/** Read @p path and append its notices. @p arena holds the texts.
 *  @return SP_OK; SP_INVALID (names file and line); SP_NOT_FOUND; SP_IO; SP_LIMIT; SP_NOMEM */
SP_MUST_CHECK enum sp_status notices_read(const char *path, const struct sp_cpv_tree *tree,
                                          struct sp_arena *arena, struct notice_list *list,
                                          struct sp_error *err);
void notices_release(struct notice_list *list);

/** Tell whether a notice belongs to the third that was never looked at while data/cpv_words.tsv was
 *  written: FNV-1a of its id (without the lot), modulo 3, is 1. Without an id: false. */
bool notice_is_kept_apart(const struct notice *notice);

#endif
