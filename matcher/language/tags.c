/* SPDX-License-Identifier: EUPL-1.2 */
#include "matcher/language/tags.h"

#include <stdbool.h>

enum { ANY_KINDS = SP_TAGS_ANY_PLURAL, ALL_KINDS = SP_TAGS_ANY_PLURAL - 1 };

/* Cut the part of `text` before `border` off its beginning. */
static struct sp_view cut(struct sp_view *text, char border)
{
    const char *end = memchr(text->data, border, text->length);
    size_t length = end == NULL ? text->length : (size_t)(end - text->data);
    struct sp_view head = sp_view_from(text->data, length);
    size_t used = end == NULL ? length : length + 1;
    *text = sp_view_from(text->data + used, text->length - used);
    return head;
}

/* Whether `tag`, fields joined by ':', has the field `field`. */
static bool has(struct sp_view tag, const char *field)
{
    while (tag.length > 0) {
        if (sp_view_is(cut(&tag, ':'), field)) {
            return true;
        }
    }
    return false;
}

static unsigned kinds_of_noun(struct sp_view tag)
{
    unsigned kinds = has(tag, "voc") ? SP_TAGS_ALL_VOCATIVE : 0;
    if (has(tag, "p1") || has(tag, "p2") || has(tag, "p3")) {
        return kinds | SP_TAGS_ALL_PLURAL_ONLY;
    }
    return kinds | (has(tag, "pl") ? SP_TAGS_ANY_PLURAL : 0);
}

static unsigned kinds_of_tag(struct sp_view tag)
{
    struct sp_view rest = tag;
    struct sp_view class = cut(&rest, ':');
    if (sp_view_is(class, "subst")) {
        return kinds_of_noun(tag);
    }
    if (sp_view_is(class, "brev")) {
        return SP_TAGS_ALL_ABBREVIATION;
    }
    if (sp_view_is(class, "adja") || sp_view_is(class, "adjp")) {
        return SP_TAGS_ALL_COMPOUND_PART;
    }
    if (sp_view_is(class, "depr")) {
        return SP_TAGS_ALL_DEPRECIATIVE;
    }
    if (sp_view_is(class, "verb") && has(tag, "impt")) {
        return SP_TAGS_ALL_IMPERATIVE;
    }
    unsigned kinds = has(tag, "neg") ? SP_TAGS_ALL_NEGATED : 0;
    return kinds | (sp_view_is(class, "ger") ? SP_TAGS_ALL_GERUND : 0);
}

unsigned sp_tag_kinds_join(unsigned a, unsigned b)
{
    return (a & b & ALL_KINDS) | ((a | b) & ANY_KINDS);
}

unsigned sp_tag_kinds(struct sp_view tags)
{
    unsigned kinds = tags.length == 0 ? 0 : ALL_KINDS;
    while (tags.length > 0) {
        kinds = sp_tag_kinds_join(kinds, kinds_of_tag(cut(&tags, '+')));
    }
    return kinds;
}
