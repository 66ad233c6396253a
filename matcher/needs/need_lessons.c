/* SPDX-License-Identifier: EUPL-1.2 */
#include "matcher/needs/need_lessons.h"

struct teacher {
    const struct sp_key_tools *tools;
    struct sp_lessons_builder *builder;
};

static enum sp_status teach(const struct teacher *own, const char *title, char *const *codes,
                            size_t count, struct sp_error *err)
{
    const struct sp_cpv *known[SP_LESSON_CODES_MAX];
    size_t known_count = 0;
    for (size_t i = 0; i < count && known_count < SP_LESSON_CODES_MAX; i++) {
        known[known_count] = sp_cpv_find(own->tools->vocabulary->cpv, sp_view_of(codes[i]));
        known_count += known[known_count] != NULL ? 1 : 0;
    }
    return sp_suggest_learn(own->builder, own->tools->analyser, sp_view_of(title), known,
                            known_count, err);
}

/** A need of several lots is several lessons; its own title says what they have in common. */
static enum sp_status learn(void *context, const Spoina__V1__Need *need, struct sp_error *err)
{
    const struct teacher *own = context;
    const Spoina__V1__Draft *draft = need->draft;
    enum sp_status status = teach(own, draft->title, draft->cpv, draft->n_cpv, err);
    for (size_t i = 0; status == SP_OK && i < draft->n_lots; i++) {
        const Spoina__V1__Lot *lot = draft->lots[i];
        if (strcmp(lot->title, draft->title) != 0) {
            status = teach(own, lot->title, lot->cpv, lot->n_cpv, err);
        }
    }
    return status;
}

enum sp_status sp_need_lessons(struct sp_needs_reader *reader, const struct sp_key_tools *tools,
                               struct sp_lessons **out, struct sp_error *err)
{
    struct teacher own = {.tools = tools};
    struct sp_lessons *lessons = NULL;
    enum sp_status status = sp_lessons_builder_new(tools->vocabulary, &own.builder, err);
    if (status == SP_OK) {
        status = sp_needs_reader_each(reader, learn, &own, err);
    }
    if (status == SP_OK) {
        status = sp_lessons_builder_finish(own.builder, &lessons, err);
    }
    sp_lessons_builder_free(own.builder);
    if (status == SP_OK && sp_lessons_count(lessons) == 0) {
        sp_lessons_unref(lessons);
        lessons = NULL;
    }
    if (status == SP_OK) {
        *out = lessons;
    }
    return status;
}
