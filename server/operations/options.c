/* SPDX-License-Identifier: EUPL-1.2 */
#include "server/operations/options.h"

#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/view.h"

enum option_type { OPTION_TEXT, OPTION_NUMBER, OPTION_ACTION };

struct option {
    const char *name;
    enum option_type type;
    size_t offset;    /* of the member of struct sp_options */
    const char *text; /* default of a text; NULL: none */
    int64_t number;   /* default of a number; the action */
    int64_t minimum;
    int64_t maximum;
    const char *unit; /* or the kind of value, for the help text */
    const char *polish;
    const char *english;
};

#define AT(member) offsetof(struct sp_options, member)

static const struct option OPTIONS[] = {
    {"data", OPTION_TEXT, AT(data), NULL, 0, 0, 0, "DIR",
     "katalog danych (wymagany; powstanie, jeśli go nie ma)",
     "data directory (required; made if it is missing)"},
    {"listen", OPTION_TEXT, AT(listen), "127.0.0.1:8080", 0, 0, 0, "HOST:PORT",
     "adres nasłuchu; port 0: wybierze system", "address to listen on; port 0: the system chooses"},
    {"share", OPTION_TEXT, AT(share), NULL, 0, 0, 0, "DIR",
     "tablice językowe i słowniki (domyślnie obok programu)",
     "language tables and vocabularies (by default beside the program)"},
    {"workers", OPTION_NUMBER, AT(workers), NULL, 2, 1, 64, "", "wątki odpowiadające na zapytania",
     "threads that answer queries"},
    {"queue", OPTION_NUMBER, AT(queue), NULL, 256, 1, 65536, "",
     "zapytania czekające na wątek; ponad to serwer odmawia od razu",
     "calls waiting for a thread; above that the server refuses at once"},
    {"batch", OPTION_NUMBER, AT(batch), NULL, 128, 1, 4096, "", "zmiany zapisywane razem",
     "changes committed together"},
    {"max-connections", OPTION_NUMBER, AT(connections), NULL, 800, 1, 100000, "",
     "połączenia naraz", "connections at a time"},
    {"max-connections-per-address", OPTION_NUMBER, AT(connections_per_address), NULL, 200, 1,
     100000, "", "połączenia naraz z jednego adresu", "connections at a time from one address"},
    {"idle-seconds", OPTION_NUMBER, AT(idle_s), NULL, 60, 1, 3600, "s",
     "czas między zapytaniami połączenia", "time between the requests of a connection"},
    {"head-seconds", OPTION_NUMBER, AT(head_s), NULL, 10, 1, 3600, "s",
     "czas na cały nagłówek zapytania", "time for the whole head of a request"},
    {"body-seconds", OPTION_NUMBER, AT(body_s), NULL, 60, 1, 3600, "s",
     "czas na całą treść zapytania", "time for the whole body of a request"},
    {"write-seconds", OPTION_NUMBER, AT(write_s), NULL, 60, 1, 3600, "s",
     "czas na odbiór odpowiedzi przez klienta", "time for the client to take an answer"},
    {"call-seconds", OPTION_NUMBER, AT(call_s), NULL, 60, 1, 3600, "s", "czas na jedno zapytanie",
     "time for one call"},
    {"drain-seconds", OPTION_NUMBER, AT(drain_s), NULL, 10, 0, 3600, "s",
     "czas na dokończenie zapytań przy zatrzymaniu", "time to finish calls when stopping"},
    {"log", OPTION_TEXT, AT(log), "info", 0, 0, 0, "error|warn|info|debug",
     "co trafia do dziennika (stderr)", "what goes to the log (stderr)"},
    {"help", OPTION_ACTION, AT(action), NULL, SP_OPTIONS_HELP, 0, 0, "", "ta pomoc", "this help"},
    {"version", OPTION_ACTION, AT(action), NULL, SP_OPTIONS_VERSION, 0, 0, "", "wersja", "version"},
};

static const char **text_of(struct sp_options *options, const struct option *option)
{
    return (const char **)(void *)((char *)options + option->offset);
}

static int64_t *number_of(struct sp_options *options, const struct option *option)
{
    return (int64_t *)(void *)((char *)options + option->offset);
}

static void set_defaults(struct sp_options *options)
{
    *options = (struct sp_options){.action = SP_OPTIONS_RUN};
    for (size_t i = 0; i < SP_COUNT(OPTIONS); i++) {
        if (OPTIONS[i].type == OPTION_TEXT) {
            *text_of(options, &OPTIONS[i]) = OPTIONS[i].text;
        } else if (OPTIONS[i].type == OPTION_NUMBER) {
            *number_of(options, &OPTIONS[i]) = OPTIONS[i].number;
        }
    }
}

static const struct option *find_option(struct sp_view name)
{
    for (size_t i = 0; i < SP_COUNT(OPTIONS); i++) {
        if (sp_view_is(name, OPTIONS[i].name)) {
            return &OPTIONS[i];
        }
    }
    return NULL;
}

static enum sp_status set_number(struct sp_options *options, const struct option *option,
                                 const char *value, struct sp_error *err)
{
    char *end = NULL;
    errno = 0;
    long long number = strtoll(value, &end, 10);
    if (errno != 0 || end == value || *end != '\0' || number < option->minimum ||
        number > option->maximum) {
        return SP_FAIL(err, SP_INVALID, option->name,
                       "Opcja --%s musi być liczbą od %lld do %lld, jest „%s”.",
                       "The option --%s must be a number from %lld to %lld, not \"%s\".",
                       option->name, (long long)option->minimum, (long long)option->maximum, value);
    }
    *number_of(options, option) = number;
    return SP_OK;
}

/* Take the option at argv[*at] and its value; *at is moved to the last argument used. */
static enum sp_status take_option(int argc, char **argv, int *at, struct sp_options *options,
                                  struct sp_error *err)
{
    const char *argument = argv[*at];
    bool dashes = strncmp(argument, "--", 2) == 0;
    const char *name = dashes ? argument + 2 : argument;
    const char *equals = strchr(name, '=');
    const struct option *option =
        dashes ? find_option(
                     sp_view_from(name, equals == NULL ? strlen(name) : (size_t)(equals - name)))
               : NULL;
    if (option == NULL) {
        return SP_FAIL(err, SP_INVALID, argument, "Nieznana opcja „%s”; zob. --help.",
                       "Unknown option \"%s\"; see --help.", argument);
    }
    if (option->type == OPTION_ACTION) {
        options->action = (enum sp_options_action)option->number;
        return SP_OK;
    }
    const char *value = equals == NULL ? NULL : equals + 1;
    if (value == NULL && *at + 1 < argc) {
        value = argv[++*at];
    }
    if (value == NULL) {
        return SP_FAIL(err, SP_INVALID, option->name, "Opcja --%s wymaga wartości.",
                       "The option --%s needs a value.", option->name);
    }
    if (option->type == OPTION_NUMBER) {
        return set_number(options, option, value, err);
    }
    *text_of(options, option) = value;
    return SP_OK;
}

enum sp_status sp_options_parse(int argc, char **argv, struct sp_options *out, struct sp_error *err)
{
    set_defaults(out);
    for (int at = 1; at < argc; at++) {
        enum sp_status status = take_option(argc, argv, &at, out, err);
        if (status != SP_OK) {
            return status;
        }
    }
    if (out->action == SP_OPTIONS_RUN && out->data == NULL) {
        return SP_FAIL(err, SP_INVALID, "data", "Podaj katalog danych: --data DIR.",
                       "Give a data directory: --data DIR.");
    }
    return SP_OK;
}

void sp_options_help(FILE *out, enum sp_locale locale)
{
    (void)fputs(sp_say(locale,
                       "Użycie: spoinad --data DIR [opcje]\n"
                       "        spoinad backup|restore|check --help\n\n",
                       "Usage: spoinad --data DIR [options]\n"
                       "       spoinad backup|restore|check --help\n\n"),
                out);
    for (size_t i = 0; i < SP_COUNT(OPTIONS); i++) {
        const struct option *option = &OPTIONS[i];
        (void)fprintf(out, "  --%s%s%s\n      %s", option->name, option->unit[0] == '\0' ? "" : " ",
                      option->unit, sp_say(locale, option->polish, option->english));
        if (option->type == OPTION_NUMBER) {
            (void)fprintf(out, " (%lld; %lld..%lld)", (long long)option->number,
                          (long long)option->minimum, (long long)option->maximum);
        } else if (option->text != NULL) {
            (void)fprintf(out, " (%s)", option->text);
        }
        (void)fputs("\n", out);
    }
}

enum sp_locale sp_options_locale(void)
{
    static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; i < SP_COUNT(names); i++) {
        const char *value = getenv(names[i]);
        if (value != NULL && value[0] != '\0') {
            return strncmp(value, "en", 2) == 0 ? SP_EN : SP_PL;
        }
    }
    return SP_PL;
}

enum sp_status sp_options_share(const struct sp_options *options, char *out, size_t size,
                                struct sp_error *err)
{
    const char *given = options->share != NULL ? options->share : getenv("SPOINA_SHARE");
    if (given != NULL && given[0] != '\0') {
        return snprintf(out, size, "%s", given) < (int)size
                   ? SP_OK
                   : SP_FAIL(err, SP_LIMIT, "share", "Zbyt długa ścieżka.",
                             "The path is too long.");
    }
    char program[1024];
    ssize_t length = readlink("/proc/self/exe", program, sizeof program - 1);
    if (length <= 0) {
        return SP_FAIL(err, SP_IO, "share", "Podaj katalog tablic: --share DIR.",
                       "Give the folder of tables: --share DIR.");
    }
    program[length] = '\0';
    char *slash = strrchr(program, '/');
    *slash = '\0';
    return snprintf(out, size, "%s/../share/spoina", program) < (int)size
               ? SP_OK
               : SP_FAIL(err, SP_LIMIT, "share", "Zbyt długa ścieżka.", "The path is too long.");
}
