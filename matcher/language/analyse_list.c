/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * sp_analyse(): the tokens of a text as a list in an arena.
 */
#include "matcher/language/analyser_priv.h"

enum { BLOCK_TOKENS = 64 };

/* Tokens gathered in blocks, since their number is not known before the end. */
struct block {
    struct block *next;
    size_t count;
    struct sp_token tokens[BLOCK_TOKENS];
};

struct gather {
    struct sp_arena *arena;
    struct block *first;
    struct block *last;
    size_t count;
};

static bool copy_view(struct sp_arena *arena, struct sp_view *view)
{
    const char *copy = sp_arena_copy(arena, *view);
    view->data = copy;
    return copy != NULL;
}

static bool copy_lemmas(struct sp_arena *arena, struct sp_token *token)
{
    struct sp_view *lemmas = sp_arena_calloc(arena, token->lemma_count, sizeof *lemmas);
    if (lemmas == NULL) {
        return false;
    }
    for (size_t i = 0; i < token->lemma_count; i++) {
        lemmas[i] = token->lemmas[i];
        if (!copy_view(arena, &lemmas[i])) {
            return false;
        }
    }
    token->lemmas = lemmas;
    return true;
}

static enum sp_status gather_token(void *context, const struct sp_token *token)
{
    struct gather *gather = context;
    if (gather->last == NULL || gather->last->count == BLOCK_TOKENS) {
        struct block *block = sp_arena_alloc(gather->arena, sizeof *block);
        if (block == NULL) {
            return SP_NOMEM;
        }
        block->next = NULL;
        block->count = 0;
        *(gather->last == NULL ? &gather->first : &gather->last->next) = block;
        gather->last = block;
    }
    struct sp_token *copy = &gather->last->tokens[gather->last->count];
    *copy = *token;
    if (!copy_view(gather->arena, &copy->folded) || !copy_lemmas(gather->arena, copy)) {
        return SP_NOMEM;
    }
    gather->last->count++;
    gather->count++;
    return SP_OK;
}

enum sp_status sp_analyse(struct sp_analyser *analyser, struct sp_view text, unsigned flags,
                          struct sp_arena *arena, struct sp_token_list *out, struct sp_error *err)
{
    struct gather gather = {.arena = arena};
    enum sp_status status = sp_analyse_each(analyser, text, flags, gather_token, &gather, err);
    if (status != SP_OK) {
        return status;
    }
    struct sp_token *tokens = sp_arena_calloc(arena, gather.count, sizeof *tokens);
    if (tokens == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    size_t count = 0;
    for (const struct block *block = gather.first; block != NULL; block = block->next) {
        memcpy(tokens + count, block->tokens, block->count * sizeof *tokens);
        count += block->count;
    }
    *out = (struct sp_token_list){.tokens = tokens, .count = count};
    return SP_OK;
}
