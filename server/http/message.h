/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * A request head as read from the wire, and the grammar that reads it. Pure: no sockets.
 *
 * Stricter than RFC 9112 wherever the RFC lets a server choose: what two parsers could read in two
 * ways is refused, because that is how requests are smuggled past a proxy.
 */
#ifndef SP_HTTP_MESSAGE_H
#define SP_HTTP_MESSAGE_H

#include <stdint.h>

#include "base/view.h"

enum {
    SP_HTTP_MAX_HEAD_BYTES = 16 * 1024, /* request line and fields; browsers send below 8 KiB */
    SP_HTTP_MAX_FIELDS = 64
};

enum sp_http_verb { SP_HTTP_GET, SP_HTTP_HEAD, SP_HTTP_POST, SP_HTTP_OPTIONS, SP_HTTP_OTHER };

/** How the length of the body is told. */
enum sp_http_framing { SP_HTTP_NO_BODY, SP_HTTP_LENGTH, SP_HTTP_CHUNKED };

struct sp_http_field {
    struct sp_view name;  /* lower case */
    struct sp_view value; /* without white space at the ends */
};

/** A head that passed the grammar. The views point into the bytes it was read from. */
struct sp_http_request {
    enum sp_http_verb verb;
    enum sp_http_framing framing;
    bool keep_alive;
    bool expects_continue;
    uint64_t length_bytes; /* of the body as declared; 0 unless framing is SP_HTTP_LENGTH */
    struct sp_view method; /* as written */
    struct sp_view path;   /* "/a/b", percent signs untouched; "*" for OPTIONS */
    struct sp_view query;  /* after '?', untouched; empty if there is none */
    struct sp_http_field fields[SP_HTTP_MAX_FIELDS];
    size_t field_count;
    struct sp_view body; /* set when the request is complete */
};

/** Why a request was refused: the status to answer with (0: not refused), and an English reason. */
struct sp_http_refusal {
    unsigned status;
    const char *reason; /* static text */
};

/**
 * Read a complete head.
 *
 * @param head     request line and fields up to and including the empty line; only CRLF line ends
 *                 and no control characters but HT (the framing saw to that). Field names are put
 *                 into lower case in place.
 * @param request  filled on success
 * @return a refusal; status 0 on success
 */
struct sp_http_refusal sp_http_read_head(char *head, size_t length,
                                         struct sp_http_request *request);

/** Check a trailer section (fields and the empty line) by the same grammar; the fields are dropped.
 */
struct sp_http_refusal sp_http_check_trailers(char *section, size_t length);

/**
 * Find a field.
 *
 * @param name   lower case
 * @param value  set to the value of the first one
 * @return how many fields have the name
 */
size_t sp_http_find(const struct sp_http_request *request, const char *name, struct sp_view *value);

/** ASCII, without regard to case. @p lower is in lower case. */
bool sp_http_same(struct sp_view text, const char *lower);

/** Take the next element of a comma-separated list, without white space; false at the end. Empty
 *  elements are skipped. */
bool sp_http_next_element(struct sp_view *list, struct sp_view *element);

/** Reason phrase of a status; never NULL. */
const char *sp_http_phrase(unsigned status);

#endif
