/* SPDX-License-Identifier: EUPL-1.2 */
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"
#include "clients/cli/notice_files.h"
#include "clients/cli/render.h"
#include "clients/cli/verbs.h"
#include "spoina/v1/needs.pb-c.h"

enum {
    BATCH_FILES = 16,
    BATCH_BYTES = 8 << 20,    /* a batch ends with the file that passes it */
    FILE_MAX_BYTES = 20 << 20 /* what the server takes for a notice */
};

/** An import under way. */
struct notices {
    struct sp_cli_session session;
    const struct sp_cli_options *options;
    struct sp_cli_files files;
    size_t next; /* file to be sent */
    Spoina__V1__Notice batch[BATCH_FILES];
    size_t batch_first;
    uint64_t counts[5]; /* by outcome */
    uint64_t needs;
};

static void release_batch(struct notices *own, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        sp_free(own->batch[i].content.data);
        own->batch[i].content.data = NULL;
    }
}

/** Tell on one line, for people who watch. */
static void show_progress(const struct notices *own)
{
    if (!own->options->json && isatty(STDERR_FILENO) == 1) {
        (void)fprintf(stderr, "\r%zu / %zu", own->next, own->files.count);
        (void)fputs(own->next == own->files.count ? "\n" : "", stderr);
    }
}

static void refuse(struct notices *own, const char *path, const char *reason)
{
    own->counts[SPOINA__V1__IMPORT_OUTCOME__IMPORT_OUTCOME_REJECTED]++;
    (void)fprintf(stderr, "%s: %s\n", path, reason);
}

/** Read files into the batch; one that cannot be read is refused here. @return their number */
static size_t fill_batch(struct notices *own, struct sp_cli_files *sent)
{
    size_t count = 0;
    size_t bytes = 0;
    while (own->next < own->files.count && count < BATCH_FILES && bytes < BATCH_BYTES) {
        char *path = own->files.paths[own->next++];
        char *content = NULL;
        size_t length = 0;
        struct sp_error err = {.status = SP_OK};
        if (sp_file_read(path, FILE_MAX_BYTES, &content, &length, &err) != SP_OK) {
            refuse(own, path, sp_say(own->options->language, err.polish, err.english));
            continue;
        }
        Spoina__V1__Notice *notice = &own->batch[count];
        spoina__v1__notice__init(notice);
        notice->content.data = (uint8_t *)content;
        notice->content.len = length;
        notice->file_name = path;
        sent->paths[count++] = path;
        bytes += length;
    }
    return count;
}

static enum sp_status take_answer(struct notices *own, const ProtobufCMessage *message,
                                  struct sp_error *err)
{
    const Spoina__V1__ImportNoticesResponse *answer =
        (const Spoina__V1__ImportNoticesResponse *)message;
    own->needs = answer->needs;
    for (size_t i = 0; i < answer->n_files; i++) {
        const Spoina__V1__ImportedFile *file = answer->files[i];
        if (file->outcome == SPOINA__V1__IMPORT_OUTCOME__IMPORT_OUTCOME_REJECTED) {
            refuse(own, file->file_name, file->reason);
        } else if (file->outcome > 0 && (size_t)file->outcome < SP_COUNT(own->counts)) {
            own->counts[file->outcome]++;
        }
    }
    return own->options->json ? sp_cli_print_json(stdout, message, 0, err) : SP_OK;
}

static enum sp_status send_batch(struct notices *own, struct sp_error *err)
{
    Spoina__V1__ImportNoticesRequest request = SPOINA__V1__IMPORT_NOTICES_REQUEST__INIT;
    Spoina__V1__Notice *files[BATCH_FILES];
    char *paths[BATCH_FILES];
    struct sp_cli_files sent = {.paths = paths};
    ProtobufCMessage *answer = NULL;
    size_t count = fill_batch(own, &sent);
    enum sp_status status = SP_OK;
    for (size_t i = 0; i < count; i++) {
        files[i] = &own->batch[i];
    }
    request.files = files;
    request.n_files = count;
    request.more = own->next < own->files.count;
    if (count > 0) {
        status = sp_cli_session_call(
            &own->session, "/spoina.v1.NeedsService/ImportNotices", &request.base,
            &spoina__v1__import_notices_response__descriptor, &answer, err);
    }
    release_batch(own, count);
    if (status == SP_OK && answer != NULL) {
        status = take_answer(own, answer, err);
    }
    show_progress(own);
    return status;
}

static void render(const struct notices *own)
{
    struct sp_cli_out out = sp_cli_out_new(own->options);
    static const struct {
        const char *polish;
        const char *english;
        Spoina__V1__ImportOutcome outcome;
    } LINES[] = {
        {"Dodano", "Added", SPOINA__V1__IMPORT_OUTCOME__IMPORT_OUTCOME_ADDED},
        {"Zmieniono", "Changed", SPOINA__V1__IMPORT_OUTCOME__IMPORT_OUTCOME_CHANGED},
        {"Bez zmian", "Unchanged", SPOINA__V1__IMPORT_OUTCOME__IMPORT_OUTCOME_UNCHANGED},
        {"Odrzucono", "Rejected", SPOINA__V1__IMPORT_OUTCOME__IMPORT_OUTCOME_REJECTED},
    };
    for (size_t i = 0; i < SP_COUNT(LINES); i++) {
        sp_cli_column(&out, sp_say(out.language, LINES[i].polish, LINES[i].english), 14);
        (void)fprintf(out.file, "%10" PRIu64 "\n", own->counts[LINES[i].outcome]);
    }
    sp_cli_column(&out, sp_say(out.language, "W katalogu", "Kept now"), 14);
    (void)fprintf(out.file, "%10" PRIu64 "\n", own->needs);
}

enum sp_cli_exit sp_cli_import_notices(const struct sp_cli_options *options, struct sp_error *err)
{
    struct notices own = {.options = options};
    enum sp_status status = SP_OK;
    for (size_t i = 0; status == SP_OK && i < options->argument_count; i++) {
        status = sp_cli_files_add(&own.files, options->arguments[i], err);
    }
    if (status == SP_OK && own.files.count == 0) {
        status = SP_FAIL(err, SP_NOT_FOUND, options->argument, "Nie ma tu żadnych plików.",
                         "There are no files here.");
    }
    if (status != SP_OK) {
        sp_cli_files_release(&own.files);
        return SP_CLI_INPUT;
    }
    status = sp_cli_session_init(&own.session, options, err);
    while (status == SP_OK && own.next < own.files.count) {
        status = send_batch(&own, err);
    }
    if (status == SP_OK && !options->json) {
        render(&own);
    }
    sp_cli_session_release(&own.session);
    sp_cli_files_release(&own.files);
    bool refused = own.counts[SPOINA__V1__IMPORT_OUTCOME__IMPORT_OUTCOME_REJECTED] > 0;
    return status != SP_OK ? sp_cli_exit_of(status) : refused ? SP_CLI_PARTIAL : SP_CLI_OK;
}
