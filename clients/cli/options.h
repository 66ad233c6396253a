/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * The command line of `spoina`: one table of commands and one of options, from which both parsing
 * and --help come.
 */
#ifndef SP_CLIENTS_CLI_OPTIONS_H
#define SP_CLIENTS_CLI_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "base/locale.h"
#include "base/status.h"

/** What the program returns; --help lists them. */
enum sp_cli_exit {
    SP_CLI_OK = 0,
    SP_CLI_USAGE = 1,
    SP_CLI_SERVER = 2,  /* no connection, or the server failed */
    SP_CLI_PARTIAL = 3, /* import: some rows were rejected */
    SP_CLI_INPUT = 4,   /* bad input, told by us or by the server */
};

enum { SP_CLI_MAX_VALUES = 16 };

/** An option that may be given several times. */
struct sp_cli_values {
    char *items[SP_CLI_MAX_VALUES]; /* borrowed from argv */
    size_t count;
};

struct sp_cli_command;

/** All options of all commands; texts are borrowed from argv or the environment, NULL if not given.
 */
struct sp_cli_options {
    const struct sp_cli_command *command; /* NULL: none was named */
    const char *argument;                 /* the one positional argument, or the first of many */
    char **arguments;                     /* of a command that takes many; in the room of argv */
    size_t argument_count;
    enum sp_locale language;
    bool help;
    bool json;
    const char *server;
    const char *language_name;
    char *place;
    char *cpv;
    struct sp_cli_values kinds;
    struct sp_cli_values statuses;
    struct sp_cli_values codes;
    const char *within;
    bool all;
    bool businesses;
    const char *limit;
    bool facets;
    bool dry_run;
    const char *format;
    char *source;
    const char *rejected;
    const char *output;
    char *date;
    const char *consortia;
    const char *members_max;
    bool stream;
    bool full;
    const char *proposal;
    const char *single;
    const char *members;
    char *lot;
    const char *offers_min;
    char *entity;
    const char *vary;
    char *subject;
    char *text;
    char *open_on;
    char *buyer;
    const char *order;
};

/** Run one command; the error, if any, is printed by the caller. */
typedef enum sp_cli_exit sp_cli_run_fn(const struct sp_cli_options *options, struct sp_error *err);

struct sp_cli_command {
    const char *name;
    unsigned bit;                /* its place in the masks of the options table */
    const char *argument_polish; /* "TEKST"; NULL: takes none */
    const char *argument_english;
    bool needs_argument;
    const char *polish; /* what it does, for --help */
    const char *english;
    sp_cli_run_fn *run;
};

/** The commands, ended by one without a name. Defined beside main(). */
extern const struct sp_cli_command SP_CLI_COMMANDS[];

enum sp_cli_bits {
    SP_CLI_SEARCH = 1 << 0,
    SP_CLI_ANALYSE = 1 << 1,
    SP_CLI_SHOW = 1 << 2,
    SP_CLI_IMPORT = 1 << 3,
    SP_CLI_EXPORT = 1 << 4,
    SP_CLI_MATCH = 1 << 5,
    SP_CLI_CPV = 1 << 6,
    SP_CLI_COMPLETE = 1 << 7,
    SP_CLI_CLAUSES = 1 << 8,
    SP_CLI_LOTS = 1 << 9,
    SP_CLI_WHY_NOT = 1 << 10,
    SP_CLI_WHAT_IF = 1 << 11,
    SP_CLI_SUBCONTRACTORS = 1 << 12,
    SP_CLI_ADVICE =
        SP_CLI_CLAUSES | SP_CLI_LOTS | SP_CLI_WHY_NOT | SP_CLI_WHAT_IF | SP_CLI_SUBCONTRACTORS,
    SP_CLI_READ = 1 << 13,
    SP_CLI_IMPORT_NOTICES = 1 << 14,
    SP_CLI_IMPORT_PLAN = 1 << 15,
    SP_CLI_NEEDS = 1 << 16,
    SP_CLI_REPLAY = 1 << 17,
    SP_CLI_TAKE_MANY = SP_CLI_IMPORT_NOTICES, /* arguments, not one */
    SP_CLI_EVERY = (1 << 18) - 1,
};

/**
 * Read the command line. Options may stand before and after the command, as "--name value" or
 * "--name=value"; "--" ends them.
 *
 * @param out  filled as far as it was understood, so that its language holds for the error as well
 * @return SP_OK; SP_INVALID
 */
enum sp_status sp_cli_options_parse(int argc, char **argv, struct sp_cli_options *out,
                                    struct sp_error *err);

/** Print help about the command of @p options, or about the program if it names none. */
void sp_cli_options_help(const struct sp_cli_options *options, FILE *file);

/** Read a whole number of an option; absent gives @p absent. */
enum sp_status sp_cli_number(const char *name, const char *text, uint32_t absent, uint32_t *out,
                             struct sp_error *err);

#endif
