/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * `spoina`: the server's calls from a terminal. Finds the command, runs it, tells what went wrong.
 */
#include <stdio.h>

#include "clients/cli/options.h"
#include "clients/cli/verbs.h"

const struct sp_cli_command SP_CLI_COMMANDS[] = {
    {"search", SP_CLI_SEARCH, "TEKST", "TEXT", true,
     "szuka ofert w katalogu\n\nPrzykład: spoina search \"catering dla seniorów\" --place Legnica",
     "searches the catalogue for offers\n\n"
     "Example: spoina search \"catering dla seniorów\" --place Legnica",
     sp_cli_search},
    {"match", SP_CLI_MATCH, "PLIK|-", "FILE|-", true,
     "dobiera wykonawców do ogłoszenia lub opisu zamówienia\n\n"
     "PLIK to opis w JSON (Draft) albo to, co czyta „spoina read”: ogłoszenie, PDF, DOCX,\n"
     "ODT, zwykły tekst, którego pierwszy wiersz jest tytułem; „-” czyta z wejścia.",
     "finds providers for a notice or a draft\n\n"
     "FILE is a draft in JSON (Draft), or what \"spoina read\" takes: a notice, PDF, DOCX, ODT,\n"
     "plain text whose first line is the title; \"-\" reads standard input.",
     sp_cli_match},
    {"read", SP_CLI_READ, "[PLIK|-]", "[FILE|-]", false,
     "czyta plik lub kilka zdań i pokazuje, co z nich wynika i z których słów\n\n"
     "PLIK to ogłoszenie (TED, eForms, BZP, OCDS), PDF, DOCX, ODT, HTML albo zwykły tekst.\n"
     "Przykład: spoina read --text \"Dostawa 45 obiadów dziennie w Legnicy\"",
     "reads a file or a few sentences and shows what follows, and from which words\n\n"
     "FILE is a notice (TED, eForms, BZP, OCDS), PDF, DOCX, ODT, HTML or plain text.\n"
     "Example: spoina read --text \"Dostawa 45 obiadów dziennie w Legnicy\"",
     sp_cli_read},
    {"complete", SP_CLI_COMPLETE, "PLIK|-", "FILE|-", true,
     "mówi, czego brakuje podanym podmiotom i kto je uzupełni\n\n"
     "Przykład: spoina complete zamowienie.json --members demo-000077,5252248481",
     "tells what the given entities lack and who completes them\n\n"
     "Example: spoina complete tender.json --members demo-000077,5252248481",
     sp_cli_complete},
    {"replay", SP_CLI_REPLAY, "PLIK", "FILE", true,
     "powtarza propozycję z zapisanej odpowiedzi: te same bajty albo co się zmieniło\n\n"
     "PLIK to wyjście spoina match --json. Przykład: spoina replay wynik.json --lot 1 --proposal 2",
     "replays a proposal of a saved answer: the same bytes, or what has changed\n\n"
     "FILE is the output of spoina match --json. Example: spoina replay answer.json --lot 1 "
     "--proposal 2",
     sp_cli_replay},
    {"clauses", SP_CLI_CLAUSES, "PLIK|-", "FILE|-", true,
     "mówi, jaką klauzulę społeczną lub zastrzeżenie udźwignie rynek, z gotową treścią\n\n"
     "Przykład: spoina clauses zamowienie.json --offers-min 3",
     "tells which social clause or reservation the market can carry, with ready wording\n\n"
     "Example: spoina clauses tender.json --offers-min 3",
     sp_cli_clauses},
    {"lots", SP_CLI_LOTS, "PLIK|-", "FILE|-", true,
     "dzieli zamówienie na części według usług, miejsc i wielkości i liczy oferty",
     "divides a tender by service, place and size, and counts the offers", sp_cli_lots},
    {"why-not", SP_CLI_WHY_NOT, "PLIK|-", "FILE|-", true,
     "wyjaśnia, czemu podmiotu nie ma wśród propozycji i co by to zmieniło\n\n"
     "Przykład: spoina why-not zamowienie.json --entity demo-000077",
     "explains why an entity is not proposed, and what would change that\n\n"
     "Example: spoina why-not tender.json --entity demo-000077",
     sp_cli_why_not},
    {"what-if", SP_CLI_WHAT_IF, "PLIK|-", "FILE|-", true,
     "zmienia jedną liczbę w zamówieniu i mówi, kto odpada i dlaczego\n\n"
     "Przykład: spoina what-if zamowienie.json --vary radius=10,30,50",
     "varies one number of a tender and tells who drops out, and why\n\n"
     "Example: spoina what-if tender.json --vary radius=10,30,50",
     sp_cli_what_if},
    {"subcontractors", SP_CLI_SUBCONTRACTORS, "[PLIK|-]", "[FILE|-]", false,
     "mówi, które pozycje mogą przejąć podmioty społeczne i jaki to udział\n\n"
     "Przykład: spoina subcontractors --text \"sprzątanie biur; mycie okien\" --place Legnica",
     "tells which parts social entities can take over, and what share that is\n\n"
     "Example: spoina subcontractors --text \"sprzątanie biur; mycie okien\" --place Legnica",
     sp_cli_subcontractors},
    {"show", SP_CLI_SHOW, "ID", "ID", true, "pokazuje podmiot: ID z wyników, NIP, KRS albo REGON",
     "shows an entity: ID from the results, NIP, KRS or REGON", sp_cli_show},
    {"import", SP_CLI_IMPORT, "PLIK", "FILE", true,
     "wczytuje podmioty z pliku CSV lub JSON lines\n\n"
     "Odrzucone wiersze trafiają z numerem i powodem do osobnego pliku; pozostałe są przyjęte.",
     "reads entities from a CSV or JSON lines file\n\n"
     "Rejected rows go to a file of their own with number and reason; the others are taken.",
     sp_cli_import},
    {"import-notices", SP_CLI_IMPORT_NOTICES, "KATALOG|PLIK...", "DIRECTORY|FILE...", true,
     "wczytuje ogłoszenia (TED, eForms, BZP, OCDS) do katalogu potrzeb\n\n"
     "Katalog jest przeszukiwany w głąb. Na końcu wypisuje, czego nie przyjęto i dlaczego.\n"
     "--json: jeden wiersz na każdą przesłaną partię plików.",
     "reads notices (TED, eForms, BZP, OCDS) into the catalogue of needs\n\n"
     "A directory is walked with all below it. At the end it tells what was refused and why.\n"
     "--json: one line for each batch of files that was sent.",
     sp_cli_import_notices},
    {"import-plan", SP_CLI_IMPORT_PLAN, "PLIK", "FILE", true,
     "wczytuje plan postępowań (CSV, XLSX) i liczy potencjał każdej pozycji",
     "reads a purchasing plan (CSV, XLSX) and counts the potential of each item",
     sp_cli_import_plan},
    {"needs", SP_CLI_NEEDS, "[TEKST]", "[TEXT]", false,
     "pokazuje katalog potrzeb; --entity: potrzeby, które pasują do podmiotu\n\n"
     "Przykład: spoina needs catering --place Legnica --by potential\n"
     "          spoina needs --entity 5213017228",
     "shows the catalogue of needs; --entity: the needs that fit an entity\n\n"
     "Example: spoina needs catering --place Legnica --by potential\n"
     "         spoina needs --entity 5213017228",
     sp_cli_needs},
    {"export", SP_CLI_EXPORT, NULL, NULL, false, "zapisuje cały katalog jako CSV lub JSON lines",
     "writes the whole catalogue as CSV or JSON lines", sp_cli_export},
    {"analyse", SP_CLI_ANALYSE, "TEKST|-", "TEXT|-", true,
     "pokazuje, jak serwer rozumie polski tekst\n\n„-” czyta z wejścia i rozbiera każdy wiersz "
     "osobno.",
     "shows how the server understands a Polish text\n\n"
     "\"-\" reads standard input and takes each line by itself.",
     sp_cli_analyse},
    {"cpv", SP_CLI_CPV, "TEKST|-", "TEXT|-", true,
     "podpowiada kody CPV do tytułu lub opisu i mówi, z których słów\n\n"
     "„-” czyta z wejścia, każdy wiersz osobno. Przykład: spoina cpv \"Koszenie poboczy dróg\"",
     "suggests CPV codes for a title or a description, and says because of which words\n\n"
     "\"-\" reads standard input, each line by itself. Example: spoina cpv \"Koszenie poboczy\"",
     sp_cli_cpv},
    {.name = NULL},
};

static void tell(enum sp_locale language, const struct sp_error *err)
{
    const char *text = sp_say(language, err->polish, err->english);
    (void)fprintf(stderr, "spoina: %s%s%s\n", err->place, err->place[0] == '\0' ? "" : ": ", text);
}

int main(int argc, char **argv)
{
    struct sp_cli_options options;
    struct sp_error err = {0};
    if (sp_cli_options_parse(argc, argv, &options, &err) != SP_OK) {
        tell(options.language, &err);
        return SP_CLI_USAGE;
    }
    if (options.help) {
        sp_cli_options_help(&options, stdout);
        return SP_CLI_OK;
    }
    enum sp_cli_exit code = options.command->run(&options, &err);
    if (err.status != SP_OK) {
        tell(options.language, &err);
    }
    if (fflush(stdout) != 0 || ferror(stdout) != 0) {
        (void)fputs(sp_say(options.language, "spoina: zapis na wyjście się nie udał.\n",
                           "spoina: writing to the output failed.\n"),
                    stderr);
        return code == SP_CLI_OK ? SP_CLI_SERVER : (int)code;
    }
    return code;
}
