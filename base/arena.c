/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/arena.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"

enum { FIRST_BLOCK_BYTES = 8 * 1024, LARGEST_BLOCK_BYTES = 1024 * 1024 };

struct block {
    struct block *next;
    size_t size; /* of data */
    size_t used;
    alignas(max_align_t) unsigned char data[];
};

struct sp_arena {
    struct block *blocks; /* newest first */
    size_t cap_bytes;
    size_t used_bytes;
};

struct sp_arena *sp_arena_new(size_t cap_bytes)
{
    struct sp_arena *arena = sp_calloc(1, sizeof *arena);
    if (arena != NULL) {
        arena->cap_bytes = cap_bytes;
    }
    return arena;
}

static void free_blocks(struct block *block)
{
    while (block != NULL) {
        struct block *next = block->next;
        sp_free(block);
        block = next;
    }
}

void sp_arena_free(struct sp_arena *arena)
{
    if (arena != NULL) {
        free_blocks(arena->blocks);
        sp_free(arena);
    }
}

void sp_arena_reset(struct sp_arena *arena)
{
    if (arena->blocks != NULL) {
        free_blocks(arena->blocks->next);
        arena->blocks->next = NULL;
        arena->blocks->used = 0;
    }
    arena->used_bytes = 0;
}

static struct block *add_block(struct sp_arena *arena, size_t least)
{
    size_t size = arena->blocks == NULL ? FIRST_BLOCK_BYTES : arena->blocks->size * 2;
    if (size > LARGEST_BLOCK_BYTES) {
        size = LARGEST_BLOCK_BYTES;
    }
    if (size < least) {
        size = least;
    }
    struct block *block = sp_malloc(sizeof *block + size);
    if (block != NULL) {
        block->next = arena->blocks;
        block->size = size;
        block->used = 0;
        arena->blocks = block;
    }
    return block;
}

void *sp_arena_alloc(struct sp_arena *arena, size_t size)
{
    const size_t align = alignof(max_align_t);
    if (size > arena->cap_bytes) {
        return NULL;
    }
    size_t need = size == 0 ? align : (size + align - 1) / align * align;
    if (need > arena->cap_bytes - arena->used_bytes) {
        return NULL;
    }
    struct block *block = arena->blocks;
    if (block == NULL || block->size - block->used < need) {
        block = add_block(arena, need);
        if (block == NULL) {
            return NULL;
        }
    }
    void *result = block->data + block->used;
    block->used += need;
    arena->used_bytes += need;
    return result;
}

void *sp_arena_calloc(struct sp_arena *arena, size_t count, size_t size)
{
    if (size != 0 && count > SIZE_MAX / size) {
        return NULL;
    }
    void *result = sp_arena_alloc(arena, count * size);
    if (result != NULL) {
        memset(result, 0, count * size);
    }
    return result;
}

char *sp_arena_copy(struct sp_arena *arena, struct sp_view text)
{
    char *copy = sp_arena_alloc(arena, text.length + 1);
    if (copy != NULL) {
        if (text.length > 0) {
            memcpy(copy, text.data, text.length);
        }
        copy[text.length] = '\0';
    }
    return copy;
}

char *sp_arena_strdup(struct sp_arena *arena, const char *text)
{
    return sp_arena_copy(arena, sp_view_of(text));
}

char *sp_arena_printf(struct sp_arena *arena, const char *format, ...)
{
    va_list args;
    va_list again;
    va_start(args, format);
    va_copy(again, args);
    int length = vsnprintf(NULL, 0, format, args);
    char *text = length < 0 ? NULL : sp_arena_alloc(arena, (size_t)length + 1);
    if (text != NULL) {
        (void)vsnprintf(text, (size_t)length + 1, format, again);
    }
    va_end(again);
    va_end(args);
    return text;
}

size_t sp_arena_used_bytes(const struct sp_arena *arena)
{
    return arena->used_bytes;
}

size_t sp_arena_left_bytes(const struct sp_arena *arena)
{
    size_t left = arena->cap_bytes - arena->used_bytes;
    return left - left % alignof(max_align_t);
}
