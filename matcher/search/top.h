/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * The k best documents for weighted terms: exact, without scoring all of them.
 *
 * A query is a list of groups; a group is one word of the query with the terms it may stand for
 * (its lemmas, the word mended, synonyms with less weight). The contribution of a group to a
 * document is the highest contribution among its members, so that a word never counts twice; the
 * score is the sum over the groups (bm25.h), times the factor that the caller gives the document.
 * Equal scores are ordered by a hash of the document's key and the catalogue version: neither
 * alphabet nor age nor id wins.
 *
 * How: the highest score that each window of documents could give is summed up from the blocks'
 * bounds. OR takes windows from the best bound downwards until the bound is below the k-th score;
 * in a window, groups that alone cannot lift a document over the k-th score are looked up for the
 * few candidates only (MaxScore), the others are added up in an array. AND intersects the groups as
 * sets of bits, the rarest first, and scores what is left.
 */
#ifndef SP_SEARCH_TOP_H
#define SP_SEARCH_TOP_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/status.h"
#include "matcher/search/index.h"

enum {
    SP_GROUPS_MAX = 127, /* a sum of contributions stays below 2^31 */
    SP_GROUP_MEMBERS_MAX = 64,
    SP_TOP_MAX = 10200, /* largest offset and limit of a search together */
    SP_FACTOR_ONE = 1024
};

struct sp_index_member {
    struct sp_term term; /* of the same snapshot */
    uint32_t permille;   /* 1..SP_WEIGHT_FULL */
};

struct sp_index_group {
    const struct sp_index_member *members;
    size_t count; /* 0..SP_GROUP_MEMBERS_MAX; 0: a word that no document holds */
};

/** Return what the score of @p document is multiplied by, in 1/1024; 0 keeps it out. A pure
 *  function: it may be called for any document, any number of times. */
typedef uint32_t sp_index_factor_fn(void *context, const struct sp_index_document *document);

struct sp_index_query {
    const struct sp_index_group *groups;
    size_t group_count;         /* 0..SP_GROUPS_MAX; 0: every document matches with BM25 = 1 */
    bool all;                   /* AND: every group must occur; default OR: at least one */
    uint32_t powiat;            /* only documents of this powiat; 0: all */
    sp_index_factor_fn *factor; /* NULL: 1 for all */
    void *context;              /* of factor */
    size_t k;                   /* 1..SP_TOP_MAX */
    const atomic_bool *cancel;  /* checked at each window; may be NULL */
};

struct sp_index_hit {
    uint32_t document;
    uint32_t score; /* BM25 x factor, in 1/2^18; see sp_bm25_milli() */
};

/**
 * Find the best documents.
 *
 * @param arena  scratch: about 4 bytes x members x windows, and 16 x k
 * @param hits   array of at least query->k items; sorted, best first
 * @param count  how many were found
 * @return SP_OK; SP_LIMIT (too many groups or members, k out of range); SP_CANCELLED; SP_NOMEM
 *
 * Thread: any.
 */
SP_MUST_CHECK enum sp_status sp_index_top(const struct sp_index *index,
                                          const struct sp_index_query *query,
                                          struct sp_arena *arena, struct sp_index_hit *hits,
                                          size_t *count, struct sp_error *err);

/** What one group gave to a document. */
struct sp_index_part {
    uint32_t contribution; /* in 1/2^18, before the factor; 0: the group does not occur */
    uint32_t member;       /* the one that gave it, first of equals; only with a contribution */
};

/** Explain a score: fill @p parts, one for each group of @p query. */
void sp_index_explain(const struct sp_index *index, const struct sp_index_query *query,
                      uint32_t document, struct sp_index_part *parts);

/** A set of documents, as bits: document d is bit d % 64 of words[d / 64]. */
struct sp_document_set {
    uint64_t *words;
    size_t word_count;
    uint32_t count; /* members */
};

/**
 * Find all documents that @p query matches with a factor above 0; k is ignored.
 *
 * @param arena  holds the set: one bit a slot
 * @return SP_OK; SP_LIMIT; SP_CANCELLED; SP_NOMEM. Cost: about 1 ns a posting.
 */
SP_MUST_CHECK enum sp_status sp_index_matches(const struct sp_index *index,
                                              const struct sp_index_query *query,
                                              struct sp_arena *arena, struct sp_document_set *out,
                                              struct sp_error *err);

#endif
