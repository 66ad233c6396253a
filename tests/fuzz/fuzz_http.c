/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Property: what the HTTP framing makes of a byte stream does not depend on how the stream is cut,
 * and no byte outside a piece is read. The first two input bytes choose the cuts, the rest is the
 * stream; it is fed whole and in pieces (each an exact copy, so that ASan sees an overrun), and the
 * two transcripts of events must be equal.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"
#include "server/http/parser.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { BODY_MAX_BYTES = 1024, TRANSCRIPT_MAX_BYTES = 1 << 22 };

static void note(struct sp_buffer *transcript, const struct sp_http_parser *parser,
                 enum sp_http_event event)
{
    const struct sp_http_request *request = &parser->request;
    sp_buffer_printf(transcript, "[%d", (int)event);
    if (event == SP_HTTP_REFUSED) {
        sp_buffer_printf(transcript, " %u %s", parser->refusal.status, parser->refusal.reason);
    }
    if (event == SP_HTTP_READ_HEAD || event == SP_HTTP_COMPLETE) {
        sp_buffer_printf(transcript, " %d %d %d ", (int)request->verb, (int)request->framing,
                         (int)request->keep_alive);
        sp_buffer_add_view(transcript, request->path);
        sp_buffer_add_view(transcript, request->query);
        for (size_t i = 0; i < request->field_count; i++) {
            sp_buffer_add_view(transcript, request->fields[i].name);
            sp_buffer_add_view(transcript, request->fields[i].value);
        }
    }
    if (event == SP_HTTP_COMPLETE) {
        sp_buffer_add_view(transcript, request->body);
    }
}

/* Feed the stream in pieces of 1..@p most bytes, chosen by @p seed; 0: whole. */
static void transcribe(struct sp_view stream, uint32_t most, uint32_t seed,
                       struct sp_buffer *transcript)
{
    struct sp_http_parser parser;
    sp_http_parser_init(&parser);
    enum sp_http_event event = SP_HTTP_MORE;
    size_t at = 0;
    while (at < stream.length || event != SP_HTTP_MORE) {
        seed = seed * 1664525 + 1013904223;
        size_t piece = most == 0 ? stream.length : 1 + (seed >> 16) % most;
        piece = piece < stream.length - at ? piece : stream.length - at;
        char *copy = malloc(piece == 0 ? 1 : piece);
        if (copy == NULL) {
            abort();
        }
        if (piece > 0) {
            memcpy(copy, stream.data + at, piece);
        }
        size_t used = 0;
        event = sp_http_parser_feed(&parser, sp_view_from(copy, piece), &used);
        free(copy);
        if (used > piece) {
            abort();
        }
        at += used;
        if (event != SP_HTTP_MORE) {
            note(transcript, &parser, event);
        }
        if (event == SP_HTTP_READ_HEAD) {
            sp_http_parser_allow_body(&parser, BODY_MAX_BYTES);
        } else if (event == SP_HTTP_COMPLETE) {
            sp_http_parser_next(&parser);
            event = SP_HTTP_MORE;
        } else if (event != SP_HTTP_MORE) {
            break;
        }
    }
    sp_http_parser_release(&parser);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 2) {
        return 0;
    }
    struct sp_view stream = sp_view_from((const char *)data + 2, size - 2);
    struct sp_buffer whole;
    struct sp_buffer cut;
    sp_buffer_init(&whole, TRANSCRIPT_MAX_BYTES);
    sp_buffer_init(&cut, TRANSCRIPT_MAX_BYTES);
    transcribe(stream, 0, 0, &whole);
    transcribe(stream, 1 + data[0] % 64u, data[1], &cut);
    if (!sp_view_equal(sp_buffer_view(&whole), sp_buffer_view(&cut))) {
        abort();
    }
    sp_buffer_release(&whole);
    sp_buffer_release(&cut);
    return 0;
}
