/* SPDX-License-Identifier: EUPL-1.2 */
#include "clients/cli/options.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/view.h"

enum option_kind { FLAG, VALUE, VALUES };

struct option {
    const char *name;
    enum option_kind kind;
    size_t offset;     /* in struct sp_cli_options */
    unsigned commands; /* enum sp_cli_bits */
    const char *value_polish;
    const char *value_english;
    const char *polish;
    const char *english;
};

#define AT(member) offsetof(struct sp_cli_options, member)

static const struct option OPTIONS[] = {
    {"place", VALUE, AT(place), SP_CLI_SEARCH | SP_CLI_SUBCONTRACTORS | SP_CLI_NEEDS, "MIEJSCE",
     "PLACE", "miejscowość, gmina, powiat, województwo albo kod TERYT",
     "town, gmina, powiat, voivodeship or TERYT code"},
    {"cpv", VALUE, AT(cpv), SP_CLI_SEARCH | SP_CLI_NEEDS, "KOD", "CODE",
     "kod CPV albo jego początek", "CPV code or its leading digits"},
    {"kind", VALUES, AT(kinds), SP_CLI_SEARCH, "RODZAJ", "KIND",
     "forma prawna lub jednostka, np. fundacja, ZAZ (można powtórzyć)",
     "legal form or unit, e.g. fundacja, ZAZ (repeatable)"},
    {"open-on", VALUE, AT(open_on), SP_CLI_NEEDS, "RRRR-MM-DD", "YYYY-MM-DD",
     "potrzeby, w których tego dnia można jeszcze złożyć ofertę",
     "needs for which offers can still be made on that day"},
    {"buyer", VALUE, AT(buyer), SP_CLI_NEEDS | SP_CLI_IMPORT_PLAN, "NAZWA", "NAME", "zamawiający",
     "who buys"},
    {"by", VALUE, AT(order), SP_CLI_NEEDS, "deadline|potential", "deadline|potential",
     "kolejność: termin składania ofert albo potencjał (domyślnie najnowsze)",
     "order: deadline for offers, or potential (default: newest)"},
    {"status", VALUES, AT(statuses), SP_CLI_SEARCH, "STATUS", "STATUS",
     "PS, ZPCh, OPP lub mark (można powtórzyć)", "PS, ZPCh, OPP or mark (repeatable)"},
    {"within", VALUE, AT(within), SP_CLI_SEARCH, "KM", "KM", "najwyżej tyle kilometrów od miejsca",
     "at most so many kilometres from the place"},
    {"all", FLAG, AT(all), SP_CLI_SEARCH, NULL, NULL, "tylko oferty ze wszystkimi słowami",
     "only offers with all the words"},
    {"facets", FLAG, AT(facets), SP_CLI_SEARCH, NULL, NULL,
     "policz wyniki według powiatów, działów CPV, form i statusów",
     "count the hits by powiat, CPV division, form and status"},
    {"limit", VALUE, AT(limit),
     SP_CLI_SEARCH | SP_CLI_NEEDS | SP_CLI_MATCH | SP_CLI_CPV | SP_CLI_WHY_NOT |
         SP_CLI_SUBCONTRACTORS,
     "N", "N", "najwyżej tyle wyników", "at most so many results"},
    {"code", VALUES, AT(codes), SP_CLI_CPV, "KOD", "CODE",
     "kod do porównania z tekstem (można powtórzyć)", "code to compare with the text (repeatable)"},
    {"date", VALUE, AT(date), SP_CLI_MATCH | SP_CLI_NEEDS | SP_CLI_COMPLETE | SP_CLI_ADVICE,
     "RRRR-MM-DD", "YYYY-MM-DD", "dzień, na który liczyć ważność danych (domyślnie dziś)",
     "day for which validity is computed (default: today)"},
    {"consortia", VALUE, AT(consortia), SP_CLI_MATCH | SP_CLI_COMPLETE | SP_CLI_WHY_NOT, "N", "N",
     "najwyżej tyle konsorcjów na część (domyślnie 10; 0: bez konsorcjów)",
     "at most so many consortia a lot (default 10; 0: none)"},
    {"members-max", VALUE, AT(members_max), SP_CLI_MATCH | SP_CLI_COMPLETE | SP_CLI_ADVICE, "N",
     "N", "najwyżej tylu członków konsorcjum (2-8, domyślnie 5)",
     "at most so many members of a consortium (2-8, default 5)"},
    {"stream", FLAG, AT(stream), SP_CLI_MATCH, NULL, NULL,
     "pokazuj coraz lepsze konsorcja w trakcie szukania",
     "show better consortia while the search goes on"},
    {"members", VALUE, AT(members), SP_CLI_COMPLETE, "ID,...", "ID,...",
     "kto ma być w konsorcjum: identyfikatory, NIP, KRS lub REGON po przecinku",
     "who must be in: ids, NIP, KRS or REGON, parted by commas"},
    {"full", FLAG, AT(full), SP_CLI_MATCH | SP_CLI_COMPLETE | SP_CLI_REPLAY, NULL, NULL,
     "wypisz wszystko: także spełnione warunki, każdy powód i punkty",
     "print everything: met conditions, every reason and points as well"},
    {"proposal", VALUE, AT(proposal), SP_CLI_REPLAY, "N", "N",
     "które konsorcjum części powtórzyć (numer jak na liście)",
     "which consortium of the lot to replay (its number in the list)"},
    {"single", VALUE, AT(single), SP_CLI_REPLAY, "N", "N",
     "który pojedynczy podmiot części powtórzyć (numer jak na liście)",
     "which single entity of the lot to replay (its number in the list)"},
    {"lot", VALUE, AT(lot), SP_CLI_COMPLETE | SP_CLI_WHY_NOT | SP_CLI_WHAT_IF | SP_CLI_REPLAY,
     "CZĘŚĆ", "LOT", "tylko ta część zamówienia", "only this lot"},
    {"businesses", FLAG, AT(businesses), SP_CLI_MATCH | SP_CLI_COMPLETE | SP_CLI_ADVICE, NULL, NULL,
     "szukaj także wśród zwykłych przedsiębiorców", "look among ordinary businesses as well"},
    {"offers-min", VALUE, AT(offers_min), SP_CLI_CLAUSES, "N", "N",
     "ile niezależnych ofert ma zostać (1-20, domyślnie 2)",
     "independent offers to keep (1-20, default 2)"},
    {"entity", VALUE, AT(entity), SP_CLI_WHY_NOT | SP_CLI_NEEDS, "ID", "ID",
     "o kogo chodzi: identyfikator, NIP, KRS albo REGON",
     "whom it is about: id, NIP, KRS or REGON"},
    {"vary", VALUE, AT(vary), SP_CLI_WHAT_IF, "P=W,...", "P=V,...",
     "co zmieniać: quantity, radius, share, persons, grosz, count, parts, deadline-days,\n"
     "                        clause, members-max",
     "what to vary: quantity, radius, share, persons, grosz, count, parts, deadline-days,\n"
     "                        clause, members-max"},
    {"subject", VALUE, AT(subject), SP_CLI_WHAT_IF, "ID", "ID",
     "którego wymagania, warunku lub klauzuli dotyczy, gdy jest ich kilka",
     "which requirement, condition or clause, where there are several"},
    {"text", VALUE, AT(text), SP_CLI_SUBCONTRACTORS | SP_CLI_READ, "TEKST", "TEXT",
     "tekst zamiast pliku (subcontractors: każdy wiersz lub część po średniku to pozycja)",
     "words instead of a file (subcontractors: each line or piece after a semicolon is a part)"},
    {"dry-run", FLAG, AT(dry_run), SP_CLI_IMPORT | SP_CLI_IMPORT_PLAN, NULL, NULL,
     "sprawdź i opisz, niczego nie zmieniaj", "check and report, change nothing"},
    {"source", VALUE, AT(source), SP_CLI_IMPORT, "NAZWA", "NAME",
     "źródło wierszy, które go nie podają", "source of rows that name none"},
    {"rejected", VALUE, AT(rejected), SP_CLI_IMPORT, "PLIK", "FILE",
     "gdzie zapisać odrzucone wiersze (domyślnie PLIK.rejected.csv)",
     "where to write rejected rows (default: FILE.rejected.csv)"},
    {"format", VALUE, AT(format), SP_CLI_IMPORT | SP_CLI_EXPORT, "csv|jsonl", "csv|jsonl",
     "format pliku (import: rozpozna sam; export: domyślnie csv)",
     "format of the file (import: finds out; export: default csv)"},
    {"output", VALUE, AT(output), SP_CLI_EXPORT, "PLIK", "FILE",
     "gdzie zapisać (domyślnie na wyjście)", "where to write (default: standard output)"},
    {"json", FLAG, AT(json), SP_CLI_EVERY, NULL, NULL, "wypisz odpowiedź serwera jako JSON",
     "print the server's answer as JSON"},
    {"server", VALUE, AT(server), SP_CLI_EVERY, "URL", "URL",
     "adres serwera (domyślnie $SPOINA_SERVER lub http://127.0.0.1:8080)",
     "address of the server (default: $SPOINA_SERVER or http://127.0.0.1:8080)"},
    {"lang", VALUE, AT(language_name), SP_CLI_EVERY, "pl|en", "pl|en", "język (domyślnie z LANG)",
     "language (default: from LANG)"},
    {"help", FLAG, AT(help), SP_CLI_EVERY, NULL, NULL, "ta pomoc", "this help"},
};

static const struct option *find_option(struct sp_view name)
{
    for (size_t i = 0; i < SP_COUNT(OPTIONS); i++) {
        if (sp_view_is(name, OPTIONS[i].name)) {
            return &OPTIONS[i];
        }
    }
    return NULL;
}

static const struct sp_cli_command *find_command(const char *name)
{
    for (const struct sp_cli_command *command = SP_CLI_COMMANDS; command->name != NULL; command++) {
        if (strcmp(command->name, name) == 0) {
            return command;
        }
    }
    return NULL;
}

/* "--name" for an error's place. */
struct dashed {
    char text[32];
};

static struct dashed dashed(const struct option *option)
{
    struct dashed name;
    (void)snprintf(name.text, sizeof name.text, "--%s", option->name);
    return name;
}

static enum sp_status store(struct sp_cli_options *out, const struct option *option, char *value,
                            struct sp_error *err)
{
    char *at = (char *)out + option->offset;
    if (option->kind == FLAG) {
        *(bool *)at = true;
    } else if (option->kind == VALUE) {
        *(char **)(void *)at = value;
    } else {
        struct sp_cli_values *values = (struct sp_cli_values *)(void *)at;
        if (values->count == SP_CLI_MAX_VALUES) {
            return SP_FAIL(err, SP_INVALID, dashed(option).text, "Opcję podano ponad %d razy.",
                           "The option is given more than %d times.", SP_CLI_MAX_VALUES);
        }
        values->items[values->count++] = value;
    }
    return SP_OK;
}

/* Take "--name", "--name=value" or "--name value" at argv[*at]. */
static enum sp_status take_option(int argc, char **argv, int *at, struct sp_cli_options *out,
                                  uint64_t *used, struct sp_error *err)
{
    char *text = argv[*at] + 2;
    char *equals = strchr(text, '=');
    size_t length = equals == NULL ? strlen(text) : (size_t)(equals - text);
    const struct option *option = find_option(sp_view_from(text, length));
    if (option == NULL) {
        return SP_FAIL(err, SP_INVALID, argv[*at], "Nieznana opcja.", "Unknown option.");
    }
    char *value = equals == NULL ? NULL : equals + 1;
    if (option->kind == FLAG && value != NULL) {
        return SP_FAIL(err, SP_INVALID, argv[*at], "Ta opcja nie przyjmuje wartości.",
                       "This option takes no value.");
    }
    if (option->kind != FLAG && value == NULL) {
        if (*at + 1 == argc) {
            return SP_FAIL(err, SP_INVALID, argv[*at], "Brak wartości opcji.",
                           "The option's value is missing.");
        }
        value = argv[++*at];
    }
    *used |= UINT64_C(1) << (option - OPTIONS);
    return store(out, option, value, err);
}

static enum sp_status take_word(char *word, struct sp_cli_options *out, struct sp_error *err)
{
    if (out->command == NULL) {
        out->command = find_command(word);
        return out->command != NULL ? SP_OK
                                    : SP_FAIL(err, SP_INVALID, word,
                                              "Nieznane polecenie; listę pokazuje spoina --help.",
                                              "Unknown command; spoina --help lists them.");
    }
    if ((out->command->bit & SP_CLI_TAKE_MANY) != 0) {
        /* The words before this one have been read, so there is room for it. */
        out->arguments[out->argument_count++] = word;
        out->argument = out->arguments[0];
        return SP_OK;
    }
    if (out->argument != NULL || out->command->argument_polish == NULL) {
        return SP_FAIL(err, SP_INVALID, word,
                       "Zbędny argument (tekst ze spacjami ujmij w cudzysłów).",
                       "One argument too many (put a text with spaces in quotes).");
    }
    out->argument = word;
    return SP_OK;
}

/* Polish, unless --lang or the environment asks for English. */
static enum sp_status choose_language(struct sp_cli_options *out, struct sp_error *err)
{
    static const char *const variables[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    const char *name = out->language_name;
    for (size_t i = 0; i < SP_COUNT(variables) && (name == NULL || name[0] == '\0'); i++) {
        name = getenv(variables[i]);
    }
    bool english = name != NULL && strncasecmp(name, "en", 2) == 0;
    out->language = english ? SP_EN : SP_PL;
    if (out->language_name != NULL && !english && strcmp(out->language_name, "pl") != 0) {
        return SP_FAIL(err, SP_INVALID, "--lang", "Język to pl albo en.",
                       "The language is pl or en.");
    }
    return SP_OK;
}

static enum sp_status check_options(const struct sp_cli_options *out, uint64_t used,
                                    struct sp_error *err)
{
    if (out->help) {
        return SP_OK;
    }
    if (out->command == NULL) {
        return SP_FAIL(err, SP_INVALID, "", "Podaj polecenie; listę pokazuje spoina --help.",
                       "Name a command; spoina --help lists them.");
    }
    for (size_t i = 0; i < SP_COUNT(OPTIONS); i++) {
        if ((used & UINT64_C(1) << i) != 0 && (OPTIONS[i].commands & out->command->bit) == 0) {
            return SP_FAIL(err, SP_INVALID, dashed(&OPTIONS[i]).text,
                           "Polecenie %s nie ma takiej opcji; zob. spoina %s --help.",
                           "The command %s has no such option; see spoina %s --help.",
                           out->command->name, out->command->name);
        }
    }
    if (out->command->needs_argument && out->argument == NULL) {
        return SP_FAIL(err, SP_INVALID, "", "Brak argumentu; zob. spoina %s --help.",
                       "The argument is missing; see spoina %s --help.", out->command->name);
    }
    return SP_OK;
}

enum sp_status sp_cli_options_parse(int argc, char **argv, struct sp_cli_options *out,
                                    struct sp_error *err)
{
    *out = (struct sp_cli_options){.server = getenv("SPOINA_SERVER"), .arguments = argv + 1};
    uint64_t used = 0; /* bit n: option n of the table */
    bool only_words = false;
    enum sp_status status = SP_OK;
    for (int i = 1; i < argc && status == SP_OK; i++) {
        if (!only_words && strcmp(argv[i], "--") == 0) {
            only_words = true;
        } else if (!only_words && argv[i][0] == '-' && argv[i][1] == '-') {
            status = take_option(argc, argv, &i, out, &used, err);
        } else if (!only_words && argv[i][0] == '-' && argv[i][1] != '\0') {
            status = SP_FAIL(err, SP_INVALID, argv[i], "Nieznana opcja.", "Unknown option.");
        } else {
            status = take_word(argv[i], out, err);
        }
    }
    enum sp_status chosen = choose_language(out, status == SP_OK ? err : NULL);
    if (out->server == NULL || out->server[0] == '\0') {
        out->server = "http://127.0.0.1:8080";
    }
    status = status == SP_OK ? chosen : status;
    return status == SP_OK ? check_options(out, used, err) : status;
}

static void help_about_options(const struct sp_cli_options *options, unsigned commands, FILE *file)
{
    enum sp_locale language = options->language;
    (void)fprintf(file, "\n%s\n", sp_say(language, "Opcje:", "Options:"));
    for (size_t i = 0; i < SP_COUNT(OPTIONS); i++) {
        const struct option *option = &OPTIONS[i];
        if ((option->commands & commands) == 0) {
            continue;
        }
        char left[40];
        const char *value = sp_say(language, option->value_polish, option->value_english);
        (void)snprintf(left, sizeof left, "--%s%s%s", option->name, value == NULL ? "" : " ",
                       value == NULL ? "" : value);
        (void)fprintf(file, "  %-20s  %s\n", left,
                      sp_say(language, option->polish, option->english));
    }
}

static void help_about_exits(enum sp_locale language, FILE *file)
{
    (void)fputs(sp_say(language,
                       "\nKody wyjścia:\n"
                       "  0  udało się\n"
                       "  1  złe wywołanie\n"
                       "  2  serwer nie odpowiada albo zawiódł\n"
                       "  3  import: część wierszy odrzucono (reszta jest przyjęta)\n"
                       "  4  złe dane wejściowe\n",
                       "\nExit codes:\n"
                       "  0  done\n"
                       "  1  wrong usage\n"
                       "  2  the server does not answer, or failed\n"
                       "  3  import: some rows were rejected (the others are in)\n"
                       "  4  bad input\n"),
                file);
}

void sp_cli_options_help(const struct sp_cli_options *options, FILE *file)
{
    enum sp_locale language = options->language;
    const struct sp_cli_command *command = options->command;
    if (command != NULL) {
        const char *argument =
            sp_say(language, command->argument_polish, command->argument_english);
        (void)fprintf(file, "spoina %s%s%s [%s]\n\n%s\n", command->name,
                      argument == NULL ? "" : " ", argument == NULL ? "" : argument,
                      sp_say(language, "opcje", "options"),
                      sp_say(language, command->polish, command->english));
        help_about_options(options, command->bit, file);
    } else {
        (void)fprintf(file, "%s\n\n",
                      sp_say(language, "spoina POLECENIE [opcje]: klient serwera spoinad",
                             "spoina COMMAND [options]: client of the spoinad server"));
        for (command = SP_CLI_COMMANDS; command->name != NULL; command++) {
            const char *text = sp_say(language, command->polish, command->english);
            (void)fprintf(file, "  %-10s  %.*s\n", command->name, (int)strcspn(text, "\n"), text);
        }
        (void)fprintf(file, "\n%s\n",
                      sp_say(language, "Opcje polecenia: spoina POLECENIE --help",
                             "Options of a command: spoina COMMAND --help"));
    }
    help_about_exits(language, file);
}

enum sp_status sp_cli_number(const char *name, const char *text, uint32_t absent, uint32_t *out,
                             struct sp_error *err)
{
    if (text == NULL) {
        *out = absent;
        return SP_OK;
    }
    uint32_t value = 0;
    size_t length = strlen(text);
    for (size_t i = 0; i < length; i++) {
        if (text[i] < '0' || text[i] > '9' || length > 9) {
            length = 0;
            break;
        }
        value = value * 10 + (uint32_t)(text[i] - '0');
    }
    if (length == 0) {
        return SP_FAIL(err, SP_INVALID, name, "„%s” nie jest liczbą całkowitą.",
                       "\"%s\" is not a whole number.", text);
    }
    *out = value;
    return SP_OK;
}
