/* SPDX-License-Identifier: EUPL-1.2 */
/** @file Text for a terminal: bold, columns, wrapped paragraphs, marked words. */
#ifndef SP_CLIENTS_CLI_RENDER_H
#define SP_CLIENTS_CLI_RENDER_H

#include <stdio.h>

#include "base/view.h"
#include "clients/cli/options.h"
#include "spoina/v1/match.pb-c.h"

struct sp_cli_out {
    FILE *file;
    enum sp_locale language;
    bool full;      /* everything, not only what matters first */
    bool bold;      /* the terminal understands escapes */
    size_t columns; /* where lines end: the terminal's width, else 100 */
};

/** Standard output in the language asked for; bold only on a terminal, and not if NO_COLOR is set.
 */
struct sp_cli_out sp_cli_out_new(const struct sp_cli_options *options);

/** Characters of @p text, each taken to be one column wide. */
size_t sp_cli_width(struct sp_view text);

/** Print @p text bold, then spaces up to @p columns; 0 means none. */
void sp_cli_bold(const struct sp_cli_out *out, const char *text, size_t columns);

/** Print @p text, then spaces up to @p columns. */
void sp_cli_column(const struct sp_cli_out *out, const char *text, size_t columns);

/** Print one line of @p text with its @p spans bold; if it has over @p columns characters, the part
 *  around the first span. Spans out of order or out of the text are ignored. */
void sp_cli_marked(const struct sp_cli_out *out, const char *text, Spoina__V1__Span *const *spans,
                   size_t count, size_t columns);

/** Print @p text in lines that begin with @p indent spaces and end before the last column. */
void sp_cli_paragraph(const struct sp_cli_out *out, const char *text, size_t indent);

/** The same where the cursor stands at @p column already; further lines begin there too. */
void sp_cli_hanging(const struct sp_cli_out *out, const char *text, size_t column);

/** Print kilometres with one decimal, in the language's way: "3,2 km". */
void sp_cli_kilometres(const struct sp_cli_out *out, double kilometres);

/** Print "Foundation X · Legnica · foundation · ZAZ · PS" of a summary. */
void sp_cli_summary(const struct sp_cli_out *out, const Spoina__V1__EntitySummary *entity);

/** Print a summary, its id and @p after, in lines that begin at @p column, where the cursor stands.
 */
void sp_cli_who(const struct sp_cli_out *out, const Spoina__V1__EntitySummary *entity,
                const char *after, size_t column);

/** Print a quantity: "120 meal/day"; absent or empty prints "?". */
void sp_cli_quantity(const struct sp_cli_out *out, const Spoina__V1__Quantity *quantity);

/** Print @p message as one line of JSON. @p flags of enum sp_json_flags. */
enum sp_status sp_cli_print_json(FILE *file, const ProtobufCMessage *message, unsigned flags,
                                 struct sp_error *err);

#endif
