/* SPDX-License-Identifier: EUPL-1.2 */
#include "benchmarks/extraction/labels.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/memory.h"
#include "matcher/tender/tender_read.h"

enum {
    FILE_BYTES = 8 << 20,
    ARENA_BYTES = 256 << 20,
    FIELDS = 6,
    FACTS_MAX = 64, /* of one sentence */
    LINE_BYTES = 4096,
    CONDITION_KINDS = 10
};

/** One line of the label file. */
struct label {
    size_t half;
    struct sp_view file;
    size_t offset;
    size_t length;
    uint64_t hash;
    struct sp_view facts;
};

/** The document at hand: labels of one file stand together. */
struct document {
    struct sp_arena *arena;
    struct sp_view file;
    struct sp_view text;
    struct sp_fact_list facts;
};

struct measuring {
    const struct sp_extraction_tools *tools;
    const char *notices;
    struct document document;
    size_t show_half;
    FILE *out;
    struct sp_label_figures *figures;
    struct sp_error *err;
};

const char *sp_label_kind_name(size_t kind)
{
    static const char *const CONDITIONS[CONDITION_KINDS] = {
        "condition: unknown",    "condition: register",    "condition: licence",
        "condition: references", "condition: experience",  "condition: persons",
        "condition: equipment",  "condition: certificate", "condition: revenue",
        "condition: insurance"};
    if (kind < SP_FACT_KINDS) {
        return sp_fact_kind_name((enum sp_fact_kind)kind);
    }
    return kind < SP_FACT_KINDS + CONDITION_KINDS ? CONDITIONS[kind - SP_FACT_KINDS] : NULL;
}

static uint64_t hash_of(struct sp_view text)
{
    uint64_t hash = 0xcbf29ce484222325u; /* FNV-1a, 64 bits */
    for (size_t i = 0; i < text.length; i++) {
        hash = (hash ^ (unsigned char)text.data[i]) * 0x100000001b3u;
    }
    return hash;
}

/** Cut what stands before @p end off @p rest, and @p end itself. */
static struct sp_view cut(struct sp_view *rest, const char *end)
{
    size_t length = strlen(end);
    size_t at = 0;
    while (at + length <= rest->length && memcmp(rest->data + at, end, length) != 0) {
        at++;
    }
    bool found = at + length <= rest->length;
    struct sp_view part = sp_view_from(rest->data, found ? at : rest->length);
    size_t taken = found ? at + length : rest->length;
    *rest = sp_view_from(rest->data + taken, rest->length - taken);
    return part;
}

static uint64_t number_of(struct sp_view text, int base)
{
    char digits[32] = {0};
    memcpy(digits, text.data, text.length < sizeof digits - 1 ? text.length : sizeof digits - 1);
    return strtoull(digits, NULL, base);
}

static bool read_label(struct sp_view line, struct label *out)
{
    struct sp_view fields[FIELDS];
    for (size_t i = 0; i < FIELDS; i++) {
        if (i > 0 && line.data == NULL) {
            return false;
        }
        fields[i] = cut(&line, "\t");
    }
    *out = (struct label){.half = number_of(fields[0], 10),
                          .file = fields[1],
                          .offset = number_of(fields[2], 10),
                          .length = number_of(fields[3], 10),
                          .hash = number_of(fields[4], 16),
                          .facts = fields[5]};
    return out->half < SP_LABEL_HALVES && out->file.length > 0 && out->length > 0;
}

/** Read and search the file of @p label, unless it is at hand. */
static enum sp_status open_document(struct measuring *measuring, const struct label *label)
{
    struct document *document = &measuring->document;
    if (sp_view_equal(document->file, label->file)) {
        return SP_OK;
    }
    char path[1024];
    char *content = NULL;
    size_t length = 0;
    (void)snprintf(path, sizeof path, "%s/%.*s", measuring->notices, SP_VIEW_ARGS(label->file));
    sp_arena_reset(document->arena);
    enum sp_status status = sp_file_read(path, FILE_BYTES, &content, &length, measuring->err);
    struct sp_draft_warnings warnings = {.arena = document->arena};
    struct sp_tender_reading reading;
    if (status == SP_OK) {
        status = sp_tender_read(sp_view_from(content, length), path, NULL, document->arena,
                                &warnings, &reading, measuring->err);
    }
    if (status == SP_OK) {
        document->file = label->file;
        document->text = reading.document.text;
        status = sp_extract(measuring->tools, document->text, document->arena, &document->facts,
                            measuring->err);
    }
    sp_free(content);
    return status;
}

/** Find the sentence where the label says, or anywhere if the reader has moved it. */
static bool find_sentence(struct sp_view text, const struct label *label, size_t *offset)
{
    for (size_t i = 0; i <= text.length; i++) {
        size_t at = i == 0 ? label->offset : i - 1;
        bool begins = i == 0 || at == 0 || text.data[at - 1] == ' ' || text.data[at - 1] == '\n' ||
                      text.data[at - 1] == '\t';
        if (begins && at + label->length <= text.length &&
            hash_of(sp_view_from(text.data + at, label->length)) == label->hash) {
            *offset = at;
            return true;
        }
    }
    return false;
}

/** Write @p fact as a label: no words, no name, nothing that is unknown. */
static void write_fact(struct sp_view text, const struct sp_fact *fact, struct sp_buffer *out)
{
    struct sp_buffer line;
    struct sp_fact bare = *fact;
    bare.place = NULL;
    bare.name.length = 0;
    bare.criterion = 0;
    sp_buffer_init(&line, LINE_BYTES);
    bare.end = bare.start;
    sp_fact_write(text, &bare, &line);
    struct sp_view rest = sp_buffer_view(&line);
    struct sp_view values = cut(&rest, " |");
    while (values.length > 0) {
        struct sp_view value = cut(&values, " ");
        if (!sp_view_is(value, "wording=0") && !sp_view_is(value, "criterion=0")) {
            sp_buffer_printf(out, "%s%.*s", out->length == 0 ? "" : " ", SP_VIEW_ARGS(value));
        }
    }
    if (fact->place != NULL) {
        sp_buffer_printf(out, " place=%s", fact->place->name);
    }
    sp_buffer_release(&line);
}

static bool has_value(struct sp_view list, struct sp_view value)
{
    while (list.length > 0) {
        if (sp_view_equal(cut(&list, " "), value)) {
            return true;
        }
    }
    return false;
}

static size_t count_values(struct sp_view list)
{
    size_t count = 0;
    for (; list.length > 0; count++) {
        (void)cut(&list, " ");
    }
    return count;
}

/** True if both say the same, in any order. */
static bool same_fact(struct sp_view a, struct sp_view b)
{
    /* "×" and its period are two words: "times=377 day"; no harm, both are compared */
    if (count_values(a) != count_values(b)) {
        return false;
    }
    while (a.length > 0) {
        if (!has_value(b, cut(&a, " "))) {
            return false;
        }
    }
    return true;
}

/** Count @p fact in the row of its kind, and of its kind of condition. */
static void count(struct measuring *measuring, size_t half, struct sp_view fact,
                  size_t offset_of_member)
{
    struct sp_view name = fact;
    struct sp_view kind = cut(&name, " ");
    for (size_t i = 0; i < SP_FACT_KINDS; i++) {
        if (sp_view_is(kind, sp_fact_kind_name((enum sp_fact_kind)i))) {
            (*(unsigned *)((char *)&measuring->figures->of[half][i] + offset_of_member))++;
        }
    }
    for (unsigned i = 0; i < CONDITION_KINDS; i++) {
        char value[32];
        (void)snprintf(value, sizeof value, "condition=%u", i);
        if (has_value(fact, sp_view_of(value))) {
            (*(unsigned *)((char *)&measuring->figures->of[half][SP_FACT_KINDS + i] +
                           offset_of_member))++;
        }
    }
}

#define COUNT(measuring, half, fact, member)                                                       \
    count(measuring, half, fact, offsetof(struct sp_label_tally, member))

static bool shows(const struct measuring *measuring, const struct label *label)
{
    return measuring->out != NULL && measuring->show_half == label->half;
}

/** Hold what was found in a sentence against its label. */
static void compare(struct measuring *measuring, const struct label *label, size_t offset)
{
    const struct document *document = &measuring->document;
    struct sp_view labelled[FACTS_MAX];
    bool met[FACTS_MAX] = {false};
    size_t labelled_count = 0;
    bool mistaken = false;
    for (struct sp_view rest = label->facts; rest.length > 0 && labelled_count < FACTS_MAX;) {
        labelled[labelled_count] = cut(&rest, "; ");
        COUNT(measuring, label->half, labelled[labelled_count++], labelled);
    }
    struct sp_buffer text;
    sp_buffer_init(&text, LINE_BYTES);
    for (size_t i = 0; i < document->facts.count; i++) {
        const struct sp_fact *fact = &document->facts.items[i];
        if (fact->start < offset || fact->start >= offset + label->length ||
            fact->confidence < 700) {
            continue;
        }
        sp_buffer_clear(&text);
        write_fact(document->text, fact, &text);
        struct sp_view found = sp_buffer_view(&text);
        size_t at = 0;
        while (at < labelled_count && !same_fact(labelled[at], found)) {
            at++;
        }
        if (at < labelled_count && met[at]) {
            continue; /* said twice: once is enough */
        }
        COUNT(measuring, label->half, found, found);
        if (at < labelled_count) {
            met[at] = true;
            COUNT(measuring, label->half, found, right);
        } else if (shows(measuring, label)) {
            mistaken = true;
            (void)fprintf(measuring->out, "  wrong  %.*s\n", SP_VIEW_ARGS(found));
        }
    }
    for (size_t i = 0; i < labelled_count; i++) {
        if (!met[i] && shows(measuring, label)) {
            mistaken = true;
            (void)fprintf(measuring->out, "  missed %.*s\n", SP_VIEW_ARGS(labelled[i]));
        }
    }
    if (mistaken) {
        (void)fprintf(measuring->out, "    of %.*s: %.*s\n", SP_VIEW_ARGS(label->file),
                      (int)label->length, document->text.data + offset);
    }
    sp_buffer_release(&text);
}

static enum sp_status measure_label(struct measuring *measuring, const struct label *label)
{
    size_t offset = 0;
    enum sp_status status = open_document(measuring, label);
    if (status != SP_OK) {
        return status;
    }
    if (!find_sentence(measuring->document.text, label, &offset)) {
        measuring->figures->lost++;
        return SP_OK;
    }
    measuring->figures->sentences[label->half]++;
    compare(measuring, label, offset);
    return SP_OK;
}

enum sp_status sp_labels_measure(const struct sp_extraction_tools *tools, const char *path,
                                 const char *notices, size_t show_half, FILE *out,
                                 struct sp_label_figures *figures, struct sp_error *err)
{
    char *content = NULL;
    size_t length = 0;
    *figures = (struct sp_label_figures){.lost = 0};
    struct measuring measuring = {.tools = tools,
                                  .notices = notices,
                                  .document = {.arena = sp_arena_new(ARENA_BYTES)},
                                  .show_half = show_half,
                                  .out = out,
                                  .figures = figures,
                                  .err = err};
    enum sp_status status = measuring.document.arena == NULL
                                ? SP_FAIL_NOMEM(err)
                                : sp_file_read(path, FILE_BYTES, &content, &length, err);
    struct sp_view rest = sp_view_from(content, length);
    while (status == SP_OK && rest.length > 0) {
        struct sp_view line = cut(&rest, "\n");
        struct label label;
        if (line.length == 0 || line.data[0] == '#') {
            continue;
        }
        status = read_label(line, &label) ? measure_label(&measuring, &label)
                                          : SP_FAIL(err, SP_CORRUPT, path, "Zły wiersz: %.*s",
                                                    "A bad line: %.*s", SP_VIEW_ARGS(line));
    }
    sp_arena_free(measuring.document.arena);
    sp_free(content);
    return status;
}
