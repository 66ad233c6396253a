/* SPDX-License-Identifier: EUPL-1.2 */
#include "clients/cli/match_view.h"
#include "clients/cli/need_file.h"
#include "clients/cli/verbs.h"

static char nothing[] = "";

/* "a,b , c": the parts, without spaces around them. */
static enum sp_status split(struct sp_cli_need *need, const char *list,
                            Spoina__V1__CompleteConsortiumRequest *request, struct sp_error *err)
{
    struct sp_view rest = sp_view_of(list);
    request->members = sp_arena_calloc(need->arena, rest.length + 1, sizeof *request->members);
    if (request->members == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    while (rest.length > 0) {
        const char *comma = memchr(rest.data, ',', rest.length);
        size_t length = comma == NULL ? rest.length : (size_t)(comma - rest.data);
        struct sp_view part = sp_view_trim(sp_view_from(rest.data, length));
        if (part.length > 0) {
            char *copy = sp_arena_copy(need->arena, part);
            if (copy == NULL) {
                return SP_FAIL_NOMEM(err);
            }
            request->members[request->n_members++] = copy;
        }
        length += comma != NULL;
        rest = sp_view_from(rest.data + length, rest.length - length);
    }
    return SP_OK;
}

enum sp_cli_exit sp_cli_complete(const struct sp_cli_options *options, struct sp_error *err)
{
    struct sp_cli_need need;
    Spoina__V1__CompleteConsortiumRequest request = SPOINA__V1__COMPLETE_CONSORTIUM_REQUEST__INIT;
    if (options->members == NULL) {
        (void)SP_FAIL(err, SP_INVALID, "--members",
                      "Podaj członków po przecinku: identyfikator, NIP, KRS albo REGON.",
                      "Give the members, parted by commas: id, NIP, KRS or REGON.");
        return SP_CLI_USAGE;
    }
    enum sp_cli_exit code = sp_cli_need_read(options, &need, err);
    if (code == SP_CLI_OK) {
        code = sp_cli_exit_of(split(&need, options->members, &request, err));
    }
    request.match = &need.request;
    request.lot_id = options->lot != NULL ? options->lot : nothing;
    if (code == SP_CLI_OK) {
        code = sp_cli_call_and_print(
            options, "/spoina.v1.MatchService/CompleteConsortium", &request.base,
            &spoina__v1__complete_consortium_response__descriptor, sp_cli_complete_render, err);
    }
    sp_cli_need_release(&need);
    return code;
}
