/* SPDX-License-Identifier: EUPL-1.2 */
#include "clients/cli/need_file.h"

#include <string.h>

#include "base/date.h"
#include "base/file.h"
#include "base/memory.h"
#include "clients/cli/client.h"
#include "proto/codec/message.h"
#include "spoina/v1/match.pb-c.h"

enum { MAX_FILE_BYTES = 64 * 1024 * 1024, DRAFT_BYTES = 256 * 1024 * 1024 };

static char nothing[] = "";

static bool starts_with(struct sp_view text, const char *start)
{
    return sp_view_starts_with(text, sp_view_of(start));
}

static bool contains(struct sp_view text, const char *part)
{
    size_t length = strlen(part);
    for (size_t at = 0; at + length <= text.length; at++) {
        if (memcmp(text.data + at, part, length) == 0) {
            return true;
        }
    }
    return false;
}

/* A draft in JSON is ours to read; an OCDS release, which is JSON too, and all else is a file that
 * the server reads. */
static bool is_draft(struct sp_view trimmed)
{
    return starts_with(trimmed, "{") && !contains(trimmed, "\"tender\"") &&
           !contains(trimmed, "\"releases\"");
}

static void use_notice(struct sp_cli_need *need, const char *path, struct sp_view content)
{
    const char *slash = strrchr(path, '/');
    spoina__v1__notice__init(&need->notice);
    need->notice.content.data = (uint8_t *)content.data;
    need->notice.content.len = content.length;
    need->notice.file_name = (char *)(slash == NULL ? path : slash + 1);
    need->request.need_case = SPOINA__V1__MATCH_TENDER_REQUEST__NEED_NOTICE;
    need->request.notice = &need->notice;
}

static enum sp_status use_json(struct sp_cli_need *need, const char *path, struct sp_view text,
                               struct sp_error *err)
{
    ProtobufCMessage *message = NULL;
    enum sp_status status = sp_message_from_json(&spoina__v1__draft__descriptor, text, NULL, 0,
                                                 need->arena, &message, err);
    if (status != SP_OK) {
        if (err->place[0] == '\0') { /* not about a field, so about the file */
            sp_error_prefix(err, path);
        }
        return status;
    }
    need->request.need_case = SPOINA__V1__MATCH_TENDER_REQUEST__NEED_DRAFT;
    need->request.draft = (Spoina__V1__Draft *)message;
    return SP_OK;
}

static enum sp_status use_content(struct sp_cli_need *need, const char *path,
                                  struct sp_view content, struct sp_error *err)
{
    struct sp_view text = content;
    if (starts_with(text, "\xEF\xBB\xBF")) { /* a byte order mark means nothing in UTF-8 */
        text = sp_view_from(text.data + 3, text.length - 3);
    }
    text = sp_view_trim(text);
    if (text.length == 0) {
        return SP_FAIL(err, SP_INVALID, path, "Plik jest pusty.", "The file is empty.");
    }
    if (is_draft(text)) {
        return use_json(need, path, text, err);
    }
    use_notice(need, path, content);
    return SP_OK;
}

/* 0 and 1 mean what they say: no consortia, or one. */
static enum sp_status read_team_options(const struct sp_cli_options *options,
                                        struct sp_cli_need *out, struct sp_error *err)
{
    uint32_t teams = 0;
    spoina__v1__team_options__init(&out->teams);
    enum sp_status status =
        sp_cli_number("--members-max", options->members_max, 0, &out->teams.members_max, err);
    if (status == SP_OK && options->consortia != NULL) {
        status = sp_cli_number("--consortia", options->consortia, 0, &teams, err);
        out->request.singles_only = teams == 0;
    }
    out->teams.teams = teams;
    out->request.teams = &out->teams;
    return status;
}

static enum sp_status read_options(const struct sp_cli_options *options, struct sp_cli_need *out,
                                   struct sp_error *err)
{
    sp_day day = 0;
    if (options->date != NULL && !sp_day_parse(sp_view_of(options->date), &day)) {
        return SP_FAIL(err, SP_INVALID, "--date", "Data to RRRR-MM-DD.", "A date is YYYY-MM-DD.");
    }
    out->request.businesses_too = options->businesses;
    out->request.date = options->date != NULL ? options->date : nothing;
    enum sp_status status = sp_cli_number("--limit", options->limit, 0, &out->request.limit, err);
    return status == SP_OK ? read_team_options(options, out, err) : status;
}

enum sp_cli_exit sp_cli_need_read(const struct sp_cli_options *options, struct sp_cli_need *out,
                                  struct sp_error *err)
{
    size_t length = 0;
    *out = (struct sp_cli_need){.arena = NULL};
    spoina__v1__match_tender_request__init(&out->request);
    if (read_options(options, out, err) != SP_OK) {
        return SP_CLI_USAGE;
    }
    out->arena = sp_arena_new(DRAFT_BYTES);
    enum sp_status status = out->arena == NULL ? SP_FAIL_NOMEM(err)
                                               : sp_file_read(options->argument, MAX_FILE_BYTES,
                                                              &out->content, &length, err);
    if (status != SP_OK) {
        return SP_CLI_INPUT;
    }
    return sp_cli_exit_of(
        use_content(out, options->argument, sp_view_from(out->content, length), err));
}

void sp_cli_need_release(struct sp_cli_need *need)
{
    sp_free(need->content);
    sp_arena_free(need->arena);
}
