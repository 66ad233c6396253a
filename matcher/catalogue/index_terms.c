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

static enum sp_status take_token(void *context, const struct sp_token *token)
{
    struct walk *walk = context;
    if ((token->flags & SP_TOKEN_STOP) != 0) {
        return SP_OK;
    }
    bool same_place = walk->any && token->position == walk->text_position;
    if (!same_place) {
        walk->next++;
    }
    walk->any = true;
    walk->text_position = token->position;
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
