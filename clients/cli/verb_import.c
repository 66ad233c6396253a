/* SPDX-License-Identifier: EUPL-1.2 */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/memory.h"
#include "clients/cli/render.h"
#include "clients/cli/verbs.h"

/* Larger than any catalogue of the country; the server sets its own limit below it. */
static const size_t MAX_FILE_BYTES = (size_t)512 * 1024 * 1024;

static char nothing[] = "";

/* One CSV field in quotes, quotes inside doubled (RFC 4180). */
static void put_field(FILE *file, const char *text, char after)
{
    (void)fputc('"', file);
    for (const char *c = text; *c != '\0'; c++) {
        if (*c == '"') {
            (void)fputc('"', file);
        }
        (void)fputc(*c, file);
    }
    (void)fputc('"', file);
    (void)fputc(after, file);
}

static enum sp_status write_rejected(const char *path,
                                     const Spoina__V1__ImportEntitiesResponse *answer,
                                     struct sp_error *err)
{
    FILE *file = fopen(path, "w");
    if (file == NULL) {
        return SP_FAIL(err, SP_IO, path, "Nie można zapisać odrzuconych wierszy: %s.",
                       "Cannot write the rejected rows: %s.", strerror(errno));
    }
    (void)fputs("line,field,reason,row\n", file);
    for (size_t i = 0; i < answer->n_rejected; i++) {
        const Spoina__V1__RejectedRow *row = answer->rejected[i];
        (void)fprintf(file, "%" PRIu64 ",", row->line);
        put_field(file, row->place, ',');
        put_field(file, row->reason, ',');
        put_field(file, row->row, '\n');
    }
    bool failed = ferror(file) != 0;
    failed = fclose(file) != 0 || failed;
    return failed ? SP_FAIL(err, SP_IO, path, "Zapis odrzuconych wierszy się nie udał.",
                            "Writing the rejected rows failed.")
                  : SP_OK;
}

static void render(const struct sp_cli_options *options,
                   const Spoina__V1__ImportEntitiesResponse *answer, const char *rejected_path)
{
    struct sp_cli_out out = sp_cli_out_new(options);
    enum sp_locale language = out.language;
    const struct {
        const char *polish;
        const char *english;
        uint64_t count;
    } lines[] = {
        {"Przeczytano", "Read", answer->read},
        {"Dodano", "Added", answer->added},
        {"Zmieniono", "Changed", answer->changed},
        {"Bez zmian", "Unchanged", answer->unchanged},
        {"Odrzucono", "Rejected", answer->n_rejected},
    };
    if (options->dry_run) {
        (void)fprintf(out.file, "%s\n",
                      sp_say(language, "Próba: katalog nie został zmieniony.",
                             "Dry run: the catalogue was not changed."));
    }
    for (size_t i = 0; i < SP_COUNT(lines); i++) {
        sp_cli_column(&out, sp_say(language, lines[i].polish, lines[i].english), 14);
        (void)fprintf(out.file, "%10" PRIu64 "\n", lines[i].count);
    }
    for (size_t i = 0; i < answer->n_notes; i++) {
        sp_cli_paragraph(&out, answer->notes[i], 0);
    }
    if (answer->n_rejected > 0) {
        (void)fprintf(
            out.file, "%s %s\n",
            sp_say(language, "Odrzucone wiersze z powodami:", "Rejected rows with reasons:"),
            rejected_path);
    }
}

/* Where rejected rows go: --rejected, else beside the file. */
static enum sp_status rejected_path(const struct sp_cli_options *options, char *out, size_t size,
                                    struct sp_error *err)
{
    const char *file = strcmp(options->argument, "-") == 0 ? "import" : options->argument;
    int length = options->rejected != NULL ? snprintf(out, size, "%s", options->rejected)
                                           : snprintf(out, size, "%s.rejected.csv", file);
    return length < 0 || (size_t)length >= size
               ? SP_FAIL(err, SP_INVALID, "--rejected", "Nazwa pliku jest za długa.",
                         "The file name is too long.")
               : SP_OK;
}

static enum sp_cli_exit send(const struct sp_cli_options *options,
                             const Spoina__V1__ImportEntitiesRequest *request, const char *path,
                             struct sp_error *err)
{
    struct sp_cli_session session;
    ProtobufCMessage *message = NULL;
    enum sp_cli_exit code = SP_CLI_OK;
    enum sp_status status = sp_cli_session_init(&session, options, err);
    if (status == SP_OK) {
        status = sp_cli_session_call(
            &session, "/spoina.v1.CatalogueService/ImportEntities", &request->base,
            &spoina__v1__import_entities_response__descriptor, &message, err);
    }
    const Spoina__V1__ImportEntitiesResponse *answer =
        (const Spoina__V1__ImportEntitiesResponse *)message;
    if (status == SP_OK && answer->n_rejected > 0) {
        status = write_rejected(path, answer, err);
        code = SP_CLI_PARTIAL;
    }
    if (answer != NULL && options->json) {
        enum sp_status printed = sp_cli_print_json(stdout, message, 0, err);
        status = status == SP_OK ? printed : status;
    } else if (answer != NULL) {
        render(options, answer, path);
    }
    sp_cli_session_release(&session);
    return status == SP_OK ? code : sp_cli_exit_of(status);
}

enum sp_cli_exit sp_cli_import(const struct sp_cli_options *options, struct sp_error *err)
{
    char path[4096];
    char *content = NULL;
    int format = 0;
    Spoina__V1__ImportEntitiesRequest request = SPOINA__V1__IMPORT_ENTITIES_REQUEST__INIT;
    if (sp_cli_format(options->format, &format, err) != SP_OK ||
        rejected_path(options, path, sizeof path, err) != SP_OK) {
        return SP_CLI_USAGE;
    }
    if (sp_file_read(options->argument, MAX_FILE_BYTES, &content, &request.content.len, err) !=
        SP_OK) {
        return SP_CLI_INPUT;
    }
    request.content.data = (uint8_t *)content;
    request.format = (Spoina__V1__FileFormat)format;
    request.dry_run = options->dry_run;
    request.source = options->source != NULL ? options->source : nothing;
    enum sp_cli_exit code = send(options, &request, path, err);
    sp_free(content);
    return code;
}
