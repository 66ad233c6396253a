/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Data that people edit as blocks of "key: value", parted by empty lines.
 *
 *     # a comment
 *     rule: PZP94
 *     text: a value may go on in further lines
 *       that begin with two spaces;
 *       .
 *       a dot alone in such a line starts a new line of the value.
 *
 * Strict: an unknown or double key, an empty value, a line without a colon name file and line.
 */
#ifndef SP_BASE_BLOCKS_H
#define SP_BASE_BLOCKS_H

#include "base/arena.h"
#include "base/status.h"

enum { SP_BLOCK_KEYS_MAX = 16, SP_BLOCK_VALUE_MAX_BYTES = 8192 };

/** One block as read. Values live in the arena. */
struct sp_block {
    const char *file;                      /* name, for errors */
    const char *values[SP_BLOCK_KEYS_MAX]; /* by index of the key; NULL: not given */
    unsigned lines[SP_BLOCK_KEYS_MAX];     /* on which the key stands; 0: not given */
    unsigned line;                         /* of the first key */
};

/** Take one block, which lives for the call. Anything but SP_OK ends the reading. */
typedef enum sp_status sp_block_fn(void *context, const struct sp_block *block,
                                   struct sp_error *err);

struct sp_blocks {
    const char *directory;
    const char *file;        /* name in it */
    const char *const *keys; /* the first @p required ones every block must have ... */
    size_t key_count;        /* at most SP_BLOCK_KEYS_MAX */
    size_t required;         /* ... unless it has the lone key */
    int lone;                /* a key that stands in a block of its own (a version); -1: none */
    struct sp_arena *arena;  /* holds the values */
    sp_block_fn *take;
    void *context;
};

/** Read all blocks in order. @return SP_OK; SP_NOT_FOUND; SP_IO; SP_CORRUPT (names file and line);
 *  SP_NOMEM; what take() returned */
SP_MUST_CHECK enum sp_status sp_blocks_read(const struct sp_blocks *blocks, struct sp_error *err);

/** Tell what is wrong with @p value on @p line: SP_CORRUPT. */
enum sp_status sp_block_bad(const char *file, unsigned line, const char *polish,
                            const char *english, struct sp_view value, struct sp_error *err);

#endif
