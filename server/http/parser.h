/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * The framing of HTTP/1.1 requests as a pure state machine: bytes in, requests out. No sockets.
 *
 * Bytes may come in pieces of any size; the outcome depends on the bytes alone, never on how they
 * were cut (tests/fuzz/fuzz_http.c holds it to that). One request at a time: what follows a
 * complete request is left with the caller until sp_http_parser_next().
 */
#ifndef SP_HTTP_PARSER_H
#define SP_HTTP_PARSER_H

#include "base/buffer.h"
#include "server/http/message.h"

enum sp_http_event {
    SP_HTTP_MORE,      /* all input is used, more is needed */
    SP_HTTP_READ_HEAD, /* the head is complete: set the body limit, then feed on */
    SP_HTTP_COMPLETE,  /* the request is complete, body included */
    SP_HTTP_TOO_LARGE, /* the body is above its limit; head still valid; the connection must close
                        */
    SP_HTTP_REFUSED,   /* malformed; see refusal; the connection must close */
    SP_HTTP_NO_MEMORY  /* the connection must close */
};

/** Where the next byte belongs. */
enum sp_http_position {
    SP_HTTP_AT_START, /* nothing read yet, or only one empty line */
    SP_HTTP_IN_HEAD,
    SP_HTTP_AT_BODY, /* head told, body not begun */
    SP_HTTP_IN_BODY,
    SP_HTTP_IN_CHUNK_SIZE,
    SP_HTTP_IN_CHUNK_BLANK, /* white space between size and ';' */
    SP_HTTP_IN_CHUNK_EXTENSION,
    SP_HTTP_AT_CHUNK_SIZE_LF,
    SP_HTTP_IN_CHUNK,
    SP_HTTP_AT_CHUNK_CR,
    SP_HTTP_AT_CHUNK_LF,
    SP_HTTP_IN_TRAILERS,
    SP_HTTP_AT_END,
    SP_HTTP_BROKEN
};

struct sp_http_parser {
    enum sp_http_position position;
    enum sp_http_event outcome;     /* what every further feed returns once BROKEN */
    struct sp_http_refusal refusal; /* set with SP_HTTP_REFUSED */
    struct sp_buffer head;          /* head, later the trailer section */
    struct sp_buffer body;
    struct sp_buffer trailers;
    uint64_t left_bytes;    /* of the body, or of the chunk */
    size_t body_max_bytes;  /* set by sp_http_parser_allow_body() */
    unsigned size_digits;   /* of the chunk size being read */
    size_t extension_bytes; /* of all chunk extensions of the request */
    bool line_is_empty;     /* nothing of the current head or trailer line was read yet */
    bool leading_line;      /* an empty line before the request line was skipped */
    struct sp_http_request request;
};

/** Prepare for the first request; allocates nothing. */
void sp_http_parser_init(struct sp_http_parser *parser);
void sp_http_parser_release(struct sp_http_parser *parser);

/**
 * Feed bytes.
 *
 * @param input  borrowed for the call
 * @param used   how many bytes of it were taken; the rest must be fed again, before newer bytes
 * @return what happened; anything but SP_HTTP_MORE may leave input unused
 */
enum sp_http_event sp_http_parser_feed(struct sp_http_parser *parser, struct sp_view input,
                                       size_t *used);

/** After SP_HTTP_READ_HEAD: how long the body may be, all chunks together. */
void sp_http_parser_allow_body(struct sp_http_parser *parser, size_t max_bytes);

/** True while a request has begun and is not complete. */
bool sp_http_parser_is_within(const struct sp_http_parser *parser);

/** After SP_HTTP_COMPLETE: move the body into @p out, the caller's to release. */
void sp_http_parser_take_body(struct sp_http_parser *parser, struct sp_buffer *out);

/** After SP_HTTP_COMPLETE: forget the request, keep small memory, read the next one. */
void sp_http_parser_next(struct sp_http_parser *parser);

#endif
