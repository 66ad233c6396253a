/* SPDX-License-Identifier: EUPL-1.2 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/buffer.h"
#include "clients/cli/render.h"
#include "clients/cli/verbs.h"

static const size_t MAX_JSON_BYTES = (size_t)512 * 1024 * 1024; /* with --json: the whole file */

/* Where the pieces go. */
struct sink {
    FILE *file;
    const char *name;
    bool whole; /* keep the pieces, to print them as one message */
    struct sp_buffer kept;
};

static enum sp_status take(void *context, const ProtobufCMessage *message, struct sp_error *err)
{
    struct sink *sink = context;
    const ProtobufCBinaryData *content =
        &((const Spoina__V1__ExportEntitiesResponse *)message)->content;
    if (sink->whole) {
        sp_buffer_add(&sink->kept, content->data, content->len);
        return sink->kept.status == SP_OK
                   ? SP_OK
                   : SP_FAIL(err, sink->kept.status, "--json",
                             "Katalog jest za duży na jeden obiekt JSON.",
                             "The catalogue is too large for one JSON object.");
    }
    if (fwrite(content->data, 1, content->len, sink->file) != content->len) {
        return SP_FAIL(err, SP_IO, sink->name, "Zapis się nie udał.", "Writing failed.");
    }
    return SP_OK;
}

static enum sp_status fetch(const struct sp_cli_options *options, int format, struct sink *sink,
                            struct sp_error *err)
{
    struct sp_cli_session session;
    Spoina__V1__ExportEntitiesRequest request = SPOINA__V1__EXPORT_ENTITIES_REQUEST__INIT;
    request.format = options->format != NULL ? (Spoina__V1__FileFormat)format
                                             : SPOINA__V1__FILE_FORMAT__FILE_FORMAT_CSV;
    enum sp_status status = sp_cli_session_init(&session, options, err);
    if (status == SP_OK) {
        status = sp_cli_client_stream(
            session.client, "/spoina.v1.CatalogueService/ExportEntities", &request.base,
            &spoina__v1__export_entities_response__descriptor, take, sink, err);
    }
    if (status == SP_OK && sink->whole) {
        Spoina__V1__ExportEntitiesResponse all = SPOINA__V1__EXPORT_ENTITIES_RESPONSE__INIT;
        all.content.data = (uint8_t *)sink->kept.data;
        all.content.len = sink->kept.length;
        status = sp_cli_print_json(sink->file, &all.base, 0, err);
    }
    sp_cli_session_release(&session);
    return status;
}

enum sp_cli_exit sp_cli_export(const struct sp_cli_options *options, struct sp_error *err)
{
    struct sink sink = {.file = stdout, .name = "-", .whole = options->json};
    int format = 0;
    if (sp_cli_format(options->format, &format, err) != SP_OK) {
        return SP_CLI_USAGE;
    }
    sp_buffer_init(&sink.kept, MAX_JSON_BYTES);
    if (options->output != NULL) {
        sink.name = options->output;
        sink.file = fopen(options->output, "wb");
    }
    if (sink.file == NULL) {
        (void)SP_FAIL(err, SP_IO, sink.name, "Nie można zapisać pliku: %s.",
                      "Cannot write the file: %s.", strerror(errno));
        return SP_CLI_INPUT;
    }
    enum sp_status status = fetch(options, format, &sink, err);
    if (sink.file != stdout && fclose(sink.file) != 0 && status == SP_OK) {
        status = SP_FAIL(err, SP_IO, sink.name, "Zapis się nie udał.", "Writing failed.");
    }
    sp_buffer_release(&sink.kept);
    return sp_cli_exit_of(status);
}
