/* SPDX-License-Identifier: EUPL-1.2 */
#include "matcher/catalogue/index_terms.h"

#include "matcher/language/language.h"

struct walk {
    sp_index_term_fn *take;
    void *context;
    uint32_t next;          /* position of the next indexed token */
    uint32_t text_position; /* the analyser's position of the last indexed token */
    bool any;
};

/** Step to the token's place. @return false for a token that is not indexed */
static bool step(struct walk *walk, const struct sp_token *token, bool *same_place)
{
    if ((token->flags & SP_TOKEN_STOP) != 0) {
        return false;
    }
    *same_place = walk->any && token->position == walk->text_position;
    if (!*same_place) {
        walk->next++;
    }
    walk->any = true;
    walk->text_position = token->position;
    return true;
}

static enum sp_status take_token(void *context, const struct sp_token *token)
{
    struct walk *walk = context;
    bool same_place = false;
    if (!step(walk, token, &same_place)) {
        return SP_OK;
    }
    for (size_t i = 0; i < token->lemma_count; i++) {
        struct sp_index_term term = {
            .term = token->lemmas[i],
            .position = walk->next - 1,
            .colocated = same_place || i > 0,
            .start = token->start,
            .end = token->end,
        };
        enum sp_status status = walk->take(walk->context, &term);
        if (status != SP_OK) {
            return status;
        }
    }
    return SP_OK;
}

enum sp_status sp_index_terms(struct sp_analyser *analyser, struct sp_view text,
                              sp_index_term_fn *take, void *context, struct sp_error *err)
{
    struct walk walk = {.take = take, .context = context};
    return sp_analyse_each(analyser, text, 0, take_token, &walk, err);
}

uint32_t sp_index_positions(const struct sp_token_list *tokens)
{
    struct walk walk = {.next = 0};
    bool same_place = false;
    for (size_t i = 0; i < tokens->count; i++) {
        (void)step(&walk, &tokens->tokens[i], &same_place);
    }
    return walk.next;
}
