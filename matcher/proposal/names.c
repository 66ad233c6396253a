/* SPDX-License-Identifier: EUPL-1.2 */
#include "matcher/proposal/names.h"

#include <stdio.h>
#include <string.h>

#include "matcher/vocabulary/units.h"

enum { NAME_BYTES = 90 /* of a requirement's text */ };

/** Cut at a word and a character border; says whether something was left out. */
static struct sp_view cut(const char *text, bool *is_cut)
{
    struct sp_view all = sp_view_trim(sp_view_of(text));
    const char *line = memchr(all.data == NULL ? "" : all.data, '\n', all.length);
    size_t end = line == NULL ? all.length : (size_t)(line - all.data);
    *is_cut = end < all.length || end > NAME_BYTES;
    if (end > NAME_BYTES) {
        end = NAME_BYTES;
        while (end > NAME_BYTES / 2 && all.data[end] != ' ') {
            end--;
        }
        while (end > 0 && ((unsigned char)all.data[end] & 0xC0) == 0x80) {
            end--;
        }
    }
    return sp_view_trim(sp_view_from(all.data, end));
}

char *sp_name_requirement(const struct sp_speaker *speaker, const struct sp_lot_matching *lot,
                          size_t requirement)
{
    const Spoina__V1__Requirement *asked = lot->lot->requirements[requirement];
    const char *text = *asked->text != '\0'       ? asked->text
                       : *lot->lot->title != '\0' ? lot->lot->title
                                                  : asked->id;
    bool is_cut = false;
    struct sp_view name = cut(text, &is_cut);
    return sp_arena_printf(speaker->arena, speaker->locale == SP_EN ? "‘%.*s%s’" : "„%.*s%s”",
                           SP_VIEW_ARGS(name), is_cut ? "…" : "");
}

static char *name_condition(const struct sp_speaker *speaker, const struct sp_condition *asked)
{
    char year[16];
    const char *name = asked->name == NULL ? "" : asked->name;
    const char *money = sp_text_money(speaker, asked->grosz);
    if (money == NULL) {
        return NULL;
    }
    switch (asked->kind) {
    case SP_CONDITION_REGISTER:
        return SP_TELL(speaker, TERM_REGISTER, .words = {*name == '\0' ? "KRS/CEIDG" : name});
    case SP_CONDITION_LICENCE:
        return SP_TELL(speaker, TERM_LICENCE, .words = {name});
    case SP_CONDITION_REFERENCES:
        return asked->grosz > 0 ? SP_TELL(speaker, TERM_REFERENCES_WORTH, .numbers = {asked->count},
                                          .words = {money})
                                : SP_TELL(speaker, TERM_REFERENCES, .numbers = {asked->count});
    case SP_CONDITION_EXPERIENCE:
        return SP_TELL(speaker, TERM_EXPERIENCE, .words = {money});
    case SP_CONDITION_PERSONS:
        return SP_TELL(speaker, TERM_PERSONS, .numbers = {asked->count});
    case SP_CONDITION_EQUIPMENT:
        return SP_TELL(speaker, TERM_EQUIPMENT, .words = {name});
    case SP_CONDITION_CERTIFICATE:
        return SP_TELL(speaker, TERM_CERTIFICATE, .words = {name});
    case SP_CONDITION_REVENUE:
        (void)snprintf(year, sizeof year, "%u", asked->year);
        return SP_TELL(speaker, TERM_REVENUE, .words = {year, money});
    case SP_CONDITION_INSURANCE:
        return SP_TELL(speaker, TERM_INSURANCE, .words = {money});
    case SP_CONDITION_COUNT:
        break;
    }
    return sp_arena_strdup(speaker->arena, name);
}

char *sp_name_term(const struct sp_speaker *speaker, const struct sp_lot_term *term)
{
    enum { ART_94_PERCENT = 30 };
    switch (term->kind) {
    case SP_TERM_EXCLUSION:
        return SP_TELL(speaker, TERM_EXCLUSION, .words = {NULL});
    case SP_TERM_OWN_UNIT:
        return SP_TELL(speaker, TERM_OWN_UNIT, .words = {NULL});
    case SP_TERM_ART_94: {
        unsigned percent = term->reservation.share_percent;
        return SP_TELL(speaker, TERM_ART_94, .numbers = {percent == 0 ? ART_94_PERCENT : percent});
    }
    case SP_TERM_ART_361:
        return SP_TELL(speaker, TERM_ART_361, .words = {NULL});
    case SP_TERM_ES_26:
        return SP_TELL(speaker, TERM_ES_26, .words = {NULL});
    case SP_TERM_SS_15A:
        return SP_TELL(speaker, TERM_SS_15A, .words = {NULL});
    case SP_TERM_ART_95:
        return SP_TELL(speaker, TERM_ART_95, .words = {NULL});
    case SP_TERM_ART_96:
        return SP_TELL(speaker, TERM_ART_96, .numbers = {term->employment.persons});
    case SP_TERM_KEY_TASKS:
        return SP_TELL(speaker, TERM_KEY_TASKS, .words = {NULL});
    case SP_TERM_CONDITION:
    case SP_TERM_LICENCE:
        return name_condition(speaker, &term->question);
    case SP_TERM_ONE_OFFER:
        return SP_TELL(speaker, TERM_ONE_OFFER, .words = {NULL});
    case SP_TERM_EACH_PERFORMS:
        return SP_TELL(speaker, TERM_EACH_PERFORMS, .words = {NULL});
    }
    return sp_arena_strdup(speaker->arena, term->subject);
}

const char *sp_name_entity(const Spoina__V1__Entity *entity)
{
    return *entity->short_name != '\0' ? entity->short_name
           : *entity->name != '\0'     ? entity->name
                                       : entity->id;
}

/* The act without its place of publication, the article without the judgments that read it. */
char *sp_name_rule(const struct sp_speaker *speaker, const struct sp_rule *rule)
{
    struct sp_view act = sp_view_trim(sp_view_from(rule->act, strcspn(rule->act, "(")));
    const char *aside = strstr(rule->article, " (");
    struct sp_view article = sp_view_of(rule->article);
    article.length = aside == NULL ? article.length : (size_t)(aside - rule->article);
    return sp_arena_printf(speaker->arena, "%.*s%s%.*s", SP_VIEW_ARGS(article),
                           act.length == 0 ? "" : " ", SP_VIEW_ARGS(act));
}

char *sp_name_quantity(const struct sp_speaker *speaker, const struct sp_lot_matching *lot,
                       size_t requirement, double amount)
{
    const struct sp_measure *measure = &lot->pool.needs[requirement].measure;
    const char *number = sp_text_amount(speaker, amount);
    const char *period = measure->period == NULL    ? ""
                         : speaker->locale == SP_EN ? measure->period->english
                                                    : measure->period->symbol;
    return number == NULL ? NULL
                          : sp_arena_printf(speaker->arena, "%s %s%s%s", number,
                                            sp_unit_counted(measure->unit, amount, speaker->locale),
                                            *period == '\0' ? "" : "/", period);
}

Spoina__V1__Quantity *sp_quantity_of(const struct sp_lot_matching *lot, size_t requirement,
                                     double amount, struct sp_arena *arena)
{
    Spoina__V1__Quantity *quantity = sp_arena_alloc(arena, sizeof *quantity);
    if (quantity != NULL) {
        *quantity = *lot->pool.needs[requirement].demand;
        quantity->amount = amount;
    }
    return quantity;
}
