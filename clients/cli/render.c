/* SPDX-License-Identifier: EUPL-1.2 */
#include "clients/cli/render.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/buffer.h"
#include "clients/cli/labels.h"
#include "proto/codec/message.h"

enum { LINE_COLUMNS = 100, LINE_COLUMNS_MIN = 60, LINE_COLUMNS_MAX = 140, CONTEXT_COLUMNS = 30 };

static const char SPACES[] = " \t\r\n";
static const size_t MAX_JSON_BYTES = (size_t)1 << 30;

/* What the terminal says, within what reads well; a file or a pipe gets the same lines always. */
static size_t line_columns(void)
{
    struct winsize window;
    if (isatty(STDOUT_FILENO) != 1 || ioctl(STDOUT_FILENO, TIOCGWINSZ, &window) != 0 ||
        window.ws_col == 0) {
        return LINE_COLUMNS;
    }
    return window.ws_col < LINE_COLUMNS_MIN   ? LINE_COLUMNS_MIN
           : window.ws_col > LINE_COLUMNS_MAX ? LINE_COLUMNS_MAX
                                              : window.ws_col;
}

struct sp_cli_out sp_cli_out_new(const struct sp_cli_options *options)
{
    return (struct sp_cli_out){
        .file = stdout,
        .language = options->language,
        .full = options->full,
        .bold = isatty(STDOUT_FILENO) == 1 && getenv("NO_COLOR") == NULL,
        .columns = line_columns(),
    };
}

static bool begins_character(char c)
{
    return ((unsigned char)c & 0xC0) != 0x80;
}

size_t sp_cli_width(struct sp_view text)
{
    size_t width = 0;
    for (size_t i = 0; i < text.length; i++) {
        width += begins_character(text.data[i]);
    }
    return width;
}

/* Print on one line: what would move the cursor becomes a space. */
static void put_line(const struct sp_cli_out *out, struct sp_view text)
{
    for (size_t i = 0; i < text.length; i++) {
        unsigned char c = (unsigned char)text.data[i];
        (void)fputc(c < 0x20 || c == 0x7F ? ' ' : c, out->file);
    }
}

static void put_bold(const struct sp_cli_out *out, struct sp_view text)
{
    if (out->bold) {
        (void)fputs("\033[1m", out->file);
    }
    put_line(out, text);
    if (out->bold) {
        (void)fputs("\033[0m", out->file);
    }
}

static void pad(const struct sp_cli_out *out, struct sp_view text, size_t columns)
{
    for (size_t width = sp_cli_width(text); width < columns; width++) {
        (void)fputc(' ', out->file);
    }
}

void sp_cli_bold(const struct sp_cli_out *out, const char *text, size_t columns)
{
    put_bold(out, sp_view_of(text));
    pad(out, sp_view_of(text), columns);
}

void sp_cli_column(const struct sp_cli_out *out, const char *text, size_t columns)
{
    put_line(out, sp_view_of(text));
    pad(out, sp_view_of(text), columns);
}

/* The offset so many characters before (or after) at, within the text. */
static size_t step_back(struct sp_view text, size_t at, size_t characters)
{
    while (at > 0 && characters > 0) {
        at--;
        characters -= begins_character(text.data[at]);
    }
    return at;
}

static size_t step_on(struct sp_view text, size_t at, size_t characters)
{
    while (at < text.length && (characters > 0 || !begins_character(text.data[at]))) {
        characters -= begins_character(text.data[at]);
        at++;
    }
    return at;
}

static struct sp_view part(struct sp_view text, size_t from, size_t to)
{
    return sp_view_from(text.data + from, to - from);
}

void sp_cli_marked(const struct sp_cli_out *out, const char *text, Spoina__V1__Span *const *spans,
                   size_t count, size_t columns)
{
    struct sp_view whole = sp_view_of(text);
    size_t from = 0;
    if (sp_cli_width(whole) > columns && count > 0 && spans[0]->start <= whole.length) {
        from = step_back(whole, spans[0]->start, CONTEXT_COLUMNS);
    }
    size_t to = step_on(whole, from, columns);
    size_t at = from;
    (void)fputs(from > 0 ? "…" : "", out->file);
    for (size_t i = 0; i < count; i++) {
        if (spans[i]->start < at || spans[i]->end < spans[i]->start || spans[i]->end > to) {
            continue;
        }
        put_line(out, part(whole, at, spans[i]->start));
        put_bold(out, part(whole, spans[i]->start, spans[i]->end));
        at = spans[i]->end;
    }
    put_line(out, part(whole, at, to));
    (void)fputs(to < whole.length ? "…\n" : "\n", out->file);
}

/* Put words on lines; column is where the cursor stands, 0 for the start of a line. */
static void put_words(const struct sp_cli_out *out, const char *text, size_t indent, size_t column)
{
    bool first = true; /* no word on this line yet */
    for (const char *word = text + strspn(text, SPACES); *word != '\0';
         word += strspn(word, SPACES)) {
        struct sp_view view = sp_view_from(word, strcspn(word, SPACES));
        size_t width = sp_cli_width(view);
        if (!first && column + 1 + width > out->columns) {
            (void)fputc('\n', out->file);
            column = 0;
            first = true;
        }
        if (column == 0) {
            (void)fprintf(out->file, "%*s", (int)indent, "");
            column = indent;
        }
        (void)fputs(first ? "" : " ", out->file);
        put_line(out, view);
        column += width + !first;
        first = false;
        word += view.length;
    }
    if (column > 0) {
        (void)fputc('\n', out->file);
    }
}

void sp_cli_paragraph(const struct sp_cli_out *out, const char *text, size_t indent)
{
    put_words(out, text, indent, 0);
}

void sp_cli_hanging(const struct sp_cli_out *out, const char *text, size_t column)
{
    put_words(out, text, column, column);
}

void sp_cli_kilometres(const struct sp_cli_out *out, double kilometres)
{
    char text[32];
    (void)snprintf(text, sizeof text, "%.1f", kilometres);
    char *point = strchr(text, '.');
    if (point != NULL && out->language == SP_PL) {
        *point = ',';
    }
    (void)fprintf(out->file, "%s km", text);
}

void sp_cli_summary(const struct sp_cli_out *out, const Spoina__V1__EntitySummary *entity)
{
    sp_cli_column(out, entity->name, 0);
    if (entity->seat != NULL && entity->seat->name[0] != '\0') {
        (void)fputs(" · ", out->file);
        sp_cli_column(out, entity->seat->name, 0);
    }
    if (entity->legal_form != 0) {
        (void)fprintf(out->file, " · %s", sp_cli_legal_form(out->language, entity->legal_form));
    }
    for (size_t i = 0; i < entity->n_units; i++) {
        (void)fprintf(out->file, " · %s", sp_cli_unit_kind(out->language, entity->units[i]));
    }
    for (size_t i = 0; i < entity->n_statuses; i++) {
        (void)fprintf(out->file, " · %s",
                      sp_cli_status_kind(out->language, entity->statuses[i]->kind));
    }
    if (entity->fictional) {
        (void)fprintf(out->file, " · %s", sp_say(out->language, "dane fikcyjne", "fictional data"));
    }
}

void sp_cli_who(const struct sp_cli_out *out, const Spoina__V1__EntitySummary *entity,
                const char *after, size_t column)
{
    char *text = NULL;
    size_t length = 0;
    struct sp_cli_out memory = *out;
    memory.file = open_memstream(&text, &length);
    if (memory.file == NULL) { /* no memory to wrap: one long line */
        sp_cli_summary(out, entity);
        (void)fprintf(out->file, " · id %s%s\n", entity->id, after);
        return;
    }
    sp_cli_summary(&memory, entity);
    (void)fprintf(memory.file, " · id %s%s", entity->id, after);
    if (fclose(memory.file) == 0) {
        sp_cli_hanging(out, text, column);
    }
    free(text);
}

void sp_cli_quantity(const struct sp_cli_out *out, const Spoina__V1__Quantity *quantity)
{
    if (quantity == NULL) {
        (void)fputc('?', out->file);
        return;
    }
    (void)fprintf(out->file, "%.10g %s%s%s", quantity->amount, quantity->unit,
                  quantity->period[0] == '\0' ? "" : "/", quantity->period);
}

enum sp_status sp_cli_print_json(FILE *file, const ProtobufCMessage *message, unsigned flags,
                                 struct sp_error *err)
{
    struct sp_buffer json;
    sp_buffer_init(&json, MAX_JSON_BYTES);
    enum sp_status status = sp_message_to_json(message, flags, &json, err);
    if (status == SP_OK) {
        (void)fwrite(json.data, 1, json.length, file);
        (void)fputc('\n', file);
    }
    sp_buffer_release(&json);
    return status;
}
