/* SPDX-License-Identifier: EUPL-1.2 */
#include "benchmarks/conflation/conllu.h"

#include <stdint.h>

#include "base/file.h"
#include "base/memory.h"

enum { FILE_MAX_BYTES = 256 << 20, COLUMNS = 4 };

static struct sp_view cut(struct sp_view *text, char border)
{
    const char *end = text->length == 0 ? NULL : memchr(text->data, border, text->length);
    size_t length = end == NULL ? text->length : (size_t)(end - text->data);
    struct sp_view head = sp_view_from(text->data, length);
    size_t used = end == NULL ? length : length + 1;
    *text = sp_view_from(text->data + used, text->length - used);
    return head;
}

static bool is_content(struct sp_view tag)
{
    static const char *const tags[] = {"NOUN", "PROPN", "VERB", "ADJ", "ADV"};
    for (size_t i = 0; i < SP_COUNT(tags); i++) {
        if (sp_view_is(tag, tags[i])) {
            return true;
        }
    }
    return false;
}

/* Read one line into its form and lemma; false if it is no content word. */
static bool read_word(struct sp_view line, struct sp_view *form, struct sp_view *lemma)
{
    struct sp_view columns[COLUMNS];
    for (size_t i = 0; i < COLUMNS; i++) {
        columns[i] = cut(&line, '\t');
    }
    bool is_word = columns[0].length > 0 && columns[0].data[0] >= '0' &&
                   columns[0].data[0] <= '9' &&
                   memchr(columns[0].data, '-', columns[0].length) == NULL &&
                   memchr(columns[0].data, '.', columns[0].length) == NULL;
    *form = columns[1];
    *lemma = columns[2];
    return is_word && columns[1].length > 0 && is_content(columns[3]);
}

/* Forms by hash while reading. */
struct index {
    uint32_t *slots; /* form + 1, 0 is free */
    size_t mask;
};

static uint32_t hash(struct sp_view text)
{
    uint32_t value = 2166136261u;
    for (size_t i = 0; i < text.length; i++) {
        value = (value ^ (unsigned char)text.data[i]) * 16777619u;
    }
    return value;
}

static struct conllu_form *find_form(struct conllu *corpus, struct index *index,
                                     struct sp_view form)
{
    size_t at = hash(form) & index->mask;
    while (index->slots[at] != 0 &&
           !sp_view_equal(corpus->forms[index->slots[at] - 1].form, form)) {
        at = (at + 1) & index->mask;
    }
    if (index->slots[at] == 0) {
        corpus->forms[corpus->form_count++] = (struct conllu_form){.form = form};
        index->slots[at] = (uint32_t)corpus->form_count;
    }
    return &corpus->forms[index->slots[at] - 1];
}

static void add_lemma(struct conllu_form *form, struct sp_view lemma)
{
    for (size_t i = 0; i < form->lemma_count; i++) {
        if (sp_view_equal(form->lemmas[i], lemma)) {
            return;
        }
    }
    if (form->lemma_count < CONLLU_LEMMAS_MAX) {
        form->lemmas[form->lemma_count++] = lemma;
    }
}

static enum sp_status read_lines(struct conllu *corpus, struct index *index, struct sp_view file,
                                 char *text, struct sp_analyser *analyser, struct sp_error *err)
{
    const struct sp_view text_mark = sp_view_of("# text = ");
    size_t text_length = 0;
    while (file.length > 0) {
        struct sp_view line = cut(&file, '\n');
        struct sp_view form;
        struct sp_view lemma;
        if (sp_view_starts_with(line, text_mark)) {
            size_t length = line.length - text_mark.length;
            memcpy(text + text_length, line.data + text_mark.length, length);
            text_length += length;
            text[text_length++] = '\n';
        } else if (line.length > 0 && line.data[0] != '#' && read_word(line, &form, &lemma)) {
            enum sp_status status = sp_fold(analyser, lemma, corpus->arena, &lemma, err);
            if (status != SP_OK) {
                return status;
            }
            add_lemma(find_form(corpus, index, form), lemma);
        }
    }
    corpus->text = sp_view_from(text, text_length);
    return SP_OK;
}

enum sp_status conllu_read(const char *path, struct sp_analyser *analyser, struct conllu *out,
                           struct sp_error *err)
{
    size_t length = 0;
    *out = (struct conllu){.file = NULL};
    enum sp_status status = sp_file_read(path, FILE_MAX_BYTES, &out->file, &length, err);
    if (status != SP_OK) {
        return status;
    }
    size_t lines = 1;
    for (size_t i = 0; i < length; i++) {
        lines += out->file[i] == '\n';
    }
    struct index index = {.mask = 15};
    while (index.mask < 2 * lines) {
        index.mask = index.mask * 2 + 1;
    }
    out->arena = sp_arena_new((size_t)1 << 30);
    out->forms = sp_calloc(lines, sizeof *out->forms);
    index.slots = sp_calloc(index.mask + 1, sizeof *index.slots);
    char *text = out->arena == NULL ? NULL : sp_arena_alloc(out->arena, length);
    if (text == NULL || out->forms == NULL || index.slots == NULL) {
        status = SP_FAIL_NOMEM(err);
    } else {
        status = read_lines(out, &index, sp_view_from(out->file, length), text, analyser, err);
    }
    sp_free(index.slots);
    if (status == SP_OK && out->form_count == 0) {
        status = SP_FAIL(err, SP_INVALID, path, "%s: brak słów znaczących w formacie CoNLL-U.",
                         "%s: no content words in CoNLL-U format.", path);
    }
    if (status != SP_OK) {
        conllu_release(out);
    }
    return status;
}

void conllu_release(struct conllu *corpus)
{
    sp_free(corpus->file);
    sp_free(corpus->forms);
    sp_arena_free(corpus->arena);
    *corpus = (struct conllu){.file = NULL};
}
