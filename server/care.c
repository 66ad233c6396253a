/* SPDX-License-Identifier: EUPL-1.2 */
#include "server/care.h"

#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "matcher/catalogue/store_backup.h"
#include "matcher/language/language.h"
#include "server/operations/options.h"

enum { PATH_BYTES = 4096, NAME_BYTES = 64 };

enum exit_code { EXIT_DONE, EXIT_NOT_DONE, EXIT_USAGE, EXIT_DAMAGED };

struct request {
    struct sp_options options; /* data and share only */
    const char *path;          /* the backup; NULL for check */
    char work[NAME_BYTES];     /* folders of this run, in the data directory */
    char aside[NAME_BYTES];
};

typedef enum sp_status care_fn(const struct request *request,
                               const struct sp_store_options *options,
                               struct sp_backup_report *report, struct sp_error *err);

static enum sp_status make_backup(const struct request *request,
                                  const struct sp_store_options *options,
                                  struct sp_backup_report *report, struct sp_error *err)
{
    return sp_backup_make(options, request->path, report, err);
}

static enum sp_status restore(const struct request *request, const struct sp_store_options *options,
                              struct sp_backup_report *report, struct sp_error *err)
{
    return sp_backup_restore(options, request->path, request->work, request->aside, report, err);
}

static enum sp_status check(const struct request *request, const struct sp_store_options *options,
                            struct sp_backup_report *report, struct sp_error *err)
{
    return sp_backup_check(options, request->work, report, err);
}

static const struct command {
    const char *name;
    bool needs_path;
    care_fn *run;
    const char *polish; /* help */
    const char *english;
    const char *done_polish;
    const char *done_english;
} COMMANDS[] = {
    {"backup", true, make_backup,
     "Użycie: spoinad backup --data DIR FOLDER\n\n"
     "Kopiuje wszystkie bazy katalogu danych do nowego FOLDERU i sprawdza kopię.\n"
     "Serwer może przy tym działać i zapisywać. Potrzeba miejsca na dwie kopie.\n",
     "Usage: spoinad backup --data DIR FOLDER\n\n"
     "Copies all databases of the data directory into the new FOLDER and checks the copy.\n"
     "The server may run and write meanwhile. Needs room for two copies.\n",
     "Kopia gotowa i sprawdzona.", "The backup is made and checked."},
    {"restore", true, restore,
     "Użycie: spoinad restore --data DIR FOLDER\n\n"
     "Sprawdza kopię z FOLDERU i wstawia ją w miejsce danych; dotychczasowe zostają\n"
     "w DIR/before-restore-DATA. Serwer musi być zatrzymany.\n",
     "Usage: spoinad restore --data DIR FOLDER\n\n"
     "Checks the backup in FOLDER and puts it in the place of the data, which are kept in\n"
     "DIR/before-restore-DATE. The server must be stopped.\n",
     "Kopia sprawdzona i przywrócona.", "The backup is checked and restored."},
    {"check", false, check,
     "Użycie: spoinad check --data DIR\n\n"
     "Sprawdza na kopii wszystkie bazy katalogu danych: pliki, klucze obce, indeks\n"
     "pełnotekstowy, dziennik zmian wobec tabel, dokumenty, wersje. Serwer może działać.\n"
     "Potrzeba miejsca na jedną kopię.\n",
     "Usage: spoinad check --data DIR\n\n"
     "Checks, on a copy, all databases of the data directory: files, foreign keys, full-text\n"
     "index, change log against tables, documents, versions. The server may run.\n"
     "Needs room for one copy.\n",
     "Dane są w porządku.", "The data are sound."},
};

static const char HELP_PL[] =
    "\n  --data DIR    katalog danych (wymagany)\n"
    "  --share DIR   tablice językowe (domyślnie obok programu)\n\n"
    "Kod wyjścia: 0 zrobione, 1 nie udało się, 2 złe argumenty, 3 dane są uszkodzone.\n";
static const char HELP_EN[] =
    "\n  --data DIR    data directory (required)\n"
    "  --share DIR   language tables (by default beside the program)\n\n"
    "Exit code: 0 done, 1 not done, 2 wrong arguments, 3 the data are damaged.\n";

static const struct command *find_command(const char *name)
{
    for (size_t i = 0; i < SP_COUNT(COMMANDS); i++) {
        if (strcmp(name, COMMANDS[i].name) == 0) {
            return &COMMANDS[i];
        }
    }
    return NULL;
}

bool sp_care_knows(const char *command)
{
    return find_command(command) != NULL;
}

static void help(const struct command *command, FILE *out)
{
    enum sp_locale locale = sp_options_locale();
    (void)fputs(sp_say(locale, command->polish, command->english), out);
    (void)fputs(sp_say(locale, HELP_PL, HELP_EN), out);
}

/** Value of option @p name at argv[*at] as "--name value" or "--name=value"; NULL: another one. */
static const char *value_of(const char *name, int argc, char **argv, int *at)
{
    size_t length = strlen(name);
    if (strncmp(argv[*at], name, length) != 0) {
        return NULL;
    }
    if (argv[*at][length] == '=') {
        return argv[*at] + length + 1;
    }
    return argv[*at][length] == '\0' && *at + 1 < argc ? argv[++*at] : NULL;
}

static bool parse(const struct command *command, int argc, char **argv, struct request *request)
{
    for (int at = 2; at < argc; at++) {
        const char *data = value_of("--data", argc, argv, &at);
        const char *share = data == NULL ? value_of("--share", argc, argv, &at) : NULL;
        if (data != NULL) {
            request->options.data = data;
        } else if (share != NULL) {
            request->options.share = share;
        } else if (argv[at][0] != '-' && command->needs_path && request->path == NULL) {
            request->path = argv[at];
        } else {
            return false;
        }
    }
    return request->options.data != NULL && (request->path != NULL) == command->needs_path;
}

/** Name the folders after the time and the process, so that no two runs meet. */
static void name_folders(struct request *request)
{
    struct tm utc;
    time_t now = time(NULL);
    char stamp[32];
    (void)gmtime_r(&now, &utc);
    (void)strftime(stamp, sizeof stamp, "%Y%m%dT%H%M%SZ", &utc);
    (void)snprintf(request->work, sizeof request->work, "work-%s-%d", stamp, (int)getpid());
    (void)snprintf(request->aside, sizeof request->aside, "before-restore-%s", stamp);
}

/** Print a sentence in the reader's language. */
#define SAY(...)                                                                                   \
    do {                                                                                           \
        struct sp_error line;                                                                      \
        (void)SP_FAIL(&line, SP_OK, "", __VA_ARGS__);                                              \
        (void)puts(sp_say(sp_options_locale(), line.polish, line.english));                        \
    } while (0)

static void tell(const struct command *command, const struct request *request,
                 const struct sp_backup_report *report)
{
    const struct sp_store_opening *opening = &report->opening;
    (void)puts(sp_say(sp_options_locale(), command->done_polish, command->done_english));
    SAY("Baz: %u, wersja katalogu: %llu, podmiotów: %lld, dokumentów: %lld.",
        "Databases: %u, catalogue version: %llu, entities: %lld, documents: %lld.",
        report->databases, (unsigned long long)report->version, (long long)report->entities,
        (long long)report->documents);
    if (opening->schema_before != report->schema) {
        SAY("Schemat %d; ten program używa %d i przenosi dane przy otwarciu.",
            "Schema %d; this program uses %d and migrates at opening.", opening->schema_before,
            report->schema);
    }
    if (opening->index_remade) {
        (void)puts(sp_say(sp_options_locale(),
                          "Indeks zrobił inny słownik: powstanie od nowa przy otwarciu.",
                          "Another dictionary made the index: it is made anew at opening."));
    }
    if (command->run == restore) {
        SAY("Dotychczasowe dane: %s/%s", "The data so far: %s/%s", request->options.data,
            request->aside);
    }
}

static enum sp_status run(const struct command *command, const struct request *request,
                          struct sp_backup_report *report, struct sp_error *err)
{
    char share[PATH_BYTES];
    struct sp_language *language = NULL;
    enum sp_status status = sp_options_share(&request->options, share, sizeof share, err);
    if (status == SP_OK) {
        status = sp_language_open(share, &language, err);
    }
    if (status == SP_OK) {
        struct sp_store_options options = {.directory = request->options.data,
                                           .language = language};
        status = command->run(request, &options, report, err);
    }
    sp_language_free(language);
    return status;
}

int sp_care_main(int argc, char **argv)
{
    const struct command *command = find_command(argv[1]);
    struct request request = {.path = NULL};
    struct sp_backup_report report = {0};
    struct sp_error error = {.status = SP_OK};
    for (int at = 2; at < argc; at++) {
        if (strcmp(argv[at], "--help") == 0) {
            help(command, stdout);
            return EXIT_DONE;
        }
    }
    if (!parse(command, argc, argv, &request)) {
        help(command, stderr);
        return EXIT_USAGE;
    }
    name_folders(&request);
    enum sp_status status = run(command, &request, &report, &error);
    if (status == SP_OK) {
        tell(command, &request, &report);
        return EXIT_DONE;
    }
    (void)fprintf(stderr, "spoinad %s: %s%s%s\n", command->name, error.place,
                  error.place[0] == '\0' ? "" : ": ",
                  sp_say(sp_options_locale(), error.polish, error.english));
    return status == SP_CORRUPT ? EXIT_DAMAGED : EXIT_NOT_DONE;
}
