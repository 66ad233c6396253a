/* SPDX-License-Identifier: EUPL-1.2 */
#include "server/http/parser.h"

enum {
    MAX_TRAILER_BYTES = 4 * 1024,
    MAX_EXTENSION_BYTES = 4 * 1024, /* nobody uses extensions; an endless one is an attack */
    MAX_SIZE_DIGITS = 8,            /* a chunk below 4 GiB; leading zeros count */
    KEEP_BYTES = 16 * 1024,         /* larger buffers are given back between requests */
    BUFFER_MAX_BYTES = 1024 * 1024 * 1024
};

void sp_http_parser_init(struct sp_http_parser *parser)
{
    *parser = (struct sp_http_parser){.position = SP_HTTP_AT_START, .line_is_empty = true};
    sp_buffer_init(&parser->head, SP_HTTP_MAX_HEAD_BYTES);
    sp_buffer_init(&parser->body, BUFFER_MAX_BYTES);
    sp_buffer_init(&parser->trailers, MAX_TRAILER_BYTES);
}

void sp_http_parser_release(struct sp_http_parser *parser)
{
    sp_buffer_release(&parser->head);
    sp_buffer_release(&parser->body);
    sp_buffer_release(&parser->trailers);
}

void sp_http_parser_next(struct sp_http_parser *parser)
{
    sp_buffer_clear(&parser->head);
    sp_buffer_clear(&parser->body);
    sp_buffer_clear(&parser->trailers);
    if (parser->body.capacity > KEEP_BYTES) {
        sp_buffer_release(&parser->body);
        sp_buffer_init(&parser->body, BUFFER_MAX_BYTES);
    }
    parser->position = SP_HTTP_AT_START;
    parser->left_bytes = 0;
    parser->body_max_bytes = 0;
    parser->extension_bytes = 0;
    parser->leading_line = false;
    parser->line_is_empty = true;
}

void sp_http_parser_take_body(struct sp_http_parser *parser, struct sp_buffer *out)
{
    *out = parser->body;
    sp_buffer_init(&parser->body, BUFFER_MAX_BYTES);
    parser->request.body = sp_view_from(NULL, 0);
}

void sp_http_parser_allow_body(struct sp_http_parser *parser, size_t max_bytes)
{
    parser->body_max_bytes = max_bytes < BUFFER_MAX_BYTES ? max_bytes : BUFFER_MAX_BYTES;
}

bool sp_http_parser_is_within(const struct sp_http_parser *parser)
{
    return parser->position != SP_HTTP_AT_START && parser->position != SP_HTTP_AT_END &&
           parser->position != SP_HTTP_BROKEN;
}

static enum sp_http_event break_off(struct sp_http_parser *parser, enum sp_http_event outcome)
{
    parser->position = SP_HTTP_BROKEN;
    parser->outcome = outcome;
    return outcome;
}

static enum sp_http_event refuse(struct sp_http_parser *parser, unsigned status, const char *reason)
{
    parser->refusal = (struct sp_http_refusal){.status = status, .reason = reason};
    return break_off(parser, SP_HTTP_REFUSED);
}

/*
 * Collect lines up to and including the empty one, at most to the maximum of @p section. Refuses on
 * the spot what no line may hold: a bare CR or LF, NUL and the other control characters. Returns
 * SP_HTTP_MORE, with *done set once the section is whole.
 */
static enum sp_http_event collect_lines(struct sp_http_parser *parser, struct sp_buffer *section,
                                        struct sp_view input, size_t *used, bool *done)
{
    char last = section->length > 0 ? section->data[section->length - 1] : '\0';
    size_t i = 0;
    while (i < input.length && !*done) {
        char c = input.data[i];
        if (section->length + i == section->max_bytes) {
            return refuse(parser, 431, "the head is too large");
        }
        if ((last == '\r') != (c == '\n')) {
            return refuse(parser, 400, "a line must end with CR LF");
        }
        if (((unsigned char)c < 0x20 && c != '\t' && c != '\r' && c != '\n') || c == 0x7f) {
            return refuse(parser, 400, "control character");
        }
        *done = c == '\n' && parser->line_is_empty;
        if (c != '\r') {
            parser->line_is_empty = c == '\n';
        }
        last = c;
        i++;
    }
    sp_buffer_add(section, input.data, i);
    *used += i;
    return section->status == SP_OK ? SP_HTTP_MORE : break_off(parser, SP_HTTP_NO_MEMORY);
}

static enum sp_http_event feed_head(struct sp_http_parser *parser, struct sp_view input,
                                    size_t *used)
{
    bool done = false;
    parser->position = SP_HTTP_IN_HEAD;
    enum sp_http_event event = collect_lines(parser, &parser->head, input, used, &done);
    if (event != SP_HTTP_MORE || !done) {
        return event;
    }
    if (parser->head.length == 2) { /* RFC 9112, 2.2: one empty line before a request is ignored */
        if (parser->leading_line) {
            return refuse(parser, 400, "empty lines instead of a request");
        }
        parser->leading_line = true;
        sp_buffer_clear(&parser->head);
        parser->position = SP_HTTP_AT_START;
        return SP_HTTP_MORE;
    }
    parser->refusal = sp_http_read_head(parser->head.data, parser->head.length, &parser->request);
    if (parser->refusal.status != 0) {
        return break_off(parser, SP_HTTP_REFUSED);
    }
    parser->position = SP_HTTP_AT_BODY;
    return SP_HTTP_READ_HEAD;
}

static enum sp_http_event complete(struct sp_http_parser *parser)
{
    parser->position = SP_HTTP_AT_END;
    parser->request.body = sp_buffer_view(&parser->body);
    return SP_HTTP_COMPLETE;
}

static enum sp_http_event begin_body(struct sp_http_parser *parser)
{
    switch (parser->request.framing) {
    case SP_HTTP_CHUNKED:
        parser->position = SP_HTTP_IN_CHUNK_SIZE;
        parser->size_digits = 0;
        return SP_HTTP_MORE;
    case SP_HTTP_LENGTH:
        if (parser->request.length_bytes > parser->body_max_bytes) {
            return break_off(parser, SP_HTTP_TOO_LARGE);
        }
        parser->left_bytes = parser->request.length_bytes;
        parser->position = SP_HTTP_IN_BODY;
        return parser->left_bytes == 0 ? complete(parser) : SP_HTTP_MORE;
    case SP_HTTP_NO_BODY:
        break;
    }
    return complete(parser);
}

/* Take what is there of the body or of the chunk. */
static enum sp_http_event feed_data(struct sp_http_parser *parser, struct sp_view input,
                                    size_t *used)
{
    size_t take = input.length < parser->left_bytes ? input.length : (size_t)parser->left_bytes;
    sp_buffer_add(&parser->body, input.data, take);
    *used += take;
    parser->left_bytes -= take;
    if (parser->body.status != SP_OK) {
        return break_off(parser, SP_HTTP_NO_MEMORY);
    }
    if (parser->left_bytes > 0) {
        return SP_HTTP_MORE;
    }
    if (parser->position == SP_HTTP_IN_BODY) {
        return complete(parser);
    }
    parser->position = SP_HTTP_AT_CHUNK_CR;
    return SP_HTTP_MORE;
}

static int hex_value(char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    if (c >= 'a' && c <= 'f') {
        return c - 'a' + 10;
    }
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static enum sp_http_event feed_chunk_size(struct sp_http_parser *parser, char c)
{
    int digit = hex_value(c);
    if (digit >= 0 && parser->size_digits < MAX_SIZE_DIGITS) {
        parser->size_digits++;
        parser->left_bytes = parser->left_bytes * 16 + (unsigned)digit;
        return SP_HTTP_MORE;
    }
    if (parser->size_digits == 0 || digit >= 0) {
        return refuse(parser, 400, "bad chunk size");
    }
    if (c == '\r') {
        parser->position = SP_HTTP_AT_CHUNK_SIZE_LF;
    } else if (c == ';') {
        parser->position = SP_HTTP_IN_CHUNK_EXTENSION;
    } else if (c == ' ' || c == '\t') {
        parser->position = SP_HTTP_IN_CHUNK_BLANK;
    } else {
        return refuse(parser, 400, "bad chunk size");
    }
    return SP_HTTP_MORE;
}

static enum sp_http_event feed_extension(struct sp_http_parser *parser, char c)
{
    if (++parser->extension_bytes > MAX_EXTENSION_BYTES) {
        return refuse(parser, 400, "chunk extensions are too long");
    }
    if (parser->position == SP_HTTP_IN_CHUNK_BLANK) {
        if (c == ';') {
            parser->position = SP_HTTP_IN_CHUNK_EXTENSION;
        } else if (c != ' ' && c != '\t') {
            return refuse(parser, 400, "bad chunk size");
        }
        return SP_HTTP_MORE;
    }
    if (c == '\r') {
        parser->position = SP_HTTP_AT_CHUNK_SIZE_LF;
    } else if (((unsigned char)c < 0x20 && c != '\t') || c == 0x7f) {
        return refuse(parser, 400, "control character");
    }
    return SP_HTTP_MORE;
}

static enum sp_http_event end_chunk_size(struct sp_http_parser *parser)
{
    if (parser->left_bytes == 0) {
        parser->position = SP_HTTP_IN_TRAILERS;
        parser->line_is_empty = true;
        return SP_HTTP_MORE;
    }
    if (parser->left_bytes > parser->body_max_bytes - parser->body.length) {
        return break_off(parser, SP_HTTP_TOO_LARGE);
    }
    parser->position = SP_HTTP_IN_CHUNK;
    return SP_HTTP_MORE;
}

/* One byte of what stands between the data of two chunks. */
static enum sp_http_event feed_between_chunks(struct sp_http_parser *parser, char c)
{
    switch (parser->position) {
    case SP_HTTP_IN_CHUNK_SIZE:
        return feed_chunk_size(parser, c);
    case SP_HTTP_IN_CHUNK_BLANK:
    case SP_HTTP_IN_CHUNK_EXTENSION:
        return feed_extension(parser, c);
    case SP_HTTP_AT_CHUNK_SIZE_LF:
        return c == '\n' ? end_chunk_size(parser)
                         : refuse(parser, 400, "a line must end with CR LF");
    case SP_HTTP_AT_CHUNK_CR:
        parser->position = SP_HTTP_AT_CHUNK_LF;
        return c == '\r' ? SP_HTTP_MORE : refuse(parser, 400, "a chunk must end with CR LF");
    default:
        SP_ASSERT(parser->position == SP_HTTP_AT_CHUNK_LF);
        parser->position = SP_HTTP_IN_CHUNK_SIZE;
        parser->size_digits = 0;
        return c == '\n' ? SP_HTTP_MORE : refuse(parser, 400, "a chunk must end with CR LF");
    }
}

static enum sp_http_event feed_trailers(struct sp_http_parser *parser, struct sp_view input,
                                        size_t *used)
{
    bool done = false;
    enum sp_http_event event = collect_lines(parser, &parser->trailers, input, used, &done);
    if (event != SP_HTTP_MORE || !done) {
        return event;
    }
    parser->refusal = sp_http_check_trailers(parser->trailers.data, parser->trailers.length);
    return parser->refusal.status == 0 ? complete(parser) : break_off(parser, SP_HTTP_REFUSED);
}

/* Feed at least one byte, unless the position needs none. */
static enum sp_http_event feed_some(struct sp_http_parser *parser, struct sp_view input,
                                    size_t *used)
{
    switch (parser->position) {
    case SP_HTTP_AT_START:
    case SP_HTTP_IN_HEAD:
        return feed_head(parser, input, used);
    case SP_HTTP_IN_BODY:
    case SP_HTTP_IN_CHUNK:
        return feed_data(parser, input, used);
    case SP_HTTP_IN_TRAILERS:
        return feed_trailers(parser, input, used);
    default:
        (*used)++;
        return feed_between_chunks(parser, input.data[0]);
    }
}

enum sp_http_event sp_http_parser_feed(struct sp_http_parser *parser, struct sp_view input,
                                       size_t *used)
{
    *used = 0;
    if (parser->position == SP_HTTP_BROKEN) {
        return parser->outcome;
    }
    SP_ASSERT(parser->position != SP_HTTP_AT_END);
    enum sp_http_event event =
        parser->position == SP_HTTP_AT_BODY ? begin_body(parser) : SP_HTTP_MORE;
    while (event == SP_HTTP_MORE && *used < input.length) {
        event = feed_some(parser, sp_view_from(input.data + *used, input.length - *used), used);
    }
    return event;
}
